"""The complément familial (CF): what is paid, and the conditions that decide it."""

from numpy import logical_not as not_
from numpy import logical_or as or_
from numpy import maximum, minimum, where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

R522_1 = [
    "Article R522-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006750615",
]
R522_2 = [
    "Article R522-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000046499019",
    "Article L522-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000036393166",
]
CUMUL = [
    "Articles L532-1 et L532-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006126898/",
]


class cf_verse(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Complément familial versé, net de CRDS"
    reference = R522_2 + CRDS

    def formula(famille, period, parameters):
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(famille("cf", period), crds)


class cf_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Nombre d'enfants à charge de l'âge requis pour le complément familial"
    reference = R522_1

    def formula(famille, period):
        return famille.sum(famille.members("cf_enfant_eligible", period))


class cf_condition_nombre_enfants(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir assez d'enfants à charge de l'âge requis"
    reference = R522_1

    def formula(famille, period):
        return or_(famille("cf_eligibilite_base", period), famille("cf_eligibilite_dom", period))


class cf_condition_cumul(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Être sans droit à l'allocation de base de la Paje et sans PreParE"
    reference = CUMUL

    def formula(famille, period):
        return not_(famille("paje_base", period)) * not_(famille("paje_prepare", period))


class cf_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Ressources annuelles à partir desquelles le complément familial n'est plus versé"
    reference = R522_2

    def formula(famille, period, parameters):
        """The ceiling, plus the year of benefit that the reduced amount allows; read as with enough children when there are too few."""
        familiales = parameters(period).prestations_sociales.prestations_familiales
        cf = familiales.prestations_generales.cf
        compte = maximum(famille.sum(famille.members("cf_enfant_a_charge", period)), cf.cf_cm.nombre_d_enfants_minimal)
        premiers = cf.cf_cm.nombre_d_enfants_minimal - 1
        taux = (
            1
            + cf.cf_plaf.majoration.deux_premiers_enf * minimum(compte, premiers)
            + cf.cf_plaf.majoration.troisieme_enf_et_plus * maximum(compte - premiers, 0)
        )
        majore = or_(not_(famille("en_couple", period)), famille("biactivite", period))
        plafond = cf.cf_plaf.plafond_ressources_0_enfant * taux + cf.cf_plaf.majoration.biactifs_isoles * majore
        return plafond + 12 * familiales.bmaf.bmaf * cf.cf_cm.complement_familial.taux_cf_base


class cf_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond"
    reference = R522_2

    def formula(famille, period):
        """Where the family is otherwise entitled, the amount says it to the cent; elsewhere the ceiling does."""
        par_ailleurs = famille("cf_condition_nombre_enfants", period) * famille("cf_condition_cumul", period)
        sous_le_plafond = famille("cf_base_ressources", period) < famille("cf_plafond_ressources", period)
        return where(par_ailleurs, famille("cf_verse", period) > 0, sous_le_plafond)
