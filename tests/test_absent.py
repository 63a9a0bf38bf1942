"""What is written as nothing is what the engine computes of it when nobody told anything."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, households
from tznr_rules import lived, simulation
from tznr_rules.absent import SOURCES
from tznr_rules.household import parse
from tznr_rules.situation import Situation
from tznr_rules.system import system

FLAT = {"statut_occupation_logement": "locataire_hlm", "loyer": 420}


def built(*documents: dict[str, Any]) -> Situation:
    return lived.build([parse(document) for document in documents], simulation.estimate_notices)


@given(st.lists(households(), min_size=20, max_size=20))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_what_is_written_as_nothing_is_computed_as_nothing(documents: list[dict[str, Any]]) -> None:
    situation = built(*documents)
    written = {name: months for name in SOURCES if name in situation.facts and not np.any(list((months := situation.facts[name]).values()))}
    assert len(written) > len(SOURCES) / 2
    for name in written:
        del situation.facts[name]
    left_to_formulas = simulation._prepared(situation, system())
    for name, months in written.items():
        for month in months:
            assert not left_to_formulas.calculate(name, month).any(), (name, month)


def test_a_rare_income_that_somebody_tells_is_left_to_the_formula_and_to_what_was_told() -> None:
    lodger = {"date": "2026-11", "logement": FLAT, "personnes": [{"date_naissance": "1960-05-12", "rente_accident_travail": 210}]}
    nobody = {"date": "2026-11", "logement": FLAT, "personnes": [{"date_naissance": "1960-05-12"}]}
    situation = built(lodger, nobody)
    assert situation.facts["rente_accident_travail"]["2026-11"].tolist() == [210.0, 0.0]
    assert "rpns_auto_entrepreneur_benefice" in built(nobody).facts
    seller = {**nobody, "personnes": [{**nobody["personnes"][0], "rpns_auto_entrepreneur_CA_bnc": 800}]}
    assert "rpns_auto_entrepreneur_benefice" not in built(nobody, seller).facts


@pytest.mark.parametrize(
    ("source", "something", "comes_from_it"),
    [
        ("livret_a", 5, "rsa_base_ressources_patrimoine_individu"),
        ("rpns_autres_revenus", 900, "rpns_pvce"),
        ("apprenti", True, "remuneration_apprenti"),
    ],
)
def test_what_is_told_as_nothing_is_nothing(source: str, something: float, comes_from_it: str) -> None:
    def written(told: float) -> bool:
        person = {"date_naissance": "1960-05-12", source: told}
        return comes_from_it in built({"date": "2026-11", "logement": FLAT, "personnes": [person]}).facts

    assert written(0)
    assert not written(something)
