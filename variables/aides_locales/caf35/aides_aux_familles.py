"""CAF d'Ille-et-Vilaine, rules of the aids to families: holidays, help at home, emergency aid."""

from numpy import isnan, nan
from openfisca_france.model.base import MONTH, Famille, Variable

VACANCES = ["Aide aux vacances familles (Service-Public, F2038)", "https://www.service-public.gouv.fr/particuliers/vosdroits/F2038"]
AIDE_A_DOMICILE = [
    "Je souhaite bénéficier d'une aide et d'un accompagnement à domicile (CAF d'Ille-et-Vilaine)",
    "https://www.caf.fr/allocataires/caf-d-ille-et-vilaine/offre-de-service/vie-personnelle/"
    "je-souhaite-beneficier-d-une-aide-et-d-un-accompagnement-domicile",
]
REGLEMENT = ["Offre de service de la CAF d'Ille-et-Vilaine", "https://www.caf.fr/allocataires/caf-d-ille-et-vilaine/offre-de-service"]
PRESTATIONS = ("af", "cf", "asf", "paje_base", "aeeh", "aide_logement", "rsa", "ppa")


def allocataire(famille, period):
    """Whether the family is paid something by the CAF, or is entitled to it."""
    versees = sum(famille(prestation, period) for prestation in PRESTATIONS)
    return versees + famille.sum(famille.members("aah", period), role=Famille.PARENT) > 0


def a_un_enfant(famille, period, age_limite):
    """Whether the family has a child who is born and under an age."""
    age = famille.members("age", period)
    return famille.any((age >= 0) * (age < age_limite), role=Famille.ENFANT)


class caf35_vacances_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = VACANCES

    def formula(famille, period):
        return famille.demandeur("habite_ille_et_vilaine", period)


class caf35_vacances_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un enfant à charge"
    reference = VACANCES

    def formula(famille, period, parameters):
        return a_un_enfant(famille, period, parameters(period).aides_locales.caf35.vacances.age_limite_enfant)


class caf35_vacances_condition_allocataire(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Recevoir une prestation de la CAF, ou y avoir droit"
    reference = VACANCES

    def formula(famille, period):
        return allocataire(famille, period)


class caf35_vacances_plafond_quotient_familial(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Quotient familial au-dessus duquel la CAF n'aide pas aux vacances, quand il est connu"
    unit = "currency"
    reference = VACANCES

    def formula(famille, period, parameters):
        plafond = getattr(parameters(period).aides_locales.caf35.vacances, "plafond_quotient_familial", nan)
        return plafond + 0 * famille("nb_parents", period)


class caf35_vacances_condition_quotient_familial(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un quotient familial sous le plafond de la CAF, s'il est connu"
    reference = VACANCES

    def formula(famille, period):
        plafond = famille("caf35_vacances_plafond_quotient_familial", period)
        if isnan(plafond).all():
            return isnan(plafond)
        return isnan(plafond) + (famille("quotient_familial_caf", period) <= plafond)


class caf35_vacances(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Aides aux vacances de la CAF"
    reference = VACANCES

    def formula(famille, period):
        residence = famille("caf35_vacances_condition_residence", period)
        enfant = famille("caf35_vacances_condition_enfant", period)
        quotient = famille("caf35_vacances_condition_quotient_familial", period)
        return residence * enfant * quotient * famille("caf35_vacances_condition_allocataire", period)


class caf35_aide_a_domicile_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = AIDE_A_DOMICILE

    def formula(famille, period):
        return famille.demandeur("habite_ille_et_vilaine", period)


class caf35_aide_a_domicile_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un enfant mineur à charge, ou attendre un enfant"
    reference = AIDE_A_DOMICILE

    def formula(famille, period, parameters):
        """An unborn child told as a member of the family is a pregnancy."""
        age_limite = parameters(period).aides_locales.caf35.aide_a_domicile.age_limite_enfant
        enfant = famille.any(famille.members("age", period) < age_limite, role=Famille.ENFANT)
        return enfant + famille.any(famille.members("enceinte", period), role=Famille.PARENT)


class caf35_aide_a_domicile(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Aide à domicile de la CAF"
    reference = AIDE_A_DOMICILE

    def formula(famille, period):
        residence = famille("caf35_aide_a_domicile_condition_residence", period)
        return residence * famille("caf35_aide_a_domicile_condition_enfant", period)


class caf35_secours_condition_residence(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = REGLEMENT

    def formula(famille, period):
        return famille.demandeur("habite_ille_et_vilaine", period)


class caf35_secours_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un enfant à charge"
    reference = REGLEMENT

    def formula(famille, period):
        return famille("af_nbenf", period) > 0


class caf35_secours_condition_allocataire(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Recevoir une prestation de la CAF, ou y avoir droit"
    reference = REGLEMENT

    def formula(famille, period):
        return allocataire(famille, period)


class caf35_secours_plafond_quotient_familial(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Quotient familial au-dessus duquel la CAF ne donne pas d'aide d'urgence, quand il est connu"
    unit = "currency"
    reference = REGLEMENT

    def formula(famille, period, parameters):
        return getattr(parameters(period).aides_locales.caf35.secours, "plafond_quotient_familial", nan) + famille.empty_array()


class caf35_secours_condition_quotient_familial(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un quotient familial sous le plafond de la CAF, s'il est connu"
    reference = REGLEMENT

    def formula(famille, period):
        plafond = famille("caf35_secours_plafond_quotient_familial", period)
        if isnan(plafond).all():
            return isnan(plafond)
        return isnan(plafond) + (famille("quotient_familial_caf", period) <= plafond)


class caf35_secours(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Aide d'urgence de la CAF aux familles"
    reference = REGLEMENT

    def formula(famille, period):
        residence = famille("caf35_secours_condition_residence", period)
        enfant = famille("caf35_secours_condition_enfant", period)
        quotient = famille("caf35_secours_condition_quotient_familial", period)
        return residence * enfant * quotient * famille("caf35_secours_condition_allocataire", period)
