"""Acre: lower contributions for a year when a business is created or taken over, by the rules of 2026."""

from openfisca_france.model.base import MONTH, Famille, Individu, Variable

L5141_1 = [
    "Article L5141-1 du code du travail",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006072050/LEGISCTA000006160805/",
]
L131_6_4 = [
    "Article L131-6-4 du code de la sécurité sociale, dans sa version de 2026 (Centre Inffo, 14 janvier 2026)",
    "https://www.centre-inffo.fr/site-droit-formation/actualites-droit/acre-diminution-du-public-et-du-niveau-dexoneration",
]
ACRE = [*L5141_1, *L131_6_4]


class acre_condition_creation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Créer ou reprendre une entreprise"
    reference = L5141_1

    def formula_2026_01_01(individu, period):
        creation = individu("creation_entreprise", period)
        return creation != creation.possible_values.aucune


class acre_condition_public(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = (
        "Être jeune (plus longtemps avec un handicap), demandeur d'emploi, au RSA ou à l'ASS, ou s'installer dans un quartier prioritaire"
    )
    reference = L5141_1

    def formula_2026_01_01(individu, period, parameters):
        ages = parameters(period).aides_nationales.acre.age
        age = individu("age", period)
        jeune = (age >= ages.minimum) * ((age < ages.maximum) + (age < ages.maximum_handicap) * individu("handicap", period))
        rsa = individu.has_role(Famille.PARENT) * individu.famille("rsa", period)
        creation = individu("creation_entreprise", period)
        return (
            jeune
            + individu("inscrit_france_travail", period)
            + (rsa > 0)
            + (individu("ass", period) > 0)
            + (individu("chomage_net", period) > 0)
            + (creation == creation.possible_values.en_quartier_prioritaire)
        )


class acre_part_cotisations_micro(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part des cotisations normales payée par un micro-entrepreneur, pour une entreprise créée ce mois, en pourcentage"
    reference = L131_6_4

    def formula_2026_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.acre.part_cotisations_micro)


class acre(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide à la création ou à la reprise d'une entreprise (Acre)"
    reference = ACRE

    def formula_2026_01_01(individu, period):
        return individu("acre_condition_creation", period) * individu("acre_condition_public", period)
