"""What residents of Rennes say of themselves and of their dwelling for the rights of the city and of Rennes Métropole."""

from openfisca_core.model_api import Enum
from openfisca_france.model.base import MONTH, Individu, Menage, TypesStatutOccupationLogement, Variable, set_input_dispatch_by_period


class cmi_besoin_accompagnement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Titulaire d'une carte mobilité inclusion « invalidité » qui porte la mention « besoin d'accompagnement »"
    set_input = set_input_dispatch_by_period


class handicap_empeche_bus_metro(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Empêché par un handicap de prendre le bus ou le métro"
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        """The law takes whoever holds the card as such (article L1111-5 of the code des transports)."""
        return individu("titulaire_cmi_invalidite", period)


class voiture_du_logement(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Logement dont un habitant a une voiture"
    set_input = set_input_dispatch_by_period


class TypesZoneStationnement(Enum):
    __order__ = "gratuite verte rouge"
    gratuite = "Stationnement gratuit"
    verte = "Zone verte"
    rouge = "Zone rouge"


class zone_stationnement(Variable):
    value_type = Enum
    possible_values = TypesZoneStationnement
    default_value = TypesZoneStationnement.gratuite
    entity = Menage
    definition_period = MONTH
    label = "Zone de stationnement payant où se trouve le logement"
    set_input = set_input_dispatch_by_period


class facture_eau_individuelle(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Logement qui a son propre compteur d'eau et sa propre facture"
    set_input = set_input_dispatch_by_period


class sans_adresse_sure(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Sans adresse où rester et recevoir son courrier de façon sûre ; c'est le cas sans logement"
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu.menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.sans_domicile
