"""Libraries and museums of Rennes: free for everyone since the vote of September 2020."""

from openfisca_france.model.base import MONTH, Individu, Variable

CULTURE_GRATUITE = [
    "20 Minutes, « Les Champs Libres misent sur la gratuité pour attirer de nouveaux publics », 15 octobre 2020",
    "https://20minutes.fr/rennes/2885311-20201015-rennes-champs-libres-misent-gratuite-attirer-nouveaux-publics",
]


class rennes_bibliotheques(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Abonnement gratuit aux bibliothèques de Rennes"
    reference = CULTURE_GRATUITE

    def formula_2020_09_01(individu, period):
        return individu("habite_rennes", period)


class rennes_musees(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Entrée gratuite dans les collections permanentes des musées de Rennes"
    reference = CULTURE_GRATUITE

    def formula_2020_09_01(individu, period):
        return individu("habite_rennes", period)
