"""The solidarity cut of the rent (RLS) of social tenants, computed by OpenFisca-France: its conditions."""

from numpy import logical_not as not_
from openfisca_france.model.base import MONTH, Famille, Variable
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

RLS = [
    "Article 1 du décret n° 2018-136 du 27 février 2018",
    "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000036649988",
    "Article 2 de l'arrêté du 27 février 2018",
    "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000036650016",
]


class reduction_loyer_solidarite_condition_logement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Louer un logement social (HLM), hors foyer"
    reference = RLS

    def formula(famille, period):
        foyer = famille.demandeur.menage("statut_occupation_logement", period) == Statut.locataire_foyer
        return famille.demandeur.menage("logement_conventionne", period) * not_(foyer)


class reduction_loyer_solidarite_condition_hebergement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Ne pas être hébergé gratuitement dans ce logement"
    reference = RLS

    def formula(famille, period):
        return not_(famille("heberge", period))


class reduction_loyer_solidarite_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Ressources comparées au plafond de la réduction de loyer de solidarité"
    reference = RLS

    def formula(famille, period):
        return famille("aide_logement_base_ressources", period) / 12


class reduction_loyer_solidarite_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir des ressources sous le plafond de la réduction de loyer"
    reference = RLS

    def formula(famille, period):
        plafond = famille("reduction_loyer_solidarite_plafond_ressources", period)
        return famille("reduction_loyer_solidarite_ressources", period) < plafond
