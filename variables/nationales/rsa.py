"""RSA: its conditions, one by one, and the figures shown beside them."""

from numpy import maximum, where
from openfisca_france.model.base import MONTH, Famille, Variable

from tznr_rules.corrections.rsa_ppa import allocataires_rsa, taux_foyer

CASF = "du code de l'action sociale et des familles"
L262_4 = [f"Article L262-4 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031087751"]
L262_7_1 = [f"Article L262-7-1 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000021642861"]
L262_9 = [f"Article L262-9 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006797188"]
R262_1 = [
    f"Article R262-1 {CASF}",
    "https://www.legifrance.gouv.fr/affichTexteArticle.do?idArticle=LEGIARTI000020522717&cidTexte=JORFTEXT000020521930",
]
R262_7 = [f"Article R262-7 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000051258523"]
R262_9 = [f"Article R262-9 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000020526192"]
R262_39 = [f"Article R262-39 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000020526072"]


class rsa_condition_age(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir l'âge requis, ou un enfant à charge ou à naître, ou avoir assez travaillé avant cet âge"
    reference = L262_4 + L262_7_1
    definition_period = MONTH

    def formula_2010_01_01(famille, period, parameters):
        par_age, _, _ = allocataires_rsa(famille, period, parameters)
        return famille.any(par_age)


class rsa_condition_statut(Variable):
    value_type = bool
    entity = Famille
    label = "Ne pas être étudiant ni stagiaire (la personne qui demande), sauf droit au montant majoré des personnes isolées"
    reference = L262_4
    definition_period = MONTH

    def formula_2010_01_01(famille, period, parameters):
        par_age, par_statut, _ = allocataires_rsa(famille, period, parameters)
        membres = famille.members
        hors_etudes = membres.has_role(Famille.PARENT) & ~membres("etudiant", period) & ~membres("stagiaire", period)
        return famille("rsa_majore_eligibilite", period) | where(famille.any(par_age), famille.any(par_statut), famille.any(hors_etudes))


class rsa_condition_sejour(Variable):
    value_type = bool
    entity = Famille
    label = (
        "Être français, ou européen avec droit au séjour, ou avoir depuis assez longtemps un titre de séjour permettant de travailler, "
        "ou avoir droit au montant majoré des personnes isolées"
    )
    reference = L262_4
    definition_period = MONTH

    def formula_2010_01_01(famille, period, parameters):
        """The adult concerned is the one who meets the other conditions, or whoever is nearest to them when nobody does."""
        par_age, par_statut, par_sejour = allocataires_rsa(famille, period, parameters)
        membres = famille.members
        sejour = membres("rsa_condition_nationalite", period)
        parents = membres.has_role(Famille.PARENT)
        a_defaut = where(famille.any(par_age), famille.any(par_age & sejour), famille.any(parents & sejour))
        return famille("rsa_majore_eligibilite", period) | where(famille.any(par_statut), famille.any(par_sejour), a_defaut)


class rsa_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir des ressources sous le plafond"
    reference = R262_1 + R262_7 + R262_39
    definition_period = MONTH

    def formula_2009_06_01(famille, period, parameters):
        minimum_verse = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_maj.montant_minimum_verse
        forfait = famille("rsa_montant_forfaitaire", period)
        reste = forfait - famille("rsa_forfait_logement", period) - famille("rsa_base_ressources", period)
        return reste >= minimum_verse


class rsa_age_requis(Variable):
    value_type = int
    entity = Famille
    label = "Âge à partir duquel un adulte de la famille peut demander le RSA (zéro avec un enfant à charge ou à naître)"
    reference = L262_4 + L262_7_1
    definition_period = MONTH

    def formula_2010_01_01(famille, period, parameters):
        cond = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_cond
        membres = famille.members
        heures = membres.has_role(Famille.PARENT) & membres("rsa_jeune_condition_heures_travail_remplie", period)
        jeune = famille.any(heures & (membres("age", period) >= cond.age_min_rsa_jeune))
        enfant = (famille("rsa_nb_enfants", period) > 0) | famille("enceinte_fam", period)
        return where(enfant, 0, where(jeune, cond.age_min_rsa_jeune, cond.age_minimum_allocataire))


class rsa_montant_forfaitaire(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Montant forfaitaire du RSA selon la composition du foyer, majoré ou non"
    reference = R262_1 + L262_9
    definition_period = MONTH

    def formula_2009_06_01(famille, period, parameters):
        rsa = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa
        majorations, isolement = rsa.rsa_maj.maj_montant_max, rsa.rsa_maj.majoration_isolement_en_base_rsa
        enfants = famille("rsa_nb_enfants", period)
        taux = taux_foyer(
            famille("nb_parents", period),
            enfants,
            majorations.couples_celibataire_avec_enfant,
            majorations.couple_1_enfant_ou_2e_enfant,
            majorations.par_enfant_supplementaire,
        )
        taux_majore = isolement.femmes_enceintes + isolement.par_enfant_a_charge * enfants
        return rsa.rsa_m.montant_de_base_du_rsa * where(famille("rsa_majore_eligibilite", period), maximum(taux, taux_majore), taux)


class rsa_ressources(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Ressources prises en compte pour le RSA, forfait logement compris"
    reference = R262_7 + R262_9
    definition_period = MONTH

    def formula_2009_06_01(famille, period):
        return famille("rsa_base_ressources", period) + famille("rsa_forfait_logement", period)


class rsa_plafond_ressources(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Ressources à ne pas dépasser pour que le RSA atteigne le montant minimum versé"
    reference = R262_1 + R262_39
    definition_period = MONTH

    def formula_2009_06_01(famille, period, parameters):
        minimum_verse = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_maj.montant_minimum_verse
        return famille("rsa_montant_forfaitaire", period) - minimum_verse
