"""Sortir!: money for an outing that a group prepares together."""

from openfisca_france.model.base import MONTH, Individu, Variable

SORTIR = [
    "Page sur la carte Sortir (Unidivers, septembre 2023)",
    "https://www.unidivers.fr/rennes-carte-sortir-culture-sport-loisirs/",
]


class rennes_metropole_sortir_projet_collectif(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide Sortir ! pour un projet de groupe (demande possible)"
    reference = SORTIR

    def formula_2024_01_01(individu, period):
        return (
            individu("rennes_metropole_sortir_condition_residence", period)
            * individu("rennes_metropole_sortir_condition_ressources_ou_bourse", period)
            * individu("rennes_metropole_sortir_condition_foyer_etudiant", period)
        )
