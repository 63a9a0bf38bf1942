"""Where households stand for each benefit: a byte that says the cell, and amounts where there are some.

A chunk of households is :class:`Plain` while it is computed. What is kept of it until publication is a :class:`Block`: half a byte per
household and benefit, and four bytes per amount. A benefit is then read at once for all the households, one after the other: nothing as
large as the table is ever made again.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts.sample import Outcomes
from tznr_rules.catalogue import Card

Array = NDArray[Any]

# The codes. The law of the month does not know the benefit; the six cells; and what is particular in some: recipients paid less than is
# due, what is due but too little to count, what is due without anybody saying whether it is received, and a right that cannot be told of
# who says to receive nothing, or something.
NOT_KNOWN, A, B, C, D, E, F, A_IN_PART, D_SMALL, E_DUE, F_NOTHING, F_PAID = range(12)
CODES = 12
LETTERS = np.array(["", "A", "B", "C", "D", "E", "F", "A", "D", "E", "F", "F"], dtype=object)
OF_CELL = {letter: tuple(np.flatnonzero(letter == LETTERS).tolist()) for letter in "ABCDEF"}

DUE = (A, A_IN_PART, B, D_SMALL, E_DUE)
ELIGIBLE = (A, A_IN_PART, B)
RECEIVES = (A, A_IN_PART, C, F_PAID)
RECEIPT_NOT_TOLD = (E, E_DUE, F)
OPEN_ENDED = (B, E_DUE, F, F_NOTHING)  # of which the most that may go unclaimed is an amount
HELD = {"entitled": ELIGIBLE, "most": OPEN_ENDED, "underpaid": (A_IN_PART,)}  # the codes that have an amount of each kind


def among(code: Array, codes: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each code is one of some."""
    table = np.zeros(CODES, dtype=bool)
    table[list(codes)] = True
    found: NDArray[np.bool_] = table[code]
    return found


@dataclass(frozen=True)
class Standing:
    """Every household for one benefit: arrays of a value per household, amounts in the units of ``take_up.TakeUp``, 0 where there is none.

    ``code``: a byte. ``entitled``: what is surely due to A and B. ``most``: the most that may go unclaimed. ``underpaid``: what recipients
    are paid less than is due.
    """

    card: Card
    code: Array
    entitled: Array
    most: Array
    underpaid: Array

    @property
    def known(self) -> bool:
        """Whether the law of the month knows the benefit."""
        return bool((self.code != NOT_KNOWN).any())

    @cached_property
    def unclaimed(self) -> Array:
        """What is surely due and not received."""
        return np.where(self.code == B, self.entitled, 0.0)

    def of(self, *codes: int) -> NDArray[np.bool_]:
        """The households of some codes."""
        return among(self.code, codes)


@dataclass(frozen=True)
class Standings(ABC):
    """A sample, and where each household stands for each benefit."""

    outcomes: Outcomes

    @abstractmethod
    def standing(self, column: int) -> Standing:
        """All the households for the benefit of a column."""

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.outcomes.results.cards

    @property
    def index(self) -> "pd.Index[Any]":
        return self.outcomes.sample.about.index

    @property
    def weights(self) -> Array:
        return self.outcomes.sample.weights

    @property
    def strata(self) -> "pd.Series[Any] | None":
        return self.outcomes.sample.strata

    def column(self, benefit: str) -> int:
        return next(at for at, card in enumerate(self.cards) if card.id == benefit)


@dataclass(frozen=True)
class Block:
    """A chunk of households, packed.

    ``size``: households. ``codes``: shape (benefits, half of the households), two codes in a byte. ``amounts``: by kind, hundredths of the
    unit of the card, benefit after benefit, of the households whose code has such an amount, in their order; ``ends``: where those of each
    benefit end.
    """

    size: int
    codes: Array
    amounts: dict[str, Array]
    ends: dict[str, Array]

    @classmethod
    def of(cls, code: Array, amounts: dict[str, Array], scale: Array) -> "Block":
        """Pack arrays of shape (households, benefits); ``scale``: of each benefit, what its amounts were multiplied by."""
        code = np.ascontiguousarray(code.T)
        held = {kind: among(code, codes) for kind, codes in HELD.items()}
        cents = {kind: np.rint((amounts[kind] / scale).T[held[kind]] * 100).astype(np.int32) for kind in HELD}
        ends = {kind: np.cumsum(held[kind].sum(axis=1)).astype(np.int32) for kind in HELD}
        even = np.pad(code, ((0, 0), (0, code.shape[1] % 2)))
        return cls(code.shape[1], even[:, ::2] | even[:, 1::2] << 4, cents, ends)

    def code(self, column: int) -> Array:
        pairs = self.codes[column]
        return np.column_stack([pairs & 15, pairs >> 4]).ravel()[: self.size]

    def amount(self, kind: str, column: int) -> Array:
        """The amounts of a benefit, in its unit, of the households that have one."""
        ends = self.ends[kind]
        return self.amounts[kind][ends[column - 1] if column else 0 : ends[column]] / 100


@dataclass(frozen=True)
class Packed(Standings):
    """What is kept of the households of a table: blocks, in their order; ``outcomes`` has neither households nor results."""

    blocks: tuple[Block, ...]
    scale: Array

    def standing(self, column: int) -> Standing:
        code = np.concatenate([block.code(column) for block in self.blocks])
        found = {}
        for kind, codes in HELD.items():
            found[kind] = np.zeros(len(code))
            found[kind][among(code, codes)] = np.concatenate([block.amount(kind, column) for block in self.blocks]) * self.scale[column]
        return Standing(self.cards[column], code, **found)
