"""The headline: what households would be paid each month if they claimed everything, minus what they are paid now.

Benefits count for one another: who claims the ASF has less RSA. So the total is computed by the rules, in a batch of worlds of each
household, where some of its unclaimed benefits are claimed; never by adding up amounts that were computed apart.

What is received stays received: in each world it moves by what the rules make it move, and by nothing else. So a household paid another
amount than the one computed keeps that difference.

The total of a household is shared between its benefits by their Shapley values: what each adds, on average over every order in which the
rights could be claimed. They add up to the total. Every coalition is computed, within each group of benefits that may change one another
or a same third; groups are additive, and a household of which they are found not to be is not decomposed, nor one of whose groups is too
large.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.sample import STRATUM, WEIGHT, Sample
from tznr_rules.analysts.take_up import TakeUp, section
from tznr_rules.analysts.uncertainty import REPLICATES, SEED, Total, total_interval
from tznr_rules.catalogue import Card
from tznr_rules.household import Household
from tznr_rules.interactions import label_of, read_by, silent_about
from tznr_rules.system import cached, rules
from tznr_rules.worlds import World, amounts

Array = NDArray[Any]
Claims = frozenset[str]
CENT = 0.005
ADDITIVE = 1e-6  # amounts are to the cent: a sum of groups is the total, or it is not
MOST_BENEFITS = 8
WORLDS_AT_ONCE = 2_000
NOT_DECOMPOSED = "not_decomposed"


@dataclass(frozen=True)
class Package:
    """What each household would gain by claiming everything, and which benefits bring it; amounts in EUR a month.

    ``households``: a row per household, with ``received`` (monthly benefits), ``after``, ``gain`` = after - received, ``gained`` (what
    the new benefits pay), ``lost`` (what falls among those received, negative), ``least`` and ``most`` (the gain whatever was not told),
    ``claims`` (how many benefits are claimed anew) and ``decomposed``. ``shapley``: a row per household, a column per benefit and
    ``NOT_DECOMPOSED``; each row adds up to ``gain``. ``alone``: what each benefit would bring if it alone were claimed today; it does not
    add up.
    """

    sample: Sample
    households: pd.DataFrame
    shapley: pd.DataFrame
    alone: pd.DataFrame

    def by_benefit(self) -> pd.DataFrame:
        """The total by benefit, weighted: one row per benefit, in EUR a month, the largest first; ``per_month`` adds up to the total.

        Columns ``benefit``, ``label``, ``households`` (unweighted, those that would claim it), ``per_month`` (Shapley), ``per_year`` and
        ``alone``. The last row, if there is one, is what could not be decomposed.
        """
        weights = self.sample.about[WEIGHT].to_numpy(float)
        rows: list[dict[str, Any]] = [
            {
                "benefit": name,
                "label": "Ensemble de droits non décomposé" if name == NOT_DECOMPOSED else label_of(name),
                "households": int((self.shapley[name] != 0).sum() if name == NOT_DECOMPOSED else self.alone[name].notna().sum()),
                "per_month": float(weights @ self.shapley[name].to_numpy(float)),
                "alone": float("nan") if name == NOT_DECOMPOSED else float(weights @ self.alone[name].fillna(0.0).to_numpy(float)),
            }
            for name in self.shapley.columns
            if name != NOT_DECOMPOSED or (self.shapley[name] != 0).any()
        ]
        rows.sort(key=lambda row: (row["benefit"] == NOT_DECOMPOSED, -row["per_month"], row["benefit"]))
        frame = pd.DataFrame(rows, columns=["benefit", "label", "households", "per_month", "alone"])
        frame.insert(4, "per_year", 12 * frame["per_month"])
        return frame

    def total(self, *, replicates: int = REPLICATES, seed: int = SEED) -> Total:
        """The headline, in EUR a month, net of what is lost, with its intervals."""
        about = self.sample.about
        weights = about[WEIGHT].to_numpy(float)
        gain, least, most = (self.households[name].to_numpy(float) for name in ("gain", "least", "most"))
        strata = about[STRATUM].to_numpy() if STRATUM in about else None
        return Total(
            value=float(weights @ gain),
            unit="EUR/mois",
            sampling=total_interval(gain, weights, strata, replicates=replicates, seed=seed),
            missing=(float(weights @ least), float(weights @ most)),
            households=int((self.households["claims"] > 0).sum()),
            replicates=replicates,
            seed=seed,
        )


@dataclass(frozen=True)
class _Case:
    """One household: what it would claim anew, what it receives, what it may receive, and what nobody can tell of the rest."""

    household: Household
    claims: tuple[str, ...]
    received: Mapping[str, float]
    unsaid: tuple[str, ...]
    slack: float
    beyond: float

    def world(self, claimed: Claims, also: Iterable[str] = ()) -> World:
        """The household if it claims some of its rights; ``also`` are those of which it did not say whether it receives them."""
        off = frozenset({*self.claims, *also}) - claimed
        return World(silent_about(self.household, claimed), off)



def package(take: TakeUp, *, most_benefits: int = MOST_BENEFITS, worlds_at_once: int = WORLDS_AT_ONCE) -> Package:
    """What the households of a sample would gain each month by claiming everything that goes unclaimed, net of what they would lose.

    Only what is paid each month counts, and neither what is decided case by case, nor what is for everyone, nor what is granted without a
    claim. Benefits whose receipt is not known are taken as received; ``least`` and ``most`` bound the gain if they were not, and if
    undetermined rights were due in full.

    Args:
        most_benefits: the largest group of benefits that change one another whose coalitions are all computed (2 to that power).
        worlds_at_once: how many worlds the engine computes in one run.
    """
    cards = tuple(card for card in take.cards if section(card) == "monthly")
    cases = [_case(take, row, cards) for row in range(len(take.index))]
    groups = [_groups(case, cards) for case in cases]
    wanted: dict[tuple[int, Claims, bool], None] = {}
    for row, case in enumerate(cases):
        if case.claims:
            wanted |= dict.fromkeys([(row, frozenset(), False), (row, frozenset(case.claims), False)])
            small = [group for group in groups[row] if len(group) <= most_benefits]
            wanted |= {(row, coalition, False): None for group in small for coalition in _coalitions(group)}
            wanted |= {(row, frozenset({name}), False): None for name in case.claims}
        if case.unsaid:
            wanted |= dict.fromkeys([(row, frozenset(), True), (row, frozenset({*case.claims, *case.unsaid}), True)])
    paid = _paid(cases, list(wanted), cards, worlds_at_once)
    index = take.index
    columns = [card.id for card in cards if any(card.id in case.claims for case in cases)]
    place = {name: at for at, name in enumerate([*columns, NOT_DECOMPOSED])}
    shapley, alone = np.zeros((len(cases), len(place))), np.full((len(cases), len(columns)), np.nan)
    rows = []
    for row, case in enumerate(cases):
        found = _Found(row, case, paid, cards)
        shares, decomposed = found.shares(groups[row], most_benefits)
        for name, value in shares.items():
            shapley[row, place[name]] = value
        for name in case.claims:
            alone[row, place[name]] = found.value(frozenset({name})) - found.value(frozenset())
        rows.append(found.row() | {"claims": len(case.claims), "decomposed": decomposed})
    return Package(
        take.outcomes.sample,
        pd.DataFrame(rows, index=index),
        pd.DataFrame(shapley, index=index, columns=list(place)),
        pd.DataFrame(alone, index=index, columns=columns),
    )


def rights_moved(take: TakeUp, *, worlds_at_once: int = WORLDS_AT_ONCE) -> pd.DataFrame:
    """The other rights that open or close when everything unclaimed that is paid each month is claimed: in kind, yearly or once.

    A reduction may close because resources rise; the Noël bonus opens with the RSA. They are counted, never added to the total.

    Returns:
        One row per benefit that moves for somebody: ``benefit``, ``label``, ``section``, ``opens`` and ``closes`` (unweighted
        households), ``weighted_opens`` and ``weighted_closes``. Discretionary rights and those for everyone are left out.
    """
    monthly = tuple(card for card in take.cards if section(card) == "monthly")
    others = [card for card in take.cards if section(card) in ("yearly", "once", "in_kind", "not_paid")]
    cases = {row: case for row in range(len(take.index)) if (case := _case(take, row, monthly)).claims}
    rows, weights = np.array(list(cases), dtype=int), take.weights
    wanted = [(case, claimed) for case in cases.values() for claimed in (frozenset[str](), frozenset(case.claims))]
    parts = [wanted[start : start + worlds_at_once] for start in range(0, len(wanted), worlds_at_once)]
    runs = [amounts([case.world(claimed) for case, claimed in part], others)[0] for part in parts]
    found = []
    for card in others:
        if runs and card.id in runs[0]:
            before, after = np.concatenate([run[card.id] for run in runs]).reshape(-1, 2).T
            opens, closes = rows[(before < CENT) & (after >= CENT)], rows[(before >= CENT) & (after < CENT)]
            named = {"benefit": card.id, "label": label_of(card.id), "section": section(card), "opens": len(opens), "closes": len(closes)}
            found.append(named | {"weighted_opens": weights[opens].sum(), "weighted_closes": weights[closes].sum()})
    columns = ["benefit", "label", "section", "opens", "closes", "weighted_opens", "weighted_closes"]
    return pd.DataFrame([each for each in found if each["opens"] or each["closes"]], columns=columns)


def shapley_values(players: Sequence[str], value: Mapping[Claims, float]) -> dict[str, float]:
    """The Shapley value of each player, from the value of every coalition; they add up to the value of all less that of none.

    >>> shapley_values("ab", {frozenset(): 0, frozenset("a"): 10, frozenset("b"): 20, frozenset("ab"): 40})
    {'a': 15.0, 'b': 25.0}
    """
    count = len(players)
    found = {}
    for player in players:
        others = [each for each in players if each != player]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for joined in map(frozenset, combinations(others, size)):
                total += weight * (value[joined | {player}] - value[joined])
        found[player] = total
    return found


@dataclass(frozen=True)
class _Found:
    """The worlds of one household, once computed."""

    at: int
    case: _Case
    paid: Mapping[tuple[int, Claims, bool], Mapping[str, float]]
    cards: tuple[Card, ...]

    def payments(self, claimed: Claims) -> dict[str, float]:
        """What is paid of each benefit if some are claimed anew; those received move as the rules make them move."""
        case = self.case
        if not case.claims:
            return dict(case.received)
        before, now = self.paid[self.at, frozenset(), False], self.paid[self.at, claimed, False]
        found = {name: now.get(name, 0.0) for name in claimed}
        held = {**case.received, **{name: before.get(name, 0.0) for name in case.unsaid}}
        for name, amount in held.items():
            found[name] = _moved(amount, before.get(name, 0.0), now.get(name, 0.0))
        return _together(found, self.cards)

    def value(self, claimed: Claims) -> float:
        """What is paid in all, what is received of unknown receipts included."""
        return sum(self.payments(claimed).values())

    def shares(self, groups: Sequence[tuple[str, ...]], most: int) -> tuple[dict[str, float], bool]:
        """The Shapley value of each benefit; what cannot be decomposed is under ``NOT_DECOMPOSED``."""
        if not self.case.claims:
            return {}, True
        gain = self.value(frozenset(self.case.claims)) - self.value(frozenset())
        if any(len(group) > most for group in groups):
            return {NOT_DECOMPOSED: gain}, False
        shares: dict[str, float] = {}
        for group in groups:
            shares |= shapley_values(group, {coalition: self.value(coalition) for coalition in _coalitions(group)})
        if abs(sum(shares.values()) - gain) > ADDITIVE:
            return {NOT_DECOMPOSED: gain}, False
        return shares, True

    def row(self) -> dict[str, float]:
        case, nothing, everything = self.case, frozenset[str](), frozenset(self.case.claims)
        before, after = self.payments(nothing), self.payments(everything)
        changes = {name: after.get(name, 0.0) - before.get(name, 0.0) for name in {**before, **after}}
        gain = sum(changes.values())
        received = sum(case.received.values())
        bounds = [gain]
        if case.unsaid:
            every = frozenset({*case.claims, *case.unsaid})
            now, then = self.paid[self.at, nothing, True], self.paid[self.at, every, True]
            held = {name: _moved(amount, now.get(name, 0.0), then.get(name, 0.0)) for name, amount in case.received.items()}
            bounds.append(sum(_together({name: then.get(name, 0.0) for name in every} | held, self.cards).values()) - received)
        return {
            "received": received,
            "after": received + gain,
            "gain": gain,
            "gained": sum(max(each, 0.0) for each in changes.values()),
            "lost": sum(min(each, 0.0) for each in changes.values()),
            "least": min(bounds) - case.slack,
            "most": max(bounds) + case.slack + case.beyond,
        }


def _case(take: TakeUp, row: int, cards: Sequence[Card]) -> _Case:
    claims, received, unsaid, slack, beyond = [], {}, [], 0.0, 0.0
    results = take.outcomes.results
    for card in cards:
        column = take.column(card.id)
        cell = take.cell[row, column]
        told = results.received[row, column]
        if cell == "B":
            claims.append(card.id)
            slack += take.most[row, column] - take.least[row, column]
        elif told > 0:
            received[card.id] = float(told)
        elif cell == "E" and take.due[row, column]:
            unsaid.append(card.id)
        elif cell == "F":
            beyond += float(take.most[row, column])
    return _Case(take.outcomes.sample.households[row], tuple(claims), received, tuple(unsaid), slack, beyond)


def _moved(amount: float, before: float, now: float) -> float:
    """What is received, once the rules have moved it; a right that is computed anew and was already paid is not paid twice."""
    if now <= before:
        return max(amount + now - before, 0.0)
    return amount + now - before if before > 0 else max(amount, now)


def _together(paid: dict[str, float], cards: Sequence[Card]) -> dict[str, float]:
    """What is paid, without the smaller of two benefits that the law does not pay together."""
    kept = dict(paid)
    for card in cards:
        for other in card.not_with:
            if min(kept.get(card.id, 0.0), kept.get(other, 0.0)) >= CENT:
                kept[min(card.id, other, key=lambda name: (kept[name], name))] = 0.0
    return kept


def _coalitions(group: Sequence[str]) -> list[Claims]:
    return [frozenset(each) for size in range(len(group) + 1) for each in combinations(group, size)]


def _groups(case: _Case, cards: Sequence[Card]) -> list[tuple[str, ...]]:
    """The benefits claimed anew, put together when one may change another, or both may change something that is paid."""
    paid = [*case.claims, *case.received, *case.unsaid]
    groups: list[set[str]] = [{name} for name in case.claims]
    ties = [{*_behind(case.household.date, name), name} & set(case.claims) for name in paid]
    behind = {card.id: {*_behind(case.household.date, card.id), card.id} & set(case.claims) for card in cards}
    ties += [behind[card.id] | behind.get(other, set()) for card in cards for other in card.not_with if {card.id, other} <= set(paid)]
    for tie in ties:
        joined = [group for group in groups if group & tie]
        groups = [group for group in groups if not group & tie] + ([set().union(*joined)] if joined else [])
    return sorted(tuple(name for name in case.claims if name in group) for group in groups)


@cached(maxsize=4_096, law=rules)
def _behind(month: str, benefit: str) -> frozenset[str]:
    """Every benefit that the rules of one read, themselves or through others."""
    edges, seen, waiting = read_by(month), set[str](), [benefit]
    while waiting:
        for other in edges.get(waiting.pop(), frozenset()) - seen:
            seen.add(other)
            waiting.append(other)
    return frozenset(seen)


def _paid(
    cases: Sequence[_Case], wanted: Sequence[tuple[int, Claims, bool]], cards: Sequence[Card], at_once: int
) -> dict[tuple[int, Claims, bool], Mapping[str, float]]:
    """The monthly amount of each benefit that matters in each world, in as few runs as their size allows."""
    found: dict[tuple[int, Claims, bool], Mapping[str, float]] = {}
    needed = [card for card in cards if any(card.id in (*case.claims, *case.received, *case.unsaid) for case in cases)]
    for start in range(0, len(wanted), at_once):
        chunk = wanted[start : start + at_once]
        worlds = [cases[row].world(claimed, cases[row].unsaid if unsaid else ()) for row, claimed, unsaid in chunk]
        computed, _ = amounts(worlds, needed)
        for place, key in enumerate(chunk):
            found[key] = {name: float(values[place]) for name, values in computed.items()}
    return found


