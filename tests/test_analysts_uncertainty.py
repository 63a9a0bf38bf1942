"""Three intervals that are never mixed."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysts_made_up import outcomes, sample
from tznr_rules.analysts.take_up import TakeUp, take_up
from tznr_rules.analysts.uncertainty import SEED, Draws, Total, bootstrap, draws, near_zero, rate, unclaimed_total


def half_and_half(count: int = 400) -> TakeUp:
    return take_up(outcomes(sample(count, stratum=["a", "b"] * (count // 2)), rsa=[(100, 100), (100, 0)] * (count // 2)))


def test_a_seed_gives_the_same_interval_and_is_written() -> None:
    column, weights = np.arange(50.0), np.ones(50)
    first, second, third = (bootstrap(lambda drawn: float(drawn @ column), weights, seed=seed) for seed in (1, 1, 2))
    assert first == second != third
    assert "graine 7" in str(unclaimed_total(half_and_half(), "rsa", seed=7))


def test_the_interval_of_a_share_is_near_the_textbook() -> None:
    take = take_up(outcomes(sample(400), rsa=[(100, 100), (100, 0)] * 200))
    low, high = rate(take, "rsa").sampling
    spread = 1.96 * np.sqrt(0.25 / 400)
    assert (low, high) == pytest.approx((0.5 - spread, 0.5 + spread), abs=0.012)


def test_strata_are_kept() -> None:
    """A rate that is the same in each draw of each stratum does not vary."""
    assert rate(half_and_half(), "rsa").sampling == (0.5, 0.5)
    for drawn in draws(np.ones(5), np.array(["a", "a", "b", "b", "b"]), 50, SEED):
        assert (drawn[:2].sum(), drawn[2:].sum()) == (2, 3)


def test_weights_can_be_fitted_again_in_each_draw() -> None:
    fixed = bootstrap(lambda drawn: float(drawn.sum()), np.array([1.0, 9.0]), recalibrate=lambda drawn: drawn * 10 / drawn.sum())
    assert fixed == (10, 10)


def test_a_figure_that_never_has_a_value_has_no_interval() -> None:
    none = rate(take_up(outcomes(sample(3), rsa=[(0, 0)] * 3)), "rsa")
    assert np.isnan(none.value)
    assert np.isnan(none.sampling).all()
    assert "non calculable" in str(none)


def test_what_nobody_told_is_an_interval_of_its_own() -> None:
    take = take_up(outcomes(sample(4, weights=[10] * 4), rsa=[(100, 0), (100, None), (0, 0, 50), (100, 100)]))
    total, share = unclaimed_total(take, "rsa"), rate(take, "rsa")
    assert (total.value, total.missing) == (1_000, (1_000, 2_500))
    assert (share.value, share.missing) == (0.5, (1 / 3, 3 / 4))


def test_of_a_right_in_kind_households_are_counted() -> None:
    take = take_up(outcomes(sample(3, weights=[10] * 3), rennes_metropole_star=[(85, 0), (100, 100), (85, None)]))
    total = unclaimed_total(take, "rennes_metropole_star")
    assert (total.value, total.unit, total.missing) == (10, "foyers", (10, 20))


def test_cases_near_the_threshold_are_told_apart_on_one_side_or_both() -> None:
    take = take_up(outcomes(sample(5), rsa=[(100, 100), (100, 0), (100, 0), (4, 0), (0, 0)]))
    assert near_zero(take, "rsa").tolist() == [False, False, False, True, False]
    one = rate(take, "rsa")
    assert (one.misclassified, one.one_sided) == ((2 / 3, 3 / 4), True)
    assert "d'un seul côté du seuil" in str(one)
    both = rate(take, "rsa", near=lambda _, __: np.array([False, False, False, True, True]))
    assert (both.misclassified, both.one_sided) == ((2 / 3, 4 / 5), False)
    assert unclaimed_total(take, "rsa").misclassified == (200, 204)
    assert rate(take, "rsa", near=None).misclassified is None


@pytest.mark.parametrize(("amount", "near"), [(4.99, True), (5.0, False)])
def test_near_begins_under_a_share_of_the_median(amount: float, near: bool) -> None:
    take = take_up(outcomes(sample(4), rsa=[(100, 0), (100, 0), (100, 0), (amount, 0)]))
    assert near_zero(take, "rsa")[3] == near


def test_a_total_is_never_written_without_its_intervals() -> None:
    total = Total(18_400, "EUR/mois", (15_200, 21_900), (17_000, 20_100), 42)
    for text in (str(total), repr(total), f"{total}", f"{total:.2f}"):
        for figure in ("18 400", "15 200", "21 900", "17 000", "20 100", "42 foyers", "500 tirages", "non mesurés"):
            assert figure in text.replace("\u202f", " ")
    assert {"value", "sampling_low", "sampling_high", "missing_low", "missing_high", "misclassified_low"} <= set(total.frame().columns)


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(0, 500), st.sampled_from("xy")), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_an_interval_scales_with_the_weights_and_stays_within_what_can_be_drawn(people: list[Any]) -> None:
    weights = np.array([float(weight) for weight, *_ in people])
    values, strata = np.array([value for _, value, _ in people]), np.array([stratum for *_, stratum in people])

    def total(drawn: Any) -> float:
        return float(drawn @ values)

    once, twice = (bootstrap(total, times * weights, strata, replicates=60) for times in (1, 2))
    assert twice == pytest.approx((2 * once[0], 2 * once[1]))
    assert once[0] <= once[1] <= len(people) * (weights * values).max() + 1e-6


def test_packets_of_households_give_the_interval_of_households() -> None:
    random = np.random.default_rng(1)
    weights, values = random.uniform(5, 9, 4_000), random.exponential(100, 4_000) * (random.random(4_000) < 0.2)
    strata = np.array(["a", "b", "b", "b"] * 1_000)
    whole = np.std(Draws.of(weights, strata, 1_000, 7) @ values)
    packed = Draws.of(weights, strata, 1_000, 7, packets=800)
    assert packed.times.shape == (800, 1_000)
    assert np.std(packed @ values) == pytest.approx(whole, rel=0.12)
    assert np.mean(packed @ values) == pytest.approx(weights @ values, rel=0.01)
