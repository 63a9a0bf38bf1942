"""Aide ménagère: hours of help at home paid by the Département for old people with low resources who are not entitled to the APA."""

from numpy import nan, where
from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.autonomie import TypesGir

AIDE_MENAGERE = [
    "Articles L113-1 et L231-1 du code de l'action sociale et des familles, expliqués par le Département de la Vendée",
    "https://www.vendee-senior.fr/vos-prestations-/-vos-demandes/aide-menagere-au-titre-de-laide-sociale",
]


class ille_et_vilaine_aide_menagere_age_requis(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Âge à partir duquel la personne peut demander l'aide ménagère"
    reference = AIDE_MENAGERE

    def formula(individu, period, parameters):
        ages = parameters(period).aides_locales.ille_et_vilaine.aide_menagere
        return where(individu("inapte_travail", period), ages.age_minimum_inaptitude, ages.age_minimum)


class ille_et_vilaine_aide_menagere_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis, abaissé en cas d'inaptitude au travail"
    reference = AIDE_MENAGERE

    def formula(individu, period):
        return individu("age", period) >= individu("ille_et_vilaine_aide_menagere_age_requis", period)


class ille_et_vilaine_aide_menagere_condition_autonomie(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas être classé dans un Gir qui donne droit à l'allocation personnalisée d'autonomie (Apa)"
    reference = AIDE_MENAGERE

    def formula(individu, period):
        gir = individu("gir", period)
        return sum(gir == groupe for groupe in (TypesGir.gir_1, TypesGir.gir_2, TypesGir.gir_3, TypesGir.gir_4)) < 1


class ille_et_vilaine_aide_menagere_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des ressources sous le plafond du minimum vieillesse"
    reference = AIDE_MENAGERE

    def formula(individu, period):
        return individu.famille("aspa_ressources", period) <= individu.famille("aspa_plafond_ressources", period)


class ille_et_vilaine_aide_menagere_heures(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Nombre d'heures d'aide ménagère par mois au plus, pour la personne, ou pour les deux ensemble dans un couple"
    reference = AIDE_MENAGERE

    def formula(individu, period, parameters):
        heures = parameters(period).aides_locales.ille_et_vilaine.aide_menagere.heures
        maximum = where(individu.famille("en_couple", period), heures.couple, heures.personne_seule)
        return where(individu("ille_et_vilaine_aide_menagere", period), maximum, nan)


class ille_et_vilaine_aide_menagere(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide ménagère du Département"
    reference = AIDE_MENAGERE

    def formula(individu, period):
        return (
            individu("habite_ille_et_vilaine", period)
            * individu("ille_et_vilaine_aide_menagere_condition_age", period)
            * individu("ille_et_vilaine_aide_menagere_condition_autonomie", period)
            * individu("ille_et_vilaine_aide_menagere_condition_ressources", period)
        )
