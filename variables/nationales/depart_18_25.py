"""Départ 18:25: the conditions of the holiday aid for young people."""

from numpy import maximum
from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

DEPART_18_25 = ["Départ 18:25, conditions de l'aide (ANCV)", "https://depart1825.com/eligibilite/"]


class depart_18_25_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis"
    reference = DEPART_18_25

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.education.depart1825.age
        age = individu("age", period)
        return (ages.minimum <= age) * (age <= ages.maximum)


class depart_18_25_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenu fiscal de référence pris en compte pour Départ 18:25"
    unit = "currency"
    reference = DEPART_18_25

    def formula(individu, period):
        return individu.foyer_fiscal("rfr", period.n_2)


class depart_18_25_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Plafond de ressources de Départ 18:25"
    unit = "currency"
    reference = DEPART_18_25

    def formula(individu, period, parameters):
        plafond = parameters(period).prestations_sociales.education.depart1825.plafond_ressources
        parts_en_plus = maximum(0, individu.foyer_fiscal("nbptr", period.n_2) - 1)
        return plafond.base + (parts_en_plus + parts_en_plus) * plafond.par_demi_part_supplementaire


class depart_18_25_condition_situation_ou_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond, ou être étudiant boursier, en alternance ou en service civique"
    reference = DEPART_18_25

    def formula(individu, period):
        boursier = (individu("activite", period) == TypesActivite.etudiant) * individu("boursier", period)
        alternance = individu("alternant", period) + individu("apprenti", period)
        service_civique = individu("service_civique", period) + individu("service_civique", period.last_month)
        modeste = individu("depart_18_25_ressources", period) <= individu("depart_18_25_plafond_ressources", period)
        return modeste + boursier + alternance + service_civique
