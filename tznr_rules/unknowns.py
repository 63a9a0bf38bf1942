"""What nobody told, and what it can change: each missing fact takes every value that it may have, in worlds evaluated in one batch.

A *world* is the household with some more answers. For each right that missing facts can change, the worlds hold every combination of their
values; a world serves all the rights whose facts do not overlap, so there are about as many worlds as the hardest right has combinations.
What every world agrees on is known; the rest is undetermined, between the lowest and the highest of the worlds.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tznr_rules import lived, simulation
from tznr_rules.catalogue import Card, ConditionCard, catalogue, questions
from tznr_rules.columns import Columns, entity_of, parameter_value
from tznr_rules.doubts import Doubts, law_reads
from tznr_rules.facts import NOT_KNOWN, PLACES, fact
from tznr_rules.household import Household
from tznr_rules.periods import Value
from tznr_rules.reads import Behind
from tznr_rules.situation import Situation

Array = NDArray[Any]
MOST_COMBINATIONS = 256
FEW_COMBINATIONS = 96  # tried of a right that has more than the most
MOST_OF_A_FEW = 6  # answers that stand for all those of a fact when the combinations are too many
FINENESS = {"number": 0.01, "whole": 1}  # the smallest difference between two answers
SAMPLE = 62  # combinations tried, besides the first and the last, when even a few answers to each fact make too many
GOLDEN = (math.sqrt(5) - 1) / 2  # its multiples, but for their whole part, are spread as evenly as can be
SPREAD = (1 / 2, 1 / 4, 3 / 4, 1 / 8, 3 / 8, 5 / 8, 7 / 8)  # where to look first between the bounds of a figure
STEPS = 2  # answers tried between one unit and the highest one, beside the thresholds of the rules
LONG_AGO = (0, 6, 11, 13, 24, 60, 240)  # months before the one asked about at which a date not told is tried


class Unknown(NamedTuple):
    """A fact that nobody told: of one person, by rank in the household, or of the group of the demandeur (rank -1)."""

    name: str
    person: int = -1

    def path(self) -> str:
        """Where its answer is written in a household."""
        place = f"personnes[{self.person}]" if self.person >= 0 else PLACES[entity_of(self.name)]
        return f"{place}.{self.name}"


Answers = dict[Unknown, Value]
Node = tuple[str, str, int]  # a variable, its entity and a row of it


@dataclass(frozen=True)
class Matter:
    """A right of one row that missing facts can change: those facts, and the worlds that answer all of them.

    ``complete``: no combination of the answers tried is left out; ``exact``: and every answer that can matter was tried.
    """

    unknowns: tuple[Unknown, ...]
    worlds: tuple[int, ...]
    complete: bool

    @property
    def exact(self) -> bool:
        return self.complete and not any(questions()[each.name].step for each in self.unknowns)


class Worlds:
    """The worlds of a batch of households: their answers, and the columns computed for them.

    ``matters`` are by card, or condition, and row of the batch.
    """

    def __init__(self, base: Columns, cards: Sequence[Card]) -> None:
        """Evaluate the worlds of a batch that was computed with what was told alone."""
        self.base = base
        self.answers: list[Answers] = []
        self.matters: dict[tuple[str, int], Matter] = {}
        self.columns: Columns | None = None
        self._rows: dict[str, list[list[int]]] = {}
        self._rows_in_worlds: dict[tuple[tuple[int, ...], str, int], Array] = {}
        self._doubts = Doubts(base, cards)
        self._in_doubt: dict[str, list[int]] = {}
        pending: list[Household] = []
        wanted: dict[str, None] = {}
        for index, (unsaid, doubtful) in self._unsaid(cards).items():
            sets: dict[tuple[str, int], tuple[Unknown, ...]] = {}
            for card, row in doubtful:
                sets |= unsaid.sets(card, row)
            answers, complete = _worlds(sets.values(), unsaid)
            answered = [frozenset(each) for each in answers]
            at = {unknowns: _answering(answered, unknowns, len(pending)) for unknowns in complete}
            self.matters |= {key: Matter(unknowns, at[unknowns], complete[unknowns]) for key, unknowns in sets.items()}
            pending += [tell(base.situation.households[index], each) for each in answers]
            self.answers += answers
        for name, row in self.matters:
            self._in_doubt.setdefault(name, []).append(row)
        for card in cards:
            if card.id in self._in_doubt:
                wanted |= dict.fromkeys([card.variable, *(condition.variable for condition in card.conditions)])
        if pending:
            built = lived.build(pending, simulation.estimate_notices, assumptions=False)
            self.columns = Columns(built, simulation.run(built, wanted))

    def _unsaid(self, cards: Sequence[Card]) -> dict[int, tuple["_Unsaid", list[tuple[Card, int]]]]:
        """By household, what it did not tell, and the rows of whom that may change a benefit."""
        found: dict[int, tuple[_Unsaid, list[tuple[Card, int]]]] = {}
        situation = self.base.situation
        for card in cards:
            owner = situation.owner(entity_of(card.variable))
            for row in np.flatnonzero(self._doubts.rows_of(card) & self.base.concerned(card)).tolist():
                index = int(owner[row])
                if index not in found:
                    found[index] = (_Unsaid(self.base, index, self._doubts), [])
                found[index][1].append((card, row))
        return dict(sorted(found.items()))

    def close(self) -> None:
        """No other column will be asked for."""
        self.base.close()
        if self.columns is not None:
            self.columns.close()

    def in_doubt(self, name: str, entity: str, row: int) -> bool:
        """Whether something that nobody told may change a variable for a row of the batch."""
        return self._doubts.may_change_at(name, entity, row)

    def rows_asked(self, card: Card, household: int) -> list[int]:
        """The rows of a household of whom a benefit is asked."""
        if card.id not in self._rows:
            self._rows[card.id] = self.base.rows_of(card)
        return self._rows[card.id][household]

    def rows_in_doubt(self, card: str) -> list[int]:
        """The rows of whom a missing fact can change a benefit."""
        return self._in_doubt.get(card, [])

    def rows(self, matter: Matter, entity: str, person: int) -> Array:
        """The row, in each world of a matter, of a person of the batch or of the group in which they are."""
        key = (matter.worlds, entity, person)
        if key not in self._rows_in_worlds:
            assert self.columns is not None
            situation, base = self.columns.situation, self.base.situation
            rank = base.persons_of(int(base.person_household[person])).index(person)
            rows = situation.groups["menage"].first[list(matter.worlds)] + rank  # the persons of a household follow one another
            self._rows_in_worlds[key] = rows if entity == "individu" else situation.groups[entity].of_person[rows]
        return self._rows_in_worlds[key]

    def value(self, name: str, matter: Matter, person: int) -> Array:
        """A value in each world of a matter, as seen from a person of the batch."""
        assert self.columns is not None
        values: Array = self.columns.values[name][self.rows(matter, entity_of(name), person)]
        return values

    def agree(self, name: str, matter: Matter, person: int) -> bool:
        """Whether a value is the same in every world of a matter."""
        values = self.value(name, matter, person)
        return bool((values == values[0]).all() or (values != values).all())


def tell(household: Household, answers: Mapping[Unknown, Value]) -> Household:
    """The household with some more answers."""
    persons: dict[int, dict[str, Any]] = {}
    groups: dict[str, dict[str, Any]] = {}
    for unknown, value in answers.items():
        if unknown.person >= 0:
            persons.setdefault(unknown.person, {})[unknown.name] = value
        else:
            name = {"menage": "logement"}.get(entity_of(unknown.name), entity_of(unknown.name))
            groups.setdefault(name, dict(getattr(household, name)))[unknown.name] = value
    told = (person.model_copy(update=persons[rank]) if rank in persons else person for rank, person in enumerate(household.personnes))
    return household.model_copy(update={"personnes": tuple(told), **groups})


class _Unsaid:
    """The facts that one household of a batch did not tell, and which of them can change a right."""

    def __init__(self, base: Columns, index: int, doubts: Doubts) -> None:
        self.base = base
        self.situation: Situation = base.situation
        self.doubts = doubts
        self.law = law_reads(base.situation.month)
        self.persons = self.situation.persons_of(index)
        self.head = self.situation.head(index)
        self.values: dict[Unknown, tuple[Value, ...]] = {}
        self._behind: dict[Node, frozenset[Unknown]] = {}
        self._near: dict[tuple[int, ...], list[int]] = {}

    def sets(self, card: Card, row: int) -> dict[tuple[str, int], tuple[Unknown, ...]]:
        """The facts not told that can change a right for a row, and each of its conditions when they are too many to be tried together."""
        entity = entity_of(card.variable)
        found = {condition.variable: self.behind(condition.variable, entity, row) for condition in card.conditions}
        whole = frozenset().union(*found.values()) | self.behind(card.variable, entity, row)
        chosen = {card.id: whole} | ({} if self.count(whole) <= MOST_COMBINATIONS else found)
        return {(name, row): tuple(sorted(unknowns)) for name, unknowns in chosen.items() if unknowns}

    def count(self, unknowns: Iterable[Unknown]) -> int:
        """How many combinations of answers some facts have."""
        return math.prod(len(self.values[each]) for each in unknowns)

    def behind(self, name: str, entity: str, row: int) -> frozenset[Unknown]:
        """The facts not told that a variable reads for a row of an entity; not through a benefit that is refused whatever they are."""
        start = (name, entity, row)
        if start not in self._behind:
            found: set[Unknown] = set()
            ahead, seen = [start], {start}
            while ahead:
                node = ahead.pop()
                found |= {unknown for unknown in self._facts_of(*node) if not self._is_known(unknown)}
                for computed in self._computed_of(*node):
                    ahead += _new(computed, seen)
                for right in self._rights_of(*node):
                    if not self.doubts.is_closed(right[0], right[2]):
                        ahead += _new(right, seen)
            self._behind[start] = frozenset(found)
        return self._behind[start]

    def _facts_of(self, name: str, entity: str, row: int) -> Iterator[Unknown]:
        """The facts that a variable reads before any benefit, each of those of whom it may be."""
        reached, nearest, around = self._reached(name, entity, row)
        for names, persons in ((reached.own, nearest), (reached.shared, around)):
            for each in names:
                ranks = [self.persons.index(person) for person in persons] if self.law.entity(each) == "individu" else [-1]
                yield from (Unknown(each, rank) for rank in ranks)

    def _computed_of(self, name: str, entity: str, row: int) -> Iterator[Node]:
        """The facts that a variable reads and that a formula says, each with its row: of a group, that of the demandeur and their own."""
        reached, nearest, around = self._reached(name, entity, row)
        for names, persons in ((reached.own, nearest), (reached.shared, around)):
            for each in names:
                of = self.law.entity(each)
                rows = {self.situation.group_of(of, person) for person in (persons if of == "individu" else (*persons, self.head))}
                yield from ((each, of, at) for at in sorted(rows) if self._is_computed(each, at))

    def _rights_of(self, name: str, entity: str, row: int) -> Iterator[Node]:
        """The benefits that a variable reads, each with its row."""
        reached, nearest, around = self._reached(name, entity, row)
        for names, persons in ((reached.own_rights, nearest), (reached.shared_rights, around)):
            for right in names:
                of = self.law.entity(right)
                yield from {(right, of, self.situation.group_of(of, person)) for person in persons}

    def _reached(self, name: str, entity: str, row: int) -> tuple[Behind, Sequence[int], Sequence[int]]:
        """What a variable reads before any benefit, the persons of whom it may read it, and those of whom it reads what is shared."""
        members = self.situation.members(entity, row)
        around = self._around(members)
        computed = name in questions() and self._is_computed(name, row)
        reached = self.law.formula_reads(name) if computed else self.law.reads(name)
        return reached, members if entity == "individu" else around, around

    def _around(self, members: tuple[int, ...]) -> list[int]:
        """Those who share a family or a tax household with some persons."""
        if members not in self._near:
            groups = {(entity, self.situation.group_of(entity, each)) for entity in ("famille", "foyer_fiscal") for each in members}
            self._near[members] = sorted({each for entity, row in groups for each in self.situation.members(entity, row)})
        return self._near[members]

    def _is_computed(self, name: str, row: int) -> bool:
        """Whether a formula says a fact of a row, which nobody told."""
        entity = self.law.entity(name)
        return self.law.has_formula(name) and not self.doubts.unknown[name][row] and not self.situation.tells(name, entity, row, entity)

    def _row(self, unknown: Unknown) -> int:
        person = self.persons[unknown.person] if unknown.person >= 0 else self.head
        return self.situation.group_of(self.law.entity(unknown.name), person)

    def _is_known(self, unknown: Unknown) -> bool:
        row = self._row(unknown)
        if not self.doubts.unknown[unknown.name][row]:
            return True
        if unknown not in self.values:
            self.values[unknown] = _values(unknown.name, self.base, row)
        return False


def _new(node: Node, seen: set[Node]) -> list[Node]:
    """A node that was not seen yet, which is noted."""
    found = [] if node in seen else [node]
    seen.add(node)
    return found


def _values(name: str, base: Columns, row: int) -> tuple[Value, ...]:
    """The answers to try for a fact, the most telling first: all of them or, for a figure, its bounds, the thresholds of the rules, both
    sides of each, and steps between."""
    known, question = fact(name), questions()[name]
    assert known is not None
    if known.kind in ("yes_no", "right"):
        return (False, True)
    if known.kind == "choice":
        return question.tried or tuple(each for each in known.choices if each not in NOT_KNOWN and each not in question.never)
    if known.kind == "day":
        year, month = int(base.situation.month[:4]), int(base.situation.month[5:7])
        months = [year * 12 + month - 1 - ago for ago in LONG_AGO]
        return tuple(date(each // 12, each % 12 + 1, 1) for each in months)
    highest, fine = float(question.highest or 0.0), FINENESS[known.kind]
    if question.step:
        steps = round(highest / question.step)
        low_first = (round(place**2 * steps) for place in (0, 1, *SPREAD))
        return tuple(each * question.step for each in dict.fromkeys([*low_first, *range(steps + 1)]))
    thresholds = list(_thresholds(name, base, row))
    tried = [0.0, highest, *thresholds, *(each - fine for each in thresholds), *(each + fine for each in thresholds), fine, 1.0]
    tried += [round(highest ** (step / STEPS)) for step in range(1, STEPS)]
    inside = dict.fromkeys(round(each, 2) for each in tried if 0 <= each <= highest)
    return tuple(int(each) for each in inside if each == int(each)) if known.kind == "whole" else tuple(inside)


def _thresholds(name: str, base: Columns, row: int) -> Iterator[float]:
    """The figures to which the rules compare a fact, or those that its question names: of a dwelling, for each family that lives in it."""
    for condition in _observing(name):
        if condition.threshold and "." in condition.threshold:
            yield float(parameter_value(condition.threshold, base.situation.month))
    variables = [each.threshold for each in _observing(name) if each.threshold and "." not in each.threshold]
    situation, entity = base.situation, entity_of(name)
    household = situation.persons_of(int(situation.owner(entity)[row]))
    read_by = (row,) if entity == "individu" else household
    for each in (*variables, *questions()[name].breakpoints):
        with suppress(KeyError):  # the law of the month does not have it
            values = dict.fromkeys(float(base.value(each, "individu", person)) for person in read_by)
            yield from filter(math.isfinite, values)


def _observing(name: str) -> list[ConditionCard]:
    return [condition for card in catalogue().values() for condition in card.conditions if condition.observed == name]


def _worlds(sets: Iterable[tuple[Unknown, ...]], unsaid: _Unsaid) -> tuple[list[Answers], dict[tuple[Unknown, ...], bool]]:
    """Answers that together hold every combination of the values of each set of facts, and whether all of them are there.

    Where the combinations are too many, a few values stand for the others: the same ones for all sets, which then share their worlds.
    """
    worlds: list[Answers] = []
    complete: dict[tuple[Unknown, ...], bool] = {}
    covered: list[set[Unknown]] = []
    for unknowns in sorted(set(sets), key=lambda each: (-unsaid.count(each), each)):
        whole = complete[unknowns] = unsaid.count(unknowns) <= MOST_COMBINATIONS
        values = [unsaid.values[each] for each in unknowns]
        if not whole:
            _cover(worlds, unknowns, _sampled(_few(values)))
        elif not any(set(unknowns) <= each for each in covered):
            covered.append(set(unknowns))
            _cover(worlds, unknowns, product(*values))
    return worlds, complete


def _few(values: Sequence[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """The most telling answers to each figure or date, then the first choices if the combinations are still too many."""
    chosen = list(values)
    for choices in (False, True):
        for most in range(MOST_OF_A_FEW, 1, -1):
            if math.prod(map(len, chosen)) <= FEW_COMBINATIONS:
                return chosen
            chosen = [each[:most] if isinstance(each[0], str) == choices else few for each, few in zip(values, chosen, strict=True)]
    return chosen


def _sampled(values: Sequence[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """Every combination or, when there are too many, some spread among them all, the first and the last included."""
    count = math.prod(map(len, values))
    if count <= FEW_COMBINATIONS:
        yield from product(*values)
        return
    for place in dict.fromkeys((0, count - 1, *(int(count * (step * GOLDEN % 1)) for step in range(1, SAMPLE + 1)))):
        chosen = []
        for each in values:
            place, rank = divmod(place, len(each))
            chosen.append(each[rank])
        yield tuple(chosen)


def _cover(worlds: list[Answers], unknowns: Sequence[Unknown], combinations: Iterable[tuple[Value, ...]]) -> None:
    """Add answers to the worlds that say nothing against them, then new worlds, so that each combination is in one of them."""
    left = dict.fromkeys(combinations)
    partial: list[tuple[Answers, tuple[int, ...]]] = []
    for world in worlds:
        known = tuple([place for place, unknown in enumerate(unknowns) if unknown in world])
        if len(known) < len(unknowns):
            partial.append((world, known))
            continue
        left.pop(tuple([world[unknown] for unknown in unknowns]), None)
        if not left:
            return
    indexes: dict[tuple[int, ...], dict[tuple[Value, ...], list[tuple[Value, ...]]]] = {}
    for world, known in partial:
        if not left:
            return
        if known not in indexes:
            indexes[known] = defaultdict(list)
            for combination in reversed(left):
                indexes[known][tuple([combination[place] for place in known])].append(combination)
        fitting = indexes[known][tuple([world[unknowns[place]] for place in known])]
        while fitting and fitting[-1] not in left:
            fitting.pop()
        if fitting:
            combination = fitting.pop()
            del left[combination]
            world.update(zip(unknowns, combination, strict=True))
    worlds += [dict(zip(unknowns, combination, strict=True)) for combination in left]


def _answering(worlds: Sequence[frozenset[Unknown]], unknowns: Iterable[Unknown], first: int) -> tuple[int, ...]:
    """The numbers, from ``first`` on, of the worlds that answer some facts; each world is given by the facts that it answers."""
    needed = frozenset(unknowns)
    return tuple(number for number, answered in enumerate(worlds, first) if needed <= answered)


def settled_by(matter: Matter, outcomes: Sequence[float], answers: Sequence[Answers]) -> dict[Unknown, float]:
    """The share of the doubt about an outcome that the answer to each fact takes away, every combination being as likely as another.

    ``outcomes`` are the amounts of the worlds of the matter, ``answers`` theirs. The doubt is whether the right is open or, where it is
    open in every world, how much it is. A fact that never changes the outcome is left out.
    """
    sure = min(outcomes) > 0
    combinations = [tuple(each[unknown] for unknown in matter.unknowns) for each in answers]
    amounts = dict(zip(combinations, outcomes, strict=True))
    seen = {combination: amount if sure else amount > 0 for combination, amount in amounts.items()}
    doubt = _entropy(seen.values())
    shares: dict[Unknown, float] = {}
    for position, unknown in enumerate(matter.unknowns):
        others: dict[Any, set[float]] = defaultdict(set)
        groups: dict[Any, list[Any]] = defaultdict(list)
        for combination, amount in amounts.items():
            others[combination[:position] + combination[position + 1 :]].add(amount)
            groups[combination[position]].append(seen[combination])
        if not matter.complete or any(len(each) > 1 for each in others.values()):
            left = sum(len(each) * _entropy(each) for each in groups.values()) / len(amounts)
            shares[unknown] = 1 - left / doubt if doubt else 0.0
    return shares


def _entropy(outcomes: Iterable[Any]) -> float:
    counts = Counter(outcomes)
    return -sum(count / counts.total() * math.log2(count / counts.total()) for count in counts.values())
