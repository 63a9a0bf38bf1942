"""The PreParE of a parent who stops or reduces work to raise a young child.

OpenFisca-France's ``paje_prepare`` is what a family received; the rates are its parameters.
"""

from numpy import select
from openfisca_france.model.base import MONTH, Famille, Individu, Variable

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

SP = ["Service-Public, fiche F313", "https://www.service-public.gouv.fr/particuliers/vosdroits/F313"]
L531_4 = [
    "Article L531-4 du code de la sécurité sociale, appliqué par le décret n° 2014-1705 du 30 décembre 2014",
    "https://www.legifrance.gouv.fr/loda/id/LEGIARTI000030046609/2015-01-01/",
    *SP,
]

SP_ET_CRDS = [*SP, *CRDS]
L531_4_ET_CRDS = [*L531_4, *CRDS]


class prepare_age_limite(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Âge que le plus jeune enfant ne doit pas avoir atteint, selon le nombre d'enfants à charge"
    reference = L531_4

    def formula(famille, period, parameters):
        ages = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_prepare.age_max_plus_jeune_enfant
        plusieurs = famille("af_nbenf", period) > 1
        return ages.enfant + plusieurs * (ages.deux_enfants_plus - ages.enfant)


class prepare_condition_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être parent d'un enfant à charge assez jeune"
    reference = L531_4

    def formula(individu, period):
        famille = individu.famille
        age = famille.members("age", period)
        a_charge = famille.members("prestations_familiales_enfant_a_charge", period)
        jeune = a_charge * (age >= 0) * (age < famille.members.famille("prepare_age_limite", period))
        return individu.has_role(Famille.PARENT) * famille.any(jeune, role=Famille.ENFANT)


class prepare_condition_reduction_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Arrêter ou réduire son travail pour élever son enfant"
    reference = L531_4

    def formula(individu, period):
        reduction = individu("reduction_activite_parentale", period)
        return reduction != reduction.possible_values.aucune


class prepare_condition_trimestres(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir validé assez de trimestres de retraite dans les dernières années"
    reference = L531_4

    def formula(individu, period, parameters):
        return individu("trimestres_prepare", period) >= parameters(period).aides_nationales.prepare.trimestres


class prepare_condition_sans_chomage(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre sans allocation chômage ni pension de retraite"
    reference = SP

    def formula(individu, period):
        return individu("chomage_net", period) + individu("retraite_nette", period) <= 0


class prepare_majoree(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "PreParE majorée, au choix, pour un parent de trois enfants ou plus qui arrête de travailler"
    unit = "EUR/mois"
    reference = SP_ET_CRDS

    def formula(individu, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        paje = regle.petite_enfance.paje.paje_prepare
        assez = individu.famille("af_nbenf", period) >= paje.condition_prepare_majoree.nombre_enfants_charge_minimum
        reduction = individu("reduction_activite_parentale", period)
        arret = reduction == reduction.possible_values.arret_complet
        ouverte = (individu("prepare", period) > 0) * assez * arret
        return ouverte * net_de_crds(paje.prepare_majoree.taux * regle.bmaf.bmaf, crds)


class prepare(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prestation partagée d'éducation de l'enfant"
    reference = L531_4_ET_CRDS

    def formula(individu, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales
        crds = parameters(period).prelevements_sociaux.contributions_sociales.crds
        taux = regle.petite_enfance.paje.paje_prepare.prestation_partagee_education_enfant
        reduction = individu("reduction_activite_parentale", period)
        cas = reduction.possible_values
        part = select(
            [reduction == cas.arret_complet, reduction == cas.mi_temps_ou_moins, reduction == cas.plus_d_un_mi_temps],
            [taux.taux_plein, taux.taux_partiel_50, taux.taux_partiel_entre_50_80],
        )
        conditions = (
            individu("prepare_condition_enfant", period)
            * individu("prepare_condition_reduction_activite", period)
            * individu("prepare_condition_trimestres", period)
            * individu("prepare_condition_sans_chomage", period)
        )
        return conditions * net_de_crds(part * regle.bmaf.bmaf, crds)
