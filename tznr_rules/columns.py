"""What the engine computed for a batch, as columns, and the values of the law beside them."""

from dataclasses import dataclass, field
from functools import lru_cache
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError

from tznr_rules.assumptions import MAJORITY, WORKING_AGE
from tznr_rules.catalogue import Card
from tznr_rules.simulation import OnDemand
from tznr_rules.situation import Situation
from tznr_rules.system import cached, in_force, system

Array = NDArray[Any]


@dataclass(frozen=True)
class Columns:
    """What the engine computed for a situation: one array per variable, over the rows of its entity."""

    situation: Situation
    values: dict[str, Array]
    _concerned: dict[tuple[str, str], NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    def close(self) -> None:
        """No other column will be asked for."""
        if isinstance(self.values, OnDemand):
            self.values.close()

    def value(self, name: str, entity: str, row: int) -> Any:
        """A value as seen from a row of an entity: its own, or that of the group it is in."""
        return plain(self.values[name][self.situation.row_of(entity, row, entity_of(name))])

    def seen(self, name: str, entity: str) -> Array:
        """A column as seen from the rows of an entity: its own, or that of the group in which their first person is."""
        other, values = entity_of(name), self.values[name]
        if entity == other:
            return values
        first = np.arange(len(self.situation.persons)) if entity == "individu" else self.situation.groups[entity].first
        return values[first if other == "individu" else self.situation.groups[other].of_person[first]]

    def concerned(self, card: Card) -> NDArray[np.bool_]:
        """The rows of whom a benefit is asked: everyone who is born, those who may work when it is for adults, those under age for
        children; everyone of a household in which there is nobody of that kind."""
        kind = (entity_of(card.variable), card.subjects)
        if kind not in self._concerned:
            self._concerned[kind] = self._asked(*kind)
        return self._concerned[kind]

    def _asked(self, entity: str, subjects: str) -> NDArray[np.bool_]:
        situation = self.situation
        if entity != "individu":
            return np.ones(situation.count(entity), dtype=bool)
        ages = situation.ages
        asked = (ages >= (WORKING_AGE if subjects == "adults" else 0)) & ((ages < MAJORITY) | (subjects != "children"))
        nobody = np.bincount(situation.person_household, asked, minlength=len(situation.households)) == 0
        rows: NDArray[np.bool_] = asked | nobody[situation.person_household]
        return rows

    def rows_of(self, card: Card) -> list[list[int]]:
        """The rows of whom a benefit is asked, household by household."""
        rows: list[list[int]] = [[] for _ in self.situation.households]
        owner = self.situation.owner(entity_of(card.variable))
        for row in np.flatnonzero(self.concerned(card)).tolist():
            rows[int(owner[row])].append(row)
        return rows

    def hold(self, card: Card) -> bool:
        """Whether the law of the month has every value that a benefit, its conditions and its thresholds read."""
        if not self.values.keys() >= set(card.variables()):
            return False
        thresholds = [condition.threshold for condition in card.conditions if condition.threshold and "." in condition.threshold]
        try:
            return all(parameter_value(path, self.situation.month) is not None for path in thresholds)
        except ParameterNotFoundError:
            return False


def plain(value: Any) -> Any:
    """A Python value, rounded to the cent if it is an amount."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and isnan(value):
        return None  # a figure that says nothing about this household
    return round(value, 2) + 0.0 if isinstance(value, float) else value  # no minus zero


@lru_cache(maxsize=8192)
def entity_of(name: str) -> str:
    """The entity of a variable: ``individu``, ``famille``, ``foyer_fiscal`` or ``menage``."""
    return str(in_force().variables[name].entity.key)


@cached(maxsize=1024)
def parameter_value(path: str, month: str) -> Any:
    """The value of a parameter in a month."""
    value = system().get_parameters_at_instant(month)
    for name in path.split("."):
        value = getattr(value, name)
    return value
