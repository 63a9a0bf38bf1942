"""Minimum vieillesse (ASPA): the conditions that decide whether it is paid to a person alone or to a couple."""

from numpy import maximum, where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period, set_input_divide_by_period
from openfisca_france.entities import Famille, Individu

from tznr_rules.corrections.asi_aspa import age_aspa, montant_aspa, par_mois, servi

AGE = [
    "Article R815-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000047633276/2023-09-01",
]
SEJOUR = [
    "Article L816-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042920144/2021-05-01",
]
RESSOURCES = [
    "Articles L815-9 et D815-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000036760292",
]
AAH = [
    "Lettre ministérielle du 19 mars 1982, II B",
    "http://www.legislation.cnav.fr/Pages/texte.aspx?Nom=LE_MIN_19031982",
]


def du_plus_proche_de_l_age(famille, variable, period):
    """A variable of the adult who is the furthest past the age required of them, or the nearest to it."""
    manque = [parent("aspa_age_requis", period) - parent("age", period) for parent in (famille.demandeur, famille.conjoint)]
    conjoint = (famille("nb_parents", period) > 1) * (manque[1] < manque[0])
    return where(conjoint, famille.conjoint(variable, period), famille.demandeur(variable, period))


class aspa_age_requis(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Âge à partir duquel la personne peut avoir le minimum vieillesse"
    reference = AGE

    def formula(individu, period, parameters):
        return age_aspa(individu, period, parameters)


class aspa_age_minimal(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Âge requis de l'adulte le plus proche de l'âge du minimum vieillesse"
    reference = AGE

    def formula(famille, period):
        return du_plus_proche_de_l_age(famille, "aspa_age_requis", period)


class aspa_age(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Âge de l'adulte le plus proche de l'âge du minimum vieillesse"
    reference = AGE

    def formula(famille, period):
        return du_plus_proche_de_l_age(famille, "age", period)


class aspa_condition_age(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir atteint l'âge du minimum vieillesse, abaissé en cas d'inaptitude au travail"
    reference = AGE

    def formula(famille, period):
        return famille("aspa_age", period) >= famille("aspa_age_minimal", period)


class aspa_condition_titre_sejour(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = (
        "Être européen ou suisse, ou réfugié, apatride ou protégé, ou avoir depuis assez longtemps un titre de séjour qui "
        "permet de travailler, pour l'adulte qui a l'âge requis"
    )
    reference = SEJOUR

    def formula(famille, period):
        a_l_age = famille.members("age", period) >= famille.members("aspa_age_requis", period)
        sejour = famille.members("asi_aspa_condition_nationalite", period)
        personne_n_a_l_age = famille.sum(a_l_age, role=Famille.PARENT) < 1
        return famille.any(sejour * (a_l_age + famille.project(personne_n_a_l_age)), role=Famille.PARENT)


class aspa_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Ressources mensuelles comparées au plafond du minimum vieillesse"
    reference = RESSOURCES

    def formula(famille, period):
        exclues = famille.members("asi_aspa_aah_comptee", period)
        personne = famille.sum(famille.members("aspa_eligibilite", period), role=Famille.PARENT) < 1
        return famille("asi_aspa_base_ressources", period) - personne * famille.sum(exclues, role=Famille.PARENT)


class aspa_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Plafond mensuel de ressources du minimum vieillesse, selon que l'on vit seul ou en couple"
    reference = RESSOURCES

    def formula(famille, period, parameters):
        plafond = parameters(period).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.plafond_ressources
        return where(famille("en_couple", period), par_mois(plafond.couples), par_mois(plafond.personnes_seules))


class aspa_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond du minimum vieillesse"
    reference = RESSOURCES

    def formula(famille, period, parameters):
        return servi(montant_aspa(famille, period, parameters, famille("aspa_ressources", period)))


class asi_aspa_aah_comptee(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "AAH comptée chaque mois dans les ressources, et qui ne le serait plus pour qui a droit à l'Aspa ou à l'ASI"
    reference = AAH

    def formula(individu, period):
        droit = individu("aspa_eligibilite", period) + individu("asi_eligibilite", period) + (individu("pensions_invalidite", period) > 0)
        trimestre = [individu("aah", mois) for mois in period.last_3_months.get_subperiods(MONTH)]
        return maximum(1 - droit, 0) * sum(trimestre) / len(trimestre)
