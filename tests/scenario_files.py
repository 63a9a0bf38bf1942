"""Pytest collectors for the two kinds of scenarios, with failures that say what differs, by how much, and which reason decided."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from openfisca_core.errors import SituationParsingError, VariableNotFoundError
from openfisca_core.simulations import Simulation
from openfisca_core.tools.test_runner import TEST_KEYWORDS, YamlFile, YamlItem, _tax_benefit_system_cache

from tests.scenario_batches import answered
from tznr_rules.catalogue import catalogue
from tznr_rules.errors import TznrError, nearest
from tznr_rules.evaluation import entitlements
from tznr_rules.report import Benefit, Report
from tznr_rules.system import system

MARGIN = 0.005
EXPECTED = {"name", "public", "source", "household", "expected", "assumptions"}
CLAIMS = {"status", "amount", "because", "kind", "participation", "beneficiaries", "unit"}


class ScenarioFile(YamlFile):  # type: ignore[misc]
    """A file of OpenFisca scenarios; one that cannot be read fails alone."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(tax_benefit_system=system(), options={}, **arguments)

    def collect(self) -> Iterator[pytest.Item]:
        _tax_benefit_system_cache.setdefault(hash((id(system()), "", frozenset())), system())  # else OpenFisca-Core copies the whole law
        text = self.path.read_text(encoding="utf-8")
        tests = yaml.load(text, Loader=Scenarios)
        for test in tests if isinstance(tests, list) else [tests]:
            line = test.pop("__line__", 0)
            name = str(test.get("name", f"line {line}"))
            unknown = [key for key in test if key not in TEST_KEYWORDS]
            if unknown:
                why = "\n".join(unknown_name(self.path, key, TEST_KEYWORDS, line) for key in unknown)
                yield Broken.from_parent(self, name=name, why=why)
                continue
            item = ScenarioItem.from_parent(self, name=name, baseline_tax_benefit_system=system(), test=test, options={})
            item.line = line
            yield item

    @cached_property
    def answered(self) -> dict[pytest.Item, Simulation]:
        """The answers to the scenarios that are to run, computed together where they can be, when the first of them runs."""
        if self.config.getoption("alone"):
            return {}
        items = [item for item in self.session.items if item.parent is self and isinstance(item, ScenarioItem)]
        simulations = zip(items, answered([item.test for item in items], system()), strict=True)
        return {item: simulation for item, simulation in simulations if simulation is not None}


class ScenarioItem(YamlItem):  # type: ignore[misc]
    """One OpenFisca scenario."""

    line = 0

    def runtest(self) -> None:
        """Compare what was computed together; where nothing was, or where it is not what is expected, compute it alone."""
        self.tax_benefit_system = self.baseline_tax_benefit_system
        with suppress(Exception):
            self.simulation = self.parent.answered.pop(self)
            self.check_output()
            self.simulation = None
            return
        self.simulation = None
        super().runtest()
        self.simulation = None  # pytest keeps its items: nothing more is asked of it

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> str:
        error = excinfo.value
        if self.simulation is None or isinstance(error, SituationParsingError | VariableNotFoundError | KeyError):
            known = KNOWN | set(system().variables)
            unknown = next((name for name in names_of(self.test.input, self.test.output) if name not in known), None)
            if unknown:
                return unknown_name(self.path, unknown, system().variables, self.line)
        return f"{self.path}:{self.line}: {self.name}\n  {error}"

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line, self.name


KNOWN = {
    *("persons", "individus", "individu", "familles", "famille", "foyers_fiscaux", "foyer_fiscal", "menages", "menage"),
    *("parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint", "autres", "demandeur"),
    *("declarant_principal", "declarant", "personne_a_charge", "enfant", "autre", "parent"),
}


def names_of(*trees: Any) -> Iterator[str]:
    """Every key of a scenario that can be the name of a variable."""
    for tree in trees:
        if isinstance(tree, dict):
            for key, value in tree.items():
                if isinstance(key, str) and key.isidentifier() and key.islower() and "_" in key:
                    yield key
                yield from names_of(value)


def unknown_name(path: Path, name: str, known: Iterable[str], after: int = 1) -> str:
    """An unknown name, with its line, looked for from the line of its scenario, and the nearest one that exists."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if number >= after and re.search(rf"\b{name}:", text)), after)
    suggestion = nearest(name, known)
    return f"{path}:{line}: '{name}' is unknown." + (f" Did you mean '{suggestion}'?" if suggestion else "")


class Broken(pytest.Item):
    """A scenario that cannot be read: it fails, the others run."""

    def __init__(self, *, why: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.why = why

    def runtest(self) -> None:
        raise AssertionError(self.why)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> str:
        return self.why


class Scenarios(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML that remembers the line of each scenario of a list."""


def _numbered_map(loader: Scenarios, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping = loader.construct_mapping(node, deep=True)
    if "output" in mapping and "period" in mapping:
        mapping["__line__"] = node.start_mark.line + 1
    return mapping


Scenarios.add_constructor("tag:yaml.org,2002:map", _numbered_map)


class HouseholdFile(pytest.File):
    """One household and what its report must say."""

    def collect(self) -> Iterator[pytest.Item]:
        name = self.path.stem
        try:
            content = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            yield Broken.from_parent(self, name=name, why=f"{self.path}: {error}")
            return
        unknown = [key for key in content if key not in EXPECTED]
        unknown += [key for key in content.get("expected", {}) if key not in catalogue()]
        unknown += [key for claim in content.get("expected", {}).values() for key in claim if key not in CLAIMS]
        if unknown:
            known = [*EXPECTED, *CLAIMS, *catalogue()]
            yield Broken.from_parent(self, name=name, why="\n".join(unknown_name(self.path, key, known) for key in unknown))
            return
        yield HouseholdItem.from_parent(self, name=name, content=content)


class HouseholdItem(pytest.Item):
    """One household scenario."""

    def __init__(self, *, content: dict[str, Any], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.content = content

    def runtest(self) -> None:
        try:
            report = entitlements(self.content["household"], interactions=False)
        except TznrError as error:
            raise AssertionError(f"{self.path}:\n{error}") from None
        differences = list(_differences(report, self.content["expected"]))
        if differences:
            raise AssertionError("\n".join([f"{self.path}: {self.content.get('name', '')}", *(f"  {line}" for line in differences)]))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> str:
        return str(excinfo.value) if isinstance(excinfo.value, AssertionError) else str(super().repr_failure(excinfo))


def _differences(report: Report, expected: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name, claim in expected.items():
        benefit = report[name]
        if benefit.status != claim.get("status", benefit.status):
            yield f"{name}: {benefit.status} instead of {claim['status']}; {_decided(benefit)}"
        if "amount" in claim and abs((benefit.amount or 0.0) - claim["amount"]) > MARGIN:
            difference = (benefit.amount or 0.0) - claim["amount"]
            yield f"{name}: {benefit.amount} instead of {claim['amount']} ({difference:+.2f}); {_decided(benefit)}"
        if "because" in claim:
            failed = [reason.id for reason in benefit.reasons if reason.holds is not True]
            if claim["because"] not in failed:
                known = [reason.id for reason in benefit.reasons]
                hint = "" if claim["because"] in known else f" Did you mean '{nearest(claim['because'], known)}'?"
                yield f"{name}: '{claim['because']}' does not refuse it.{hint} {_decided(benefit)}"
        for key in ("kind", "participation"):
            if key in claim and benefit.details.get(key) != claim[key]:
                yield f"{name}: {key} is {benefit.details.get(key)!r} instead of {claim[key]!r}"
        if "beneficiaries" in claim and sorted(benefit.beneficiaries) != sorted(claim["beneficiaries"]):
            yield f"{name}: for {list(benefit.beneficiaries)} instead of {claim['beneficiaries']}"


def _decided(benefit: Benefit) -> str:
    failed = [reason for reason in benefit.reasons if reason.holds is not True]
    if not failed:
        return "every condition holds"
    figures = [f"{reason.id} (observed {reason.observed}, {reason.comparison} {reason.threshold})" for reason in failed]
    return "decided by " + ", ".join(figures)
