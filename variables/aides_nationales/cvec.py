"""The contribution of students to campus life (CVEC), which grant holders do not pay."""

from openfisca_france.model.base import MONTH, Individu, Variable

CVEC = ["Article L841-5 du code de l'éducation, expliqué sur le site de la CVEC", "https://cvec.etudiant.gouv.fr"]


class cvec_exoneration(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Exonération de la contribution de vie étudiante et de campus (CVEC)"
    reference = CVEC

    def formula(individu, period):
        return individu("etudes_superieures", period) * individu("boursier_du_crous", period)


class cvec_montant(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Contribution de vie étudiante et de campus (CVEC), pour une année universitaire"
    unit = "currency"
    reference = CVEC

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.cvec.montant)
