"""Corrected values of the energy cheque: each side of each bracket and of the date, and whether OpenFisca-France still needs them."""

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete parameters/corrections/.../cheque_energie"


def cheque(year: int, income: float, *, corrected: bool) -> float:
    """The cheque of a tenant who lives alone."""
    situation = {
        "individus": {"nadia": {"date_naissance": {"ETERNITY": "1990-05-12"}}},
        "familles": {"f": {"parents": ["nadia"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["nadia"], "rfr": {str(year - 2): income}}},
        "menages": {"m": {"personne_de_reference": ["nadia"], "statut_occupation_logement": {f"{year}-01": "locataire_vide"}}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), situation)
    return float(simulation.calculate("cheque_energie", str(year))[0])


@pytest.mark.parametrize(
    ("income", "amount"),
    [(0, 194), (5699, 194), (5700, 146), (6799, 146), (6800, 98), (7849, 98), (7850, 48), (10999, 48), (11000, 0)],
)
def test_the_brackets_of_the_decree_of_2023(income: float, amount: float) -> None:
    assert [cheque(year, income, corrected=True) for year in (2023, 2025, 2026)] == [amount] * 3


@pytest.mark.parametrize("income", [5650, 6750, 7800, 10900])
def test_the_brackets_of_openfisca_are_those_of_2021(income: float) -> None:
    assert cheque(2022, income, corrected=True) == cheque(2022, income, corrected=False)
    assert cheque(2026, income, corrected=True) > cheque(2026, income, corrected=False), CAUGHT_UP
