"""The same invented households for both sides: as arrays for plain OpenFisca-France, as descriptions for us."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MONTH = "2026-11"
FOURTEEN = (
    *("rsa", "ppa", "af", "asf", "ars", "aide_logement", "css_participation_forfaitaire", "cheque_energie"),
    *("aspa", "aah", "cf", "paje_base", "aeeh", "ass"),
)
YEARS = ("2021", "2022", "2023", "2024", "2025", "2026")
DEPCOM = "35238"
TENURES = ("locataire_hlm", "locataire_vide")
ALONE, COUPLE = 0.6, 0.4  # shares of the dwellings with one adult, with two
Array = NDArray[Any]


@dataclass(frozen=True)
class People:
    """Arrays by person, in the order of the dwellings, then by dwelling: each has one family and one tax household."""

    dwelling: Array
    role: Array  # 0 demandeur, 1 conjoint, 2 child
    born: Array
    gross: Array  # EUR a month, of every month
    rent: Array
    tenure: Array


def drawn(count: int, seed: int = 0) -> People:
    """Invented dwellings: one adult or two, up to three children, wages up to 2 600 EUR gross, a rented flat in Rennes."""
    random = np.random.default_rng(seed)
    adults = random.choice([1, 2], count, p=[ALONE, COUPLE])
    children = random.choice([0, 1, 2, 3], count, p=[0.45, 0.25, 0.2, 0.1])
    dwelling = np.repeat(np.arange(count), adults + children)
    rank = np.arange(len(dwelling)) - np.repeat(np.cumsum(adults + children) - adults - children, adults + children)
    role = np.where(rank == 0, 0, np.where(rank < adults[dwelling], 1, 2))
    ages = np.where(role < 2, random.integers(25 * 365, 60 * 365, len(role)), random.integers(200, 17 * 365, len(role)))
    born = np.datetime64(f"{MONTH}-01") - ages
    works = (role < 2) & (random.random(len(role)) < 0.7)
    gross = np.where(works, np.round(random.uniform(150, 2600, len(role)), 2), 0.0)
    return People(dwelling, role, born, gross, np.round(random.uniform(250, 700, count)), random.choice(2, count))


def plain_simulation(law: Any, people: People) -> Any:
    """OpenFisca-France told the incomes of every month since 2021, and nothing that it computes itself."""
    from openfisca_core.simulations import Simulation, SimulationBuilder

    builder = SimulationBuilder()
    builder.create_entities(law)
    persons, dwellings = len(people.role), int(people.dwelling.max()) + 1
    builder.declare_person_entity("individu", np.arange(persons))
    names = {
        "famille": ("demandeur", "conjoint", "enfant"),
        "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
        "menage": ("personne_de_reference", "conjoint", "enfant"),
    }
    for entity, roles in names.items():
        population = builder.declare_entity(entity, np.arange(dwellings))
        builder.join_with_persons(population, people.dwelling, roles=[roles[role] for role in people.role])
    simulation = Simulation(law, builder.populations)
    simulation.set_input("date_naissance", "ETERNITY", people.born)
    tenures = np.array(TENURES)[people.tenure]
    for year in YEARS:
        simulation.set_input("salaire_de_base", year, 12 * people.gross)
        for month in (f"{year}-{number:02d}" for number in range(1, 13)):
            simulation.set_input("activite", month, np.where(people.role == 2, "etudiant", np.where(people.gross > 0, "actif", "inactif")))
            simulation.set_input("loyer", month, people.rent)
            simulation.set_input("depcom", month, np.full(dwellings, DEPCOM))
            simulation.set_input("statut_occupation_logement", month, tenures)
    return simulation


def plain_amounts(law: Any, people: People) -> dict[str, Array]:
    """The fourteen amounts of plain OpenFisca-France."""
    simulation = plain_simulation(law, people)
    periods = {name: MONTH[:4] if law.variables[name].definition_period == "year" else MONTH for name in FOURTEEN}
    return {name: simulation.calculate(name, period) for name, period in periods.items()}


def described(people: People) -> list[dict[str, Any]]:
    """The same dwellings as people describe them, who answer every question that the catalogue asks, mostly with no."""
    answers = no_to_all()
    found: list[dict[str, Any]] = [
        {
            "date": MONTH,
            "depcom": DEPCOM,
            "logement": {**answers["menage"], "statut_occupation_logement": TENURES[tenure], "loyer": float(rent)},
            "famille": dict(answers["famille"]),
            "foyer_fiscal": dict(answers["foyer_fiscal"]),
            "personnes": [],
        }
        for tenure, rent in zip(people.tenure, people.rent, strict=True)
    ]
    for dwelling, role, born, gross in zip(people.dwelling, people.role, people.born.astype(str), people.gross, strict=True):
        person = {**answers["individu"], "lien": ("demandeur", "conjoint", "enfant")[role], "date_naissance": str(born)}
        person["activite"] = "etudiant" if role == 2 else "actif" if gross > 0 else "inactif"
        if role != 2:
            person["salaire_de_base"] = float(gross)
        found[dwelling]["personnes"].append(person)
    return found


def no_to_all() -> dict[str, dict[str, Any]]:
    """By entity, the answer that changes nothing to each question of the catalogue: no, none, or what is supposed when nobody tells."""
    from tznr_rules.catalogue import questions
    from tznr_rules.facts import fact
    from tznr_rules.system import system

    answers: dict[str, dict[str, Any]] = {"individu": {}, "famille": {}, "foyer_fiscal": {}, "menage": {}}
    for name in questions():
        known, variable = fact(name), system().variables[name]
        if known is None or known.kind in ("day", "text") or name in ("salaire_net", "quotient_familial_caf"):
            continue
        nothing = {"yes_no": False, "number": 0, "whole": 0}
        answers[known.entity][name] = variable.default_value.name if known.kind == "choice" else nothing.get(known.kind, False)
    return answers
