"""Corrections: housing aid is not due to a hosted family, without a rent, to a tenant of close relatives, nor to some foreign students.

Children in alternating custody count for their share of the year, two earners by their incomes of the reference year. The energy cheque
counts only people who are born, and goes to a dwelling where somebody files a tax return.
"""

from collections.abc import Callable
from typing import Any

from numpy import append, arange, ceil, delete, finfo, flatnonzero, floor, maximum, minimum, ndarray, round, searchsorted, where, zeros

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
        "aide_logement_part_gardee",
        "aide_logement_montant_brut_avant_degressivite",
        "aide_logement_montant_brut",
        "aide_logement_montant_brut_crds",
        "crds_logement",
    }
)

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

# What the resources change of it: the rates and the share that is kept follow from the rent and from the family.
SUITES_DES_RESSOURCES = RECALCULES - {
    "aide_logement_rapport_loyers",
    "aide_logement_rapport_loyers_arrondi_pourcent",
    "aide_logement_taux_loyer",
    "aide_logement_taux_participation_personnelle",
    "aide_logement_participation_minimale",
    "aide_logement_part_gardee",
}

ACCEDANTS_ET_FOYERS = "aides_logement_accedant_et_foyer"
LOYERS = ("aide_logement_loyer_reel", "aide_logement_loyer_retenu")
RESSOURCES = ("aide_logement_base_ressources", "reduction_loyer_solidarite")

CENTIMES = 2
ARRONDIS = 0.02  # the amount is rounded to the cent twice, once the CRDS is known
# Where to look for the last step of resources at which something is paid: around an estimate, good or poor, then between two steps.
PRES, LOIN = arange(-1, 3), arange(-512, 513, 64)
PARTS = 8


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

    def formula_2019_09_01(famille: Any, period: Any) -> Any:
        montant = famille("aide_logement_montant_bareme", period)
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
        locatif = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif
        montant = famille("aide_logement_montant_brut_avant_degressivite", period) * famille("aide_logement_part_gardee", period)
        return maximum(0, round(montant, CENTIMES) - locatif.minoration_forfaitaire)


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

    def __init__(self, famille: Any, parameters: Parameters, remplaces: dict[str, ndarray], lignes: ndarray | None = None) -> None:
        self._famille, self._parameters, self._lignes = famille, parameters, lignes
        self._donnees, self._valeurs = remplaces, dict(remplaces)
        self._recalcules = RECALCULES_SANS_ENFANTS if "al_nb_personnes_a_charge" in remplaces else RECALCULES
        self._lus: dict[tuple[str, Any], ndarray] = {}
        self._origine: FamilleSi | None = None
        self._rangs: ndarray | None = None
        self._suites: frozenset[str] = frozenset()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._famille, name)

    def __call__(self, name: str, period: Any, options: Any = None) -> ndarray:
        if name not in self._recalcules and name not in self._valeurs:
            return self._choisies(self._famille(name, period, options))
        valeurs = self._connues(name)
        if valeurs is None:
            valeurs = self._des_accedants_et_foyers(period) if name == ACCEDANTS_ET_FOYERS else self._calculee(name, period)
            self._valeurs[name] = valeurs
        return valeurs

    def _connues(self, name: str) -> ndarray | None:
        """A figure that was computed for these families, or for those from which they come if it stays the same."""
        if name not in self._valeurs and self._origine is not None and name not in self._suites:
            valeurs = self._origine._connues(name)
            if valeurs is not None:
                self._valeurs[name] = valeurs if self._rangs is None else valeurs[self._rangs]
        return self._valeurs.get(name)

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
        return self._tiree(self._donnees | remplaces, self._lignes, None, frozenset().union(*(_suites(name) for name in remplaces)))

    def parmi(self, lignes: ndarray) -> "FamilleSi":
        """Some of these families, by their rows among them."""
        donnees = {name: values[lignes] for name, values in self._donnees.items()}
        return self._tiree(donnees, lignes if self._lignes is None else self._lignes[lignes], lignes, frozenset())

    def _tiree(self, donnees: dict[str, ndarray], lignes: ndarray | None, rangs: ndarray | None, suites: frozenset[str]) -> "FamilleSi":
        """Other families, of which all that does not follow from what changes is as in these."""
        autre = FamilleSi(self._famille, self._parameters, donnees, lignes)
        autre._origine, autre._rangs, autre._suites, autre._lus = self, rangs, suites, self._lus
        return autre


def _suites(remplace: str) -> frozenset[str]:
    """What follows from a figure that is replaced."""
    if remplace == "al_nb_personnes_a_charge":
        return RECALCULES_SANS_ENFANTS
    return SUITES_DES_RESSOURCES if remplace in RESSOURCES else RECALCULES


class Annee:
    """A year of some families: the months with the children in alternating custody and those without them.

    The aid is the mean of both (Conseil d'État, n° 398563).

    Args:
        sans: those of the families that have such children, without them; none when no family has any.
        alternees: the rows of those among the first.
    """

    def __init__(self, avec: FamilleSi, sans: FamilleSi | None, alternees: ndarray, period: Any, parameters: Parameters) -> None:
        self.avec, self.sans, self.alternees = avec, sans, alternees
        self._period, self._parameters = period, parameters

    @classmethod
    def de(cls, famille: FamilleSi, period: Any, parameters: Parameters) -> "Annee":
        """The year of some families as they are."""
        alternes = famille("aide_logement_enfants_en_alternance", period)
        lignes = flatnonzero(alternes)
        if not len(lignes):
            return cls(famille, None, lignes, period, parameters)
        concernees = famille.parmi(lignes)
        sans = concernees.avec({"al_nb_personnes_a_charge": concernees("al_nb_personnes_a_charge", period) - alternes[lignes]})
        return cls(famille, sans, lignes, period, parameters)

    def au_loyer_retenu(self) -> "Annee":
        """The same year, with the highest rent taken into account where the home is not kept."""
        sans = self.sans and au_loyer_retenu(self.sans, self._period)
        return Annee(au_loyer_retenu(self.avec, self._period), sans, self.alternees, self._period, self._parameters)

    def reduction_sans(self, reduction: ndarray) -> ndarray:
        """The cut of the rent of those who have such children, which is never more than the one of a family without them."""
        assert self.sans is not None
        return minimum(reduction[self.alternees], self.sans("reduction_loyer_solidarite_montant", self._period))

    def parmi(self, lignes: ndarray) -> "Annee":
        """The year of some of these families, by their rows among them."""
        avec = self.avec.parmi(lignes)
        places = searchsorted(self.alternees, lignes)
        alternees = flatnonzero(append(self.alternees, -1)[places] == lignes)
        sans = self.sans.parmi(places[alternees]) if self.sans is not None and len(alternees) else None
        return Annee(avec, sans, alternees, self._period, self._parameters)

    def si(self, ressources: ndarray, reduction: ndarray) -> "Annee":
        """The year of the same families with other resources and another cut of the rent."""
        avec, sans = self.avec.avec(dict(zip(RESSOURCES, (ressources, reduction), strict=True))), None
        if self.sans is not None:
            des_autres = (ressources[self.alternees], self.reduction_sans(reduction))
            sans = self.sans.avec(dict(zip(RESSOURCES, des_autres, strict=True)))
        return Annee(avec, sans, self.alternees, self._period, self._parameters)

    def montant(self, montant: Callable[..., ndarray]) -> ndarray:
        """The mean of the months, each by a formula."""
        avec = montant(self.avec, self._period, self._parameters)
        if self.sans is None:
            return avec
        generales = self._parameters(self._period).prestations_sociales.prestations_familiales.prestations_generales
        part, moyen = generales.af.af_cm.facteur_garde_alternee, avec.copy()
        sans = montant(self.sans, self._period, self._parameters)
        moyen[self.alternees] = floor(part * avec[self.alternees] + (1 - part) * sans)
        return moyen


def montant_du_bareme(famille: Any, period: Any, parameters: Parameters) -> ndarray:
    """The amount of this home."""
    return Annee.de(FamilleSi(famille, parameters, {}), period, parameters).montant(_montant_verse)


def montant_au_loyer_maximum(famille: FamilleSi, period: Any, parameters: Parameters) -> ndarray:
    """The amount of families whose home is not kept: that of a tenant with the highest rent taken into account."""
    return Annee.de(famille, period, parameters).au_loyer_retenu().montant(_montant_au_loyer_retenu)


def au_loyer_retenu(famille: FamilleSi, period: Any) -> FamilleSi:
    """The same families, with the highest rent taken into account where the home is not kept."""
    retenu = famille("aide_logement_logement_retenu", period)
    if retenu.all():
        return famille
    plafond = famille("aide_logement_loyer_plafond", period)
    return famille.avec({name: where(retenu, famille(name, period), plafond) for name in LOYERS})


def _montant_verse(famille: Any, period: Any, parameters: Parameters) -> ndarray:
    """The amount by OpenFisca-France's own formula, when it reaches what is paid (article D823-16, last paragraph)."""
    from openfisca_france.model.prestations.aides_logement import aide_logement_montant as origine

    montant: ndarray = origine.formula(famille, period)
    seuils = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif.seuils_minimum_versement
    conventionne = famille.demandeur.menage("logement_conventionne", period)
    return montant * (montant >= where(conventionne, seuils.apl, seuils.non_apl))


def _montant_au_loyer_retenu(famille: FamilleSi, period: Any, parameters: Parameters) -> ndarray:
    """The amount of this home where it is kept, and elsewhere that of a tenant, by the rent that was set."""
    retenu = famille("aide_logement_logement_retenu", period)
    if retenu.all():
        return _montant_verse(famille, period, parameters)
    depense = famille("aide_logement_loyer_plafond", period) + famille("aide_logement_charges", period)
    aide = maximum(0, depense - famille("aide_logement_participation_personnelle", period))
    if retenu.any():
        aide = where(retenu, famille("aide_logement_montant_selectionne_avant_seuil", period), aide)
    return _montant_verse(famille.avec({"aide_logement_montant_selectionne_avant_seuil": aide}), period, parameters)


def premier_pas_sans_aide(versee: Callable[[ndarray, ndarray], ndarray], estimation: ndarray, ecarts: ndarray) -> ndarray:
    """The first step of resources at which nothing is paid, looked for from around an estimate, several steps at a time.

    Args:
        versee: whether something is paid at some steps of resources to the families of some rows; always so below zero.
        estimation: of each family, about the last step at which something is paid.
        ecarts: how far from the estimate to look first, from before it to after it; wider and wider if that is not enough.
    """
    bas, haut = estimation.copy(), estimation + 1

    def encadrees(essais: ndarray, lignes: ndarray) -> ndarray:
        """Put between two of the steps that are tried those that are; say which."""
        paye = versee(essais.ravel(), lignes.repeat(essais.shape[1])).reshape(essais.shape)
        payes, rangs = paye.sum(axis=1), arange(len(lignes))
        trouvees = flatnonzero((payes > 0) & (payes < essais.shape[1]))
        avant = payes[trouvees]
        bas[lignes[trouvees]] = essais[rangs[trouvees], avant - 1]
        haut[lignes[trouvees]] = essais[rangs[trouvees], avant]
        return trouvees

    lignes = arange(len(estimation))
    while len(lignes):
        trouvees = encadrees(maximum(estimation[lignes, None] + ecarts, -1), lignes)
        lignes, ecarts = delete(lignes, trouvees), ecarts * len(ecarts)
    while len(lignes := flatnonzero(haut - bas > 1)):
        largeur = (haut - bas)[lignes, None]
        encadrees(bas[lignes, None] + largeur * arange(PARTS + 1) // PARTS, lignes)
    return haut


def autre_bareme(famille: FamilleSi, period: Any) -> ndarray:
    """Whether a family buys its home or lives in a hostel: its aid does not follow the scale of tenants."""
    from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

    statut = famille.menage("statut_occupation_logement", period)
    autre: ndarray = (statut == Statut.locataire_foyer) + (statut == Statut.primo_accedant) + famille.menage("logement_crous", period)
    return autre


class EchelleDesRessources:
    """The resources of some families, step by step, and whether something is paid to them at each."""

    def __init__(self, famille: FamilleSi, period: Any, parameters: Parameters, pas: float) -> None:
        self._annee, self._period, self._pas = Annee.de(famille, period, parameters).au_loyer_retenu(), period, pas
        self._bareme = BaremeDesLocataires(self._annee.avec, period, parameters)

    def premier_pas_sans_aide(self, lignes: ndarray, reduction: ndarray) -> ndarray:
        """The first step at which nothing is paid to the families of some rows, each with a cut of its rent.

        By the scale of tenants; by the amount itself where another rule, or a rounding, decides.
        """
        plus_tot, dernier, plus_tard = self._bareme.derniers_pas(lignes, reduction, self._pas)
        premier, doute = dernier + 1, flatnonzero(~self._bareme.complet[lignes] | (plus_tot != plus_tard))
        if len(doute):
            lignes, reduction = lignes[doute], reduction[doute]
            estimation = self._estimation(dernier[doute], lignes, reduction)
            premier[doute] = premier_pas_sans_aide(
                lambda rang, places: self._versee(rang, lignes[places], reduction[places]), estimation, PRES
            )
        return premier

    def _versee(self, rang: ndarray, lignes: ndarray, reduction: ndarray) -> ndarray:
        montant = self._annee.parmi(lignes).si(rang * self._pas, reduction).montant(_montant_au_loyer_retenu)
        paye: ndarray = (montant > 0) | (rang < 0)
        return paye

    def _estimation(self, dernier: ndarray, lignes: ndarray, reduction: ndarray) -> ndarray:
        """About the last step at which something is paid to some families, by their own scale for those who buy or live in a hostel."""
        familles, period = self._annee.avec.parmi(lignes), self._period
        autres = flatnonzero(familles("aide_logement_logement_retenu", period) * autre_bareme(familles, period))
        if not len(autres):
            return dernier
        concernees, minimale = familles.parmi(autres), self._bareme.aide_minimale(lignes[autres], reduction[autres])

        def versee(rang: ndarray, places: ndarray) -> ndarray:
            aide = concernees.parmi(places).avec({RESSOURCES[0]: rang * self._pas})(ACCEDANTS_ET_FOYERS, period)
            paye: ndarray = (aide >= minimale[places]) | (rang < 0)
            return paye

        dernier[autres] = premier_pas_sans_aide(versee, dernier[autres], LOIN) - 1
        return dernier


class BaremeDesLocataires:
    """The scale of tenants, solved for the resources, before the roundings of the amount.

    Args:
        famille: with the highest rent taken into account where the home is not kept.

    Attributes:
        complet: of each family, whether nothing else decides that something is paid: neither another scale nor the mean of a year.
    """

    def __init__(self, famille: FamilleSi, period: Any, parameters: Parameters) -> None:
        aides = parameters(period).prestations_sociales.aides_logement
        locatif = aides.allocations_logement.locatif
        loyer, charges = famille("aide_logement_loyer_retenu", period), famille("aide_logement_charges", period)
        self._aide_maximale = loyer + charges - famille("aide_logement_participation_minimale", period)
        self._taux = famille("aide_logement_taux_participation_personnelle", period)
        self._abattement = famille("aide_logement_R0", period)
        self._part = maximum(famille("aide_logement_part_gardee", period), finfo(float).eps)
        seuils = locatif.seuils_minimum_versement
        seuil = ceil(maximum(where(famille.menage("logement_conventionne", period), seuils.apl, seuils.non_apl), 1))
        self._minimale = seuil / (1 - parameters(period).prelevements_sociaux.contributions_sociales.crds) + locatif.minoration_forfaitaire
        self._baisse = aides.reduction_loyer_solidarite.fraction_baisse_aide_logement
        autre = famille("aide_logement_logement_retenu", period) * autre_bareme(famille, period)
        alternes = famille("aide_logement_enfants_en_alternance", period) > 0
        self.complet = ~(autre + alternes + famille.menage("residence_saint_pierre_et_miquelon", period))

    def aide_minimale(self, lignes: ndarray, reduction: ndarray) -> ndarray:
        """The aid of the scale from which something is paid, once the flat cut, the rent cut and the CRDS are taken away."""
        minimale: ndarray = self._minimale[lignes] + self._baisse * reduction
        return minimale

    def derniers_pas(self, lignes: ndarray, reduction: ndarray, pas: float) -> list[ndarray]:
        """The last step of resources at which a tenant is paid, -1 for none: soonest, by the scale, latest, as roundings may have it."""
        part, taux = self._part[lignes], self._taux[lignes]
        marge = (self._aide_maximale[lignes] - self.aide_minimale(lignes, reduction) / part) / taux
        arrondis, abattement = ARRONDIS / (part * taux), self._abattement[lignes]
        marges = (marge - arrondis, marge, marge + arrondis)
        return [maximum(where(each < 0, -1, abattement + each) // pas, -1).astype(int) for each in marges]
