"""In columns or in reports: the same households are due the same."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, households
from tznr_rules.batch import GRANTED, NOT_MODELLED, evaluate_in_columns
from tznr_rules.errors import BenefitUnknown, PeriodNotModelled
from tznr_rules.evaluation import evaluate
from tznr_rules.household import parse
from tznr_rules.verdicts import RANK

ALEX = {"date": "2026-11", "personnes": [{"date_naissance": "1990-05-12", "salaire_net": 0}], "recus": {"rsa": 100}}


@given(st.lists(households(), min_size=12, max_size=12))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_columns_say_what_the_reports_say(documents: list[dict[str, Any]]) -> None:
    described = [parse(document) for document in documents]
    results = evaluate_in_columns(described)
    for row, report in enumerate(evaluate(described)):
        for column, benefit in enumerate(report):
            assert results.cards[column].id == benefit.id
            if benefit.not_modelled:
                assert results.status[row, column] == NOT_MODELLED
                continue
            low, high = benefit.amount_range or (benefit.amount, benefit.amount)
            seen = (results.status[row, column], results.low[row, column], results.high[row, column], results.exact[row, column])
            assert seen == (RANK[benefit.status], low, high, benefit.exact), benefit.id
            received = results.received[row, column]
            assert (None if np.isnan(received) else received) == benefit.received


def test_chosen_benefits_alone_are_computed() -> None:
    results = evaluate_in_columns([parse({**ALEX, "logement": {"statut_occupation_logement": "sans_domicile"}})], ["rsa"])
    assert [card.id for card in results.cards] == ["rsa"]
    assert results.status.tolist() == [[GRANTED]]
    assert results.low.tolist() == results.high.tolist() == [[651.69]]
    assert results.received.tolist() == [[100.0]]
    assert {name: column.tolist() for name, column in results.met.items()}.keys() >= {"rsa_condition_ressources"}


def test_a_benefit_that_the_month_does_not_know_is_said_not_modelled() -> None:
    assert evaluate_in_columns([parse({**ALEX, "date": "2024-06"})], ["ppa"]).status.tolist() == [[NOT_MODELLED]]


def test_what_cannot_be_asked_is_an_error() -> None:
    with pytest.raises(BenefitUnknown):
        evaluate_in_columns([parse(ALEX)], ["rssa"])
    with pytest.raises(PeriodNotModelled):
        evaluate_in_columns([parse({**ALEX, "date": "2019-01"})])
