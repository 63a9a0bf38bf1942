"""Tarification solidaire STAR: the reduction on the monthly season ticket, and what each person pays and saves with it."""

from numpy import choose, logical_not, maximum, rint, where
from openfisca_france.model.base import MONTH, Individu, Variable

TARIFICATION_SOLIDAIRE = [
    "Tarifs réduits pour les transports (Rennes Métropole)",
    "https://transport.metropole.rennes.fr/tarifs-reduits-pour-les-transports/",
    "Délibération de Rennes Métropole du 13 mars 2025, rapportée par la presse locale",
    "https://faireamanger.cluster1.easy-hebergement.net/rs/article/313-reseau-star-la-metropole-annonce-une-revalorisation-des-ressources-pour-beneficier-des-tarifs-reduits",
]
ETUDIANTS = [
    "STAR : forfait étudiant boursier selon l'échelon (France Travail, Mes aides)",
    "https://mes-aides.francetravail.fr/transport-et-mobilite/transports-en-commun/star/tarification-26-ans",
]
PRIX = [
    "Pages de prix du réseau STAR, extrait de mai 2025",
    "https://github.com/betagouv/tous-a-bord-data/blob/2a1d74c/prompts/data/tsst/rennes.txt",
    "Modèle public des tarifs du réseau STAR, février 2026",
    "https://github.com/betagouv/aides-simplifiees-app/tree/main/packages/publicodes-aom-rennes",
]


class rennes_metropole_star_condition_residence(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter une commune de Rennes Métropole"
    reference = TARIFICATION_SOLIDAIRE

    def formula_2017_01_01(individu, period):
        return individu("habite_rennes_metropole", period)


class rennes_metropole_star_condition_abonnement_payant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge où l'abonnement STAR est payant"
    reference = PRIX

    def formula_2020_12_01(individu, period):
        return individu("rennes_metropole_star_prix_plein", period) > 0

    def formula_2017_01_01(individu, period):
        """The prices of those years were not found: everyone is asked the question of resources."""
        return individu("age", period) >= 0


class rennes_metropole_star_condition_ressources_ou_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des ressources (aides reçues ou supposées reçues comprises) sous le plafond, ou une bourse étudiante suffisante"
    reference = TARIFICATION_SOLIDAIRE

    def formula_2017_01_01(individu, period):
        ressources = individu("rennes_metropole_tarification_solidaire_ressources", period)
        plafond = individu("rennes_metropole_tarification_solidaire_plafond_ressources", period)
        bourse = individu("rennes_metropole_tarification_solidaire_tranche_bourse", period)
        return (ressources <= plafond) + (bourse > 0)


class rennes_metropole_star_condition_foyer_etudiant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une bourse étudiante suffisante quand le foyer ne compte que des étudiants"
    reference = ETUDIANTS

    def formula_2017_01_01(individu, period):
        foyer_etudiant = individu("rennes_metropole_tarification_solidaire_foyer_etudiant", period)
        return logical_not(foyer_etudiant) + (individu("rennes_metropole_tarification_solidaire_tranche_bourse", period) > 0)


class rennes_metropole_star_tranche(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Tranche de la tarification solidaire STAR"
    reference = TARIFICATION_SOLIDAIRE

    def formula_2017_01_01(individu, period):
        residence = individu("rennes_metropole_star_condition_residence", period)
        payant = individu("rennes_metropole_star_condition_abonnement_payant", period)
        return residence * payant * individu("rennes_metropole_tarification_solidaire_tranche", period)


class rennes_metropole_star(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Tarification solidaire STAR : réduction sur l'abonnement, en pourcentage"
    reference = TARIFICATION_SOLIDAIRE

    def formula_2017_01_01(individu, period, parameters):
        taux = parameters(period).aides_locales.rennes_metropole.star.taux_reduction
        conditions = (
            individu("rennes_metropole_star_condition_residence", period)
            * individu("rennes_metropole_star_condition_abonnement_payant", period)
            * individu("rennes_metropole_star_condition_ressources_ou_bourse", period)
            * individu("rennes_metropole_star_condition_foyer_etudiant", period)
        )
        tranche = individu("rennes_metropole_star_tranche", period)
        return conditions * choose(tranche, [0, taux.tranche_1, taux.tranche_2, taux.tranche_3])


class rennes_metropole_star_prix_plein(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix plein de l'abonnement mensuel STAR à l'âge de la personne"
    reference = PRIX

    def formula_2020_12_01(individu, period, parameters):
        prix = parameters(period).aides_locales.rennes_metropole.star.prix_mensuel
        return prix.calc(maximum(individu("age", period), 0))


class rennes_metropole_star_prix(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix à payer pour l'abonnement mensuel STAR, réduction déduite"
    reference = PRIX

    def formula_2017_01_01(individu, period, parameters):
        """Rounded to the nearest step: the only simple rule that gives back the seven published reduced prices."""
        regles = parameters(period).aides_locales.rennes_metropole
        part_payee = 1 - individu("rennes_metropole_star", period) / regles.prise_en_charge_totale
        pas = regles.star.arrondi_prix
        return maximum(rint(individu("rennes_metropole_star_prix_plein", period) * part_payee / pas) * pas, 0)


class rennes_metropole_star_economie_mensuelle(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Économie par mois sur l'abonnement STAR"
    reference = PRIX

    def formula_2017_01_01(individu, period):
        reduction = individu("rennes_metropole_star", period) > 0
        return where(reduction, individu("rennes_metropole_star_prix_plein", period) - individu("rennes_metropole_star_prix", period), 0)


class rennes_metropole_star_economie_annuelle(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Économie par an sur l'abonnement STAR, à prix constants"
    reference = PRIX

    def formula_2017_01_01(individu, period):
        return individu("rennes_metropole_star_economie_mensuelle", period) * 12
