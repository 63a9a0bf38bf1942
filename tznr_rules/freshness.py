"""The values of the law that look out of date: older than thirteen months although the law revises them every year."""

from dataclasses import dataclass
from datetime import date

from openfisca_core.parameters import Parameter, ParameterScale

from tznr_rules.catalogue import Card
from tznr_rules.reasons import leaves, parameter

MONTHS_OF_A_FRESH_VALUE = 13
YEARS_LOOKED_AT, CHANGES_OF_A_YEARLY_VALUE = 5, 3


@dataclass(frozen=True, slots=True)
class StaleValue:
    """A value that the law has probably revised since: where it is, what it is, since when, and the benefits that cite it."""

    parameter: str
    description: str
    since: str
    benefits: tuple[str, ...]


def stale_values(cards: list[Card], on: date) -> list[StaleValue]:
    """The values cited by these cards, in force on a day, revised yearly and older than thirteen months, the oldest first.

    A value is revised yearly when its metadata say ``revised: yearly``, or when it changed in at least three of the five years before its
    last change, itself less than five years old. ``last_value_still_valid_on`` (OpenFisca-France) and ``checked_on`` (ours) say that it was
    seen to be still in force.
    """
    citing: dict[str, list[str]] = {}
    for card in cards:
        for path in card.cited():
            citing.setdefault(path, []).append(card.id)
    found: dict[str, StaleValue] = {}
    for path, benefits in citing.items():
        for place, leaf in leaves(path, parameter(path)):
            changes = _changes(leaf, on)
            if changes and _revised_yearly(leaf, changes, on) and _months_between(_seen(leaf, changes[-1]), on) > MONTHS_OF_A_FRESH_VALUE:
                known = found[place].benefits if place in found else ()
                described = str(leaf.description or leaf.metadata.get("short_label") or place.rpartition(".")[2])
                found[place] = StaleValue(place, described, changes[-1].isoformat(), tuple(dict.fromkeys((*known, *benefits))))
    return sorted(found.values(), key=lambda each: (each.since, each.parameter))


def _changes(leaf: Parameter | ParameterScale, on: date) -> list[date]:
    """The days on which a value, or any of the brackets of a scale, changed, up to a day."""
    if isinstance(leaf, ParameterScale):
        values = [value for bracket in leaf.brackets for child in bracket.children.values() for value in child.values_list]
    else:
        values = leaf.values_list
    days = {date.fromisoformat(value.instant_str) for value in values if value.value is not None}
    return sorted(day for day in days if day <= on)


def _revised_yearly(leaf: Parameter | ParameterScale, changes: list[date], on: date) -> bool:
    said = leaf.metadata.get("revised")
    if said is not None:
        return bool(said == "yearly")
    last = changes[-1].year
    years = {day.year for day in changes if last - YEARS_LOOKED_AT < day.year <= last}
    return last > on.year - YEARS_LOOKED_AT and len(years) >= CHANGES_OF_A_YEARLY_VALUE


def _seen(leaf: Parameter | ParameterScale, last_change: date) -> date:
    """The last day on which a value is known to have been in force."""
    said = [str(leaf.metadata[name]) for name in ("last_value_still_valid_on", "checked_on") if leaf.metadata.get(name)]
    return max([last_change, *(date.fromisoformat(text) for text in said if len(text) == len("2026-11-01"))])


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
