"""A scenario computed with others has, to the bit, the values that it has alone; what cannot be computed with others is left alone."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.tools.test_runner import Test as Scenario
from openfisca_core.tools.test_runner import build_test

from tests.scenario_batches import answered, questions
from tznr_rules.system import system

SCENARIOS = Path(__file__).parent.parent / "scenarios"
FILES = ("nationales/aspa", "nationales/ass", "nationales/bourse_lycee", "nationales/paje", "aides_locales/rennes_metropole/star")
TENANT = {"age": 30, "loyer": 400, "depcom": "35238"}


def scenarios(*documents: dict[str, Any]) -> list[Scenario]:
    return [build_test({"period": "2026-11"} | document) for document in documents]


def alone(scenario: Scenario) -> Simulation:
    builder = SimulationBuilder()
    builder.set_default_period(scenario.period)
    return builder.build_from_dict(system(), scenario.input)


@pytest.mark.parametrize("name", FILES)
def test_a_scenario_has_the_values_that_it_has_alone(name: str) -> None:
    read = scenarios(*yaml.safe_load((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")))
    together = [(scenario, simulation) for scenario, simulation in zip(read, answered(read, system()), strict=True) if simulation]
    assert len(together) >= len(read) / 2
    for scenario, simulation in together:
        by_itself = alone(scenario)
        for variable, when in questions(scenario, system()):
            values = simulation.get_holder(variable).get_array(when)
            assert np.array_equal(values, by_itself.calculate(variable, when)), f"{scenario.name}: {variable} at {when}"


def test_the_engine_goes_the_same_way_as_for_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where OpenFisca-Core cuts a circle short depends on the way by which it came."""
    one, other = ["aide_logement", "rsa"], ["rsa", "aide_logement"]
    read = scenarios(
        {"input": TENANT, "output": dict.fromkeys(one, 0)},
        {"input": TENANT | {"loyer": 500}, "output": dict.fromkeys(other, 0)},
        {"input": TENANT | {"age": 40}, "output": dict.fromkeys(one, 0)},
    )
    ways: list[tuple[str, str]] = []
    run = Simulation._run_formula

    def noted(self: Simulation, variable: Any, *arguments: Any) -> Any:
        ways.append((variable.name, str(arguments[-1])))
        return run(self, variable, *arguments)

    monkeypatch.setattr(Simulation, "_run_formula", noted)
    assert all(answered(read, system()))
    together, ways[:] = ways[:], []
    for scenario in read[:2]:
        simulation = alone(scenario)
        for name in scenario.output:
            simulation.calculate(name, scenario.period)
    assert together == ways


RIGHT = {"input": TENANT, "output": {"loyer": 400}}


@pytest.mark.parametrize(
    "document",
    [
        {"input": {"agee": 30}, "output": {"loyer": 400}},
        {"input": TENANT, "output": {"loyers": 400}},
        {"input": TENANT, "output": {"loyer": {"2026": 4800}}},
        {"input": TENANT | {"statut_occupation_logement": "tente"}, "output": {"loyer": 400}},
        {"input": TENANT, "output": None},
        {"input": TENANT, "output": {"loyer": 400}, "max_spiral_loops": 2},
        {"input": TENANT, "output": {"loyer": 400}, "reforms": "a.reform"},
        {"input": TENANT, "output": {"loyer": 400}, "extensions": ["an_extension"]},
        {"input": TENANT, "output": {"loyer": 400}, "parameters": {"a.value": 1}},
        {"input": {"age": 30}, "output": {"loyer": 0}, "period": "2026-10"},
        {"input": TENANT | {"rsa": 100}, "output": {"loyer": 400}},
    ],
    ids=str,
)
def test_what_cannot_be_computed_with_others_is_left_alone(document: dict[str, Any]) -> None:
    first, left, last = answered(scenarios(RIGHT, document, RIGHT), system())
    assert left is None
    assert first.calculate("loyer", "2026-11") == last.calculate("loyer", "2026-11") == [400]


def test_an_error_in_one_question_leaves_alone_those_that_ask_it() -> None:
    read = scenarios(
        {"input": TENANT, "output": {"rsa": 0, "loyer": 400}}, {"input": TENANT, "output": {"rsa": 0, "loyers": 400}}, RIGHT, RIGHT
    )
    assert [simulation is not None for simulation in answered(read, system())] == [True, False, True, True]
