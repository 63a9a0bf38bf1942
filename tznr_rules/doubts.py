"""Of whom something that nobody told may change a variable: found for a whole batch at once.

Each fact that has a question and each benefit is a bit. A person has the bit of a fact that nobody told of them, and that of a benefit
which is not closed to them and rests on such facts; a variable is in doubt for those who have a bit that it reads or, where it reads
others too, share a family or a tax household with somebody who has it. A benefit is closed to the rows that it refuses by a condition
which is in no doubt.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tznr_rules.assumptions import MAJORITY, WAGE, asks_income
from tznr_rules.catalogue import Card, cards, questions
from tznr_rules.columns import Columns, entity_of
from tznr_rules.reads import Behind, behind, facts_before_rights
from tznr_rules.situation import GROUPS, Group
from tznr_rules.system import cached, rules, system
from tznr_rules.told import mask_of

Array = NDArray[Any]
Rows = NDArray[np.bool_]
Mask = tuple[tuple[int, Any], ...]  # words, by number, with the bits that are read in them
Seen = tuple[str, str]  # a variable, and the entity from the rows of which it is looked at
NEAR = ("famille", "foyer_fiscal")  # in which a rule looks at others
WORD = 64  # bits


class LawReads:
    """What the variables of the law of a month read, up to the first benefit on each way."""

    def __init__(self, month: str) -> None:
        before_rights, variables = facts_before_rights(month), system().variables
        self.month = month
        self.entity = cache(entity_of)
        self.reads = cache(lambda name: behind([name], month, past_rights=False))
        self.formula_reads = cache(lambda name: before_rights.get(name, Behind()))
        self.has_formula = cache(lambda name: bool(variables[name].formulas))
        self.cards_of: dict[str, list[Card]] = defaultdict(list)
        for card in cards():
            if card.models(month):
                self.cards_of[card.variable].append(card)

    def conditions(self, variable: str) -> tuple[str, ...]:
        """The conditions of the benefit whose variable this is."""
        return tuple(dict.fromkeys(each.variable for card in self.cards_of.get(variable, ()) for each in card.conditions))


@cached(maxsize=32, law=rules)
def law_reads(month: str) -> LawReads:
    """What the variables of the law of a month read, looked up once."""
    return LawReads(month)


@dataclass(frozen=True)
class Layout:
    """Which bit stands for what, and the bits that each variable reads.

    ``masks``: by variable, and entity from the rows of which it is looked at.
    """

    facts: tuple[str, ...]
    rights: tuple[str, ...]
    bits: Mapping[str, int]
    masks: dict[Seen, Mask]

    @property
    def words(self) -> int:
        """How many words hold the bits of a person."""
        return -(-len(self.bits) // WORD)


@cached(maxsize=64, law=rules)
def layout(month: str, wanted: tuple[Seen, ...]) -> Layout:
    """The bits that some variables read, directly or through a benefit or the formula of a fact."""
    law = law_reads(month)
    facts: dict[str, None] = {}
    rights: dict[str, None] = {}
    read: dict[Seen, Behind] = {}
    ahead = [(seen, law.reads(seen[0])) for seen in wanted]
    while ahead:
        seen, reads = ahead.pop()
        if seen in read:
            continue
        read[seen] = reads
        for fact in sorted((reads.own | reads.shared) - facts.keys()):
            facts[fact] = None
            ahead.append(((formula_of(fact), law.entity(fact)), law.formula_reads(fact)))
        for right in sorted((reads.own_rights | reads.shared_rights) - rights.keys()):
            rights[right] = None
            ahead += [((name, law.entity(right)), law.reads(name)) for name in (right, *law.conditions(right))]
    bits = {name: place for place, name in enumerate([*facts, *rights])}
    return Layout(tuple(facts), tuple(rights), bits, {seen: mask(reads, bits) for seen, reads in read.items()})


def formula_of(fact: str) -> str:
    """How the formula of a fact is called among the variables, beside the fact itself."""
    return f"{fact}()"


def mask(reads: Behind, bits: Mapping[str, int]) -> Mask:
    """The words in which something is read, with the bits read: those of the very row come first, then those of anybody around."""
    words = -(-len(bits) // WORD)
    found: dict[int, int] = defaultdict(int)
    for first, names in ((0, (*reads.own, *reads.own_rights)), (words, (*reads.shared, *reads.shared_rights))):
        for name in names:
            word, bit = divmod(bits.get(name, -1), WORD)
            found[first + word] |= (name in bits) << bit
    return tuple((word, np.uint64(read)) for word, read in sorted(found.items()) if read)


class Doubts:
    """What nobody told in a batch, and which variables it may change for which rows."""

    def __init__(self, base: Columns, chosen: Sequence[Card]) -> None:
        """Find it for the amount and the conditions of some benefits, and for what they read."""
        self._base, self._situation = base, base.situation
        self._law = law_reads(base.situation.month)
        named = [(card, (card.variable, *(each.variable for each in card.conditions))) for card in chosen]
        seen = dict.fromkeys((name, entity_of(card.variable)) for card, names in named for name in names)
        self.layout = layout(base.situation.month, tuple(seen))
        self.unknown = {fact: self._not_told(fact) for fact in self.layout.facts}
        self._computed = {fact: self._from_formula(fact) for fact in self.layout.facts if self._law.has_formula(fact)}
        self._refused = self._refusals()
        self._answers: dict[tuple[str, Mask], Rows] = {}
        self._settle()

    def may_change(self, name: str, entity: str) -> Rows:
        """Whether something that nobody told may change a variable, by the rows of an entity; it is of a benefit, or a condition of one."""
        return self._reading(entity, self.layout.masks[name, entity])

    def may_change_at(self, name: str, entity: str, row: int) -> bool:
        """The same for one row, of any variable."""
        masks = self.layout.masks
        if (name, entity) not in masks:
            masks[name, entity] = mask(self._law.reads(name), self.layout.bits)
        return bool(self._reading(entity, masks[name, entity])[row])

    def is_closed(self, right: str, row: int) -> bool:
        """Whether a condition that is in no doubt refuses a benefit to a row of its entity."""
        return bool(self._closed[right][row])

    def rows_of(self, card: Card) -> Rows:
        """The rows of whom something that nobody told may change a benefit, which no condition refuses without a doubt."""
        entity = entity_of(card.variable)
        found = self.may_change(card.variable, entity)
        refused = np.zeros(len(found), dtype=bool)
        for condition in card.conditions:
            doubt = self.may_change(condition.variable, entity)
            found = found | doubt
            refused |= ~doubt & ~self._base.seen(condition.variable, entity).astype(bool)
        rows: Rows = found & ~refused
        return rows

    def _not_told(self, fact: str) -> Rows:
        """Of whom a fact has an answer that nobody gave: not told, not idle, not established by others."""
        situation, variable = self._situation, system().variables[fact]
        entity = self._law.entity(fact)
        unknown: Rows = ~situation.told.get(fact, np.zeros(situation.count(entity), dtype=bool))
        if entity == "individu":
            unknown = unknown & (situation.ages >= 0)
        if fact == WAGE:
            grown = unknown & (situation.ages >= MAJORITY)
            places = [place for composition in situation.compositions for place in composition.places] if grown.any() else []
            asked = [row for row in np.flatnonzero(grown).tolist() if asks_income(places[row], situation.month)]
            return mask_of(len(unknown), asked)
        if variable.formulas:
            established = ~self._base.values[fact].astype(bool) if variable.value_type is bool else False
            unknown = unknown & established
        gate = questions()[fact].asked_of
        if gate is not None:
            unknown = unknown & self._base.seen(gate, entity).astype(bool)
        return unknown

    def _from_formula(self, fact: str) -> Rows:
        """Of whom a formula says a fact that nobody told."""
        told = self._situation.told.get(fact)
        computed: Rows = ~self.unknown[fact] if told is None else ~self.unknown[fact] & ~told
        return computed

    def _refusals(self) -> dict[str, list[tuple[str, Rows]]]:
        """The conditions of each benefit, with the rows of the benefit that they refuse; one that the law does not know refuses nobody."""
        found: dict[str, list[tuple[str, Rows]]] = {}
        for right in self.layout.rights:
            entity = self._law.entity(right)
            found[right] = []
            for condition in self._law.conditions(right):
                try:
                    refused = ~self._base.seen(condition, entity).astype(bool)
                except KeyError:
                    continue
                if refused.any():
                    found[right].append((condition, refused))
        return found

    def _settle(self) -> None:
        """Close the benefits that are refused without a doubt, which takes doubts away, until no more are."""
        self._closed = {right: np.zeros(self._situation.count(self._law.entity(right)), dtype=bool) for right in self.layout.rights}
        more = True
        while more:
            self._spread()
            more = False
            for right, refusals in self._refused.items():
                entity = self._law.entity(right)
                for condition, refused in refusals:
                    closed = refused & ~self.may_change(condition, entity) & ~self._closed[right]
                    more = more or bool(closed.any())
                    self._closed[right] |= closed

    def _spread(self) -> None:
        """Give each person the bits of what is in doubt, from the facts to all that reads them."""
        words = np.zeros((self.layout.words, len(self._situation.persons)), dtype=np.uint64)
        self._set(words, ((fact, self._of_persons(rows, fact)) for fact, rows in self.unknown.items()))
        settled = False
        while not settled:
            before = words.copy()
            self._words = self._read_from(words)
            self._answers.clear()
            self._set(words, self._carried())
            settled = np.array_equal(words, before)

    def _carried(self) -> Iterator[tuple[str, Rows]]:
        """The facts whose formula is in doubt, and the open benefits that are, by person."""
        for fact, computed in self._computed.items():
            entity = self._law.entity(fact)
            rows = computed & self.may_change(formula_of(fact), entity)
            own = rows if entity == "individu" else rows[self._situation.groups[entity].of_person]
            yield fact, self._of_persons(rows, fact) | own
        for right, closed in self._closed.items():
            entity = self._law.entity(right)
            rows = self.may_change(right, entity) & ~closed
            yield right, rows if entity == "individu" else rows[self._situation.groups[entity].of_person]

    def _set(self, words: Array, found: Iterable[tuple[str, Rows]]) -> None:
        for name, persons in found:
            word, bit = divmod(self.layout.bits[name], WORD)
            words[word] |= persons.astype(np.uint64) << np.uint64(bit)

    def _reading(self, entity: str, read: Mask) -> Rows:
        """The rows of an entity that have a bit of a mask."""
        if (entity, read) not in self._answers:
            found = np.zeros(self._situation.count(entity), dtype=bool)
            for word, bits in read:
                found |= (self._words[entity][word] & bits) != 0
            self._answers[entity, read] = found
        return self._answers[entity, read]

    def _of_persons(self, rows: Rows, fact: str) -> Rows:
        """The rows of a fact by person: their own or, of a group, that of the demandeur of their household, who alone is asked."""
        entity, situation = self._law.entity(fact), self._situation
        if entity == "individu":
            return rows
        asked = situation.groups[entity].of_person[situation.heads]
        found: Rows = rows[asked][situation.person_household]
        return found

    def _read_from(self, words: Array) -> dict[str, Array]:
        """The words read from the rows of each entity: of the very row, then around; a group has all those of the people around it."""
        around = np.zeros_like(words)
        for entity in NEAR:
            group = self._situation.groups[entity]
            around |= _gathered(words, group)[:, group.of_person]
        gathered = {entity: _gathered(around, self._situation.groups[entity]) for entity in GROUPS}
        return {"individu": np.concatenate([words, around]), **{entity: np.tile(found, (2, 1)) for entity, found in gathered.items()}}


def _gathered(words: Array, group: Group) -> Array:
    """The bits of the persons of each row of a group, together."""
    order = np.argsort(group.of_person, kind="stable")
    starts = np.searchsorted(group.of_person[order], np.arange(group.count))
    gathered: Array = np.bitwise_or.reduceat(words[:, order], starts, axis=1)
    return gathered
