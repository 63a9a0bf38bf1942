"""What the spouse of a deceased person may have: the survivor's pensions (réversion) and the allocation de veuvage."""

from numpy import datetime64, maximum, minimum, where
from numpy import round as round_
from openfisca_core.periods import Period
from openfisca_france.model.base import ADD, MONTH, Famille, Individu, TypesStatutMarital, Variable, not_

REVERSION = [
    "Articles L353-1 à L353-6 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189",
    "Service Public, pension de réversion du régime général",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F13104",
]
AGIRC_ARRCO = [
    "Agirc-Arrco, la réversion au conjoint et à l'ex-conjoint",
    "https://www.agirc-arrco.fr/categorie_expert/reversion-au-conjoint-et-ex-conjoint/",
]
VEUVAGE = [
    "Articles L356-1 à L356-4 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189",
    "La retraite en clair, l'allocation de veuvage",
    "https://la-retraite-en-clair.fr/parcours-vie-retraite/pension-reversion-mariage-divorce-retraite/allocation-veuvage-conditions-montant",
]
MARIAGE = [
    "Articles 143 et 144 du code civil (âge du mariage)",
    "https://www.legifrance.gouv.fr/codes/id/LEGISCTA000006136115/",
]
TRAVAIL = ("salaire_de_base", "traitement_indiciaire_brut", "rpns_auto_entrepreneur_benefice")
TRAVAIL_DE_L_AN_DERNIER = ("rpns_micro_entreprise_benefice", "rpns_benefice_exploitant_agricole", "rpns_autres_revenus")
AUTRES_RESSOURCES = (
    "retraite_brute",
    "pensions_invalidite",
    "chomage_brut",
    "indemnites_journalieres",
    "allocation_securisation_professionnelle",
    "revenus_stage_formation_pro",
    "rente_accident_travail",
    "pensions_alimentaires_percues",
    "rsa_base_ressources_patrimoine_individu",
)


def revenus_du_travail(individu, period, mois, part_de_l_annee):
    """What each person earned in some months; the profits of the self-employed are those of last year, in proportion."""
    du_mois = sum(individu(nom, mois, options=[ADD]) for nom in TRAVAIL)
    return maximum(du_mois + sum(individu(nom, period.last_year) for nom in TRAVAIL_DE_L_AN_DERNIER) * part_de_l_annee, 0)


def autres_ressources(individu, mois):
    return sum(maximum(individu(nom, mois, options=[ADD]), 0) for nom in AUTRES_RESSOURCES)


def ressources_du_couple(individu, period, mois, part_de_l_annee, part_comptee):
    """Those of the person, whose own earnings count in part, and those of the person they live with."""
    travail = revenus_du_travail(individu, period, mois, part_de_l_annee)
    total = travail + autres_ressources(individu, mois)
    ensemble = where(individu.has_role(Famille.PARENT), individu.famille.sum(total, role=Famille.PARENT), total)
    return ensemble - travail * (1 - part_comptee)


class reversion_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis"
    reference = REVERSION

    def formula_2024_01_01(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_nationales.reversion_regime_general.age_minimum


class reversion_condition_mariage(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir été marié avec une personne qui est décédée"
    reference = REVERSION

    def formula_2024_01_01(individu, period):
        return individu("conjoint_marie_decede", period)


class reversion_regime_general_condition_retraite_de_base(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir perdu un époux ou une épouse qui avait une retraite de base du régime général"
    reference = REVERSION

    def formula_2024_01_01(individu, period):
        return individu("pension_base_conjoint_decede", period) > 0


class reversion_regime_general_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources par an retenues pour la pension de réversion"
    unit = "currency"
    reference = REVERSION

    def formula_2024_01_01(individu, period, parameters):
        """The last three months, or the last twelve when they are more favourable."""
        regles = parameters(period).aides_nationales.reversion_regime_general
        agee = individu("age", period) >= regles.age_abattement
        part_comptee = where(agee, 1 - regles.abattement_revenus_activite, 1)
        trimestre, annee = period.last_3_months, Period(("month", period.start.offset(-1, "year"), 12))
        trimestres_par_an = 12 / trimestre.size_in_months
        du_trimestre = ressources_du_couple(individu, period, trimestre, 1 / trimestres_par_an, part_comptee) * trimestres_par_an
        return minimum(du_trimestre, ressources_du_couple(individu, period, annee, 1, part_comptee))


class reversion_regime_general_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Plafond de ressources par an pour la pension de réversion"
    unit = "currency"
    reference = REVERSION

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.reversion_regime_general
        smic = parameters(period.start.offset("first-of", "year")).marche_travail.salaire_minimum.smic.smic_b_horaire
        seul = regles.plafond_heures_smic * smic
        return where(individu.famille("en_couple", period), seul * regles.coefficient_couple, seul)


class reversion_regime_general_marge(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pension de réversion la plus haute que permettent les ressources, par mois"
    reference = REVERSION

    def formula_2024_01_01(individu, period):
        plafond = individu("reversion_regime_general_plafond_ressources", period)
        return round_(maximum(plafond - individu("reversion_regime_general_ressources", period), 0) / 12, 2)


class reversion_regime_general_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des ressources sous le plafond"
    reference = REVERSION

    def formula_2024_01_01(individu, period):
        return individu("reversion_regime_general_marge", period) > 0


class reversion_regime_general_avant_reduction(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pension de réversion avant de regarder les ressources"
    unit = "currency"
    reference = REVERSION

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.reversion_regime_general
        plafond_annuel = parameters(period).prelevements_sociaux.pss.plafond_securite_sociale_annuel
        part_des_trimestres = minimum(individu("trimestres_conjoint_decede", period) / regles.trimestres_minimum_entier, 1)
        retraite = individu("pension_base_conjoint_decede", period)
        plancher = regles.minimum_annuel / 12 * part_des_trimestres
        pension = maximum(regles.taux * retraite, plancher)
        return (retraite > 0) * round_(minimum(pension, regles.maximum_part_plafond_securite_sociale * plafond_annuel / 12), 2)


class reversion_regime_general(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pension de réversion du régime général"
    reference = REVERSION

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.reversion_regime_general
        conditions = individu("reversion_condition_age", period) * individu("reversion_condition_mariage", period)
        pension = individu("reversion_regime_general_avant_reduction", period)
        reduite = minimum(pension, individu("reversion_regime_general_marge", period))
        enfants = individu("nombre_enfants_eleves", period) >= regles.enfants_majoration
        return conditions * round_(reduite * (1 + regles.taux_majoration_enfants * enfants), 2)


class reversion_agirc_arrco_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis, ou avoir perdu son époux ou son épouse avant cet âge et être invalide ou avoir plusieurs enfants à charge"
    reference = AGIRC_ARRCO

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.reversion_agirc_arrco
        nes = individu.famille.members("age", period) >= 0
        enfants = individu.has_role(Famille.PARENT) * individu.famille.sum(nes, role=Famille.ENFANT)
        invalide = individu("invalidite", period) + (individu("pensions_invalidite", period) > 0)
        plus_tot = individu("conjoint_marie_decede", period) * ((enfants >= regles.enfants_sans_age) + invalide)
        return (individu("age", period) >= regles.age_minimum) + plus_tot


class reversion_agirc_arrco_condition_remariage(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas être marié aujourd'hui"
    reference = AGIRC_ARRCO

    def formula_2024_01_01(individu, period):
        return individu("statut_marital", period) != TypesStatutMarital.marie


class reversion_agirc_arrco_condition_retraite_complementaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir perdu un époux ou une épouse qui avait une retraite complémentaire Agirc-Arrco"
    reference = AGIRC_ARRCO

    def formula_2024_01_01(individu, period):
        return individu("pension_complementaire_conjoint_decede", period) > 0


class reversion_agirc_arrco(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Réversion de la retraite complémentaire Agirc-Arrco"
    reference = AGIRC_ARRCO

    def formula_2024_01_01(individu, period, parameters):
        conditions = (
            individu("reversion_agirc_arrco_condition_age", period)
            * individu("reversion_condition_mariage", period)
            * individu("reversion_agirc_arrco_condition_remariage", period)
        )
        taux = parameters(period).aides_nationales.reversion_agirc_arrco.taux
        return conditions * round_(taux * individu("pension_complementaire_conjoint_decede", period), 2)


class allocation_veuvage_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être plus jeune que l'âge de la pension de réversion"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period, parameters):
        return individu("age", period) < parameters(period).aides_nationales.allocation_veuvage.age_maximum


class allocation_veuvage_condition_majorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être majeur"
    reference = MARIAGE

    def formula_2024_01_01(individu, period):
        return individu("majeur", period)


class allocation_veuvage_condition_couple(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre sans conjoint, partenaire de Pacs ni concubin"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period):
        return not_(individu.has_role(Famille.PARENT) * individu.famille("en_couple", period))


class allocation_veuvage_condition_delai(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir perdu son époux ou son épouse depuis moins longtemps que la durée de l'allocation"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period, parameters):
        """Two years from the month of the death; until the age limit for whoever was old enough at the death."""
        regles = parameters(period).aides_nationales.allocation_veuvage
        deces = individu("date_deces_conjoint", period).astype("datetime64[M]")
        naissance = individu("date_naissance", period).astype("datetime64[M]")
        mois_depuis = (datetime64(str(period.start), "M") - deces).astype(int)
        assez_age = (deces - naissance).astype(int) >= regles.age_prolongation * 12
        return (mois_depuis >= 0) * ((mois_depuis < regles.duree) + assez_age)


class allocation_veuvage_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources des trois derniers mois"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period):
        trimestre = period.last_3_months
        travail = revenus_du_travail(individu, period, trimestre, trimestre.size_in_months / 12)
        return travail + autres_ressources(individu, trimestre)


class allocation_veuvage_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Plafond de ressources de trois mois pour l'allocation de veuvage"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.allocation_veuvage
        return individu.filled_array(regles.plafond_en_montants * regles.montant)


class allocation_veuvage_avant_conditions(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation de veuvage que permettent les ressources, par mois"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period, parameters):
        plafond = individu("allocation_veuvage_plafond_ressources", period)
        marge = (plafond - individu("allocation_veuvage_ressources", period)) / period.last_3_months.size_in_months
        montant = parameters(period).aides_nationales.allocation_veuvage.montant
        return round_(minimum(montant, maximum(marge, 0)), 2)


class allocation_veuvage_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des ressources sous le plafond"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period):
        return individu("allocation_veuvage_avant_conditions", period) > 0


class allocation_veuvage(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation de veuvage"
    reference = VEUVAGE

    def formula_2024_01_01(individu, period):
        conditions = (
            individu("allocation_veuvage_condition_age", period)
            * individu("allocation_veuvage_condition_majorite", period)
            * individu("allocation_veuvage_condition_couple", period)
            * individu("reversion_condition_mariage", period)
            * individu("allocation_veuvage_condition_delai", period)
        )
        return conditions * individu("allocation_veuvage_avant_conditions", period)
