"""One process that answers for a long time: the memory that it holds every thousand calls, for households that are never twice the same."""

import argparse
import gc
import json
import platform
import random
import resource
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

RESULTS = Path(__file__).parent / "results"
FEW = ["af"]


def household(draw: random.Random) -> dict[str, Any]:
    """A household that nobody had before: ages, pay, rent and months are drawn to the day and to the cent."""
    born = date(1960, 1, 1) + timedelta(days=draw.randrange(16_000))
    child = date(2008, 1, 1) + timedelta(days=draw.randrange(6_500))
    persons = [{"date_naissance": born.isoformat(), "salaire_net": round(draw.uniform(0, 2500), 2)}]
    persons += [{"lien": "enfant", "date_naissance": child.isoformat()}] * draw.randrange(3)
    return {
        "date": f"{draw.choice((2025, 2026))}-{draw.randrange(1, 13):02d}",
        "depcom": draw.choice(("35238", "35047", "35051")),
        "logement": {"statut_occupation_logement": "locataire_vide", "loyer": round(draw.uniform(200, 900), 2)},
        "personnes": persons,
    }


def held() -> float:
    """The memory of this process, in megabytes: what it holds now where the system says it, else the most it ever held."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def measured(calls: int, every: int, benefits: list[str] | None, draw: random.Random) -> list[float]:
    """What is held after each so many calls."""
    from tznr_rules import entitlements

    found, start = [], perf_counter()
    for number in range(1, calls + 1):
        entitlements(household(draw), benefits=benefits, interactions=benefits is None)
        if number % every == 0:
            gc.collect()
            found.append(round(held(), 1))
            kind = "calls for one benefit" if benefits else "whole reports"
            print(f"{number:6} {kind:25}{found[-1]:8.1f} MB{perf_counter() - start:8.0f} s", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000, help="calls for one benefit")
    parser.add_argument("--reports", type=int, default=300, help="whole reports")
    parser.add_argument("--every", type=int, default=10, help="how many times the memory is read")
    arguments = parser.parse_args()
    draw = random.Random(20261101)
    few = measured(arguments.calls, max(1, arguments.calls // arguments.every), FEW, draw)
    whole = measured(arguments.reports, max(1, arguments.reports // arguments.every), None, draw)
    RESULTS.mkdir(exist_ok=True)
    content = {"megabytes": {"few": few, "whole": whole}, **vars(arguments), "python": platform.python_version()}
    (RESULTS / "long_lived.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
