"""Arrays of a row per household and a column per benefit, in the little room that what is mostly nothing needs.

They are read as a plain array is, a column at a time: ``cells[:, 3]``, ``amounts[mask, 3]``, ``cells[:, [1, 4]]``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Columnar:
    """An array of which each column keeps only what is not ``fill``.

    ``columns``: by column, the rows that are kept, in order, and their values.
    """

    length: int
    fill: Any
    dtype: np.dtype[Any]
    columns: tuple[tuple[Array, Array], ...]

    @classmethod
    def of(cls, array: Array, fill: Any) -> "Columnar":
        """The same array, shape (households, benefits), packed."""
        told = ~np.isnan(array) if isinstance(fill, float) and np.isnan(fill) else array != fill
        rows = [np.flatnonzero(told[:, column]).astype(np.int32) for column in range(array.shape[1])]
        return cls(len(array), fill, array.dtype, tuple((found, array[found, column]) for column, found in enumerate(rows)))

    @classmethod
    def joined(cls, parts: Sequence["Columnar"]) -> "Columnar":
        """The rows of several arrays of the same columns, one after the other."""
        first, before, columns = parts[0], 0, []
        pieces: list[list[tuple[Array, Array]]] = [[] for _ in first.columns]
        for part in parts:
            for column, (rows, values) in enumerate(part.columns):
                pieces[column].append(((rows + before).astype(np.int32), values))
            before += part.length
        for each in pieces:
            columns.append((np.concatenate([rows for rows, _ in each]), np.concatenate([values for _, values in each])))
        return cls(before, first.fill, first.dtype, tuple(columns))

    @property
    def shape(self) -> tuple[int, int]:
        return self.length, len(self.columns)

    def __getitem__(self, key: tuple[Any, Any]) -> Any:
        """A column, or some, of the rows that a slice or a mask says.

        >>> Columnar.of(np.array([[0.0, 5.0], [2.0, 0.0]]), 0.0)[:, 1].tolist()
        [5.0, 0.0]
        """
        rows, column = key
        if isinstance(column, int | np.integer):
            return self._column(int(column))[rows]
        chosen = range(len(self.columns))[column] if isinstance(column, slice) else column
        found = [self._column(int(each)) for each in chosen]
        return (np.column_stack(found) if found else np.empty((self.length, 0), self.dtype))[rows]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        """The plain array."""
        return np.asarray(self[:, :], dtype)

    def _column(self, column: int) -> Array:
        rows, values = self.columns[column]
        dense = np.full(self.length, self.fill, dtype=self.dtype)
        dense[rows] = values
        return dense
