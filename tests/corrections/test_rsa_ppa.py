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
    assert calculate(["rsa"], month, wage(900, paid_in, 1)) == [amount]


@pytest.mark.parametrize("variable", ["rsa", "ppa"])
def test_openfisca_france_still_reads_the_last_three_months(variable):
    in_july = wage(900, "2026-07", 1)
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
