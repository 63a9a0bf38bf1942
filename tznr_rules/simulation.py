"""One vectorised run of the engine; the only module that asks OpenFisca to compute.

A benefit whose past receipt nobody told is assumed to have been received as it is due today (a family already paid what it is entitled to):
today's rights are computed first, written into the past, and computed again where they looked at it, until they no longer change.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit, Period, period
from openfisca_core.populations import Population
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.tracers import SimpleTracer
from openfisca_core.variables import Variable

from tznr_rules.engine import quicken
from tznr_rules.situation import GROUPS, Situation
from tznr_rules.system import system

Array = NDArray[Any]

ROUNDS = 5
CENT = 0.005
DISABLED, WITH_DISABLED, OLD_AGE = "aah", "mva", "aspa"

# The order in which past receipts settle: each stage looks at the past of earlier stages, and of the benefits named beside it.
STAGES: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (("af", "cf", "asf", "aeeh", "paje_base", "paje_clca", "paje_prepare", "paje_colca"), frozenset()),
    (("aah", "mva", "asi", "ass", "aspa"), frozenset({"aah", "mva", "asi", "ass"})),
    (("aide_logement", "rsa"), frozenset({"rsa"})),
    (("ppa",), frozenset()),
)


def run(
    situation: Situation, variables: Iterable[str], law: TaxBenefitSystem | None = None, tracer: SimpleTracer | None = None
) -> dict[str, Array]:
    """Compute variables for the month of a situation, each at its own period: the month, or its year.

    Args:
        tracer: is told of every variable that is asked for.

    Returns:
        One array per variable, over the rows of its entity; enums are given as their names. A variable that reads a value which the law
        does not have in that month is left out.
    """
    columns = OnDemand(situation, law or system(), tracer)
    for name in variables:
        with suppress(KeyError):
            columns[name]
    return columns


class OnDemand(dict[str, Array]):
    """The columns of a run, each computed when it is first asked for; a value that the law does not have is a ``KeyError``."""

    def __init__(self, situation: Situation, law: TaxBenefitSystem, tracer: SimpleTracer | None = None) -> None:
        super().__init__()
        self._month, self._law = situation.month, law
        self._simulation = settled(situation, law, tracer)

    def __missing__(self, name: str) -> Array:
        try:
            values = self._simulation.calculate(name, period_of(name, self._month, self._law))
        except ParameterNotFoundError as error:
            raise KeyError(name) from error
        self[name] = _decoded(values)
        return self[name]

    def close(self) -> None:
        """Nothing more will be asked: what is not a column that was asked for is let go of at once."""
        _forget(self._simulation)


def settled(situation: Situation, law: TaxBenefitSystem, tracer: SimpleTracer | None = None) -> Simulation:
    """A simulation in which the receipts that nobody told are those of today's rights."""
    simulation = _prepared(situation, law, tracer=tracer)
    reader = _Reader(situation) if quicken() and tracer is None else None
    if reader is not None:
        simulation.reader = reader
    assumed: dict[str, Array] = {}
    for names, read_within in STAGES:
        for _ in range(ROUNDS):
            changed = _assume_rights(simulation, situation, names, assumed)
            if reader is None and changed & read_within:
                simulation = _prepared(situation, law, assumed, tracer)
                continue
            _write(simulation, situation, changed, assumed)
            if reader is not None:
                reader.forget(simulation, changed)
            if not changed & read_within:
                break
    if reader is not None:
        del simulation.reader
    situation.assumed_receipts = assumed
    return simulation


class _Reader:
    """Which computed values rest on the past of which benefits: only those are computed again when it changes."""

    def __init__(self, situation: Situation) -> None:
        self._benefits = {name: 1 << place for place, name in enumerate(situation.unknown_receipts)}
        self._now = _period(situation.month)[1]
        self._behind: dict[tuple[str, Period], int] = {}

    def __call__(self, name: str, period: Period, stack: Sequence[Mapping[str, Any]]) -> None:
        """Note what a formula reads: it and those that wait for it rest on the same benefits."""
        found = self._benefits[name] if name in self._benefits and period[1] < self._now else self._behind.get((name, period), 0)
        for frame in reversed(stack) if found else ():
            key = (frame["name"], frame["period"])
            before = self._behind.get(key, 0)
            if before | found == before:
                break
            self._behind[key] = before | found

    def forget(self, simulation: Simulation, benefits: Iterable[str]) -> None:
        """Take away the values that rest on the past of some benefits."""
        changed = sum(self._benefits[name] for name in benefits)
        for name, when in [key for key, found in self._behind.items() if found & changed]:
            del self._behind[name, when]
            simulation.get_holder(name)._memory_storage._arrays.pop(when, None)


def _assume_rights(simulation: Simulation, situation: Situation, names: Iterable[str], assumed: dict[str, Array]) -> set[str]:
    """Take today's rights as the past receipts that nobody told; say which of them differ from what was assumed so far."""
    changed = set()
    unknown = {name: situation.unknown_receipts[name] for name in names if situation.unknown_receipts[name].any()}
    due = {name: np.where(mask, simulation.calculate(name, situation.month), 0.0) for name, mask in unknown.items()}
    if OLD_AGE in names:
        _choose(simulation, situation, due)
    for name, rights in due.items():
        if np.abs(rights - assumed.get(name, 0.0)).max(initial=0.0) >= CENT:
            changed.add(name)
        assumed[name] = rights
    return changed


def _choose(simulation: Simulation, situation: Situation, due: dict[str, Array]) -> None:
    """Who may have the AAH or the minimum for old people has one of them (L821-1 CSS): the one told, else the larger."""
    month, families = situation.past()[-1], situation.groups["famille"]
    either = simulation.calculate("aspa_eligibilite", situation.month).astype(bool)

    def received(name: str) -> Array:
        return np.asarray(situation.facts[name][month] + due.get(name, 0.0))

    disabled = np.bincount(families.of_person, weights=received(DISABLED) * either, minlength=families.count)
    old_age = received(OLD_AGE)
    both = (disabled > 0) & (old_age > 0)
    if not both.any():
        return
    told = {name: situation.facts[name][month] > 0 for name in (DISABLED, OLD_AGE)}
    by_disabled = np.bincount(families.of_person, weights=told[DISABLED] * either, minlength=families.count) > 0
    gives_up = both & (by_disabled | (~told[OLD_AGE] & (disabled > old_age)))
    if OLD_AGE in due:
        due[OLD_AGE] = np.where(gives_up, 0.0, due[OLD_AGE])
    for name in {DISABLED, WITH_DISABLED} & due.keys():
        due[name] = np.where(either & (both & ~gives_up)[families.of_person], 0.0, due[name])


def estimate_notices(situation: Situation, wanted: Sequence[str]) -> dict[str, dict[str, Array]]:
    """Reference income and tax shares of each tax household for some years: as told, else computed from the incomes."""
    law = system()
    simulation = _prepared(situation, law)
    found = {name: {year: simulation.calculate(name, _period(year)) for year in wanted} for name in ("rfr", "nbptr")}
    _forget(simulation)
    return found


def _forget(simulation: Simulation) -> None:
    """Let go of the arrays of a simulation, whose parts hold one another."""
    for population in simulation.populations.values():
        population._holders.clear()
    simulation.__dict__.pop("_known_holders", None)


@lru_cache(maxsize=4096)
def _period(text: str) -> Period:
    return period("ETERNITY") if text == "ETERNITY" else period(text)


def period_of(name: str, month: str, law: TaxBenefitSystem) -> Period:
    """The period at which a variable is asked when the question is about a month."""
    definition = law.variables[name].definition_period
    return _period(month[:4] if definition == DateUnit.YEAR else month)


def _decoded(values: Array) -> Array:
    """The names of enums, which share their texts; other values as they are."""
    return _names(values.possible_values)[np.asarray(values)] if isinstance(values, EnumArray) else values


@lru_cache(maxsize=1024)
def _names(choices: type[Enum]) -> Array:
    return np.array([each.name for each in choices], dtype=object)


def _prepared(
    situation: Situation, law: TaxBenefitSystem, assumed: dict[str, Array] | None = None, tracer: SimpleTracer | None = None
) -> Simulation:
    """A simulation with every fact written in its cache."""
    simulation = _empty(situation, law)
    simulation.tracer = tracer or simulation.tracer
    _write(simulation, situation, situation.facts, assumed or {})
    return simulation


def _write(simulation: Simulation, situation: Situation, names: Iterable[str], assumed: dict[str, Array]) -> None:
    """Write the facts of some variables in the cache of a simulation, but for those that only some rows told and that have a formula."""
    for name in names:
        if name not in simulation.tax_benefit_system.variables:
            continue
        holder = simulation.get_holder(name)
        dtype = holder.variable.dtype
        masks = situation.known.get(name, {})
        series = situation.facts[name]
        written: dict[int, Array] = {}  # many periods share an array
        for text, values in series.items():
            if text in masks and not masks[text].all():
                continue
            if id(values) not in written:
                written[id(values)] = (values + assumed[name] if name in assumed else values).astype(dtype, copy=False)
            holder._memory_storage.put(written[id(values)], _period(text))


def _empty(situation: Situation, law: TaxBenefitSystem) -> Simulation:
    builder = SimulationBuilder()
    builder.create_entities(law)
    builder.declare_person_entity("individu", np.arange(len(situation.persons)))
    for entity in GROUPS:
        group = situation.groups[entity]
        population = builder.declare_entity(entity, np.arange(group.count))
        builder.join_with_persons(population, group.of_person, roles=list(group.roles))
    return _Lived(law, builder.populations, situation)


class _Lived(Simulation):  # type: ignore[misc]
    """A simulation in which a formula gives way to what some rows told, and a benefit is worth nothing to the rows that do not claim it."""

    def __init__(self, law: TaxBenefitSystem, populations: Mapping[str, Population], situation: Situation) -> None:
        super().__init__(law, populations)
        self.not_claimed = situation.not_claimed
        self.told_by_some = {
            (name, _period(text)): (mask, situation.facts[name][text])
            for name, masks in situation.known.items()
            for text, mask in masks.items()
            if mask.any() and not mask.all()
        }

    def _run_formula(self, variable: Variable, population: Population, period: Period) -> Array | None:
        values = super()._run_formula(variable, population, period)
        if (variable.name, period) in self.told_by_some:
            mask, told = self.told_by_some[variable.name, period]
            values = _either(mask, told, population.get_holder(variable.name).default_array() if values is None else values)
        rows = self.not_claimed.get(variable.name)
        return values if rows is None or values is None else np.where(rows, variable.default_value, values)


def _either(mask: Array, told: Array, computed: Array) -> Array:
    merged: Array = np.where(mask, told, computed)
    return EnumArray(merged, computed.possible_values) if isinstance(computed, EnumArray) else merged
