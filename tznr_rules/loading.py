"""The files of the law, loaded as OpenFisca-Core loads them, without the work that is the same every time.

OpenFisca-Core reads again, at each start, the text of every formula, which nobody looks at but its web API; here it is read when it is
looked at. It also looks for the package anew for each of its files.
"""

import ast
import linecache
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from os.path import abspath
from pathlib import Path
from typing import Any, overload

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable


class Written(Sequence[Any]):
    """Where a variable is written, as OpenFisca-Core tells it: its file, its text, and the number of lines before it."""

    def __init__(self, shown: str, file: str, name: str) -> None:
        self._shown, self._file, self._name = shown, file, name

    def __len__(self) -> int:
        return 3

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if index == 0:
            return self._shown
        first, last = _classes(self._file)[self._name]
        return (self._shown, "".join(linecache.getlines(self._file)[first:last]), first)[index]


@lru_cache(maxsize=8)
def _classes(file: str) -> dict[str, tuple[int, int]]:
    """The lines of each class of a file: how many precede it, and its last."""
    tree = ast.parse("".join(linecache.getlines(file)))
    return {node.name: (node.lineno - 1, node.end_lineno or node.lineno) for node in tree.body if isinstance(node, ast.ClassDef)}


class QuickLoading(TaxBenefitSystem):  # type: ignore[misc]
    """A law of which the files of variables are loaded faster."""

    _location: str | None = None

    def add_variables_from_file(self, file_path: str) -> None:
        """Add every variable that a file defines."""
        if self._location is None:
            self._location = self.get_package_metadata()["location"]
        name = f"{id(self)}_{hash(abspath(file_path))}_{Path(file_path).stem}"
        spec = spec_from_file_location(name, file_path)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        shown = file_path.replace(self._location, "")
        for item in dir(module):
            defined = getattr(module, item)
            if isinstance(defined, type) and issubclass(defined, Variable) and defined.__module__ == name:
                defined.introspection_data = Written(  # type: ignore[attr-defined]
                    shown, file_path, defined.__name__
                )
                self.add_variable(defined)
