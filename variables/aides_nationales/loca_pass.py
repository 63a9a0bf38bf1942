"""Loca-Pass, the loan without interest for the deposit of a rented home.

OpenFisca-France's locapass_eligibilite is not used: it takes civil servants for private employees and asks for a date that nobody gives.
Three rights, because three kinds of people are asked different things: private employees, young people, students.
"""

from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

LOCA_PASS = [
    "Avance Loca-Pass (service-public.fr, F18490)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F18490",
    "Avance Loca-Pass (Boursorama, septembre 2024)",
    "https://www.boursorama.com/patrimoine/actualites/avance-loca-pass-qu-est-ce-que-c-est-87ab851a112780264a6729106e75573b",
]


class loca_pass_condition_salarie(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Recevoir un salaire"
    reference = LOCA_PASS

    def formula(individu, period):
        return (individu("salaire_net", period) > 0) + (individu("salaire_net", period.last_month) > 0)


class loca_pass_condition_employeur(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler pour une entreprise privée"
    reference = LOCA_PASS

    def formula(individu, period):
        return individu("salarie_du_prive", period)


class loca_pass_condition_recherche(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Entrer dans un logement loué"
    reference = LOCA_PASS

    def formula(individu, period):
        return individu.menage("cherche_logement_a_louer", period)


class loca_pass_montant_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    unit = "currency"
    label = "Avance la plus haute possible"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period, parameters):
        return individu("age", period) * 0 + parameters(period).aides_nationales.action_logement.loca_pass.montant_maximum


class loca_pass_duree_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    unit = "mois"
    label = "Durée du remboursement, au plus"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period, parameters):
        return individu("age", period) * 0 + parameters(period).aides_nationales.action_logement.loca_pass.duree_maximum


class loca_pass(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avance Loca-Pass des salariés du privé"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period):
        salarie = individu("loca_pass_condition_salarie", period)
        employeur = individu("loca_pass_condition_employeur", period)
        return salarie * employeur * individu("loca_pass_condition_recherche", period)


class loca_pass_jeunes_condition_majorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être majeur ou émancipé"
    reference = LOCA_PASS

    def formula(individu, period):
        return individu("majeur", period)


class loca_pass_jeunes_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir moins que l'âge limite"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period, parameters):
        return individu("age", period) < parameters(period).aides_nationales.action_logement.loca_pass.age_maximum


class loca_pass_jeunes_condition_situation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Chercher un emploi, ou être en contrat d'apprentissage ou de professionnalisation"
    reference = LOCA_PASS

    def formula(individu, period):
        return (individu("activite", period) == TypesActivite.chomeur) + individu("alternant", period)


class loca_pass_jeunes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avance Loca-Pass des jeunes"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period):
        droit = individu("loca_pass_condition_recherche", period)
        for condition in ("majorite", "age", "situation"):
            droit = droit * individu(f"loca_pass_jeunes_condition_{condition}", period)
        return droit


class loca_pass_etudiants_condition_etudiant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être étudiant"
    reference = LOCA_PASS

    def formula(individu, period):
        return individu("etudiant", period)


class loca_pass_etudiants_condition_bourse_ou_contrat(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une bourse de l'État, ou avoir travaillé assez longtemps ces derniers mois"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.action_logement.loca_pass
        travail = sum((individu("salaire_net", period.offset(-rang)) > 0) * 1 for rang in range(regles.mois_regardes))
        return individu("boursier", period) + (travail >= regles.mois_de_contrat)


class loca_pass_etudiants(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avance Loca-Pass des étudiants"
    reference = LOCA_PASS

    def formula_2017_01_01(individu, period):
        droit = individu("loca_pass_condition_recherche", period) * individu("loca_pass_jeunes_condition_majorite", period)
        etudiant = individu("loca_pass_etudiants_condition_etudiant", period)
        return droit * etudiant * individu("loca_pass_etudiants_condition_bourse_ou_contrat", period)
