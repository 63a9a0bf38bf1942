"""Who is eligible, who receives, what goes unclaimed: small samples by hand, then properties."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysts_made_up import of_households, outcomes, sample
from tznr_rules.analysts import take_up as tables
from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.analysts.poverty import poverty, poverty_line
from tznr_rules.analysts.profiles import LABELS, living_standards, profiles
from tznr_rules.analysts.take_up import TakeUp, take_up
from tznr_rules.analysts.weighted import held_by_the_top, quantiles, ranks
from tznr_rules.catalogue import catalogue
from tznr_rules.household import parse

ONE_OF_EACH = [(100, 100), (300, 0), (0, 50), (0, 0), (200, None), (0, 0, 400), (50, 0, 150)]
"""A; B; C; D; E; F; B, of which 50 at least is due and 150 at most."""


def one(take: TakeUp, benefit: str = "rsa") -> dict[str, Any]:
    return tables.figures(take, take.column(benefit), np.ones(len(take.index), dtype=bool))


def test_each_household_is_in_one_cell() -> None:
    take = take_up(outcomes(sample(7), rsa=ONE_OF_EACH))
    assert take.table()["rsa"].tolist() == ["A", "B", "C", "D", "E", "F", "B"]
    found = tables.counts(take).set_index("cell")
    assert found["households"].to_dict() == {"A": 1, "B": 2, "C": 1, "D": 1, "E": 1, "F": 1}


def test_a_rate_leaves_out_unknown_receipts_and_undetermined_rights() -> None:
    found = one(take_up(outcomes(sample(7, weights=[10, 20, 1, 1, 99, 99, 10]), rsa=ONE_OF_EACH)))
    assert (found["eligible"], found["recipients"], found["non_recipients"]) == (3, 1, 2)
    assert found["rate"] == pytest.approx(30 / 40)
    assert found["rate_in_euros"] == pytest.approx((20 * 300 + 10 * 50) / (20 * 300 + 10 * 50 + 10 * 100))
    assert (found["per_month"], found["per_year"]) == (6_500, 78_000)
    assert (found["mean"], found["median"]) == (pytest.approx(6_500 / 30), 300)


def test_bounds_take_in_what_nobody_told() -> None:
    take = take_up(outcomes(sample(7), rsa=ONE_OF_EACH))
    assert take.least.sum() == 350
    assert take.most.sum() == 300 + 150 + 200 + 400
    assert tables.rate_bounds(take, "rsa") == (2 / 4, 4 / 5)


def test_yearly_amounts_are_shared_out_and_single_ones_stay_apart() -> None:
    take = take_up(outcomes(sample(2), cheque_energie=[(120, 0), (240, 0)], prime_demenagement=[(900, 0), (0, 0)]))
    yearly, once = one(take, "cheque_energie"), one(take, "prime_demenagement")
    assert (yearly["per_month"], yearly["per_year"], yearly["mean"], yearly["unit"]) == (30, 360, 15, "EUR/mois")
    assert np.isnan(yearly["once"])
    assert (once["once"], once["mean"], once["unit"]) == (900, 900, "EUR")
    assert np.isnan(once["per_month"])
    assert np.isnan(once["per_year"])


def test_rights_in_kind_are_counted_only() -> None:
    found = one(take_up(outcomes(sample(3), rennes_metropole_star=[(85, 0), (100, 100), (0, 0)])), "rennes_metropole_star")
    assert (found["eligible"], found["non_recipients"], found["rate"], found["unit"]) == (2, 1, 0.5, "percent")
    assert np.isnan(found["per_month"])


@pytest.mark.parametrize(
    ("benefit", "section"),
    [
        *(("rsa", "monthly"), ("ars", "yearly"), ("prime_demenagement", "once"), ("complementaire_sante_solidaire", "in_kind")),
        *(("ccas_rennes_aides_facultatives", "discretionary"), ("rennes_bibliotheques", "for_everyone")),
        *(("taxe_fonciere_exoneration", "automatic"), ("reduction_loyer_solidarite", "not_paid")),
    ],
)
def test_benefits_of_different_kinds_are_shown_apart(benefit: str, section: str) -> None:
    assert tables.section(catalogue()[benefit]) == section
    assert section in tables.SECTIONS


@pytest.mark.parametrize(("threshold", "cell"), [(0, "B"), (15, "B"), (15.01, "D")])
def test_a_small_amount_is_not_counted_under_the_threshold_and_is_from_it(threshold: float, cell: str) -> None:
    take = take_up(outcomes(sample(2), ppa=[(15, 0), (15, 15)]), materiality=threshold)
    assert take.table()["ppa"].tolist() == [cell, "A"]
    assert take.unclaimed.sum() == (15 if cell == "B" else 0)


@pytest.mark.parametrize(("received", "partial"), [(95, 0), (94.99, 1), (94, 1), (100, 0)])
def test_a_recipient_paid_much_less_is_counted_apart(received: float, partial: int) -> None:
    found = one(take_up(outcomes(sample(1), rsa=[(100, received)])))
    assert (found["partial"], found["non_recipients"]) == (partial, 0)
    assert found["partial_amount"] == pytest.approx(100 - received if partial else 0)


def test_of_two_benefits_that_the_law_does_not_pay_together_one_is_counted() -> None:
    take = take_up(outcomes(sample(4), aah=[(900, 900), (900, 0), (900, 0), (0, 0)], aspa=[(800, 0), (1000, 0), (900, 0), (800, 0)]))
    assert take.table().to_numpy().tolist() == [["A", "D"], ["D", "B"], ["B", "D"], ["D", "B"]]


def test_households_are_counted_by_the_rights_they_lack() -> None:
    rows = {"rsa": [100, 100, 0, 100], "af": [0, 100, 0, 100], "asf": [0, 0, 0, 100], "ars": [0, 0, 0, 100]}
    take = take_up(outcomes(sample(4, weights=[1, 2, 3, 4]), **{name: [(low, 0) for low in lows] for name, lows in rows.items()}))
    found = tables.rights_table(take).set_index("rights")
    assert found["weighted"].to_dict() == {"0": 3, "1": 1, "2": 2, "3 ou plus": 4}
    assert found["share"].sum() == pytest.approx(1)


def test_a_histogram_puts_a_limit_in_the_bin_above() -> None:
    found = tables.histogram(take_up(outcomes(sample(4), rsa=[(14.99, 0), (15, 0), (600, 0), (50, 50)])), "rsa")
    assert found["households"].tolist() == [1, 1, 0, 0, 0, 1]


def test_a_breakdown_has_a_margin_and_a_group_for_what_is_not_known() -> None:
    drawn = sample(4, quartier=["nord", "sud", None, "nord"])
    found = tables.breakdown(take_up(outcomes(drawn, rsa=[(100, 0), (200, 0), (300, 0), (100, 100)])), drawn.about["quartier"])
    assert found["group"].tolist() == ["nord", "sud", "non connu", EVERYONE]
    assert found["per_month"].tolist() == [100, 200, 300, 600]
    assert found["eligible"].tolist() == [2, 1, 1, 4]


rows = st.tuples(
    st.sampled_from([0.0, 0.0, 10.0, 250.0]), st.sampled_from([None, 0.0, 0.0, 40.0, 250.0]), st.sampled_from([0.0, 0.0, 500.0])
).map(lambda each: (each[0], each[1], max(each[0], each[2])))
samples = st.lists(st.tuples(rows, st.integers(1, 9), st.sampled_from("xyz")), min_size=1, max_size=25)
ADDITIVE = ("eligible", "recipients", "non_recipients", "not_due", "neither", "receipt_unknown", "undetermined", "per_month", "partial")


def drawn(people: list[Any], times: float = 1.0) -> TakeUp:
    made = sample(len(people), [weight * times for _, weight, _ in people], group=[group for *_, group in people])
    return take_up(outcomes(made, rsa=[row for row, *_ in people]))


@given(samples)
@settings(max_examples=100, deadline=None)
def test_margins_are_the_sums_of_their_groups(people: list[Any]) -> None:
    take = drawn(people)
    found = tables.breakdown(take, take.outcomes.sample.about["group"])
    inside, margin = found[found["group"] != EVERYONE], found[found["group"] == EVERYONE].iloc[0]
    for name in ADDITIVE:
        assert inside[name].sum() == pytest.approx(margin[name]), name
    cells = tables.counts(take)
    assert cells["households"].sum() == len(people)
    assert cells["weighted"].sum() == pytest.approx(sum(weight for _, weight, _ in people))


@given(samples)
@settings(max_examples=100, deadline=None)
def test_twice_the_weight_is_twice_the_totals_and_the_same_rates(people: list[Any]) -> None:
    once, twice = one(drawn(people)), one(drawn(people, 2.0))
    for name in ("per_month", "per_year", "weighted_eligible", "partial_amount"):
        assert twice[name] == pytest.approx(2 * once[name])
    for name in ("rate", "rate_in_euros", "mean", "q1", "median", "q3", "top_tenth", "eligible"):
        assert twice[name] == pytest.approx(once[name], nan_ok=True)


@given(samples, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_rows_changes_nothing(people: list[Any], random: Any) -> None:
    shuffled = random.sample(people, len(people))
    first, second = one(drawn(people)), one(drawn(shuffled))
    for name, value in first.items():
        assert second[name] == (value if isinstance(value, str) else pytest.approx(value, nan_ok=True)), name


@given(samples)
@settings(max_examples=100, deadline=None)
def test_what_goes_unclaimed_is_within_its_bounds(people: list[Any]) -> None:
    take = drawn(people)
    assert (take.least <= take.unclaimed).all()
    assert (take.unclaimed <= take.most).all()
    low, high = tables.rate_bounds(take, "rsa")
    rate = one(take)["rate"]
    assert np.isnan(rate) or low - 1e-12 <= rate <= high + 1e-12


def test_quantiles_and_concentration_by_hand() -> None:
    assert quantiles(np.array([10.0, 20.0, 30.0]), np.array([1.0, 1.0, 2.0]), [0.25, 0.5, 0.75]).tolist() == [15, 25, 30]
    assert held_by_the_top(np.array([10.0, 30.0]), np.array([19.0, 1.0])) == pytest.approx((30 + 10) / 220)
    assert ranks(np.array([np.nan, 5.0]), np.ones(2), 10).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("people", "kind", "units"),
    [
        ([("demandeur", "1990-05-12")], "alone", 1.0),
        ([("demandeur", "1990-05-12"), ("enfant", "2018-01-01"), ("enfant", "2027-02-01")], "lone_parent", 1.3),
        ([("demandeur", "1990-05-12"), ("conjoint", "1991-05-12")], "couple", 1.5),
        ([("demandeur", "1990-05-12"), ("conjoint", "1991-05-12"), ("enfant", "2012-11-02")], "couple_1_2", 1.8),
        ([("demandeur", "1990-05-12"), ("conjoint", "1991-05-12"), ("enfant", "2012-11-01")], "couple_1_2", 2.0),
        ([("demandeur", "1980-05-12"), ("conjoint", "1981-05-12"), *[("enfant", "2020-01-01")] * 3], "couple_3_more", 2.4),
        ([("demandeur", "1960-05-12"), ("enfant", "2001-11-02")], "lone_parent", 1.5),
        ([("demandeur", "1960-05-12"), ("enfant", "2001-11-01")], "other", 1.5),
        ([("demandeur", "1990-05-12"), ("autre", "1992-05-12")], "other", 1.5),
    ],
)
def test_a_household_has_a_type_and_consumption_units(people: list[tuple[str, str]], kind: str, units: float) -> None:
    household = parse({"date": "2026-11", "personnes": [{"lien": lien, "date_naissance": born} for lien, born in people]})
    found = profiles(outcomes(of_households([household]), rsa=[(0, 0)])).iloc[0]
    assert (found["household_type"], found["consumption_units"]) == (kind, units)


def test_a_household_lives_on_what_it_told() -> None:
    person = {"date_naissance": "1990-05-12", "salaire_net": 500, "pensions_alimentaires_versees_individu": 100}
    told = parse({"date": "2026-11", "personnes": [person], "recus": {"aide_logement": 200, "ars": 120}})
    silent = parse({"date": "2026-11", "personnes": [{"date_naissance": "1990-05-12"}], "recus": {"aide_logement": 200}})
    found = profiles(outcomes(of_households([told, silent, told]), rsa=[(100, 0), (100, 0), (100, None)]))
    assert found["income"].tolist()[::2] == [400, 400]
    assert found["benefits"].tolist() == [210, 200, 210]
    assert found["disposable"].isna().tolist() == [False, True, True]
    assert found["disposable"].iloc[0] == 610
    assert set(LABELS) <= set(found.columns)


def test_poverty_is_counted_before_and_after() -> None:
    line = poverty_line("2026-11")
    assert line.value > 0
    assert line.href.startswith("https://")
    wages = [line.value - 100, line.value + 100, line.value - 1000]
    people = [parse({"date": "2026-11", "personnes": [{"date_naissance": "1990-05-12", "salaire_net": wage}]}) for wage in wages]
    results = outcomes(of_households(people), rsa=[(0, 0)] * 3)
    frame = profiles(results)
    found = poverty(results, frame, pd.Series([100.0, 0.0, 100.0], index=frame.index)).set_index("measure")
    assert (found.loc["poor_households", "before"], found.loc["poor_households", "after"]) == pytest.approx((2 / 3, 1 / 3))
    assert found.loc["poor_households_count", "change"] == -1
    assert found.loc["d5", "before"] == pytest.approx(line.value - 100)
    assert living_standards(results.sample, frame)["decile"].tolist() == [4, 7, 1]
