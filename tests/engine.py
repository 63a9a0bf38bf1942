"""A simulation in which one variable may be forced, and what follows from it computed again."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation

from tznr_rules import lived, simulation
from tznr_rules.catalogue import Card, catalogue
from tznr_rules.household import Household
from tznr_rules.situation import Situation
from tznr_rules.system import system

Array = NDArray[Any]


class Engine:
    """A batch of households of one month, computed once; then any column may be forced, and others asked again.

    ``graph`` says which variables each one read in this very run, so that only what follows from a forced one is computed again.
    """

    def __init__(self, households: Sequence[Household], chosen: Iterable[Card] | None = None) -> None:
        self.situation: Situation = lived.build(households, simulation.estimate_notices)
        law = system()
        simulation.settled(self.situation, law)
        self.simulation: Simulation = simulation._prepared(self.situation, law, self.situation.assumed_receipts)
        self.given = {name: set(holder.get_known_periods()) for name, holder in self._holders()}
        self.simulation.trace = True
        self.values: dict[str, Array] = {}
        names = dict.fromkeys(name for card in (chosen or catalogue().values()) for name in card.variables())
        for name in names:
            self.values[name] = self.ask(name)
        self.graph = self._graph()
        self.simulation.trace = False

    def _holders(self) -> Iterator[tuple[str, Any]]:
        for population in self.simulation.populations.values():
            yield from population._holders.items()

    def _graph(self) -> dict[str, set[str]]:
        """For each variable, those that read it."""
        readers: dict[str, set[str]] = {}
        for root in self.simulation.tracer.trees:
            stack = [root]
            while stack:
                node = stack.pop()
                for child in node.children:
                    readers.setdefault(child.name, set()).add(node.name)
                stack.extend(node.children)
        return readers

    @cached_property
    def month(self) -> str:
        return self.situation.month

    def period(self, name: str) -> Any:
        return simulation.period_of(name, self.month, system())

    def ask(self, name: str) -> Array:
        return simulation._decoded(self.simulation.calculate(name, self.period(name)))

    def downstream(self, names: Iterable[str]) -> set[str]:
        """Everything that reads some variables, directly or not."""
        found: set[str] = set()
        stack = list(names)
        while stack:
            for reader in self.graph.get(stack.pop(), ()):
                if reader not in found:
                    found.add(reader)
                    stack.append(reader)
        return found

    @contextmanager
    def forced(self, columns: dict[str, Array]) -> Iterator[None]:
        """Some variables of the month are these columns; what follows from them is forgotten. All is put back at the end."""
        saved: list[tuple[Any, dict[Any, Array]]] = []
        holders = dict(self._holders())
        for name in self.downstream(columns) | set(columns):
            holder = holders[name]
            saved.append((holder, dict(holder._memory_storage._arrays)))
            for known in list(holder._memory_storage._arrays):
                if known not in self.given.get(name, ()):
                    del holder._memory_storage._arrays[known]
        try:
            for name, column in columns.items():
                holders[name]._memory_storage.put(column.astype(holders[name].variable.dtype), self.period(name))
            yield
        finally:
            for holder, arrays in saved:
                holder._memory_storage._arrays = arrays


def with_rows(column: Array, rows: Array, value: Any) -> Array:
    """A column with a value on some rows."""
    changed = np.array(column, copy=True)
    changed[rows] = value
    return changed
