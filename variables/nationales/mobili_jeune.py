"""Mobili-Jeune, the rent aid of young people on a work-study contract: the conditions of OpenFisca-France's amount, corrected."""

from numpy import full
from openfisca_france.model.base import MONTH, Famille, Individu, TypesActivite, Variable, not_
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

MOBILI_JEUNE = [
    "L'aide Mobili-Jeune (CLLAJ de Saint-Lô)",
    "https://cllaj-saint-lo.fr/comment-fonctionne-laide-mobili-jeune-apprentis-guide-complet/",
    "Aide Mobili-Jeune (service-public.fr, F33173, reprise par la ville de Vendôme)",
    "https://www.vendome.eu/service-public/particuliers/?xml=F33173",
]


class mobili_jeune_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir moins que l'âge limite"
    reference = MOBILI_JEUNE

    def formula_2012_07_01(individu, period, parameters):
        return individu("age", period) < parameters(period).prestations_sociales.education.mobilite.mobili_jeune.age_maximum


class mobili_jeune_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler ou faire des études"
    reference = MOBILI_JEUNE

    def formula(individu, period):
        activite = individu("activite", period)
        return (activite == TypesActivite.actif) + (activite == TypesActivite.etudiant)


class mobili_jeune_condition_alternance(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être en contrat d'apprentissage ou de professionnalisation"
    reference = MOBILI_JEUNE

    def formula(individu, period):
        return individu("alternant", period)


class mobili_jeune_condition_employeur(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler pour une entreprise privée"
    reference = MOBILI_JEUNE

    def formula(individu, period):
        return individu("salarie_du_prive", period)


class mobili_jeune_salaire_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    unit = "currency"
    label = "Salaire brut maximal pour l'aide Mobili-Jeune"
    reference = MOBILI_JEUNE

    def formula_2012_07_01(individu, period, parameters):
        part = parameters(period).aides_nationales.action_logement.mobili_jeune.remuneration_maximum
        smic = parameters(period).marche_travail.salaire_minimum.smic
        return full(individu.count, part * smic.smic_b_horaire * smic.nb_heures_travail_mensuel)


class mobili_jeune_condition_remuneration(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un salaire brut sous le plafond"
    reference = MOBILI_JEUNE

    def formula_2012_07_01(individu, period):
        return individu("salaire_de_base", period) <= individu("mobili_jeune_salaire_maximum", period)


class mobili_jeune_condition_location(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être locataire de son logement, hors du foyer de ses parents"
    reference = MOBILI_JEUNE

    def formula(individu, period):
        statut = individu.menage("statut_occupation_logement", period)
        locataire = (statut == Statut.locataire_hlm) + (statut == Statut.locataire_vide) + (statut == Statut.locataire_meuble)
        chez_un_autre = individu.has_role(Famille.ENFANT) + individu.famille("heberge", period)
        return (locataire + (statut == Statut.locataire_foyer)) * not_(chez_un_autre)


class mobili_jeune_reste_a_charge(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    unit = "currency"
    label = "Loyer et charges qui restent à payer après l'aide au logement"
    reference = MOBILI_JEUNE

    def formula(individu, period):
        depense = individu.menage("loyer", period) + individu.menage("charges_locatives", period)
        return depense - individu.famille("aide_logement", period)


class mobili_jeune_condition_reste_a_charge(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir assez de loyer à payer après l'aide au logement"
    reference = MOBILI_JEUNE

    def formula_2012_07_01(individu, period, parameters):
        minimum = parameters(period).prestations_sociales.education.mobilite.mobili_jeune.montant.minimum
        return individu("mobili_jeune_reste_a_charge", period) >= minimum
