"""What is hidden is hidden with everything that would give it back; an attacker with all that is shown does not find it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.analysts.privacy import (
    SECRET,
    Protected,
    SecrecyError,
    Table,
    deciles_allowed,
    merge_bins,
    protect,
)


def crossed(people: pd.DataFrame, *dimensions: str, amount: str | None = None) -> Table:
    """The households of a sample counted by dimensions, with every margin."""
    categories = [[*sorted(people[name].unique()), EVERYONE] for name in dimensions]
    rows = []
    for each in pd.MultiIndex.from_product(categories):
        held = np.ones(len(people), dtype=bool)
        for name, category in zip(dimensions, each, strict=True):
            held &= (people[name] == category).to_numpy() | (category == EVERYONE)
        row = dict(zip(dimensions, each, strict=True)) | {"households": int(held.sum()), "mean": 100.0}
        if amount:
            row |= {"per_month": people[amount][held].sum(), "amount": people[amount][held].sum()}
            row |= {"largest": people[amount][held].max() if held.any() else 0.0}
        rows.append(row)
    frame = pd.DataFrame(rows)
    if amount:
        return Table(frame, dimensions, figures=("mean", "per_month"), amount="amount", largest="largest")
    return Table(frame, dimensions, figures=("mean",))


def made(**counts: int) -> pd.DataFrame:
    """Households by ``<type>_<cell>``."""
    return pd.DataFrame([name.split("_") for name, count in counts.items() for _ in range(count)], columns=["type", "cell"])


def one_dimension(*counts: int) -> Protected:
    people = pd.DataFrame({"type": [f"t{at}" for at, count in enumerate(counts) for _ in range(count)]})
    return protect([crossed(people, "type")])[0]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((11, 20, 30), [11, 20, 30, 61]),
        ((10, 20, 30), [SECRET, SECRET, 30, 60]),
        ((10, 1, 30), [SECRET, SECRET, 30, 41]),
        ((5, 5, 30), [SECRET, SECRET, SECRET, 40]),
        ((3, 4, 3), [SECRET, SECRET, SECRET, SECRET]),
    ],
)
def test_a_cell_is_hidden_under_eleven_with_the_smallest_other_one(counts: tuple[int, ...], shown: list[Any]) -> None:
    found = one_dimension(*counts)
    assert found.frame["households"].tolist() == shown
    assert found.suppressed == shown.count(SECRET)
    assert [each == SECRET for each in found.frame["mean"]] == [each == SECRET for each in shown]


def test_an_empty_cell_is_not_shown_as_zero() -> None:
    people = made(alone_A=20, alone_B=20, couple_A=20)
    frame = protect([crossed(people, "type", "cell")])[0].frame
    assert 0 not in frame["households"].tolist()
    assert frame[(frame["type"] == "couple") & (frame["cell"] == "B")]["households"].tolist() == [SECRET]


def test_in_a_crossed_table_a_hidden_cell_hides_one_in_its_row_and_one_in_its_column() -> None:
    people = made(alone_A=40, alone_B=5, alone_C=30, couple_A=20, couple_B=15, couple_C=12, other_A=30, other_B=30, other_C=30)
    frame = protect([crossed(people, "type", "cell")])[0].frame
    hidden = {(kind, cell) for kind, cell, seen in zip(frame["type"], frame["cell"], frame["households"], strict=True) if seen == SECRET}
    assert hidden == {("alone", "B"), ("alone", "C"), ("couple", "B"), ("couple", "C")}


@pytest.mark.parametrize(("largest", "hidden"), [(850, False), (851, True)])
def test_one_household_that_holds_nearly_everything_hides_the_cell(largest: int, hidden: bool) -> None:
    rest = (1_000 - largest) / 19
    people = pd.DataFrame({"type": ["a"] * 20 + ["b"] * 30 + ["c"] * 40, "amount": [largest] + [rest] * 19 + [100] * 70})
    frame = protect([crossed(people, "type", amount="amount")])[0].frame
    assert (frame["per_month"].iloc[0] == SECRET) == hidden
    assert (frame["per_month"].iloc[1] == SECRET) == hidden
    assert not {"amount", "largest"} & set(frame.columns)


def test_five_needs_a_reason_and_nothing_lower_is_taken() -> None:
    people = pd.DataFrame({"type": ["a"] * 6 + ["b"] * 30})
    found = protect([crossed(people, "type")], threshold=5, reason="convention avec le CCAS")[0]
    assert (found.suppressed, found.reason) == (0, "convention avec le CCAS")
    for threshold, reason in ((5, None), (5, " "), (4, "because"), (10, "because"), (1, "because")):
        with pytest.raises(SecrecyError, match="threshold"):
            protect([crossed(people, "type")], threshold=threshold, reason=reason)
    assert protect([crossed(people, "type")], threshold=40)[0].suppressed == 3


def test_spared_categories_are_hidden_last() -> None:
    people = pd.DataFrame({"cell": ["A"] * 60 + ["B"] * 20 + ["C"] * 4 + ["D"] * 90})
    table = crossed(people, "cell")
    plain, spared = (protect([table], spared=each)[0].frame["households"].tolist() for each in ((), {("cell", "A"), ("cell", "B")}))
    assert plain == [60, SECRET, SECRET, 90, 174]
    assert spared == [60, 20, SECRET, SECRET, 174]


def test_what_everybody_answered_is_no_secret() -> None:
    table = Table(pd.DataFrame({"cell": ["A", "B", "E", EVERYONE], "households": [20, 30, 0, 50]}), ("cell",))
    assert protect([table])[0].suppressed == 2
    assert protect([table], shown_if_empty={("cell", "E")})[0].suppressed == 0
    some = Table(pd.DataFrame({"cell": ["A", "B", "E", EVERYONE], "households": [20, 30, 1, 51]}), ("cell",))
    assert protect([some], shown_if_empty={("cell", "E")})[0].frame["households"].tolist() == [SECRET, 30, SECRET, 51]


def test_two_tables_that_count_a_cell_otherwise_are_refused() -> None:
    first, second = (pd.DataFrame({"type": ["a"] * 20 + ["b"] * count}) for count in (20, 21))
    with pytest.raises(SecrecyError, match="same sample"):
        protect([crossed(first, "type"), crossed(second, "type")])


def test_deciles_need_ten_times_the_threshold() -> None:
    assert [deciles_allowed(109), deciles_allowed(110), deciles_allowed(50, 5)] == [False, True, True]


def bins(*counts: int) -> pd.DataFrame:
    limits = [10.0 * at for at in range(len(counts) + 1)]
    return pd.DataFrame({"low": limits[:-1], "high": limits[1:], "households": counts, "weighted": [2.0 * count for count in counts]})


@pytest.mark.parametrize(
    ("counts", "merged"),
    [
        ((11, 11), [(0, 10, 11), (10, 20, 11)]),
        ((10, 1, 11), [(0, 20, 11), (20, 30, 11)]),
        ((11, 10), [(0, 20, 21)]),
        ((11, 3, 3, 3), [(0, 40, 20)]),
        ((5, 5), []),
        ((0, 0, 30), [(0, 30, 30)]),
    ],
)
def test_bins_are_merged_until_each_has_enough(counts: tuple[int, ...], merged: list[tuple[int, int, int]]) -> None:
    found = merge_bins(bins(*counts))
    assert [tuple(row) for row in found[["low", "high", "households"]].to_numpy().tolist()] == merged
    assert (found["weighted"] == 2 * found["households"]).all()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
@settings(deadline=None)
def test_merged_bins_keep_everyone_and_none_is_small(counts: list[int]) -> None:
    found = merge_bins(bins(*counts))
    assert (found["households"] >= 11).all()
    assert found["households"].sum() == (sum(counts) if sum(counts) >= 11 else 0)


def recovered(tables: list[Table], shown: list[Protected]) -> list[Any]:
    """What an attacker finds: every sum of every table, the shown cells known, solved for the hidden ones by exact ranks."""
    known: dict[Any, float] = {}
    for table, protected in zip(tables, shown, strict=True):
        for cell, value in zip(table.cells(), protected.frame["households"], strict=True):
            if value != SECRET:
                known[cell] = float(value)
    every = list(dict.fromkeys(cell for table in tables for cell in table.cells()))
    hidden = [cell for cell in every if cell not in known]
    equations = []
    for table in tables:
        for margin, parts in table.sums():
            row = [0.0] * len(hidden)
            for cell, sign in ((margin, 1.0), *((part, -1.0) for part in parts)):
                if cell not in known:
                    row[hidden.index(cell)] += sign
            equations.append(row)
    system = np.array(equations).reshape(len(equations), len(hidden))
    rank = np.linalg.matrix_rank(system) if hidden else 0
    unit = np.eye(len(hidden))
    return [cell for at, cell in enumerate(hidden) if np.linalg.matrix_rank(np.vstack([system, unit[at]])) == rank]


people = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.integers(1, 14)), min_size=1, max_size=30
).map(
    lambda groups: pd.DataFrame(
        [(f"t{kind}", f"q{quarter}", f"c{cell}") for kind, quarter, cell, count in groups for _ in range(count)],
        columns=["type", "quarter", "cell"],
    )
)


@given(people, st.booleans())
@settings(max_examples=80, deadline=None)
def test_no_hidden_cell_is_found_again_across_tables_that_share_margins(sampled: pd.DataFrame, some_may_be_empty: bool) -> None:
    """Two breakdowns of the same cells, and the margin of each: differencing one with the other gives nothing."""
    tables = [crossed(sampled, "type", "cell"), crossed(sampled, "quarter", "cell"), crossed(sampled, "cell")]
    of_the_inquiry = {("cell", "c2")} if some_may_be_empty else set()
    shown = protect(tables, spared={("cell", "c0")}, shown_if_empty=of_the_inquiry)
    assert recovered(tables, shown) == []
    for table, protected in zip(tables, shown, strict=True):
        for count, value in zip(table.frame["households"], protected.frame["households"], strict=True):
            assert value == SECRET or value == count >= 11 or (value == count == 0 and some_may_be_empty)


@given(people)
@settings(max_examples=40, deadline=None)
def test_in_no_line_do_the_hidden_cells_add_up_to_a_few_households(sampled: pd.DataFrame) -> None:
    tables = [crossed(sampled, "type", "cell"), crossed(sampled, "type", "quarter")]
    shown = protect(tables)
    hidden = {cell for table, each in zip(tables, shown, strict=True) for cell in np.array(table.cells(), dtype=object)[each.hidden]}
    counts = {cell: count for table in tables for cell, count in zip(table.cells(), table.frame["households"], strict=True)}
    for table in tables:
        for margin, parts in table.sums():
            secret = [part for part in parts if part in hidden]
            if margin not in hidden and secret:
                assert sum(counts[part] for part in secret) >= 11


def test_the_attacker_of_these_tests_finds_what_a_careless_table_shows() -> None:
    table = crossed(made(alone_A=40, alone_B=5, couple_A=20, couple_B=15), "type", "cell")
    careless = table.frame.copy()
    careless["households"] = careless["households"].astype(object).where(careless["households"] >= 11, SECRET)
    assert recovered([table], [Protected(careless, np.array([]), 11, None)]) == [frozenset({("type", "alone"), ("cell", "B")})]
