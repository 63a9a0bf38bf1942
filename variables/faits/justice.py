"""What residents say of their bank and of their taxes on the dwelling."""

from openfisca_france.model.base import MONTH, Individu, Menage, Variable, set_input_dispatch_by_period


class incidents_bancaires_repetes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Surendettement, interdiction de chéquier ou incidents bancaires répétés"
    set_input = set_input_dispatch_by_period


class sans_compte_bancaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "N'a aucun compte bancaire"
    set_input = set_input_dispatch_by_period


class montant_taxe_fonciere(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Taxe foncière de l'année pour la résidence principale, sans la taxe d'enlèvement des ordures ménagères"
    set_input = set_input_dispatch_by_period
    unit = "currency"
