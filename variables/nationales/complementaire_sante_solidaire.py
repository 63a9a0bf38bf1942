"""Complémentaire santé solidaire: who is in the household of the claim, the conditions, and what the right costs."""

from numpy import logical_not
from openfisca_core.model_api import MONTH, Variable, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu, Menage

from tznr_rules.corrections.css import enfants_du_foyer, rattaches

L861_1 = [
    "Article L861-1 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037950247",
]
L861_2 = [
    "Article L861-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000006156207/",
]
PLAFOND_OU_RSA = L861_1 + L861_2
SEJOUR = [
    *L861_1,
    "Aide médicale de l'État, pour les personnes sans titre de séjour (Service-Public, F3079)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F3079",
]
R861_2 = [
    "Article R861-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/affichCode.do?idSectionTA=LEGISCTA000006156821&cidTexte=LEGITEXT000006073189",
]
R861_8 = [
    "Article R861-8 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000044492511",
]
PARTICIPATION = [
    "Article 1 de l'arrêté du 29 décembre 2023 sur la participation à la protection complémentaire en matière de santé",
    "https://juriblio.fr/arretes/arrete-du-29-decembre-2023/182955383/article-1",
]


class complementaire_sante_solidaire_membre_foyer(Variable):
    value_type = bool
    entity = Individu
    label = "Faire partie du foyer de la demande de complémentaire santé solidaire"
    reference = R861_2
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period, parameters):
        return individu.has_role(Famille.PARENT) + enfants_du_foyer(individu, period, parameters)


class complementaire_sante_solidaire_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Ressources du foyer sur les douze mois pris en compte pour la complémentaire santé solidaire"
    reference = R861_8
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("css_cmu_base_ressources", period)


class complementaire_sante_solidaire_plafond_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources de la complémentaire santé solidaire, avec participation"
    reference = L861_1
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("acs_plafond", period)


class complementaire_sante_solidaire_plafond_gratuite(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources de la complémentaire santé solidaire gratuite"
    reference = L861_1
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("cmu_c_plafond", period)


class complementaire_sante_solidaire_condition_autonomie(Variable):
    value_type = bool
    entity = Famille
    label = "Faire sa propre demande, sans être compris dans celle de ses parents"
    reference = R861_2
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("css_cmu_acs_eligibilite", period)


class complementaire_sante_solidaire_condition_sejour(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir dans le foyer un adulte qui peut dépendre de l'Assurance maladie, et pas seulement de l'aide médicale de l'État"
    reference = SEJOUR
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        personnes = famille.members
        etranger = personnes("ame_condition_nationalite", period) * personnes("ame_condition_sejour_non_declare", period)
        sans_titre = etranger * personnes("ame_condition_sejour", period)
        return famille.any(logical_not(sans_titre), role=Famille.PARENT)


class complementaire_sante_solidaire_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir des ressources sous le plafond, ou percevoir le RSA"
    reference = PLAFOND_OU_RSA
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        sous_le_plafond = famille("css_cmu_base_ressources", period) <= famille("acs_plafond", period)
        return sous_le_plafond + (famille("rsa", period) > 0)


class complementaire_sante_solidaire(Variable):
    value_type = float
    entity = Famille
    label = "Complémentaire santé solidaire"
    reference = PLAFOND_OU_RSA
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        autonomie = famille("complementaire_sante_solidaire_condition_autonomie", period)
        sejour = famille("complementaire_sante_solidaire_condition_sejour", period)
        return autonomie * sejour * famille("complementaire_sante_solidaire_condition_ressources", period)


class complementaire_sante_solidaire_gratuite(Variable):
    value_type = bool
    entity = Famille
    label = "Complémentaire santé solidaire gratuite"
    reference = L861_1
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        return famille("cmu_c", period) * famille("complementaire_sante_solidaire_condition_sejour", period)


class complementaire_sante_solidaire_participation(Variable):
    value_type = float
    entity = Famille
    label = "Participation mensuelle du foyer à la complémentaire santé solidaire"
    reference = PARTICIPATION
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        participation = famille("css_participation_forfaitaire", period)
        return participation * famille("complementaire_sante_solidaire_condition_sejour", period)


class complementaire_sante_solidaire_participation_individu(Variable):
    value_type = float
    entity = Individu
    label = "Ce qu'une personne paie chaque mois pour la complémentaire santé solidaire"
    reference = PARTICIPATION
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period, parameters):
        payante = individu.famille("css_participation_forfaitaire", period) > 0
        membre = individu("complementaire_sante_solidaire_membre_foyer", period)
        parents = individu.has_role(Famille.PARENT) * individu.has_role(Menage.PERSONNE_DE_REFERENCE)
        payante_chez_les_parents = individu.menage.any(payante * parents) * rattaches(individu, period, parameters)
        due = payante * membre + payante_chez_les_parents
        sejour = individu.famille("complementaire_sante_solidaire_condition_sejour", period)
        return due * sejour * individu("css_participation_forfaitaire_montant_i", period)
