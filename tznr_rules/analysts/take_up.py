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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from tznr_rules.analysts.groups import Groups, Tally
from tznr_rules.analysts.sample import Outcomes
from tznr_rules.analysts.standings import (
    A_IN_PART,
    D_SMALL,
    E_DUE,
    ELIGIBLE,
    F_NOTHING,
    F_PAID,
    LETTERS,
    NOT_KNOWN,
    OF_CELL,
    A,
    Array,
    B,
    C,
    D,
    E,
    F,
    Standing,
    Standings,
    among,
)
from tznr_rules.analysts.weighted import Spread, ratio
from tznr_rules.batch import GRANTED, NOT_MODELLED, UNDETERMINED
from tznr_rules.catalogue import Card
from tznr_rules.interactions import label_of

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
BINS = (0.0, 15.0, 50.0, 150.0, 300.0, 600.0)  # EUR, the last one open; 15 is what the prime d'activité is not paid under
SAME_AMOUNT, SAME_SHARE = 5.0, 0.05  # a recipient paid less than what is due by more than both is paid in part
UNITS = {"monthly": "EUR/mois", "yearly": "EUR/mois", "once": "EUR"}
MOST_RIGHTS = 3


@dataclass(frozen=True)
class TakeUp(Standings):
    """A sample, and where each household stands for each benefit: arrays of a row per household and a column per card.

    ``code``: of ``standings``. ``unclaimed``: what is surely due and not received, of the households of B; 0 for the others. ``least`` and
    ``most`` bound it whatever the missing answers and the unknown receipts. ``entitled``: what is surely due to A and B. ``underpaid``:
    what the households of A are paid less than is due. All amounts are in EUR a month (a yearly amount is shared out), or in EUR for what
    is paid once; a right counts 1, a reduction its percentage.
    """

    code: Array
    most: Array
    entitled: Array
    underpaid: Array

    @property
    def unclaimed(self) -> Array:
        return np.where(self.code == B, self.entitled, 0.0)

    @property
    def cell(self) -> Array:
        """The letter of the cell, empty when the law of the month does not know the benefit."""
        return np.asarray(LETTERS[self.code])

    @property
    def least(self) -> Array:
        return self.unclaimed

    def standing(self, column: int) -> Standing:
        amounts = (each[:, column] for each in (self.entitled, self.most, self.underpaid))
        return Standing(self.cards[column], self.code[:, column], *amounts)

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
    euros, scale = np.array([card.unit == "EUR" for card in results.cards]), by_month(results.cards)
    low, high, received = (np.asarray(each, float) * scale for each in (results.low, results.high, results.received))
    modelled = results.status != NOT_MODELLED
    low, high = np.where(modelled, low, 0.0), np.where(modelled, high, 0.0)
    told, receives = ~np.isnan(received), received > 0
    due = (results.status == GRANTED) | ((results.status == UNDETERMINED) & results.exact & (low > 0))
    in_doubt = (results.status == UNDETERMINED) & ~due
    due, in_doubt = _without_excluded(results.cards, due, in_doubt, low, np.where(told, received, 0.0))
    small = euros & (low < materiality)
    gap = low - received
    in_part = euros & receives & (gap > np.maximum(SAME_AMOUNT, SAME_SHARE * low))
    kinds = {
        NOT_KNOWN: ~modelled,
        F_PAID: in_doubt & receives,
        F_NOTHING: in_doubt & told,
        F: in_doubt,
        E_DUE: ~told & due,
        E: ~told,
        A_IN_PART: due & in_part,
        A: due & receives,
        D_SMALL: due & small,
        B: due,
        C: receives,
    }
    code = np.select(list(kinds.values()), list(kinds), default=D).astype(np.uint8)
    high_enough = np.where(euros & (high < materiality), 0.0, high)
    return TakeUp(
        outcomes=outcomes,
        code=code,
        most=np.where(code == B, np.maximum(high, low), np.where(among(code, (E_DUE, F, F_NOTHING)), high_enough, 0.0)),
        entitled=np.where(among(code, ELIGIBLE), low, 0.0),
        underpaid=np.where(code == A_IN_PART, gap, 0.0),
    )


def by_month(cards: Sequence[Card]) -> Array:
    """What the amounts of each benefit are multiplied by: those in EUR a year are shared out by month."""
    return np.array([1 / 12 if card.periodicity == "yearly" and card.unit == "EUR" else 1.0 for card in cards])


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


def counts(take: Standings) -> pd.DataFrame:
    """The eligibility by receipt table: one row per benefit and cell.

    Columns ``benefit``, ``label``, ``section``, ``cell``, ``meaning``, ``households`` (unweighted) and ``weighted``.
    """
    everyone = Groups.everyone(len(take.index))
    tallies = [(each.card, Tally.of(each, take.weights, everyone)) for each in _known(take)]
    rows = [
        {"benefit": card.id, "label": label_of(card.id), "section": section(card), "cell": cell, "meaning": meaning}
        | {"households": int(tally.count(OF_CELL[cell])[0]), "weighted": float(tally.weigh(OF_CELL[cell])[0])}
        for card, tally in tallies
        for cell, meaning in CELLS.items()
    ]
    return pd.DataFrame(rows)


def summary(take: Standings) -> pd.DataFrame:
    """One row per benefit that the law of the month knows, with the columns of :func:`figures` after its id, label and section."""
    everyone = Groups.everyone(len(take.index))
    return pd.DataFrame([_named(each.card) | figures_by(each, take.weights, everyone)[0] for each in _known(take)])


def breakdown(take: Standings, by: "pd.Series[Any]", benefits: Sequence[str] | None = None) -> pd.DataFrame:
    """The figures of benefits by group of households, then of everyone.

    Args:
        by: the group of each household, by household: a column of the profiles or of ``Sample.about``. A group not known is shown last,
            as ``non connu``, so that the groups always make up everyone.
        benefits: ids; default: all of those that the law of the month knows.

    Returns:
        One row per benefit and group; ``by`` its name, ``group`` the category (``EVERYONE`` in the margin), ``group_label`` in French.
    """
    groups, everyone = Groups.of(by, take.index), Groups.everyone(len(take.index))
    return pd.DataFrame(
        [
            {**_named(each.card), "by": groups.name, "group": group, "group_label": groups.label(group), **found}
            for each in _known(take, benefits)
            for parts in (groups, everyone)
            for group, found in zip(parts.ids, figures_by(each, take.weights, parts), strict=True)
        ]
    )


def _known(take: Standings, benefits: Sequence[str] | None = None) -> list[Standing]:
    """Each benefit that the law of the month knows."""
    columns = range(len(take.cards)) if benefits is None else [take.column(benefit) for benefit in benefits]
    return [each for each in map(take.standing, columns) if each.known]


def figures(take: Standings, column: int, held: Array) -> dict[str, Any]:
    """The figures of one benefit among some households; see :func:`figures_by`."""
    return figures_by(take.standing(column), take.weights, Groups("", (True, False), np.where(held, 0, 1)))[0]


def figures_by(standing: Standing, weights: Array, groups: Groups, tally: Tally | None = None) -> list[dict[str, Any]]:
    """The figures of one benefit in each group of households.

    Unweighted counts: ``eligible`` (A + B), ``recipients`` (A), ``non_recipients`` (B), ``not_due`` (C), ``neither`` (D),
    ``receipt_unknown`` (E), ``undetermined`` (F); the first three weighted too, as ``weighted_*``. ``rate`` and ``rate_in_euros`` are
    shares, from 0 to 1; ``not_due_share`` is C / (A + C), what the computation misses among recipients. ``per_month``, ``per_year`` and
    ``once`` are weighted sums of what goes unclaimed; twelve times the month asked is a year, which supposes that it lasts. ``mean``,
    ``q1``, ``median``, ``q3`` are over B, in ``unit``; ``top_tenth`` is the share that the tenth of B with the largest amounts holds.
    ``partial`` and ``partial_amount`` are the households of A paid less than is due, and by how much. ``largest``, ``amount``: the largest
    amount of one household of B and their sum, unweighted, for the rule of dominance; never to be shown. A right in kind has counts and a
    rate only.
    """
    tally = tally or Tally.of(standing, weights, groups)
    counts = {cell: tally.count(OF_CELL[cell]).tolist() for cell in CELLS}
    weigh = {cell: tally.weigh(OF_CELL[cell]).tolist() for cell in "ABC"}
    found = [
        _counted({cell: counts[cell][at] for cell in CELLS}, {cell: weigh[cell][at] for cell in weigh}, standing.card)
        for at in range(len(groups))
    ]
    if standing.card.unit != "EUR":
        return found
    money = _money(standing, weights, groups)
    for at, (row, spread) in enumerate(zip(found, _spreads(standing, weights, groups), strict=True)):
        total, entitled, gaps = (money[name][at] for name in ("unclaimed", "entitled", "underpaid"))
        once = standing.card.periodicity == "once"
        row |= {"once": total} if once else {"per_month": total, "per_year": 12 * total}
        row |= {"rate_in_euros": ratio(total, entitled), "partial": int(tally.households[at, A_IN_PART]), "partial_amount": gaps}
        row |= {"largest": float(tally.largest[at, B]), "amount": float(tally.money[at, B])} | spread.described()
    return found


def _counted(count: Mapping[str, int], weigh: Mapping[str, float], card: Card) -> dict[str, Any]:
    """The counts and the rate of one benefit in one group; its amounts are yet to be filled."""
    amounts = ("rate_in_euros", "per_month", "per_year", "once", "mean", "q1", "median", "q3", "top_tenth", "partial_amount")
    return {
        "eligible": count["A"] + count["B"],
        "recipients": count["A"],
        "non_recipients": count["B"],
        "not_due": count["C"],
        "neither": count["D"],
        "receipt_unknown": count["E"],
        "undetermined": count["F"],
        "weighted_eligible": weigh["A"] + weigh["B"],
        "weighted_recipients": weigh["A"],
        "weighted_non_recipients": weigh["B"],
        "rate": ratio(weigh["B"], weigh["A"] + weigh["B"]),
        "not_due_share": ratio(weigh["C"], weigh["A"] + weigh["C"]),
        "unit": UNITS.get(card.periodicity.value, "EUR") if card.unit == "EUR" else card.unit,
        **dict.fromkeys(amounts, float("nan")),
        "partial": 0, "largest": 0.0, "amount": 0.0,
    }


def _money(standing: Standing, weights: Array, groups: Groups) -> dict[str, list[float]]:
    """The weighted sum, by group, of what goes unclaimed, of what is due to A and B, and of what is missing to those paid in part."""
    rows = np.flatnonzero(standing.of(*ELIGIBLE))
    code, weighed = groups.code[rows], weights[rows]
    return {
        name: np.bincount(code, weighed * getattr(standing, name)[rows], minlength=len(groups)).tolist()
        for name in ("unclaimed", "entitled", "underpaid")
    }


def _spreads(standing: Standing, weights: Array, groups: Groups) -> list[Spread]:
    """How what goes unclaimed is spread over the households of B of each group."""
    rows = np.flatnonzero(standing.code == B)
    rows = rows[np.lexsort((standing.entitled[rows], groups.code[rows]))]
    ends = np.cumsum(np.bincount(groups.code[rows], minlength=len(groups)))[:-1]
    return [Spread(standing.entitled[mine], weights[mine]) for mine in np.split(rows, ends)]


def histogram(take: Standings, benefit: str, bins: Sequence[float] = BINS) -> pd.DataFrame:
    """How many households leave how much unclaimed: one row per bin, from ``low`` (included) to ``high`` (excluded, the last is open).

    Columns ``low``, ``high`` (EUR a month, or EUR for what is paid once), ``households`` and ``weighted``.
    """
    standing = take.standing(take.column(benefit))
    lost = standing.of(B)
    return in_bins(standing.entitled[lost], take.weights[lost], bins)


def in_bins(amounts: Array, weights: Array, bins: Sequence[float] = BINS) -> pd.DataFrame:
    """Households by amount; those under the first bin are in none. Columns of :func:`histogram`."""
    place = np.searchsorted(bins, amounts, side="right")
    count, weighed = np.bincount(place, minlength=len(bins) + 1), np.bincount(place, weights, minlength=len(bins) + 1)
    return pd.DataFrame({"low": bins, "high": (*bins[1:], np.inf), "households": count[1:], "weighted": weighed[1:]})


def missing_rights(take: Standings, sections: Sequence[Section] = ("monthly", "yearly", "once", "in_kind")) -> "pd.Series[int]":
    """How many rights of some sections each household is due and does not receive."""
    lacking = np.zeros(len(take.index), dtype=int)
    for column, card in enumerate(take.cards):
        if section(card) in sections:
            lacking += take.standing(column).code == B
    return pd.Series(lacking, index=take.index, name="missing_rights")


def rights_table(
    take: Standings, sections: Sequence[Section] = ("monthly", "yearly", "once", "in_kind"), *, most: int = MOST_RIGHTS
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


def rate_bounds(take: Standings, benefit: str) -> tuple[float, float]:
    """The least and the most that the rate may be, whatever the answers not given and the receipts not told."""
    return bounds(Tally.of(take.standing(take.column(benefit)), take.weights, Groups.everyone(len(take.index))))


def bounds(tally: Tally) -> tuple[float, float]:
    """The same, of the only group of a tally."""
    paid, lost = float(tally.weigh((A, A_IN_PART))[0]), float(tally.weigh((B,))[0])
    may_be_paid, may_be_lost = float(tally.weigh((E_DUE, F, F_PAID))[0]), float(tally.weigh((E_DUE, F, F_NOTHING))[0])
    return ratio(lost, paid + lost + may_be_paid), ratio(lost + may_be_lost, paid + lost + may_be_lost)


def _named(card: Card) -> dict[str, Any]:
    return {"benefit": card.id, "label": label_of(card.id), "section": section(card)}
