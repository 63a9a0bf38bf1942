"""Who is in which group, with which role and at which place is the same through a simulation: it is looked for once."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import Period
from openfisca_core.populations import CorePopulation, GroupPopulation, Population

Array = NDArray[Any]


def patch() -> None:
    """Remember the rows of roles and of places, and which variables an entity has."""
    Population.has_role = _projectable(_remembered(Population.has_role, "has_role"))
    GroupPopulation.nb_persons = _projectable(_remembered(GroupPopulation.nb_persons, "nb_persons"))
    GroupPopulation.sum = _projectable(_summing(GroupPopulation.sum))
    GroupPopulation.value_from_person = _projectable(_value_from_person(GroupPopulation.value_from_person))
    GroupPopulation.value_nth_person = _projectable(_value_nth_person(GroupPopulation.value_nth_person))
    GroupPopulation.reduce = _projectable(_reducing(GroupPopulation.reduce))
    CorePopulation.__call__ = _asking(CorePopulation.__call__)


def _projectable(function: Callable[..., Any]) -> Callable[..., Any]:
    function.projectable = True  # type: ignore[attr-defined]
    return function


def _memory(population: CorePopulation) -> dict[Any, Any]:
    memory: dict[Any, Any] = population.__dict__.setdefault("_remembered", {})
    return memory


def _remembered(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The same answer for the same role; nobody may write in it."""

    def remembered(self: CorePopulation, role: Any = None) -> Any:
        if self.simulation is None:
            return function(self, role)
        memory = _memory(self)
        if (name, role) not in memory:
            memory[name, role] = function(self, role)
            memory[name, role].flags.writeable = False
        return memory[name, role]

    return remembered


def _summing(total: Callable[..., Any]) -> Callable[..., Any]:
    """The sum over the persons of a role, whose rows are looked for once."""

    def summed(self: GroupPopulation, array: Array, role: Any = None) -> Any:
        if role is None or self.simulation is None:
            return total(self, array, role)
        memory = _memory(self)
        if ("sum", role) not in memory:
            self.entity.check_role_validity(role)
            rows = np.flatnonzero(self.members.has_role(role))
            memory["sum", role] = rows, self.members_entity_id[rows]
        self.members.check_array_compatible_with_entity(array)
        rows, groups = memory["sum", role]
        return np.bincount(groups, weights=array[rows], minlength=self.count)

    return summed


def _value_from_person(value: Callable[..., Any]) -> Callable[..., Any]:
    """The value of the one person of a role, whose row is looked for once."""

    def chosen(self: GroupPopulation, array: Array, role: Any, default: Any = 0) -> Any:
        if self.simulation is None or role.max != 1:
            return value(self, array, role, default)
        memory = _memory(self)
        if ("from_person", role) not in memory:
            self.entity.check_role_validity(role)
            of_role = self.members.has_role(role)
            rows = self.ordered_members_map[of_role[self.ordered_members_map]]
            memory["from_person", role] = self.any(of_role), rows
        self.members.check_array_compatible_with_entity(array)
        groups, rows = memory["from_person", role]
        return _placed(self, array, groups, rows, default)

    return chosen


def _value_nth_person(value: Callable[..., Any]) -> Callable[..., Any]:
    """The value of the person at a place of each group, whose row is looked for once."""

    def chosen(self: GroupPopulation, n: int, array: Array, default: Any = 0) -> Any:
        if self.simulation is None:
            return value(self, n, array, default)
        memory = _memory(self)
        if ("nth", n) not in memory:
            rows = self.ordered_members_map[self.members_position[self.ordered_members_map] == n]
            memory["nth", n] = self.nb_persons() > n, rows
        self.members.check_array_compatible_with_entity(array)
        groups, rows = memory["nth", n]
        return _placed(self, array, groups, rows, default)

    return chosen


def _reducing(reduce: Callable[..., Any]) -> Callable[..., Any]:
    """The largest, the smallest or the agreement of the persons of each group, who are put side by side once."""

    def reduced(self: GroupPopulation, array: Array, reducer: Any, neutral_element: Any, role: Any = None) -> Any:
        if self.simulation is None or reducer not in (np.logical_and, np.maximum, np.minimum):
            return reduce(self, array, reducer, neutral_element, role)
        self.members.check_array_compatible_with_entity(array)
        self.entity.check_role_validity(role)
        memory = _memory(self)
        if "starts" not in memory:
            order = self.ordered_members_map
            memory["starts"] = order, np.searchsorted(self.members_entity_id[order], np.arange(self.count))
        order, starts = memory["starts"]
        kept = np.where(True if role is None else self.members.has_role(role), array, neutral_element)
        return reducer(self.filled_array(neutral_element), reducer.reduceat(kept[order], starts))

    return reduced


def _placed(population: GroupPopulation, array: Array, groups: Array, rows: Array, default: Any) -> Array:
    """The values of some persons, put in their groups; the default in the others."""
    found = population.filled_array(default, dtype=array.dtype)
    if isinstance(array, EnumArray):
        found = EnumArray(found, array.possible_values)
    found[groups] = array[rows]
    return found  # type: ignore[no-any-return]


def _asking(ask: Callable[..., Any]) -> Callable[..., Any]:
    """A variable asked for a second time is known to be of the entity."""

    def asking(self: CorePopulation, variable_name: str, period: Any, options: Any = None) -> Any:
        known = self.entity.__dict__.setdefault("_asked", set())
        if options is None and type(period) is Period and self.simulation is not None and variable_name in known:
            return self.simulation.calculate(variable_name, period)
        values = ask(self, variable_name, period, options)
        known.add(variable_name)
        return values

    return asking
