"""What leaves the house has its intervals, and no secret."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysts_made_up import outcomes, sample
from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.analysts.package import Package
from tznr_rules.analysts.privacy import SECRET, SecrecyError
from tznr_rules.analysts.publication import publish, publish_gains, publish_package, publish_poverty, publish_rights
from tznr_rules.analysts.take_up import take_up

A, B, C, D, E = (100, 100), (200, 0), (0, 50), (0, 0), (100, None)


def test_a_large_sample_is_shown_with_its_intervals() -> None:
    drawn = sample(200, quartier=["nord", "sud"] * 100)
    found = publish(take_up(outcomes(drawn, rsa=[A] * 60 + [B] * 40 + [C] * 20 + [D] * 80)), [drawn.about["quartier"]])
    row = found.summary.iloc[0]
    assert (row["recipients"], row["non_recipients"], row["rate"], row["per_month"]) == (60, 40, 0.4, 8_000)
    assert row["rate_low"] < 0.4 < row["rate_high"]
    assert row["total_low"] < 8_000 < row["total_high"]
    assert (row["rate_least"], row["rate_most"], row["total_least"], row["total_most"]) == (0.4, 0.4, 8_000, 8_000)
    assert row["top_tenth"] == SECRET
    assert not {"largest", "amount"} & set(found.summary.columns)
    broken = found.breakdowns["quartier"]
    assert broken["group"].tolist() == ["nord", "sud", EVERYONE]
    assert broken["rate"].tolist() == [0.4, 0.4, 0.4]
    assert found.suppressed == 0


def test_a_small_cell_takes_its_figures_with_it() -> None:
    found = publish(take_up(outcomes(sample(150), rsa=[A] * 60 + [B] * 10 + [D] * 80)))
    row = found.summary.iloc[0]
    secret = ("non_recipients", "weighted_non_recipients", "per_month", "mean", "median", "rate", "rate_low", "total_high", "recipients")
    assert {name: row[name] for name in secret} == dict.fromkeys(secret, SECRET)
    assert row["eligible"] == 70
    with pytest.raises(SecrecyError):
        publish(take_up(outcomes(sample(1), rsa=[A])), threshold=3)


def test_a_rate_is_not_hidden_for_the_sake_of_a_small_cell_of_others() -> None:
    row = publish(take_up(outcomes(sample(180), rsa=[A] * 60 + [B] * 30 + [C] * 4 + [D] * 66 + [E] * 20))).summary.iloc[0]
    assert (row["rate"], row["not_due"], row["neither"], row["receipt_unknown"]) == (1 / 3, SECRET, 66, SECRET)
    assert row["rate_most"] == SECRET


def test_histograms_and_rights_are_protected() -> None:
    take = take_up(outcomes(sample(60), rsa=[(10, 0)] * 5 + [(100, 0)] * 15 + [A] * 20 + [D] * 20))
    assert publish(take).histograms["rsa"]["households"].tolist() == [20]
    found = publish_rights(take)
    assert (found["rights"].tolist(), found["households"].tolist()) == (["0", "1 ou plus", EVERYONE], [40, 20, 60])


def test_what_is_hidden_here_is_not_shown_there() -> None:
    """B is hidden for the sake of A: neither a histogram nor the package says how many they are."""
    take = take_up(outcomes(sample(60), rsa=[A] * 5 + [B] * 20 + [D] * 35))
    found = publish(take)
    assert found.summary.loc[0, ["recipients", "non_recipients", "eligible"]].tolist() == [SECRET, SECRET, 25]
    assert found.histograms == {}
    shown = publish_package(made_up_package({"rsa": [100.0] * 20 + [0.0] * 40}), found)
    assert shown[["households", "per_month"]].to_numpy().tolist() == [[SECRET, 2_000], [SECRET, 2_000]]


def made_up_package(columns: dict[str, list[float]]) -> Package:
    shapley = pd.DataFrame(columns | {"not_decomposed": 0.0})
    drawn = sample(len(shapley))
    shapley.index = drawn.about.index
    gain = shapley.sum(axis=1)
    households = pd.DataFrame({"gain": gain, "least": gain, "most": gain, "claims": 1})
    return Package(drawn, households, shapley, shapley.drop(columns="not_decomposed").replace(0.0, np.nan))


@pytest.mark.parametrize(("few", "shown"), [(11, [2_000, 1_500, 1_100]), (10, [2_000, SECRET, SECRET])])
def test_of_a_package_a_hidden_benefit_is_not_the_total_less_the_others(few: int, shown: list[Any]) -> None:
    columns = {"rsa": [100.0] * 20 + [0.0] * 20, "ppa": [0.0] * 25 + [100.0] * 15, "asf": [100.0] * few + [0.0] * (40 - few)}
    found = publish_package(made_up_package(columns))
    assert found["per_month"].tolist()[:3] == shown
    assert found["benefit"].tolist()[-1] == EVERYONE


@pytest.mark.parametrize(("few", "shown"), [(11, [1_100, 2_000, 900, 4_000]), (10, [SECRET, 2_000, SECRET, 4_000])])
def test_gains_are_shown_by_group_when_enough_households_gain(few: int, shown: list[Any]) -> None:
    found = made_up_package({"rsa": [100.0] * 40})
    by = pd.Series(["a"] * few + ["b"] * 20 + ["c"] * (20 - few), index=found.sample.about.index, name="quartier")
    frame = publish_gains(found, by, threshold=11 if few == 10 else 5, reason="essai", replicates=20)
    assert frame["per_month"].tolist() == shown
    assert frame["group"].tolist() == ["a", "b", "c", EVERYONE]
    assert [low == SECRET for low in frame["low"]] == [each == SECRET for each in shown]


def test_poverty_is_hidden_when_few_cross_the_line() -> None:
    values = {"before": 0.5, "after": 0.4, "change": -0.1, "unit": "part"}
    measures = pd.DataFrame([{"measure": name} | values for name in ("poor_persons", "d1")])
    for households, before, after, shown in (
        (200, 100, 80, [0.5, 0.4, 0.5, 0.4]),
        (200, 100, 95, [0.5, SECRET, 0.5, 0.4]),
        (100, 50, 30, [0.5, 0.4, SECRET, SECRET]),
        (200, 10, 10, [SECRET, SECRET, 0.5, 0.4]),
    ):
        found = publish_poverty(measures.assign(households=households, poor_before=before, poor_after=after))
        assert found[["before", "after"]].to_numpy().ravel().tolist() == shown
        assert "poor_before" not in found


cells = st.lists(
    st.tuples(st.sampled_from([A, B, C, D, E, (0, 0, 300)]), st.sampled_from("xyz"), st.integers(1, 16)), min_size=1, max_size=14
)


@given(cells)
@settings(max_examples=40, deadline=None)
def test_no_count_under_eleven_is_shown_nor_given_by_one_subtraction(groups: list[Any]) -> None:
    people = [(row, group) for row, group, count in groups for _ in range(count)]
    drawn = sample(len(people), group=[group for _, group in people])
    found = publish(take_up(outcomes(drawn, rsa=[row for row, _ in people])), [drawn.about["group"]], replicates=3)
    summary = found.summary.iloc[0]
    for name in ("recipients", "non_recipients", "not_due", "neither"):
        assert summary[name] == SECRET or summary[name] >= 11
    frame = found.breakdowns["group"]
    inside, margin = frame[frame["group"] != EVERYONE], frame[frame["group"] == EVERYONE].iloc[0]
    for name in ("recipients", "non_recipients", "eligible"):
        secret = (inside[name] == SECRET).sum()
        assert secret != 1 or margin[name] == SECRET, name
        assert all(value == SECRET or value >= 11 for value in frame[name])
    for row in frame.to_dict("records"):
        assert [row[name] == SECRET for name in ("recipients", "non_recipients", "eligible")].count(True) != 1
