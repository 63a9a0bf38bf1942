"""The discretionary aids of the CCAS of Rennes: anyone who lives there may ask; the grid of the rulebook is not public."""

from numpy import isnan, nan, where
from openfisca_france.model.base import MONTH, Individu, Variable

CCAS_RENNES_AIDES_FACULTATIVES = [
    "Règlement d'attribution des aides facultatives du CCAS de Rennes (version du 1er avril 2020, début seulement)",
    "https://fdocuments.net/document/rglement-daattribution-des-aides-facultatives-6-rglement-daattribution-des.html",
]


class ccas_rennes_aides_facultatives_plafond_reste_a_vivre(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Reste à vivre sous lequel le CCAS peut aider, quand il est connu"
    unit = "EUR"
    reference = CCAS_RENNES_AIDES_FACULTATIVES

    def formula(individu, period, parameters):
        plafond = getattr(parameters(period).aides_locales.ccas_rennes.aides_facultatives, "plafond_reste_a_vivre", nan)
        return plafond + individu.empty_array()


class ccas_rennes_aides_facultatives_reste_a_vivre(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Reste à vivre par mois et par personne, quand il est indiqué"
    unit = "EUR"
    reference = CCAS_RENNES_AIDES_FACULTATIVES

    def formula(individu, period):
        reste_a_vivre = individu("reste_a_vivre", period)
        return where(reste_a_vivre == 0, nan, reste_a_vivre)


class ccas_rennes_aides_facultatives_condition_reste_a_vivre(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un reste à vivre sous le seuil du CCAS, s'il est connu"
    reference = CCAS_RENNES_AIDES_FACULTATIVES

    def formula(individu, period):
        plafond = individu("ccas_rennes_aides_facultatives_plafond_reste_a_vivre", period)
        return isnan(plafond) + (individu("reste_a_vivre", period) <= plafond)


class ccas_rennes_aides_facultatives(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aides facultatives du CCAS de Rennes"
    reference = CCAS_RENNES_AIDES_FACULTATIVES

    def formula(individu, period):
        reste_a_vivre = individu("ccas_rennes_aides_facultatives_condition_reste_a_vivre", period)
        return individu("habite_rennes", period) * reste_a_vivre
