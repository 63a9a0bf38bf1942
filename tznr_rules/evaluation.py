"""The one function: a household in, a report out. A household is a batch of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from json import dumps
from typing import Any

from tznr_rules import catalogue, lived, simulation, wording
from tznr_rules.assumptions import MAJORITY, WORKING_AGE, about_quotient, about_receipts
from tznr_rules.catalogue import Card, cards
from tznr_rules.composition import age
from tznr_rules.errors import PeriodNotModelled
from tznr_rules.household import Household, parse
from tznr_rules.interactions import with_interactions
from tznr_rules.periods import at_month
from tznr_rules.reasons import Columns, computed, confirmed, deduced, entity_of, explain, missing, plain, subject
from tznr_rules.report import (
    Assumption,
    Benefit,
    Figure,
    LocalValue,
    NotAssessed,
    Provenance,
    Question,
    Reason,
    Report,
    Status,
    SubjectResult,
)
from tznr_rules.situation import Situation
from tznr_rules.system import MODELLED, system

QUOTIENT = "quotient_familial_caf"
RANK = {"granted": 2, "undetermined": 1, "refused": 0}


def entitlements(
    household: Mapping[str, Any] | Household, *, date: str | None = None, benefits: Sequence[str] | None = None, interactions: bool = True
) -> Report:
    """Every benefit that a household may claim, with amounts and reasons.

    Args:
        household: a household in the words of ``docs/household.md``, or one already parsed.
        date: the month asked about, ``YYYY-MM``; default: the household's, else the current month.
        benefits: ids of the catalogue; default: all of them.
        interactions: whether to say also what the benefits do to one another; it takes about as long as the rest.

    Returns:
        A report in which every benefit asked for appears once.

    Raises:
        HouseholdError: the description is wrong; the error holds every problem.
        BenefitUnknown: an id is not in the catalogue.
        PeriodNotModelled: the month is outside the law that is modelled.

    >>> report = entitlements({"date": "2026-11", "depcom": "35238", "logement": {"statut_occupation_logement": "sans_domicile"},
    ...     "personnes": [{"id": "alex", "date_naissance": "1990-05-12", "salaire_net": 0}]})
    >>> report["rsa"].status, report["rsa"].amount
    ('granted', 651.69)
    """
    described = parse(household) if not isinstance(household, Household) else household
    if date is not None:
        described = parse({**described.document(), "date": date})
    report = replace(evaluate([described], benefits)[0], household=described.document())
    return with_interactions(described, report) if interactions else report


def evaluate(households: Sequence[Household], benefits: Sequence[str] | None = None, *, beyond: bool = False) -> list[Report]:
    """The reports of a batch of households, in one vectorised run for each month asked about.

    ``beyond``: months after the law that is modelled are accepted, and take it as it was last known.
    """
    chosen = cards(list(dict.fromkeys(benefits)) if benefits is not None else None)
    reports: dict[int, Report] = {}
    for month in dict.fromkeys(household.date for household in households):
        places = [index for index, household in enumerate(households) if household.date == month]
        reports |= zip(places, _evaluate([households[index] for index in places], chosen, beyond), strict=True)
    return [reports[index] for index in range(len(households))]


def _evaluate(households: Sequence[Household], chosen: Sequence[Card], beyond: bool = False) -> list[Report]:
    month = households[0].date
    if not MODELLED[0] <= month <= (month if beyond else MODELLED[1]):
        raise PeriodNotModelled(f"date: {month} is outside the law that is modelled, from {MODELLED[0]} to {MODELLED[1]}.")
    built = lived.build(households, simulation.estimate_notices)
    columns = Columns(built, simulation.run(built, _wanted([card for card in chosen if card.models(month)])))
    results: list[list[Benefit]] = [[] for _ in households]
    for card in chosen:
        if not computed(card, columns):
            for benefits in results:
                benefits.append(_not_modelled(card, month))
            continue
        owner = built.owner(entity_of(card.variable))
        rows_of: list[list[int]] = [[] for _ in households]
        for row, index in enumerate(owner.tolist()):
            rows_of[index].append(row)
        for index, rows in enumerate(rows_of):
            results[index].append(_benefit(card, columns, index, _concerned(card, built, rows)))
    return [
        Report(
            date=month,
            benefits=tuple(results[index]),
            assumptions=(*built.assumptions[index], *about_receipts(_assumed_benefits(built, index)), *_estimated_quotient(columns, index)),
            questions=_questions(results[index], chosen, columns, index),
            not_assessed=(
                *(NotAssessed(each.label, each.institution, each.not_modelled) for each in results[index] if each.not_modelled),
                *(NotAssessed(gap.label, gap.institution, gap.why) for gap in catalogue.not_assessed()),
            ),
            provenance=_provenance(household),
            local_values=_local_values(month),
        )
        for index, household in enumerate(households)
    ]


def _wanted(chosen: Sequence[Card]) -> list[str]:
    """Every variable that these cards read, with the facts that others may establish, once each."""
    needed = (name for card in chosen for condition in card.conditions for name in condition.needs if deduced(name))
    return list(dict.fromkeys([*(name for card in chosen for name in card.variables()), *needed]))


def _not_modelled(card: Card, month: str) -> Benefit:
    """A benefit whose rules are not written for a month: neither due nor refused, and the report says why."""
    why = wording.not_modelled(card.since, card.until) if not card.models(month) else wording.value_missing(month)
    return Benefit(
        **_said(card),
        status="undetermined",
        amount=None,
        amount_range=None,
        confirmed=False,
        not_modelled=why,
    )


def _said(card: Card) -> dict[str, Any]:
    """What a card says of a benefit, whoever asks."""
    copied = ("id", "institution", "domain", "level", "unit", "periodicity", "to_check", "summary", "paid", "gaps", "not_with")
    return {
        **{name: getattr(card, name) for name in (*copied, "discretionary", "for_everyone", "share", "in_total")},
        "label": card.label or str(system().variables[card.variable].label),
        "apply": card.apply.model_dump(mode="json"),
        "figures": {name: _figure(variable) for name, variable in {**card.details, **card.details_by_person}.items()},
    }


def _figure(variable: str) -> Figure:
    known = system().variables[variable]
    return Figure(str(known.label), known.unit)


def _concerned(card: Card, built: Situation, rows: list[int]) -> list[int]:
    """The rows of whom a benefit is asked: everyone who is born, those who may work when it is for adults, those under age for children."""
    if entity_of(card.variable) != "individu":
        return rows
    youngest = WORKING_AGE if card.subjects == "adults" else 0
    oldest = MAJORITY if card.subjects == "children" else None
    ages = {row: age(built.persons[row], built.month) for row in rows}
    return [row for row in rows if ages[row] >= youngest and (oldest is None or ages[row] < oldest)] or rows


def _benefit(card: Card, columns: Columns, household: int, rows: list[int]) -> Benefit:
    built = columns.situation
    entity = entity_of(card.variable)
    subjects = [_subject_result(card, columns, entity, row) for row in rows]
    best = max(range(len(subjects)), key=lambda position: (*_nearness(subjects[position]), -position))
    status = max((each.status for each in subjects), key=RANK.__getitem__)
    granted = [each.amount or 0.0 for each in subjects if each.status == "granted"]
    amount = None if status == "undetermined" else round(sum(granted, 0.0) if card.unit == "EUR" else max(granted, default=0.0), 2)
    received = _received(card.id, built, household)
    return Benefit(
        **_said(card),
        status=status,
        amount=amount,
        amount_range=None,
        beneficiaries=tuple(dict.fromkeys(name for each in subjects for name in each.beneficiaries)),
        received=received,
        unclaimed=None if received is None or amount is None or card.unit != "EUR" else round(amount - received, 2),
        reasons=subjects[best].reasons,
        by_subject=tuple(subjects),
        details={**subjects[best].details, **_by_person(card, columns, household, subjects)},
        confirmed=confirmed(card, built.month),
    )


def _subject_result(card: Card, columns: Columns, entity: str, row: int) -> SubjectResult:
    built = columns.situation
    reasons = explain(card, columns, row)
    value = columns.value(card.variable, entity, row)
    amount = round(float(value), 2)
    status: Status
    if any(reason.holds is False for reason in reasons):
        status = "refused"
    elif any(reason.holds is None for reason in reasons):
        status = "undetermined"
    else:
        status = "granted" if amount > 0 else "refused"
    members = tuple(person for person in built.members(entity, row) if age(built.persons[person], built.month) >= 0)
    if card.beneficiaries:
        members = tuple(person for person in members if columns.value(card.beneficiaries, "individu", person))
    return SubjectResult(
        subject=built.persons[subject(built, entity, row)].id,
        status=status,
        amount=None if status == "undetermined" else amount if status == "granted" else 0.0,
        beneficiaries=tuple(built.persons[person].id for person in members) if status == "granted" else (),
        reasons=reasons,
        details={} if status == "undetermined" else {name: columns.value(variable, entity, row) for name, variable in card.details.items()},
    )


def _nearness(result: SubjectResult) -> tuple[float, ...]:
    """How near a subject is to the right: granted first, then by the number of failed conditions and the worst relative margin."""
    failed = [reason for reason in result.reasons if reason.holds is False]
    return (RANK[result.status], result.amount or 0.0, -len(failed), min((_relative(reason) for reason in failed), default=0.0))


def _relative(reason: Reason) -> float:
    if reason.margin is None or not isinstance(reason.threshold, int | float):
        return -1.0
    return reason.margin / abs(reason.threshold) if reason.threshold else float(reason.margin)


def _by_person(card: Card, columns: Columns, household: int, subjects: Sequence[SubjectResult]) -> dict[str, Any]:
    built = columns.situation
    rows = built.persons_of(household)
    if card.details_by_person:
        figures = {name: [columns.value(variable, "individu", row) for row in rows] for name, variable in card.details_by_person.items()}
        return {"by_person": {built.persons[row].id: {name: plain(figures[name][at]) for name in figures} for at, row in enumerate(rows)}}
    if entity_of(card.variable) == "individu":
        return {"by_person": {each.subject: {"amount": each.amount} for each in subjects if each.status == "granted"}}
    return {}


def _assumed_benefits(built: Situation, household: int) -> list[str]:
    """The benefits that a household is assumed to have received, as they are called."""
    rows = {entity: {built.group_of(entity, person) for person in built.persons_of(household)} for entity in ("individu", "famille")}
    return [
        catalogue.catalogue()[name].label or name
        for name, amounts in built.assumed_receipts.items()
        if name in catalogue.catalogue() and any(amounts[row] > 0 for row in rows[entity_of(name)])
    ]


def _estimated_quotient(columns: Columns, household: int) -> Iterator[Assumption]:
    """The family quotient of the demandeur's family, where a benefit looked at it and nobody told it."""
    built = columns.situation
    family = built.group_of("famille", built.head(household))
    if QUOTIENT in columns.values and not built.tells(QUOTIENT, "famille", family, "famille"):
        yield about_quotient(float(columns.values[QUOTIENT][family]))


def _received(benefit: str, built: Situation, household: int) -> float | None:
    """What a household says it receives in the month, in the words it used (net, as paid); None when nobody told."""
    described = built.households[household]
    told = [recus[benefit] for recus in (described.recus, *(person.recus for person in described.personnes)) if benefit in recus]
    return round(sum(float(at_month(series, built.month) or 0.0) for series in told), 2) if told else None


def _questions(results: Sequence[Benefit], chosen: Sequence[Card], columns: Columns, household: int) -> tuple[Question, ...]:
    """The facts not told that settle what is undetermined for somebody, each with its question; those that settle most come first.

    Of the conditions that are unknown for somebody, the first in the order of the text is asked about: its answer may end the matter.
    """
    settles: dict[str, list[str]] = {}
    built = columns.situation
    rows = {built.persons[row].id: row for row in built.persons_of(household)}
    for benefit, card in zip(results, chosen, strict=True):
        entity = entity_of(card.variable)
        for each in (result for result in benefit.by_subject if result.status == "undetermined"):
            row = built.group_of(entity, rows[each.subject])
            unknown = (missing(condition, columns, entity, row) for condition in card.conditions)
            for name in next((names for names in unknown if names), []):
                settles.setdefault(name, []).append(benefit.id)
    asked = [Question(name, catalogue.questions()[name], tuple(dict.fromkeys(ids))) for name, ids in settles.items()]
    return tuple(sorted(asked, key=lambda question: -len(question.benefits)))


def _local_values(month: str) -> tuple[LocalValue, ...]:
    """The values that this installation gives, as in force in a month."""
    in_force = {each.parameter: each for each in sorted(system().local_values, key=lambda each: each.since) if each.since[:7] <= month}
    return tuple(in_force.values())


def _provenance(household: Household) -> Provenance:
    canonical = dumps(household.document(), sort_keys=True, ensure_ascii=False, default=str)
    return Provenance(
        tznr_rules=_version("tznr-rules"),
        openfisca_france=_version("openfisca-france"),
        openfisca_core=_version("openfisca-core"),
        law_date=f"{household.date}-01",
        input_sha256=sha256(canonical.encode()).hexdigest(),
    )


@lru_cache(maxsize=8)
def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
