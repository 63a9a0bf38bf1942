"""The law at an instant: only what is asked for is built, what many rows ask for is read once, and nothing is due on nothing."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode, ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.parameters.helpers import _compose_name
from openfisca_core.periods import Period
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.taxscales import MarginalRateTaxScale

Array = NDArray[Any]
FEW = 32


def patch() -> None:
    """Build the law at an instant as it is asked for."""
    VectorialParameterNodeAtInstant.build_from_node_name = staticmethod(_by_distinct_key)
    ParameterNodeAtInstant.__init__ = _open_later
    ParameterNodeAtInstant.__getattr__ = _opened
    ParameterNodeAtInstant.__getitem__ = _item
    TaxBenefitSystem.get_parameters_at_instant = _remembering_instants(TaxBenefitSystem.get_parameters_at_instant)
    MarginalRateTaxScale.calc = _nothing_on_nothing(MarginalRateTaxScale.calc)


def _nothing_on_nothing(calc: Callable[..., Any]) -> Callable[..., Any]:
    """What a scale takes from nobody's income: most months that a rule looks back on have none."""

    def taken(self: MarginalRateTaxScale, tax_base: Array, factor: Any = 1.0, round_base_decimals: int | None = None) -> Array:
        if self.thresholds and self.thresholds[0] >= 0 and not np.any(tax_base) and np.all(np.asarray(factor) >= 0):
            return np.zeros(len(tax_base))
        result: Array = calc(self, tax_base, factor, round_base_decimals)
        return result

    return taken


def _remembering_instants(get: Callable[..., Any]) -> Callable[..., Any]:
    """The law at an instant, kept with the law, as long as it has the same parameters; OpenFisca-Core keeps the last 128 of all laws."""

    def remembered(self: TaxBenefitSystem, instant: Any) -> Any:
        parameters, known = self.__dict__.get("_law_at", (None, {}))
        if parameters is not self.parameters:
            parameters, known = self.__dict__["_law_at"] = (self.parameters, {})
        start = instant.start if type(instant) is Period else instant
        if start not in known:
            known[start] = get.__wrapped__(self, start)  # type: ignore[attr-defined]
        return known[start]

    return remembered


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
        pairs, both = _ranked(self._rows * len(keys) + rows, len(self._nodes) * len(keys))
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


def _told_apart(addresses: Array) -> tuple[Array, Array]:
    """A place of each distinct address, and which of them each row has; most keys are a few objects, found one after the other."""
    firsts: list[int] = []
    rows, left = np.empty(len(addresses), dtype=np.intp), np.ones(len(addresses), dtype=bool)
    while len(firsts) < FEW:
        first = int(left.argmax())
        if not left[first]:
            return np.array(firsts), rows
        same = addresses == addresses[first]
        np.putmask(rows, same, len(firsts))
        left &= ~same
        firsts.append(first)
    _, places, rows = np.unique(addresses, return_index=True, return_inverse=True)
    return places, rows


def _distinct(key: Array) -> tuple[list[Any], Array] | None:
    """The distinct keys, and which of them each row has; None where they cannot be told apart."""
    if len(key) == 0:
        return None
    if key.dtype == object:
        firsts, rows = _told_apart(np.frombuffer(np.ascontiguousarray(key), np.intp))
        found = key[firsts].tolist()
        return ([each.name for each in found], rows) if all(isinstance(each, Enum) for each in found) else None
    if isinstance(key, EnumArray):
        numbers, names = np.asarray(key), key.possible_values.names
        if numbers.max() >= len(names):
            return None
        present, rows = _ranked(numbers, len(names))
        return [str(names[number]) for number in present.tolist()], rows
    keys, rows = np.unique(key, return_inverse=True)
    return list(keys), rows


def _ranked(numbers: Array, count: int) -> tuple[Array, Array]:
    """Which of the first numbers there are, in order, and the rank of each among them."""
    present = np.flatnonzero(np.bincount(numbers, minlength=count))
    ranks = np.zeros(count, dtype=np.intp)
    ranks[present] = np.arange(len(present))
    return present, ranks[numbers]


def _spread(node: Any, nodes: Sequence[Any], rows: Array) -> Any:
    """What was read for each distinct key, given to each row."""
    if isinstance(nodes[0], ParameterNodeAtInstant):
        return _Distinct(nodes, rows, node._name, node._instant_str)
    return np.array(nodes)[rows]
