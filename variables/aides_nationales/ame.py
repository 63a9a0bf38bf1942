"""Aide médicale de l'État: health care for people who live in France without a residence permit."""

from numpy import logical_not
from openfisca_france.model.base import MONTH, Individu, Variable

L251_1 = [
    "Article L251-1 du code de l'action sociale et des familles, expliqué par Service-Public",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F3079",
]


class ame_condition_nationalite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir la nationalité d'un pays hors de l'Espace économique européen et de la Suisse"
    reference = L251_1

    def formula(individu, period):
        nationalite = individu("nationalite", period).astype(str)
        return logical_not(individu("ressortissant_eee", period)) * (nationalite != "CH")


class ame_condition_sejour_non_declare(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "N'avoir indiqué ni titre de séjour, ni durée de séjour régulier"
    reference = L251_1

    def formula(individu, period):
        titre = individu("duree_possession_titre_sejour", period) + individu("residence_continue_annees", period)
        return titre <= 0


class ame_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des ressources sous le plafond de la complémentaire santé solidaire gratuite"
    reference = L251_1

    def formula(individu, period):
        plafond = individu.famille("complementaire_sante_solidaire_plafond_gratuite", period)
        return individu.famille("complementaire_sante_solidaire_ressources", period) <= plafond


class ame_condition_sejour(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre en France depuis plus de trois mois, sans titre de séjour en cours"
    reference = L251_1

    def formula(individu, period):
        return individu("sans_titre_de_sejour_depuis_trois_mois", period)


class ame(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide médicale de l'État"
    reference = L251_1

    def formula(individu, period):
        return (
            individu("ame_condition_nationalite", period)
            * individu("ame_condition_sejour_non_declare", period)
            * individu("ame_condition_ressources", period)
            * individu("ame_condition_sejour", period)
        )
