"""The food card of students far from a restaurant of the Crous: OpenFisca-France's variable pays it to every student."""

from openfisca_france.model.base import MONTH, Individu, Variable

AIDE_RESTAURATION = [
    "Article L822-1-1 du code de l'éducation et décret n° 2024-748 du 6 juillet 2024 (ministère de l'enseignement supérieur)",
    "https://www.enseignementsup-recherche.gouv.fr/fr/aide-la-restauration-etudiante-l-equite-territoriale-au-coeur-du-dispositif-98128",
]


class aide_alimentation_etudiants_eloignes_condition_lieu(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Étudier loin d'un restaurant du Crous ou d'un restaurant à tarif modéré"
    reference = AIDE_RESTAURATION

    def formula(individu, period):
        return individu("etudes_loin_restaurant_crous", period)


class aide_alimentation_etudiants_eloignes_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide à la restauration des étudiants éloignés d'un restaurant du Crous"
    reference = AIDE_RESTAURATION

    def formula_2025_02(individu, period):
        return individu("etudes_superieures", period) * individu("aide_alimentation_etudiants_eloignes_condition_lieu", period)


class aide_alimentation_etudiants_eloignes_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant par mois pour un étudiant non boursier"
    unit = "currency"
    reference = AIDE_RESTAURATION

    def formula_2025_02(individu, period, parameters):
        montants = parameters(period).prestations_sociales.alimentation.aide_alimentation_etudiants_eloignes
        return individu.filled_array(montants.montant_etudiant_standard_non_boursier)


class aide_alimentation_etudiants_eloignes_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant par mois pour un étudiant boursier"
    unit = "currency"
    reference = AIDE_RESTAURATION

    def formula_2025_02(individu, period, parameters):
        montants = parameters(period).prestations_sociales.alimentation.aide_alimentation_etudiants_eloignes
        return individu.filled_array(montants.montant_etudiant_standard_boursier)
