"""A household asked about in another month, and the same household with a part of its life moved in time.

To move a part of a life by the months between two questions undoes what those months did to it: ages that do not grow, incomes that stay
in the same place of the reference period. What no longer changes then is what that part caused.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tznr_rules.facts import fact
from tznr_rules.household import Household, Person, TaxNotice
from tznr_rules.periods import Series, Value, later


@dataclass(frozen=True)
class Part:
    """A part of a life: the birth dates, what was told month by month, or the other dates; of one person, or of everybody (None)."""

    births: bool = False
    told: bool = False
    days: bool = False
    person: str | None = None


WHOLE_LIFE = Part(births=True, told=True, days=True)


def at(household: Household, month: str) -> Household:
    """The same household, asked about in another month."""
    return household.model_copy(update={"date": month})


def moved(household: Household, months: int, part: Part) -> Household:
    """A household of which a part of the life comes some months later; the month asked about stays.

    >>> lea = Household(date="2026-11", personnes=[{"date_naissance": "1990-05-31", "salaire_net": {"2026-10": 900}}])
    >>> one = moved(lea, 1, WHOLE_LIFE).personnes[0]
    >>> one.date_naissance.isoformat(), one.facts
    ('1990-06-30', {'salaire_net': {'2026-11': 900.0}})
    """
    move = _Move(months, int(household.date[:4]) - int(later(household.date, -months)[:4]), part)
    persons = tuple(move.person(person) if part.person in (None, person.id) else person for person in household.personnes)
    changes: dict[str, Any] = {"personnes": persons}
    if part.person in (None, household.personnes[0].id):
        changes |= {name: move.facts(getattr(household, name)) for name in ("logement", "famille", "foyer_fiscal")}
        changes |= {"recus": move.receipts(household.recus), "avis_imposition": move.notices(household.avis_imposition)}
    return household.model_copy(update=changes)


def varies(person: Person) -> bool:
    """Whether something of a person was told month by month, or year by year."""
    return bool(person.avis_imposition) or any(isinstance(series, dict) for series in (*person.facts.values(), *person.recus.values()))


def dated(person: Person) -> bool:
    """Whether a date other than that of birth is told of a person."""
    return any(_is_day(name) for name in person.facts)


@dataclass(frozen=True)
class _Move:
    months: int
    years: int
    part: Part

    def person(self, person: Person) -> Person:
        changes: dict[str, Any] = self.facts(person.facts)
        changes |= {"recus": self.receipts(person.recus), "avis_imposition": self.notices(person.avis_imposition)}
        if self.part.births:
            changes["date_naissance"] = _later_day(person.date_naissance, self.months)
        return person.model_copy(update=changes)

    def facts(self, facts: Mapping[str, Series]) -> dict[str, Series]:
        return {name: self._fact(name, series) for name, series in facts.items()}

    def receipts(self, receipts: Mapping[str, Series]) -> dict[str, Series]:
        return {name: self._series(series, yearly=False) for name, series in receipts.items()}

    def notices(self, notices: Mapping[int, TaxNotice]) -> dict[int, TaxNotice]:
        return {year + self.years * self.part.told: notice for year, notice in notices.items()}

    def _fact(self, name: str, series: Series) -> Series:
        if _is_day(name):
            return self._day(series) if self.part.days else series
        known = fact(name)
        return self._series(series, yearly=known is not None and known.period == "year")

    def _series(self, series: Series, *, yearly: bool) -> Series:
        if not self.part.told or not isinstance(series, dict):
            return series
        if yearly:
            return {f"{int(period[:4]) + self.years}{period[4:]}": value for period, value in series.items()}
        by_month: dict[str, Value] = {later(period, self.months): value for period, value in series.items() if len(period) > 4}
        for period, value in series.items():
            for number in range(1, 13) if len(period) == 4 else ():
                by_month.setdefault(later(f"{period}-{number:02d}", self.months), value)
        return by_month

    def _day(self, series: Series) -> Series:
        if isinstance(series, dict):
            return {period: _later_day(value, self.months) if isinstance(value, date) else value for period, value in series.items()}
        return _later_day(series, self.months) if isinstance(series, date) else series


def _is_day(name: str) -> bool:
    known = fact(name)
    return known is not None and known.kind == "day"


def _later_day(day: date, months: int) -> date:
    month = later(f"{day.year:04d}-{day.month:02d}", months)
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, min(day.day, monthrange(year, number)[1]))
