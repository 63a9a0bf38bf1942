"""What OpenFisca-Core computes again and again, remembered: the one place that changes the engine, and it changes no figure.

Each patch replaces one function of the version it was written for by one that gives the same result; with another version, or where
``TZNR_RULES_PLAIN_ENGINE`` is set, the engine is left as it is. Each could be proposed to OpenFisca-Core as it stands.
"""

import os
import warnings
from functools import lru_cache
from importlib.metadata import version

WRITTEN_FOR = "44.7."
PLAIN = "TZNR_RULES_PLAIN_ENGINE"


@lru_cache(maxsize=1)
def quicken() -> bool:
    """Patch the engine, once; say whether it was."""
    found = version("openfisca-core")
    if os.environ.get(PLAIN):
        return False
    if not found.startswith(WRITTEN_FOR):
        warnings.warn(f"openfisca-core {found} runs as it is, more slowly: the patches were written for {WRITTEN_FOR}x.", stacklevel=2)
        return False
    from tznr_rules.engine import calculating, parameters, periods, populations

    for patched in (periods, parameters, populations, calculating):
        patched.patch()
    return True
