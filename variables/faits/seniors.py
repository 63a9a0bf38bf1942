"""What older people, survivors and people in difficulty say of themselves, and that OpenFisca-France does not know."""

from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period


class aide_une_personne_agee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide régulièrement une personne âgée de son entourage"
    set_input = set_input_dispatch_by_period


class credit_bancaire_refuse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "S'est vu refuser un crédit par une banque"
    set_input = set_input_dispatch_by_period


class compte_bancaire_sans_interdiction(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A un compte en banque sans être interdit bancaire"
    set_input = set_input_dispatch_by_period


class besoin_urgent_aide_domicile(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A besoin d'aide chez soi en urgence pour les gestes de tous les jours"
    set_input = set_input_dispatch_by_period
