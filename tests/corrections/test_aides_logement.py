"""Corrections of housing aid: each side of each rule, and whether OpenFisca-France still needs them."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.corrections.aides_logement import RECALCULES_SANS_ENFANTS, aide_logement_biactivite
from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
RECEIVED = {"rsa": 0, "aeeh": 0, "bourse_college": 0, "bourse_lycee": 0}
STUDENT = {"activite": "etudiant", "date_naissance": "2004-03-01", "nationalite": "MA"}


def housing_aid(
    month: str,
    *,
    corrected: bool,
    person: dict[str, Any] | None = None,
    family: dict[str, Any] | None = None,
    home: dict[str, Any] | None = None,
    variable: str = "aide_logement",
) -> float:
    """The aid of one tenant of Rennes without resources, with some facts changed."""
    facts = {"date_naissance": "1990-05-12", "aah": 0, "bourse_criteres_sociaux": 0, **(person or {})}
    birth = {"date_naissance": {"ETERNITY": facts.pop("date_naissance")}}
    dwelling = {"depcom": "35238", "statut_occupation_logement": "locataire_vide", "loyer": 420, **(home or {})}
    situation = {
        "individus": {"nadia": birth | {key: {month: value} for key, value in facts.items()}},
        "familles": {"f": {"parents": ["nadia"]} | {key: {month: value} for key, value in (RECEIVED | (family or {})).items()}},
        "foyers_fiscaux": {"ff": {"declarants": ["nadia"]}},
        "menages": {"m": {"personne_de_reference": ["nadia"]} | {key: {month: value} for key, value in dwelling.items()}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), situation)
    return float(simulation.calculate(variable, month)[0])


NO_RESOURCES = {"aide_logement_base_ressources": 0}
LUMP_SUM = {"aide_logement_base_ressources": 8600}


def test_the_ordinary_tenant_is_unchanged() -> None:
    for home in ({}, {"statut_occupation_logement": "locataire_hlm"}):
        ours = housing_aid("2026-11", corrected=True, family=NO_RESOURCES, home=home)
        assert ours == housing_aid("2026-11", corrected=False, family=NO_RESOURCES, home=home) > 0


@pytest.mark.parametrize(
    ("family", "home"),
    [
        ({"heberge": True}, {}),
        ({}, {"loyer": 0}),
        ({"proprietaire_proche_famille": True}, {"logement_conventionne": True}),
        ({"aide_logement_base_ressources": 14900}, {}),
    ],
    ids=["hosted", "no rent", "relative's subsidised dwelling", "under ten euros"],
)
def test_excluded_by_the_law_only(family: dict[str, Any], home: dict[str, Any]) -> None:
    assert housing_aid("2026-11", corrected=True, family=NO_RESOURCES | family, home=home) == 0
    assert housing_aid("2026-11", corrected=False, family=NO_RESOURCES | family, home=home) > 0, CAUGHT_UP


def test_a_housing_allowance_is_paid_from_ten_euros() -> None:
    assert housing_aid("2026-11", corrected=True, family={"aide_logement_base_ressources": 14800}) == 10


def test_a_foreign_student_without_a_grant_from_july_2026() -> None:
    assert (
        housing_aid("2026-06", corrected=True, person=STUDENT, family=LUMP_SUM)
        == housing_aid("2026-06", corrected=False, person=STUDENT, family=LUMP_SUM)
        > 0
    )
    assert housing_aid("2026-07", corrected=True, person=STUDENT, family=LUMP_SUM) == 0
    assert housing_aid("2026-07", corrected=False, person=STUDENT, family=LUMP_SUM) > 0, CAUGHT_UP
    assert housing_aid("2026-07", corrected=True, person=STUDENT | {"bourse_criteres_sociaux": 200}, family=LUMP_SUM) > 0
    assert housing_aid("2026-07", corrected=True, person=STUDENT | {"titre_sejour_etudiant": False}, family=LUMP_SUM) > 0


def test_the_grant_of_a_child_is_not_the_grant_of_the_student() -> None:
    family = LUMP_SUM | {"bourse_lycee": 500}
    assert housing_aid("2026-07", corrected=True, person=STUDENT, family=family) == 0


def test_aah_and_not_disability_spares_from_the_highest_rent() -> None:
    rent = {"loyer": 950}
    assert housing_aid("2026-11", corrected=True, person={"aah": 900}, family=NO_RESOURCES, home=rent) == 308
    assert housing_aid("2026-11", corrected=False, person={"aah": 900}, family=NO_RESOURCES, home=rent) == 0, CAUGHT_UP
    disabled = {"handicap": True, "aah": 0}
    assert housing_aid("2026-11", corrected=True, person=disabled, family=NO_RESOURCES, home=rent) == 0
    assert housing_aid("2026-11", corrected=False, person=disabled, family=NO_RESOURCES, home=rent) > 0, CAUGHT_UP


@pytest.mark.parametrize("tenure", ["locataire_vide", "locataire_hlm", "locataire_foyer"])
def test_nothing_is_paid_from_the_resources_shown(tenure: str) -> None:
    """What the threshold recomputes must agree with the engine, just under it and on it."""
    home = {"statut_occupation_logement": tenure}
    threshold = housing_aid("2026-11", corrected=True, family=NO_RESOURCES, home=home, variable="aide_logement_ressources_maximum")
    under, on = ({"aide_logement_base_ressources": resources} for resources in (threshold - 100, threshold))
    assert housing_aid("2026-11", corrected=True, family=under, home=home) > 0
    assert housing_aid("2026-11", corrected=True, family=on, home=home) == 0


def test_every_figure_recomputed_exists() -> None:
    assert set(system().variables) >= RECALCULES_SANS_ENFANTS


def couple(month: str, wages: tuple[float, float], *, corrected: bool) -> bool:
    """Whether two spouses with these taxable wages each month of the two last years count as two earners."""
    year, january = int(month[:4]), f"month:{int(month[:4]) - 2}-01:36"
    people = {
        name: {
            "date_naissance": {"ETERNITY": "1990-05-12"},
            "salaire_imposable": {january: 36 * wage},
            "rpns_imposables": {str(year - 2): 0},
        }
        for name, wage in zip(("nadia", "karim"), wages, strict=True)
    }
    situation = {
        "individus": people,
        "familles": {"f": {"parents": list(people)}},
        "foyers_fiscaux": {"ff": {"declarants": list(people)}},
        "menages": {"m": {"personne_de_reference": ["nadia"], "conjoint": ["karim"]}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), situation)
    return bool(simulation.calculate("aide_logement_biactivite", month)[0])


def test_two_earners_by_the_incomes_of_the_reference_year() -> None:
    """Twelve times 478.16 is 5 737.92: 531.29 a month before the tenth for work expenses."""
    assert aide_logement_biactivite.correction.since == "2021-01-01"
    assert couple("2026-11", (1400, 532), corrected=True)
    assert not couple("2026-11", (1400, 531), corrected=True)
    assert not couple("2026-11", (1400, 532), corrected=False), CAUGHT_UP


CHILDREN = ("nolan", "jade")


def lone_parent(alternating: tuple[bool, ...], *, corrected: bool = True, variable: str = "aide_logement", **family: Any) -> float:
    """The aid of a lone tenant with two children, some of them in alternating custody."""
    month = "2026-11"
    facts = RECEIVED | {"aide_logement_base_ressources": 14500} | family
    parent = {"date_naissance": {"ETERNITY": "1986-08-23"}, "aah": {month: 0}, "bourse_criteres_sociaux": {month: 0}}
    children = {
        name: {"date_naissance": {"ETERNITY": "2017-06-05"}, "garde_alternee": {month: custody}}
        for name, custody in zip(CHILDREN, alternating, strict=False)
    }
    dwelling = {"depcom": "35238", "statut_occupation_logement": "locataire_hlm", "loyer": 445}
    situation = {
        "individus": {"sophie": parent, **children},
        "familles": {"f": {"parents": ["sophie"], "enfants": list(children)} | {key: {month: value} for key, value in facts.items()}},
        "foyers_fiscaux": {"ff": {"declarants": ["sophie"], "personnes_a_charge": list(children)}},
        "menages": {
            "m": {"personne_de_reference": ["sophie"], "enfants": list(children)} | {key: {month: value} for key, value in dwelling.items()}
        },
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), situation)
    return float(simulation.calculate(variable, month)[0])


def test_a_child_in_alternating_custody_counts_for_half_of_the_year() -> None:
    """Conseil d'État, 21 July 2017, no. 398563: an aid with the child only for the time when the child is there."""
    with_both, with_one, with_none = lone_parent((False, False)), lone_parent((False,)), lone_parent(())
    assert (with_both, with_none) == (291, 19)
    assert lone_parent((True, True)) == (with_both + with_none) // 2 == 155
    assert lone_parent((True, False)) == (with_both + with_one) // 2
    assert lone_parent((True, True), corrected=False) == with_both, CAUGHT_UP


def test_nothing_is_paid_from_the_resources_shown_in_alternating_custody() -> None:
    threshold = lone_parent((True, True), variable="aide_logement_ressources_maximum")
    assert lone_parent((True, True), aide_logement_base_ressources=threshold - 100) > 0
    assert lone_parent((True, True), aide_logement_base_ressources=threshold) == 0
