"""Conditions of the student loan guaranteed by the State, as OpenFisca-France computes it."""

from openfisca_france.model.base import MONTH, Individu, Variable

PRET = ["Prêt étudiant garanti par l'État (Service-Public)", "https://www.service-public.fr/particuliers/vosdroits/F986"]


class garantie_pret_etudiant_condition_majorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être majeur, ou mineur émancipé"
    reference = PRET

    def formula(individu, period):
        return individu("majeur", period)


class garantie_pret_etudiant_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas dépasser l'âge limite"
    reference = PRET

    def formula(individu, period, parameters):
        return individu("age", period) <= parameters(period).prestations_sociales.education.garantie_pret_etudiant.age_max


class garantie_pret_etudiant_condition_sejour(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être français, ou d'un pays de l'Espace économique européen et vivre en France depuis assez longtemps"
    reference = PRET

    def formula(individu, period):
        return individu("garantie_pret_etudiant_condition_nationalite", period)


class garantie_pret_etudiant_plafond(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant le plus élevé du prêt étudiant garanti par l'État"
    unit = "currency"
    reference = PRET

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).prestations_sociales.education.garantie_pret_etudiant.montant_max)
