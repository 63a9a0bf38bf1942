"""Frij: a grant of the city for the project of a young person of Rennes, chosen by a jury."""

from openfisca_france.model.base import MONTH, Individu, Variable

FRIJ = [
    "À Rennes, des jeunes bénéficient d'un coup de pouce pour réaliser leurs projets (Ville de Rennes, 8 décembre 2025)",
    "https://ici.rennes.fr/actualites/2025-12-08-a-rennes-des-jeunes-beneficient-dun-coup-de-pouce-pour-realiser-leurs-projets",
]


class rennes_fonds_initiatives_jeunes_condition_age_minimum(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis"
    reference = FRIJ

    def formula_2024_01_01(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_locales.rennes.fonds_initiatives_jeunes.age_minimum


class rennes_fonds_initiatives_jeunes_condition_age_maximum(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir dépassé l'âge limite"
    reference = FRIJ

    def formula_2024_01_01(individu, period, parameters):
        return individu("age", period) <= parameters(period).aides_locales.rennes.fonds_initiatives_jeunes.age_maximum


class rennes_fonds_initiatives_jeunes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Bourse Frij pour un projet de jeunes (demande possible)"
    reference = FRIJ

    def formula_2024_01_01(individu, period):
        return (
            individu("habite_rennes", period)
            * individu("rennes_fonds_initiatives_jeunes_condition_age_minimum", period)
            * individu("rennes_fonds_initiatives_jeunes_condition_age_maximum", period)
        )
