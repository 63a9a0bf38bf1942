"""What takes seconds to find and is the same in the next process, kept on disk from one to the other (decision 0018).

A file is read only if nobody but us (or root) can have written it, is whole, and was written for this very law and these very versions;
anything else is as if it were not there. Nothing in it can run: only the classes named by who asks for it are ever made.
Where it cannot be written, nothing is kept, and nobody is told.

``TZNR_RULES_NO_CACHE=1`` turns it off, ``TZNR_RULES_CACHE_DIR`` moves it.
"""

import os
import pickle
import re
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from tznr_rules import collecting

OFF, MOVED = "TZNR_RULES_NO_CACHE", "TZNR_RULES_CACHE_DIR"
FORMAT = b"tznr_rules cache 1\n"
DIGEST = 32
LAWS = 4  # as many states of the law as this are kept: several checkouts, the version before
DAY = 86_400
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

Value = TypeVar("Value")


def kept(name: str, made_of: str, build: Callable[[], Value], classes: frozenset[tuple[str, str]] = frozenset()) -> Value:
    """A value read from disk, or built and kept there for the next process.

    Args:
        name: what it is, in letters, digits and dashes.
        made_of: the fingerprint of what it is made from: a file that bears another one is never read.
        build: gives the value when the disk does not.
        classes: the module and name of every class of which it is made, beside the plain values of Python.
    """
    place = folder()
    if place is None:
        return build()
    file = place / f"{name}.{made_of}"
    with collecting.paused(stay=True):
        with suppress(Exception):  # whatever is wrong with a file, it is as if there were none
            found: Value = _Reader(BytesIO(_read(file)), classes).load()
            return found
        value = build()
        with suppress(Exception):  # nor does it matter why it cannot be kept
            _write(file, pickle.dumps(value, protocol=5))
    return value


def folder() -> Path | None:
    """Where values are kept; None when the cache is off, or when there is no such place (a user without a home)."""
    if os.environ.get(OFF):
        return None
    if os.environ.get(MOVED):
        return Path(os.environ[MOVED])
    with suppress(RuntimeError):
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "tznr_rules" / "Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "tznr_rules"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tznr_rules"
    return None


def size(*made_of: str) -> int:
    """How many bytes are kept of what bears one of these fingerprints."""
    place = folder()
    there = place.iterdir() if place is not None and place.is_dir() else ()
    return sum(each.stat().st_size for each in there if each.suffix[1:] in made_of)


class _Reader(pickle.Unpickler):
    """Makes plain values and the classes that it is given: nothing else can be named in a file, so that nothing can be run by it."""

    def __init__(self, content: BytesIO, classes: frozenset[tuple[str, str]]) -> None:
        super().__init__(content)
        self._classes = classes

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._classes:
            raise pickle.UnpicklingError(f"{module}.{name} is not to be made from a cache")
        return super().find_class(module, name)


def _read(file: Path) -> bytes:
    """The content of a file that only we can have written.

    Raises:
        OSError: it is not there, or somebody else may have written it.
        ValueError: it is not whole, or not one of ours.
    """
    _check(os.stat(file.parent))
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as stream:
        _check(os.fstat(descriptor))
        start, digest, content = stream.read(len(FORMAT)), stream.read(DIGEST), stream.read()
    if start != FORMAT or digest != _digest(content):
        raise ValueError(f"{file} is damaged")
    return content


def _check(state: os.stat_result) -> None:
    if hasattr(os, "geteuid") and (state.st_uid not in _trusted() or state.st_mode & OTHERS_WRITE):
        raise PermissionError("somebody else may have written it")


def _trusted() -> tuple[int, ...]:
    """Whose files are believed: ours, and those of root, who writes Python itself."""
    return os.geteuid(), 0


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST).digest()


def _write(file: Path, content: bytes) -> None:
    """Write a file at once: who reads it finds the whole of it or nothing, however many write it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check(os.stat(file.parent))
    descriptor, temporary = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".tmp", dir=file.parent)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(FORMAT + _digest(content) + content)
        os.replace(temporary, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _forget(file)


def _forget(written: Path) -> None:
    """Remove what was kept of older laws under the same name, and what a process that was stopped left behind."""
    name, _, _ = written.name.partition(".")
    ours = re.compile(rf"{re.escape(name)}\.[0-9a-f]{{32}}(\..*\.tmp)?")
    found = {each: each.stat().st_mtime for each in written.parent.iterdir() if ours.fullmatch(each.name)}
    whole = sorted((each for each in found if each.suffix != ".tmp"), key=lambda each: found[each], reverse=True)
    left = (each for each in found if each.suffix == ".tmp" and found[each] < time.time() - DAY)
    for each in (*whole[LAWS:], *left):
        with suppress(OSError):
            each.unlink()
