"""Corrections of the complémentaire santé solidaire: its reference year, its household, its ceilings and the age that sets its price.

Also those of the majoration pour la vie autonome, which counts in these resources under the name ``caah``.
"""

from typing import Any

from numpy import clip, floor, minimum, round, select, where

from tznr_rules.corrections import Correction

FOYER = "Article R861-2 du code de la sécurité sociale : enfants âgés de moins de vingt-cinq ans à la date de la demande"
LIEN_FOYER = "https://www.legifrance.gouv.fr/affichCode.do?idSectionTA=LEGISCTA000006156821&cidTexte=LEGITEXT000006073189"
PERIODE = "Article R861-8 du code de la sécurité sociale : douze mois, du treizième au deuxième mois civil précédant la demande"
LIEN_PERIODE = "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000044492511"
FORFAIT_AIDE = "Article R861-7 du code de la sécurité sociale : les aides au logement comptent dans la limite d'un forfait"
LIEN_FORFAIT_AIDE = "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038929244"
FORFAIT_GRATUIT = "Article R861-5 du code de la sécurité sociale : forfait du propriétaire et de la personne logée gratuitement"
LIEN_FORFAIT_GRATUIT = "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006753243"
L821_1_2 = "Article L821-1-2 du code de la sécurité sociale"
LIEN_L821_1_2 = "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006745350"
CENTIMES = 2
DEUX_PARENTS = 2  # a child in shared custody counts for half in each home
DEUXIEME, QUATRIEME = 2, 4  # ranks in the household: the first adult is the first person

ADD = ["ADD"]

RESSOURCES_INDIVIDU = (
    "allocation_securisation_professionnelle",
    "ass",
    "bourse_recherche",
    "caah",
    "chomage_net",
    "css_base_ressources_aah_individu",
    "css_base_ressources_asi_individu",
    "dedommagement_victime_amiante",
    "gains_exceptionnels",
    "indemnites_chomage_partiel",
    "indemnites_journalieres",
    "indemnites_stage",
    "indemnites_compensatrices_conges_payes",
    "pensions_alimentaires_percues",
    "pensions_invalidite",
    "prestation_compensatoire",
    "prime_forfaitaire_mensuelle_reprise_activite",
    "retraite_combattant",
    "retraite_nette",
    "revenus_stage_formation_pro",
    "salaire_net",
    "rente_accident_travail",
)
RESSOURCES_FAMILLE = ("af", "asf", "css_base_ressources_aspa_asv", "cf", "paje_clca", "paje_prepare")


def annee_de_reference(period: Any) -> Any:
    """Twelve months, from the thirteenth to the second before the month of the claim.

    >>> from openfisca_core.periods import period
    >>> str(annee_de_reference(period("2022-01")))
    'year:2020-12'
    """
    from openfisca_core.periods import Period

    return Period(("year", period.start, 1)).offset(-1, "year").offset(-1, "month")


def enfants_du_foyer(personnes: Any, period: Any, parameters: Any) -> Any:
    """The children who belong to the household of the claim: born, and under the age limit."""
    from openfisca_france.model.base import Famille

    age = personnes("age", period)
    age_limite = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.age_limite_pac
    return personnes.has_role(Famille.ENFANT) * (age >= 0) * (age < age_limite)


def rattaches(individu: Any, period: Any, parameters: Any) -> Any:
    """The grown-up children at their parents' who form a family of their own for other benefits.

    Alone, without a child and under the age limit: article R861-2 counts them in the household of the parents under whose roof they live.
    """
    from openfisca_france.model.base import Famille, Menage

    age = individu("age", period)
    age_limite = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.age_limite_pac
    famille = individu.famille
    a_un_enfant = famille.any(enfants_du_foyer(famille.members, period, parameters))
    seul = (famille("nb_parents", period) == 1) * (a_un_enfant == 0)
    chez_ses_parents = individu.has_role(Menage.ENFANT) * individu("habite_chez_parents", period)
    return individu.has_role(Famille.PARENT) * chez_ses_parents * seul * (age >= 0) * (age < age_limite)


def chez_les_parents(famille: Any, valeurs: Any) -> Any:
    """The sum of a quantity of the persons of the dwelling, for the family of the person who holds it."""
    from openfisca_france.model.base import Famille, Menage

    personnes = famille.members
    tient_le_logement = personnes.has_role(Menage.PERSONNE_DE_REFERENCE) * personnes.has_role(Famille.PARENT)
    return famille.sum(personnes.menage.sum(valeurs) * tient_le_logement)


def nombre_de_rattaches(famille: Any, period: Any, parameters: Any) -> Any:
    """How many grown-up children of the dwelling belong to the household of a family."""
    return chez_les_parents(famille, rattaches(famille.members, period, parameters))


def plafond_exact(famille: Any, period: Any, parameters: Any) -> Any:
    """The ceiling of a free right: a share of the ceiling of a person alone for each further member, half of it in shared custody."""
    cmu = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu
    du_foyer = enfants_du_foyer(famille.members, period, parameters)
    rang = famille.members.get_rank(famille, -famille.members("age_en_mois", period), condition=du_foyer)
    adultes = (famille("nb_parents", period) > 1) + nombre_de_rattaches(famille, period, parameters)
    personne = DEUXIEME + rang + famille.project(adultes)
    coefficient = select([personne == DEUXIEME, personne <= QUATRIEME], [cmu.coeff_p2, cmu.coeff_p3_p4], cmu.coeff_p5_plus)
    part = coefficient * du_foyer / where(famille.members("garde_alternee", period), DEUX_PARENTS, 1)
    jusqu_a_quatre = cmu.coeff_p2 * (adultes > 0) + cmu.coeff_p3_p4 * clip(adultes - 1, 0, QUATRIEME - DEUXIEME)
    coefficients = 1 + jusqu_a_quatre + cmu.coeff_p5_plus * clip(adultes + 1 - QUATRIEME, 0, None) + famille.sum(part)
    return cmu.plafond_base * coefficients * (1 + cmu.majoration_dom * famille("cmu_eligible_majoration_dom", period))


def forfait_mensuel(famille: Any, period: Any, parameters: Any, forfait: str) -> Any:
    """The monthly lump sum for the dwelling: a share of the RSA of a household of as many persons, three at most."""
    minima = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux
    taux = minima.cs.css[forfait]
    majorations = minima.rsa.rsa_maj.maj_montant_max
    personnes = famille("cmu_nbp_foyer", period)
    rsa = minima.rsa.rsa_m.montant_de_base_du_rsa * (
        1
        + majorations.couples_celibataire_avec_enfant * (personnes >= DEUXIEME)
        + majorations.couple_1_enfant_ou_2e_enfant * (personnes > DEUXIEME)
    )
    return rsa * select([personnes <= 1, personnes == DEUXIEME], [taux.taux_1p, taux.taux_2p], taux.taux_3p_plus)


def euros_entiers(montant: Any) -> Any:
    """The published ceilings drop the cents; those that the computer adds are no cents."""
    return floor(round(montant, CENTIMES))


def revenus_du_patrimoine(individu: Any, annee: Any, parameters: Any) -> Any:
    """What savings and property bring in, without the income that was imputed to those that bring in nothing (former article R861-6)."""
    total = individu("revenus_capital", annee, options=ADD) + individu("revenus_locatifs", annee, options=ADD)
    for mois in annee.get_subperiods("month"):
        livret_a = individu("livret_a", mois) * parameters(mois).taxation_capital.epargne.livret_a.taux
        total = total + (livret_a + plus_values(individu, mois)) / 12
    return total


def plus_values(individu: Any, mois: Any) -> Any:
    """The capital gains of the year of a month, on the first declarant."""
    from openfisca_france.model.base import FoyerFiscal

    return individu.foyer_fiscal("assiette_csg_plus_values", mois.this_year) * individu.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)


def ressources_individu(individu: Any, period: Any, parameters: Any, patrimoine: Any) -> Any:
    """The yearly resources of a person, as OpenFisca-France adds them up, over the reference year of the law.

    OpenFisca-France also adds a grant of higher education to whoever is not a grant holder, which is nobody: it is left out.
    """
    from openfisca_france.model.prestations.minima_sociaux.cs.ressources import (
        abattement_chomage,
        neutralisation_stage_formation_pro,
        revenus_tns,
    )

    annee = annee_de_reference(period)
    cmu = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu
    ressources = sum(individu(ressource, annee, options=ADD) for ressource in RESSOURCES_INDIVIDU)
    pensions_versees = abs(individu("pensions_alimentaires_versees_individu", period.last_year, options=ADD))
    return (
        ressources
        + patrimoine
        + revenus_tns(individu, annee, period.last_year)
        - pensions_versees
        - abattement_chomage(individu, period, annee, cmu)
        - neutralisation_stage_formation_pro(individu, annee, period.last_month)
    )


class css_cmu_base_ressources_individu:
    correction = Correction(
        defect="Les ressources étaient celles des douze derniers mois ; le texte prend du treizième au deuxième mois avant la "
        "demande, les pensions versées de la dernière année civile, et depuis juillet 2025 ce que les biens rapportent "
        "vraiment, sans revenu supposé.",
        since="2023-01-01",
        title=PERIODE,
        href=LIEN_PERIODE,
        confidence="high",
    )

    def formula_2023_01_01(individu, period, parameters):
        patrimoine = individu("rsa_base_ressources_patrimoine_individu", annee_de_reference(period), options=ADD)
        return ressources_individu(individu, period, parameters, patrimoine)

    def formula_2025_07_01(individu, period, parameters):
        patrimoine = revenus_du_patrimoine(individu, annee_de_reference(period), parameters)
        return ressources_individu(individu, period, parameters, patrimoine)


class css_cmu_base_ressources:
    correction = Correction(
        defect="Les prestations étaient celles des douze derniers mois, et l'enfant qui a l'âge limite comptait ; le texte prend du"
        " treizième au deuxième mois avant la demande et les enfants plus jeunes, même ceux qui travaillent et vivent chez leurs "
        "parents. Une famille hébergée n'avait pas de forfait logement. Une somme de douze mois est arrondie au centime avant "
        "d'être comparée.",
        since="2023-01-01",
        title=PERIODE,
        href=LIEN_PERIODE,
        confidence="high",
    )

    def formula_2023_01_01(famille, period, parameters):
        from openfisca_france.model.base import Famille, TypesStatutOccupationLogement

        annee = annee_de_reference(period)
        statut = famille.demandeur.menage("statut_occupation_logement", period)
        sans_loyer = (
            (statut == TypesStatutOccupationLogement.proprietaire)
            + (statut == TypesStatutOccupationLogement.loge_gratuitement)
            + famille("heberge", period)
        )
        forfait_logement = sans_loyer * famille("css_cmu_forfait_logement_base", period) + famille("css_cmu_forfait_logement_al", period)
        personnes = famille.members
        ressources = personnes("css_cmu_base_ressources_individu", period)
        du_foyer = personnes.has_role(Famille.PARENT) + enfants_du_foyer(personnes, period, parameters)
        rattachees = chez_les_parents(famille, ressources * rattaches(personnes, period, parameters))
        individuelles = famille.sum(ressources * du_foyer) + rattachees
        prestations = sum(famille(prestation, annee, options=ADD) for prestation in RESSOURCES_FAMILLE)
        return round(forfait_logement + prestations + individuelles, CENTIMES)


class css_cmu_forfait_logement_al:
    correction = Correction(
        defect="Le forfait était celui de l'aide au logement du mois demandé ; le texte compte les aides perçues pendant les douze mois.",
        since="2023-01-01",
        title=FORFAIT_AIDE,
        href=LIEN_FORFAIT_AIDE,
        confidence="medium",
    )

    def formula_2023_01_01(famille, period, parameters):
        forfait = forfait_mensuel(famille, period, parameters, "forfait_logement_avec_al")
        mois = annee_de_reference(period).get_subperiods("month")
        return sum(minimum(famille("aide_logement", each), forfait) for each in mois)


class css_cmu_forfait_logement_base:
    correction = Correction(
        defect="Le forfait du logement gratuit s'ajoutait à celui des mois où une aide au logement a été perçue.",
        since="2023-01-01",
        title=FORFAIT_GRATUIT,
        href=LIEN_FORFAIT_GRATUIT,
        confidence="medium",
    )

    def formula_2023_01_01(famille, period, parameters):
        forfait = forfait_mensuel(famille, period, parameters, "forfait_logement_sans_al")
        mois = annee_de_reference(period).get_subperiods("month")
        return sum(forfait * (famille("aide_logement", each) <= 0) for each in mois)


class cmu_nb_pac:
    correction = Correction(
        defect="Comptait à charge l'enfant qui a l'âge limite, et oubliait celui qui travaille et vit chez ses parents ; le texte dit "
        "moins que cet âge, et sous le même toit.",
        since="2008-01-31",
        title=FOYER,
        href=LIEN_FOYER,
        confidence="high",
    )

    def formula_2008_01_31(famille, period, parameters):
        return famille.sum(enfants_du_foyer(famille.members, period, parameters)) + nombre_de_rattaches(famille, period, parameters)


class cmu_c_plafond:
    correction = Correction(
        defect="Comptait les enfants qui ne sont pas, ou plus, du foyer, et arrondissait à l'euro supérieur ; les tableaux "
        "officiels laissent les centimes.",
        since="2019-11-01",
        title=FOYER,
        href=LIEN_FOYER,
        confidence="high",
    )

    def formula_2019_11_01(famille, period, parameters):
        return euros_entiers(plafond_exact(famille, period, parameters))


class acs_plafond:
    correction = Correction(
        defect="Majorait un plafond déjà arrondi ; les tableaux officiels majorent le plafond exact, puis laissent les centimes.",
        since="2019-11-01",
        title="Article L861-1 du code de la sécurité sociale, 2° : plafond majoré",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037950247",
        confidence="medium",
    )

    def formula_2019_11_01(famille, period, parameters):
        majoration = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.cs.acs.majoration_plafond_acs
        return euros_entiers(plafond_exact(famille, period, parameters) * (1 + majoration))


class css_participation_forfaitaire_montant_i:
    correction = Correction(
        defect="L'âge était celui du mois ; le prix dépend de l'âge au 1er janvier de l'année d'attribution.",
        since="2019-11-01",
        title="Arrêté du 29 décembre 2023 fixant la participation à la protection complémentaire en matière de santé, article 1",
        href="https://juriblio.fr/arretes/arrete-du-29-decembre-2023/182955383/article-1",
        confidence="high",
    )

    def formula_2019_11_01(individu, period, parameters):
        from openfisca_france.model.prestations.minima_sociaux.cs.css import css_participation_forfaitaire_montant_i

        return css_participation_forfaitaire_montant_i.formula(individu, period.this_year.first_month, parameters)


class css_participation_forfaitaire_montant:
    correction = Correction(
        defect="Demandait un prix aussi pour les enfants qui ne sont pas du foyer.",
        since="2019-11-01",
        title=FOYER,
        href=LIEN_FOYER,
        confidence="high",
    )

    def formula_2019_11_01(famille, period, parameters):
        from openfisca_france.model.base import Famille

        personnes = famille.members
        prix = personnes("css_participation_forfaitaire_montant_i", period)
        du_foyer = personnes.has_role(Famille.PARENT) + enfants_du_foyer(personnes, period, parameters)
        return famille.sum(prix * du_foyer) + chez_les_parents(famille, prix * rattaches(personnes, period, parameters))


class mva:
    correction = Correction(
        defect="La majoration était due à tout membre d'une famille qui a une aide au logement. Le texte demande l'AAH à taux plein ou en "
        "complément d'une pension, ou l'ASI, et de ne pas avoir de revenu de son travail, sans regarder les douze mois d'avant.",
        since="2019-12-01",
        title=L821_1_2,
        href=LIEN_L821_1_2,
        confidence="high",
    )

    def formula_2019_12_01(individu, period, parameters):
        montant = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.caah.majoration_vie_autonome
        return (
            montant
            * individu("mva_condition_taux_incapacite", period)
            * individu("mva_condition_allocation", period)
            * individu("mva_condition_logement", period)
            * individu("mva_condition_aide_logement", period)
            * individu("mva_condition_travail", period)
        )


class caah:
    correction = Correction(
        defect="Le complément de ressources est fermé aux nouvelles demandes depuis le 1er décembre 2019 : seule la majoration pour la vie "
        "autonome s'ajoute à l'AAH.",
        since="2019-12-01",
        title="Loi n° 2018-1317 du 28 décembre 2018 de finances pour 2019, article 266",
        href="https://www.legifrance.gouv.fr/affichTexteArticle.do?idArticle=JORFARTI000037882639&cidTexte=JORFTEXT000037882341",
        confidence="high",
    )

    def formula_2019_12_01(individu, period):
        return individu("mva", period)
