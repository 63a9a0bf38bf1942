"""What the law and the machinery are made of, as one digest: two processes in which it is the same build the same law."""

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from os import DirEntry, scandir

from tznr_rules.locations import PACKAGE, PARAMETERS, VARIABLES

INSTALLED = ("openfisca-core", "openfisca-france", "numpy", "pyyaml", "tznr-rules")
ENGINE = {"openfisca-core": "openfisca_core", "openfisca-france": "openfisca_france"}  # those of which every file bears on the law
OURS = (PARAMETERS, VARIABLES, PACKAGE)
NO_LAW = ("parameters", "variables", "analysts", "households", "samples", "templates", "words")  # of the package; the first two are links
SIZE = 16
KINDS = (".py", ".yaml", ".yml")


def fingerprint() -> str:
    """A digest of Python, of what is installed, and of the content of our own files: some twenty milliseconds."""
    said = blake2b(f"{installed()} {PACKAGE}".encode(), digest_size=SIZE)
    for entry in (found for folder in OURS for found in _below(str(folder), NO_LAW if folder is PACKAGE else ())):
        with open(entry.path, "rb") as file:
            content = file.read()
        said.update(f"{entry.path}\0{len(content)}\0".encode() + content)
    return said.hexdigest()


@lru_cache(maxsize=1)
def installed() -> str:
    """A digest of Python and of the packages on which we build."""
    said = repr((sys.version, [(name, *_installed(name)) for name in INSTALLED]))
    return blake2b(said.encode(), digest_size=SIZE).hexdigest()


def _installed(name: str) -> Iterator[str]:
    """The version of a package and, for the engine, what tells two builds of one version apart."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return
    yield package.version
    if name not in ENGINE:
        return
    spec = find_spec(ENGINE[name])
    folder = next(iter(spec.submodule_search_locations or ()), None) if spec is not None else None
    if folder is None:
        return
    yield folder
    listed = None if _is_editable(package) else package.read_text("RECORD")  # a digest of each file, as it was installed
    if listed is not None:
        yield listed
    else:
        yield from (f"{entry.path} {entry.stat().st_size} {entry.stat().st_mtime_ns}" for entry in _below(folder))


def _is_editable(package: Distribution) -> bool:
    return '"editable": true' in (package.read_text("direct_url.json") or "")


def _below(folder: str, without: Sequence[str] = ()) -> Iterator["DirEntry[str]"]:
    """The files of a folder that say law, and those below it, in the order of their names."""
    for entry in sorted(scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry.path) if entry.name not in without else ()
        elif entry.name.endswith(KINDS):
            yield entry
