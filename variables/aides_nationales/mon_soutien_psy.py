"""Mon soutien psy: sessions with a psychologist paid back by the health insurance."""

from numpy import nan, where
from openfisca_france.model.base import MONTH, Individu, Variable

SEANCES = [
    "Remboursement de séances chez le psychologue : Mon soutien psy (Assurance maladie)",
    "https://www.ameli.fr/assure/remboursements/rembourse/seances-avec-un-psychologue",
]


class mon_soutien_psy_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis"
    reference = SEANCES

    def formula(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_nationales.mon_soutien_psy.age_minimum


class mon_soutien_psy_seances(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Nombre de séances remboursées au plus dans l'année"
    reference = SEANCES

    def formula(individu, period, parameters):
        return where(individu("mon_soutien_psy", period), parameters(period).aides_nationales.mon_soutien_psy.seances, nan)


class mon_soutien_psy_prix_seance(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'une séance, avant remboursement"
    unit = "currency"
    reference = SEANCES

    def formula(individu, period, parameters):
        return where(individu("mon_soutien_psy", period), parameters(period).aides_nationales.mon_soutien_psy.prix_seance, nan)


class mon_soutien_psy(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Mon soutien psy"
    reference = SEANCES

    def formula(individu, period):
        return individu("mon_soutien_psy_condition_age", period)
