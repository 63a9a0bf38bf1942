"""What older people, survivors and people in difficulty say of themselves, and that OpenFisca-France does not know."""

from datetime import date

from openfisca_france.model.base import (
    MONTH,
    Individu,
    TypesStatutMarital,
    Variable,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
)


class aide_une_personne_agee(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Aide régulièrement une personne âgée de son entourage"
    set_input = set_input_dispatch_by_period


class credit_bancaire_refuse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "S'est vu refuser un crédit par une banque"
    set_input = set_input_dispatch_by_period


class compte_bancaire_sans_interdiction(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A un compte en banque sans être interdit bancaire"
    set_input = set_input_dispatch_by_period


class besoin_urgent_aide_domicile(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A besoin d'aide chez soi en urgence pour les gestes de tous les jours"
    set_input = set_input_dispatch_by_period


class conjoint_marie_decede(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A été marié avec une personne aujourd'hui décédée"
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        """Whoever says to be a widow, or when a spouse died, or which pension the spouse had, already told it."""
        statut = individu("statut_marital", period)
        return (
            (statut == TypesStatutMarital.veuf)
            + (statut == TypesStatutMarital.jeune_veuf)
            + (individu("date_deces_conjoint", period) > individu("date_naissance", period))
            + (individu("pension_base_conjoint_decede", period) > 0)
            + (individu("pension_complementaire_conjoint_decede", period) > 0)
        )


class date_deces_conjoint(Variable):
    value_type = date
    default_value = date(1870, 1, 1)
    entity = Individu
    definition_period = MONTH
    label = "Date du décès de l'époux ou de l'épouse"
    set_input = set_input_dispatch_by_period


class pension_base_conjoint_decede(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Retraite de base du régime général de l'époux ou de l'épouse décédé, par mois et brute"
    set_input = set_input_divide_by_period


class trimestres_conjoint_decede(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Trimestres de l'époux ou de l'épouse décédé au régime général"
    set_input = set_input_dispatch_by_period


class pension_complementaire_conjoint_decede(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Retraite complémentaire Agirc-Arrco de l'époux ou de l'épouse décédé, par mois et brute"
    set_input = set_input_divide_by_period


class nombre_enfants_eleves(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Nombre d'enfants eus ou élevés"
    set_input = set_input_dispatch_by_period


class retraite_a_taux_plein(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Touche une retraite de base à taux plein"
    set_input = set_input_dispatch_by_period


class retraite_complementaire_agirc_arrco(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Touche une retraite complémentaire Agirc-Arrco"
    set_input = set_input_dispatch_by_period


class non_imposable_sur_le_revenu(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne paie pas d'impôt sur le revenu"
    set_input = set_input_dispatch_by_period


class retraite_de_base_regime_general(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Retraite de base du régime général, par mois et brute"
    set_input = set_input_divide_by_period
