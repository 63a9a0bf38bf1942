"""The Christmas bonus of a family that has the RSA, the ASS or the AER in November or in December.

OpenFisca-France's yearly ``aefa`` looks at every month of the year; the text looks at November, else at December.
"""

from numpy import floor, maximum, minimum, where
from openfisca_france.model.base import MONTH, Famille, Variable

DECRET = [
    "Décret n° 2022-1568 du 14 décembre 2022 (aide exceptionnelle de fin d'année)",
    "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046738342",
    "Service-Public, fiche F1325",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F1325",
]
CENTIMES = 100
DEMI = 0.5
TOLERANCE = 0.01  # of a cent: half cents are rounded up, whatever the noise


class prime_noel_condition_mois(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être en novembre ou en décembre, les mois que la prime regarde"
    reference = DECRET

    def formula(famille, period, parameters):
        ouvert = period.start.month >= parameters(period).aides_nationales.prime_noel.premier_mois
        return famille.nb_persons() * ouvert > 0


class prime_noel_condition_minimum_social(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir droit au RSA, à l'ASS ou à l'AER pour ce mois"
    reference = DECRET

    def formula(famille, period):
        ass_ou_aer = famille.members("ass", period) + famille.members("aer", period)
        return (famille("rsa", period) > 0) + (famille.sum(ass_ou_aer) > 0)


class prime_noel_bareme(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Prime de Noël d'une famille qui a droit au RSA"
    reference = DECRET

    def formula(famille, period, parameters):
        regle = parameters(period).aides_nationales.prime_noel
        seul, enfants = famille("nb_parents", period) <= 1, famille("rsa_nb_enfants", period)
        rang = regle.rang_enfant_suivant
        premiers = where(seul, maximum(minimum(enfants, rang) - 1, 0), minimum(enfants, rang))
        majoration = regle.majoration
        part = (
            1
            + majoration.deuxieme_personne * where(seul, enfants > 0, True)
            + majoration.enfant * premiers
            + majoration.enfant_suivant * maximum(enfants - rang, 0)
        )
        return floor(CENTIMES * (regle.montant * part) + DEMI + TOLERANCE) / CENTIMES


class prime_noel(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Prime de Noël"
    reference = DECRET

    def formula(famille, period, parameters):
        """One bonus for a family: by its size with the RSA, flat with the ASS or the AER alone."""
        forfait = parameters(period).aides_nationales.prime_noel.montant
        montant = where(famille("rsa", period) > 0, famille("prime_noel_bareme", period), forfait)
        return famille("prime_noel_condition_mois", period) * famille("prime_noel_condition_minimum_social", period) * montant
