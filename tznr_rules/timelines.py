"""The dated changes to come: what opens, changes, stops or is to be renewed, when, why, and what to do by when.

The same household is asked about in each later month, and consecutive months are compared. The cause of a change is measured: a part of the
life of the household is moved with the month (see ``moved``), and the part that undoes the change is what caused it.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from openfisca_core.parameters import Parameter

from tznr_rules import agenda
from tznr_rules.agenda import Timeline
from tznr_rules.catalogue import Card, Rhythm, calendar, cards, catalogue
from tznr_rules.evaluation import evaluate
from tznr_rules.events import law_value, worded
from tznr_rules.household import Household, Person, parse
from tznr_rules.moved import WHOLE_LIFE, Part, at, dated, moved, varies
from tznr_rules.periods import between, later
from tznr_rules.reasons import leaves, parameter
from tznr_rules.report import Benefit, Cause, Event, EventKind, Report
from tznr_rules.system import MODELLED, system

CENT = 0.005
ANOTHER_STATUS = 1e9  # farther than any amount
RANK = {"refused": 0, "undetermined": 1, "granted": 2}
MONTHLY = Rhythm()

ORDER: tuple[EventKind, ...] = ("stops", "changes", "opens", "renew", "paid")

Variants = Mapping[Part, Report]
"""The reports of a month, by the part of the life that was moved."""


@dataclass(frozen=True)
class _Span:
    """Two months of which a benefit is compared, and the months by which a life is moved to undo what happened between them."""

    since: str
    month: str
    move: int


def timeline(
    household: Mapping[str, Any] | Household,
    *,
    months: int = 24,
    benefits: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Timeline:
    """The dated changes to come in the rights of a household.

    Args:
        household: a household in the words of ``docs/household.md``, or one already parsed; the first month is its date.
        months: how many months to look ahead, at least 1.
        benefits: ids of the catalogue; default: all of them.
        progress: called after each month with how many are done, and how many there are.

    Raises:
        HouseholdError: the description is wrong; the error holds every problem.
        BenefitUnknown: an id is not in the catalogue.
        PeriodNotModelled: the first month is outside the law that is modelled. Later ones take the law as it was last known.
        ValueError: fewer than one month is asked for.

    >>> coming = timeline({"date": "2026-11", "logement": {"statut_occupation_logement": "sans_domicile"},
    ...     "personnes": [{"id": "alex", "date_naissance": "2002-03-10", "salaire_net": 0}]}, months=6, benefits=["rsa"])
    >>> [(event.kind, event.month, event.day, event.after) for event in coming]
    [('opens', '2027-04', '2027-03-10', 651.69)]
    """
    if months < 1:
        raise ValueError(f"months: {months} is less than 1.")
    described = parse(household)
    chosen = cards(list(dict.fromkeys(benefits)) if benefits is not None else None)
    asked = [later(described.date, count) for count in range(months + 1)]
    reports: dict[str, Report] = {}
    for count, month in enumerate(asked):
        reports[month] = evaluate([at(described, month)], benefits, beyond=count > 0)[0]
        if progress:
            progress(count + 1, len(asked))
    events = [event for span, ids in _spans(chosen, reports, asked).items() for event in _events(described, span, ids, reports)]
    events.sort(key=lambda event: (event.month, ORDER.index(event.kind), event.day or "", event.benefit))
    return agenda.complete(asked, events, MODELLED[1], reports[asked[0]].provenance)


def _spans(chosen: Sequence[Card], reports: Mapping[str, Report], asked: Sequence[str]) -> dict[_Span, list[str]]:
    """What is to be told: the benefits that change, are to be renewed or are paid again, by the two months that tell it."""
    found: dict[_Span, list[str]] = {}
    for card in chosen:
        rhythm = calendar().get(card.id, MONTHLY)
        for since, month in _compared(rhythm, [reports[month][card.id] for month in asked], asked):
            before, after = reports[since][card.id], reports[month][card.id]
            if before.not_modelled or after.not_modelled:
                continue
            recurs = (rhythm.lasts or rhythm.paid_in) and after.status == "granted"
            if _distance(before, after) or recurs:
                move = 12 * (int(month[:4]) - int(since[:4])) if rhythm.by_year else between(since, month)
                found.setdefault(_Span(since, month, move), []).append(card.id)
    return found


def _compared(rhythm: Rhythm, benefit: Sequence[Benefit], asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of months between which a benefit is compared: each month with the one before it, each payment with the last one, and
    the end of what is granted for a while with its beginning."""
    since = 0
    while since < len(asked) - 1:
        month = since + 1
        if rhythm.paid_in:
            month = next((place for place in range(month, len(asked)) if int(asked[place][5:]) == rhythm.paid_in), len(asked))
        elif rhythm.lasts and benefit[since].status == "granted":
            month = since + rhythm.lasts
        if month < len(asked):
            yield asked[since], asked[month]
        since = month


def _events(household: Household, span: _Span, ids: Sequence[str], reports: Mapping[str, Report]) -> Iterator[Event]:
    """What happens to some benefits between two months."""
    variants = _variants(household, span, [name for name in ids if _distance(reports[span.since][name], reports[span.month][name])])
    for name in ids:
        yield _event(household, span, reports[span.since][name], reports[span.month][name], variants)


def _variants(household: Household, span: _Span, ids: Sequence[str]) -> Variants:
    """The reports of the later month for each part of the life that would have moved with it."""
    if not ids:
        return {}
    people = household.personnes if len(household.personnes) > 1 else ()
    parts = [Part(births=True), *(Part(births=True, person=person.id) for person in people)]
    parts += [Part(told=True), *(Part(told=True, person=person.id) for person in people if varies(person))]
    parts += [Part(days=True), *(Part(days=True, person=person.id) for person in people if dated(person)), WHOLE_LIFE]
    asked = at(household, span.month)
    return dict(zip(parts, evaluate([moved(asked, span.move, part) for part in parts], ids, beyond=True), strict=True))


def _event(household: Household, span: _Span, before: Benefit, after: Benefit, variants: Variants) -> Event:
    rhythm = calendar().get(after.id, MONTHLY)
    kind = _kind(before, after, rhythm)
    part = _part(before, after, variants) if _distance(before, after) else None
    people = _people(household, part, after, variants) if part and part != WHOLE_LIFE else ()
    value = _changed_value(after.id, span) if part == WHOLE_LIFE else None
    cause = _cause(kind, part, people, span, value, rhythm)
    day, turned = _turning(people, span, rhythm) if cause in ("birthday", "birth") else (None, None)
    event = Event(
        month=span.month,
        day=day,
        benefit=after.id,
        label=after.label,
        institution=after.institution,
        kind=kind,
        before=before.amount,
        after=after.amount,
        unit=after.unit,
        periodicity=after.periodicity,
        cause=cause,
        subject=people[0].id if len(people) == 1 else None,
        why="",
        action="",
        by=_deadline(kind, span, rhythm),
        url=str(after.apply.get("url", "")),
        since=span.since,
        people=tuple(person.id for person in people),
        age=turned,
        conditions=_flipped(before, after),
        value=value,
    )
    return worded(event)


def _distance(one: Benefit, other: Benefit) -> float:
    """How far two answers are: another status, else the difference of amounts; 0 when they are the same."""
    if one.status != other.status:
        return ANOTHER_STATUS
    gap = abs((one.amount or 0.0) - (other.amount or 0.0))
    return gap if gap > CENT else 0.0


def _kind(before: Benefit, after: Benefit, rhythm: Rhythm) -> EventKind:
    step = RANK[after.status] - RANK[before.status]
    if step:
        return "opens" if step > 0 else "stops"
    if _distance(before, after):
        return "changes"
    return "renew" if rhythm.lasts else "paid"


def _part(before: Benefit, after: Benefit, variants: Variants) -> Part | None:
    """What makes the change: the part of the life that moves it most, or the law and the calendar (WHOLE_LIFE); None: no part alone."""
    weight = {
        part: _distance(report[after.id], before if part == WHOLE_LIFE else after)
        for part, report in variants.items()
        if part.person is None
    }
    heaviest = max(weight, key=weight.__getitem__)
    return heaviest if weight[heaviest] else None


def _people(household: Household, part: Part, after: Benefit, variants: Variants) -> tuple[Person, ...]:
    """Those whose own part of the life moves the change."""
    people = household.personnes
    if len(people) == 1:
        return people
    own = {person.id: variants.get(replace(part, person=person.id)) for person in people}
    return tuple(person for person in people if (report := own[person.id]) is not None and _distance(report[after.id], after))


def _cause(kind: EventKind, part: Part | None, people: Sequence[Person], span: _Span, value: str | None, rhythm: Rhythm) -> Cause:
    if kind in ("renew", "paid"):
        return "end_of_period" if kind == "renew" else "calendar"
    if part is None:
        return "interaction"
    if part == WHOLE_LIFE:
        if (rhythm.paid_in and value is None) or not _law_changes(span):
            return "calendar"
        return "uprating" if kind == "changes" else "law"
    if part.births:
        return "birth" if any(person.date_naissance > _first(span.since) for person in people) else "birthday"
    return "reference_period" if part.told else "end_of_period"


def _turning(people: Sequence[Person], span: _Span, rhythm: Rhythm) -> tuple[str | None, int | None]:
    """The day on which everyone who causes an event turns an age, and that age; the age reached in the year where the year counts."""
    if rhythm.by_year:
        years = {int(span.month[:4]) - person.date_naissance.year for person in people}
        return None, years.pop() if len(years) == 1 else None
    days = {_birthday(person, span) for person in people}
    ages = {day.year - person.date_naissance.year for person in people if (day := _birthday(person, span))}
    day = days.pop() if len(days) == 1 else None
    return (day.isoformat(), ages.pop()) if day and len(ages) == 1 else (None, None)


def _birthday(person: Person, span: _Span) -> date | None:
    """The birth or birthday that comes between two months; failing that, in the later one, for what stops in the month of a birthday."""
    born = person.date_naissance
    years = range(max(born.year, int(span.since[:4])), int(span.month[:4]) + 1)
    days = [date(year, born.month, min(born.day, monthrange(year, born.month)[1])) for year in years]
    return next((day for day in days if _first(span.since) < day <= _first(span.month)), None) or next(
        (day for day in days if _first(span.month) < day < _first(later(span.month, 1))), None
    )


def _flipped(before: Benefit, after: Benefit) -> tuple[str, ...]:
    """The conditions that no longer have the same answer, for any of those who may hold the benefit."""
    known = {(result.subject, reason.id): reason.holds for result in before.by_subject for reason in result.reasons}
    wanted = {"granted": (True,), "refused": (False,), "undetermined": (None,)}[after.status]
    return tuple(
        dict.fromkeys(
            reason.label
            for result in after.by_subject
            for reason in result.reasons
            if reason.holds in wanted and known.get((result.subject, reason.id), reason.holds) is not reason.holds
        )
    )


def _changed_value(benefit: str, span: _Span) -> str | None:
    """The first of the values of the law cited by a card that changes between two months, with both its values."""
    for path in catalogue()[benefit].cited():
        for _, leaf in leaves(path, parameter(path)):
            if isinstance(leaf, Parameter):
                old, new = leaf.get_at_instant(f"{span.since}-01"), leaf.get_at_instant(f"{span.month}-01")
                if old != new:
                    unit = leaf.metadata.get("unit")
                    return law_value(str(leaf.description or leaf.name), old, new, unit)
    return None


def _law_changes(span: _Span) -> bool:
    """Whether any value of the law changes between two months."""
    return any(span.since < month <= span.month for month in _months_of_law())


@lru_cache(maxsize=1)
def _months_of_law() -> frozenset[str]:
    """Every month in which some value of the law changes."""
    return frozenset(
        value.instant_str[:7]
        for _, leaf in leaves("", system().parameters)
        for single in ([leaf] if isinstance(leaf, Parameter) else [each for bracket in leaf.brackets for each in bracket.children.values()])
        for value in single.values_list
    )


def _deadline(kind: EventKind, span: _Span, rhythm: Rhythm) -> str | None:
    """The last day to act: the month in which a right opens, before one stops, before the period in which a renewal is accepted ends."""
    if kind == "opens" and not rhythm.automatic:
        return _last(span.month)
    if kind == "stops":
        return _last(later(span.month, -1))
    return _last(later(span.month, -1 - rhythm.renew_before)) if kind == "renew" else None


def _first(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _last(month: str) -> str:
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02d}"
