"""STAR: who travels free whatever the resources, by age or by a disability card."""

from openfisca_france.model.base import MONTH, Individu, Variable

MOINS_DE_DOUZE_ANS = [
    "Les transports vont devenir gratuits pour les moins de 12 ans (20 Minutes, 16 octobre 2020)",
    "https://www.20minutes.fr/rennes/2885943-20201016-rennes-transports-vont-devenir-gratuits-moins-12-ans",
]
CARTE_INVALIDITE = [
    "Article L1111-5 du code des transports",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000023086525/",
    "Pages de prix du réseau STAR, extrait de mai 2025",
    "https://github.com/betagouv/tous-a-bord-data/blob/2a1d74c/prompts/data/tsst/rennes.txt",
    "Modèle public des tarifs du réseau STAR, février 2026",
    "https://github.com/betagouv/aides-simplifiees-app/tree/main/packages/publicodes-aom-rennes",
]


class rennes_metropole_star_moins_12_age_limite(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Âge à partir duquel l'abonnement STAR est payant"
    reference = MOINS_DE_DOUZE_ANS

    def formula_2020_12_01(individu, period, parameters):
        """The first age of the price list that has a price."""
        prix = parameters(period).aides_locales.rennes_metropole.star.prix_mensuel
        payants = [age for age, montant in zip(prix.thresholds, prix.amounts, strict=True) if montant > 0]
        return individu.filled_array(min(payants))


class rennes_metropole_star_moins_12_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir moins que l'âge où l'abonnement devient payant"
    reference = MOINS_DE_DOUZE_ANS

    def formula_2020_12_01(individu, period):
        return individu("age", period) < individu("rennes_metropole_star_moins_12_age_limite", period)


class rennes_metropole_star_moins_12(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Bus et métro gratuits pour les enfants"
    reference = MOINS_DE_DOUZE_ANS

    def formula_2020_12_01(individu, period):
        return individu("habite_rennes_metropole", period) * individu("rennes_metropole_star_moins_12_condition_age", period)


class rennes_metropole_star_cmi_condition_carte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir la carte mobilité inclusion « invalidité »"
    reference = CARTE_INVALIDITE

    def formula_2024_01_01(individu, period):
        return individu("titulaire_cmi_invalidite", period)


class rennes_metropole_star_cmi_condition_accompagnement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir la mention « besoin d'accompagnement » sur sa carte mobilité inclusion « invalidité »"
    reference = CARTE_INVALIDITE

    def formula_2024_01_01(individu, period):
        return individu("cmi_besoin_accompagnement", period)


class rennes_metropole_star_cmi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Bus et métro gratuits avec la carte mobilité inclusion « invalidité »"
    reference = CARTE_INVALIDITE

    def formula_2024_01_01(individu, period):
        return (
            individu("habite_rennes_metropole", period)
            * individu("rennes_metropole_star_cmi_condition_carte", period)
            * individu("rennes_metropole_star_cmi_condition_accompagnement", period)
        )
