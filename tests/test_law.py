"""The structure of the law: what prose need not ask because a machine does."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from openfisca_core.parameters import ParameterNode
from openfisca_core.variables import Variable

from tznr_rules.catalogue import Card, catalogue
from tznr_rules.columns import entity_of
from tznr_rules.corrections import formula_corrections
from tznr_rules.languages import FRENCH
from tznr_rules.locations import CATALOGUE
from tznr_rules.reads import asked
from tznr_rules.reasons import parameter
from tznr_rules.system import CountryTaxBenefitSystem, system

ROOT = Path(__file__).parent.parent
PARAMETERS = sorted((ROOT / "parameters").rglob("*.yaml"))
VARIABLES = sorted((ROOT / "variables").rglob("*.py"))
SCENARIOS = ROOT / "scenarios"
ALLOWED_NUMBERS = {0, 1, 12, -1}


def ours() -> dict[str, Variable]:
    """Our own variables: those that OpenFisca-France does not have."""
    from openfisca_france import FranceTaxBenefitSystem

    plain = FranceTaxBenefitSystem()
    return {name: variable for name, variable in system().variables.items() if name not in plain.variables}


@pytest.fixture(scope="module")
def own() -> dict[str, Variable]:
    return ours()


def values_of(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("path", PARAMETERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_parameter_says_what_it_is_and_where_each_value_comes_from(path: Path) -> None:
    content = values_of(path)
    assert content.get("description") or path.name == "index.yaml" or "corrections" in path.parts, "no description"
    dated = set(map(str, dates_of(content)))
    if not dated:
        return
    metadata = content.get("metadata", {})
    assert metadata.get("unit") or metadata.get("threshold_unit") or "corrections" in path.parts, "no unit"
    references = metadata.get("reference")
    assert isinstance(references, dict), "no dated reference"
    for day in sorted(dated):
        since = max((str(key) for key in references if str(key) <= day), default=None)
        assert since is not None, f"no reference for {day}"
        entries = next(value for key, value in references.items() if str(key) == since)
        for entry in entries if isinstance(entries, list) else [entries]:
            assert entry.get("title"), f"{day}: no title"
            assert str(entry.get("href", "")).startswith("http"), f"{day}: no link"


@pytest.mark.parametrize("path", PARAMETERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_doubt_is_said_where_the_report_looks_for_it(path: Path) -> None:
    """``confirmed`` is in the metadata of the parameter, by date, not under a value."""
    said = path.read_text(encoding="utf-8").count("confirmed:")
    assert said == ("confirmed" in values_of(path).get("metadata", {})), "confirmed: belongs to the metadata of the parameter"


def dates_of(content: Any) -> Iterator[Any]:
    """Every date at which a parameter file sets a value."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key in ("metadata", "description", "documentation"):
                continue
            if isinstance(key, date | datetime) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(key)):
                if not isinstance(value, dict) or value.get("value") is not None:
                    yield key
            else:
                yield from dates_of(value)
    elif isinstance(content, list):
        for each in content:
            yield from dates_of(each)


def test_every_file_is_named_as_the_house_does() -> None:
    for folder in ("parameters", "variables", "scenarios", "tznr_rules/catalogue"):
        for path in (ROOT / folder).rglob("*"):
            assert path.suffix not in (".yml",), path
            theirs = "corrections" in path.parts and folder == "parameters"  # the names of OpenFisca-France
            assert theirs or re.fullmatch(r"[a-z0-9_.]+", path.name) or path.name == "__pycache__" or path.suffix == ".pyc", path


def test_our_parameter_roots_are_free_in_openfisca_france() -> None:
    from openfisca_france import FranceTaxBenefitSystem

    theirs = FranceTaxBenefitSystem().parameters.children
    mine = {path.name for path in (ROOT / "parameters").iterdir() if path.is_dir()}
    assert not mine & set(theirs)


def test_every_variable_of_ours_has_a_label_and_a_reference(own: dict[str, Variable]) -> None:
    for name, variable in own.items():
        assert variable.label, name
        if "_condition_" in name:
            assert variable.value_type is bool, name
            assert any(str(each).startswith("http") for each in variable.reference or ()), f"{name}: no link"
            assert not re.search(r"\d", str(variable.label)), f"{name}: a figure in its label"
            assert str(variable.label)[0].isupper(), name


@pytest.mark.parametrize("path", VARIABLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_number_is_typed_into_a_rule(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        decimals = {id(call.args[1]) for call in ast.walk(function) if isinstance(call, ast.Call) and is_rounding(call)}
        for node in ast.walk(function):
            if id(node) in decimals:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
                assert node.value in ALLOWED_NUMBERS, f"{path.name}:{node.lineno}: {node.value}"
            if isinstance(node, ast.Attribute) and node.attr == "year":
                raise AssertionError(f"{path.name}:{node.lineno}: a test on the year belongs to a dated formula")


def is_rounding(call: ast.Call) -> bool:
    """A rounding to some decimals, which are not a figure of the law."""
    return isinstance(call.func, ast.Name) and call.func.id in ("round", "round_") and len(call.args) > 1


def reachable(own: dict[str, Variable]) -> set[str]:
    """Our variables that a card or a question asks for, or that the formulas of those, or of our corrections, read by name."""
    texts = {name: (variable.introspection_data or ("", "", 0))[1] for name, variable in own.items()}
    texts["corrections"] = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tznr_rules" / "corrections").glob("*.py"))
    found = {name for card in catalogue().values() for name in card.variables()} | {"corrections", *asked()}
    files = {path: path.read_text(encoding="utf-8") for path in VARIABLES}
    todo = list(found)
    while todo:
        text = texts.get(todo.pop(), "")
        helpers = set(re.findall(r"\b([a-z_]+)\(", text))
        for content in files.values():
            for helper in helpers:
                match = re.search(rf"^def {helper}\(.*?(?=^\S|\Z)", content, re.M | re.S)
                if match:
                    text += match.group(0)
        for name in set(re.findall(r"['\"]([a-z0-9_]+)['\"]", text)):
            if name in own and name not in found:
                found.add(name)
                todo.append(name)
    return found


def test_no_variable_of_ours_is_an_orphan(own: dict[str, Variable]) -> None:
    assert sorted(set(own) - reachable(own)) == []


@pytest.mark.parametrize("card", catalogue().values(), ids=lambda card: card.id)
def test_a_card_stands_on_the_law(card: Card) -> None:
    variables = system().variables
    for name in card.variables():
        assert name in variables, f"{card.id}: {name} does not exist"
    entity = entity_of(card.variable)
    for condition in card.conditions:
        assert entity_of(condition.variable) == entity, f"{condition.variable} is not on {entity}"
        assert variables[condition.variable].definition_period == variables[card.variable].definition_period
        if condition.threshold and "." in condition.threshold:
            parameter(condition.threshold)
        for path in condition.parameters:
            parameter(path)
    for path in card.parameters:
        parameter(path)


@pytest.mark.parametrize("card", catalogue().values(), ids=lambda card: card.id)
def test_a_card_has_scenarios_granted_and_refused_by_each_condition(card: Card) -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in SCENARIOS.rglob("*.yaml"))
    missing = []
    for condition in card.conditions:
        if not re.search(rf"{condition.variable}: *(\[[^\]]*)?(true|1)", texts):
            missing.append(f"{condition.variable}: true")
        if not re.search(rf"{condition.variable}: *(\[[^\]]*)?(false|0)", texts):
            missing.append(f"{condition.variable}: false")
    assert not missing, f"{card.id}: no scenario with {missing}"


@pytest.mark.parametrize("card", catalogue().values(), ids=lambda card: card.id)
def test_a_card_says_in_its_label_that_somebody_decides(card: Card) -> None:
    assert str(card.label).endswith(FRENCH.say("report.may_ask_suffix")) == card.discretionary


def test_another_name_stands_for_one_benefit_and_is_no_id() -> None:
    names = [name for card in catalogue().values() for name in card.known_as]
    assert len(set(names)) == len(names)
    assert not set(names) & catalogue().keys()
    assert all(name == name.lower() for name in names)


def test_a_card_is_in_the_folder_of_its_level() -> None:
    for path in (*CATALOGUE.glob("national/*.yaml"), *CATALOGUE.glob("local/*.yaml")):
        assert path.parent.name in ("national", "local")
        assert catalogue()[path.stem].level == path.parent.name


def test_the_system_builds_at_every_date_of_our_law() -> None:
    days = sorted({str(day) for path in PARAMETERS for day in dates_of(values_of(path)) if "2024" <= str(day) <= "2027"})
    for day in days:
        system().get_parameters_at_instant(day)


def test_every_correction_says_why() -> None:
    for corrected, why in formula_corrections():
        assert corrected.__name__ in system().variables
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", why.since), corrected.__name__
        assert why.href.startswith("http"), corrected.__name__
        assert why.confidence in ("high", "medium", "low"), corrected.__name__
        assert why.defect
        assert why.title


CORRECTED_VALUES = sorted(path for path in (ROOT / "parameters" / "corrections").rglob("*.yaml") if path.name != "index.yaml")


@pytest.mark.parametrize("path", CORRECTED_VALUES, ids=lambda path: path.stem)
def test_openfisca_france_has_not_caught_up(path: Path) -> None:
    """Fails on the day when OpenFisca-France has the value: the file can then be deleted."""
    names = path.relative_to(ROOT / "parameters" / "corrections").with_suffix("").parts
    node: Any = uncorrected().parameters
    for name in names:
        node = node.children.get(name) if isinstance(node, ParameterNode) else None
        if node is None:
            return
    for day in sorted(set(map(str, dates_of(values_of(path))))):
        ours_then, theirs_then = plain_value(parameter(".".join(names)), day), plain_value(node, day)
        assert ours_then != theirs_then, f"OpenFisca-France has caught up on {day}: delete this correction"


def uncorrected() -> CountryTaxBenefitSystem:
    return system(corrected=False)


def plain_value(node: Any, day: str) -> Any:
    value = node.get_at_instant(day)
    if hasattr(value, "thresholds"):
        return (tuple(value.thresholds), tuple(getattr(value, "amounts", None) or getattr(value, "rates", None) or ()))
    return value
