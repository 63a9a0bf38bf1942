"""The fields of a household as columns of a table name them: ``loyer``, ``recus.rsa``, ``salaire_net.2026-09``, ``enfant1_activite``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from tznr_rules import facts
from tznr_rules.analysts import cells
from tznr_rules.description import LIENS, MEANT, NOTICE, OF_A_PERSON, SECTIONS
from tznr_rules.errors import Fault, Steps, nearest, path_of
from tznr_rules.facts import YEARLY_FIGURES, Fact
from tznr_rules.household import declared

Shape = Literal["long", "wide"]
SHAPES: tuple[Shape, ...] = ("long", "wide")
EVERYBODY = "personne"  # whose field it is in a long table: the person of the row
ROLE = re.compile(r"(demandeur|conjoint|enfant[1-9]\d*|autre[1-9]\d*)_(.+)")
PLACES = ("depcom", "iris", "quartier")
SECTION_OF = {entity: section for section, entity in SECTIONS.items()}
SHOWN_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Field:
    """Where a value goes in the description of a household, and what it is.

    ``whose`` is empty for the household, ``personne`` for the person of a row, or the role of a person in a wide table. ``steps`` lead to
    the value in the description of the household or of that person. ``months`` is how many months one amount covers there; None when the
    value is not an amount of a month or of a year.
    """

    whose: str
    steps: Steps
    kind: str
    months: int | None = None
    fact: Fact | None = None

    @property
    def path(self) -> str:
        """The steps as problems write them."""
        return path_of(self.steps)

    def read(self, value: Any) -> Any:
        """What a cell gives, as a description of a household takes it; what cannot be read is left as it is."""
        return READERS[self.kind](value)


def _yes_no(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _place(value: Any) -> Any:
    """A code that statistical files may hold as a number; one that has lost its first zero stays a number, which is told as such."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("number", "whole"), cells.number),
    **dict.fromkeys(("yes_no", "right"), _yes_no),
    **dict.fromkeys(("text", "choice", "label"), cells.code),
    "day": cells.day,
    "place": _place,
}


@lru_cache(maxsize=4096)
def field(name: str, shape: Shape) -> Field:
    """The field that a name stands for.

    Raises:
        Fault: there is no such field, or it needs to say whose it is.

    >>> field("salaire_net.2026-09", "long").steps, field("enfant2_date_naissance", "wide").whose
    (('salaire_net', '2026-09'), 'enfant2')
    """
    role = ROLE.fullmatch(name) if shape == "wide" else None
    if role:
        found = _of_a_person(role[2], role[1])
        if found.steps == ("lien",):
            raise Fault("misplaced", "the role is in the name", "", "Remove it: the name of a column of a wide table says the lien.")
        return found
    if shape == "long" and name.startswith(f"{EVERYBODY}."):
        return _of_a_person(name.removeprefix(f"{EVERYBODY}."), EVERYBODY)
    shared = _of_a_household(name)
    if shared is not None:
        return shared
    found = _of_a_person(name, EVERYBODY)
    if shape == "wide":
        fix = f"Write demandeur_{name}, conjoint_{name}, enfant1_{name} or autre1_{name}."
        raise Fault("whose", "this is a fact of a person", "The name of a column of a wide table says whose it is.", fix)
    return found


def constant(name: str, shape: Shape) -> Field:
    """The same, for a value that holds for the whole table: a fact of a person, without a role, is one of everybody.

    Raises:
        Fault: there is no such field.
    """
    return field(name, "wide" if shape == "wide" and ROLE.fullmatch(name) else "long")


def checked(found: Field, value: Any) -> Any:
    """A value that a mapping gives, checked.

    Raises:
        Fault: the field does not take it.
    """
    if found.steps == ("lien",):
        return facts.choice(value, LIENS)
    if found.fact is not None and value is not None:
        found.fact.check(found.read(value))
    return value


def _of_a_household(name: str) -> Field | None:
    """The field of a household that a name stands for; None if it is one of a person, or none at all."""
    first, *rest = name.split(".")
    if first in PLACES and not rest:
        return Field("", (first,), "place" if first != "quartier" else "text")
    if first == "date":
        raise Fault("misplaced", "the month is not a column", "", "Give it as the argument 'date', and name this column under 'keep'.")
    if first == "avis_imposition":
        return _notice(rest, "")
    if first == "recus":
        received = _received(rest, "")
        return received if received.fact is None or received.fact.entity != "individu" else None
    if first in SECTIONS and rest:
        known = facts.fact(rest[0])
        if known is None or known.entity != SECTIONS[first]:
            raise _unknown(name)
        return _fact(known, "", (first, rest[0]), rest[1:])
    known = facts.fact(first)
    if known is None or known.entity == "individu":
        return None
    return _fact(known, "", (SECTION_OF[known.entity], first), rest)


def _of_a_person(name: str, whose: str) -> Field:
    first, *rest = name.split(".")
    if first == "avis_imposition":
        return _notice(rest, whose)
    if first == "recus":
        return _received(rest, whose)
    if first in OF_A_PERSON and not rest:
        return Field(whose, (first,), "day" if first == "date_naissance" else "label")
    known = facts.fact(first)
    if known is None or known.entity != "individu":
        raise _unknown(name)
    return _fact(known, whose, (first,), rest)


def _fact(known: Fact, whose: str, steps: Steps, rest: list[str]) -> Field:
    if len(rest) > 1:
        raise _unknown(".".join(map(str, (*steps, *rest))))
    months = (1 if known.spread else 12 if known.period == "year" or known.name in YEARLY_FIGURES else None) if _counts(known) else None
    found = Field(whose, steps, known.kind, months, known)
    if not rest:
        return found
    period = facts.period(rest[0])
    if known.period == "eternity" or (known.period == "year" and len(period) > 4):
        raise Fault("wrong_period", "this fact is not known by the month", "", f"Write {steps[-1]}{'.' + period[:4] if rest else ''}.")
    return replace(found, steps=(*steps, period), months=12 if months and len(period) == 4 else months)


def _counts(known: Fact) -> bool:
    return known.kind in ("number", "whole")


def _received(rest: list[str], whose: str) -> Field:
    known = facts.benefit(rest[0]) if rest else None
    if known is None:
        near = facts.likely_benefit(rest[0]) if rest else None
        fix = f"Did you mean 'recus.{near}'?" if near else "Write for example recus.rsa; 'tznr-rules benefits' lists every id."
        raise Fault("unknown_benefit", "unknown benefit", "", fix)
    return _fact(known, whose, ("recus", rest[0]), rest[1:])


def _notice(rest: list[str], whose: str) -> Field:
    if len(rest) != 2 or rest[1] not in NOTICE or not re.fullmatch(r"(19|20)\d\d", rest[0]):
        expected = f"A tax notice gives {', '.join(NOTICE)} by year of income."
        raise Fault("unknown_field", "unknown field", expected, "Write for example avis_imposition.2024.rfr.")
    return Field(whose, ("avis_imposition", int(rest[0]), rest[1]), "number", None if rest[1] == "nbptr" else 12)


def _unknown(name: str) -> Fault:
    """A name that is no field, with the nearest one."""
    first, *rest = name.split(".")
    names = [*OF_A_PERSON, *PLACES, *SECTIONS, *(each for of in declared().values() for each in of)]
    meant = MEANT.get(first) if MEANT.get(first) in names else None
    near = (meant or nearest(first, names) or facts.alike(first)) if SHOWN_NAME.fullmatch(first) else None
    fix = f"Did you mean '{'.'.join([near, *rest])}'?" if near else "Write the name of a field, or of an OpenFisca-France variable."
    return Fault("unknown_field", "unknown field", "", fix)
