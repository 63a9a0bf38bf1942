"""The group health contract that the social centres of Rennes offer to their members."""

from openfisca_france.model.base import MONTH, Individu, Variable

MUTUELLE = [
    "Association rennaise des centres sociaux, mutuelle de groupe solidaire",
    "https://centres-sociaux-rennais.org/centres-sociaux/arcs/a_la_une_arcs/ensemble-pour-une-medecine-preventive-et-une-mutuelle-de-groupe-solidaire/",
    "Fédération des centres sociaux de Bretagne, mutuelle solidaire et médecine préventive",
    "https://centres-sociaux-bretagne.fr/supers_projets/mutuelle-solidaire-et-medecine-preventive",
]


class rennes_mutuelle_centres_sociaux(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Mutuelle de groupe des centres sociaux de Rennes (demande possible)"
    reference = MUTUELLE

    def formula_2018_10_01(individu, period):
        return individu("habite_rennes", period)
