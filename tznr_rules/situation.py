"""A batch of households as OpenFisca sees it: rows of entities, periods, and the facts written at each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from tznr_rules.composition import Composition
from tznr_rules.household import Household, Person
from tznr_rules.periods import Value, months, years
from tznr_rules.report import Assumption
from tznr_rules.system import system
from tznr_rules.told import Told

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
    def row_of(self) -> list[int]:
        """The row of each person."""
        return list(self.of_person.tolist())

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
        """The age of each person on the first day of the month, in whole years; below zero before their birth."""
        births = np.array([person.date_naissance for person in self.persons], dtype="datetime64[D]")
        months_lived = (np.datetime64(self.month, "M") - (births - 1).astype("datetime64[M]")).astype(int) - 1  # from the eve of the birth
        ages: Array = months_lived // 12
        return ages

    @cached_property
    def heads(self) -> Array:
        """The row of the demandeur of each household."""
        return np.array([row for row, person in enumerate(self.persons) if person.lien == "demandeur"])

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
        return int(self.heads[household])

    def group_of(self, entity: str, person: int) -> int:
        """The row of an entity in which a person is; for ``individu``, the person."""
        return person if entity == "individu" else self.groups[entity].row_of[person]

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


def group(entity: str, compositions: Sequence[Composition]) -> Group:
    """The rows of one entity for a batch of households: one dwelling each, one row for each family or tax household."""
    if entity == "menage":
        sizes = [len(composition.places) for composition in compositions]
        roles = tuple(place.menage_role for composition in compositions for place in composition.places)
        return Group(np.repeat(np.arange(len(sizes)), sizes), roles, np.arange(len(sizes)))
    of_person: list[int] = []
    found: list[str] = []
    household: list[int] = []
    for index, composition in enumerate(compositions):
        numbers: dict[str, int] = {}
        for place in composition.places:
            label, role = getattr(place, entity)
            if label not in numbers:
                numbers[label] = len(household)
                household.append(index)
            of_person.append(numbers[label])
            found.append(role)
    return Group(np.array(of_person), tuple(found), np.array(household))


def write(situation: Situation, name: str, told: Told) -> None:
    """One variable on every period that a rule may look at; rows not given keep the default, or are computed if it has a formula."""
    variable = system().variables[name]
    count = situation.count(variable.entity.key)
    situation.told[name] = mask = told.mask(count)
    if name in NOTICE:
        columns, known = _of_the_years_told(variable, count, told, years(situation.month))
    else:
        if variable.definition_period == DateUnit.ETERNITY:
            periods: tuple[str, ...] = ("ETERNITY",)
            told = told.once()
        else:
            periods = months(situation.month) if variable.definition_period == DateUnit.MONTH else years(situation.month)
        columns = told.columns(periods, _nothing(variable, count), partial(_values, variable))
        known = dict.fromkeys(periods, mask)
    situation.facts[name] = columns
    if variable.formulas and not all(mask.all() for mask in known.values()):
        situation.known[name] = {period: mask for period, mask in known.items() if not mask.all()}


def _of_the_years_told(
    variable: Variable, count: int, told: Told, wanted: Sequence[str]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """A figure of a tax notice, which holds for its own year alone: an array for each year, and which rows told it."""
    columns: dict[str, Array] = {}
    known: dict[str, Array] = {}
    for year in wanted:
        of_year = {row: series for row, series in told.by_row().items() if not isinstance(series, dict) or year in series}
        told_then = Told.of({row: series[year] if isinstance(series, dict) else series for row, series in of_year.items()})
        columns |= told_then.columns((year,), _nothing(variable, count), partial(_values, variable))
        known[year] = told_then.mask(count)
    return columns, known


def _nothing(variable: Variable, count: int) -> Array:
    """The default of a variable on so many rows."""
    if variable.value_type is Enum:
        numbers: Array = EnumArray(np.full(count, variable.default_value.index, dtype=variable.dtype), variable.possible_values)
        return numbers
    return np.full(count, variable.default_value, dtype=variable.dtype)


def _values(variable: Variable, told: Array) -> Array:
    """Told values in the type of a variable."""
    if variable.value_type is Enum:
        index = _index(variable.possible_values)
        return np.fromiter((index[name] for name in told.tolist()), dtype=variable.dtype, count=len(told))
    return told.astype(variable.dtype)


@lru_cache(maxsize=1024)
def _index(choices: type[Enum]) -> dict[Value, int]:
    """The number of each choice, by name."""
    return {each.name: each.index for each in choices}
