"""Disabled adults' allowance (AAH): the conditions that decide whether it is paid."""

from numpy import where
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period, set_input_divide_by_period
from openfisca_france.entities import Individu

from tznr_rules.corrections.asi_aspa import servi

L821_1 = [
    "Article L821-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033813790",
]
L821_2 = [
    "Article L821-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000020039305",
]
D821_1 = [
    "Article D821-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000023097719",
]
R821_1 = [
    "Article R821-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006754135",
]
D821_2 = [
    "Article D821-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000019077584",
]


def aah(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.aah


def taux_eleve(individu, period, parameters):
    return individu("taux_incapacite", period) >= aah(parameters, period).taux_capacite.taux_incapacite


def marge(individu, period, regime):
    """The ceiling less the resources, counting the partner's ones or not."""
    plafond, base = {
        "couple": ("aah_plafond_ressources_conjugalise", "aah_base_ressources_conjugalisee"),
        "personne": ("aah_plafond_ressources_deconjugalise", "aah_base_ressources_deconjugalisee"),
    }[regime]
    return individu(plafond, period) - individu(base, period)


def part_versee(individu, period):
    """The part of the allowance that is paid, less than all of it in hospital or in prison."""
    base = individu("aah_base", period)
    return where(base > 0, individu("aah", period), 1) / where(base > 0, base, 1)


def regime_du_couple(individu, period):
    """Whether the former calculation, with the partner's resources, is kept and is the better one."""
    return individu("aah_conjugalise_eligible", period) * (marge(individu, period, "couple") > marge(individu, period, "personne"))


class aah_condition_taux_incapacite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un taux d'incapacité suffisant, reconnu par la MDPH"
    reference = D821_1

    def formula(individu, period, parameters):
        return individu("taux_incapacite", period) >= aah(parameters, period).taux_capacite.taux_incapacite_rsdae


class aah_condition_acces_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un taux d'incapacité élevé, ou une restriction substantielle et durable d'accès à l'emploi reconnue par la MDPH"
    reference = L821_2

    def formula(individu, period, parameters):
        rsdae = individu("aah_restriction_substantielle_durable_acces_emploi", period)
        return taux_eleve(individu, period, parameters) + rsdae


class aah_condition_age_maximal(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un taux d'incapacité élevé, ou être plus jeune que l'âge de la retraite pour inaptitude au travail"
    reference = L821_2

    def formula(individu, period, parameters):
        return taux_eleve(individu, period, parameters) + (individu("age", period) < aah(parameters, period).age_legal_retraite)


class aah_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir l'âge requis"
    reference = R821_1

    def formula(individu, period, parameters):
        return individu("age", period) >= aah(parameters, period).age_fin_educ


class aah_condition_enfant_a_charge(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Ne plus être compté comme enfant à charge pour les prestations familiales"
    reference = R821_1

    def formula(individu, period, parameters):
        a_charge = individu("prestations_familiales_enfant_a_charge", period)
        return (individu("age", period) >= aah(parameters, period).age_minimal) + (a_charge == 0)


class aah_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Ressources annuelles comparées au plafond de l'AAH, après abattements"
    reference = D821_2

    def formula(individu, period):
        couple, personne = individu("aah_base_ressources_conjugalisee", period), individu("aah_base_ressources_deconjugalisee", period)
        return 12 * where(regime_du_couple(individu, period), couple, personne)


class aah_plafond_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    label = "Plafond annuel de ressources de l'AAH, majoré pour chaque enfant à charge"
    reference = D821_2

    def formula(individu, period):
        couple, personne = individu("aah_plafond_ressources_conjugalise", period), individu("aah_plafond_ressources_deconjugalise", period)
        return 12 * where(regime_du_couple(individu, period), couple, personne)


class aah_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir des ressources sous le plafond de l'AAH"
    reference = D821_2

    def formula(individu, period):
        part = part_versee(individu, period)
        couple = individu("aah_conjugalise_eligible", period) * servi(part * marge(individu, period, "couple"))
        return couple + servi(part * marge(individu, period, "personne"))


class aah_condition_pension(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Toucher moins que le montant maximal de l'AAH en pension d'invalidité, ASI, retraite et rente d'accident du travail"
    reference = L821_1

    def formula(individu, period, parameters):
        reste = aah(parameters, period).montant - individu("aah_base_non_cumulable", period)
        return servi(part_versee(individu, period) * reste)
