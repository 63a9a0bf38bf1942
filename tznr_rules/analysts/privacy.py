"""Statistical secrecy: what may be shown of a table, so that nobody learns anything of a household.

A cell of fewer than eleven households of the sample (unweighted) is hidden, with every figure that goes with it; so is one where a single
household holds more than 85 % of the amount. What is hidden must not be found again by taking what is shown from a margin, so other cells
are hidden too: in each line, then wherever the whole system of sums settles a cell. Tables that share cells or margins are protected
together. A hidden figure is shown as ``s``, never as 0.

The sample is taken for known to the neighbours, so that weights protect nobody. Bounds are not audited beyond each line: that a hidden
count is between two numbers may be worked out, its value may not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.errors import TznrError

Array = NDArray[Any]
Cell = frozenset[tuple[str, Any]]
"""A set of households: the category that they are in, by dimension; what is not named is not restricted."""

SECRET = "s"
LEGEND = "s : secret statistique"
THRESHOLD, LOWER_THRESHOLD = 11, 5
DOMINANCE = 0.85
DECILES_FROM = 10
SETTLED = 1e-9


class SecrecyError(TznrError):
    """A table that cannot be protected as asked: the threshold is too low, or the tables do not say the same of a same cell."""


@dataclass(frozen=True)
class Table:
    """A tidy table with its margins.

    ``frame``: one row per cell, as a data frame or as columns by name. ``dimensions``: the columns that say which cell; the category
    ``EVERYONE`` is the margin, which is the sum of the others. ``count``: the column of unweighted households. ``figures``: the other
    columns, hidden with it. ``amount`` and ``largest``: columns of the unweighted sum that a cell shares out and of the largest part, for
    dominance; they are not shown.
    ``whole``: of a dimension that is not about everyone, what its margin stands for, as ``{"rsa": "eligible"}``.
    """

    frame: pd.DataFrame | Mapping[str, Sequence[Any]]
    dimensions: tuple[str, ...]
    count: str = "households"
    figures: tuple[str, ...] = ()
    amount: str | None = None
    largest: str | None = None
    whole: Mapping[str, str] = field(default_factory=dict)

    def cells(self) -> list[Cell]:
        """The cell of each row."""
        return [self.cell(each) for each in self._rows]

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        return list(zip(*(list(self.frame[name]) for name in self.dimensions), strict=True))

    def cell(self, categories: Sequence[Any]) -> Cell:
        named = {name: self.whole.get(name, EVERYONE) if each == EVERYONE else each for name, each in self._pairs(categories)}
        return frozenset((name, each) for name, each in named.items() if each != EVERYONE)

    def sums(self) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """Each margin of the table and the cells that it is the sum of."""
        categories = {name: list(dict.fromkeys(row[place] for row in self._rows)) for place, name in enumerate(self.dimensions)}
        present = set(self._rows)
        for place, name in enumerate(self.dimensions):
            others = [categories[other] if other != name else [EVERYONE] for other in self.dimensions]
            for margin in product(*others):
                parts = [(*margin[:place], each, *margin[place + 1 :]) for each in categories[name] if each != EVERYONE]
                shown = [part for part in parts if part in present]
                if margin in present and shown:
                    yield self.cell(margin), tuple(self.cell(part) for part in shown)

    def _pairs(self, categories: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        return zip(self.dimensions, categories, strict=True)


@dataclass(frozen=True)
class Protected:
    """A table that may be shown: ``frame`` has ``s`` where it must; ``hidden`` says in which rows."""

    frame: pd.DataFrame
    hidden: Array
    threshold: int
    reason: str | None

    @property
    def suppressed(self) -> int:
        return int(self.hidden.sum())


def protect(
    tables: Sequence[Table],
    *,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    spared: Collection[tuple[str, Any]] = (),
    shown_if_empty: Collection[tuple[str, Any]] = (),
) -> list[Protected]:
    """Tables made together, as they may be shown.

    Args:
        tables: everything that is published of a sample, or the parts of it that share margins.
        threshold: the fewest households of a cell that is shown; 5 must have its ``reason``.
        reason: a text that allows the threshold of 5, kept with the table.
        spared: categories, as ``(dimension, category)``, that are hidden for the sake of another cell only if nothing else can be.
        shown_if_empty: categories that say something of the inquiry, not of households, such as an answer that everybody gave: nobody in
            them is no secret.

    Raises:
        SecrecyError: the threshold is under 11 without being 5 with a reason; or a cell has not the same count in two tables.
    """
    hidden = hides(tables, threshold=threshold, reason=reason, spared=spared, shown_if_empty=shown_if_empty)
    return [_shown(table, rows, threshold, reason) for table, rows in zip(tables, hidden, strict=True)]


def hides(
    tables: Sequence[Table],
    *,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    spared: Collection[tuple[str, Any]] = (),
    shown_if_empty: Collection[tuple[str, Any]] = (),
) -> list[Array]:
    """Which rows of each table may not be shown; arguments and errors of :func:`protect`."""
    check_threshold(threshold, reason)
    hidden = _Cells.of(tables, threshold, frozenset(spared), frozenset(shown_if_empty)).hidden()
    return [np.array([cell in hidden for cell in table.cells()]) for table in tables]


def check_threshold(threshold: int, reason: str | None) -> None:
    """Refuse a threshold that is too low.

    Raises:
        SecrecyError: under 11 without being 5, or 5 without a reason.
    """
    if threshold >= THRESHOLD or (threshold == LOWER_THRESHOLD and reason and reason.strip()):
        return
    fix = f"Write {THRESHOLD}, or {LOWER_THRESHOLD} with the reason that allows it."
    raise SecrecyError(f"threshold: {threshold} is under {THRESHOLD}. {fix}")


def deciles_allowed(households: int, threshold: int = THRESHOLD) -> bool:
    """Whether a distribution may be cut in ten: each tenth must be a cell that may be shown.

    >>> deciles_allowed(109), deciles_allowed(110)
    (False, True)
    """
    return households >= DECILES_FROM * threshold


def merge_bins(histogram: pd.DataFrame, *, threshold: int = THRESHOLD, reason: str | None = None) -> pd.DataFrame:
    """A histogram whose neighbouring bins are put together until each has enough households; empty when all of them have not.

    Args:
        histogram: columns ``low``, ``high``, ``households`` and ``weighted``, in order.
    """
    check_threshold(threshold, reason)
    merged: list[dict[str, Any]] = []
    for record in histogram.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        if merged and merged[-1]["households"] < threshold:
            merged[-1] = _joined(merged[-1], row)
        else:
            merged.append(row)
    while len(merged) > 1 and merged[-1]["households"] < threshold:
        last = merged.pop()
        merged[-1] = _joined(merged[-1], last)
    kept = [row for row in merged if row["households"] >= threshold]
    return pd.DataFrame(kept, columns=list(histogram.columns))


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    added = {name: first[name] + second[name] for name in ("households", "weighted")}
    return {**first, "high": second["high"], **added}


def _shown(table: Table, hidden: Array, threshold: int, reason: str | None) -> Protected:
    unsaid = [name for name in (table.amount, table.largest) if name and name not in table.figures]
    frame = pd.DataFrame(table.frame).drop(columns=unsaid)
    for name in (table.count, *table.figures):
        frame[name] = frame[name].astype(object).where(~hidden, SECRET)
    return Protected(frame, hidden, threshold, reason)


@dataclass(frozen=True)
class _Cells:
    """The cells of some tables, in order, and the sums that bind them."""

    order: dict[Cell, int]
    counts: Array
    amounts: Array
    largest: Array
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    threshold: int
    spared: frozenset[tuple[str, Any]]
    shown_if_empty: frozenset[tuple[str, Any]]

    @classmethod
    def of(
        cls, tables: Sequence[Table], threshold: int, spared: frozenset[tuple[str, Any]], shown_if_empty: frozenset[tuple[str, Any]]
    ) -> "_Cells":
        counts: dict[Cell, int] = {}
        amounts: dict[Cell, tuple[float, float]] = {}
        for table in tables:
            for cell, count in zip(table.cells(), table.frame[table.count], strict=True):
                if counts.setdefault(cell, int(count)) != count:
                    raise SecrecyError(f"{sorted(map(str, cell))}: two tables count this cell otherwise. Make them from the same sample.")
            if table.amount and table.largest:
                pairs = zip(table.cells(), table.frame[table.amount], table.frame[table.largest], strict=True)
                amounts |= {cell: (float(amount), float(largest)) for cell, amount, largest in pairs}
        order = {cell: place for place, cell in enumerate(counts)}
        sums = dict.fromkeys((order[margin], tuple(order[part] for part in parts)) for table in tables for margin, parts in table.sums())
        held = np.array([amounts.get(cell, (0.0, 0.0)) for cell in order]).reshape(-1, 2)
        return cls(order, np.array(list(counts.values())), held[:, 0], held[:, 1], tuple(sums), threshold, spared, shown_if_empty)

    def hidden(self) -> set[Cell]:
        """The cells to hide, those hidden for the sake of others included."""
        empty = {place for cell, place in self.order.items() if cell & self.shown_if_empty and self.counts[place] == 0}
        found = {place for place in range(len(self.counts)) if place not in empty and self._revealing([place])}
        while True:
            more = self._in_lines(found) or self._settled(found)
            if not more:
                return {cell for cell, place in self.order.items() if place in found}
            found |= more

    def _revealing(self, places: Sequence[int]) -> bool:
        """Whether some cells taken together may not be shown: too few households, or one that holds nearly all of the amount."""
        amount, largest = self.amounts[places].sum(), self.largest[places].max(initial=0.0)
        return bool(self.counts[places].sum() < self.threshold or (amount > 0 and largest > DOMINANCE * amount))

    def _in_lines(self, hidden: set[int]) -> set[int]:
        """One more cell of each line where a margin less what is shown would give a hidden cell, or hidden cells that are few."""
        more: set[int] = set()
        for margin, parts in self.sums:
            secret = [part for part in parts if part in hidden | more]
            if margin in hidden | more:
                if not secret:
                    more |= self._smallest(parts)
            elif secret and (len(secret) == 1 or self._revealing(secret)):
                more |= self._smallest([part for part in parts if part not in secret] or [margin])
        return more

    def _settled(self, hidden: set[int]) -> set[int]:
        """One more cell of a sum of which a hidden cell could be worked out from all that is shown."""
        places = sorted(hidden)
        at = {place: column for column, place in enumerate(places)}
        system = np.zeros((len(self.sums), len(places)))
        for row, (margin, parts) in enumerate(self.sums):
            for place, sign in ((margin, 1.0), *((part, -1.0) for part in parts)):
                if place in at:
                    system[row, at[place]] += sign
        for column in settled(system):
            for margin, parts in self.sums:
                if places[column] in (margin, *parts):
                    shown = [place for place in (*parts, margin) if place not in hidden]
                    if shown:
                        return self._smallest(shown)
        return set()

    def _smallest(self, places: Sequence[int]) -> set[int]:
        """The cell of the fewest households; those that are spared, then everyone, come last."""
        cells = list(self.order)

        def cost(place: int) -> tuple[bool, bool, int, int]:
            empty = bool(cells[place] & self.shown_if_empty) and self.counts[place] == 0
            return not cells[place], empty or bool(cells[place] & self.spared), int(self.counts[place]), place

        return {min(places, key=cost)}


def settled(system: Array) -> list[int]:
    """The unknowns that a linear system leaves no freedom, in order.

    The system is reduced until each of its lines gives one unknown from those that nothing gives; an unknown is settled when its line has
    none of these.

    Args:
        system: the coefficients of the unknowns, shape (equations, unknowns).

    >>> settled(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    [2]
    """
    lines = system[system.any(axis=1)].astype(float)
    given: list[int] = []
    for unknown in range(system.shape[1]):
        at = len(given)
        if at == len(lines):
            break
        best = at + int(np.abs(lines[at:, unknown]).argmax())
        if abs(lines[best, unknown]) < SETTLED:
            continue
        lines[[at, best]] = lines[[best, at]]
        lines[at] /= lines[at, unknown]
        others = np.flatnonzero(lines[:, unknown])
        others = others[others != at]
        lines[others] -= np.outer(lines[others, unknown], lines[at])
        given.append(unknown)
    free = np.delete(lines[: len(given)], given, axis=1)
    return [unknown for unknown, line in zip(given, free, strict=True) if (np.abs(line) < SETTLED).all()]
