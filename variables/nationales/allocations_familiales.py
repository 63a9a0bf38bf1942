"""Family allowances (AF): what is paid, the condition that decides whether it is, and the children it counts."""

from numpy import logical_or as or_
from numpy import where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

L521_1 = [
    "Article L521-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000029963006/",
]
ENFANTS = [
    *L521_1,
    "Article R512-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006750602",
]


class af_versees(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Allocations familiales versées, nettes de CRDS"
    reference = L521_1 + CRDS

    def formula(famille, period, parameters):
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(famille("af", period), crds)


class af_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Nombre d'enfants comptés pour les allocations familiales, y compris ceux qui viennent de dépasser l'âge limite"
    reference = ENFANTS

    def formula(famille, period):
        return famille("af_nbenf", period) + famille("af_allocation_forfaitaire_nb_enfants", period)


class af_nombre_enfants_minimum(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Nombre d'enfants à partir duquel les allocations familiales sont versées"
    reference = L521_1

    def formula(famille, period, parameters):
        af = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af
        forfait = famille("af_allocation_forfaitaire_nb_enfants", period) > 0
        minimum_forfait = af.af_maj.majoration_enfants.allocation_forfaitaire.nb_enfants_min
        return where(forfait, minimum_forfait, af.af_cm.nb_enfants_min_pour_allocation)


class af_condition_nombre_enfants(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir assez d'enfants à charge"
    reference = ENFANTS

    def formula(famille, period):
        assez = famille("af_nombre_enfants", period) >= famille("af_nombre_enfants_minimum", period)
        return or_(assez, famille("af_eligibilite_dom", period))
