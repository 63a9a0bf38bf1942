"""What residents say of their dwelling, present or to come, and that OpenFisca-France does not know."""

from openfisca_france.model.base import MONTH, Menage, TypesStatutOccupationLogement, Variable, set_input_dispatch_by_period


class cherche_logement_a_louer(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Chercher un logement à louer, ou y entrer en ce moment"
    set_input = set_input_dispatch_by_period


class demenagement_recent_ou_prevu(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir déménagé depuis peu, ou déménager bientôt"
    set_input = set_input_dispatch_by_period


class loyer_impaye(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir des loyers ou des charges en retard"
    set_input = set_input_dispatch_by_period


class facture_energie_ou_eau_impayee(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir une facture d'énergie ou d'eau que l'on ne peut pas payer"
    set_input = set_input_dispatch_by_period


class situation_logement_urgente(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être mal logé, sans logement, menacé d'expulsion, ou attendre un logement social depuis trop longtemps"
    set_input = set_input_dispatch_by_period

    def formula(menage, period):
        return menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.sans_domicile
