"""Households in groups: what figures are broken down by, as a code per household."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.profiles import label
from tznr_rules.analysts.standings import CODES, Array, B, Standing

EVERYONE = "ensemble"
NOT_TOLD = "non connu"


@dataclass(frozen=True)
class Groups:
    """The groups of a column that are not empty, in order, and the place of the group of each household; together they are everyone."""

    name: str
    ids: tuple[Any, ...]
    code: Array

    @classmethod
    def of(cls, by: "pd.Series[Any]", index: "pd.Index[Any]") -> "Groups":
        """The groups of a column; what is not known is the last one.

        Raises:
            ValueError: a group bears the name of the margin.
        """
        values = by if by.index is index else by.reindex(index)
        if (values == EVERYONE).any():
            raise ValueError(f"{by.name}: '{EVERYONE}' is the name of the margin. Give that group another name.")
        if not isinstance(values.dtype, pd.CategoricalDtype):
            values = values.astype(pd.CategoricalDtype(sorted(values.dropna().unique()), ordered=True))
        order = [*values.cat.categories, NOT_TOLD]
        code = np.where(values.cat.codes < 0, len(order) - 1, values.cat.codes).astype(np.int16)
        there = np.bincount(code, minlength=len(order)) > 0
        place = (np.cumsum(there) - 1).astype(np.int16)
        return cls(str(by.name), tuple(each for each, held in zip(order, there, strict=True) if held), place[code])

    @classmethod
    def everyone(cls, count: int) -> "Groups":
        """The margin alone."""
        return cls("", (EVERYONE,), np.zeros(count, dtype=np.int16))

    def of_some(self, rows: Array) -> "Groups":
        """The same groups, of some households."""
        return Groups(self.name, self.ids, self.code[rows])

    def __len__(self) -> int:
        return len(self.ids)

    def masks(self) -> list[tuple[Any, Array]]:
        """Who is in each group."""
        return [(each, self.code == place) for place, each in enumerate(self.ids)]

    def label(self, group: Any) -> str:
        return "Ensemble" if group == EVERYONE else label(self.name, group)


@dataclass(frozen=True)
class Tally:
    """The households of one benefit, counted by group and code: arrays of shape (groups, codes).

    ``households``: unweighted; ``weight``: their weights; ``money``: the unweighted sum of what is at stake for them (what is due to A and
    B, what may be due to E and F); ``largest``: the most of it that one household has.
    """

    households: Array
    weight: Array
    money: Array
    largest: Array

    @classmethod
    def of(cls, standing: Standing, weights: Array, groups: Groups) -> "Tally":
        shape, place = (len(groups), CODES), groups.code.astype(np.intp) * CODES + standing.code
        held = np.where(standing.code == B, 0.0, standing.most) + standing.entitled
        rows = np.flatnonzero(held)
        largest = np.zeros(len(groups) * CODES)
        np.maximum.at(largest, place[rows], held[rows])

        def sums(at: Array, values: Array | None = None) -> Array:
            return np.bincount(at, values, minlength=len(largest)).reshape(shape)

        return cls(sums(place), sums(place, weights), sums(place[rows], held[rows]), largest.reshape(shape))

    def count(self, codes: Sequence[int]) -> Array:
        """The households of some codes, by group."""
        return np.asarray(self.households[:, list(codes)].sum(axis=1))

    def weigh(self, codes: Sequence[int]) -> Array:
        """Their weights, by group."""
        return np.asarray(self.weight[:, list(codes)].sum(axis=1))
