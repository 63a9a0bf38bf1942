"""The family quotient of the CAF: told by the household, else estimated from its incomes and benefits."""

from openfisca_france.model.base import ADD, MONTH, Famille, Variable

PRESTATIONS = ("af", "cf", "asf", "paje_base", "aide_logement", "rsa", "ppa")

QUOTIENT_FAMILIAL = [
    "Simulateur de quotient familial (communauté de communes des Coëvrons)",
    "http://www.coevrons.fr/simulateur-de-quotient-familial",
]


class quotient_familial_caf_parts(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Parts du quotient familial de la CAF"
    reference = QUOTIENT_FAMILIAL

    def formula(famille, period, parameters):
        parts = parameters(period).aides_nationales.quotient_familial_caf.parts
        enfants = famille("af_nbenf", period)
        handicapes = famille.sum(famille.members("handicap", period), role=Famille.ENFANT)
        return (
            parts.parents
            + parts.enfant * enfants
            + parts.troisieme_enfant * (enfants >= parts.rang_troisieme_enfant)
            + parts.enfant_handicape * handicapes
        )


class quotient_familial_caf(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Quotient familial de la CAF (estimé quand il n'est pas donné)"
    unit = "currency"
    reference = QUOTIENT_FAMILIAL

    def formula(famille, period, parameters):
        """The incomes of two years ago before the tenth that the tax office takes off, plus the benefits of the month, by part."""
        annee = period.n_2
        abattement = parameters(annee).impot_revenu.calcul_revenus_imposables.deductions.abatpro.taux
        salaires_et_pensions = famille.sum(famille.members("traitements_salaires_pensions_rentes", annee), role=Famille.PARENT)
        benefices = famille.sum(famille.members("rpns_imposables", annee), role=Famille.PARENT)
        prestations = sum(famille(prestation, period, options=[ADD]) for prestation in PRESTATIONS)
        prestations = prestations + famille.sum(famille.members("aah", period), role=Famille.PARENT)
        revenus = (salaires_et_pensions / (1 - abattement) + benefices) / 12
        return (revenus + prestations) / famille("quotient_familial_caf_parts", period)
