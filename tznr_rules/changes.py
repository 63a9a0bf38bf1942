"""What would change a right: the nearest change of one thing that opens it, closes it, or moves its amount by a step.

Every lever is tried at once, in batches: a coarse grid first, then finer ones between the two values where the answer changes, down to the
cent. What is found is evaluated once more before it is returned.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from tznr_rules import levers as moves
from tznr_rules import wording
from tznr_rules.catalogue import Card, cards, catalogue
from tznr_rules.errors import HouseholdError
from tznr_rules.evaluation import evaluate
from tznr_rules.household import Household, parse
from tznr_rules.languages import Voice, voice
from tznr_rules.levers import Document, Lever
from tznr_rules.report import Benefit, Status
from tznr_rules.system import system

FINER = 30  # values of a finer grid
LARGEST_BATCH = 800
STEP = 1.0  # euros: between two neighbouring values, less is a slope and not a step
CENT = 0.01

ChangeKind = Literal["opens", "more", "closes", "less"]
ORDER: tuple[ChangeKind, ...] = ("opens", "more", "closes", "less")
EASE: tuple[moves.Kind, ...] = (
    *("claim", "answer", "hours", "income", "rent", "figure", "notice"),
    *("birthday", "moving", "tenure", "birth", "partner"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a benefit is: due or not, and its amount in the unit of the benefit (None when it cannot be told)."""

    status: Status
    amount: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing moved, and what the benefit becomes.

    ``path`` is what moves, as written in the document of the household (``personnes[0].salaire_net``), from ``value_from`` (None: not told)
    to ``value_to`` (None: gone): the nearest value that has this effect, to the cent. ``lever`` is what it is (income, rent, birthday...),
    ``who`` the person concerned. ``on`` is the day when it happens, for a birthday. A number told month by month moves by the same
    amount every month; ``value_from`` is then that of the month asked about.
    """

    benefit: str
    kind: ChangeKind
    lever: moves.Kind
    name: str
    path: str
    who: str
    value_from: Any
    value_to: Any
    before: Outcome
    after: Outcome
    on: str | None = None
    verified: bool = True

    @property
    def sentence(self) -> str:
        """The change in plain French."""
        return self.to_text()

    def to_text(self, language: str = "fr", style: str = "plain") -> str:
        """The change in a sentence.

        Raises:
            VoiceUnknown: nothing is written in this language and style.
        """
        said = voice(language, style)
        return _cause(self, said) + _effect(self, said)

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values, with its sentence in French."""
        return {**asdict(self), "sentence": self.sentence}


class Changes(list[Change]):
    """The changes of one benefit, the easiest and nearest first; ``benefit`` is what it is today."""

    def __init__(self, benefit: Benefit, found: Iterable[Change] = ()) -> None:
        super().__init__(found)
        self.benefit = benefit

    @property
    def why_none(self) -> str | None:
        """Why nothing can be said, when the rules of the benefit are not written for that month."""
        return self.benefit.not_modelled

    def to_text(self, language: str = "fr", style: str = "plain") -> str:
        """The changes as a list, for a terminal or a message."""
        said = voice(language, style)
        lines = [said.of(self.benefit.label), said.say(f"changes.today_{self.benefit.status}", amount=_amount(self.benefit, said))]
        lines += [f"- {change.to_text(language, style)}" for change in self]
        lines.append(said.say("changes.note") if self else said.of(self.why_none) if self.why_none else said.say("changes.none"))
        return wording.plain("\n".join(lines)) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """The benefit as it is, and its changes, as plain values."""
        now = Outcome(self.benefit.status, self.benefit.amount)
        return {"benefit": self.benefit.id, "now": asdict(now), "why_none": self.why_none, "changes": [each.to_dict() for each in self]}

    def to_json(self, *, indent: int | None = 2) -> str:
        """The same as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)


@dataclass(frozen=True)
class _Search:
    """The first value of a lever that changes the status or, if ``amounts``, the amount while the status stays."""

    lever: Lever
    amounts: bool
    last: Any  # the last value tried that changes nothing
    points: tuple[Any, ...]

    def finds(self, now: Outcome, there: Outcome | None) -> bool:
        if there is None:
            return False
        if not self.amounts:
            return there.status != now.status
        return there.status == now.status and there != now

    def narrowed(self, at: int) -> "_Search | None":
        """The search between the value found and the one before it; None when nothing is between them."""
        least, last, found = self.lever.resolution, self.last if at == 0 else self.points[at - 1], self.points[at]
        if least is None or abs(found - (last or 0.0)) <= least * 1.5:
            return None
        last = last or 0.0
        between = (round((last + (found - last) * rank / FINER) / least) * least for rank in range(1, FINER))
        inner = dict.fromkeys(value for value in (round(each, 2) for each in between) if min(last, found) < value < max(last, found))
        return replace(self, last=last, points=(*inner, found))


def what_would_change(household: Mapping[str, Any] | Household, benefit: str) -> Changes:
    """The nearest changes that open a right, close it, or move its amount by a step.

    Args:
        household: a household in the words of ``docs/household.md``, or one already parsed.
        benefit: an id of the catalogue.

    Returns:
        A list, the easiest and nearest change first; one thing moves in each, the rest and the law stay as they are. It is empty when no
        single change is enough, or when the benefit is not modelled in that month: ``why_none`` then says why.

    Raises:
        HouseholdError: the description is wrong; the error holds every problem.
        BenefitUnknown: the benefit is not in the catalogue.
        PeriodNotModelled: the month is outside the law that is modelled.

    >>> changes = what_would_change({"date": "2026-11", "depcom": "35238", "logement": {"statut_occupation_logement": "locataire_hlm"},
    ...     "personnes": [{"id": "nadia", "date_naissance": "1990-05-12", "salaire_net": 2400}]}, "ppa")
    >>> changes[0].kind, changes[0].path, changes[0].value_to < 2400
    ('opens', 'personnes[0].salaire_net', True)
    """
    (card,) = cards([benefit])
    described = parse(household)
    told = {*described.recus, *(name for person in described.personnes for name in person.recus)}
    others = [name for name in sorted(told) if name in catalogue() and name != benefit]
    report = evaluate([described], [benefit, *others])[0]
    today = report[benefit]
    if today.not_modelled is not None:
        return Changes(today)
    dues = {name: report[name].amount or 0.0 for name in others if (report[name].unclaimed or 0.0) >= CENT}
    document = described.document()
    now = Outcome(today.status, today.amount)
    found = _search(document, moves.levers(described, card, dues), card, now)
    return Changes(today, sorted(_verified(document, found, card, now), key=_rank))


def _search(document: Document, levers: Sequence[Lever], card: Card, now: Outcome) -> list[tuple[Lever, Any]]:
    """The levers that change something, each with the nearest value that does."""
    searches = [_Search(lever, amounts, lever.start, lever.points) for lever in levers for amounts in (False, True)]
    found: list[tuple[Lever, Any]] = []
    first = True
    while searches:
        places = list(dict.fromkeys((id(each.lever), value) for each in searches for value in each.points))
        by_id = {id(each.lever): each.lever for each in searches}
        outcomes = _outcomes([by_id[lever].applied(document, value) for lever, value in places], card)
        at = dict(zip(places, outcomes, strict=True))
        narrower: list[_Search] = []
        for each in searches:
            tried = [at[id(each.lever), value] for value in each.points]
            if first and each.amounts and each.lever.resolution is not None and tried[0] != now:
                continue  # the amount follows the figure to the cent: there is no step
            where = next((place for place, there in enumerate(tried) if each.finds(now, there)), None)
            if where is None:
                continue
            inner = each.narrowed(where)
            if inner is not None:
                narrower.append(inner)
            elif not each.amounts or _is_step(each.lever, card, now, tried[where]):
                found.append((each.lever, each.points[where]))
        searches, first = narrower, False
    return found


def _is_step(lever: Lever, card: Card, now: Outcome, there: Outcome | None) -> bool:
    """Whether the amount jumps, rather than begins to follow a figure."""
    if lever.resolution is None or card.unit != "EUR":
        return True
    return there is not None and abs((there.amount or 0.0) - (now.amount or 0.0)) >= STEP


def _outcomes(documents: Sequence[Document], card: Card) -> list[Outcome | None]:
    """What the benefit is for each of these households; None for a description that is refused (a child older than a parent)."""
    parsed: list[Household | None] = []
    for document in documents:
        try:
            parsed.append(parse(document))
        except HouseholdError:
            parsed.append(None)
    sound = [each for each in parsed if each is not None]
    reports = [
        report for start in range(0, len(sound), LARGEST_BATCH) for report in evaluate(sound[start : start + LARGEST_BATCH], [card.id])
    ]
    results = iter([Outcome(report[card.id].status, report[card.id].amount) for report in reports])
    return [None if each is None else next(results) for each in parsed]


def _verified(document: Document, found: Sequence[tuple[Lever, Any]], card: Card, now: Outcome) -> list[Change]:
    """The changes that hold when they are evaluated once more; of those of one kind that lead to the same, the nearest."""
    outcomes = _outcomes([lever.applied(document, value) for lever, value in found], card)
    changes: dict[Any, Change] = {}
    for (lever, value), after in zip(found, outcomes, strict=True):
        kind = _kind(now, after)
        if after is not None and kind is not None:
            on = lever.dates[value] if lever.dates else None
            told = (lever.address, lever.who, lever.start, value, now, after, on)
            side = isinstance(value, float) and value > (lever.start or 0.0)
            changes.setdefault((lever.address, side, after), Change(card.id, kind, lever.kind, lever.name, *told))
    return list(changes.values())


def _kind(now: Outcome, after: Outcome | None) -> ChangeKind | None:
    if after is None or after == now or after.status == "undetermined":
        return None
    if after.status != now.status:
        return "opens" if after.status == "granted" else "closes"
    return "more" if (after.amount or 0.0) > (now.amount or 0.0) else "less"


def _rank(change: Change) -> tuple[int, int, str, float]:
    """The changes that help first; among them the easiest, then the soonest or the nearest."""
    start, end = change.value_from, change.value_to
    moved = abs(end - (start or 0.0)) / max(start or 0.0, 1.0) if isinstance(end, float) else 0.0
    return ORDER.index(change.kind), EASE.index(change.lever), change.on or "", moved


def _cause(change: Change, said: Voice) -> str:
    """What moves, in words."""
    who = wording.name(change.who, said)
    if change.lever == "birthday":
        return said.say("changes.birthday", who=who, day=wording.day(change.on or "", said), age=wording.quantity(*_age(change), said))
    sentence = f"changes.{change.lever}"
    if change.lever == "partner":
        sentence += "_leaves" if change.value_to is None else "_comes"
    elif change.lever == "answer":
        sentence += "_yes" if change.value_to else "_no"
    elif change.value_from is None and said.has(f"{sentence}_not_told"):
        sentence += "_not_told"
    names = {"what": _what(change, said), "who": who, "start": _value(change, change.value_from, said)}
    return said.say(sentence, **names, end=_value(change, change.value_to, said))


def _age(change: Change) -> tuple[int, str]:
    """The age reached, in years or, for a baby, in months."""
    born, reached = str(change.value_from), str(change.on)
    count = (int(reached[:4]) - int(born[:4])) * 12 + int(reached[5:7]) - int(born[5:7])
    return (count // 12, "ans") if count % 12 == 0 and count else (count, "mois")


def _what(change: Change, said: Voice) -> str:
    """What moves: in our words if we have some, else as the law or the catalogue calls it."""
    if change.lever == "claim":
        return said.of(catalogue()[change.name].label or str(system().variables[change.name].label))
    ours = f"changes.of_{change.name}"
    return said.say(ours) if said.has(ours) else said.of(str(getattr(system().variables.get(change.name), "label", change.name)))


def _value(change: Change, value: Any, said: Voice) -> str:
    if change.lever in ("income", "rent", "claim"):
        return wording.quantity(float(value or 0.0), "EUR", said)
    if change.lever == "notice":
        return wording.quantity(value, "EUR", said)
    words = f"changes.value_{value}"
    return said.say(words) if said.has(words) else wording.quantity(value, None, said)


def _effect(change: Change, said: Voice) -> str:
    benefit = catalogue()[change.benefit]
    before, after = (_worth(benefit, outcome, said) for outcome in (change.before, change.after))
    shown = "_right" if benefit.unit == "right" and change.kind == "opens" else ""
    return said.say(f"changes.{change.kind}{shown}", before=before, after=after)


def _amount(benefit: Benefit, said: Voice) -> str:
    return _worth(catalogue()[benefit.id], Outcome(benefit.status, benefit.amount), said)


def _worth(card: Card, outcome: Outcome, said: Voice) -> str:
    if outcome.amount is None or card.unit == "right":
        return ""
    if card.unit == "percent":
        return wording.quantity(outcome.amount, "percent", said)
    return said.say(f"changes.{card.periodicity.value}", amount=wording.quantity(outcome.amount, "EUR", said))
