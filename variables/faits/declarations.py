"""What residents say of themselves that several rights look at, and that OpenFisca-France does not know."""

from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite


class inscrit_france_travail(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Inscrit à France Travail"
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        """Someone who says to be out of work is taken to be registered, unless told otherwise."""
        return individu("activite", period) == TypesActivite.chomeur


class salarie_du_prive(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Salarié d'une entreprise privée"
    set_input = set_input_dispatch_by_period


class femme(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Femme"
    set_input = set_input_dispatch_by_period


class titulaire_cmi_invalidite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Titulaire de la carte mobilité inclusion « invalidité »"
    set_input = set_input_dispatch_by_period


class titulaire_cmi_stationnement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Titulaire de la carte mobilité inclusion « stationnement »"
    set_input = set_input_dispatch_by_period


class reste_a_vivre(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ce qui reste par mois et par personne du foyer, une fois les charges payées"
    unit = "currency"
    set_input = set_input_dispatch_by_period
