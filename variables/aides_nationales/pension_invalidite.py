"""Pension d'invalidité of the general scheme: who may ask for it, and between which amounts it lies."""

from numpy import nan, where
from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

PENSION = [
    "Pension d'invalidité de la Sécurité sociale (Service-Public)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F672",
]


def si_demande(individu, period, montant):
    """An amount that says something only of those who may ask."""
    return where(individu("pension_invalidite", period), montant, nan)


class pension_invalidite_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir atteint l'âge où la retraite remplace cette pension"
    reference = PENSION

    def formula(individu, period, parameters):
        age_limite = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.aah.age_legal_retraite
        return individu("age", period) < age_limite


class pension_invalidite_condition_retraite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas être à la retraite"
    reference = PENSION

    def formula(individu, period):
        return individu("activite", period) != TypesActivite.retraite


class pension_invalidite_condition_premiere_demande(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas toucher déjà une pension d'invalidité"
    reference = PENSION

    def formula(individu, period):
        return individu("pensions_invalidite", period) <= 0


class pension_invalidite_condition_handicap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre avec un handicap, ou une maladie qui dure, qui gêne beaucoup dans la vie de tous les jours"
    reference = PENSION

    def formula(individu, period):
        return individu("handicap_durable", period)


class pension_invalidite_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pension d'invalidité la plus basse, par mois"
    unit = "currency"
    reference = PENSION

    def formula(individu, period, parameters):
        asi = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.asi
        return si_demande(individu, period, asi.pension_invalidite_minimale)


class pension_invalidite_maximum_categorie_1(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pension d'invalidité de première catégorie la plus haute, par mois"
    unit = "currency"
    reference = PENSION

    def formula(individu, period, parameters):
        plafond = parameters(period).prelevements_sociaux.pss.plafond_securite_sociale_mensuel
        return si_demande(individu, period, plafond * parameters(period).aides_nationales.pension_invalidite.taux.categorie_1)


class pension_invalidite_maximum_categorie_2(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Pension d'invalidité de deuxième catégorie la plus haute, par mois"
    unit = "currency"
    reference = PENSION

    def formula(individu, period, parameters):
        plafond = parameters(period).prelevements_sociaux.pss.plafond_securite_sociale_mensuel
        return si_demande(individu, period, plafond * parameters(period).aides_nationales.pension_invalidite.taux.categorie_2)


class pension_invalidite_majoration_tierce_personne(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Majoration ajoutée à la pension de troisième catégorie, par mois"
    unit = "currency"
    reference = PENSION

    def formula(individu, period, parameters):
        return si_demande(individu, period, parameters(period).aides_nationales.majoration_tierce_personne.montant)


class pension_invalidite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Pension d'invalidité"
    reference = PENSION

    def formula(individu, period):
        return (
            individu("pension_invalidite_condition_age", period)
            * individu("pension_invalidite_condition_retraite", period)
            * individu("pension_invalidite_condition_premiere_demande", period)
            * individu("pension_invalidite_condition_handicap", period)
        )
