"""Corrections: housing aid is not due to a hosted family, without a rent, to a tenant of close relatives, nor to some foreign students."""

from collections.abc import Callable
from typing import Any

from numpy import maximum, ndarray

from tznr_rules.corrections import Correction

Parameters = Callable[[Any], Any]

EXCLUSIONS = (
    "aide_logement_condition_hebergement",
    "aide_logement_condition_bailleur",
    "aide_logement_condition_loyer",
    "aide_logement_condition_etudiant",
)

# What OpenFisca-France computes between the rent or the resources and the amount, in its order.
RECALCULES = frozenset(
    {
        "aide_logement_rapport_loyers",
        "aide_logement_rapport_loyers_arrondi_pourcent",
        "aide_logement_taux_loyer",
        "aide_logement_taux_participation_personnelle",
        "aide_logement_participation_minimale",
        "aide_logement_ressources_apres_abattement",
        "aide_logement_participation_ressources",
        "aide_logement_participation_personnelle",
        "aides_logement_primo_accedant_k",
        "aides_logement_foyer_k_al",
        "aides_logement_foyer_k_apl",
        "aides_logement_k",
        "aides_logement_loyer_minimal_al",
        "aides_logement_loyer_minimal_apl",
        "aides_logement_loyer_minimal",
        "aides_logement_accedant_et_foyer",
        "aide_logement_montant_selectionne_avant_seuil",
        "aide_logement_montant_brut_avant_degressivite",
        "aide_logement_montant_brut",
        "aide_logement_montant_brut_crds",
        "crds_logement",
    }
)


class aide_logement_montant:
    """The amount of OpenFisca-France, given only when the exclusions that it ignores do not apply."""

    correction = Correction(
        defect="L'aide était comptée pour une famille hébergée, sans loyer, chez un bailleur de la famille proche en logement conventionné, "
        "et depuis juillet 2026 pour les étudiants étrangers que la loi de finances en écarte.",
        since="2019-09-01",
        title="Articles L822-2 (modifié par l'article 179 de la loi n° 2026-103 de finances pour 2026), L822-3 et L822-5 "
        "du code de la construction et de l'habitation",
        href="https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000053509383",
        confidence="high",
    )

    def formula_2019_09_01(famille, period):
        montant = montant_sans_exclusions(famille, period)
        for condition in EXCLUSIONS:
            montant = montant * famille(condition, period)
        return montant


def montant_sans_exclusions(famille: Any, period: Any) -> ndarray:
    """The amount by OpenFisca-France's own formula."""
    from openfisca_france.model.prestations.aides_logement import aide_logement_montant as origine

    montant: ndarray = origine.formula(famille, period)
    return montant


class FamilleSi:
    """A family as OpenFisca-France's formulas see it, with some of its figures replaced and what follows from them computed anew."""

    def __init__(self, famille: Any, parameters: Parameters, remplaces: dict[str, ndarray]) -> None:
        self._famille, self._parameters, self._valeurs = famille, parameters, dict(remplaces)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._famille, name)

    def __call__(self, name: str, period: Any, options: Any = None) -> ndarray:
        if name not in RECALCULES and name not in self._valeurs:
            valeurs: ndarray = self._famille(name, period, options)
            return valeurs
        if name not in self._valeurs:
            formula = self._famille.simulation.tax_benefit_system.get_variable(name).get_formula(period)
            arguments = (self, period, self._parameters)[: formula.__code__.co_argcount]
            self._valeurs[name] = formula(*arguments)
        return self._valeurs[name]


def montant_selon_ressources(famille: Any, period: Any, parameters: Parameters, ressources: ndarray) -> ndarray:
    """The amount of this home with other resources; the solidarity rent cut stays the one of the household."""
    return montant_sans_exclusions(FamilleSi(famille, parameters, {"aide_logement_base_ressources": ressources}), period)


def montant_au_loyer_plafond(famille: Any, period: Any, parameters: Parameters, ressources: ndarray) -> ndarray:
    """The amount that a tenant with this family and these resources has for the highest rent taken into account."""
    plafond = famille("aide_logement_loyer_plafond", period)
    remplaces = {"aide_logement_base_ressources": ressources, "aide_logement_loyer_reel": plafond, "aide_logement_loyer_retenu": plafond}
    depense = plafond + famille("aide_logement_charges", period)
    aide = maximum(0, depense - FamilleSi(famille, parameters, remplaces)("aide_logement_participation_personnelle", period))
    remplaces["aide_logement_montant_selectionne_avant_seuil"] = aide
    return montant_sans_exclusions(FamilleSi(famille, parameters, remplaces), period)
