"""Parking in the streets of Rennes: the reduced price of residents, the free parking of a disabled person's card, the pass of visitors."""

from numpy import choose, nan, where
from openfisca_france.model.base import MONTH, Individu, Menage, Variable

TARIF_REDUIT = [
    "Tarifs réduits pour les plus modestes en zone verte (20 Minutes, 16 avril 2024)",
    "https://20minutes.fr/rennes/4086729-20240416-rennes-stationnement-payant-va-couter-plus-cher-aussi-plus-solidaire",
    "Mise en place d'une tarification réduite du stationnement pour les résidents (Unidivers, avril 2024)",
    "https://unidivers.fr/rennes-augmentation-du-stationnement-payant-sur-voirie-a-partir-du-1er-juillet-2024",
]
CARTE = [
    "Article L241-3 du code de l'action sociale et des familles",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006074069/",
    "Stationnement payant à Rennes (Unidivers, 2023-2026)",
    "https://www.unidivers.fr/stationnement-payant-rennes/",
]
PASS_VISITEUR = ["Pass visiteur du stationnement à Rennes (presse locale, automne 2025)", "https://www.europesays.com/fr/?p=574640"]


class rennes_stationnement_resident_condition_residence(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter Rennes"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        return menage.personne_de_reference("habite_rennes", period)


class rennes_stationnement_resident_ressources(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Ressources mensuelles moyennes du foyer sur les douze derniers mois, aides de la CAF comprises"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        return menage.personne_de_reference("rennes_metropole_tarification_solidaire_ressources", period)


class rennes_stationnement_resident_plafond_ressources(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Ressources mensuelles au-delà desquelles le foyer n'a pas de tarif réduit"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        return menage.personne_de_reference("rennes_metropole_tarification_solidaire_plafond_ressources", period)


class rennes_stationnement_resident_condition_ressources_ou_bourse(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir des ressources (aides reçues ou supposées reçues comprises) sous le plafond, ou une bourse étudiante suffisante"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        return menage.personne_de_reference("rennes_metropole_star_condition_ressources_ou_bourse", period)


class rennes_stationnement_resident_condition_foyer_etudiant(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir une bourse étudiante suffisante quand le foyer ne compte que des étudiants"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        return menage.personne_de_reference("rennes_metropole_star_condition_foyer_etudiant", period)


class rennes_stationnement_resident_condition_voiture(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir une voiture"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        return menage("voiture_du_logement", period)


class rennes_stationnement_resident_condition_zone(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter en zone verte de stationnement payant"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period):
        zone = menage("zone_stationnement", period)
        return zone == zone.possible_values.verte


class rennes_stationnement_resident(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Réduction sur l'abonnement de stationnement résident, en pourcentage"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period, parameters):
        taux = parameters(period).aides_locales.rennes.stationnement.resident.taux_reduction
        conditions = (
            menage("rennes_stationnement_resident_condition_residence", period)
            * menage("rennes_stationnement_resident_condition_ressources_ou_bourse", period)
            * menage("rennes_stationnement_resident_condition_foyer_etudiant", period)
            * menage("rennes_stationnement_resident_condition_voiture", period)
            * menage("rennes_stationnement_resident_condition_zone", period)
        )
        tranche = menage.personne_de_reference("rennes_metropole_tarification_solidaire_tranche", period)
        return conditions * choose(tranche, [0, taux.tranche_1, taux.tranche_2, taux.tranche_3])


class rennes_stationnement_resident_prix_plein(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Prix plein de l'abonnement résident de la zone verte, par mois"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period, parameters):
        reduction = menage("rennes_stationnement_resident", period) > 0
        return where(reduction, parameters(period).aides_locales.rennes.stationnement.resident.prix_mensuel.plein, nan)


class rennes_stationnement_resident_prix_reduit(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Prix réduit de l'abonnement résident de la zone verte, par mois, tel qu'il est publié"
    reference = TARIF_REDUIT

    def formula_2024_12_01(menage, period, parameters):
        prix = parameters(period).aides_locales.rennes.stationnement.resident.prix_mensuel
        reduction = menage("rennes_stationnement_resident", period) > 0
        tranche = menage.personne_de_reference("rennes_metropole_tarification_solidaire_tranche", period)
        return where(reduction, choose(tranche, [nan, prix.tranche_1, prix.tranche_2, prix.tranche_3]), nan)


class rennes_stationnement_cmi_condition_carte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir la carte mobilité inclusion « stationnement »"
    reference = CARTE

    def formula_2024_01_01(individu, period):
        return individu("titulaire_cmi_stationnement", period)


class rennes_stationnement_cmi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Stationnement gratuit avec la carte mobilité inclusion « stationnement »"
    reference = CARTE

    def formula_2024_01_01(individu, period):
        return individu("habite_rennes", period) * individu("rennes_stationnement_cmi_condition_carte", period)


class rennes_stationnement_visiteurs_condition_residence(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter Rennes"
    reference = PASS_VISITEUR

    def formula_2025_12_15(menage, period):
        return menage.personne_de_reference("habite_rennes", period)


class rennes_stationnement_visiteurs_condition_zone(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter dans une zone de stationnement payant"
    reference = PASS_VISITEUR

    def formula_2025_12_15(menage, period):
        zone = menage("zone_stationnement", period)
        return zone != zone.possible_values.gratuite


class rennes_stationnement_visiteurs(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Pass visiteur pour le stationnement de vos proches"
    reference = PASS_VISITEUR

    def formula_2025_12_15(menage, period):
        residence = menage("rennes_stationnement_visiteurs_condition_residence", period)
        return residence * menage("rennes_stationnement_visiteurs_condition_zone", period)


class rennes_stationnement_visiteurs_prix_jour(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Prix d'une journée de stationnement d'un visiteur"
    unit = "currency"
    reference = PASS_VISITEUR

    def formula_2025_12_15(menage, period, parameters):
        return menage.filled_array(parameters(period).aides_locales.rennes.stationnement.visiteurs.prix_jour)


class rennes_stationnement_visiteurs_jours_par_an(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Nombre de journées de visiteurs au plus par an"
    reference = PASS_VISITEUR

    def formula_2025_12_15(menage, period, parameters):
        return menage.filled_array(parameters(period).aides_locales.rennes.stationnement.visiteurs.jours_par_an)
