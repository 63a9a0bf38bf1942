"""What OpenFisca-France works out month after month and nobody of a batch has: incomes of which nobody told what they come from, a
dwelling overseas.

Each is written as a fact of every month, which spares the engine some hundred formulas for each report.
"""

import numpy as np

from tznr_rules.periods import months
from tznr_rules.situation import Situation
from tznr_rules.system import system

CAPITAL = ("f2", "assurance_vie_", "produit_epargne", "produit_etats", "revenus_capitaux_", "rev_cat_rvcm", "revenu_categoriel_capital")
SICK_LEAVE = ("indemnites_journalieres", "date_arret_de_travail")
SOURCES = {  # how the names of the facts begin from which each of them comes
    "chomage_brut": ("are_", "allocation_retour_emploi", "complement_are", "degressivite_are"),
    "indemnites_journalieres": SICK_LEAVE,
    "rente_accident_travail": (
        *("rente_accident_travail", "taux_accident_travail", "exposition_accident", "demande_rachat"),
        *("arag_", "mrag_", "rpns_benefice_exploitant_agricole"),
    ),
    "rente_viagere_titre_onereux": ("f1", "rente_viagere"),
    "revenus_capital": CAPITAL,
    "revenus_capitaux_prelevement_bareme": CAPITAL,
    "revenus_capitaux_prelevement_forfaitaire_unique_ir": CAPITAL,
    "revenus_capitaux_prelevement_liberatoire": CAPITAL,
    "revenus_locatifs": ("f4", "revenu_categoriel_foncier"),
    "rpns_auto_entrepreneur_benefice": ("rpns_auto_entrepreneur", "ebic_", "ebnc_"),
    "rsa_indemnites_journalieres_activite": SICK_LEAVE,
    "rsa_indemnites_journalieres_hors_activite": SICK_LEAVE,
}


OVERSEAS = b"97"  # how the codes of the communes begin
DWELLINGS_OVERSEAS = (
    *("residence_guadeloupe", "residence_martinique", "residence_guyane", "residence_reunion", "residence_mayotte"),
    *("residence_saint_pierre_et_miquelon", "residence_saint_bartelemy", "residence_saint_martin"),
)


def write_absent(situation: Situation) -> None:
    """Write nothing, for every month, as what nobody of the batch has."""
    told = tuple(situation.facts)
    absent = [name for name, sources in SOURCES.items() if not any(fact.startswith(sources) for fact in told)]
    columns = {id(column): column for column in situation.facts["depcom"].values()}
    communes = {commune for column in columns.values() for commune in column.tolist()}
    if not any(commune.startswith(OVERSEAS) for commune in communes):
        absent += DWELLINGS_OVERSEAS
    for name in absent:
        if name not in told:
            variable = system().variables[name]
            nothing = np.zeros(situation.count(variable.entity.key), dtype=variable.dtype)
            situation.facts[name] = dict.fromkeys(months(situation.month), nothing)
