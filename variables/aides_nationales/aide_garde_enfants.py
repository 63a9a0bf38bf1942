"""AGE: the lump sum of France Travail for childcare when work or training begins (AGEPI until April 2024)."""

from numpy import maximum, minimum, round, where
from openfisca_france.model.base import MONTH, Famille, Individu, Variable

INSTRUCTION = [
    "Instruction n° 2024-16 du 30 mai 2024 de France Travail, aide à la garde d'enfants",
    "https://bo.francetravail.org/bulletinsofficiels/instruction-dg-n-2024-16-du-30-mai-2024-bo-n-2024-31.html?type=dossiers/2024/bo-n-2024-31-du-4-juin-2024",
]
CENTIMES = 2


class aide_garde_enfants_nombre_enfants(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Enfants assez jeunes que la personne élève"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period, parameters):
        age_maximal = parameters(period).aides_nationales.aide_garde_enfants.age_enfant_maximal
        age = individu.famille.members("age", period)
        enfants = individu.famille.sum((age >= 0) * (age < age_maximal), role=Famille.ENFANT)
        return individu.has_role(Famille.PARENT) * enfants


class aide_garde_enfants_condition_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Élever un enfant assez jeune"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period):
        return individu("aide_garde_enfants_nombre_enfants", period) > 0


class aide_garde_enfants_condition_inscription(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être inscrit à France Travail"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period):
        return individu("inscrit_france_travail", period)


class aide_garde_enfants_condition_reprise(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Commencer un emploi ou une formation"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period):
        return individu("heures_hebdomadaires_reprise", period) > 0


class aide_garde_enfants_allocation_journaliere(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation chômage par jour"
    unit = "currency"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period):
        """The daily allowance that is given, else the month's divided by its days."""
        donnee = individu("allocation_retour_emploi_journaliere", period)
        return round(where(donnee > 0, donnee, individu("chomage_net", period) / period.days), CENTIMES)


class aide_garde_enfants_plafond_allocation(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation chômage par jour la plus haute pour avoir l'aide à la garde d'enfants"
    unit = "currency"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period, parameters):
        minimale = parameters(
            period
        ).chomage.allocations_assurance_chomage.alloc_base.montant_minimum.apres_1979.montant_minimum_hors_mayotte
        coefficient = parameters(period).aides_nationales.aide_garde_enfants.coefficient_allocation
        return individu.filled_array(round(coefficient * minimale, CENTIMES))


class aide_garde_enfants_condition_allocation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas toucher d'allocation chômage, ou une petite allocation"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period):
        allocation = individu("aide_garde_enfants_allocation_journaliere", period)
        return allocation <= individu("aide_garde_enfants_plafond_allocation", period)


class aide_garde_enfants(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide à la garde d'enfants de France Travail (AGE)"
    unit = "currency"
    reference = INSTRUCTION

    def formula_2024_05_01(individu, period, parameters):
        age = parameters(period).aides_nationales.aide_garde_enfants
        conditions = (
            individu("aide_garde_enfants_condition_enfant", period)
            * individu("aide_garde_enfants_condition_inscription", period)
            * individu("aide_garde_enfants_condition_reprise", period)
            * individu("aide_garde_enfants_condition_allocation", period)
        )
        suivants = maximum(individu("aide_garde_enfants_nombre_enfants", period) - 1, 0)
        plein, reduit = (
            minimum(montants.premier_enfant + montants.enfant_supplementaire * suivants, montants.maximum)
            for montants in (age.montants.temps_plein, age.montants.temps_reduit)
        )
        return conditions * where(individu("heures_hebdomadaires_reprise", period) >= age.seuil_heures, plein, reduit)
