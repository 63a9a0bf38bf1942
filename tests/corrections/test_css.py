"""Complémentaire santé solidaire: ours against the official tables and texts, and the day OpenFisca-France catches up."""

import pytest
from openfisca_core.periods import period
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.corrections.css import annee_de_reference
from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
NOT_RECEIVED = ("ass", "caah", "chomage_net", "css_base_ressources_aah_individu", "css_base_ressources_asi_individu")
NO_FAMILY_BENEFIT = ("af", "asf", "cf", "css_base_ressources_aspa_asv", "aide_logement")
PAST = "month:2024-01:36"


def simulation(*people, corrected=True, month="2026-11"):
    """One family: the adults first, then the children (those who say ``enfant``); nothing received before."""
    individus = {
        f"p{rank}": {**{name: {PAST: 0} for name in NOT_RECEIVED}, **{key: value for key, value in person.items() if key != "enfant"}}
        for rank, person in enumerate(people)
    }
    adults = [f"p{rank}" for rank, person in enumerate(people) if not person.get("enfant")]
    children = [f"p{rank}" for rank, person in enumerate(people) if person.get("enfant")]
    situation = {
        "individus": individus,
        "familles": {
            "f": {
                "parents": adults,
                "enfants": children,
                "rsa": {month: 0},
                **{name: {PAST: 0} for name in NO_FAMILY_BENEFIT},
            }
        },
        "foyers_fiscaux": {"ff": {"declarants": adults, "personnes_a_charge": children}},
        "menages": {"m": {"personne_de_reference": adults[:1], "conjoint": adults[1:], "enfants": children}},
    }
    return SimulationBuilder().build_from_entities(system(corrected), situation)


def calculate(name, *people, corrected=True, month="2026-11"):
    return float(simulation(*people, corrected=corrected, month=month).calculate(name, month)[0])


def adult(born="1985-05-05", **facts):
    return {"date_naissance": {"ETERNITY": born}, **facts}


def child(born="2015-05-05", **facts):
    return {**adult(born, **facts), "enfant": True}


@pytest.mark.parametrize(
    ("month", "free", "with_participation"),
    [
        ("2024-04", (10166, 15249, 18298, 21348), (13724, 20586, 24703, 28820)),
        ("2025-03", (10166, 15249, 18298, 21348), (13724, 20586, 24703, 28820)),
        ("2025-04", (10339, 15508, None, 21711), (13957, 20936, 25123, 29311)),  # the table prints 18 609 for 18 610.2
        ("2026-03", (10339, 15508, None, 21711), (13957, 20936, 25123, 29311)),
        ("2026-04", (10421, None, None, None), (14068, None, None, None)),  # not confirmed
    ],
)
def test_ceilings_are_those_of_the_official_tables(month, free, with_participation):
    families = [[adult()], [adult(), adult()], [adult(), adult(), child()], [adult(), adult(), child(), child("2016-05-05")]]
    for people, expected_free, expected in zip(families, free, with_participation, strict=True):
        run = simulation(*people, month=month)
        if expected_free:
            assert run.calculate("cmu_c_plafond", month)[0] == expected_free
        if expected:
            assert run.calculate("acs_plafond", month)[0] == expected


def test_the_fifth_person_adds_the_printed_share():
    four = [adult(), adult(), child(), child("2016-05-05")]
    more = calculate("acs_plafond", *four, child("2017-05-05"), month="2025-05") - calculate("acs_plafond", *four, month="2025-05")
    assert more == pytest.approx(5583, abs=1)


def test_openfisca_france_still_has_the_ceiling_of_2024_and_rounds_twice():
    assert calculate("cmu_c_plafond", adult(), month="2025-05", corrected=False) == 10166, CAUGHT_UP
    four = (adult(), adult(), child(), child("2016-05-05"))
    assert calculate("cmu_c_plafond", *four, month="2024-05", corrected=False) == 21349, CAUGHT_UP
    assert calculate("acs_plafond", *four, month="2024-05", corrected=False) != 28820, CAUGHT_UP


@pytest.mark.parametrize(("claim", "start"), [("2022-01", "2020-12"), ("2025-04", "2024-03"), ("2026-11", "2025-10")])
def test_the_reference_year_of_the_published_examples(claim, start):
    """January 2022: December 2020 to November 2021; April 2025: March 2024 to February 2025."""
    assert str(annee_de_reference(period(claim))) == f"year:{start}"


@pytest.mark.parametrize(("paid_in", "counts"), [("2025-09", 0), ("2025-10", 1000), ("2026-09", 1000), ("2026-10", 0)])
def test_the_thirteenth_to_the_second_month_count(paid_in, counts):
    assert calculate("css_cmu_base_ressources", adult(salaire_net={paid_in: 1000})) == counts


def test_openfisca_france_still_takes_the_last_twelve_months():
    october = adult(salaire_net={"2026-10": 1000})
    assert calculate("css_cmu_base_ressources_individu", october, corrected=False) == 1000, CAUGHT_UP


@pytest.mark.parametrize(("born", "counts"), [("2001-11-15", 1), ("2001-10-15", 0), ("2026-12-15", 0)])
def test_a_child_counts_from_birth_to_the_eve_of_25(born, counts):
    run = simulation(adult(), child(born))
    assert run.calculate("cmu_nb_pac", "2026-11")[0] == counts
    assert run.calculate("cmu_c_plafond", "2026-11")[0] == (15631 if counts else 10421)
    assert run.calculate("css_participation_forfaitaire_montant", "2026-11")[0] == 14 + 8 * counts


def test_openfisca_france_still_counts_a_child_of_25():
    assert calculate("cmu_nb_pac", adult(), child("2001-10-15"), corrected=False) == 1, CAUGHT_UP


PRICES = [("1996-01-10", 8), ("1995-12-20", 14), ("1976-01-10", 14), ("1975-12-20", 21), ("1955-12-20", 30)]


@pytest.mark.parametrize(("born", "price"), PRICES)
def test_the_price_follows_the_age_on_1_january(born, price):
    assert calculate("css_participation_forfaitaire_montant_i", adult(born)) == price


def test_openfisca_france_still_takes_the_age_of_the_month():
    assert calculate("css_participation_forfaitaire_montant_i", adult("1996-06-15"), corrected=False) == 14, CAUGHT_UP


@pytest.mark.parametrize(("month", "imputed"), [("2025-06", 1200), ("2025-07", 0)])
def test_savings_that_bring_in_nothing_no_longer_count(month, imputed):
    saver = adult(epargne_revenus_non_imposables=dict.fromkeys(months("2024-01", 24), 40_000))
    assert calculate("css_cmu_base_ressources", saver, month=month) == pytest.approx(imputed, abs=0.01)


def test_openfisca_france_still_imputes_an_income_to_savings():
    saver = adult(epargne_revenus_non_imposables=dict.fromkeys(months("2025-01", 24), 40_000))
    assert calculate("css_cmu_base_ressources_individu", saver, corrected=False) == pytest.approx(1200), CAUGHT_UP


def test_what_savings_bring_in_still_counts():
    saver = adult(revenus_capital=dict.fromkeys(months("2025-01", 24), 10), livret_a=dict.fromkeys(months("2025-01", 24), 12_000))
    rates = [system().get_parameters_at_instant(f"{each}-01").taxation_capital.epargne.livret_a.taux for each in months("2025-10", 12)]
    assert calculate("css_cmu_base_ressources", saver) == pytest.approx(120 + sum(1000 * rate for rate in rates), abs=0.01)


def test_a_sum_of_twelve_months_is_rounded_to_the_cent():
    assert calculate("css_cmu_base_ressources", adult(salaire_net={"year:2025-10": 10421})) == 10421


def housed(*people, status="locataire_hlm", aid=0.0, corrected=True, **family):
    run = simulation(*people, corrected=corrected)
    run.set_input("statut_occupation_logement", "2026-11", [status])
    for month in months("2025-10", 12):
        run.delete_arrays("aide_logement", month)
        run.set_input("aide_logement", month, [aid])
    for name, value in family.items():
        run.set_input(name, "2026-11", [value])
    return run


LUMP_SUM = 938.43  # 12 % of the RSA of a person alone, over a year: 78,20 € a month as the CPAM prints it


@pytest.mark.parametrize(("aid", "counted"), [(0, 0), (50, 600), (78.21, LUMP_SUM), (277, LUMP_SUM)])
def test_housing_aid_received_counts_up_to_the_lump_sum(aid, counted):
    assert housed(adult(), aid=aid).calculate("css_cmu_base_ressources", "2026-11")[0] == pytest.approx(counted, abs=0.01)


def test_a_hosted_family_has_the_lump_sum_of_a_free_dwelling():
    assert housed(adult(), heberge=True).calculate("css_cmu_base_ressources", "2026-11")[0] == pytest.approx(LUMP_SUM, abs=0.01)


def test_openfisca_france_still_takes_the_housing_aid_of_the_month():
    run = housed(adult(), aid=277, corrected=False)
    assert run.calculate("css_cmu_forfait_logement_al", "2026-11")[0] == 0, CAUGHT_UP


def at_home(born="2004-06-27", corrected=True, **facts):
    """A mother, and her grown-up child who works, in one dwelling: two families."""
    nothing = {name: {PAST: 0} for name in NOT_RECEIVED}
    family = {"rsa": {"2026-11": 0}, **{name: {PAST: 0} for name in NO_FAMILY_BENEFIT}}
    situation = {
        "individus": {
            "mother": {**nothing, "date_naissance": {"ETERNITY": "1976-09-09"}, "salaire_net": {"year:2025-10": 12_000}},
            "son": {
                **nothing,
                "date_naissance": {"ETERNITY": born},
                "habite_chez_parents": {"2026-11": True},
                "salaire_net": {"year:2025-10": 8_000},
                **facts,
            },
        },
        "familles": {"f": {"parents": ["mother"], **family}, "g": {"parents": ["son"], **family}},
        "foyers_fiscaux": {"ff": {"declarants": ["mother"]}, "gg": {"declarants": ["son"]}},
        "menages": {"m": {"personne_de_reference": ["mother"], "enfants": ["son"]}},
    }
    return SimulationBuilder().build_from_entities(system(corrected), situation)


@pytest.mark.parametrize(
    ("born", "resources", "ceiling", "price"), [("2001-11-15", 20_000, 15_631, 22), ("2001-10-15", 12_000, 10_421, 14)]
)
def test_a_grown_up_child_at_home_belongs_to_the_household_of_the_parents(born, resources, ceiling, price):
    run = at_home(born)
    assert run.calculate("css_cmu_base_ressources", "2026-11")[0] == resources
    assert run.calculate("cmu_c_plafond", "2026-11")[0] == ceiling
    assert run.calculate("css_participation_forfaitaire", "2026-11")[0] == price
    assert run.calculate("css_cmu_acs_eligibilite", "2026-11").tolist() == [True, resources == 12_000]


def test_openfisca_france_still_forgets_the_child_at_home():
    assert at_home(corrected=False).calculate("cmu_nb_pac", "2026-11")[0] == 0, CAUGHT_UP


def disabled(corrected=True, **facts):
    run = simulation(adult(taux_incapacite={"2026-11": 0.8}), corrected=corrected)
    given = {"aah": 1041.59, "aide_logement": 250.0, "asi": 0.0, "salaire_net": 0.0, "pensions_invalidite": 0.0, "retraite_nette": 0.0}
    for name, value in {**given, **facts}.items():
        run.delete_arrays(name, "2026-11")
        run.set_input(name, "2026-11", [value])
    run.delete_arrays("caah", "2026-11")
    run.set_input("asi", "2026-10", [0.0])
    run.set_input("statut_occupation_logement", "2026-11", ["locataire_hlm"])
    return run


MVA = 104.77  # published, unchanged since 2008


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, MVA),
        ({"aah": 1041.58}, 0),
        ({"aah": 441.59, "pensions_invalidite": 600.0}, MVA),
        ({"aah": 0.0, "asi": 200.0}, MVA),
        ({"aide_logement": 0.0}, 0),
        ({"salaire_net": 200.0}, 0),
    ],
)
def test_the_majoration_follows_the_conditions_of_the_law(facts, due):
    run = disabled(**facts)
    assert run.calculate("mva", "2026-11")[0] == pytest.approx(due, abs=0.001)
    assert run.calculate("caah", "2026-11")[0] == pytest.approx(due, abs=0.001)


def test_openfisca_france_still_gives_the_majoration_with_a_reduced_aah():
    run = disabled(corrected=False, aah=500.0, aide_logement_montant=250.0)
    run.set_input("salaire_imposable", "year:2025-11", [0.0])
    assert run.calculate("caah", "2026-11")[0] == pytest.approx(MVA, abs=0.001), CAUGHT_UP


def months(first, count):
    year, month = int(first[:4]), int(first[5:]) - 1
    return [f"{year + (month + rank) // 12}-{(month + rank) % 12 + 1:02d}" for rank in range(count)]
