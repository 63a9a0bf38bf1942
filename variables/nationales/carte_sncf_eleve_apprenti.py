"""The train season ticket of pupils, students and apprentices: its two conditions."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.logement import TypesLieuResidence
from openfisca_france.model.prestations.education import TypesScolarite

SNCF = [
    "Tarif élèves, étudiants et apprentis (SNCF)",
    "https://www.sncf.com/fr/offres-voyageurs/cartes-tarifs-grandes-lignes/eleves-apprentis",
]


class carte_sncf_eleve_apprenti_condition_statut(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être collégien, lycéen, étudiant ou apprenti, avant l'âge limite"
    reference = SNCF

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.transport.carte_sncf_eleve_apprenti
        age = individu("age", period)
        scolarite = individu("scolarite", period)
        eleve = (scolarite == TypesScolarite.college) + (scolarite == TypesScolarite.lycee)
        etudiant = (scolarite == TypesScolarite.enseignement_superieur) + individu("etudiant", period) * (eleve == 0)
        apprenti = individu("apprenti", period) + individu("alternant", period)
        return (
            eleve * (age < parameters(period).aides_nationales.carte_sncf_eleve_apprenti.age_eleve)
            + etudiant * (age < ages.age_etudiant)
            + apprenti * (age < ages.age_apprenti)
        )


class carte_sncf_eleve_apprenti_condition_residence(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter en France métropolitaine"
    reference = SNCF

    def formula(individu, period):
        return individu.menage("residence", period) == TypesLieuResidence.metropole
