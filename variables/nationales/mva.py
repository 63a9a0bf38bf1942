"""Majoration pour la vie autonome (MVA): the conditions that decide whether it is added to the AAH or to the ASI."""

from openfisca_core.model_api import MONTH, Variable, not_, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu, Menage
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

from tznr_rules.corrections.asi_aspa import servi

L821_1_2 = [
    "Article L821-1-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006745350",
    "Article L821-1-2, texte en vigueur",
    "https://juriblio.fr/codes/code-de-la-securite-sociale/partie-legislative/livre-8/titre-ii/article-l821-1-2",
]
SANS_LOGEMENT_A_SOI = (Statut.locataire_foyer, Statut.loge_gratuitement, Statut.sans_domicile)


def aah(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.aah


class mva_condition_taux_incapacite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir un taux d'incapacité élevé, reconnu par la MDPH"
    reference = L821_1_2

    def formula(individu, period, parameters):
        return individu("taux_incapacite", period) >= aah(parameters, period).taux_capacite.taux_incapacite


class mva_condition_allocation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Toucher l'AAH entière, ou l'AAH en complément d'une pension ou d'une rente, ou l'ASI"
    reference = L821_1_2

    def formula(individu, period, parameters):
        montant = individu("aah", period)
        entiere = montant >= aah(parameters, period).montant
        en_complement = servi(montant) * servi(individu("aah_base_non_cumulable", period))
        return entiere + en_complement + servi(individu("asi", period))


class mva_condition_logement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Avoir son propre logement, hors foyer et établissement, sans y être logé gratuitement"
    reference = L821_1_2

    def formula(individu, period):
        statut = individu.menage("statut_occupation_logement", period)
        sans_logement_a_soi = sum(statut == each for each in SANS_LOGEMENT_A_SOI) + individu.famille("heberge", period)
        titulaire = individu.has_role(Menage.PERSONNE_DE_REFERENCE) + individu.has_role(Menage.CONJOINT) + individu.menage("coloc", period)
        return not_(sans_logement_a_soi) * titulaire * individu.has_role(Famille.PARENT)


class mva_aide_logement(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Aide au logement de la personne ou de son conjoint"
    reference = L821_1_2

    def formula(individu, period):
        return individu.famille("aide_logement", period) * individu.has_role(Famille.PARENT)


class mva_condition_aide_logement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Toucher une aide au logement, soi-même ou par son conjoint"
    reference = L821_1_2

    def formula(individu, period):
        return individu("mva_aide_logement", period) > 0


class mva_condition_travail(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Vivre sans revenu de son propre travail"
    reference = L821_1_2

    def formula(individu, period):
        """Today's income: the year without work was a condition of the complément de ressources only."""
        salaire = individu("salaire_net", period) + individu("aah_base_ressources_activite_milieu_protege", period)
        independant = individu("rpns_auto_entrepreneur_benefice", period)
        return (salaire + independant <= 0) * (individu("ppa_rsa_derniers_revenus_tns_annuels_connus", period.this_year) <= 0)
