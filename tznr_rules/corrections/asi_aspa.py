"""Corrections: minima of old age, of invalidity and of the unemployed (ASPA, ASI, AAH, ASS)."""

from collections.abc import Callable
from math import floor
from typing import Any

from numpy import float64, maximum, minimum, where
from numpy import round as round_

from tznr_rules.corrections import Correction

Parameters = Callable[[Any], Any]
Array = Any

CENTS = 100


def par_mois(annuel: float) -> float:
    """The monthly value of a yearly ceiling, cut at the cent as the circulars of the Cnav publish it.

    >>> par_mois(12523.14), par_mois(12411.44), par_mois(10978.30)
    (1043.59, 1034.28, 914.85)
    """
    return floor(round(annuel * CENTS) / 12) / CENTS


def servi(montant: Array) -> Array:
    """Whether an amount is still one once rounded to the cent."""
    return round_(montant.astype(float64), 2) > 0


def autre_parent(individu: Any, variable: str, period: Any) -> Array:
    """A variable of the other adult of the couple, for each of the two."""
    from openfisca_france.entities import Famille

    famille = individu.famille
    return where(individu.has_role(Famille.CONJOINT), famille.demandeur(variable, period), famille.conjoint(variable, period))


def age_aspa(individu: Any, period: Any, parameters: Parameters) -> Array:
    """The age from which a person may have the ASPA, earlier when unfit for work; whoever has an invalidity pension is."""
    law = parameters(period).prestations_sociales
    aspa, aah = law.solidarite_insertion.minimum_vieillesse.aspa, law.prestations_etat_de_sante.invalidite.aah
    incapacite = individu("taux_incapacite", period) >= aspa.taux_incapacite_aspa_anticipe
    inapte = individu("inapte_travail", period) + incapacite + (individu("pensions_invalidite", period) > 0)
    return where(inapte, aah.age_legal_retraite, aspa.age_min)


def montant_aspa(famille: Any, period: Any, parameters: Parameters, ressources: Array) -> Array:
    """What the beneficiaries of a couple are paid together, half of the difference when the other one receives the ASI."""
    aspa = parameters(period).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
    allocataires = famille("asi_aspa_nb_alloc", period)
    aspa_seule = famille.demandeur("aspa_eligibilite", period) * 1 + famille.conjoint("aspa_eligibilite", period)
    maximum_servi, plafond = aspa.montant_maximum_annuel, aspa.plafond_ressources
    montant = minimum(
        where(allocataires > 1, par_mois(maximum_servi.couples), par_mois(maximum_servi.personnes_seules)),
        where(famille("en_couple", period), par_mois(plafond.couples), par_mois(plafond.personnes_seules)) - ressources,
    )
    return maximum(montant, 0) * maximum(aspa_seule, 1) / maximum(allocataires, 1)


def montant_asi(individu: Any, period: Any, parameters: Parameters, ressources: Array) -> Array:
    """What a person is paid, alone or in a couple, before looking at their own eligibility."""
    asi = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.asi
    seul, couple = par_mois(asi.plafond_ressource_seul), par_mois(asi.plafond_ressource_couple)
    autre = autre_parent(individu, "asi_eligibilite", period) + autre_parent(individu, "aspa_eligibilite", period)
    difference_couple = maximum(couple - ressources, 0)
    en_couple = where(autre, difference_couple / (1 + autre), minimum(difference_couple, seul - asi.pension_invalidite_minimale))
    return where(individu.famille("en_couple", period), en_couple, maximum(seul - ressources, 0))


def ressources_ass(individu: Any, period: Any) -> Array:
    """Yearly resources of the couple, seen from the person who asks for the ASS."""
    from openfisca_france.entities import Famille

    vues_du_conjoint = individu("ass_base_ressources_individu", period) + individu.famille.demandeur("ass_base_ressources_conjoint", period)
    return where(individu.has_role(Famille.CONJOINT), vues_du_conjoint, individu.famille("ass_base_ressources", period))


def difference_ass(individu: Any, period: Any, parameters: Parameters) -> Array:
    """The monthly ceiling less the resources of the couple."""
    ass = parameters(period).chomage.allocations_assurance_chomage.ass
    journalier = where(individu.menage("residence_mayotte", period), ass.montant_plein_mayotte, ass.montant_plein)
    plafond = journalier * where(individu.famille("en_couple", period), ass.plaf_coup, ass.plaf_seul)
    return plafond - ressources_ass(individu, period) / 12


class asi_aspa_condition_nationalite:
    correction = Correction(
        defect="La durée du titre de séjour n'était pas lue : dix ans de séjour régulier n'ouvraient pas le droit. "
        "Les réfugiés, les apatrides et les personnes protégées, à qui aucune durée n'est demandée, étaient refusés.",
        since="2017-01-01",
        title="Article L816-1 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042920144/2021-05-01",
        confidence="high",
    )

    def formula_2017_01_01(individu: Any, period: Any, parameters: Any) -> Any:
        aspa = parameters(period).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
        suisse = individu("nationalite", period) == b"CH"
        sejour = individu("duree_possession_titre_sejour", period) >= aspa.duree_min_titre_sejour
        return individu("ressortissant_eee", period) + suisse + sejour + individu("refugie_ou_protege", period)


class aspa_eligibilite:
    correction = Correction(
        defect="Une incapacité d'exactement 50 % ou une pension d'invalidité n'ouvrait pas l'Aspa anticipée, "
        "et son âge était celui de la retraite ordinaire (64 ans).",
        since="2017-01-01",
        title="Articles L815-1, R815-1, L351-8 (2°) et L341-15 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000047633276/2023-09-01",
        confidence="high",
    )

    def formula_2017_01_01(individu: Any, period: Any, parameters: Any) -> Any:
        return (individu("age", period) >= age_aspa(individu, period, parameters)) * individu("asi_aspa_condition_nationalite", period)


class aspa:
    correction = Correction(
        defect="Quand l'un des conjoints a droit à l'ASI, l'Aspa de l'autre restait versée au-dessus du plafond du couple. "
        "Les plafonds mensuels sont ceux que publie la Cnav, au centime inférieur.",
        since="2023-01-01",
        title="Articles D815-1 et L815-9 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000036760292",
        confidence="medium",
    )

    def formula_2023_01_01(famille: Any, period: Any, parameters: Any) -> Any:
        eligible = famille.demandeur("aspa_eligibilite", period) + famille.conjoint("aspa_eligibilite", period)
        return eligible * montant_aspa(famille, period, parameters, famille("asi_aspa_base_ressources", period))


class asi:
    correction = Correction(
        defect="L'ASI n'était jamais versée quand le conjoint a droit à l'Aspa ; "
        "le maximum n'était pas appliqué quand le conjoint n'a ni ASI ni Aspa.",
        since="2023-01-01",
        title="Article D815-19 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006155961",
        confidence="high",
    )

    def formula_2023_01_01(individu: Any, period: Any, parameters: Any) -> Any:
        from openfisca_france.entities import Famille

        montant = montant_asi(individu, period, parameters, individu.famille("asi_aspa_base_ressources", period))
        return individu("asi_eligibilite", period) * individu.has_role(Famille.PARENT) * montant


class aah_eligible:
    correction = Correction(
        defect="Pour une incapacité de 50 à 79 %, le versement continuait jusqu'à 65 ans ; "
        "il prend fin à 62 ans, âge de la retraite pour inaptitude au travail.",
        since="2017-01-01",
        title="Articles L821-2 et L351-1-5 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000020039305",
        confidence="high",
    )

    def formula_2017_01_01(individu: Any, period: Any, parameters: Any) -> Any:
        aah = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.aah
        age, taux = individu("age", period), individu("taux_incapacite", period)
        rsdae = individu("aah_restriction_substantielle_durable_acces_emploi", period)
        a_charge = individu("prestations_familiales_enfant_a_charge", period)
        incapacite = (taux >= aah.taux_capacite.taux_incapacite) + (
            (taux >= aah.taux_capacite.taux_incapacite_rsdae) * rsdae * (age < aah.age_legal_retraite)
        )
        return incapacite * ((age >= aah.age_minimal) + (age >= aah.age_fin_educ) * (a_charge == 0))


class aah_base_non_cumulable:
    correction = Correction(
        defect="La retraite et la rente d'accident du travail du mois n'étaient pas déduites : l'AAH ne complète que jusqu'à son montant.",
        since="2017-01-01",
        title="Article L821-1 du code de la sécurité sociale",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033813790",
        confidence="high",
    )

    def formula_2017_01_01(individu: Any, period: Any) -> Any:
        pensions = individu("pensions_invalidite", period) + individu("retraite_nette", period) + individu("rente_accident_travail", period)
        return pensions + individu("asi", period.last_month)


class ass_eligibilite_individu:
    correction = Correction(
        defect="L'ASS était donnée à des personnes qui ne cherchent pas d'emploi et n'en ont pas repris ; "
        "elle cessait à 65 ans et 9 mois au lieu de 67 ans.",
        since="2017-09-01",
        title="Articles R5423-1 (2°), R5425-2 et L5421-4 (2°) du code du travail",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000018525084",
        confidence="high",
    )

    def formula_2017_09_01(individu: Any, period: Any, parameters: Any) -> Any:
        from openfisca_france.model.base import TypesActivite

        ass = parameters(period).chomage.allocations_assurance_chomage.ass
        activite = individu("activite", period)
        en_emploi = (activite == TypesActivite.actif) * individu("ass_eligibilite_cumul_individu", period)
        return (
            ((activite == TypesActivite.chomeur) + en_emploi)
            * (individu("chomage_net", period) == 0)
            * (individu("aah", period) <= 0)
            * individu("ass_precondition_remplie", period)
            * (individu("age", period) < ass.age_max / 12)
        )


class ass:
    correction = Correction(
        defect="Quand c'est le conjoint de la famille qui demande l'ASS, ses propres allocations de chômage étaient comptées, "
        "et non celles de l'autre.",
        since="2017-09-01",
        title="Articles R5423-1 à R5423-5 du code du travail",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000018525084",
        confidence="medium",
    )

    def formula_2017_09_01(individu: Any, period: Any, parameters: Any) -> Any:
        droit = parameters(period).chomage.allocations_assurance_chomage.ass
        difference = difference_ass(individu, period, parameters)
        plein = droit.jours_par_mois * where(individu.menage("residence_mayotte", period), droit.montant_plein_mayotte, droit.montant_plein)
        montant = maximum(minimum(plein, difference), 0)
        return montant * individu("ass_eligibilite_individu", period) * (montant >= droit.montant_plein)
