"""Property tax on the main home: exemption, reduction and ceiling of people of small means. The year is the one of the tax."""

from numpy import clip, logical_not, maximum, round
from openfisca_france.model.base import MONTH, Menage, TypesStatutOccupationLogement, Variable

ARTICLE_1390 = [
    "Article 1390 du code général des impôts et doctrine fiscale (Bofip)",
    "https://bofip.impots.gouv.fr/doctrine/pgp/11008-PGP%23II._Conditions_relatives_au_11",
]
ARTICLE_1391 = [
    "Article 1391 du code général des impôts",
    "https://juriblio.fr/codes/code-general-des-impots-cgi/livre-premier/deuxieme-partie/titre-premier/chapitre-premier/section-ii/i/e/article-1391",
]
ARTICLE_1391_B = [
    "Article 1391 B du code général des impôts",
    "https://app.livv.eu/books/LEGITEXT000006069577/LEGISCTA000006084232%2FLEGISCTA000006114497%2FLEGISCTA000006133852%2FLEGISCTA000006147071%2FLEGISCTA000006162659%2FLEGISCTA000006179803%2FLEGISCTA000006191890/LEGIARTI000006306039",
]
ARTICLE_1391_B_TER = [
    "Article 1391 B ter du code général des impôts (Éditions Francis Lefebvre)",
    "https://solutionspratiques.efl.fr/agentsimmobiliers/commentaries/358982/book/358989/edition/2018-2019/plafonnement_de_la_taxe_fonciere_en_fonction_du_revenu/N4471479816141F0-EFL",
]
EXONERATIONS = [*ARTICLE_1390, *ARTICLE_1391]
CENTIMES = 2


def proprietaire(menage, period):
    """Whether the household owns the dwelling that it lives in."""
    statut = menage("statut_occupation_logement", period)
    return (statut == TypesStatutOccupationLogement.proprietaire) + (statut == TypesStatutOccupationLogement.primo_accedant)


class taxe_fonciere_age(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Âge au premier janvier du plus âgé des deux conjoints"
    reference = ARTICLE_1391

    def formula(menage, period):
        janvier = period.this_year.first_month
        return maximum(menage.personne_de_reference("age", janvier), menage.conjoint("age", janvier))


class taxe_fonciere_revenu(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Revenu fiscal de référence du propriétaire, pour les revenus de l'an dernier"
    unit = "currency"
    reference = ARTICLE_1391

    def formula(menage, period):
        return menage.personne_de_reference.foyer_fiscal("rfr", period.last_year)


class taxe_fonciere_parts(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Parts du dernier avis d'impôt du propriétaire"
    reference = ARTICLE_1391

    def formula(menage, period):
        return maximum(menage.personne_de_reference.foyer_fiscal("nbptr", period.last_year), 1)


class taxe_fonciere_titulaire_aspa_asi(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Propriétaire ou conjoint titulaire de l'Aspa ou de l'ASI"
    reference = ARTICLE_1390

    def formula(menage, period):
        aspa = menage.personne_de_reference.famille("aspa", period)
        return aspa + menage.personne_de_reference("asi", period) + menage.conjoint("asi", period) > 0


class taxe_fonciere_plafond_exoneration(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Revenu fiscal de référence le plus haut pour l'exonération ou la réduction"
    unit = "currency"
    reference = ARTICLE_1391

    def formula_2024_01_01(menage, period, parameters):
        taxe = parameters(period).aides_nationales.taxe_fonciere
        demi_parts = (menage("taxe_fonciere_parts", period) - 1) / taxe.demi_part
        return taxe.exoneration.plafond_premiere_part + demi_parts * taxe.exoneration.majoration_demi_part


class taxe_fonciere_exoneration_condition_proprietaire(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être propriétaire de son logement"
    reference = EXONERATIONS

    def formula(menage, period):
        return proprietaire(menage, period)


class taxe_fonciere_exoneration_condition_situation(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir l'âge requis au premier janvier, ou toucher l'Aspa, l'ASI ou l'AAH"
    reference = EXONERATIONS

    def formula_2024_01_01(menage, period, parameters):
        age_minimal = parameters(period).aides_nationales.taxe_fonciere.exoneration.age_minimal
        aah = menage.personne_de_reference("aah", period) + menage.conjoint("aah", period)
        aspa_ou_asi = menage("taxe_fonciere_titulaire_aspa_asi", period)
        return (menage("taxe_fonciere_age", period) >= age_minimal) + aspa_ou_asi + (aah > 0)


class taxe_fonciere_exoneration_condition_revenu(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond, ou toucher l'Aspa ou l'ASI"
    reference = EXONERATIONS

    def formula_2024_01_01(menage, period):
        sous_plafond = menage("taxe_fonciere_revenu", period) <= menage("taxe_fonciere_plafond_exoneration", period)
        return sous_plafond + menage("taxe_fonciere_titulaire_aspa_asi", period)


class taxe_fonciere_exoneration(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Exonération de taxe foncière"
    reference = EXONERATIONS

    def formula_2024_01_01(menage, period):
        return (
            menage("taxe_fonciere_exoneration_condition_proprietaire", period)
            * menage("taxe_fonciere_exoneration_condition_situation", period)
            * menage("taxe_fonciere_exoneration_condition_revenu", period)
        )


class taxe_fonciere_degrevement_condition_proprietaire(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être propriétaire de son logement"
    reference = ARTICLE_1391_B

    def formula(menage, period):
        return proprietaire(menage, period)


class taxe_fonciere_degrevement_condition_age(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir l'âge requis au premier janvier"
    reference = ARTICLE_1391_B

    def formula_2024_01_01(menage, period, parameters):
        return menage("taxe_fonciere_age", period) >= parameters(period).aides_nationales.taxe_fonciere.degrevement.age_minimal


class taxe_fonciere_degrevement_condition_revenu(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond"
    reference = ARTICLE_1391_B

    def formula_2024_01_01(menage, period):
        return menage("taxe_fonciere_revenu", period) <= menage("taxe_fonciere_plafond_exoneration", period)


class taxe_fonciere_degrevement_condition_non_exonere(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Ne pas avoir droit à une exonération complète"
    reference = ARTICLE_1391_B

    def formula_2024_01_01(menage, period):
        return logical_not(menage("taxe_fonciere_exoneration", period))


class taxe_fonciere_degrevement(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Réduction de taxe foncière des personnes âgées"
    unit = "currency"
    reference = ARTICLE_1391_B

    def formula_2024_01_01(menage, period, parameters):
        conditions = (
            menage("taxe_fonciere_degrevement_condition_proprietaire", period)
            * menage("taxe_fonciere_degrevement_condition_age", period)
            * menage("taxe_fonciere_degrevement_condition_revenu", period)
            * menage("taxe_fonciere_degrevement_condition_non_exonere", period)
        )
        return conditions * parameters(period).aides_nationales.taxe_fonciere.degrevement.montant


class taxe_fonciere_plafonnement_plafond_revenu(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Revenu fiscal de référence le plus haut pour le plafonnement"
    unit = "currency"
    reference = ARTICLE_1391_B_TER

    def formula_2024_01_01(menage, period, parameters):
        taxe = parameters(period).aides_nationales.taxe_fonciere
        demi_parts = (menage("taxe_fonciere_parts", period) - 1) / taxe.demi_part
        premiere = clip(demi_parts, 0, 1)
        plafonds = taxe.plafonnement
        suivantes = (demi_parts - premiere) * plafonds.majoration_demi_parts_suivantes
        return plafonds.plafond_premiere_part + premiere * plafonds.majoration_premiere_demi_part + suivantes


class taxe_fonciere_plafonnement_condition_proprietaire(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être propriétaire de son logement"
    reference = ARTICLE_1391_B_TER

    def formula(menage, period):
        return proprietaire(menage, period)


class taxe_fonciere_plafonnement_condition_revenu(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond"
    reference = ARTICLE_1391_B_TER

    def formula_2024_01_01(menage, period):
        return menage("taxe_fonciere_revenu", period) <= menage("taxe_fonciere_plafonnement_plafond_revenu", period)


class taxe_fonciere_plafonnement_condition_non_exonere(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Ne pas avoir droit à une exonération complète"
    reference = ARTICLE_1391_B_TER

    def formula_2024_01_01(menage, period):
        return logical_not(menage("taxe_fonciere_exoneration", period))


class taxe_fonciere_plafonnement_part_du_revenu(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Taxe foncière la plus haute selon le revenu"
    unit = "currency"
    reference = ARTICLE_1391_B_TER

    def formula_2024_01_01(menage, period, parameters):
        part = parameters(period).aides_nationales.taxe_fonciere.plafonnement.part_revenu
        return round(part * menage("taxe_fonciere_revenu", period), CENTIMES)


class taxe_fonciere_plafonnement_condition_montant(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir une taxe foncière trop lourde pour le revenu"
    reference = ARTICLE_1391_B_TER

    def formula_2024_01_01(menage, period):
        return round(menage("montant_taxe_fonciere", period) - menage("taxe_fonciere_plafonnement_part_du_revenu", period), CENTIMES) > 0


class taxe_fonciere_plafonnement(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Plafonnement de la taxe foncière selon le revenu"
    unit = "currency"
    reference = ARTICLE_1391_B_TER

    def formula_2024_01_01(menage, period):
        """The part of the tax above half of the income."""
        conditions = (
            menage("taxe_fonciere_plafonnement_condition_proprietaire", period)
            * menage("taxe_fonciere_plafonnement_condition_revenu", period)
            * menage("taxe_fonciere_plafonnement_condition_non_exonere", period)
            * menage("taxe_fonciere_plafonnement_condition_montant", period)
        )
        exces = menage("montant_taxe_fonciere", period) - menage("taxe_fonciere_plafonnement_part_du_revenu", period)
        return conditions * round(exces, CENTIMES)
