"""Months and years a household may speak of, and the value that an income has in each of them."""

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

Value = bool | int | float | str | datetime.date
Series = Value | dict[str, Value]

YEARS_BEFORE = 3


@lru_cache(maxsize=64)
def months(month: str) -> tuple[str, ...]:
    """Every month that a rule asked in ``month`` may look at: from January three years before to December of the year.

    >>> months("2026-11")[0], months("2026-11")[-1], len(months("2026-11"))
    ('2023-01', '2026-12', 48)
    """
    return tuple(each for year in years(month) for each in months_of(year))


@lru_cache(maxsize=64)
def years(month: str) -> tuple[str, ...]:
    """Every year that a rule asked in ``month`` may look at.

    >>> years("2026-11")
    ('2023', '2024', '2025', '2026')
    """
    return tuple(str(year) for year in range(int(month[:4]) - YEARS_BEFORE, int(month[:4]) + 1))


@lru_cache(maxsize=256)
def months_of(year: str) -> tuple[str, ...]:
    """The twelve months of a year.

    >>> months_of("2026")[0], months_of("2026")[-1]
    ('2026-01', '2026-12')
    """
    return tuple(f"{year}-{number:02d}" for number in range(1, 13))


def before(month: str, count: int) -> tuple[str, ...]:
    """The last months before one, oldest first.

    >>> before("2026-02", 3)
    ('2025-11', '2025-12', '2026-01')
    """
    last = int(month[:4]) * 12 + int(month[5:7]) - 1
    return tuple(f"{each // 12}-{each % 12 + 1:02d}" for each in range(last - count, last))


def later(month: str, count: int) -> str:
    """The month that comes some months after one.

    >>> later("2026-11", 3), later("2026-01", -1)
    ('2027-02', '2025-12')
    """
    number = _rank(month) - 1 + count
    return f"{number // 12}-{number % 12 + 1:02d}"


def between(first: str, last: str) -> int:
    """How many months there are from one month to another.

    >>> between("2026-11", "2027-02")
    3
    """
    return _rank(last) - _rank(first)


def spread(series: Series | None, wanted: Sequence[str]) -> list[Any]:
    """The value of a series at each wanted period: a scalar everywhere; one not given takes the nearest given, the earlier if tied.

    A year given stands for each of its months.

    >>> spread({"2026-02": 10, "2026-05": 40}, ["2026-01", "2026-03", "2026-04", "2026-12"])
    [10, 10, 40, 40]
    >>> spread(None, ["2026-01"])
    [None]
    """
    if not isinstance(series, dict):
        return [series] * len(wanted)
    if not series:
        return [None] * len(wanted)
    return [series[period] for period in _sources(tuple(series), tuple(wanted))]


@lru_cache(maxsize=4096)
def _sources(given: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The period given that says the value of each wanted one."""
    source = {_rank(period): period for period in given if len(period) == 7}
    for period in given:
        if len(period) == 4:
            for each in months_of(period):
                source.setdefault(_rank(each), period)
    ranks = sorted(source)
    return tuple(source[_nearest(ranks, _rank(period))] for period in wanted)


def _nearest(ranks: Sequence[int], rank: int) -> int:
    """The nearest of some sorted ranks, the earlier if tied."""
    after = bisect_left(ranks, rank)
    if after == 0 or after == len(ranks):
        return ranks[after - (after == len(ranks))]
    return ranks[after] if ranks[after] - rank < rank - ranks[after - 1] else ranks[after - 1]


def explicit(series: Series | None, period: str) -> bool:
    """Whether a series says the value of a period itself, not through its neighbours."""
    return series is not None and (not isinstance(series, dict) or period in series or period[:4] in series)


def at_month(series: Series | None, month: str) -> Any:
    """The value of a series in one month."""
    return spread(series, (month,))[0] if isinstance(series, dict) else series


@lru_cache(maxsize=4096)
def _rank(period: str) -> int:
    return int(period[:4]) * 12 + (int(period[5:7]) if len(period) == 7 else 6)
