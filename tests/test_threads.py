"""Threads that ask at the same time get what each would get alone, also when none of them has built the law yet."""

import json
import subprocess
import sys
from pathlib import Path

QUESTION = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

THREADS = 4
texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
start = Barrier(THREADS)
sys.setswitchinterval(1e-5)

def answers(first):
    start.wait()
    import yaml
    from tznr_rules import entitlements
    order = [(first + step) % len(texts) for step in range(len(texts))]
    return {number: entitlements(yaml.safe_load(texts[number])).to_json() for number in order}

with ThreadPoolExecutor(THREADS) as pool:
    together = list(pool.map(answers, range(THREADS)))
start = Barrier(1)
alone = answers(0)
print(json.dumps([sorted(number for number in alone if found[number] != alone[number]) for found in together]))
"""
HOUSEHOLDS = sorted((Path(__file__).parent.parent / "tznr_rules" / "households").glob("*.yaml"))[:4]


def test_four_threads_say_what_one_says() -> None:
    done = subprocess.run([sys.executable, "-c", QUESTION, *map(str, HOUSEHOLDS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[]] * 4
