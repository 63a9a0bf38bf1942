"""The one function: a household in, a report out. A household is a batch of one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from json import dumps
from typing import Any

from tznr_rules import catalogue, collecting, sheet, wording
from tznr_rules.assumptions import about_combinations, about_quotient, about_receipts
from tznr_rules.batch import compute, received
from tznr_rules.catalogue import Card, cards
from tznr_rules.columns import Columns, entity_of, plain
from tznr_rules.composition import age
from tznr_rules.facts import NOT_KNOWN, fact
from tznr_rules.household import Household, parse
from tznr_rules.interactions import with_interactions
from tznr_rules.reasons import confirmed, explain, subject
from tznr_rules.report import (
    Answer,
    Assumption,
    Benefit,
    Figure,
    LocalValue,
    NotAssessed,
    Provenance,
    Question,
    Reason,
    Report,
    SubjectResult,
)
from tznr_rules.situation import Situation
from tznr_rules.system import system
from tznr_rules.unknowns import Unknown, Worlds, settled_by
from tznr_rules.verdicts import RANK, outcomes, together, verdict

QUOTIENT = "quotient_familial_caf"


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
        with collecting.paused():
            reports |= zip(places, _evaluate([households[index] for index in places], chosen, beyond), strict=True)
    return [reports[index] for index in range(len(households))]


def _evaluate(households: Sequence[Household], chosen: Sequence[Card], beyond: bool = False) -> list[Report]:
    computed = compute(households, chosen, beyond=beyond)
    month, built, worlds = households[0].date, computed.situation, computed.worlds
    known = {card.id for card in computed.cards}
    results = [
        tuple(_benefit(card, worlds, index, told) if card.id in known else _not_modelled(card, month) for card in chosen)
        for index, told in enumerate(map(received, households))
    ]
    reports = [
        Report(
            date=month,
            benefits=results[index],
            assumptions=(
                *built.assumptions[index],
                *about_receipts(_assumed_benefits(built, index)),
                *(_estimated_quotient(worlds.base, index) if any(QUOTIENT in card.variables() for card in computed.cards) else ()),
                *about_combinations(each.label for each in results[index] if not each.exact),
            ),
            questions=_questions(results[index], worlds, index),
            not_assessed=(
                *(NotAssessed(each.label, each.institution, each.not_modelled) for each in results[index] if each.not_modelled),
                *(NotAssessed(gap.label, gap.institution, gap.why) for gap in catalogue.not_assessed()),
            ),
            provenance=_provenance(household),
            local_values=_local_values(month),
        )
        for index, household in enumerate(households)
    ]
    worlds.close()
    return reports


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
        "label": _label(card),
        "apply": card.apply.model_dump(mode="json"),
        "figures": {name: _figure(variable) for name, variable in {**card.details, **card.details_by_person}.items()},
    }


def _label(card: Card) -> str:
    return card.label or str(system().variables[card.variable].label)


def _figure(variable: str) -> Figure:
    known = system().variables[variable]
    return Figure(str(known.label), known.unit)


def _benefit(card: Card, worlds: Worlds, household: int, told: Mapping[str, float]) -> Benefit:
    """What is said of a benefit; ``told`` is what the household says that it receives."""
    built = worlds.base.situation
    subjects = [_subject_result(card, worlds, row) for row in worlds.rows_asked(card, household)]
    best = max(range(len(subjects)), key=lambda position: (*_nearness(subjects[position]), -position))
    status = max((each.status for each in subjects), key=RANK.__getitem__)
    low, high = (together(card, [limits[end] for limits in map(_limits, subjects)]) for end in (0, 1))
    paid = told.get(card.id)
    amount = None if status == "undetermined" else low
    return Benefit(
        **_said(card),
        status=status,
        amount=amount,
        amount_range=None if low == high and status != "undetermined" else (low, high),
        beneficiaries=tuple(dict.fromkeys(name for each in subjects for name in each.beneficiaries)),
        received=paid,
        unclaimed=None if paid is None or amount is None or card.unit != "EUR" else round(amount - paid, 2),
        reasons=subjects[best].reasons,
        by_subject=tuple(subjects),
        details={**subjects[best].details, **_by_person(card, worlds.base, household, subjects)},
        confirmed=confirmed(card, built.month),
        exact=all(each.exact for each in subjects),
    )


def _limits(result: SubjectResult) -> tuple[float, float]:
    return result.amount_range or (result.amount or 0.0, result.amount or 0.0)


def _subject_result(card: Card, worlds: Worlds, row: int) -> SubjectResult:
    base, entity = worlds.base, entity_of(card.variable)
    built = base.situation
    decided = verdict(card, worlds, row)
    in_doubt = decided.status == "undetermined"
    members = tuple(person for person in built.members(entity, row) if age(built.persons[person], built.month) >= 0)
    if card.beneficiaries:
        members = tuple(person for person in members if base.value(card.beneficiaries, "individu", person))
    return SubjectResult(
        subject=built.persons[subject(built, entity, row)].id,
        status=decided.status,
        amount=None if in_doubt else decided.low,
        amount_range=(decided.low, decided.high) if in_doubt else None,
        beneficiaries=tuple(built.persons[person].id for person in members) if decided.status == "granted" else (),
        reasons=explain(card, worlds, row),
        details={} if in_doubt else {name: base.value(variable, entity, row) for name, variable in card.details.items()},
        exact=decided.exact,
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
    if not built.tells(QUOTIENT, "famille", family, "famille"):
        yield about_quotient(float(columns.values[QUOTIENT][family]))


def _questions(results: Sequence[Benefit], worlds: Worlds, household: int) -> tuple[Question, ...]:
    """The facts not told that settle what is undetermined; those whose answers tell most of what is due come first.

    Of the rights that an answer settles, those come first of which it tells most money.
    """
    settles: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    paths: dict[str, set[Unknown]] = defaultdict(set)
    for benefit in results:
        card = catalogue.catalogue()[benefit.id]
        for row, result in zip(worlds.rows_asked(card, household) if benefit.by_subject else (), benefit.by_subject, strict=True):
            matter = worlds.matters.get((card.id, row))
            if matter is None or result.status != "undetermined":
                continue
            shares = settled_by(matter, outcomes(card, worlds, row), [worlds.answers[world] for world in matter.worlds])
            for unknown, share in shares.items():
                settles[unknown.name][benefit.id] += share
                paths[unknown.name].add(unknown)
    at_stake = {benefit.id: sheet.at_stake(benefit) for benefit in results}
    order = sorted(settles, key=lambda name: (-round(sum(settles[name].values()), 6), name))
    return tuple(
        Question(
            field=name,
            question=catalogue.questions()[name].question,
            benefits=tuple(sorted(settles[name], key=lambda benefit: -round(settles[name][benefit] * at_stake[benefit], 2))),
            paths=tuple(unknown.path() for unknown in sorted(paths[name])),
            answers=_answers(name),
            unit=catalogue.questions()[name].unit,
        )
        for name in order
    )


def _answers(name: str) -> tuple[Answer, ...]:
    """The answers that a fact takes; none for a number or a date."""
    known = fact(name)
    if known is None or known.kind in ("yes_no", "right"):
        return Answer("true", "oui"), Answer("false", "non")
    if not known.choices:
        return ()
    said, kept = catalogue.questions()[name].answers, set(known.choices) - {*NOT_KNOWN, *catalogue.questions()[name].never}
    labels = {each.name: str(each.value) for each in system().variables[name].possible_values if each.name in kept}
    return tuple(Answer(value, said.get(value, labels[value])) for value in dict.fromkeys((*said, *labels)))


def _local_values(month: str) -> tuple[LocalValue, ...]:
    """The values that this installation gives, as in force in a month."""
    in_force = {each.parameter: each for each in sorted(system().local_values, key=lambda each: each.since) if each.since[:7] <= month}
    return tuple(in_force.values())


def _provenance(household: Household) -> Provenance:
    canonical = dumps(household.document(), sort_keys=True, ensure_ascii=False, default=str)
    return Provenance(
        tznr_rules=version_of("tznr-rules"),
        openfisca_france=version_of("openfisca-france"),
        openfisca_core=version_of("openfisca-core"),
        law_date=f"{household.date}-01",
        input_sha256=sha256(canonical.encode()).hexdigest(),
    )


@lru_cache(maxsize=8)
def version_of(distribution: str) -> str:
    """The version of a distribution that is installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
