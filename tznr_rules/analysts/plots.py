"""The figures of the page: each is drawn wide, for a screen or paper, and narrow, for a phone. Everything is labelled where it stands.

They take the tables of ``findings``; a figure that is hidden there is not drawn, or is drawn as ``s`` where its place must be seen.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tznr_rules.analysts.drawing import DEEP, INK, LIGHT, LINE, MIDDLE, PALE, PAPER, SOFT, WARM, Sheet, steps, wrapped
from tznr_rules.analysts.findings import PublishedRate
from tznr_rules.analysts.privacy import SECRET
from tznr_rules.analysts.uncertainty import Total
from tznr_rules.wording import number, quantity, typeset

WIDE, NARROW = 700.0, 340.0
TEXT, SMALL = 14.0, 12.0
LEADING = 17.0
WIDEST = 120.0
PERCENTS = (0, 25, 50, 75, 100)
FRAGILE = 50  # eligible households under which a rate is drawn pale: one more or less moves it much


@dataclass(frozen=True)
class Drawing:
    """One figure in its two widths."""

    wide: str
    narrow: str


def drawn(name: str, title: str, description: str, draw: Callable[[float], Sheet]) -> Drawing:
    """A figure in both widths, under a name of its own."""
    sheets = {"wide": draw(WIDE), "narrow": draw(NARROW)}
    return Drawing(**{width: sheet.svg(f"{name}-{width}", title, description) for width, sheet in sheets.items()})


def shown(value: Any) -> float | None:
    """A figure that may be drawn: None where it is secret or does not exist."""
    if isinstance(value, str) or value is None or math.isnan(float(value)):
        return None
    return float(value)


def significant(value: float, digits: int = 3) -> float:
    """A figure as one says it aloud.

    >>> significant(210635), significant(93.4)
    (211000.0, 93.4)
    """
    return float(f"{value:.{digits}g}") if value else 0.0


def share(value: float) -> str:
    """A share as a whole percentage."""
    return quantity(round(100 * value), "percent")


def euros(value: float, unit: str = "EUR") -> str:
    """Euros as one says them aloud: three figures, no cents."""
    return quantity(round(significant(value)), unit)


@dataclass(frozen=True)
class _Rows:
    """Labels on the left of a wide figure, above what they name in a narrow one."""

    width: float
    labels: float

    @property
    def narrow(self) -> bool:
        return self.width < WIDE

    @property
    def left(self) -> float:
        """Where what is drawn begins."""
        return 0.0 if self.narrow else self.labels

    def lines(self, words: str) -> list[str]:
        return wrapped(typeset(words), self.width if self.narrow else self.labels - 16, TEXT)

    def above(self, words: str) -> float:
        """The height that a label takes above what it names."""
        return LEADING * len(self.lines(words)) + 4 if self.narrow else 0.0

    def height(self, words: str, least: float) -> float:
        """The height of a row, its label included: lines of two rows do not touch."""
        if self.narrow:
            return self.above(words) + least
        return max(least, LEADING * len(self.lines(words)) + 14)

    def label(self, sheet: Sheet, y: float, words: str, *, bold: bool = False, colour: str = INK) -> None:
        """Write a label; ``y`` is the middle of what it names."""
        lines = self.lines(words)
        top = y - 10 - LEADING * (len(lines) - 0.5) if self.narrow else y - LEADING * (len(lines) - 1) / 2
        for rank, line in enumerate(lines):
            sheet.text(0, top + rank * LEADING, line, bold=bold, colour=colour)


# How sure the total is


def total_chart(total: Total, width: float) -> Sheet:
    """The three intervals of the headline on one scale, with the estimate across them."""
    rows: list[tuple[str, tuple[float, float] | None]] = [
        ("Le hasard du tirage", total.sampling),
        ("Les réponses qui manquent", total.missing),
        ("Les foyers proches d'un seuil", total.misclassified),
    ]
    at = _Rows(width, 210)
    most = max(total.value, *(ends[1] for _, ends in rows if ends))
    right = width - (10 if at.narrow else 16)
    row = 66.0 if at.narrow else 56.0
    sheet = Sheet(width, 44 + row * len(rows) + 10)

    def place(value: float) -> float:
        return at.left + (right - at.left) * value / (1.02 * most)

    sheet.text(at.left, 34, "0 €", size=SMALL, colour=SOFT)
    centre = place(total.value)
    said = f"Estimation : {euros(total.value)}"
    half = 0.28 * TEXT * len(said)
    sheet.text(min(max(centre, at.left + half), right - half), 12, said, bold=True, colour=DEEP, anchor="center")
    sheet.line(centre, 22, centre, 40, colour=DEEP, width=2)
    for rank, (label, ends) in enumerate(rows):
        y = 44 + row * (rank + 0.5) + (14 if at.narrow else -4)
        at.label(sheet, y, label)
        sheet.line(at.left, y - 12, at.left, y + (12 if at.narrow else 30), colour=SOFT)
        if ends is None or math.isnan(ends[0]):
            sheet.text(at.left + 12, y, "non mesuré", colour=SOFT)
            continue
        low, high = place(ends[0]), place(ends[1])
        sheet.bar(low, y - 6, max(high - low, 2), 12, colour=MIDDLE)
        sheet.line(centre, y - 12, centre, y + 12, colour=DEEP, width=3)
        written = f"de {number(significant(ends[0]), 0)} à {euros(ends[1])}"
        half = 0.27 * SMALL * len(written)
        sheet.text(min(max((low + high) / 2, at.left + 4 + half), right - half), y + 22, written, size=SMALL, colour=SOFT, anchor="center")
    return sheet


# Rates by benefit


@dataclass(frozen=True)
class RateRow:
    """A rate to draw: of a benefit, or of a group of households; ``rate`` is None where it is secret."""

    label: str
    rate: float | None
    low: float | None = None
    high: float | None = None
    eligible: int = 0
    landmark: PublishedRate | None = None


def rates_chart(rows: Sequence[RateRow], width: float) -> Sheet:
    """Rates as dots with their intervals; under a dot, the national landmark, which does not compare with it."""
    at = _Rows(width, 240)
    scale = _Scale(at.left + 6, width - 30)
    marks = [_landmark(each.landmark, scale, width) for each in rows]
    heights = [at.height(each.label, 40) + (mark.height if mark else 0) for each, mark in zip(rows, marks, strict=True)]
    sheet = Sheet(width, 30 + sum(heights) + 4)
    scale.head(sheet, 14)
    y = 30.0
    for each, mark, height in zip(rows, marks, heights, strict=True):
        middle = y + at.above(each.label) + (at.height(each.label, 40) - at.above(each.label)) / 2
        sheet.line(0, y, width, y, colour=LINE)
        at.label(sheet, middle, each.label)
        scale.grid(sheet, middle - (9 if at.narrow else 14), y + height - 6)
        _rate(sheet, each, middle, scale)
        if mark:
            sheet.diamond(mark.x, middle + 22, radius=5)
            sheet.text(mark.words_at, middle + 22 + mark.lower, mark.words, size=SMALL, colour=SOFT)
        y += height
    return sheet


def groups_chart(panels: Mapping[str, Sequence[RateRow]], width: float) -> Sheet:
    """Rates by group, a panel per benefit, one under the other; the groups that are secret share a line."""
    at = _Rows(width, 240)
    scale = _Scale(at.left + 6, width - 64)
    rows = [(benefit, each) for benefit, groups in panels.items() for each in groups]
    heights = [at.height(each.label, 34) for _, each in rows]
    titles = 36.0
    sheet = Sheet(width, 30 + sum(heights) + titles * len(panels) + 6)
    scale.head(sheet, 14)
    y, before = 28.0, ""
    for (benefit, each), height in zip(rows, heights, strict=True):
        if benefit != before:
            sheet.bar(0, y, width, 28, colour=PALE)
            sheet.text(10, y + 14, benefit, bold=True)
            y, before = y + titles, benefit
        middle = y + at.above(each.label) + (height - at.above(each.label)) / 2 - 2
        at.label(sheet, middle, each.label)
        scale.grid(sheet, middle - (9 if at.narrow else 15), middle + 17)
        _rate(sheet, each, middle, scale)
        y += height
    return sheet


@dataclass(frozen=True)
class _Scale:
    """From 0 to 100 %, between two places of a sheet."""

    left: float
    right: float

    def at(self, value: float) -> float:
        return self.left + (self.right - self.left) * value

    def head(self, sheet: Sheet, y: float) -> None:
        for percent in PERCENTS:
            sheet.text(self.at(percent / 100), y, quantity(percent, "percent"), size=SMALL, colour=SOFT, anchor="center")

    def grid(self, sheet: Sheet, top: float, bottom: float) -> None:
        for percent in PERCENTS:
            x = self.at(percent / 100)
            sheet.line(x, top, x, bottom, colour=SOFT if percent == 0 else LINE)


@dataclass(frozen=True)
class _Landmark:
    """Where a landmark is drawn, and its words; these go lower where they do not hold beside it."""

    x: float
    words: str
    words_at: float
    lower: float

    @property
    def height(self) -> float:
        return 16 + self.lower


def _landmark(known: PublishedRate | None, scale: _Scale, width: float) -> _Landmark | None:
    if known is None:
        return None
    x = scale.at(known.rate)
    words = f"France, {known.year} : {share(known.rate)}, non comparable"
    size = 0.53 * SMALL * len(words)
    beside = x + 12 + size <= width
    return _Landmark(x, words, x + 12 if beside else max(width - size, 0), 0 if beside else 17)


def _rate(sheet: Sheet, each: RateRow, y: float, scale: _Scale) -> None:
    if each.rate is None:
        sheet.text(scale.left + 8, y, SECRET, colour=SOFT)
        return
    fragile = each.eligible < FRAGILE
    tip = scale.at(each.rate) + 8
    if each.low is not None and each.high is not None:
        sheet.line(scale.at(each.low), y, scale.at(each.high), y, colour=MIDDLE, width=4)
        tip = max(scale.at(each.high), tip) + 8
    sheet.dot(scale.at(each.rate), y, radius=7, colour=PAPER if fragile else DEEP, edge=DEEP if fragile else PAPER, width=2)
    sheet.text(tip, y, share(each.rate) + (" (fragile)" if fragile else ""), bold=not fragile)


# Euros and counts


@dataclass(frozen=True)
class BarRow:
    """An amount to draw, as it is written beside its bar."""

    label: str
    value: float
    written: str
    pale: bool = False


def bars_chart(rows: Sequence[BarRow], width: float) -> Sheet:
    """Amounts as bars from zero, the largest first; those that fall below zero go left."""
    at = _Rows(width, 250)
    row = 34.0
    heights = [at.height(each.label, row) for each in rows]
    sheet = Sheet(width, sum(heights) + 8)
    room = max(0.56 * TEXT * len(each.written) for each in rows) + 14
    most, least = max(max(each.value for each in rows), 0.0), min(min(each.value for each in rows), 0.0)
    span = width - at.left - room - (room if least < 0 else 0)
    zero = at.left + (room if least < 0 else 0) + span * -least / (most - least or 1)
    y = 4.0
    for each, height in zip(rows, heights, strict=True):
        middle = y + at.above(each.label) + (height - at.above(each.label)) / 2
        at.label(sheet, middle, each.label, colour=SOFT if each.pale else INK)
        length = span * each.value / (most - least or 1)
        start = zero + min(length, 0)
        sheet.bar(start, middle - 10, max(abs(length), 2), 20, colour=LIGHT if each.pale else DEEP if each.value >= 0 else WARM)
        tip = zero + length + (8 if each.value >= 0 else -8)
        sheet.text(tip, middle, each.written, bold=not each.pale, anchor="left" if each.value >= 0 else "right")
        y += height
    sheet.line(zero, 0, zero, sheet.height, colour=SOFT)
    return sheet


def rights_chart(rows: Sequence[tuple[str, float]], width: float) -> Sheet:
    """Households by number of missing rights: of a hundred households, a square each.

    Args:
        rows: what each line is, and its share.
    """
    at = _Rows(width, 210)
    per_line = 25
    side = (width - at.left - 70) / per_line
    shades = (PALE, LIGHT, MIDDLE, DEEP)
    counts = [round(100 * each) for _, each in rows]
    lines = [max(math.ceil(count / per_line), 1) for count in counts]
    heights = [at.above(label) + side * line + 20 for (label, _), line in zip(rows, lines, strict=True)]
    sheet = Sheet(width, sum(heights) + 4)
    y = 4.0
    for rank, ((label, part), count, line, height) in enumerate(zip(rows, counts, lines, heights, strict=True)):
        top = y + at.above(label) + 6
        at.label(sheet, top + side * line / 2 if not at.narrow else top + 6, label)
        for square in range(count):
            x, down = at.left + side * (square % per_line), top + side * (square // per_line)
            edge = SOFT if shades[min(rank, 3)] == PALE else None
            sheet.bar(x, down, side - 3, side - 3, colour=shades[min(rank, 3)], edge=edge)
        sheet.text(width, top + side * line / 2 - 1.5, share(part), bold=True, anchor="right")
        y += height
    return sheet


def histogram_chart(bins: Sequence[tuple[str, float, str]], width: float) -> Sheet:
    """Columns side by side: what each bin is, how tall it is, and what is written above it."""
    height, foot = 230.0, 46.0
    sheet = Sheet(width, height + foot)
    most = max(tall for _, tall, _ in bins)
    step = width / len(bins)
    column = min(0.8 * step, WIDEST)
    for rank, (label, tall, written) in enumerate(bins):
        x, size = step * rank, (height - 34) * tall / most
        sheet.bar(x + (step - column) / 2, height - size, column, size, colour=DEEP)
        sheet.text(x + step / 2, height - size - 14, written, bold=True, anchor="center")
        for line, words in enumerate(wrapped(label, step, SMALL)):
            sheet.text(x + step / 2, height + 16 + line * 15, words, size=SMALL, anchor="center")
    sheet.line(0, height, width, height, colour=SOFT)
    return sheet


# Poverty


def deciles_chart(rows: Sequence[tuple[str, float, float | None]], line: float, width: float) -> Sheet:
    """Living standards now and once everything is claimed, one line per decile, with the poverty line across them.

    Args:
        rows: what each decile is, EUR a month now, and then (None when it is secret).
        line: the poverty line, EUR a month for one consumption unit.
    """
    narrow = width < WIDE
    row, top = 34.0, 74.0
    sheet = Sheet(width, top + row * len(rows) + 30)
    values = [each for _, before, after in rows for each in (before, after) if each is not None]
    left, right = (52.0 if narrow else 150.0), width - 70
    low, high = 0.92 * min(*values, line), 1.01 * max(*values, line)

    def place(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    sheet.dot(6, 12, radius=5, colour=PAPER, edge=SOFT)
    sheet.text(18, 12, "aujourd’hui", size=SMALL, colour=SOFT)
    if any(after is not None for _, _, after in rows):
        sheet.dot(104, 12, radius=6)
        sheet.text(116, 12, "si tout était demandé", size=SMALL, colour=DEEP, bold=True)
    foot = top + row * len(rows)
    for value in steps(high, 5):
        if low <= value <= high:
            sheet.line(place(value), top - 6, place(value), foot, colour=LINE)
            sheet.text(place(value), foot + 14, quantity(round(value), "EUR"), size=SMALL, colour=SOFT, anchor="center")
    x = place(line)
    sheet.line(x, top - 12, x, foot, colour=WARM, width=1.5, dashed=True)
    said = f"seuil de pauvreté : {quantity(round(line), 'EUR')}"
    half = 0.27 * SMALL * len(said)
    sheet.text(min(max(x, left + half), width - half), top - 22, said, size=SMALL, colour=WARM, anchor="center")
    for rank, (label, before, after) in enumerate(rows):
        y = top + row * (rank + 0.5)
        sheet.text(0, y, label.partition(" ")[0] if narrow else label)
        end = before if after is None else max(before, after)
        if after is not None:
            sheet.line(place(before), y, place(after), y, colour=MIDDLE, width=4)
        sheet.dot(place(before), y, radius=5, colour=PAPER, edge=SOFT)
        if after is not None and round(after - before):
            sheet.dot(place(after), y, radius=6)
            gain = _signed(after - before)
            sheet.bar(place(end) + 9, y - 9, 0.56 * TEXT * len(gain) + 4, 18, colour=PAPER)
            sheet.text(place(end) + 12, y, gain, bold=True)
    return sheet


def _signed(amount: float) -> str:
    """An amount that is added or taken away."""
    return ("+" if amount > 0 else "") + quantity(round(amount), "EUR")


# One invented household


def waterfall_chart(steps_of: pd.DataFrame, width: float) -> Sheet:
    """What a household has today, what each right adds or takes, and what it would have."""
    at = _Rows(width, 250)
    row = 36.0
    amounts = [float(each) for each in steps_of["amount"]]
    labels = [*map(str, steps_of["label"]), "Si tout est demandé"]
    ends = [sum(amounts[: rank + 1]) for rank in range(len(amounts))]
    heights = [at.height(label, row) for label in labels]
    sheet = Sheet(width, sum(heights) + 8)
    right = width - 90
    scale = (right - at.left) / (steps(max(ends), 4)[-1] or 1)
    y = 4.0
    for rank, (label, height) in enumerate(zip(labels, heights, strict=True)):
        middle = y + at.above(label) + (height - at.above(label)) / 2
        whole = rank in (0, len(amounts))
        start = 0.0 if whole else ends[rank - 1]
        end = ends[min(rank, len(ends) - 1)]
        amount = end if whole else amounts[rank]
        at.label(sheet, middle, label, bold=whole)
        colour = SOFT if rank == 0 else DEEP if whole else MIDDLE if amount >= 0 else WARM
        sheet.bar(at.left + scale * min(start, end), middle - 11, max(scale * abs(end - start), 2), 22, colour=colour)
        written = quantity(round(amount), "EUR") if whole else _signed(amount)
        sheet.text(at.left + scale * max(start, end) + 8, middle, written, bold=whole)
        y += height
    return sheet
