"""Rights at the bank: the offer for fragile customers, and the right to an account."""

from openfisca_france.model.base import MONTH, Individu, Variable

OFFRE = [
    "L'offre clientèle fragile (Banque de France)",
    "https://particuliers.banque-france.fr/questions-banque-assurance/frais-et-incidents-bancaires/loffre-clientele-fragile",
    "Les quatre critères de l'article R312-4-3 du code monétaire et financier (Caisse d'épargne)",
    "https://www.caisse-epargne.fr/particuliers/au-quotidien/produit-ocf",
]
L312_1 = [
    "Article L312-1 du code monétaire et financier, cité par droit-compte.com",
    "https://www.droit-compte.com/code-monetaire-et-financier.html",
]


class offre_clientele_fragile_condition_situation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être en surendettement, interdit de chéquier, ou avoir des incidents répétés à la banque"
    reference = OFFRE

    def formula(individu, period):
        return individu("incidents_bancaires_repetes", period)


class offre_clientele_fragile_prix_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix le plus haut de l'offre, par mois"
    unit = "currency"
    reference = OFFRE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.offre_clientele_fragile.prix_maximum)


class offre_clientele_fragile_frais_incidents_par_mois(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Frais d'incident les plus hauts avec l'offre, par mois"
    unit = "currency"
    reference = OFFRE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.offre_clientele_fragile.frais_incidents_par_mois)


class offre_clientele_fragile_frais_incidents_par_an(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Frais d'incident les plus hauts avec l'offre, par an"
    unit = "currency"
    reference = OFFRE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.offre_clientele_fragile.frais_incidents_par_an)


class offre_clientele_fragile(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Offre bancaire pour les clients fragiles"
    reference = OFFRE

    def formula(individu, period):
        return individu("offre_clientele_fragile_condition_situation", period)


class droit_au_compte_condition_sans_compte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être sans compte bancaire"
    reference = L312_1

    def formula(individu, period):
        return individu("sans_compte_bancaire", period)


class droit_au_compte(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Droit au compte bancaire"
    reference = L312_1

    def formula(individu, period):
        return individu("droit_au_compte_condition_sans_compte", period)
