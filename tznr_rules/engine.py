"""What OpenFisca-Core computes again and again, remembered: the one module that changes the engine, and it changes no figure.

Each patch replaces one function of the version it was written for by one that gives the same result; with another version, or where
``TZNR_RULES_PLAIN_ENGINE`` is set, the engine is left as it is. Each could be proposed to OpenFisca-Core as it stands.
"""

import os
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import numpy as np
import openfisca_core.periods as core_periods
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode, ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.parameters.helpers import _compose_name
from openfisca_core.periods import Instant, Period
from openfisca_core.populations import Population
from openfisca_core.simulations import Simulation

WRITTEN_FOR = "44.7."
PLAIN = "TZNR_RULES_PLAIN_ENGINE"
MOST_PERIODS = 1 << 16
Array = NDArray[Any]


@lru_cache(maxsize=1)
def quicken() -> bool:
    """Patch the engine, once; say whether it was."""
    found = version("openfisca-core")
    if os.environ.get(PLAIN):
        return False
    if not found.startswith(WRITTEN_FOR):
        warnings.warn(f"openfisca-core {found} runs as it is, more slowly: the patches were written for {WRITTEN_FOR}x.", stacklevel=2)
        return False
    _remember_periods()
    Population.has_role = _remembering_roles(Population.has_role)
    VectorialParameterNodeAtInstant.build_from_node_name = staticmethod(_by_distinct_key)
    ParameterNodeAtInstant.__init__ = _open_later
    ParameterNodeAtInstant.__getattr__ = _opened
    ParameterNodeAtInstant.__getitem__ = _item
    Simulation.calculate = _looking_first(Simulation.calculate)
    return True


def _remember_periods() -> None:
    """Instants and periods are tuples that never change: what is found from one is the same for ever."""
    Instant.offset = lru_cache(MOST_PERIODS)(Instant.offset)
    Period.offset = lru_cache(MOST_PERIODS)(Period.offset)
    for name in ("stop", "last_month", "last_3_months", "last_year", "n_2", "this_year", "first_month", "first_day"):
        setattr(Period, name, property(lru_cache(MOST_PERIODS)(vars(Period)[name].fget)))
    core_periods.unit_weight = lru_cache(maxsize=16)(core_periods.unit_weight)
    build = core_periods.period

    def period(value: Any) -> Any:
        return value if type(value) is Period else build(value)

    core_periods.period = period


def _remembering_roles(has_role: Callable[..., Any]) -> Callable[..., Any]:
    """Who has a role is the same through a simulation; nobody may write in the answer."""

    def remembered(self: Population, role: Any) -> Any:
        if self.simulation is None:
            return has_role(self, role)
        known = self.__dict__.setdefault("_rows_with_role", {})
        if role not in known:
            known[role] = has_role(self, role)
            known[role].flags.writeable = False
        return known[role]

    remembered.projectable = True  # type: ignore[attr-defined]
    return remembered


def _looking_first(calculate: Callable[..., Any]) -> Callable[..., Any]:
    """A value that is already known is given at once, unless somebody watches the calculation."""

    def looking(self: Simulation, variable_name: str, period: Any) -> Any:
        if type(period) is Period and self.tracer.stack and not self.trace and not getattr(self.tracer, "watches", False):
            holders = self.__dict__.setdefault("_known_holders", {})
            holder = holders.get(variable_name)
            if holder is None:
                holder = holders[variable_name] = self.get_holder(variable_name)
            if not holder.variable.is_neutralized:
                arrays = holder._memory_storage._arrays
                array = arrays.get(period)
                if array is not None and period[2] == 1:
                    return array
        return calculate(self, variable_name, period)

    return looking


def _open_later(self: ParameterNodeAtInstant, name: str, node: ParameterNode, instant_str: str) -> None:
    """The law at an instant, of which only what is asked for is built."""
    self._name, self._node, self._instant_str = name, node, instant_str


def _opened(self: ParameterNodeAtInstant, key: str) -> Any:
    """A child of the law at an instant; all of them for whoever goes through ``_children``."""
    if key in ("_node", "_name", "_instant_str") or key.startswith("__"):
        raise AttributeError(key)
    if key == "_children":
        found = {name: child._get_at_instant(self._instant_str) for name, child in self._node.children.items()}
        self._children = {name: self.__dict__.setdefault(name, child) for name, child in found.items() if child is not None}
        return self._children
    child = self._node.children.get(key)
    value = None if child is None else child._get_at_instant(self._instant_str)
    if value is None:
        raise ParameterNotFoundError(_compose_name(self._name, item_name=key), self._instant_str)
    setattr(self, key, value)
    return value


def _item(self: ParameterNodeAtInstant, key: Any) -> Any:
    """A child by its name, or those of many rows by a vector of names."""
    if isinstance(key, np.ndarray):
        return VectorialParameterNodeAtInstant.build_from_node_name(self, key)
    known = self.__dict__.get(key) if key in self._node.children else None
    return _opened(self, key) if known is None else known


class _Distinct(VectorialParameterNodeAtInstant):  # type: ignore[misc]
    """Parameters of many rows, of which few are distinct: each distinct node is read once."""

    def __init__(self, nodes: Sequence[Any], rows: Array, name: str, instant: str) -> None:
        self._nodes, self._rows = nodes, rows
        self._name, self._instant_str = name, instant

    @property
    def vector(self) -> list[Any]:
        return [self._nodes[row] for row in self._rows]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return _spread(self, [node[key] for node in self._nodes], self._rows)
        found = _distinct(key)
        if found is None:
            return super().__getitem__(key)
        keys, rows = found
        pairs, both = np.unique(self._rows * len(keys) + rows, return_inverse=True)
        return _spread(self, [self._nodes[pair // len(keys)][keys[pair % len(keys)]] for pair in pairs.tolist()], both)


def _by_distinct_key(node: ParameterNodeAtInstant, key: Array) -> Any:
    """The parameters of each row, each distinct key being looked up once."""
    VectorialParameterNodeAtInstant.check_node_vectorisable(node)
    found = _distinct(key)
    if found is None:
        keys = VectorialParameterNodeAtInstant._get_appropriate_keys(key)
        subnode_key = VectorialParameterNodeAtInstant._get_appropriate_subnode_function(keys[0])
        nodes = [node[subnode_key(node, each)] for each in keys]
        return VectorialParameterNodeAtInstant.build_from_nodes(node, nodes)
    keys, rows = found
    subnode_key = VectorialParameterNodeAtInstant._get_appropriate_subnode_function(keys[0])
    return _spread(node, [node[subnode_key(node, each)] for each in keys], rows)


def _distinct(key: Array) -> tuple[list[Any], Array] | None:
    """The distinct keys, and which of them each row has; None where they cannot be told apart."""
    if len(key) == 0:
        return None
    if key.dtype == object:
        places: dict[Any, int] = {}
        rows = np.fromiter((places.setdefault(each, len(places)) for each in key), dtype=np.intp, count=len(key))
        return ([each.name for each in places], rows) if all(isinstance(each, Enum) for each in places) else None
    if isinstance(key, EnumArray):
        numbers, rows = np.unique(np.asarray(key), return_inverse=True)
        names = key.possible_values.names
        return ([str(names[number]) for number in numbers.tolist()], rows) if numbers.max() < len(names) else None
    keys, rows = np.unique(key, return_inverse=True)
    return list(keys), rows


def _spread(node: Any, nodes: Sequence[Any], rows: Array) -> Any:
    """What was read for each distinct key, given to each row."""
    if isinstance(nodes[0], ParameterNodeAtInstant):
        return _Distinct(nodes, rows, node._name, node._instant_str)
    return np.array(nodes)[rows]
