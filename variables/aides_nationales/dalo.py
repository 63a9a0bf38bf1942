"""The enforceable right to housing (Dalo): who may refer to the mediation commission."""

from openfisca_france.model.base import MONTH, Famille, Variable
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

DALO = [
    "Droit au logement opposable (service-public.fr, F18005)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F18005",
    "Commission de médiation d'Ille-et-Vilaine",
    "https://annuaire.ille-et-vilaine.fr/organisme/visualiser/1480/72/0",
]


class dalo_condition_age(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être majeur ou émancipé"
    reference = DALO

    def formula(famille, period):
        return famille("logement_social_condition_age", period)


class dalo_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond du logement social"
    reference = DALO

    def formula_2017_01_01(famille, period):
        return famille("logement_social_condition_ressources", period)


class dalo_condition_situation(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être sans logement, hébergé, menacé d'expulsion, mal logé, ou en attente d'un logement social depuis trop longtemps"
    reference = DALO

    def formula(famille, period):
        sans_domicile = famille.demandeur.menage("statut_occupation_logement", period) == Statut.sans_domicile
        urgence = famille.demandeur.menage("situation_logement_urgente", period)
        return sans_domicile + famille("heberge", period) + urgence


class dalo(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Droit au logement opposable (demande possible)"
    reference = DALO

    def formula_2017_01_01(famille, period):
        personnes = famille("dalo_condition_age", period) * famille("logement_social_condition_sejour", period)
        return personnes * famille("dalo_condition_ressources", period) * famille("dalo_condition_situation", period)
