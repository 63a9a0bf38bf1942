"""Allowance of the unemployed who have exhausted their insurance (ASS): the conditions that decide whether it is paid."""

from numpy import maximum, where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period, set_input_divide_by_period
from openfisca_france.entities import Individu
from openfisca_france.model.base import TypesActivite

from tznr_rules.corrections.asi_aspa import difference_ass, ressources_ass

R5423_1 = [
    "Article R5423-1 du code du travail",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000018525084",
]
L5423_1 = [
    "Article L5423-1 du code du travail",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006072050/LEGISCTA000006189826/",
]
L5421_4 = [
    "Article L5421-4 du code du travail",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000023031779",
]
R5425_2 = [
    "Articles R5423-1 et R5425-2 du code du travail",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000018496568",
]
R5423_6 = [
    "Articles R5423-1 à R5423-6 du code du travail",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006072050/LEGISCTA000018525086/",
]
AAH = [
    "Article 87 de la loi n° 2016-1917 de finances pour 2017, instruction n° 2017-4 de Pôle emploi",
    "http://www.bo-pole-emploi.org/bulletinsofficiels/instruction-n2017-4-du-9-janvier.html?type=dossiers/2017/bope-n2017-10-du-27-janvier-2017",
]


class ass_condition_activite_passee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir été salarié assez longtemps avant la fin du dernier contrat de travail"
    reference = R5423_1

    def formula(individu, period):
        return individu("ass_precondition_remplie", period)


class ass_condition_recherche_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Chercher un emploi, ou avoir repris un travail depuis assez peu de temps pour garder l'ASS en plus du salaire"
    reference = R5425_2

    def formula(individu, period):
        activite = individu("activite", period)
        reprise = (activite == TypesActivite.actif) * individu("ass_eligibilite_cumul_individu", period)
        return (activite == TypesActivite.chomeur) + reprise


class ass_condition_fin_chomage(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Ne pas toucher d'allocation chômage"
    reference = L5423_1

    def formula(individu, period):
        return individu("chomage_net", period) == 0


class ass_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Être plus jeune que l'âge de la retraite à taux plein"
    reference = L5421_4

    def formula(individu, period):
        return individu("age", period) < individu("ass_age_maximal", period)


class ass_age_maximal(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Âge auquel l'ASS cesse dans tous les cas"
    reference = L5421_4

    def formula(individu, period, parameters):
        return parameters(period).chomage.allocations_assurance_chomage.ass.age_max / 12 + individu.filled_array(0)


class ass_condition_sans_aah(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Ne pas avoir droit à l'AAH, qui remplace l'ASS"
    reference = AAH

    def formula(individu, period):
        return individu("aah", period) <= 0


class ass_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Ressources mensuelles de la personne ou du couple, en moyenne sur douze mois, comparées au plafond de l'ASS"
    reference = R5423_6

    def formula(individu, period):
        return ressources_ass(individu, period) / 12


class ass_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Plafond mensuel de ressources de l'ASS, selon que l'on vit seul ou en couple"
    reference = R5423_1

    def formula(individu, period, parameters):
        ass = parameters(period).chomage.allocations_assurance_chomage.ass
        journalier = where(individu.menage("residence_mayotte", period), ass.montant_plein_mayotte, ass.montant_plein)
        return journalier * where(individu.famille("en_couple", period), ass.plaf_coup, ass.plaf_seul)


class ass_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond de l'ASS"
    reference = R5423_1

    def formula(individu, period, parameters):
        return difference_ass(individu, period, parameters) > 0


class ass_montant_calcule(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Différence mensuelle entre le plafond de l'ASS et les ressources"
    reference = R5423_6

    def formula(individu, period, parameters):
        return maximum(difference_ass(individu, period, parameters), 0)


class ass_condition_montant_minimal(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir droit, après le calcul, à au moins une journée d'ASS dans le mois"
    reference = R5423_6

    def formula(individu, period, parameters):
        ass = parameters(period).chomage.allocations_assurance_chomage.ass
        return individu("ass_montant_calcule", period) >= ass.montant_plein
