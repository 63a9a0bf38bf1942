"""What may leave the house: the tables of take-up, of the package and of poverty, with their intervals and without secrets.

Everything here is a data frame in which a hidden figure is ``s``. The tables of ``take_up`` and ``package`` are for the machine that
computes; they are never to be shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.package import Package
from tznr_rules.analysts.privacy import (
    DOMINANCE,
    SECRET,
    THRESHOLD,
    Table,
    check_threshold,
    deciles_allowed,
    merge_bins,
    protect,
)
from tznr_rules.analysts.profiles import label
from tznr_rules.analysts.sample import STRATUM, WEIGHT
from tznr_rules.analysts.take_up import (
    BINS,
    EVERYONE,
    MOST_RIGHTS,
    NOT_KNOWN,
    TakeUp,
    figures,
    groups_of,
    histogram,
    rate_bounds,
    rights_table,
    section,
)
from tznr_rules.analysts.uncertainty import LEVEL, REPLICATES, SEED, Draws
from tznr_rules.analysts.weighted import ratio
from tznr_rules.interactions import label_of

Array = NDArray[Any]
ELIGIBLE = "eligible"
COUNTS = {"A": "recipients", "B": "non_recipients", "C": "not_due", "D": "neither", "E": "receipt_unknown", "F": "undetermined"}
OF_A = ("weighted_recipients",)
OF_B = ("weighted_non_recipients", "per_month", "per_year", "once", "mean", "q1", "median", "q3", "total_low", "total_high")
OF_ELIGIBLE = ("eligible", "weighted_eligible")
OF_BOTH = ("rate", "rate_low", "rate_high", "rate_in_euros")
OF_PART = ("partial", "partial_amount")
OF_MISSING = ("rate_least", "rate_most", "total_least", "total_most")
OF_C = ("not_due_share",)
OUTSIDE = (*(COUNTS[cell] for cell in "CDEF"), *OF_C, *OF_PART)
TENTHS = ("top_tenth",)
ENDS = (100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2)


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
    take: TakeUp,
    by: Sequence["pd.Series[Any]"] = (),
    benefits: Sequence[str] | None = None,
    *,
    bins: Sequence[float] = BINS,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Published:
    """The tables of take-up that may be shown, protected together, benefit by benefit.

    Args:
        by: the columns to break down by, of the profiles or of ``Sample.about``; all that will ever be shown, or differencing is possible.
        benefits: ids; default: all that the law of the month knows.
        bins: of the histograms, in EUR a month (EUR for what is paid once).
        threshold, reason: see ``privacy.protect``.

    Raises:
        SecrecyError: the threshold is too low.
    """
    check_threshold(threshold, reason)
    drawn = Draws.of(take.weights, take.strata, replicates, seed)
    known = [card.id for card in take.cards if (take.cell[:, take.column(card.id)] != NOT_KNOWN).any()]
    rows: list[dict[str, Any]] = []
    broken: dict[str, list[dict[str, Any]]] = {str(each.name): [] for each in by}
    histograms: dict[str, pd.DataFrame] = {}
    suppressed = 0
    everyone = np.ones(len(take.index), dtype=bool)
    groups = {str(each.name): [*groups_of(each, take.index), (EVERYONE, everyone)] for each in by}
    for benefit in known if benefits is None else benefits:
        column = take.column(benefit)
        tables = [_by_eligibility(take, column), _by_receipt(take, column), *(_by_group(take, column, *each) for each in groups.items())]
        shown = protect(
            tables,
            threshold=threshold,
            reason=reason,
            spared={(benefit, "A"), (benefit, "B"), (benefit, ELIGIBLE)},
            shown_if_empty={(benefit, "E"), (benefit, "F")},
        )
        suppressed += sum(each.suppressed for each in shown)
        named = {"benefit": benefit, "label": label_of(benefit), "section": section(take.cards[column])}
        secret = set(shown[0].frame[benefit][shown[0].hidden]) | _cells(shown[1].frame[benefit][shown[1].hidden])
        rows.append(named | _row(take, column, everyone, secret, drawn, threshold, whole=True))
        if "B" not in secret and take.cards[column].unit == "EUR":
            histograms[benefit] = merge_bins(histogram(take, benefit, bins), threshold=threshold, reason=reason)
        for name, protected in zip(groups, shown[2:], strict=True):
            hidden = protected.frame[protected.hidden]
            secrets = list(zip(hidden[name], hidden[benefit], strict=True))
            for group, held in groups[name]:
                seen = "Ensemble" if group is EVERYONE else label(name, group)
                secret = _cells(cell for kind, cell in secrets if kind == group)
                found = _row(take, column, held, secret, drawn, threshold, whole=False)
                broken[name].append({**named, "by": name, "group": group, "group_label": seen, **found})
    frames = {name: pd.DataFrame(each) for name, each in broken.items()}
    return Published(pd.DataFrame(rows), frames, histograms, threshold, reason, suppressed, replicates, seed)


def publish_rights(take: TakeUp, *, threshold: int = THRESHOLD, reason: str | None = None) -> pd.DataFrame:
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
    shares = {name: found.shapley[name].to_numpy(float) for name in frame["benefit"]}

    def reveals(names: Sequence[str]) -> bool:
        parts = [shares[name] for name in names]
        concerned = np.any([each != 0 for each in parts], axis=0)
        held = np.abs(np.sum(parts, axis=0))
        return bool(concerned.sum() < threshold or held.max() > DOMINANCE * held.sum())

    hidden = [name for name in frame["benefit"] if reveals([name])]
    waiting = sorted((name for name in frame["benefit"] if name not in hidden), key=lambda name: int((shares[name] != 0).sum()))
    while hidden and waiting and (len(hidden) == 1 or reveals(hidden)):
        hidden.append(waiting.pop(0))
    gains = found.households["gain"].to_numpy(float)
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
) -> pd.DataFrame:
    """The package by group of households, without secrets; the margin comes last.

    Args:
        by: the group of each household, by household.

    Returns:
        Columns ``by``, ``group``, ``group_label``, ``households`` (unweighted, those that would claim something), ``per_month``,
        ``per_year``, ``mean`` (EUR a month for each of them), ``low`` and ``high`` (95 % interval of ``per_month``).

    Raises:
        SecrecyError: the threshold is too low.
    """
    name, about = str(by.name), found.sample.about
    weights, gains = about[WEIGHT].to_numpy(float), found.households["gain"].to_numpy(float)
    claiming = (found.households["claims"] > 0).to_numpy(dtype=bool)
    drawn = Draws.of(weights, about[STRATUM].to_numpy() if STRATUM in about else None, replicates, seed)
    rows = []
    for group, held in [*groups_of(by, about.index), (EVERYONE, np.ones(len(gains), dtype=bool))]:
        who = held & claiming
        total, sizes = float(weights @ (gains * who)), np.abs(gains[who])
        low, high = np.percentile(drawn @ (gains * who), ENDS)
        row = {"by": name, "group": group, "group_label": "Ensemble" if group == EVERYONE else label(name, group)}
        row |= {"households": int(who.sum()), "per_month": total, "per_year": 12 * total, "mean": ratio(total, float(weights[who].sum()))}
        rows.append(row | {"low": low, "high": high, "amount": sizes.sum(), "largest": sizes.max(initial=0.0)})
    shown = ("per_month", "per_year", "mean", "low", "high")
    table = Table(pd.DataFrame(rows), ("group",), figures=shown, amount="amount", largest="largest")
    return protect([table], threshold=threshold, reason=reason)[0].frame


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


def _by_eligibility(take: TakeUp, column: int) -> Table:
    """The households by cell, A and B together, with what each holds of money."""
    benefit, cell = take.cards[column].id, take.cell[:, column]
    parts = {ELIGIBLE: np.isin(cell, ("A", "B")), **{each: cell == each for each in "CDEF"}}
    rows = [{benefit: name, **_held(take, column, held)} for name, held in parts.items()]
    rows.append({benefit: EVERYONE, "households": len(cell), "amount": 0.0, "largest": 0.0})
    return Table(pd.DataFrame(rows), (benefit,), amount="amount", largest="largest")


def _by_receipt(take: TakeUp, column: int) -> Table:
    """The eligible households: A and B, and both."""
    benefit, cell = take.cards[column].id, take.cell[:, column]
    parts = {"A": cell == "A", "B": cell == "B", EVERYONE: np.isin(cell, ("A", "B"))}
    rows = [{benefit: name, **_held(take, column, held)} for name, held in parts.items()]
    return Table(pd.DataFrame(rows), (benefit,), amount="amount", largest="largest", whole={benefit: ELIGIBLE})


def _by_group(take: TakeUp, column: int, name: str, groups: Sequence[tuple[Any, Array]]) -> Table:
    """The eligible households by group and receipt."""
    benefit = take.cards[column].id
    rows = []
    for group, held in groups:
        for cell in ("A", "B", EVERYONE):
            of_cell = np.isin(take.cell[:, column], ("A", "B") if cell == EVERYONE else (cell,))
            rows.append({name: group, benefit: cell, **_held(take, column, held & of_cell)})
    return Table(pd.DataFrame(rows), (name, benefit), amount="amount", largest="largest", whole={benefit: ELIGIBLE})


def _held(take: TakeUp, column: int, among: Array) -> dict[str, Any]:
    money = take.entitled[:, column] + np.where(np.isin(take.cell[:, column], ("E", "F")), take.most[:, column], 0.0)
    mine = money[among] if take.cards[column].unit == "EUR" else np.zeros(0)
    return {"households": int(among.sum()), "amount": float(mine.sum()), "largest": float(mine.max(initial=0.0))}


def _cells(categories: Iterable[Any]) -> set[str]:
    """Hidden cells by name; in a table of A and B, the margin is all the eligible."""
    return {ELIGIBLE if each == EVERYONE else str(each) for each in categories}


def _row(
    take: TakeUp, column: int, among: Array, secret: set[str], drawn: Draws, threshold: int, *, whole: bool
) -> dict[str, Any]:
    """The figures of a benefit among some households, with their intervals, those of hidden cells replaced."""
    benefit = take.cards[column].id
    found = figures(take, column, among)
    found |= _intervals(take, column, among, drawn)
    lost = found["non_recipients"]
    closed: list[str] = [COUNTS[cell] for cell in COUNTS if cell in secret]
    closed += OF_A if "A" in secret else ()
    closed += OF_B if "B" in secret else ()
    closed += OF_ELIGIBLE if ELIGIBLE in secret else ()
    closed += OF_BOTH if secret & {"A", "B", ELIGIBLE} else ()
    closed += TENTHS if "B" in secret or not deciles_allowed(lost, threshold) else ()
    closed += OF_C if secret & {"A", "C"} else ()
    partly = found["partial"]
    closed += OF_PART if "A" in secret or partly < threshold or found["recipients"] - partly < threshold else ()
    if whole:
        least, most = rate_bounds(take, benefit)
        found |= {"rate_least": least, "rate_most": most}
        found |= {f"total_{end}": float(take.weights @ getattr(take, end)[:, column]) for end in ("least", "most")}
        closed += OF_MISSING if secret & {"A", "B", "E", "F"} else ()
    else:  # the counts of a group of which no sum was protected
        closed = [name for name in closed if name not in OUTSIDE]
        found = {name: value for name, value in found.items() if name not in OUTSIDE}
    for name in ("largest", "amount"):
        del found[name]
    return {name: SECRET if name in closed else value for name, value in found.items()}


def _intervals(take: TakeUp, column: int, among: Array, drawn: Draws) -> dict[str, float]:
    """The 95 % intervals of the rate and of the total, from the draws of the whole sample."""
    cell = take.cell[:, column]
    lost, eligible = drawn @ ((cell == "B") & among), drawn @ (np.isin(cell, ("A", "B")) & among)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(eligible > 0, lost / eligible, np.nan)
    total = np.percentile(drawn @ (take.unclaimed[:, column] * among), ENDS)
    rate = np.percentile(shares[~np.isnan(shares)], ENDS) if (~np.isnan(shares)).any() else (np.nan, np.nan)
    total = total if take.cards[column].unit == "EUR" else np.full(2, np.nan)
    ends_of = zip(("rate_low", "rate_high", "total_low", "total_high"), (*rate, *total), strict=True)
    return {name: float(end) for name, end in ends_of}
