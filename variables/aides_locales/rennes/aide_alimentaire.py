"""Food aid in Rennes: with a referral by a social worker, or freely at Cœurs Résistants."""

from openfisca_france.model.base import MONTH, Individu, Variable

RENNES_AIDE_ALIMENTAIRE = [
    "Épiceries sociales et distribution alimentaire (Rennes, Ville et Métropole)",
    "https://metropole.rennes.fr/epiceries-sociales-et-distribution-alimentaire",
]
RENNES_COEURS_RESISTANTS = [
    "La distribution alimentaire de Cœurs Résistants (France Bleu, janvier 2023)",
    "https://www.francebleu.fr/infos/societe/les-benevoles-de-cette-distribution-alimentaire-rennaise-sont-aussi-des-beneficiaires-8806067",
    "Le retour du village alimentaire (France Bleu, octobre 2020)",
    "https://www.francebleu.fr/infos/economie-social/la-nouvelle-eco-le-retour-du-village-alimentaire-de-l-association-rennaise-coeurs-resistants-1603263934",
]


class rennes_aide_alimentaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Épiceries sociales et distributions alimentaires"
    reference = RENNES_AIDE_ALIMENTAIRE

    def formula(individu, period):
        return individu("habite_rennes_metropole", period)


class rennes_coeurs_resistants(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Distribution gratuite de nourriture de Cœurs Résistants"
    reference = RENNES_COEURS_RESISTANTS

    def formula(individu, period):
        return individu("habite_rennes_metropole", period)
