"""The meals of the Crous: the price of every student, and the lowest and highest price of one meal."""

from openfisca_france.model.base import MONTH, Individu, Variable

REPAS = [
    "Repas au Crous à 1 € pour tous les étudiants dès le 4 mai 2026 (Service-Public)",
    "https://www.service-public.gouv.fr/particuliers/actualites/A18811",
]


class crous_repas(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Repas du Crous au prix des étudiants"
    reference = REPAS

    def formula(individu, period):
        return individu("etudes_superieures", period)


class crous_repas_prix_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un repas du Crous pour un étudiant boursier"
    unit = "currency"
    reference = REPAS

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).prestations_sociales.education.alimentation.montant_repas_boursier)


class crous_repas_prix_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un repas du Crous pour un étudiant non boursier"
    unit = "currency"
    reference = REPAS

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).prestations_sociales.education.alimentation.montant_repas_non_boursier)
