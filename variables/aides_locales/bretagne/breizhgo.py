"""BreizhGo: the solidarity fare of the regional trains and coaches, and the fares of young people."""

from openfisca_france.model.base import MONTH, Famille, Individu, Variable

TARIFS = ["Tarifs BreizhGo (Région Bretagne)", "https://www.breizhgo.bzh/tarifs-et-achats/ter"]
LISTE = [
    *TARIFS,
    "Liste des bénéficiaires de l'ancienne carte Actuël (2017)",
    "https://collectif-des-gens-heureux.blogspot.com/2017/01/useful-cheaper-train-tickets-are.html",
]


class bretagne_breizhgo_solidaire_condition_situation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = (
        "Être demandeur d'emploi ou apprenti, ou avoir droit au RSA, à l'ASS, à l'Aspa, à l'AAH, à l'ADA "
        "ou à la complémentaire santé solidaire"
    )
    reference = LISTE

    def formula(individu, period):
        """The right to the health cover stands for low resources: the family quotient that the Region asks for was not found."""
        emploi = individu("inscrit_france_travail", period) + individu("apprenti", period)
        personnelles = (individu("aah", period) > 0) + (individu("ass", period) > 0)
        familiales = sum(
            individu.famille(prestation, period) > 0 for prestation in ("rsa", "aspa", "ada", "complementaire_sante_solidaire")
        )
        return emploi + personnelles + familiales * individu.has_role(Famille.PARENT)


class bretagne_breizhgo_solidaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Tarif solidaire BreizhGo"
    reference = TARIFS

    def formula(individu, period):
        return individu("habite_bretagne", period) * individu("bretagne_breizhgo_solidaire_condition_situation", period)


class bretagne_breizhgo_solidaire_reduction(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Réduction sur les TER et les cars régionaux, au plus, en pourcentage"
    reference = TARIFS

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.breizhgo_solidaire.taux_reduction)


class bretagne_breizhgo_jeunes_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir atteint l'âge limite"
    reference = TARIFS

    def formula(individu, period, parameters):
        age = individu("age", period)
        return (age >= 0) * (age < parameters(period).aides_locales.bretagne.breizhgo_jeunes.age_limite)


class bretagne_breizhgo_jeunes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Prix BreizhGo des jeunes"
    reference = TARIFS

    def formula(individu, period):
        return individu("bretagne_breizhgo_jeunes_condition_age", period)


class bretagne_breizhgo_jeunes_prix_minimum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un billet simple TER, trajet court"
    unit = "currency"
    reference = TARIFS

    def formula_2026_09(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.breizhgo_jeunes.prix_minimum)


class bretagne_breizhgo_jeunes_prix_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'un billet simple TER, long trajet"
    unit = "currency"
    reference = TARIFS

    def formula_2026_09(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.breizhgo_jeunes.prix_maximum)
