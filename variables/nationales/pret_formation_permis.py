"""Permis à un euro par jour: the age at which the loan may be asked."""

from openfisca_france.model.base import MONTH, Individu, Variable

PERMIS = [
    "Décret n° 2005-1225 du 29 septembre 2005 instituant une aide au financement de la formation à la conduite",
    "https://www.legifrance.gouv.fr/loda/id/LEGITEXT000006052491/",
]


class pret_formation_permis_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge du prêt « permis à un euro par jour »"
    reference = PERMIS

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.transport.permis_de_conduire.pret_formation_permis.age
        age = individu("age", period)
        return (ages.minimum <= age) * (age <= ages.maximum)
