"""What families say of how children are looked after, and of the work that a parent or a carer gives up."""

from openfisca_core.indexed_enums import Enum
from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period, set_input_divide_by_period


class TypesModeGarde(Enum):
    aucun = "Aucun mode de garde payant"
    assistante_maternelle_employee = "Assistante maternelle employée par les parents"
    garde_a_domicile_employee = "Garde à domicile employée par les parents"
    assistante_maternelle_structure = "Assistante maternelle employée par une association ou une entreprise"
    garde_a_domicile_structure = "Garde à domicile par une association ou une entreprise"
    micro_creche = "Micro-crèche que les parents paient puis se font rembourser par la CAF"
    autre = "Crèche, garderie ou autre mode de garde"


class TypesReductionActiviteParentale(Enum):
    aucune = "Pas d'arrêt ni de temps partiel"
    arret_complet = "Arrêt complet du travail"
    mi_temps_ou_moins = "Travail à mi-temps ou moins"
    plus_d_un_mi_temps = "Travail à temps partiel, au-dessus du mi-temps"


class mode_garde(Variable):
    value_type = Enum
    possible_values = TypesModeGarde
    default_value = TypesModeGarde.aucun
    entity = Individu
    definition_period = MONTH
    label = "Mode de garde payant de l'enfant"
    set_input = set_input_dispatch_by_period


class cout_garde(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coût de la garde de l'enfant, par mois, avant les aides"
    unit = "currency"
    set_input = set_input_divide_by_period


class heures_garde(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Heures de garde de l'enfant, par mois"
    set_input = set_input_dispatch_by_period


class frais_garde_annuels(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Frais de garde de l'enfant hors du domicile dans l'année, une fois les aides déduites"
    unit = "currency"
    set_input = set_input_dispatch_by_period


class depenses_emploi_domicile(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Dépenses de l'année pour un salarié ou un service à domicile, une fois les aides déduites"
    unit = "currency"
    set_input = set_input_dispatch_by_period


class reduction_activite_parentale(Variable):
    value_type = Enum
    possible_values = TypesReductionActiviteParentale
    default_value = TypesReductionActiviteParentale.aucune
    entity = Individu
    definition_period = MONTH
    label = "Arrêt ou réduction du travail pour élever un enfant"
    set_input = set_input_dispatch_by_period


class trimestres_prepare(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Trimestres de retraite validés pendant la période que regarde la PreParE"
    set_input = set_input_dispatch_by_period


class jours_presence_parentale(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Jours du mois sans travail auprès d'un enfant gravement malade, handicapé ou accidenté"
    set_input = set_input_dispatch_by_period


class jours_proche_aidant(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Jours du mois sans travail auprès d'un proche dépendant ou handicapé"
    set_input = set_input_dispatch_by_period


class accompagne_fin_de_vie(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Arrête ou réduit son travail pour accompagner à domicile un proche en fin de vie"
    set_input = set_input_dispatch_by_period


class violences_couple_attestees(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A, depuis moins d'un an, une ordonnance de protection, une plainte ou un signalement pour des violences dans le couple"
    set_input = set_input_dispatch_by_period
