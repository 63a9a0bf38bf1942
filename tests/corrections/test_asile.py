"""The correction of the allowance of asylum seekers, against the published table, and what OpenFisca-France still gives."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"


def per_day(adults: int, children: int, *, housed: bool, nationality: str = "AF", corrected: bool = True) -> float:
    """The allowance of a family, by day."""
    parents = [f"a{rank}" for rank in range(adults)]
    minors = [f"e{rank}" for rank in range(children)]
    persons: dict[str, Any] = {
        name: {"date_naissance": {"ETERNITY": "1990-01-01" if name in parents else "2018-01-01"}, "nationalite": {"2026-11": nationality}}
        for name in (*parents, *minors)
    }
    facts = {"asile_demandeur": {"2026-11": True}, "place_hebergement": {"2026-11": housed}, "af_nbenf": {"2026-11": children}}
    entities = {
        "individus": persons,
        "familles": {"f": {"parents": parents, "enfants": minors, **facts}},
        "foyers_fiscaux": {"ff": {"declarants": parents, "personnes_a_charge": minors}},
        "menages": {"m": {"personne_de_reference": parents[:1], "conjoint": parents[1:], "enfants": minors}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), entities)
    return round(float(simulation.calculate("ada", "2026-11")[0]) / 30, 2)


@pytest.mark.parametrize(
    ("adults", "children", "housed", "published"),
    [(1, 0, True, 6.80), (1, 0, False, 14.20), (2, 0, True, 10.20), (2, 0, False, 25.00), (1, 1, False, 17.60), (2, 3, False, 35.20)],
)
def test_the_published_table(adults: int, children: int, housed: bool, published: float) -> None:
    assert per_day(adults, children, housed=housed) == published


def test_openfisca_france_adds_once_for_a_couple() -> None:
    assert per_day(2, 0, housed=False, corrected=False) == 17.60, CAUGHT_UP


def test_a_french_family_does_not_seek_asylum() -> None:
    assert per_day(1, 0, housed=True, nationality="FR") == 0
    assert per_day(1, 0, housed=True, nationality="FR", corrected=False) > 0, CAUGHT_UP
