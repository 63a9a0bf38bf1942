"""The hourly price of a crèche funded by the CAF: a share of the monthly resources, the same scale everywhere in France."""

from numpy import array, clip, minimum, searchsorted
from openfisca_core.model_api import round_
from openfisca_france.model.base import MONTH, Famille, Variable

PSU = ["Barème national des participations familiales (caf.fr, espace des professionnels)", "https://www.caf.fr/professionnels"]


def taux_selon_les_enfants(famille, period, bareme):
    """The rate for the number of children; each child with the AEEH gives the next lower rate."""
    handicapes = famille.sum(famille.members("aeeh_enfant_beneficiaire", period), role=Famille.ENFANT)
    tranche = searchsorted(array(bareme.thresholds), clip(famille("af_nbenf", period), 1, None), side="right") - 1
    return array(bareme.amounts)[minimum(tranche + handicapes, len(bareme.amounts) - 1).astype(int)]


class creche_psu_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Ressources mensuelles d'il y a deux ans, avant abattement, pour le prix d'une crèche"
    unit = "EUR/mois"
    reference = PSU

    def formula(famille, period, parameters):
        """The pay and pensions of two years ago before the tenth that the tax office takes off, plus profits."""
        annee = period.n_2
        abattement = parameters(annee).impot_revenu.calcul_revenus_imposables.deductions.abatpro.taux
        revenus = famille.sum(famille.members("traitements_salaires_pensions_rentes", annee), role=Famille.PARENT) / (1 - abattement)
        benefices = famille.sum(famille.members("rpns_imposables", annee), role=Famille.PARENT)
        return (revenus + benefices) / 12


class creche_psu_prix_horaire(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Prix d'une heure de crèche pour la famille"
    unit = "EUR/heure"
    reference = PSU

    def formula(famille, period, parameters):
        regle = parameters(period).aides_nationales.creche_psu
        ressources = clip(famille("creche_psu_ressources", period), regle.plancher_ressources, regle.plafond_ressources)
        return round_(ressources * taux_selon_les_enfants(famille, period, regle.taux_effort), 2)
