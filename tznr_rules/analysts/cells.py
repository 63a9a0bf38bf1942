"""What the cells of a table say: nothing, a number, a day, a code."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

UNKNOWN = frozenset({"", "NA", "."})
ROW = "row"  # the name of the index that numbers rows as people count them in a file, from 1, the header left out
HOUSEHOLD = "id_menage"  # the column that tells households apart, when nothing says otherwise

SPACES = re.compile("[ \u00a0\u202f]")
NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")


@dataclass(frozen=True)
class Cells:
    """The cells of a column as plain Python objects, None where nothing is said.

    Of a column of texts, ``said`` is what there is to read, each text once, and ``places`` which of them each cell says. Of any other,
    where what is equal may not be the same (1, True), ``said`` is the cells.
    """

    said: Sequence[Any]
    places: NDArray[np.intp] | None = None

    @classmethod
    def of(cls, column: "pd.Series[Any]") -> "Cells":
        """The cells of a column of a table."""
        values = column.astype(object).to_numpy()
        if not _texts(values):
            values = values.copy()
            values[column.isna().to_numpy()] = None
            if not _texts(values):
                return cls(said(values.tolist()))
        places, texts = pd.factorize(values)
        return cls([*said(texts.tolist()), None], places)  # nothing has the place -1

    def each(self, read: Callable[[Any], Any]) -> "Cells":
        """What is read in each cell, None where nothing is said."""
        return Cells(each(read, self.said), self.places)

    def values(self) -> list[Any]:
        """One by one, in the order of the table."""
        if self.places is None:
            return list(self.said)
        found: list[Any] = np.fromiter(self.said, dtype=object, count=len(self.said))[self.places].tolist()
        return found


def known(column: "pd.Series[Any]") -> list[Any]:
    """The values of a column as plain Python objects; None where nothing is said.

    >>> known(pd.Series(["850", " ", "NA", ".", "0", None]))
    ['850', None, None, None, '0', None]
    """
    return Cells.of(column).values()


def said(values: Iterable[Any]) -> list[Any]:
    """The same, of values among which nothing is already None."""
    return [None if isinstance(value, str) and value.strip() in UNKNOWN else value for value in values]


def each(read: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """What is read in each cell, None where nothing is said: once for the cells that say the same.

    >>> each(number, ["1,5", None, "1,5"])
    [1.5, None, 1.5]
    """
    once = lru_cache(maxsize=None, typed=True)(read)
    try:
        return [None if value is None else once(value) for value in values]
    except TypeError:  # a cell that holds a list cannot be remembered
        return [None if value is None else read(value) for value in values]


def _texts(values: Iterable[Any]) -> bool:
    return {str, NoneType}.issuperset(map(type, values))


def number(value: Any) -> Any:
    """A number, also written with a decimal comma and spaces between thousands; any other text is left as it is.

    >>> number("1 234,50"), number("-3"), number("12 5"), number("850 €")
    (1234.5, -3.0, '12 5', '850 €')
    """
    if isinstance(value, str):
        text = value.strip()
        return float(SPACES.sub("", text).replace(",", ".")) if NUMBER.fullmatch(text) else value
    return float(value) if isinstance(value, Decimal) else value


def day(value: Any) -> Any:
    """A date, also written 12/05/1990 or 1990-05-12; what is not one is left as it is.

    >>> day("12/05/1990"), day("1990-05-12"), day("12/05/90")
    (datetime.date(1990, 5, 12), datetime.date(1990, 5, 12), '12/05/90')
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    text = value.strip()
    iso, french = ISO_DAY.fullmatch(text), FRENCH_DAY.fullmatch(text)
    parts = iso.groups() if iso else reversed(french.groups()) if french else None
    if parts is None:
        return value
    try:
        return datetime.date(*(int(part) for part in parts))
    except ValueError:
        return value


def code(value: Any) -> Any:
    """A code or a word as a text; a whole number is written without decimals, since statistical files hold codes as numbers.

    >>> code(35238.0), code(" 01001 "), code(2)
    ('35238', '01001', '2')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
