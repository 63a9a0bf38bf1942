"""Everything this library raises.

::

    TznrError (a ValueError)
    ├── HouseholdError        the description of a household is wrong: carries every Problem at once
    ├── BenefitUnknown        a benefit that is not in the catalogue was asked for
    ├── PeriodNotModelled     a month outside the law that is modelled
    └── LawError              a card, parameter or variable of ours is wrong: our fault, not the user's

The ``code`` of a problem is stable: other tools may rely on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


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


class BenefitUnknown(TznrError):  # noqa: N818  (the name is the one of the public contract)
    """A benefit that is not in the catalogue was asked for."""

    def __init__(self, name: str, suggestion: str | None = None) -> None:
        self.name, self.suggestion = name, suggestion
        hint = f" Did you mean '{suggestion}'?" if suggestion else ""
        super().__init__(f"benefits: '{name}' is not in the catalogue.{hint} 'tznr-rules benefits' lists every id.")


class PeriodNotModelled(TznrError):  # noqa: N818  (the name is the one of the public contract)
    """A month outside the law that is modelled was asked for."""


class LawError(TznrError):
    """A card, parameter or variable of ours is wrong."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one, if any does.

    >>> nearest("salarie_net", ["salaire_net", "loyer"])
    'salaire_net'
    """
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), None)
