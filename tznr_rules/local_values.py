"""The blanks that a commune fills: one YAML file gives the values of the law that no public source confirms.

::

    source: {title: "Règlement du CCAS du 1er juillet 2023", href: "https://..."}   # for the values that do not name theirs
    values:
      aides_locales.rennes_metropole.sortir.taux_aide.tranche_2:
        2025-04-01: 60
      aides_locales.rennes_metropole.tarification_solidaire.plafonds.tranche_2:
        2025-04-01: {value: 1050, title: "...", href: "https://..."}

Only a parameter marked unconfirmed, with or without a value, may be filled; a value that a text confirms is the law's, not the commune's.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter, ParameterAtInstant, ParameterNode
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tznr_rules.errors import HouseholdError, LocalValuesError, Problem, nearest, shown
from tznr_rules.reading import read
from tznr_rules.report import LocalValue

VARIABLE = "TZNR_RULES_LOCAL_VALUES"
TOP = ("source", "values")
LARGEST_PERCENT = 100
CORRECTIONS = "corrections"
SHAPE = "Write 'values': the parameter, then the date, then the value; and 'source': its title and href."


def load(path: Path, parameters: ParameterNode) -> tuple[LocalValue, ...]:
    """Read and check a file of local values.

    Raises:
        LocalValuesError: the file cannot be read or has problems; the error holds them all.
    """
    try:
        document = read(path)
    except HouseholdError as error:
        raise LocalValuesError([replace(problem, fix=SHAPE) if not problem.fix else problem for problem in error.problems]) from None
    problems: list[Problem] = []
    found = tuple(_read(document, parameters, problems))
    if problems:
        raise LocalValuesError(problems)
    return found


def apply(system: TaxBenefitSystem, values: tuple[LocalValue, ...]) -> None:
    """Write local values in the law of a system, each with its source."""
    for each in values:
        parameter = _find(each.parameter, system.parameters)
        dated = {value.instant_str: value for value in parameter.values_list}
        dated[each.since] = ParameterAtInstant(parameter.name, each.since, data={"value": each.value})
        parameter.values_list = [dated[instant] for instant in sorted(dated, reverse=True)]
        metadata = parameter.metadata
        metadata["reference"] = {**_by_date(metadata.get("reference")), each.since: [{"title": each.title, "href": each.href}]}
        metadata["confirmed"] = {**_by_date(metadata.get("confirmed", True)), each.since: True}
    system._parameters_at_instant_cache.clear()


def _read(document: Mapping[str, Any], parameters: ParameterNode, problems: list[Problem]) -> Iterator[LocalValue]:
    if not isinstance(document.get("values"), Mapping):
        problems.append(Problem("wrong_shape", "values", f"{shown(document.get('values'))} does not hold values", "", SHAPE))
        return
    for key in document:
        if key not in TOP:
            hint = nearest(str(key), TOP)
            fix = f"Did you mean '{hint}'?" if hint else ""
            problems.append(Problem("unknown_field", str(key), "unknown field", f"Accepted: {', '.join(TOP)}.", fix))
    source = document.get("source") or {}
    blanks = dict(_blanks(parameters))
    for name, series in document["values"].items():
        parameter = _find(str(name), parameters)
        if not isinstance(parameter, Parameter):
            hint = nearest(str(name), blanks)
            fix = f"Did you mean '{hint}'?" if hint else "'tznr-rules benefits --blanks' lists those that can be filled."
            problems.append(Problem("unknown_parameter", f"values.{name}", "is not a value of the law", "", fix))
        elif str(name) not in blanks:
            expected = "Only a value that is missing or marked unconfirmed can be filled."
            problems.append(Problem("confirmed_value", f"values.{name}", "has a confirmed source", expected, "Remove it."))
        elif not isinstance(series, Mapping) or not series:
            fix = f"Write {{2026-01-01: {series if isinstance(series, int | float) else '...'}}}."
            problems.append(Problem("not_dated", f"values.{name}", f"{shown(series)} has no date", "Each value has its date.", fix))
        else:
            yield from _values(str(name), parameter, series, source, problems)


def _values(name: str, parameter: Parameter, series: Mapping[Any, Any], source: Any, problems: list[Problem]) -> Iterator[LocalValue]:
    unit = parameter.metadata.get("unit")
    for since, given in series.items():
        place = f"values.{name}.{since}"
        entry = given if isinstance(given, Mapping) else {"value": given}
        cited = {**(source if isinstance(source, Mapping) else {}), **entry}
        found = [*_faults(since, entry.get("value"), unit), *_source_faults(cited)]
        problems.extend(Problem(code, place, said, expected, "") for code, said, expected in found)
        if not found:
            title, href = str(cited["title"]), str(cited["href"])
            yield LocalValue(name, str(parameter.description), str(since), float(entry["value"]), unit, title, href)


def _faults(since: Any, value: Any, unit: str | None) -> Iterator[tuple[str, str, str]]:
    if not isinstance(since, date):
        yield "wrong_date", f"{shown(since)} is not a date", "A date is written 2026-01-01."
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        yield "not_a_number", f"{shown(value)} is not a number", "A number is expected, without unit."
    elif value < 0:
        yield "negative", f"{shown(value)} is negative", "A number of 0 or more is expected."
    elif unit == "percent" and value > LARGEST_PERCENT:
        yield "out_of_range", f"{shown(value)} is too high", "A percentage from 0 to 100 is expected."


def _source_faults(cited: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not cited.get("title"):
        yield "no_title", "has no source", "'title' names the text that gives the value, here or under 'source'."
    if not str(cited.get("href", "")).startswith(("http://", "https://")):
        yield "no_link", "has no link", "'href' is the address of that text, here or under 'source'."


def blanks(parameters: ParameterNode) -> dict[str, Parameter]:
    """The parameters that a commune may fill, those marked unconfirmed at some date, by their path."""
    return dict(_blanks(parameters))


def _blanks(node: ParameterNode, path: str = "") -> Iterator[tuple[str, Parameter]]:
    for name, child in node.children.items():
        place = f"{path}.{name}" if path else name
        if place == CORRECTIONS:
            continue  # they lie over OpenFisca-France's own paths
        if isinstance(child, ParameterNode):
            yield from _blanks(child, place)
        elif isinstance(child, Parameter) and _doubtful(child):
            yield place, child


def _doubtful(parameter: Parameter) -> bool:
    said = parameter.metadata.get("confirmed", True)
    return False in said.values() if isinstance(said, dict) else said is False


def _find(path: str, node: ParameterNode) -> Any:
    found: Any = node
    for name in path.split("."):
        found = found.children.get(name) if isinstance(found, ParameterNode) else None
    return found


def _by_date(said: Any) -> dict[str, Any]:
    """What metadata say, by date; said once, it holds from the beginning."""
    if isinstance(said, dict) and "href" not in said:
        return {str(key): value for key, value in said.items()}
    return {} if said is None else {"1900-01-01": said}
