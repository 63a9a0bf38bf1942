"""When Python looks for objects that nothing needs any more: not while a computation makes many that it keeps to its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Look for nothing meanwhile, unless another thread ends a pause of its own."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
