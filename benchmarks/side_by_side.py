"""Ours and plain OpenFisca-France, side by side in one run: fresh processes, alternating, medians; ratios, never absolute times.

Ours computes every card of the catalogue, with its conditions; plain OpenFisca-France computes fourteen amounts. Both are told the same
incomes, dwellings and people; ours are described by people who answer every question, plain OpenFisca-France walks back to 2021 by itself.

Run: ``make bench``. It writes ``docs/benchmarks/side_by_side.json``, which ``docs/speed.md`` shows, and fails when the amounts differ.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np

import page
from both_sides import FOURTEEN, MONTH, described, drawn, plain_amounts, plain_simulation

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "docs" / "benchmarks"
SIZES = (1, 100, 1_000, 10_000)
LARGER = (100_000, 1_000_000)  # ours only, in chunks: plain OpenFisca-France holds a hundred kilobytes of each household
CHUNK = 10_000
MOST_DIFFERENT = 0.05  # share of the households; the past of plain OpenFisca-France is circular: its figures depend on the order of asking
CENTS = 0.05
SCENARIOS = "scenarios/nationales/aide_logement.yaml"
HOUSEHOLD: dict[str, Any] = {
    "date": MONTH,
    "depcom": "35238",
    "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420, "charges_locatives": 60},
    "personnes": [
        {"id": "nadia", "lien": "demandeur", "date_naissance": "1990-05-12", "activite": "actif", "salaire_net": 850},
        {"id": "lea", "lien": "enfant", "date_naissance": "2018-03-02"},
    ],
    "avis_imposition": {"2024": {"rfr": 9200, "nbptr": 2}},
}


def seconds(call: Callable[[], Any], clock: Callable[[], float] = perf_counter) -> float:
    start = clock()
    call()
    return clock() - start


def peak() -> float:
    """The most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def plain_single(warm: int) -> dict[str, float]:
    """A new process up to the first fourteen amounts, then the same again."""
    start = perf_counter()
    from openfisca_france import FranceTaxBenefitSystem

    law, people = FranceTaxBenefitSystem(), drawn(1)
    plain_amounts(law, people)
    cold = perf_counter() - start
    return {"cold": cold, "warm": statistics.median(seconds(lambda: plain_amounts(law, people), process_time) for _ in range(warm))}


def our_single(warm: int) -> dict[str, float]:
    """A new process up to the first whole report, then the same again: with everything, without what benefits do to one another, and for
    somebody who answers every question."""
    start = perf_counter()
    from tznr_rules import entitlements

    entitlements(HOUSEHOLD)
    cold = perf_counter() - start
    (told,) = described(drawn(1))
    calls = {
        "warm": lambda: entitlements(HOUSEHOLD),
        "warm, without interactions": lambda: entitlements(HOUSEHOLD, interactions=False),
        "warm, every question answered, without interactions": lambda: entitlements(told, interactions=False),
    }
    return {"cold": cold} | {
        name: statistics.median(seconds(call, process_time) for _ in range(warm + 1)) for name, call in calls.items()
    }


def command_line(_: int) -> dict[str, float]:
    """A whole ``tznr-rules evaluate``, from the shell to the text."""
    command = [sys.executable, "-m", "tznr_rules", "evaluate", "-"]
    run = partial(subprocess.run, command, input=json.dumps(HOUSEHOLD), text=True, check=True, capture_output=True)
    return {"cold": seconds(run)}


def plain_batch(count: int) -> dict[str, float]:
    """The fourteen amounts of a batch, its arrays being drawn already."""
    from openfisca_france import FranceTaxBenefitSystem

    law, people = FranceTaxBenefitSystem(), drawn(count)
    plain_amounts(law, drawn(100, seed=1))
    return {"seconds": seconds(lambda: plain_amounts(law, people), process_time), "peak": peak()}


def our_batch(count: int) -> dict[str, float]:
    """Every benefit of a batch and whether each condition holds, its households being read already."""
    from tznr_rules.batch import evaluate_in_columns
    from tznr_rules.household import parse

    evaluate_in_columns([parse(document) for document in described(drawn(100, seed=1))])
    reading = process_time()
    households = [parse(document) for document in described(drawn(min(count, CHUNK)))]
    read = (process_time() - reading) * max(count / CHUNK, 1)
    chunks = max(count // CHUNK, 1)  # the same ten thousand, again and again, as a table read in chunks would come
    taken = sum(seconds(lambda: evaluate_in_columns(households), process_time) for _ in range(chunks))
    return {"seconds": taken, "reading": read, "peak": peak()}


def amounts_alone(count: int) -> dict[str, float]:
    """The amounts of the catalogue, then the same with the conditions and with every figure of the reasons."""
    from tznr_rules import lived, simulation
    from tznr_rules.catalogue import cards
    from tznr_rules.household import parse

    built = lived.build([parse(document) for document in described(drawn(count))], simulation.estimate_notices, assumptions=False)
    chosen = [card for card in cards() if card.models(MONTH)]
    amounts = [card.variable for card in chosen]
    conditions = [*amounts, *(condition.variable for card in chosen for condition in card.conditions)]
    figures = [*conditions, *(name for card in chosen for name in card.variables())]
    wanted = {"amounts": amounts, "conditions": conditions, "figures": figures}
    taken: dict[str, list[float]] = {name: [] for name in wanted}
    for _ in range(16):
        for name, names in wanted.items():
            taken[name].append(seconds(partial(simulation.run, built, dict.fromkeys(names)), process_time))
    return {name: statistics.median(each[1:]) for name, each in taken.items()}


def scenarios(_: int) -> dict[str, float]:
    """The same file of scenarios through pytest, and through plain ``openfisca test``."""
    environment = {**os.environ, "TZNR_RULES_PLAIN_ENGINE": "1", "TZNR_RULES_NO_CACHE": "1"}
    ours = [sys.executable, "-m", "pytest", "-q", SCENARIOS]
    plain = [str(Path(sys.executable).parent / "openfisca"), "test", "--country-package", "tznr_rules", SCENARIOS]
    run = partial(subprocess.run, cwd=ROOT, capture_output=True, check=True)
    return {"ours": seconds(lambda: run(ours)), "plain": seconds(lambda: run(plain, env=environment))}


def agreement(count: int) -> dict[str, float]:
    """For each of the fourteen, the share of households of which both sides have the same amount, in the law of OpenFisca-France alone.

    Ours are told which housing aid the other side computed for each past month: they would suppose that it was always that of today.
    """
    from openfisca_core.periods import period

    from tznr_rules import lived, simulation
    from tznr_rules.household import parse
    from tznr_rules.periods import months
    from tznr_rules.system import system

    law, people = system(corrected=False), drawn(count)
    past = plain_simulation(law, people)
    received = {month: past.calculate("aide_logement", period(month)) for month in months(MONTH) if month < MONTH}
    told = [
        document | {"recus": {"aide_logement": {month: float(amounts[row]) for month, amounts in received.items()}}}
        for row, document in enumerate(described(people))
    ]
    built = lived.build([parse(document) for document in told], simulation.estimate_notices, assumptions=False)
    ours, theirs = simulation.run(built, FOURTEEN, law), plain_amounts(law, people)
    return {name: float((np.abs(ours[name].astype(float) - theirs[name].astype(float)) < CENTS).mean()) for name in FOURTEEN}


SIDES: dict[str, Callable[[int], dict[str, float]]] = {
    each.__name__: each
    for each in (plain_single, our_single, command_line, plain_batch, our_batch, amounts_alone, scenarios, agreement)
}


def fresh(side: str, size: int, **environment: str) -> dict[str, float]:
    """One measure in a process of its own."""
    command = [sys.executable, __file__, "--side", side, "--size", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def alternating(sides: dict[str, Callable[[], dict[str, float]]], times: int) -> dict[str, dict[str, float]]:
    """The medians of several measures, taken in turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    for _ in range(times):
        for name, measure in sides.items():
            found[name].append(measure())
    return {name: medians(runs) for name, runs in found.items()}


def uncached() -> dict[str, float]:
    with TemporaryDirectory() as folder:
        return fresh("our_single", 1, TZNR_RULES_CACHE_DIR=folder)


def measured(runs: int, largest: int) -> dict[str, Any]:
    """Everything, as written in the JSON."""
    fresh("our_single", 1)  # the cache is there
    singles = alternating(
        {
            "plain": partial(fresh, "plain_single", 5),
            "ours": partial(fresh, "our_single", 5),
            "ours, no cache yet": uncached,
            "command line": partial(fresh, "command_line", 1),
        },
        runs,
    )
    curve: list[dict[str, Any]] = []
    for size in (size for size in (*SIZES, *LARGER) if size <= largest):
        sides = {"ours": partial(fresh, "our_batch", size)}
        if size in SIZES:
            sides["plain"] = partial(fresh, "plain_batch", size)
        curve.append({"households": size, **alternating(sides, min(runs, 3) if size <= CHUNK else 1)})
        print(curve[-1], file=sys.stderr)
    reasons = alternating({"batch": partial(fresh, "amounts_alone", min(CHUNK, largest))}, min(runs, 3))["batch"]
    files = alternating({"scenarios": partial(fresh, "scenarios", 1)}, min(runs, 3))["scenarios"]
    agreed = fresh("agreement", 500)
    batch = next(each for each in reversed(curve) if "plain" in each)
    plain, ours = singles["plain"], singles["ours"]
    ratios = {
        "cold, cache present": plain["cold"] / ours["cold"],
        "cold, no cache yet": plain["cold"] / singles["ours, no cache yet"]["cold"],
        "cold, from the shell": plain["cold"] / singles["command line"]["cold"],
        "one household, warm": plain["warm"] / ours["warm"],
        "one household, warm, without interactions": plain["warm"] / ours["warm, without interactions"],
        "one household, warm, every question answered": plain["warm"] / ours["warm, every question answered, without interactions"],
        f"batch of {batch['households']}": batch["plain"]["seconds"] / batch["ours"]["seconds"],
        "conditions over amounts": reasons["conditions"] / reasons["amounts"],
        "all figures over amounts": reasons["figures"] / reasons["amounts"],
        "scenarios": files["plain"] / files["ours"],
    }
    return {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("tznr-rules", "openfisca-core", "openfisca-france", "numpy")},
        "runs": runs,
        "ratios": ratios,
        "singles": singles,
        "curve": curve,
        "reasons": reasons,
        "scenarios": files,
        "agreement": agreed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", choices=sorted(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--largest", type=int, default=100_000, help="the largest batch of the curve")
    arguments = parser.parse_args()
    if arguments.side:
        print(json.dumps(SIDES[arguments.side](arguments.size)))
        return
    found = measured(arguments.runs, arguments.largest)
    for name, ratio in found["ratios"].items():
        print(f"{name:55}{ratio:8.2f}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "side_by_side.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    page.write()
    different = {name: share for name, share in found["agreement"].items() if share < 1 - MOST_DIFFERENT}
    if different:
        raise SystemExit(f"The two sides do not compute the same amounts: {different}")


if __name__ == "__main__":
    main()
