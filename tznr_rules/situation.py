"""A batch of households as OpenFisca sees it: rows of entities, periods, and the facts written at each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from tznr_rules.composition import Composition, age
from tznr_rules.household import Household, Person
from tznr_rules.periods import Series, explicit, months, spread, years
from tznr_rules.report import Assumption
from tznr_rules.system import system

Array = NDArray[Any]

GROUPS = ("famille", "foyer_fiscal", "menage")
LIVED = {
    "famille": (
        *("rsa", "ppa", "aide_logement", "aspa", "af", "cf", "asf", "aeeh"),
        *("paje_base", "paje_clca", "paje_prepare", "paje_colca"),
    ),
    "individu": ("aah", "mva", "asi", "ass"),
}
ENTITY_OF_LIVED = {name: entity for entity, names in LIVED.items() for name in names}
NOTICE = ("rfr", "nbptr", "rni", "rbg")

Rows = dict[str, dict[int, Series]]
"""What was told, by variable and row of its entity."""


@dataclass(frozen=True)
class Group:
    """The rows of an entity: to which one each person belongs, with which role, and of which household each one is."""

    of_person: Array
    roles: tuple[str, ...]
    household: Array

    @property
    def count(self) -> int:
        return len(self.household)

    @cached_property
    def first(self) -> Array:
        """The first person of each row."""
        return np.unique(self.of_person, return_index=True)[1]

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """The persons of each row."""
        found: list[list[int]] = [[] for _ in self.household]
        for person, row in enumerate(self.of_person.tolist()):
            found[row].append(person)
        return tuple(map(tuple, found))


@dataclass
class Situation:
    """A batch of households of one month, ready for the engine.

    ``facts[variable][period]`` is an array over the rows of the variable's entity; ``known[variable][period]`` says which rows were given
    when not all were, ``told[variable]`` which rows were given at all. ``unknown_receipts[variable]`` marks the rows whose past receipt
    of that benefit nobody told; after a run, ``assumed_receipts[variable]`` holds what was assumed for them. ``not_claimed[variable]``
    marks the rows that do not claim a benefit: it is worth nothing to them, now as before.
    """

    month: str
    households: tuple[Household, ...]
    compositions: tuple[Composition, ...]
    persons: tuple[Person, ...]
    person_household: Array
    groups: dict[str, Group]
    facts: dict[str, dict[str, Array]] = field(default_factory=dict)
    known: dict[str, dict[str, Array]] = field(default_factory=dict)
    told: dict[str, Array] = field(default_factory=dict)
    unknown_receipts: dict[str, Array] = field(default_factory=dict)
    assumed_receipts: dict[str, Array] = field(default_factory=dict)
    assumptions: tuple[list[Assumption], ...] = ()
    not_claimed: dict[str, Array] = field(default_factory=dict)

    @cached_property
    def ages(self) -> Array:
        """The age of each person in the month, in years; below zero before their birth."""
        return np.array([age(person, self.month) for person in self.persons])

    @cached_property
    def heads(self) -> Array:
        """The row of the demandeur of each household."""
        return np.array([self.head(household) for household in range(len(self.households))])

    def count(self, entity: str) -> int:
        return len(self.persons) if entity == "individu" else self.groups[entity].count

    def owner(self, entity: str) -> Array:
        """The household of each row of an entity."""
        return self.person_household if entity == "individu" else self.groups[entity].household

    def members(self, entity: str, row: int) -> tuple[int, ...]:
        """The persons of one row of an entity."""
        return (row,) if entity == "individu" else self.groups[entity].members[row]

    def persons_of(self, household: int) -> tuple[int, ...]:
        """The persons of one household, in the order of its description."""
        return self.groups["menage"].members[household]

    def head(self, household: int) -> int:
        """The row of the demandeur of one household."""
        return next(row for row in self.persons_of(household) if self.persons[row].lien == "demandeur")

    def group_of(self, entity: str, person: int) -> int:
        """The row of an entity in which a person is; for ``individu``, the person."""
        return person if entity == "individu" else int(self.groups[entity].of_person[person])

    def row_of(self, entity: str, row: int, other: str) -> int:
        """The row of another entity in which the first person of a row is."""
        if entity == other:
            return row
        return self.group_of(other, self.members(entity, row)[0])

    def tells(self, name: str, entity: str, row: int, of: str) -> bool:
        """Whether a fact of entity ``of`` was given for the one in which a row of ``entity`` is."""
        told = self.told.get(name)
        return told is not None and bool(told[self.row_of(entity, row, of)])

    def past(self) -> tuple[str, ...]:
        """The months before the one asked about, as far back as a rule looks."""
        return tuple(month for month in months(self.month) if month < self.month)


def group(entity: str, compositions: Iterable[Composition]) -> Group:
    """The rows of one entity for a batch of households: one dwelling each, one row for each family or tax household."""
    of_person: list[int] = []
    roles: list[str] = []
    household: list[int] = []
    for index, composition in enumerate(compositions):
        if entity == "menage":
            of_person += [len(household)] * len(composition.places)
            roles += [place.menage_role for place in composition.places]
            household.append(index)
            continue
        numbers: dict[str, int] = {}
        for place in composition.places:
            label, role = getattr(place, entity)
            if label not in numbers:
                numbers[label] = len(household)
                household.append(index)
            of_person.append(numbers[label])
            roles.append(role)
    return Group(np.array(of_person), tuple(roles), np.array(household))


def write(situation: Situation, name: str, series_of: dict[int, Series]) -> None:
    """One variable on every period that a rule may look at; rows not given keep the default, or are computed if it has a formula."""
    variable = system().variables[name]
    count = situation.count(variable.entity.key)
    given = np.isin(np.arange(count), list(series_of))
    if variable.definition_period == DateUnit.ETERNITY:
        periods: tuple[str, ...] = ("ETERNITY",)
        series_of = {row: list(series.values())[-1] if isinstance(series, dict) else series for row, series in series_of.items()}
    else:
        periods = months(situation.month) if variable.definition_period == DateUnit.MONTH else years(situation.month)
    columns: dict[str, Array] = {}
    known: dict[str, Array] = {}
    if name not in NOTICE and not any(isinstance(series, dict) for series in series_of.values()):
        column = array_of(variable, count, series_of)
        columns = dict.fromkeys(periods, column)
        known = dict.fromkeys(periods, given) if not given.all() and variable.formulas else {}
    else:
        told = {id(series): spread(series, periods) for series in series_of.values()}  # rows of a batch often share a series
        for place, period in enumerate(periods):
            rows = [row for row, series in series_of.items() if name not in NOTICE or explicit(series, period)]
            columns[period] = array_of(variable, count, {row: told[id(series_of[row])][place] for row in rows})
            given = np.isin(np.arange(count), rows)
            if not given.all() and variable.formulas:
                known[period] = given
    situation.facts[name] = columns
    situation.told[name] = np.isin(np.arange(count), list(series_of))
    if known:
        situation.known[name] = known


def array_of(variable: Variable, count: int, values: dict[int, Any]) -> Array:
    """An array of the variable's own type, with its default where no value is given."""
    if variable.value_type.__name__ == "Enum":
        names = np.full(count, variable.default_value.name, dtype=object)
        for row, value in values.items():
            names[row] = value
        return variable.possible_values.encode(names.astype(str))  # type: ignore[no-any-return]
    array: Array = np.full(count, variable.default_value, dtype=variable.dtype)
    for row, value in values.items():
        array[row] = np.datetime64(value) if isinstance(value, date) else value
    return array
