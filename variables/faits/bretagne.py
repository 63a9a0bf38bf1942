"""What residents say of the courses that open the aids of the Région Bretagne."""

from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period


class premiere_annee_professionnelle_lycee_breton(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Est en première année d'une formation professionnelle dans un lycée de Bretagne"
    set_input = set_input_dispatch_by_period


class formation_sanitaire_sociale_bretagne(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Suit en Bretagne une formation paramédicale, de sage-femme ou de travail social"
    set_input = set_input_dispatch_by_period


class formation_payee_par_la_region(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Suit une formation de plus de soixante-dix heures payée par la Région (PREPA, QUALIF Emploi)"
    set_input = set_input_dispatch_by_period
