"""Covoit'STAR: what a passenger pays and what a driver receives for a shared trip."""

from openfisca_france.model.base import MONTH, Individu, Variable

COVOIT_STAR = [
    "Covoit'STAR : se déplacer autrement, au quotidien (Rennes Métropole)",
    "https://metropole.rennes.fr/covoitstar-se-deplacer-autrement-au-quotidien",
]


class rennes_metropole_covoiturage(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Covoit'STAR : covoiturage à petit prix"
    reference = COVOIT_STAR

    def formula_2025_01_01(individu, period):
        return individu("habite_rennes_metropole", period)


class rennes_metropole_covoiturage_prix_passager(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un trajet pour le passager"
    unit = "currency"
    reference = COVOIT_STAR

    def formula_2025_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes_metropole.covoiturage.prix_passager)


class rennes_metropole_covoiturage_indemnite_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Somme reçue par le conducteur pour un passager et un trajet, au moins"
    unit = "currency"
    reference = COVOIT_STAR

    def formula_2025_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes_metropole.covoiturage.indemnite_minimum)


class rennes_metropole_covoiturage_indemnite_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Somme reçue par le conducteur pour un passager et un trajet, au plus"
    unit = "currency"
    reference = COVOIT_STAR

    def formula_2025_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes_metropole.covoiturage.indemnite_maximum)


class rennes_metropole_covoiturage_plafond_mensuel(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Somme reçue par un conducteur en un mois, au plus"
    unit = "currency"
    reference = COVOIT_STAR

    def formula_2025_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes_metropole.covoiturage.plafond_mensuel)
