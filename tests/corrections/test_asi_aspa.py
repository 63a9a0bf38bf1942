"""The corrections of the minima of old age, invalidity and unemployment: both sides of their dates, the published figures, and upstream."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.corrections import asi_aspa
from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"


def calculate(variable: str, period: str, *people: dict[str, Any], corrected: bool = True) -> list[float]:
    """A variable for one person or a couple; a fact is a value for the month, or a mapping of periods."""
    names = ["a", "b"][: len(people)]
    when = {"date_naissance": "ETERNITY"}
    persons = {
        name: {fact: value if isinstance(value, dict) else {when.get(fact, period): value} for fact, value in facts.items()}
        for name, facts in zip(names, people, strict=True)
    }
    entities = {
        "individus": persons,
        "familles": {"f": {"parents": names}},
        "foyers_fiscaux": {"ff": {"declarants": names}},
        "menages": {"m": {"personne_de_reference": names[:1], "conjoint": names[1:]}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), entities)
    return [round(float(value), 2) for value in simulation.calculate(variable, period)]


def both(variable: str, period: str, *people: dict[str, Any]) -> tuple[list[float], list[float]]:
    """Ours, and OpenFisca-France's own."""
    return calculate(variable, period, *people), calculate(variable, period, *people, corrected=False)


def born(day: str, **facts: Any) -> dict[str, Any]:
    quiet = {"aah": {"month:2026-08:3": 0, "month:2025-08:3": 0}, "ass": {"2026-11": 0, "2025-11": 0}}
    return {"date_naissance": day, **quiet, **facts}


def pension(amount: float, year: int = 2026) -> dict[str, float]:
    return {f"{year}-{month:02d}": amount for month in range(8, 12)}


@pytest.mark.parametrize(
    ("annual", "published"),
    [(11533.02, 961.08), (12411.44, 1034.28), (12523.14, 1043.59), (19442.21, 1620.18), (10794.79, 899.56), (10978.30, 914.85)],
)
def test_monthly_ceilings_are_those_of_the_circulars(annual: float, published: float) -> None:
    assert asi_aspa.par_mois(annual) == published


@pytest.mark.parametrize(
    ("facts", "ours", "theirs"),
    [
        ({"inapte_travail": True}, 1, 0),
        ({"taux_incapacite": 0.6}, 1, 0),
        ({"taux_incapacite": 0.5}, 1, 0),
        ({"taux_incapacite": 0.49}, 0, 0),
        ({"pensions_invalidite": 400}, 1, 0),
        ({}, 0, 0),
    ],
)
def test_aspa_of_the_unfit_from_62(facts: dict[str, Any], ours: int, theirs: int) -> None:
    assert calculate("aspa_eligibilite", "2026-11", born("1963-05-02", **facts)) == [ours]
    assert calculate("aspa_eligibilite", "2026-11", born("1963-05-02", **facts), corrected=False) == [theirs], CAUGHT_UP
    assert calculate("aspa_eligibilite", "2026-11", born("1965-05-02", **facts)) == [0]


def test_aspa_of_the_unfit_before_and_after_september_2023() -> None:
    person = {"date_naissance": "1961-01-15", "inapte_travail": True}
    assert both("aspa_eligibilite", "2023-08", person) == ([1], [1])
    assert both("aspa_eligibilite", "2023-09", person) == ([1], [0]), CAUGHT_UP


def test_exactly_half_unfit_upstream() -> None:
    assert both("aspa_eligibilite", "2026-11", born("1962-05-02", taux_incapacite=0.5)) == ([1], [0]), CAUGHT_UP


def test_ten_years_of_residence_permit() -> None:
    for years, expected in ((9.9, [0]), (10, [1])):
        person = {"date_naissance": "1955-01-01", "nationalite": "MA", "duree_possession_titre_sejour": years}
        assert calculate("asi_aspa_condition_nationalite", "2026-11", person) == expected
    assert calculate("asi_aspa_condition_nationalite", "2026-11", person, corrected=False) == [0], CAUGHT_UP


def test_asi_ceilings_of_april_2026() -> None:
    def law(corrected: bool, day: str) -> Any:
        return system(corrected=corrected).get_parameters_at_instant(day).prestations_sociales.prestations_etat_de_sante.invalidite.asi

    assert (law(True, "2026-03-31").plafond_ressource_seul, law(True, "2026-03-31").plafond_ressource_couple) == (10978.3, 19212.03)
    assert (law(True, "2026-04-01").plafond_ressource_seul, law(True, "2026-04-01").plafond_ressource_couple) == (11066.13, 19365.73)
    assert law(False, "2026-04-01").plafond_ressource_seul == 10978.3, CAUGHT_UP


def test_asi_of_one_of_the_couple_is_capped() -> None:
    one, other = born("1980-01-01", pensions_invalidite=pension(335.29, 2025)), born("1980-01-01")
    ours, theirs = both("asi", "2025-11", one, other)
    assert ours == [579.56, 0]
    assert theirs == pytest.approx([1265.71, 0], abs=0.01), CAUGHT_UP
    richer = born("1980-01-01", pensions_invalidite=pension(1500, 2025))
    assert calculate("asi", "2025-11", richer, other) == [101.0, 0]


@pytest.mark.parametrize("invalid_first", [True, False])
def test_couple_of_asi_and_aspa_shares_the_difference(invalid_first: bool) -> None:
    couple = [born("1980-01-01", pensions_invalidite=pension(500)), born("1950-01-01")]
    couple = couple if invalid_first else couple[::-1]
    ours = [556.9, 0] if invalid_first else [0, 556.9]
    assert calculate("asi", "2026-11", *couple) == pytest.approx(ours, abs=0.01)
    assert calculate("aspa", "2026-11", *couple) == pytest.approx([560.09], abs=0.01)
    assert calculate("asi", "2026-11", *couple, corrected=False) == [0, 0], CAUGHT_UP


def test_aspa_of_a_mixed_couple_stops_at_the_ceiling() -> None:
    couple = [born("1980-01-01", pensions_invalidite=pension(1700)), born("1950-01-01")]
    ours, theirs = both("aspa", "2026-11", *couple)
    assert ours == [0]
    assert theirs[0] > 0, CAUGHT_UP


def test_aspa_outside_these_cases_is_that_of_openfisca_france() -> None:
    for couple in ([born("1950-01-01")], [born("1950-01-01"), born("1951-01-01")], [born("1950-01-01"), born("1980-01-01")]):
        ours, theirs = both("aspa", "2026-11", *couple)
        assert ours == pytest.approx(theirs, abs=0.01)


def test_aah_between_50_and_79_stops_at_62() -> None:
    facts = {"taux_incapacite": 0.6, "aah_restriction_substantielle_durable_acces_emploi": True}
    assert both("aah_eligible", "2026-11", {"date_naissance": "1965-05-02", **facts}) == ([1], [1])
    for birth in ("1964-10-02", "1962-05-02"):
        assert both("aah_eligible", "2026-11", {"date_naissance": birth, **facts}) == ([0], [1]), CAUGHT_UP
    assert both("aah_eligible", "2026-11", {"date_naissance": "1956-05-02", "taux_incapacite": 0.8}) == ([1], [1])


def test_aah_completes_a_pension_up_to_its_own_amount() -> None:
    person = {"date_naissance": "1958-05-02", "taux_incapacite": 0.8, "retraite_nette": pension(600), "asi": {"2026-10": 0}}
    ours, theirs = both("aah_base_non_cumulable", "2026-11", person)
    assert ours == [600]
    assert theirs == [0], CAUGHT_UP


def seeker(**facts: Any) -> dict[str, Any]:
    past = {"aah": {"month:2025-11:12": 0}, "salaire_imposable": {"month:2025-11:13": 0}}
    return {"date_naissance": "1975-05-12", "activite": "chomeur", "ass_precondition_remplie": True, **past, **facts}


def test_ass_is_for_those_who_look_for_work() -> None:
    assert both("ass_eligibilite_individu", "2026-11", seeker()) == ([1], [1])
    for activity in ("inactif", "retraite", "etudiant"):
        assert both("ass_eligibilite_individu", "2026-11", seeker(activite=activity)) == ([0], [1]), CAUGHT_UP


def test_ass_until_67() -> None:
    assert both("ass_eligibilite_individu", "2026-11", seeker(date_naissance="1961-03-12")) == ([1], [1])
    assert both("ass_eligibilite_individu", "2026-11", seeker(date_naissance="1960-03-12")) == ([1], [0]), CAUGHT_UP
    assert both("ass_eligibilite_individu", "2026-11", seeker(date_naissance="1959-10-12")) == ([0], [0])


def test_ass_looks_at_the_partner_whoever_is_named_first() -> None:
    insured = seeker(ass_precondition_remplie=False, chomage_net={"month:2025-11:12": 24000})
    ours, theirs = both("ass", "2026-11", insured, seeker())
    assert ours == pytest.approx([0, 142.8], abs=0.01)
    assert theirs == pytest.approx([0, 584.4], abs=0.01), CAUGHT_UP
    assert calculate("ass", "2026-11", seeker(), insured) == pytest.approx([142.8, 0], abs=0.01)


def test_ass_is_thirty_days() -> None:
    assert both("ass", "2026-11", seeker()) == ([584.4], [584.4])
