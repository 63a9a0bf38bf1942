"""Corrections: housing aid is not due to a hosted family, without a rent, to a tenant of close relatives, nor to some foreign students.

Children in alternating custody count for their share of the year, two earners by their incomes of the reference year. The energy cheque
counts only people who are born, and goes to a dwelling where somebody files a tax return.
"""

from collections.abc import Callable
from typing import Any

from numpy import arange, clip, finfo, flatnonzero, floor, maximum, minimum, ndarray, where, zeros

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

ACCEDANTS_ET_FOYERS = "aides_logement_accedant_et_foyer"

# What changes with the number of dependants, besides.
RECALCULES_SANS_ENFANTS = RECALCULES | {
    "aide_logement_loyer_plafond",
    "aide_logement_loyer_retenu",
    "aide_logement_charges",
    "aide_logement_R0",
    "aide_logement_taux_famille",
    "aide_logement_loyer_reference",
    "aides_logement_nb_part",
    "aides_logement_plafond_mensualite",
    "aides_logement_primo_accedant_plafond_mensualite",
    "aides_logement_foyer_conventionne_plafond",
    "aides_logement_foyer_plafond_mensualite",
    "reduction_loyer_solidarite",
    "reduction_loyer_solidarite_montant",
    "reduction_loyer_solidarite_plafond_ressources",
}


class aide_logement_montant:
    """The amount of the scale, given only when the exclusions that OpenFisca-France ignores do not apply."""

    correction = Correction(
        defect="L'aide était comptée pour une famille hébergée, sans loyer, ou locataire de ses proches dans un logement conventionné, "
        "depuis juillet 2026 pour les étudiants étrangers que la loi de finances en écarte, le montant sous lequel une allocation de "
        "logement n'est pas versée était comparé au montant d'avant la minoration forfaitaire, et un enfant en garde alternée comptait "
        "toute l'année chez chacun de ses parents (Conseil d'État, 21 juillet 2017, n° 398563).",
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
    """A family of which somebody is disabled when it receives AAH or AEEH."""

    HANDICAP = object()

    def __init__(self, famille: Any, period: Any) -> None:
        self._famille, self._period = famille, period

    def __getattr__(self, name: str) -> Any:
        return getattr(self._famille, name)

    def __call__(self, name: str, period: Any, options: Any = None) -> ndarray:
        valeurs: ndarray = self._famille(name, period, options)
        return valeurs

    def members(self, name: str, period: Any, options: Any = None) -> Any:
        return self.HANDICAP if name == "handicap" else self._famille.members(name, period, options)

    def any(self, values: Any) -> Any:
        return self("aide_logement_handicap_reconnu", self._period) if values is self.HANDICAP else self._famille.any(values)


class aide_logement_biactivite:
    """Both spouses' earned incomes of the year on which the aid is based, where OpenFisca-France reads one month of wages."""

    correction = Correction(
        defect="L'abattement de double activité comparait un seul mois de salaire à douze fois la base mensuelle des allocations "
        "familiales : il n'était presque jamais appliqué.",
        since="2021-01-01",
        title="Article R822-7 du code de la construction et de l'habitation",
        href="https://www.legifrance.gouv.fr/codes/id/LEGIARTI000038878997/",
        confidence="high",
    )

    def formula_2021_01_01(famille: Any, period: Any, parameters: Any) -> Any:
        from openfisca_core.periods import Period
        from openfisca_core.populations import ADD
        from openfisca_france.entities import Famille

        annee_glissante = Period(("year", period.start, 1)).offset(-1).offset(-1, "month")
        salaire = famille.members("salaire_imposable", annee_glissante, options=[ADD])
        salaire = salaire + famille.members("f1tt", period.n_2) + famille.members("f3vj", period.n_2)
        frais = parameters(period.last_year).impot_revenu.calcul_revenus_imposables.deductions.abatpro
        forfait = minimum(maximum(frais.taux * salaire, frais.min), frais.max)
        revenu = maximum(0, salaire - maximum(forfait, famille.members("frais_reels", period.last_year)))
        revenu = revenu + famille.members("rpns_imposables", period.n_2)
        seuil = 12 * parameters(period).prestations_sociales.prestations_familiales.bmaf.bmaf
        return famille("en_couple", period) * famille.all(revenu >= seuil, role=Famille.PARENT)


class cheque_energie_unites_consommation:
    """OpenFisca-France's count, of the people who are born at the start of the year."""

    correction = Correction(
        defect="Un enfant à naître comptait parmi les personnes du logement.",
        since="2017-01-01",
        title="Article R124-1 du code de l'énergie",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032497834",
        confidence="high",
    )

    def formula_2017(menage: Any, period: Any, parameters: Any) -> Any:
        from openfisca_france.model.prestations.cheque_energie import cheque_energie_unites_consommation as origine

        return origine.formula_2017(PersonnesNees(menage, period.first_month), period, parameters)


class PersonnesNees:
    """A dwelling in which only the people who are born count."""

    def __init__(self, menage: Any, month: Any) -> None:
        self._menage, self._nees = menage, menage.members("age", month) >= 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._menage, name)

    def nb_persons(self) -> ndarray:
        nombre: ndarray = self._menage.sum(self._nees)
        return nombre

    def sum(self, values: Any) -> ndarray:
        somme: ndarray = self._menage.sum(values * self._nees)
        return somme


class cheque_energie:
    """For a dwelling where somebody files a tax return, not only people who are on the return of relatives living elsewhere."""

    correction = Correction(
        defect="Un étudiant rattaché à la déclaration de revenus de ses parents recevait un chèque énergie pour son propre logement.",
        since="2017-01-01",
        title="Article R124-1 du code de l'énergie",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032497834",
        confidence="high",
    )

    def formula_2017(menage: Any, period: Any) -> Any:
        declarant = menage("cheque_energie_condition_declarant", period)
        return declarant * menage("cheque_energie_eligibilite_logement", period) * menage("cheque_energie_montant", period)


class FamilleSi:
    """Families as OpenFisca-France's formulas see them, with some of their figures replaced and what follows from them computed anew.

    Args:
        remplaces: the figures that are replaced, of those families.
        lignes: the rows of the families, when they are not all.
    """

    def __init__(
        self, famille: Any, parameters: Parameters, remplaces: dict[str, ndarray], lignes: ndarray | None = None, lus: Any = None
    ) -> None:
        self._famille, self._parameters, self._lignes = famille, parameters, lignes
        self._donnees, self._valeurs = remplaces, dict(remplaces)
        self._lus: dict[tuple[str, Any], ndarray] = {} if lus is None else lus
        self._recalcules = RECALCULES_SANS_ENFANTS if "al_nb_personnes_a_charge" in remplaces else RECALCULES

    def __getattr__(self, name: str) -> Any:
        return getattr(self._famille, name)

    def __call__(self, name: str, period: Any, options: Any = None) -> ndarray:
        if name not in self._recalcules and name not in self._valeurs:
            return self._choisies(self._famille(name, period, options))
        if name not in self._valeurs:
            self._valeurs[name] = self._des_accedants_et_foyers(period) if name == ACCEDANTS_ET_FOYERS else self._calculee(name, period)
        return self._valeurs[name]

    def _calculee(self, name: str, period: Any) -> ndarray:
        formula = self._famille.simulation.tax_benefit_system.get_variable(name).get_formula(period)
        valeurs: ndarray = formula(*(self, period, self._parameters)[: formula.__code__.co_argcount])
        return valeurs

    def _des_accedants_et_foyers(self, period: Any) -> ndarray:
        """The amount of those who buy or live in a hostel, which is computed for them alone; it is not read for tenants."""
        autres = autre_bareme(self, period) + self.menage("aides_logement_primo_accedant_eligibilite", period)
        concernees, montants = flatnonzero(autres), zeros(len(autres))
        if len(concernees):
            montants[concernees] = self.parmi(concernees)._calculee(ACCEDANTS_ET_FOYERS, period)
        return montants

    @property
    def demandeur(self) -> "FamilleSi":
        """The person who claims, of whom only the home is read: ``famille.demandeur.menage``."""
        return self

    def menage(self, name: str, period: Any) -> ndarray:
        """A figure of the home, read once however many figures of the family are tried."""
        if (name, period) not in self._lus:
            self._lus[name, period] = self._famille.demandeur.menage(name, period)
        return self._choisies(self._lus[name, period])

    def _choisies(self, valeurs: ndarray) -> ndarray:
        return valeurs if self._lignes is None else valeurs[self._lignes]

    def avec(self, remplaces: dict[str, ndarray]) -> "FamilleSi":
        """The same families with more figures replaced."""
        return FamilleSi(self._famille, self._parameters, self._donnees | remplaces, self._lignes, self._lus)

    def parmi(self, lignes: ndarray) -> "FamilleSi":
        """Some of these families, by their rows among them."""
        rangs = lignes if self._lignes is None else self._lignes[lignes]
        donnees = {name: values[lignes] for name, values in self._donnees.items()}
        return FamilleSi(self._famille, self._parameters, donnees, rangs, self._lus)


def montant_du_bareme(famille: Any, period: Any, parameters: Parameters) -> ndarray:
    """The amount of this home."""
    return _montant_de_l_annee(FamilleSi(famille, parameters, {}), period, parameters, _montant_verse)


def montant_selon_logement(famille: FamilleSi, period: Any, parameters: Parameters) -> ndarray:
    """The amount of this home where it is kept, and elsewhere that of a tenant with the highest rent taken into account."""
    return _montant_de_l_annee(famille, period, parameters, _montant_selon_logement)


def _montant_de_l_annee(famille: FamilleSi, period: Any, parameters: Parameters, montant: Callable[..., ndarray]) -> ndarray:
    """The mean of the months with the children in alternating custody and of those without them (Conseil d'État, n° 398563)."""
    avec = montant(famille, period, parameters)
    alternes = famille("aide_logement_enfants_en_alternance", period)
    lignes = flatnonzero(alternes)
    if not len(lignes):
        return avec
    concernees = famille.parmi(lignes)
    autre = concernees.avec({"al_nb_personnes_a_charge": concernees("al_nb_personnes_a_charge", period) - alternes[lignes]})
    if "reduction_loyer_solidarite" in concernees._donnees:
        reduction = minimum(concernees("reduction_loyer_solidarite", period), autre("reduction_loyer_solidarite_montant", period))
        autre = autre.avec({"reduction_loyer_solidarite": reduction})
    part = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm.facteur_garde_alternee
    moyen = avec.copy()
    moyen[lignes] = floor(part * avec[lignes] + (1 - part) * montant(autre, period, parameters))
    return moyen


def _montant_verse(famille: Any, period: Any, parameters: Parameters) -> ndarray:
    """The amount by OpenFisca-France's own formula, when it reaches what is paid (article D823-16, last paragraph)."""
    from openfisca_france.model.prestations.aides_logement import aide_logement_montant as origine

    montant: ndarray = origine.formula(famille, period)
    seuils = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif.seuils_minimum_versement
    conventionne = famille.demandeur.menage("logement_conventionne", period)
    return montant * (montant >= where(conventionne, seuils.apl, seuils.non_apl))


def _montant_selon_logement(famille: FamilleSi, period: Any, parameters: Parameters) -> ndarray:
    retenu = famille("aide_logement_logement_retenu", period)
    if retenu.all():
        return _montant_verse(famille, period, parameters)
    plafond = famille("aide_logement_loyer_plafond", period)
    loyers = {name: where(retenu, famille(name, period), plafond) for name in ("aide_logement_loyer_reel", "aide_logement_loyer_retenu")}
    ici = famille.avec(loyers)
    depense = plafond + ici("aide_logement_charges", period)
    au_plafond = maximum(0, depense - ici("aide_logement_participation_personnelle", period))
    aide = where(retenu, ici("aide_logement_montant_selectionne_avant_seuil", period), au_plafond)
    return _montant_verse(ici.avec({"aide_logement_montant_selectionne_avant_seuil": aide}), period, parameters)


def premier_pas_sans_aide(versee: Callable[[ndarray, ndarray], ndarray], estimation: ndarray) -> ndarray:
    """The first step of resources at which nothing is paid, looked for from around an estimate.

    Args:
        versee: whether something is paid at some steps of resources to the families of some rows; always so below zero.
        estimation: of each family, about the last step at which something is paid.
    """
    bas, haut = maximum(estimation, -1), estimation + 1
    lignes, ecart = arange(len(bas)), 1
    while len(lignes):
        lignes = lignes[~versee(bas[lignes], lignes)]
        haut[lignes], bas[lignes], ecart = bas[lignes], maximum(bas[lignes] - ecart, -1), 2 * ecart
    lignes, ecart = flatnonzero(haut > estimation), 1
    while len(lignes):
        lignes = lignes[versee(haut[lignes], lignes)]
        bas[lignes], haut[lignes], ecart = haut[lignes], haut[lignes] + ecart, 2 * ecart
    while len(lignes := flatnonzero(haut - bas > 1)):
        milieu = (bas[lignes] + haut[lignes]) >> 1
        paye = versee(milieu, lignes)
        bas[lignes], haut[lignes] = where(paye, milieu, bas[lignes]), where(paye, haut[lignes], milieu)
    return haut


def autre_bareme(famille: FamilleSi, period: Any) -> ndarray:
    """Whether a family buys its home or lives in a hostel: its aid does not follow the scale of tenants."""
    from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

    statut = famille.menage("statut_occupation_logement", period)
    autre: ndarray = (statut == Statut.locataire_foyer) + (statut == Statut.primo_accedant) + famille.menage("logement_crous", period)
    return autre


def dernier_pas_estime(famille: FamilleSi, period: Any, parameters: Parameters, reduction: ndarray, pas: float) -> ndarray:
    """About the last step of resources at which something is paid, from the scale alone, before any rounding."""
    estimation = maximum(_ressources_d_un_locataire(famille, period, parameters, reduction) // pas, -1).astype(int)
    lignes = flatnonzero(famille("aide_logement_logement_retenu", period) * autre_bareme(famille, period))
    if not len(lignes):
        return estimation
    concernees, aide_minimale = famille.parmi(lignes), _aide_minimale(famille, period, parameters, reduction)[lignes]

    def versee(rang: ndarray, rangs: ndarray) -> ndarray:
        aide = concernees.parmi(rangs).avec({"aide_logement_base_ressources": rang * pas})("aides_logement_accedant_et_foyer", period)
        paye: ndarray = (aide >= aide_minimale[rangs]) | (rang < 0)
        return paye

    estimation[lignes] = premier_pas_sans_aide(versee, estimation[lignes]) - 1
    return estimation


def _aide_minimale(famille: Any, period: Any, parameters: Parameters, reduction: ndarray) -> ndarray:
    """The aid of the scale from which something is paid, once the flat cut, the rent cut and the CRDS are taken away."""
    aides = parameters(period).prestations_sociales.aides_logement
    seuils = aides.allocations_logement.locatif.seuils_minimum_versement
    seuil = where(famille.demandeur.menage("logement_conventionne", period), seuils.apl, seuils.non_apl)
    net = maximum(seuil, 1) / (1 - parameters(period).prelevements_sociaux.contributions_sociales.crds)
    retenue = aides.reduction_loyer_solidarite.fraction_baisse_aide_logement * reduction
    minimale: ndarray = net + aides.allocations_logement.locatif.minoration_forfaitaire + retenue
    return minimale


def _ressources_d_un_locataire(famille: FamilleSi, period: Any, parameters: Parameters, reduction: ndarray) -> ndarray:
    """The highest resources at which a tenant is still paid, by the scale solved for the resources."""
    retenu = famille("aide_logement_logement_retenu", period)
    locatif = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif
    plafond = famille("aide_logement_loyer_plafond", period)
    loyer = where(retenu, famille("aide_logement_loyer_retenu", period), plafond)
    famille_si = famille.avec({"aide_logement_loyer_retenu": loyer})
    aide_maximale = loyer + famille("aide_logement_charges", period) - famille_si("aide_logement_participation_minimale", period)
    coefficients = locatif.coefficients_degressivite_suppression[famille.demandeur.menage("zone_apl", period)]
    debut, fin = plafond * coefficients.degressivite, plafond * coefficients.suppression
    part = where(retenu, clip((fin - famille("aide_logement_loyer_compare", period)) / (fin - debut), 0, 1), 1)
    aide_minimale = _aide_minimale(famille, period, parameters, reduction) / maximum(part, finfo(float).eps)
    marge = (aide_maximale - aide_minimale) / famille_si("aide_logement_taux_participation_personnelle", period)
    return where(marge < 0, -1, famille("aide_logement_R0", period) + marge)
