"""A difference is explained by what was changed on purpose, and nothing is said when amounts agree."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, MONTH, households
from tznr_rules import entitlements, reconcile
from tznr_rules.errors import BenefitUnknown, ReportWithoutHousehold
from tznr_rules.evaluation import evaluate
from tznr_rules.household import parse
from tznr_rules.languages import sentences
from tznr_rules.reconciliation import SAME, Difference
from tznr_rules.report import Report

BENEFITS = ["rsa", "ppa", "aide_logement", "af", "asf"]
HOUSEHOLD: dict[str, Any] = {
    "date": MONTH,
    "depcom": "35238",
    "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420, "charges_locatives": 60},
    "personnes": [
        {"id": "nadia", "date_naissance": "1990-05-12", "salaire_net": 850},
        {"id": "lea", "lien": "enfant", "date_naissance": "2018-03-02"},
    ],
}


@pytest.fixture(scope="module")
def report() -> Report:
    return entitlements(HOUSEHOLD, benefits=[*BENEFITS, "paje_base"], interactions=False)


def paid_to(document: dict[str, Any], benefit: str) -> float:
    return float(evaluate([parse(document)], [benefit])[0][benefit].amount or 0.0)


def without_the_child() -> dict[str, Any]:
    return {**HOUSEHOLD, "personnes": HOUSEHOLD["personnes"][:1]}


def test_nothing_is_said_when_amounts_agree(report: Report) -> None:
    aid = report["aide_logement"].amount or 0.0
    assert reconcile(report, {name: report[name].amount or 0.0 for name in BENEFITS}) == ()
    assert reconcile(report, {"ppa": (report["ppa"].amount or 0.0) + SAME - 0.001, "aide_logement": aid}) == ()
    assert reconcile(report, {"ppa": float(int(report["ppa"].amount or 0.0))}) == ()


def test_a_child_who_is_not_counted_is_named(report: Report) -> None:
    received = paid_to(without_the_child(), "ppa")
    (difference,) = reconcile(report, {"ppa": received})
    first = difference.causes[0]
    assert (first.name, first.base, first.values, first.amount, first.explains) == (
        *("enfant_not_counted", "missing_person", {"person": "lea"}),
        *(received, 1.0),
    )
    assert difference.gap == pytest.approx(received - (report["ppa"].amount or 0.0), abs=0.005)
    assert "lea" in difference.to_text()
    assert "toute la différence" in difference.to_text()


def test_a_wage_taken_gross_is_named(report: Report) -> None:
    """CAF counts net pay (article R262-12 CASF): a statement that gives the gross pay makes the amount lower."""
    gross = deepcopy(HOUSEHOLD)
    gross["personnes"][0] = {"id": "nadia", "date_naissance": "1990-05-12", "salaire_de_base": 850}
    received = paid_to(gross, "ppa")
    (difference,) = reconcile(report, {"ppa": received})
    assert (difference.causes[0].name, difference.causes[0].base, difference.causes[0].ours) == ("salary_net", "resource", 850.0)
    assert difference.causes[0].amount == pytest.approx(received, abs=SAME)


def test_the_lump_sum_of_housing_is_a_claim(report: Report) -> None:
    """Without housing aid, 12 or 16 % of the basic amounts are not taken (article R844-3 CSS): 153.19 for two people, less CRDS."""
    received = round((report["ppa"].amount or 0.0) + 153.19 * 0.995, 2)
    (difference,) = reconcile(report, {"ppa": received})
    assert (difference.causes[0].base, difference.causes[0].values) == ("claim", {"benefit": "aide_logement"})


def test_the_law_of_the_quarter_before_is_a_period() -> None:
    """RSA was raised on 1 April: who is paid 646.52 in May is still paid the amount of March (decree 2026-220)."""
    alone = {"date": "2026-05", "depcom": "35238", "logement": {"statut_occupation_logement": "sans_domicile"}}
    in_may = entitlements(
        {**alone, "personnes": [{"date_naissance": "1990-05-12", "salaire_net": 0}]}, benefits=["rsa"], interactions=False
    )
    (difference,) = reconcile(in_may, {"rsa": 646.52})
    assert (difference.computed, difference.causes[0].base, difference.causes[0].values) == (651.69, "period", {"month": "2026-03"})


def test_an_amount_before_crds_is_a_payment() -> None:
    family = {**HOUSEHOLD, "personnes": [*HOUSEHOLD["personnes"], {"id": "tom", "lien": "enfant", "date_naissance": "2016-03-02"}]}
    known = entitlements(family, benefits=["af"], interactions=False)
    assert known["af"].amount == 152.25
    (difference,) = reconcile(known, {"af": 153.01})
    assert (difference.causes[0].name, difference.causes[0].base) == ("before_crds", "payment")


def test_what_nothing_explains_is_said_so(report: Report) -> None:
    (difference,) = reconcile(report, {"paje_base": 5_000.0})
    assert difference.causes == ()
    assert "Aucune des différences" in difference.to_text()
    assert "None of the differences" in difference.to_text("en")


def test_what_cannot_be_compared_is_refused(report: Report) -> None:
    with pytest.raises(BenefitUnknown):
        reconcile(report, {"rssa": 1.0})
    read = Report(report.date, report.benefits, (), (), (), report.provenance)
    with pytest.raises(ReportWithoutHousehold):
        reconcile(read, {"ppa": 1.0})
    assert reconcile(read, {"ppa": 1.0}, HOUSEHOLD)[0].benefit == "ppa"


def test_a_household_is_in_no_format_of_a_report(report: Report) -> None:
    assert report.household is not None
    assert "household" not in report.to_dict()
    assert "1990-05-12" not in report.to_json()


def test_every_cause_has_its_words() -> None:
    names = {"month_before", "salary_gross", "enfant_not_counted", "before_crds"}
    for voice in ("fr", "falc", "en"):
        assert {f"reconcile.what.{name}" for name in names} <= sentences(voice).keys()


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
@given(st.lists(households(every_fact=False), min_size=12, max_size=12), st.integers(0, 2**32 - 1))
def test_a_planted_cause_is_named_first(documents: list[dict[str, Any]], seed: int) -> None:
    found = planted(documents, Random(seed), most=3)
    assert sum(found) >= 0.95 * len(found) - 1


def planted(documents: list[dict[str, Any]], random: Random, most: int) -> list[bool]:
    """Whether the cause planted in each household is the first that is named, where it alone explains the whole difference."""
    changed = [(document, *way) for document in documents for way in [random.choice(_ways(document))]]
    known = evaluate([parse(document) for document, _, _ in changed], BENEFITS)
    others = evaluate([parse(other) for _, _, other in changed], BENEFITS)
    found: list[bool] = []
    for (document, cause, _), mine, theirs in zip(changed, known, others, strict=True):
        moved = [name for name in BENEFITS if _moves(mine, theirs, name)]
        if moved and len(found) < most:
            name = random.choice(moved)
            (difference,) = reconcile(mine, {name: theirs[name].amount or 0.0}, document)
            found += [difference.causes[0].name == cause] if _alone(difference) else []
    return found


def _moves(mine: Report, theirs: Report, name: str) -> bool:
    both = (mine[name].amount, theirs[name].amount)
    return None not in both and abs((both[0] or 0.0) - (both[1] or 0.0)) >= 1 and (both[1] or 0.0) > 0


def _alone(difference: Difference) -> bool:
    return len([each for each in difference.causes if each.explains >= 1]) == 1


def _ways(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What may be changed in a household, with the name of the cause."""
    ways: list[tuple[str, dict[str, Any]]] = [("month_before", {**document, "date": "2026-10"})]
    for rank, person in enumerate(document["personnes"]):
        others = document["personnes"][:rank] + document["personnes"][rank + 1 :]
        if person["lien"] == "enfant":
            ways.append(("enfant_not_counted", {**document, "personnes": others}))
        if person.get("salaire_net"):
            forgotten = [*document["personnes"][:rank], {**person, "salaire_net": 0}, *document["personnes"][rank + 1 :]]
            ways.append(("income_unknown", {**document, "personnes": forgotten}))
    if document["logement"]["loyer"]:
        ways.append(("no_rent", {**document, "logement": {**document["logement"], "loyer": 0}}))
    return ways
