"""The command line: ``tznr-rules evaluate | timeline | changes | reconcile | estimate | benefits | schema | warm``.

Exit status: 0 done; 2 the input is wrong, every problem being said on standard error; 1 anything else.
The engine is imported by the command that needs it, so that ``--help`` answers at once.
"""

import atexit
import dataclasses
import datetime
import gc
import json
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from tznr_rules.agenda import Timeline
    from tznr_rules.catalogue import Card

DONE, FAILED, WRONG_INPUT = 0, 1, 2

app = typer.Typer(
    name="tznr-rules",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReportFormat(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"
    html = "html"


class ListFormat(StrEnum):
    """How a list is written."""

    text = "text"
    json = "json"


class ReportLanguage(StrEnum):
    """The language of a report."""

    fr = "fr"
    en = "en"


class ReportStyle(StrEnum):
    """How simple the words are."""

    plain = "plain"
    falc = "falc"


class WrongRows(StrEnum):
    """What is done with a table of which some rows are wrong."""

    stop = "stop"
    leave_out = "leave-out"


class InputWrong(Exception):  # noqa: N818  (like the errors of the public contract)
    """The input is wrong; the message says every problem."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    atexit.register(gc.freeze)  # the law goes away with the process: Python is not to look through it first
    try:
        app(arguments, prog_name="tznr-rules")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    return DONE


def _show_version(wanted: bool) -> None:
    if wanted:
        _print(f"{_version()}\n")
        raise typer.Exit(DONE)


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Every benefit that a household of Rennes may claim, with amounts and reasons."""


@app.command()
def evaluate(
    file: Annotated[str, typer.Argument(help="A household in YAML or JSON; - reads it on standard input.", show_default=False)],
    date: Annotated[str | None, typer.Option(help="The month asked about, for example 2026-11; default: the household's.")] = None,
    benefit: Annotated[list[str] | None, typer.Option(help="Only this benefit, by its id; may be repeated.", show_default=False)] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to write the report.")] = ReportFormat.text,
    output: Annotated[Path | None, typer.Option(help="Where to write the report; default: standard output.")] = None,
    language: Annotated[ReportLanguage, typer.Option(help="The language of a text or a page.")] = ReportLanguage.fr,
    style: Annotated[ReportStyle, typer.Option(help="Plain words, or easy French (falc).")] = ReportStyle.plain,
    coming: Annotated[int, typer.Option(help="Say also what will change in this many months.", min=0, max=120)] = 0,
    local_values: Annotated[
        Path | None,
        typer.Option(help="The values that this installation gives (YAML).", envvar="TZNR_RULES_LOCAL_VALUES", show_default=False),
    ] = None,
) -> None:
    """Say every benefit that a household may claim, with amounts and reasons."""
    with _exit_status():
        to_file = output is not None and str(output) != "-"
        spoken = {"language": language.value, "style": style.value}
        problems = [*_wrong_month(date), *_unknown_benefits(benefit or []), *_unknown_voice(**spoken)]
        problems += _wrong_output(output) if output and to_file else ()
        document = _read(file, problems)
        if problems:
            raise InputWrong("\n".join(problems))
        if local_values is not None:
            os.environ["TZNR_RULES_LOCAL_VALUES"] = str(local_values)
        with _waiting(**spoken):
            from tznr_rules.evaluation import entitlements

            report = entitlements(document, date=date, benefits=benefit or None)
        ahead = _timeline({**document, "date": report.date}, coming, benefit or None) if coming else None
        if ahead is not None:
            report = dataclasses.replace(report, coming=ahead.events)
        written = {
            ReportFormat.text: lambda: report.to_text(**spoken) + (f"\n\n{ahead.to_text(**spoken)}" if ahead is not None else ""),
            ReportFormat.json: lambda: report.to_json() + "\n",
            ReportFormat.html: lambda: report.to_html(**spoken),
        }[format]()
        if output and to_file:
            _write(output, written)
        else:
            _print(written)


@app.command()
def changes(
    file: Annotated[str, typer.Argument(help="A household in YAML or JSON; - reads it on standard input.", show_default=False)],
    benefit: Annotated[str, typer.Option(help="The benefit, by its id.", show_default=False)],
    format: Annotated[ListFormat, typer.Option(help="How to write the changes.")] = ListFormat.text,
    language: Annotated[ReportLanguage, typer.Option(help="The language of the text.")] = ReportLanguage.fr,
    style: Annotated[ReportStyle, typer.Option(help="Plain words, or easy French (falc).")] = ReportStyle.plain,
) -> None:
    """Say the nearest changes that open a right, close it, or move its amount by a step."""
    with _exit_status():
        spoken = {"language": language.value, "style": style.value}
        problems = [*_unknown_benefits([benefit]), *_unknown_voice(**spoken)]
        document = _read(file, problems)
        if problems:
            raise InputWrong("\n".join(problems))
        with _waiting(**spoken):
            from tznr_rules.changes import what_would_change

            found = what_would_change(document, benefit)
        _print(found.to_json() + "\n" if format is ListFormat.json else found.to_text(**spoken))


@app.command()
def timeline(
    file: Annotated[str, typer.Argument(help="A household in YAML or JSON; - reads it on standard input.", show_default=False)],
    date: Annotated[str | None, typer.Option(help="The first month, for example 2026-11; default: the household's.")] = None,
    months: Annotated[int, typer.Option(help="How many months to look ahead.", min=1, max=120)] = 24,
    benefit: Annotated[list[str] | None, typer.Option(help="Only this benefit, by its id; may be repeated.", show_default=False)] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to write it.")] = ReportFormat.text,
    output: Annotated[Path | None, typer.Option(help="Where to write it; default: standard output.")] = None,
    language: Annotated[ReportLanguage, typer.Option(help="The language of a text or a page.")] = ReportLanguage.fr,
    style: Annotated[ReportStyle, typer.Option(help="Plain words, or easy French (falc).")] = ReportStyle.plain,
    local_values: Annotated[
        Path | None,
        typer.Option(help="The values that this installation gives (YAML).", envvar="TZNR_RULES_LOCAL_VALUES", show_default=False),
    ] = None,
) -> None:
    """Say what will change in the rights of a household in the months to come: when, why, and what to do."""
    with _exit_status():
        to_file = output is not None and str(output) != "-"
        spoken = {"language": language.value, "style": style.value}
        problems = [*_wrong_month(date), *_unknown_benefits(benefit or []), *_unknown_voice(**spoken)]
        problems += _wrong_output(output) if output and to_file else ()
        document = _read(file, problems)
        if problems:
            raise InputWrong("\n".join(problems))
        if local_values is not None:
            os.environ["TZNR_RULES_LOCAL_VALUES"] = str(local_values)
        ahead = _timeline({**document, "date": date} if date else document, months, benefit or None)
        written = {
            ReportFormat.text: lambda: ahead.to_text(**spoken),
            ReportFormat.json: lambda: ahead.to_json() + "\n",
            ReportFormat.html: lambda: ahead.to_html(**spoken),
        }[format]()
        if output and to_file:
            _write(output, written)
        else:
            _print(written)


@app.command()
def benefits(
    format: Annotated[ListFormat, typer.Option(help="How to write the list.")] = ListFormat.text,
    stale: Annotated[bool, typer.Option("--stale", help="List instead the values that the law has probably revised since.")] = False,
    blanks: Annotated[bool, typer.Option("--blanks", help="List instead the values that an installation may give.")] = False,
) -> None:
    """List the benefits of the catalogue, or the values of the law that need care."""
    with _exit_status():
        from tznr_rules.catalogue import catalogue

        cards = list(catalogue().values())
        rows = _stale_rows(cards) if stale else _blank_rows() if blanks else [_described(card) for card in cards]
        if format is ListFormat.json:
            _print(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        elif stale:
            _print("".join(f"{row['since']}  {row['parameter']}  {row['description']} ({', '.join(row['benefits'])})\n" for row in rows))
        elif blanks:
            _print("".join(f"{row['parameter']}  {row['description']} ({row['unit'] or '-'})\n" for row in rows))
        else:
            width = max((len(row["id"]) for row in rows), default=0)
            _print("".join(f"{row['id']:<{width}}  {row['label']} ({row['institution']})\n" for row in rows))


@app.command()
def reconcile(
    file: Annotated[str, typer.Argument(help="A household in YAML or JSON; - reads it on standard input.", show_default=False)],
    received: Annotated[list[str], typer.Option(help="What is paid, for example rsa=512.30; may be repeated.", show_default=False)],
    date: Annotated[str | None, typer.Option(help="The month of the payment, for example 2026-11; default: the household's.")] = None,
    format: Annotated[ListFormat, typer.Option(help="How to write the differences.")] = ListFormat.text,
    language: Annotated[ReportLanguage, typer.Option(help="The language of a text.")] = ReportLanguage.fr,
    style: Annotated[ReportStyle, typer.Option(help="Plain words, or easy French (falc).")] = ReportStyle.plain,
) -> None:
    """Say what may explain that a household receives another amount than the one computed."""
    with _exit_status():
        spoken = {"language": language.value, "style": style.value}
        problems = [*_wrong_month(date), *_unknown_voice(**spoken)]
        paid = _amounts(received, problems)
        document = _read(file, problems)
        if problems:
            raise InputWrong("\n".join(problems))
        with _waiting(**spoken):
            from tznr_rules.evaluation import entitlements
            from tznr_rules.languages import voice
            from tznr_rules.reconciliation import reconcile

            differences = reconcile(entitlements(document, date=date, benefits=list(paid), interactions=False), paid)
        if format is ListFormat.json:
            _print(json.dumps([each.to_dict() for each in differences], ensure_ascii=False, indent=2) + "\n")
        else:
            agree = voice(**spoken).say("reconcile.agree") + "\n"
            _print("\n".join(each.to_text(**spoken) for each in differences) or agree)


def _amounts(received: list[str], problems: list[str]) -> dict[str, float]:
    """The amounts told by benefit; why one of them cannot be read is added to the problems."""
    paid: dict[str, float] = {}
    for text in received:
        name, _, figure = text.partition("=")
        try:
            paid[name.strip()] = float(figure.replace(",", "."))
        except ValueError:
            problems.append(f"--received: '{text}' is not an amount of a benefit. Write its id and what is paid, for example rsa=512.30.")
    problems += _unknown_benefits(list(paid))
    return paid


@app.command()
def estimate(
    file: Annotated[Path, typer.Argument(help="A table of households: CSV, Parquet, Excel, SAS, Stata or SPSS.", show_default=False)],
    date: Annotated[str | None, typer.Option(help="The month asked about, for example 2026-11; default: the current one.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="What the columns are (YAML).", show_default=False)] = None,
    benefit: Annotated[list[str] | None, typer.Option(help="Only this benefit, by its id; may be repeated.", show_default=False)] = None,
    by: Annotated[list[str] | None, typer.Option(help="A column to break figures down by; may be repeated.", show_default=False)] = None,
    report: Annotated[Path | None, typer.Option(help="Write one page to show (HTML).", show_default=False)] = None,
    tables: Annotated[Path | None, typer.Option(help="A folder for every table that may be shown (CSV).", show_default=False)] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write what each household is due (.csv, .parquet), for your own use.", show_default=False)
    ] = None,
    reform: Annotated[Path | None, typer.Option(help="Compare with other values of the law (YAML).", show_default=False)] = None,
    errors: Annotated[WrongRows, typer.Option(help="Stop on wrong rows, or leave their households out and go on.")] = WrongRows.stop,
    workers: Annotated[int, typer.Option(help="How many processes.", min=1)] = 1,
    seed: Annotated[int | None, typer.Option(help="The seed of the draws.", show_default=False)] = None,
) -> None:
    """Estimate what goes unclaimed in a table of households."""
    with _exit_status():
        problems = [*_wrong_month(date), *_unknown_benefits(benefit or [])]
        for option, path in (("--report", report), ("--output", output)):
            problems += _wrong_output(path, option) if path else ()
        if problems:
            raise InputWrong("\n".join(problems))
        from tznr_rules.analysts.estimating import estimate as look_at
        from tznr_rules.errors import SampleError

        chosen: dict[str, Any] = {} if seed is None else {"seed": seed}
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", UserWarning)
            try:
                found = look_at(
                    file,
                    mapping=mapping,
                    date=date,
                    benefits=benefit or None,
                    reform=reform,
                    by=by or (),
                    errors="raise" if errors is WrongRows.stop else "report",
                    workers=workers,
                    output=output,
                    **chosen,
                )
            except SampleError as error:
                raise InputWrong("\n".join(_wrong_rows(error.problems))) from None
        for warning in said:
            if issubclass(warning.category, UserWarning):
                typer.echo(str(warning.message), err=True)
        for line in _wrong_rows(found.problems) if len(found.problems) else ():
            typer.echo(line, err=True)
        if report is not None:
            found.report(report)
        if tables is not None:
            found.to_csv(tables)
        _print(found.to_text() + "\n")


def _wrong_rows(problems: Any) -> Iterator[str]:
    """Every problem of a table: where it is and its code, never what was given."""
    yield f"The table has {len(problems)} problem{'s' if len(problems) > 1 else ''}:"
    for row, column, code in problems[["row", "column", "code"]].itertuples(index=False):
        yield f"  row {row}, {column}: {code}" if column else f"  row {row}: {code}"


@app.command()
def schema() -> None:
    """Write the JSON Schema of a household, of a report and of a timeline."""
    with _exit_status():
        from tznr_rules import agenda, household, report

        schemas = {"household": household.json_schema(), "report": report.json_schema(), "timeline": agenda.json_schema()}
        _print(json.dumps(schemas, ensure_ascii=False, indent=2) + "\n")


@app.command()
def warm() -> None:
    """Keep on disk, ahead of the first report, what makes it quick: to be run once where the library is installed."""
    with _exit_status():
        from tznr_rules import cache, fingerprint

        place = cache.folder()
        if place is None:
            _fail(f"Nothing is kept: {cache.OFF} is set, or this user has no home and {cache.MOVED} names no folder.", FAILED)
        with _waiting("fr", "plain"):
            from tznr_rules.reads import record_every_law
            from tznr_rules.system import in_force

            record_every_law()
        size = cache.size(fingerprint.installed(), fingerprint.fingerprint(), in_force().made_of)
        if not size:
            _fail(f"{place}: nothing can be kept there. {cache.MOVED} names another folder.", FAILED)
        _print(f"{place} ({size / 1e6:.1f} MB)\n")


@contextmanager
def _exit_status() -> Iterator[None]:
    """Turn what went wrong into a message and an exit status."""
    from tznr_rules.errors import LawError, TznrError

    try:
        yield
    except LawError as error:
        _fail(f"A rule of tznr_rules is wrong, not your input: {error}", FAILED)
    except (InputWrong, TznrError) as error:
        _fail(str(error), WRONG_INPUT)
    except BrokenPipeError:
        # Who reads us has seen enough; nothing more is to be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except OSError as error:
        _fail(f"{error.filename or 'tznr-rules'}: {error.strerror or error}", FAILED)


def _fail(message: str, status: int) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(status) from None


def _wrong_month(month: str | None) -> Iterator[str]:
    if month is None:
        return
    with suppress(ValueError):
        if len(month) == len("2026-11") and datetime.date.fromisoformat(f"{month}-01"):
            return
    yield f"--date: '{month}' is not a month. Write the year and the month, for example 2026-11."


def _unknown_benefits(ids: list[str]) -> Iterator[str]:
    from tznr_rules.catalogue import cards
    from tznr_rules.errors import BenefitUnknown

    for name in ids:
        try:
            cards([name])
        except BenefitUnknown as error:
            yield str(error)


def _unknown_voice(language: str, style: str) -> Iterator[str]:
    from tznr_rules.errors import VoiceUnknown
    from tznr_rules.languages import voice

    try:
        voice(language, style)
    except VoiceUnknown as error:
        yield str(error)


def _wrong_output(path: Path, option: str = "--output") -> Iterator[str]:
    if path.is_dir():
        yield f"{option}: '{path}' is a folder. Give the name of a file in it, for example '{path / 'droits.html'}'."
    elif not path.parent.is_dir():
        yield f"{option}: the folder '{path.parent}' does not exist. Create it first."


def _read(file: str, problems: list[str]) -> Mapping[str, Any]:
    """The document of a household, from a file or from standard input; why it cannot be read is added to the problems."""
    from tznr_rules.errors import HouseholdError
    from tznr_rules.household import read

    try:
        return read(sys.stdin if file == "-" else Path(file))
    except HouseholdError as error:
        problems.append(str(error))
        return {}


@contextmanager
def _waiting(language: str, style: str) -> Iterator[None]:
    """A sign of life on standard error while the engine works, when someone looks at it."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    from tznr_rules.languages import voice

    with Console(stderr=True).status(voice(language, style).say("report.waiting")):
        yield


def _timeline(document: Mapping[str, Any], months: int, benefits: list[str] | None) -> "Timeline":
    """The timeline of a household; its progress is shown on standard error when someone looks at it."""
    from tznr_rules.timelines import timeline as look_ahead

    if not sys.stderr.isatty():
        return look_ahead(document, months=months, benefits=benefits)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=months + 1)
        return look_ahead(document, months=months, benefits=benefits, progress=lambda done, _: bar.update(task, completed=done))


def _described(card: "Card") -> dict[str, Any]:
    """What a card says to the public, with the ids of its conditions."""
    names = {"id", "level", "institution", "domain", "unit", "periodicity", "summary", "paid", "apply", "to_check", "gaps"}
    content = card.model_dump(mode="json", include=names)
    return {**content, "label": _label(card), "conditions": [condition.variable for condition in card.conditions]}


def _stale_rows(cards: "list[Card]") -> list[dict[str, Any]]:
    from tznr_rules.freshness import stale_values

    return [dataclasses.asdict(value) for value in stale_values(cards, datetime.date.today())]


def _blank_rows() -> list[dict[str, Any]]:
    from tznr_rules.local_values import blanks
    from tznr_rules.system import system

    found = blanks(system().parameters)
    return [{"parameter": path, "description": each.description, "unit": each.metadata.get("unit")} for path, each in found.items()]


def _label(card: "Card") -> str:
    return card.label or card.id.replace("_", " ").capitalize()


def _print(content: str) -> None:
    """Write on standard output, in UTF-8 unless it is a terminal."""
    typer.echo(content if sys.stdout.isatty() else content.encode(), nl=False)
    sys.stdout.flush()


def _write(path: Path, content: str) -> None:
    """Write a file at once: whoever reads it finds the old content or the new one, whole."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_text(content, encoding="utf-8")
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("x", encoding="utf-8") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("tznr-rules")
    except PackageNotFoundError:
        return "unknown"
