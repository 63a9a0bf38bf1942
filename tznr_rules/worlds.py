"""The amounts of benefits in several worlds at once: the same household if it lived otherwise, or claimed only some of its rights."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tznr_rules import lived, simulation
from tznr_rules.catalogue import Card, catalogue
from tznr_rules.columns import Columns, entity_of
from tznr_rules.household import Household
from tznr_rules.system import system

Amounts = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class World:
    """A household, and the benefits, by id, that it does not claim and never did."""

    household: Household
    not_claimed: frozenset[str] = field(default=frozenset())


def amounts(worlds: Sequence[World], cards: Sequence[Card]) -> tuple[Amounts, Columns]:
    """What each benefit is worth in each world, in its unit, as a report would say it; and the columns of that one run.

    Args:
        worlds: all of the same month.
        cards: the benefits asked about; those that the law of the month cannot tell are left out.
    """
    situation = lived.build([world.household for world in worlds], simulation.estimate_notices)
    for variable in {name for world in worlds for benefit in world.not_claimed for name in carriers(benefit)}:
        silent = np.array([any(variable in carriers(benefit) for benefit in world.not_claimed) for world in worlds])
        situation.not_claimed[variable] = silent[situation.owner(entity_of(variable))]
    wanted = dict.fromkeys(name for card in cards for name in (card.variable, *(condition.variable for condition in card.conditions)))
    columns = Columns(situation, simulation.run(situation, wanted))
    return {card.id: _of_each(card, columns, len(worlds)) for card in cards if card.variable in columns.values}, columns


def carriers(benefit: str) -> frozenset[str]:
    """The variables through which the rules see that a benefit is paid: the one of its card, and OpenFisca-France's of the same name."""
    variables = system().variables
    return frozenset({catalogue()[benefit].variable, benefit} & variables.keys())


def _of_each(card: Card, columns: Columns, count: int) -> NDArray[np.float64]:
    """The rows of a benefit put together by world: their sum in euros, else the best of them."""
    owner = columns.situation.owner(entity_of(card.variable))
    values = np.maximum(np.round(columns.values[card.variable].astype(float), 2), 0.0) * columns.concerned(card)
    if card.unit == "EUR":
        return np.round(np.bincount(owner, values, minlength=count), 2)
    best = np.zeros(count)
    np.maximum.at(best, owner, values)
    return best
