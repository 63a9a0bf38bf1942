"""Prime d'activité: its conditions, one by one, its amount, and the figures shown beside them."""

from numpy import maximum, where
from openfisca_france.model.base import MONTH, Famille, Variable

from tznr_rules.corrections.rsa_ppa import activite_du_trimestre, mois_de_prime

CSS = "du code de la sécurité sociale"
L842_1 = [f"Article L842-1 {CSS}", "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000031087625/"]
L842_2 = [f"Article L842-2 {CSS}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031087615"]
R843_1 = [f"Article R843-1 {CSS}", "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000031694323/"]
D843_1 = [f"Article D843-1 {CSS}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031673885"]
D843_2 = [f"Article D843-2 {CSS}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037873473"]
D843_3 = [f"Article D843-3 {CSS}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037462909"]
R844_3 = [f"Article R844-3 {CSS}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000048841687"]
D846_2 = [f"Article D846-2 {CSS}", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031674204"]


class ppa_condition_age(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir l'âge requis"
    reference = L842_2
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        age_minimum = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.ppa.pa_cond.age_min
        return famille.any(famille.members("age", period) >= age_minimum, role=Famille.PARENT)


class ppa_condition_sejour(Variable):
    value_type = bool
    entity = Famille
    label = (
        "Être français, ou européen avec un droit au séjour, ou réfugié, apatride ou protégé, ou avoir une carte de résident, "
        "ou avoir depuis assez longtemps un titre de séjour qui permet de travailler, ou avoir droit au montant majoré (parent "
        "seul ou femme enceinte seule)"
    )
    reference = L842_2
    definition_period = MONTH

    def formula_2016_01_01(famille, period):
        sejour = famille.any(famille.members("rsa_condition_nationalite", period), role=Famille.PARENT)
        return sejour | famille("rsa_majore_eligibilite", period)


class ppa_condition_activite(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir touché un revenu d'activité, vous ou votre conjoint, pendant le trimestre pris en compte"
    reference = L842_1 + R843_1
    definition_period = MONTH

    def formula_2016_01_01(famille, period):
        travaille, _ = activite_du_trimestre(famille, period)
        return famille.any(travaille)


class ppa_condition_statut(Variable):
    value_type = bool
    entity = Famille
    label = (
        "Pour la personne qui travaille, ne pas être étudiante, stagiaire ni apprentie, sauf si elle gagne assez chaque mois "
        "ou a droit au montant majoré (parent seul ou femme enceinte seule)"
    )
    reference = L842_2
    definition_period = MONTH

    def formula_2016_01_01(famille, period):
        travaille, admis = activite_du_trimestre(famille, period)
        parents = famille.members.has_role(Famille.PARENT)
        concernes = where(famille.project(famille.any(travaille)), travaille, parents)
        return famille("rsa_majore_eligibilite", period) | famille.any(concernes & admis)


class ppa_condition_montant_minimum(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir assez de revenus d'activité dans le foyer pour atteindre le montant minimum versé"
    reference = D843_2 + D843_3 + D846_2
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        minimum_verse = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.ppa.pa_m.montant_minimum_verse
        return famille("ppa_gain_activite", period) >= minimum_verse


class ppa_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Avoir des ressources sous le plafond, calculé mois par mois"
    reference = R843_1 + D843_1 + D846_2
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        """Month by month; when work brings too little to be paid, resources are judged against the lump sum, as if it brought enough."""
        minimum_verse = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.ppa.pa_m.montant_minimum_verse
        versee = famille("ppa_montant_calcule", period) >= minimum_verse
        sous_plafond = famille("ppa_ressources", period) <= famille("ppa_plafond_ressources", period)
        return where(famille("ppa_condition_montant_minimum", period), versee, sous_plafond)


class ppa_montant_calcule(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Prime d'activité calculée sur le trimestre, avant les conditions et le montant minimum versé"
    reference = R843_1 + D843_1 + D843_2 + D843_3
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        mois = mois_de_prime(famille, period, parameters)
        return sum(maximum(forfait + gain - maximum(ressources, forfait), 0) for forfait, gain, ressources in mois) / len(mois)


class ppa_gain_activite(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Ce que le travail ajoute à la prime d'activité : part des revenus d'activité et bonifications"
    reference = D843_2 + D843_3
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        mois = mois_de_prime(famille, period, parameters)
        return sum(gain for _, gain, _ in mois) / len(mois)


class ppa_plafond_ressources(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Ressources à ne pas dépasser pour que la prime d'activité atteigne le montant minimum versé"
    reference = R843_1 + D843_1 + D846_2
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        minimum_verse = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.ppa.pa_m.montant_minimum_verse
        mois = mois_de_prime(famille, period, parameters)
        forfait = sum(forfait for forfait, _, _ in mois) / len(mois)
        return forfait + maximum(famille("ppa_gain_activite", period) - minimum_verse, 0)


class ppa_ressources(Variable):
    value_type = float
    unit = "currency"
    entity = Famille
    label = "Ressources prises en compte pour la prime d'activité en moyenne par mois, forfait logement compris"
    reference = R843_1 + R844_3
    definition_period = MONTH

    def formula_2016_01_01(famille, period, parameters):
        mois = mois_de_prime(famille, period, parameters)
        return sum(ressources for _, _, ressources in mois) / len(mois)
