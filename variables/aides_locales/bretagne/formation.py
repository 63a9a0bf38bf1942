"""PREPA and QUALIF Emploi: the free courses of the Region for people without work."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite

FORMATION = [
    "Emploi et formation, les priorités de 2026 (Région Bretagne)",
    "https://www.bretagne.bzh/actions/grands-projets/nos-priorites-2026/emploi-formation-et-orientation-professionnelle",
]


class bretagne_formation_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de la fin de l'instruction obligatoire"
    reference = FORMATION

    def formula(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_locales.bretagne.formation.age_minimum


class bretagne_prepa_condition_sans_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Chercher un emploi, ou n'avoir ni emploi, ni études, ni retraite"
    reference = FORMATION

    def formula(individu, period):
        activite = individu("activite", period)
        sans_emploi = (activite == TypesActivite.chomeur) + (activite == TypesActivite.inactif)
        return sans_emploi + individu("inscrit_france_travail", period)


class bretagne_prepa(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Formation PREPA"
    reference = FORMATION

    def formula(individu, period):
        residence = individu("habite_bretagne", period)
        age = individu("bretagne_formation_condition_age", period)
        return residence * age * individu("bretagne_prepa_condition_sans_emploi", period)


class bretagne_qualif_emploi_condition_demandeur_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être demandeur d'emploi"
    reference = FORMATION

    def formula(individu, period):
        return (individu("activite", period) == TypesActivite.chomeur) + individu("inscrit_france_travail", period)


class bretagne_qualif_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Formation QUALIF Emploi"
    reference = FORMATION

    def formula(individu, period):
        residence = individu("habite_bretagne", period)
        age = individu("bretagne_formation_condition_age", period)
        return residence * age * individu("bretagne_qualif_emploi_condition_demandeur_emploi", period)
