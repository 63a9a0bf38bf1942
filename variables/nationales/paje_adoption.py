"""The adoption grant: what is paid of OpenFisca-France's amount, and the conditions that decide it."""

from numpy import datetime64, maximum, minimum, timedelta64, where
from numpy import logical_not as not_
from numpy import logical_or as or_
from openfisca_france.model.base import MONTH, Famille, Individu, Variable

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

L531_2 = [
    "Article L531-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042685543",
]
D531_2 = [
    "Article D531-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006737122/2005-09-17/",
]
VERSEE = [*L531_2, *D531_2, *CRDS]


def adoptes(famille, period):
    """The children of the family who were adopted."""
    return famille.members("est_enfant_dans_famille", period) * famille.members("adoption", period)


class paje_adoption_enfant_arrive(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Enfant adopté qui arrive dans les mois où la prime est versée"
    reference = D531_2

    def formula(individu, period, parameters):
        arrivee = individu("date_adoption", period)
        mois = int(parameters(period).aides_nationales.paje_adoption.mois_de_versement)
        fin = arrivee.astype("datetime64[M]") + timedelta64(mois, "M")
        en_cours = (datetime64(period.start) >= arrivee) * (datetime64(period.start) < fin)
        return individu("est_enfant_dans_famille", period) * individu("adoption", period) * en_cours


def assez_jeunes(famille, period, parameters):
    """Those under the age at which children stop counting."""
    limite = parameters(period).prestations_sociales.prestations_familiales.def_pac.enfants.age_limite
    return famille.members("age", period) < limite


class paje_adoption_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir adopté un enfant"
    reference = L531_2

    def formula(famille, period):
        return famille.any(adoptes(famille, period))


class paje_adoption_condition_mois(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être dans les mois qui suivent l'arrivée de l'enfant adopté"
    reference = D531_2

    def formula(famille, period):
        return famille.any(famille.members("paje_adoption_enfant_arrive", period))


class paje_adoption_condition_age(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir adopté un enfant qui n'a pas atteint l'âge limite"
    reference = L531_2

    def formula(famille, period, parameters):
        """Of a child who arrives now; else of any adopted child."""
        adopte, jeune = adoptes(famille, period), assez_jeunes(famille, period, parameters)
        arrive = famille.members("paje_adoption_enfant_arrive", period)
        return where(famille.any(arrive), famille.any(arrive * jeune), famille.any(adopte * jeune))


class paje_adoption_nombre(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Nombre d'enfants adoptés pour qui la prime est versée"
    reference = L531_2

    def formula(famille, period, parameters):
        return famille.sum(famille.members("paje_adoption_enfant_arrive", period) * assez_jeunes(famille, period, parameters))


class paje_adoption_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Plafond annuel de ressources de la prime à l'adoption"
    reference = L531_2

    def formula(famille, period, parameters):
        """Read as with one child when there is none."""
        regle = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_plaf.ne_adopte_apres_04_2018
        premiers = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm.taux.nb_enf2
        nombre = maximum(famille("af_nbenf", period), 1)
        taux = (
            1
            + regle.majorations_enfants.premier_2eme_enfant * minimum(nombre, premiers)
            + regle.majorations_enfants.troisieme_plus_enfant * maximum(nombre - premiers, 0)
        )
        majore = or_(not_(famille("en_couple", period)), famille("biactivite", period))
        return regle.taux_partiel.plafond_ressources_0_enfant * taux + regle.taux_partiel.biactifs_parents_isoles * majore


class paje_adoption_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir des ressources sous le plafond"
    reference = L531_2

    def formula(famille, period):
        sous_le_plafond = famille("prestations_familiales_base_ressources", period) <= famille("paje_adoption_plafond_ressources", period)
        return where(famille("paje_adoption_nombre", period) > 0, famille("paje_adoption", period) > 0, sous_le_plafond)


class paje_adoption_versee(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Prime à l'adoption versée, nette de CRDS"
    reference = VERSEE

    def formula(famille, period, parameters):
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(famille("paje_adoption", period), crds, famille("paje_adoption_nombre", period))
