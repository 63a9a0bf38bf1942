"""Premier équipement professionnel: help with the first kit of pupils who enter a vocational course."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.education import TypesScolarite

EQUIPEMENT = [
    "Premier équipement professionnel (Région Bretagne)",
    "https://www.bretagne.bzh/aides/fiches/premier-equipement-professionnel/",
]


class bretagne_premier_equipement_condition_lycee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être élève d'un lycée, hors apprentissage"
    reference = EQUIPEMENT

    def formula(individu, period):
        lycee = individu("scolarite", period) == TypesScolarite.lycee
        return lycee * (individu("alternant", period) + individu("apprenti", period) == 0)


class bretagne_premier_equipement_condition_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être en première année d'une formation professionnelle dans un lycée de Bretagne"
    reference = EQUIPEMENT

    def formula(individu, period):
        return individu("premiere_annee_professionnelle_lycee_breton", period)


class bretagne_premier_equipement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Premier équipement professionnel"
    reference = EQUIPEMENT

    def formula(individu, period):
        lycee = individu("bretagne_premier_equipement_condition_lycee", period)
        return lycee * individu("bretagne_premier_equipement_condition_formation", period)


class bretagne_premier_equipement_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide au premier équipement professionnel, au plus"
    unit = "currency"
    reference = EQUIPEMENT

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.premier_equipement.montant_maximum)
