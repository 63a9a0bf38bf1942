"""Mobility aid of France Travail: costs of a far interview, job, examination or training.

OpenFisca-France's ``aide_mobilite`` asks for some twenty facts (category of the register, dates of contracts and claims) and counts one
way only; this one asks how far it is, and leaves the rest to be checked.
"""

from numpy import maximum, minimum, round, where
from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

DELIBERATION = [
    "Délibération n° 2022-56 du 23 novembre 2022 de Pôle emploi",
    "https://www.bo-pole-emploi.org/bulletinsofficiels/deliberation-n-2022-56-du-23-novembre-2022-bope-n-2022-79.html?type=dossiers/2022/bope-n-2022-79-du-30-novembre-2022",
    "Instruction n° 2024-7 du 7 février 2024 de France Travail",
    "https://bo-pole-emploi.org/bulletinsofficiels/instruction-dg-n-2024-7-du-7-fevrier-2024-bo-n-2024-10.html?type=dossiers/2024/bo-n-2024-10-du-16-fevrier-2024",
]
CENTIMES = 2


class aide_mobilite_condition_vie_active(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas être à la retraite"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period):
        return individu("activite", period) != TypesActivite.retraite


class aide_mobilite_condition_inscription(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être inscrit à France Travail"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period):
        return individu("inscrit_france_travail", period)


class aide_mobilite_allocation_journaliere(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation chômage par jour"
    unit = "currency"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period):
        """The daily allowance that is given, else the month's divided by its days."""
        donnee = individu("allocation_retour_emploi_journaliere", period)
        return round(where(donnee > 0, donnee, individu("chomage_net", period) / period.days), CENTIMES)


class aide_mobilite_plafond_allocation(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Allocation chômage par jour la plus haute pour avoir l'aide à la mobilité"
    unit = "currency"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period, parameters):
        minimum_are = parameters(period).chomage.allocations_assurance_chomage.alloc_base.montant_minimum.apres_1979
        return individu.filled_array(round(minimum_are.montant_minimum_hors_mayotte, CENTIMES))


class aide_mobilite_condition_allocation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas toucher d'allocation chômage, ou l'allocation la plus basse"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period):
        return individu("aide_mobilite_allocation_journaliere", period) <= individu("aide_mobilite_plafond_allocation", period)


class aide_mobilite_distance(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Kilomètres de l'aller et du retour"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period):
        return individu("distance_activite_domicile", period) + individu("distance_activite_domicile", period)


class aide_mobilite_condition_distance(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aller assez loin pour un entretien, un examen, un emploi ou une formation"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period, parameters):
        aide = parameters(period).prestations_sociales.transport.aide_mobilite
        longue = individu("aide_mobilite_duree_trajet", period) > aide.duree_trajet_minimum
        lointaine = individu("aide_mobilite_distance", period) > aide.distance_minimum.metropole
        return lointaine + longue * (individu("aide_mobilite_distance", period) > 0)


class aide_mobilite_france_travail(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide à la mobilité de France Travail"
    unit = "currency"
    reference = DELIBERATION

    def formula_2022_12_01(individu, period, parameters):
        montants = parameters(period).prestations_sociales.transport.aide_mobilite.montants
        trajets = maximum(individu("nombre_allers_retours", period), 1)
        frais = (
            montants.deplacement * individu("aide_mobilite_distance", period) * trajets
            + montants.hebergement * individu("nuitees", period)
            + montants.repas * individu("repas", period)
        )
        conditions = (
            individu("aide_mobilite_condition_vie_active", period)
            * individu("aide_mobilite_condition_inscription", period)
            * individu("aide_mobilite_condition_allocation", period)
            * individu("aide_mobilite_condition_distance", period)
        )
        return conditions * minimum(frais, montants.maximum)
