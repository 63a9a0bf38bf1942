"""Visale, the free guarantee of the rent.

OpenFisca-France's visale_eligibilite is not used: rules of 2018, one answer for a whole dwelling, and a date of entry that nobody gives.
"""

from openfisca_france.model.base import MONTH, Individu, Variable, not_, where

JEUNES = [
    "Visale, locataire de 30 ans ou moins, suis-je éligible ?",
    "https://www.visale.fr/vos-questions/faq-locataires/locataire-de-30-ans-ou-moins-suis-je-eligible",
]
SALARIES = [
    "La garantie des loyers Visale fait peau neuve (Éditions Francis Lefebvre, 6 février 2026)",
    "https://www.efl.fr/actualite/garantie-loyers-visale-peau-neuve_fa2f2b617-fe9d-4015-acf5-735f8ee4ebaa",
]


class visale_condition_majorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être majeur ou émancipé"
    reference = JEUNES

    def formula(individu, period):
        return individu("majeur", period)


class visale_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir au plus l'âge fixé pour les jeunes"
    reference = JEUNES

    def formula_2018_06_19(individu, period, parameters):
        return individu("age", period) <= parameters(period).aides_nationales.action_logement.visale.age_maximum


class visale_condition_recherche(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Chercher un logement à louer, ou y entrer en ce moment"
    reference = JEUNES

    def formula(individu, period):
        return individu.menage("cherche_logement_a_louer", period)


class visale_loyer_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    unit = "currency/month"
    label = "Loyer le plus haut que Visale garantit dans l'agglomération de Rennes, charges comprises"
    reference = SALARIES

    def formula_2018_06_19(individu, period, parameters):
        visale = parameters(period).aides_nationales.action_logement.visale
        etudiant_sans_revenu = individu("etudiant", period) * not_(individu("salaire_net", period.last_month) > 0)
        return where(etudiant_sans_revenu, visale.loyer_maximum_etudiant, visale.loyer_maximum)


class visale(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Garantie Visale des jeunes"
    reference = JEUNES

    def formula_2018_06_19(individu, period):
        majeur = individu("visale_condition_majorite", period)
        age = individu("visale_condition_age", period)
        return majeur * age * individu("visale_condition_recherche", period)


class visale_plus_de_30_ans_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir dépassé l'âge fixé pour les jeunes"
    reference = SALARIES

    def formula_2018_06_19(individu, period, parameters):
        return individu("age", period) > parameters(period).aides_nationales.action_logement.visale.age_maximum


class visale_plus_de_30_ans_condition_salarie(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Recevoir un salaire"
    reference = SALARIES

    def formula(individu, period):
        return individu("visale_plus_de_30_ans_salaire", period) > 0


class visale_plus_de_30_ans_salaire(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    unit = "currency"
    label = "Salaire net du mois, ou du mois d'avant s'il n'y en a pas"
    reference = SALARIES

    def formula(individu, period):
        salaire = individu("salaire_net", period)
        return where(salaire > 0, salaire, individu("salaire_net", period.last_month))


class visale_plus_de_30_ans_condition_salaire_maximum(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un salaire sous le plafond de Visale"
    reference = SALARIES

    def formula_2021_06_01(individu, period, parameters):
        plafond = parameters(period).aides_nationales.action_logement.visale.salaire_maximum
        return individu("visale_plus_de_30_ans_salaire", period) <= plafond


class visale_plus_de_30_ans_condition_employeur(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler pour une entreprise privée"
    reference = SALARIES

    def formula(individu, period):
        return individu("salarie_du_prive", period)


class visale_plus_de_30_ans(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Garantie Visale des salariés plus âgés"
    reference = SALARIES

    def formula_2021_06_01(individu, period):
        droit = individu("visale_condition_recherche", period)
        for condition in ("age", "salarie", "salaire_maximum", "employeur"):
            droit = droit * individu(f"visale_plus_de_30_ans_condition_{condition}", period)
        return droit
