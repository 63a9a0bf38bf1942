"""What people say of their health, of a handicap or of their stay, and that OpenFisca-France does not know."""

from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite
from openfisca_france.model.prestations.autonomie import TypesGir


class refugie_ou_protege(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Réfugié, apatride ou protégé à titre subsidiaire"
    set_input = set_input_dispatch_by_period


class titulaire_carte_resident(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Titulaire d'une carte de résident"
    set_input = set_input_dispatch_by_period


class handicap_durable(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Handicap, ou maladie qui dure, qui gêne beaucoup dans la vie de tous les jours"
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        """Whoever has a rate of incapacity, a card, a pension, a complement of AEEH or a loss of autonomy already told it."""
        gir = individu("gir", period)
        dependance = sum(gir == groupe for groupe in (TypesGir.gir_1, TypesGir.gir_2, TypesGir.gir_3, TypesGir.gir_4))
        return (
            individu("handicap", period)
            + individu("invalidite", period)
            + (individu("taux_incapacite", period) > 0)
            + (individu("aeeh_niveau_handicap", period) > 0)
            + (individu("pensions_invalidite", period) > 0)
            + individu("titulaire_cmi_invalidite", period)
            + individu("titulaire_cmi_stationnement", period)
            + (dependance > 0)
        )


class handicap_avant_age_limite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Handicap d'avant l'âge limite de la prestation de compensation, ou personne à qui cet âge n'est pas opposé"
    set_input = set_input_dispatch_by_period

    def formula_2024_01_01(individu, period, parameters):
        """Nothing is to be asked of those who are under the limit, or who still work."""
        jeune = individu("age", period) < parameters(period).aides_nationales.pch.age_limite
        return jeune + (individu("activite", period) == TypesActivite.actif)


class sans_titre_de_sejour_depuis_trois_mois(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre en France depuis plus de trois mois, sans titre de séjour en cours"
    set_input = set_input_dispatch_by_period
