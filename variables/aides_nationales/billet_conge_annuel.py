"""Reduced return ticket of the SNCF, once a year."""

from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

SNCF = [
    "Billet de congé annuel (SNCF)",
    "https://www.sncf.com/fr/offres-voyageurs/cartes-tarifs-grandes-lignes/billet-conges-annuels",
]


class billet_conge_annuel_condition_situation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être en emploi, en formation payée, à la retraite, en invalidité, ou au chômage avec une allocation"
    reference = SNCF

    def formula(individu, period):
        activite = individu("activite", period)
        revenus = ("chomage_net", "ass", "retraite_nette", "pensions_invalidite", "revenus_stage_formation_pro", "salaire_net")
        return (
            (activite == TypesActivite.actif)
            + (activite == TypesActivite.retraite)
            + (sum(individu(revenu, period) for revenu in revenus) > 0)
        )


class billet_conge_annuel_reduction(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Réduction sur l'aller-retour"
    unit = "percent"
    reference = SNCF

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.billet_conge_annuel.reduction)


class billet_conge_annuel_reduction_cheques_vacances(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Réduction quand la moitié du billet est payée en chèques-vacances"
    unit = "percent"
    reference = SNCF

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.billet_conge_annuel.reduction_cheques_vacances)


class billet_conge_annuel(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Billet de congé annuel"
    reference = SNCF

    def formula(individu, period):
        return individu("billet_conge_annuel_condition_situation", period)
