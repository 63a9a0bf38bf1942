"""Energy cheque: the conditions that decide whether it is sent."""

from numpy import full
from numpy import logical_not as not_
from openfisca_core.model_api import YEAR, Variable
from openfisca_france.entities import FoyerFiscal, Individu, Menage

R124_1 = [
    "Article R124-1 du code de l'énergie",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032497834",
]
ARRETE = [
    "Arrêté du 3 mars 2023 fixant les critères d'éligibilité au chèque énergie",
    "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000047325055",
]


class declaration_revenus_avec_parents(Variable):
    value_type = bool
    entity = Individu
    definition_period = YEAR
    label = "Personne rattachée à la déclaration de revenus de parents qui vivent dans un autre logement"
    reference = R124_1


class cheque_energie_condition_logement(Variable):
    value_type = bool
    entity = Menage
    definition_period = YEAR
    label = "Être locataire ou propriétaire de son logement au début de l'année"
    reference = R124_1

    def formula_2017(menage, period):
        return menage("cheque_energie_eligibilite_logement", period)


class cheque_energie_condition_declarant(Variable):
    value_type = bool
    entity = Menage
    definition_period = YEAR
    label = "Compter dans le logement une personne qui fait sa propre déclaration de revenus"
    reference = R124_1

    def formula_2017(menage, period):
        rattache = menage.members("declaration_revenus_avec_parents", period)
        return menage.any(menage.members.has_role(FoyerFiscal.DECLARANT) * not_(rattache))


class cheque_energie_revenu(Variable):
    value_type = float
    entity = Menage
    definition_period = YEAR
    unit = "currency"
    label = "Revenu fiscal de référence par unité de consommation, pour les revenus d'il y a deux ans"
    reference = R124_1

    def formula_2017(menage, period):
        revenu = menage.sum(menage.members.foyer_fiscal("rfr", period.n_2), role=FoyerFiscal.DECLARANT_PRINCIPAL)
        return revenu / menage("cheque_energie_unites_consommation", period)


class cheque_energie_plafond(Variable):
    value_type = float
    entity = Menage
    definition_period = YEAR
    unit = "currency"
    label = "Revenu par unité de consommation à partir duquel il n'y a plus de chèque énergie"
    reference = ARRETE

    def formula_2017(menage, period, parameters):
        """Article 1 of the decree sets one ceiling; the last bracket of each of the three scales repeats it."""
        baremes = parameters(period).prestations_sociales.solidarite_insertion.autre_solidarite.cheque_energie.baremes
        return full(menage.count, baremes.une_uc.thresholds[-1])


class cheque_energie_condition_revenu(Variable):
    value_type = bool
    entity = Menage
    definition_period = YEAR
    label = "Avoir un revenu fiscal sous le plafond, compte tenu du nombre de personnes"
    reference = ARRETE + R124_1

    def formula_2017(menage, period):
        return menage("cheque_energie_montant", period) > 0
