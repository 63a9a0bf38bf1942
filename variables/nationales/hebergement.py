"""Families hosted free of charge: an input that the corrections of RSA, prime d'activité and housing aid read."""

from openfisca_france.model.base import MONTH, Famille, Variable, set_input_dispatch_by_period

R262_9 = [
    "Article R262-9 du code de l'action sociale et des familles",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000020526192",
]
R844_3 = ["Article R844-3 du code de la sécurité sociale", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000048841687"]


class heberge(Variable):
    value_type = bool
    entity = Famille
    label = "Être hébergé gratuitement par les occupants du logement"
    reference = R262_9 + R844_3
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
