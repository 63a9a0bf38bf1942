"""What the engine is made to do, counted: it does not depend on the machine, so that a test may hold it.

``counts.json`` holds what was counted last; ``tests/test_counts.py`` fails when a count grows by more than a tenth. Run with ``--write`` to
raise or lower the bounds on purpose.
"""

import argparse
import cProfile
import json
import os
import pstats
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ["TZNR_RULES_NO_CACHE"] = "1"  # what is counted does not depend on what an earlier process kept

from both_sides import described, drawn
from side_by_side import HOUSEHOLD
from tznr_rules import entitlements
from tznr_rules.batch import evaluate_in_columns
from tznr_rules.engine import parameters
from tznr_rules.household import parse
from tznr_rules.simulation import _Lived
from tznr_rules.system import system

RECORDED = Path(__file__).with_name("counts.json")
BATCH = 50


def counted(call: Callable[[], Any]) -> dict[str, int]:
    """What one call makes the engine do, once everything that is kept is there.

    ``formulas``: formulas run, each giving an array; ``months``: periods at which one was; ``parameters``: branches of the law built;
    ``calls``: Python and C functions called. ``instants`` of a report: those at which the law was built since the process began.
    """
    call()
    run, opened = _Lived._run_formula, parameters._opened
    formulas: list[str] = []
    branches: list[str] = []

    def counting(self: Any, variable: Any, population: Any, period: Any) -> Any:
        formulas.append(str(period))
        return run(self, variable, population, period)

    def opening(self: Any, key: str) -> Any:
        branches.append(key)
        return opened(self, key)

    with patch.object(_Lived, "_run_formula", counting), patch.object(parameters.ParameterNodeAtInstant, "__getattr__", opening):
        call()
    profile = cProfile.Profile()
    profile.runcall(call)
    calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return {"formulas": len(formulas), "months": len(set(formulas)), "parameters": len(branches), "calls": calls}


def counts() -> dict[str, dict[str, int]]:
    """A report of one household, with and without what benefits do to one another, and a batch that answers every question."""
    batch = [parse(document) for document in described(drawn(BATCH))]
    report = counted(lambda: entitlements(HOUSEHOLD, interactions=False))
    instants = len(system().__dict__["_law_at"][1])
    return {
        "report": report | {"instants": instants},
        "report with interactions": counted(lambda: entitlements(HOUSEHOLD)),
        f"batch of {BATCH}": counted(lambda: evaluate_in_columns(batch)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="record these counts as the new bounds")
    found = counts()
    if parser.parse_args().write:
        RECORDED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
