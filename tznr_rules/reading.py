"""The reading of a household from a file or a stream, in YAML or JSON, with the line of what cannot be read."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import yaml

from tznr_rules.errors import HouseholdError, Problem, shown

PLAIN_SCALARS = {
    "null": r"^(?:~|null|Null|NULL|)$",
    "bool": r"^(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"^[-+]?(?:0|[1-9][0-9]*)$",
    "float": r"^(?:[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
    "timestamp": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "merge": r"^<<$",
}


def read(source: str | Path | TextIO) -> Mapping[str, Any]:
    """The document that a file or a stream holds, in YAML or JSON.

    Leading zeros and words are kept as they are written (``depcom: 01001``, ``nationalite: NO``), unlike in plain YAML 1.1.

    Args:
        source: the path of a file, or an open text stream.

    Raises:
        HouseholdError: the file cannot be read, or is not the text of one mapping; the message gives the line.

    >>> import io
    >>> read(io.StringIO("depcom: 01001\\npersonnes:\\n  - date_naissance: 1990-05-12\\n"))
    {'depcom': '01001', 'personnes': [{'date_naissance': datetime.date(1990, 5, 12)}]}
    """
    name, text = _text(source)
    if not text.strip():
        raise _unreadable("empty", name, "the file is empty", "Write at least: personnes: [{date_naissance: 1990-05-12}].")
    try:
        document = _json(text, name) if text.lstrip().startswith(("{", "[")) else None
        if document is None:
            document = _yaml(text, name)
    except RecursionError:
        raise _unreadable("unreadable", name, "the text is nested too deeply", "") from None
    if not isinstance(document, Mapping):
        given = f"{shown(document)} is not a mapping"
        raise _unreadable("not_a_mapping", name, given, "Write at least: personnes: [{date_naissance: 1990-05-12}].")
    return document


def shipped(path: Path) -> Any:
    """The content of one of our own files, in plain YAML.

    Raises:
        yaml.YAMLError: it cannot be read.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_PLAIN)


def _text(source: str | Path | TextIO) -> tuple[str, str]:
    """The name of a source, and its text."""
    name = Path(source).name if isinstance(source, str | Path) else ""
    try:
        content = Path(source).read_bytes() if isinstance(source, str | Path) else source.read()
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    except OSError as error:
        raise _unreadable("unreadable", str(source), f"cannot be read: {(error.strerror or 'unknown reason').lower()}", "") from error
    except UnicodeDecodeError as error:
        raise _unreadable("unreadable", name, "is not a text in UTF-8", "Save the file as UTF-8.") from error
    return name, text


def _json(text: str, name: str) -> Any:
    """The JSON document, or None when the text is not JSON (it may still be YAML, and YAML says where it is wrong)."""
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(items)
        if len(content) < len(items):
            twice.extend({key for position, (key, _) in enumerate(items) if key in dict(items[:position])})
        return content

    try:
        document = json.loads(text, object_pairs_hook=pairs)
    except ValueError:
        return None
    if twice:
        with suppress(yaml.YAMLError):
            _check_duplicates(yaml.compose(text.replace("\t", " "), Loader=_Loader), name)
        raise HouseholdError([_given_twice(key, name) for key in twice])
    return document


_PLAIN = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where PyYAML was built with libyaml


class _Loader(yaml.SafeLoader):
    """Plain YAML, without the words and numbers that YAML 1.1 turns into something else (no, 01001, 1:30)."""

    yaml_implicit_resolvers: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {  # noqa: RUF012  (the name is PyYAML's)
        None: [(f"tag:yaml.org,2002:{tag}", re.compile(pattern)) for tag, pattern in PLAIN_SCALARS.items()]
    }


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:  # 2026-02-31: the check of the description says it, with its place
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def _yaml(text: str, name: str) -> Any:
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        _check_duplicates(node, name)
        return loader.construct_document(node) if node is not None else None
    except HouseholdError:
        raise
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        given = "the text cannot be read" + (f": {error.problem}" if error.problem else "")
        raise _unreadable("unreadable", _at(name, line), given, "Check the indentation, the colons and the quotes.") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        given = "the text cannot be read as YAML or JSON"
        raise _unreadable("unreadable", name, given, "Check that it is a text.") from error
    finally:
        if loader is not None:
            loader.dispose()


def _check_duplicates(node: yaml.Node | None, name: str) -> None:
    """Refuse a key that a mapping holds twice, wherever it is."""
    problems: list[tuple[int, Problem]] = []
    waiting, met = [node], set()
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in met:
            continue
        met.add(id(current))
        if isinstance(current, yaml.SequenceNode):
            waiting.extend(current.value)
        elif isinstance(current, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in current.value:
                waiting.extend((key, value))
                if not isinstance(key, yaml.ScalarNode):
                    continue
                if key.value in seen:
                    line = key.start_mark.line + 1
                    problems.append((line, _given_twice(key.value, _at(name, f"line {line}"))))
                seen.add(key.value)
    if problems:
        raise HouseholdError([problem for _, problem in sorted(problems, key=lambda found: found[0])])


def _given_twice(key: str, place: str) -> Problem:
    return Problem("duplicate_key", place or "household", f"{shown(key)} is given twice", "", "Keep one of them.")


def _at(name: str, line: str) -> str:
    return ", ".join(part for part in (name, line) if part)


def _unreadable(code: str, place: str, given: str, fix: str) -> HouseholdError:
    return HouseholdError([Problem(code, place or "household", given, "", fix)])
