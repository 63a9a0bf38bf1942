"""RSA: its conditions, one by one, and the figures shown beside them."""

from numpy import array, full, maximum, unique, where, zeros
from openfisca_france.model.base import MONTH, Famille, Individu, Variable

from tznr_rules.corrections.rsa_ppa import DECIMALES_DU_CENTIME, allocataires_rsa, dispense_de_duree, forfaits_rsa

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
R262_13 = [f"Article R262-13 {CASF}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038893113"]
CE_398911 = [
    "Conseil d'État, 21 juillet 2017, n° 398911",
    "https://www.conseil-etat.fr/fr/arianeweb/CE/decision/2017-07-21/398911",
]
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
    label = (
        "Pour la personne qui demande, ne pas être étudiante ni stagiaire, sauf si elle a droit au montant majoré (parent seul "
        "ou femme enceinte seule)"
    )
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
        "Être français, ou européen avec un droit au séjour, ou réfugié, apatride ou protégé, ou avoir une carte de résident, "
        "ou avoir depuis assez longtemps un titre de séjour qui permet de travailler, ou avoir droit au montant majoré (parent "
        "seul ou femme enceinte seule)"
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
    label = "Avoir des ressources sous le plafond, en comptant les aides auxquelles vous avez droit"
    reference = R262_1 + R262_7 + R262_13 + R262_39
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
    reference = R262_1 + L262_9 + CE_398911
    definition_period = MONTH

    def formula_2009_06_01(famille, period, parameters):
        forfait, majore = forfaits_rsa(famille, period, parameters)
        return where(famille("rsa_majore_eligibilite", period), maximum(forfait, majore), forfait)


class rsa_ressources(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Ressources prises en compte pour le RSA, forfait logement compris"
    reference = R262_7 + R262_9 + R262_13
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


class rsa_personne_du_foyer(Variable):
    value_type = bool
    entity = Individu
    label = "Compter dans le foyer pour le RSA et la prime d'activité"
    reference = R262_1
    definition_period = MONTH

    def formula_2009_06_01(individu, period):
        return individu.has_role(Famille.PARENT) | individu("rsa_enfant_a_charge", period)


class rsa_titre_sejour_detenu(Variable):
    value_type = str
    entity = Famille
    label = "Durée du titre de séjour le plus ancien de la famille, quand elle décide"
    reference = L262_4
    definition_period = MONTH

    def formula_2009_06_01(famille, period, parameters):
        detenue, _ = durees_de_sejour(famille, period, parameters)
        return textes(detenue, detenue > 0)


class rsa_titre_sejour_requis(Variable):
    value_type = str
    entity = Famille
    label = "Durée du titre de séjour demandée, quand elle décide"
    reference = L262_4
    definition_period = MONTH

    def formula_2009_06_01(famille, period, parameters):
        detenue, requise = durees_de_sejour(famille, period, parameters)
        return textes(requise, detenue > 0)


def durees_de_sejour(famille, period, parameters):
    """The longest permit of the adults and the one required; zero when no length is asked, or none told."""
    requises = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_cond.duree_min_titre_sejour
    membres = famille.members
    duree = membres("duree_possession_titre_sejour", period)
    if not duree.any():
        return zeros(famille.count), zeros(famille.count)
    nationalite = membres("nationalite", period)
    europeen = membres("ressortissant_eee", period) | (nationalite == b"CH")
    sans_duree = famille.any((nationalite == b"FR") | dispense_de_duree(membres, period), role=Famille.PARENT)
    detenue = famille.max(duree, role=Famille.PARENT) * ~sans_duree * ~famille("rsa_majore_eligibilite", period)
    requise = where(famille.max(duree * europeen, role=Famille.PARENT) >= detenue, requises.eee, requises.non_eee)
    return detenue, requise


def textes(annees, montrees):
    """Durations in words, in months below a year; nothing where they decide nothing."""
    mots = full(len(montrees), None, dtype=object)
    durees, rangs = unique(annees[montrees], return_inverse=True)
    mots[montrees] = array([duree_en_mots(duree) for duree in durees.tolist()], dtype=object)[rangs]
    return mots


def duree_en_mots(annees):
    """A duration in years and whole months.

    >>> duree_en_mots(2.0), duree_en_mots(0.25), duree_en_mots(1.5), duree_en_mots(4.99)
    ('2 ans', '3 mois', '1 an et 6 mois', '4 ans et 11 mois')
    """
    ans, mois = divmod(int(round(annees * 12, DECIMALES_DU_CENTIME)), 12)
    parties = [f"{ans} an{'s' if ans > 1 else ''}"] * (ans > 0) + [f"{mois} mois"] * (mois > 0 or ans <= 0)
    return " et ".join(parties)
