"""The one function: what is asked, of whom, what is known and what is not."""

from functools import reduce
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.households import households
from tznr_rules import entitlements, lived, simulation
from tznr_rules.catalogue import catalogue, questions
from tznr_rules.columns import entity_of
from tznr_rules.errors import BenefitUnknown, HouseholdError, PeriodNotModelled
from tznr_rules.evaluation import evaluate
from tznr_rules.household import parse
from tznr_rules.report import Benefit, Report

MONTH = "2026-11"
NADIA = {"id": "nadia", "date_naissance": "1985-05-12", "salaire_net": 700}
LEA = {"id": "lea", "lien": "enfant", "date_naissance": "2015-10-15"}
TOM = {"id": "tom", "lien": "enfant", "date_naissance": "2018-10-15"}
STUDENT = {"id": "sam", "lien": "enfant", "date_naissance": "2006-10-15", "activite": "etudiant", "annee_etude": "licence_2"}
SISTER = {"id": "samia", "lien": "autre", "date_naissance": "1987-03-03", "activite": "inactif"}
FLAT = {"statut_occupation_logement": "locataire_hlm", "loyer": 420}
OUTCOMES = ("granted", "refused", "undetermined")


def household(*people: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"date": MONTH, "depcom": "35238", "logement": FLAT, "personnes": list(people) or [NADIA], **facts}


@pytest.fixture(scope="module")
def family() -> Report:
    return entitlements(household(NADIA, LEA, TOM, SISTER, avis_imposition={2024: {"rfr": 7000}, 2025: {"rfr": 7000}}))


def test_every_benefit_is_in_the_report_once_in_the_order_of_the_catalogue(family: Report) -> None:
    assert [benefit.id for benefit in family.benefits] == list(catalogue())
    assert all(benefit.status in OUTCOMES for benefit in family.benefits)


def test_a_part_of_the_benefits_says_what_the_whole_report_says(family: Report) -> None:
    document = household(NADIA, LEA, TOM, SISTER, avis_imposition={2024: {"rfr": 7000}, 2025: {"rfr": 7000}})
    part = entitlements(document, benefits=["ppa", "rsa", "bourse_college", "ppa"])
    assert [benefit.id for benefit in part.benefits] == ["ppa", "rsa", "bourse_college"]
    for benefit in part.benefits:
        assert benefit == family[benefit.id]
    of_others = ("famille.quotient_familial_caf", "personnes")
    assert part.assumptions == tuple(each for each in family.assumptions if each.field not in of_others)
    assert part.provenance == family.provenance
    assert entitlements(document, benefits=[]).benefits == ()


def test_an_unknown_benefit_and_a_month_outside_the_law_are_errors() -> None:
    with pytest.raises(BenefitUnknown, match="rsa"):
        entitlements(household(), benefits=["rssa"])
    with pytest.raises(BenefitUnknown, match="aide_logement"):
        entitlements(household(), benefits=["APL"])
    for month in ("2023-12", "2027-04"):
        with pytest.raises(PeriodNotModelled, match=month):
            entitlements(household(), date=month)
    with pytest.raises(HouseholdError):
        entitlements(household(), date="novembre")


def test_another_date_is_another_question() -> None:
    one = entitlements(household(), date="2026-03", benefits=["rsa", "aide_logement"])
    other = entitlements(household(date="2026-03"), benefits=["rsa", "aide_logement"])
    assert one == other
    assert one.date == "2026-03"
    assert one.provenance.law_date == "2026-03-01"


def test_a_batch_of_several_months_answers_each_for_its_own() -> None:
    documents = [parse(household(date=date)) for date in ("2026-11", "2025-06", "2026-11", "2026-03")]
    together = evaluate(documents, ["rsa", "aide_logement"])
    assert together == [evaluate([each], ["rsa", "aide_logement"])[0] for each in documents]
    assert evaluate([]) == []


def test_a_minor_alone_has_a_report() -> None:
    alone = entitlements(household({"id": "ado", "date_naissance": "2011-10-15"}))
    assert alone["aah"].status == "refused"


def unsettled(report: Report) -> dict[str, tuple[str, ...]]:
    return {question.field: question.benefits for question in report.questions}


def test_without_the_tenure_housing_aid_and_the_energy_cheque_are_questions() -> None:
    report = entitlements(household(logement={}), benefits=["aide_logement", "cheque_energie"])
    for name in ("aide_logement", "cheque_energie"):
        assert report[name].status == "undetermined"
        assert report[name].amount is None
        assert report[name].unclaimed is None
        assert report[name].details == {}
        assert report[name].beneficiaries == ()
    assert unsettled(report) == {"statut_occupation_logement": ("aide_logement", "cheque_energie"), "loyer": ("aide_logement",)}
    assert next(iter(unsettled(report))) == "statut_occupation_logement"
    assert report.questions[0].question == questions()["statut_occupation_logement"].question
    assert {benefit.id for benefit in report.undetermined} == {"aide_logement", "cheque_energie"}


@pytest.mark.parametrize(
    ("tenure", "asked"),
    [
        ("locataire_hlm", True), ("locataire_meuble", True), ("locataire_foyer", True),
        ("proprietaire", False), ("loge_gratuitement", False), ("sans_domicile", False),
    ],
)  # fmt: skip
def test_the_rent_is_asked_only_of_those_who_may_pay_one(tenure: str, asked: bool) -> None:
    report = entitlements(household(logement={"statut_occupation_logement": tenure}), benefits=["aide_logement", "cheque_energie"])
    assert report["aide_logement"].status == ("undetermined" if asked else "refused")
    assert report["cheque_energie"].status != "undetermined"
    assert unsettled(report) == ({"loyer": ("aide_logement",)} if asked else {})


def test_a_known_tenure_and_rent_leave_no_question() -> None:
    assert entitlements(household(), benefits=["aide_logement", "cheque_energie"]).questions == ()
    without = entitlements(household(logement={"statut_occupation_logement": "locataire_hlm", "loyer": 0}), benefits=["aide_logement"])
    assert without["aide_logement"].status == "refused"


def test_a_hosted_family_is_refused_housing_aid_whatever_the_tenure() -> None:
    report = entitlements(household(NADIA, SISTER, logement={}), benefits=["aide_logement"])
    assert {each.subject: each.status for each in report["aide_logement"].by_subject} == {"nadia": "undetermined", "samia": "refused"}


def test_the_grant_of_a_student_needs_the_income_of_the_parents_and_nobody_elses_does() -> None:
    report = entitlements(household(NADIA, STUDENT), benefits=["bourse_criteres_sociaux"])
    grant = report["bourse_criteres_sociaux"]
    assert {each.subject: each.status for each in grant.by_subject} == {"nadia": "refused", "sam": "undetermined"}
    assert grant.status == "undetermined"
    assert unsettled(report) == {"bourse_criteres_sociaux_base_ressources_parentale": ("bourse_criteres_sociaux",)}
    told = entitlements(household(NADIA, STUDENT, avis_imposition={2024: {"rfr": 7000}}), benefits=["bourse_criteres_sociaux"])
    assert told["bourse_criteres_sociaux"].status == "granted"
    assert told.questions == ()
    refused = entitlements(household(NADIA), benefits=["bourse_criteres_sociaux"])
    assert refused["bourse_criteres_sociaux"].status == "refused"
    assert refused.questions == ()


def test_a_question_is_asked_even_when_somebody_else_has_the_right() -> None:
    known = {**STUDENT, "id": "ali", "bourse_criteres_sociaux_base_ressources_parentale": 0}
    report = entitlements(household(NADIA, STUDENT, known), benefits=["bourse_criteres_sociaux"])
    assert report["bourse_criteres_sociaux"].status == "granted"
    assert report["bourse_criteres_sociaux"].beneficiaries == ("ali",)
    assert list(unsettled(report)) == ["bourse_criteres_sociaux_base_ressources_parentale"]


def test_what_is_received_and_what_is_not_claimed() -> None:
    received = {"rsa": 100, "af": 0, "aide_logement": {"2026-10": 10, "2026-11": 20}}
    report = entitlements(household(NADIA, LEA, TOM, recus=received), benefits=["rsa", "af", "aide_logement", "cf"])
    assert report["rsa"].received == 100
    assert report["af"].received == 0
    assert report["aide_logement"].received == 20
    assert report["cf"].received is None
    for benefit in report.benefits:
        known = benefit.received is not None
        assert benefit.unclaimed == (pytest.approx(benefit.amount - benefit.received) if known else None)  # type: ignore[operator]


def test_two_families_have_a_right_each_and_the_top_is_their_sum() -> None:
    report = entitlements(household({**NADIA, "salaire_net": 0}, {**SISTER, "salaire_net": 0}), benefits=["rsa", "aide_logement"])
    rsa = report["rsa"]
    assert [each.subject for each in rsa.by_subject] == ["nadia", "samia"]
    assert all(each.status == "granted" for each in rsa.by_subject)
    assert rsa.amount == pytest.approx(sum(each.amount or 0 for each in rsa.by_subject))
    assert rsa.beneficiaries == ("nadia", "samia")
    assert {each.subject: each.status for each in report["aide_logement"].by_subject} == {"nadia": "granted", "samia": "refused"}
    one = entitlements(household({**NADIA, "salaire_net": 9000}, {**SISTER, "salaire_net": 0}), benefits=["rsa"])["rsa"]
    assert one.status == "granted"
    assert one.beneficiaries == ("samia",)
    assert {reason.subject for reason in one.reasons} == {"samia"}, "the reasons are those of the family that has the right"


def test_a_percentage_is_the_best_and_not_a_sum() -> None:
    star = entitlements(household({**NADIA, "salaire_net": 0}, LEA, TOM), benefits=["rennes_metropole_star"])["rennes_metropole_star"]
    assert star.unit == "percent"
    assert star.amount == max(each.amount or 0.0 for each in star.by_subject)
    assert set(star.details["by_person"]) == {"nadia", "lea", "tom"}


def test_an_individual_right_is_given_person_by_person() -> None:
    disabled = {"taux_incapacite": 0.9, "salaire_net": 0}
    both = household({**NADIA, **disabled}, {**SISTER, **disabled})
    aah = entitlements(both, benefits=["aah"])["aah"]
    amounts = {name: figures["amount"] for name, figures in aah.details["by_person"].items()}
    assert set(amounts) == {"nadia", "samia"}
    assert aah.amount == pytest.approx(sum(amounts.values()))


def test_every_reason_has_a_text_and_its_margin_has_the_sign_of_the_answer(family: Report) -> None:
    for benefit in family.benefits:
        for reason in every_reason(benefit):
            assert reason.references, (benefit.id, reason.id)
            assert all(reference.href.startswith("http") for reference in reason.references)
            if reason.margin is not None:
                assert reason.margin >= 0 if reason.holds else reason.margin <= 0, (benefit.id, reason)
            if reason.holds is None:
                assert reason.observed is None
                assert reason.margin is None


def every_reason(benefit: Benefit) -> list[Any]:
    return [reason for each in benefit.by_subject for reason in each.reasons]


def test_the_fingerprint_of_the_input_does_not_depend_on_the_order_of_the_keys() -> None:
    def fingerprint(document: dict[str, Any]) -> str:
        return entitlements(document, benefits=["rsa"]).provenance.input_sha256

    document = household(NADIA, LEA, recus={"rsa": 0, "af": 150}, avis_imposition={2024: {"rfr": 1, "nbptr": 2}})
    assert fingerprint(document) == fingerprint(shuffled(document))
    assert fingerprint(document) == fingerprint(parse(document).document())
    assert fingerprint(document) != fingerprint(document | {"recus": {"rsa": 1, "af": 150}})


def shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(each) for each in value] if isinstance(value, list) else value


def _born_before(month: str, lien: str) -> str:
    """The last day of birth of somebody who may be there in an earlier month."""
    return month if lien in ("enfant", "demandeur", "autre") else f"{int(month[:4]) - 18}{month[4:]}"


@pytest.mark.parametrize("month", ["2024-01", "2024-10", "2025-03", "2025-04", "2026-01", "2026-04", "2026-07", "2026-09", "2027-01"])
@given(st.lists(households(), min_size=20, max_size=20))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_conditions_and_amounts_agree_at_every_date(month: str, documents: list[dict[str, Any]]) -> None:
    """The same as tests/test_reasons.py, at the dates around which the law changes."""
    parsed = []
    for document in documents:
        people = [person for person in document["personnes"] if person["date_naissance"] <= _born_before(month, person["lien"])]
        parsed.append(parse(document | {"date": month, "personnes": people}))
    situation = lived.build(parsed, simulation.estimate_notices)
    modelled = [card for card in catalogue().values() if card.models(month)]
    values = simulation.run(situation, dict.fromkeys(name for card in modelled for name in card.variables()))
    for card in modelled:
        granted = np.round(values[card.variable].astype(float), 2) > 0
        together = reduce(np.logical_and, [values[condition.variable].astype(bool) for condition in card.conditions])
        wrong = np.flatnonzero(together != granted)
        assert not len(wrong), (card.id, month, parsed[int(situation.owner(entity_of(card.variable))[wrong[0]])])
