"""The chunks of a run as they are done, put together; when there is an output, they are kept beside it, so that a stopped run goes on."""

import ctypes
import pickle
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd

from tznr_rules.analysts.progress import Progress
from tznr_rules.analysts.reduction import Part, together

Ids = Callable[["pd.Series[str]"], "pd.Series[str]"]


class Kept:
    """What is done so far.

    Args:
        output: where what each household is due is written; None: nowhere.
        digest: what tells this run from another one; None: a stopped run starts anew.
        ids: how the ids of households are written.
        households: hand back, too, what each household is due.

    Attributes:
        wrong: some row has a problem.
    """

    def __init__(self, output: str | Path | None, digest: str | None, ids: Ids, households: bool) -> None:
        self._ids, self._households = ids, households
        self._progress = None if output is None else Progress(output, digest or secrets.token_hex(16))
        # These files hold households, as the output does: whoever can write there can already read and change both.
        self._parts: list[Part] = [] if self._progress is None else [pickle.loads(each) for each in self._progress.beside()]
        self.wrong = any(len(part.problems) for part in self._parts)

    def remaining(self, pieces: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The pieces that are not done."""
        return pieces if self._progress is None else self._progress.remaining(pieces)

    def add(self, part: Part) -> None:
        """Keep one more chunk."""
        self.wrong = self.wrong or bool(len(part.problems))
        if part.households is not None:
            part = replace(part, households=part.households.assign(household=self._ids(part.households["household"])))
        small = replace(part, ids=None, households=part.households if self._households else None)
        if self._progress is not None and part.households is not None:
            self._progress.add(part.households, part.last, pickle.dumps(small))
        self._parts.append(small)
        give_back()

    def whole(self) -> Part:
        """Everything that was kept."""
        return together(self._parts)

    def finish(self) -> None:
        """Write the output."""
        if self._progress is not None:
            self._progress.finish()

    def forget(self) -> None:
        """Leave nothing of the output."""
        if self._progress is not None:
            self._progress.forget()


def give_back() -> None:
    """Hand back to the system the memory that is free, which the allocator of Linux keeps: two hundred megabytes, after some chunks."""
    with suppress(OSError, AttributeError):  # another system
        ctypes.CDLL("libc.so.6").malloc_trim(0)
