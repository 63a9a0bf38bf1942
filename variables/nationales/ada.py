"""Allowance of asylum seekers (ADA): the conditions that decide whether it is paid."""

from numpy import logical_not
from openfisca_france.model.base import MONTH, Famille, Variable

D744_17 = [
    "Conditions d'attribution de l'allocation pour demandeur d'asile (code de l'entrée et du séjour des étrangers et du droit d'asile)",
    "https://www.legifrance.gouv.fr/affichCode.do?idArticle=LEGIARTI000031357728&idSectionTA=LEGISCTA000031357585&cidTexte=LEGITEXT000006070158",
    "Allocation pour demandeur d'asile (fiche F33314 de service-public)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F33314",
]


class ada_condition_nationalite(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être d'un pays hors de l'Union européenne"
    reference = D744_17

    def formula_2018_06_02(famille, period):
        return logical_not(famille.demandeur("ressortissant_eee", period)) * (famille("nb_parents", period) > 0)


class ada_condition_demande(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Demander l'asile en France, avec une attestation de demande d'asile"
    reference = D744_17

    def formula_2018_06_02(famille, period):
        return famille("asile_demandeur", period)
