"""The discretionary aids of the CCAS of Rennes: anyone who lives there may ask; the grid of the rulebook is not public."""

from openfisca_france.model.base import MONTH, Individu, Variable

CCAS_RENNES_AIDES_FACULTATIVES = [
    "Règlement d'attribution des aides facultatives du CCAS de Rennes (version du 1er avril 2020, début seulement)",
    "https://fdocuments.net/document/rglement-daattribution-des-aides-facultatives-6-rglement-daattribution-des.html",
]


class ccas_rennes_aides_facultatives(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aides facultatives du CCAS de Rennes"
    reference = CCAS_RENNES_AIDES_FACULTATIVES

    def formula(individu, period):
        return individu("habite_rennes", period)
