"""Corrections: RSA and prime d'activité: quarter of resources, scale of the month, stopped incomes, shared custody, hosted families."""

from typing import Any

from numpy import datetime64, maximum, minimum, select, where

from tznr_rules.corrections import Correction

DECIMALES_DU_CENTIME = 2
TRIMESTRE = Correction(
    defect="Les ressources étaient celles des trois derniers mois avant le droit, et non des quatrième, troisième et deuxième.",
    since="2025-03-01",
    title="Article R262-7 du code de l'action sociale et des familles (décret n° 2025-185 du 26 février 2025)",
    href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000051258523",
    confidence="high",
)
NEUTRALISATION = Correction(
    defect="Les ressources étaient celles des trois derniers mois avant le droit. Un salaire, une allocation chômage ou une ASS "
    "arrêtés deux ou trois mois plus tôt, que rien ne remplace, comptaient encore. L'ASS et un nouveau salaire n'étaient pas vus "
    "comme un remplacement.",
    since="2025-03-01",
    title="Articles R262-7 et R262-13 du code de l'action sociale et des familles",
    href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038893113",
    confidence="medium",
)
RESIDENCE_ALTERNEE = Correction(
    defect="Un enfant en résidence alternée comptait en entier chez chacun de ses parents, et non pour la moitié de sa majoration.",
    since="2009-06-01",
    title="Conseil d'État, 21 juillet 2017, n° 398911 (articles L262-2, L262-9 et R262-3 du code de l'action sociale et des familles)",
    href="https://www.conseil-etat.fr/fr/arianeweb/CE/decision/2017-07-21/398911",
    confidence="high",
)
REVENUS_DU_TRAVAIL = (
    "salaire_net",
    "indemnites_chomage_partiel",
    "remuneration_apprenti",
    "indemnites_volontariat",
    "revenus_stage_formation_pro",
    "bourse_recherche",
    "hsup",
    "etr",
    "rpns_auto_entrepreneur_benefice",
    "rsa_indemnites_journalieres_activite",
)
REVENUS_QUI_EN_TIENNENT_LIEU = ("chomage_net", "retraite_nette")
REVENUS_DE_REMPLACEMENT = (*REVENUS_QUI_EN_TIENNENT_LIEU, "allocation_securisation_professionnelle", "ass")
HEBERGEMENT = "Le forfait logement manquait aux familles hébergées gratuitement par des locataires, parce que leur logement a un loyer."


def trimestre(period: Any) -> Any:
    """The fourth, third and second months before a month."""
    return period.last_month.last_3_months


def taux_foyer(parents: Any, enfants: Any, deux_personnes: float, par_personne: float, par_enfant: float, part: Any = 1) -> Any:
    """The lump sum of a household for a single person's one: a rate for two people, one for each other person, one from the third child.

    ``part`` is the share of what the children add, when the other parent has them half the time.
    """
    autres = parents + enfants - 1
    enfants_apres_le_deuxieme = maximum(enfants - 1 - 1, 0)
    taux = 1 + deux_personnes * (autres > 0) + par_personne * maximum(autres - 1, 0)
    taux = taux + (par_enfant - par_personne) * enfants_apres_le_deuxieme
    sans_enfant = 1 + deux_personnes * (parents > 1)
    return sans_enfant + part * (taux - sans_enfant)


def part_des_enfants(enfants: Any, alternes: Any, moitie: float) -> Any:
    """The share of what the children add: a half for those who live in turn with each parent, whatever their rank."""
    return 1 - (1 - moitie) * alternes / maximum(enfants, 1)


def taux_isole(enfants: Any, alternes: Any, enceinte: Any, majoration: float, par_enfant: float, moitie: float) -> Any:
    """The increased lump sum of a person alone: half of the increase when it comes only from children in shared custody."""
    partage = (alternes > 0) & (alternes >= enfants) & ~enceinte
    return 1 + (majoration - 1) * where(partage, moitie, 1) + par_enfant * (enfants - (1 - moitie) * alternes)


def forfaits_rsa(famille: Any, period: Any, parameters: Any) -> tuple[Any, Any]:
    """The lump sum of RSA of a household, and the one it would have with the increase of isolated persons."""
    legislation = parameters(period)
    rsa = legislation.prestations_sociales.solidarite_insertion.minima_sociaux.rsa
    moitie = legislation.aides_nationales.residence_alternee.part_majoration
    majorations, isolement = rsa.rsa_maj.maj_montant_max, rsa.rsa_maj.majoration_isolement_en_base_rsa
    enfants = famille("rsa_nb_enfants", period)
    membres = famille.members
    alternes = famille.sum(membres("rsa_enfant_a_charge", period) & membres("garde_alternee", period))
    taux = taux_foyer(
        famille("nb_parents", period),
        enfants,
        majorations.couples_celibataire_avec_enfant,
        majorations.couple_1_enfant_ou_2e_enfant,
        majorations.par_enfant_supplementaire,
        part_des_enfants(enfants, alternes, moitie),
    )
    enceinte = famille("enceinte_fam", period)
    majore = taux_isole(enfants, alternes, enceinte, isolement.femmes_enceintes, isolement.par_enfant_a_charge, moitie)
    base = rsa.rsa_m.montant_de_base_du_rsa
    return base * taux, base * majore


def sans_revenu_professionnel(individu: Any, period: Any) -> Any:
    """Whether a person has, this month, no income of work nor any that replaces one, so that those of the quarter no longer count."""
    remplacement = individu("rsa_has_ressources_substitution", period)
    for revenu in (*REVENUS_DE_REMPLACEMENT, *REVENUS_DU_TRAVAIL):
        remplacement = remplacement | (individu(revenu, period) > 0)
    return ~remplacement


def forfait_logement(
    famille: Any, mois: Any, personnes: Any, base: float, majorations: tuple[float, float], taux: tuple[float, float, float]
) -> Any:
    """What housing counts for: the aid up to the lump sum, or the lump sum for those without rent nor aid, hosted families included."""
    from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

    menage = famille.demandeur.menage
    statut = menage("statut_occupation_logement", mois)
    proprietaire = (statut == Statut.proprietaire) | (statut == Statut.primo_accedant)
    loge = (statut == Statut.loge_gratuitement) & ~menage("participation_frais", mois)
    en_nature = (proprietaire & (menage("loyer", mois) == 0)) | loge
    aide = famille("aide_logement", mois)

    couple, troisieme = majorations
    seul, deux, trois = taux
    forfait = base * select([personnes <= 1, personnes - 1 <= 1], [seul, deux * (1 + couple)], trois * (1 + couple + troisieme))
    en_nature = en_nature | (famille("heberge", mois) & (aide <= 0))
    return maximum((aide > 0) * minimum(aide, forfait), en_nature * forfait)


def forfait_logement_ppa(famille: Any, mois: Any, personnes: Any, ppa: Any) -> Any:
    """The lump sum for housing of the prime d'activité: the situation of a month, at a given scale."""
    majorations, taux = ppa.pa_m.majoration_montant_maximal, ppa.pa_fl.taux_forfait_logement
    return forfait_logement(
        famille,
        mois,
        personnes,
        ppa.pa_m.montant_de_base,
        (majorations.couples_seul_avec_enfant, majorations.couple_1_enfant_2e_enfant),
        (taux.foyer_1_personne, taux.foyer_2_personnes, taux.foyer_3_personnes),
    )


def dispense_de_duree(individu: Any, period: Any) -> Any:
    """Whether no length of stay is asked of a person (article L262-4, 2°, of the code de l'action sociale et des familles)."""
    return individu("refugie_ou_protege", period) + individu("titulaire_carte_resident", period)


def allocataires_rsa(famille: Any, period: Any, parameters: Any) -> tuple[Any, Any, Any]:
    """The parents who may be the claimant: by age, moreover by status, moreover by nationality (the same person must meet all three)."""
    from openfisca_france.entities import Famille

    cond = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_cond
    membres = famille.members
    age = membres("age", period)
    jeune = (age >= cond.age_min_rsa_jeune) & membres("rsa_jeune_condition_heures_travail_remplie", period)
    enfant = (famille("rsa_nb_enfants", period) > 0) | famille("enceinte_fam", period)
    par_age = membres.has_role(Famille.PARENT) & (famille.project(enfant) | (age >= cond.age_minimum_allocataire) | jeune)
    par_statut = par_age & ~membres("etudiant", period) & ~membres("stagiaire", period)
    return par_age, par_statut, par_statut & membres("rsa_condition_nationalite", period)


def activite_du_trimestre(famille: Any, period: Any) -> tuple[Any, Any]:
    """The parents who worked in the quarter; the persons who, each month, did not study nor train, or earned above the floor.

    Article R842-2 of the social security code looks at the status in each of the three months, not in the month of the right.
    """
    from openfisca_france.entities import Famille

    membres = famille.members
    plancher = membres("ppa_plancher_revenu_activite_apprenant", period)
    contrat = membres("apprentissage_contrat_debut", period)
    travaille, admis = False, True
    for mois in trimestre(period).get_subperiods("month"):
        revenu = membres("ppa_revenu_activite_individu", mois)
        apprenti = membres("apprenti", mois) & (contrat <= datetime64(mois.stop))
        apprenant = membres("etudiant", mois) | membres("stagiaire", mois) | apprenti
        travaille = travaille | (revenu > 0)
        admis = admis & (~apprenant | (revenu > plancher))
    return travaille & membres.has_role(Famille.PARENT), admis


def mois_de_prime(famille: Any, period: Any, parameters: Any) -> list[tuple[Any, Any, Any]]:
    """For each month of the quarter: the lump sum of the household, what its work adds, the resources that count.

    Article R843-1 of the social security code has one amount per month, with the composition of the household on the last day of that
    month (but the couple of the month of the claim) and its resources. It does not say which scale: as for RSA, whose decrees have the same
    words, the scale is the one in force in the month of the right. See docs/decisions/0003-rsa-ppa-quarter-and-scale.md.
    """
    legislation = parameters(period)
    minima = legislation.prestations_sociales.solidarite_insertion.minima_sociaux
    ppa = minima.ppa
    base, majorations, isolement = ppa.pa_m.montant_de_base, ppa.pa_m.majoration_montant_maximal, ppa.pa_m.majoration_isolement
    smic = legislation.marche_travail.salaire_minimum.smic.smic_b_horaire
    bonification = ppa.pa_m.bonification
    debut, fin = bonification.seuil_bonification * smic, bonification.seuil_max_bonification * smic
    moitie = legislation.aides_nationales.residence_alternee.part_majoration
    bonification_max = round(bonification.taux_bonification_max * base, DECIMALES_DU_CENTIME)

    membres = famille.members
    parents = famille("nb_parents", period)
    a_charge = membres("rsa_enfant_a_charge", period)
    naissance = membres("date_naissance", period)
    majore = famille("rsa_majore_eligibilite", period)
    seul = ~famille("en_couple", period) & ~famille.demandeur("enfant_a_charge", period.this_year)

    resultat = []
    for mois in trimestre(period).get_subperiods("month"):
        present = a_charge & (naissance <= datetime64(mois.stop))
        enfants = famille.sum(present)
        enceinte = famille("enceinte_fam", mois)
        jeune_enfant = famille.any(present & (membres("age", mois) < minima.rsa.rsa_cond.majoration_isolement.age_limite_enfant))
        isole = majore | (seul & (enceinte | jeune_enfant | (famille("rsa_isolement_recent", mois) & (enfants > 0))))
        alternes = famille.sum(present & membres("garde_alternee", mois))
        taux = taux_foyer(
            parents,
            enfants,
            majorations.couples_seul_avec_enfant,
            majorations.couple_1_enfant_2e_enfant,
            majorations.par_enfant_supplementaire,
            part_des_enfants(enfants, alternes, moitie),
        )
        taux_majore = taux_isole(enfants, alternes, enceinte, isolement.femmes_enceintes, isolement.par_enfant_charge, moitie)
        forfait = base * where(isole, taux_majore, taux)
        activite = membres("ppa_revenu_activite_individu", mois)
        bonus = bonification_max * minimum(maximum((activite - debut) / (fin - debut), 0), 1)
        gain = famille.sum(bonus + ppa.pa_m.majoration_ressources_revenus_activite * activite)
        ressources = famille("ppa_base_ressources", mois) + forfait_logement_ppa(famille, mois, parents + enfants, ppa)
        resultat.append((forfait, gain, ressources))
    return resultat


class rsa_base_ressources_individu:
    """OpenFisca-France's sum of the incomes of a person but those of work."""

    correction = NEUTRALISATION

    def formula_2025_03_01(individu, period, parameters):
        from openfisca_core.populations import ADD
        from openfisca_france.model.prestations.minima_sociaux.rsa import calcul_foyer_fiscal_projetes, calcul_revenu_non_pro

        mois = trimestre(period)
        lieu = sum(individu(revenu, mois, options=[ADD]) for revenu in REVENUS_QUI_EN_TIENNENT_LIEU)
        autres = calcul_revenu_non_pro(individu, period, mois, parameters) + calcul_foyer_fiscal_projetes(individu, mois)
        return (lieu * ~sans_revenu_professionnel(individu, period) + autres) / len(mois.get_subperiods("month"))


class rsa_revenu_activite_individu:
    """OpenFisca-France's sum of the incomes of work of a person."""

    correction = NEUTRALISATION

    def formula_2025_03_01(individu, period):
        from openfisca_core.populations import ADD
        from openfisca_france.model.prestations.minima_sociaux.rsa import calcul_revenu_tns_annualises

        mois = trimestre(period)
        travail = sum(individu(revenu, mois, options=[ADD]) for revenu in REVENUS_DU_TRAVAIL)
        moyenne = travail * ~sans_revenu_professionnel(individu, period) / len(mois.get_subperiods("month"))
        return moyenne + calcul_revenu_tns_annualises(individu, period)


class rsa_base_ressources_minima_sociaux:
    """OpenFisca-France's sum of the minimum incomes, without an ASS that stopped and that nothing replaces."""

    correction = NEUTRALISATION

    def formula_2025_03_01(famille, period):
        from openfisca_core.populations import ADD
        from openfisca_france.model.prestations.minima_sociaux.rsa import calcul_minima_sociaux

        mois = trimestre(period)
        arretee = sans_revenu_professionnel(famille.members, period) * famille.members("ass", mois, options=[ADD])
        return calcul_minima_sociaux(famille, period, mois) - famille.sum(arretee) / len(mois.get_subperiods("month"))


class rsa_base_ressources_prestations_familiales:
    """OpenFisca-France's sum, with what is received of the allocations familiales."""

    correction = Correction(
        defect="Les allocations familiales comptaient avant retrait de la CRDS.",
        since="2017-01-01",
        title="Fiche F19778 de service-public.gouv.fr, exemple d'un couple avec deux enfants (152,25 € déduits, 1 022,75 € de RSA)",
        href="https://www.service-public.gouv.fr/particuliers/vosdroits/F19778",
        confidence="high",
    )

    def formula_2017_01_01(famille, period, parameters):
        from openfisca_france.model.prestations.minima_sociaux.rsa import rsa_base_ressources_prestations_familiales as origine

        af = famille("af", period)
        comptees = minimum(famille("af_base", period), af)
        crds = (af - famille("af_nettes_crds", period)) / where(af > 0, af, 1)
        return origine.formula_2017_01_01(famille, period, parameters) - comptees * crds


class rsa_enfant_a_charge:
    """OpenFisca-France's rule, for children who are born."""

    correction = Correction(
        defect="Un enfant à naître, déclaré avec sa date de naissance prévue, comptait comme un enfant à charge en plus de la grossesse.",
        since="2009-06-01",
        title="Articles R262-1 et R262-3 du code de l'action sociale et des familles",
        href="https://www.legifrance.gouv.fr/affichTexteArticle.do?idArticle=LEGIARTI000020522717&cidTexte=JORFTEXT000020521930",
        confidence="high",
    )

    def formula_2009_06_01(individu, period, parameters):
        from openfisca_france.model.prestations.minima_sociaux.rsa import rsa_enfant_a_charge as origine

        ne = individu("date_naissance", period) <= datetime64(period.stop)
        return origine.formula_2009_06_01(individu, period, parameters) * ne


class rsa_socle:
    correction = RESIDENCE_ALTERNEE

    def formula_2009_06_01(famille, period, parameters):
        forfait, _ = forfaits_rsa(famille, period, parameters)
        return famille("rsa_eligibilite", period) * forfait


class rsa_socle_majore:
    correction = RESIDENCE_ALTERNEE

    def formula_2009_06_01(famille, period, parameters):
        _, forfait = forfaits_rsa(famille, period, parameters)
        return famille("rsa_majore_eligibilite", period) * forfait


class rsa_condition_nationalite:
    correction = Correction(
        defect="Les réfugiés, les apatrides, les personnes protégées et les titulaires d'une carte de résident devaient attendre cinq ans.",
        since="2009-06-01",
        title="Article L262-4 (2°) du code de l'action sociale et des familles",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031087751",
        confidence="high",
    )

    def formula_2009_06_01(individu, period, parameters):
        from openfisca_france.model.prestations.minima_sociaux.rsa import rsa_condition_nationalite as origine

        return origine.formula_2009_06_01(individu, period, parameters) + dispense_de_duree(individu, period)


class rsa_eligibilite:
    correction = Correction(
        defect="Une grossesse n'ouvrait pas le droit avant 25 ans à une femme en couple, les stagiaires étaient admis, et deux personnes "
        "différentes pouvaient remplir l'une la condition d'âge, l'autre celle de nationalité.",
        since="2010-01-01",
        title="Articles L262-4 et L262-7-1 du code de l'action sociale et des familles",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031087751",
        confidence="high",
    )

    def formula_2010_01_01(famille, period, parameters):
        _, _, allocataire = allocataires_rsa(famille, period, parameters)
        return famille.any(allocataire) * famille("rsa_eligibilite_tns", period)


class rsa_forfait_logement:
    correction = Correction(
        defect=HEBERGEMENT,
        since="2009-06-01",
        title="Articles R262-9 et R262-10 du code de l'action sociale et des familles (Conseil d'État, 6 avril 2018, n° 405870)",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000020526192",
        confidence="high",
    )

    def formula_2009_06_01(famille, period, parameters):
        rsa = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa
        majorations, taux = rsa.rsa_maj.maj_montant_max, rsa.rsa_fl.forfait_logement
        return forfait_logement(
            famille,
            period,
            famille("nb_parents", period) + famille("rsa_nb_enfants", period),
            rsa.rsa_m.montant_de_base_du_rsa,
            (majorations.couples_celibataire_avec_enfant, majorations.couple_1_enfant_ou_2e_enfant),
            (taux.taux_1_personne, taux.taux_2_personnes, taux.taux_3_personnes_ou_plus),
        )


class ppa_forfait_logement:
    correction = Correction(
        defect=HEBERGEMENT,
        since="2016-01-01",
        title="Article R844-3 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000048841687",
        confidence="high",
    )

    def formula_2016_01_01(famille, period, parameters):
        bareme = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.ppa
        return forfait_logement_ppa(famille, period, famille("nb_parents", period) + famille("rsa_nb_enfants", period), bareme)


class ppa_eligibilite_apprenants:
    correction = Correction(
        defect="L'activité était celle des trois derniers mois avant le droit, et le statut (études, stage) celui du mois du droit.",
        since="2025-03-01",
        title="Articles L842-1, L842-2 et R842-2 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031087615",
        confidence="medium",
    )

    def formula_2025_03_01(famille, period):
        return famille("ppa_condition_activite", period) * famille("ppa_condition_statut", period)


class ppa:
    correction = Correction(
        defect="Les trois montants moyennés étaient ceux des trois derniers mois avant le droit, chacun au barème de son mois : une "
        "revalorisation d'avril n'était complète qu'en juillet.",
        since="2025-03-01",
        title="Articles L842-3 et R843-1 du code de la sécurité sociale (décret n° 2025-185 du 26 février 2025)",
        href="https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000031694323/",
        confidence="medium",
    )

    def formula_2025_03_01(famille, period):
        conditions = famille("ppa_condition_age", period) * famille("ppa_condition_sejour", period)
        conditions = conditions * famille("ppa_condition_activite", period) * famille("ppa_condition_statut", period)
        conditions = conditions * famille("ppa_condition_montant_minimum", period) * famille("ppa_condition_ressources", period)
        return conditions * famille("ppa_montant_calcule", period)
