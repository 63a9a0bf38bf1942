"""A reason is true: every benefit is granted when all its conditions hold, and only then; every figure is the engine's."""

from functools import reduce
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, households
from tznr_rules import lived, simulation
from tznr_rules.catalogue import catalogue
from tznr_rules.columns import entity_of
from tznr_rules.evaluation import evaluate
from tznr_rules.household import parse

BATCH, BATCHES = 70, 3
SLOW = list(HealthCheck)


@given(st.lists(households(), min_size=BATCH, max_size=BATCH))
@settings(max_examples=BATCHES, deadline=None, suppress_health_check=SLOW, phases=AS_DRAWN)
def test_all_conditions_hold_if_and_only_if_the_amount_is_above_zero(documents: list[dict[str, Any]]) -> None:
    built = lived.build([parse(document) for document in documents], simulation.estimate_notices)
    wanted = dict.fromkeys(name for card in catalogue().values() for name in card.variables())
    values = simulation.run(built, wanted)
    wrong = []
    for card in catalogue().values():
        conditions = [values[condition.variable].astype(bool) for condition in card.conditions]
        granted = np.round(values[card.variable].astype(float), 2) > 0
        together = reduce(np.logical_and, conditions)
        for row in np.flatnonzero(together != granted):
            held = {condition.variable: bool(column[row]) for condition, column in zip(card.conditions, conditions, strict=True)}
            household = documents[int(built.owner(entity_of(card.variable))[row])]
            wrong.append((card.id, float(values[card.variable][row]), held, household))
    assert not wrong, "\n".join(str(each) for each in wrong[:5])


@given(st.lists(households(), min_size=8, max_size=8))
@settings(max_examples=4, deadline=None, suppress_health_check=SLOW, phases=AS_DRAWN)
def test_a_report_never_refuses_without_a_reason_nor_grants_against_one(documents: list[dict[str, Any]]) -> None:
    parsed = [parse(document) for document in documents]
    for report in evaluate(parsed):
        assert [benefit.id for benefit in report.benefits] == list(catalogue())
        for benefit in report.benefits:
            for each in benefit.by_subject:
                holds = [reason.holds for reason in each.reasons]
                if each.status == "granted":
                    assert all(hold is True for hold in holds), (benefit.id, each)
                    assert each.amount is not None
                    assert each.amount > 0
                elif each.status == "refused":
                    assert False in holds, (benefit.id, each)
                else:
                    assert each.amount_range is not None
                    assert None in holds or each.amount_range[0] > 0, (benefit.id, each)


@given(st.lists(households(), min_size=4, max_size=4))
@settings(max_examples=4, deadline=None, suppress_health_check=SLOW, phases=AS_DRAWN)
def test_a_household_is_a_batch_of_one(documents: list[dict[str, Any]]) -> None:
    parsed = [parse(document) for document in documents]
    together = evaluate(parsed)
    for household, report in zip(parsed, together, strict=True):
        alone = evaluate([household])[0]
        for one, other in zip(alone.benefits, report.benefits, strict=True):
            assert one == other, (one.id, [name for name in one.__slots__ if getattr(one, name) != getattr(other, name)])
