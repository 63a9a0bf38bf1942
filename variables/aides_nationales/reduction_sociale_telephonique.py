"""Reduced price of a fixed telephone line."""

from openfisca_france.model.base import MONTH, Famille, Individu, TypesStatutOccupationLogement, Variable

FICHE = [
    "Réduction sociale téléphonique (fiche F1337 de service-public)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F1337",
]


class reduction_sociale_telephonique_condition_allocation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Toucher le RSA, l'ASS ou l'AAH"
    reference = FICHE

    def formula(individu, period):
        rsa = individu.has_role(Famille.PARENT) * individu.famille("rsa", period)
        return (rsa > 0) + (individu("ass", period) > 0) + (individu("aah", period) > 0)


class reduction_sociale_telephonique_condition_logement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un logement où poser une ligne fixe"
    reference = FICHE

    def formula(individu, period):
        return individu.menage("statut_occupation_logement", period) != TypesStatutOccupationLogement.sans_domicile


class reduction_sociale_telephonique_prix_mensuel(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix par mois de la ligne fixe avec la réduction"
    unit = "currency"
    reference = FICHE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.reduction_sociale_telephonique.prix_mensuel)


class reduction_sociale_telephonique_economie_mensuelle(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Économie par mois sur la ligne fixe"
    unit = "currency"
    reference = FICHE

    def formula(individu, period, parameters):
        prix = parameters(period).aides_nationales.reduction_sociale_telephonique
        return individu.filled_array(prix.prix_normal - prix.prix_mensuel)


class reduction_sociale_telephonique(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Réduction sociale téléphonique"
    reference = FICHE

    def formula(individu, period):
        allocation = individu("reduction_sociale_telephonique_condition_allocation", period)
        return allocation * individu("reduction_sociale_telephonique_condition_logement", period)
