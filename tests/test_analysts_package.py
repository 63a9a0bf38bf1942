"""The total of what goes unclaimed, computed by the rules, and its decomposition."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysts_made_up import of_households
from tznr_rules.analysts.package import NOT_DECOMPOSED, Package, _moved, package, rights_moved, shapley_values
from tznr_rules.analysts.sample import Outcomes
from tznr_rules.analysts.take_up import TakeUp, take_up
from tznr_rules.batch import evaluate_in_columns
from tznr_rules.household import Household, parse
from tznr_rules.interactions import silent_about
from tznr_rules.worlds import World, amounts

BENEFITS = ("rsa", "ppa", "aide_logement", "asf", "af", "aspa", "aah")
RENTED = {"statut_occupation_logement": "locataire_hlm", "loyer": 420}


def mother(**recus: float) -> Household:
    """Alone with one child, without any income: due RSA, ASF and housing aid."""
    people = [
        {"id": "nadia", "date_naissance": "1990-05-12", "activite": "chomeur", "salaire_net": 0, "chomage_net": 0},
        {"id": "lea", "lien": "enfant", "date_naissance": "2020-03-02"},
    ]
    told = {"rsa": 0, "ppa": 0, "aide_logement": 0, "asf": 0, "af": 0, "aspa": 0} | recus
    return parse({"date": "2026-11", "depcom": "35238", "logement": RENTED, "personnes": people, "recus": told})


def alone(wage: float, **recus: float) -> Household:
    told = {"rsa": 0, "ppa": 0, "aide_logement": 0, "asf": 0, "af": 0, "aspa": 0} | recus
    person = {"id": "alex", "date_naissance": "1985-05-12", "activite": "actif", "salaire_net": wage}
    return parse({"date": "2026-11", "depcom": "35238", "logement": RENTED, "personnes": [person], "recus": told})


def unsaid(household: Household, *names: str) -> Household:
    return silent_about(household, names)


HOUSEHOLDS = (
    mother(),
    mother(rsa=600),
    mother(rsa=500, aide_logement=300, asf=190),
    alone(0),
    alone(900),
    alone(900, aide_logement=120),
    alone(3_000),
    unsaid(mother(), "rsa"),
    alone(0, rsa=400),
)


@pytest.fixture(scope="module")
def take() -> TakeUp:
    drawn = of_households(HOUSEHOLDS)
    return take_up(Outcomes(drawn, evaluate_in_columns(HOUSEHOLDS, BENEFITS)))


@pytest.fixture(scope="module")
def found(take: TakeUp) -> Package:
    return package(take)


def test_shapley_values_add_up_to_the_total(found: Package) -> None:
    np.testing.assert_allclose(found.shapley.sum(axis=1), found.households["gain"], atol=1e-9)
    assert found.households["decomposed"].all()
    by_benefit = found.by_benefit()
    assert by_benefit["per_month"].sum() == pytest.approx(found.total(replicates=2).value, abs=1e-9)
    assert NOT_DECOMPOSED not in set(by_benefit["benefit"])


def test_the_total_is_what_the_rules_pay_once_everything_is_claimed(found: Package, take: TakeUp) -> None:
    """With nothing received now, it is what the engine pays, with nothing off; and less than amounts each computed alone."""
    everything, _ = amounts([World(silent_about(HOUSEHOLDS[0], BENEFITS))], [card for card in take.cards if card.id != "aah"])
    gain = found.households["gain"].iloc[0]
    assert gain == pytest.approx(sum(float(values[0]) for values in everything.values()), abs=0.01)
    assert found.alone.iloc[0].sum() > gain + 100


def test_claiming_a_right_that_counts_for_another_takes_from_what_is_received(found: Package) -> None:
    """She receives RSA; ASF and housing aid are counted in it, so that it falls: the loss is net in the total."""
    row = found.households.iloc[1]
    assert row["received"] == 600
    assert row["lost"] < -100
    assert row["gain"] == pytest.approx(row["gained"] + row["lost"])
    assert row["after"] == pytest.approx(600 + row["gain"])
    assert found.shapley["rsa"].iloc[1] == 0


def test_who_receives_everything_or_is_due_nothing_gains_nothing(found: Package) -> None:
    for at in (2, 6):
        assert found.households["gain"].iloc[at] == 0
        assert (found.shapley.iloc[at] == 0).all()


def test_an_unknown_receipt_is_an_interval(found: Package) -> None:
    known, unknown = found.households.iloc[0], found.households.iloc[7]
    assert known["least"] == pytest.approx(known["gain"]) == known["most"]
    assert unknown["least"] <= unknown["gain"] < unknown["most"]
    assert unknown["most"] == pytest.approx(known["gain"], abs=0.01)
    total = found.total(replicates=50)
    assert total.missing[0] <= total.value < total.missing[1]
    assert total.unit == "EUR/mois"


def test_what_a_claim_near_a_threshold_brings_is_left_out_of_the_lower_end(found: Package) -> None:
    first = np.arange(len(HOUSEHOLDS)) == 0
    near = {"asf": first, "aah": first}  # nobody claims the AAH
    brought = found.sample.weights[0] * found.shares("asf")[0]
    total = found.total(near, replicates=2)
    assert brought > 0
    assert total.misclassified == (pytest.approx(total.value - brought), total.value)
    assert total.one_sided
    assert found.total({"asf": ~first & first}, replicates=2).misclassified == (total.value, total.value)
    assert found.total(near, fewest=2, replicates=2).misclassified is None, "one household would be known by difference"
    assert found.total(replicates=2).misclassified is None


def test_a_group_too_large_is_refused_and_its_total_is_kept(take: TakeUp, found: Package) -> None:
    small = package(take, most_benefits=1, worlds_at_once=7)
    np.testing.assert_allclose(small.households["gain"], found.households["gain"])
    assert not small.households["decomposed"].iloc[0]
    assert small.shapley[NOT_DECOMPOSED].iloc[0] == pytest.approx(found.households["gain"].iloc[0])
    assert small.by_benefit()["benefit"].iloc[-1] == NOT_DECOMPOSED
    np.testing.assert_allclose(small.shapley.sum(axis=1), small.households["gain"], atol=1e-9)


def test_the_order_of_the_households_changes_nothing(take: TakeUp, found: Package) -> None:
    turned = tuple(reversed(HOUSEHOLDS))
    back = package(take_up(Outcomes(of_households(turned), evaluate_in_columns(turned, BENEFITS))))
    np.testing.assert_allclose(back.households["gain"].to_numpy()[::-1], found.households["gain"])


@pytest.mark.parametrize(
    ("amount", "before", "now", "then"),
    [(400, 300, 100, 200), (400, 300, 350, 450), (100, 300, 0, 0), (400, 0, 0, 400), (400, 0, 300, 400), (100, 0, 300, 300)],
)
def test_what_is_received_moves_by_what_the_rules_make_it_move(amount: float, before: float, now: float, then: float) -> None:
    assert _moved(amount, before, now) == then


def test_other_rights_open_and_close_with_what_is_claimed() -> None:
    """The Noël bonus comes with the RSA, and is not in the total."""
    people = (mother(), mother(rsa=500, aide_logement=300, asf=190), alone(3_000))
    drawn = take_up(Outcomes(of_households(people), evaluate_in_columns(people, (*BENEFITS, "prime_noel", "rennes_metropole_star"))))
    moved = rights_moved(drawn).set_index("benefit")
    assert moved.loc["prime_noel", ["opens", "closes"]].tolist() == [1, 0]
    assert "rsa" not in moved.index


def test_shapley_by_hand() -> None:
    """Two benefits of 100 of which one counts for the other in full share 100; a third adds its 30."""
    value = {frozenset(each): 100.0 * bool({*each} & {"a", "b"}) + 30 * ("c" in each) for n in range(4) for each in combinations("abc", n)}
    assert shapley_values("abc", value) == pytest.approx({"a": 50, "b": 50, "c": 30})


@given(st.integers(0, 5), st.data())
@settings(max_examples=50, deadline=None)
def test_shapley_values_of_any_game_add_up_and_do_not_depend_on_the_order(count: int, data: Any) -> None:
    players = [f"p{each}" for each in range(count)]
    coalitions = [frozenset(each) for size in range(count + 1) for each in combinations(players, size)]
    value = {each: data.draw(st.floats(-1_000, 1_000)) for each in coalitions}
    found = shapley_values(players, value)
    assert sum(found.values()) == pytest.approx(value[frozenset(players)] - value[frozenset()], abs=1e-9)
    assert shapley_values(players[::-1], value) == pytest.approx(found)
