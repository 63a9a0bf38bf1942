"""Ehop: cars shared with volunteers, for people who must travel to work or to a course."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite

EHOP = ["Ehop, le covoiturage solidaire", "https://ehop.bzh"]


class bretagne_ehop_solidaire_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler, chercher un emploi, ou être en apprentissage, en service civique ou en stage de formation"
    reference = EHOP

    def formula(individu, period):
        activite = individu("activite", period)
        emploi = (activite == TypesActivite.actif) + (activite == TypesActivite.chomeur)
        formation = individu("alternant", period) + individu("apprenti", period) + (individu("revenus_stage_formation_pro", period) > 0)
        return emploi + formation + individu("service_civique", period)


class bretagne_ehop_solidaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Covoiturage solidaire Ehop"
    reference = EHOP

    def formula(individu, period):
        return individu("habite_bretagne", period) * individu("bretagne_ehop_solidaire_condition_activite", period)


class bretagne_ehop_solidaire_prix_au_kilometre(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Participation du passager par kilomètre, au plus"
    unit = "currency"
    reference = EHOP

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.ehop_solidaire.prix_au_kilometre)
