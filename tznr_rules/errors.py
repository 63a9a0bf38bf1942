"""Everything this library raises.

::

    TznrError (a ValueError)
    ├── HouseholdError        the description of a household is wrong: carries every Problem at once
    ├── LocalValuesError      the file of an installation's own values is wrong: carries every Problem at once
    ├── FileError             a file of a table cannot be read or written, or what reads it is not installed
    ├── MappingError          the mapping of the columns of a table is wrong: carries every Problem at once
    ├── ReformError           a reform to compare with is wrong: carries every Problem at once
    ├── SampleError           rows of a table are wrong: carries the table of every problem, and shows no value
    ├── BenefitUnknown        a benefit that is not in the catalogue was asked for
    ├── VoiceUnknown          a language, or a style of a language, in which nothing is written
    ├── PeriodNotModelled     a month outside the law that is modelled
    └── LawError              a card, parameter or variable of ours is wrong: our fault, not the user's

The ``code`` of a problem is stable: other tools may rely on it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from reprlib import Repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

Step = Any  # a key of a mapping (a name, a year, a date) or a position in a list
Steps = tuple[Step, ...]


class TznrError(ValueError):
    """The root of every error of this library."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in an input: a stable code, where, what was seen, what is accepted, and how to mend it."""

    code: str
    path: str
    given: str
    expected: str
    fix: str

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.path}: {self.given}.", self.expected, self.fix) if part)


class HouseholdError(TznrError):
    """The description of a household has problems; ``problems`` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        title = f"The household has {count} problem{'s' if count > 1 else ''}:"
        super().__init__("\n".join([title, *(f"  {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[type["HouseholdError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class LocalValuesError(TznrError):
    """The file of an installation's own values has problems; ``problems`` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        title = f"The file of local values has {count} problem{'s' if count > 1 else ''}:"
        super().__init__("\n".join([title, *(f"  {problem}" for problem in self.problems)]))


class FileError(TznrError):
    """A file of a table cannot be read or written, or what reads it is not installed."""


class MappingError(TznrError):
    """The mapping of the columns of a table has problems; ``problems`` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        title = f"The columns of the table have {count} problem{'s' if count > 1 else ''}:"
        super().__init__("\n".join([title, *(f"  {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[type["MappingError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class ReformError(TznrError):
    """A reform to compare with has problems; ``problems`` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        title = f"The reform has {count} problem{'s' if count > 1 else ''}:"
        super().__init__("\n".join([title, *(f"  {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[type["ReformError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class SampleError(TznrError):
    """Rows of a table have problems; ``problems`` is the table of them: row, column, code, given, expected.

    The message says where they are, never what was given, so that it can be logged. The table is for the analyst alone.
    """

    def __init__(self, problems: "DataFrame") -> None:
        self.problems = problems
        count, rows = len(problems), problems["row"].nunique()
        lines = [f"The table has {count} problem{'s' if count > 1 else ''} in {rows} row{'s' if rows > 1 else ''}:"]
        for row, column, code in problems[["row", "column", "code"]].head(MOST_LINES).itertuples(index=False):
            lines.append(f"  row {row}, {column}: {code}" if column else f"  row {row}: {code}")
        if count > MOST_LINES:
            lines.append(f"  and {count - MOST_LINES} more")
        super().__init__("\n".join([*lines, "error.problems is the table of them, with what was given and what is expected."]))

    def __reduce__(self) -> tuple[type["SampleError"], tuple["DataFrame"]]:
        return type(self), (self.problems,)


class Fault(ValueError):  # noqa: N818  (never reaches the user: it becomes a Problem)
    """What is wrong with one value, before its place is known."""

    def __init__(self, code: str, given: str, expected: str = "", fix: str = "") -> None:
        self.code, self.given, self.expected, self.fix = code, given, expected, fix
        super().__init__(given)


class Problems:
    """The problems met while reading a document, to be raised all at once in the order of the document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._found: list[tuple[Steps, Problem]] = []

    def add(self, steps: Steps, code: str, given: str, expected: str = "", fix: str = "") -> None:
        """Note one problem at a place, given as the steps that lead to it: ``("personnes", 1, "salaire_net")``."""
        self._found.append((steps, Problem(code, path_of(steps), given, expected, fix)))

    def note(self, steps: Steps, fault: Fault) -> None:
        """Note the fault of a value at its place."""
        self.add(steps, fault.code, fault.given, fault.expected, fault.fix)

    def raise_if_any(self) -> None:
        """Raise them all.

        Raises:
            HouseholdError: at least one problem was noted.
        """
        if self._found:
            raise HouseholdError([problem for _, problem in sorted(self._found, key=lambda found: self._position(found[0]))])

    def _position(self, steps: Steps) -> list[int]:
        """Where a place stands in the document; what is missing stands at the head of what should hold it."""
        place, position = self._document, []
        for step in steps:
            if isinstance(place, Mapping) and step in place:
                position.append(list(place).index(step))
                place = place[step]
            elif isinstance(place, list | tuple) and isinstance(step, int) and step < len(place):
                position.append(step)
                place = place[step]
            else:
                return [*position, -1]
        return position


class BenefitUnknown(TznrError):  # noqa: N818  (the name is the one of the public contract)
    """A benefit that is not in the catalogue was asked for."""

    def __init__(self, name: str, suggestion: str | None = None) -> None:
        self.name, self.suggestion = name, suggestion
        hint = f" Did you mean '{suggestion}'?" if suggestion else ""
        super().__init__(f"benefits: '{name}' is not in the catalogue.{hint} 'tznr-rules benefits' lists every id.")


class ReportWithoutHousehold(TznrError):  # noqa: N818  (named like BenefitUnknown)
    """A report that was read or made without its household was asked about it."""


class VoiceUnknown(TznrError):  # noqa: N818  (named like BenefitUnknown)
    """A language, or a style of a language, in which nothing is written."""


class PeriodNotModelled(TznrError):  # noqa: N818  (the name is the one of the public contract)
    """A month outside the law that is modelled was asked for."""


class LawError(TznrError):
    """A card, parameter or variable of ours is wrong."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one, if any does.

    >>> nearest("salarie_net", ["salaire_net", "loyer"])
    'salaire_net'
    """
    return next(iter(get_close_matches(name[:LONGEST], list(known), n=1, cutoff=0.6)), None)


LONGEST = 80
MOST_LINES = 20
PLAIN = re.compile(r"[\w:/-]+")


def path_of(steps: Steps) -> str:
    """A place as people write it.

    >>> path_of(("personnes", 1, "salaire_net", "2026-08")), path_of(("avis_imposition", 2024, "rfr"))
    ('personnes[1].salaire_net.2026-08', 'avis_imposition.2024.rfr')
    """
    path = ""
    for before, step in zip(("", *steps), steps, strict=False):
        if before == "personnes" and isinstance(step, int):
            path += f"[{step}]"
            continue
        name = step if isinstance(step, str) else shown(step)
        path += ("." if path else "") + (name if len(name) <= LONGEST and PLAIN.fullmatch(name) else shown(step))
    return path or "household"


def shown(value: Any) -> str:
    """A value as a message shows it, shortened.

    >>> shown("850 €"), shown(True), shown(date(2026, 11, 1)), shown({})
    ("'850 €'", 'true', '2026-11-01', 'an empty mapping')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping | list | tuple) and not value:
        return f"an empty {'mapping' if isinstance(value, Mapping) else 'list'}"
    short = Repr()
    short.maxlevel, short.maxdict, short.maxlist, short.maxtuple, short.maxset = 2, 3, 3, 3, 3
    short.maxlong, short.maxstring, short.maxother = 20, LONGEST, LONGEST
    try:
        return short.repr(value)
    except ValueError:  # Python refuses to print a number of thousands of digits
        return "a huge number"
