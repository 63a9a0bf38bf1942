"""The card of large families: cheaper train tickets for each of its members, and for life for parents of five children."""

from openfisca_france.model.base import MONTH, Famille, Individu, Variable

FICHE = ["Service-Public, fiche F15292", "https://www.service-public.gouv.fr/particuliers/vosdroits/F15292"]


class carte_familles_nombreuses_enfants(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Nombre d'enfants mineurs de la famille"
    reference = FICHE

    def formula(individu, period, parameters):
        age = individu.famille.members("age", period)
        limite = parameters(period).aides_nationales.carte_familles_nombreuses.age_enfant
        return individu.famille.sum((age >= 0) * (age < limite), role=Famille.ENFANT)


class carte_familles_nombreuses_condition_membre(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être parent ou enfant mineur dans la famille"
    reference = FICHE

    def formula(individu, period, parameters):
        age = individu("age", period)
        mineur = (age >= 0) * (age < parameters(period).aides_nationales.carte_familles_nombreuses.age_enfant)
        return individu.has_role(Famille.PARENT) + mineur


class carte_familles_nombreuses_condition_enfants(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans une famille qui a assez d'enfants mineurs"
    reference = FICHE

    def formula(individu, period, parameters):
        minimum = parameters(period).aides_nationales.carte_familles_nombreuses.enfants_minimum
        return individu("carte_familles_nombreuses_enfants", period) >= minimum


class carte_familles_nombreuses(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Réduction de la carte familles nombreuses sur le train, en pourcentage"
    reference = FICHE

    def formula(individu, period, parameters):
        conditions = individu("carte_familles_nombreuses_condition_membre", period) * individu(
            "carte_familles_nombreuses_condition_enfants", period
        )
        taux = parameters(period).aides_nationales.carte_familles_nombreuses.taux
        return conditions * taux.calc(individu("carte_familles_nombreuses_enfants", period))


class carte_familles_nombreuses_a_vie_condition_majorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être adulte"
    reference = FICHE

    def formula(individu, period):
        return individu("majeur", period)


class carte_familles_nombreuses_a_vie_condition_enfants(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir eu ou élevé assez d'enfants pour une carte à vie"
    reference = FICHE

    def formula(individu, period, parameters):
        minimum = parameters(period).aides_nationales.carte_familles_nombreuses.enfants_a_vie
        return individu("nombre_enfants_eleves", period) >= minimum


class carte_familles_nombreuses_a_vie(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Réduction à vie des parents de cinq enfants sur le train, en pourcentage"
    reference = FICHE

    def formula(individu, period, parameters):
        conditions = individu("carte_familles_nombreuses_a_vie_condition_majorite", period) * individu(
            "carte_familles_nombreuses_a_vie_condition_enfants", period
        )
        return conditions * parameters(period).aides_nationales.carte_familles_nombreuses.taux_a_vie
