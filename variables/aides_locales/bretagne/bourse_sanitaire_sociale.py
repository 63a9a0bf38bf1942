"""The grant that the Region gives to pupils and students of health and social work."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite
from openfisca_france.model.prestations.education import TypesScolarite

BOURSE = [
    "Décret n° 2005-418 du 3 mai 2005, bourses des formations de santé (article L4383-4 du code de la santé publique)",
    "https://www.legifrance.gouv.fr/eli/decret/2005/5/3/2005-418/jo/texte",
    "Les aides de la Région Bretagne",
    "https://www.bretagne.bzh/aides/",
]


class bretagne_bourse_sanitaire_sociale_condition_etudes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être étudiant, ou élève d'un institut de formation, après l'école et le lycée"
    reference = BOURSE

    def formula(individu, period):
        institut = (individu("activite", period) == TypesActivite.etudiant) * (individu("scolarite", period) == TypesScolarite.inconnue)
        return institut + individu("etudes_superieures", period)


class bretagne_bourse_sanitaire_sociale_condition_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Suivre en Bretagne une formation paramédicale, de sage-femme ou de travail social"
    reference = BOURSE

    def formula(individu, period):
        return individu("formation_sanitaire_sociale_bretagne", period)


class bretagne_bourse_sanitaire_sociale(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Bourse régionale des formations sanitaires et sociales"
    reference = BOURSE

    def formula(individu, period):
        etudes = individu("bretagne_bourse_sanitaire_sociale_condition_etudes", period)
        return etudes * individu("bretagne_bourse_sanitaire_sociale_condition_formation", period)
