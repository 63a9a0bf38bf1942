"""What OpenFisca-France works out month after month and nobody of a batch has: incomes of which nobody told what they come from, a
dwelling overseas.

Each is written as a fact of every month, which spares the engine some hundred formulas for each report.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import DateUnit

from tznr_rules.periods import months, years
from tznr_rules.situation import Situation
from tznr_rules.system import system

Array = NDArray[Any]

CAPITAL = ("f2", "assurance_vie_", "produit_epargne", "produit_etats", "revenus_capitaux_", "rev_cat_rvcm", "revenu_categoriel_capital")
SICK_LEAVE = ("indemnites_journalieres", "date_arret_de_travail")
TRAINING = ("apprenti", "apprentissage_", "remuneration_apprenti")
TRADE = (
    *("rpns_", "f5", "ebic_", "ebnc_", "aacc_", "abic_", "abnc_", "alnp_", "arag_", "cncn_", "frag_", "macc_", "mbic_", "mbnc_", "mncn_"),
    *("mrag_", "nacc_", "nbic_", "nbnc_", "coupe_bois", "atimp", "microentreprise", "moins_values", "plus_values", "revenu_non_salarie"),
    *("revenus_non_salarie", "def", "categorie_non_salarie"),
)
GAINS = (*TRADE, "f2", "f3", "pveximpres", "revenu_categoriel_plus_values")
SAVINGS = (*CAPITAL, "livret_a", "epargne_", "produit_", "valeur_locative_", "revenus_capital", "rsa_base_ressources_patrimoine")
TAXED_OVERSEAS = tuple(f"residence_fiscale_{place}" for place in ("guadeloupe", "martinique", "guyane", "reunion", "mayotte"))
SOURCES = {  # how the names of the facts begin from which each of them comes
    "chomage_brut": ("are_", "allocation_retour_emploi", "complement_are", "degressivite_are"),
    "indemnites_journalieres": SICK_LEAVE,
    "remuneration_apprenti": TRAINING,
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
    "revenu_categoriel_capital": CAPITAL,
    "revenu_categoriel_foncier": ("f4", "revenu_categoriel_foncier"),
    "revenu_categoriel_plus_values": GAINS,
    "assiette_csg_plus_values": GAINS,
    "rfr_plus_values_hors_rni": (*GAINS, "rfr_plus_values"),
    "cd_eparet": ("f6", "cd_"),
    "rpns_auto_entrepreneur_benefice": ("rpns_auto_entrepreneur", "ebic_", "ebnc_"),
    "rsa_base_ressources_patrimoine_individu": (*GAINS, *SAVINGS, "f4", "revenus_locatifs", "revenu_categoriel_foncier"),
    "rsa_indemnites_journalieres_activite": SICK_LEAVE,
    "rsa_indemnites_journalieres_hors_activite": SICK_LEAVE,
    **dict.fromkeys(TAXED_OVERSEAS, ("depcom_foyer", "residence_fiscale")),
    **dict.fromkeys(
        (
            *("rpns_imposables", "rpns_autres_revenus", "rpns_micro_entreprise_benefice"),
            *("rpns_benefice_exploitant_agricole", "rpns_exon", "rpns_info", "rpns_pvce", "rpns_pvct", "aacc_timp", "atimp"),
            *("revenu_non_salarie", "revenus_non_salarie_nets", "revenu_categoriel_non_salarial", "microentreprise"),
            *("defacc", "defrag", "defmeu", "defncn"),
        ),
        TRADE,
    ),
}


OVERSEAS = b"97"  # how the codes of the communes begin
DWELLINGS_OVERSEAS = (
    *("residence_guadeloupe", "residence_martinique", "residence_guyane", "residence_reunion", "residence_mayotte"),
    *("residence_saint_pierre_et_miquelon", "residence_saint_bartelemy", "residence_saint_martin"),
)


def write_absent(situation: Situation) -> None:
    """Write nothing, for every month or year, as what nobody of the batch has."""
    said = [name for name, columns in situation.facts.items() if any(map(_says_something, _distinct(columns)))]
    absent = [name for name, sources in SOURCES.items() if not any(fact.startswith(sources) for fact in said)]
    communes = {commune for column in _distinct(situation.facts["depcom"]) for commune in column.tolist()}
    if not any(commune.startswith(OVERSEAS) for commune in communes):
        absent += DWELLINGS_OVERSEAS
    for name in absent:
        if name not in situation.facts:
            variable = system().variables[name]
            nothing = np.zeros(situation.count(variable.entity.key), dtype=variable.dtype)
            periods = years if variable.definition_period == DateUnit.YEAR else months
            situation.facts[name] = dict.fromkeys(periods(situation.month), nothing)


def _distinct(columns: dict[str, Array]) -> list[Array]:
    """The columns of a fact, many periods of which share one."""
    return list({id(column): column for column in columns.values()}.values())


def _says_something(column: Array) -> bool:
    """Whether somebody tells another figure than zero, or another answer than no."""
    return column.dtype.kind not in "biuf" or bool(column.any())
