"""Pass colo: help for one holiday camp in the year a child turns 11.

OpenFisca-France's own ``pass_colo`` is not used: it answers for the whole population as soon as one child is of age, and compares a
yearly income with a monthly scale.
"""

from numpy import select
from openfisca_france.model.base import MONTH, Individu, Variable

PASS_COLO = [
    "Décret n° 2024-277 du 28 mars 2024 relatif au « Pass'colo »",
    "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000049339145",
]


class pass_colo_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Atteindre dans l'année l'âge du pass colo, ou l'avoir atteint l'année d'avant"
    reference = PASS_COLO

    def formula_2024_04_01(individu, period, parameters):
        pass_colo = parameters(period).aides_nationales.pass_colo
        age = individu("age_dans_l_annee", period)
        return (pass_colo.age <= age) * (age <= pass_colo.age_report)


class pass_colo_condition_quotient_familial(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans une famille au quotient familial sous le plafond"
    reference = PASS_COLO

    def formula_2024_04_01(individu, period, parameters):
        plafonds = parameters(period).aides_nationales.pass_colo.plafonds
        return individu.famille("quotient_familial_caf", period) <= plafonds.tranche_4


class pass_colo_aide(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pass colo"
    reference = PASS_COLO

    def formula_2024_04_01(individu, period, parameters):
        pass_colo = parameters(period).aides_nationales.pass_colo
        conditions = individu("pass_colo_condition_age", period) * individu("pass_colo_condition_quotient_familial", period)
        quotient = individu.famille("quotient_familial_caf", period)
        tranches = sorted(pass_colo.plafonds)
        atteintes = [quotient <= pass_colo.plafonds[tranche] for tranche in tranches]
        return conditions * select(atteintes, [pass_colo.montants[tranche] for tranche in tranches], default=0)
