"""Two tax credits of the year: looking after a young child outside the home, and employing somebody at home."""

from numpy import minimum, where
from openfisca_france.model.base import MONTH, FoyerFiscal, Individu, Variable

CGI_200_QUATER_B = [
    "Article 200 quater B du code général des impôts",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000046861318",
]
CGI_199_SEXDECIES = [
    "Article 199 sexdecies du code général des impôts",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000046861251",
]


class credit_garde_enfants_condition_a_charge(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être un enfant à charge sur une déclaration de revenus"
    reference = CGI_200_QUATER_B

    def formula(individu, period):
        return individu.has_role(FoyerFiscal.PERSONNE_A_CHARGE) * (individu("age", period) >= 0)


class credit_garde_enfants_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir moins que l'âge limite au début de l'année"
    reference = CGI_200_QUATER_B

    def formula(individu, period, parameters):
        limite = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cmg.limite_age.reduite
        return individu("age", period.this_year.first_month) < limite


class credit_garde_enfants_plafond(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Frais de garde de l'année retenus au plus pour l'enfant"
    unit = "EUR/an"
    reference = CGI_200_QUATER_B

    def formula(individu, period, parameters):
        plafond = parameters(period).impot_revenu.credits_impots.gardenf.plafond
        part = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm.facteur_garde_alternee
        return plafond * where(individu("garde_alternee", period), part, 1)


class credit_garde_enfants_condition_frais(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des frais de garde hors du domicile dans l'année"
    reference = CGI_200_QUATER_B

    def formula(individu, period):
        return individu("frais_garde_annuels", period) > 0


class credit_garde_enfants(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Crédit d'impôt pour la garde d'un jeune enfant hors du domicile"
    reference = CGI_200_QUATER_B

    def formula(individu, period, parameters):
        taux = parameters(period).impot_revenu.credits_impots.gardenf.taux
        conditions = (
            individu("credit_garde_enfants_condition_a_charge", period)
            * individu("credit_garde_enfants_condition_age", period)
            * individu("credit_garde_enfants_condition_frais", period)
        )
        return conditions * taux * minimum(individu("frais_garde_annuels", period), individu("credit_garde_enfants_plafond", period))


class credit_emploi_domicile_condition_majorite(Variable):
    value_type = bool
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Déclarer ses revenus soi-même"
    reference = CGI_199_SEXDECIES

    def formula(foyer_fiscal, period):
        return foyer_fiscal.any(foyer_fiscal.members("majeur", period), role=FoyerFiscal.DECLARANT)


class credit_emploi_domicile_depenses(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Dépenses de l'année du foyer fiscal pour un salarié ou un service à domicile"
    reference = CGI_199_SEXDECIES

    def formula(foyer_fiscal, period):
        return foyer_fiscal.sum(foyer_fiscal.members("depenses_emploi_domicile", period))


class credit_emploi_domicile_condition_depenses(Variable):
    value_type = bool
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Payer un salarié ou un service à domicile"
    reference = CGI_199_SEXDECIES

    def formula(foyer_fiscal, period):
        return foyer_fiscal("credit_emploi_domicile_depenses", period) > 0


class credit_emploi_domicile_plafond(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Dépenses de l'année retenues au plus pour l'emploi à domicile"
    unit = "EUR/an"
    reference = CGI_199_SEXDECIES

    def formula(foyer_fiscal, period, parameters):
        """A higher ceiling by child and by member of the age, or the single one of a household with a disability."""
        regle = parameters(period).impot_revenu.credits_impots.emploi_salarie_domicile
        alternee = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm.facteur_garde_alternee
        age = foyer_fiscal.members("age", period)
        part = (age >= 0) * where(foyer_fiscal.members("garde_alternee", period), alternee, 1)
        a_charge = foyer_fiscal.sum(part, role=FoyerFiscal.PERSONNE_A_CHARGE)
        ages = age >= parameters(period).aides_nationales.credit_emploi_domicile.age_majoration
        plafond = minimum(
            regle.plafond + regle.increment_plafond * (a_charge + foyer_fiscal.sum(ages, role=FoyerFiscal.DECLARANT)), regle.plafond_maximum
        )
        carte = foyer_fiscal.members("titulaire_cmi_invalidite", period)
        complement = foyer_fiscal.members("handicap", period) * (foyer_fiscal.members("aeeh_niveau_handicap", period) > 0)
        return where(foyer_fiscal.any(carte + complement), regle.plafond_invalides, plafond)


class credit_emploi_domicile(Variable):
    value_type = float
    entity = FoyerFiscal
    definition_period = MONTH
    label = "Crédit d'impôt pour l'emploi d'un salarié à domicile"
    reference = CGI_199_SEXDECIES

    def formula(foyer_fiscal, period, parameters):
        taux = parameters(period).impot_revenu.credits_impots.emploi_salarie_domicile.taux
        depenses = foyer_fiscal("credit_emploi_domicile_depenses", period)
        conditions = foyer_fiscal("credit_emploi_domicile_condition_majorite", period) * foyer_fiscal(
            "credit_emploi_domicile_condition_depenses", period
        )
        return conditions * taux * minimum(depenses, foyer_fiscal("credit_emploi_domicile_plafond", period))
