"""Non-take-up, benefit by benefit: who is eligible, who receives, and what goes unclaimed.

Each household is in one cell of each benefit:

=====  ==========================================================================
``A``  eligible, receives
``B``  eligible, does not receive: what goes unclaimed
``C``  not eligible as computed, receives all the same
``D``  not eligible, does not receive
``E``  nobody said whether it receives: unknown receipt is not non-receipt
``F``  its eligibility cannot be told with what was answered
=====  ==========================================================================

Eligible means surely due: granted, or due in every case although the amount depends on answers; then the lowest amount counts. The rate
of non-take-up is B / (A + B), in households or in euros. These figures say nothing of what benefits do to one another: they do not add
up, and ``package`` has the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.profiles import label
from tznr_rules.analysts.sample import STRATUM, WEIGHT, Outcomes
from tznr_rules.analysts.weighted import held_by_the_top, mean, quantiles, ratio
from tznr_rules.batch import GRANTED, NOT_MODELLED, UNDETERMINED
from tznr_rules.catalogue import Card
from tznr_rules.interactions import label_of

Array = NDArray[Any]
Section = Literal["monthly", "yearly", "once", "in_kind", "discretionary", "for_everyone", "automatic", "not_paid"]

SECTIONS: dict[Section, str] = {
    "monthly": "Aides versées chaque mois",
    "yearly": "Aides versées chaque année",
    "once": "Aides versées une seule fois",
    "in_kind": "Droits en nature et réductions",
    "discretionary": "Aides décidées au cas par cas",
    "for_everyone": "Droits sans condition de ressources",
    "automatic": "Droits accordés sans demande",
    "not_paid": "Avantages qui ne sont pas versés au foyer",
}
CELLS = {
    "A": "A droit et reçoit",
    "B": "A droit et ne reçoit pas",
    "C": "Reçoit, mais le calcul ne trouve pas de droit",
    "D": "N'a pas droit et ne reçoit pas",
    "E": "On ne sait pas si le foyer reçoit",
    "F": "On ne peut pas dire si le foyer a droit",
}
NOT_KNOWN = ""  # the cell of a benefit that the law of the month does not know
EVERYONE = "ensemble"
BINS = (0.0, 15.0, 50.0, 150.0, 300.0, 600.0)  # EUR, the last one open; 15 is what the prime d'activité is not paid under
SAME_AMOUNT, SAME_SHARE = 5.0, 0.05  # a recipient paid less than what is due by more than both is paid in part
UNITS = {"monthly": "EUR/mois", "yearly": "EUR/mois", "once": "EUR"}
MOST_RIGHTS = 3


@dataclass(frozen=True)
class TakeUp:
    """A sample, and the cell of each household for each benefit: arrays of a row per household and a column per card.

    ``cell``: a letter, or ``NOT_KNOWN``. ``due``: whether the benefit is surely due. ``unclaimed``: what is surely due and not received,
    of the households of B; 0 for the others. ``least`` and ``most`` bound it whatever the missing answers and the unknown receipts.
    ``entitled``: what is surely due to A and B. ``underpaid``: what the households of A are paid less than is due. All amounts are in
    EUR a month (a yearly amount is shared out), or in EUR for what is paid once; a right counts 1, a reduction its percentage.
    """

    outcomes: Outcomes
    materiality: float
    cell: Array
    due: Array
    unclaimed: Array
    least: Array
    most: Array
    entitled: Array
    underpaid: Array

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.outcomes.results.cards

    @property
    def index(self) -> "pd.Index[Any]":
        return self.outcomes.sample.about.index

    @property
    def weights(self) -> Array:
        return self.outcomes.sample.about[WEIGHT].to_numpy(float)

    @property
    def strata(self) -> Array | None:
        about = self.outcomes.sample.about
        return about[STRATUM].to_numpy() if STRATUM in about else None

    def column(self, benefit: str) -> int:
        return next(at for at, card in enumerate(self.cards) if card.id == benefit)

    def table(self) -> pd.DataFrame:
        """The cell of each household (rows) for each benefit (columns)."""
        return pd.DataFrame(self.cell, index=self.index, columns=[card.id for card in self.cards])


def section(card: Card) -> Section:
    """With which other benefits one may be shown: those of different sections are never added up."""
    if card.discretionary:
        return "discretionary"
    if card.for_everyone:
        return "for_everyone"
    if card.unit != "EUR":
        return "automatic" if card.automatic else "in_kind"
    if not card.in_total:
        return "not_paid"
    return "automatic" if card.automatic else card.periodicity.value


def take_up(outcomes: Outcomes, *, materiality: float = 0.0) -> TakeUp:
    """Sort the households of a sample by eligibility and receipt.

    Args:
        materiality: EUR a month (EUR for what is paid once) under which an amount due and not received is not counted as unclaimed:
            the household is then in D. An amount of exactly that much counts.
    """
    results = outcomes.results
    euros = np.array([card.unit == "EUR" for card in results.cards])
    scale = np.array([1 / 12 if card.periodicity == "yearly" and card.unit == "EUR" else 1.0 for card in results.cards])
    low, high, received = (np.asarray(each, float) * scale for each in (results.low, results.high, results.received))
    modelled = results.status != NOT_MODELLED
    low, high = np.where(modelled, low, 0.0), np.where(modelled, high, 0.0)
    told, receives = ~np.isnan(received), received > 0
    due = (results.status == GRANTED) | ((results.status == UNDETERMINED) & results.exact & (low > 0))
    in_doubt = (results.status == UNDETERMINED) & ~due
    due, in_doubt = _without_excluded(results.cards, due, in_doubt, low, np.where(told, received, 0.0))
    small = euros & (low < materiality)
    cell = np.select(
        [~modelled, in_doubt, ~told, due & receives, due & ~small, ~due & receives], [NOT_KNOWN, "F", "E", "A", "B", "C"], default="D"
    )
    unclaimed = np.where(cell == "B", low, 0.0)
    high_enough = np.where(euros & (high < materiality), 0.0, high)
    open_ended = ((cell == "E") & due) | ((cell == "F") & ~receives)
    gap = np.where((cell == "A") & euros, low - received, 0.0)
    return TakeUp(
        outcomes=outcomes,
        materiality=materiality,
        cell=cell,
        due=due & modelled,
        unclaimed=unclaimed,
        least=unclaimed,
        most=np.where(cell == "B", np.maximum(high, low), np.where(open_ended, high_enough, 0.0)),
        entitled=np.where(np.isin(cell, ("A", "B")), low, 0.0),
        underpaid=np.where(gap > np.maximum(SAME_AMOUNT, SAME_SHARE * low), gap, 0.0),
    )


def _without_excluded(cards: Sequence[Card], due: Array, in_doubt: Array, low: Array, received: Array) -> tuple[Array, Array]:
    """Of two amounts that the law does not pay together, the one received, unless the other is larger; else the larger due."""
    due, in_doubt = due.copy(), in_doubt.copy()
    at = {card.id: column for column, card in enumerate(cards)}
    pairs = [(at[card.id], at[other]) for card in cards for other in card.not_with if other in at]
    held = np.maximum(received, np.where(due, low, 0.0))
    for one, other in pairs:
        if {cards[one].unit, cards[other].unit} != {"EUR"} or cards[one].periodicity != cards[other].periodicity:
            continue
        for lost, kept in ((one, other), (other, one)):
            instead = (received[:, lost] == 0) & (held[:, kept] > 0) & (held[:, kept] >= low[:, lost]) & (due | in_doubt)[:, lost]
            instead &= (received[:, kept] > 0) | (held[:, kept] > low[:, lost]) | (lost > kept)
            due[instead, lost] = False
            in_doubt[instead & (received[:, kept] > 0), lost] = False
    return due, in_doubt


def counts(take: TakeUp) -> pd.DataFrame:
    """The eligibility by receipt table: one row per benefit and cell.

    Columns ``benefit``, ``label``, ``section``, ``cell``, ``meaning``, ``households`` (unweighted) and ``weighted``.
    """
    rows = [
        {"benefit": card.id, "label": label_of(card.id), "section": section(card), "cell": cell, "meaning": meaning}
        | {"households": int(held.sum()), "weighted": float(take.weights[held].sum())}
        for column, card in enumerate(take.cards)
        if (take.cell[:, column] != NOT_KNOWN).any()
        for cell, meaning in CELLS.items()
        for held in [take.cell[:, column] == cell]
    ]
    return pd.DataFrame(rows)


def summary(take: TakeUp) -> pd.DataFrame:
    """One row per benefit that the law of the month knows, with the columns of :func:`figures` after its id, label and section."""
    known = [column for column in range(len(take.cards)) if (take.cell[:, column] != NOT_KNOWN).any()]
    everyone = np.ones(len(take.index), dtype=bool)
    return pd.DataFrame([_named(take.cards[column]) | figures(take, column, everyone) for column in known])


def breakdown(take: TakeUp, by: "pd.Series[Any]", benefits: Sequence[str] | None = None) -> pd.DataFrame:
    """The figures of benefits by group of households, then of everyone.

    Args:
        by: the group of each household, by household: a column of the profiles or of ``Sample.about``. A group not known is shown last,
            as ``non connu``, so that the groups always make up everyone.
        benefits: ids; default: all of those that the law of the month knows.

    Returns:
        One row per benefit and group; ``by`` its name, ``group`` the category (``EVERYONE`` in the margin), ``group_label`` in French.
    """
    name = str(by.name)
    wanted = take.cards if benefits is None else [take.cards[take.column(benefit)] for benefit in benefits]
    everyone = np.ones(len(take.index), dtype=bool)
    groups = [*((group, label(name, group), held) for group, held in groups_of(by, take.index)), (EVERYONE, "Ensemble", everyone)]
    return pd.DataFrame(
        [
            {**_named(card), "by": name, "group": group, "group_label": shown, **figures(take, take.column(card.id), held)}
            for card in wanted
            if (take.cell[:, take.column(card.id)] != NOT_KNOWN).any()
            for group, shown, held in groups
        ]
    )


def groups_of(by: "pd.Series[Any]", index: "pd.Index[Any]") -> list[tuple[Any, Array]]:
    """The groups of a column that are not empty, in order, and who is in each; together they are everyone.

    Raises:
        ValueError: a group bears the name of the margin.
    """
    values = by.reindex(index)
    if (values == EVERYONE).any():
        raise ValueError(f"{by.name}: '{EVERYONE}' is the name of the margin. Give that group another name.")
    order = list(values.cat.categories) if isinstance(values.dtype, pd.CategoricalDtype) else sorted(values.dropna().unique())
    found = [(group, (values == group).to_numpy(dtype=bool)) for group in order]
    return [(group, held) for group, held in [*found, ("non connu", values.isna().to_numpy(dtype=bool))] if held.any()]


def figures(take: TakeUp, column: int, among: Array) -> dict[str, Any]:
    """The figures of one benefit among some households.

    Unweighted counts: ``eligible`` (A + B), ``recipients`` (A), ``non_recipients`` (B), ``not_due`` (C), ``neither`` (D),
    ``receipt_unknown`` (E), ``undetermined`` (F); the first three weighted too, as ``weighted_*``. ``rate`` and ``rate_in_euros`` are
    shares, from 0 to 1; ``not_due_share`` is C / (A + C), what the computation misses among recipients. ``per_month``, ``per_year`` and
    ``once`` are weighted sums of what goes unclaimed; twelve times the month asked is a year, which supposes that it lasts. ``mean``,
    ``q1``, ``median``, ``q3`` are over B, in ``unit``; ``top_tenth`` is the share that the tenth of B with the largest amounts holds.
    ``partial`` and ``partial_amount`` are the households of A paid less than is due, and by how much. ``largest``, ``amount``: the largest
    amount of one household of B and their sum, unweighted, for the rule of dominance; never to be shown. A right in kind has counts and a
    rate only.
    """
    card, weights = take.cards[column], take.weights
    part = section(card)
    held = {cell: among & (take.cell[:, column] == cell) for cell in CELLS}
    lost, paid = held["B"], held["A"]
    weigh = {cell: float(weights[who].sum()) for cell, who in held.items()}
    found: dict[str, Any] = {
        "eligible": int(paid.sum() + lost.sum()),
        "recipients": int(paid.sum()),
        "non_recipients": int(lost.sum()),
        "not_due": int(held["C"].sum()),
        "neither": int(held["D"].sum()),
        "receipt_unknown": int(held["E"].sum()),
        "undetermined": int(held["F"].sum()),
        "weighted_eligible": weigh["A"] + weigh["B"],
        "weighted_recipients": weigh["A"],
        "weighted_non_recipients": weigh["B"],
        "rate": ratio(weigh["B"], weigh["A"] + weigh["B"]),
        "not_due_share": ratio(weigh["C"], weigh["A"] + weigh["C"]),
        "unit": UNITS.get(card.periodicity.value, "EUR") if card.unit == "EUR" else card.unit,
    }
    amounts = ("rate_in_euros", "per_month", "per_year", "once", "mean", "q1", "median", "q3", "top_tenth", "partial_amount")
    found |= dict.fromkeys(amounts, float("nan")) | {"partial": 0, "largest": 0.0, "amount": 0.0}
    if card.unit != "EUR":
        return found
    mine, own = take.unclaimed[lost, column], weights[lost]
    total, gaps = float(own @ mine), take.underpaid[:, column] * among
    quarters = quantiles(mine, own, (0.25, 0.5, 0.75))
    found |= {"once": total} if part == "once" or card.periodicity == "once" else {"per_month": total, "per_year": 12 * total}
    return found | {
        "rate_in_euros": ratio(total, float((weights * among) @ take.entitled[:, column])),
        "mean": mean(mine, own),
        **dict(zip(("q1", "median", "q3"), map(float, quarters), strict=True)),
        "top_tenth": held_by_the_top(mine, own),
        "partial": int((gaps > 0).sum()),
        "partial_amount": float(weights @ gaps),
        "largest": float(mine.max(initial=0.0)),
        "amount": float(mine.sum()),
    }


def histogram(take: TakeUp, benefit: str, bins: Sequence[float] = BINS) -> pd.DataFrame:
    """How many households leave how much unclaimed: one row per bin, from ``low`` (included) to ``high`` (excluded, the last is open).

    Columns ``low``, ``high`` (EUR a month, or EUR for what is paid once), ``households`` and ``weighted``.
    """
    column = take.column(benefit)
    lost = take.cell[:, column] == "B"
    mine, own = take.unclaimed[lost, column], take.weights[lost]
    rows = []
    for low, high in zip(bins, (*bins[1:], float("inf")), strict=True):
        within = (mine >= low) & (mine < high)
        rows.append({"low": low, "high": high, "households": int(within.sum()), "weighted": float(own[within].sum())})
    return pd.DataFrame(rows)


def missing_rights(take: TakeUp, sections: Sequence[Section] = ("monthly", "yearly", "once", "in_kind")) -> "pd.Series[int]":
    """How many rights of some sections each household is due and does not receive."""
    chosen = [column for column, card in enumerate(take.cards) if section(card) in sections]
    return pd.Series((take.cell[:, chosen] == "B").sum(axis=1), index=take.index, name="missing_rights")


def rights_table(
    take: TakeUp, sections: Sequence[Section] = ("monthly", "yearly", "once", "in_kind"), *, most: int = MOST_RIGHTS
) -> pd.DataFrame:
    """The households that lack no right, one, two, three or more (``most`` says from how many they are put together).

    Columns ``rights`` (``0``, ``1``, ``2``, ``3 ou plus``), ``households``, ``weighted`` and ``share`` (of the weight, from 0 to 1).
    """
    lacking, weights = missing_rights(take, sections).to_numpy(), take.weights
    rows = []
    for rights in range(most + 1):
        held = lacking >= rights if rights == most else lacking == rights
        shown = f"{rights} ou plus" if rights == most else str(rights)
        weighted = float(weights[held].sum())
        rows.append({"rights": shown, "households": int(held.sum()), "weighted": weighted, "share": ratio(weighted, weights.sum())})
    return pd.DataFrame(rows)


def rate_bounds(take: TakeUp, benefit: str, weights: Array | None = None) -> tuple[float, float]:
    """The least and the most that the rate may be, whatever the answers not given and the receipts not told."""
    column, weights = take.column(benefit), take.weights if weights is None else weights
    cell, due = take.cell[:, column], take.due[:, column]
    received = take.outcomes.results.received[:, column]
    paid, lost = (float(weights[cell == each].sum()) for each in "AB")
    unsaid = (cell == "E") & due
    in_doubt = cell == "F"
    may_be_paid = float(weights[unsaid | (in_doubt & ~(received == 0))].sum())
    may_be_lost = float(weights[unsaid | (in_doubt & ~(received > 0))].sum())
    return ratio(lost, paid + lost + may_be_paid), ratio(lost + may_be_lost, paid + lost + may_be_lost)


def _named(card: Card) -> dict[str, Any]:
    return {"benefit": card.id, "label": label_of(card.id), "section": section(card)}
