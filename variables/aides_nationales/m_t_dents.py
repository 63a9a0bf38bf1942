"""M'T dents: the free dental check-up of the young and of pregnant women."""

from numpy import isin
from openfisca_france.model.base import MONTH, Famille, Individu, Variable

M_T_DENTS = [
    "Examens et soins bucco-dentaires gratuits pour les jeunes (Service-Public)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F243",
]
GROSSESSE = [
    "M'T dents : des rendez-vous gratuits jusqu'à 24 ans et pour les femmes enceintes (Assurance maladie)",
    "https://www.ameli.fr/assure/sante/themes/carie-dentaire/mt-dents",
]
JEUNES_ET_GROSSESSE = [*M_T_DENTS, *GROSSESSE]


class m_t_dents_condition_age_ou_grossesse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge d'un examen pris en charge, être enceinte ou avoir accouché il y a peu"
    reference = JEUNES_ET_GROSSESSE

    def formula(individu, period, parameters):
        """A woman who lives with her newborn is taken to be the mother."""
        m_t_dents = parameters(period).aides_nationales.m_t_dents
        mois = individu.famille.members("age_en_mois", period)
        nouveau_ne = individu.famille.any((mois >= 0) * (mois < m_t_dents.mois_apres_naissance), role=Famille.ENFANT)
        mere = individu("femme", period) * individu.has_role(Famille.PARENT) * nouveau_ne
        return isin(individu("age", period), m_t_dents.ages) + individu("enceinte", period) + mere


class m_t_dents(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "M'T dents : examen gratuit chez le dentiste"
    reference = JEUNES_ET_GROSSESSE

    def formula(individu, period):
        return individu("m_t_dents_condition_age_ou_grossesse", period)
