"""Aide à la mobilité en master. OpenFisca-France pays it from the last year of licence, and to the siblings of grant holders."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.education import TypesClasse

DECRET = [
    "Décret n° 2017-969 du 10 mai 2017 relatif à l'aide à la mobilité en première année de master",
    "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000034675851/",
]


class aide_mobilite_master_condition_annee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être en première année de master"
    reference = DECRET

    def formula(individu, period):
        return individu("annee_etude", period) == TypesClasse.master_1


class aide_mobilite_master_condition_region(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Faire son master dans une autre région académique que celle de la licence, obtenue l'année précédente"
    reference = DECRET

    def formula(individu, period):
        return individu("sortie_region_academique", period)


class aide_mobilite_master_somme(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide à la mobilité en master"
    unit = "currency"
    reference = DECRET

    def formula(individu, period, parameters):
        annee = individu("aide_mobilite_master_condition_annee", period)
        region = individu("aide_mobilite_master_condition_region", period)
        droit = individu("etudes_superieures", period) * annee * region * individu("boursier_du_crous", period)
        return droit * parameters(period).prestations_sociales.education.mobilite.master.montant
