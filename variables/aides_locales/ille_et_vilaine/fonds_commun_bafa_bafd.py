"""The shared fund of Ille-et-Vilaine for the first session of the BAFA and of the BAFD."""

from openfisca_france.model.base import MONTH, Individu, Variable

FONDS_COMMUN = [
    "Aide au BAFA et au BAFD (Département d'Ille-et-Vilaine)",
    "https://ille-et-vilaine.fr/les-aides-du-departement/aide-au-bafa-et-au-bafd",
]


class ille_et_vilaine_fonds_commun_bafa_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de préparer le BAFA"
    reference = FONDS_COMMUN

    def formula(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_locales.ille_et_vilaine.fonds_commun_bafa_bafd.age_minimum_bafa


class ille_et_vilaine_fonds_commun_bafd_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de préparer le BAFD"
    reference = FONDS_COMMUN

    def formula(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_locales.ille_et_vilaine.fonds_commun_bafa_bafd.age_minimum_bafd


class ille_et_vilaine_fonds_commun_bafa_condition_quotient_familial(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un quotient familial sous le plafond"
    reference = FONDS_COMMUN

    def formula(individu, period, parameters):
        plafond = parameters(period).aides_locales.ille_et_vilaine.fonds_commun_bafa_bafd.plafond_quotient_familial
        return individu.famille("quotient_familial_caf", period) <= plafond


class ille_et_vilaine_fonds_commun_bafd_condition_quotient_familial(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un quotient familial sous le plafond"
    reference = FONDS_COMMUN

    def formula(individu, period):
        return individu("ille_et_vilaine_fonds_commun_bafa_condition_quotient_familial", period)


class ille_et_vilaine_fonds_commun_bafa_condition_session(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être inscrit à la formation générale du BAFA"
    reference = FONDS_COMMUN

    def formula(individu, period):
        formations = individu("formation_animation", period)
        return formations == formations.possible_values.bafa_generale


class ille_et_vilaine_fonds_commun_bafd_condition_session(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être inscrit à la formation générale du BAFD"
    reference = FONDS_COMMUN

    def formula(individu, period):
        formations = individu("formation_animation", period)
        return formations == formations.possible_values.bafd


class ille_et_vilaine_fonds_commun_bafa(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Fonds commun d'aide au BAFA en Ille-et-Vilaine"
    reference = FONDS_COMMUN

    def formula_2024_01_01(individu, period):
        return (
            individu("habite_ille_et_vilaine", period)
            * individu("ille_et_vilaine_fonds_commun_bafa_condition_age", period)
            * individu("ille_et_vilaine_fonds_commun_bafa_condition_quotient_familial", period)
            * individu("ille_et_vilaine_fonds_commun_bafa_condition_session", period)
        )


class ille_et_vilaine_fonds_commun_bafd(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Fonds commun d'aide au BAFD en Ille-et-Vilaine"
    reference = FONDS_COMMUN

    def formula_2024_01_01(individu, period, parameters):
        conditions = (
            individu("habite_ille_et_vilaine", period)
            * individu("ille_et_vilaine_fonds_commun_bafd_condition_age", period)
            * individu("ille_et_vilaine_fonds_commun_bafd_condition_quotient_familial", period)
            * individu("ille_et_vilaine_fonds_commun_bafd_condition_session", period)
        )
        return conditions * parameters(period).aides_locales.ille_et_vilaine.fonds_commun_bafa_bafd.montant_bafd
