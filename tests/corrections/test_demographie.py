"""Ages are counted on the calendar, whatever was asked before."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.simulations import Simulation, SimulationBuilder

from tznr_rules.system import CountryTaxBenefitSystem, system

MONTH = "2026-11"


def people(births: list[str], law: CountryTaxBenefitSystem) -> Simulation:
    builder = SimulationBuilder()
    builder.create_entities(law)
    ids = np.arange(len(births))
    builder.declare_person_entity("individu", ids)
    for entity, role in (("famille", "demandeur"), ("foyer_fiscal", "declarant_principal"), ("menage", "personne_de_reference")):
        builder.join_with_persons(builder.declare_entity(entity, ids), ids, roles=[role] * len(births))
    simulation = builder.build(law)
    simulation.set_input("date_naissance", "ETERNITY", np.array(births, dtype="datetime64[D]"))
    return simulation


def years_on(day: date, born: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@given(st.lists(st.dates(date(1920, 1, 1), date(2026, 11, 1)), min_size=1, max_size=50), st.sampled_from([1, 3, 7, 11]))
@settings(deadline=None)
def test_an_age_is_the_number_of_birthdays_past(births: list[date], month: int) -> None:
    simulation = people([born.isoformat() for born in births], system())
    day = date(2026, month, 1)
    expected = [years_on(day, born) for born in births]
    assert simulation.calculate("age", day.isoformat()[:7]).tolist() == expected


def test_the_day_before_a_birthday_is_not_the_birthday() -> None:
    """Born on 2 November 1966: 59 years on 1 November 2026, and 60 a month later."""
    ours = people(["1966-11-02", "1966-11-01"], system())
    assert ours.calculate("age", MONTH).tolist() == [59, 60]
    assert ours.calculate("age", "2026-12").tolist() == [60, 60]
    assert ours.calculate("age_en_mois", MONTH).tolist() == [719, 720]


def test_openfisca_france_still_counts_it_a_day_early() -> None:
    theirs = people(["1966-11-02"], system(corrected=False)).calculate("age", MONTH)
    assert theirs.tolist() == [60], "OpenFisca-France has caught up: delete this correction"


@pytest.mark.parametrize("first", ["2020-01", "2026-11"])
def test_ages_in_months_do_not_depend_on_what_was_asked_first(first: str) -> None:
    births = [(date(2018, 1, 1) + timedelta(days=17 * rank)).isoformat() for rank in range(60)]
    straight, after = people(births, system()), people(births, system())
    after.calculate("age_en_mois", first)
    assert straight.calculate("age_en_mois", "2024-03").tolist() == after.calculate("age_en_mois", "2024-03").tolist()


def test_the_unborn_have_a_negative_age() -> None:
    simulation = people(["2027-01-15"], system())
    assert simulation.calculate("age", MONTH)[0] < 0
    assert simulation.calculate("age_en_mois", MONTH)[0] == -3
