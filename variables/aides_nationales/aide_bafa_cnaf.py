"""The national aid of the CNAF to the last session of the BAFA."""

from openfisca_france.model.base import MONTH, Individu, Variable

BAFA = [
    "Bafa : aide nationale (caf.fr)",
    "https://caf.fr/allocataires/caf-du-cantal/offre-de-service/vie-professionnelle/bafa/bafa-aide-nationale",
]


class aide_bafa_cnaf_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de préparer le BAFA"
    reference = BAFA

    def formula(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_nationales.aide_bafa_cnaf.age_minimum


class formation_animation_condition_public(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être jeune, ou avoir indiqué une session du BAFA ou du BAFD (la question n'est posée qu'aux jeunes)"
    reference = BAFA

    def formula(individu, period, parameters):
        """There is no upper age in the law: an older person who says to be enrolled keeps the right, the others are not asked."""
        formations = individu("formation_animation", period)
        jeune = individu("age", period) <= parameters(period).aides_nationales.aide_bafa_cnaf.age_de_la_question
        return jeune + (formations != formations.possible_values.aucune)


class aide_bafa_cnaf_condition_session(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être inscrit à la dernière session du BAFA (approfondissement ou qualification)"
    reference = BAFA

    def formula(individu, period):
        formations = individu("formation_animation", period)
        return formations == formations.possible_values.bafa_derniere_session


class aide_bafa_cnaf(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide nationale au BAFA"
    reference = BAFA

    def formula_2023_07_01(individu, period, parameters):
        conditions = individu("aide_bafa_cnaf_condition_age", period) * individu("aide_bafa_cnaf_condition_session", period)
        return conditions * parameters(period).aides_nationales.aide_bafa_cnaf.montant
