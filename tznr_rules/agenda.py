"""What is handed back of the months to come: the events of a timeline, in order, and how they are shown."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tznr_rules import wording
from tznr_rules.events import Shown
from tznr_rules.languages import FRENCH, VOICES, Voice, filled, voice
from tznr_rules.locations import TEMPLATES
from tznr_rules.report import Assumption, Event, Provenance, as_plain, schema_of

if TYPE_CHECKING:
    from jinja2 import Environment

TEXT_WIDTH = 88
ASSUMED = ("law", "incomes", "notices", "receipts", "month")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated changes to come in the rights of a household, in order. Iterate over it to have the events.

    ``date`` is the first month, ``months`` all those that were looked at, ``law_known_until`` the last month for which the law is voted.
    """

    date: str
    months: tuple[str, ...]
    events: tuple[Event, ...]
    assumptions: tuple[Assumption, ...]
    law_known_until: str
    provenance: Provenance

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def __getitem__(self, place: int) -> Event:
        return self.events[place]

    def __str__(self) -> str:
        return self.to_text()

    def of(self, benefit: str) -> tuple[Event, ...]:
        """The events of one benefit."""
        return tuple(event for event in self.events if event.benefit == benefit)

    def to_dict(self) -> dict[str, Any]:
        """The timeline as plain dicts, lists, texts and numbers."""
        content: dict[str, Any] = as_plain(self)
        return content

    def to_json(self, *, indent: int | None = 2) -> str:
        """The timeline as JSON, valid against :func:`json_schema`."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)

    def to_text(self, language: str = "fr", style: str = "plain") -> str:
        """The timeline for a terminal or a message, in a language (``fr``, ``en``) and a style (``plain``, or ``falc``: easy French).

        Raises:
            VoiceUnknown: nothing is written in that language and style.
        """
        return wording.plain("\n".join(_lines(self, voice(language, style)))).strip() + "\n"

    def to_html(self, language: str = "fr", style: str = "plain") -> str:
        """The timeline as one page that needs no network and no script.

        Raises:
            VoiceUnknown: nothing is written in that language and style.
        """
        return self._rendered(voice(language, style), fragment=False)

    def _repr_html_(self) -> str:
        return self._rendered(FRENCH, fragment=True)

    def _rendered(self, speaker: Voice, *, fragment: bool) -> str:
        months = [(wording.day(month, speaker), [Shown(event, speaker) for event in events]) for month, events in _by_month(self.events)]
        page = _templates(speaker).get_template("timeline.html.jinja")
        return page.render(timeline=self, title=_title(self, speaker), months=months, voice=speaker, fragment=fragment)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a timeline, made from its classes."""
    return schema_of(Timeline)


def complete(months: Sequence[str], events: Sequence[Event], law_known_until: str, provenance: Provenance) -> Timeline:
    """A timeline, with what it takes for granted."""
    month = partial(wording.day, law_known_until)

    def assumed(what: str) -> Assumption:
        field, taken, reason = (filled(f"timeline.assumed.{what}.{part}", month=month) for part in ("field", "assumed", "why"))
        return Assumption(field, taken, reason, "estimated" if what == "notices" else "assumed")

    return Timeline(months[0], tuple(months), tuple(events), tuple(map(assumed, ASSUMED)), law_known_until, provenance)


def _lines(timeline: Timeline, speaker: Voice) -> Iterator[str]:
    yield from _heading(_title(timeline, speaker), "=")
    if not timeline.events:
        yield from ("", _wrapped(speaker.say("timeline.none")))
    for month, events in _by_month(timeline.events):
        yield from ("", *_heading(wording.day(month, speaker).capitalize(), "-"))
        for shown in (Shown(event, speaker) for event in events):
            yield _wrapped(shown.title, "- ")
            yield from (_wrapped(text, "  ") for text in (wording.sentence(shown.amounts), shown.why, shown.action))
            if shown.url:
                yield f"  {shown.url}"
    yield from ("", *_heading(speaker.say("timeline.assumptions"), "-"))
    for each in timeline.assumptions:
        yield _wrapped(f"{wording.sentence(speaker.of(each.assumed))} {wording.sentence(speaker.of(each.why))}", "- ")


def _heading(text: str, line: str) -> tuple[str, str]:
    return text, line * len(text)


def _title(timeline: Timeline, speaker: Voice) -> str:
    first, last = (wording.day(timeline.months[place], speaker) for place in (0, -1))
    return speaker.say("timeline.title", first=first, last=last)


def _by_month(events: Sequence[Event]) -> Iterator[tuple[str, Iterator[Event]]]:
    return groupby(events, key=lambda event: event.month)


def _wrapped(text: str, lead: str = "") -> str:
    return textwrap.fill(
        wording.clean(text),
        width=TEXT_WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


@lru_cache(maxsize=len(VOICES))
def _templates(speaker: Voice) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["typeset"] = lambda text: wording.typeset(wording.clean(str(text)), speaker)
    return environment
