"""When Python looks for objects that nothing needs any more: not while a computation makes many that it keeps to its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused(*, stay: bool = False) -> Iterator[None]:
    """Look for nothing meanwhile, unless another thread ends a pause of its own.

    Args:
        stay: what is made stays with the process: it is not looked through while it is young either.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if stay and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()  # they are old at once
            gc.enable()
