"""Instants and periods are tuples that never change: what is found from one is the same for ever."""

from functools import lru_cache
from typing import Any

import openfisca_core.periods as core_periods
from openfisca_core.periods import Instant, Period

MOST = 1 << 16
FOUND = ("stop", "last_month", "last_3_months", "last_year", "n_2", "this_year", "first_month", "first_day")


def patch() -> None:
    """Remember what is found from instants and periods."""
    Instant.offset = lru_cache(MOST)(Instant.offset)
    Period.offset = lru_cache(MOST)(Period.offset)
    Period.get_subperiods = _listed(lru_cache(MOST)(Period.get_subperiods))
    for name in FOUND:
        setattr(Period, name, property(lru_cache(MOST)(vars(Period)[name].fget)))
    core_periods.unit_weight = lru_cache(maxsize=16)(core_periods.unit_weight)
    build = core_periods.period

    def period(value: Any) -> Any:
        return value if type(value) is Period else build(value)

    core_periods.period = period


def _listed(subperiods: Any) -> Any:
    """A list of its own for each caller."""

    def listed(self: Period, unit: Any) -> list[Period]:
        return list(subperiods(self, unit))

    return listed
