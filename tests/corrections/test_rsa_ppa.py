"""RSA and prime d'activité: ours on both sides of each date against published figures, and the day OpenFisca-France catches up."""

from itertools import permutations

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
NO_BENEFIT = ("aah", "caah", "asi", "ass")


def calculate(names, month, person, *, family=None, dwelling=None, corrected=True):
    """One adult alone with nothing received in the past; the values asked, in order."""
    past = "month:2024-06:32"
    situation = {
        "individus": {"a": {"date_naissance": {"ETERNITY": "1990-01-01"}, **{name: {past: 0} for name in NO_BENEFIT}, **person}},
        "familles": {"f": {"parents": ["a"], "aide_logement": {past: 0}, **(family or {})}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"], "depcom": {past: "35238"}, **(dwelling or {})}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected), situation)
    return [round(float(simulation.calculate(name, month)[0]), 2) for name in names]


def wage(amount, month="2024-06", length=32):
    return {"salaire_net": {f"month:{month}:{length}": amount * length}}


@pytest.mark.parametrize(
    ("month", "paid_in", "amount"),
    [
        ("2025-02", "2024-10", 635.71),  # before: the three last months
        ("2025-02", "2024-11", 335.71),
        ("2025-03", "2024-10", 635.71),  # since: the fourth, third and second
        ("2025-03", "2024-11", 335.71),
        ("2026-11", "2026-06", 651.69),
        ("2026-11", "2026-07", 351.69),
    ],
)
def test_rsa_reads_the_fourth_third_and_second_months(month, paid_in, amount):
    assert calculate(["rsa"], month, {"salaire_net": {paid_in: 900, month: 900}}) == [amount]


@pytest.mark.parametrize("variable", ["rsa", "ppa"])
def test_openfisca_france_still_reads_the_last_three_months(variable):
    in_july = {"salaire_net": {"2026-07": 900, "2026-11": 900}}
    assert calculate([variable], "2026-11", in_july, corrected=False) != calculate([variable], "2026-11", in_july), CAUGHT_UP


@pytest.mark.parametrize(
    ("month", "amount"),
    [("2025-03", 218.82), ("2025-04", 215.23), ("2026-03", 215.23), ("2026-04", 236.43), ("2026-05", 236.43), ("2026-06", 227.47)],
)
def test_prime_activite_takes_the_scale_of_the_month(month, amount):
    """1 500 euros net, alone: 219 then 215 euros announced in April 2025; 638.28 and a bonus of at most 240.63 from April 2026."""
    assert calculate(["ppa"], month, wage(1500)) == [amount]


def test_openfisca_france_still_spreads_an_uprating_over_three_months():
    assert calculate(["ppa"], "2026-04", wage(1500), corrected=False) == [215.23], CAUGHT_UP


@pytest.mark.parametrize(("hours", "bonus"), [(59, 0), (138, 240.63), (150, 240.63)])
def test_bonus_from_april_2026(hours, bonus):
    monthly = hours * 12.31
    (gain,) = calculate(["ppa_gain_activite"], "2026-11", wage(monthly))
    assert gain == pytest.approx(bonus + 0.5985 * monthly, abs=0.01)


def test_students_are_looked_at_in_the_months_of_the_quarter():
    person = {**wage(1000), "etudiant": {"month:2026-10:2": True}}
    assert calculate(["ppa"], "2026-11", person)[0] > 0
    assert calculate(["ppa"], "2026-11", person, corrected=False) == [0], CAUGHT_UP


@pytest.mark.parametrize(("variable", "lump_sum"), [("rsa_forfait_logement", 78.20), ("ppa_forfait_logement", 76.59)])
def test_hosted_family_has_the_lump_sum_for_housing(variable, lump_sum):
    rented = {"statut_occupation_logement": {"2026-11": "locataire_vide"}, "loyer": {"2026-11": 600}}
    hosted = {"heberge": {"2026-11": True}}
    assert calculate([variable], "2026-11", {}, dwelling=rented) == [0]
    assert calculate([variable], "2026-11", {}, family=hosted, dwelling=rented) == [lump_sum]
    assert calculate([variable], "2026-11", {}, family=hosted, dwelling=rented, corrected=False) == [0], CAUGHT_UP


def test_pregnancy_opens_rsa_before_25_in_a_couple():
    def rsa(corrected):
        young = {"date_naissance": {"ETERNITY": "2004-01-01"}}
        situation = {
            "individus": {"a": {**young, "enceinte": {"2026-11": True}}, "b": dict(young)},
            "familles": {"f": {"parents": ["a", "b"], "aide_logement": {"2026-11": 0}, "rsa_base_ressources": {"2026-11": 0}}},
            "foyers_fiscaux": {"ff": {"declarants": ["a", "b"]}},
            "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"]}},
        }
        return float(SimulationBuilder().build_from_entities(system(corrected), situation).calculate("rsa", "2026-11")[0])

    assert rsa(corrected=True) == pytest.approx(977.535, abs=0.005)
    assert rsa(corrected=False) == 0, CAUGHT_UP


def unemployment(*months):
    return {"chomage_net": dict.fromkeys(months, 1020)}


@pytest.mark.parametrize(
    ("person", "amount"),
    [
        (unemployment("2026-07", "2026-08", "2026-09"), 651.69),  # stopped, and nothing replaces it
        (unemployment("2026-07"), 651.69),
        (unemployment("2026-07", "2026-11"), 311.69),  # goes on
        ({**unemployment("2026-07"), "ass": {"month:2024-06:29": 0, "2026-11": 500}}, 311.69),  # replaced
        ({**unemployment("2026-07"), "salaire_net": {"2026-11": 300}}, 311.69),
        ({"salaire_net": {"2026-07": 1020}}, 651.69),
        ({"ass": {"2026-07": 600, "2026-08": 0, "2026-09": 0, "2026-10": 0, "2026-11": 0}}, 651.69),  # the ASS too
    ],
)
def test_incomes_of_the_quarter_that_stopped_do_not_count(person, amount):
    assert calculate(["rsa"], "2026-11", person) == [amount]


def test_openfisca_france_still_counts_a_benefit_that_stopped_two_months_before():
    stopped = unemployment("2026-07", "2026-08", "2026-09")
    assert calculate(["rsa"], "2026-11", stopped, corrected=False) == [0], CAUGHT_UP


def household(parents, children, family, corrected=True, names=("rsa",), month="2026-11"):
    """A family without housing aid nor other minimum income than the one asked."""
    quarter = ("2026-07", "2026-08", "2026-09", "2026-11")
    situation = {
        "individus": {**parents, **children},
        "familles": {
            "f": {
                "parents": list(parents),
                "enfants": list(children),
                "aide_logement": dict.fromkeys(quarter, 0),
                "rsa_base_ressources_minima_sociaux": {"2026-11": 0},
                **family,
            }
        },
        "foyers_fiscaux": {"ff": {"declarants": list(parents), "personnes_a_charge": list(children)}},
        "menages": {"m": {"personne_de_reference": list(parents)[:1], "conjoint": list(parents)[1:], "enfants": list(children)}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected), situation)
    return [float(simulation.calculate(name, month)[0]) for name in names]


def born(day, **facts):
    return {"date_naissance": {"ETERNITY": day}, **facts}


NO_RESOURCES = {"rsa_base_ressources": {"2026-11": 0}}
ISOLATED = {"rsa_isolement_recent": {"2026-11": True}}
HALF_THE_TIME = {"garde_alternee": {"2026-07": True, "2026-08": True, "2026-09": True, "2026-11": True}}


def test_the_official_example_counts_the_family_benefit_that_is_received():
    """service-public F19778: 1 368,55 less 193,55 for housing and 152,25 of allocations familiales."""
    couple = {"a": born("1985-01-01"), "b": born("1985-01-01")}
    children = {"c": born("2015-01-01"), "d": born("2018-01-01")}
    family = {"aide_logement": {"2026-11": 400}}
    assert household(couple, children, family) == [pytest.approx(1022.75, abs=0.01)]
    assert household(couple, children, family, corrected=False) == [pytest.approx(1021.99, abs=0.01)], CAUGHT_UP


def test_an_unborn_child_is_a_pregnancy_and_not_a_child_yet():
    mother, unborn = {"a": born("1998-01-01", enceinte={"2026-11": True})}, {"c": born("2027-01-20")}
    assert household(mother, unborn, NO_RESOURCES) == [pytest.approx(836.85, abs=0.005)]
    assert household(mother, unborn, NO_RESOURCES, corrected=False) == [pytest.approx(1115.80, abs=0.005)], CAUGHT_UP
    assert household(mother, {"c": born("2026-11-30")}, NO_RESOURCES) == [pytest.approx(1115.80, abs=0.005)]  # born in the month
    assert household(mother, {"c": born("2026-12-01")}, NO_RESOURCES) == [pytest.approx(836.85, abs=0.005)]


@pytest.mark.parametrize(
    ("shared", "whole", "family", "rate"),
    [
        (1, 0, {}, 1.25),  # half of 50 %
        (2, 0, {}, 1.40),  # half of 50 % and 30 %
        (1, 1, {}, 1.60),  # three quarters of 80 %
        (0, 1, {}, 1.50),
        (1, 0, ISOLATED, 1.35608),  # half of what 128.412 % + 42.804 % adds
        (1, 1, ISOLATED, 1.92618),
        (0, 1, ISOLATED, 1.71216),
    ],
)
def test_each_parent_has_half_of_the_increase_for_a_child_in_shared_custody(shared, whole, family, rate):
    children = {f"c{rank}": born("2015-01-01", **HALF_THE_TIME) for rank in range(shared)}
    children |= {f"d{rank}": born("2016-01-01") for rank in range(whole)}
    parent = {"a": born("1985-01-01")}
    assert household(parent, children, {**NO_RESOURCES, **family}) == [pytest.approx(651.69 * rate, abs=0.005)]


def test_openfisca_france_still_counts_a_shared_child_as_a_whole_one():
    parent, child = {"a": born("1985-01-01")}, {"c": born("2015-01-01", **HALF_THE_TIME)}
    assert household(parent, child, NO_RESOURCES, corrected=False) == [pytest.approx(977.535, abs=0.005)], CAUGHT_UP


@pytest.mark.parametrize(("facts", "amount"), [({}, 592.83), (HALF_THE_TIME, 433.26)])
def test_shared_custody_in_the_prime_activite(facts, amount):
    months = ("2026-07", "2026-08", "2026-09")
    parent = {"a": born("1990-01-01", salaire_net=dict.fromkeys(months, 1200))}
    family = {"ppa_ressources_hors_activite": dict.fromkeys(months, 0)}
    assert household(parent, {"c": born("2016-01-01", **facts)}, family, names=("ppa",)) == [pytest.approx(amount, abs=0.005)]


def test_the_order_of_asking_changes_nothing():
    names = ("aide_logement", "rsa", "ppa_nette_crds")
    dwelling = {"statut_occupation_logement": {"month:2025-01:24": "locataire_vide"}, "loyer": {"month:2025-01:24": 450 * 24}}
    months = [f"2026-{month:02}" for month in range(1, 11)]
    family = {
        "aide_logement": dict.fromkeys(months, 250),
        **{name: dict.fromkeys(months, 0) for name in ("rsa", "ppa", "af", "cf", "asf", "paje_base", "aspa")},
    }
    found = set()
    for order in permutations(names):
        values = calculate(order, "2026-11", wage(500), family=family, dwelling=dwelling)
        found.add(tuple(sorted(zip(order, values, strict=True))))
    assert len(found) == 1
