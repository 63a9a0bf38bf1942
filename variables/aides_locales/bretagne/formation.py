"""PREPA and QUALIF Emploi: the free courses of the Region for people without work, and the aid paid to those who follow them."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite
from openfisca_france.model.prestations.education import TypesScolarite

FORMATION = [
    "Emploi et formation, les priorités de 2026 (Région Bretagne)",
    "https://www.bretagne.bzh/actions/grands-projets/nos-priorites-2026/emploi-formation-et-orientation-professionnelle",
]
AIDE_FINANCIERE = [
    "Aide financière à la formation professionnelle (Région Bretagne)",
    "https://www.bretagne.bzh/gal/aides/fiches/aide-financiere/",
    "L'aide financière à la formation professionnelle de la Région Bretagne (Gref Bretagne)",
    "https://www.gref-bretagne.com/ressources/laide-financiere-a-la-formation-professionnelle-de-la-region-bretagne-un-levier-pour-lentree-en-formation",
]


class bretagne_formation_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de la fin de l'instruction obligatoire"
    reference = FORMATION

    def formula(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_locales.bretagne.formation.age_minimum


class bretagne_prepa_condition_sans_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Chercher un emploi, ou n'avoir ni emploi, ni études, ni retraite"
    reference = FORMATION

    def formula(individu, period):
        activite = individu("activite", period)
        hors_ecole = individu("scolarite", period) == TypesScolarite.inconnue
        cherche = (activite == TypesActivite.chomeur) + individu("inscrit_france_travail", period)
        return cherche + (activite == TypesActivite.inactif) * hors_ecole


class bretagne_prepa(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Formation PREPA"
    reference = FORMATION

    def formula(individu, period):
        residence = individu("habite_bretagne", period)
        age = individu("bretagne_formation_condition_age", period)
        return residence * age * individu("bretagne_prepa_condition_sans_emploi", period)


class bretagne_qualif_emploi_condition_demandeur_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être demandeur d'emploi"
    reference = FORMATION

    def formula(individu, period):
        return (individu("activite", period) == TypesActivite.chomeur) + individu("inscrit_france_travail", period)


class bretagne_qualif_emploi(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Formation QUALIF Emploi"
    reference = FORMATION

    def formula(individu, period):
        residence = individu("habite_bretagne", period)
        age = individu("bretagne_formation_condition_age", period)
        return residence * age * individu("bretagne_qualif_emploi_condition_demandeur_emploi", period)


class bretagne_aide_financiere_formation_condition_statut(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être demandeur d'emploi, ou un jeune sous l'âge limite, sans emploi ni études"
    reference = AIDE_FINANCIERE

    def formula(individu, period, parameters):
        jeune = individu("age", period) < parameters(period).aides_locales.bretagne.formation.age_limite_sans_inscription
        sans_emploi = individu("bretagne_prepa_condition_sans_emploi", period)
        return individu("bretagne_qualif_emploi_condition_demandeur_emploi", period) + jeune * sans_emploi


class bretagne_aide_financiere_formation_condition_sans_allocation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne recevoir ni allocation chômage, ni allocation de solidarité spécifique"
    reference = AIDE_FINANCIERE

    def formula(individu, period):
        return (individu("chomage_net", period) <= 0) * (individu("ass", period) <= 0)


class bretagne_aide_financiere_formation_condition_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Suivre une formation payée par la Région, assez longue"
    reference = AIDE_FINANCIERE

    def formula(individu, period):
        return individu("formation_payee_par_la_region", period)


class bretagne_aide_financiere_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide financière de la Région à la formation professionnelle"
    reference = AIDE_FINANCIERE

    def formula(individu, period):
        age = individu("bretagne_formation_condition_age", period)
        statut = individu("bretagne_aide_financiere_formation_condition_statut", period)
        sans_allocation = individu("bretagne_aide_financiere_formation_condition_sans_allocation", period)
        return age * statut * sans_allocation * individu("bretagne_aide_financiere_formation_condition_formation", period)


class bretagne_aide_financiere_formation_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide financière par mois, au moins"
    unit = "currency"
    reference = AIDE_FINANCIERE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.formation.aide_financiere_minimum)


class bretagne_aide_financiere_formation_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide financière par mois, au plus"
    unit = "currency"
    reference = AIDE_FINANCIERE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.formation.aide_financiere_maximum)
