"""Supplementary disability allowance (ASI): the conditions that decide whether it is paid."""

from numpy import where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period, set_input_divide_by_period
from openfisca_france.entities import Famille, Individu

from tznr_rules.corrections.asi_aspa import montant_asi, par_mois, servi

L815_24 = [
    "Article L815-24 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/id/LEGISCTA000006156277/",
]
D815_19 = [
    "Article D815-19 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006155961",
]
SEJOUR = [
    "Article L816-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042920144/2021-05-01",
]


class asi_condition_adulte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Être un adulte qui ne dépend plus de ses parents"
    reference = L815_24

    def formula(individu, period):
        return individu.has_role(Famille.PARENT)


class asi_condition_invalidite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Toucher une pension d'invalidité, ou une retraite avec un handicap reconnu"
    reference = L815_24

    def formula(individu, period):
        retraite = individu("retraite_nette", period.last_month) > 0
        return (individu("pensions_invalidite", period) > 0) + individu("handicap", period) * retraite


class asi_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Être plus jeune que l'âge du minimum vieillesse (Aspa), qui prend ensuite le relais"
    reference = L815_24

    def formula(individu, period):
        return individu("age", period) < individu("aspa_age_requis", period)


class asi_condition_titre_sejour(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = (
        "Être européen ou suisse, ou réfugié, apatride ou protégé, ou avoir depuis assez longtemps un titre de séjour qui "
        "permet de travailler"
    )
    reference = SEJOUR

    def formula(individu, period):
        return individu("asi_aspa_condition_nationalite", period)


class asi_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Ressources mensuelles de la personne ou du couple, comparées au plafond de l'ASI"
    reference = D815_19

    def formula(individu, period):
        exclue = individu("asi_aspa_aah_comptee", period) * individu.has_role(Famille.PARENT)
        return individu.famille("asi_aspa_base_ressources", period) - exclue


class asi_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Plafond mensuel de ressources de l'ASI, selon que l'on vit seul ou en couple"
    reference = D815_19

    def formula(individu, period, parameters):
        asi = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.asi
        seul, couple = par_mois(asi.plafond_ressource_seul), par_mois(asi.plafond_ressource_couple)
        return where(individu.famille("en_couple", period), couple, seul)


class asi_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond de l'allocation supplémentaire d'invalidité"
    reference = D815_19

    def formula(individu, period, parameters):
        return servi(montant_asi(individu, period, parameters, individu("asi_ressources", period)))
