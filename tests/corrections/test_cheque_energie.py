"""Corrections of the energy cheque: each side of each bracket and of the date, and whether OpenFisca-France still needs them."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.corrections.aides_logement import cheque_energie, cheque_energie_unites_consommation
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


def dwelling(variable: str, *, corrected: bool, **facts: Any) -> float:
    """A figure of the dwelling of a student without income and of the child, born or not, whose facts are given."""
    student = {"date_naissance": {"ETERNITY": "2004-03-01"}, **facts.pop("student", {})}
    child = {"date_naissance": {"ETERNITY": facts.pop("birth")}}
    situation = {
        "individus": {"nadia": student, "enfant": child},
        "familles": {"f": {"parents": ["nadia"], "enfants": ["enfant"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["nadia"], "personnes_a_charge": ["enfant"], "rfr": {"2024": 0}}},
        "menages": {
            "m": {"personne_de_reference": ["nadia"], "enfants": ["enfant"], "statut_occupation_logement": {"2026-01": "locataire_vide"}}
        },
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), situation)
    return float(simulation.calculate(variable, "2026")[0])


def test_a_child_counts_from_birth() -> None:
    assert cheque_energie_unites_consommation.correction.since == "2017-01-01"
    name = "cheque_energie_unites_consommation"
    assert dwelling(name, corrected=True, birth="2026-01-01") == 1.5
    assert dwelling(name, corrected=True, birth="2027-01-20") == 1
    assert dwelling(name, corrected=False, birth="2027-01-20") == 1.5, "OpenFisca-France has caught up: delete this correction"


def test_no_cheque_for_someone_on_the_tax_return_of_parents_living_elsewhere() -> None:
    assert cheque_energie.correction.since == "2017-01-01"
    attached = {"declaration_revenus_avec_parents": {"2026": True}}
    assert dwelling("cheque_energie", corrected=True, birth="2027-01-20", student=attached) == 0
    assert dwelling("cheque_energie", corrected=True, birth="2027-01-20") == 194
