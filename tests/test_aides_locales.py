"""STAR and Sortir !: random people against the rule in whole cents, and the rules that wait for a source."""

from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import period as period_of
from openfisca_core.reforms import Reform
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tznr_rules.catalogue import catalogue
from tznr_rules.system import system

COMMON = "rennes_metropole_tarification_solidaire"
CARDS = ("rennes_metropole_star", "rennes_metropole_sortir")
CEILINGS = {"2025-03": (900, 1050, 1200), "2026-11": (900, 1140, 1250)}  # a person alone, in euros a month
ROLES = {"famille": ("demandeur", "conjoint", "enfant"), "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge")}
NOTHING_ELSE = (
    *("chomage_net", "ass", "aah", "indemnites_journalieres", "retraite_nette", "revenus_capital", "revenus_locatifs"),
    *("rpns_auto_entrepreneur_benefice", "af", "cf", "asf", "rsa", "aspa", "paje_base", "paje_prepare", "ppa", "aide_logement"),
)


def simulate(families: list[list[tuple[str, int]]], month: str, law: TaxBenefitSystem | None = None) -> Any:
    """A simulation of families given as (role, age) of each member; one dwelling and one tax household for each."""
    law = law or system()
    persons = [(family, role, age) for family, members in enumerate(families) for role, age in members]
    builder = SimulationBuilder()
    builder.create_entities(law)
    builder.declare_person_entity("individu", [str(index) for index in range(len(persons))])
    groups = {**ROLES, "menage": ("personne_de_reference", "conjoint", "enfant")}
    for entity, names in groups.items():
        declared = builder.declare_entity(entity, [str(index) for index in range(len(families))])
        roles = np.array([names[("demandeur", "conjoint", "enfant").index(role)] for _, role, _ in persons])
        builder.join_with_persons(declared, np.array([str(family) for family, _, _ in persons]), roles=roles)
    simulation = builder.build(law)
    born = [date(int(month[:4]) - age, 1, 15) for _, _, age in persons]
    simulation.set_input("date_naissance", "ETERNITY", np.array(born, dtype="datetime64[D]"))
    return simulation


def with_value(path: str, value: Any) -> TaxBenefitSystem:
    """The law with another value of one of our parameters since 2017."""

    def change(parameters: ParameterNode) -> ParameterNode:
        node = parameters
        for name in path.split("."):
            node = node.children[name]
        node.update(start=period_of("2017-01-01").start, value=value)
        return parameters

    class Changed(Reform):  # type: ignore[misc]
        def apply(self) -> None:
            self.modify_parameters(change)

    return Changed(system())


def random_families(random: Random, count: int) -> list[list[tuple[str, int]]]:
    families = []
    for _ in range(count):
        adults = [("demandeur", random.randint(18, 80)), ("conjoint", random.randint(18, 80))][: random.randint(1, 2)]
        families.append(adults + [("enfant", random.randint(0, 22)) for _ in range(random.choice((0, 0, 1, 2, 3, 6)))])
    return families


@pytest.mark.parametrize("month", ["2019-08", "2019-09", "2025-03", "2026-11"])
@pytest.mark.parametrize("card", CARDS)
def test_every_condition_holds_if_and_only_if_something_is_due(card: str, month: str) -> None:
    random = Random(f"{card} {month}")
    simulation = simulate(random_families(random, 600), month)
    people, families = simulation.persons.count, simulation.populations["famille"].count
    draw = np.random.default_rng(random.randint(0, 10**6))
    simulation.set_input(f"{COMMON}_ressources", month, draw.choice([0, 900, 900.01, 1250, 1250.01, 1875, 2250, 3000, 4125, 9000], people))
    simulation.set_input("bourse_criteres_sociaux_echelon", month, draw.choice([-1, -1, 0, 1, 2, 3, 5, 7], people))
    simulation.set_input("etudiant", month, draw.random(people) < 0.3)
    simulation.set_input("af_nbenf", month, draw.choice([0, 1, 3], families))
    simulation.set_input("depcom", month, draw.choice([b"35238", b"35238", b"35051", b"75056"], families))
    conditions = [simulation.calculate(condition.variable, month) for condition in catalogue()[card].conditions]
    all_hold = np.logical_and.reduce(conditions)
    due = simulation.calculate(card, month) > 0
    assert (all_hold == due).all()
    assert (due == (simulation.calculate(f"{card}_tranche", month) > 0)).all()
    assert due.any()
    before_prices = {"rennes_metropole_star_condition_abonnement_payant"} if month < "2020-12" else set()
    for card_condition, holds in zip(catalogue()[card].conditions, conditions, strict=True):
        assert (~holds).any() or card_condition.variable in before_prices


@pytest.mark.parametrize("month", CEILINGS)
def test_the_tier_is_the_one_of_whole_cents(month: str) -> None:
    """Sums of twelve single-precision months fall on the same side of each ceiling as exact arithmetic says, one cent apart included."""
    random = Random(month)
    year = [period_of(month).offset(-back) for back in range(1, 13)]
    shapes = [(1, 0), (2, 0), (1, 1), (2, 2), (1, 5), (2, 6)]
    families, monthly_cents, expected = [], [], []
    for _ in range(600):
        adults, children = random.choice(shapes)
        families.append([("demandeur", 40), ("conjoint", 40)][:adults] + [("enfant", 8)] * children)
        tenths = 10 if (adults, children) == (1, 0) else 15 + 3 * children
        ceilings = [ceiling * tenths * 10 for ceiling in CEILINGS[month]]  # in cents
        mean = random.choice(ceilings) + random.choice((-1, 0, 1))
        wages = [random.randint(0, 2 * mean) for _ in range(6)]
        monthly_cents.append([*wages, *(2 * mean - wage for wage in wages)])
        expected.append(next((tier for tier, ceiling in enumerate(ceilings, 1) if mean <= ceiling), 0))
    simulation = simulate(families, month)
    heads = np.cumsum([0, *(len(members) for members in families[:-1])])
    table = np.array(monthly_cents) / 100
    for column, each in enumerate(year):
        wages = np.zeros(simulation.persons.count)
        wages[heads] = table[:, column]
        simulation.set_input("salaire_net", each, wages)
        for name in NOTHING_ELSE:
            simulation.set_input(name, each, np.zeros(simulation.get_variable_population(name).count))
    simulation.set_input("ppa_rsa_derniers_revenus_tns_annuels_connus", month[:4], np.zeros(simulation.persons.count))
    simulation.set_input("af_nbenf", month, [sum(role == "enfant" for role, _ in members) for members in families])
    assert simulation.calculate(f"{COMMON}_tranche_foyer", month)[heads].tolist() == expected


def test_the_housing_lump_sum_stands_behind_its_flag() -> None:
    """Known from a comment only, and on: it replaces housing benefit when AAH, ASPA or both are the only income."""
    month, year = "2026-11", "year:2025-11"
    flag = "aides_locales.rennes_metropole.tarification_solidaire.forfait_logement_si_aah_ou_aspa_seule"
    results = {}
    for name, law in (("on", system()), ("off", with_value(flag, False))):
        alone, with_a_wage, old = [("demandeur", 40)], [("demandeur", 40)], [("demandeur", 70)]
        couple = [("demandeur", 70), ("conjoint", 40)]
        simulation = simulate([alone, with_a_wage, old, couple], month, law)
        for variable in ("salaire_net", *NOTHING_ELSE):
            simulation.set_input(variable, year, np.zeros(simulation.get_variable_population(variable).count))
        for variable, values in {
            "aah": [9600, 9600, 0, 0, 4800],
            "salaire_net": [0, 12, 0, 0, 0],
            "aspa": [0, 0, 9600, 4800],
            "aide_logement": [3000, 3000, 3000, 3000],
        }.items():
            simulation.delete_arrays(variable)
            simulation.set_input(variable, year, np.array(values, dtype=float))
        simulation.set_input("ppa_rsa_derniers_revenus_tns_annuels_connus", month[:4], np.zeros(5))
        results[name] = simulation.calculate(f"{COMMON}_ressources", month).round(2).tolist()
    assert results["off"] == [1050, 1051, 1050, 1050, 1050]
    assert results["on"] == pytest.approx([878.2, 1051, 878.2, 956.41, 956.41], abs=0.01)  # 12 % of the RSA of one, 16 % of that of two


def test_the_rate_of_the_second_tier_is_used_as_soon_as_it_is_published() -> None:
    figures = {}
    for name, law in (("unknown", system()), ("known", with_value("aides_locales.rennes_metropole.sortir.taux_aide.tranche_2", 60))):
        simulation = simulate([[("demandeur", 40)]], "2026-11", law)
        for variable, value in {f"{COMMON}_ressources": 1100.0, "bourse_criteres_sociaux_echelon": -1}.items():
            simulation.set_input(variable, "2026-11", np.array([value]))
        simulation.set_input("depcom", "2026-11", np.array([b"35238"]))
        wanted = ("rennes_metropole_sortir", "rennes_metropole_sortir_taux_aide", "rennes_metropole_sortir_plafond_annuel")
        figures[name] = [simulation.calculate(each, "2026-11")[0] for each in wanted]
    assert figures == {"unknown": [75, 50, 105], "known": [90, 60, 90]}


def test_the_communes_are_those_of_the_territory() -> None:
    law = system().get_parameters_at_instant("2026-11").aides_locales.rennes_metropole
    territory, members = law.tarification_solidaire.communes, law.sortir.communes
    assert (len(territory), len(members)) == (43, 19)
    assert len(set(territory)) == 43
    assert set(members) <= set(territory)
    assert "35238" in members
