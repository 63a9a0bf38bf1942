"""Screenings paid by the health insurance at some ages: three cancers, and sexually transmitted infections of the young."""

from openfisca_france.model.base import MONTH, Individu, Variable

CANCERS = [
    "Arrêté du 29 septembre 2006 relatif aux programmes de dépistage des cancers",
    "https://juriblio.fr/arretes/arrete-du-29-septembre-2006/134678384",
]
IST = [
    "Mon test IST (Assurance maladie)",
    "https://mon-test-ist.ameli.fr/",
    "Dépistage gratuit et sans ordonnance de quatre infections (arrêté publié le 8 juillet 2024)",
    "https://destinationsante.com/depistage-gratuit-et-sans-ordonnance-de-4-ist-pour-les-moins-de-26-ans.html",
]


def dans_la_tranche(individu, period, tranche):
    """Whether a person has one of the ages of a programme."""
    age = individu("age", period)
    return (age >= tranche.age_minimum) * (age <= tranche.age_maximum)


class depistage_cancer_sein_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge du dépistage"
    reference = CANCERS

    def formula(individu, period, parameters):
        return dans_la_tranche(individu, period, parameters(period).aides_nationales.depistage.cancer_sein)


class depistage_cancer_sein_condition_femme(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être une femme"
    reference = CANCERS

    def formula(individu, period):
        return individu("femme", period)


class depistage_cancer_sein(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Dépistage du cancer du sein"
    reference = CANCERS

    def formula(individu, period):
        return individu("depistage_cancer_sein_condition_age", period) * individu("depistage_cancer_sein_condition_femme", period)


class depistage_cancer_colorectal_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge du dépistage"
    reference = CANCERS

    def formula(individu, period, parameters):
        return dans_la_tranche(individu, period, parameters(period).aides_nationales.depistage.cancer_colorectal)


class depistage_cancer_colorectal(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Dépistage du cancer colorectal"
    reference = CANCERS

    def formula(individu, period):
        return individu("depistage_cancer_colorectal_condition_age", period)


class depistage_cancer_col_uterus_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge du dépistage"
    reference = CANCERS

    def formula(individu, period, parameters):
        return dans_la_tranche(individu, period, parameters(period).aides_nationales.depistage.cancer_col_uterus)


class depistage_cancer_col_uterus_condition_femme(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être une femme"
    reference = CANCERS

    def formula(individu, period):
        return individu("femme", period)


class depistage_cancer_col_uterus(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Dépistage du cancer du col de l'utérus"
    reference = CANCERS

    def formula(individu, period):
        age = individu("depistage_cancer_col_uterus_condition_age", period)
        return age * individu("depistage_cancer_col_uterus_condition_femme", period)


class depistage_ist_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être plus jeune que l'âge limite"
    reference = IST

    def formula_2024_09_01(individu, period, parameters):
        age = individu("age", period)
        return (age >= 0) * (age < parameters(period).aides_nationales.depistage.ist.age_limite)


class depistage_ist(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Dépistage gratuit des infections sexuellement transmissibles"
    reference = IST

    def formula(individu, period):
        return individu("depistage_ist_condition_age", period)
