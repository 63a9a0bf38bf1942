"""écoTravo, the advice and the aids of Rennes Métropole for the energy renovation of private homes."""

from openfisca_france.model.base import MONTH, Menage, Variable
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

ECOTRAVO = [
    "écoTravo, les aides financières (Rennes Métropole)",
    "https://ecotravo.rennesmetropole.fr/maison-individuelle-je-finance-mon-projet/",
]


class rennes_metropole_ecotravo_condition_residence(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter une commune de Rennes Métropole"
    reference = ECOTRAVO

    def formula(menage, period):
        return menage.personne_de_reference("habite_rennes_metropole", period)


class rennes_metropole_ecotravo_condition_proprietaire(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être propriétaire du logement que l'on habite"
    reference = ECOTRAVO

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        return (statut == Statut.proprietaire) + (statut == Statut.primo_accedant)


class rennes_metropole_ecotravo_audit_maximum(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency"
    label = "Aide à l'audit énergétique, au plus"
    reference = ECOTRAVO

    def formula_2024_01_01(menage, period, parameters):
        droit = menage("rennes_metropole_ecotravo", period)
        return droit * parameters(period).aides_locales.rennes_metropole.ecotravo.audit_maximum


class rennes_metropole_ecotravo(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "écoTravo, rénovation énergétique (demande possible)"
    reference = ECOTRAVO

    def formula(menage, period):
        residence = menage("rennes_metropole_ecotravo_condition_residence", period)
        return residence * menage("rennes_metropole_ecotravo_condition_proprietaire", period)
