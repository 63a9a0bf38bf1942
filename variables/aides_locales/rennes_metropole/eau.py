"""Drinking water: the first cubic metres free, the cheque of those who have the free health cover, the credit of large families."""

from numpy import maximum
from openfisca_france.model.base import MONTH, Famille, Menage, Variable

METRES_CUBES = [
    "Eau : le bassin rennais défend un tarif juste pour chaque usage (Environnement Magazine, 16 janvier 2020)",
    "https://www.environnement-magazine.fr/eau/article/2020/01/16/127467/eau-bassin-rennais-defend-tarif-juste-pour-chaque-usage",
    "Bientôt un tarif unique de l'eau dans la métropole (20 Minutes, 21 janvier 2016)",
    "https://20minutes.fr/rennes/1770683-20160121-rennes-bientot-tarif-unique-eau-metropole",
]
CHEQUE = [
    "Les tarifs de l'eau vont augmenter partout dans la métropole (20 Minutes, 17 décembre 2021)",
    "https://www.20minutes.fr/rennes/3199539-20211217-rennes-tarifs-eau-vont-augmenter-partout-metropole",
    "Collectivité Eau du Bassin Rennais, aides aux titulaires de la CMU-C",
    "https://www.eaudubassinrennais-collectivite.fr/blog/collectivite-eau-bassin-rennais-1-an/",
]
FAMILLE_NOMBREUSE = [
    "La facture d'eau va grimper dans la métropole cette année (20 Minutes, 6 janvier 2023)",
    "https://www.20minutes.fr/rennes/4017661-20230106-rennes-facture-eau-va-grimper-metropole-annee",
    "Eau : le bassin rennais défend un tarif juste pour chaque usage (Environnement Magazine, 16 janvier 2020)",
    "https://www.environnement-magazine.fr/eau/article/2020/01/16/127467/eau-bassin-rennais-defend-tarif-juste-pour-chaque-usage",
]


class rennes_metropole_eau_dix_metres_cubes_condition_residence(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter une commune de Rennes Métropole"
    reference = METRES_CUBES

    def formula_2024_01_01(menage, period):
        return menage.personne_de_reference("habite_rennes_metropole", period)


class rennes_metropole_eau_dix_metres_cubes_condition_facture(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir son propre compteur d'eau et sa propre facture"
    reference = METRES_CUBES

    def formula_2024_01_01(menage, period):
        return menage("facture_eau_individuelle", period)


class rennes_metropole_eau_dix_metres_cubes(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Premiers mètres cubes d'eau gratuits"
    reference = METRES_CUBES

    def formula_2024_01_01(menage, period):
        residence = menage("rennes_metropole_eau_dix_metres_cubes_condition_residence", period)
        return residence * menage("rennes_metropole_eau_dix_metres_cubes_condition_facture", period)


class rennes_metropole_eau_dix_metres_cubes_volume(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Mètres cubes d'eau gratuits par an"
    reference = METRES_CUBES

    def formula_2024_01_01(menage, period, parameters):
        return menage.filled_array(parameters(period).aides_locales.rennes_metropole.eau.volume_gratuit)


class rennes_metropole_cheque_eau_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter une commune de Rennes Métropole"
    reference = CHEQUE

    def formula_2018_07_01(famille, period):
        return famille.demandeur("habite_rennes_metropole", period)


class rennes_metropole_cheque_eau_condition_complementaire_sante(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir droit à la complémentaire santé solidaire"
    reference = CHEQUE

    def formula_2018_07_01(famille, period):
        return famille("complementaire_sante_solidaire", period) > 0


class rennes_metropole_cheque_eau(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Chèque eau, par an"
    reference = CHEQUE

    def formula_2018_07_01(famille, period, parameters):
        """With or without a monthly participation to the health cover: the sources do not tell them apart."""
        residence = famille("rennes_metropole_cheque_eau_condition_residence", period)
        sante = famille("rennes_metropole_cheque_eau_condition_complementaire_sante", period)
        return residence * sante * parameters(period).aides_locales.rennes_metropole.eau.cheque


class rennes_metropole_credit_eau_famille_nombreuse_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter une commune de Rennes Métropole"
    reference = FAMILLE_NOMBREUSE

    def formula_2016_01_01(famille, period):
        return famille.demandeur("habite_rennes_metropole", period)


class rennes_metropole_credit_eau_famille_nombreuse_condition_nombre_enfants(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir assez d'enfants à charge"
    reference = FAMILLE_NOMBREUSE

    def formula_2016_01_01(famille, period, parameters):
        return famille("af_nbenf", period) >= parameters(period).aides_locales.rennes_metropole.eau.famille_nombreuse.nombre_enfants_minimum


class rennes_metropole_credit_eau_famille_nombreuse(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Crédit eau des familles nombreuses, par an"
    reference = FAMILLE_NOMBREUSE

    def formula_2016_01_01(famille, period, parameters):
        credit = parameters(period).aides_locales.rennes_metropole.eau.famille_nombreuse
        residence = famille("rennes_metropole_credit_eau_famille_nombreuse_condition_residence", period)
        enfants = maximum(famille("af_nbenf", period) - credit.nombre_enfants_minimum + 1, 0)
        return residence * enfants * credit.montant_par_enfant
