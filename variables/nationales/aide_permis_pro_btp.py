"""The PRO BTP aid to the driving licence of apprentices: its conditions."""

from openfisca_france.model.base import MONTH, Individu, Variable

PRO_BTP = ["Aide au permis de conduire des apprentis du bâtiment (PRO BTP)", "https://www.probtp.com/part/apprenti/aide-permis.html"]


class aide_permis_pro_btp_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de l'aide au permis de PRO BTP"
    reference = PRO_BTP

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.education.aide_permis_pro_btp.age
        age = individu("age", period)
        return (ages.minimum <= age) * (age < ages.maximum)


class aide_permis_pro_btp_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenu fiscal de référence pris en compte pour l'aide au permis de PRO BTP"
    unit = "currency"
    reference = PRO_BTP

    def formula(individu, period):
        return individu.foyer_fiscal("rfr", period.n_2)


class aide_permis_pro_btp_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Plafond de ressources de l'aide au permis de PRO BTP (le Smic brut d'une année)"
    unit = "currency"
    reference = PRO_BTP

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).marche_travail.salaire_minimum.smic.smic_b_mensuel * 12)


class aide_permis_pro_btp_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le Smic brut annuel"
    reference = PRO_BTP

    def formula(individu, period):
        return individu("aide_permis_pro_btp_ressources", period) <= individu("aide_permis_pro_btp_plafond_ressources", period)


class aide_permis_pro_btp_condition_apprenti(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être apprenti ou alternant dans le bâtiment ou les travaux publics"
    reference = PRO_BTP

    def formula(individu, period):
        return individu("apprenti_du_batiment", period)
