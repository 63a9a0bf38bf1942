"""Homes bought without the land (bail réel solidaire): the conditions of OpenFisca-France's test, corrected."""

from numpy import logical_not as not_
from openfisca_france.model.base import MONTH, Famille, FoyerFiscal, Menage, Variable
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

R255_1 = [
    "Article R255-1 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000050009519/",
]
BORIS = [*R255_1, "BoRiS, plafonds du bail réel solidaire", "https://boris.beta.gouv.fr/simulateur-eligibilite"]
PATRIMOINE = [
    "Décret n° 2024-838 du 16 juillet 2024, rapporté par Afedim",
    "https://www.afedim.fr/fr/actualites-et-conseils/les-conditions-d-acces-au-bail-reel-solidaire-vont-evoluer.html",
]


class bail_reel_solidaire_condition_age(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être majeur ou émancipé"
    reference = R255_1

    def formula(menage, period):
        return menage.personne_de_reference("majeur", period)


class bail_reel_solidaire_condition_sans_logement(Variable):
    value_type = bool
    default_value = True
    entity = Menage
    definition_period = MONTH
    label = "Ne pas être propriétaire du logement que l'on habite"
    reference = PATRIMOINE

    def formula_2025_01_01(menage, period):
        statut = menage("statut_occupation_logement", period)
        return not_((statut == Statut.proprietaire) + (statut == Statut.primo_accedant))


class bail_reel_solidaire_revenu_famille(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Revenu fiscal de référence de la famille, il y a deux ans"
    reference = R255_1

    def formula(famille, period):
        declarant = famille.members.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
        return famille.sum(famille.members.foyer_fiscal("rfr", period.n_2) * declarant)


class bail_reel_solidaire_ressources(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency"
    label = "Revenu fiscal de référence comparé au plafond du bail réel solidaire"
    reference = R255_1

    def formula(menage, period):
        """Of two years ago, for the family of the person who asks and not for the people whom it houses."""
        return menage.personne_de_reference.famille("bail_reel_solidaire_revenu_famille", period)


class bail_reel_solidaire_condition_ressources(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond du bail réel solidaire"
    reference = BORIS

    def formula_2024_07_01(menage, period):
        return menage("bail_reel_solidaire_ressources", period) <= menage("bail_reel_solidaire_plafond_total", period)
