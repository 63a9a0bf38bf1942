"""Nothing makes the engine work more than it did, unless somebody raises the bound on purpose; the page of speed shows the measures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import page

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
MORE = 1.1


def test_the_engine_is_not_made_to_work_more() -> None:
    recorded = json.loads((BENCHMARKS / "counts.json").read_text(encoding="utf-8"))
    run = [sys.executable, str(BENCHMARKS / "counts.py")]
    found = json.loads(subprocess.run(run, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"}).stdout)
    assert found.keys() == recorded.keys()
    more = {
        f"{what}: {name}": (counts[name], "recorded", recorded[what][name])
        for what, counts in found.items()
        for name in counts
        if counts[name] > MORE * recorded[what][name]
    }
    assert not more, "if it is meant: python benchmarks/counts.py --write"


def test_the_page_of_speed_shows_what_was_measured() -> None:
    measured = json.loads(page.MEASURED.read_text(encoding="utf-8"))
    assert page.PAGE.read_text(encoding="utf-8") == page.page(measured), "python benchmarks/page.py"
