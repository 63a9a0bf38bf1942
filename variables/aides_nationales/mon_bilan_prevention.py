"""Mon bilan prévention: a free appointment in each of four age bands."""

from openfisca_france.model.base import MONTH, Individu, Variable

BILAN = ["Mon bilan prévention (Assurance maladie)", "https://www.ameli.fr/assure/sante/mon-bilan-prevention"]


class mon_bilan_prevention_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans une des tranches d'âge du bilan"
    reference = BILAN

    def formula(individu, period, parameters):
        age = individu("age", period)
        tranches = parameters(period).aides_nationales.mon_bilan_prevention
        bornes = zip(tranches.ages_debut, tranches.ages_fin, strict=True)
        return sum((age >= debut) * (age <= fin) for debut, fin in bornes) > 0


class mon_bilan_prevention(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Mon bilan prévention"
    reference = BILAN

    def formula(individu, period):
        return individu("mon_bilan_prevention_condition_age", period)
