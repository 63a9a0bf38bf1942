"""How numbers, amounts, dates, names and lists are written in a voice, French if none is given, and what is never printed."""

import re
from collections.abc import Iterable
from functools import partial

from tznr_rules.languages import FRENCH, Filled, Voice, filled

NARROW = "\u202f"  # before ; ! ? € % and between thousands
WIDE = "\u00a0"  # before : and inside guillemets, between a number and its noun

# Control characters and marks that reverse the direction of writing: never printed, whatever a name holds.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


# Numbers


def number(value: float, decimals: int | None = None, voice: Voice = FRENCH) -> str:
    """A number; two decimals unless it is whole.

    >>> number(1043.59), number(12000), number(-0.001), number(1043.59, voice=Voice("en"))
    ('1\\u202f043,59', '12\\u202f000', '0', '1,043.59')
    """
    rounded = round(float(value), 2 if decimals is None else decimals)
    if decimals is None:
        decimals = 0 if rounded == int(rounded) else 2
    marks = {",": "thousands", ".": "decimal", "-": "minus"}
    written = f"{rounded + 0.0:,.{decimals}f}"
    return "".join(voice.say(f"typography.number.{marks[each]}") if each in marks else each for each in written)


def quantity(value: object, unit: str | None = None, voice: Voice = FRENCH) -> str:
    """A value and its unit, as one reads them: '36 ans', '1 enfant', '607,75 €/mois', '85 %', '1er avril 2026'.

    >>> quantity(36, "ans"), quantity(1, "enfants"), quantity(607.75, "EUR/mois"), quantity(1043.5, "EUR/mois", Voice("en"))
    ('36\\xa0ans', '1\\xa0enfant', '607,75\\u202f€/mois', '€1,043.50/month')
    """
    if isinstance(value, bool):
        return voice.say(f"typography.{'yes' if value else 'no'}")
    if not isinstance(value, int | float):
        return _word(clean(str(value)), voice)
    if unit == "/1":
        value, unit = value * 100, "percent"
    symbol, period = unit_symbol(unit, voice)
    if symbol == "€":
        amount = voice.say("typography.euros", number=number(abs(value), voice=voice), period=period)
        return (voice.say("typography.number.minus") if round(value, 2) < 0 else "") + amount
    written = number(value, voice=voice)
    if not symbol:
        return written + period
    if symbol == "%":
        return voice.say("typography.percent", number=written) + period
    noun = _singular(symbol, voice) if abs(value) < 2 else symbol
    return voice.say("typography.with_noun", number=written, noun=noun) + period


def unit_symbol(unit: str | None, voice: Voice = FRENCH) -> tuple[str, str]:
    """The symbol of a unit and of its period.

    >>> unit_symbol("EUR/mois"), unit_symbol("currency/year"), unit_symbol(None)
    (('€', '/mois'), ('€', '/an'), ('', ''))
    """
    symbol, _, period = (unit or "").partition("/")
    known, of_period = f"typography.unit.{symbol.lower()}", f"typography.period.{period}"
    said = voice.say(known) if voice.has(known) else voice.of(symbol)
    return said, voice.say("typography.per", period=voice.say(of_period) if voice.has(of_period) else voice.of(period)) if period else ""


def _singular(noun: str, voice: Voice) -> str:
    first, space, rest = noun.partition(" ")
    known = f"typography.singular.{first}"
    if voice.has(known):
        return voice.say(known) + space + rest
    return (first[:-1] if first.endswith("s") else first) + space + rest


def _word(text: str, voice: Voice) -> str:
    """A date, or a word that stands for a value."""
    if re.fullmatch(r"\d{4}(-\d\d){1,2}", text):
        return day(text, voice)
    known = f"report.value.{text}"
    return voice.say(known) if voice.has(known) else voice.of(text.replace("_", " "))


# Dates, names, lists


def day(text: str, voice: Voice = FRENCH) -> str:
    """A date or a month in words.

    >>> day("2026-04-01"), day("2026-11"), day("2026-04-01", Voice("en"))
    ('1er\\xa0avril\\xa02026', 'novembre\\xa02026', '1\\xa0April\\xa02026')
    """
    year, *rest = text.split("-")
    if not rest or not all(part.isdigit() for part in (year, *rest)) or not 1 <= int(rest[0]) <= 12:
        return text
    of_month = [voice.say("typography.first_day") if int(rest[1]) == 1 else str(int(rest[1]))] if len(rest) > 1 else []
    return WIDE.join([*of_month, voice.say(f"typography.month.{int(rest[0])}"), year])


def listed(items: Iterable[str], voice: Voice = FRENCH) -> str:
    """An enumeration.

    >>> listed(["nadia", "lea", "sami"]), listed(["nadia", "lea"], Voice("en"))
    ('nadia, lea et sami', 'nadia and lea')
    """
    *before, last = [str(item) for item in items] or [""]
    return f"{', '.join(before)} {voice.say('typography.and')} {last}" if before else last


def few(items: Iterable[str], most: int, section: str = "typography", voice: Voice = FRENCH) -> str:
    """An enumeration of the first items, then how many others there are, in the words of a section.

    >>> few(["RSA", "AAH", "ASS", "ASI"], 2), few(["RSA", "AAH"], 2), few(["RSA", "AAH"], 1, voice=Voice("en"))
    ('RSA, AAH et 2 autres', 'RSA et AAH', 'RSA and 1 other')
    """
    every = [str(item) for item in items]
    left = len(every) - most
    if left < 1:
        return listed(every, voice)
    return voice.say(f"{section}.{'others' if left > 1 else 'other'}", listed=", ".join(every[:most]), count=left)


def together(texts: Iterable[str], voice: Voice = FRENCH, most: int | None = None) -> str:
    """Texts of the catalogue, one after the other; beyond so many, how many others there are."""
    said = [voice.of(text) for text in texts]
    return ", ".join(said) if most is None else few(said, most, voice=voice)


def name(identifier: str, voice: Voice = FRENCH) -> str:
    """A person's or a family's name, as the user gave it; the numbers given by default are read as words.

    >>> name("nadia"), name("personne_2"), name("personne_2", Voice("en"))
    ('nadia', 'personne 2', 'person 2')
    """
    given = clean(identifier)
    by_default = re.fullmatch(r"personne_(\d+)", given)
    return voice.say("typography.person", number=by_default[1]) if by_default else given


def names(identifiers: Iterable[str], voice: Voice = FRENCH) -> str:
    return listed([name(identifier, voice) for identifier in identifiers], voice)


# Texts


def sentence(text: str) -> str:
    """A text as a sentence, with its full stop.

    >>> sentence("La nationalité n'est pas indiquée"), sentence("Voir plus bas.")
    ("La nationalité n'est pas indiquée.", 'Voir plus bas.')
    """
    text = clean(text)
    return text if text.endswith((".", "!", "?", "…")) or not text else f"{text}."


def clean(text: str) -> str:
    """A text without the characters that are not seen, on one line."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", _HIDDEN.sub("", re.sub(r"\s*[\r\n]\s*", " ", str(text)))).strip(" ")


def typeset(text: str, voice: Voice = FRENCH) -> str:
    """Typography for a page: curved apostrophes and, in French, spaces that do not break before : ; ! ? % € and inside guillemets.

    >>> typeset("L'aide : 1 043 €"), typeset("The family's aid: €1,043", Voice("en"))
    ('L’aide\\xa0: 1\\u202f043\\u202f€', 'The family’s aid: €1,043')
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    if voice.language != "fr":
        return text
    text = text.replace(" :", f"{WIDE}:").replace("« ", f"«{WIDE}").replace(" »", f"{WIDE}»")
    text = re.sub(r" (?=[;!?%€])", NARROW, text)
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)


def plain(text: str) -> str:
    """The same text for a terminal or a message: plain spaces and apostrophes."""
    kept = _HIDDEN.sub("", text.replace(NARROW, " ").replace(WIDE, " "))
    return kept.replace("’", "'").replace("−", "-")


# What the law does not say of a month


def not_modelled(since: str | None, until: str | None) -> Filled:
    """That the rules of a benefit are not written for the month asked about.

    >>> not_modelled("2025-09", None)
    'Ses règles ne sont écrites que depuis septembre\\xa02025.'
    """
    which = "_".join(["since"] * bool(since) + ["until"] * bool(until))
    return filled(f"report.not_modelled.{which}", since=partial(day, since or ""), until=partial(day, until or ""))


def value_missing(month: str) -> Filled:
    """That the law of a month lacks a value that the rule reads."""
    return filled("report.value_missing", month=partial(day, month))
