"""The removal bonus of the CAF for families with a third child, born or expected."""

from numpy import datetime64, maximum
from openfisca_france.model.base import MONTH, Famille, Variable, round_

L823_8 = [
    "Article L823-8 du code de la construction et de l'habitation",
    "http://www.lexbase.fr/texte-de-loi/code-de-la-construction-et-de-lhabitationl8238/L3295LRH.html",
    "Prime de déménagement, revalorisation d'avril 2025 (Info Quokka)",
    "https://www.info-quokka.com/p/prime-de-demenagement-revalorisation-en-avril-2025",
]


def attendus(famille, period, parameters):
    """How many children are expected and counted: those described, or one for a pregnancy."""
    avant = parameters(period).aides_nationales.prime_demenagement.mois_avant_naissance
    mois = famille.members("age_en_mois", period)
    decrits = famille.sum((mois < 0) * (mois >= -avant), role=Famille.ENFANT)
    return maximum(decrits, famille.any(famille.members("enceinte", period), role=Famille.PARENT))


class prime_demenagement_enfants(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Enfants nés ou à naître comptés pour la prime de déménagement"
    reference = L823_8

    def formula_2019_09_01(famille, period, parameters):
        a_charge = famille.members("prestations_familiales_enfant_a_charge", period) * (famille.members("age", period) >= 0)
        return famille.sum(a_charge, role=Famille.ENFANT) + attendus(famille, period, parameters)


class prime_demenagement_condition_enfants(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir assez d'enfants à charge, nés ou à naître"
    reference = L823_8

    def formula_2019_09_01(famille, period, parameters):
        return famille("prime_demenagement_enfants", period) >= parameters(period).aides_nationales.prime_demenagement.nombre_enfants


class prime_demenagement_condition_benjamin(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Attendre un enfant, ou avoir un enfant assez jeune"
    reference = L823_8

    def formula_2019_09_01(famille, period, parameters):
        """Until the month before that of the second birthday, whatever the day."""
        limite = parameters(period).aides_nationales.prime_demenagement.age_benjamin
        naissance = famille.members("date_naissance", period).astype("datetime64[M]")
        mois = (datetime64(str(period.start), "M") - naissance).astype(int)
        jeune = (mois >= 0) * (mois < limite)
        return famille.any(jeune, role=Famille.ENFANT) + (attendus(famille, period, parameters) > 0)


class prime_demenagement_condition_aide_logement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir droit à l'aide au logement dans le nouveau logement"
    reference = L823_8

    def formula(famille, period):
        return famille("aide_logement", period) > 0


class prime_demenagement_condition_demenagement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir déménagé depuis peu, ou déménager bientôt"
    reference = L823_8

    def formula(famille, period):
        return famille.demandeur.menage("demenagement_recent_ou_prevu", period)


class prime_demenagement(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Prime de déménagement, au plus"
    reference = L823_8

    def formula_2019_09_01(famille, period, parameters):
        bmaf = parameters(period).prestations_sociales.prestations_familiales.bmaf.bmaf
        prime = parameters(period).aides_nationales.prime_demenagement
        en_plus = maximum(famille("prime_demenagement_enfants", period) - prime.nombre_enfants, 0)
        montant = round_(bmaf * prime.taux, 2) + en_plus * round_(bmaf * prime.majoration_par_enfant, 2)
        for condition in ("enfants", "benjamin", "aide_logement", "demenagement"):
            montant = montant * famille(f"prime_demenagement_condition_{condition}", period)
        return montant
