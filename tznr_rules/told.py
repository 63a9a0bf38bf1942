"""What some rows of an entity told of a variable, and the columns that this makes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tznr_rules.periods import Series, Value, spread

Array = NDArray[Any]


class Told(NamedTuple):
    """What was told of one variable: the rows of its entity that told something, and the value or the series of each."""

    rows: NDArray[np.intp]
    values: NDArray[np.object_]

    @classmethod
    def of(cls, by_row: Mapping[int, Series]) -> "Told":
        """What some rows told."""
        return cls(np.fromiter(by_row, dtype=np.intp, count=len(by_row)), _objects(by_row.values(), len(by_row)))

    def by_row(self) -> dict[int, Series]:
        """What each row told."""
        return dict(zip(self.rows.tolist(), self.values.tolist(), strict=True))

    def but(self, by_row: Mapping[int, Series]) -> "Told":
        """The same but for some rows, which told something else."""
        return Told.of({**self.by_row(), **by_row}) if by_row else self

    def mask(self, count: int) -> NDArray[np.bool_]:
        """Which of so many rows told something."""
        return mask_of(count, self.rows)

    def once(self) -> "Told":
        """What was told last, of something that does not change."""
        return Told.of({row: list(told.values())[-1] if isinstance(told, dict) else told for row, told in self.by_row().items()})

    def _is_one(self) -> bool:
        """Whether everyone told the same value, as of most questions that are answered with no."""
        return len(self.rows) > 0 and not isinstance(self.values[0], dict) and bool((self.values == self.values[0]).all())

    def columns(self, periods: Sequence[str], nothing: Array, values: Callable[[Array], Array]) -> dict[str, Array]:
        """An array for each period; the periods of which the same is told share one.

        Args:
            nothing: the array of rows that tell nothing; it is written in.
            values: told values as an array.
        """
        if self._is_one():
            nothing[self.rows] = values(self.values[:1])
            return dict.fromkeys(periods, nothing)
        given = self.values.tolist()
        if dict not in set(map(type, given)):
            nothing[self.rows] = values(self.values)
            return dict.fromkeys(periods, nothing)
        varies = np.array([isinstance(each, dict) for each in given])
        nothing[self.rows[~varies]] = values(self.values[~varies])
        rows, told = self.rows[varies], list(zip(*(spread(series, periods) for series in self.values[varies]), strict=True))
        columns: dict[str, Array] = {}
        for place, period in enumerate(periods):
            if place and told[place] == told[place - 1]:
                columns[period] = columns[periods[place - 1]]
            else:
                columns[period] = nothing.copy()
                columns[period][rows] = values(_objects(told[place], len(rows)))
        return columns


NOTHING = Told(np.empty(0, dtype=np.intp), np.empty(0, dtype=object))
Rows = dict[str, Told]
"""What was told, by variable."""


def told_by(rows: Iterable[int], facts: Iterable[Mapping[str, Series]]) -> Rows:
    """What some rows tell, by variable: those that tell of the same ones are read together."""
    alike: dict[tuple[str, ...], list[tuple[int, Mapping[str, Series]]]] = defaultdict(list)
    for row, given in zip(rows, facts, strict=True):
        alike[tuple(given)].append((row, given))
    parts: dict[str, list[Told]] = defaultdict(list)
    for names, members in alike.items():
        together = np.fromiter((row for row, _ in members), dtype=np.intp, count=len(members))
        flat = _objects(chain.from_iterable(given.values() for _, given in members), len(members) * len(names))
        for name, values in zip(names, np.ascontiguousarray(flat.reshape(len(members), len(names)).T), strict=True):
            parts[name].append(Told(together, values))
    return {name: each[0] if len(each) == 1 else Told(*map(np.concatenate, zip(*each, strict=True))) for name, each in parts.items()}


def mask_of(count: int, rows: Array | Sequence[int]) -> NDArray[np.bool_]:
    """Which of so many rows are some of them."""
    mask = np.zeros(count, dtype=bool)
    mask[rows] = True
    return mask


def amounts(told: Iterable[Value]) -> NDArray[np.float64]:
    """Told amounts, euros; nothing is zero."""
    return np.array([value or 0.0 for value in told], dtype=float)


def _objects(values: Iterable[Any], count: int) -> NDArray[np.object_]:
    return np.fromiter(values, dtype=object, count=count)
