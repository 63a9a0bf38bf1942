"""Bourse de lycée: its pupils and the two conditions that decide whether it is paid."""

from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu
from openfisca_france.model.prestations.education import TypesScolarite

from tznr_rules.corrections.bourses import plafonds, revenu_du_menage

BENEFICIAIRES = [
    "Articles L531-4 et R531-19 du code de l'éducation",
    "https://juriblio.fr/codes/code-de-l-education/partie-reglementaire/livre-v/titre-iii/chapitre-ier/section-1/sous-section-2/paragraphe-2",
]
PLAFONDS = [
    "Article 1 de l'arrêté du 22 mars 2016 fixant les plafonds de ressources des bourses de lycée",
    "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000032325026",
]
RESSOURCES = [
    "Circulaire du 21 septembre 2022, bourses nationales de collège et de lycée (NOR MENE2214583C)",
    "https://www.education.gouv.fr/bo/22/Hebdo36/MENE2214583C.htm",
]
PLAFONDS_ET_RESSOURCES = PLAFONDS + RESSOURCES


class bourse_lycee_eleve(Variable):
    value_type = bool
    entity = Individu
    label = "Être élève au lycée, à la charge de la famille"
    reference = BENEFICIAIRES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu.has_role(Famille.ENFANT) * (individu("scolarite", period) == TypesScolarite.lycee)


class bourse_lycee_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Revenu fiscal de référence pris en compte pour la bourse de lycée"
    reference = RESSOURCES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period, parameters):
        return revenu_du_menage(famille, period, parameters)


class bourse_lycee_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Plafond de ressources de la bourse de lycée"
    reference = PLAFONDS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period, parameters):
        return next(plafonds(famille, period, parameters, "bourse_lycee"))


class bourse_lycee_condition_eleve(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir un enfant au lycée"
    reference = BENEFICIAIRES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille.any(famille.members("bourse_lycee_eleve", period))


class bourse_lycee_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir un revenu fiscal de référence sous le plafond"
    reference = PLAFONDS_ET_RESSOURCES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("bourse_lycee_ressources", period) <= famille("bourse_lycee_plafond_ressources", period)


class bourse_lycee_echelon_attribue(Variable):
    value_type = int
    entity = Famille
    label = "Échelon de la bourse de lycée"
    reference = PLAFONDS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("bourse_lycee_condition_eleve", period) * famille("bourse_lycee_echelon", period)
