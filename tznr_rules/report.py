"""What is handed back: a report, its benefits and their reasons, and how they are shown (text, dict, JSON, HTML, table)."""

import json
import math
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal

from tznr_rules import asking, dues, interplay, sheet, speech, wording
from tznr_rules.catalogue import Comparison, Domain, Periodicity
from tznr_rules.errors import BenefitUnknown, nearest
from tznr_rules.events import Shown
from tznr_rules.languages import FRENCH, VOICES, Voice, voice
from tznr_rules.locations import TEMPLATES

if TYPE_CHECKING:
    import pandas
    from jinja2 import Environment

Status = Literal["granted", "refused", "undetermined"]
Unit = Literal["EUR", "percent", "right"]
Level = Literal["national", "local"]
EventKind = Literal["opens", "changes", "stops", "renew", "paid"]
Cause = Literal["birthday", "birth", "end_of_period", "reference_period", "uprating", "law", "interaction", "calendar"]
Scalar = float | int | str | None
Kind = Literal["counts_as_resource", "raises", "opens", "closes", "replaces", "excludes"]

TEXT_WIDTH = 88
BLANK = "\x1e"  # stands for an empty line of a text, the others being those of the template
PRIVATE = {"private": True}  # a field that no format writes
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal text: its title, its address, and the date from which it applies."""

    title: str
    href: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of a benefit, met, not met or unknown (null), with the figures and the texts that decide it."""

    id: str
    label: str
    holds: bool | None
    subject: str
    observed: Scalar = None
    threshold: Scalar = None
    comparison: Comparison | None = None
    unit: str | None = None
    margin: float | None = None
    references: tuple[Reference, ...] = ()

    @property
    def distance(self) -> float:
        """How far the threshold is, as a share of it; infinite when the condition is not a matter of figures."""
        if self.margin is None or math.isnan(self.margin):
            return math.inf
        scale = next((abs(value) for value in (self.threshold, self.observed) if isinstance(value, int | float) and value), 1)
        return abs(self.margin) / scale


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure under ``details`` is, and its unit."""

    label: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """A benefit for one of those who may hold it: a person, a family, a tax household or the dwelling."""

    subject: str
    status: Status
    amount: float | None
    beneficiaries: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    amount_range: tuple[float, float] | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit for this household: whether it is due, how much, to whom, why, and how to claim it.

    ``discretionary``: somebody decides on each case, so that "granted" means "may ask". ``for_everyone``: no test of income.
    ``share`` is what a percentage is called; ``in_total``: false for what is not paid to people, as a lower rent.
    ``not_modelled`` says why the benefit cannot be told in that month: its rules are not written for it. ``figures`` says what the names
    under ``details`` are. ``exact`` is false where so many missing facts can change the benefit that not every combination of their answers
    was tried, or where an income was tried in steps: ``amount_range`` is then near. ``amount_alone`` is the amount if only this benefit is
    claimed, besides those already received, and ``amount_with_all`` if every benefit is, once each of them is paid; both are null where
    nobody compared them.
    """

    id: str
    label: str
    institution: str
    domain: Domain
    level: Level
    status: Status
    amount: float | None
    amount_range: tuple[float, float] | None
    unit: Unit
    periodicity: Periodicity
    beneficiaries: tuple[str, ...] = ()
    received: float | None = None
    unclaimed: float | None = None
    reasons: tuple[Reason, ...] = ()
    by_subject: tuple[SubjectResult, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    to_check: tuple[str, ...] = ()
    apply: dict[str, Any] = field(default_factory=dict)
    confirmed: bool = True
    summary: str = ""
    paid: str | None = None
    gaps: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    share: str = "Réduction"
    in_total: bool = True
    discretionary: bool = False
    for_everyone: bool = False
    not_modelled: str | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    amount_alone: float | None = None
    amount_with_all: float | None = None
    exact: bool = True

    @property
    def met(self) -> tuple[Reason, ...]:
        """The conditions that hold, in the order of the text."""
        return tuple(reason for reason in self.reasons if reason.holds is True)

    @property
    def failed(self) -> tuple[Reason, ...]:
        """The conditions that do not hold, the nearest to its threshold first."""
        return nearest_first(self.reasons)

    @property
    def outcomes(self) -> tuple[tuple[tuple[str, ...], SubjectResult], ...]:
        """What is decided for each subject; those for whom it is the same, for the same reasons, are taken together."""
        together: dict[Any, list[SubjectResult]] = {}
        for result in self.by_subject:
            key = (result.status, result.amount, tuple(replace(reason, subject="") for reason in result.reasons))
            together.setdefault(key, []).append(result)
        return tuple((tuple(dict.fromkeys(result.subject for result in results)), results[0]) for results in together.values())

    @property
    def unknown(self) -> tuple[Reason, ...]:
        """The conditions that cannot be told with what was given."""
        return tuple(reason for reason in self.reasons if reason.holds is None)


@dataclass(frozen=True, slots=True)
class Interaction:
    """What claiming another benefit does to one.

    ``effect`` is what ``benefit`` gains or loses, in its unit, when ``other`` is claimed too, everything else being claimed; where each
    of several is enough, so that to leave one out changes nothing, nothing else being claimed.
    ``kind``: ``counts_as_resource`` (it lowers it), ``raises``, ``opens`` (it gives access to it), ``closes`` (it takes access away),
    ``replaces`` (it is paid in the place of ``benefit``), ``excludes`` (the law never pays both). Of two that replace or exclude each
    other, ``better`` is the one with which the household is paid more each month over all its benefits, and ``gain`` how much more.
    """

    benefit: str
    other: str
    kind: Kind
    effect: float
    other_label: str
    better: str | None = None
    gain: float | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact that was not given and what was taken in its place; ``source`` says whether it was worked out from other facts."""

    field: str
    assumed: str
    why: str
    source: Literal["assumed", "estimated"] = "assumed"


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that a fact may take, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that was not given and without which some benefits cannot be told.

    ``paths`` say where the answer is written, for each person it is asked of; ``answers`` are the values accepted, none when it is a
    number, in ``unit``, or a date.
    """

    field: str
    question: str
    benefits: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """A benefit of the territory that this library does not compute."""

    label: str
    institution: str
    why: str


@dataclass(frozen=True, slots=True)
class LocalValue:
    """A value of the law that this installation gives, where no public source confirms one."""

    parameter: str
    description: str
    since: str
    value: float
    unit: str | None
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Event:
    """A dated change of one benefit in the months to come.

    ``kind``: it opens, changes or stops, is to be renewed, or is paid again. ``month`` is the first month in which it holds, ``day`` the
    exact date where one is known, ``since`` the month with which it is compared. ``before`` and ``after`` are in the ``unit`` of the
    benefit: 0 when it is not due, null when it cannot be told. ``subject`` is the person who causes it when there is one, ``people`` all
    those who do, ``age`` what they turn; ``conditions`` are those of the benefit that flip, ``value`` a value of the law that changes.
    ``by`` is the last day to do what ``action`` says.
    """

    month: str
    day: str | None
    benefit: str
    label: str
    institution: str
    kind: EventKind
    before: float | None
    after: float | None
    unit: Unit
    periodicity: Periodicity
    cause: Cause
    subject: str | None
    why: str
    action: str
    by: str | None
    url: str
    since: str
    people: tuple[str, ...] = ()
    age: int | None = None
    conditions: tuple[str, ...] = ()
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the report was computed with, so that it can be computed again."""

    tznr_rules: str
    openfisca_france: str
    openfisca_core: str
    law_date: str
    input_sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """Every benefit of the catalogue for one household, at one month.

    Iterate over it, or ask for a benefit by its id: ``report["rsa"]``. ``household`` is the description that it was made from, if it
    remembers it; it is never written, in any format.
    """

    date: str
    benefits: tuple[Benefit, ...]
    assumptions: tuple[Assumption, ...]
    questions: tuple[Question, ...]
    not_assessed: tuple[NotAssessed, ...]
    provenance: Provenance
    local_values: tuple[LocalValue, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    coming: tuple[Event, ...] = ()
    household: dict[str, Any] | None = field(default=None, repr=False, compare=False, metadata=PRIVATE)

    def __getitem__(self, benefit: str) -> Benefit:
        """The benefit of this id.

        Raises:
            BenefitUnknown: the report has no such benefit; the message gives the nearest name.
        """
        by_id = {each.id: each for each in self.benefits}
        if benefit not in by_id:
            raise BenefitUnknown(benefit, nearest(str(benefit), by_id))
        return by_id[benefit]

    def __iter__(self) -> Iterator[Benefit]:
        return iter(self.benefits)

    def __len__(self) -> int:
        return len(self.benefits)

    def __contains__(self, benefit: object) -> bool:
        return any(benefit in (each.id, each) for each in self.benefits)

    def __str__(self) -> str:
        return self.to_text()

    @property
    def granted(self) -> tuple[Benefit, ...]:
        """The benefits that are due."""
        return self._of_status("granted")

    @property
    def refused(self) -> tuple[Benefit, ...]:
        """The benefits that are not due."""
        return self._of_status("refused")

    @property
    def undetermined(self) -> tuple[Benefit, ...]:
        """The benefits that cannot be told with what was given."""
        return self._of_status("undetermined")

    @property
    def monthly_total(self) -> float | None:
        """The sum of what is surely paid each month, None if nothing is; yearly and single payments are never added to it.

        Of an amount that depends on answers, only the sure part is counted.
        """
        return _total(dues.sure(benefit) for benefit in self._paid_monthly())

    @property
    def monthly_unclaimed(self) -> float | None:
        """What is not claimed each month, over the benefits whose receipt is known; None if nothing is."""
        return _total(benefit.unclaimed for benefit in self._paid_monthly() if benefit.unclaimed and benefit.unclaimed > 0)

    def _of_status(self, status: Status) -> tuple[Benefit, ...]:
        return tuple(benefit for benefit in self.benefits if benefit.status == status)

    def _paid_monthly(self) -> list[Benefit]:
        """What is paid each month; of two benefits that exclude each other, the larger only."""
        due = [each for each in self.benefits if dues.is_due(each) and each.in_total]
        paid = [
            each for each in due if each.unit == "EUR" and each.periodicity == "monthly" and (each.amount is not None or each.amount_range)
        ]
        larger = {each.id: other for each in paid for other in paid if _excludes(each, other) and dues.sure(other) > dues.sure(each)}
        return [each for each in paid if each.id not in larger]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dicts, lists, texts and numbers, under the names of the public contract."""
        content: dict[str, Any] = as_plain(self)
        return content

    def to_json(self, *, indent: int | None = 2) -> str:
        """The report as JSON, valid against :func:`json_schema`."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)

    def to_text(self, language: str = "fr", style: str = "plain") -> str:
        """The report for a terminal or a message, in a language (``fr``, ``en``) and a style (``plain``, or ``falc``: easy French).

        Raises:
            VoiceUnknown: nothing is written in that language and style.
        """
        spoken = voice(language, style)
        template = "easy.txt.jinja" if spoken.easy else "report.txt.jinja"
        text = _templates(spoken).get_template(template).render(**self._content(), blank=BLANK)
        lines = [line.rstrip() for line in text.split("\n") if line.strip(" ")]
        return wording.plain("\n".join(lines).replace(BLANK, "")).strip() + "\n"

    def to_html(self, language: str = "fr", style: str = "plain") -> str:
        """The report as one page that needs no network and no script, for a phone, a screen or a printer.

        Args:
            language: ``fr`` or ``en``.
            style: ``plain``, or ``falc`` for easy French.

        Raises:
            VoiceUnknown: nothing is written in that language and style.
        """
        return _templates(voice(language, style)).get_template("page.html.jinja").render(**self._content(), top=1)

    def _repr_html_(self) -> str:
        return _templates(FRENCH).get_template("fragment.html.jinja").render(**self._content(), top=2)

    def to_frame(self) -> "pandas.DataFrame":
        """The report as a table, one row per benefit."""
        import pandas

        return pandas.DataFrame([_row(self.date, benefit) for benefit in self.benefits], columns=list(_row_names()))

    def _content(self) -> dict[str, Any]:
        return {"report": self, "parts": sheet.parts(self)}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a report, made from the classes of this module."""
    return schema_of(Report)


def schema_of(handed_back: type) -> dict[str, Any]:
    """The JSON Schema of a class of what is handed back: every field is there, and nothing else."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(handed_back).json_schema()
    for private in (each.name for each in fields(handed_back) if each.metadata.get("private")):
        del schema["properties"][private]
    for definition in (schema, *schema["$defs"].values()):
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
            definition["additionalProperties"] = False
    return {"$schema": SCHEMA_DIALECT, **schema}


def nearest_first(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The conditions that do not hold, the nearest to its threshold first; those without figures last."""
    return tuple(sorted((reason for reason in reasons if reason.holds is False), key=lambda reason: reason.distance))


def _decisive(reasons: tuple[Reason, ...], all_of_them: bool = True) -> list[Reason]:
    """The conditions in the order in which they are read: not met, unknown, then met if all of them are wanted."""
    unknown = [reason for reason in reasons if reason.holds is None]
    return [*nearest_first(reasons), *unknown, *(reason for reason in reasons if all_of_them and reason.holds is True)]


def _excludes(one: Benefit, other: Benefit) -> bool:
    return other.id in one.not_with or one.id in other.not_with


def _total(amounts: Iterator[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return round(math.fsum(known), 2) if known else None


def as_plain(value: Any) -> Any:
    """A value as plain dicts, lists, texts and numbers."""
    if is_dataclass(value):
        return {each.name: as_plain(getattr(value, each.name)) for each in fields(value) if not each.metadata.get("private")}
    if isinstance(value, Mapping):
        return {str(key): as_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(each) for each in value]
    if hasattr(value, "item"):  # a number of numpy
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _row_names() -> tuple[str, ...]:
    return (
        "date", "id", "label", "institution", "domain", "level", "status", "amount", "amount_min", "amount_max", "unit", "periodicity",
        "beneficiaries", "received", "unclaimed", "conditions_failed", "nearest_reason", "confirmed",
    )  # fmt: skip


def _row(month: str, benefit: Benefit) -> dict[str, Any]:
    low, high = benefit.amount_range or (benefit.amount, benefit.amount)
    failed = benefit.failed
    named = {name: as_plain(getattr(benefit, name)) for name in _row_names() if name in Benefit.__dataclass_fields__}
    return {
        **named,
        "date": month,
        "amount_min": low,
        "amount_max": high,
        "beneficiaries": ", ".join(benefit.beneficiaries),
        "conditions_failed": len(failed),
        "nearest_reason": failed[0].label if failed else None,
    }


@lru_cache(maxsize=len(VOICES))
def _templates(spoken: Voice) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is None or name.endswith(".html.jinja"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    said = speech.Speech(spoken)
    compared, asked = partial(interplay.compared, said), partial(asking.asked, said)
    change = partial(Shown, speaker=spoken)
    colon = spoken.say("typography.colon")
    environment.globals.update(w=said, s=said.sheet, q=said.asking, sheet=sheet, speech=speech, dues=dues, colon=colon)
    environment.globals.update(compared=compared, asked=asked, asked_first=asking.FIRST, change=change)
    environment.filters.update(typeset=said.typeset, wrapped=partial(_wrapped, said), decisive=_decisive)
    environment.tests["web"] = _is_web
    return environment


def _wrapped(said: speech.Speech, text: object, indent: int = 0, bullet: str = "") -> str:
    lead = " " * indent
    return textwrap.fill(
        said.typeset(text),
        width=TEXT_WIDTH,
        initial_indent=lead + bullet,
        subsequent_indent=lead + " " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_web(address: object) -> bool:
    return re.match(r"https?://", str(address)) is not None
