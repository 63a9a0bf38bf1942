"""The engine made faster gives what the plain engine gives, to the bit, and is left alone when it is not the one that was patched."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import Instant, Period, period
from openfisca_core.taxscales import MarginalRateTaxScale

from tests.households import AS_DRAWN, households
from tznr_rules import engine, lived, simulation
from tznr_rules.catalogue import cards
from tznr_rules.household import parse
from tznr_rules.system import system

OURS = Path(__file__).parent.parent


def digests(documents: list[dict[str, Any]]) -> dict[str, str]:
    """A digest of every column of a run, to the bit."""
    built = lived.build([parse(document) for document in documents], simulation.estimate_notices)
    names = dict.fromkeys(name for card in cards() if card.models(built.month) for name in card.variables())
    columns = {name: column.astype(str) if column.dtype == object else column for name, column in simulation.run(built, names).items()}
    return {name: sha256(np.ascontiguousarray(column).tobytes()).hexdigest() for name, column in columns.items()}


@given(st.lists(households(), min_size=25, max_size=25))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_every_column_is_that_of_the_plain_engine(documents: list[dict[str, Any]]) -> None:
    assert engine.quicken()
    told = json.dumps([parse(document).document() for document in documents])
    question = "import json, sys; from tests.test_engine import digests; print(json.dumps(digests(json.load(sys.stdin))))"
    plain = subprocess.run(
        [sys.executable, "-c", question],
        input=told,
        capture_output=True,
        text=True,
        check=True,
        cwd=OURS,
        env={**os.environ, engine.PLAIN: "1"},
    )
    assert digests(json.loads(told)) == json.loads(plain.stdout)


def test_another_version_of_the_engine_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "version", lambda _: "45.0.0")
    with pytest.warns(UserWarning, match=r"openfisca-core 45\.0\.0 runs as it is"):
        assert not engine.quicken.__wrapped__()


def test_periods_are_remembered_and_right() -> None:
    system()
    month = period("2026-11")
    assert month.last_3_months == Period(("month", Instant((2026, 8, 1)), 3))
    assert month.n_2 == Period(("year", Instant((2024, 1, 1)), 1))
    assert month.stop == Instant((2026, 11, 30))
    assert Instant((2024, 2, 29)).offset(1, "year") == Instant((2025, 2, 28))


@pytest.mark.parametrize(
    "key",
    [np.array(["b", "a", "b"]), np.array(["a"]), np.array([2, 1, 2]), np.array(["a", "b"], dtype=object)],
    ids=["texts", "one row", "numbers", "objects"],
)
def test_a_parameter_of_each_row_is_the_one_looked_up_row_by_row(key: np.ndarray) -> None:
    values = {"1": 10.0, "2": 20.0, "a": 0.5, "b": 1.5}
    tree = {name: {"x": {"values": {"2020-01-01": value}}, "y": {"values": {"2020-01-01": -value}}} for name, value in values.items()}
    node = ParameterNode("law", data={"flat": {name: each["x"] for name, each in tree.items()}, "deep": tree})("2026-01-01")
    expected = [values[str(each)] for each in key]
    assert node.flat[key].tolist() == expected
    deep = node.deep[key]
    assert deep.x.tolist() == deep["x"].tolist() == deep[np.array(["x"] * len(key))].tolist() == expected
    assert deep[np.array(["x", "y", "x"][: len(key)])].tolist() == [value * sign for value, sign in zip(expected, (1, -1, 1), strict=False)]
    assert len(deep.vector) == len(key)


@pytest.mark.parametrize(("first", "decimals"), [(0, None), (100, None), (0, 2), (-50, None)])
@pytest.mark.parametrize("base", [np.zeros(3), np.zeros(3, dtype=np.float32), np.array([0.0, 60.0, 500.0])])
def test_a_scale_takes_of_nothing_what_it_always_took(first: float, decimals: int | None, base: np.ndarray) -> None:
    scale = MarginalRateTaxScale()
    scale.add_bracket(first, 0.1)
    scale.add_bracket(300, 0.2)
    assert engine.quicken()
    plain = MarginalRateTaxScale.calc.__closure__[0].cell_contents
    taken, expected = scale.calc(base, 1.0, decimals), plain(scale, base, 1.0, decimals)
    assert taken.dtype == expected.dtype
    assert taken.tolist() == expected.tolist()
