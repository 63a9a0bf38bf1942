"""The housing solidarity fund (FSL) of Ille-et-Vilaine: who may ask, for which trouble; its ceilings are not published."""

from numpy import isnan, nan
from openfisca_france.model.base import MONTH, Menage, Variable, not_
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

FSL = [
    "Fonds de solidarité pour le logement (Département d'Ille-et-Vilaine)",
    "https://www.ille-et-vilaine.fr/article/fonds-solidarite-pour-logement-dernier-recours-pour-acceder-a-logement-ou-eviter-l-expulsion",
]


class ille_et_vilaine_fsl_condition_residence(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = FSL

    def formula(menage, period):
        return menage.personne_de_reference("habite_ille_et_vilaine", period)


class ille_et_vilaine_fsl_quotient_familial(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Quotient familial de la personne dont le logement porte le nom"
    unit = "EUR"
    reference = FSL

    def formula(menage, period):
        return menage.personne_de_reference.famille("quotient_familial_caf", period)


class ille_et_vilaine_fsl_plafond_quotient_familial(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    label = "Quotient familial au-dessus duquel le FSL n'aide pas, quand il est connu"
    unit = "EUR"
    reference = FSL

    def formula(menage, period, parameters):
        return getattr(parameters(period).aides_locales.ille_et_vilaine.fsl, "plafond_quotient_familial", nan) + menage.empty_array()


class ille_et_vilaine_fsl_condition_quotient_familial(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un quotient familial sous le plafond du FSL, s'il est connu"
    reference = FSL

    def formula(menage, period):
        plafond = menage("ille_et_vilaine_fsl_plafond_quotient_familial", period)
        if isnan(plafond).all():
            return isnan(plafond)
        return isnan(plafond) + (menage("ille_et_vilaine_fsl_quotient_familial", period) <= plafond)


class ille_et_vilaine_fsl_acces_condition_recherche(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Entrer dans un logement loué, ou en chercher un"
    reference = FSL

    def formula(menage, period):
        return menage("cherche_logement_a_louer", period)


class ille_et_vilaine_fsl_acces(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Fonds de solidarité logement, entrée dans un logement (demande possible)"
    reference = FSL

    def formula(menage, period):
        recherche = menage("ille_et_vilaine_fsl_acces_condition_recherche", period)
        quotient = menage("ille_et_vilaine_fsl_condition_quotient_familial", period)
        return menage("ille_et_vilaine_fsl_condition_residence", period) * recherche * quotient


class ille_et_vilaine_fsl_maintien_condition_location(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être locataire ou habiter en foyer"
    reference = FSL

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        locataire = (statut == Statut.locataire_hlm) + (statut == Statut.locataire_vide) + (statut == Statut.locataire_meuble)
        return locataire + (statut == Statut.locataire_foyer)


class ille_et_vilaine_fsl_maintien_condition_impaye(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir des loyers ou des charges en retard"
    reference = FSL

    def formula(menage, period):
        return menage("loyer_impaye", period)


class ille_et_vilaine_fsl_maintien(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Fonds de solidarité logement, loyers impayés (demande possible)"
    reference = FSL

    def formula(menage, period):
        location = menage("ille_et_vilaine_fsl_maintien_condition_location", period)
        impaye = menage("ille_et_vilaine_fsl_maintien_condition_impaye", period)
        quotient = menage("ille_et_vilaine_fsl_condition_quotient_familial", period)
        return menage("ille_et_vilaine_fsl_condition_residence", period) * location * impaye * quotient


class ille_et_vilaine_fsl_energie_eau_condition_logement(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un logement"
    reference = FSL

    def formula(menage, period):
        return not_(menage("statut_occupation_logement", period) == Statut.sans_domicile)


class ille_et_vilaine_fsl_energie_eau_condition_facture(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir une facture d'énergie ou d'eau que l'on ne peut pas payer"
    reference = FSL

    def formula(menage, period):
        return menage("facture_energie_ou_eau_impayee", period)


class ille_et_vilaine_fsl_energie_eau(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Fonds de solidarité logement, factures d'énergie et d'eau (demande possible)"
    reference = FSL

    def formula(menage, period):
        logement = menage("ille_et_vilaine_fsl_energie_eau_condition_logement", period)
        facture = menage("ille_et_vilaine_fsl_energie_eau_condition_facture", period)
        quotient = menage("ille_et_vilaine_fsl_condition_quotient_familial", period)
        return menage("ille_et_vilaine_fsl_condition_residence", period) * logement * facture * quotient
