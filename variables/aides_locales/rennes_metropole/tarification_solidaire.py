"""The means test and the student rule that the CCAS applies once for STAR, Handistar and Sortir !."""

from numpy import logical_not, maximum, minimum, rint, where
from openfisca_core.periods import Period
from openfisca_france.model.base import ADD, MONTH, Famille, Individu, Variable

from tznr_rules.corrections.css import forfait_mensuel

RESSOURCES_PERSONNELLES = (
    "salaire_net",
    "chomage_net",
    "ass",
    "aah",
    "indemnites_journalieres",
    "retraite_nette",
    "retraite_combattant",
    "pensions_invalidite",
    "revenus_stage_formation_pro",
    "revenus_capital",
    "revenus_locatifs",
    "rpns_auto_entrepreneur_benefice",
    "pensions_alimentaires_percues",
)
PRESTATIONS = (
    "af",
    "cf",
    "asf",
    "rsa",
    "aspa",
    "paje_base",
    "paje_clca",
    "paje_prepare",
    "ppa",
)

BASE_RESSOURCES = [
    "OpenFisca-France-Local, base de ressources de Rennes Métropole (2016-2025)",
    "https://github.com/openfisca/openfisca-france-local/blob/main/openfisca_france_local/metropoles/rennes/mon_aide.py",
]
SEUILS = [
    "Délibération de Rennes Métropole du 13 mars 2025, rapportée par la presse locale",
    "https://faireamanger.cluster1.easy-hebergement.net/rs/article/313-reseau-star-la-metropole-annonce-une-revalorisation-des-ressources-pour-beneficier-des-tarifs-reduits",
    "Rennes passe à la tarification solidaire (Ville, Rail & Transports, 2016)",
    "https://ville-rail-transports.com/mobilite-douces/23478-rennes-passe-a-la-tarification-solidaire",
]
ETUDIANTS = [
    "STAR : forfait étudiant boursier selon l'échelon (France Travail, Mes aides)",
    "https://mes-aides.francetravail.fr/transport-et-mobilite/transports-en-commun/star/tarification-26-ans",
]


def douze_mois_precedents(period):
    return Period(("year", period.start, 1)).offset(-1)


def au_plus_proche(montant, pas):
    """Rounded so that sums of single-precision months compare with the ceilings as their cents do."""
    return rint(montant / pas) * pas


def premiere_tranche(manques):
    """The first tier whose threshold is met, given for each tier whether it is missed; 0 when all are."""
    nombre = sum(manques)
    return where(nombre < len(manques), nombre + 1, 0)


class rennes_metropole_tarification_solidaire_ressources_personnelles(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenus mensuels moyens de la personne sur les douze derniers mois"
    reference = BASE_RESSOURCES

    def formula_2017_01_01(individu, period):
        annee = douze_mois_precedents(period)
        percus = sum(individu(ressource, annee, options=[ADD]) for ressource in RESSOURCES_PERSONNELLES)
        verses = abs(individu("pensions_alimentaires_versees_individu", annee, options=[ADD]))
        independant = individu("ppa_rsa_derniers_revenus_tns_annuels_connus", period.this_year)  # already a monthly mean
        return (percus - verses) / 12 + independant


class rennes_metropole_tarification_solidaire_aide_logement(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Aide au logement comptée dans les ressources, moyenne mensuelle sur les douze derniers mois"
    reference = BASE_RESSOURCES

    def formula_2017_01_01(famille, period, parameters):
        """Counted in full, but for those who live on AAH or ASPA alone: for them it stops at the lump sum of the free health cover."""
        annee = douze_mois_precedents(period)
        aide_logement = famille("aide_logement", annee, options=[ADD]) / 12
        regles = parameters(period).aides_locales.rennes_metropole.tarification_solidaire
        if not regles.forfait_logement_si_aah_ou_aspa_seule:
            return aide_logement

        revenus = famille.sum(famille.members("rennes_metropole_tarification_solidaire_ressources_personnelles", period))
        prestations = sum(famille(prestation, annee, options=[ADD]) for prestation in PRESTATIONS) / 12
        minima = (famille.sum(famille.members("aah", annee, options=[ADD])) + famille("aspa", annee, options=[ADD])) / 12
        seul_revenu = (minima > 0) * (abs(revenus + prestations - minima) < regles.arrondi_ressources)
        forfait = forfait_mensuel(famille, period, parameters, "forfait_logement_avec_al")
        return where(seul_revenu, minimum(aide_logement, forfait), aide_logement)


class rennes_metropole_tarification_solidaire_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources mensuelles moyennes du foyer sur les douze derniers mois, aides de la CAF comprises"
    reference = BASE_RESSOURCES

    def formula_2017_01_01(individu, period, parameters):
        famille = individu.famille
        annee = douze_mois_precedents(period)
        revenus = famille.sum(famille.members("rennes_metropole_tarification_solidaire_ressources_personnelles", period))
        prestations = sum(famille(prestation, annee, options=[ADD]) for prestation in PRESTATIONS) / 12
        aide_logement = famille("rennes_metropole_tarification_solidaire_aide_logement", period)
        arrondi = parameters(period).aides_locales.rennes_metropole.tarification_solidaire.arrondi_ressources
        return au_plus_proche(maximum(revenus + prestations + aide_logement, 0), arrondi)


class rennes_metropole_tarification_solidaire_coefficient(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coefficient appliqué aux plafonds selon la composition du foyer"
    reference = SEUILS

    def formula_2017_01_01(individu, period, parameters):
        """A lone parent counts as a couple: the reform of 2017 meant to count them better, but no figure is published for them."""
        regles = parameters(period).aides_locales.rennes_metropole.tarification_solidaire
        enfants = individu.famille("af_nbenf", period)
        comme_un_couple = individu.famille("en_couple", period) + (enfants > 0)
        return where(comme_un_couple, regles.coefficient_couple + regles.coefficient_par_enfant * enfants, 1)


class rennes_metropole_tarification_solidaire_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources mensuelles au-delà desquelles le foyer n'a pas de tarif réduit"
    reference = SEUILS

    def formula_2017_01_01(individu, period, parameters):
        regles = parameters(period).aides_locales.rennes_metropole.tarification_solidaire
        coefficient = individu("rennes_metropole_tarification_solidaire_coefficient", period)
        return au_plus_proche(regles.plafonds.tranche_3 * coefficient, regles.arrondi_ressources)


class rennes_metropole_tarification_solidaire_foyer_etudiant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans un foyer sans enfant à charge où les adultes sont tous étudiants"
    reference = ETUDIANTS

    def formula_2017_01_01(individu, period):
        """Such people have the rights of their grant only: the family certificate is the parents', and the rest is by derogation."""
        famille = individu.famille
        adultes_non_etudiants = famille.sum(logical_not(famille.members("etudiant", period)), role=Famille.PARENT)
        return (adultes_non_etudiants == 0) * (famille("af_nbenf", period) == 0)


class rennes_metropole_tarification_solidaire_tranche_foyer(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Tranche ouverte par les ressources du foyer"
    reference = SEUILS

    def formula_2017_01_01(individu, period, parameters):
        regles = parameters(period).aides_locales.rennes_metropole.tarification_solidaire
        ressources = individu("rennes_metropole_tarification_solidaire_ressources", period)
        coefficient = individu("rennes_metropole_tarification_solidaire_coefficient", period)
        plafond_3 = individu("rennes_metropole_tarification_solidaire_plafond_ressources", period)
        plafonds = [
            au_plus_proche(plafond * coefficient, regles.arrondi_ressources)
            for plafond in (regles.plafonds.tranche_1, regles.plafonds.tranche_2)
        ]
        tranche = premiere_tranche([ressources > plafond for plafond in (*plafonds, plafond_3)])
        return tranche * logical_not(individu("rennes_metropole_tarification_solidaire_foyer_etudiant", period))


class rennes_metropole_tarification_solidaire_tranche_bourse(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Tranche ouverte par l'échelon de la bourse sur critères sociaux"
    reference = ETUDIANTS

    def formula_2017_01_01(individu, period, parameters):
        echelons = parameters(period).aides_locales.rennes_metropole.tarification_solidaire.bourse
        echelon = individu("bourse_criteres_sociaux_echelon", period)
        return premiere_tranche([echelon < minimum for minimum in (echelons.tranche_1, echelons.tranche_2, echelons.tranche_3)])


class rennes_metropole_tarification_solidaire_tranche(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Tranche la plus favorable, par les ressources du foyer ou par la bourse"
    reference = ETUDIANTS

    def formula_2017_01_01(individu, period):
        foyer = individu("rennes_metropole_tarification_solidaire_tranche_foyer", period)
        bourse = individu("rennes_metropole_tarification_solidaire_tranche_bourse", period)
        return where((foyer > 0) * (bourse > 0), minimum(foyer, bourse), maximum(foyer, bourse))
