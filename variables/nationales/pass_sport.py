"""Pass'Sport: the ages and the situations that open it, campaign by campaign."""

from numpy import nan, where
from openfisca_france.model.base import MONTH, Individu, Variable

PASS_SPORT = ["Pass'Sport (ministère des sports)", "https://www.pass.sports.gouv.fr"]


def dans_la_tranche(individu, period, ages):
    """Whether the age reached in the year is between two ages, both included."""
    age = individu("age_dans_l_annee", period)
    return (ages.age_minimum <= age) * (age <= ages.age_maximum)


class pass_sport_condition_campagne(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Demander le pass pendant une campagne du Pass'Sport"
    reference = PASS_SPORT

    def formula_2024_01_01(individu, period, parameters):
        return individu.filled_array(bool(parameters(period).aides_nationales.pass_sport.campagne_ouverte))


class pass_sport_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Atteindre dans l'année un âge prévu par le Pass'Sport"
    reference = PASS_SPORT

    def formula_2024_01_01(individu, period, parameters):
        pass_sport = parameters(period).aides_nationales.pass_sport
        return dans_la_tranche(individu, period, pass_sport.aeeh) + dans_la_tranche(individu, period, pass_sport.aah)


class pass_sport_quotient_familial(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Quotient familial pris en compte pour le Pass'Sport"
    default_value = nan
    reference = PASS_SPORT

    def formula_2026_09_01(individu, period, parameters):
        concerne = dans_la_tranche(individu, period, parameters(period).aides_nationales.pass_sport.quotient_familial)
        return where(concerne, individu.famille("quotient_familial_caf", period), nan)


class pass_sport_plafond_quotient_familial(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Quotient familial sous lequel le Pass'Sport est ouvert"
    default_value = nan
    reference = PASS_SPORT

    def formula_2026_09_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.pass_sport.quotient_familial
        return where(dans_la_tranche(individu, period, regles), regles.plafond, nan)


class pass_sport_handicap_ou_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ouvrir droit à l'AEEH, recevoir l'AAH ou une bourse étudiante, à l'âge prévu"
    reference = PASS_SPORT

    def formula_2024_01_01(individu, period, parameters):
        pass_sport = parameters(period).aides_nationales.pass_sport
        aeeh = individu("aeeh_enfant_beneficiaire", period) * (individu.famille("aeeh", period) > 0)
        aah = individu("aah", period) > 0
        bourse = individu("etudes_superieures", period) * individu("boursier_etudes_superieures", period)
        return (
            aeeh * dans_la_tranche(individu, period, pass_sport.aeeh)
            + aah * dans_la_tranche(individu, period, pass_sport.aah)
            + bourse * (individu("age_dans_l_annee", period) <= pass_sport.bourse.age_maximum)
        )


class pass_sport_condition_situation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir, à cet âge, une des situations qui ouvrent le Pass'Sport"
    reference = PASS_SPORT

    def formula_2026_09_01(individu, period):
        modeste = individu("pass_sport_quotient_familial", period) < individu("pass_sport_plafond_quotient_familial", period)
        return modeste + individu("pass_sport_handicap_ou_bourse", period)

    def formula_2024_01_01(individu, period, parameters):
        """A child who opens the right to the ARS counts when the family receives it."""
        ages = parameters(period).aides_nationales.pass_sport.rentree_scolaire
        annee = period.this_year
        rentree = (individu("ars_montant_enfant", annee) > 0) * (individu.famille("ars", annee) > 0)
        return rentree * dans_la_tranche(individu, period, ages) + individu("pass_sport_handicap_ou_bourse", period)
