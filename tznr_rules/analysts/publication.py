"""What may leave the house: the tables of take-up, of the package and of poverty, with their intervals and without secrets.

Everything here is a data frame in which a hidden figure is ``s``. The tables of ``take_up`` and ``package`` are for the machine that
computes; they are never to be shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.groups import EVERYONE, Groups, Tally
from tznr_rules.analysts.package import Package
from tznr_rules.analysts.privacy import (
    DOMINANCE,
    SECRET,
    THRESHOLD,
    Table,
    check_threshold,
    deciles_allowed,
    hides,
    merge_bins,
    protect,
)
from tznr_rules.analysts.sample import WEIGHT
from tznr_rules.analysts.standings import ELIGIBLE as DUE_TO_THEM
from tznr_rules.analysts.standings import OF_CELL, Array, Standing, Standings
from tznr_rules.analysts.take_up import BINS, MOST_RIGHTS, bounds, figures_by, histogram, rights_table, section
from tznr_rules.analysts.uncertainty import ENDS, REPLICATES, SEED, Draws
from tznr_rules.analysts.weighted import ratio
from tznr_rules.interactions import label_of

ELIGIBLE = "eligible"
COUNTS = {"A": "recipients", "B": "non_recipients", "C": "not_due", "D": "neither", "E": "receipt_unknown", "F": "undetermined"}
OF_PART = ("partial", "partial_amount")
OF_MISSING = ("rate_least", "rate_most", "total_least", "total_most")
INTERVALS = ("rate_low", "rate_high", "total_low", "total_high")
OUTSIDE = (*(COUNTS[cell] for cell in "CDEF"), "not_due_share", *OF_PART)
TENTHS = ("top_tenth",)
OPENED_BY: dict[frozenset[str], tuple[str, ...]] = {  # what any of some cells would let one work out
    frozenset("A"): ("weighted_recipients", *OF_PART),
    frozenset("B"): (
        *("weighted_non_recipients", "per_month", "per_year", "once", "mean", "q1", "median", "q3", *TENTHS),
        *("total_low", "total_high"),
    ),
    frozenset([ELIGIBLE]): ("eligible", "weighted_eligible"),
    frozenset(["A", "B", ELIGIBLE]): ("rate", "rate_low", "rate_high", "rate_in_euros"),
    frozenset("AC"): ("not_due_share",),
    frozenset("ABEF"): OF_MISSING,
}
GAINS = ("per_month", "per_year", "mean", "low", "high")
RECEIPTS = {"A": OF_CELL["A"], "B": OF_CELL["B"], EVERYONE: DUE_TO_THEM}


@dataclass(frozen=True)
class Published:
    """Tables that may be shown, and how they were protected.

    ``summary``: one row per benefit; ``breakdowns``: by column, one row per benefit and group, ``EVERYONE`` in the margin. Columns are
    those of ``take_up.figures`` and: ``rate_low``, ``rate_high``, ``total_low``, ``total_high`` (95 % interval of the sample; the total is
    ``per_month``, or ``once``), ``rate_least``, ``rate_most``, ``total_least``, ``total_most`` (whatever was not told; summary only).
    ``histograms``: by benefit in euros, of ``take_up.histogram``, bins merged; only where the count of B is shown, which they add up to.
    """

    summary: pd.DataFrame
    breakdowns: dict[str, pd.DataFrame]
    histograms: dict[str, pd.DataFrame]
    threshold: int
    reason: str | None
    suppressed: int
    replicates: int
    seed: int


def publish(
    take: Standings,
    by: Sequence["pd.Series[Any]"] = (),
    benefits: Sequence[str] | None = None,
    *,
    bins: Sequence[float] = BINS,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    drawn: Draws | None = None,
) -> Published:
    """The tables of take-up that may be shown, protected together, benefit by benefit.

    Args:
        by: the columns to break down by, of the profiles or of ``Sample.about``; all that will ever be shown, or differencing is possible.
        benefits: ids; default: all that the law of the month knows.
        bins: of the histograms, in EUR a month (EUR for what is paid once).
        threshold, reason: see ``privacy.protect``.
        drawn: the draws of the sample, if they were made already.

    Raises:
        SecrecyError: the threshold is too low.
    """
    check_threshold(threshold, reason)
    drawn = drawn or Draws.of(take.weights, take.strata, replicates, seed)
    groups = (Groups.everyone(len(take.index)), *(Groups.of(each, take.index) for each in by))
    columns = range(len(take.cards)) if benefits is None else map(take.column, benefits)
    rows: list[dict[str, Any]] = []
    broken: dict[str, list[dict[str, Any]]] = {each.name: [] for each in groups[1:]}
    histograms: dict[str, pd.DataFrame] = {}
    suppressed = 0
    for standing in map(take.standing, columns):
        if benefits is None and not standing.known:
            continue
        benefit = _Benefit.of(standing, take.weights, groups, threshold, reason)
        whole, *parts = benefit.rows(drawn)
        rows += whole
        for each, found in zip(groups[1:], parts, strict=True):
            broken[each.name] += found
        if benefit.shows_histogram:
            histograms[standing.card.id] = merge_bins(histogram(take, standing.card.id, bins), threshold=threshold, reason=reason)
        suppressed += benefit.suppressed
    frames = {name: pd.DataFrame(each) for name, each in broken.items()}
    return Published(pd.DataFrame(rows), frames, histograms, threshold, reason, suppressed, replicates, seed)


def publish_rights(take: Standings, *, threshold: int = THRESHOLD, reason: str | None = None) -> pd.DataFrame:
    """The households that lack no right, one, two, three or more, without secrets; the margin comes last.

    The last categories are put together until they hold enough households: ``2 ou plus``, ``1 ou plus``.
    """
    most = next((most for most in range(MOST_RIGHTS, 1, -1) if rights_table(take, most=most)["households"].iloc[-1] >= threshold), 1)
    frame = rights_table(take, most=most)
    whole = {"rights": EVERYONE, "households": frame["households"].sum(), "weighted": frame["weighted"].sum(), "share": 1.0}
    table = Table(pd.concat([frame, pd.DataFrame([whole])], ignore_index=True), ("rights",), figures=("weighted", "share"))
    return protect([table], threshold=threshold, reason=reason)[0].frame


def publish_package(
    found: Package, beside: Published | None = None, *, threshold: int = THRESHOLD, reason: str | None = None
) -> pd.DataFrame:
    """The package by benefit, without secrets; the last row is the total, which the others add up to.

    A benefit is hidden when too few households would claim it, or when one holds nearly all of it; then others are, the smallest first,
    until those hidden are for enough households together. Columns are those of ``Package.by_benefit``.

    Args:
        beside: what is published of the same sample: a count of households that it hides is hidden here too.

    Raises:
        SecrecyError: the threshold is too low.
    """
    check_threshold(threshold, reason)
    frame = found.by_benefit()

    def reveals(names: Sequence[str]) -> bool:
        held = np.abs(sum(found.shares(name) for name in names))
        concerned = np.any([found.shares(name) != 0 for name in names], axis=0)
        return bool(concerned.sum() < threshold or held.max() > DOMINANCE * held.sum())

    hidden = [name for name in frame["benefit"] if reveals([name])]
    waiting = sorted((name for name in frame["benefit"] if name not in hidden), key=lambda name: int((found.shares(name) != 0).sum()))
    while hidden and waiting and (len(hidden) == 1 or reveals(hidden)):
        hidden.append(waiting.pop(0))
    gains = found.gain
    moved = int((gains != 0).sum())
    whole = {"benefit": EVERYONE, "label": "Ensemble, net de ce qui baisse", "households": moved, "alone": float("nan")}
    whole |= {name: frame[name].sum() for name in ("per_month", "per_year")}
    small = moved < threshold or (np.abs(gains).max(initial=0.0) > DOMINANCE * np.abs(gains).sum() > 0)
    secret = np.array([*frame["benefit"].isin(hidden), small], dtype=bool)
    shown = pd.concat([frame, pd.DataFrame([whole])], ignore_index=True)
    for name in ("households", "per_month", "per_year", "alone"):
        shown[name] = shown[name].astype(object).where(~secret, SECRET)
    if beside is not None:
        unsaid = beside.summary["benefit"][beside.summary["non_recipients"] == SECRET]
        same = [EVERYONE] if set(frame["benefit"]) <= set(unsaid) and len(frame) == 1 else []  # then the total counts the same households
        shown.loc[shown["benefit"].isin([*unsaid, *same]), "households"] = SECRET
    return shown


def publish_gains(
    found: Package,
    by: "pd.Series[Any]",
    *,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    drawn: Draws | None = None,
) -> pd.DataFrame:
    """The package by group of households, without secrets; the margin comes last.

    Args:
        by: the group of each household, by household.
        drawn: the draws of the sample, if they were made already.

    Returns:
        Columns ``by``, ``group``, ``group_label``, ``households`` (unweighted, those that would claim something), ``per_month``,
        ``per_year``, ``mean`` (EUR a month for each of them), ``low`` and ``high`` (95 % interval of ``per_month``).

    Raises:
        SecrecyError: the threshold is too low.
    """
    weights, gains = found.sample.about[WEIGHT].to_numpy(float), found.gain
    drawn = drawn or Draws.of(weights, found.sample.strata, replicates, seed)
    groups, claiming = Groups.of(by, found.sample.about.index), np.flatnonzero(found.claims > 0)
    parts = [
        pd.DataFrame({"group": each.ids, "group_label": [each.label(group) for group in each.ids], **_gains(gains, claiming, each, drawn)})
        for each in (groups, Groups.everyone(len(gains)))
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame.insert(0, "by", groups.name)
    table = Table(frame, ("group",), figures=GAINS, amount="amount", largest="largest")
    return protect([table], threshold=threshold, reason=reason)[0].frame


def _gains(gains: Array, claiming: Array, groups: Groups, drawn: Draws) -> dict[str, Array]:
    """What each group of households that claim something gains, with its interval and what the rule of dominance looks at."""
    some, mine, weights = groups.of_some(claiming), gains[claiming], drawn.weights[claiming]

    def sums(values: Array | None) -> Array:
        return np.bincount(some.code, values, minlength=len(groups))

    largest = np.zeros(len(groups))
    np.maximum.at(largest, some.code, np.abs(mine))
    total, low_high = sums(weights * mine), np.percentile(drawn.among(claiming).totals(mine, groups=[some])[0][0], ENDS, axis=1)
    mean = [ratio(*each) for each in zip(total, sums(weights), strict=True)]
    found = {"households": sums(None), "per_month": total, "per_year": 12 * total, "mean": np.array(mean), "low": low_high[0]}
    return found | {"high": low_high[1], "amount": sums(np.abs(mine)), "largest": largest}


def publish_moved(moved: pd.DataFrame, *, threshold: int = THRESHOLD, reason: str | None = None) -> pd.DataFrame:
    """The other rights that open and close, without secrets: those for which too few households are concerned both ways are left out.

    Args:
        moved: of ``package.rights_moved``.

    Raises:
        SecrecyError: the threshold is too low.
    """
    check_threshold(threshold, reason)
    shown = moved[(moved[["opens", "closes"]] >= threshold).any(axis=1)].reset_index(drop=True)
    for name in ("opens", "closes"):
        small = shown[name] < threshold
        for each in (name, f"weighted_{name}"):
            shown[each] = shown[each].astype(object).mask(small, SECRET)
    return shown


def publish_poverty(measures: pd.DataFrame, *, threshold: int = THRESHOLD, reason: str | None = None) -> pd.DataFrame:
    """Poverty before and after, without secrets.

    Args:
        measures: of ``poverty.poverty``. Deciles are shown when each tenth is a cell that may be; the other measures when there are enough
            households on each side of the line, and enough who cross it or none.

    Raises:
        SecrecyError: the threshold is too low.
    """
    check_threshold(threshold, reason)
    shown = measures.drop(columns=["poor_before", "poor_after"]).astype(dict.fromkeys(("before", "after", "change"), object))
    for row, each in enumerate(measures.itertuples()):
        households, before, after = (int(getattr(each, name)) for name in ("households", "poor_before", "poor_after"))
        tenths = not str(each.measure).startswith("poor")
        few = any(count < threshold or households - count < threshold for count in (before, after))
        if (tenths and not deciles_allowed(households, threshold)) or (few and not tenths):
            shown.loc[shown.index[row], ["before", "after", "change"]] = SECRET
        elif not tenths and 0 < abs(before - after) < threshold:
            shown.loc[shown.index[row], ["after", "change"]] = SECRET
    return shown


@dataclass(frozen=True)
class _Benefit:
    """One benefit in every group of households, and which of its cells may not be shown.

    ``groups``, ``tallies``: everyone, then each column that figures are broken down by. ``secret``: by column then by group, the names of
    the cells that are hidden; a column has its margin last.
    """

    standing: Standing
    weights: Array
    groups: tuple[Groups, ...]
    tallies: tuple[Tally, ...]
    secret: tuple[tuple[set[str], ...], ...]
    suppressed: int
    threshold: int

    @classmethod
    def of(cls, standing: Standing, weights: Array, groups: tuple[Groups, ...], threshold: int, reason: str | None) -> "_Benefit":
        """All the tables of a benefit, protected together."""
        tallies = tuple(Tally.of(standing, weights, each) for each in groups)
        benefit, money = standing.card.id, standing.card.unit == "EUR"
        tables = [_by_eligibility(benefit, tallies[0], money), _by_receipt(benefit, tallies[0], money)]
        tables += [_by_group(benefit, each, of, tallies[0], money) for each, of in zip(groups[1:], tallies[1:], strict=True)]
        hidden = hides(
            tables,
            threshold=threshold,
            reason=reason,
            spared={(benefit, "A"), (benefit, "B"), (benefit, ELIGIBLE)},
            shown_if_empty={(benefit, "E"), (benefit, "F")},
        )
        whole = set(compress(tables[0].frame[benefit], hidden[0])) | _hidden(hidden[1])
        parts = tuple(tuple(_hidden(line) for line in each.reshape(-1, len(RECEIPTS))) for each in hidden[2:])
        return cls(standing, weights, groups, tallies, ((whole,), *parts), sum(int(each.sum()) for each in hidden), threshold)

    @property
    def shows_histogram(self) -> bool:
        """Whether how what goes unclaimed is spread may be shown: it adds up to the count of B."""
        return "B" not in self.secret[0][0] and self.standing.card.unit == "EUR"

    def rows(self, drawn: Draws) -> list[list[dict[str, Any]]]:
        """The figures with their intervals, those of hidden cells replaced: everyone, then each column, its margin last."""
        card, found = self.standing.card, self._figures(drawn)
        named = {"benefit": card.id, "label": label_of(card.id), "section": section(card)}
        margin = found[0][0]
        rows = [[named | self._closed(margin | self._bounds(), self.secret[0][0], whole=True)]]
        for groups, mine, secret in zip(self.groups[1:], found[1:], self.secret[1:], strict=True):
            rows.append([])
            for group, figures, hidden in zip((*groups.ids, EVERYONE), (*mine, margin), secret, strict=True):
                place = {"by": groups.name, "group": group, "group_label": groups.label(group)}
                rows[-1].append({**named, **place, **self._closed(figures, hidden, whole=False)})
        return rows

    def _figures(self, drawn: Draws) -> list[list[dict[str, Any]]]:
        """The figures of each group, by column, with their 95 % intervals, from the draws of the whole sample."""
        found = []
        for groups, tally, ends in zip(self.groups, self.tallies, _intervals(self.standing, self.groups, drawn), strict=True):
            intervals = [dict(zip(INTERVALS, line, strict=True)) for line in ends.tolist()]
            figures = figures_by(self.standing, self.weights, groups, tally)
            found.append([each | interval for each, interval in zip(figures, intervals, strict=True)])
        return found

    def _bounds(self) -> dict[str, float]:
        """What the facts not told allow."""
        least, most = bounds(self.tallies[0])
        totals = (float(self.weights @ each) for each in (self.standing.unclaimed, self.standing.most))
        return dict(zip(OF_MISSING, (least, most, *totals), strict=True))

    def _closed(self, found: Mapping[str, Any], secret: set[str], *, whole: bool) -> dict[str, Any]:
        """The figures of a group, those of hidden cells replaced; of a part, without the counts of which no sum was protected."""
        closed: set[str] = {COUNTS[cell] for cell in COUNTS if cell in secret}
        for cells, names in OPENED_BY.items():
            closed.update(names if secret & cells else ())
        partly, recipients = found["partial"], found["recipients"]
        closed.update(TENTHS if not deciles_allowed(found["non_recipients"], self.threshold) else ())
        closed.update(OF_PART if partly < self.threshold or recipients - partly < self.threshold else ())
        unsaid = {"largest", "amount"} if whole else {"largest", "amount", *OUTSIDE}
        return {name: SECRET if name in closed else value for name, value in found.items() if name not in unsaid}


def _by_eligibility(benefit: str, tally: Tally, money: bool) -> Table:
    """The households by cell, A and B together, with what each holds of money."""
    parts = {ELIGIBLE: DUE_TO_THEM, **{each: OF_CELL[each] for each in "CDEF"}}
    held = [_held(tally, codes, money) for codes in parts.values()]
    held.append({"households": tally.households.sum(axis=1), "amount": np.zeros(1), "largest": np.zeros(1)})
    return _table((benefit,), {benefit: [*parts, EVERYONE]}, held, {})


def _by_receipt(benefit: str, tally: Tally, money: bool) -> Table:
    """The eligible households: A and B, and both."""
    held = [_held(tally, codes, money) for codes in RECEIPTS.values()]
    return _table((benefit,), {benefit: list(RECEIPTS)}, held, {benefit: ELIGIBLE})


def _by_group(benefit: str, groups: Groups, tally: Tally, whole: Tally, money: bool) -> Table:
    """The eligible households by group and receipt; those of a group follow each other, everyone comes last."""
    ids = [group for group in (*groups.ids, EVERYONE) for _ in RECEIPTS]
    held = [_held(each, codes, money) for each in (tally, whole) for codes in RECEIPTS.values()]
    inside, margin = held[: len(RECEIPTS)], held[len(RECEIPTS) :]
    interleaved = {name: np.column_stack([each[name] for each in inside]).ravel() for name in inside[0]}
    categories = {groups.name: ids, benefit: [*RECEIPTS] * (len(groups) + 1)}
    return _table((groups.name, benefit), categories, [interleaved, *margin], {benefit: ELIGIBLE})


def _table(
    dimensions: tuple[str, ...], categories: Mapping[str, Sequence[Any]], held: Sequence[Mapping[str, Array]], whole: Mapping[str, str]
) -> Table:
    counted = {name: np.concatenate([each[name] for each in held]) for name in held[0]}
    columns: dict[str, Any] = {**categories, **counted}
    return Table(columns, dimensions, amount="amount", largest="largest", whole=whole)


def _held(tally: Tally, codes: Sequence[int], money: bool) -> dict[str, Array]:
    """The households of some codes, by group, with what they hold of money."""
    chosen = list(codes)
    amount, largest = tally.money[:, chosen].sum(axis=1), tally.largest[:, chosen].max(axis=1)
    return {"households": tally.count(chosen), "amount": amount * money, "largest": largest * money}


def _hidden(rows: Array) -> set[str]:
    """The hidden cells of one line of a table of A, B and both, by name: both are all the eligible."""
    return set(compress(("A", "B", ELIGIBLE), rows))


def _intervals(standing: Standing, groups: Sequence[Groups], drawn: Draws) -> Iterator[Array]:
    """By column, the ends of the intervals of the rate and of the total of each group, shape (groups, 4); NaN for what is not money."""
    rows = np.flatnonzero(standing.of(*DUE_TO_THEM))
    values = (standing.of(*OF_CELL["B"])[rows], np.ones(len(rows)), standing.unclaimed[rows])
    for lost, eligible, total in drawn.among(rows).totals(*values, groups=[each.of_some(rows) for each in groups]):
        shares = np.divide(lost, eligible, out=np.full(lost.shape, np.nan), where=eligible > 0)
        ends = np.percentile(total, ENDS, axis=1).T
        yield np.column_stack([_ends(shares), ends if standing.card.unit == "EUR" else np.full(ends.shape, np.nan)])


def _ends(drawn: Array) -> Array:
    """The ends of the 95 % interval of each line, shape (lines, 2); draws without a value are left out."""
    known = ~np.isnan(drawn)
    found = np.full((len(drawn), 2), np.nan)
    full = known.all(axis=1)
    found[full] = np.percentile(drawn[full], ENDS, axis=1).T if full.any() else found[full]
    for line in np.flatnonzero(~full & known.any(axis=1)):
        found[line] = np.percentile(drawn[line][known[line]], ENDS)
    return found
