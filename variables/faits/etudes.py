"""What a student or a pupil says of their studies, and what several rights of students look at."""

from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period
from openfisca_france.model.prestations.education import TypesScolarite

CIRCULAIRE = [
    "Circulaire du 10 juin 2024, bourses d'enseignement supérieur sur critères sociaux (NOR ESRS2413977C)",
    "https://www.education.gouv.fr/bo/2024/Hebdo26/ESRS2413977C",
]


class etudes_superieures(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Étudier dans l'enseignement supérieur"
    reference = CIRCULAIRE
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu("scolarite", period) == TypesScolarite.enseignement_superieur


class boursier_du_crous(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir droit à une bourse sur critères sociaux, ou recevoir une allocation annuelle du Crous"
    reference = CIRCULAIRE
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        """Whoever studies and says to hold a grant does, whatever the computation finds."""
        dit = individu("etudes_superieures", period) * individu("boursier", period)
        return dit + (individu("bourse_criteres_sociaux", period) > 0) + (individu("allocation_annuelle_etudiant", period) > 0)


class boursier_du_crous_possible(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Remplir les conditions d'études, d'âge et de nationalité de la bourse du Crous, ou recevoir une aide annuelle du Crous"
    reference = CIRCULAIRE
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu("bourse_criteres_sociaux_eligibilite", period) + individu("boursier_du_crous", period)


class mention_tres_bien_baccalaureat(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A eu la mention « très bien » au baccalauréat"
    set_input = set_input_dispatch_by_period


class boursier_lycee_annee_precedente(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avait une bourse de lycée en terminale, l'année scolaire précédente"
    set_input = set_input_dispatch_by_period


class jours_sejour_etudes_etranger(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Nombre de jours d'études ou de stage à l'étranger pendant l'année scolaire"
    set_input = set_input_dispatch_by_period


class etudes_loin_restaurant_crous(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Étudie loin d'un restaurant du Crous ou d'un restaurant à tarif modéré"
    set_input = set_input_dispatch_by_period


class difficultes_durables_etudiant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A des difficultés financières durables pendant ses études"
    set_input = set_input_dispatch_by_period
