"""Build the invented sample of Maurepas that the library ships: 300 households, their weights, and the account of how they were made.

Run from the repository: ``python scripts/build_sample.py``. It writes ``tznr_rules/samples/`` again, the same bytes for the same law.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from maurepas import account, take_up
from maurepas.lives import Life, lives
from maurepas.margins import AGES, Array, Drawn
from maurepas.weights import raked
from maurepas.work import EMPLOYED, SEEKING
from tznr_rules.analysts.poverty import poverty_line
from tznr_rules.analysts.profiles import paid_in_euros
from tznr_rules.batch import Results, evaluate_in_columns
from tznr_rules.facts import benefit, fact
from tznr_rules.household import Household, parse

SAMPLES = Path(__file__).parent.parent / "tznr_rules" / "samples"
NAME = "echantillon_synthetique_maurepas.csv"
SEED = "maurepas 2026-11 b"
MONTH = "2026-11"
LARGE = {"famille": "famille", "foyer_fiscal": "foyer_fiscal", "menage": "logement"}
FIRST = ("id_menage", "poids", "id", "lien", "date_naissance", "activite", "salaire_net", "chomage_net", "retraite_nette", "scolarite")
NOTICE, OWN = "avis_imposition.2024", "personne."  # what is of one person though a household may have it too
TOLD = ("recus.", "avis_imposition.", OWN)
MONTHLY_INCOMES = (
    *("salaire_net", "chomage_net", "retraite_nette", "pensions_invalidite", "pensions_alimentaires_percues"),
    "rpns_auto_entrepreneur_benefice",
)


def build(seed: str = SEED) -> tuple[pd.DataFrame, str]:
    """The long table, a row per person, and its account in French."""
    drawn = lives(seed)
    for number, life in enumerate(drawn, 1):
        life.about = {"id_menage": f"m{number:03d}", **life.about}
        for rank, person in enumerate(life.people, 1):
            person["id"] = f"m{number:03d}_{rank}"
    notices(drawn)
    before = np.array([income(life) / units(life) for life in drawn])
    silence(drawn)
    due = evaluate(drawn)
    straitened = before < take_up.FREE_BELOW
    takes = take_up.claimed(drawn, straitened, seed)
    write_receipts(drawn, due, take_up.received(due, takes, seed), np.ones_like(takes))
    due = evaluate(drawn)  # what is due given what is received
    receipts = take_up.received(due, takes, seed)
    living = before + np.array([cash(due, receipts[row]) for row in range(len(drawn))]) / np.array([units(life) for life in drawn])
    seen = as_drawn(drawn, living)
    weights = raked(seen)
    known = take_up.told(drawn, seed)
    write_receipts(drawn, due, receipts, known)
    asked = np.array([[take_up.rate(name, life, poor) for name in take_up.RATES] for life, poor in zip(drawn, straitened, strict=True)])
    return table(drawn, weights), account.written(NAME, seed, seen, weights, due, asked, receipts)


def evaluate(drawn: list[Life]) -> Results:
    return evaluate_in_columns([household(life) for life in drawn], list(take_up.RATES))


def household(life: Life) -> Household:
    """The household that the rows of a life describe."""
    document: dict[str, Any] = {"date": MONTH, "personnes": []}
    for name, value in life.about.items():
        if value is not None and name not in ("id_menage", "poids"):
            known = fact(name)
            place = document if name in ("depcom", "quartier") or known is None else document.setdefault(LARGE[known.entity], {})
            place[name] = value
    for row in life.people:
        person: dict[str, Any] = {}
        for name, value in row.items():
            if name == "metier" or value is None:
                continue
            first, *rest = name.removeprefix(OWN).split(".")
            shared = first == "avis_imposition" or (first == "recus" and benefit(rest[0]).entity != "individu")
            place = document if shared and not name.startswith(OWN) else person
            for step in (first, *rest)[:-1]:
                place = place.setdefault(step, {})
            place[(first, *rest)[-1]] = value
        document["personnes"].append(person)
    return parse(document)


# Incomes


def at_month(person: dict[str, Any], name: str) -> float:
    """An income of the month, in euros."""
    return float(person.get(f"{name}.{MONTH}", person.get(name)) or 0.0)


def income(life: Life) -> float:
    """Incomes of the household before any benefit, in €/month."""
    return sum(at_month(person, name) for person in life.people for name in MONTHLY_INCOMES)


def units(life: Life) -> float:
    """Consumption units: 1 for the first person, 0.5 for the others from 14 years on, 0.3 below."""
    return 1 + sum(0.5 if years >= 14 else 0.3 for years in life.ages()[1:])


def cash(due: Results, amounts: Array) -> float:
    """What is received in money, in €/month."""
    shares = [(1 / 12 if card.periodicity == "yearly" else 1.0) * paid_in_euros(card) for card in due.cards]
    return float(amounts @ shares)


def notices(drawn: list[Life]) -> None:
    """The tax notice of each tax household, for the incomes of 2024: nine tenths of what is lived on today. One in ten has lost it."""
    for number, life in enumerate(drawn):
        together = life.head.get("statut_marital") in ("marie", "pacse")
        dependants = sum(0.5 if rank < 2 else 1.0 for rank, _ in enumerate(person for person in life.people if person["lien"] == "enfant"))
        for person in life.people:
            if number % 10 == 7 or person["lien"] == "enfant" or (person["lien"] == "conjoint" and together):
                continue
            head = person is life.head
            filing = [person, life.people[1]] if head and together else [person]
            taxed = sum(at_month(each, name) for each in filing for name in MONTHLY_INCOMES if name != "pensions_invalidite")
            parts = (2.0 if together else 1.0) + (dependants + (0.5 if life.kind == "monoparent" else 0) if head else 0)
            name = NOTICE if head else f"{OWN}{NOTICE}"
            person |= {f"{name}.rfr": round(12 * 0.9 * taxed), f"{name}.nbptr": parts}


# Receipts and weights


def silence(drawn: list[Life]) -> None:
    """Nothing is received yet: a first run then says what is due."""
    for life in drawn:
        for name in take_up.RATES:
            for person in life.people if benefit(name).entity == "individu" else [life.head]:
                person[f"recus.{name}"] = 0


def write_receipts(drawn: list[Life], due: Results, amounts: Array, known: Array) -> None:
    """Write what is received on the row of who receives it; nothing where it was not told."""
    for row, life in enumerate(drawn):
        for column, card in enumerate(due.cards):
            name, entity = f"recus.{card.id}", benefit(card.id).entity
            holders = concerned(card.id, life) if entity == "individu" else [life.head]
            for person in life.people:
                person.pop(name, None)
            for at, person in enumerate(holders):
                amount = amounts[row, column] if at == 0 else 0.0
                person[name] = (float(amount) if card.unit != "right" else ("oui" if amount > 0 else "non")) if known[row, column] else None


def concerned(name: str, life: Life) -> list[dict[str, Any]]:
    """Who may receive an individual benefit, the likeliest first."""
    likely = {
        "aah": lambda person: person.get("metier") == "handicap",
        "ass": lambda person: person.get("metier") == "sans_allocation",
        "asi": lambda person: person.get("metier") == "handicap",
        "bourse_criteres_sociaux": lambda person: person.get("metier") == "etudiant",
        "contrat_engagement_jeune": lambda person: person.get("metier") in SEEKING,
        "mva": lambda person: person.get("metier") == "handicap",
        **dict.fromkeys(("apa_domicile", "apa_etablissement"), lambda person: person.get("metier") == "retraite"),
        **dict.fromkeys(
            ("allocation_veuvage", "reversion_regime_general", "reversion_agirc_arrco"),
            lambda person: person.get("conjoint_marie_decede") == "oui",
        ),
    }
    adults = [person for person in life.people if person["lien"] != "enfant" or "metier" in person]
    return sorted(adults, key=lambda person: not likely.get(name, lambda _: False)(person))


def as_drawn(drawn: list[Life], living: Array) -> Drawn:
    ages = np.array([[sum(low <= years <= high for years in life.ages()) for low, high, _ in AGES.values()] for life in drawn])
    tenures = [life.about["statut_occupation_logement"] for life in drawn]
    work = [life.head["metier"] for life in drawn]
    return Drawn(
        kind=np.array([life.kind for life in drawn]),
        tenure=np.array(
            ["social" if each in take_up.SOCIAL else "proprietaire" if each in take_up.OWNERS else "autre" for each in tenures]
        ),
        size=np.array([len(life.people) for life in drawn]),
        ages=ages,
        head=np.array([life.ages()[0] for life in drawn]),
        work=np.array(["emploi" if each in EMPLOYED else "chomage" if each in SEEKING else "inactif" for each in work]),
        living=living,
        line=poverty_line(MONTH).value,
    )


def table(drawn: list[Life], weights: Array) -> pd.DataFrame:
    """A row per person; what holds for the household is repeated, what one person receives or files is on their row."""
    rows = []
    for life, weight in zip(drawn, weights, strict=True):
        for person in life.people:
            rows.append(
                {"poids": round(float(weight), 4), **life.about, **{name: value for name, value in person.items() if name != "metier"}}
            )
    people = pd.DataFrame(rows, dtype=object).map(cell)
    others = sorted(name for name in people if name not in FIRST and not name.startswith(TOLD))
    return people[[*FIRST, *others, *sorted(name for name in people if name.startswith(TOLD))]]


def cell(value: Any) -> str:
    """A value as it is written; nothing for what is not known."""
    if value is None or value != value:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=SAMPLES, help="folder to write in; default: tznr_rules/samples")
    arguments = parser.parse_args()
    people, text = build()
    arguments.output.mkdir(parents=True, exist_ok=True)
    people.to_csv(arguments.output / NAME, sep=";", index=False, encoding="utf-8", lineterminator="\n")
    (arguments.output / "README.md").write_text(text, encoding="utf-8")
    print(f"{arguments.output / NAME}: {people['id_menage'].nunique()} households, {len(people)} persons", file=sys.stderr)


if __name__ == "__main__":
    main()
