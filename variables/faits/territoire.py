"""Where a person lives: the territories whose measures are written. A child to be born lives nowhere yet."""

from numpy import isin
from openfisca_france.model.base import MONTH, Individu, Variable

CODE_GEOGRAPHIQUE = ["Code officiel géographique (Insee)", "https://www.insee.fr/fr/information/2560452"]
RENNES_METROPOLE = ["Les 43 communes de Rennes Métropole", "https://metropole.rennes.fr/les-43-communes"]


def habite(individu, period, debuts):
    """Whether the commune of each person begins with one of these codes."""
    communes = individu.menage("depcom", period).astype(f"S{len(debuts[0])}")
    return (individu("age", period) >= 0) * isin(communes, [debut.encode() for debut in debuts])


class habite_rennes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter Rennes"
    reference = CODE_GEOGRAPHIQUE

    def formula(individu, period, parameters):
        return habite(individu, period, parameters(period).aides_locales.territoire.rennes)


class habite_rennes_metropole(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter une commune de Rennes Métropole"
    reference = RENNES_METROPOLE

    def formula(individu, period, parameters):
        return habite(individu, period, parameters(period).aides_locales.rennes_metropole.tarification_solidaire.communes)


class habite_ille_et_vilaine(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter l'Ille-et-Vilaine"
    reference = CODE_GEOGRAPHIQUE

    def formula(individu, period, parameters):
        return habite(individu, period, parameters(period).aides_locales.territoire.ille_et_vilaine)


class habite_bretagne(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter en Bretagne"
    reference = CODE_GEOGRAPHIQUE

    def formula(individu, period, parameters):
        return habite(individu, period, parameters(period).aides_locales.territoire.bretagne)
