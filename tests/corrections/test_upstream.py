"""Every formula that we correct is watched: when OpenFisca-France changes it, a person reads it again, and it goes if it caught up.

``python -m tests.corrections.test_upstream`` records the formulas read.
"""

import json
from functools import lru_cache
from hashlib import sha256
from inspect import getsource
from pathlib import Path

import pytest
from openfisca_france import FranceTaxBenefitSystem

from tznr_rules.corrections import formula_corrections

RECORD = Path(__file__).parent / "upstream.json"
NAMES = sorted(corrected.__name__ for corrected, _ in formula_corrections())


@lru_cache(maxsize=1)
def theirs() -> FranceTaxBenefitSystem:
    return FranceTaxBenefitSystem()


def fingerprint(name: str) -> str:
    """A digest of the formulas of a variable of OpenFisca-France."""
    formulas = theirs().variables[name].formulas
    text = "\n".join(f"{since}\n{getsource(formulas[since])}" for since in sorted(formulas))
    return sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", NAMES)
def test_the_formula_is_the_one_that_was_read(name: str) -> None:
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    assert name in recorded, f"{name} is corrected and not recorded: python -m tests.corrections.test_upstream"
    changed = f"OpenFisca-France has changed {name}. If it has caught up, delete the correction; else record what was read."
    assert fingerprint(name) == recorded[name], changed


def test_nothing_is_watched_in_vain() -> None:
    assert sorted(json.loads(RECORD.read_text(encoding="utf-8"))) == NAMES


if __name__ == "__main__":
    RECORD.write_text(json.dumps({name: fingerprint(name) for name in NAMES}, indent=2) + "\n", encoding="utf-8")
