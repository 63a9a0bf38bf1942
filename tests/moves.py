"""One thing moved in the document of a household: an age, an income, a rent, an answer, who lives there."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

from tests.households import MONTH, SELF_EMPLOYED, TENURES, _value, asked

Document = dict[str, Any]
INCOMES = (
    *("salaire_net", "chomage_net", "retraite_nette", "pensions_invalidite", "pensions_alimentaires_percues", *SELF_EMPLOYED),
    "bourse_criteres_sociaux_base_ressources_parentale",
)
MONEY = ("salaire", "revenu", "pension", "retraite", "rpns", "chomage")
FACTS: dict[str, tuple[Any, ...]] = {
    "activite": ("actif", "chomeur", "etudiant", "retraite", "inactif"),
    "scolarite": ("primaire", "college", "lycee", "enseignement_superieur"),
    "nationalite": ("FR", "MA", "DE"),
    "taux_incapacite": (0.3, 0.5, 0.8),
    "aeeh_niveau_handicap": (0, 3),
    **dict.fromkeys(("handicap", "enceinte", "garde_alternee", "ass_precondition_remplie", "apprenti", "inapte_travail"), (True, False)),
}
YEAR, FIRST = int(MONTH[:4]), date(int(MONTH[:4]), int(MONTH[5:]), 1)


def changed(document: Document, change: Callable[[Document], Any]) -> Document:
    moved = deepcopy(document)
    change(moved)
    return moved


def of_age(document: Document, person: str, years: int) -> Document:
    """The same household when a person is of an age since the first of the month."""
    born = FIRST.replace(year=FIRST.year - years).isoformat()
    return changed(document, lambda moved: next(each for each in moved["personnes"] if each["id"] == person).update(date_naissance=born))


def without_income(document: Document) -> Document:
    """The same household when nobody has any income, nor had."""
    moved = deepcopy(document)
    for person in moved["personnes"]:
        incomes = [name for name in person if name in INCOMES or name.startswith(MONEY)]
        person |= {name: 0 for name in incomes if not isinstance(person[name], bool)}
    if "avis_imposition" in moved:
        moved["avis_imposition"] = {year: {**notice, "rfr": 0} for year, notice in moved["avis_imposition"].items()}
    return moved


def moved_one_by_one(document: Document, random: Random) -> list[Document]:
    """Many households, each of them this one with one thing moved."""
    moves = [*_of_people(document, random), *_told(document, random)]
    moves += [changed(document, lambda moved, each=each: moved["logement"].update(statut_occupation_logement=each)) for each in TENURES]
    moves += [changed(document, lambda moved, each=each: moved["logement"].update(loyer=each)) for each in (0, 150, 500, 1500)]
    for rfr in (0, 12_000, 60_000):
        notice = {2024: {"rfr": rfr, "nbptr": random.choice((1, 2, 3))}}
        moves.append(changed(document, lambda moved, notice=notice: moved.update(avis_imposition=notice)))
    for born in ("2026-06-01", "2012-06-01"):
        child = {"id": "nouveau", "lien": "enfant", "date_naissance": born}
        moves.append(changed(document, lambda moved, child=child: moved["personnes"].append(dict(child))))
    return moves + [changed(document, lambda moved, each=each: moved.update(depcom=each)) for each in ("35238", "35047", "75056")]


def _of_people(document: Document, random: Random) -> list[Document]:
    """Someone older, younger, richer, poorer, in another situation, or gone."""
    moves = []
    for place, person in enumerate(document["personnes"]):
        told: list[dict[str, Any]] = []
        child = person["lien"] == "enfant"
        for years in (
            random.randint(0, 20) if child else random.randint(16, 90),
            random.choice((3, 6, 11, 14, 16, 18, 20) if child else (20, 25, 62)),
        ):
            told.append({"date_naissance": f"{YEAR - years}-{random.randint(1, 10):02d}-15"})
        for name in [name for name in INCOMES if name in person] or ([] if child else ["salaire_net"]):
            told += [{name: 0}, {name: random.randint(50, 1_500)}, {name: random.randint(1_500, 9_000)}]
        told += [{name: random.choice(values)} for name, values in FACTS.items()]
        moves += [changed(document, lambda moved, place=place, each=each: moved["personnes"][place].update(each)) for each in told]
        if person["lien"] != "demandeur":
            moves.append(changed(document, lambda moved, place=place: moved["personnes"].pop(place)))
    return moves


def _told(document: Document, random: Random) -> list[Document]:
    """Another answer to each of the questions that the cards ask."""
    moves = []
    for fact in asked():
        path: tuple[Any, ...] = ({"menage": "logement"}.get(fact.entity, fact.entity),)
        if fact.entity == "individu":
            path = ("personnes", random.randrange(len(document["personnes"])))

        def answer(moved: Document, path: tuple[Any, ...] = path, fact: Any = fact) -> None:
            node: Any = moved
            for step in path:
                node = node.setdefault(step, {}) if isinstance(step, str) and step != "personnes" else node[step]
            flips = fact.kind in ("yes_no", "right") and fact.name in node
            node[fact.name] = not node[fact.name] if flips else _value(fact, random)

        moves.append(changed(document, answer))
    return moves
