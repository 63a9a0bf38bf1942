"""How sure a figure is: the hazard of the sample, the facts that nobody told, and the cases that may be misjudged. Never mixed.

Sampling: a bootstrap of whole households, the strata kept. It measures the hazard of drawing, not how the households were chosen.
Missing facts: the least and the most that the answers not given and the receipts not told allow; no probability is attached to it.
Misclassification: the figure without the households that stand near a threshold, where a small error in the facts decides.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.groups import Groups
from tznr_rules.analysts.standings import A_IN_PART, D_SMALL, A, B, D, Standing, Standings
from tznr_rules.analysts.take_up import UNITS, rate_bounds
from tznr_rules.analysts.weighted import quantiles, ratio
from tznr_rules.wording import number, quantity

Array = NDArray[Any]
Interval = tuple[float, float]
Statistic = Callable[[Array], float]
Near = Callable[[Standings, str], Array]

SEED, REPLICATES, LEVEL = 20_261, 500, 0.95
ENDS = (100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2)
NEAR_SHARE = 0.05
PACKETS = 10_000
NOT_SELECTION = "l'intervalle d'échantillonnage mesure le hasard du tirage, pas la façon dont les foyers ont été choisis"


@dataclass(frozen=True)
class Total:
    """A figure that cannot be written without its intervals.

    Args:
        value: the estimate.
        unit: ``EUR/mois``, ``EUR/an``, ``EUR``, ``foyers``, or ``/1`` for a share.
        sampling: the 95 % interval of the bootstrap.
        missing: the least and the most that the facts not told allow.
        households: how many of the sample it rests on, unweighted.
        misclassified: the least and the most once near cases are taken the other way; None when it was not looked at.
        one_sided: only one side of the threshold could be looked at.
    """

    value: float
    unit: str
    sampling: Interval
    missing: Interval
    households: int
    misclassified: Interval | None = None
    one_sided: bool = False
    replicates: int = REPLICATES
    seed: int = SEED

    def __str__(self) -> str:
        """In French, with every interval, the seed and the number of households.

        >>> "faits manquants : de 90 à 120" in str(Total(100, "foyers", (80, 130), (90, 120), 50)).replace("\\xa0foyers", "")
        True
        """
        near = "non mesurés" if self.misclassified is None else self._span(self.misclassified)
        side = ", d'un seul côté du seuil" if self.misclassified is not None and self.one_sided else ""
        return (
            f"{self._written(self.value)} (échantillonnage à 95 % : {self._span(self.sampling)} ; faits manquants : "
            f"{self._span(self.missing)} ; cas limites : {near}{side} ; {number(self.households)} foyers ; "
            f"{self.replicates} tirages, graine {self.seed})"
        )

    __repr__ = __str__

    def __format__(self, _: str) -> str:
        return str(self)

    def frame(self) -> pd.DataFrame:
        """One row: the value, the two ends of each interval, and what they rest on."""
        near = self.misclassified or (float("nan"), float("nan"))
        row: dict[str, Any] = {"value": self.value, "unit": self.unit, "households": self.households}
        for name, (low, high) in (("sampling", self.sampling), ("missing", self.missing), ("misclassified", near)):
            row |= {f"{name}_low": low, f"{name}_high": high}
        return pd.DataFrame([row | {"one_sided": self.one_sided, "replicates": self.replicates, "seed": self.seed}])

    def _written(self, value: float) -> str:
        return "non calculable" if np.isnan(value) else quantity(_rounded(value, self.unit), self.unit)

    def _span(self, ends: Interval) -> str:
        return f"de {self._written(ends[0])} à {self._written(ends[1])}"


def _rounded(value: float, unit: str) -> float:
    """As precise as it is worth: a thousandth of a share, a euro, a household."""
    return round(value, 3) if unit == "/1" else round(value)


def bootstrap(
    statistic: Statistic,
    weights: Array,
    strata: Any = None,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
    recalibrate: Callable[[Array], Array] | None = None,
) -> Interval:
    """The 95 % percentile interval of a statistic, by drawing whole households again and again.

    Args:
        statistic: from weights, shape (n,), to a figure; the columns are already computed. It may be NaN in some draws, which are left out.
        weights: of each household.
        strata: of each household; as many are drawn in each as it has. None: households are taken for independent draws.
        recalibrate: fits the weights of each draw to known margins, where those of the sample were.

    Returns:
        The 2.5 and 97.5 percentiles over the draws; NaN when the statistic never has a value. The same seed and the same order of the rows
        give the same interval.
    """
    found = np.array([statistic(drawn) for drawn in draws(weights, strata, replicates, seed, recalibrate)])
    found = found[~np.isnan(found)]
    if not len(found):
        return float("nan"), float("nan")
    low, high = np.percentile(found, ENDS)
    return float(low), float(high)


def draws(
    weights: Array, strata: Any, replicates: int, seed: int, recalibrate: Callable[[Array], Array] | None = None
) -> list[Array]:
    """The weights of each draw: a household drawn twice weighs twice, one that is not drawn nothing."""
    drawn = _times(_codes(strata, len(weights)), replicates, seed) * weights
    return [recalibrate(row) if recalibrate else row for row in drawn]


def _codes(strata: Any, count: int) -> Array:
    """The stratum of each household, as a number."""
    return np.zeros(count, dtype=np.int8) if strata is None else pd.factorize(strata, use_na_sentinel=False)[0]


def _times(strata: Array, replicates: int, seed: int) -> Array:
    """How many times each unit is drawn in each draw, shape (replicates, units): as many in each stratum as it has."""
    random = np.random.default_rng(seed)
    times = np.zeros((replicates, len(strata)), dtype=np.uint16)
    for stratum in np.unique(strata):
        here = np.flatnonzero(strata == stratum)
        times[:, here] = random.multinomial(len(here), np.full(len(here), 1 / len(here)), size=replicates)
    return times


@dataclass(frozen=True)
class Draws:
    """Draws of a sample, which give a weighted total in each of them: ``draws @ values``, shape (replicates,).

    Above ``PACKETS`` households, what is drawn is packets of households put together at random, in each stratum: the variance of a total
    is the same but for its own hazard, in a room that does not grow with the sample.

    ``times``: how many times each unit (a household, or a packet) is drawn, shape (units, replicates). ``unit``: that of each household.
    """

    times: Array
    unit: Array
    weights: Array

    @classmethod
    def of(cls, weights: Array, strata: Any, replicates: int, seed: int, packets: int = PACKETS) -> "Draws":
        """The draws of households of these weights, their strata kept."""
        unit, kinds = np.arange(len(weights)), _codes(strata, len(weights))
        if len(weights) > packets:
            unit, kinds = _packets(kinds, packets, seed)
        return cls(np.ascontiguousarray(_times(kinds, replicates, seed).T), unit, weights)

    def __matmul__(self, values: Array) -> Array:
        rows = np.flatnonzero(values)
        return np.asarray(self.among(rows).totals(values[rows])[0][0, 0])

    def among(self, rows: Array) -> "DrawsOfSome":
        """The draws as some households see them: those that count, since most benefits concern few."""
        seen = np.zeros(len(self.times), dtype=bool)
        seen[self.unit[rows]] = True
        place = np.cumsum(seen) - 1
        return DrawsOfSome(self.times[seen].astype(float), place[self.unit[rows]], self.weights[rows])

    def interval(self, values: Array) -> Interval:
        """The 95 % interval of a weighted sum."""
        low, high = np.percentile(self @ values, ENDS)
        return float(low), float(high)


@dataclass(frozen=True)
class DrawsOfSome:
    """The draws of some households; fields as :class:`Draws`."""

    times: Array
    unit: Array
    weights: Array

    def totals(self, *values: Array, groups: Sequence[Groups] = ()) -> list[Array]:
        """The weighted total of some values in each group and draw, all in one product.

        Args:
            values: of these households, arrays of a value for each.
            groups: of the same; default: everyone.

        Returns:
            For each way of grouping, an array of shape (values, groups, replicates).
        """
        ways = groups or (Groups.everyone(len(self.unit)),)
        held = np.hstack([self._held(each, way) for way in ways for each in values])
        ends = np.cumsum([len(values) * len(way) for way in ways])[:-1]
        parts = np.split(held.T @ self.times, ends)
        return [part.reshape(len(values), len(way), -1) for part, way in zip(parts, ways, strict=True)]

    def _held(self, values: Array, groups: Groups) -> Array:
        """What each unit holds of some values, shape (units, groups)."""
        place = self.unit * len(groups) + groups.code
        return np.bincount(place, self.weights * values, minlength=len(self.times) * len(groups)).reshape(-1, len(groups))


def _packets(strata: Array, count: int, seed: int) -> tuple[Array, Array]:
    """The packet of each household, and the stratum of each packet."""
    random = np.random.default_rng(seed)
    packet, kinds, before = np.zeros(len(strata), dtype=np.int32), [], 0
    for stratum in np.unique(strata):
        here = random.permutation(np.flatnonzero(strata == stratum))
        of_it = min(len(here), max(2, round(count * len(here) / len(strata))))
        packet[here] = before + np.arange(len(here)) % of_it
        kinds.append(np.full(of_it, stratum))
        before += of_it
    return packet, np.concatenate(kinds)


def near_zero(take: Standings, benefit: str, share: float = NEAR_SHARE) -> Array:
    """The households that are due very little: under a share of the median of what is due, they stand just under a ceiling.

    It looks at one side only: results do not say how far from the ceiling those stand who are just above it.
    """
    entitled = take.standing(take.column(benefit)).entitled
    due = entitled > 0
    middle = quantiles(entitled[due], take.weights[due], (0.5,))[0] if due.any() else 0.0
    return np.asarray(due & (entitled < share * middle))


def near_thresholds(take: Standings, benefits: Iterable[str]) -> dict[str, Array]:
    """For each of some benefits, the households that are due very little of it; other names are left out."""
    known = {card.id for card in take.cards}
    return {name: near_zero(take, name) for name in benefits if name in known}


def unclaimed_total(
    take: Standings, benefit: str, *, replicates: int = REPLICATES, seed: int = SEED, near: Near | None = near_zero
) -> Total:
    """What goes unclaimed of one benefit, in EUR a month (EUR for what is paid once), with its three intervals.

    Of a right in kind, how many households do not have it.

    Args:
        near: says which households stand near a threshold; those of them who leave an amount unclaimed are left out of the lower end.
            Of those who are not eligible no amount is known, so the upper end is the value itself. None: not looked at.
    """
    standing, weights = take.standing(take.column(benefit)), take.weights
    card, mine, most = standing.card, standing.unclaimed, standing.most
    if card.unit != "EUR":
        mine, most = ((each > 0).astype(float) for each in (mine, most))
    close = near(take, benefit) if near else None
    return Total(
        value=float(weights @ mine),
        unit=UNITS[card.periodicity.value] if card.unit == "EUR" else "foyers",
        sampling=bootstrap(lambda drawn: float(drawn @ mine), weights, take.strata, replicates=replicates, seed=seed),
        missing=(float(weights @ mine), float(weights @ most)),
        households=int(standing.of(B).sum()),
        misclassified=None if close is None else (float(weights @ np.where(close, 0.0, mine)), float(weights @ mine)),
        one_sided=True,
        replicates=replicates,
        seed=seed,
    )


def rate(take: Standings, benefit: str, *, replicates: int = REPLICATES, seed: int = SEED, near: Near | None = near_zero) -> Total:
    """The rate of non-take-up of one benefit, as a share of eligible households, with its three intervals.

    Args:
        near: says which households stand near a threshold. The lower end takes those of B as not eligible; the upper end takes those of D
            as eligible. With the default, which sees nobody in D, there is no upper side, and the total says so.
    """
    standing, weights = take.standing(take.column(benefit)), take.weights
    lost, paid = standing.of(B).astype(float), standing.of(A, A_IN_PART).astype(float)

    def of(drawn: Array) -> float:
        return ratio(float(drawn @ lost), float(drawn @ (lost + paid)))

    close = near(take, benefit) if near else None
    return Total(
        value=of(weights),
        unit="/1",
        sampling=bootstrap(of, weights, take.strata, replicates=replicates, seed=seed),
        missing=rate_bounds(take, benefit),
        households=int(lost.sum() + paid.sum()),
        misclassified=None if close is None else _misjudged(standing, weights, close),
        one_sided=close is None or not (close & standing.of(D, D_SMALL)).any(),
        replicates=replicates,
        seed=seed,
    )


def _misjudged(standing: Standing, weights: Array, close: Array) -> Interval:
    paid, lost = standing.of(A, A_IN_PART), standing.of(B)
    certain, received, at_most = (float(weights[held].sum()) for held in (lost & ~close, paid, standing.of(D, D_SMALL) & close))
    all_lost = float(weights[lost].sum()) + at_most
    return ratio(certain, received + certain), ratio(all_lost, received + all_lost)
