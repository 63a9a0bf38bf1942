"""The values that an installation gives: read, checked like the law, used, and said in the report."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tznr_rules.cli import main
from tznr_rules.errors import LocalValuesError
from tznr_rules.local_values import VARIABLE, blanks, load
from tznr_rules.system import system

TIER = "aides_locales.rennes_metropole.sortir.taux_aide.tranche_2"
CEILING = "aides_locales.rennes_metropole.tarification_solidaire.plafonds.tranche_2"
SOURCE = 'source: {title: "Règlement du CCAS", href: "https://ccas.example/reglement"}\n'
HOUSEHOLD: dict[str, Any] = {
    "date": "2026-11",
    "depcom": "35238",
    "logement": {"statut_occupation_logement": "sans_domicile"},
    "recus": {"rsa": 0, "ppa": 0, "aide_logement": 0},
    "personnes": [{"id": "alex", "date_naissance": "1980-01-01", "salaire_net": 1100}],
}


def file_of(folder: Path, text: str) -> Path:
    path = folder / "valeurs.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def evaluated(folder: Path, values: Path | None) -> dict[str, Any]:
    """The report of another process, which builds its own law."""
    file = folder / "foyer.json"
    file.write_text(json.dumps(HOUSEHOLD), encoding="utf-8")
    environment = {**os.environ, VARIABLE: str(values)} if values else {name: each for name, each in os.environ.items() if name != VARIABLE}
    command = [sys.executable, "-m", "tznr_rules", "evaluate", str(file), "--benefit", "rennes_metropole_sortir", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_a_value_given_by_the_commune_is_used_and_said(tmp_path: Path) -> None:
    before = evaluated(tmp_path, None)
    after = evaluated(tmp_path, file_of(tmp_path, f"{SOURCE}values:\n  {TIER}: {{2025-04-01: 60}}\n"))
    assert before["local_values"] == []
    assert before["benefits"][0]["amount"] == 75  # half of 150 euros, the lowest of the published rates
    assert after["benefits"][0]["amount"] == 90
    assert after["local_values"] == [
        {
            "parameter": TIER,
            "description": "Part prise en charge en tranche 2",
            "since": "2025-04-01",
            "value": 60.0,
            "unit": "percent",
            "title": "Règlement du CCAS",
            "href": "https://ccas.example/reglement",
        }
    ]


def test_every_problem_of_a_file_is_said_at_once(tmp_path: Path) -> None:
    text = f"""
sources: {{title: "Règlement"}}
values:
  {TIER.replace("taux_aide", "taux_aid")}: {{2025-04-01: 60}}
  {TIER}: {{2025-04-01: 160, 2025-13-01: 50, 2026-01-01: soixante}}
  {CEILING}: 1140
  {CEILING.replace("tranche_2", "tranche_1")}: {{2025-04-01: 900}}
"""
    with pytest.raises(LocalValuesError) as raised:
        load(file_of(tmp_path, text), system().parameters)
    codes = {problem.code for problem in raised.value.problems}
    assert codes == {
        "unknown_field", "unknown_parameter", "out_of_range", "wrong_date", "not_a_number", "not_dated", "confirmed_value", "no_title",
        "no_link",
    }  # fmt: skip
    message = str(raised.value)
    assert f"Did you mean '{TIER}'?" in message
    assert "Did you mean 'source'?" in message


@pytest.mark.parametrize("text", ["", "values: 3\n", "- 1\n", "values:\n  a: {b\n"])
def test_what_is_not_a_file_of_values_is_a_problem_not_a_traceback(tmp_path: Path, text: str) -> None:
    with pytest.raises(LocalValuesError):
        load(file_of(tmp_path, text), system().parameters)


def test_the_command_says_what_is_wrong_and_ends_with_two(tmp_path: Path) -> None:
    household = file_of(tmp_path, "personnes: [{date_naissance: 1990-05-12}]\n")
    command = [sys.executable, "-m", "tznr_rules", "evaluate", str(household), "--local-values", str(tmp_path / "absent.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "absent.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_blanks_are_the_values_that_no_source_confirms(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    known = blanks(system().parameters)
    assert {TIER, CEILING} <= set(known)
    assert CEILING.replace("tranche_2", "tranche_1") not in known
    assert main(["benefits", "--blanks", "--format", "json"]) == 0
    listed = json.loads(capsysbinary.readouterr().out)
    assert [row["parameter"] for row in listed] == list(known)
