"""The same computation on a ``dask.dataframe``: each partition is reduced where it is, and only what was reduced comes back."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts import files
from tznr_rules.analysts.cells import HOUSEHOLD
from tznr_rules.analysts.files import problem_table
from tznr_rules.analysts.pieces import cut
from tznr_rules.analysts.reduction import Part, Settings, reduce, together
from tznr_rules.errors import TznrError

ONE_AT_A_TIME = Lock()  # the engine is not made for threads; a worker of several threads computes one partition after the other


def is_distributed(people: Any) -> bool:
    """Whether a table is a ``dask.dataframe``: told without importing dask."""
    return type(people).__module__.split(".")[0] in ("dask", "dask_expr") and hasattr(people, "to_delayed")


def reduced(people: Any, settings: Settings, size: int, meanwhile: Callable[[], None]) -> Iterator[Part]:
    """Each partition, reduced, in order: by the client that is there, else by processes of this machine.

    Args:
        people: a ``dask.dataframe`` of which each partition holds whole households.
        size: about how many rows are computed at once.
        meanwhile: what is done here once the workers of a client have begun.

    Raises:
        TznrError: a household is in two partitions.
    """
    dask = import_module("dask")
    one = dask.delayed(reduce_partition, pure=False)
    tasks = [one(partition, settings, size) for partition in people.to_delayed()]
    before, met = 0, np.zeros(0, dtype=np.uint64)
    client = _client()
    waiting = deque(client.compute(tasks)) if client else deque()
    meanwhile()
    found = (waiting.popleft().result() for _ in tasks) if client else dask.compute(*tasks, scheduler="processes")
    for part in found:
        ids = np.zeros(0, dtype=np.uint64) if part.ids is None else part.ids
        twice = np.isin(ids, met).sum()
        if twice:
            raise TznrError(f"people: {twice} households are in two partitions. Partition the table by whole households.")
        met = np.union1d(met, ids)
        yield replace(part, problems=part.problems.assign(row=part.problems["row"] + before))
        before += part.last


def reduce_partition(people: pd.DataFrame, settings: Settings, size: int) -> Part:
    """A partition, reduced piece by piece; its rows are numbered from 1, and ``last`` counts them all.

    Raises:
        SampleError: a household comes back after another one.
    """
    with ONE_AT_A_TIME:
        frames = files.whole_households(iter([people]), settings.mapping.household or HOUSEHOLD)
        parts = [reduce(piece, settings) for frame in frames for piece in cut(frame, settings.mapping, size)]
    whole = together(parts) if parts else Part(0, 0, problem_table([]))
    return replace(whole, last=len(people))


def _client() -> Any:
    """The client of dask.distributed that somebody opened, if there is one."""
    try:
        return import_module("distributed").get_client()
    except (ImportError, ValueError):
        return None
