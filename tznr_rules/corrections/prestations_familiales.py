"""Corrections: twins, two earners, the months of the PAJE, the ages of the ARS, the scale of the AEEH, the ASF and alternating custody.

``net_de_crds`` gives what is paid, to the cent, of a gross family benefit.
"""

from typing import Any

from numpy import datetime64, floor, maximum, where
from numpy import logical_not as not_
from numpy import logical_or as or_

from tznr_rules.corrections import Correction

CSS = "code de la sécurité sociale"
ARTICLE = "https://www.legifrance.gouv.fr/codes/article_lc/"
CRDS = [
    "Article 19 de l'ordonnance n° 96-50 du 24 janvier 1996",
    "https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000041466982/",
]
CENTIMES = 100
TOLERANCE = 0.01  # of a cent: the noise of single precision


class biactivite:
    """OpenFisca-France's rule, with the threshold of the text."""

    correction = Correction(
        defect="Le seuil du deuxième revenu était de douze fois la base mensuelle des allocations familiales.",
        since="2014-01-01",
        title=f"Article R522-2 du {CSS}",
        href=f"{ARTICLE}LEGIARTI000046499019",
        confidence="high",
    )

    def formula_2014_01_01(famille, period, parameters):
        from openfisca_france.entities import Famille

        annee = period.n_2
        part = parameters(period).prestations_sociales.prestations_familiales.def_pac.revenu_biactivite
        seuil = part * parameters(annee).prelevements_sociaux.pss.plafond_securite_sociale_annuel
        revenu = famille.members("rpns_imposables", annee) + famille.members("revenu_assimile_salaire_apres_abattements", annee)
        return famille("en_couple", period) * famille.all(revenu >= seuil, role=Famille.PARENT)


class af_majoration_enfant:
    """With two children, every child but the eldest; of two children of the same age, one is the eldest."""

    correction = Correction(
        defect="Deux jumeaux, seuls enfants de la famille, perdaient la majoration pour âge.",
        since="2008-05-01",
        title=f"Article L521-3 du {CSS}",
        href="https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006126898/",
        confidence="high",
    )

    def formula_2026_03_01(individu, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_maj.maj_age_deux_enfants
        pivot = datetime64(regle.naissance_nouveau_regime)
        # Without a date of birth, the month is taken as the birthday.
        naissance = where(_naissance_connue(individu, period), individu("date_naissance", period), _naissance_estimee(individu, period))
        return _majoration(individu, period, parameters, where(naissance < pivot, regle.age_ancien_regime, regle.age1))

    def formula_2008_05_01(individu, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_maj.maj_age_deux_enfants
        return _majoration(individu, period, parameters, regle.age1)


class enfant_eligible_paje:
    """From the month after the birth to the month before the birthday that ends the right."""

    correction = Correction(
        defect="L'allocation de base de la Paje était due avant la naissance et pendant le mois du troisième anniversaire.",
        since="2018-04-01",
        title=f"Article R552-3 du {CSS}",
        href=f"{ARTICLE}LEGIARTI000045087734",
        confidence="high",
    )

    def formula_2018_04_01(individu, period, parameters):
        limite = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cm.age_limite_enfant_adopte_non
        mois = (datetime64(period.start, "M") - individu("date_naissance", period).astype("datetime64[M]")).astype(int)
        age = individu("age", period)
        par_age = (age >= 0) * (age < limite)
        dans_l_age = where(_naissance_connue(individu, period), (mois > 0) * (mois < 12 * limite), par_age)
        return dans_l_age * not_(individu("autonomie_financiere", period))


class paje_base:
    """OpenFisca-France's allowance, once for each child of a multiple birth."""

    correction = Correction(
        defect="Une seule allocation de base de la Paje était comptée pour des jumeaux.",
        since="2021-05-01",
        title=f"Article L531-3 du {CSS}",
        href=f"{ARTICLE}LEGIARTI000036393143",
        confidence="high",
    )

    def formula_2021_05_01(famille, period, parameters):
        from openfisca_france.model.prestations.prestations_familiales.paje import paje_base as origine

        return origine.formula_2021_05_01(famille, period, parameters) * famille("paje_base_nombre", period)


class ars:
    """The ages reached in the calendar year, and the age of leaving read on 15 September."""

    correction = Correction(
        defect="L'âge était lu au 1er décembre : les enfants nés en décembre étaient oubliés ou comptés dans la tranche d'avant, "
        "ceux qui avaient dix-huit ans au 15 septembre étaient comptés.",
        since="2009-01-01",
        title=f"Article R543-2 du {CSS}",
        href=f"{ARTICLE}LEGIARTI000019281627",
        confidence="high",
    )

    def formula_2009_01_01(famille, period, parameters):
        ecole = parameters(period).prestations_sociales.prestations_familiales.education_presence_parentale.ars.ars_cond
        octobre = period.first_month.offset(int(ecole.mois_age_sortie_lycee), "month")
        regle = parameters(octobre).prestations_sociales.prestations_familiales.education_presence_parentale.ars
        ressources = famille("prestations_familiales_base_ressources", period.first_month)
        plafond = regle.ars_plaf.plafond_ressources * (1 + famille("af_nbenf", octobre) * regle.ars_plaf.majoration_par_enf_supp)
        entiere = famille.sum(famille.members("ars_montant_enfant", period))
        depassement = where(ressources > plafond, ressources - plafond, 0)
        montant = where(entiere > depassement, entiere - depassement, 0)
        return montant * (montant >= regle.montant_minimum_verse)


class asf_elig_enfant:
    """OpenFisca-France's child, unless both parents have it in turn; then only when a pension that was fixed is not paid."""

    correction = Correction(
        defect="L'allocation de soutien familial était comptée pour un enfant en garde alternée, que ses deux parents élèvent.",
        since="2002-03-05",
        title=f"Articles L523-1 et R523-1 du {CSS}",
        href="https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006126898/",
        confidence="medium",
    )

    def formula_2002_03_05(individu, period):
        partage = individu("garde_alternee", period) * not_(individu("pension_alimentaire_fixee_impayee", period))
        return individu("asf_enfant_age", period) * not_(partage)


class aeeh:
    """The supplement of its own category, where OpenFisca-France gives that of the category below."""

    correction = Correction(
        defect="Les compléments des catégories 2 à 5 étaient ceux de la catégorie d'en dessous.",
        since="2006-01-01",
        title=f"Article D541-2 du {CSS}",
        href=f"{ARTICLE}LEGIARTI000006737170",
        confidence="high",
    )

    def formula_2006_01_01(famille, period, parameters):
        from openfisca_france.entities import Famille

        return famille.sum(famille.members("aeeh_montant_enfant", period), role=Famille.ENFANT)


def net_de_crds(montant: Any, taux: float, parts: Any = 1) -> Any:
    """What is paid: the gross amount rounded to the cent, less the CRDS cut at the cent, in equal parts (one for each child).

    >>> [float(net_de_crds(montant, 0.005)) for montant in (153.0112, 76.505, 201.78352)], float(net_de_crds(605.35056, 0.005, 3))
    ([152.25, 76.13, 200.78], 602.34)
    """
    part = floor(CENTIMES * (montant / maximum(parts, 1)) + 1 / 2 + TOLERANCE)
    return (part - floor(part * taux + TOLERANCE)) * maximum(parts, 1) / CENTIMES


def _naissance_connue(individu: Any, period: Any) -> Any:
    return individu("date_naissance", period) != individu.get_holder("date_naissance").default_array()


def _naissance_estimee(individu: Any, period: Any) -> Any:
    mois = datetime64(period.start, "M").astype(int) - 12 * individu("age", period)
    return mois.astype("datetime64[M]").astype("datetime64[D]")


def _majoration(individu: Any, period: Any, parameters: Any, age_ouverture: Any) -> Any:
    """OpenFisca-France's supplement of a child, but for the two lines on the eldest."""
    famille = parameters(period).prestations_sociales.prestations_familiales
    af, bmaf = famille.prestations_generales.af, famille.bmaf.bmaf
    age, a_charge = individu("age", period), individu("prestations_familiales_enfant_a_charge", period)
    nombre = individu.famille("af_nbenf", period)
    tranches, taux_seul = af.af_maj_dom.tranches_age, af.af_maj_dom.majoration_premier_enfant
    seul = (tranches.age_debut_premiere_tranche <= age) * (age < tranches.age_debut_deuxieme_tranche) * taux_seul.taux_tranche_1 + (
        tranches.age_debut_deuxieme_tranche <= age
    ) * taux_seul.taux_tranche_2
    plusieurs = (age_ouverture <= age) * af.af_maj.maj_age_deux_enfants.taux1
    montant = bmaf * ((nombre == 1) * seul + (nombre > 1) * plusieurs)
    aines = a_charge * (age == individu.famille("af_age_aine", period))
    rang = individu.get_rank(individu.famille, individu("date_naissance", period).astype(int), condition=aines)
    compte = or_(nombre != af.af_cm.taux.nb_enf2, rang != 0)
    coefficient = where(individu("garde_alternee", period), af.af_cm.facteur_garde_alternee, 1)
    return a_charge * (individu.famille("af_base", period) > 0) * compte * montant * coefficient
