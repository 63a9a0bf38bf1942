"""Livret d'épargne populaire: who may hold one.

OpenFisca-France's ceiling is used. Its eligibility is not: it leaves minors out, but not the adults who are on somebody else's tax return.
"""

from numpy import logical_not
from openfisca_france.model.base import MONTH, FoyerFiscal, Individu, Variable

L221_15 = [
    "Article L221-15 du code monétaire et financier",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000028447486/2014-01-01",
]
ARRETE = [
    "Arrêté du 28 janvier 2026 relatif aux taux d'intérêt des produits d'épargne réglementée",
    "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053411507",
]


class livret_epargne_populaire_condition_contribuable(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Faire sa propre déclaration de revenus, seul ou en couple"
    reference = L221_15

    def formula_2014_01_01(individu, period):
        rattache = individu("declaration_revenus_avec_parents", period.this_year)
        return individu.has_role(FoyerFiscal.DECLARANT) * logical_not(rattache)


class livret_epargne_populaire_plafond_revenu(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenu fiscal de référence le plus haut pour ouvrir le livret, par an"
    unit = "currency"
    reference = L221_15

    def formula_2014_01_01(individu, period):
        return individu("livret_epargne_populaire_plafond", period)


class livret_epargne_populaire_revenu(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenu fiscal de référence du foyer, pour les revenus d'il y a deux ans"
    unit = "currency"
    reference = L221_15

    def formula_2014_01_01(individu, period):
        return individu.foyer_fiscal("rfr", period.n_2)


class livret_epargne_populaire_condition_revenu(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond"
    reference = L221_15

    def formula_2014_01_01(individu, period):
        return individu("livret_epargne_populaire_revenu", period) <= individu("livret_epargne_populaire_plafond", period)


class livret_epargne_populaire_taux_interet(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Taux d'intérêt du livret par an"
    unit = "percent"
    reference = ARRETE

    def formula_2023_08_01(individu, period, parameters):
        livret = parameters(period).taxation_capital.epargne.livret_epargne_populaire
        return individu.filled_array(livret.taux) / parameters(period).aides_nationales.livret_epargne_populaire.pour_cent


class livret_epargne_populaire_plafond_versements(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Somme la plus haute que l'on peut verser sur le livret"
    unit = "currency"
    reference = L221_15

    def formula_2023_10_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.livret_epargne_populaire.plafond_versements)


class livret_epargne_populaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Livret d'épargne populaire (LEP)"
    reference = L221_15

    def formula_2014_01_01(individu, period):
        contribuable = individu("livret_epargne_populaire_condition_contribuable", period)
        return contribuable * individu("livret_epargne_populaire_condition_revenu", period)
