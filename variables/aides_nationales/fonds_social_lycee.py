"""The social fund of each collège and lycée: who may ask."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.education import TypesScolarite

FONDS_SOCIAUX = [
    "Circulaire n° 2017-122 du 22 août 2017, fonds social collégien, lycéen et pour les cantines (NOR MENE1718891C)",
    "http://www.education.gouv.fr/pid285/bulletin_officiel.html?cid_bo=118460",
]


class fonds_social_lycee_condition_eleve(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être élève au collège ou au lycée"
    reference = FONDS_SOCIAUX

    def formula(individu, period):
        scolarite = individu("scolarite", period)
        return (scolarite == TypesScolarite.college) + (scolarite == TypesScolarite.lycee)


class fonds_social_lycee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Fonds social du collège ou du lycée"
    reference = FONDS_SOCIAUX

    def formula(individu, period):
        return individu("fonds_social_lycee_condition_eleve", period)
