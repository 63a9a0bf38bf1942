"""The specific aids of the Crous: the yearly allowance (lasting difficulties, no grant) and the one-off aid (a hard moment)."""

from openfisca_core.model_api import not_
from openfisca_france.model.base import MONTH, Individu, Variable

CIRCULAIRE = [
    "Circulaire du 8 octobre 2014 sur les aides spécifiques (NOR MENS1420893C)",
    "https://www.education.gouv.fr/bo/14/Hebdo40/MENS1420893C.htm",
]
ALLOCATION = [
    *CIRCULAIRE,
    "Allocation spécifique annuelle pour étudiant en difficulté (Service-Public)",
    "https://www.service-public.fr/particuliers/vosdroits/F1024",
]
PONCTUELLE = [
    *CIRCULAIRE,
    "Aide spécifique ponctuelle pour étudiant en difficulté (Service-Public)",
    "https://www.service-public.fr/particuliers/vosdroits/F34073",
]


class aides_specifiques_etudiant_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis au début de l'année universitaire, ou un handicap reconnu"
    reference = CIRCULAIRE

    def formula(individu, period, parameters):
        age_limite = parameters(period).aides_nationales.aides_specifiques_etudiant.age_limite
        return (individu("bourse_criteres_sociaux_age_rentree", period) < age_limite) + individu("handicap", period)


class allocation_annuelle_etudiant_condition_difficultes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des difficultés financières durables : rupture familiale, vie sans l'aide des parents, reprise d'études"
    reference = ALLOCATION

    def formula(individu, period):
        return individu("difficultes_durables_etudiant", period)


class allocation_annuelle_etudiant_condition_sans_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir droit à la bourse sur critères sociaux"
    reference = ALLOCATION

    def formula(individu, period):
        return individu("bourse_criteres_sociaux", period) <= 0


class allocation_annuelle_etudiant_droit(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Allocation annuelle du Crous"
    reference = ALLOCATION

    def formula(individu, period):
        etudes = individu("bourse_criteres_sociaux_condition_enseignement_superieur", period)
        hors_doctorat = individu("bourse_criteres_sociaux_condition_hors_doctorat", period)
        etablissement = individu("bourse_criteres_sociaux_condition_etablissement", period)
        nationalite = individu("bourse_criteres_sociaux_condition_nationalite", period)
        age = individu("aides_specifiques_etudiant_condition_age", period)
        difficultes = individu("allocation_annuelle_etudiant_condition_difficultes", period)
        sans_bourse = individu("allocation_annuelle_etudiant_condition_sans_bourse", period)
        return etudes * hors_doctorat * etablissement * nationalite * age * difficultes * sans_bourse


class crous_aide_ponctuelle_condition_formation_initiale(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas étudier en alternance"
    reference = PONCTUELLE

    def formula(individu, period):
        return not_(individu("alternant", period))


class crous_aide_ponctuelle(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide ponctuelle du Crous"
    reference = PONCTUELLE

    def formula(individu, period):
        formation = individu("crous_aide_ponctuelle_condition_formation_initiale", period)
        return individu("etudes_superieures", period) * formation * individu("aides_specifiques_etudiant_condition_age", period)


class crous_aide_ponctuelle_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant le plus élevé d'une aide ponctuelle"
    unit = "currency"
    reference = PONCTUELLE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.aides_specifiques_etudiant.montant_maximum_aide_ponctuelle)
