"""Free entrance to national museums and monuments: the age."""

from openfisca_france.model.base import MONTH, Individu, Variable

MUSEES = [
    "Gratuité des musées et monuments nationaux (service-public.fr)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F20348",
]


class gratuite_musees_monuments_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de l'entrée gratuite"
    reference = MUSEES

    def formula(individu, period, parameters):
        age = individu("age", period)
        return (age >= 0) * (age <= parameters(period).prestations_sociales.education.gratuite_musees_monuments.age_max)
