"""The command line: what it prints, where, and with which exit status."""

import io
import json
import subprocess
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tznr_rules import catalogue, cli
from tznr_rules.agenda import Timeline
from tznr_rules.catalogue import Card, Periodicity
from tznr_rules.errors import BenefitUnknown, HouseholdError, LawError, PeriodNotModelled, Problem
from tznr_rules.report import Benefit, Event, Provenance, Report

DOCUMENT = "depcom: '35238'\npersonnes:\n  - id: nadia\n    date_naissance: 1990-05-12\n"
REPORT = Report(
    date="2026-11",
    benefits=(
        Benefit("rsa", "Revenu de solidarité active", "CAF", "ressources", "national", "granted", 412.37, None, "EUR", Periodicity.monthly),
    ),
    assumptions=(),
    questions=(),
    not_assessed=(),
    provenance=Provenance("0.1.0", "176.1.8", "44.7.1", "2026-11-01", "ab" * 32),
)
CARD = Card.model_validate(
    {
        "id": "rsa", "variable": "rsa", "label": "Revenu de solidarité active", "level": "national", "institution": "CAF",
        "domain": "ressources", "periodicity": "monthly", "summary": "Un revenu minimum.",
        "apply": {"url": "https://www.caf.fr", "where": "CAF"}, "conditions": [{"variable": "rsa_condition_age"}],
    }
)  # fmt: skip


class Engine:
    """Stands for the one function: remembers what it was asked, answers a report or raises."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}
        self.raises: Exception | None = None

    def entitlements(self, household: Mapping[str, Any], *, date: str | None = None, benefits: Any = None) -> Report:
        self.asked = {"household": household, "date": date, "benefits": benefits}
        if self.raises:
            raise self.raises
        return REPORT


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    law = types.ModuleType("tznr_rules.evaluation")
    law.entitlements = engine.entitlements  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tznr_rules.evaluation", law)
    monkeypatch.setattr(catalogue, "catalogue", lambda: {"rsa": CARD})
    return engine


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "menage.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.fixture
def run(engine: Engine, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: object) -> tuple[int, str, str]:
        status = cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


# What is done


def test_a_report_is_printed_as_text(run: Any, engine: Engine, file: Path) -> None:
    assert run("evaluate", file) == (0, REPORT.to_text(), "")
    assert engine.asked["household"]["depcom"] == "35238"
    assert engine.asked["date"] is engine.asked["benefits"] is None


def test_date_and_benefits_are_passed_on(run: Any, engine: Engine, file: Path) -> None:
    assert run("evaluate", file, "--date", "2026-11", "--benefit", "rsa", "--benefit", "rsa")[0] == 0
    assert engine.asked["date"] == "2026-11"
    assert engine.asked["benefits"] == ["rsa", "rsa"]


def test_json_and_html(run: Any, file: Path) -> None:
    status, out, _ = run("evaluate", file, "--format", "json")
    assert (status, json.loads(out)) == (0, REPORT.to_dict())
    assert run("evaluate", file, "--format", "html") == (0, REPORT.to_html(), "")


def test_standard_input(run: Any, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(DOCUMENT))
    assert run("evaluate", "-")[0] == 0
    assert engine.asked["household"]["personnes"][0]["id"] == "nadia"


def test_output_is_written_whole_and_nothing_else_is_left(run: Any, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "droits.html"
    target.write_text("before")
    target.chmod(0o640)
    assert run("evaluate", file, "--format", "html", "--output", target) == (0, "", "")
    assert target.read_text(encoding="utf-8") == REPORT.to_html()
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["droits.html", "menage.yaml"]


def test_a_link_stays_a_link(run: Any, file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert run("evaluate", file, "--output", tmp_path / "link")[0] == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == REPORT.to_text()


def test_a_failed_writing_keeps_the_old_file(run: Any, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "droits.txt"
    target.write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("os.fsync", full)
    status, out, err = run("evaluate", file, "--output", target)
    assert (status, out) == (1, "")
    assert "No space left" in err
    assert target.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["droits.txt", "menage.yaml"]


def test_output_dash_is_standard_output(run: Any, file: Path) -> None:
    assert run("evaluate", file, "--output", "-")[1] == REPORT.to_text()


def test_benefits_are_listed(run: Any) -> None:
    assert run("benefits") == (0, "rsa  Revenu de solidarité active (CAF)\n", "")
    content = json.loads(run("benefits", "--format", "json")[1])
    assert content[0]["id"] == "rsa"
    assert content[0]["conditions"] == ["rsa_condition_age"]
    assert content[0]["apply"]["url"] == "https://www.caf.fr"


def test_schemas_are_printed(run: Any) -> None:
    status, out, _ = run("schema")
    assert status == 0
    content = json.loads(out)
    assert set(content) == {"household", "report", "timeline"}
    assert "personnes" in content["household"]["properties"]
    assert content["report"]["$defs"]["Benefit"]["properties"]["status"]["enum"] == ["granted", "refused", "undetermined"]


def test_version_and_help(run: Any) -> None:
    assert run("--version")[0] == 0
    status, out, _ = run("--help")
    assert status == 0
    assert "evaluate" in out


# What is wrong


def wrong(answer: tuple[int, str, str], *messages: str) -> None:
    status, out, err = answer
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    for message in messages:
        assert message in err


def test_every_problem_of_a_household_is_said(run: Any, engine: Engine, file: Path) -> None:
    engine.raises = HouseholdError(
        [
            Problem("unknown_field", "personnes[0].salarie_net", "unknown field", "", "Did you mean 'salaire_net'?"),
            Problem("bad_commune", "depcom", "'3500' is not an INSEE code", "", "Give five characters."),
        ]
    )
    wrong(run("evaluate", file), "The household has 2 problems", "Did you mean 'salaire_net'?", "'3500' is not an INSEE code")


def test_every_problem_of_the_options_is_said(run: Any, tmp_path: Path) -> None:
    options = ["--date", "2026-13", "--benefit", "rso", "--benefit", "aah", "--output", tmp_path / "no" / "where.txt"]
    answer = run("evaluate", tmp_path / "none.yaml", *options)
    wrong(answer, "'2026-13' is not a month", "'rso' is not in the catalogue", "Did you mean 'rsa'", "'aah'", "does not exist", "no such")


@pytest.mark.parametrize("month", ["2026", "2026-00", "11-2026", "2026-11-05", "novembre", "2026-W1", "", "２０２６-11x"])
def test_a_date_that_is_not_a_month(run: Any, file: Path, month: str) -> None:
    wrong(run("evaluate", file, "--date", month), "--date")


def test_a_format_that_does_not_exist(run: Any, file: Path) -> None:
    wrong(run("evaluate", file, "--format", "pdf"), "--format", "pdf")


@pytest.mark.parametrize("arguments", [["evaluate"], ["evaluat"], ["evaluate", "a", "b"], ["--nothing"]])
def test_wrong_usage(run: Any, arguments: list[str]) -> None:
    wrong(run(*arguments))


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"personnes: [", "line 1"), (b"", "empty"), (b"[1, 2]", "mapping"), (b"nom: \xe9t\xe9\n", "UTF-8")],
)
def test_a_file_that_cannot_be_read(run: Any, file: Path, content: bytes, message: str) -> None:
    file.write_bytes(content)
    wrong(run("evaluate", file), file.name, message)


def test_a_folder_is_not_a_file(run: Any, file: Path, tmp_path: Path) -> None:
    wrong(run("evaluate", tmp_path), "directory")
    wrong(run("evaluate", file, "--output", tmp_path), "is a folder")


@pytest.mark.parametrize("error", [BenefitUnknown("rso", "rsa"), PeriodNotModelled("date: 1999-01 is outside the law that is modelled.")])
def test_what_the_engine_refuses(run: Any, engine: Engine, file: Path, error: Exception) -> None:
    engine.raises = error
    wrong(run("evaluate", file), str(error))


def test_our_own_faults_are_not_the_user_s(run: Any, engine: Engine, file: Path) -> None:
    engine.raises = LawError("rsa.yaml: no summary")
    status, _, err = run("evaluate", file)
    assert status == 1
    assert "not your input" in err


def test_a_bug_is_not_hidden(run: Any, engine: Engine, file: Path) -> None:
    engine.raises = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError):
        run("evaluate", file)


# As a process


def test_module_is_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "tznr_rules", "evaluate", "no such file"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no such file" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_a_reader_may_stop_reading() -> None:
    code = (
        "import sys, types; from tznr_rules import cli, report; report.json_schema = lambda: 'x' * 10_000_000;"
        "household = sys.modules['tznr_rules.household'] = types.ModuleType('tznr_rules.household');"
        "import tznr_rules; tznr_rules.household = household; household.json_schema = dict; sys.exit(cli.main(['schema']))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


# The months to come


@pytest.fixture
def look_ahead(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    event = Event(
        "2026-12", None, "rsa", "Revenu de solidarité active", "CAF", "stops", 412.37, 0.0, "EUR", Periodicity.monthly, "reference_period",
        "nadia", "Vos revenus changent.", "Déclarez-les.", "2026-11-30", "https://www.caf.fr", "2026-11", ("nadia",),
    )  # fmt: skip

    def timeline(household: Mapping[str, Any], *, months: int, benefits: Any) -> Timeline:
        asked.update(household=household, months=months, benefits=benefits)
        return Timeline("2026-11", ("2026-11", "2026-12"), (event,), (), "2027-03", REPORT.provenance)

    stub = types.ModuleType("tznr_rules.timelines")
    stub.timeline = timeline  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tznr_rules.timelines", stub)
    return asked


def test_a_timeline_is_written(run: Any, look_ahead: dict[str, Any], file: Path) -> None:
    status, out, err = run("timeline", file, "--months", "1", "--benefit", "rsa", "--date", "2026-11")
    assert (status, err) == (0, "")
    assert (look_ahead["months"], look_ahead["benefits"], look_ahead["household"]["date"]) == (1, ["rsa"], "2026-11")
    assert "S'arrête : Revenu de solidarité active (CAF)" in out
    assert "412,37 € par mois, puis rien" in out
    assert "Stops" in run("timeline", file, "--language", "en")[1]
    assert run("timeline", file, "--format", "html")[1].startswith("<!DOCTYPE html>")
    assert [each["benefit"] for each in json.loads(run("timeline", file, "--format", "json")[1])["events"]] == ["rsa"]


def test_a_wrong_timeline_is_refused(run: Any, look_ahead: dict[str, Any], file: Path) -> None:
    assert run("timeline", file, "--months", "0")[0] == 2
    assert run("timeline", file, "--date", "2026")[0] == 2
    assert not look_ahead


def test_a_report_may_hold_what_is_coming(run: Any, look_ahead: dict[str, Any], file: Path) -> None:
    content = json.loads(run("evaluate", file, "--coming", "1", "--format", "json")[1])
    assert [each["kind"] for each in content["coming"]] == ["stops"]
    assert look_ahead["household"]["date"] == "2026-11"
    assert "puis rien" in run("evaluate", file, "--coming", "1")[1]
    assert json.loads(run("evaluate", file, "--format", "json")[1])["coming"] == []
