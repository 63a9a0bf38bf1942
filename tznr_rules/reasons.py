"""From condition columns to reasons: the sentence, whether it holds, the figure observed, the threshold and their sources.

A reason only reads columns that the engine computed in the same run as the amounts, so it cannot say anything but what the rule did.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale

from tznr_rules.catalogue import Card, ConditionCard
from tznr_rules.report import Reason, Reference
from tznr_rules.situation import Situation
from tznr_rules.system import system

Array = NDArray[Any]
ADULTS = ("demandeur", "conjoint", "declarant_principal", "personne_de_reference")
AMONG = {"parents": ADULTS, "children": ("enfant", "personne_a_charge"), "demandeur": ADULTS[:1]}


@dataclass(frozen=True)
class Columns:
    """What the engine computed for a situation: one array per variable, over the rows of its entity."""

    situation: Situation
    values: dict[str, Array]

    def value(self, name: str, entity: str, row: int) -> Any:
        """A value as seen from a row of an entity: its own, or that of the group it is in."""
        return plain(self.values[name][self.situation.row_of(entity, row, entity_of(name))])


def plain(value: Any) -> Any:
    """A Python value, rounded to the cent if it is an amount."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and isnan(value):
        return None  # a figure that says nothing about this household
    return round(value, 2) + 0.0 if isinstance(value, float) else value  # no minus zero


def entity_of(name: str) -> str:
    """The entity of a variable: ``individu``, ``famille``, ``foyer_fiscal`` or ``menage``."""
    return str(system().variables[name].entity.key)


def explain(card: Card, columns: Columns, row: int) -> tuple[Reason, ...]:
    """The reasons of one benefit for one row of its entity, in the order of the text."""
    return tuple(_reason(condition, entity_of(card.variable), columns, row) for condition in card.conditions)


def computed(card: Card, columns: Columns) -> bool:
    """Whether the law of the month has every value that a benefit, its conditions and its thresholds read."""
    if not columns.values.keys() >= set(card.variables()):
        return False
    thresholds = [condition.threshold for condition in card.conditions if condition.threshold and "." in condition.threshold]
    try:
        return all(parameter_value(path, columns.situation.month) is not None for path in thresholds)
    except ParameterNotFoundError:
        return False


def missing(condition: ConditionCard, columns: Columns, entity: str, row: int) -> list[str]:
    """The facts without which a condition cannot be told for one row: nobody gave them, nor what establishes them.

    A yes-or-no fact that nobody told is "no" to the engine, and "no" refuses: a condition that holds all the same needs no answer.
    """
    situation = columns.situation
    unsaid = [name for name in condition.needs if not situation.tells(name, entity, row, entity_of(name))]
    if all(yes_or_no(name) for name in unsaid) and columns.values[condition.variable][row]:
        return []
    return [name for name in unsaid if not (deduced(name) and columns.value(name, entity, row))]


def yes_or_no(name: str) -> bool:
    """Whether a fact is a yes or a no, "no" when nobody says it."""
    variable = system().variables[name]
    return variable.value_type is bool and not variable.default_value


def deduced(name: str) -> bool:
    """Whether a fact follows from others where they hold (a job-seeker is registered, a high rate of incapacity is a lasting handicap)."""
    return yes_or_no(name) and bool(system().variables[name].formulas)


def _reason(condition: ConditionCard, entity: str, columns: Columns, row: int) -> Reason:
    situation = columns.situation
    unknown = missing(condition, columns, entity, row)
    observed, person = (None, None) if unknown else _observed(condition, entity, columns, row)
    threshold = _threshold(condition, entity, columns, row)
    if condition.comparison == "at_least" and threshold == 0:
        observed = threshold = None  # at least nothing is asked of nobody
    holds = None if unknown else bool(columns.values[condition.variable][row])
    return Reason(
        id=condition.variable,
        label=str(system().variables[condition.variable].label),
        holds=holds,
        subject=situation.persons[subject(situation, entity, row) if person is None else person].id,
        observed=observed,
        threshold=threshold,
        comparison=None if threshold is None else condition.comparison,
        unit=condition.unit,
        margin=_margin(condition, observed, threshold, holds),
        references=references(condition.variable, (*_paths(condition), *condition.parameters), situation.month),
    )


def subject(situation: Situation, entity: str, row: int) -> int:
    """The person who stands for a row of an entity: its first adult."""
    if entity == "individu":
        return row
    members = situation.members(entity, row)
    roles = situation.groups[entity].roles
    return next((person for person in members if roles[person] in ADULTS), members[0])


def _observed(condition: ConditionCard, entity: str, columns: Columns, row: int) -> tuple[Any, int | None]:
    name = condition.observed
    if name is None:
        return None, None
    situation = columns.situation
    if entity == "individu" or entity_of(name) != "individu":
        return columns.value(name, entity, row), None
    members = situation.members(entity, row)
    if condition.among != "members":
        members = tuple(person for person in members if situation.groups[entity].roles[person] in AMONG[condition.among])
    if not members:
        return None, None
    values = columns.values[name][list(members)]
    if condition.take == "sum":
        return plain(values.sum()), None
    chosen = members[int(values.argmax() if condition.take == "max" else values.argmin())]
    return plain(columns.values[name][chosen]), chosen


def _threshold(condition: ConditionCard, entity: str, columns: Columns, row: int) -> Any:
    name = condition.threshold
    if name is None:
        return None
    if "." not in name:
        return columns.value(name, entity, row)
    return plain(parameter_value(name, columns.situation.month))


def _margin(condition: ConditionCard, observed: Any, threshold: Any, holds: bool | None) -> float | None:
    """The distance to the threshold, positive when the condition holds; none when something else than the threshold decided."""
    if not isinstance(observed, int | float) or not isinstance(threshold, int | float) or condition.comparison in (None, "equals"):
        return None
    distance = observed - threshold
    margin = round(distance if condition.comparison in ("at_least", "more_than") else -distance, 2)
    decided_otherwise = margin < 0 if holds else margin > 0
    return None if decided_otherwise else margin


def _paths(condition: ConditionCard) -> tuple[str, ...]:
    return (condition.threshold,) if condition.threshold and "." in condition.threshold else ()


@lru_cache(maxsize=1024)
def parameter_value(path: str, month: str) -> Any:
    """The value of a parameter in a month."""
    value = system().get_parameters_at_instant(month)
    for name in path.split("."):
        value = getattr(value, name)
    return value


@lru_cache(maxsize=1024)
def parameter(path: str) -> Any:
    """The node of the law at a dotted path."""
    node = system().parameters
    for name in path.split("."):
        node = node.children[name]
    return node


def leaves(path: str, node: Any) -> Iterator[tuple[str, Parameter | ParameterScale]]:
    """The values and scales under a node of the law, each with its path."""
    if isinstance(node, ParameterNode):
        for name, child in node.children.items():
            yield from leaves(f"{path}.{name}", child)
    else:
        yield path, node


@lru_cache(maxsize=4096)
def references(variable: str, paths: tuple[str, ...], month: str) -> tuple[Reference, ...]:
    """The articles of a condition, then the dated sources of the figures that it cites, as in force in a month."""
    articles = [*_articles(system().variables[variable].reference)]
    figures = [reference for path in paths for reference in _sources(parameter(path), month)]
    return tuple(dict.fromkeys([*articles, *figures]))


def _articles(reference: Iterable[str] | None) -> Iterator[Reference]:
    """References of a variable: titles and links alternate; a link alone stands for itself."""
    title = ""
    for text in reference or ():
        if text.startswith("http"):
            yield Reference(title or text, text)
            title = ""
        else:
            title = text


def _sources(node: Any, month: str) -> Iterator[Reference]:
    """The sources of the value of a parameter in force in a month, or those of a node's whole documentation."""
    by_date = node.metadata.get("reference") if hasattr(node, "metadata") else None
    if not isinstance(by_date, dict) or "href" in by_date:
        entries, since = by_date, None
    else:
        dates = [str(each) for each in by_date if str(each)[:7] <= month]
        since = max(dates, default=None)
        entries = next((value for key, value in by_date.items() if str(key) == since), None)
    if isinstance(node, Parameter):
        started = [value.instant_str for value in node.values_list if value.instant_str[:7] <= month]
        since = max(started, default=since)
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict) and entry.get("href"):
            yield Reference(str(entry.get("title") or entry["href"]), str(entry["href"]), since)


def is_confirmed(path: str, month: str) -> bool:
    """Whether the value of a parameter in force in a month has a confirmed source."""
    node = parameter(path)
    said = node.metadata.get("confirmed", True)
    if isinstance(said, dict):
        dates = {str(key): value for key, value in said.items() if str(key)[:7] <= month}
        said = dates[max(dates)] if dates else True
    return bool(said)


def confirmed(card: Card, month: str) -> bool:
    """Whether every figure that a card cites has a confirmed source in a month."""
    return all(is_confirmed(path, month) for path in card.cited())
