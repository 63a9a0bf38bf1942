"""What residents say of the work, the training or the business that they start."""

from openfisca_france.model.base import MONTH, Enum, Individu, Variable, set_input_dispatch_by_period


class heures_hebdomadaires_reprise(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Heures par semaine de l'emploi ou de la formation qui commence"
    set_input = set_input_dispatch_by_period


class TypesCreationEntreprise(Enum):
    __order__ = "aucune en_quartier_prioritaire ailleurs"
    aucune = "Ne crée pas d'entreprise"
    en_quartier_prioritaire = "Entreprise dans un quartier prioritaire de la politique de la ville"
    ailleurs = "Entreprise ailleurs"


class creation_entreprise(Variable):
    value_type = Enum
    possible_values = TypesCreationEntreprise
    default_value = TypesCreationEntreprise.aucune
    entity = Individu
    definition_period = MONTH
    label = "Création ou reprise d'une entreprise"
    set_input = set_input_dispatch_by_period
