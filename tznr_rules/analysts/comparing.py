"""Two laws for the same households: who wins, who loses, what it costs, with and without non-take-up; without secrets.

A household is due each benefit in both laws, everything that it told being the same. The difference is what the reform does to it. It
wins when all that is paid to it each month or each year adds up to more; reductions and rights in kind are counted apart, by benefit.

The cost is told twice. *In full*: as if everybody claimed. *As claimed*: who receives today has the difference; who does not claim today
still does not; who is due something for the first time, or did not say whether it receives, claims as often as the recipients of the
sample do among those who are eligible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.groups import EVERYONE, Groups
from tznr_rules.analysts.privacy import DOMINANCE, SECRET, THRESHOLD, Table, check_threshold, protect
from tznr_rules.analysts.reduction import Entries
from tznr_rules.analysts.standings import ELIGIBLE, OF_CELL, RECEIPT_NOT_TOLD, RECEIVES, Array, B, Standing, Standings
from tznr_rules.analysts.take_up import section
from tznr_rules.analysts.uncertainty import ENDS, REPLICATES, SEED, Draws
from tznr_rules.analysts.weighted import ratio
from tznr_rules.catalogue import Card
from tznr_rules.interactions import label_of
from tznr_rules.wording import quantity

CENT = 0.005
YEAR = 12  # months
PAID = ("monthly", "yearly", "automatic")
CHANGES = ("winners", "losers", "unchanged")
AS_CLAIMED = ("cost_as_claimed", "as_claimed_low", "as_claimed_high")
COSTS = ("cost", "cost_low", "cost_high", "cost_least", "cost_most", *AS_CLAIMED)


@dataclass(frozen=True)
class Comparison:
    """A reform beside the law in force, without secrets: a hidden figure is ``s``.

    ``name``, ``described``: of the reform. ``by_benefit``: a row per benefit that moves for somebody and, last, all that is paid;
    ``by_group``: by column, a row per group and, last, everyone, for all that is paid. Columns: ``winners``, ``losers``, ``unchanged``
    (households of the sample), the same ``weighted_*``, and in EUR a year, positive when more is paid: ``cost`` in full, with the 95 %
    interval of the sample ``cost_low``, ``cost_high`` and what the facts not told allow ``cost_least``, ``cost_most``;
    ``cost_as_claimed`` with its interval ``as_claimed_low``, ``as_claimed_high``. Costs are empty for what is not money paid again and
    again.
    ``by_benefit`` has ``take_up``, the share that was used for those who are due something for the first time.
    """

    name: str
    described: str
    by_benefit: pd.DataFrame
    by_group: Mapping[str, pd.DataFrame]
    suppressed: int

    def lines(self) -> list[str]:
        """In French, in a few lines: who wins, who loses, what it costs a year, with its interval."""
        row = self.by_benefit.iloc[-1]
        lines = [f"Réforme : {self.described}"]
        if SECRET in (counts := [row[kind] for kind in CHANGES]):
            lines.append("  Combien de foyers gagnent ou perdent : secret statistique.")
        else:
            lines.append(f"  {counts[0]} foyers gagnent, {counts[1]} perdent, {counts[2]} ne changent pas (aides versées).")
        for said, (value, low, high) in {
            "Coût si chacun demande ses droits": ("cost", "cost_low", "cost_high"),
            "Coût avec le non-recours observé": AS_CLAIMED,
        }.items():
            ends = [row[name] for name in (value, low, high)]
            if SECRET in ends:
                lines.append(f"  {said} : secret statistique.")
            else:
                euros = [quantity(round(float(end)), "EUR/an") for end in ends]
                lines.append(f"  {said} : {euros[0]} (échantillonnage à 95 % : de {euros[1]} à {euros[2]}).")
        return lines

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table, by name."""
        return {"reform": self.by_benefit} | {f"reform_by_{name}": frame for name, frame in self.by_group.items()}


@dataclass(frozen=True)
class _Moved:
    """What a reform does to each household, in EUR a year for money, in its unit otherwise: arrays of a value per household."""

    change: Array
    most: Array
    claimed: Array

    def __add__(self, other: "_Moved") -> "_Moved":
        return _Moved(self.change + other.change, self.most + other.most, self.claimed + other.claimed)


def compare(
    take: Standings,
    laws: Entries,
    name: str,
    described: str,
    by: Sequence["pd.Series[Any]"] = (),
    beside: pd.DataFrame | None = None,
    *,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    drawn: Draws | None = None,
) -> Comparison:
    """The two laws side by side, as it may be published.

    Args:
        take: of the law in force.
        laws: what the reform changes, of ``reduction.Reduced``.
        by: the columns to break the whole down by.
        beside: the summary that is published of the same sample: a rate of take-up that it hides is hidden here, with the cost as claimed.

    Raises:
        SecrecyError: the threshold is too low.
    """
    check_threshold(threshold, reason)
    cards = {card.id: card for card in take.cards}
    touched: dict[str, _Moved] = {}
    whole = _Moved(*(np.zeros(len(take.index)) for _ in range(3)))
    for column in np.unique(laws.column).tolist():
        standing = take.standing(column)
        moved = _moved(standing, take.weights, laws, column)
        whole = whole + moved if _is_paid(standing.card) else whole
        if (np.abs(moved.change) > CENT).any():
            touched[standing.card.id] = moved
    drawn = drawn or Draws.of(take.weights, take.strata, replicates, seed)
    secret = _Secrecy(take, drawn, threshold, reason)
    hidden = secret.together([benefit for benefit in touched if _is_paid(cards[benefit])], touched)
    used = {benefit: _used(take, benefit, beside) for benefit in touched}
    unsaid = any(used[benefit] == SECRET and _is_paid(cards[benefit]) for benefit in touched)  # the two costs side by side would tell it
    rows = [
        {"benefit": benefit, "label": label_of(benefit), "section": section(cards[benefit]), "take_up": used[benefit]}
        | secret.row(each, paid=_is_paid(cards[benefit]), closed=benefit in hidden)
        for benefit, each in touched.items()
    ]
    everyone = {"benefit": EVERYONE, "label": "Ensemble des aides versées", "section": "", "take_up": float("nan")}
    rows.append(everyone | secret.row(whole, paid=True, closed=False))
    groups = {str(each.name): secret.groups(whole, each) for each in by}
    frame = pd.DataFrame(rows)
    if unsaid:
        frame = frame.astype(dict.fromkeys(AS_CLAIMED, object))
        frame.loc[frame["cost"].notna(), list(AS_CLAIMED)] = SECRET
        groups = {name: each.assign(**dict.fromkeys(AS_CLAIMED, SECRET)) for name, each in groups.items()}
    count = int((frame == SECRET).any(axis=1).sum()) + sum(int((each == SECRET).any(axis=1).sum()) for each in groups.values())
    return Comparison(name, described, frame, groups, count)


def _used(take: Standings, benefit: str, beside: pd.DataFrame | None) -> Any:
    """The share that claims, unless it is hidden elsewhere."""
    shown = None if beside is None else beside.set_index("benefit")["rate"].get(benefit)
    return SECRET if shown == SECRET else _rate(take.standing(take.column(benefit)), take.weights)


def _is_paid(card: Card) -> bool:
    """Whether a benefit is money that is paid each month or each year, which may be added up."""
    return card.unit == "EUR" and card.in_total and card.periodicity != "once" and section(card) in PAID


def _moved(standing: Standing, weights: Array, laws: Entries, column: int) -> _Moved:
    """What the reform does to each household for one benefit; nothing where it changes no amount."""
    scale = YEAR if _is_paid(standing.card) else 1
    low, new, high, new_high = (laws.dense(name, column, len(weights)) for name in ("low", "new_low", "high", "new_high"))
    change = np.round((new - low) * scale, 2)
    receives = standing.of(*RECEIVES)
    first = (low < CENT) & (new >= CENT) & ~receives
    share = _rate(standing, weights)
    share = 1.0 if np.isnan(share) else share
    claims = np.select([receives, first | standing.of(*RECEIPT_NOT_TOLD), standing.of(B)], [1.0, share, 0.0], default=1.0)
    most = np.round((new_high - high) * scale, 2)
    return _Moved(change, most, change * claims)


def _rate(standing: Standing, weights: Array) -> float:
    """The share of those who are eligible that receive a benefit; NaN when nobody is known to be eligible."""
    return ratio(float(weights[standing.of(*OF_CELL["A"])].sum()), float(weights[standing.of(*ELIGIBLE)].sum()))


@dataclass(frozen=True)
class _Secrecy:
    """What may be shown of a change."""

    take: Standings
    drawn: Draws
    threshold: int
    reason: str | None

    def together(self, benefits: Sequence[str], moved: Mapping[str, _Moved]) -> set[str]:
        """The benefits whose cost is hidden, so that none is the whole less the others."""
        hidden = [name for name in benefits if self._reveals([moved[name]])]
        waiting = sorted((name for name in benefits if name not in hidden), key=lambda name: int((moved[name].change != 0).sum()))
        while hidden and waiting and (len(hidden) == 1 or self._reveals([moved[name] for name in hidden])):
            hidden.append(waiting.pop(0))
        return set(hidden)

    def _reveals(self, moved: Sequence[_Moved]) -> bool:
        concerned = np.any([each.change != 0 for each in moved], axis=0)
        held = np.abs(np.sum([each.change for each in moved], axis=0))
        return bool(concerned.sum() < self.threshold or held.max() > DOMINANCE * held.sum())

    def row(self, moved: _Moved, *, paid: bool, closed: bool) -> dict[str, Any]:
        """One benefit, or the whole, for everyone."""
        everyone = np.ones(len(moved.change), dtype=bool)
        frame = self._protected(moved, [(EVERYONE, everyone)], paid)
        row = frame.to_dict("records")[0]
        return {str(name): SECRET if closed and name in COSTS else value for name, value in row.items() if name != "group"}

    def groups(self, moved: _Moved, by: "pd.Series[Any]") -> pd.DataFrame:
        """The whole by group of households, the margin last."""
        groups = Groups.of(by, self.take.index)
        everyone = (EVERYONE, np.ones(len(moved.change), dtype=bool))
        frame = self._protected(moved, [*groups.masks(), everyone], paid=True)
        frame.insert(0, "by", groups.name)
        frame.insert(2, "group_label", [groups.label(group) for group in frame["group"]])
        return frame

    def _protected(self, moved: _Moved, groups: Sequence[tuple[Any, Array]], paid: bool) -> pd.DataFrame:
        """A row per group, with winners, losers and unchanged that may be shown, and costs where their households may be."""
        counts = pd.DataFrame([row for group, held in groups for row in self._cells(moved, group, held)])
        empty = {("change", "winners"), ("change", "losers")}  # that nobody wins, or loses, is said of the law
        table = Table(counts, ("group", "change"), figures=("weighted",), amount="amount", largest="largest")
        safe = protect([table], threshold=self.threshold, reason=self.reason, shown_if_empty=empty)[0].frame
        rows = []
        for group, held in groups:
            mine = safe[safe["group"] == group].set_index("change")
            row: dict[str, Any] = {"group": group}
            row |= {kind: mine.loc[kind, "households"] for kind in CHANGES}
            row |= {f"weighted_{kind}": mine.loc[kind, "weighted"] for kind in CHANGES}
            some = SECRET in (row["winners"], row["losers"]) or self._reveals([_Moved(*(each * held for each in vars(moved).values()))])
            nobody = not (np.abs(moved.change[held]) > CENT).any()
            costs = self._costs(moved, held) if paid else dict.fromkeys(COSTS, float("nan"))
            rows.append(row | (dict.fromkeys(COSTS, SECRET) if some and not nobody and paid else costs))
        frame = pd.DataFrame(rows)
        return _no_difference(frame) if len(groups) > 1 else frame

    def _cells(self, moved: _Moved, group: Any, held: Array) -> Iterator[dict[str, Any]]:
        kinds = {"winners": moved.change > CENT, "losers": moved.change < -CENT}
        kinds["unchanged"] = ~(kinds["winners"] | kinds["losers"])
        for kind, who in {**kinds, EVERYONE: np.ones(len(held), dtype=bool)}.items():
            mine = np.abs(moved.change[held & who]) if kind in ("winners", "losers") else np.zeros(0)
            counted = {"households": int((held & who).sum()), "weighted": float(self.take.weights[held & who].sum())}
            yield {"group": group, "change": kind} | counted | {"amount": float(mine.sum()), "largest": float(mine.max(initial=0.0))}

    def _costs(self, moved: _Moved, held: Array) -> dict[str, float]:
        weights = self.take.weights
        found: dict[str, float] = {}
        for name, values in (("cost", moved.change), ("as_claimed", moved.claimed)):
            low, high = np.percentile(self.drawn @ (values * held), ENDS)
            found |= {"cost" if name == "cost" else "cost_as_claimed": float(weights @ (values * held))}
            found |= {f"{name}_low": float(low), f"{name}_high": float(high)}
        ends = sorted((found["cost"], float(weights @ (moved.most * held))))
        found |= {"cost_least": ends[0], "cost_most": ends[1]}
        return {name: found[name] for name in COSTS}


def _no_difference(frame: pd.DataFrame) -> pd.DataFrame:
    """Hide one more cost when a single one is hidden: it would be the margin less the others."""
    groups = frame["group"] != EVERYONE
    hidden = frame["cost"] == SECRET
    if (hidden & groups).sum() == 1 and not hidden[~groups].all():
        moved = {row: frame.loc[row, "winners"] for row in frame.index[groups & ~hidden]}
        concerned = [row for row, count in moved.items() if count != SECRET]
        row = min(concerned, key=lambda each: moved[each], default=frame.index[~groups][0])
        frame = frame.astype(dict.fromkeys(COSTS, object))
        frame.loc[row, list(COSTS)] = SECRET
    return frame
