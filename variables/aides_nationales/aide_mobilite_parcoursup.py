"""Aide à la mobilité Parcoursup: for the student who has just entered; OpenFisca-France looks at the pupil in terminale."""

from numpy import isin
from openfisca_france.model.base import MONTH, Individu, Variable

PARCOURSUP = ["Aide à la mobilité Parcoursup (Service-Public)", "https://www.service-public.fr/particuliers/vosdroits/F34643"]


class aide_mobilite_parcoursup_condition_periode(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Faire la demande entre l'été qui suit le baccalauréat et la mi-janvier"
    reference = PARCOURSUP

    def formula(individu, period, parameters):
        mois = parameters(period).aides_nationales.aide_mobilite_parcoursup.mois_de_demande
        return individu.filled_array(isin(period.start.month, mois))


class aide_mobilite_parcoursup_condition_academie(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être entré cette année, juste après la terminale, dans une formation acceptée sur Parcoursup hors de son académie"
    reference = PARCOURSUP

    def formula(individu, period):
        return individu("sortie_academie", period)


class aide_mobilite_parcoursup_condition_bourse_lycee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir eu une bourse de lycée en terminale"
    reference = PARCOURSUP

    def formula(individu, period):
        return individu("boursier_lycee_annee_precedente", period)


class aide_mobilite_parcoursup_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide à la mobilité Parcoursup"
    reference = PARCOURSUP

    def formula(individu, period):
        periode = individu("aide_mobilite_parcoursup_condition_periode", period)
        academie = individu("aide_mobilite_parcoursup_condition_academie", period)
        bourse = individu("aide_mobilite_parcoursup_condition_bourse_lycee", period)
        return individu("etudes_superieures", period) * periode * academie * bourse


class aide_mobilite_parcoursup_somme(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant de l'aide à la mobilité Parcoursup, versé une fois"
    unit = "currency"
    reference = PARCOURSUP

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).prestations_sociales.education.mobilite.parcoursup.montant)
