"""Scenarios computed together: those for which the engine goes the same way are rows of one simulation (decision 0021)."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.holders import Holder
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import Period, period
from openfisca_core.populations import CorePopulation, GroupPopulation
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.tools.test_runner import Test

Array = NDArray[Any]
Question = tuple[str, Period]


def answered(tests: Sequence[Test], law: TaxBenefitSystem) -> list[Simulation | None]:
    """The simulation of each scenario, in which everything that it asks is known already; None for one that is to be computed alone.

    A scenario is computed with those of the same period that tell the same variables with a formula, each for the same periods; and nothing
    is asked before its questions but what it asks itself. So the engine goes through the same formulas in the same order as for one alone.

    Args:
        tests: the scenarios, as OpenFisca-Core reads them.
    """
    scenarios: list[_Scenario | None] = []
    groups: dict[Hashable, list[_Scenario]] = {}
    for test in tests:
        scenarios.append(None)
        with suppress(Exception):  # what is wrong with a scenario, it says when it is computed alone
            scenarios[-1] = scenario = _Scenario(test, law)
            groups.setdefault(scenario.kind, []).append(scenario)
    for group in groups.values():
        if len(group) > 1:
            _ask(_joined(group, law), group)
    return [scenario.with_answers() if scenario else None for scenario in scenarios]


class _Scenario:
    """What a scenario tells and asks, which rows it has among others, and what it was answered."""

    def __init__(self, test: Test, law: TaxBenefitSystem) -> None:
        if test.reforms or test.extensions or test.parameters or test.max_spiral_loops or "axes" in test.input:
            raise ValueError("It has a law of its own, or a way to compute it.")
        builder = _Builder()
        builder.set_default_period(test.period)
        self.simulation = builder.build_from_dict(law, test.input)
        self.questions = list(questions(test, law))
        self.rows: dict[str, slice] = {}
        self.answers: list[Array] = []
        told = [each for population in self.simulation.populations.values() for each in _told(population)]
        self.kind = str(test.period), frozenset((name, when) for name, when in told if law.variables[name].formulas)

    def with_answers(self) -> Simulation | None:
        """Its simulation, with its answers; None when some are missing, or when a question that comes twice has two answers."""
        if not self.answers or len(self.answers) < len(self.questions):
            return None
        known: dict[Question, Array] = {}
        for (name, when), values in zip(self.questions, self.answers, strict=True):
            if not np.array_equal(known.setdefault((name, when), values), values):
                return None
            self.simulation.get_holder(name).put_in_cache(values, when)
        return self.simulation


class _Builder(SimulationBuilder):  # type: ignore[misc]
    """OpenFisca-Core's builder, without the list of the entity of every variable, which it makes each time for axes alone."""

    def register_variables(self, simulation: Simulation) -> None:
        """Nothing is needed."""


def questions(test: Test, law: TaxBenefitSystem) -> Iterator[Question]:
    """What OpenFisca-Core asks for a scenario, in its order."""
    for key, expected in test.output.items():
        if key in law.variables:
            yield from _dated({key: expected}, test.period)
        elif key in law.entities_by_singular():
            yield from _dated(expected, test.period)
        else:
            for of_one in expected.values():
                yield from _dated(of_one, test.period)


def _dated(expected: Mapping[str, Any], default: str) -> Iterator[Question]:
    for name, value in expected.items():
        for when in value if isinstance(value, dict) else (default,):
            yield name, period(when)


def _ask(simulation: Simulation, scenarios: Sequence[_Scenario], asked: int = 0) -> None:
    """Ask what each scenario asks next: once for those that asked the same so far, and without what the questions of the others left known.

    Where rules turn in circles OpenFisca-Core cuts them short, and where it cuts depends on what is known already.
    """
    branches: dict[Question, list[_Scenario]] = {}
    for scenario in scenarios:
        if asked < len(scenario.questions):
            branches.setdefault(scenario.questions[asked], []).append(scenario)
    known = {holder: dict(holder._memory_storage._arrays) for holder in _holders(simulation)} if len(branches) > 1 else None
    for (name, when), alike in branches.items():
        if known is not None:
            for holder in _holders(simulation):
                holder._memory_storage._arrays = dict(known.get(holder, {}))
        with suppress(Exception):  # those that get no answer are computed alone, and say what is wrong
            values, entity = simulation.calculate(name, when), simulation.get_variable_population(name).entity.key
            for scenario in alike:
                scenario.answers.append(values[scenario.rows[entity]])
            _ask(simulation, alike, asked + 1)


def _joined(scenarios: Sequence[_Scenario], law: TaxBenefitSystem) -> Simulation:
    """One simulation with the people and the facts of several scenarios, whose rows follow one another."""
    populations = law.instantiate_entities()
    for key, population in populations.items():
        for scenario in scenarios:
            start, population.count = population.count, population.count + scenario.simulation.populations[key].count
            scenario.rows[key] = slice(start, population.count)
        population.ids = list(range(population.count))
        if isinstance(population, GroupPopulation):
            parts = [(scenario.simulation.populations[key], scenario.rows[key].start) for scenario in scenarios]
            population.members_entity_id = np.concatenate([np.asarray(part.members_entity_id) + start for part, start in parts])
            population.members_role = [role for part, _ in parts for role in part.members_role]
    simulation = Simulation(law, populations)
    for key, population in populations.items():
        alone = [scenario.simulation.populations[key] for scenario in scenarios]
        for name, when in dict.fromkeys(each for part in alone for each in _told(part)):
            values = [_value(part.get_holder(name), when) for part in alone]
            population.get_holder(name).put_in_cache(_concatenated(values), when)
    return simulation


def _told(population: CorePopulation) -> list[Question]:
    return [(name, when) for name, holder in population._holders.items() for when in holder.get_known_periods()]


def _holders(simulation: Simulation) -> list[Holder]:
    return [holder for population in simulation.populations.values() for holder in population._holders.values()]


def _value(holder: Holder, when: Period) -> Array:
    """What a scenario told; what nothing computes is worth its default to those that did not tell it."""
    values: Array | None = holder.get_array(when)
    return holder.default_array() if values is None else values


def _concatenated(parts: Sequence[Array]) -> Array:
    values = np.concatenate([np.asarray(part) for part in parts])
    return EnumArray(values, parts[0].possible_values) if isinstance(parts[0], EnumArray) else values
