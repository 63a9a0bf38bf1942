"""The birth leave that each parent may add to maternity, paternity or adoption leave since July 2026."""

from numpy import datetime64, minimum, where
from openfisca_france.model.base import MONTH, Famille, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite

LOI = [
    "Articles L1225-46-2 à L1225-46-7 du code du travail (loi n° 2025-1403 du 30 décembre 2025, article 99)",
    "https://www.legifrance.gouv.fr/eli/loi/2025/12/30/2025-1403/jo/texte",
]


def enfants_concernes(individu, period, parameters):
    """The children of the family born since the date of the law, and their birth dates."""
    premiere = datetime64(parameters(period).aides_nationales.conge_supplementaire_naissance.premiere_naissance)
    naissance = individu.famille.members("date_naissance", period)
    return naissance, (naissance >= premiere) * (individu.famille.members("age", period) >= 0)


class conge_supplementaire_naissance_condition_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être parent d'un enfant né depuis le début de l'année où la loi s'applique"
    reference = LOI

    def formula(individu, period, parameters):
        _, concernes = enfants_concernes(individu, period, parameters)
        return individu.has_role(Famille.PARENT) * individu.famille.any(concernes, role=Famille.ENFANT)


class conge_supplementaire_naissance_condition_delai(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans le délai pour prendre le congé après la naissance"
    reference = LOI

    def formula(individu, period, parameters):
        """Without a child of the law, no delay has run out."""
        regle = parameters(period).aides_nationales.conge_supplementaire_naissance
        naissance, concernes = enfants_concernes(individu, period, parameters)
        mois = (datetime64(period.start, "M") - naissance.astype("datetime64[M]")).astype(int)
        exceptionnel = naissance <= datetime64(regle.dernier_jour_exceptionnel)
        a_temps = where(exceptionnel, datetime64(period.start) <= datetime64(regle.fin_delai_exceptionnel), mois <= regle.delai_mois)
        famille = individu.famille
        return famille.any(concernes * a_temps, role=Famille.ENFANT) + (famille.sum(concernes, role=Famille.ENFANT) == 0)


class conge_supplementaire_naissance_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un travail"
    reference = LOI

    def formula(individu, period):
        return individu("activite", period) == TypesActivite.actif


def indemnite(individu, period, parameters, taux):
    """The announced share of the net pay of the month, up to the monthly ceiling of the social security."""
    plafond = parameters(period).prelevements_sociaux.pss.plafond_securite_sociale_mensuel
    return individu("conge_supplementaire_naissance", period) * taux * minimum(individu("salaire_net", period), plafond)


class conge_supplementaire_naissance_premier_mois(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Indemnité annoncée pour le premier mois de congé (estimation)"
    unit = "EUR"
    reference = LOI

    def formula(individu, period, parameters):
        return indemnite(individu, period, parameters, parameters(period).aides_nationales.conge_supplementaire_naissance.taux.premier_mois)


class conge_supplementaire_naissance_deuxieme_mois(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Indemnité annoncée pour le deuxième mois de congé (estimation)"
    unit = "EUR"
    reference = LOI

    def formula(individu, period, parameters):
        return indemnite(
            individu, period, parameters, parameters(period).aides_nationales.conge_supplementaire_naissance.taux.deuxieme_mois
        )


class conge_supplementaire_naissance(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Congé supplémentaire de naissance"
    reference = LOI

    def formula_2026_07_01(individu, period):
        return (
            individu("conge_supplementaire_naissance_condition_enfant", period)
            * individu("conge_supplementaire_naissance_condition_delai", period)
            * individu("conge_supplementaire_naissance_condition_activite", period)
        )
