"""Scenarios are tests: OpenFisca's own YAML, and whole households with what the report must say of them."""

import gc
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openfisca_core.tools.test_runner import OpenFiscaPlugin

SCENARIOS = Path(__file__).parent / "scenarios"
HOUSEHOLDS = SCENARIOS / "households"
collect_ignore = ["tznr_rules/parameters", "tznr_rules/variables"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--alone", action="store_true", help="compute each OpenFisca scenario in a simulation of its own (decision 0021)")


def pytest_configure(config: pytest.Config) -> None:
    """The tests share a cache of their own, new each time (decision 0018)."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        place = TemporaryDirectory()
        os.environ["TZNR_RULES_CACHE_DIR"] = place.name
        config.add_cleanup(place.cleanup)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What no test will use is not waited for."""
    gc.freeze()  # the law stays to the end: the search for lost objects need not go through it again and again
    if "hypothesis" not in sys.modules:
        session.config.pluginmanager.unregister(name="hypothesispytest")  # it loads Hypothesis at the end, for nothing


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix != ".yaml" or SCENARIOS not in file_path.parents or _openfisca_runs(parent.config):
        return None
    from tests.scenario_files import HouseholdFile, ScenarioFile

    return (HouseholdFile if HOUSEHOLDS in file_path.parents else ScenarioFile).from_parent(parent, path=file_path)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """``openfisca test`` knows nothing of households: it steps over them."""
    return True if HOUSEHOLDS in (collection_path, *collection_path.parents) and _openfisca_runs(config) else None


def _openfisca_runs(config: pytest.Config) -> bool:
    return any(isinstance(plugin, OpenFiscaPlugin) for plugin in config.pluginmanager.get_plugins())
