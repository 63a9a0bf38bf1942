"""The personal microcredit of the CCAS of Rennes: a small loan without interest for those whom banks refuse."""

from openfisca_france.model.base import MONTH, Individu, Variable

MICROCREDIT = [
    "Rennes : un microcrédit à taux zéro pour aider les ménages les plus fragiles (France 3 Bretagne, 2021)",
    "https://france3-regions.francetvinfo.fr/bretagne/ille-et-vilaine/rennes/"
    "rennes-un-micro-credit-a-taux-zero-pour-aider-les-menages-les-plus-fragiles-2157421.html",
]


class ccas_rennes_microcredit_condition_credit_refuse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "S'être vu refuser un crédit par une banque"
    reference = MICROCREDIT

    def formula(individu, period):
        return individu("credit_bancaire_refuse", period)


class ccas_rennes_microcredit_condition_compte_sans_interdiction(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un compte en banque sans interdiction de faire des chèques"
    reference = MICROCREDIT

    def formula(individu, period):
        return individu("compte_bancaire_sans_interdiction", period)


class ccas_rennes_microcredit_montant_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Microcrédit le plus petit"
    unit = "currency"
    reference = MICROCREDIT

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.ccas_rennes.microcredit.montant_minimum)


class ccas_rennes_microcredit_montant_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Microcrédit le plus grand"
    unit = "currency"
    reference = MICROCREDIT

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.ccas_rennes.microcredit.montant_maximum)


class ccas_rennes_microcredit_duree_maximum(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Nombre de mois pour rembourser le microcrédit, au plus"
    reference = MICROCREDIT

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.ccas_rennes.microcredit.duree_maximum)


class ccas_rennes_microcredit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Microcrédit du CCAS de Rennes"
    reference = MICROCREDIT

    def formula(individu, period):
        return (
            individu("habite_rennes", period)
            * individu("ccas_rennes_microcredit_condition_credit_refuse", period)
            * individu("ccas_rennes_microcredit_condition_compte_sans_interdiction", period)
        )
