"""Contrat d'engagement jeune: the conditions that decide whether its allowance is paid."""

from numpy import logical_not, maximum, round, where
from openfisca_france.model.base import ADD, MONTH, Famille, Individu, TypesActivite, Variable
from openfisca_france.model.prestations.education import TypesScolarite

D5131_19 = ["Article D5131-19 du code du travail", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000045207447"]
D5131_23 = ["Article D5131-23 du code du travail", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000045202337"]
L5131_6 = [
    "Articles L5131-6 et R5131-24 du code du travail (décret n° 2022-199 du 18 février 2022)",
    "https://www.legifrance.gouv.fr/eli/decret/2022/2/18/MTRD2201230D/jo/texte",
]
DECRET = [
    "Décret n° 2022-199 du 18 février 2022 relatif au contrat d'engagement jeune",
    "https://www.legifrance.gouv.fr/eli/decret/2022/2/18/MTRD2201230D/jo/texte",
]
DEDUITS = ("revenus_stage_formation_pro", "chomage_net")
DEDUITS_EN_PARTIE = ("indemnites_chomage_partiel", "salaire_net", "indemnites_journalieres", "remuneration_apprenti")


def moyenne(individu, period, ressources):
    """The monthly mean of incomes over the three months before."""
    trimestre = period.last_3_months
    return sum(individu(ressource, trimestre, options=[ADD]) for ressource in ressources) / trimestre.size_in_months


class contrat_engagement_jeune_age_maximal(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Âge le plus élevé pour un contrat d'engagement jeune"
    reference = DECRET

    def formula_2022_03_01(individu, period, parameters):
        ages = parameters(period).prestations_sociales.education.contrat_engagement_jeune.critere_age
        return where(individu("handicap", period), ages.maximum_handicap, ages.maximum)


class contrat_engagement_jeune_condition_age_minimal(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir atteint l'âge du contrat d'engagement jeune"
    reference = DECRET

    def formula_2022_03_01(individu, period, parameters):
        return individu("age", period) >= parameters(period).prestations_sociales.education.contrat_engagement_jeune.critere_age.minimum


class contrat_engagement_jeune_condition_age_maximal(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être encore assez jeune pour un contrat d'engagement jeune"
    reference = DECRET

    def formula_2022_03_01(individu, period):
        return individu("age", period) <= individu("contrat_engagement_jeune_age_maximal", period)


class contrat_engagement_jeune_condition_hors_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir quitté l'école, les études et l'alternance"
    reference = L5131_6

    def formula_2022_03_01(individu, period):
        scolarite = individu("scolarite", period)
        en_formation = (
            (individu("activite", period) == TypesActivite.etudiant)
            + (scolarite == TypesScolarite.college)
            + (scolarite == TypesScolarite.lycee)
            + (scolarite == TypesScolarite.enseignement_superieur)
            + individu("apprenti", period)
            + individu("alternant", period)
        )
        return logical_not(en_formation)


class contrat_engagement_jeune_condition_imposition(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans un foyer non imposable, ou imposé au plus à la première tranche de l'impôt sur le revenu"
    reference = D5131_19

    def formula_2022_03_01(individu, period):
        return individu.foyer_fiscal("ir_tranche", period.n_2) <= 1


class contrat_engagement_jeune_condition_sans_rsa(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir touché le RSA, seul ou en couple, les trois derniers mois"
    reference = L5131_6

    def formula_2022_03_01(individu, period):
        rsa = individu.famille("rsa", period.last_3_months, options=[ADD])
        return individu.has_role(Famille.PARENT) * rsa <= 0


class contrat_engagement_jeune_condition_sans_prime_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir touché la prime d'activité, seul ou en couple, les trois derniers mois"
    reference = L5131_6

    def formula_2022_03_01(individu, period):
        ppa = individu.famille("ppa", period.last_3_months, options=[ADD])
        return individu.has_role(Famille.PARENT) * ppa <= 0


class contrat_engagement_jeune_condition_sans_volontariat(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas toucher d'indemnité de service civique ou de volontariat"
    reference = L5131_6

    def formula_2022_03_01(individu, period):
        return individu("indemnites_volontariat", period) == 0


class contrat_engagement_jeune_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenus de la personne, par mois, en moyenne sur les trois derniers mois"
    unit = "currency"
    reference = D5131_23

    def formula_2022_03_01(individu, period):
        independant = individu("revenus_non_salarie_nets", period.this_year) / 12
        return moyenne(individu, period, (*DEDUITS, *DEDUITS_EN_PARTIE)) + independant


class contrat_engagement_jeune_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des revenus assez bas pour qu'il reste une allocation"
    reference = D5131_23

    def formula_2022_03_01(individu, period, parameters):
        """For a tax household above the first bracket, the lump sum of the first bracket stands for the missing one."""
        cej = parameters(period).prestations_sociales.education.contrat_engagement_jeune
        smic = parameters(period).marche_travail.salaire_minimum.smic
        connu = individu("contrat_engagement_jeune_montant_forfaitaire", period)
        forfait = where(connu > 0, connu, cej.montants.montant_majeurs_1ere_tranche_ir)
        en_partie = moyenne(individu, period, DEDUITS_EN_PARTIE) + individu("revenus_non_salarie_nets", period.this_year) / 12
        etendue = (
            cej.degressivite.part_smic_deductibilite_partielle * (smic.nb_heures_travail_mensuel * smic.smic_b_horaire)
            - cej.degressivite.abattement_deductibilite_partielle
        )
        reste = maximum(forfait - moyenne(individu, period, DEDUITS), 0)
        reduction = maximum(en_partie - cej.degressivite.abattement_deductibilite_partielle, 0) * forfait / etendue
        return round(maximum(reste - reduction, 0), 2) > 0
