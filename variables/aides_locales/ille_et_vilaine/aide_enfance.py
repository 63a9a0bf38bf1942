"""Financial aid of the child welfare service: who may ask the Département for it."""

from openfisca_france.model.base import MONTH, Famille, Variable

AIDE_ENFANCE = [
    "Aides financières au titre de l'aide sociale à l'enfance (Département d'Ille-et-Vilaine)",
    "https://www.ille-et-vilaine.fr/les-aides-du-departement/aides-financieres-au-titre-de-laide-sociale-lenfance",
]


class ille_et_vilaine_aide_enfance_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = AIDE_ENFANCE

    def formula(famille, period):
        return famille.demandeur("habite_ille_et_vilaine", period)


class ille_et_vilaine_aide_enfance_condition_famille(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un enfant mineur, attendre un enfant, ou être un jeune adulte sous l'âge limite"
    reference = AIDE_ENFANCE

    def formula(famille, period, parameters):
        """An unborn child told as a member of the family is a pregnancy."""
        ages = parameters(period).aides_locales.ille_et_vilaine.aide_enfance
        age = famille.members("age", period)
        enfant = famille.any(age < ages.age_limite_enfant, role=Famille.ENFANT)
        grossesse = famille.any(famille.members("enceinte", period))
        return enfant + grossesse + famille.any(age < ages.age_limite_jeune, role=Famille.PARENT)


class ille_et_vilaine_aide_enfance(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Aide financière de l'aide sociale à l'enfance"
    reference = AIDE_ENFANCE

    def formula(famille, period):
        residence = famille("ille_et_vilaine_aide_enfance_condition_residence", period)
        return residence * famille("ille_et_vilaine_aide_enfance_condition_famille", period)
