"""What would change a right: each change is true, the nearest to the cent, and moves one thing."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, households
from tznr_rules.catalogue import catalogue
from tznr_rules.changes import Change, what_would_change
from tznr_rules.errors import BenefitUnknown, HouseholdError
from tznr_rules.evaluation import entitlements, evaluate
from tznr_rules.household import parse
from tznr_rules.wording import plain

NADIA: dict[str, Any] = {
    "date": "2026-11",
    "depcom": "35238",
    "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420},
    "personnes": [
        {"id": "nadia", "date_naissance": "1990-05-12", "salaire_net": 1700},
        {"id": "lea", "lien": "enfant", "date_naissance": "2018-03-02"},
    ],
}


def with_salary(salary: Any, **more: Any) -> dict[str, Any]:
    document = {**deepcopy(NADIA), **more}
    document["personnes"][0]["salaire_net"] = salary
    return document


def of(changes: list[Change], lever: str, kind: str) -> Change:
    return next(each for each in changes if (each.lever, each.kind) == (lever, kind))


def test_the_nearest_income_is_exact_to_the_cent() -> None:
    nearest = of(what_would_change(NADIA, "rennes_metropole_sortir"), "income", "opens")
    assert entitlements(with_salary(nearest.value_to))["rennes_metropole_sortir"].status == "granted"
    assert entitlements(with_salary(round(nearest.value_to + 0.01, 2)))["rennes_metropole_sortir"].status == "refused"


def test_an_income_told_month_by_month_moves_by_the_same_amount_every_month() -> None:
    told = {"2026-08": 1500, "2026-09": 1600, "2026-10": 1700, "2026-11": 1700}
    nearest = of(what_would_change(with_salary(told), "ppa"), "income", "closes")
    moved = nearest.value_to - 1700
    after = entitlements(with_salary({month: amount + moved for month, amount in told.items()}), benefits=["ppa"])["ppa"]
    assert after.status == "refused"


def test_a_percentage_moves_to_its_next_tier() -> None:
    low = with_salary(600)
    change = of(what_would_change(low, "rennes_metropole_star"), "income", "less")
    assert change.after.status == "granted"
    assert change.after.amount is not None
    assert change.before.amount is not None
    assert change.after.amount < change.before.amount


def test_a_birthday_is_told_to_the_day() -> None:
    change = of(what_would_change(NADIA, "ars"), "birthday", "more")
    assert (change.who, change.on) == ("lea", "2029-03-02")
    older = deepcopy(NADIA)
    older["personnes"][1]["date_naissance"] = change.value_to
    assert entitlements(older, benefits=["ars"])["ars"].amount == change.after.amount


def test_a_birth_opens_what_the_second_child_opens() -> None:
    assert of(what_would_change(NADIA, "af"), "birth", "opens").after.amount == 152.25


def test_moving_out_of_rennes_closes_what_is_of_rennes() -> None:
    change = of(what_would_change(NADIA, "rennes_bibliotheques"), "moving", "closes")
    assert (change.path, change.value_from) == ("depcom", "35238")


def test_a_right_that_is_not_claimed_is_a_lever() -> None:
    family = with_salary(700, recus={"asf": 0})
    change = of(what_would_change(family, "rennes_metropole_star"), "claim", "less")
    assert (change.path, change.value_from) == ("recus.asf", 0)
    assert change.value_to == entitlements(family, benefits=["asf"])["asf"].amount


def test_a_benefit_not_modelled_says_why() -> None:
    card = next(card for card in catalogue().values() if card.since and card.since > "2024-06")
    changes = what_would_change({**NADIA, "date": "2024-06"}, card.id)
    assert changes == []
    assert changes.why_none
    assert plain(changes.why_none) in changes.to_text()


def test_wrong_input_is_a_clear_error() -> None:
    with pytest.raises(BenefitUnknown):
        what_would_change(NADIA, "rssa")
    with pytest.raises(HouseholdError):
        what_would_change({"personnes": []}, "rsa")


@pytest.mark.parametrize("voice", [("fr", "plain"), ("fr", "falc"), ("en", "plain")])
def test_every_change_has_a_sentence_in_every_voice(voice: tuple[str, str]) -> None:
    changes = what_would_change(with_salary(600), "rennes_metropole_star")
    assert changes
    for each in changes:
        assert each.to_text(*voice).endswith((".", "!"))
        assert "{" not in each.to_text(*voice)
    assert json.loads(changes.to_json())["changes"][0]["sentence"] == changes[0].sentence


@given(st.lists(households(), min_size=2, max_size=2), st.sampled_from(("rsa", "ppa", "aide_logement", "rennes_metropole_star", "ars")))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_every_change_is_true_when_done_by_hand(documents: list[dict[str, Any]], benefit: str) -> None:
    changes = [(change, by_hand(document, change)) for document in documents for change in what_would_change(document, benefit)]
    done = [(change, parse(moved)) for change, moved in changes if moved is not None]
    reports = evaluate([moved for _, moved in done], [benefit])
    for (change, _), report in zip(done, reports, strict=True):
        assert (report[benefit].status, report[benefit].amount) == (change.after.status, change.after.amount), change


def by_hand(document: dict[str, Any], change: Change) -> dict[str, Any] | None:
    """The household with the value of the change written at its path; None for what is not one value."""
    if change.lever in ("birth", "partner", "moving"):
        return None
    moved = parse(document).document()
    node: Any = moved
    *steps, last = change.path.replace("[", ".").replace("]", "").split(".")
    for step in steps:
        node = node[int(step) if isinstance(node, list) else step]
    if isinstance(node.get(last), dict):
        return None
    node[last] = change.value_to
    return moved
