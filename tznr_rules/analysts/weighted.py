"""Statistics of weighted households, in plain numpy: ratios, quantiles, ranks, concentration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def ratio(above: float, below: float) -> float:
    """A ratio; NaN when there is nothing below.

    >>> ratio(1, 4), ratio(1, 0)
    (0.25, nan)
    """
    return float(above) / float(below) if below > 0 else float("nan")


def mean(values: Array, weights: Array) -> float:
    """The weighted mean; NaN when nobody weighs anything."""
    return ratio(float(weights @ values), float(weights.sum())) if len(values) else float("nan")


def quantiles(values: Array, weights: Array, at: Sequence[float]) -> Array:
    """The values under which given shares of the weight stand: the inverse of the weighted distribution function.

    Where a share falls between two households exactly, the quantile is half way, so that the median of two is their mean. Doubling every
    weight, or the order of the rows, changes nothing.

    Args:
        values: of each household, shape (n,).
        weights: of each household, shape (n,), not negative.
        at: shares between 0 and 1.

    Returns:
        One quantile for each share; NaN when nobody weighs anything.

    >>> quantiles(np.array([10.0, 20.0]), np.array([1.0, 1.0]), [0.5]).tolist()
    [15.0]
    """
    kept = weights > 0
    if not kept.any():
        return np.full(len(at), np.nan)
    order = np.argsort(values[kept], kind="stable")
    found, reached = values[kept][order], np.cumsum(weights[kept][order])
    wanted = np.asarray(at) * reached[-1]
    slack = 1e-9 * reached[-1]
    low = np.minimum(np.searchsorted(reached, wanted - slack, side="left"), len(found) - 1)
    high = np.minimum(np.searchsorted(reached, wanted + slack, side="left"), len(found) - 1)
    halves: Array = (found[low] + found[high]) / 2
    return halves


def ranks(values: Array, weights: Array, groups: int) -> Array:
    """In which of equal groups of the weight each household stands, from 1, by its value; NaN values are in none (0).

    >>> ranks(np.array([30.0, 10.0, 20.0, 40.0]), np.ones(4), 2).tolist()
    [2, 1, 1, 2]
    """
    known = ~np.isnan(values)
    limits = quantiles(values[known], weights[known], [each / groups for each in range(1, groups)])
    return np.where(known, 1 + np.searchsorted(limits, np.where(known, values, 0.0), side="left"), 0)


def held_by_the_top(values: Array, weights: Array, share: float = 0.1) -> float:
    """The share of a sum that the households with the largest values hold; they are a share of the weight, the last one cut if need be.

    >>> held_by_the_top(np.array([10.0] * 9 + [90.0]), np.ones(10))
    0.5
    """
    total = float(weights @ values)
    if total <= 0:
        return float("nan")
    order = np.argsort(-values, kind="stable")
    ordered = weights[order]
    before = np.cumsum(ordered) - ordered
    taken = np.clip(share * ordered.sum() - before, 0.0, ordered)
    return float(taken @ values[order]) / total


@dataclass(frozen=True)
class Spread:
    """How amounts are spread over weighted households: arrays of a value per household, in any order."""

    values: Array
    weights: Array

    def described(self) -> dict[str, float]:
        """The mean, the quarters, and what share of the sum the tenth with the largest amounts holds; NaN when there is nobody."""
        if not len(self.values):
            return dict.fromkeys(("mean", "q1", "median", "q3", "top_tenth"), float("nan"))
        q1, median, q3 = quantiles(self.values, self.weights, (0.25, 0.5, 0.75)).tolist()
        top = held_by_the_top(self.values, self.weights)
        return {"mean": mean(self.values, self.weights), "q1": q1, "median": median, "q3": q3, "top_tenth": top}
