"""Social housing (HLM): category of household, resources and conditions; OpenFisca-France's test is corrected to the PLUS ceiling."""

from numpy import maximum, where
from numpy import round as arrondi
from openfisca_france.model.base import MONTH, Famille, FoyerFiscal, Variable
from openfisca_france.model.prestations.logement_social import CategorieMenageLogementSocial

PLAFONDS = [
    "Arrêté du 29 juillet 1987 relatif aux plafonds de ressources, annexe I",
    "https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000053307202/2026-01-01",
]
CATEGORIES = [*PLAFONDS, "Catégories de logements sociaux (Grand Lyon)", "https://www.logementsocial69.fr/web/guest/categorie-de-logements"]
DEMANDE = ["Demande de logement social (service-public.gouv.fr)", "https://www.service-public.gouv.fr/particuliers/vosdroits/F10007"]


class logement_social_rang_categorie(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Rang de la catégorie de ménage, à partir de zéro, sans limite"
    reference = CATEGORIES

    def formula(famille, period, parameters):
        """Alone; two people; three people or a young couple or a lone parent; one more for each dependant, and for a disability card."""
        ages = parameters(period).aides_nationales.logement_social.somme_ages_jeune_menage
        a_charge = famille("al_nb_personnes_a_charge", period)
        couple = famille.nb_persons(Famille.PARENT) > 1
        jeune = famille.sum(famille.members("age", period), role=Famille.PARENT) <= ages
        handicap = famille.any(famille.members("titulaire_cmi_invalidite", period))
        return where(a_charge > 0, a_charge + 1, couple * 1 + couple * jeune) + handicap


class logement_social_personnes_en_plus(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Personnes qui majorent le plafond de la dernière catégorie de ménage"
    reference = CATEGORIES

    def formula(famille, period):
        return maximum(famille("logement_social_rang_categorie", period) + 1 - len(CategorieMenageLogementSocial), 0)


class logement_social_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Revenu fiscal de référence comparé au plafond du logement social"
    reference = PLAFONDS

    def formula(famille, period, parameters):
        """The tax income of two years ago, or that of the next year if it is clearly lower."""

        def revenu(annee):
            declarant = famille.members.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
            return famille.sum(famille.members.foyer_fiscal("rfr", annee) * declarant)

        part = parameters(period).aides_nationales.logement_social.part_ressources_baisse
        ancien, recent = revenu(period.n_2), revenu(period.last_year)
        return where(recent <= part * ancien, recent, ancien)


class logement_social_plafond_plai(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency/year"
    label = "Plafond de ressources des logements les moins chers (PLAI)"
    reference = PLAFONDS

    def formula_2017_01_01(famille, period, parameters):
        plafonds = parameters(period).prestations_sociales.aides_logement.logement_social.plai.plafond_ressources
        zone = famille.demandeur.menage("zone_logement_social", period)
        categorie = famille("logement_social_categorie_menage", period)
        supplement = famille("logement_social_personnes_en_plus", period)
        return plafonds.par_categorie_de_menage[categorie][zone] + supplement * plafonds.par_personne_supplementaire[zone]


class logement_social_plafond_pls(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency/year"
    label = "Plafond de ressources des logements sociaux les plus chers (PLS)"
    reference = PLAFONDS

    def formula_2017_01_01(famille, period, parameters):
        majoration = parameters(period).aides_nationales.logement_social.majoration_pls
        return arrondi(famille("logement_social_plafond_ressources", period) * majoration)


class logement_social_condition_age(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être majeur ou émancipé"
    reference = DEMANDE

    def formula(famille, period):
        return famille.any(famille.members("majeur", period), role=Famille.PARENT)


class logement_social_condition_sejour(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un titre de séjour, pour une personne étrangère qui doit en avoir un (compté comme vrai si rien ne dit le contraire)"
    reference = DEMANDE

    def formula(famille, period):
        return famille("complementaire_sante_solidaire_condition_sejour", period)


class logement_social_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond du logement social"
    reference = PLAFONDS

    def formula_2017_01_01(famille, period):
        return famille("logement_social_ressources", period) <= famille("logement_social_plafond_ressources", period)
