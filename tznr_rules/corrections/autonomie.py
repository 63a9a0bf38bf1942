"""Corrections: allocation personnalisée d'autonomie (resources, uprating of January, emergency)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from numpy import where

from tznr_rules.corrections import Correction

Parameters = Callable[[Any], Any]
Array = Any

R232_5 = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006074069"
TARIFS_2026 = "https://www.cnsa.fr/sites/default/files/2026-01/Tarifs-APA-1er-janvier-2026.pdf"


def au_premier_janvier(parameters: Parameters, period: Any) -> Parameters:
    """The law as the allowance reads it: its own figures are those of 1 January for the whole year, the minimum wage that of the month."""
    janvier, mois = parameters(period.start.offset("first-of", "year")), parameters(period)
    lu = SimpleNamespace(prestations_sociales=janvier.prestations_sociales, marche_travail=mois.marche_travail)
    return lambda instant: lu


class base_ressources_apa:
    correction = Correction(
        defect="Housing aid and the rental value of unlet property were taken off the income; the aid is not in it, the value adds to it. "
        "Two partners who file apart were counted as one.",
        since="2024-01-01",
        title="Articles R232-5 et R132-1 du code de l'action sociale et des familles",
        href=R232_5,
        confidence="high",
    )

    def formula_2024_01_01(individu: Any, period: Any, parameters: Parameters) -> Array:
        from openfisca_france.entities import Famille, FoyerFiscal

        biens_non_loues = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_cond.patrimoine
        rfr = individu.foyer_fiscal("rfr", period.n_2)
        de_chacun = rfr * individu.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
        fictif = biens_non_loues.abattement_valeur_locative_immo_non_loue * individu(
            "valeur_locative_immo_non_loue", period
        ) + biens_non_loues.abattement_valeur_locative_terrains_non_loues * individu("valeur_locative_terrains_non_loues", period)
        famille = individu.famille
        declarants = famille.sum(individu.has_role(FoyerFiscal.DECLARANT_PRINCIPAL) * 1, role=Famille.PARENT)
        parent = individu.has_role(Famille.PARENT)
        revenus = where(parent * (declarants > 0), famille.sum(de_chacun, role=Famille.PARENT), rfr)
        return (revenus + where(parent, famille.sum(fictif, role=Famille.PARENT), fictif)) / 12


class apa_domicile_participation:
    correction = Correction(
        defect="The thresholds changed in April with the MTP; the tariffs of the allowance change on 1 January.",
        since="2024-01-01",
        title="Tarifs APA au 1er janvier 2026 (CNSA)",
        href=TARIFS_2026,
        confidence="high",
    )

    def formula_2024_01_01(individu: Any, period: Any, parameters: Parameters) -> Array:
        from openfisca_france.model.prestations.autonomie import apa_domicile_participation as en_amont

        return en_amont.formula_2016_03_01(individu, period, au_premier_janvier(parameters, period))


class dependance_plan_aide_domicile_accepte:
    correction = Correction(
        defect="The ceilings of the help plan changed in April with the MTP; the tariffs of the allowance change on 1 January.",
        since="2024-01-01",
        title="Tarifs APA au 1er janvier 2026 (CNSA)",
        href=TARIFS_2026,
        confidence="high",
    )

    def formula_2024_01_01(individu: Any, period: Any, parameters: Parameters) -> Array:
        from openfisca_france.model.prestations.autonomie import dependance_plan_aide_domicile_accepte as en_amont

        return en_amont.formula_2002(individu, period, au_premier_janvier(parameters, period))


class apa_etablissement:
    correction = Correction(
        defect="The thresholds changed in April with the MTP; the tariffs of the allowance change on 1 January.",
        since="2024-01-01",
        title="Tarifs APA au 1er janvier 2026 (CNSA)",
        href=TARIFS_2026,
        confidence="high",
    )

    def formula_2024_01_01(individu: Any, period: Any, parameters: Parameters) -> Array:
        from openfisca_france.model.prestations.autonomie import apa_etablissement as en_amont

        return en_amont.formula_2002(individu, period, au_premier_janvier(parameters, period))


class apa_urgence_domicile:
    correction = Correction(
        defect="Paid to every person, children included: no age, no urgency, no home was asked for.",
        since="2024-01-01",
        title="Articles L232-12 et R232-29 du code de l'action sociale et des familles",
        href="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006074069",
        confidence="high",
    )

    def formula_2024_01_01(individu: Any, period: Any, parameters: Parameters) -> Array:
        law = au_premier_janvier(parameters, period)(period)
        autonomie = law.prestations_sociales.prestations_etat_de_sante.perte_autonomie_personnes_agees
        domicile = autonomie.apa_domicile
        montant = domicile.part_plafond_apa_domicile * domicile.plafond_apa_domicile_en_part_mtp.gir_1 * autonomie.mtp
        return montant * individu("apa_urgence_domicile_demande", period)
