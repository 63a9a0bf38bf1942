"""Net pay to gross pay and back, to the cent, by OpenFisca's own formulas."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tznr_rules import payroll
from tznr_rules.system import system

CENT = 0.005
MONTHS = ("2023-01", "2024-02", "2024-12", "2025-07", "2026-01", "2026-05", "2026-06", "2026-11")
KINDS = [
    *[(category, False) for category in ("prive_non_cadre", "prive_cadre", "public_titulaire_etat", "public_titulaire_hospitaliere")],
    ("public_non_titulaire", False),
    ("prive_non_cadre", True),
]
nets = st.lists(st.integers(500, 700_000).map(lambda cents: cents / 100), min_size=30, max_size=60)


def net_of(category: str, apprentice: bool, month: str, gross: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    people = payroll._people(len(gross))
    people.set_input("categorie_salarie", month, np.array([category] * len(gross)))
    people.set_input("apprenti", month, np.full(len(gross), apprentice))
    people.set_input("traitement_indiciaire_brut" if category in payroll.PUBLIC else "salaire_de_base", month, gross)
    return people.calculate("salaire_net", month), people.calculate("salaire_imposable", month)


@pytest.mark.parametrize(("category", "apprentice"), KINDS)
@given(amounts=nets, month=st.sampled_from(MONTHS))
@settings(max_examples=8, deadline=None)
def test_the_net_pay_of_the_gross_pay_is_the_one_given(category: str, apprentice: bool, amounts: list[float], month: str) -> None:
    wanted = np.array(amounts)
    pay = payroll.salary(category, apprentice, month, wanted)
    net, taxable = net_of(category, apprentice, month, pay.gross)
    plain = ~near_the_ceiling(month, pay.gross)
    assert np.abs(net - wanted)[plain].max(initial=0.0) < CENT
    assert np.abs(net - wanted).max() < 5
    assert np.abs(taxable - pay.taxable).max() < CENT


def near_the_ceiling(month: str, gross: np.ndarray) -> np.ndarray:
    """Around the social security ceiling a contribution starts on the whole pay and the net falls: two gross pays may fit."""
    ceiling = float(payroll._people(1).calculate("plafond_securite_sociale", month)[0])
    return np.abs(gross - ceiling) < 60


def test_nothing_is_nothing() -> None:
    pay = payroll.salary("public_titulaire_etat", False, "2026-11", np.array([0.0, 1500.0]))
    assert (pay.gross[0], pay.taxable[0]) == (0.0, 0.0)


def test_gross_pay_is_read_forwards() -> None:
    """A full-time minimum wage of 1 867,02 € gross (12,31 € an hour from June 2026) gives about 1 478 € net."""
    pay = payroll.salary("prive_non_cadre", False, "2026-11", np.array([1867.02]), "gross")
    net, _ = net_of("prive_non_cadre", False, "2026-11", np.array([1867.02]))
    assert pay.net[0] == pytest.approx(net[0], abs=0.02)


@given(amounts=st.lists(st.integers(5_000, 250_000).map(lambda cents: cents / 100), min_size=20, max_size=40), rfr=st.integers(0, 60_000))
@settings(max_examples=10, deadline=None)
def test_a_pension_is_read_at_the_rate_of_the_tax_notice(amounts: list[float], rfr: int) -> None:
    wanted = np.array(amounts)
    pay = payroll.replacement("retraite", "2026-11", wanted, np.full(len(wanted), float(rfr)), np.ones(len(wanted)))
    assert np.abs(pay.net - wanted).max() < 0.01
    assert (pay.gross >= pay.taxable - 0.01).all()
    assert (pay.taxable >= pay.net - 0.01).all()


def test_the_stretches_of_the_law_are_those_of_its_parameters() -> None:
    """A table is shared by the months in which no contribution and no minimum wage changes."""
    assert payroll._stretch("2026-11") == "2026-06"
    assert system() is system()


def test_the_pay_of_each_is_the_same_alone_and_with_the_others() -> None:
    """On high pay bears a ceiling that counts the days of the month; on the others of the batch it bears not."""
    amounts, months = np.array([[1500.0, 0.0, 9000.0], [0.0, 600.5, 9000.0]]), ("2026-02", "2026-11")
    together = payroll.salaries("prive_cadre", False, months, amounts)
    for place, month in enumerate(months):
        for person, amount in enumerate(amounts[place]):
            alone = payroll.salary("prive_cadre", False, month, np.array([amount]))
            assert (alone.readings()[:, 0] == together.readings()[:, place, person]).all()


def test_a_pension_solved_with_others_is_the_one_solved_alone() -> None:
    amounts, rfr, shares = np.array([900.0, 900.0, 1500.0, 0.0]), np.array([9e3, 4e4, 9e3, 0.0]), np.array([1.0, 1.0, 2.5, 1.0])
    for kind in payroll.REPLACEMENT:
        together = payroll.replacement(kind, "2026-11", amounts, rfr, shares)
        payroll._solved.cache_clear()
        each = [payroll.replacement(kind, "2026-11", amounts[[at]], rfr[[at]], shares[[at]]) for at in range(len(amounts))]
        assert [pay.gross[0] for pay in each] == together.gross.tolist()


def test_amounts_that_never_come_back_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payroll, "MOST_SOLVED", 10)
    solved = payroll._Solved()

    def double(amounts: Any) -> payroll.Pay:
        return payroll.Pay(amounts * 3, amounts * 2, amounts)

    for amount in range(100):
        again = np.array([1.0, float(amount), 1.0])
        assert solved.read(again, double).tolist() == [[3.0, amount * 3.0, 3.0], [2.0, amount * 2.0, 2.0], [1.0, float(amount), 1.0]]
        assert len(solved) <= 10
        assert amount in solved
