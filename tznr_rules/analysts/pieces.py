"""A table, however it comes, as pieces of whole households: from a file, a data frame, or an iterator of data frames."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts import cells, files
from tznr_rules.analysts.fields import field
from tznr_rules.analysts.mapping import ColumnMapping, Source
from tznr_rules.analysts.mapping import read as read_mapping
from tznr_rules.analysts.tables import layout_of
from tznr_rules.errors import Fault, TznrError

READ = 4  # pieces read at once: a cell of text takes as much room as some tens of what is kept of it
People = Any  # a data frame, the path of a file, an iterator of data frames, or a dask data frame


def opened(
    people: People, mapping: Source | None, by: Iterable[str], weights: str | None, strata: str | None, size: int
) -> tuple[ColumnMapping, Iterator[pd.DataFrame]]:
    """What the columns of a table are, and its pieces.

    Args:
        by: columns of the analyst, which are kept beside the households.
        size: about how many rows a piece has.

    Raises:
        FileError: the file cannot be read.
        MappingError: the columns are not understood.
        SampleError: a household comes back after another one.
        TznrError: there is no row.
    """
    given = None if mapping is None else read_mapping(mapping)
    household = given.household if given and given.household else cells.HOUSEHOLD
    if isinstance(people, str | Path):
        frames = files.read(people, household=household, size=size * READ)
    elif isinstance(people, pd.DataFrame):
        frames = files.whole_households(_slices(people, size * READ), household)
    elif isinstance(people, Iterable):
        frames = files.whole_households(_filled(people, size), household)
    else:
        raise TypeError(f"people: {type(people).__name__} is not a table, a path, an iterator of tables or a dask.dataframe")
    first = next(frames, None)
    if first is None:
        raise TznrError("The table has no household.")
    layout = layout_for([str(name) for name in first.columns], given, by, weights, strata)
    return layout, (piece for frame in chain([first], frames) for piece in cut(frame, layout, size))


def layout_for(names: list[str], given: ColumnMapping | None, by: Iterable[str], weights: str | None, strata: str | None) -> ColumnMapping:
    """What the columns are, those of the analyst being kept.

    Raises:
        MappingError: the columns are not understood, or one of them is not there.
    """
    kept = tuple(by)
    known = names if given is not None else [name for name in names if name not in kept or _is_field(name)]
    return layout_of(known, given, weights, strata, kept, names)


def cut(frame: pd.DataFrame, layout: ColumnMapping, size: int) -> Iterator[pd.DataFrame]:
    """Rows in pieces of about ``size``, none of which ends inside a household."""
    name = layout.household
    if name is None or name not in frame.columns or layout.shape == "wide":
        begins = np.ones(len(frame), dtype=bool)
    else:
        begins = files.first_rows(frame[name])
    starts = np.flatnonzero(begins)
    first = 0
    while first < len(frame):
        after = starts[starts >= first + size]
        end = int(after[0]) if len(after) else len(frame)
        yield frame.iloc[first:end]
        first = end


class Fingerprint:
    """SHA-256 of the cells of a table, whatever the pieces in which they come."""

    def __init__(self) -> None:
        self._found = hashlib.sha256()

    def following(self, pieces: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The same pieces, noted on their way."""
        for piece in pieces:
            self._found.update(pd.util.hash_pandas_object(piece.astype(str), index=False).to_numpy().tobytes())
            yield piece

    def hexdigest(self) -> str:
        return self._found.hexdigest()


def _slices(people: pd.DataFrame, size: int) -> Iterator[pd.DataFrame]:
    for start in range(0, len(people), size):
        yield people.iloc[start : start + size]


def _filled(frames: Iterable[pd.DataFrame], size: int) -> Iterator[pd.DataFrame]:
    """Small tables put together up to a size: a run of the engine costs as much for one household as for some hundred."""
    waiting: list[pd.DataFrame] = []
    for frame in frames:
        waiting.append(frame)
        if sum(map(len, waiting)) >= size:
            yield pd.concat(waiting)
            waiting = []
    if waiting:
        yield pd.concat(waiting)


def _is_field(name: str) -> bool:
    for shape in ("long", "wide"):
        try:
            field(name, shape)
        except Fault:
            continue
        return True
    return False
