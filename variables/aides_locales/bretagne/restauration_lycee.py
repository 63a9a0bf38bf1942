"""The meals and boarding of public lycées: a price by family quotient, for those who ask for it."""

from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.education import StatutsEtablissementScolaire, TypesScolarite

RESTAURATION = [
    "Rentrée 2022, les nouveaux tarifs accessibles et solidaires des lycées (Région Bretagne)",
    "https://bretagne.bzh/presse/communiques-dossiers/rentree-2022-au-self-et-a-linternat-une-grille-unique-dans-les-115-lycees-publics-le-president-de-region-presente-les-nouveaux-tarifs-accessibles-et-solidaires",
    "Hébergement et restauration (lycée de Cornouaille, Quimper)",
    "https://lycee-de-cornouaille-quimper.ac-rennes.fr/spip.php?article73",
]


class bretagne_restauration_lycee_condition_lycee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être élève d'un lycée"
    reference = RESTAURATION

    def formula(individu, period):
        return individu("scolarite", period) == TypesScolarite.lycee


class bretagne_restauration_lycee_condition_public(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas être dans un établissement privé"
    reference = RESTAURATION

    def formula(individu, period):
        statut = individu("statuts_etablissement_scolaire", period)
        return (statut == StatutsEtablissementScolaire.public) + (statut == StatutsEtablissementScolaire.inconnu)


class bretagne_restauration_lycee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Tarif solidaire des repas et de l'internat des lycées publics"
    reference = RESTAURATION

    def formula(individu, period):
        lycee = individu("bretagne_restauration_lycee_condition_lycee", period)
        public = individu("bretagne_restauration_lycee_condition_public", period)
        return individu("habite_bretagne", period) * lycee * public


class bretagne_restauration_lycee_prix_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un repas, pour les familles les plus modestes"
    unit = "currency"
    reference = RESTAURATION

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.restauration_lycee.prix_minimum)


class bretagne_restauration_lycee_prix_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un repas, sans inscription ou avec des ressources élevées"
    unit = "currency"
    reference = RESTAURATION

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.restauration_lycee.prix_maximum)
