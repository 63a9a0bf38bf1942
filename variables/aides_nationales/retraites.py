"""Rights of retired people: the minimum contributif, Sortir Plus and Seniors en vacances."""

from openfisca_france.model.base import MONTH, Individu, TypesActivite, Variable

MINIMUM_CONTRIBUTIF = [
    "Articles L351-10 et L173-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189",
]
SORTIR_PLUS = [
    "Sortir Plus, le dispositif de l'Agirc-Arrco (Journal des seniors, juin 2023)",
    "https://journaldesseniors.20minutes.fr/",
]
SENIORS_EN_VACANCES = [
    "ANCV Seniors en vacances (Bonjour Senior, juillet 2023)",
    "https://bonjoursenior.fr/actualites/ancv-seniors-en-vacances-une-aide-pour-les-sejours-des-retraites",
]


class minimum_contributif_condition_retraite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être à la retraite"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period):
        return individu("activite", period) == TypesActivite.retraite


class minimum_contributif_retraites(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Total des retraites par mois, avant prélèvements"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period):
        return individu("retraite_brute", period)


class minimum_contributif_condition_total_retraites(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un total de retraites qui ne dépasse pas le plafond"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period, parameters):
        plafond = parameters(period).aides_nationales.minimum_contributif.plafond_pensions
        return individu("minimum_contributif_retraites", period) <= plafond


class minimum_contributif_condition_taux_plein(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une retraite de base à taux plein"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period):
        return individu("retraite_a_taux_plein", period)


class minimum_contributif_condition_retraite_de_base(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une retraite de base du régime général plus basse que le minimum majoré"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period, parameters):
        retraite = individu("retraite_de_base_regime_general", period)
        return (retraite > 0) * (retraite < parameters(period).aides_nationales.minimum_contributif.minimum_majore)


class minimum_contributif_montant(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Minimum contributif entier, par mois"
    unit = "currency"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.minimum_contributif.minimum)


class minimum_contributif_montant_majore(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Minimum contributif entier avec assez de trimestres cotisés, par mois"
    unit = "currency"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_nationales.minimum_contributif.minimum_majore)


class minimum_contributif(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Minimum contributif"
    reference = MINIMUM_CONTRIBUTIF

    def formula_2026_01_01(individu, period):
        return (
            individu("minimum_contributif_condition_retraite", period)
            * individu("minimum_contributif_condition_total_retraites", period)
            * individu("minimum_contributif_condition_taux_plein", period)
            * individu("minimum_contributif_condition_retraite_de_base", period)
        )


class agirc_arrco_sortir_plus_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis"
    reference = SORTIR_PLUS

    def formula_2024_01_01(individu, period, parameters):
        return individu("age", period) >= parameters(period).aides_nationales.agirc_arrco_sortir_plus.age_minimum


class agirc_arrco_sortir_plus_condition_retraite_complementaire(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Toucher une retraite complémentaire Agirc-Arrco"
    reference = SORTIR_PLUS

    def formula_2024_01_01(individu, period):
        return individu("retraite_complementaire_agirc_arrco", period)


class agirc_arrco_sortir_plus_valeur_annuelle(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Valeur des chéquiers Sortir Plus par an, au plus"
    unit = "currency"
    reference = SORTIR_PLUS

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.agirc_arrco_sortir_plus
        return individu.filled_array(regles.chequiers_par_an * regles.valeur_chequier)


class agirc_arrco_sortir_plus(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Sortir Plus"
    reference = SORTIR_PLUS

    def formula_2024_01_01(individu, period):
        age = individu("agirc_arrco_sortir_plus_condition_age", period)
        return age * individu("agirc_arrco_sortir_plus_condition_retraite_complementaire", period)


class seniors_en_vacances_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis, plus bas en cas de handicap"
    reference = SENIORS_EN_VACANCES

    def formula_2024_01_01(individu, period, parameters):
        regles = parameters(period).aides_nationales.seniors_en_vacances
        age = individu("age", period)
        return (age >= regles.age_minimum) + (age >= regles.age_minimum_handicap) * individu("handicap", period)


class seniors_en_vacances_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être à la retraite ou sans activité professionnelle"
    reference = SENIORS_EN_VACANCES

    def formula_2024_01_01(individu, period):
        return individu("activite", period) != TypesActivite.actif


class seniors_en_vacances_condition_impot(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas payer d'impôt sur le revenu"
    reference = SENIORS_EN_VACANCES

    def formula_2024_01_01(individu, period):
        return individu("non_imposable_sur_le_revenu", period)


class seniors_en_vacances(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Seniors en vacances"
    reference = SENIORS_EN_VACANCES

    def formula_2024_01_01(individu, period):
        return (
            individu("seniors_en_vacances_condition_age", period)
            * individu("seniors_en_vacances_condition_activite", period)
            * individu("seniors_en_vacances_condition_impot", period)
        )
