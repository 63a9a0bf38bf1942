"""A scenario that fails says what differs, by how much and why; a typo says its line and the nearest name, and stops no other."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

OPENFISCA = """\
- name: A wrong amount
  period: 2026-11
  input: {age: 30, rsa_montant: 100}
  output: {rsa: 120}
- name: A typo in an input
  period: 2026-11
  input:
    salarie_net: 100
  output: {rsa: 0}
- name: A typo in an output
  period: 2026-11
  input: {age: 30}
  output:
    rsa_montnat: 0
- name: A right one
  period: 2026-11
  input: {age: 30, rsa_montant: 100}
  output: {rsa: 100}
- name: Not a scenario
  period: 2026-11
  inputs: {}
  output: {rsa: 0}
"""
HOUSEHOLD = """\
name: Someone alone
household:
  date: 2026-11
  depcom: "35238"
  logement: {statut_occupation_logement: sans_domicile}
  personnes: [{date_naissance: 1990-05-12, salaire_net: 1500}]
expected:
  rsa: {status: granted, amount: 100}
  ppa: {amount: 1}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository laid out as ours, whose scenarios have faults."""
    root = tmp_path_factory.mktemp("repository")
    (root / "tests").mkdir()
    for name in ("conftest.py", "tests/__init__.py", "tests/scenario_files.py", "tests/scenario_batches.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "scenarios" / "households").mkdir(parents=True)
    (root / "scenarios" / "faults.yaml").write_text(OPENFISCA, encoding="utf-8")
    (root / "scenarios" / "households" / "alone.yaml").write_text(HOUSEHOLD, encoding="utf-8")
    (root / "scenarios" / "households" / "typo.yaml").write_text(HOUSEHOLD.replace("  ppa:", "  pppa:"), encoding="utf-8")
    (root / "scenarios" / "households" / "wrong.yaml").write_text(HOUSEHOLD.replace("salaire_net", "salarie_net"), encoding="utf-8")
    (root / "scenarios" / "households" / "broken.yaml").write_text("name: [", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def output(root: Path) -> str:
    """What pytest prints of them."""
    return printed(root)


def printed(root: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(root), "-q", *(options or ["scenarios"])]
    return subprocess.run(command, cwd=root, capture_output=True, text=True).stdout


def test_the_others_run(output: str) -> None:
    assert "8 failed, 1 passed" in output


def test_each_scenario_computed_alone_says_the_same(root: Path, output: str) -> None:
    seconds = re.compile(r" in [\d.]+s")
    assert seconds.sub("", printed(root, "--alone", "scenarios")) == seconds.sub("", output)


def test_one_scenario_may_be_chosen(root: Path) -> None:
    assert "1 passed, 4 deselected" in printed(root, "-k", "right", "scenarios/faults.yaml")


def test_a_wrong_amount_says_by_how_much(output: str) -> None:
    assert "faults.yaml:1: A wrong amount" in output
    assert "rsa@2026-11: [100.] differs from 120" in output


@pytest.mark.parametrize(
    "message",
    [
        "faults.yaml:8: 'salarie_net' is unknown. Did you mean 'salaire_net'?",
        "faults.yaml:14: 'rsa_montnat' is unknown. Did you mean 'rsa_montant'?",
        "typo.yaml:9: 'pppa' is unknown. Did you mean 'ppa'?",
        "personnes[0].salarie_net: unknown field. Did you mean 'salaire_net'?",
        "faults.yaml:21: 'inputs' is unknown. Did you mean 'input'?",
        "broken.yaml",
    ],
)
def test_a_typo_says_where_and_the_nearest_name(output: str, message: str) -> None:
    assert message in output


def test_a_household_says_what_differs_and_what_decided(output: str) -> None:
    assert "alone.yaml: Someone alone" in output
    assert "rsa: refused instead of granted; decided by rsa_condition_ressources (observed" in output
    assert "rsa: 0.0 instead of 100 (-100.00)" in output
    assert "every condition holds" in output
