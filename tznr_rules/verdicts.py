"""Whether a benefit is due, and how much: from its conditions and its amount in every world that the missing facts allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tznr_rules.catalogue import Card, ConditionCard
from tznr_rules.columns import entity_of
from tznr_rules.report import Status
from tznr_rules.unknowns import Matter, Worlds

RANK: dict[Any, int] = {"refused": 0, "undetermined": 1, "granted": 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided of a benefit for one row: its status, and the lowest and the highest amount.

    ``exact``: every combination of the answers that can change it was tried.
    """

    status: Status
    low: float
    high: float
    exact: bool = True


def verdict(card: Card, worlds: Worlds, row: int) -> Verdict:
    """What is decided of a benefit for a row of its entity."""
    met = [holds(condition, matter, worlds, entity_of(card.variable), row) for condition, matter in conditions(card, worlds, row)]
    matter = worlds.matters.get((card.id, row))
    if False in met:
        return Verdict("refused", 0.0, 0.0)
    amounts = outcomes(card, worlds, row)
    low, high = min(amounts), max(amounts)
    open_question = None in met and low == 0
    if low != high or open_question or (matter is not None and not matter.complete):
        return Verdict("undetermined", low, high, matter is None or matter.exact)
    return Verdict("granted" if low > 0 else "refused", low, high)


def conditions(card: Card, worlds: Worlds, row: int) -> list[tuple[ConditionCard, Matter | None]]:
    """The conditions of a benefit, each with the missing facts that were tried for it and that row."""
    whole = worlds.matters.get((card.id, row))
    return [(condition, worlds.matters.get((condition.variable, row), whole)) for condition in card.conditions]


def holds(condition: ConditionCard, matter: Matter | None, worlds: Worlds, entity: str, row: int) -> bool | None:
    """Whether a condition is met whatever the answers that nobody gave; None when they decide."""
    name, base = condition.variable, worlds.base
    if not worlds.in_doubt(name, entity, row):
        return bool(base.values[name][row])
    if matter is None or not matter.complete or worlds.columns is None:
        return None
    found = worlds.value(name, matter, base.situation.members(entity, row)[0])
    return None if found.any() and not found.all() else bool(found[0])


def outcomes(card: Card, worlds: Worlds, row: int) -> list[float]:
    """What a row is due: its amount, 0 if a condition is not met; in each world when missing facts can change it."""
    matter = worlds.matters.get((card.id, row))
    names = [condition.variable for condition in card.conditions]
    if matter is None:
        base, entity = worlds.base, entity_of(card.variable)
        met = all(base.value(name, entity, row) for name in names)
        return [round(float(base.value(card.variable, entity, row)), 2) if met else 0.0]
    person = worlds.base.situation.members(entity_of(card.variable), row)[0]
    met = np.logical_and.reduce([worlds.value(name, matter, person).astype(bool) for name in names])
    amounts = np.where(met, worlds.value(card.variable, matter, person).astype(float), 0.0)
    return [round(each, 2) for each in amounts.tolist()]


def together(card: Card, amounts: Sequence[float]) -> float:
    """What several rows get of a benefit: amounts add up, a reduction or a right is that of the best placed."""
    return round(sum(amounts, 0.0) if card.unit == "EUR" else max(amounts, default=0.0), 2)
