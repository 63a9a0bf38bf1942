"""Which facts each rule reads, found by watching the engine read them: nobody has to write it down.

A few reference households are run once for each state of the law, with a tracer that notes which variable asks which. A fact is looked for
through the variables that a rule computes, but not behind another fact that people are asked: who says whether they hold a grant need not
say in which year of study they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any, TypeVar

from openfisca_core.tracers import SimpleTracer

from tznr_rules import cache, lived, simulation
from tznr_rules.catalogue import Card, cards, questions
from tznr_rules.household import parse
from tznr_rules.locations import CATALOGUE
from tznr_rules.reading import shipped
from tznr_rules.system import MODELLED, cached, in_force, rules, system

Edges = Mapping[str, frozenset[str]]
Found = TypeVar("Found")


class _Watch(SimpleTracer):  # type: ignore[misc]
    """Notes which variable asks which."""

    watches = True

    def __init__(self) -> None:
        super().__init__()
        self.edges: dict[str, set[str]] = defaultdict(set)

    def record_calculation_start(self, variable: str, period: Any, **kwargs: Any) -> None:
        if self._stack:
            self.edges[self._stack[-1]["name"]].add(variable)
        super().record_calculation_start(variable, period, **kwargs)


@dataclass(frozen=True)
class Behind:
    """The facts that a variable reads: of the very person it is about, and of anybody in the group (or of the group itself).

    ``own_rights`` and ``shared_rights`` are the benefits that it reads, when the facts behind them are not counted.
    """

    own: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    own_rights: frozenset[str] = frozenset()
    shared_rights: frozenset[str] = frozenset()

    def __or__(self, other: "Behind") -> "Behind":
        return Behind(
            self.own | other.own,
            self.shared | other.shared,
            self.own_rights | other.own_rights,
            self.shared_rights | other.shared_rights,
        )


def reads(month: str) -> Edges:
    """Which variables each variable asks for, in the law of a month."""
    return _recorded(_state_of_the_law(month))


def facts_behind(month: str) -> Mapping[str, Behind]:
    """The facts that have a question and that each variable reads, in the law of a month, up to the first of them on each way."""
    return _behind(_state_of_the_law(month), past_rights=True)


def facts_before_rights(month: str) -> Mapping[str, Behind]:
    """The same, up to the first benefit on each way: what is behind a benefit matters only to those who may have it."""
    return _behind(_state_of_the_law(month), past_rights=False)


@cached(maxsize=64, law=rules)
def _state_of_the_law(month: str) -> str:
    """The last month, up to this one, in which a formula of ours or of OpenFisca-France began or ended."""
    return max((each for each in _changes() if each <= month), default=MODELLED[0])


@cached(maxsize=1, law=rules)
def _changes() -> tuple[str, ...]:
    dates = {start for variable in system().variables.values() for start in variable.formulas}
    dates |= {str(variable.end) for variable in system().variables.values() if variable.end}
    return tuple(sorted({date[:7] for date in dates if MODELLED[0] <= date[:7] <= MODELLED[1]}))


@cached(maxsize=32, law=rules)
def _recorded(month: str) -> Edges:
    return _kept(f"reads-{month}", lambda: _watched(month))


def _kept(name: str, found: Callable[[], Found]) -> Found:
    """Found once for the law in force, whatever the process; in each process for another law, which only this one has."""
    law = system()
    return cache.kept(name, law.made_of, found, frozenset({(Behind.__module__, Behind.__name__)})) if law is in_force() else found()


def _watched(month: str) -> Edges:
    documents = shipped(CATALOGUE / "reference_households.yaml")
    for person in (person for document in documents for person in document["personnes"]):
        person["date_naissance"] = f"{int(month[:4]) - person.pop('age')}-01-01"
    built = lived.build([parse({**document, "date": month}) for document in documents], simulation.estimate_notices)
    watch = _Watch()
    wanted = [name for card in cards() if card.models(month) for name in card.variables()]
    simulation.run(built, dict.fromkeys([*wanted, *asked()]), tracer=watch)
    return {name: frozenset(asks) for name, asks in watch.edges.items()}


def record_every_law() -> None:
    """Watch every state of the law ahead of who asks."""
    for month in (MODELLED[0], *_changes()):
        for known in (reads, facts_behind, facts_before_rights):
            known(month)


def asked() -> tuple[str, ...]:
    """The facts that have a question, and the variables that say of whom each is asked and at which figures the rules change."""
    beside = [name for question in questions().values() for name in (question.asked_of, *question.breakpoints) if name]
    return tuple(dict.fromkeys([*questions(), *beside]))


@cached(maxsize=32, law=rules)
def _behind(month: str, past_rights: bool) -> Mapping[str, Behind]:
    edges, facts = _recorded(month), {name: name for name in questions()}
    facts |= {written: name for name, question in questions().items() for written in question.written_as}
    rights = frozenset() if past_rights else frozenset(card.variable for card in cards() if card.models(month) and card.conditions)
    name = f"{'facts' if past_rights else 'rights'}-{month}"
    return _kept(name, lambda: {each: _facts_of(each, edges, facts, rights) for each in edges})


def _facts_of(start: str, edges: Edges, facts: Mapping[str, str], rights: Set[str]) -> Behind:
    """The facts that a variable's formula reaches; past a variable of a group, a fact is no more that of the very person."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    stops: dict[bool, set[str]] = {True: set(), False: set()}
    own = _is_personal(start)
    ahead: list[tuple[str, bool]] = [(each, own) for each in edges.get(start, ())]
    seen: set[tuple[str, bool]] = set()
    while ahead:
        name, same = ahead.pop()
        same = same and _is_personal(name)
        if (name, same) in seen:
            continue
        seen.add((name, same))
        if name in facts:
            found[same].add(facts[name])
        elif name in rights:
            stops[same].add(name)
        else:
            ahead += [(each, same) for each in edges.get(name, ())]
    return Behind(frozenset(found[True]), frozenset(found[False]), frozenset(stops[True]), frozenset(stops[False]))


def _is_personal(name: str) -> bool:
    return bool(system().variables[name].entity.key == "individu")


def facts_read(card: Card, month: str) -> frozenset[str]:
    """The facts that have a question and that a benefit reads, in the law of a month."""
    reached = behind([*(condition.variable for condition in card.conditions), card.variable], month)
    return reached.own | reached.shared


def behind(names: Iterable[str], month: str, past_rights: bool = True) -> Behind:
    """The facts that some variables read, themselves included when they are facts that are asked."""
    known, found = facts_behind(month) if past_rights else facts_before_rights(month), Behind()
    for name in names:
        if name in questions():
            found |= Behind(frozenset({name})) if _is_personal(name) else Behind(shared=frozenset({name}))
        else:
            found |= known.get(name, Behind())
    return found
