"""Bourse de collège: its pupils and the two conditions that decide whether it is paid."""

from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu
from openfisca_france.model.prestations.education import TypesScolarite

from tznr_rules.corrections.bourses import plafonds, revenu_du_menage

BENEFICIAIRES = [
    "Article L531-1 du code de l'éducation",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006071191/LEGISCTA000006166609/",
]
PLAFONDS = [
    "Article 1 de l'arrêté du 22 mars 2016 fixant les plafonds de ressources des bourses de collège",
    "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000032325020",
]
RESSOURCES = [
    "Circulaire du 21 septembre 2022, bourses nationales de collège et de lycée (NOR MENE2214583C)",
    "https://www.education.gouv.fr/bo/22/Hebdo36/MENE2214583C.htm",
]
PLAFONDS_ET_RESSOURCES = PLAFONDS + RESSOURCES


class bourse_college_eleve(Variable):
    value_type = bool
    entity = Individu
    label = "Être élève au collège, à la charge de la famille"
    reference = BENEFICIAIRES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu.has_role(Famille.ENFANT) * (individu("scolarite", period) == TypesScolarite.college)


class bourse_college_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Revenu fiscal de référence pris en compte pour la bourse de collège"
    reference = RESSOURCES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period, parameters):
        return revenu_du_menage(famille, period, parameters)


class bourse_college_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Plafond de ressources de la bourse de collège"
    reference = PLAFONDS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period, parameters):
        return next(plafonds(famille, period, parameters, "bourse_college"))


class bourse_college_condition_eleve(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir un enfant au collège"
    reference = BENEFICIAIRES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille.any(famille.members("bourse_college_eleve", period))


class bourse_college_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir un revenu fiscal de référence sous le plafond"
    reference = PLAFONDS_ET_RESSOURCES
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("bourse_college_ressources", period) <= famille("bourse_college_plafond_ressources", period)


class bourse_college_echelon_attribue(Variable):
    value_type = int
    entity = Famille
    label = "Échelon de la bourse de collège"
    reference = PLAFONDS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("bourse_college_condition_eleve", period) * famille("bourse_college_echelon", period)
