"""What is made by running something: ``make docs`` writes it, ``tests/test_docs.py`` and ``tests/test_voices.py`` check it.

The parts of the documentation, and in ``tests/golden`` what the report of every shipped household says in every voice.

An example is a fence of Python, whose output is the ``text`` fence right after it, or a fence of ``console``, where a line that begins with
``$`` is a command. ``...`` stands for what is left out. The examples of a page run in order, in an empty folder; a YAML fence is a file
of that folder: its name is the last one in backticks before it, or ``foyer.yaml`` if it is a household.
"""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from doctest import ELLIPSIS, OutputChecker
from importlib import import_module
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader
from openfisca_core.parameters import Parameter, ParameterScale, load_parameter_file

ROOT = Path(__file__).resolve().parent.parent
CORRECTIONS = ROOT / "docs" / "corrections.md"
BENEFITS = ROOT / "docs" / "benefits"
GOLDEN = ROOT / "tests" / "golden"
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.M | re.S)
LINK = "[{title}]({href})"
LAW_OF = "2026-11"  # the month whose values the pages of benefits show

INTRODUCTION = """\
# What is corrected in OpenFisca-France

Made by `make docs` from `tznr_rules/corrections/` and `parameters/corrections/`: do not edit it by hand. What is wrong is said in French,
as the law is. [CONTRIBUTING](../CONTRIBUTING.md#correcting-openfisca-france) says how to correct one more.

*Since* is the date from which our rule replaces the one of OpenFisca-France; the defect may be older. *Confidence* is ours: high when the
text or an official figure was read, medium when the text leaves a doubt, low when it was not read. A value *to be confirmed* is marked
`confirmed: false` in its file, which says how it was calculated.
"""


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page: its language, its text, where that text is, and the file that it holds, if it is one."""

    language: str
    text: str
    start: int
    end: int
    file: str | None


def pages() -> list[Path]:
    """Every page of the documentation that somebody writes."""
    return [*sorted(ROOT.glob("*.md")), *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent != BENEFITS)]


def fences(page: str) -> list[Fence]:
    """The fenced blocks of a page, in order."""
    found = []
    for match in FENCE.finditer(page):
        language, text = match.groups()
        named = re.search(r"`([\w/.-]+\.(?:yaml|py))`:?\n+\Z", page[: match.start()])
        household = language == "yaml" and re.search(r"^personnes:", text, re.M)
        found.append(Fence(language, text, *match.span(2), named[1] if named else "foyer.yaml" if household else None))
    return found


def built(page: str) -> str:
    """A page whose examples show what they give today; an output already right, or right but for what ``...`` leaves out, is kept."""
    blocks = fences(page)
    changes: list[tuple[Fence, str]] = []
    namespace: dict[str, Any] = {"__name__": "example"}
    with TemporaryDirectory() as folder, chdir(folder):
        for block in blocks:
            if block.file and block.language == "yaml" and "/" not in block.file:
                Path(block.file).write_text(block.text, encoding="utf-8")
        for block, following in pairwise([*blocks, Fence("", "", len(page), len(page), None)]):
            if block.language == "console":
                changes.append((block, "".join(_console(block.text))))
            elif block.language == "python" and block.file is None:
                output = _python(block.text, namespace)
                if re.fullmatch(r"```\s+```text\n", page[block.end : following.start]):
                    changes.append((following, following.text if _same(following.text, output) else output))
                elif output:
                    raise AssertionError(f"an example prints what the page does not show:\n{block.text}\n{output}")
    for block, text in reversed(changes):
        page = page[: block.start] + text + page[block.end :]
    return page


def _python(code: str, namespace: dict[str, Any]) -> str:
    with redirect_stdout(io.StringIO()) as output:
        exec(compile(code, "example", "exec"), namespace)
    return output.getvalue()


def _console(text: str) -> Iterator[str]:
    """The commands of a block, each followed by what it writes."""
    for command, shown in re.findall(r"^(\$ (?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", text, re.M):
        output = _run(command.removeprefix("$ ").replace("\\\n", " ").strip())
        yield command + (shown if _same(shown, output) else output)


def _run(command: str) -> str:
    """What a command writes. Ours run in this process, where the law is already built."""
    words = shlex.split(command)
    if words[0] == "tznr-rules" and not {"|", ">"} & set(words):
        from tznr_rules.cli import main

        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with redirect_stdout(stream), redirect_stderr(stream):
            main(words[1:])
        return stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80"}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    return done.stdout + done.stderr


def _same(shown: str, output: str) -> bool:
    return OutputChecker().check_output(shown, output, ELLIPSIS)


def corrections() -> str:
    """The page of every correction."""
    values = list(_values())
    wrong = [text for text, known in values if known]
    read = [text for text, known in values if not known]
    parts = [INTRODUCTION, "## Formulas\n", *_formulas(), "## Values out of date or wrong\n", *wrong]
    parts += ["## Values that OpenFisca-France does not have\n", "The formulas above read them.\n", *read]
    return "\n".join(parts).rstrip("\n") + "\n"


def _formulas() -> Iterator[str]:
    from tznr_rules.corrections import formula_corrections

    for module, of_module in groupby(formula_corrections(), lambda each: each[0].__module__):
        path = module.replace(".", "/") + ".py"
        title = re.sub(r"^Corrections(?: of)?:? (?:the )?", "", (import_module(module).__doc__ or "").split("\n")[0]).rstrip(".")
        yield f"### {title[:1].upper()}{title[1:]}\n\n[`{path}`](../{path})\n"
        by_reason: dict[Any, list[str]] = {}
        for corrected, why in of_module:
            by_reason.setdefault(why, []).append(f"`{corrected.__name__}`")
        for why, names in by_reason.items():
            source = LINK.format(title=why.title, href=why.href)
            yield f"- {', '.join(names)}\n  {why.defect}\n  Since {why.since}. Confidence: {why.confidence}. {source}"
        yield ""


def _values() -> Iterator[tuple[str, bool]]:
    """What is said of each corrected parameter, and whether OpenFisca-France has it."""
    folder = ROOT / "parameters" / "corrections"
    for path in sorted(each for each in folder.rglob("*.yaml") if each.name != "index.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        ours, theirs = load_parameter_file(str(path), name), _theirs(path.relative_to(folder), name)
        title = str(content.get("description") or (theirs and theirs.description) or name)
        lines = [f"### {title.rstrip('.')}\n", f"[`{name}`](../{path.relative_to(ROOT)})\n"]
        for day in sorted(_days(ours)):
            instead = f" instead of {_shown(theirs, day)}" if theirs else ""
            doubt = "" if _is_confirmed(content, day) else " Calculated, to be confirmed."
            lines.append(f"- Since {day}: **{_shown(ours, day)}**{instead}.{doubt}")
            lines += ["  " + LINK.format(title=entry["title"], href=entry["href"]) for entry in _sources(content["metadata"], day)]
        said = [content.get("documentation"), content["metadata"].get("documentation"), *content["metadata"].get("notes", {}).values()]
        lines += [f"\n{' '.join(note.split())}" for note in said if note]
        yield "\n".join(lines) + "\n", theirs is not None


def _theirs(path: Path, name: str) -> Parameter | ParameterScale | None:
    """The parameter of OpenFisca-France at a path, if it has one."""
    import openfisca_france

    file = Path(openfisca_france.__file__).parent / "parameters" / path
    return load_parameter_file(str(file), name) if file.exists() else None


def _days(node: Parameter | ParameterScale) -> set[str]:
    if isinstance(node, ParameterScale):
        return {day for bracket in node.brackets for child in bracket.children.values() for day in _days(child)}
    return {value.instant_str for value in node.values_list}


def _shown(node: Parameter | ParameterScale | None, day: str) -> str:
    if node is None:
        return "no such parameter"
    if isinstance(node, ParameterScale):
        steps = [{name: child.get_at_instant(day) for name, child in bracket.children.items()} for bracket in node.brackets]
        return ", ".join(f"from {step['threshold']:g}: {step['amount']:g}" for step in steps if step["threshold"] is not None)
    value = node.get_at_instant(day)
    return "no value" if value is None else str(value)


def _is_confirmed(content: dict[str, Any], day: str) -> bool:
    """Whether a good source confirms a value: the file, the date or the value says when none does."""
    said = content["metadata"].get("confirmed", True)
    if isinstance(said, dict):
        said = {str(key): value for key, value in said.items()}.get(day, True)
    value = {str(key): each for key, each in content.get("values", {}).items()}.get(day, {})
    return bool(said and value.get("metadata", {}).get("confirmed", True))


def _sources(metadata: dict[str, Any], day: str) -> list[dict[str, str]]:
    dated = {str(key): value for key, value in metadata["reference"].items() if str(key) <= day}
    entries = dated[max(dated)]
    return entries if isinstance(entries, list) else [entries]


DOMAINS = {
    "ressources": "Revenus et vie quotidienne", "sante": "Santé et handicap", "logement": "Logement", "mobilite": "Se déplacer",
    "loisirs": "Culture, sport, vacances", "numerique": "Téléphone et internet", "energie": "Énergie et eau",
    "enfance": "Enfants et famille",
    "etudes": "Études", "emploi": "Travail et formation", "justice": "Justice",
}  # fmt: skip
GIVES = {"EUR": "un montant", "percent": "une réduction en pourcentage", "right": "un droit, sans montant"}
PERIODS = {"monthly": "par mois", "yearly": "par an", "once": "en une fois"}
LEVELS = {"national": "Toute la France", "local": "Aide locale"}
INDEX = """\
# Toutes les aides

Pages faites par `make docs` à partir des fiches, des variables et des paramètres : ne les modifiez pas à la main.
Chaque page dit à qui s'adresse l'aide, ses conditions, ses chiffres avec leur date et leur source, comment la demander, et ce que le calcul
ne fait pas. Les valeurs sont celles de {month}.
"""


def benefit_pages() -> dict[str, str]:
    """The page of every benefit and their index, by file name."""
    from tznr_rules import wording
    from tznr_rules.catalogue import catalogue

    found = {f"{card.id}.md": _benefit_page(card) for card in catalogue().values()}
    lines = [INDEX.format(month=wording.plain(wording.day(LAW_OF)))]
    for domain, title in DOMAINS.items():
        some = sorted((card for card in catalogue().values() if card.domain == domain), key=lambda card: _label(card).lower())
        if some:
            lines += [f"## {title}\n", *(f"- [{_label(card)}]({card.id}.md) ({card.institution})" for card in some), ""]
    return {"README.md": "\n".join(lines).rstrip("\n") + "\n", **found}


def _label(card: Any) -> str:
    from tznr_rules.system import system

    return str(card.label or system().variables[card.variable].label)


def _benefit_page(card: Any) -> str:
    from tznr_rules import wording
    from tznr_rules.speech import Speech

    environment = Environment(loader=FileSystemLoader(ROOT / "docs"), trim_blocks=True, lstrip_blocks=True, autoescape=False)
    since, until = (wording.day(month) if month else "" for month in (card.since, card.until))
    page = environment.get_template("benefit.md.jinja").render(
        card=card,
        label=_label(card),
        domain=DOMAINS[card.domain],
        scope=LEVELS[card.level] + (", pour tous" if card.for_everyone else ""),
        gives=GIVES[card.unit] + (f", {PERIODS[card.periodicity]}" if card.unit == "EUR" else ""),
        months=" ".join(part for part in (since and f"depuis {since}", until and f"jusqu'en {until}") if part),
        conditions=[_condition(condition) for condition in card.conditions],
        values=list(_figures(card)),
        renewal=Speech().renewal(card.apply.renewal or ""),
    )
    return re.sub(r"\n{3,}", "\n\n", wording.plain(page)).strip("\n") + "\n"


def _condition(condition: Any) -> dict[str, Any]:
    from tznr_rules.catalogue import questions
    from tznr_rules.languages import FRENCH
    from tznr_rules.reads import behind
    from tznr_rules.reasons import references
    from tznr_rules.system import system

    read = behind([condition.variable], LAW_OF)
    rule = ""
    if condition.threshold and "." not in condition.threshold:
        threshold = str(system().variables[condition.threshold].label).lower()
        rule = FRENCH.say(f"report.rules.{condition.comparison}", threshold=threshold)
    return {
        "label": str(system().variables[condition.variable].label),
        "rule": rule,
        "questions": [questions()[name].question for name in sorted(read.own | read.shared)],
        "references": references(condition.variable, (), LAW_OF),
    }


def _figures(card: Any) -> Iterator[dict[str, Any]]:
    """The figures that a benefit cites, in force in the month of the pages, each with its date and its sources."""
    from tznr_rules.reasons import is_confirmed, leaves, parameter, references

    for path in card.cited():
        for place, leaf in leaves(path, parameter(path)):
            found = [each for each in references(card.conditions[0].variable, (place,), LAW_OF) if each.date]
            since = max((day for day in _days(leaf) if day[:7] <= LAW_OF), default="")
            yield {
                "description": _one_line(leaf.description or leaf.metadata.get("short_label") or place),
                "shown": _one_line(_french(leaf, since)),
                "since": since,
                "confirmed": is_confirmed(place, LAW_OF),
                "source": "<br>".join(LINK.format(title=_one_line(each.title), href=each.href) for each in found),
            }


def _french(leaf: Parameter | ParameterScale, day: str) -> str:
    from tznr_rules import wording

    unit = leaf.metadata.get("amount_unit") or leaf.metadata.get("rate_unit") or leaf.metadata.get("unit")
    if isinstance(leaf, ParameterScale):
        steps = [{name: child.get_at_instant(day) for name, child in bracket.children.items()} for bracket in leaf.brackets]
        known = [step for step in steps if step.get("threshold") is not None]
        figures = [next(value for name, value in step.items() if name != "threshold") for step in known]
        shown = [wording.quantity(figure, unit) if figure is not None else "?" for figure in figures]
        return " ; ".join(f"dès {wording.number(step['threshold'])} : {each}" for step, each in zip(known, shown, strict=True))
    value = leaf.get_at_instant(day) if day else None
    if value is None:
        return "pas de valeur connue"
    return ", ".join(map(str, value)) if isinstance(value, list) else wording.quantity(value, unit)


def _one_line(text: object) -> str:
    return " ".join(str(text).replace("|", "/").split())


def golden() -> dict[str, str]:
    """What the report of every shipped household says in every voice, by file name; but for the versions it was computed with."""
    from tznr_rules.evaluation import entitlements
    from tznr_rules.household import read
    from tznr_rules.languages import VOICES

    found = {}
    for path in sorted((ROOT / "tznr_rules" / "households").glob("*.yaml")):
        report = entitlements(read(path))
        made_with = replace(report.provenance, tznr_rules="", openfisca_france="", openfisca_core="")
        report = replace(report, provenance=made_with)
        found |= {f"{path.stem}.{name}.txt": report.to_text(*spoken) for spoken, name in VOICES.items()}
    return found


def main() -> None:
    CORRECTIONS.write_text(corrections(), encoding="utf-8")
    made = benefit_pages()
    BENEFITS.mkdir(exist_ok=True)
    for path in BENEFITS.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, page in made.items():
        (BENEFITS / name).write_text(page, encoding="utf-8")
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.glob("*.txt"):
        path.unlink()
    for name, text in golden().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")
    for path in pages():
        page = path.read_text(encoding="utf-8")
        path.write_text(built(page), encoding="utf-8")


if __name__ == "__main__":
    main()
