"""The PAJE: what is paid of the allocation de base and of the birth grant, and the conditions that decide it."""

from numpy import datetime64, flatnonzero, maximum, minimum, stack, unique, where, zeros
from numpy import logical_not as not_
from numpy import logical_or as or_
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

L531_3 = [
    "Article L531-3 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000036393143",
]
L531_2 = [
    "Article L531-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042685543",
]
PRIME = [
    *L531_2,
    "Article R531-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000043316366/2022-07-24",
]
D531_1 = [
    "Article D531-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006737316",
    "Article R552-3 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000045087734",
]


def plafond(famille, period, parameters, nombre):
    """The ceiling of the birth grant and of the half-rate allowance, for this number of children."""
    regle = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_plaf.ne_adopte_apres_04_2018
    premiers = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm.taux.nb_enf2
    base = regle.taux_partiel.plafond_ressources_0_enfant
    majore = or_(not_(famille("en_couple", period)), famille("biactivite", period))
    par_enfant = regle.majorations_enfants
    return (
        base
        + minimum(nombre, premiers) * (par_enfant.premier_2eme_enfant * base)
        + maximum(nombre - premiers, 0) * (par_enfant.troisieme_plus_enfant * base)
        + majore * regle.taux_partiel.biactifs_parents_isoles
    )


class paje_base_nombre(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Nombre d'allocations de base de la Paje, une seule sauf pour des enfants nés le même jour"
    reference = L531_3

    def formula(famille, period):
        naissance = famille.members("date_naissance", period)
        connue = naissance != famille.members.get_holder("date_naissance").default_array()
        jumeaux_possibles = flatnonzero(famille.members("enfant_eligible_paje", period) * connue)
        familles_et_jours = stack([famille.members_entity_id, naissance.astype(int)])[:, jumeaux_possibles]
        _, groupe, effectif = unique(familles_et_jours, axis=1, return_inverse=True, return_counts=True)
        nes_le_meme_jour = zeros(len(naissance), dtype=int)
        nes_le_meme_jour[jumeaux_possibles] = effectif[groupe.ravel()]
        return maximum(famille.max(nes_le_meme_jour), 1)


class paje_base_versee(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Allocation de base de la Paje versée, nette de CRDS"
    reference = L531_3 + CRDS

    def formula(famille, period, parameters):
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(famille("paje_base", period), crds, famille("paje_base_nombre", period))


class paje_base_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir à charge un jeune enfant, du mois après sa naissance au mois avant l'âge limite"
    reference = D531_1

    def formula(famille, period):
        return famille.any(famille.members("enfant_eligible_paje", period))


class paje_base_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Plafond annuel de ressources de l'allocation de base de la Paje"
    reference = L531_3

    def formula(famille, period, parameters):
        """Read as with one child when there is none."""
        nombre = famille("af_nbenf", period)
        sans_enfant = not_(famille("paje_base_condition_enfant", period)) * (nombre == 0)
        return plafond(famille, period, parameters, where(sans_enfant, 1, nombre))


class paje_base_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond"
    reference = L531_3

    def formula(famille, period):
        sous_le_plafond = famille("prestations_familiales_base_ressources", period) <= famille("paje_base_plafond_ressources", period)
        return where(famille("paje_base_condition_enfant", period), famille("paje_base", period) > 0, sous_le_plafond)


class paje_naissance_nombre(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Nombre d'enfants attendus pour qui la prime à la naissance est versée ce mois"
    reference = L531_2

    def formula(famille, period, parameters):
        avance = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cm2.mois_avant_naissance
        return famille.sum(famille.members("paje_mois_avant_naissance", period) == avance)


class paje_naissance_versee(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Prime à la naissance versée, nette de CRDS"
    reference = L531_2 + CRDS

    def formula(famille, period, parameters):
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(famille("paje_naissance", period), crds, famille("paje_naissance_nombre", period))


class paje_mois_avant_naissance(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Nombre de mois entre le mois étudié et celui de la naissance, pour un enfant à naître"
    reference = PRIME

    def formula(individu, period):
        mois = (individu("date_naissance", period).astype("datetime64[M]") - datetime64(period.start, "M")).astype(int)
        return maximum(mois, 0) * individu("est_enfant_dans_famille", period)


class paje_naissance_condition_grossesse(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Attendre un enfant"
    reference = L531_2

    def formula(famille, period):
        attendu = famille.any(famille.members("paje_mois_avant_naissance", period) > 0)
        return or_(attendu, famille.any(famille.members("enceinte", period), role=Famille.PARENT))


class paje_naissance_condition_mois(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Être au mois de grossesse où la prime est versée"
    reference = L531_2

    def formula(famille, period):
        return famille("paje_naissance_nombre", period) > 0


class paje_naissance_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Plafond annuel de ressources de la prime à la naissance"
    reference = PRIME

    def formula(famille, period, parameters):
        """Read with the children whose birth is paid for now, or with one more child."""
        attendus = maximum(famille("paje_naissance_nombre", period), 1)
        return plafond(famille, period, parameters, famille("af_nbenf", period) + attendus)


class paje_naissance_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond"
    reference = PRIME

    def formula(famille, period):
        ressources = famille("prestations_familiales_base_ressources", period)
        sous_le_plafond = ressources <= famille("paje_naissance_plafond_ressources", period)
        return where(famille("paje_naissance_condition_mois", period), famille("paje_naissance", period) > 0, sous_le_plafond)
