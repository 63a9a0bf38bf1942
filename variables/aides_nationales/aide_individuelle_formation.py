"""Individual training aid of France Travail: an adviser decides on each case."""

from openfisca_france.model.base import MONTH, Individu, Variable

AIF = [
    "Aide individuelle à la formation (France Travail)",
    "https://www.francetravail.fr/candidat/en-formation/mes-aides-financieres/laide-individuelle-a-la-formatio.html",
]


class aide_individuelle_formation_condition_inscription(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être inscrit à France Travail"
    reference = AIF

    def formula(individu, period):
        return individu("inscrit_france_travail", period)


class aide_individuelle_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide individuelle à la formation (AIF)"
    reference = AIF

    def formula(individu, period):
        return individu("aide_individuelle_formation_condition_inscription", period)
