"""The same function on many pieces, in several processes, the results in the order of the pieces.

Processes are forked where the system is Linux: they find the law already built, and share its memory, instead of building it again for
some seconds each; and a reform written in a notebook, which no other process could import, is there too. Elsewhere they are spawned.
They are forked before anything starts a thread.
"""

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")

_work: Callable[[Any], Any] | None = None  # in a worker, what is done with each piece
AHEAD = 2  # pieces waiting for each worker: enough to keep it busy, few enough to keep memory flat


def mapped(function: Callable[[Given], Found], pieces: Iterable[Given], workers: int) -> Iterator[Found]:
    """What a function gives for each piece, in order; at most a few pieces are in memory.

    Args:
        function: each worker has it once, with what it holds; only pieces and what they give go from a process to another.
        workers: processes; 1 computes here.
    """
    if workers == 1:
        yield from map(function, pieces)
        return
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(function,)) as pool:
        waiting: deque[Future[Found]] = deque()
        try:
            for piece in pieces:
                waiting.append(pool.submit(_one, piece))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


def _begin(function: Callable[[Any], Any]) -> None:
    """In a worker that begins: keep what is to be done."""
    global _work
    _work = function


def _one(piece: Any) -> Any:
    """In a worker: what the function gives for a piece."""
    assert _work is not None
    return _work(piece)
