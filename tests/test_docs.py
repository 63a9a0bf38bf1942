"""The documentation: its examples run, its links lead somewhere, and it names what exists."""

import re
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder

import tznr_rules
from tests import scenario_files, test_law
from tests.test_architecture import ORDER
from tznr_rules.catalogue import catalogue, read
from tznr_rules.corrections import overlay
from tznr_rules.evaluation import entitlements
from tznr_rules.system import MODELLED, CountryTaxBenefitSystem

ROOT = Path(__file__).parent.parent
README, CONTRIBUTING, CHANGELOG = (ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOLDERS = ("parameters", "variables", "scenarios", "tznr_rules", "tests", "docs", "benchmarks")


def build() -> ModuleType:
    """``docs/build.py``, which is not in a package."""
    spec = spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DOCS = build()
PAGES = DOCS.pages()


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """A page without its fenced blocks."""
    return str(DOCS.FENCE.sub("", text_of(path)))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_examples_give_what_the_page_shows(page: Path) -> None:
    assert DOCS.built(text_of(page)) == text_of(page), "run 'make docs', then read what has changed"


def test_the_page_of_corrections_is_up_to_date() -> None:
    assert DOCS.corrections() == text_of(DOCS.CORRECTIONS), "run 'make docs'"


def test_the_pages_of_benefits_are_up_to_date() -> None:
    made = DOCS.benefit_pages()
    assert set(made) == {f"{benefit}.md" for benefit in catalogue()} | {"README.md"}
    assert made == {path.name: text_of(path) for path in DOCS.BENEFITS.glob("*.md")}, "run 'make docs'"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_files_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", prose_of(page)):
        aimed = (page.parent / target).resolve() if target else page
        assert aimed.exists(), target
        if anchor:
            assert anchor in {slug(title) for title in re.findall(r"^#+ (.*)$", prose_of(aimed), re.M)}, anchor


def slug(title: str) -> str:
    """The anchor that a title has on a page."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_that_are_named_exist(page: Path) -> None:
    for path in re.findall(r"`([\w./]+)`", prose_of(page)):
        if path.split("/")[0] in FOLDERS and "/" in path and "exempleville" not in path and not path.startswith(tuple(PLANNED)):
            assert (ROOT / path).exists(), path


PLANNED = {"variables/aides_nationales/"}  # named before its first file


def test_the_newest_version_of_the_changelog_is_ours() -> None:
    versions = re.findall(r"^## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)$", text_of(CHANGELOG), re.M)
    assert versions[0] == PROJECT["version"]
    assert versions == sorted(versions, key=lambda version: [int(part) for part in version.split(".")], reverse=True)


def test_every_benefit_is_in_the_changelog() -> None:
    assert [benefit for benefit in catalogue() if f"`{benefit}`" not in text_of(CHANGELOG)] == []


def test_the_readme_says_what_is_true_of_the_project() -> None:
    readme = text_of(README)
    assert len(readme.splitlines()) < 150
    assert set(re.findall(r"github\.com/[\w-]+/[\w-]+", readme)) == {PROJECT["urls"]["Repository"].removeprefix("https://")}
    assert f"({MODELLED[0]} to {MODELLED[1]})" in readme
    assert f"Version {PROJECT['version']}" in readme
    for name in ("estimate", "timeline", "what_would_change"):
        assert (f"`{name}`" in readme) != (name in tznr_rules.__all__), f"{name}: there, or not there yet"


def test_commands_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.M))
    for page in PAGES:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(page), re.M))
        assert named <= targets, (name_of(page), named - targets)


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}[\w-]*\.md)\)", text_of(folder / "0001-record-decisions.md"))
    assert listed == sorted(path.name for path in folder.glob("*.md"))[1:]


def test_the_architecture_lists_every_module_in_the_order_of_imports() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text_of(ROOT / "docs" / "architecture.md"), re.M)
    described = [set(re.findall(r"`(\w+)`", row)) for row in rows]
    in_order = iter(ORDER)
    assert described == [set(islice(in_order, len(row))) for row in described]
    assert next(in_order, None) is None, "a module is not in the table"


@pytest.fixture(scope="module")
def exempleville(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four files of the example of CONTRIBUTING, as files."""
    folder = tmp_path_factory.mktemp("exempleville")
    for block in DOCS.fences(text_of(CONTRIBUTING)):
        if block.file and "exempleville" in block.file:
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
    return folder


def test_the_example_of_a_benefit_obeys_the_rules_of_the_house(exempleville: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (exempleville / "parameters").rglob("*.yaml"):
        test_law.test_a_parameter_says_what_it_is_and_where_each_value_comes_from(path)
    for path in (exempleville / "variables").rglob("*.py"):
        test_law.test_no_number_is_typed_into_a_rule(path)
    monkeypatch.setattr(test_law, "SCENARIOS", exempleville / "scenarios")
    for path in (exempleville / "tznr_rules" / "catalogue").rglob("*.yaml"):
        test_law.test_a_card_has_scenarios_granted_and_refused_by_each_condition(read(path))


def test_the_example_of_a_benefit_runs(exempleville: Path) -> None:
    law = CountryTaxBenefitSystem()
    law.add_variables_from_directory(str(exempleville / "variables"))
    overlay(law.parameters, ParameterNode(directory_path=str(exempleville / "parameters")))
    card = read(next((exempleville / "tznr_rules" / "catalogue").rglob("*.yaml")))
    assert set(card.variables()) <= set(law.variables)
    for path in (exempleville / "scenarios").rglob("*.yaml"):
        for scenario in yaml.safe_load(text_of(path)):
            builder = SimulationBuilder()
            builder.set_default_period(scenario["period"])
            simulation = builder.build_from_dict(law, scenario["input"])
            for person, expected in scenario["output"]["individus"].items():
                row = builder.get_ids("individus").index(person)
                for variable, value in expected.items():
                    assert simulation.calculate(variable, scenario["period"])[row] == value, (person, variable)


def test_the_example_of_a_household_scenario_holds() -> None:
    blocks = [yaml.safe_load(block.text) for block in DOCS.fences(text_of(CONTRIBUTING)) if block.text.startswith("name:")]
    assert len(blocks) == 1
    for scenario in blocks:
        assert set(scenario) <= scenario_files.EXPECTED
        assert list(scenario_files._differences(entitlements(scenario["household"]), scenario["expected"])) == []
