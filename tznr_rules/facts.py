"""Which facts OpenFisca knows, where each of them belongs, and how a value is checked and written."""

import datetime
import math
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from tznr_rules.errors import Fault, Problems, Steps, nearest, shown
from tznr_rules.periods import Series, Value

Kind = Literal["number", "whole", "yes_no", "right", "text", "choice", "day"]
Period = Literal["month", "year", "eternity"]

PLACES = {"individu": "personnes[]", "famille": "famille", "foyer_fiscal": "foyer_fiscal", "menage": "logement"}
WHOSE = {"individu": "a person", "famille": "the family", "foyer_fiscal": "the tax household", "menage": "the dwelling"}

LARGEST = 1e9
LARGEST_MONTHLY = 100_000
SPREAD_OVER_THE_YEAR = "set_input_divide_by_period"
YEARLY_FIGURES = ("bourse_criteres_sociaux_base_ressources_parentale",)  # the amount of a year, held by a variable of the month
SIGNED = ("rpns_",)
NEVER_NEGATIVE = ("salaire_", "chomage_", "retraite_", "pensions_")
RANGES: dict[str, tuple[float | None, float | None]] = {"aeeh_niveau_handicap": (0, 6), "bourse_criteres_sociaux_echelon": (-1, 7)}
WORDS = {
    **dict.fromkeys(("salarie", "salariee", "employe", "employee", "en_emploi", "independant", "auto_entrepreneur"), "actif"),
    **dict.fromkeys(("sans_emploi", "demandeur_d_emploi", "au_chomage"), "chomeur"),
    **dict.fromkeys(("au_foyer", "sans_activite", "sans_profession", "invalide"), "inactif"),
    **dict.fromkeys(("sdf", "sans_abri", "a_la_rue", "sans_logement"), "sans_domicile"),
    **dict.fromkeys(("hlm", "logement_social"), "locataire_hlm"),
    **dict.fromkeys(("heberge", "hebergee"), "loge_gratuitement"),
    **dict.fromkeys(("mari", "femme", "epoux", "epouse", "compagnon", "compagne", "concubin", "concubine", "partenaire"), "conjoint"),
    **dict.fromkeys(("fils", "fille", "bebe", "child"), "enfant"),
    **dict.fromkeys(("mere", "pere", "parent", "soeur", "frere", "ami", "amie", "colocataire", "cousin", "cousine"), "autre"),
}
SCALARS = frozenset({str, int, float, bool, datetime.date})
MOST_REMEMBERED = 2**12  # values of one place of a description whose check is remembered
NOT_KNOWN = ("non_renseigne", "non_renseignee")

YES = ("oui", "yes", "vrai", "true", "on", "o", "1")
NO = ("non", "no", "faux", "false", "off", "n", "0")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-\d{2})?)?")
LOOSE_MONTHS = (re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"), re.compile(r"(?P<year>\d{4})[/.-]?(?P<month>\d{1,2})"))


@dataclass(frozen=True)
class Fact:
    """One thing that can be said of a person, a family, a tax household or a dwelling, and the values that it takes."""

    name: str
    entity: str
    kind: Kind
    period: Period
    spread: bool = False  # the amount of a year is shared between its months
    lowest: float | None = None
    highest: float | None = None
    choices: tuple[str, ...] = ()

    def series(self, given: Any, steps: Steps, problems: Problems) -> Series | None:
        """What is given, checked and written in OpenFisca's periods; None when nothing is known. Faults are noted."""
        if type(given) in SCALARS or not isinstance(given := plain(given), Mapping):
            return self._noted(given, steps, problems)
        if self.period == "eternity" and given:
            problems.add(steps, "wrong_period", f"{shown(given)} gives periods", "This fact does not change.", "Write its value alone.")
            return None
        series: dict[str, Value] = {}
        for key, value in given.items():
            try:
                known = self._periods(key)
            except Fault as fault:
                problems.note((*steps, key), fault)
                continue
            checked = self._noted(value, (*steps, key), problems, year=len(known) > 1)
            if checked is None:
                continue
            twice = [period for period in known if period in series]
            if twice:
                fix = "Keep one of the values."
                problems.add((*steps, key), "period_twice", f"{twice[0]} is given twice", "Each month or year is given once.", fix)
            series.update(dict.fromkeys(known, checked))
        return series or None

    def check(self, value: Any, *, year: bool = False) -> Value | None:
        """One value, normalised; None when it says that nothing is known.

        Raises:
            Fault: the value is not one that this fact takes.
        """
        value = plain(value)
        if value is None:
            return None
        if self.kind in ("number", "whole"):
            return self._number(value, year=year)
        if self.kind == "yes_no":
            return yes_no(value)
        if self.kind == "right":
            return int(yes_no(value))
        if self.kind == "day":
            return day(value)
        if self.kind == "choice":
            return None if value in NOT_KNOWN else choice(value, self.choices)
        return _country(value) if self.name == "nationalite" else text(value)

    def _noted(self, value: Any, steps: Steps, problems: Problems, *, year: bool = False) -> Value | None:
        try:
            return self.check(value, year=year)
        except Fault as fault:
            problems.note(steps, fault)
            return None

    def _number(self, value: Any, *, year: bool) -> float | int:
        figure = number(value)
        within = f"A number from {self.lowest or 0:g} to {self.highest:g} is expected." if self.highest is not None else ""
        if self.lowest is not None and figure < self.lowest:
            if self.highest is not None:
                raise Fault("out_of_range", f"{shown(value)} is too low", within)
            fix = f"Write {-figure:g} if it is the amount, 0 if there is none, null if it is not known."
            raise Fault("negative", f"{shown(value)} is negative", "A number of 0 or more is expected.", fix)
        if self.highest is not None and figure > self.highest:
            share = f"Write {figure / 100:g} for {figure:g} %." if self.highest == 1 and figure <= 100 else ""
            raise Fault("out_of_range", f"{shown(value)} is too high", within, share)
        if year and self.spread:
            figure = figure / 12
        if self.spread and abs(figure) > LARGEST_MONTHLY:
            expected = f"At most {LARGEST_MONTHLY} a month is accepted."
            fix = f"If it is the amount of a year, write it under the year: {{2025: {shown(value)}}}."
            raise Fault("yearly_amount", f"{shown(value)} is too large for one month", expected, fix)
        if self.kind == "number":
            return float(figure) + 0.0  # -0 is 0
        if year and self.spread:
            return round(figure)
        if figure != int(figure):
            raise Fault("not_whole", f"{shown(value)} is not a whole number", "", f"Write {round(figure)}.")
        return int(figure)

    def _periods(self, key: Any) -> list[str]:
        """The periods that a key stands for: itself, or the twelve months of its year."""
        name = period(key)
        if self.period == "year" and len(name) > 4:
            fix = f"Write the amount of the year: {{{name[:4]}: ...}}."
            raise Fault("wrong_period", f"{shown(key)} is a month, but this is known by the year", "Keys are years, for example 2025.", fix)
        if self.period == "month" and len(name) == 4:
            return [f"{name}-{month:02d}" for month in range(1, 13)]
        return [name]


@lru_cache(maxsize=4096)
def fact(name: str) -> Fact | None:
    """The fact that an OpenFisca variable states, or None if there is no such variable."""
    from tznr_rules.system import in_force

    variable = in_force().variables.get(name)
    if variable is None:
        return None
    choices = tuple(each.name for each in variable.possible_values) if getattr(variable, "possible_values", None) else ()
    kinds: dict[type, Kind] = {float: "number", int: "whole", bool: "yes_no", str: "text", datetime.date: "day"}
    kind: Kind = "choice" if choices else kinds[variable.value_type]
    spread = getattr(variable.set_input, "__name__", "") == SPREAD_OVER_THE_YEAR and name not in YEARLY_FIGURES
    anything = (None if _may_be_negative(variable) else 0.0, None)
    lowest, highest = (0.0, 1.0) if variable.unit == "/1" else RANGES.get(name, anything)
    return Fact(
        name=name,
        entity=variable.entity.key,
        kind=kind,
        period=variable.definition_period.value,
        spread=spread and kind in ("number", "whole") and variable.definition_period == "month",
        lowest=lowest if kind in ("number", "whole") else None,
        highest=highest,
        choices=choices,
    )


@lru_cache(maxsize=512)
def benefit(name: str) -> Fact | None:
    """What is received of a benefit: an id of the catalogue or an OpenFisca variable; None if neither, or another name of an id."""
    from tznr_rules.catalogue import catalogue, other_names

    card = catalogue().get(name)
    known = fact(card.variable if card else name)
    if known is None or name in other_names() or known.kind not in ("number", "whole", "yes_no"):
        return None
    right = card.unit == "right" if card else known.kind == "yes_no"
    kind: Kind = "right" if right else "number"
    highest = 100.0 if card and card.unit == "percent" else None
    spread = known.period == "month" and not right and highest is None
    return replace(known, name=name, kind=kind, spread=spread, lowest=0.0, highest=highest)


def alike(name: str) -> str | None:
    """The variable whose name looks most like this one, among those that begin like it or share a word with it."""
    from tznr_rules.system import in_force

    words = {word for word in name.split("_") if len(word) > 2}
    return nearest(name, [each for each in in_force().variables if each[:3] == name[:3] or not words.isdisjoint(each.split("_"))])


def all_benefits() -> Collection[str]:
    """Every id of the catalogue."""
    from tznr_rules.catalogue import catalogue

    return catalogue().keys()


def likely_benefit(name: str) -> str | None:
    """The id that an unknown name of a benefit most likely stands for, or the OpenFisca variable that looks most like it."""
    from tznr_rules.catalogue import likely_id

    return likely_id(name) or alike(name)


def _may_be_negative(variable: Any) -> bool:
    """Losses of the self-employed, and what OpenFisca computes itself (contributions are negative there)."""
    return bool(variable.name.startswith(SIGNED) or (variable.formulas and not variable.name.startswith(NEVER_NEGATIVE)))


def plain(value: Any) -> Any:
    """A value without its numpy clothes; None for what means "not known" (nothing, or an empty cell)."""
    numpy = sys.modules.get("numpy")  # who has not imported it has none of its values
    if numpy is not None and isinstance(value, numpy.generic):
        value = value.item()
    return None if isinstance(value, str) and not value.strip() else value


def number(value: Any) -> float | int:
    """A number as it stands.

    Raises:
        Fault: it is not a finite number; the message shows the number to write when the text holds one.
    """
    expected = "A number is expected, without unit."
    if isinstance(value, bool):
        fix = "Write the amount, 0 if there is none, null if it is not known."
        raise Fault("not_a_number", f"{shown(value)} is not a number", expected, fix)
    if not isinstance(value, int | float):
        raise Fault("not_a_number", f"{shown(value)} is not a number", expected, f"Write {_read_number(value) or 'for example 850'}.")
    if isinstance(value, float) and not math.isfinite(value):
        raise Fault("not_finite", f"{value} is not a number", expected, "Write null, or leave the field out, if it is not known.")
    if abs(value) > LARGEST:
        raise Fault("too_large", f"{shown(value)} is too large", f"At most {LARGEST:.0f} is accepted.", "Check the number of digits.")
    return value


def _read_number(value: Any) -> str | None:
    digits = re.sub(r"[\s€]|euros?|eur", "", value[:60].lower()) if isinstance(value, str) else ""
    if re.fullmatch(r"-?\d{1,9}(?:,\d{1,2})?", digits) or re.fullmatch(r"-?\d{1,9}(?:\.\d+)?", digits):
        return f"{float(digits.replace(',', '.')):.12g}"
    return None


def yes_no(value: Any) -> bool:
    """True or False, also written oui or non.

    Raises:
        Fault: it is neither.
    """
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, str) else None
    if word in YES or (isinstance(value, int | float) and value == 1):
        return True
    if word in NO or (isinstance(value, int | float) and value == 0):
        return False
    raise Fault("not_a_boolean", f"{shown(value)} is neither yes nor no", "Accepted: true, false, oui, non.")


def choice(value: Any, choices: tuple[str, ...]) -> str:
    """One of the names of a list.

    Raises:
        Fault: it is not one of them; the message lists them and gives the nearest.
    """
    if isinstance(value, str) and value in choices:
        return value
    accepted = ", ".join(choices[:12]) + (f" and {len(choices) - 12} more" if len(choices) > 12 else "")
    near = WORDS.get(slug(value)) if isinstance(value, str) else None
    near = near if near in choices else nearest(slug(value), choices) if isinstance(value, str) else None
    fix = f"Did you mean '{near}'?" if near else ""
    raise Fault("unknown_value", f"{shown(value)} is not an accepted value", f"Accepted: {accepted}.", fix)


def text(value: Any) -> str:
    """A short text.

    Raises:
        Fault: it is not a text.
    """
    if isinstance(value, str):
        return value.strip()
    raise Fault("not_a_text", f"{shown(value)} is not a text", "A text is expected.", "Write it between quotes.")


def _country(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}", value.strip()):
        return value.strip().upper()
    expected = "The two letters of the ISO code of a country are expected."
    raise Fault("not_a_country", f"{shown(value)} is not a country code", expected, "Write 'FR' for France, 'DZ' for Algeria.")


def day(value: Any) -> datetime.date:
    """A day, as a date or written 1990-05-12.

    Raises:
        Fault: it is not one.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    expected, fix = "A date is written year-month-day.", "Write for example 1990-05-12."
    if not isinstance(value, str):
        raise Fault("not_a_date", f"{shown(value)} is not a date", expected, fix)
    written = DAY.fullmatch(value.strip())
    if written:
        found = _day(*(int(part) for part in written.groups()))
        if found:
            return found
        raise Fault("not_a_date", f"{shown(value)} does not exist in the calendar", expected, "Check the month and the day.")
    french = FRENCH_DAY.fullmatch(value.strip())
    meant = _day(*(int(part) for part in reversed(french.groups()))) if french else None
    raise Fault("not_a_date", f"{shown(value)} is not a date", expected, f"Write {meant.isoformat()}." if meant else fix)


def _day(year: int, month: int, number: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def period(key: Any) -> str:
    """A month 'YYYY-MM' or a year 'YYYY', also given as a date or a whole number.

    Raises:
        Fault: it is neither.

    >>> period(2024), period(datetime.date(2026, 8, 1)), period("2026-08-01")
    ('2024', '2026-08', '2026-08')
    """
    key = plain(key)
    if isinstance(key, datetime.date):
        return f"{key.year:04d}-{key.month:02d}"
    written = str(key).strip() if isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool) and 0 <= key < 10**6) else ""
    if found := _period(written):
        return found
    meant = next((match for match in (form.fullmatch(written) for form in LOOSE_MONTHS) if match), None)
    if meant and _plausible(int(meant["year"]), int(meant["month"])):
        fix = f"Write '{meant['year']}-{int(meant['month']):02d}'."
    else:
        fix = "Write for example '2026-08' or 2025."
    raise Fault("not_a_period", f"{shown(key)} is not a month or a year", "A month is written 'YYYY-MM', a year YYYY.", fix)


@lru_cache(maxsize=1024)
def _period(written: str) -> str | None:
    parts = PERIOD.fullmatch(written)
    if parts is None or not _plausible(int(parts[1]), int(parts[2] or 1)):
        return None
    return f"{parts[1]}-{parts[2]}" if parts[2] else parts[1]


def month(value: Any) -> str:
    """A month 'YYYY-MM', also given as a day of it.

    Raises:
        Fault: it is not one.
    """
    expected = "A month is written 'YYYY-MM'."
    try:
        found = period(value)
    except Fault as fault:
        raise Fault("not_a_month", f"{shown(value)} is not a month", expected, fault.fix.replace(" or 2025", "")) from fault
    if len(found) == 4:
        raise Fault("not_a_month", f"{shown(value)} is a year, not a month", expected, f"Write for example '{found}-11'.")
    return found


def _plausible(year: int, month: int) -> bool:
    return 1900 <= year <= 2100 and 1 <= month <= 12


def slug(name: str) -> str:
    """A name as identifiers are written: no accents, lower case, words joined by underscores.

    >>> slug("Locataire HLM"), slug("Saint-Jacques-de-la-Lande")
    ('locataire_hlm', 'saint_jacques_de_la_lande')
    """
    ascii_name = unicodedata.normalize("NFKD", name[:200]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_name.lower()).strip("_")


def attempt(check: Callable[[Any], Any], value: Any, steps: Steps, problems: Problems) -> Any:
    """The checked value, or None with its fault noted; nothing given is None."""
    try:
        return unless_nothing(check, value)
    except Fault as fault:
        problems.note(steps, fault)
        return None


def unless_nothing(check: Callable[[Any], Any], value: Any) -> Any:
    """The checked value; nothing given is None.

    Raises:
        Fault: the check refuses it.
    """
    value = plain(value)
    return None if value is None else check(value)


class Checked(dict[tuple[Any, type, Any], Any]):
    """What scalars were found to say in one place of a description, by name, type and value: those of a table are few, and come back."""

    def __init__(self, check_of: Callable[[Any], Callable[[Any], Any] | None]) -> None:
        super().__init__()
        self._check_of = check_of

    def __missing__(self, asked: tuple[Any, type, Any]) -> Any:
        name, kind, value = asked
        check = self._check_of(name) if kind in SCALARS else None
        if check is None:
            raise KeyError(name)
        found = check(value)
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[asked] = found
        return found

    def read(self, given: Mapping[Any, Any], otherwise: Callable[[Any, Any], Any]) -> dict[Any, Any]:
        """What is known of each name. ``otherwise`` reads what is not a scalar, and notes what is wrong."""
        values = dict(given)
        for name, value in given.items():
            try:
                known = self[name, type(value), value]
            except (Fault, KeyError, TypeError):  # refused, of no such name, or a mapping or a list, which cannot be looked up
                known = otherwise(name, value)
            if known is None:
                del values[name]
            elif known is not value:
                values[name] = known
        return values
