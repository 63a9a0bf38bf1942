"""Corrections: housing aid is not due to a hosted family, without a rent, to a tenant of close relatives, nor to some foreign students."""

from collections.abc import Callable
from typing import Any

from numpy import clip, finfo, maximum, ndarray, where

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
    """The amount of the scale, given only when the exclusions that OpenFisca-France ignores do not apply."""

    correction = Correction(
        defect="L'aide était comptée pour une famille hébergée, sans loyer, ou locataire de ses proches dans un logement conventionné, "
        "depuis juillet 2026 pour les étudiants étrangers que la loi de finances en écarte, et le montant sous lequel une allocation de "
        "logement n'est pas versée était comparé au montant d'avant la minoration forfaitaire.",
        since="2019-09-01",
        title="Articles L822-2 (modifié par l'article 179 de la loi n° 2026-103 de finances pour 2026), L822-3, L822-5 et D823-16 "
        "du code de la construction et de l'habitation",
        href="https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000053509383",
        confidence="high",
    )

    def formula_2019_09_01(famille: Any, period: Any, parameters: Any) -> Any:
        montant = montant_du_bareme(famille, period, parameters)
        for condition in EXCLUSIONS:
            montant = montant * famille(condition, period)
        return montant


class aide_logement_montant_brut:
    """The fall of the amount for high rents spares those who receive AAH or AEEH, not everyone who is disabled."""

    correction = Correction(
        defect="La baisse de l'aide pour un loyer élevé épargnait toute personne handicapée, au lieu des seuls bénéficiaires "
        "de l'AAH ou de l'AEEH.",
        since="2019-09-01",
        title="Article D823-16 du code de la construction et de l'habitation",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038878905",
        confidence="high",
    )

    def formula_2019_09_01(famille: Any, period: Any, parameters: Any) -> Any:
        from openfisca_france.model.prestations.aides_logement import aide_logement_montant_brut as origine

        return origine.formula_2016_07_01(HandicapReconnu(famille, period), period, parameters)


class HandicapReconnu:
    """A family whose members count as disabled when it receives AAH or AEEH."""

    def __init__(self, famille: Any, period: Any) -> None:
        self._famille = famille
        self._reconnu = famille.project(famille("aide_logement_handicap_reconnu", period))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._famille, name)

    def __call__(self, name: str, period: Any, options: Any = None) -> ndarray:
        valeurs: ndarray = self._famille(name, period, options)
        return valeurs

    def members(self, name: str, period: Any, options: Any = None) -> ndarray:
        valeurs: ndarray = self._reconnu if name == "handicap" else self._famille.members(name, period, options)
        return valeurs


def montant_du_bareme(famille: Any, period: Any, parameters: Parameters) -> ndarray:
    """The amount by OpenFisca-France's own formula, when it reaches what is paid (article D823-16, last paragraph)."""
    from openfisca_france.model.prestations.aides_logement import aide_logement_montant as origine

    montant: ndarray = origine.formula(famille, period)
    seuils = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif.seuils_minimum_versement
    conventionne = famille.demandeur.menage("logement_conventionne", period)
    return montant * (montant >= where(conventionne, seuils.apl, seuils.non_apl))


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


def montant_selon_ressources(famille: Any, period: Any, parameters: Parameters, remplaces: dict[str, ndarray]) -> ndarray:
    """The amount of this home with other resources or another solidarity rent cut."""
    return montant_du_bareme(FamilleSi(famille, parameters, remplaces), period, parameters)


def montant_au_loyer_plafond(famille: Any, period: Any, parameters: Parameters, remplaces: dict[str, ndarray]) -> ndarray:
    """The amount that a tenant with this family has for the highest rent taken into account."""
    plafond = famille("aide_logement_loyer_plafond", period)
    remplaces = remplaces | {"aide_logement_loyer_reel": plafond, "aide_logement_loyer_retenu": plafond}
    depense = plafond + famille("aide_logement_charges", period)
    aide = maximum(0, depense - FamilleSi(famille, parameters, remplaces)("aide_logement_participation_personnelle", period))
    remplaces["aide_logement_montant_selectionne_avant_seuil"] = aide
    return montant_du_bareme(FamilleSi(famille, parameters, remplaces), period, parameters)


def ressources_estimees(famille: Any, period: Any, parameters: Parameters, retenu: ndarray, reduction: ndarray) -> ndarray:
    """The highest resources at which a tenant is still paid, by the scale solved for the resources, before any rounding."""
    aides = parameters(period).prestations_sociales.aides_logement
    locatif = aides.allocations_logement.locatif
    plafond = famille("aide_logement_loyer_plafond", period)
    loyer = where(retenu, famille("aide_logement_loyer_retenu", period), plafond)
    famille_si = FamilleSi(famille, parameters, {"aide_logement_loyer_retenu": loyer})
    aide_maximale = loyer + famille("aide_logement_charges", period) - famille_si("aide_logement_participation_minimale", period)
    coefficients = locatif.coefficients_degressivite_suppression[famille.demandeur.menage("zone_apl", period)]
    debut, fin = plafond * coefficients.degressivite, plafond * coefficients.suppression
    part = where(retenu, clip((fin - famille("aide_logement_loyer_compare", period)) / (fin - debut), 0, 1), 1)
    seuils = locatif.seuils_minimum_versement
    seuil = where(famille.demandeur.menage("logement_conventionne", period), seuils.apl, seuils.non_apl)
    net = maximum(seuil, 1) / (1 - parameters(period).prelevements_sociaux.contributions_sociales.crds)
    retenue = aides.reduction_loyer_solidarite.fraction_baisse_aide_logement * reduction
    aide_minimale = (net + locatif.minoration_forfaitaire + retenue) / maximum(part, finfo(float).eps)
    marge = (aide_maximale - aide_minimale) / famille_si("aide_logement_taux_participation_personnelle", period)
    return where(marge < 0, -1, famille("aide_logement_R0", period) + marge)
