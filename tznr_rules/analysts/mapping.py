"""Which column of a table says which field of a household: a mapping in YAML, or the names of the columns themselves.

::

    shape: long                       # a row per person; wide: a row per household
    household: IDENT                  # the column that tells households apart
    person: NOIND                     # the column that names persons
    weight: POND
    stratum: STRATE
    columns:
      NAIS: date_naissance
      SAL3: {field: salaire_net, period: quarter}
      OCC: {field: activite, values: {1: actif, 2: chomeur, 9: null}}
      RSA_CT: {field: recus.rsa, multiply: 0.01}
    constants: {depcom: "35238"}
    keep: [QUARTIER]                  # columns of the analyst, for breakdowns
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import digits
from typing import Any, TextIO

from tznr_rules import reading
from tznr_rules.analysts import cells, fields
from tznr_rules.analysts.cells import HOUSEHOLD
from tznr_rules.analysts.fields import EVERYBODY, ROLE, SHAPES, Field, Shape
from tznr_rules.analysts.sample import STRATUM, WEIGHT
from tznr_rules.errors import Fault, HouseholdError, MappingError, Problem, nearest, shown

TOP = ("shape", "household", "person", "weight", "stratum", "columns", "constants", "keep")
OF_A_COLUMN = ("field", "period", "values", "multiply")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
WEIGHTS, STRATA = "poids", "strate"  # the columns of weights and strata when there is no mapping
EXAMPLE = "Write for example shape: long, household: id_menage, columns: {NAIS: date_naissance}."
BORN = ("date_naissance",)
ROLES = ("demandeur", "conjoint", "enfant", "autre", EVERYBODY)


@dataclass(frozen=True)
class Column:
    """A column of a table, the field that it gives, and how its cells are read: as ``values`` say, then times ``factor``."""

    name: str
    field: Field
    values: Mapping[str, Any] | None = None
    factor: float = 1.0


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of a table are. ``constants`` are values that hold for every household, or for everybody."""

    shape: Shape
    columns: tuple[Column, ...]
    household: str | None = HOUSEHOLD
    weight: str | None = None
    stratum: str | None = None
    constants: tuple[tuple[Field, Any], ...] = ()
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """What is undated comes before what is dated, so that a description is filled from the outside."""
        object.__setattr__(self, "columns", tuple(sorted(self.columns, key=lambda column: len(column.field.steps))))

    def roles(self) -> list[str]:
        """Whose fields there are, in the order of the persons of a household: demandeur, conjoint, children, others."""
        said = {column.field.whose for column in self.columns} - {""}
        return sorted(said, key=lambda role: (ROLES.index(role.rstrip(digits)), len(role), role))

    def check_table(self, names: Sequence[str]) -> None:
        """Check that a table has every column that is named here.

        Raises:
            MappingError: with every column that is missing.
        """
        told = {"household": self.household, "weight": self.weight, "stratum": self.stratum}
        wanted = [(key, name) for key, name in told.items() if name is not None and not (key == "household" and self._each_row())]
        wanted += [("columns", column.name) for column in self.columns] + [("keep", name) for name in self.keep]
        problems = [_missing(f"{key}.{name}", name, names) for key, name in wanted if name not in names]
        if problems:
            raise MappingError(problems)

    def _each_row(self) -> bool:
        return self.shape == "wide" and self.household == HOUSEHOLD


Source = str | Path | TextIO | Mapping[str, Any] | ColumnMapping


def read(source: Source) -> ColumnMapping:
    """The mapping that a YAML file, a stream or a document holds.

    Raises:
        MappingError: it cannot be read or has problems; the error holds them all.
    """
    if isinstance(source, ColumnMapping):
        return source
    try:
        document = source if isinstance(source, Mapping) else reading.read(source)
    except HouseholdError as error:
        raise MappingError([replace(problem, fix=_about_mappings(problem)) for problem in error.problems]) from None
    return _Reader(document).read()


def by_names(names: Sequence[str], weight: str | None = None, stratum: str | None = None) -> ColumnMapping:
    """The mapping of a table whose columns bear the names of the fields; wide if one is like ``demandeur_date_naissance``.

    Raises:
        MappingError: some columns are not fields; the error holds them all.
    """
    roles = (ROLE.fullmatch(name) for name in names)
    shape: Shape = "wide" if any(role and role[2] in BORN for role in roles) else "long"
    weight, stratum = weight or (WEIGHTS if WEIGHTS in names else None), stratum or (STRATA if STRATA in names else None)
    known: dict[str, Any] = {name: name for name in names if name not in (HOUSEHOLD, weight, stratum)}
    told = {"shape": shape, "household": HOUSEHOLD if shape == "long" or HOUSEHOLD in names else None, "columns": known}
    return _Reader({**told, "weight": weight, "stratum": stratum}, named=True).read()


def _about_mappings(problem: Problem) -> str:
    return EXAMPLE if problem.code in ("empty", "not_a_mapping") else problem.fix


def _missing(path: str, name: str, names: Sequence[str]) -> Problem:
    near = nearest(name, names)
    expected = "Every row says the id of its household." if path == f"household.{HOUSEHOLD}" else ""
    fix = "Add it to the table, or name another column under 'household' in a mapping." if expected else "Add it to the table."
    return Problem("missing_column", path, "the table has no such column", expected, f"Did you mean '{near}'?" if near else fix)


def _overlap(constant: Field, other: Field) -> bool:
    """Whether a constant and a column give the same fact, be it one with a period and the other without."""
    both = min(len(constant.steps), len(other.steps))
    same = constant.whose == other.whose or (constant.whose == EVERYBODY and other.whose != "")
    return same and constant.steps[:both] == other.steps[:both]


@dataclass
class _Reader:
    """The check of a mapping; ``named`` when it is made from the names of a table."""

    document: Mapping[str, Any]
    named: bool = False
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> ColumnMapping:
        for key in self.document:
            if key not in TOP:
                self._unknown(str(key), key, TOP)
        shape: Shape = self.document.get("shape") or "long"
        if shape not in SHAPES:
            self._add("unknown_value", "shape", f"{shown(shape)} is not a shape", "Accepted: long, wide.")
            raise MappingError(self.problems)
        names = {key: self._name(key) for key in ("household", "person", "weight", "stratum")}
        columns = list(self._columns(shape))
        if names["person"] is not None and shape == "wide":
            self._add("misplaced", "person", "a row of a wide table is a household", "Write demandeur_id, conjoint_id... under columns.")
        elif names["person"] is not None:
            columns.append(Column(names["person"], fields.field("id", shape)))
        constants = tuple(self._constants(shape))
        kept = self._kept()
        self._check_fields(columns, constants, shape)
        if self.problems:
            raise MappingError(self.problems if columns or not self.named else [self._no_header()])
        household = names["household"] or (None if self.named else HOUSEHOLD)
        return ColumnMapping(shape, tuple(columns), household, names["weight"], names["stratum"], constants, kept)

    def _columns(self, shape: Shape) -> Iterator[Column]:
        given = self.document.get("columns")
        if not isinstance(given, Mapping) or not given:
            self._add("missing", "columns", "no column is described", "Names of columns and their fields are expected.", EXAMPLE)
            return
        for name, said in given.items():
            path = str(name) if self.named else f"columns.{name}"
            told = said if isinstance(said, Mapping) else {"field": said}
            for key in told:
                if key not in OF_A_COLUMN:
                    self._unknown(f"{path}.{key}", key, OF_A_COLUMN)
            try:
                found = fields.field(str(told.get("field") or name), shape)
            except Fault as fault:
                self._add(fault.code, path, fault.given, fault.expected, fault.fix)
                continue
            yield Column(str(name), found, self._values(told.get("values"), found, path), self._factor(told, found, path))

    def _values(self, given: Any, found: Field, path: str) -> Mapping[str, Any] | None:
        if given is None:
            return None
        if not isinstance(given, Mapping) or not given:
            expected, fix = "What is in the cells, then what it means.", "Write for example values: {1: actif, 2: chomeur}."
            self._add("not_a_mapping", f"{path}.values", f"{shown(given)} is not a mapping", expected, fix)
            return None
        for key, value in given.items():
            try:
                fields.checked(found, value)
            except Fault as fault:
                self._add(fault.code, f"{path}.values.{key}", fault.given, fault.expected, fault.fix)
        return {cells.code(key): value for key, value in given.items()}

    def _factor(self, told: Mapping[str, Any], found: Field, path: str) -> float:
        """What an amount of the column is multiplied by: what the mapping says, and the months of the field for those of the column."""
        period, times = told.get("period"), told.get("multiply", 1.0)
        factor = 1.0
        if period is not None and period not in MONTHS:
            self._add("unknown_value", f"{path}.period", f"{shown(period)} is not a period", f"Accepted: {', '.join(MONTHS)}.")
        elif period is not None and found.months is None:
            self._add("wrong_period", f"{path}.period", "this field is not an amount of a month or a year", "", "Remove it.")
        elif period is not None:
            factor = (found.months or 1) / MONTHS[period]
        if isinstance(times, bool) or not isinstance(times, int | float) or not times:
            self._add("not_a_number", f"{path}.multiply", f"{shown(times)} is not a number other than 0", "", "Write for example 0.01.")
            return factor
        if "multiply" in told and found.kind not in ("number", "whole"):
            self._add("misplaced", f"{path}.multiply", "this field is not a number", "", "Remove it.")
        return factor * times

    def _constants(self, shape: Shape) -> Iterator[tuple[Field, Any]]:
        given = self.document.get("constants") or {}
        if not isinstance(given, Mapping):
            fix = 'Write for example constants: {depcom: "35238"}.'
            self._add("not_a_mapping", "constants", f"{shown(given)} is not a mapping", "", fix)
            return
        for name, value in given.items():
            try:
                found = fields.constant(str(name), shape)
                yield found, fields.checked(found, value)
            except Fault as fault:
                self._add(fault.code, f"constants.{name}", fault.given, fault.expected, fault.fix)

    def _kept(self) -> tuple[str, ...]:
        given = self.document.get("keep") or []
        if not isinstance(given, list | tuple):
            self._add("not_a_list", "keep", f"{shown(given)} is not a list", "Names of columns are expected.", f"Write [{shown(given)}].")
            return ()
        for name in given:
            if name in (WEIGHT, STRATUM):
                self._add("misplaced", f"keep.{name}", "this name is taken", "", "Rename the column.")
        return tuple(map(str, given))

    def _check_fields(self, columns: Sequence[Column], constants: Sequence[tuple[Field, Any]], shape: Shape) -> None:
        """Each field is given once, and every person has a date of birth."""
        met: dict[tuple[Any, ...], str] = {}
        places = [
            *((column.field, f"columns.{column.name}") for column in columns),
            *((found, f"constants.{found.path}") for found, _ in constants),
        ]
        for found, path in places:
            place = (found.whose, found.steps)
            if place in met:
                self._add("given_twice", path, f"this field is also given by {met[place]}", "", "Keep one of them.")
            met.setdefault(place, path)
        for constant, _ in constants:
            near = [column for column in columns if _overlap(constant, column.field) and column.field != constant]
            if near:
                self._add("given_twice", f"constants.{constant.path}", f"{near[0].name} gives it too", "", "Keep one of them.")
        if not any(problem.path.startswith("columns") or self.named for problem in self.problems):
            said = {found.whose for found, _ in places} - {""} | ({EVERYBODY} if shape == "long" else {"demandeur"})
            for role in sorted(said - {EVERYBODY} if shape == "wide" else said):
                if (role, BORN) not in met:
                    name = BORN[0] if role == EVERYBODY else f"{role}_{BORN[0]}"
                    self._add("missing", "columns", f"no column gives {name}", "Every person has a date of birth.", "Name its column.")

    def _no_header(self) -> Problem:
        """Said when no column is a field: the first line may then hold data, which are not shown."""
        given = "none of the names in the first line is a field of a household"
        expected = "Without a mapping, the columns bear the names of the fields."
        return Problem("no_header", "columns", given, expected, "Check that the first line holds names, or write a mapping.")

    def _name(self, key: str) -> str | None:
        given = self.document.get(key)
        if isinstance(given, Mapping | list):
            self._add("not_a_text", key, f"{shown(given)} is not the name of a column", "", f"Write for example {key}: {key.upper()}.")
            return None
        return None if given is None else str(given)

    def _unknown(self, path: str, key: Any, accepted: Sequence[str]) -> None:
        near = nearest(str(key), accepted)
        self._add("unknown_field", path, "unknown field", f"Accepted: {', '.join(accepted)}.", f"Did you mean '{near}'?" if near else "")

    def _add(self, code: str, path: str, given: str, expected: str = "", fix: str = "") -> None:
        self.problems.append(Problem(code, path, given, expected, fix))
