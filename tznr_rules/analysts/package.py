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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.sample import Sample
from tznr_rules.analysts.standings import E_DUE, F_NOTHING, F_PAID, Array, B, F, among
from tznr_rules.analysts.take_up import TakeUp, section
from tznr_rules.analysts.uncertainty import REPLICATES, SEED, Draws, Total
from tznr_rules.catalogue import Card
from tznr_rules.household import Household
from tznr_rules.interactions import label_of, read_by, silent_about
from tznr_rules.system import cached, rules
from tznr_rules.worlds import Amounts, World, amounts

Claims = frozenset[str]
Key = tuple[int, Claims, bool]  # a row, what is claimed, and whether what is not told to be received is not
CENT = 0.005
ADDITIVE = 1e-6  # amounts are to the cent: a sum of groups is the total, or it is not
MOST_BENEFITS = 8
WORLDS_AT_ONCE = 2_000
NOT_DECOMPOSED = "not_decomposed"
OTHERS = ("yearly", "once", "in_kind", "not_paid")
MOVES = ["benefit", "label", "section", "opens", "closes", "weighted_opens", "weighted_closes"]


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

    @property
    def gain(self) -> Array:
        return self.households["gain"].to_numpy(float)

    @property
    def claims(self) -> Array:
        return self.households["claims"].to_numpy(int)

    def shares(self, benefit: str) -> Array:
        """What one benefit brings to each household."""
        return self.shapley[benefit].to_numpy(float)

    def by_benefit(self) -> pd.DataFrame:
        """The total by benefit, weighted: one row per benefit, in EUR a month, the largest first; ``per_month`` adds up to the total.

        Columns ``benefit``, ``label``, ``households`` (unweighted, those that would claim it), ``per_month`` (Shapley), ``per_year`` and
        ``alone``. The last row, if there is one, is what could not be decomposed.
        """
        rows = [self._of_benefit(name) for name in self.shapley.columns if name != NOT_DECOMPOSED or self.shares(name).any()]
        rows.sort(key=lambda row: (row["benefit"] == NOT_DECOMPOSED, -row["per_month"], row["benefit"]))
        frame = pd.DataFrame(rows, columns=["benefit", "label", "households", "per_month", "alone"])
        frame.insert(4, "per_year", 12 * frame["per_month"])
        return frame

    def _of_benefit(self, name: str) -> dict[str, Any]:
        shares, weights = self.shares(name), self.sample.weights
        found = {"benefit": name, "per_month": float(weights @ shares)}
        if name == NOT_DECOMPOSED:
            label = "Ensemble de droits non décomposé"
            return found | {"label": label, "households": int((shares != 0).sum()), "alone": float("nan")}
        alone = self.alone[name].to_numpy(float)
        claimed = ~np.isnan(alone)
        return found | {"label": label_of(name), "households": int(claimed.sum()), "alone": float(weights[claimed] @ alone[claimed])}

    def total(
        self,
        near: Mapping[str, Array] | None = None,
        *,
        fewest: int = 1,
        replicates: int = REPLICATES,
        seed: int = SEED,
        drawn: Draws | None = None,
    ) -> Total:
        """The headline, in EUR a month, net of what is lost, with its intervals.

        Args:
            near: by benefit, which households stand near its threshold: the lower end leaves out what these claims bring (their Shapley
                values). Those who stand on the other side are due nothing that is known, so the upper end is the total itself. None: not
                looked at.
            fewest: households near a threshold under which, if there are some, nothing is said of them.
            drawn: the draws of the sample, if they were made already.
        """
        weights = self.sample.weights
        drawn = drawn or Draws.of(weights, self.sample.strata, replicates, seed)
        least, most = (self.households[name].to_numpy(float) for name in ("least", "most"))
        value = float(weights @ self.gain)
        unsure = self._unsure(near or {})
        too_few = 0 < int((unsure > 0).sum()) < fewest
        return Total(
            value=value,
            unit="EUR/mois",
            sampling=drawn.interval(self.gain),
            missing=(float(weights @ least), float(weights @ most)),
            households=int((self.claims > 0).sum()),
            misclassified=None if near is None or too_few else (value - float(weights @ unsure), value),
            one_sided=True,
            replicates=replicates,
            seed=seed,
        )

    def _unsure(self, near: Mapping[str, Array]) -> Array:
        """What the claims of benefits near a threshold bring to each household."""
        unsure = np.zeros(len(self.households))
        for name, close in near.items():
            if name in self.shapley:
                unsure += np.where(close, np.maximum(self.shares(name), 0.0), 0.0)
        return unsure


def package(take: TakeUp, *, most_benefits: int = MOST_BENEFITS, worlds_at_once: int = WORLDS_AT_ONCE) -> Package:
    """What the households of a sample would gain each month by claiming everything that goes unclaimed, net of what they would lose.

    Only what is paid each month counts, and neither what is decided case by case, nor what is for everyone, nor what is granted without a
    claim. Benefits whose receipt is not known are taken as received; ``least`` and ``most`` bound the gain if they were not, and if
    undetermined rights were due in full.

    Args:
        most_benefits: the largest group of benefits that change one another whose coalitions are all computed (2 to that power).
        worlds_at_once: how many worlds the engine computes in one run.
    """
    return _Claimed.of(take, most_benefits, worlds_at_once, others=()).package()


def rights_moved(take: TakeUp, *, worlds_at_once: int = WORLDS_AT_ONCE) -> pd.DataFrame:
    """The other rights that open or close when everything unclaimed that is paid each month is claimed: in kind, yearly or once.

    A reduction may close because resources rise; the Noël bonus opens with the RSA. They are counted, never added to the total.

    Returns:
        One row per benefit that moves for somebody: ``benefit``, ``label``, ``section``, ``opens`` and ``closes`` (unweighted
        households), ``weighted_opens`` and ``weighted_closes``. Discretionary rights and those for everyone are left out.
    """
    return claim_everything(take, worlds_at_once=worlds_at_once)[1]


def claim_everything(
    take: TakeUp, *, most_benefits: int = MOST_BENEFITS, worlds_at_once: int = WORLDS_AT_ONCE
) -> tuple[Package, pd.DataFrame]:
    """What :func:`package` and :func:`rights_moved` say, from the same worlds, computed once."""
    found = _Claimed.of(take, most_benefits, worlds_at_once, [card for card in take.cards if section(card) in OTHERS])
    return found.package(), found.moved()


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
class _Case:
    """One household that would claim something, or that does not say whether it receives something: amounts in EUR a month.

    ``claims``: what it would claim anew. ``received``: by benefit. ``unsaid``: what it is due and may receive.
    """

    household: Household
    claims: tuple[str, ...]
    received: Mapping[str, float]
    unsaid: tuple[str, ...]

    def world(self, claimed: Claims, unsaid: bool) -> World:
        """The household if it claims some of its rights; ``unsaid``: and if it does not receive what it does not tell."""
        off = frozenset({*self.claims, *(self.unsaid if unsaid else ())}) - claimed
        return World(silent_about(self.household, claimed), off)

    def benefits(self) -> tuple[str, ...]:
        return (*self.claims, *self.received, *self.unsaid)


@dataclass(frozen=True)
class _Worlds:
    """The amount of each benefit, by world, in the order of ``place``."""

    place: Mapping[Key, int]
    amounts: Amounts

    def amount(self, benefit: str, key: Key) -> float:
        values = self.amounts.get(benefit)
        return 0.0 if values is None else float(values[self.place[key]])


@dataclass(frozen=True)
class _Claimed:
    """The households of a sample in every world that the package needs.

    ``monthly``, ``others``: the benefits that add up, and those that may open or close. ``cases``: by row, the households that would claim
    something or do not tell everything.
    """

    take: TakeUp
    monthly: tuple[Card, ...]
    others: tuple[Card, ...]
    cases: Mapping[int, _Case]
    groups: Mapping[int, list[tuple[str, ...]]]
    worlds: _Worlds
    most_benefits: int

    @classmethod
    def of(cls, take: TakeUp, most_benefits: int, at_once: int, others: Sequence[Card]) -> "_Claimed":
        monthly = tuple(card for card in take.cards if section(card) == "monthly")
        cases = _cases(take, monthly)
        groups = {row: _groups(case, monthly) for row, case in cases.items() if case.claims}
        claimed = frozenset(name for case in cases.values() for name in case.claims)
        linked = tuple(card for card in others if claimed & _behind(take.outcomes.results.month, card.id))
        concerned = {name for case in cases.values() for name in case.benefits()}
        wanted = list(dict.fromkeys(key for row, case in cases.items() for key in _wanted(row, case, groups.get(row, []), most_benefits)))
        worlds = [cases[row].world(benefits, unsaid) for row, benefits, unsaid in wanted]
        computed = _computed(worlds, [card for card in monthly if card.id in concerned] + list(linked), at_once)
        place = {key: at for at, key in enumerate(wanted)}
        return cls(take, monthly, linked, cases, groups, _Worlds(place, computed), most_benefits)

    def package(self) -> Package:
        take, index = self.take, self.take.index
        claimed = {name for case in self.cases.values() for name in case.claims}
        columns = [card.id for card in self.monthly if card.id in claimed]
        place = {name: at for at, name in enumerate([*columns, NOT_DECOMPOSED])}
        shapley, alone = np.zeros((len(index), len(place))), np.full((len(index), len(columns)), np.nan)
        frame = _bounds_of_all(take, self.monthly)
        for row, case in self.cases.items():
            found = _Found(row, case, self.worlds, self.monthly)
            shares, frame["decomposed"][row] = found.shares(self.groups.get(row, []), self.most_benefits)
            for name, value in shares.items():
                shapley[row, place[name]] = value
            for name in case.claims:
                alone[row, place[name]] = found.value(frozenset({name})) - found.value(frozenset())
            for name, value in found.gains(float(frame["received"][row])).items():
                frame[name][row] += value
        frame["after"] = frame["received"] + frame["gain"]
        return Package(
            take.outcomes.sample,
            pd.DataFrame(frame, index=index),
            pd.DataFrame(shapley, index=index, columns=list(place)),
            pd.DataFrame(alone, index=index, columns=columns),
        )

    def moved(self) -> pd.DataFrame:
        rows = [row for row, case in self.cases.items() if case.claims]
        before = [self.worlds.place[row, frozenset[str](), False] for row in rows]
        after = [self.worlds.place[row, frozenset(self.cases[row].claims), False] for row in rows]
        weights, found = self.take.weights[rows], []
        for card in self.others:
            if (values := self.worlds.amounts.get(card.id)) is not None:
                due, then = values[before] >= CENT, values[after] >= CENT
                opens, closes = then & ~due, due & ~then
                counts = (int(opens.sum()), int(closes.sum()), weights[opens].sum(), weights[closes].sum())
                found.append((card.id, label_of(card.id), section(card), *counts))
        return pd.DataFrame([each for each in found if each[3] or each[4]], columns=MOVES)


def _cases(take: TakeUp, cards: Sequence[Card]) -> dict[int, _Case]:
    """The households that would claim something, or that do not tell whether they receive something that is due, by row."""
    columns = [take.column(card.id) for card in cards]
    names = np.array([card.id for card in cards], dtype=object)
    code, received = take.code[:, columns], np.asarray(take.outcomes.results.received)[:, columns]
    claims, unsaid = code == B, code == E_DUE
    found = {}
    for row in np.flatnonzero((claims | unsaid).any(axis=1)).tolist():
        held = np.flatnonzero(received[row] > 0)
        told = dict(zip(names[held].tolist(), received[row, held].tolist(), strict=True))
        household = take.outcomes.sample.households[row]
        found[row] = _Case(household, tuple(names[claims[row]]), told, tuple(names[unsaid[row]]))
    return found


def _bounds_of_all(take: TakeUp, cards: Sequence[Card]) -> dict[str, Array]:
    """The columns of ``Package.households`` before anything is claimed; ``least`` and ``most`` have what was not answered alone."""
    columns = [take.column(card.id) for card in cards]
    code, received = take.code[:, columns], np.asarray(take.outcomes.results.received)[:, columns]
    most, surely = take.most[:, columns], take.entitled[:, columns]
    slack = np.where(code == B, most - surely, 0.0).sum(axis=1)
    beyond = np.where(among(code, (F, F_NOTHING, F_PAID)), most, 0.0).sum(axis=1)
    paid, nothing = np.where(received > 0, received, 0.0).sum(axis=1), np.zeros(len(code))
    found = {"received": paid, "after": paid, "gain": nothing, "gained": nothing.copy(), "lost": nothing.copy()}
    counts = {"claims": (code == B).sum(axis=1), "decomposed": np.ones(len(code), dtype=bool)}
    return {**found, "least": -slack, "most": slack + beyond, **counts}


def _wanted(row: int, case: _Case, groups: Sequence[tuple[str, ...]], most_benefits: int) -> Iterator[Key]:
    """The worlds of a household: nothing is claimed, everything is, each benefit alone, the coalitions; and without what is not told."""
    nothing, everything = frozenset[str](), frozenset(case.claims)
    if case.claims:
        yield from ((row, nothing, False), (row, everything, False))
        yield from ((row, frozenset({name}), False) for name in case.claims)
        yield from ((row, each, False) for group in groups if len(group) <= most_benefits for each in _coalitions(group))
    if case.unsaid:
        yield from ((row, nothing, True), (row, everything | frozenset(case.unsaid), True))


def _computed(worlds: Sequence[World], cards: Sequence[Card], at_once: int) -> Amounts:
    """The amounts of some benefits in each world, in as few runs as their size allows."""
    runs = [amounts(worlds[start : start + at_once], cards)[0] for start in range(0, len(worlds), at_once)]
    return {name: np.concatenate([run[name] for run in runs]) for name in runs[0]} if runs else {}


@dataclass(frozen=True)
class _Found:
    """The worlds of one household, once computed."""

    row: int
    case: _Case
    worlds: _Worlds
    cards: tuple[Card, ...]

    def payments(self, claimed: Claims) -> dict[str, float]:
        """What is paid of each benefit if some are claimed anew; those received move as the rules make them move."""
        case, before, now = self.case, (self.row, frozenset[str](), False), (self.row, claimed, False)
        if not case.claims:
            return dict(case.received)
        found = {name: self.worlds.amount(name, now) for name in claimed}
        held = {**case.received, **{name: self.worlds.amount(name, before) for name in case.unsaid}}
        return _together(found | self._held(held, before, now), self.cards)

    def _held(self, held: Mapping[str, float], before: Key, now: Key) -> dict[str, float]:
        """What is received, from a world to another."""
        return {name: _moved(amount, self.worlds.amount(name, before), self.worlds.amount(name, now)) for name, amount in held.items()}

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

    def gains(self, received: float) -> dict[str, float]:
        """What the household gains and loses by claiming everything, and the bounds of it if it does not receive what it does not tell."""
        case, nothing, everything = self.case, frozenset[str](), frozenset(self.case.claims)
        before, after = self.payments(nothing), self.payments(everything)
        changes = [after.get(name, 0.0) - before.get(name, 0.0) for name in {**before, **after}]
        gain = sum(changes)
        bounds = [gain]
        if case.unsaid:
            every = everything | frozenset(case.unsaid)
            now, then = (self.row, nothing, True), (self.row, every, True)
            paid = {name: self.worlds.amount(name, then) for name in every} | self._held(case.received, now, then)
            bounds.append(sum(_together(paid, self.cards).values()) - received)
        gained, lost = (sum(sign * max(sign * each, 0.0) for each in changes) for sign in (1, -1))
        return {"gain": gain, "gained": gained, "lost": lost, "least": min(bounds), "most": max(bounds)}


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
