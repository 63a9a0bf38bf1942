"""Imports point one way, and nothing of the engine is loaded by the package alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tznr_rules"
ORDER = (  # from the top to the leaves: a module imports only what stands below it
    *("cli", "timelines", "changes", "levers", "reconciliation", "suppositions"),
    *("evaluation", "interactions", "worlds", "freshness", "reasons", "batch", "verdicts"),
    *("unknowns", "doubts", "reads", "columns", "simulation"),
    *("lived", "incomes", "absent", "situation", "told", "assumptions", "composition", "payroll"),
    *("moved", "household", "description", "communes", "facts", "system", "loading", "engine", "local_values", "corrections", "zones"),
    *("agenda", "report", "sheet", "asking", "interplay", "speech", "dues", "events", "wording", "languages"),
    *("catalogue", "reading", "cache", "fingerprint", "collecting", "periods", "errors", "locations"),
)


def imported(path: Path) -> set[str]:
    """The modules of the package that a module imports, anywhere in it, but for the names of types alone."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import stops OpenFisca's extension loader"
            if node.module == "tznr_rules":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("tznr_rules."):
                found.add(node.module.split(".")[1])
    return found & set(ORDER)


def test_imports_point_one_way() -> None:
    for path in sorted(PACKAGE.glob("*.py")):
        if path.stem.startswith("__"):
            continue
        assert path.stem in ORDER, f"{path.stem} has no place in the architecture"
        above = {name for name in imported(path) if ORDER.index(name) < ORDER.index(path.stem)}
        assert not above, f"{path.stem} imports {sorted(above)}, which stand above it"


ENGINE = ("openfisca_core", "openfisca_france", "numpy")
TO_SHOW = ("pandas", "pyarrow", "dask", "matplotlib", "jinja2", "rich", "typer")
REPORT = """
from tznr_rules import entitlements
entitlements({"date": "2026-11", "personnes": [{"date_naissance": "1990-05-12"}]}, benefits=["rsa"]).to_json()
"""


@pytest.mark.parametrize(
    ("work", "unwanted"),
    [
        ("import tznr_rules", (*ENGINE, *TO_SHOW, "pydantic", "yaml")),
        ("from tznr_rules import cli; cli.main(['--help'])", (*ENGINE, "pandas", "pydantic", "yaml")),
        ("from tznr_rules import cli; cli.main(['schema'])", (*ENGINE, "pandas", "jinja2", "rich")),
        (REPORT, TO_SHOW),
    ],
    ids=["the package", "help", "schema", "a report"],
)
def test_nothing_is_loaded_that_is_not_needed(work: str, unwanted: tuple[str, ...]) -> None:
    question = f"import sys\n{work}\nprint([name for name in {unwanted} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
