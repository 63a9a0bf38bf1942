"""Prestation de compensation du handicap: who may ask the MDPH for it, and the share of the costs that it would pay."""

from numpy import nan, where
from openfisca_france.model.base import ADD, MONTH, Famille, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite

PCH = [
    "Prestation de compensation du handicap (Service-Public)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F14202",
]


def tarif(individu, period, parameters, qui):
    """The price of an hour of help, when it is known in that month and says something of the person."""
    return where(individu("pch_demande", period), getattr(parameters(period).aides_nationales.pch.tarif_horaire, qui, nan), nan)


class pch_demande_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir atteint l'âge limite, travailler encore, ou avoir eu ce handicap avant l'âge limite"
    reference = PCH

    def formula(individu, period, parameters):
        age = individu("age", period)
        jeune = (age >= 0) * (age < parameters(period).aides_nationales.pch.age_limite)
        travaille = individu("activite", period) == TypesActivite.actif
        return jeune + travaille + individu("handicap_avant_age_limite", period)


class pch_demande_condition_handicap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre avec un handicap, ou une maladie qui dure, qui gêne beaucoup dans la vie de tous les jours"
    reference = PCH

    def formula(individu, period):
        return individu("handicap_durable", period)


class pch_demande_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenus des placements et des biens de la personne et de son conjoint, pendant l'année civile précédente"
    unit = "currency"
    reference = PCH

    def formula(individu, period):
        """Pay, pensions and the benefits that stand in for them are left out."""
        annee = period.last_year
        revenus = individu("revenus_capital", annee, options=[ADD]) + individu("revenus_locatifs", annee, options=[ADD])
        return where(individu.has_role(Famille.PARENT), individu.famille.sum(revenus, role=Famille.PARENT), revenus)


class pch_demande_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources de l'année au-dessus desquelles la prestation de compensation est moins élevée"
    unit = "currency"
    reference = PCH

    def formula(individu, period, parameters):
        regles = parameters(period).aides_nationales
        plafond = regles.pch.plafond_ressources_en_mtp * regles.majoration_tierce_personne.montant * 12
        return plafond + 0 * individu("age", period)


class pch_demande_taux_prise_en_charge(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part des dépenses que la prestation de compensation paierait"
    unit = "percent"
    reference = PCH

    def formula(individu, period, parameters):
        taux = parameters(period).aides_nationales.pch.taux
        sous_plafond = individu("pch_demande_ressources", period) <= individu("pch_demande_plafond_ressources", period)
        return where(individu("pch_demande", period), where(sous_plafond, taux.normal, taux.reduit), nan)


class pch_demande_tarif_emploi_direct(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Tarif d'une heure d'aide par une personne que vous employez"
    unit = "currency"
    reference = PCH

    def formula(individu, period, parameters):
        return tarif(individu, period, parameters, "emploi_direct")


class pch_demande_tarif_prestataire(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Tarif d'une heure d'aide par un service prestataire"
    unit = "currency"
    reference = PCH

    def formula(individu, period, parameters):
        return tarif(individu, period, parameters, "prestataire")


class pch_demande_tarif_aidant_familial(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Tarif d'une heure d'aide par un proche"
    unit = "currency"
    reference = PCH

    def formula(individu, period, parameters):
        return tarif(individu, period, parameters, "aidant_familial")


class pch_demande_tarif_aidant_familial_sans_emploi(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Tarif d'une heure d'aide par un proche qui a quitté ou réduit son emploi"
    unit = "currency"
    reference = PCH

    def formula(individu, period, parameters):
        return tarif(individu, period, parameters, "aidant_familial_sans_emploi")


class pch_demande(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Prestation de compensation du handicap (PCH)"
    reference = PCH

    def formula(individu, period):
        return individu("pch_demande_condition_age", period) * individu("pch_demande_condition_handicap", period)
