"""Carte mobilité inclusion: its three mentions, and who may ask for them."""

from numpy import logical_not
from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.autonomie import TypesGir

CMI = [
    "Carte mobilité inclusion (Service-Public)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F34049",
]


def tres_dependant(individu, period):
    """Whether the loss of autonomy is in one of the two heaviest groups."""
    gir = individu("gir", period)
    return (gir == TypesGir.gir_1) + (gir == TypesGir.gir_2)


class cmi_invalidite_de_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir déjà le taux d'incapacité ou la perte d'autonomie qui donne la carte"
    reference = CMI

    def formula(individu, period, parameters):
        taux = parameters(period).aides_nationales.cmi.taux_incapacite
        return (individu("taux_incapacite", period) >= taux) + tres_dependant(individu, period)


class cmi_invalidite_condition_handicap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre avec un handicap, ou une maladie qui dure, qui gêne beaucoup dans la vie de tous les jours"
    reference = CMI

    def formula(individu, period):
        return individu("handicap_durable", period)


class cmi_invalidite_condition_taux(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un taux d'incapacité suffisant (s'il est connu), une forte perte d'autonomie ou une pension d'invalidité"
    reference = CMI

    def formula(individu, period):
        """A pension may be one of the third category, which gives the card."""
        pension = individu("pensions_invalidite", period) > 0
        return individu("cmi_invalidite_de_droit", period) + pension + (individu("taux_incapacite", period) <= 0)


class cmi_invalidite_condition_premiere_carte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir indiqué que vous avez déjà cette carte"
    reference = CMI

    def formula(individu, period):
        return logical_not(individu("titulaire_cmi_invalidite", period))


class cmi_invalidite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Carte mobilité inclusion « invalidité »"
    reference = CMI

    def formula(individu, period):
        return (
            individu("cmi_invalidite_condition_handicap", period)
            * individu("cmi_invalidite_condition_taux", period)
            * individu("cmi_invalidite_condition_premiere_carte", period)
        )


class cmi_priorite_condition_handicap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre avec un handicap, ou une maladie qui dure, qui gêne beaucoup dans la vie de tous les jours"
    reference = CMI

    def formula(individu, period):
        return individu("handicap_durable", period)


class cmi_priorite_condition_taux(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un taux d'incapacité plus bas que celui de la carte « invalidité » (s'il est connu)"
    reference = CMI

    def formula(individu, period, parameters):
        return individu("taux_incapacite", period) < parameters(period).aides_nationales.cmi.taux_incapacite


class cmi_priorite_condition_autre_carte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir indiqué une carte « invalidité », qui donne aussi la priorité"
    reference = CMI

    def formula(individu, period):
        return logical_not(individu("titulaire_cmi_invalidite", period))


class cmi_priorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Carte mobilité inclusion « priorité »"
    reference = CMI

    def formula(individu, period):
        return (
            individu("cmi_priorite_condition_handicap", period)
            * individu("cmi_priorite_condition_taux", period)
            * individu("cmi_priorite_condition_autre_carte", period)
        )


class cmi_stationnement_condition_handicap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre avec un handicap, ou une maladie qui dure, qui gêne beaucoup dans la vie de tous les jours"
    reference = CMI

    def formula(individu, period):
        return individu("handicap_durable", period)


class cmi_stationnement_de_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir déjà la perte d'autonomie qui donne la carte"
    reference = CMI

    def formula(individu, period):
        return tres_dependant(individu, period)


class cmi_stationnement_condition_premiere_carte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir indiqué que vous avez déjà cette carte"
    reference = CMI

    def formula(individu, period):
        return logical_not(individu("titulaire_cmi_stationnement", period))


class cmi_stationnement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Carte mobilité inclusion « stationnement »"
    reference = CMI

    def formula(individu, period):
        handicap = individu("cmi_stationnement_condition_handicap", period)
        return handicap * individu("cmi_stationnement_condition_premiere_carte", period)
