"""Canteen and leisure centre of the public schools of Rennes: a price of its own for each family, after its family quotient."""

from numpy import clip, nan
from openfisca_france.model.base import MONTH, Individu, Variable

TARIFICATION = [
    "La ville va revoir toute la tarification de la cantine et du centre de loisirs (20 Minutes, 19 septembre 2023)",
    "https://www.20minutes.fr/rennes/4053591-20230919-rennes-ville-va-revoir-toute-tarification-cantine-centre-loisirs",
    "Rennes : système de tarification scolaire (Unidivers, septembre 2023)",
    "https://www.unidivers.fr/rennes-systeme-tarification-scolaire/",
]


def prix(individu, period, tarif):
    """Proportional to the family quotient between a floor and a ceiling; says nothing as long as the coefficient is not published."""
    coefficient = getattr(tarif, "coefficient", nan)
    return clip(coefficient * individu.famille("quotient_familial_caf", period), tarif.prix_minimum, tarif.prix_maximum)


class rennes_periscolaire_condition_ecole(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être à l'école maternelle ou élémentaire, ou en avoir l'âge"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        """A child whose class nobody told is at school from the age at which schools may take one."""
        ages = parameters(period).aides_locales.rennes.periscolaire
        age = individu("age", period)
        scolarite = individu("scolarite", period)
        classes = scolarite.possible_values
        en_age = (age >= ages.age_minimum) * (age <= ages.age_maximum) * (scolarite == classes.inconnue)
        return (scolarite == classes.maternelle) + (scolarite == classes.primaire) + en_age


class rennes_cantine_condition_ecole_publique(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aller dans une école publique"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period):
        statut = individu("statuts_etablissement_scolaire", period)
        return statut == statut.possible_values.public


class rennes_cantine(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Prix de la cantine selon le quotient familial"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period):
        return (
            individu("habite_rennes", period)
            * individu("rennes_periscolaire_condition_ecole", period)
            * individu("rennes_cantine_condition_ecole_publique", period)
        )


class rennes_cantine_prix(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un repas de midi"
    unit = "currency"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        return prix(individu, period, parameters(period).aides_locales.rennes.periscolaire.cantine)


class rennes_cantine_prix_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix le plus bas d'un repas de midi"
    unit = "currency"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes.periscolaire.cantine.prix_minimum)


class rennes_cantine_prix_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix le plus haut d'un repas de midi"
    unit = "currency"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes.periscolaire.cantine.prix_maximum)


class rennes_accueil_loisirs(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Prix de l'accueil de loisirs selon le quotient familial"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period):
        return individu("habite_rennes", period) * individu("rennes_periscolaire_condition_ecole", period)


class rennes_accueil_loisirs_prix(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'une journée d'accueil de loisirs"
    unit = "currency"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        return prix(individu, period, parameters(period).aides_locales.rennes.periscolaire.accueil_loisirs)


class rennes_accueil_loisirs_prix_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix le plus bas d'une journée d'accueil de loisirs"
    unit = "currency"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes.periscolaire.accueil_loisirs.prix_minimum)


class rennes_accueil_loisirs_prix_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix le plus haut d'une journée d'accueil de loisirs"
    unit = "currency"
    reference = TARIFICATION

    def formula_2024_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.rennes.periscolaire.accueil_loisirs.prix_maximum)
