"""The corrections of the allocation personnalisée d'autonomie: the published figures on both sides of their dates, and upstream."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
PLAN = {"gir": "gir_1", "dependance_plan_aide_domicile": 3000}


def calculate(variable: str, month: str, facts: dict[str, Any], *, rfr: float = 0, housing_aid: float = 0, corrected: bool = True) -> float:
    """A variable of a person of 86 who lives alone."""
    person = {name: {month: value} for name, value in facts.items()}
    entities = {
        "individus": {"a": {"date_naissance": {"ETERNITY": "1940-01-01"}, **person}},
        "familles": {"f": {"parents": ["a"], "aide_logement_montant": {month: housing_aid}}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"], "rfr": {str(int(month[:4]) - 2): rfr}}},
        "menages": {"m": {"personne_de_reference": ["a"]}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), entities)
    return round(float(simulation.calculate(variable, month)[0]), 2)


@pytest.mark.parametrize(
    ("month", "published"),
    [("2024-01", 1955.60), ("2024-12", 1955.60), ("2025-01", 2045.56), ("2025-12", 2045.56), ("2026-01", 2080.33), ("2026-11", 2080.33)],
)
def test_the_ceiling_of_the_plan_changes_in_january(month: str, published: float) -> None:
    assert calculate("dependance_plan_aide_domicile_accepte", month, PLAN) == published
    assert calculate("apa_urgence_domicile", month, {"besoin_urgent_aide_domicile": True}) == pytest.approx(published / 2, abs=0.01)


def test_upstream_still_changes_the_ceiling_in_april() -> None:
    assert calculate("dependance_plan_aide_domicile_accepte", "2025-12", PLAN, corrected=False) == 2080.33, CAUGHT_UP


def test_the_participation_and_the_homes_read_the_thresholds_of_january() -> None:
    resources = 12 * 925
    assert calculate("apa_domicile_participation", "2025-12", PLAN, rfr=resources) > 0
    assert calculate("apa_domicile_participation", "2025-12", PLAN, rfr=resources, corrected=False) == 0, CAUGHT_UP
    home = {"gir": "gir_1", "dependance_tarif_etablissement_gir_1_2": 650, "dependance_tarif_etablissement_gir_5_6": 180}
    above_2025 = 12 * 2820
    assert calculate("apa_etablissement", "2025-12", home, rfr=above_2025) < 470
    assert calculate("apa_etablissement", "2025-12", home, rfr=above_2025, corrected=False) == 470, CAUGHT_UP


def test_housing_aid_is_not_taken_off_the_income_and_unlet_property_adds_to_it() -> None:
    assert calculate("base_ressources_apa", "2026-11", {}, rfr=24000, housing_aid=300) == 2000
    assert calculate("base_ressources_apa", "2026-11", {}, rfr=24000, housing_aid=300, corrected=False) == 1700, CAUGHT_UP
    unlet = {"valeur_locative_immo_non_loue": 1200}
    assert calculate("base_ressources_apa", "2026-11", unlet, rfr=24000) == 2050
    assert calculate("base_ressources_apa", "2026-11", unlet, rfr=24000, corrected=False) == 800, CAUGHT_UP


def test_the_emergency_allowance_asks_for_an_emergency() -> None:
    assert calculate("apa_urgence_domicile", "2026-11", {}) == 0
    assert calculate("apa_urgence_domicile", "2026-11", {}, corrected=False) == 1040.16, CAUGHT_UP
