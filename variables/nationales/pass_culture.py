"""Pass Culture: its age, and what is added at 18 for young people of modest families or with a disability."""

from openfisca_france.model.base import MONTH, Individu, Variable

PASS_CULTURE = [
    "Décret n° 2025-195 du 27 février 2025 relatif au pass Culture",
    "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000051261338",
    "Pass Culture (service-public.fr)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F34959",
]


class pass_culture_age(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Âge à la fin du mois"
    reference = PASS_CULTURE

    def formula(individu, period):
        return individu("age", period.offset(1, "month"))


class pass_culture_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un âge auquel le pass Culture est crédité"
    reference = PASS_CULTURE

    def formula(individu, period, parameters):
        regles = parameters(period).prestations_sociales.education.pass_culture
        age = individu("pass_culture_age", period)
        return (regles.montants.calc(age) > 0) * (age <= regles.age_maximum)


class pass_culture_bonus(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Somme en plus du pass Culture"
    unit = "currency"
    reference = PASS_CULTURE

    def formula_2025_03_01(individu, period, parameters):
        bonus = parameters(period).aides_nationales.pass_culture.bonus
        modeste = individu.famille("quotient_familial_caf", period) <= bonus.plafond_quotient_familial
        aeeh = individu("aeeh_enfant_beneficiaire", period) * (individu.famille("aeeh", period) > 0)
        aah = individu("aah", period) > 0
        return bonus.montant * (individu("pass_culture_age", period) == bonus.age) * (modeste + aeeh + aah)
