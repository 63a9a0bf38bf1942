"""School grants and grants of higher education: ours against the published tables, and the day OpenFisca-France catches up."""

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
BCS = "bourse_criteres_sociaux"


def family(month, rfr, *, level="college", children=1, corrected=True):
    """A lone parent with one pupil and younger children, whose reference income is given by year."""
    pupil = {"date_naissance": {"ETERNITY": "2012-05-05"}, "scolarite": {month: level}}
    others = {f"e{rank}": {"date_naissance": {"ETERNITY": "2018-05-05"}} for rank in range(1, children)}
    kids = ["e0", *others]
    situation = {
        "individus": {"a": {"date_naissance": {"ETERNITY": "1985-05-05"}}, "e0": pupil, **others},
        "familles": {"f": {"parents": ["a"], "enfants": kids}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"], "personnes_a_charge": kids, "rfr": rfr}},
        "menages": {"m": {"personne_de_reference": ["a"], "enfants": kids}},
    }
    return SimulationBuilder().build_from_entities(system(corrected), situation)


def grant(month, rfr, **facts):
    return float(family(month, rfr, **facts).calculate(f"bourse_{facts.get('level', 'college')}", month)[0])


PUBLISHED_2024 = [  # ceilings of 2024-2025 as printed, échelons 1, 2, 3
    (1, (17927, 9691, 3419)),
    (2, (22064, 11928, 4208)),
    (3, (26201, 14164, 4997)),
    (4, (30338, 16401, 5786)),
    (5, (34476, 18637, 6576)),
    (6, (38613, 20873, 7365)),
    (7, (42750, 23110, 8154)),
    (8, (46886, 25346, 8943)),
]


@pytest.mark.parametrize(("children", "ceilings"), PUBLISHED_2024)
@pytest.mark.parametrize("month", ["2024-09", "2025-08"])
def test_college_ceilings_and_amounts_of_2024_2025(month, children, ceilings):
    for rank, (ceiling, amount) in enumerate(zip(ceilings, (114, 315, 495), strict=True)):
        assert grant(month, {"2023": ceiling}, children=children) == amount
        assert grant(month, {"2023": ceiling + 1}, children=children) == (0, 114, 315)[rank]


@pytest.mark.parametrize(
    ("month", "year", "amounts"),
    [
        ("2024-10", "2023", (474, 582, 687, 792, 897, 1008)),  # published
        ("2025-02", "2023", (474, 582, 687, 792, 897, 1008)),
        ("2025-10", "2024", (495, 609, 720, 831, 939, 1053)),
        ("2026-08", "2024", (495, 609, 720, 831, 939, 1053)),
        ("2026-09", "2025", (504, 621, 732, 843, 957, 1071)),
        ("2027-08", "2025", (504, 621, 732, 843, 957, 1071)),
    ],
)
def test_lycee_amounts_are_fixed_from_september_to_august(month, year, amounts):
    smic = system().get_parameters_at_instant(f"{year}-07-01").marche_travail.salaire_minimum.smic.smic_b_horaire
    for coefficient, amount in zip((1855, 1468.4, 1247.1, 1005.8, 625.1, 244.3), amounts, strict=True):
        assert grant(month, {year: round(coefficient * smic)}, level="lycee") == amount


@pytest.mark.parametrize("level", ["college", "lycee"])
def test_openfisca_france_still_takes_the_income_of_n_2_in_the_autumn(level):
    poor_then_rich = {"2024": 100, "2025": 90_000}
    assert grant("2026-11", poor_then_rich, level=level) == 0
    assert grant("2026-11", poor_then_rich, level=level, corrected=False) > 0, CAUGHT_UP


@pytest.mark.parametrize("level", ["college", "lycee"])
def test_openfisca_france_still_changes_the_amount_in_january(level):
    poor = {str(year): 100 for year in range(2020, 2027)}
    changes = {grant(month, poor, level=level, corrected=False) for month in ("2025-12", "2026-01")}
    assert len(changes) > 1, CAUGHT_UP
    assert len({grant(month, poor, level=level) for month in ("2025-09", "2025-12", "2026-01", "2026-08")}) == 1


def couple_of_two_returns(corrected=True):
    situation = {
        "individus": {
            "a": {"date_naissance": {"ETERNITY": "1985-05-05"}},
            "b": {"date_naissance": {"ETERNITY": "1985-05-05"}},
            "e": {"date_naissance": {"ETERNITY": "2012-05-05"}, "scolarite": {"2026-11": "college"}},
        },
        "familles": {"f": {"parents": ["a", "b"], "enfants": ["e"]}},
        "foyers_fiscaux": {
            "fa": {"declarants": ["a"], "personnes_a_charge": ["e"], "rfr": {"2024": 9000, "2025": 9000}},
            "fb": {"declarants": ["b"], "rfr": {"2024": 9000, "2025": 9000}},
        },
        "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"], "enfants": ["e"]}},
    }
    return SimulationBuilder().build_from_entities(system(corrected), situation).calculate("bourse_college_echelon", "2026-11")[0]


def test_both_returns_of_an_unmarried_couple_count():
    assert couple_of_two_returns() == 1
    assert couple_of_two_returns(corrected=False) == 2, CAUGHT_UP


def student(month="2026-11", born="2005-05-05", corrected=True, parents=2, family_facts=None, returns=None, **facts):
    """A student on the tax return of the parents."""
    adults = [f"p{rank}" for rank in range(parents)]
    situation = {
        "individus": {
            **{name: {"date_naissance": {"ETERNITY": "1975-05-05"}} for name in adults},
            "e": {
                "date_naissance": {"ETERNITY": born},
                "scolarite": {month: "enseignement_superieur"},
                "statuts_etablissement_scolaire": {month: "public"},
                **{name: {month: value} for name, value in facts.items()},
            },
        },
        "familles": {"f": {"parents": adults, "enfants": ["e"], **(family_facts or {"rsa_base_ressources": {month: 5000}})}},
        "foyers_fiscaux": {"ff": {"declarants": adults, "personnes_a_charge": ["e"], "rbg": returns or {"2024": 0}}},
        "menages": {"m": {"personne_de_reference": adults[:1], "conjoint": adults[1:], "enfants": ["e"]}},
    }
    return SimulationBuilder().build_from_entities(system(corrected), situation)


@pytest.mark.parametrize(("born", "eligible"), [("1998-09-10", True), ("1998-08-20", False)])
def test_under_28_on_1_september(born, eligible):
    assert student(born=born).calculate(f"{BCS}_eligibilite_age", "2026-11")[-1] == eligible


def test_openfisca_france_still_accepts_the_limit_age():
    assert student(born="1998-01-01", corrected=False).calculate(f"{BCS}_eligibilite_age", "2026-11")[-1], CAUGHT_UP


def test_a_student_on_the_return_of_two_parents_depends_on_them():
    facts = {f"{BCS}_base_ressources_parentale": 90_000}
    assert student(**facts).calculate(BCS, "2026-11")[-1] == 0
    assert student(**facts, corrected=False).calculate(f"{BCS}_etudiant_autonome", "2026-11")[-1], CAUGHT_UP


@pytest.mark.parametrize(("month", "income"), [("2026-11", 12_000), ("2027-02", 12_000), ("2027-09", 50_000)])
def test_the_own_income_of_a_student_is_that_of_the_second_year_before_september(month, income):
    run = student(month=month, returns={"2024": 12_000, "2025": 50_000})
    assert run.calculate(f"{BCS}_base_ressources_etudiant_autonome", month)[-1] == income


def test_openfisca_france_still_changes_the_income_in_january():
    run = student(month="2027-02", returns={"2024": 12_000, "2025": 50_000}, corrected=False)
    assert run.calculate(f"{BCS}_base_ressources_etudiant_autonome", "2027-02")[-1] == 50_000, CAUGHT_UP


@pytest.mark.parametrize(
    ("echelon", "ceiling", "yearly"),
    [
        (0, 35086, 1454),
        (1, 23850, 2163),
        (2, 19281, 3071),
        (3, 17034, 3828),
        (4, 14829, 4587),
        (5, 12667, 5212),
        (6, 7992, 5506),
        (7, 265, 6335),
    ],
)
def test_the_scale_of_the_grants_of_higher_education(echelon, ceiling, yearly):
    run = student(parents=1, family_facts={"rsa_base_ressources": {"2026-11": 0}}, **{f"{BCS}_base_ressources_parentale": ceiling})
    assert run.calculate(f"{BCS}_echelon", "2026-11")[-1] == echelon
    assert run.calculate(f"{BCS}_montant_annuel", "2026-11")[-1] == pytest.approx(yearly)


def points(children, students, corrected=True):
    situation = {
        "individus": {"a": {"date_naissance": {"ETERNITY": "2005-05-05"}, "scolarite": {"2026-11": "enseignement_superieur"}}},
        "familles": {
            "f": {
                "parents": ["a"],
                f"{BCS}_nombre_enfants_a_charge": {"2026-11": children},
                f"{BCS}_nombre_enfants_a_charge_dans_enseignement_superieur": {"2026-11": students},
            }
        },
        "foyers_fiscaux": {"ff": {"declarants": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"]}},
    }
    run = SimulationBuilder().build_from_entities(system(corrected), situation)
    return int(run.calculate(f"{BCS}_points_de_charge_charges_familiale", "2026-11")[0])


@pytest.mark.parametrize(
    ("children", "students", "expected"),
    [(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 0, 2), (2, 1, 2), (2, 2, 4), (3, 1, 4), (3, 2, 6), (4, 3, 10)],
)
def test_the_other_children_give_two_points_and_the_other_students_four(children, students, expected):
    assert points(children, students) == expected


def test_openfisca_france_still_gives_a_student_points_for_herself():
    assert points(1, 0, corrected=False) == 2, CAUGHT_UP
