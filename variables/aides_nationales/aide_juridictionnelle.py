"""Legal aid: the share of the costs of a lawyer and a lawsuit that the State pays, by income, savings and property."""

from numpy import clip, maximum, select
from openfisca_france.model.base import MONTH, FoyerFiscal, Variable

DECRET = [
    "Décret n° 2020-1717 du 28 décembre 2020, articles 3 à 6",
    "https://juriblio.fr/decrets/decret-no-2020-1717-du-28-decembre-2020/176965939/titre-ier/chapitre-ier",
]
LOI = [
    "Loi n° 91-647 du 10 juillet 1991 relative à l'aide juridique, article 4",
    "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000537611",
]
DECRET_ET_LOI = [*DECRET, *LOI]
EPARGNE = ("livret_a", "epargne_revenus_non_imposables", "epargne_revenus_imposables")
IMMEUBLES = ("valeur_patrimoine_loue", "valeur_immo_non_loue", "valeur_terrains_non_loues")


def majoration(foyer_fiscal, period, regles, montants):
    """What the persons of the tax household after the first add to a ceiling."""
    autres = maximum(foyer_fiscal("aide_juridictionnelle_personnes", period) - 1, 0)
    premieres = clip(autres, 0, regles.nombre_premieres)
    return premieres * montants.majoration_premieres + (autres - premieres) * montants.majoration_suivantes


class aide_juridictionnelle_personnes(Variable):
    value_type = int
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Personnes du foyer fiscal"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period):
        return foyer_fiscal.sum(foyer_fiscal.members("age", period) >= 0)


class aide_juridictionnelle_revenu(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Revenu fiscal de référence du dernier avis d'impôt"
    unit = "currency"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period, parameters):
        """From September the last notice is the one of the incomes of the year before; until then, of two years before."""
        recu = period.start.month >= parameters(period).aides_nationales.aide_juridictionnelle.mois_avis
        return foyer_fiscal("rfr", period.last_year if recu else period.n_2)


class aide_juridictionnelle_plafond_revenu(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Revenu fiscal de référence le plus haut pour une aide partielle"
    unit = "currency"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period, parameters):
        regles = parameters(period).aides_nationales.aide_juridictionnelle
        return regles.revenu.aide_partielle_basse + majoration(foyer_fiscal, period, regles, regles.revenu)


class aide_juridictionnelle_plafond_aide_totale(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Revenu fiscal de référence et épargne les plus hauts pour l'aide totale"
    unit = "currency"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period, parameters):
        regles = parameters(period).aides_nationales.aide_juridictionnelle
        return regles.revenu.aide_totale + majoration(foyer_fiscal, period, regles, regles.revenu)


class aide_juridictionnelle_condition_revenu(Variable):
    value_type = bool
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond de l'aide partielle"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period):
        revenu = foyer_fiscal("aide_juridictionnelle_revenu", period)
        return revenu <= foyer_fiscal("aide_juridictionnelle_plafond_revenu", period)


class aide_juridictionnelle_epargne(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Épargne du foyer fiscal"
    unit = "currency"
    reference = LOI

    def formula_2025_01_01(foyer_fiscal, period):
        return foyer_fiscal.sum(sum(foyer_fiscal.members(bien, period) for bien in EPARGNE))


class aide_juridictionnelle_condition_epargne(Variable):
    value_type = bool
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Avoir une épargne sous le plafond"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period):
        epargne = foyer_fiscal("aide_juridictionnelle_epargne", period)
        return epargne <= foyer_fiscal("aide_juridictionnelle_plafond_aide_totale", period)


class aide_juridictionnelle_immobilier(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Valeur des biens immobiliers du foyer fiscal, sans la résidence principale"
    unit = "currency"
    reference = LOI

    def formula_2025_01_01(foyer_fiscal, period):
        return foyer_fiscal.sum(sum(foyer_fiscal.members(bien, period) for bien in IMMEUBLES))


class aide_juridictionnelle_plafond_immobilier(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Valeur la plus haute des biens immobiliers, sans la résidence principale"
    unit = "currency"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period, parameters):
        regles = parameters(period).aides_nationales.aide_juridictionnelle
        return regles.patrimoine.immobilier + majoration(foyer_fiscal, period, regles, regles.patrimoine)


class aide_juridictionnelle_condition_immobilier(Variable):
    value_type = bool
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Avoir des biens immobiliers, hors résidence principale, sous le plafond"
    reference = DECRET

    def formula_2025_01_01(foyer_fiscal, period):
        immobilier = foyer_fiscal("aide_juridictionnelle_immobilier", period)
        return immobilier <= foyer_fiscal("aide_juridictionnelle_plafond_immobilier", period)


class aide_juridictionnelle(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Aide juridictionnelle, part des frais prise en charge en pourcentage"
    reference = DECRET_ET_LOI

    def formula_2025_01_01(foyer_fiscal, period, parameters):
        regles = parameters(period).aides_nationales.aide_juridictionnelle
        revenu = foyer_fiscal("aide_juridictionnelle_revenu", period)
        plus = majoration(foyer_fiscal, period, regles, regles.revenu)
        part = select(
            [revenu <= regles.revenu.aide_totale + plus, revenu <= regles.revenu.aide_partielle_haute + plus],
            [regles.taux.totale, regles.taux.partielle_haute],
            default=regles.taux.partielle_basse,
        )
        conditions = (
            foyer_fiscal("aide_juridictionnelle_condition_revenu", period)
            * foyer_fiscal("aide_juridictionnelle_condition_epargne", period)
            * foyer_fiscal("aide_juridictionnelle_condition_immobilier", period)
        )
        return conditions * part
