"""How many households ``estimate`` computes in a second, and in what memory: in one process, in two, and by Dask on as many.

Each measure is a new process, on invented households that all differ (``population.py``); its time is that of the call, the law being
built in it. The results, with the machine and the versions, are in ``docs/benchmarks/scale.json``. Run: ``make scale``; some ten minutes
of two cores. ``--households 1000000`` takes hours.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from population import HOUSEHOLD, write

RESULTS = Path(__file__).parent.parent / "docs" / "benchmarks" / "scale.json"
LIBRARIES = ("openfisca-france", "openfisca-core", "numpy", "pandas", "dask")
SIZES, WAYS, PROCESSES = (1_000, 10_000, 100_000), ("1", "2", "dask"), 2
MONTH = "2026-11"
ROWS = 2_000  # of a partition of Dask, as of what a process is sent
SEVERAL_TIMES = 10_000  # households up to which a measure is made several times


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or the largest of its children, ever held, in MB."""
    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def taken(who: int = resource.RUSAGE_SELF) -> tuple[float, float]:
    """The same, and the seconds of processor."""
    used = resource.getrusage(who)
    return peak(who), used.ru_utime + used.ru_stime


def measured(people: Path, way: str) -> dict[str, Any]:
    """One call, in this process: seconds, seconds of processor of everybody, MB of this process and of the largest worker."""
    from tznr_rules import estimate

    with _table(people, way) as (table, workers, of_workers):
        start, before = perf_counter(), process_time()
        found = estimate(table, date=MONTH, workers=workers, errors="report")
        seconds, mine = perf_counter() - start, process_time() - before
        theirs = of_workers()
    most, worked = max((each for each, _ in theirs), default=0.0), sum(each for _, each in theirs)
    return {"households": found.provenance.used, "seconds": seconds, "processor": mine + worked, "parent": peak(), "worker": most}


@contextmanager
def _table(people: Path, way: str) -> Iterator[tuple[Any, int, Any]]:
    """What to estimate, in how many processes, and how to ask of those the most memory and the time of processor."""
    if way != "dask":
        yield people, int(way), lambda: [taken(resource.RUSAGE_CHILDREN)] if int(way) > 1 else []
        return
    import dask
    import distributed
    from dask import dataframe

    dask.config.set({"distributed.worker.profile.enabled": False})  # it walks through the whole stack a hundred times a second
    cluster = distributed.LocalCluster(PROCESSES, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        client.run(taken)  # both are there
        yield dataframe.read_parquet(_parts(people)), 1, lambda: list(client.run(taken).values())


def _parts(people: Path) -> str:
    """The same table cut in files of whole households, each a partition."""
    from tznr_rules.analysts import files

    folder = people.with_suffix(".parts")
    if not folder.exists():
        folder.mkdir()
        for place, frame in enumerate(files.read(people, household=HOUSEHOLD, size=ROWS)):
            frame.to_parquet(folder / f"{place:06d}.parquet", index=False)
    return str(folder / "*.parquet")


def _apart(people: Path, way: str) -> dict[str, Any]:
    """The same, in a process of its own."""
    command = [sys.executable, __file__, "--one", str(people), "--ways", way]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def _median(found: list[dict[str, Any]], way: str) -> dict[str, Any]:
    """The median time of several measures of the same, and the most memory."""
    seconds, households = statistics.median(each["seconds"] for each in found), found[0]["households"]
    memory = {f"{who}_peak_mb": round(max(each[who] for each in found)) for who in ("parent", "worker")}
    processor = statistics.median(each["processor"] for each in found)
    speed = {"seconds": round(seconds, 1), "processor_seconds": round(processor, 1), "per_second": round(households / seconds, 1)}
    return {"households": households, "processes": way, "measures": len(found), **speed, **memory}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--households", type=int, nargs="+", default=SIZES)
    options.add_argument("--ways", nargs="+", default=WAYS, help="1, 2, ... processes, or dask")
    options.add_argument("--times", type=int, default=3, help=f"measures of each, up to {SEVERAL_TIMES} households")
    options.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one is not None:
        warnings.simplefilter("ignore")
        print(json.dumps(measured(chosen.one, chosen.ways[0])))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for households in chosen.households:
            people = Path(folder) / f"{households}.parquet"
            write(people, households)
            for way in chosen.ways:
                times = chosen.times if households <= SEVERAL_TIMES else 1
                rows.append(_median([_apart(people, way) for _ in range(times)], way))
                print(rows[-1], flush=True)
    _save(rows)


def _save(rows: list[dict[str, Any]]) -> None:
    """Write the results; those of other sizes and ways that are there stay."""
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["measures"] if RESULTS.exists() else []
    done = {(row["households"], row["processes"]) for row in rows}
    kept = sorted([*rows, *(row for row in before if (row["households"], row["processes"]) not in done)], key=_order)
    made = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "load_average": round(os.getloadavg()[0], 1),  # above the number of processes measured, others worked at the same time
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
        "measures": kept,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


def _order(row: dict[str, Any]) -> tuple[int, str]:
    return row["households"], row["processes"]


if __name__ == "__main__":
    main()
