"""Another law to compare with: a reform of OpenFisca, or changed values of parameters in YAML.

::

    aides_locales.rennes_metropole.tarification_solidaire.plafonds.tranche_3:
      2026-01-01: 1400
    prestations_sociales.aides_logement.bareme[0].rate:     # a bracket of a scale, from 0
      2026-01-01: 0.3

From the date that is written, a value holds until the next date written here: later values of the law in force give way.
"""

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter, ParameterAtInstant, ParameterNode, ParameterScale
from openfisca_core.reforms import Reform as CoreReform

from tznr_rules import reading
from tznr_rules.errors import HouseholdError, Problem, ReformError, nearest, shown
from tznr_rules.reasons import leaves
from tznr_rules.system import in_force

BRACKET = re.compile(r"(\w+)\[(\d+)\]")
SHAPE = "Write the path of a parameter, then a date and a value: {aides_locales...tranche_3: {2026-01-01: 1400}}."
OWN = ("corrections",)  # lies over the paths of OpenFisca-France

Values = tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]


@dataclass(frozen=True)
class Reform:
    """A law that is not in force: ``kind``, a reform of OpenFisca, or ``values``, by path and date. ``name`` is how it is shown."""

    name: str
    kind: type[Any] | None = None
    values: Values = field(default=())

    def law(self) -> Any:
        """The law in force, so changed; built once."""
        return _built(self)

    def described(self) -> str:
        """In one line, what changes."""
        said = [f"{path} = {shown(value)} ({since})" for path, dated in self.values for since, value in dated]
        return " ; ".join(said) or self.name


def read(given: Any, month: str | None = None) -> Reform:
    """A reform: a class of OpenFisca, the path of a YAML file, or its content ``{path: {date: value}}``.

    Args:
        month: the month asked about; a value that begins later is a problem.

    Raises:
        ReformError: it cannot be read or has problems; the error holds them all.
    """
    if isinstance(given, Reform):
        return given
    if isinstance(given, type) and issubclass(given, CoreReform):
        return Reform(str(getattr(given, "name", None) or given.__name__), given)
    if not isinstance(given, str | Path | Mapping):
        raise ReformError([Problem("wrong_shape", "reform", f"a {type(given).__name__} is not a reform", "", SHAPE)])
    try:
        document = given if isinstance(given, Mapping) else reading.read(Path(given))
    except HouseholdError as error:
        about_shape = ("empty", "not_a_mapping")
        raise ReformError([replace(each, fix=SHAPE if each.code in about_shape else each.fix) for each in error.problems]) from None
    problems: list[Problem] = []
    found = tuple(_read(document, month, problems))
    if not document:
        problems.append(Problem("empty", "reform", "nothing is changed", "", SHAPE))
    if problems:
        raise ReformError(problems)
    return Reform("values" if isinstance(given, Mapping) else Path(given).name, None, found)


class _ChangedValues(CoreReform):  # type: ignore[misc]
    """The law in force with other values; its formulas are the same."""

    values_only = True

    def __init__(self, values: Values) -> None:
        self._values = values
        super().__init__(in_force())

    def apply(self) -> None:
        self.modify_parameters(self._changed)

    def _changed(self, parameters: ParameterNode) -> ParameterNode:
        for path, dated in self._values:
            parameter = find(path, parameters)
            first = dated[0][0]
            kept = [value for value in parameter.values_list if value.instant_str < first]
            plain = [(since, list(value) if isinstance(value, tuple) else value) for since, value in dated]
            new = [ParameterAtInstant(parameter.name, since, data={"value": value}) for since, value in plain]
            parameter.values_list = sorted([*kept, *new], key=lambda value: value.instant_str, reverse=True)
        return parameters


@lru_cache(maxsize=2)
def _built(reform: Reform) -> Any:
    return reform.kind(in_force()) if reform.kind is not None else _ChangedValues(reform.values)


def find(path: str, parameters: ParameterNode) -> Any:
    """The parameter at a path, a bracket being written ``scale[0].rate``; None if there is none."""
    found: Any = parameters
    for name in path.split("."):
        bracket = BRACKET.fullmatch(name)
        found = found.children.get(bracket[1] if bracket else name) if isinstance(found, ParameterNode) else None
        if bracket is not None:
            place = int(bracket[2])
            found = found.brackets[place] if isinstance(found, ParameterScale) and place < len(found.brackets) else None
    return found


def _read(document: Mapping[Any, Any], month: str | None, problems: list[Problem]) -> Iterator[tuple[str, tuple[tuple[str, Any], ...]]]:
    parameters = in_force().parameters
    for name, series in document.items():
        path = str(name)
        parameter = find(path, parameters)
        if path.split(".")[0] in OWN or not isinstance(parameter, Parameter):
            problems.append(_unknown(path, parameter, parameters))
        elif not isinstance(series, Mapping) or not series:
            fix = f"Write {{2026-01-01: {series if isinstance(series, int | float) else '...'}}}."
            problems.append(Problem("not_dated", path, f"{shown(series)} has no date", "Each value has its date.", fix))
        else:
            dated = [_value(path, parameter, since, value, month, problems) for since, value in series.items()]
            yield path, tuple(sorted((each for each in dated if each is not None), key=lambda each: each[0]))


def _value(path: str, parameter: Parameter, since: Any, value: Any, month: str | None, problems: list[Problem]) -> tuple[str, Any] | None:
    place, day = f"{path}.{since}", _day(since)
    known = [each.value for each in parameter.values_list if each.value is not None]
    before = len(problems)
    if day is None:
        problems.append(Problem("wrong_date", place, f"{shown(since)} is not a date", "A date is written 2026-01-01.", ""))
    elif month is not None and day[:7] > month:
        fix = f"Write a date up to {month}."
        problems.append(Problem("too_late", place, f"begins after {month}, the month asked about", "It would change nothing.", fix))
    expected = _expected(value, known[0] if known else 0.0)
    if expected:
        problems.append(Problem("wrong_value", place, f"{shown(value)} is not what this parameter holds", expected, ""))
    if day is None or len(problems) > before:
        return None
    return day, tuple(value) if isinstance(value, list) else value


def _expected(value: Any, known: Any) -> str:
    """What a parameter holds, if a value is not of that kind."""
    if isinstance(known, bool):
        return "" if isinstance(value, bool) else "true or false is expected."
    if isinstance(known, int | float):
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return "" if number else "A number is expected, without unit."
    if isinstance(known, list):
        return "" if isinstance(value, list) else "A list is expected."
    return "" if isinstance(value, type(known)) else "A text is expected."


def _day(given: Any) -> str | None:
    if isinstance(given, datetime.date):
        return given.isoformat()[:10]
    text = f"{given}-01" if re.fullmatch(r"\d{4}-\d\d", str(given)) else str(given)
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _unknown(path: str, found: Any, parameters: ParameterNode) -> Problem:
    if isinstance(found, ParameterScale):
        kinds = ", ".join(sorted(found.brackets[0].children))
        fix = f"It is a scale: write {path}[0].{kinds.split(', ')[0]} for its first bracket; accepted: {kinds}."
        return Problem("unknown_parameter", path, "is not a single value", "", fix)
    near = nearest(path, _paths())
    return Problem("unknown_parameter", path, "is not a value of the law", "", f"Did you mean '{near}'?" if near else SHAPE)


@lru_cache(maxsize=1)
def _paths() -> tuple[str, ...]:
    top = in_force().parameters.children
    return tuple(path for name, node in top.items() if name not in OWN for path, _ in leaves(name, node))
