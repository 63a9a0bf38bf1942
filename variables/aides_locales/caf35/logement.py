"""CAF d'Ille-et-Vilaine, works in the dwelling: the loan of the law and the aid to owners who live there."""

from numpy import logical_not, nan, where
from openfisca_france.model.base import MONTH, Famille, TypesStatutOccupationLogement, Variable

LOGEMENT = [
    "Je souhaite améliorer mon logement (CAF d'Ille-et-Vilaine)",
    "https://caf.fr/allocataires/caf-d-ille-et-vilaine/offre-de-service/logement/je-souhaite-ameliorer-mon-logement",
]
PRESTATIONS_FAMILIALES = ("af", "cf", "asf", "paje_base", "aeeh")
PROPRIETAIRES = (TypesStatutOccupationLogement.proprietaire, TypesStatutOccupationLogement.primo_accedant)
LOCATAIRES = (
    TypesStatutOccupationLogement.locataire_hlm,
    TypesStatutOccupationLogement.locataire_vide,
    TypesStatutOccupationLogement.locataire_meuble,
)


def occupe(famille, period, statuts):
    """Whether the family lives in its own home under one of these titles."""
    statut = famille.demandeur.menage("statut_occupation_logement", period)
    return (sum(statut == each for each in statuts) > 0) * logical_not(famille("heberge", period))


class caf35_pret_amelioration_habitat_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = LOGEMENT

    def formula(famille, period):
        return famille.demandeur("habite_ille_et_vilaine", period)


class caf35_pret_amelioration_habitat_condition_prestation(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Recevoir une prestation familiale, ou y avoir droit"
    reference = LOGEMENT

    def formula(famille, period):
        return sum(famille(prestation, period) for prestation in PRESTATIONS_FAMILIALES) > 0


class caf35_pret_amelioration_habitat_condition_logement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être locataire ou propriétaire de son logement"
    reference = LOGEMENT

    def formula(famille, period):
        return occupe(famille, period, (*PROPRIETAIRES, *LOCATAIRES))


class caf35_pret_amelioration_habitat_montant_maximum(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Montant le plus haut du prêt"
    unit = "currency"
    reference = LOGEMENT

    def formula(famille, period, parameters):
        montant = parameters(period).aides_locales.caf35.pret_amelioration_habitat.montant_maximum
        return where(famille("caf35_pret_amelioration_habitat", period), montant, nan)


class caf35_pret_amelioration_habitat(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Prêt à l'amélioration de l'habitat de la CAF"
    reference = LOGEMENT

    def formula(famille, period):
        residence = famille("caf35_pret_amelioration_habitat_condition_residence", period)
        prestation = famille("caf35_pret_amelioration_habitat_condition_prestation", period)
        return residence * prestation * famille("caf35_pret_amelioration_habitat_condition_logement", period)


class caf35_amelioration_logement_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = LOGEMENT

    def formula(famille, period):
        return famille.demandeur("habite_ille_et_vilaine", period)


class caf35_amelioration_logement_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un enfant à charge"
    reference = LOGEMENT

    def formula(famille, period):
        return famille("af_nbenf", period) > 0


class caf35_amelioration_logement_condition_proprietaire(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être propriétaire du logement où l'on vit"
    reference = LOGEMENT

    def formula(famille, period):
        return occupe(famille, period, PROPRIETAIRES)


class caf35_amelioration_logement_condition_quotient_familial(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un quotient familial sous le plafond"
    reference = LOGEMENT

    def formula(famille, period, parameters):
        plafond = parameters(period).aides_locales.caf35.amelioration_logement.plafond_quotient_familial
        return famille("quotient_familial_caf", period) <= plafond


class caf35_amelioration_logement_montant_maximum(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Montant le plus haut de l'aide, en prêt ou en subvention"
    unit = "currency"
    reference = LOGEMENT

    def formula(famille, period, parameters):
        montant = parameters(period).aides_locales.caf35.amelioration_logement.montant_maximum
        return where(famille("caf35_amelioration_logement", period), montant, nan)


class caf35_amelioration_logement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Aide de la CAF aux travaux des propriétaires"
    reference = LOGEMENT

    def formula(famille, period):
        return (
            famille("caf35_amelioration_logement_condition_residence", period)
            * famille("caf35_amelioration_logement_condition_enfant", period)
            * famille("caf35_amelioration_logement_condition_proprietaire", period)
            * famille("caf35_amelioration_logement_condition_quotient_familial", period)
        )
