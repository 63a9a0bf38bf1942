"""What residents say of the work, the training or the business that they start."""

from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period


class heures_hebdomadaires_reprise(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Heures par semaine de l'emploi ou de la formation qui commence"
    set_input = set_input_dispatch_by_period


class cree_ou_reprend_entreprise(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Crée ou reprend une entreprise"
    set_input = set_input_dispatch_by_period


class entreprise_en_quartier_prioritaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Entreprise installée dans un quartier prioritaire de la politique de la ville"
    set_input = set_input_dispatch_by_period
