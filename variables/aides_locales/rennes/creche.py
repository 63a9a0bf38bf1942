"""A place in a crèche of Rennes: who may ask for one; the price is the national scale's."""

from openfisca_france.model.base import MONTH, Famille, Individu, Variable

VILLE = ["Ville de Rennes, accueil du jeune enfant", "https://metropole.rennes.fr"]


class rennes_creche_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Enfant, né ou attendu, qui n'a pas atteint l'âge limite de la crèche"
    reference = VILLE

    def formula(individu, period, parameters):
        regle = parameters(period).aides_nationales.creche_psu
        age = individu("age", period)
        handicape = individu("handicap", period) * (age < regle.age_enfant_handicape)
        return individu.has_role(Famille.ENFANT) * ((age < regle.age_enfant) + handicape)


class rennes_creche_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter Rennes"
    reference = VILLE

    def formula(famille, period):
        return famille.demandeur("habite_rennes", period)


class rennes_creche_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir ou attendre un enfant qui n'a pas atteint l'âge limite de la crèche"
    reference = VILLE

    def formula(famille, period):
        return famille.any(famille.members("rennes_creche_enfant", period))


class rennes_creche(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Place en crèche à Rennes"
    reference = VILLE

    def formula(famille, period):
        return famille("rennes_creche_condition_residence", period) * famille("rennes_creche_condition_enfant", period)
