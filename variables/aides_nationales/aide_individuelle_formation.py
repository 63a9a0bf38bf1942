"""Individual training aid of France Travail: an adviser decides on each case."""

from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

AIF = [
    "Aide individuelle à la formation (France Travail)",
    "https://www.francetravail.fr/candidat/en-formation/mes-aides-financieres/laide-individuelle-a-la-formatio.html",
]


class aide_individuelle_formation_condition_vie_active(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas être à la retraite"
    reference = AIF

    def formula(individu, period):
        return individu("activite", period) != TypesActivite.retraite


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
        actif = individu("aide_individuelle_formation_condition_vie_active", period)
        return actif * individu("aide_individuelle_formation_condition_inscription", period)
