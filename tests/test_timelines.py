"""The dated changes to come: at their true dates, with their true causes, and nothing else."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.households import AS_DRAWN, households
from tznr_rules import agenda
from tznr_rules.agenda import Timeline
from tznr_rules.catalogue import calendar, catalogue
from tznr_rules.errors import BenefitUnknown, PeriodNotModelled, VoiceUnknown
from tznr_rules.evaluation import entitlements, evaluate
from tznr_rules.household import Household, parse
from tznr_rules.moved import WHOLE_LIFE, Part, at, moved
from tznr_rules.report import Benefit, Event
from tznr_rules.system import MODELLED
from tznr_rules.timelines import timeline

HOME = {"statut_occupation_logement": "locataire_hlm", "loyer": 420}
PARENT: dict[str, Any] = {"id": "nadia", "date_naissance": "1990-05-12", "activite": "actif", "salaire_net": 600}


def family(date: str, *children: dict[str, Any], **parent: Any) -> dict[str, Any]:
    people = [{**PARENT, **parent}, *({"lien": "enfant", **child} for child in children)]
    return {"date": date, "depcom": "35238", "logement": HOME, "personnes": people}


def child(name: str, born: str, **facts: Any) -> dict[str, Any]:
    return {"id": name, "date_naissance": born, **facts}


def told(event: Event) -> tuple[Any, ...]:
    return event.benefit, event.kind, event.month, event.day, event.cause, event.subject


# Birthdays


def test_the_third_birthday_ends_the_base_allowance() -> None:
    (event,) = timeline(family("2026-11", child("lea", "2024-02-15")), months=6, benefits=["paje_base"])
    assert told(event) == ("paje_base", "stops", "2027-02", "2027-02-15", "birthday", "lea")
    assert event.before is not None
    assert event.before > 100
    assert (event.after, event.age, event.by) == (0.0, 3, "2027-01-31")
    assert event.conditions


def test_the_sixth_year_opens_the_back_to_school_allowance_in_august() -> None:
    (event,) = timeline(family("2026-11", child("tom", "2021-10-20")), months=12, benefits=["ars"])
    assert told(event) == ("ars", "opens", "2027-08", None, "birthday", "tom")
    assert event.age == 6
    assert "2027" in event.why


def test_fourteen_raised_the_family_allowances_of_two() -> None:
    (event,) = timeline(family("2024-11", child("tom", "2008-10-20"), child("lea", "2011-01-10")), months=3, benefits=["af"])
    assert told(event) == ("af", "changes", "2025-02", "2025-01-10", "birthday", "lea")
    assert (event.before or 0) < (event.after or 0)


def test_eleven_raises_the_back_to_school_allowance() -> None:
    (event,) = timeline(family("2026-11", child("lea", "2016-03-10")), months=12, benefits=["ars"])
    assert (event.kind, event.month, event.cause, event.age) == ("changes", "2027-08", "birthday", 11)


def test_twenty_ends_the_family_allowances() -> None:
    household = family("2026-11", child("tom", "2014-10-20"), child("zoe", "2007-01-10", scolarite="lycee"))
    (event,) = timeline(household, months=6, benefits=["af"])
    assert told(event) == ("af", "stops", "2027-02", "2027-01-10", "birthday", "zoe")
    assert event.age == 20


def test_eighteen_ends_what_is_for_children() -> None:
    coming = timeline(family("2026-11", child("zoe", "2009-01-10", scolarite="lycee")), months=4)
    caused = [event for event in coming if event.cause == "birthday"]
    assert {(event.day, event.subject, event.age) for event in caused} == {("2027-01-10", "zoe", 18)}
    assert ("ille_et_vilaine_aide_enfance", "stops", "2027-02") in {(event.benefit, event.kind, event.month) for event in caused}


def test_twenty_five_opens_the_minimum_income() -> None:
    housed = {"statut_occupation_logement": "loge_gratuitement"}
    alone = {"date": "2026-11", "logement": housed, "personnes": [{"id": "alex", "date_naissance": "2002-03-10", "activite": "inactif"}]}
    (event,) = timeline(alone, months=6, benefits=["rsa"])
    assert told(event) == ("rsa", "opens", "2027-04", "2027-03-10", "birthday", "alex")
    assert event.before == 0.0
    assert event.after is not None
    assert event.after > 500
    assert event.by == "2027-04-30"
    assert "25 ans" in event.why
    assert any("âge" in label for label in event.conditions)


def test_sixty_five_opens_the_old_age_minimum() -> None:
    old = {"date": "2026-06", "depcom": "35238", "logement": HOME}
    old["personnes"] = [{"id": "rose", "date_naissance": "1961-08-10", "activite": "retraite", "retraite_nette": 500}]
    coming = timeline(old, months=4, benefits=["aspa", "rsa"])
    assert [told(event) for event in coming] == [
        ("rsa", "stops", "2026-09", "2026-08-10", "birthday", "rose"),
        ("aspa", "opens", "2026-09", "2026-08-10", "birthday", "rose"),
    ]


def test_twins_cause_one_event_together() -> None:
    twins = family("2026-11", child("lea", "2024-02-15"), child("max", "2024-02-15"))
    (event,) = timeline(twins, months=6, benefits=["paje_base"])
    assert (event.day, event.subject, set(event.people)) == ("2027-02-15", None, {"lea", "max"})
    assert "lea et max auront 3 ans le" in event.why


def test_a_birth_opens_rights() -> None:
    coming = timeline(family("2026-11", child("tom", "2018-10-20"), child("lea", "2027-01-20")), months=4, benefits=["paje_base"])
    assert [told(event) for event in coming] == [("paje_base", "opens", "2027-02", "2027-01-20", "birth", "lea")]
    assert "naissance" in coming[0].why
    assert "Déclarez la naissance" in coming[0].action


# Incomes, dates, the law, the calendar


def test_a_job_lost_slides_through_the_quarter() -> None:
    alone = family("2026-06", salaire_net={"2026-07": 1500, "2026-08": 0})
    coming = timeline(alone, months=6, benefits=["rsa", "ppa"])
    assert {event.cause for event in coming} == {"reference_period"}
    assert {event.subject for event in coming} == {"nadia"}
    # The prime d'activité looks at the three months that end two months before; RSA forgets at once a wage that stopped.
    assert [(event.kind, event.month) for event in coming.of("rsa")] == [("opens", "2026-08")]
    assert [(event.kind, event.month) for event in coming.of("ppa")] == [
        ("changes", "2026-08"),
        ("changes", "2026-10"),
        ("changes", "2026-11"),
        ("stops", "2026-12"),
    ]
    assert coming.of("ppa")[-1].conditions


def test_the_uprating_of_april() -> None:
    two = family("2026-02", child("lea", "2018-02-15"), child("max", "2019-02-15"))
    (event,) = timeline(two, months=3, benefits=["af"])
    assert told(event) == ("af", "changes", "2026-04", None, "uprating", None)
    assert event.after is not None
    assert event.before is not None
    assert 1 < event.after / event.before < 1.02
    assert event.value is not None
    assert "BMAF" in event.why


def test_a_year_after_the_death_of_a_partner() -> None:
    told = {"conjoint_marie_decede": True, "date_deces_conjoint": "2025-12-10", "date_naissance": "1985-05-12", "salaire_net": 300}
    (event,) = timeline(family("2026-11", **told), months=16, benefits=["allocation_veuvage"])
    assert (event.kind, event.cause, event.subject) == ("stops", "end_of_period", "nadia")
    assert event.conditions
    assert "prolongé ou remplacé" in event.action


def test_what_is_paid_once_a_year_is_told_in_its_month_only() -> None:
    coming = timeline(family("2026-10", child("tom", "2016-10-20")), months=24, benefits=["ars", "cheque_energie", "prime_noel"])
    by_benefit = {name: [(event.kind, event.month) for event in coming.of(name)] for name in ("ars", "cheque_energie", "prime_noel")}
    assert [month for _, month in by_benefit["ars"]] == ["2027-08", "2028-08"]
    assert {month[5:] for _, month in by_benefit["cheque_energie"]} <= {"04"}
    assert {month[5:] for _, month in by_benefit["prime_noel"]} <= {"12"}
    assert "stops" not in {event.kind for event in coming}


def test_a_right_of_one_year_is_to_be_renewed_in_time() -> None:
    renewals = timeline(family("2026-11", salaire_net=0), months=24, benefits=["complementaire_sante_solidaire"])
    assert [(event.kind, event.month, event.since, event.by) for event in renewals] == [
        ("renew", "2027-11", "2026-11", "2027-08-31"),
        ("renew", "2028-11", "2027-11", "2028-08-31"),
    ]


def test_nothing_changes_nothing_is_told() -> None:
    alone = family("2026-11", salaire_net=4000)
    coming = timeline(alone, months=1, benefits=["rsa", "ppa", "af", "aide_logement"])
    assert len(coming) == 0
    assert "Rien ne devrait changer" in coming.to_text()


def test_the_law_is_said_to_be_known_until_a_month() -> None:
    alone = family("2027-02", salaire_net=0)
    coming = timeline(alone, months=3, benefits=["rsa"])
    assert coming.months[-1] == "2027-05" > MODELLED[1] == coming.law_known_until
    assert "mars 2027" in coming.to_text()
    with pytest.raises(PeriodNotModelled):
        entitlements({**alone, "date": "2027-05"})
    with pytest.raises(PeriodNotModelled):
        timeline({**alone, "date": "2027-05"}, months=1, benefits=["rsa"])


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="months"):
        timeline(family("2026-11"), months=0)
    with pytest.raises(BenefitUnknown):
        timeline(family("2026-11"), benefits=["rsaa"])


def test_dates_are_those_of_known_benefits() -> None:
    assert calendar().keys() <= catalogue().keys()


# What is true of every household


BATCH = 2
OWN_DATES = {name for name, rhythm in calendar().items() if rhythm.paid_in or rhythm.lasts}


@settings(max_examples=1, deadline=None, phases=AS_DRAWN, suppress_health_check=list(HealthCheck))
@given(st.lists(households(), min_size=BATCH, max_size=BATCH))
def test_events_are_the_differences_between_reports(drawn: list[dict[str, Any]]) -> None:
    parsed = [parse(document) for document in drawn]
    every = {month: evaluate([at(household, month) for household in parsed]) for month in ("2026-11", "2026-12", "2027-01")}
    for place, household in enumerate(parsed):
        coming = timeline(household, months=2)
        reports = {month: every[month][place] for month in coming.months}
        for event in coming:
            before, after = reports[event.since][event.benefit], reports[event.month][event.benefit]
            assert (event.before, event.after) == (before.amount, after.amount)
            changed = (before.status, before.amount) != (after.status, after.amount)
            assert changed == (event.kind not in ("renew", "paid"))
            assert event.why
            assert event.action
            assert event.by is None or event.by[:7] <= event.month
        for since, month in pairwise(coming.months):
            changed_then = {event.benefit for event in coming if event.month == month} - OWN_DATES
            assert changed_then == {each.id for each in reports[month] if _changed(reports[since][each.id], each)} - OWN_DATES
        assert len({(event.benefit, event.month) for event in coming}) == len(coming)


def _changed(before: Benefit, after: Benefit) -> bool:
    told = not (before.not_modelled or after.not_modelled)
    return told and (before.status, before.amount) != (after.status, after.amount)


@settings(max_examples=20, deadline=None)
@given(households(every_fact=False), st.integers(1, 30))
def test_a_life_moved_and_moved_back_is_the_same(document: dict[str, Any], months: int) -> None:
    household = parse(document)
    assert moved(household, 0, WHOLE_LIFE) == moved(household, 0, Part(told=True))
    there = moved(household, months, Part(told=True))
    assert [person.date_naissance for person in there.personnes] == [person.date_naissance for person in household.personnes]
    older = moved(household, months, Part(births=True))
    for person, same in zip(older.personnes, household.personnes, strict=True):
        gap = (person.date_naissance.year - same.date_naissance.year) * 12 + person.date_naissance.month - same.date_naissance.month
        assert gap == months
        assert person.facts == same.facts
    assert at(household, "2027-01").personnes == household.personnes


# How it is shown


@pytest.fixture(scope="module")
def coming() -> Timeline:
    household = family("2026-11", child("lea", "2024-02-15"), child("zoe", "2007-01-10", scolarite="lycee"), child("max", "2027-01-20"))
    return timeline(household, months=24)


def test_json_is_valid_and_loses_nothing(coming: Timeline) -> None:
    content = json.loads(coming.to_json())
    assert set(content) == {"date", "months", "events", "assumptions", "law_known_until", "provenance"}
    assert TypeAdapter(Timeline).validate_json(coming.to_json()) == coming
    pytest.importorskip("jsonschema").validate(content, agenda.json_schema())


@pytest.mark.parametrize(("language", "style"), [("fr", "plain"), ("fr", "falc"), ("en", "plain")])
def test_every_voice_tells_every_event(coming: Timeline, language: str, style: str) -> None:
    text, page = coming.to_text(language, style), coming.to_html(language, style)
    assert len(coming) > 10
    assert text.count("\n- ") == len(coming) + len(coming.assumptions)
    assert page.count("<article") == len(coming)
    assert "{" not in text
    assert "http" in page
    assert "<script" not in page


def test_a_voice_that_nobody_speaks_is_refused(coming: Timeline) -> None:
    with pytest.raises(VoiceUnknown):
        coming.to_text("de")


def test_a_name_cannot_write_the_page() -> None:
    household = family("2026-11", child("<b>lea</b>", "2024-02-15"))
    page = timeline(household, months=4, benefits=["paje_base"]).to_html()
    assert "&lt;b&gt;lea" in page
    assert "<b>lea" not in page


def test_a_household_already_parsed_gives_the_same(coming: Timeline) -> None:
    household = family("2026-11", child("lea", "2024-02-15"))
    assert timeline(Household(**household), months=4, benefits=["paje_base"]) == timeline(household, months=4, benefits=["paje_base"])
