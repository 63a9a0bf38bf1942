"""Aide à la mobilité internationale: OpenFisca-France's variable forgets that one must hold a grant; the school of origin decides."""

from openfisca_france.model.base import MONTH, Individu, Variable

AMI = [
    "Circulaire du 10 juin 2024, bourses d'enseignement supérieur, annexe sur l'aide à la mobilité internationale",
    "https://www.education.gouv.fr/bo/2024/Hebdo26/ESRS2413977C",
    "Aide à la mobilité internationale d'un étudiant (Service-Public)",
    "https://www.service-public.fr/particuliers/vosdroits/F380",
]


class aide_mobilite_internationale_jours_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Durée la plus courte d'un séjour aidé, en jours"
    reference = AMI

    def formula(individu, period, parameters):
        mois_min = parameters(period).prestations_sociales.education.mobilite.internationale.duree_sejour.mois_min
        return individu.filled_array(mois_min * parameters(period).aides_nationales.aide_mobilite_internationale.jours_par_mois)


class aide_mobilite_internationale_condition_duree(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Faire un séjour d'études ou de stage à l'étranger assez long"
    reference = AMI

    def formula(individu, period):
        jours = individu("jours_sejour_etudes_etranger", period)
        return jours >= individu("aide_mobilite_internationale_jours_minimum", period)


class aide_mobilite_internationale_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide à la mobilité internationale"
    reference = AMI

    def formula(individu, period):
        duree = individu("aide_mobilite_internationale_condition_duree", period)
        return individu("etudes_superieures", period) * duree * individu("boursier_du_crous", period)


class aide_mobilite_internationale_somme(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant de l'aide à la mobilité internationale, par mois de séjour"
    unit = "currency"
    reference = AMI

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).prestations_sociales.education.mobilite.internationale.montant)
