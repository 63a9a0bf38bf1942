"""From a table to a sample of households, with every bad row in one table of problems."""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, repeat
from pathlib import Path
from string import digits
from typing import Any, Literal

import numpy as np
import pandas as pd

from tznr_rules import collecting, facts
from tznr_rules.analysts import cells, files
from tznr_rules.analysts.cells import ROW, Cells
from tznr_rules.analysts.fields import EVERYBODY
from tznr_rules.analysts.mapping import Column, ColumnMapping, Source, by_names
from tznr_rules.analysts.mapping import read as read_mapping
from tznr_rules.analysts.sample import STRATUM, WEIGHT, Sample
from tznr_rules.errors import Fault, HouseholdError, MappingError, Problem, SampleError, Steps
from tznr_rules.household import Household, parse

Errors = Literal["raise", "report"]
Document = dict[Any, Any]
Told = tuple[Column, list[Any]]  # a column, and what it tells in each row
Rows = tuple[int, int]  # the first row of a household and the one after its last, as positions in the table

PERSON = re.compile(r"personnes\[(\d+)\](?:\.(.*))?")
ONE_VALUE = "The rows of a household say the same, or nothing."


def households(
    people: pd.DataFrame,
    *,
    mapping: Source | None = None,
    date: str,
    weights: str | None = None,
    strata: str | None = None,
    errors: Errors = "raise",
) -> tuple[Sample, pd.DataFrame]:
    """The households that a table describes, and the problems of its rows.

    Args:
        people: a row per person, those of a household one after the other; or a row per household. Every row is used or is in the table
            of problems through its household.
        mapping: what the columns are: a YAML file, its content, or a mapping already read; default: the columns bear the names of fields.
        date: the month asked about, ``2026-11``.
        weights: the column that says how many households of the population each one stands for; default: the one of the mapping.
        strata: the column of the strata; default: the one of the mapping.
        errors: ``raise`` stops at the end of the table if any row is bad; ``report`` leaves out the households of bad rows, whole.

    Returns:
        The sample, and the table of problems: ``row`` (from 1, the header left out; the index of ``people`` if it is named ``row``),
        ``column``, ``code``, ``given``, ``expected``. The table holds what was given: it is for the analyst alone.

    Raises:
        HouseholdError: the month is not one.
        MappingError: the mapping has problems, or the table has not its columns.
        SampleError: rows have problems and ``errors`` is ``raise``.
    """
    if errors not in ("raise", "report"):
        raise ValueError(f"errors: {errors!r} is neither 'raise' nor 'report'")
    month = month_of(date)
    layout = layout_of([str(name) for name in people.columns], mapping, weights, strata)
    if layout.weight is None:
        warnings.warn("No column of weights: each household of the table counts for one household.", UserWarning, stacklevel=2)
    with collecting.paused():
        sample, problems = _Table(people, layout, month).read()
    if errors == "raise" and len(problems):
        raise SampleError(problems)
    return sample, problems


def read_households(
    path: str | Path,
    *,
    mapping: Source | None = None,
    date: str,
    weights: str | None = None,
    strata: str | None = None,
    errors: Errors = "raise",
    sheet: str | None = None,
    encoding: str | None = None,
    size: int = files.SIZE,
) -> Iterator[tuple[Sample, pd.DataFrame]]:
    """The same, of a file, chunk by chunk: only one chunk is in memory.

    Raises:
        FileError: the file cannot be read.
        HouseholdError, MappingError, SampleError: as :func:`households`; a household that comes back later in the file is always an error.
    """
    layout = None if mapping is None else read_mapping(mapping)
    household = layout.household if layout and layout.household else cells.HOUSEHOLD
    for frame in files.read(path, sheet=sheet, encoding=encoding, household=household, size=size):
        yield households(frame, mapping=layout, date=date, weights=weights, strata=strata, errors=errors)


def month_of(date: str) -> str:
    """A month, checked.

    Raises:
        HouseholdError: it is not one.
    """
    try:
        return facts.month(date)
    except Fault as fault:
        raise HouseholdError([Problem(fault.code, "date", fault.given, fault.expected, fault.fix)]) from None


def layout_of(
    names: Sequence[str],
    given: Source | None,
    weights: str | None = None,
    strata: str | None = None,
    keep: Sequence[str] = (),
    present: Sequence[str] | None = None,
) -> ColumnMapping:
    """What the columns of a table are.

    Args:
        names: the columns that bear the names of fields when there is no mapping.
        keep: columns kept beside the households, more than those of the mapping.
        present: every column of the table; default: ``names``.

    Raises:
        MappingError: the columns are not understood, or some are missing.
    """
    if len(set(names)) < len(names):
        raise MappingError([Problem("duplicate_key", "columns", "two columns have the same name", "", "Rename one of them.")])
    if given is None:
        layout = by_names(names, weights, strata)
    else:
        layout = read_mapping(given)
        layout = replace(layout, weight=weights or layout.weight, stratum=strata or layout.stratum)
    layout = replace(layout, keep=tuple(dict.fromkeys([*layout.keep, *keep])))
    layout.check_table(names if present is None else present)
    return layout


@dataclass
class _Table:
    """A table being read, column by column, then household by household."""

    people: pd.DataFrame
    layout: ColumnMapping
    month: str
    found: dict[tuple[int, str], tuple[str, Any, str]] = field(default_factory=dict)  # by position and column: code, given, expected

    def __post_init__(self) -> None:
        self.names = [str(name) for name in self.people.columns]
        self.wide = self.layout.shape == "wide"
        self.numbers = self.people.index.tolist() if self.people.index.name == ROW else range(1, len(self.people) + 1)
        self.columns: dict[str, Cells] = {}
        self.cells: dict[str, list[Any]] = {}  # one by one, of the columns that are looked at so
        self.following: list[tuple[int, int]] = []  # the rows that are not the first of their household, and which it is

    def read(self) -> tuple[Sample, pd.DataFrame]:
        """The sample, without the households that have a problem, and the table of problems."""
        ids, spans = self._spans()
        household_of = [position for position, (first, end) in enumerate(spans) for _ in range(first, end)]
        self.following = [(row, at) for at, (first, end) in enumerate(spans) for row in range(first + 1, end)]
        told = self._told(spans)
        weights = self._weights(spans)
        strata = self._agreed(self.layout.stratum, spans, required=True) if self.layout.stratum else None
        described = zip(self._described(told, spans), spans, strict=True)
        parsed = [self._parse(document, people, span) for (document, people), span in described]
        bad = {household_of[position] for position, _ in self.found}
        used = [at for at, household in enumerate(parsed) if household is not None and at not in bad]
        kept = tuple(household for at in used if (household := parsed[at]) is not None)
        about: dict[str, Any] = {WEIGHT: np.array([weights[at] for at in used], dtype=float)}
        if strata is not None:
            about[STRATUM] = _column([cells.code(strata[at]) for at in used])
        speakers = [self._row_of_demandeur(household, spans[at][0]) for household, at in zip(kept, used, strict=True)]
        about |= {name: _column([self._cells(name)[row] for row in speakers]) for name in self.layout.keep}
        index = pd.Index([ids[at] for at in used], name="household", dtype=object)
        return Sample(kept, pd.DataFrame(about, index=index)), self._problems()

    def _column_of(self, name: str) -> Cells:
        if name not in self.columns:
            self.columns[name] = Cells.of(self.people.iloc[:, self.names.index(name)])
        return self.columns[name]

    def _cells(self, name: str) -> list[Any]:
        """A column, None where nothing is known."""
        if name not in self.cells:
            self.cells[name] = self._column_of(name).values()
        return self.cells[name]

    def _note(self, position: int, column: str, code: str, expected: str) -> None:
        """Keep a problem; the first one of a cell says enough."""
        given = self._cells(column)[position] if column in self.names else None
        self.found.setdefault((position, column), (code, given, expected))

    def _spans(self) -> tuple[list[str], list[Rows]]:
        """The id of each household, and where its rows are."""
        name, size = self.layout.household, len(self.people)
        if name is None or name not in self.names:
            return [str(number) for number in self.numbers], [(row, row + 1) for row in range(size)]
        ids = self._column_of(name).each(cells.code).values()
        firsts = [row for row in range(size) if self.wide or not row or ids[row] is None or ids[row] != ids[row - 1]]
        met: dict[str, int] = {}
        for row in firsts:
            known = ids[row]
            if known is None:
                self._note(row, name, "missing", "Every row says the id of its household.")
            elif known in met:
                expected = "A household has one row." if self.wide else f"The rows of a household follow each other: sort them by {name}."
                self._note(row, name, "comes_back", expected)
                self._note(met[known], name, "comes_back", expected)
            else:
                met[known] = row
        return [str(ids[row]) for row in firsts], list(pairwise([*firsts, size])) if firsts else []

    def _told(self, spans: Sequence[Rows]) -> dict[str, list[Told]]:
        """What each column tells, by whose it is: of each household, or of the person of each row."""
        told: dict[str, list[Told]] = {whose: [] for whose in ("", *self.layout.roles())}
        for column in self.layout.columns:
            values = self._values(column)
            shared = not self.wide and not column.field.whose
            told[column.field.whose].append((column, self._one_of(values, column.name, spans) if shared else values))
        return told

    def _described(self, told: Mapping[str, list[Told]], spans: Sequence[Rows]) -> Iterator[tuple[Document, dict[str, Document]]]:
        """Each household as a description without its persons, and these by role or by row."""
        shared = [(found.steps, value) for found, value in self.layout.constants if not found.whose]
        of_persons = [(found, value) for found, value in self.layout.constants if found.whose]
        everywhere: list[tuple[Steps, Any]] = [(("date",), self.month), *shared]
        documents = self._filled(told[""], [first for first, _ in spans], everywhere)
        rows = {role: self._filled(told[role], range(len(self.people))) for role in self.layout.roles()}
        for document, (first, end) in zip(documents, spans, strict=True):
            if self.wide:
                said = {role: next(of) for role, of in rows.items()}
                people = {role: _with_role(role, each) for role, each in said.items() if each or role == "demandeur"}
            else:
                people = {str(row): next(rows[EVERYBODY]) for row in range(first, end)}
            for found, value in of_persons:
                for role, person in people.items():
                    if found.whose in (EVERYBODY, role):
                        _put(person, found.steps, value)
            yield document, people

    def _values(self, column: Column) -> list[Any]:
        """What the cells of a column give, as a description takes them."""
        given = self._column_of(column.name)
        if column.values is not None:
            accepted, codes = f"Accepted: {', '.join(column.values)}.", given.each(cells.code)
            for position, code in enumerate(codes.values()):
                if code is not None and code not in column.values:
                    self._note(position, column.name, "not_in_values", accepted)
            given = codes.each(column.values.get)
        values = given.each(column.field.read)
        if column.factor != 1:
            values = values.each(lambda value: value * column.factor if _is_number(value) else value)
        return values.values()

    def _filled(self, told: Sequence[Told], rows: Sequence[int], begun: Sequence[tuple[Steps, Any]] = ()) -> Iterator[Document]:
        """The descriptions that some columns make, each of a row; what is ``begun`` is in all of them."""
        names = [column.field.steps[0] for column, _ in told if len(column.field.steps) == 1]  # these columns come first
        deeper = [(column.field.steps[:-1], column.field.steps[-1], column.name) for column, _ in told[len(names) :]]
        said: Iterable[tuple[Any, ...]] = zip(*(values for _, values in told), strict=True) if told else repeat(())
        for row, values in zip(rows, said, strict=False):
            document: Document = {}
            for steps, value in begun:
                _put(document, steps, value)
            document |= {name: value for name, value in zip(names, values, strict=False) if value is not None}
            parts: dict[Steps, Document | None] = {}
            for (way, last, name), value in zip(deeper, values[len(names) :], strict=True):
                if value is None:
                    continue
                if way not in parts:
                    parts[way] = _opened(document, way)
                part = parts[way]
                if part is None:
                    self._note(row, name, "given_twice", "A fact is given with periods or without, not both.")
                else:
                    part[last] = value
            yield document

    def _one_of(self, values: list[Any], name: str, spans: Sequence[Rows]) -> list[Any]:
        """What the rows of each household say; None when none says anything, a problem when they differ."""
        agreed = [values[first] for first, _ in spans]
        for row, at in self.following:
            value = values[row]
            if value is not None and value != agreed[at]:
                if agreed[at] is None:
                    agreed[at] = value
                else:
                    self._note(row, name, "inconsistent", ONE_VALUE)
        return agreed

    def _agreed(self, name: str, spans: Sequence[Rows], *, required: bool) -> list[Any]:
        values = self._one_of(self._cells(name), name, spans)
        for (first, _), value in zip(spans, values, strict=True):
            if required and value is None:
                self._note(first, name, "missing", "Every household has one.")
        return values

    def _weights(self, spans: Sequence[Rows]) -> list[float]:
        name = self.layout.weight
        if name is None:
            return [1.0] * len(spans)
        weights = []
        for (first, _), weight in zip(spans, cells.each(cells.number, self._agreed(name, spans, required=True)), strict=True):
            known = _is_number(weight) and 0 <= weight < float("inf")
            if not known:
                self._note(first, name, "not_a_weight", "A number of 0 or more is expected.")
            weights.append(float(weight) if known else 0.0)
        return weights

    def _parse(self, document: Document, people: dict[str, Document], span: Rows) -> Household | None:
        try:
            return parse(document | {"personnes": list(people.values())})
        except HouseholdError as error:
            for problem in error.problems:
                position, column = self._place(problem.path, list(people), span)
                self._note(position, column, problem.code, " ".join(part for part in (problem.expected, problem.fix) if part))
            return None

    def _place(self, path: str, people: Sequence[str], span: Rows) -> tuple[int, str]:
        """The position of the row and the column that the path of a problem comes from."""
        person = PERSON.fullmatch(path)
        if person is None:
            column = self._column("", path)
            told = [row for row in range(*span) if column in self.names and self._cells(column)[row] is not None]
            return (told or [span[0]])[0], column
        role = people[int(person[1])]
        return (span[0], self._column(role, person[2] or "")) if self.wide else (int(role), self._column(EVERYBODY, person[2] or ""))

    def _column(self, whose: str, path: str) -> str:
        """The column that gives a path, one of its parts, or the whole of which it is a part; else the name that it would bear."""
        if path == "personnes":
            whose, path = ("demandeur" if self.wide else EVERYBODY), "lien"
        here = {column.field.path: column.name for column in self.layout.columns if column.field.whose == whose}
        if path in here:
            return here[path]
        within = [name for known, name in here.items() if known.startswith(f"{path}.")]
        around = [name for known, name in here.items() if path.startswith(f"{known}.")]
        prefix = "" if whose in ("", EVERYBODY) else f"{whose}_"
        return (within + around + [f"{prefix}{path}"])[0]

    def _row_of_demandeur(self, household: Household, first: int) -> int:
        """The position of the row that speaks for a household."""
        if self.wide:
            return first
        return first + next(at for at, person in enumerate(household.personnes) if person.lien == "demandeur")

    def _problems(self) -> pd.DataFrame:
        rank = {name: at for at, name in enumerate(self.names)}
        ordered = sorted(self.found.items(), key=lambda found: (found[0][0], rank.get(found[0][1], len(rank)), found[0][1]))
        return files.problem_table((self.numbers[row], column, *told) for (row, column), told in ordered)


def _column(values: list[Any]) -> Any:
    """Values as an array; those of a column that is not known everywhere stay as they are, so that a code 3 does not become 3.0."""
    return np.array([*values, None], dtype=object)[:-1] if None in values else pd.Series(values, dtype=object).infer_objects().to_numpy()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with_role(role: str, said: Document) -> Document:
    """What is said of a person in a wide table, which tells who they are by the names of its columns."""
    return {"id": role, "lien": role.rstrip(digits), **said}


def _put(document: Document, steps: Steps, value: Any) -> None:
    part = _opened(document, steps[:-1])
    if part is not None:
        part[steps[-1]] = value


def _opened(document: Document, way: Steps) -> Document | None:
    """The part of a description where some steps lead, made if need be; None if something else is already there."""
    for step in way:
        document = document.setdefault(step, {})
        if not isinstance(document, dict):
            return None
    return document
