"""What is kept on disk is read only when it is whole, ours, and of this very law; and it changes no report."""

import json
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tznr_rules import cache, fingerprint, reads, system
from tznr_rules.cache import DAY, LAWS, MOVED, OFF, kept
from tznr_rules.cli import DONE, FAILED, main
from tznr_rules.fingerprint import fingerprint as made_of
from tznr_rules.fingerprint import installed

PLAIN, OTHER = "a" * 32, "b" * 32
HOUSEHOLD = Path(__file__).parent.parent / "tznr_rules" / "households" / "mere_seule.yaml"
posix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner nor mode here")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(OFF, raising=False)
    monkeypatch.setenv(MOVED, str(tmp_path / "cache"))
    return tmp_path / "cache"


def built(value: Any = "built", name: str = "law", key: str = PLAIN) -> Any:
    return kept(name, key, lambda: value)


def test_a_value_is_built_once(place: Path) -> None:
    value = {"edges": frozenset({"rsa", "ppa"}), "rate": 0.25, "none": None}
    assert built(value) == value
    assert built("not built again") == value
    assert [each.name for each in place.iterdir()] == [f"law.{PLAIN}"]


def test_another_law_is_not_read(place: Path) -> None:
    built("before")
    assert built("after", key=OTHER) == "after"
    assert built("again") == "before"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:-5] + b"\0" + content[-4:],
        lambda content: b"x" + content,
    ],
    ids=["empty", "cut", "altered", "of another format"],
)
def test_a_damaged_file_is_built_again(place: Path, damage: Any) -> None:
    built("before")
    file = place / f"law.{PLAIN}"
    file.write_bytes(damage(file.read_bytes()))
    assert built("after") == "after"
    assert built("again") == "after"


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_is_not_read(place: Path, mode: int) -> None:
    built("theirs")
    (place / f"law.{PLAIN}").chmod(mode)
    assert built("ours") == "ours"


@posix
def test_a_folder_that_others_may_write_is_neither_read_nor_written(place: Path) -> None:
    built("theirs")
    place.chmod(0o777)
    assert built("ours") == "ours"
    assert built("ours", key=OTHER) == "ours"
    assert [each.name for each in place.iterdir()] == [f"law.{PLAIN}"]


@posix
def test_a_file_of_somebody_else_is_not_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built("theirs")
    monkeypatch.setattr(cache, "_trusted", lambda: (os.geteuid() + 1,))
    assert built("ours") == "ours"


@posix
def test_a_link_is_not_followed(place: Path, tmp_path: Path) -> None:
    built("elsewhere")
    (place / f"law.{PLAIN}").rename(tmp_path / "elsewhere")
    (place / f"law.{PLAIN}").symlink_to(tmp_path / "elsewhere")
    assert built("ours") == "ours"


class Harmful:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("harm",)


def test_nothing_in_a_file_can_run(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place.mkdir(mode=0o700)
    cache._write(place / f"law.{PLAIN}", pickle.dumps(Harmful()))
    assert built("ours") == "ours"
    assert not (tmp_path / "harm").exists()


def test_only_the_classes_that_are_named_are_made(place: Path) -> None:
    day = timedelta(days=1)
    built(day)
    assert kept("law", PLAIN, lambda: "built") == "built"
    built(day, key=OTHER)
    assert kept("law", OTHER, lambda: "built", frozenset({("datetime", "timedelta")})) == day


def test_two_writers_at_once_leave_one_whole_file(place: Path) -> None:
    values = [{str(number): writer for number in range(20_000)} for writer in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert all(found in values for found in pool.map(built, values))
    assert built("again") in values
    assert [each.name for each in place.iterdir()] == [f"law.{PLAIN}"]


def test_the_cache_can_be_turned_off(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OFF, "1")
    assert built("one") == "one"
    assert built("two") == "two"
    assert not place.exists()


@pytest.mark.parametrize("obstacle", ["a file", "a folder that cannot be written"])
def test_where_nothing_can_be_written_values_are_built(place: Path, obstacle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if obstacle == "a file":
        place.write_text("here")
    else:
        place.mkdir()

        def refused(**_: Any) -> None:
            raise PermissionError("read-only")

        monkeypatch.setattr(cache.tempfile, "mkstemp", refused)
    assert built("one") == "one"
    assert built("two") == "two"


def test_older_laws_and_what_was_left_behind_go_away(place: Path) -> None:
    built("neighbour", name="law-uncorrected")
    old = place / f"law.{PLAIN}.x.tmp"
    old.write_text("")
    os.utime(old, (DAY, DAY))
    (place / "letter.txt").write_text("not ours")
    for number in range(LAWS + 2):
        built(number, key=f"{number:032x}")
        os.utime(place / f"law.{number:032x}", (DAY + number, DAY + number))
    built("last", key=PLAIN)
    found = {each.name for each in place.iterdir()}
    assert found == {f"law-uncorrected.{PLAIN}", "letter.txt", f"law.{PLAIN}", *(f"law.{number:032x}" for number in range(3, LAWS + 2))}


def test_a_changed_file_of_ours_makes_another_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = tmp_path / "rsa" / "montant.yaml"
    value.parent.mkdir()
    value.write_text("value: 1")
    monkeypatch.setattr(fingerprint, "OURS", (tmp_path,))
    before = made_of()
    assert made_of() == before
    value.write_text("value: 2")
    assert made_of() != before


def test_every_file_that_bears_on_the_law_is_looked_at() -> None:
    package = Path(fingerprint.__file__).parent
    looked_at = {Path(entry.path) for entry in fingerprint._below(str(package), fingerprint.NO_LAW)}
    missing = {path for kind in ("*.py", "*.yaml") for path in package.rglob(kind)} - looked_at
    assert {path.relative_to(package).parts[0] for path in missing} <= set(fingerprint.NO_LAW)


def test_an_engine_installed_to_be_edited_is_looked_at_file_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = list(fingerprint._installed("openfisca-core"))
    monkeypatch.setattr(fingerprint, "_is_editable", lambda package: True)
    edited = list(fingerprint._installed("openfisca-core"))
    assert edited[:2] == listed[:2]
    assert len(edited) > 100 > len(listed)


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (OFF, MOVED, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert cache.folder() is None
    assert built("one") == "one"


def test_what_cannot_be_written_down_is_not_kept(place: Path) -> None:
    assert callable(built(lambda: None))
    assert not list(place.glob("*"))


def test_another_version_of_the_engine_makes_another_law(monkeypatch: pytest.MonkeyPatch) -> None:
    before = installed()
    monkeypatch.setattr(fingerprint, "_installed", lambda name: iter(["0"]))
    assert installed.__wrapped__() != before


LOCAL = """
values:
  aides_locales.rennes_metropole.sortir.taux_aide.tranche_2:
    2023-01-01: {value: 61, title: Un règlement, href: "https://exempleville.example"}
"""
QUESTION = """
import sys
from tznr_rules import entitlements
from tznr_rules.household import read
print(entitlements(read(sys.argv[1])).to_json())
"""


def answer(**environment: str) -> Any:
    """The report of a household, in a process of its own."""
    command = [sys.executable, "-c", QUESTION, str(HOUSEHOLD)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_cache_changes_no_report_and_holds_no_local_value(tmp_path: Path) -> None:
    place = tmp_path / "cache"
    (tmp_path / "local.yaml").write_text(LOCAL)
    local = {"TZNR_RULES_LOCAL_VALUES": str(tmp_path / "local.yaml")}
    without = answer(**{OFF: "1"})
    assert answer(**{MOVED: str(place)}, **local)["local_values"]
    written = answer(**{MOVED: str(place)})
    read = answer(**{MOVED: str(place)})
    assert without == written == read
    assert answer(**{MOVED: str(place)}, **local)["local_values"]
    assert Counter(each.name.partition(".")[0][:5] for each in place.iterdir()) == {"law": 1, "reads": 2, "right": 2, "zones": 2}


def test_warm_says_where_it_is_and_its_size(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reads, "record_every_law", lambda: reads.reads("2026-11"))
    assert main(["warm"]) == DONE
    assert re.fullmatch(rf"{re.escape(os.environ[MOVED])} \(\d\d\.\d MB\)\n", capfd.readouterr().out)


def test_warm_says_when_nothing_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reads, "record_every_law", lambda: None)
    place.write_text("a file stands there")
    assert main(["warm"]) == FAILED
    assert "nothing can be kept there" in capfd.readouterr().err
    monkeypatch.setenv(OFF, "1")
    assert main(["warm"]) == FAILED
    assert "TZNR_RULES_NO_CACHE is set" in capfd.readouterr().err


def test_every_state_of_the_law_is_watched_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[str] = []
    for known in ("reads", "facts_behind", "facts_before_rights"):
        monkeypatch.setattr(reads, known, watched.append)
    reads.record_every_law()
    assert {reads._state_of_the_law(month) for month in ("2024-01", "2025-08", "2026-11", "2027-03")} <= set(watched)


def test_a_law_read_from_the_cache_says_what_the_files_say(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZNR_RULES_LOCAL_VALUES", raising=False)
    system.CountryTaxBenefitSystem()
    read = system.CountryTaxBenefitSystem()
    monkeypatch.setenv(OFF, "1")
    fresh = system.CountryTaxBenefitSystem()
    assert said(read.parameters) == said(fresh.parameters)
    source = fresh.variables["rsa"].introspection_data
    assert source[0].endswith("rsa.py")
    assert source[1].startswith("class rsa(Variable):")
    lines = Path(sys.modules[type(fresh.variables["rsa"]).__module__].__file__).read_text(encoding="utf-8").splitlines()
    assert source[1].splitlines() == lines[source[2] :][: len(source[1].splitlines())]


def said(node: Any) -> Any:
    """Everything that a tree of parameters says."""
    if isinstance(node, list):
        return [said(each) for each in node]
    own = {key: value for key, value in vars(node).items() if key not in ("values_history", "children", "brackets", "values_list")}
    own = {key: value for key, value in own.items() if not hasattr(value, "get_at_instant")}
    parts = {name: said(getattr(node, name)) for name in ("brackets", "values_list") if hasattr(node, name)}
    return [own, parts, {name: said(child) for name, child in getattr(node, "children", {}).items()}]
