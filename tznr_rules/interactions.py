"""Which benefits count for others, open, replace or exclude them, and what each is worth if it alone is claimed.

Which rule reads which benefit is recorded from one run of the rules themselves. What it changes is found by computing: the same household
in several worlds, in one batch, where everything is claimed, where one benefit is not, and where one benefit only is.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tznr_rules.catalogue import Card, catalogue
from tznr_rules.columns import Columns, entity_of
from tznr_rules.household import Household
from tznr_rules.periods import Series, at_month
from tznr_rules.reads import reads
from tznr_rules.report import Benefit, Interaction, Report
from tznr_rules.system import cached, rules, system
from tznr_rules.worlds import Amounts, World, amounts, carriers

CENT = 0.005


def with_interactions(household: Household, report: Report) -> Report:
    """A report completed with what its benefits do to one another, and with what each is worth alone and with all the others.

    Args:
        household: the one that the report is about.
        report: benefits of which nothing is said when they cannot be told.
    """
    claims = sources(household)
    concerned = {*claims, *(name for name, others in read_by(report.date).items() if others)} | _never_together()
    wanted = [name for name in catalogue() if name in concerned and (name in claims or name in report)]
    compared = _Compared.of(household, [catalogue()[name] for name in wanted if catalogue()[name].models(report.date)])
    told = {each.id: each for each in report}
    benefits = tuple(compared.completed(each) for each in report)
    open_to_doubt = {name for name, each in told.items() if each.status == "undetermined"}
    found = [each for each in compared.interactions() if each.benefit in told and not {each.benefit, each.other} & open_to_doubt]
    return replace(report, benefits=benefits, interactions=tuple(each for each in found if _concerns_somebody(each, told)))


def claimable(month: str) -> tuple[str, ...]:
    """The benefits that the rules of others read in a month and that one may claim or not, in the order of the catalogue."""
    read = frozenset[str]().union(*read_by(month).values())
    return tuple(name for name, card in catalogue().items() if name in read and card.models(month) and not card.automatic)


@cached(maxsize=64, law=rules)
def read_by(month: str) -> dict[str, frozenset[str]]:
    """The other benefits that the rules of each one read themselves, not through those of another."""
    edges = reads(month)
    paid = {variable: name for name in catalogue() for variable in carriers(name)}
    found = {}
    for name, card in catalogue().items():
        seen: set[str] = set()
        waiting = card.variables()
        while waiting:
            variable = waiting.pop()
            if variable not in seen:
                seen.add(variable)
                waiting += edges.get(variable, ()) if paid.get(variable, name) == name else ()
        found[name] = frozenset(paid[variable] for variable in seen if variable in paid) - {name}
    return found


def _concerns_somebody(each: Interaction, told: Mapping[str, Benefit]) -> bool:
    """Whether two benefits that the law does not pay together are for the same person, as far as the report says for whom they are."""
    if each.kind != "excludes" or each.other not in told:
        return True
    one, two = told[each.benefit].beneficiaries, told[each.other].beneficiaries
    return not one or not two or bool(set(one) & set(two))


def label_of(benefit: str) -> str:
    """What a benefit is called."""
    card = catalogue()[benefit]
    return card.label or str(system().variables[card.variable].label)


def _never_together() -> set[str]:
    """The benefits that the law does not pay with another."""
    return {name for card in catalogue().values() if card.not_with for name in (card.id, *card.not_with)}


def _received(household: Household) -> set[str]:
    """The benefits that a household says it receives in its month."""
    told = (household.recus, *(person.recus for person in household.personnes))
    return {name for recus in told for name, series in recus.items() if (at_month(series, household.date) or 0.0) > 0}


def sources(household: Household) -> tuple[str, ...]:
    """The benefits that the rules of others read and that a household may choose to claim: it does not receive them yet."""
    return tuple(name for name in claimable(household.date) if name not in _received(household))


def claiming(household: Household) -> Household:
    """The household once it claims everything: that it does not receive a benefit today is no longer what a rule looks back on."""
    return silent_about(household, sources(household))


def silent_about(household: Household, benefits: Collection[str]) -> Household:
    """The household as if it had not said what it receives of some benefits."""

    def kept(recus: Mapping[str, Series]) -> dict[str, Series]:
        return {name: series for name, series in recus.items() if name not in benefits}

    people = tuple(person.model_copy(update={"recus": kept(person.recus)}) for person in household.personnes)
    return household.model_copy(update={"recus": kept(household.recus), "personnes": people})


@dataclass(frozen=True)
class _Compared:
    """The amounts of benefits when everything is claimed (world 0), nothing is (1), one only is, and one is not."""

    month: str
    cards: dict[str, Card]
    sources: tuple[str, ...]
    amounts: Amounts
    columns: Columns

    @classmethod
    def of(cls, household: Household, cards: Sequence[Card]) -> "_Compared":
        claims, told = sources(household), claiming(household)
        every = frozenset(claims)
        alone = [World(told, every - {name}) for name in claims]
        without = [World(told, frozenset({name})) for name in claims]
        computed, columns = amounts([World(told), World(told, every), *alone, *without], cards)
        return cls(household.date, {card.id: card for card in cards if card.id in computed}, claims, computed, columns)

    def completed(self, benefit: Benefit) -> Benefit:
        """A benefit with what it is worth if it alone is claimed, and if everything is."""
        if benefit.status == "undetermined" or benefit.id not in self.cards:
            return benefit
        alone, together = self.alone(benefit.id), self.together(benefit.id)
        return benefit if max(alone, together) < CENT else replace(benefit, amount_alone=alone, amount_with_all=together)

    def interactions(self) -> Iterator[Interaction]:
        """What each claim changes to each benefit, then the benefits that the law never pays together."""
        for name in self.cards:
            others = [each for each in self.sources if each != name and self.together(each) >= CENT]
            found = [each for other in others for each in self._computed(name, other, 0, self.without(other))]
            if not found and name not in self.sources:
                found = [each for other in others for each in self._computed(name, other, self.only(other), 1)]
            yield from found
        for name, other in self._pairs:
            if min(self.together(name), self.together(other)) >= CENT:
                yield self._told_by_law(name, other)

    def together(self, name: str) -> float:
        return float(self.amounts[name][0])

    def alone(self, name: str) -> float:
        return float(self.amounts[name][self.only(name) if name in self.sources else 1])

    def only(self, other: str) -> int:
        """The world in which nothing else is claimed."""
        return 2 + self.sources.index(other)

    def without(self, other: str) -> int:
        """The world in which everything else is claimed."""
        return 2 + len(self.sources) + self.sources.index(other)

    def _computed(self, name: str, other: str, now: int, before: int) -> Iterator[Interaction]:
        """What the rules themselves make of a benefit from a world in which another is not claimed to one in which it is."""
        amount = float(self.amounts[name][now])
        effect, label = round(amount - float(self.amounts[name][before]), 2), label_of(other)
        if abs(effect) < CENT:
            return
        if effect > 0:
            yield Interaction(name, other, "raises" if amount - effect >= CENT else "opens", effect, label)
        elif amount >= CENT or self._by_resources(name, now, before):
            yield Interaction(name, other, "counts_as_resource", effect, label)
        elif (excludes := bool({(name, other), (other, name)} & set(self._pairs))) or self._in_its_place(name, other):
            gain = round(self._paid(now) - self._paid(before), 2)
            better = other if gain >= 0 else name
            yield Interaction(name, other, "excludes" if excludes else "replaces", effect, label, better, abs(gain))
        else:
            yield Interaction(name, other, "closes", effect, label)

    def _in_its_place(self, name: str, other: str) -> bool:
        """Whether the own rules of a benefit read another, both being paid each month."""
        return other in read_by(self.month)[name] and _monthly(self.cards[name]) and _monthly(self.cards[other])

    def _told_by_law(self, name: str, other: str) -> Interaction:
        """Two benefits that the rules compute each by itself: the household is paid one only, whichever is worth more."""
        one, two = self.cards[name], self.cards[other]
        if (one.unit, one.periodicity) != (two.unit, two.periodicity) or one.unit != "EUR":
            return Interaction(name, other, "excludes", -self.together(name), label_of(other))
        gain = round(self._worth(name, other) - self._worth(other, name), 2)
        lost, better = (other, name) if gain >= 0 else (name, other)
        return Interaction(lost, better, "excludes", -self.together(lost), label_of(better), better, abs(gain))

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, other) for name, card in self.cards.items() for other in card.not_with if other in self.cards]

    def _by_resources(self, name: str, world: int, other: int) -> bool:
        """Whether a benefit is lost by passing a ceiling, and by nothing else; the rows of two worlds come in the same order."""
        card = self.cards[name]
        entity = entity_of(card.variable)
        owner = self.columns.situation.owner(entity)
        now, before = owner == world, owner == other
        values = self.columns.values
        lost = (values[card.variable][before] >= CENT) & (values[card.variable][now] < CENT)
        broken = [each for each in card.conditions if (lost & ~values[each.variable][now].astype(bool)).any()]
        return all(each.comparison is not None and str(each.unit).startswith("EUR") for each in broken)

    def _paid(self, world: int) -> float:
        """What a household is paid each month in a world; of two benefits that the law does not pay together, the larger."""
        paid = {name: float(self.amounts[name][world]) for name, card in self.cards.items() if _monthly(card)}
        lost = {min(pair, key=lambda name: paid[name]) for pair in self._pairs if all(paid.get(name, 0.0) >= CENT for name in pair)}
        return sum(value for name, value in paid.items() if name not in lost)

    def _worth(self, name: str, other: str) -> float:
        """What a household is paid each month with one of two benefits; their own amounts if they are not paid by month."""
        if not _monthly(self.cards[name]):
            return self.together(name)
        if other in self.sources:
            return self._paid(self.without(other))
        return self._paid(0) + min(self.together(name) - self.together(other), 0.0)


def _monthly(card: Card) -> bool:
    return card.unit == "EUR" and card.periodicity == "monthly" and card.in_total
