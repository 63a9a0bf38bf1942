"""Bourse sur critères sociaux: the conditions of studies, age, nationality and resources, and what it pays over a university year."""

from openfisca_core.model_api import MONTH, Variable, not_, set_input_dispatch_by_period
from openfisca_france.entities import Individu
from openfisca_france.model.prestations.education import StatutsEtablissementScolaire, TypesClasse, TypesScolarite

from tznr_rules.corrections.bourses import age_a_la_rentree, age_limite

CIRCULAIRE = [
    "Circulaire du 10 juin 2024, bourses d'enseignement supérieur sur critères sociaux (NOR ESRS2413977C)",
    "https://www.education.gouv.fr/bo/2024/Hebdo26/ESRS2413977C",
]
PLAFONDS = [
    "Arrêté du 15 avril 2025 fixant les plafonds de ressources relatifs aux bourses d'enseignement supérieur",
    "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000051491048",
]
MONTANTS = [
    "Arrêté du 13 avril 2023 fixant les taux des bourses d'enseignement supérieur",
    "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000047483284",
]


class bourse_criteres_sociaux_condition_enseignement_superieur(Variable):
    value_type = bool
    entity = Individu
    label = "Être inscrit dans l'enseignement supérieur"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu("scolarite", period) == TypesScolarite.enseignement_superieur


class bourse_criteres_sociaux_condition_hors_doctorat(Variable):
    value_type = bool
    entity = Individu
    label = "Ne pas préparer un doctorat"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        classe = individu("annee_etude", period)
        return not_(sum(classe == annee for annee in (TypesClasse.doctorat_1, TypesClasse.doctorat_2, TypesClasse.doctorat_3)))


class bourse_criteres_sociaux_condition_temps_plein(Variable):
    value_type = bool
    entity = Individu
    label = "Étudier à temps plein, hors alternance"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return not_(individu("alternant", period))


class bourse_criteres_sociaux_condition_etablissement(Variable):
    value_type = bool
    entity = Individu
    label = "Pour un étudiant, être dans un établissement public ou privé sous contrat"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        etudiant = individu("scolarite", period) == TypesScolarite.enseignement_superieur
        statut = individu("statuts_etablissement_scolaire", period)
        public = statut == StatutsEtablissementScolaire.public
        return public + (statut == StatutsEtablissementScolaire.prive_sous_contrat) + not_(etudiant)


class bourse_criteres_sociaux_age_rentree(Variable):
    value_type = int
    entity = Individu
    label = "Âge au premier jour de l'année universitaire"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period, parameters):
        return age_a_la_rentree(individu, period, parameters)


class bourse_criteres_sociaux_age_limite(Variable):
    value_type = int
    entity = Individu
    label = "Âge à partir duquel une première bourse sur critères sociaux est refusée"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period, parameters):
        return age_limite(individu, period, parameters)


class bourse_criteres_sociaux_condition_age(Variable):
    value_type = bool
    entity = Individu
    label = "Avoir l'âge requis au début de l'année universitaire, ou un handicap reconnu"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu("bourse_criteres_sociaux_eligibilite_age", period)


class bourse_criteres_sociaux_condition_nationalite(Variable):
    value_type = bool
    entity = Individu
    label = "Avoir la nationalité française, d'un pays de l'Espace économique européen ou suisse"
    reference = CIRCULAIRE
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return individu("bourse_criteres_sociaux_eligibilite_nationalite", period)


class bourse_criteres_sociaux_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    label = "Plafond de ressources de la bourse sur critères sociaux"
    reference = PLAFONDS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period, parameters):
        bareme = parameters(period).prestations_sociales.education.bourses.enseignement_superieur.criteres_sociaux.plafond_ressources
        return bareme.echelon_0bis.calc(individu("bourse_criteres_sociaux_points_de_charge", period))


class bourse_criteres_sociaux_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    label = "Avoir des revenus sous le plafond : ceux des parents en général, parfois ceux de l'étudiant"
    reference = PLAFONDS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        ressources = individu("bourse_criteres_sociaux_base_ressources", period)
        return ressources <= individu("bourse_criteres_sociaux_plafond_ressources", period)


class bourse_criteres_sociaux_montant_annuel(Variable):
    value_type = float
    entity = Individu
    label = "Montant de la bourse sur critères sociaux pour l'année universitaire"
    reference = MONTANTS
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period, parameters):
        criteres_sociaux = parameters(period).prestations_sociales.education.bourses.enseignement_superieur.criteres_sociaux
        return individu("bourse_criteres_sociaux", period) * criteres_sociaux.nombre_mensualites
