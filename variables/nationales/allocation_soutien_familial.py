"""The allocation de soutien familial (ASF): what is paid, and the conditions that decide it."""

from numpy import logical_not as not_
from numpy import logical_or as or_
from numpy import where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

R512_2 = [
    "Article R512-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006750602",
]
GARDE = [
    "Articles L523-1 et R523-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006126898/",
    "Service-public.gouv.fr : allocation de soutien familial",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F815",
]
L523 = [
    "Articles L523-1 à L523-3 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006126898/",
    "Service-public.gouv.fr : allocation de soutien familial",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F815",
]
D523_3 = [
    "Article D523-3 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037249831/2018-07-01/",
    "Article R523-7 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000046498993",
]


class asf_versee(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Allocation de soutien familial versée, nette de CRDS"
    reference = L523 + CRDS

    def formula(famille, period, parameters):
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(famille("asf", period), crds, famille("asf_nombre_enfants", period))


class pension_alimentaire_fixee_impayee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Pension alimentaire fixée pour l'enfant (jugement ou accord) que l'autre parent ne paie pas"
    reference = GARDE


class asf_enfant_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Enfant de l'âge requis, sans revenus qui le font vivre, pour l'allocation de soutien familial"
    reference = R512_2

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm
        age = individu("age", period)
        return (age >= ages.age1) * (age < ages.age3) * not_(individu("autonomie_financiere", period))


class asf_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Enfant à charge compté pour l'allocation de soutien familial"
    reference = R512_2

    def formula(individu, period):
        return individu("asf_elig_enfant", period) * individu("est_enfant_dans_famille", period)


class asf_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Nombre d'enfants à charge comptés pour l'allocation de soutien familial"
    reference = R512_2

    def formula(famille, period):
        return famille.sum(famille.members("asf_enfant", period))


class asf_condition_isolement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Vivre sans conjoint"
    reference = L523

    def formula(famille, period):
        return not_(famille("en_couple", period))


class asf_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un enfant à charge de l'âge requis"
    reference = R512_2

    def formula(famille, period):
        return famille.any(famille.members("asf_enfant_age", period), role=Famille.ENFANT)


class asf_condition_garde(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Ne pas partager la garde de tous les enfants (garde alternée), sauf si une pension alimentaire fixée n'est pas payée"
    reference = GARDE

    def formula(famille, period):
        return or_(famille("asf_nombre_enfants", period) > 0, not_(famille("asf_condition_enfant", period)))


class asf_plafond_pension_alimentaire(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Pension alimentaire à partir de laquelle l'allocation de soutien familial n'est plus versée"
    reference = D523_3

    def formula(famille, period, parameters):
        """The allowance of the children, or of one when there is none, less the sum below which nothing is paid."""
        familiales = parameters(period).prestations_sociales.prestations_familiales
        asf = familiales.education_presence_parentale.asf
        nombre = famille("asf_nombre_enfants", period)
        return where(nombre > 0, nombre, 1) * familiales.bmaf.bmaf * asf.montant_asf.orphelin_assimile_seul_parent - asf.seuil


class asf_condition_pension_alimentaire(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir une pension alimentaire nulle ou plus faible que l'allocation"
    reference = D523_3

    def formula(famille, period, parameters):
        seuil = parameters(period).prestations_sociales.prestations_familiales.education_presence_parentale.asf.seuil
        pension = famille.sum(famille.members("pensions_alimentaires_percues", period))
        avec_enfant = famille("asf_montant", period) > seuil
        return where(famille("asf_nombre_enfants", period) > 0, avec_enfant, pension < famille("asf_plafond_pension_alimentaire", period))
