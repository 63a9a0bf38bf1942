"""Handistar: the reduction of the tarification solidaire on the transport of disabled people from door to door."""

from numpy import choose
from openfisca_france.model.base import MONTH, Individu, Variable

HANDISTAR = [
    "Tarifs réduits pour les transports (Rennes Métropole)",
    "https://transport.metropole.rennes.fr/tarifs-reduits-pour-les-transports/",
    "Délibération de Rennes Métropole du 13 mars 2025, rapportée par la presse locale",
    "https://faireamanger.cluster1.easy-hebergement.net/rs/article/313-reseau-star-la-metropole-annonce-une-revalorisation-des-ressources-pour-beneficier-des-tarifs-reduits",
    "Rennes Métropole s'engage pour la mobilité (Le Projo, 19 décembre 2024)",
    "https://leprojo.fr/2024/12/19/handicap-rennes-metropole-sengage-pour-la-mobilite",
]
ACCES = [
    "Article L1111-5 du code des transports",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000023086525/",
    *HANDISTAR,
]


class rennes_metropole_handistar_condition_handicap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être empêché par un handicap de prendre le bus ou le métro, ou avoir la carte mobilité inclusion « invalidité »"
    reference = ACCES

    def formula_2017_01_01(individu, period):
        """The law opens the service to the holders of the card, without residence nor medical committee."""
        return individu("handicap_empeche_bus_metro", period) + individu("titulaire_cmi_invalidite", period)


class rennes_metropole_handistar(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Handistar : réduction sur les trajets, en pourcentage"
    reference = HANDISTAR

    def formula_2017_01_01(individu, period, parameters):
        taux = parameters(period).aides_locales.rennes_metropole.star.taux_reduction
        conditions = (
            individu("rennes_metropole_star_condition_residence", period)
            * individu("rennes_metropole_star_condition_ressources_ou_bourse", period)
            * individu("rennes_metropole_star_condition_foyer_etudiant", period)
            * individu("rennes_metropole_handistar_condition_handicap", period)
        )
        tranche = individu("rennes_metropole_tarification_solidaire_tranche", period)
        return conditions * choose(tranche, [0, taux.tranche_1, taux.tranche_2, taux.tranche_3])
