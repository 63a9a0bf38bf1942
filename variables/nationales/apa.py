"""Allocation personnalisée d'autonomie (APA): at home, in a home for the aged, and in an emergency."""

from numpy import nan, select, where
from openfisca_france.model.base import MONTH, Individu, TypesStatutOccupationLogement, Variable, not_
from openfisca_france.model.prestations.autonomie import TypesGir

L232_1 = [
    "Articles L232-1 et L232-2 du code de l'action sociale et des familles",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F10009",
]
L232_3 = [
    "Article R232-11 du code de l'action sociale et des familles (participation à l'APA à domicile)",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038681713",
    "Tarifs APA au 1er janvier 2026 (CNSA)",
    "https://www.cnsa.fr/sites/default/files/2026-01/Tarifs-APA-1er-janvier-2026.pdf",
]
R232_19 = [
    "Article R232-19 du code de l'action sociale et des familles (APA en établissement)",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032138500",
]
D232_31 = [
    "Article D232-31 du code de l'action sociale et des familles",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006905647",
]
L232_12 = [
    "Articles L232-12 et R232-29 du code de l'action sociale et des familles, issus du décret n° 2001-1084",
    "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000588742",
]


def apa(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.perte_autonomie_personnes_agees


def apa_de_janvier(parameters, period):
    """The tariffs of the allowance change on 1 January."""
    return apa(parameters, period.start.offset("first-of", "year"))


def dependant(individu, period):
    gir = individu("gir", period)
    return sum(gir == each for each in (TypesGir.gir_1, TypesGir.gir_2, TypesGir.gir_3, TypesGir.gir_4)) > 0


class apa_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge requis"
    reference = L232_1

    def formula(individu, period, parameters):
        return individu("age", period) >= apa(parameters, period).apa_domicile.condition_age


class apa_condition_gir(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une perte d'autonomie assez forte, évaluée avec la grille Aggir"
    reference = L232_1

    def formula(individu, period):
        return dependant(individu, period)


class apa_domicile_condition_plan(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un plan d'aide à domicile, proposé par le Département après sa visite"
    reference = L232_3

    def formula(individu, period):
        return individu("dependance_plan_aide_domicile", period) > 0


class apa_domicile_avant_seuil(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part du plan d'aide que le Département paie"
    reference = L232_3

    def formula(individu, period):
        """Nothing is said of the amount of a person who has no plan or whose dependence is not known."""
        calculable = dependant(individu, period) * (individu("dependance_plan_aide_domicile", period) > 0)
        aide = individu("dependance_plan_aide_domicile_accepte", period) - individu("apa_domicile_participation", period)
        return where(calculable, aide, nan)


class apa_domicile_seuil_versement(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant sous lequel l'APA à domicile n'est pas versée"
    reference = D232_31

    def formula(individu, period, parameters):
        smic = parameters(period).marche_travail.salaire_minimum.smic.smic_b_horaire
        return individu.filled_array(apa(parameters, period).apa_domicile.seuil_versement_en_part_smic_brut_horaire * smic)


class apa_domicile_condition_montant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir un montant calculé sous le minimum versé"
    reference = D232_31

    def formula(individu, period, parameters):
        smic = parameters(period).marche_travail.salaire_minimum.smic.smic_b_horaire
        seuil = apa(parameters, period).apa_domicile.seuil_versement_en_part_smic_brut_horaire * smic
        return not_(individu("apa_domicile_avant_seuil", period) < seuil)


class apa_domicile_a_payer(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part du plan d'aide que vous payez chaque mois"
    unit = "currency"
    reference = L232_3

    def formula(individu, period):
        return individu("apa_domicile_participation", period)


class apa_domicile_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources par mois retenues pour l'APA à domicile"
    unit = "currency"
    reference = L232_3

    def formula(individu, period, parameters):
        couple = apa(parameters, period).apa_domicile.division_ressources_menage_couples
        return individu("base_ressources_apa", period) / where(individu.famille("en_couple", period), couple, 1)


class apa_domicile_ressources_sans_participation(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources jusqu'où rien n'est à payer sur le plan d'aide"
    unit = "currency"
    reference = L232_3

    def formula(individu, period, parameters):
        autonomie = apa_de_janvier(parameters, period)
        return individu.filled_array(autonomie.apa_domicile.seuil_revenu_en_part_mtp.seuil_inferieur * autonomie.mtp)


class apa_domicile_ressources_participation_maximale(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources à partir desquelles la participation au plan d'aide est la plus forte"
    unit = "currency"
    reference = L232_3

    def formula(individu, period, parameters):
        autonomie = apa_de_janvier(parameters, period)
        return individu.filled_array(autonomie.apa_domicile.seuil_revenu_en_part_mtp.seuil_superieur * autonomie.mtp)


class apa_domicile_plafond_plan(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant le plus haut du plan d'aide, selon la perte d'autonomie"
    unit = "currency"
    reference = L232_3

    def formula(individu, period, parameters):
        autonomie = apa_de_janvier(parameters, period)
        parts = autonomie.apa_domicile.plafond_apa_domicile_en_part_mtp
        gir = individu("gir", period)
        girs = [gir == each for each in (TypesGir.gir_1, TypesGir.gir_2, TypesGir.gir_3, TypesGir.gir_4)]
        return select(girs, [part * autonomie.mtp for part in (parts.gir_1, parts.gir_2, parts.gir_3, parts.gir_4)], nan)


class apa_etablissement_condition_hebergement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans un établissement, une résidence ou un foyer"
    reference = R232_19

    def formula(individu, period):
        foyer = individu.menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.locataire_foyer
        return foyer + (individu("dependance_tarif_etablissement_gir_5_6", period) > 0)


class apa_etablissement_condition_tarifs(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un établissement qui facture des tarifs de dépendance"
    reference = R232_19

    def formula(individu, period):
        du_gir = individu("dependance_tarif_etablissement_gir_dependant", period)
        gir_1_2 = individu("dependance_tarif_etablissement_gir_1_2", period)
        gir_3_4 = individu("dependance_tarif_etablissement_gir_3_4", period)
        tarif = where(dependant(individu, period), du_gir, gir_1_2 + gir_3_4)
        return (individu("dependance_tarif_etablissement_gir_5_6", period) > 0) * (tarif > 0)


class apa_etablissement_condition_montant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas avoir un montant calculé sous le minimum versé"
    reference = D232_31

    def formula(individu, period):
        """Nothing is said of the amount of a person who does not meet the other conditions."""
        calculable = (
            individu("apa_condition_age", period)
            * individu("apa_condition_gir", period)
            * individu("apa_etablissement_condition_tarifs", period)
        )
        return not_(calculable) + (individu("apa_etablissement", period) > 0)


class apa_urgence_domicile_condition_domicile(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre à domicile, ou dans une résidence sans tarif de dépendance"
    reference = L232_12

    def formula(individu, period):
        return individu("dependance_tarif_etablissement_gir_5_6", period) <= 0


class apa_urgence_domicile_condition_urgence(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir besoin d'aide en urgence, pour une raison médicale ou sociale"
    reference = L232_12

    def formula(individu, period):
        return individu("besoin_urgent_aide_domicile", period)


class apa_urgence_domicile_demande(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "APA d'urgence à domicile"
    reference = L232_12

    def formula(individu, period):
        return (
            individu("apa_condition_age", period)
            * individu("apa_urgence_domicile_condition_domicile", period)
            * individu("apa_urgence_domicile_condition_urgence", period)
        )


class apa_urgence_domicile_montant(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant de l'aide d'urgence à domicile (Apa), par mois"
    unit = "currency"
    reference = L232_12

    def formula(individu, period):
        return individu("apa_urgence_domicile", period)
