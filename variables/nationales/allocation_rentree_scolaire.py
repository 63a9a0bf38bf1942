"""The allocation de rentrée scolaire (ARS): the amount of each child, and the conditions that decide whether it is paid."""

from numpy import datetime64, select, where
from numpy import logical_not as not_
from openfisca_core.model_api import YEAR, Variable, round_
from openfisca_france.entities import Famille, Individu

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

R543_2 = [
    "Article R543-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000019281627",
]
L543_1 = [
    "Article L543-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037951022",
    "Article D543-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006737260/",
]


def mois_de_la_rentree(period, parameters):
    """The month that follows the one in which school starts, which OpenFisca-France reads the family in, and December."""
    ecole = parameters(period).prestations_sociales.prestations_familiales.education_presence_parentale.ars.ars_cond
    janvier = period.first_month
    return janvier.offset(int(ecole.mois_age_sortie_lycee), "month"), janvier.offset(12, "month").offset(-1, "month")


class ars_montant_enfant(Variable):
    value_type = float
    entity = Individu
    definition_period = YEAR
    label = "Allocation de rentrée scolaire de l'enfant, avant la condition de ressources et la CRDS"
    reference = R543_2

    def formula(individu, period, parameters):
        """By the age reached in the calendar year; by the age in December when the date of birth is not known."""
        octobre, decembre = mois_de_la_rentree(period, parameters)
        familiales = parameters(octobre).prestations_sociales.prestations_familiales
        ars = familiales.education_presence_parentale.ars
        ecole = ars.ars_cond
        naissance = individu("date_naissance", period)
        connue = naissance != individu.get_holder("date_naissance").default_array()
        annees = datetime64(period.start, "Y").astype(int) - naissance.astype("datetime64[Y]").astype(int)
        age = where(connue, annees, individu("age", decembre))

        annee_limite = datetime64(period.start, "Y") - int(ecole.age_sortie_lycee)
        mois_limite = annee_limite.astype("datetime64[M]") + int(ecole.mois_age_sortie_lycee - 1)
        jour_limite = mois_limite.astype("datetime64[D]") + int(ecole.jour_age_sortie_lycee - 1)
        mois_en_decembre = 12 * ecole.age_sortie_lycee + 12 - ecole.mois_age_sortie_lycee - 1
        encore_lyceen = where(connue, naissance > jour_limite, individu("age_en_mois", decembre) <= mois_en_decembre)

        taux = select(
            [age < ecole.age_entree_primaire, age < ecole.age_entree_college, age < ecole.age_entree_lycee, encore_lyceen],
            [0, ars.ars_m.taux_primaire, ars.ars_m.taux_college, ars.ars_m.taux_lycee],
            default=0,
        )
        a_charge = individu("est_enfant_dans_famille", period) * not_(individu("autonomie_financiere", decembre))
        return familiales.bmaf.bmaf * taux * a_charge


class ars_versee(Variable):
    value_type = float
    entity = Famille
    definition_period = YEAR
    label = "Allocation de rentrée scolaire versée, nette de CRDS"
    reference = L543_1 + CRDS

    def formula(famille, period, parameters):
        """To the cent for each child, as the amounts are published; for all of them together when resources reduce the whole."""
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        montants, ars = famille.members("ars_montant_enfant", period), famille("ars", period)
        reduite = round_(famille.sum(montants) - ars, 2) > 0
        return where(reduite, net_de_crds(ars, crds), famille.sum(net_de_crds(montants, crds)))


class ars_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = YEAR
    label = "Avoir à charge un enfant de l'âge requis, du CP au lycée"
    reference = R543_2

    def formula(famille, period):
        return famille.sum(famille.members("ars_montant_enfant", period)) > 0


class ars_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = YEAR
    label = "Ressources de l'avant-dernière année comptées pour l'allocation de rentrée scolaire"
    reference = L543_1

    def formula(famille, period):
        return famille("prestations_familiales_base_ressources", period.first_month)


class ars_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = YEAR
    label = "Ressources annuelles au-delà desquelles l'allocation de rentrée scolaire n'est plus versée"
    reference = L543_1

    def formula(famille, period, parameters):
        """The ceiling, plus what the reduced amount allows; read as with a pupil of primary school when there is no pupil."""
        octobre, _ = mois_de_la_rentree(period, parameters)
        familiales = parameters(octobre).prestations_sociales.prestations_familiales
        ars = familiales.education_presence_parentale.ars
        entiere = famille.sum(famille.members("ars_montant_enfant", period))
        nombre = famille("af_nbenf", octobre)
        nombre = where((entiere == 0) * (nombre == 0), 1, nombre)
        plafond = ars.ars_plaf.plafond_ressources * (1 + nombre * ars.ars_plaf.majoration_par_enf_supp)
        return plafond + where(entiere > 0, entiere, familiales.bmaf.bmaf * ars.ars_m.taux_primaire) - ars.montant_minimum_verse


class ars_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = YEAR
    label = "Avoir des ressources sous le plafond"
    reference = L543_1

    def formula(famille, period):
        sous_le_plafond = famille("ars_ressources", period) <= famille("ars_plafond_ressources", period)
        return where(famille("ars_condition_enfant", period), famille("ars", period) > 0, sous_le_plafond)
