"""Santé Psy Étudiant: free sessions with a psychologist for every student of higher education, apprentices included."""

from openfisca_france.model.base import MONTH, Individu, Variable

SANTE_PSY = [
    "Circulaire sur Santé Psy Étudiant (bulletin officiel n° 26 de 2024, NOR ESRS2415963C)",
    "https://www.enseignementsup-recherche.gouv.fr/fr/bo/2024/Hebdo26/ESRS2415963C",
]


class seances_sante_psy_etudiant_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Séances gratuites avec un psychologue (Santé Psy Étudiant)"
    reference = SANTE_PSY

    def formula(individu, period):
        return individu("etudes_superieures", period)


class seances_sante_psy_etudiant_nombre(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Nombre de séances par année universitaire"
    reference = SANTE_PSY

    def formula(individu, period, parameters):
        seances = parameters(period).prestations_sociales.education.sante_psy.etudiant.seances_max
        return individu("seances_sante_psy_etudiant_droit", period) * seances
