"""The coupon sport of the Department: help to join a sports club for the pupils of families that receive the ARS."""

from numpy import where
from openfisca_france.model.base import MONTH, Individu, Variable

COUPON_SPORT = ["Coupon sport 35 (Département d'Ille-et-Vilaine)", "https://www.ille-et-vilaine.fr/coupon-sport35"]


def annee_de_la_rentree(period, parameters):
    """The calendar year in which the school year of a month began."""
    mois_rentree = parameters(period).prestations_sociales.education.bourses.mois_rentree
    return period.this_year if period.start.month >= mois_rentree else period.last_year


class ille_et_vilaine_coupon_sport_age(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Âge atteint dans l'année de la rentrée"
    reference = COUPON_SPORT

    def formula(individu, period, parameters):
        return individu("age_dans_l_annee", annee_de_la_rentree(period, parameters).first_month)


class ille_et_vilaine_coupon_sport_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Atteindre l'âge requis dans l'année de la rentrée"
    reference = COUPON_SPORT

    def formula_2023_09_01(individu, period, parameters):
        coupon = parameters(period).aides_locales.ille_et_vilaine.coupon_sport
        age = individu("ille_et_vilaine_coupon_sport_age", period)
        return (coupon.age_minimum <= age) * (age <= coupon.age_maximum)


class ille_et_vilaine_coupon_sport_condition_rentree(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans une famille qui a droit à l'allocation de rentrée scolaire"
    reference = COUPON_SPORT

    def formula_2023_09_01(individu, period, parameters):
        return individu.famille("ars", annee_de_la_rentree(period, parameters)) > 0


class ille_et_vilaine_coupon_sport_condition_cout(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "S'inscrire dans un club de sport affilié dont le coût atteint le seuil"
    reference = COUPON_SPORT

    def formula_2023_09_01(individu, period, parameters):
        return individu("cout_club_sport", period) >= parameters(period).aides_locales.ille_et_vilaine.coupon_sport.seuils.premier


class ille_et_vilaine_coupon_sport(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coupon sport d'Ille-et-Vilaine"
    reference = COUPON_SPORT

    def formula_2023_09_01(individu, period, parameters):
        coupon = parameters(period).aides_locales.ille_et_vilaine.coupon_sport
        conditions = (
            individu("habite_ille_et_vilaine", period)
            * individu("ille_et_vilaine_coupon_sport_condition_age", period)
            * individu("ille_et_vilaine_coupon_sport_condition_rentree", period)
            * individu("ille_et_vilaine_coupon_sport_condition_cout", period)
        )
        cher = individu("cout_club_sport", period) > coupon.seuils.second
        return conditions * where(cher, coupon.montants.second, coupon.montants.premier)
