"""How sure a figure is: the hazard of the sample, the facts that nobody told, and the cases that may be misjudged. Never mixed.

Sampling: a bootstrap of whole households, the strata kept. It measures the hazard of drawing, not how the households were chosen.
Missing facts: the least and the most that the answers not given and the receipts not told allow; no probability is attached to it.
Misclassification: the figure without the households that stand near a threshold, where a small error in the facts decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.take_up import UNITS, TakeUp, rate_bounds
from tznr_rules.analysts.weighted import quantiles, ratio
from tznr_rules.wording import number, quantity

Array = NDArray[Any]
Interval = tuple[float, float]
Statistic = Callable[[Array], float]
Near = Callable[[TakeUp, str], Array]

SEED, REPLICATES, LEVEL = 20_261, 500, 0.95
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
    strata: Array | None = None,
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
    low, high = np.percentile(found, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2])
    return float(low), float(high)


def draws(
    weights: Array, strata: Array | None, replicates: int, seed: int, recalibrate: Callable[[Array], Array] | None = None
) -> list[Array]:
    """The weights of each draw: a household drawn twice weighs twice, one that is not drawn nothing."""
    random = np.random.default_rng(seed)
    groups = np.zeros(len(weights), dtype=int) if strata is None else pd.factorize(strata, use_na_sentinel=False)[0]
    times = np.zeros((replicates, len(weights)))
    for group in np.unique(groups):
        here = np.flatnonzero(groups == group)
        times[:, here] = random.multinomial(len(here), np.full(len(here), 1 / len(here)), size=replicates)
    drawn = times * weights
    return [recalibrate(row) if recalibrate else row for row in drawn]


@dataclass(frozen=True)
class Draws:
    """Draws of a sample, as a matrix that gives a total in each of them: ``draws @ values``, shape (replicates,).

    Above ``PACKETS`` households, what is drawn is packets of households put together at random, in each stratum: the variance of a total
    is the same but for its own hazard, in a room that does not grow with the sample.
    """

    times: Array
    weights: Array
    packet: Array | None = None

    @classmethod
    def of(cls, weights: Array, strata: Array | None, replicates: int, seed: int, packets: int = PACKETS) -> "Draws":
        """The draws of households of these weights, their strata kept."""
        if len(weights) <= packets:
            return cls(np.array(draws(weights, strata, replicates, seed)), weights)
        random = np.random.default_rng(seed)
        groups = np.zeros(len(weights), dtype=int) if strata is None else pd.factorize(strata, use_na_sentinel=False)[0]
        packet, before = np.zeros(len(weights), dtype=np.int64), 0
        kinds: list[Array] = []
        for group in np.unique(groups):
            here = random.permutation(np.flatnonzero(groups == group))
            count = min(len(here), max(2, round(packets * len(here) / len(weights))))
            packet[here] = before + np.arange(len(here)) % count
            kinds.append(np.full(count, group))
            before += count
        return cls(np.array(draws(np.ones(before), np.concatenate(kinds), replicates, seed)), weights, packet)

    def __matmul__(self, values: Array) -> Array:
        if self.packet is None:
            return np.asarray(self.times @ values)
        held = np.bincount(self.packet, weights=self.weights * values, minlength=self.times.shape[1])
        return np.asarray(self.times @ held)


def total_interval(values: Array, weights: Array, strata: Array | None, *, replicates: int = REPLICATES, seed: int = SEED) -> Interval:
    """The 95 % interval of a weighted sum, as :func:`bootstrap`, for samples of any size."""
    if len(weights) <= PACKETS:
        return bootstrap(lambda drawn: float(drawn @ values), weights, strata, replicates=replicates, seed=seed)
    low, high = np.percentile(Draws.of(weights, strata, replicates, seed) @ values, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2])
    return float(low), float(high)


def near_zero(take: TakeUp, benefit: str, share: float = NEAR_SHARE) -> Array:
    """The households that are due very little: under a share of the median of what is due, they stand just under a ceiling.

    It looks at one side only: results do not say how far from the ceiling those stand who are just above it.
    """
    column = take.column(benefit)
    entitled = take.entitled[:, column]
    due = entitled > 0
    middle = quantiles(entitled[due], take.weights[due], (0.5,))[0] if due.any() else 0.0
    return np.asarray(due & (entitled < share * middle))


def unclaimed_total(
    take: TakeUp, benefit: str, *, replicates: int = REPLICATES, seed: int = SEED, near: Near | None = near_zero
) -> Total:
    """What goes unclaimed of one benefit, in EUR a month (EUR for what is paid once), with its three intervals.

    Of a right in kind, how many households do not have it.

    Args:
        near: says which households stand near a threshold; those of them who leave an amount unclaimed are left out of the lower end.
            Of those who are not eligible no amount is known, so the upper end is the value itself. None: not looked at.
    """
    column, weights, card = take.column(benefit), take.weights, take.cards[take.column(benefit)]
    mine, least, most = (each[:, column] for each in (take.unclaimed, take.least, take.most))
    if card.unit != "EUR":
        mine, least, most = ((each > 0).astype(float) for each in (mine, least, most))
    close = near(take, benefit) if near else None
    return Total(
        value=float(weights @ mine),
        unit=UNITS[card.periodicity.value] if card.unit == "EUR" else "foyers",
        sampling=bootstrap(lambda drawn: float(drawn @ mine), weights, take.strata, replicates=replicates, seed=seed),
        missing=(float(weights @ least), float(weights @ most)),
        households=int((take.cell[:, column] == "B").sum()),
        misclassified=None if close is None else (float(weights @ np.where(close, 0.0, mine)), float(weights @ mine)),
        one_sided=True,
        replicates=replicates,
        seed=seed,
    )


def rate(take: TakeUp, benefit: str, *, replicates: int = REPLICATES, seed: int = SEED, near: Near | None = near_zero) -> Total:
    """The rate of non-take-up of one benefit, as a share of eligible households, with its three intervals.

    Args:
        near: says which households stand near a threshold. The lower end takes those of B as not eligible; the upper end takes those of D
            as eligible. With the default, which sees nobody in D, there is no upper side, and the total says so.
    """
    column, weights = take.column(benefit), take.weights
    cell = take.cell[:, column]
    lost, paid = (cell == "B").astype(float), (cell == "A").astype(float)

    def of(drawn: Array) -> float:
        return ratio(float(drawn @ lost), float(drawn @ (lost + paid)))

    close = near(take, benefit) if near else None
    return Total(
        value=of(weights),
        unit="/1",
        sampling=bootstrap(of, weights, take.strata, replicates=replicates, seed=seed),
        missing=rate_bounds(take, benefit),
        households=int(lost.sum() + paid.sum()),
        misclassified=None if close is None else _misjudged(cell, weights, close),
        one_sided=close is None or not (close & (cell == "D")).any(),
        replicates=replicates,
        seed=seed,
    )


def _misjudged(cell: Array, weights: Array, close: Array) -> Interval:
    paid, lost, at_most = (float(weights[held].sum()) for held in (cell == "A", (cell == "B") & ~close, (cell == "D") & close))
    all_lost = float(weights[cell == "B"].sum()) + at_most
    return ratio(lost, paid + lost), ratio(all_lost, paid + all_lost)
