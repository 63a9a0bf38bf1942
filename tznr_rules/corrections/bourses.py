"""Corrections of the school grants (collège, lycée) and of the grants of higher education: each right is fixed for a school year."""

from collections.abc import Iterator
from typing import Any

from numpy import array, clip, maximum, round, where

from tznr_rules.corrections import Correction

CIRCULAIRE_SCOLAIRE = "Circulaire du 21 septembre 2022, bourses nationales de collège et de lycée (NOR MENE2214583C)"
LIEN_CIRCULAIRE_SCOLAIRE = "https://www.education.gouv.fr/bo/22/Hebdo36/MENE2214583C.htm"
CIRCULAIRE_SUPERIEUR = "Circulaire du 10 juin 2024, bourses d'enseignement supérieur sur critères sociaux (NOR ESRS2413977C)"
LIEN_CIRCULAIRE_SUPERIEUR = "https://www.education.gouv.fr/bo/2024/Hebdo26/ESRS2413977C"

MOIS_DU_SMIC = 7  # SMIC of 1 July
TRIMESTRES = 3  # the yearly amount is paid in three equal terms of whole euros


def annee_de_rentree(period: Any, parameters: Any) -> Any:
    """The calendar year in which the school year of a month began: 2026 from September 2026 to August 2027."""
    mois_rentree = parameters(period).prestations_sociales.education.bourses.mois_rentree
    return period.this_year if period.start.month >= mois_rentree else period.last_year


def revenu_du_menage(famille: Any, period: Any, parameters: Any) -> Any:
    """The reference income of the year before the school year began, of both parents when they file two tax returns."""
    from openfisca_france.model.base import Famille, FoyerFiscal

    annee = annee_de_rentree(period, parameters).last_year
    declarants = famille.members.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
    rfr = famille.members.foyer_fiscal("rfr", annee)
    total = famille.sum(rfr * declarants, role=Famille.PARENT)
    return where(famille.any(declarants, role=Famille.PARENT), total, famille.demandeur.foyer_fiscal("rfr", annee))


def plafonds(famille: Any, period: Any, parameters: Any, bourse: str) -> Iterator[Any]:
    """The income ceilings of the family, from échelon 1 up: a number of hours of the SMIC of 1 July of the year before the school year."""
    from openfisca_france.model.base import Famille

    juillet = annee_de_rentree(period, parameters).last_year.first_month.offset(MOIS_DU_SMIC - 1, "month")
    smic_horaire = parameters(juillet).marche_travail.salaire_minimum.smic.smic_b_horaire
    nb_enfants = famille.sum(famille.members("age", period) >= 0, role=Famille.ENFANT).astype(int)
    bareme = parameters(period).prestations_sociales.education.bourses.bourses_education[bourse].apres_2016
    for echelon in _noms(bareme, "echelon_"):
        heures = array([bareme[echelon][name] for name in _noms(bareme[echelon], "plafond_")])
        yield round(heures[clip(nb_enfants, 1, len(heures)) - 1] * smic_horaire)


def echelon(famille: Any, period: Any, parameters: Any, bourse: str) -> Any:
    """The rank of the grant: the number of ceilings that the income does not exceed."""
    revenu = revenu_du_menage(famille, period, parameters)
    return sum((revenu <= plafond).astype(int) for plafond in plafonds(famille, period, parameters, bourse))


def montant(rang: Any, parts: list[float], period: Any, parameters: Any) -> Any:
    """The yearly amount of a pupil: a share of the BMAF of 1 January of the school year, rounded to a multiple of the three terms."""
    bmaf = parameters(annee_de_rentree(period, parameters).first_month).prestations_sociales.prestations_familiales.bmaf.bmaf
    return round(array([0, *parts])[rang] * bmaf / TRIMESTRES) * TRIMESTRES


def _noms(noeud: Any, prefixe: str) -> list[str]:
    return sorted(name for name in noeud if name.startswith(prefixe))


class bourse_college_echelon:
    correction = Correction(
        defect="Le revenu de l'année N-2 et le SMIC étaient relus chaque mois de janvier ; ils sont fixés pour l'année scolaire, "
        "sur le revenu de l'année qui précède la rentrée, celui des deux parents quand ils font deux déclarations.",
        since="2023-09-01",
        title=CIRCULAIRE_SCOLAIRE,
        href=LIEN_CIRCULAIRE_SCOLAIRE,
        confidence="high",
    )

    def formula_2023_09_01(famille, period, parameters):
        return echelon(famille, period, parameters, "bourse_college")


class bourse_college:
    correction = Correction(
        defect="La BMAF était celle de l'année civile : le montant changeait en janvier. C'est celle du 1er janvier de l'année de "
        "la rentrée.",
        since="2023-09-01",
        title="Article D531-7 du code de l'éducation",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000034629530",
        confidence="high",
    )

    def formula_2023_09_01(famille, period, parameters):
        from openfisca_france.model.base import Famille
        from openfisca_france.model.prestations.education import TypesScolarite

        eleves = famille.sum(famille.members("scolarite", period) == TypesScolarite.college, role=Famille.ENFANT)
        taux = parameters(period).prestations_sociales.education.bourses.bourses_education.bourse_college
        parts = [taux[name] for name in _noms(taux, "montant_taux_")]
        return eleves * montant(famille("bourse_college_echelon", period), parts, period, parameters)


class bourse_lycee_echelon:
    correction = Correction(
        defect="Le revenu de l'année N-2 et le SMIC étaient relus chaque mois de janvier ; ils sont fixés pour l'année scolaire, "
        "sur le revenu de l'année qui précède la rentrée, celui des deux parents quand ils font deux déclarations.",
        since="2023-09-01",
        title="Arrêté du 22 mars 2016 fixant les modalités de détermination des plafonds de ressources des bourses de lycée, article 1",
        href="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000032325026",
        confidence="high",
    )

    def formula_2023_09_01(famille, period, parameters):
        return echelon(famille, period, parameters, "bourse_lycee")


class bourse_lycee:
    correction = Correction(
        defect="La BMAF était celle de l'année civile : le montant changeait en janvier. C'est celle du 1er janvier de l'année de "
        "la rentrée.",
        since="2023-09-01",
        title="Article D531-29 du code de l'éducation",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033056575",
        confidence="high",
    )

    def formula_2023_09_01(famille, period, parameters):
        from openfisca_france.model.base import Famille
        from openfisca_france.model.prestations.education import TypesScolarite

        eleves = famille.sum(famille.members("scolarite", period) == TypesScolarite.lycee, role=Famille.ENFANT)
        bareme = parameters(period).prestations_sociales.education.bourses.bourses_education.bourse_lycee.apres_2016
        parts = [bareme[name].montant for name in _noms(bareme, "echelon_")]
        return eleves * montant(famille("bourse_lycee_echelon", period), parts, period, parameters)


class bourse_criteres_sociaux_eligibilite_age:
    correction = Correction(
        defect="L'âge était lu au mois demandé, l'âge limite compris, et les frères et sœurs d'un étudiant comptés comme ses "
        "enfants ; le texte dit moins que l'âge limite au 1er septembre de l'année universitaire, un an de plus par enfant "
        "élevé.",
        since="2023-09-01",
        title=CIRCULAIRE_SUPERIEUR,
        href=LIEN_CIRCULAIRE_SUPERIEUR,
        confidence="high",
    )

    def formula_2023_09_01(individu, period, parameters):
        return (age_a_la_rentree(individu, period, parameters) < age_limite(individu, period, parameters)) + individu("handicap", period)


class bourse_criteres_sociaux_etudiant_autonome:
    correction = Correction(
        defect="Un étudiant rattaché aux impôts de ses deux parents passait pour pacsé, et donc indépendant de leurs revenus.",
        since="2023-09-01",
        title=CIRCULAIRE_SUPERIEUR,
        href=LIEN_CIRCULAIRE_SUPERIEUR,
        confidence="high",
    )

    def formula_2023_09_01(individu, period, parameters):
        from openfisca_france.model.base import Famille, FoyerFiscal
        from openfisca_france.model.prestations.enseignement_superieur.bourse_criteres_sociaux import (
            bourse_criteres_sociaux_etudiant_autonome as origine,
        )

        possible = individu.has_role(FoyerFiscal.DECLARANT) + individu.has_role(Famille.PARENT) + individu("orphelin", period)
        return origine.formula(individu, period, parameters) * possible


class bourse_criteres_sociaux_base_ressources_etudiant_autonome:
    correction = Correction(
        defect="Le revenu de l'étudiant indépendant changeait d'année en janvier ; c'est celui de la deuxième année avant la rentrée.",
        since="2023-09-01",
        title=CIRCULAIRE_SUPERIEUR,
        href=LIEN_CIRCULAIRE_SUPERIEUR,
        confidence="high",
    )

    def formula_2023_09_01(individu, period, parameters):
        return individu.foyer_fiscal("rbg", annee_de_rentree(period, parameters).last_year.last_year)


class bourse_criteres_sociaux_points_de_charge_charges_familiale:
    correction = Correction(
        defect="Quand aucun enfant du supérieur n'était indiqué, l'étudiant lui-même donnait deux points ; les points sont ceux des autres "
        "enfants à charge.",
        since="2023-09-01",
        title=CIRCULAIRE_SUPERIEUR,
        href=LIEN_CIRCULAIRE_SUPERIEUR,
        confidence="high",
    )

    def formula_2023_09_01(individu, period, parameters):
        bourses = parameters(period).prestations_sociales.education.bourses.enseignement_superieur.criteres_sociaux
        points = bourses.points_de_charge.charges_familiales
        enfants = individu.famille("bourse_criteres_sociaux_nombre_enfants_a_charge", period)
        du_superieur = individu.famille("bourse_criteres_sociaux_nombre_enfants_a_charge_dans_enseignement_superieur", period)
        au_moins_lui_meme = maximum(du_superieur, 1)
        autres = maximum(enfants - au_moins_lui_meme, 0)
        return autres * points.par_enfant_a_charge + (au_moins_lui_meme - 1) * points.par_enfant_etudiant


def age_a_la_rentree(individu: Any, period: Any, parameters: Any) -> Any:
    """The age on the first day of the university year."""
    mois_rentree = int(parameters(period).prestations_sociales.education.bourses.mois_rentree)
    return individu("age", annee_de_rentree(period, parameters).first_month.offset(mois_rentree - 1, "month"))


def age_limite(individu: Any, period: Any, parameters: Any) -> Any:
    """The age from which a first grant is refused, put back one year for each child that the student raises."""
    from openfisca_france.model.base import Famille

    enfants = individu.famille("bourse_criteres_sociaux_nombre_enfants_parent_etudiant", period) * individu.has_role(Famille.PARENT)
    return parameters(period).prestations_sociales.education.bourses.enseignement_superieur.criteres_sociaux.age_maximum + enfants
