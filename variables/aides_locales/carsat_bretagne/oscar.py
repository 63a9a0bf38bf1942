"""Oscar: the home-help plan of the Carsat Bretagne for retired people who do not have the APA."""

from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable
from openfisca_france.model.prestations.autonomie import TypesGir

OSCAR = [
    "Le plan Oscar de l'Assurance retraite (Agevillage)",
    "https://www.agevillage.com/",
    "Carsat Bretagne, bien vieillir",
    "https://www.carsat-bretagne.fr/",
]


class carsat_bretagne_oscar_condition_retraite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être à la retraite"
    reference = OSCAR

    def formula(individu, period):
        return individu("activite", period) == TypesActivite.retraite


class carsat_bretagne_oscar_condition_gir(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une perte d'autonomie légère, sans droit à l'Apa"
    reference = OSCAR

    def formula(individu, period):
        gir = individu("gir", period)
        return (gir == TypesGir.gir_5) + (gir == TypesGir.gir_6)


class carsat_bretagne_oscar(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Plan d'aide Oscar de la Carsat Bretagne"
    reference = OSCAR

    def formula(individu, period):
        return (
            individu("habite_bretagne", period)
            * individu("carsat_bretagne_oscar_condition_retraite", period)
            * individu("carsat_bretagne_oscar_condition_gir", period)
        )
