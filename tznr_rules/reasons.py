"""From condition columns to reasons: the sentence, whether it holds, the figure observed, the threshold and their sources.

A reason only reads columns that the engine computed in the same run as the amounts, so it cannot say anything but what the rule did.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray
from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale

from tznr_rules.catalogue import Card, ConditionCard
from tznr_rules.columns import Columns, entity_of, parameter_value, plain
from tznr_rules.report import Reason, Reference
from tznr_rules.situation import Situation
from tznr_rules.system import cached, system
from tznr_rules.unknowns import Matter, Worlds
from tznr_rules.verdicts import conditions, holds

Array = NDArray[Any]
ADULTS = ("demandeur", "conjoint", "declarant_principal", "personne_de_reference")
AMONG = {"parents": ADULTS, "children": ("enfant", "personne_a_charge"), "demandeur": ADULTS[:1]}


def explain(card: Card, worlds: Worlds, row: int) -> tuple[Reason, ...]:
    """The reasons of one benefit for one row of its entity, in the order of the text.

    A condition is met, or not, when it is so whatever the answers that nobody gave; a figure that depends on them is not shown.
    """
    entity = entity_of(card.variable)
    return tuple(_reason(condition, entity, worlds, matter, row) for condition, matter in conditions(card, worlds, row))


def _reason(condition: ConditionCard, entity: str, worlds: Worlds, matter: Matter | None, row: int) -> Reason:
    met = holds(condition, matter, worlds, entity, row)
    figures = [each for each in (condition.observed, condition.threshold) if each and "." not in each]
    depends = met is not None and any(worlds.in_doubt(each, entity, row) for each in (condition.variable, *figures))
    if not depends or matter is None or worlds.columns is None:
        return _seen(condition, entity, worlds.base, row, met)
    members = worlds.base.situation.members(entity, row)
    first = int(worlds.rows(matter, entity, members[0])[0])
    reason = _seen(condition, entity, worlds.columns, first, met)
    same = all(worlds.agree(each, matter, person) for each in figures for person in members)
    return reason if same else replace(reason, observed=None, threshold=None, comparison=None, margin=None)


def _seen(condition: ConditionCard, entity: str, columns: Columns, row: int, holds: bool | None) -> Reason:
    situation = columns.situation
    observed, person = (None, None) if holds is None else _observed(condition, entity, columns, row)
    threshold = _threshold(condition, entity, columns, row)
    if condition.comparison == "at_least" and threshold == 0:
        observed = threshold = None  # at least nothing is asked of nobody
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


@cached(maxsize=1024)
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


@cached(maxsize=4096)
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
