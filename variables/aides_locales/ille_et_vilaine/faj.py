"""Fonds d'aide aux jeunes: who may ask for a help that a local committee decides."""

from openfisca_france.model.base import MONTH, Individu, Variable

FAJ = [
    "Le Fonds d'aide aux jeunes (Département d'Ille-et-Vilaine)",
    "https://www.ille-et-vilaine.fr/actualite/mon-quotidien-bretillien-fonds-d-aide-aux-jeunes",
]


class ille_et_vilaine_faj_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge du fonds d'aide aux jeunes"
    reference = FAJ

    def formula(individu, period, parameters):
        faj = parameters(period).aides_locales.ille_et_vilaine.faj
        age = individu("age", period)
        return (age >= faj.age_minimum) * (age <= faj.age_maximum)


class ille_et_vilaine_faj(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Fonds d'aide aux jeunes (FAJ)"
    reference = FAJ

    def formula(individu, period):
        return individu("habite_ille_et_vilaine", period) * individu("ille_et_vilaine_faj_condition_age", period)
