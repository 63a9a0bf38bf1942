"""Aide au mérite. OpenFisca-France's ``aide_merite_eligibilite`` looks back year after year without end; this one asks of the year only."""

from openfisca_france.model.base import MONTH, Individu, Variable

AIDE_MERITE = ["Aide au mérite pour étudiant boursier (Service-Public)", "https://www.service-public.fr/particuliers/vosdroits/F1010"]


class aide_merite_condition_mention(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir eu la mention « très bien » au baccalauréat"
    reference = AIDE_MERITE

    def formula(individu, period):
        return individu("mention_tres_bien_baccalaureat", period)


class aide_merite(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide au mérite"
    unit = "currency"
    reference = AIDE_MERITE

    def formula(individu, period, parameters):
        etudiant = individu("etudes_superieures", period)
        mention = individu("aide_merite_condition_mention", period)
        boursier = individu("boursier_du_crous", period)
        montant = parameters(period).prestations_sociales.education.bourses.enseignement_superieur.aide_merite.montant_annuel
        return etudiant * mention * boursier * montant
