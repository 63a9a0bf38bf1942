"""What the CCAS of Rennes offers to people without a home of their own: a postal address, and meals."""

from openfisca_france.model.base import MONTH, Individu, TypesStatutOccupationLogement, Variable

DOMICILIATION = [
    "Articles L264-1 à L264-4 du code de l'action sociale et des familles",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006074069",
    "Service Public, domiciliation d'une personne sans domicile stable",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F17317",
]
LEPERDIT = [
    "Au Fourneau, 140 repas pour les sans-logis (Rennes, Ville et Métropole)",
    "https://metropole.rennes.fr/au-fourneau-140-repas-pour-les-sans-logis",
]
SANS_LOGEMENT_A_SOI = (TypesStatutOccupationLogement.sans_domicile, TypesStatutOccupationLogement.loge_gratuitement)


class ccas_rennes_domiciliation_condition_sans_domicile(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être sans domicile stable : sans logement, ou hébergé par quelqu'un"
    reference = DOMICILIATION

    def formula(individu, period):
        statut = individu.menage("statut_occupation_logement", period)
        sans_logement_a_soi = sum(statut == each for each in SANS_LOGEMENT_A_SOI) > 0
        return sans_logement_a_soi + individu.famille("heberge", period)


class ccas_rennes_domiciliation_condition_courrier(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Manquer d'une adresse où rester et recevoir son courrier de façon sûre"
    reference = DOMICILIATION

    def formula(individu, period):
        return individu("sans_adresse_sure", period)


class ccas_rennes_domiciliation_condition_lien_commune(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un lien avec Rennes, par exemple y vivre"
    reference = DOMICILIATION

    def formula(individu, period):
        return individu("habite_rennes", period)


class ccas_rennes_domiciliation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Domiciliation au CCAS de Rennes"
    reference = DOMICILIATION

    def formula(individu, period):
        sans_domicile = individu("ccas_rennes_domiciliation_condition_sans_domicile", period)
        lien = individu("ccas_rennes_domiciliation_condition_lien_commune", period)
        return sans_domicile * lien * individu("ccas_rennes_domiciliation_condition_courrier", period)


class ccas_rennes_restaurant_social_condition_sans_logement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être sans logement"
    reference = LEPERDIT

    def formula(individu, period):
        return individu.menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.sans_domicile


class ccas_rennes_restaurant_social(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Restaurant social Leperdit"
    reference = LEPERDIT

    def formula(individu, period):
        return individu("habite_rennes", period) * individu("ccas_rennes_restaurant_social_condition_sans_logement", period)
