"""Free desks of Rennes where people are informed and helped with their papers."""

from openfisca_france.model.base import MONTH, Individu, Variable

MAISON_DES_AINES = [
    "La Maison des aînés et des aidants : cinq ans déjà (Ville de Rennes, décembre 2024)",
    "https://ici.rennes.fr/actualites/2024-12-17-la-maison-des-aines-et-des-aidants-cinq-ans-deja",
]

RENNES_FRANCE_SERVICES = [
    "Un bus France services (Agence nationale de la cohésion des territoires)",
    "http://agence-cohesion-territoires.gouv.fr/un-bus-france-services-sillonne-la-region-233",
]


class rennes_maison_des_aines_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis, ou avoir signalé une personne âgée que vous aidez"
    reference = MAISON_DES_AINES

    def formula(individu, period, parameters):
        age_minimum = parameters(period).aides_locales.rennes.maison_des_aines.age_minimum
        return (individu("age", period) >= age_minimum) + individu("aide_une_personne_agee", period)


class rennes_maison_des_aines(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Maison des aînés et des aidants"
    reference = MAISON_DES_AINES

    def formula(individu, period):
        return individu("habite_rennes", period) * individu("rennes_maison_des_aines_condition_age", period)


class rennes_france_services(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "France services : bus Pimms Médiation"
    reference = RENNES_FRANCE_SERVICES

    def formula(individu, period):
        return individu("habite_rennes", period)
