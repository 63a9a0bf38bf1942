"""The allocation d'éducation de l'enfant handicapé (AEEH): the amount of each child, and the conditions that decide whether it is paid."""

from numpy import logical_not as not_
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu

CHAPITRE = "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006141658/"
L541_1 = ["Article L541-1 du code de la sécurité sociale", CHAPITRE]
D541_2 = [
    "Article D541-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006737166/2006-01-01/",
    "Article D541-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006737170",
    "Article D541-4 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006737172/2006-01-01/",
]


class aeeh_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Enfant de l'âge requis pour l'allocation d'éducation de l'enfant handicapé"
    reference = L541_1

    def formula(individu, period, parameters):
        limite = parameters(period).prestations_sociales.prestations_familiales.education_presence_parentale.aeeh.age_maximum_enfant
        age = individu("age", period)
        return individu("est_enfant_dans_famille", period) * (age >= 0) * (age < limite)


class aeeh_enfant_beneficiaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Enfant de l'âge requis dont le handicap est reconnu"
    reference = L541_1

    def formula(individu, period):
        return individu("aeeh_enfant", period) * individu("handicap", period)


class aeeh_montant_enfant(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation d'éducation de l'enfant handicapé due pour l'enfant"
    reference = D541_2

    def formula(individu, period, parameters):
        """The base, the supplement of the category, and its increase for a lone parent; the last category is in euros."""
        familiales = parameters(period).prestations_sociales.prestations_familiales
        aeeh, bmaf = familiales.education_presence_parentale.aeeh, familiales.bmaf.bmaf
        niveau = individu("aeeh_niveau_handicap", period)
        isole = not_(individu.famille("en_couple", period))
        montant = bmaf * aeeh.base
        derniere = max(aeeh.complement_allocation)
        for categorie in aeeh.complement_allocation:
            complement = aeeh.complement_allocation[categorie] * (1 if categorie == derniere else bmaf)
            majoration = bmaf * aeeh.majoration_parent_isole[categorie] if categorie in aeeh.majoration_parent_isole else 0
            montant = montant + (niveau == int(categorie.removeprefix("categorie_"))) * (complement + majoration * isole)
        return individu("aeeh_enfant_beneficiaire", period) * montant


class aeeh_condition_age(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un enfant de l'âge requis"
    reference = L541_1

    def formula(famille, period):
        return famille.any(famille.members("aeeh_enfant", period))


class aeeh_condition_handicap(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un enfant de l'âge requis dont le handicap est reconnu"
    reference = L541_1

    def formula(famille, period):
        return famille.any(famille.members("aeeh_enfant_beneficiaire", period))
