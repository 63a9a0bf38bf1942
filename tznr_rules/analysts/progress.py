"""A long output that a stopped run takes up where it was."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from tznr_rules.analysts import files
from tznr_rules.errors import FileError

STATE = "progress.json"


def digest(path: str | Path, *settings: object) -> str:
    """What tells an input, and the settings it is run with, from any other: SHA-256 of its bytes and of their text."""
    with Path(path).open("rb") as file:
        found = hashlib.file_digest(file, "sha256")
    found.update(repr(tuple(map(str, settings))).encode())
    return found.hexdigest()


class Progress:
    """How far an output has come.

    What is done is kept in a folder beside the output, named after it with ``.parts``: a file per table added and ``progress.json``, which
    holds the number of rows of the input that are done and the digest of the input. A run on the same input goes on from there; on
    another one, it starts anew. The output appears at the end only, and the folder goes away then.

    ::

        progress = Progress("due.csv", digest("sample.csv", mapping_text, "2026-11"))
        for people in progress.remaining(files.read("sample.csv")):
            progress.add(due(people), rows=people.index[-1])
        progress.finish()

    Attributes:
        rows: the number of the last row of the input that is done; 0 at the beginning.
    """

    def __init__(self, output: str | Path, digest: str) -> None:
        self._output, self._digest = Path(output), digest
        self._folder = self._output.with_name(f"{self._output.name}.parts")
        state = self._read()
        if state is None:
            self._clear()
        self.rows, self._parts = (int(state["rows"]), int(state["parts"])) if state else (0, 0)

    def remaining(self, chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The chunks of the input, without the rows that are done."""
        for chunk in chunks:
            if chunk.index[-1] > self.rows:
                yield chunk[chunk.index > self.rows]

    def add(self, frame: pd.DataFrame, rows: int, beside: bytes | None = None) -> None:
        """Keep one more table of the output, which takes the input up to one of its rows.

        ``beside``: what the run also needs to go on; :meth:`beside` gives it back.
        """
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            raise FileError(f"{self._output.name}: cannot be written: {(error.strerror or 'unknown reason').lower()}.") from None
        if beside is not None:
            with files.replacing(self._part(self._parts, ".state")) as temporary:
                temporary.write_bytes(beside)
        files.write(self._part(self._parts), [frame])
        self._parts, self.rows = self._parts + 1, int(rows)
        with files.replacing(self._folder / STATE) as temporary:
            temporary.write_text(json.dumps({"digest": self._digest, "rows": self.rows, "parts": self._parts}), encoding="utf-8")

    def finish(self) -> None:
        """Write the output, and forget the rest."""
        files.write(self._output, self._tables())
        self._clear()

    def beside(self) -> Iterator[bytes]:
        """What was kept beside each table that is done, in order."""
        for position in range(self._parts):
            yield self._part(position, ".state").read_bytes()

    def forget(self) -> None:
        """Give up: nothing is left of what was done."""
        self._clear()

    def _tables(self) -> Iterator[pd.DataFrame]:
        for position in range(self._parts):
            part = self._part(position)
            if part.suffix == ".parquet":
                yield pd.read_parquet(part)
            else:  # as text: what is written again is what was written
                yield pd.read_csv(part, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")

    def _part(self, position: int, suffix: str | None = None) -> Path:
        return self._folder / f"part_{position:06d}{suffix or self._output.suffix.lower()}"

    def _read(self) -> dict[str, Any] | None:
        """The state of a run on the same input, if there was one."""
        try:
            state = json.loads((self._folder / STATE).read_text(encoding="utf-8"))
            return state if state["digest"] == self._digest and {"rows", "parts"} <= set(state) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _clear(self) -> None:
        """Remove what this class wrote; anything else that somebody put there stays."""
        for path in [*self._folder.glob("part_*"), self._folder / STATE]:
            path.unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()
