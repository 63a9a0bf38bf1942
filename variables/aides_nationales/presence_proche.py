"""Days without work beside a child who is gravely ill (AJPP), a relative who needs help (AJPA) or someone at the end of life (AJAP)."""

from numpy import floor, full, minimum, nan
from openfisca_france.model.base import MONTH, Famille, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

AJPP = ["L'allocation journalière de présence parentale (MSA, janvier 2025)", "https://auvergne.msa.fr/lfp/web/msa-auvergne/famille/ajpp"]
AJPA = [
    "L'allocation journalière du proche aidant (CAF de l'Orne)",
    "https://www.caf.fr/allocataires/caf-de-l-orne/offre-de-service/vie-professionnelle/vous-aidez-un-proche-en-situation-de-handicap-ou-de-perte-d-autonomie",
]
AJAP = ["Service-Public, fiche F706 (AJAP)", "https://www.service-public.gouv.fr/particuliers/vosdroits/F706"]
AJPP_ET_CRDS = [*AJPP, *CRDS]
AJPP_OU_AJPA = [*AJPP, *AJPA]
CENTIMES = 100
TOLERANCE = 0.01  # of a cent


class presence_proche_montant_journalier(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant versé pour une journée sans travail auprès d'un proche"
    unit = "EUR/jour"
    reference = AJPP_OU_AJPA

    def formula(individu, period, parameters):
        regle = parameters(period).aides_nationales.presence_proche
        return full(individu.count, regle.heures_par_jour * regle.smic_net_horaire)


class presence_proche_montant_demi_journee(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant versé pour une demi-journée sans travail auprès d'un proche"
    unit = "EUR"
    reference = AJPP_OU_AJPA

    def formula(individu, period, parameters):
        part = parameters(period).aides_nationales.presence_proche.part_demi_journee
        return part * individu("presence_proche_montant_journalier", period)


def montant(individu, period, parameters, jours):
    """What is paid for these days, up to the most days of a month."""
    regle = parameters(period).aides_nationales.presence_proche
    payes = minimum(jours, regle.jours_par_mois) * (regle.heures_par_jour * regle.smic_net_horaire)
    return floor(CENTIMES * payes + TOLERANCE) / CENTIMES


def travaille_ou_est_indemnise(individu, period):
    """At work, or with an unemployment allowance."""
    return (individu("activite", period) == TypesActivite.actif) + (individu("chomage_net", period) > 0)


class ajpp_condition_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être parent d'un enfant à charge qui n'a pas atteint l'âge limite"
    reference = AJPP

    def formula(individu, period, parameters):
        famille = individu.famille
        age = famille.members("age", period)
        a_charge = famille.members("prestations_familiales_enfant_a_charge", period)
        limite = parameters(period).aides_nationales.presence_proche.age_enfant
        return individu.has_role(Famille.PARENT) * famille.any(a_charge * (age >= 0) * (age < limite), role=Famille.ENFANT)


class ajpp_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler, ou recevoir une allocation chômage"
    reference = AJPP

    def formula(individu, period):
        return travaille_ou_est_indemnise(individu, period)


class ajpp_condition_jours(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "S'arrêter de travailler certains jours auprès d'un enfant gravement malade, handicapé ou accidenté"
    reference = AJPP

    def formula(individu, period, parameters):
        return montant(individu, period, parameters, individu("jours_presence_parentale", period)) > 0


class ajpp_complement_frais(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Complément mensuel de l'AJPP pour des frais liés à la santé de l'enfant, sous un plafond de ressources"
    unit = "EUR/mois"
    reference = AJPP_ET_CRDS

    def formula(individu, period, parameters):
        bmaf = parameters(period).prestations_sociales.prestations_familiales.bmaf.bmaf
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        return net_de_crds(full(individu.count, parameters(period).aides_nationales.presence_proche.taux_complement * bmaf), crds)


class ajpp(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation journalière de présence parentale"
    reference = AJPP

    def formula(individu, period, parameters):
        conditions = (
            individu("ajpp_condition_enfant", period)
            * individu("ajpp_condition_activite", period)
            * individu("ajpp_condition_jours", period)
        )
        return conditions * montant(individu, period, parameters, individu("jours_presence_parentale", period))


class ajpa_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler, ou recevoir une allocation chômage"
    reference = AJPA

    def formula(individu, period):
        return travaille_ou_est_indemnise(individu, period)


class ajpa_condition_jours(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "S'arrêter de travailler certains jours pour aider un proche dépendant ou handicapé"
    reference = AJPA

    def formula(individu, period, parameters):
        return montant(individu, period, parameters, individu("jours_proche_aidant", period)) > 0


class ajpa(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation journalière du proche aidant"
    reference = AJPA

    def formula(individu, period, parameters):
        conditions = individu("ajpa_condition_activite", period) * individu("ajpa_condition_jours", period)
        return conditions * montant(individu, period, parameters, individu("jours_proche_aidant", period))


class ajap_montant_journalier(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant pour une journée, quand on arrête de travailler auprès d'un proche en fin de vie"
    unit = "EUR/jour"
    reference = AJAP

    def formula(individu, period, parameters):
        return full(individu.count, getattr(parameters(period).aides_nationales.fin_de_vie, "montant_journalier", nan))


class ajap_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler, ou recevoir une allocation chômage"
    reference = AJAP

    def formula(individu, period):
        return travaille_ou_est_indemnise(individu, period)


class ajap_condition_accompagnement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Arrêter ou réduire son travail pour être auprès d'un proche en fin de vie"
    reference = AJAP

    def formula(individu, period):
        return individu("accompagne_fin_de_vie", period)


class ajap(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Allocation journalière d'accompagnement d'une personne en fin de vie"
    reference = AJAP

    def formula(individu, period):
        return individu("ajap_condition_activite", period) * individu("ajap_condition_accompagnement", period)
