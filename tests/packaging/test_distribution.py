"""What is shipped is what is tested: the wheel, the sdist and the checkout all carry the law."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCENARIO = ROOT / "scenarios" / "aides_locales" / "rennes_metropole" / "sortir.yaml"


def run(*command: str, cwd: Path = ROOT, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git tracks, links kept, so that a build leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("sources")
    archive = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, archive.decode().split("\0")):
        origin, target = ROOT / name, copy / name
        if not origin.exists() and not origin.is_symlink():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_symlink():
            target.symlink_to(os.readlink(origin))
        else:
            target.write_bytes(origin.read_bytes())
    return copy


@pytest.fixture(scope="module")
def distributions(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist; the wheel is built from the sdist, as an index would."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", str(out), str(sources))
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def installed(distributions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel alone is installed; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("site")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(distributions[0]))
    return folder


def law_files() -> set[str]:
    tracked = run("git", "ls-files", "parameters", "variables").split()
    return {name for name in tracked if name.endswith((".yaml", ".py"))}


def test_the_wheel_carries_every_file_of_the_law(distributions: tuple[Path, Path]) -> None:
    shipped = {name.removeprefix("tznr_rules/") for name in zipfile.ZipFile(distributions[0]).namelist()}
    assert law_files() <= shipped
    assert {name for name in shipped if name.startswith(("parameters/", "variables/"))} <= law_files()


def test_the_wheel_carries_the_package_data_and_nothing_else(distributions: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(distributions[0]).namelist()
    tracked = {name for name in run("git", "ls-files", "tznr_rules").split() if not Path(ROOT / name).is_symlink()}
    assert tracked <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "scenarios/", "benchmarks/"))]


def test_the_sdist_carries_the_law_and_its_licence(distributions: tuple[Path, Path]) -> None:
    with tarfile.open(distributions[1]) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert law_files() <= names
    assert "LICENSE" in names


def test_the_installed_wheel_answers(installed: Path, tmp_path: Path) -> None:
    question = (
        "from tznr_rules import entitlements; import tznr_rules; "
        "home, alex = {'statut_occupation_logement': 'sans_domicile'}, {'date_naissance': '1990-05-12', 'salaire_net': 0}; "
        "r = entitlements({'date': '2026-11', 'logement': home, 'personnes': [alex]}, benefits=['rsa']); "
        "print(tznr_rules.__file__, r['rsa'].status)"
    )
    answer = run(sys.executable, "-c", question, cwd=tmp_path, PYTHONPATH=str(installed))
    assert str(installed) in answer
    assert answer.strip().endswith("granted")


@pytest.mark.parametrize(
    "options",
    [("--country-package", "tznr_rules"), ("--country-package", "openfisca_france", "--extensions", "tznr_rules")],
    ids=["country package", "extension"],
)
@pytest.mark.parametrize("where", ["wheel", "checkout"])
def test_openfisca_runs_the_scenarios(options: tuple[str, ...], where: str, installed: Path, tmp_path: Path) -> None:
    command = ("-c", "from openfisca_core.scripts.openfisca_command import main; main()", "test", str(SCENARIO), *options)
    environment = {"PYTHONPATH": str(installed)} if where == "wheel" else {}
    assert "passed" in run(sys.executable, *command, cwd=tmp_path if where == "wheel" else ROOT, **environment)


def test_the_extension_adds_exactly_our_variables() -> None:
    """Catches the silent loss of the law: an extension that loads no variable raises nothing."""
    from openfisca_france import FranceTaxBenefitSystem

    from tznr_rules.system import system

    extended = FranceTaxBenefitSystem()
    before = set(extended.variables)
    extended.load_extension("tznr_rules")
    assert set(extended.variables) == set(system().variables)
    assert len(set(extended.variables) - before) > 100


def test_the_corrections_are_a_reform() -> None:
    from openfisca_france import FranceTaxBenefitSystem

    extended = FranceTaxBenefitSystem()
    extended.load_extension("tznr_rules")
    reformed = extended.apply_reform("tznr_rules.corrections.CurrentLaw")
    ceiling = "2025-04-01"
    free = reformed.parameters.prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.plafond_base
    assert free.get_at_instant(ceiling) == 10_339
    theirs = extended.parameters.prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.plafond_base
    assert theirs.get_at_instant(ceiling) == 10_166
