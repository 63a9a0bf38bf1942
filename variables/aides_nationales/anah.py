"""What the aids of the Anah share: the size of the household, its tax income, the ceilings outside Île-de-France.

OpenFisca-France's eligibilite_anah is not used: ceilings of 2018 typed into its code.
"""

from numpy import maximum, select
from openfisca_france.model.base import MONTH, FoyerFiscal, Menage, Variable

PLAFONDS = ["Plafonds de ressources de l'Anah (France Rénov')", "https://france-renov.gouv.fr/aides"]


def plafond(personnes, bareme):
    """The ceiling of a number of people; the scale gives it up to five, then adds an amount for each more."""
    numeros = sorted(nom for nom in bareme if nom.startswith("personnes_"))
    base = select([personnes == rang + 1 for rang in range(len(numeros))], [bareme[nom] for nom in numeros], default=bareme[numeros[-1]])
    return base + maximum(personnes - len(numeros), 0) * bareme.personne_en_plus


class anah_personnes(Variable):
    value_type = int
    entity = Menage
    definition_period = MONTH
    label = "Personnes du logement comptées par l'Anah"
    reference = PLAFONDS

    def formula(menage, period):
        return maximum(menage.sum(menage.members("age", period) >= 0), 1)


class anah_ressources(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency/year"
    label = "Revenu fiscal de référence de toutes les personnes du logement, sur le dernier avis d'imposition"
    reference = PLAFONDS

    def formula_2024_01_01(menage, period, parameters):
        nouvel_avis = period.start.month >= parameters(period).aides_nationales.anah.mois_nouvel_avis
        revenu = menage.members.foyer_fiscal("rfr", period.last_year if nouvel_avis else period.n_2)
        return menage.sum(revenu * menage.members.has_role(FoyerFiscal.DECLARANT_PRINCIPAL))


class anah_plafond_tres_modeste(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency"
    label = "Revenu fiscal de référence maximal d'un ménage aux revenus très modestes"
    reference = PLAFONDS

    def formula_2025_01_01(menage, period, parameters):
        return plafond(menage("anah_personnes", period), parameters(period).aides_nationales.anah.plafonds.tres_modeste)


class anah_plafond_modeste(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency"
    label = "Revenu fiscal de référence maximal d'un ménage aux revenus modestes"
    reference = PLAFONDS

    def formula_2025_01_01(menage, period, parameters):
        return plafond(menage("anah_personnes", period), parameters(period).aides_nationales.anah.plafonds.modeste)


class anah_plafond_intermediaire(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency"
    label = "Revenu fiscal de référence maximal d'un ménage aux revenus intermédiaires"
    reference = PLAFONDS

    def formula_2025_01_01(menage, period, parameters):
        return plafond(menage("anah_personnes", period), parameters(period).aides_nationales.anah.plafonds.intermediaire)
