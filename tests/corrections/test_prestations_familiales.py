"""The corrections of the family benefits: both sides of their date, the published figures, and whether OpenFisca-France has caught up."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.corrections.prestations_familiales import (
    aeeh,
    af_majoration_enfant,
    ars,
    asf_elig_enfant,
    biactivite,
    enfant_eligible_paje,
    paje_base,
)
from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
PARENT = {"date_naissance": {"ETERNITY": "1985-01-01"}}


def calculate(variable: str, period: str, births: list[str], *, corrected: bool = True, parents: int = 1, **facts: Any) -> float:
    """The variable of a family whose children bear these dates of birth; ``facts`` are those of each child."""
    adults = {f"parent_{rank}": dict(PARENT) for rank in range(parents)}
    children = {f"enfant_{rank}": {"date_naissance": {"ETERNITY": birth}, **facts} for rank, birth in enumerate(births)}
    family = {"parents": list(adults), "enfants": list(children)}
    simulation = SimulationBuilder().build_from_entities(
        system(corrected=corrected), {"individus": {**adults, **children}, "familles": {"famille": family}}
    )
    return float(simulation.calculate(variable, period)[0])


def both(variable: str, period: str, births: list[str], **options: Any) -> tuple[float, float]:
    """Ours, and OpenFisca-France's own."""
    return calculate(variable, period, births, **options), calculate(variable, period, births, corrected=False, **options)


@pytest.mark.parametrize(
    ("period", "births", "expected"),
    [
        ("2026-11", ["2009-05-05", "2009-05-05"], 153.01 + 76.51),
        ("2026-11", ["2009-05-05", "2013-05-05"], 153.01),
        ("2026-11", ["2009-05-05", "2010-05-05"], 153.01 + 76.51),
        ("2026-11", ["2012-05-05", "2012-05-05"], 153.01),  # fourteen after the reform: at eighteen
        ("2026-11", ["2012-02-29", "2012-02-29"], 153.01 + 76.51),  # fourteen before the reform
        ("2026-11", ["2009-05-05", "2009-05-05", "2020-01-01"], 349.06 + 2 * 76.51),
        ("2025-11", ["2009-05-05", "2009-05-05"], 151.80 + 75.90),
    ],
)
def test_one_twin_alone_is_the_eldest(period: str, births: list[str], expected: float) -> None:
    assert calculate("af", period, births) == pytest.approx(expected, abs=0.01)


def test_twins_before_the_rule_and_upstream() -> None:
    assert af_majoration_enfant.correction.since == "2008-05-01"
    ours, theirs = both("af", "2008-04", ["1994-01-01", "1994-01-01"])
    assert ours == theirs
    ours, theirs = both("af", "2026-11", ["2009-05-05", "2009-05-05"])
    assert theirs < ours, CAUGHT_UP


def earners(period: str, income_year: str, income: float, *, corrected: bool) -> bool:
    adult = {**PARENT, "revenu_assimile_salaire_apres_abattements": {income_year: income}}
    simulation = SimulationBuilder().build_from_entities(
        system(corrected=corrected), {"individus": {"a": adult, "b": adult}, "familles": {"famille": {"parents": ["a", "b"]}}}
    )
    return bool(simulation.calculate("biactivite", period)[0])


def test_the_second_income_is_a_share_of_the_social_security_ceiling() -> None:
    """5 983 € for 2025 and 6 306 € for 2026, as service-public.gouv.fr publishes."""
    assert biactivite.correction.since == "2014-01-01"
    assert not earners("2026-11", "2024", 6305, corrected=True)
    assert earners("2026-11", "2024", 6307, corrected=True)
    assert not earners("2025-11", "2023", 5982, corrected=True)
    assert earners("2025-11", "2023", 5984, corrected=True)
    assert not earners("2014-01", "2012", 4900, corrected=True)
    assert earners("2013-12", "2011", 4900, corrected=True) == earners("2013-12", "2011", 4900, corrected=False)
    assert earners("2026-11", "2024", 6305, corrected=False), CAUGHT_UP


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("2026-11-01", 0), ("2026-10-31", 199.15), ("2023-12-01", 199.15), ("2023-11-30", 0), ("2023-11-01", 0), ("2027-01-15", 0)],
)
def test_paje_from_the_month_after_birth_to_the_month_before_three(birth: str, expected: float) -> None:
    assert calculate("paje_base", "2026-11", [birth]) == pytest.approx(expected, abs=0.01)


def test_months_of_the_paje_before_the_rule_and_upstream() -> None:
    assert enfant_eligible_paje.correction.since == "2018-04-01"
    ours, theirs = both("paje_base", "2018-03", ["2018-05-15"])
    assert ours == theirs
    assert calculate("paje_base", "2026-11", ["2023-11-15"], corrected=False) > 0, CAUGHT_UP
    assert calculate("paje_base", "2026-11", ["2027-01-15"], corrected=False) > 0, CAUGHT_UP


def test_paje_without_a_date_of_birth() -> None:
    for age, expected in ((2, True), (3, False), (-1, False)):
        child = {"age": {"2026-11": age}}
        simulation = SimulationBuilder().build_from_entities(
            system(), {"individus": {"a": {"age": {"2026-11": 30}}, "b": child}, "familles": {"f": {"parents": ["a"], "enfants": ["b"]}}}
        )
        assert bool(simulation.calculate("enfant_eligible_paje", "2026-11")[1]) is expected


def test_paje_of_a_multiple_birth() -> None:
    assert paje_base.correction.since == "2021-05-01"
    twins = ["2024-06-01", "2024-06-01"]
    assert calculate("paje_base", "2026-11", twins) == pytest.approx(2 * 199.1536, abs=0.01)
    assert calculate("paje_base", "2026-11", [*twins, "2026-01-01"]) == pytest.approx(2 * 199.1536, abs=0.01)
    assert calculate("paje_base", "2026-11", ["2024-06-01", "2026-01-01"]) == pytest.approx(199.1536, abs=0.01)
    ours, theirs = both("paje_base", "2021-04", ["2020-06-01", "2020-06-01"])
    assert ours == theirs
    assert calculate("paje_base", "2026-11", twins, corrected=False) == pytest.approx(199.1536, abs=0.01), CAUGHT_UP


@pytest.mark.parametrize(
    ("birth", "published"),
    [
        ("2021-01-01", 0),
        ("2020-12-31", 426.87),
        ("2016-01-01", 426.87),
        ("2015-12-31", 450.41),
        ("2012-01-01", 450.41),
        ("2011-12-31", 466.02),
        ("2008-09-16", 466.02),
        ("2008-09-15", 0),
    ],
)
def test_ars_of_2026_as_published(birth: str, published: float) -> None:
    """Service-public.gouv.fr A16342: born from 16 September 2008 to 31 December 2020."""
    assert calculate("ars_versee", "2026", [birth]) == pytest.approx(published, abs=0.001)


def test_ars_before_the_rule_and_upstream() -> None:
    assert ars.correction.since == "2009-01-01"
    ours, theirs = both("ars", "2008", ["2000-05-01"])
    assert ours == theirs
    ours, theirs = both("ars", "2026", ["2018-05-01"])
    assert ours == theirs
    assert calculate("ars", "2026", ["2020-12-15"], corrected=False) == 0, CAUGHT_UP
    assert calculate("ars", "2026", ["2008-09-10"], corrected=False) > 0, CAUGHT_UP


@pytest.mark.parametrize(
    ("level", "couple", "lone"),
    [(1, 265.65, 265.65), (2, 460.14, 521.81), (3, 588.22, 673.61), (4, 828.11, 1098.50), (5, 1016.15, 1362.44)],
)
def test_aeeh_supplements_of_2025_as_published(level: int, couple: float, lone: float) -> None:
    """The totals printed by avh.asso.fr for April 2025."""
    facts = {"handicap": {"2025-11": True}, "aeeh_niveau_handicap": {"2025-11": level}}
    assert calculate("aeeh", "2025-11", ["2015-01-01"], parents=2, **facts) == pytest.approx(couple, abs=0.02)
    assert calculate("aeeh", "2025-11", ["2015-01-01"], **facts) == pytest.approx(lone, abs=0.02)


def test_aeeh_upstream() -> None:
    assert aeeh.correction.since == "2006-01-01"
    facts = {"handicap": {"2025-11": True}, "aeeh_niveau_handicap": {"2025-11": 2}}
    assert calculate("aeeh", "2025-11", ["2015-01-01"], parents=2, corrected=False, **facts) == pytest.approx(265.65, abs=0.02), CAUGHT_UP
    assert calculate("aeeh", "2005-11", ["2000-01-01"], handicap={"2005-11": True}) == 0


def test_sixth_supplement_of_2026() -> None:
    path = "prestations_sociales.prestations_familiales.education_presence_parentale.aeeh.complement_allocation"

    def value(month: str, *, corrected: bool) -> float:
        node = system(corrected=corrected).parameters
        for name in path.split("."):
            node = node.children[name]
        return float(node.children["categorie_6"](month))

    assert value("2026-03", corrected=True) == 1288.13
    assert value("2026-04", corrected=True) == 1298.43
    assert value("2026-11", corrected=False) == 1288.13, CAUGHT_UP


@pytest.mark.parametrize(
    ("variable", "births", "published"),
    [
        ("af_versees", ["2015-05-05", "2017-05-05"], 152.25),
        ("af_versees", ["2015-05-05", "2017-05-05", "2019-05-05"], 347.32),
        ("af_versees", ["2010-04-18", "2014-01-30", "2018-10-11"], 423.45),
        ("asf_versee", ["2015-05-05"], 200.78),
        ("asf_versee", ["2013-05-05", "2015-05-05", "2017-05-05"], 3 * 200.78),
        ("paje_base_versee", ["2024-05-05"], 198.16),
        ("paje_base_versee", ["2024-05-05", "2024-05-05"], 2 * 198.16),
        ("ars_versee", ["2010-04-18", "2014-01-30", "2018-10-11"], 466.02 + 450.41 + 426.87),
        ("paje_naissance_versee", ["2027-01-15"], 1093.08),
    ],
)
def test_what_is_paid_is_cut_at_the_cent_as_published(variable: str, births: list[str], published: float) -> None:
    """Service-public.gouv.fr F13213, F815, F13218 and A16342."""
    period = "2026" if variable.startswith("ars") else "2026-11"
    assert calculate(variable, period, births) == pytest.approx(published, abs=0.001)


def test_half_the_allowances_in_alternating_custody_as_published() -> None:
    half = calculate("af_versees", "2026-11", ["2015-05-05", "2017-05-05"], garde_alternee={"2026-11": True})
    assert half == pytest.approx(76.13, abs=0.001)


def test_no_asf_when_both_parents_have_the_child_in_turn() -> None:
    assert asf_elig_enfant.correction.since == "2002-03-05"
    ours, theirs = both("asf", "2026-11", ["2015-01-01"], garde_alternee={"2026-11": True})
    assert ours == 0
    assert theirs == pytest.approx(201.78, abs=0.01), CAUGHT_UP
    facts = {"garde_alternee": {"2026-11": True}, "pension_alimentaire_fixee_impayee": {"2026-11": True}}
    assert calculate("asf", "2026-11", ["2015-01-01"], **facts) == pytest.approx(201.78, abs=0.01)
