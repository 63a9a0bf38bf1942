"""The communes of France, as OpenFisca-France lists them: which codes exist, and what was meant by a postcode or a name."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tznr_rules.errors import Fault, nearest, shown
from tznr_rules.facts import slug

INSEE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}")
OUTSIDE_THE_LISTS = ("975", "977", "978", "986", "987", "988")  # overseas communes that neither list holds
LISTS = (
    "assets/apl/20110914_zonage.csv",
    "assets/zonage-communes/zonage-abc-juillet-2024.csv",
    "assets/apl/commune_depcom_by_subcommune_depcom.json",
)
EXAMPLE = "Write the INSEE code, for example '35238' for Rennes."


def commune(value: Any) -> str:
    """The INSEE code of a commune.

    Raises:
        Fault: it is a postcode, a name, or no commune has this code.
    """
    expected = "The INSEE code of a commune has five characters."
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**5:
        value = str(value)
        if len(value) == 4:
            raise Fault("not_a_commune", f"{value} has four digits", expected, f"If the first digit is 0, write '0{value}' between quotes.")
    if not isinstance(value, str):
        raise Fault("not_a_commune", f"{shown(value)} is not an INSEE code", expected, EXAMPLE)
    code = value.strip().upper()
    if INSEE.fullmatch(code) and _exists(code):
        return code
    if re.fullmatch(r"\d{5}", code):
        given = f"{shown(value)} is not the INSEE code of a commune; it looks like a postcode"
        raise Fault("postcode", given, "A postcode is shared by several communes and cannot replace the INSEE code.", EXAMPLE)
    named = _by_name(value[:60]) if re.search(r"[A-Za-z]{2}", value) else None
    if named:
        raise Fault("commune_name", f"{shown(value)} is the name of a commune", expected, f"Write '{named[1]}' for {named[0]}.")
    raise Fault("not_a_commune", f"{shown(value)} is not an INSEE code", expected, EXAMPLE)


@lru_cache(maxsize=3)
def _list(name: str) -> str:
    return files("openfisca_france").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=4096)
def _exists(code: str) -> bool:
    marks = (f"\n{code},", f"\n{code};", f'"{code}":')
    return code.startswith(OUTSIDE_THE_LISTS) or any(mark in _list(name) for name, mark in zip(LISTS, marks, strict=True))


def _by_name(name: str) -> tuple[str, str] | None:
    """The commune that bears a name, (name, code), Ille-et-Vilaine first; there, a misspelt name is recognised."""
    rows = [line.split(",")[:2] for line in _list(LISTS[0]).splitlines()[1:]]
    rows.sort(key=lambda row: not row[0].startswith("35"))
    wanted = slug(name)
    around = {slug(label): code for code, label in reversed(rows) if code.startswith("35")}
    exact = next(((label, code) for code, label in rows if slug(label) == wanted), None)
    near = nearest(wanted, around)
    return exact or (next((label, code) for code, label in rows if code == around[near]) if near else None)


IRIS = re.compile(r"((?:\d{2}|2[AB])\d{3})\d{4}")
WITH_ARRONDISSEMENTS = ("75056", "13055", "69123")


def iris(value: Any) -> str:
    """The code of an IRIS, the quarters of INSEE.

    Raises:
        Fault: it is not one.
    """
    code = str(value).strip().upper() if isinstance(value, str) or (isinstance(value, int) and 10**8 <= value < 10**9) else ""
    if IRIS.fullmatch(code):
        return code
    expected = "It has nine characters: the INSEE code of the commune, then four digits."
    raise Fault("not_an_iris", f"{shown(value)} is not an IRIS code", expected, "Write for example '352380502'.")


def within(quarter: str, code: str) -> bool:
    """Whether an IRIS is in a commune."""
    return quarter.startswith(code) or (code in WITH_ARRONDISSEMENTS and quarter[:2] == code[:2])
