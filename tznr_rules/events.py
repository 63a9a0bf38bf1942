"""What a voice says of a dated change: its cause, its amounts, and what to do. The sentences are in ``words/<voice>/timeline.yaml``."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tznr_rules import wording
from tznr_rules.catalogue import Rhythm, calendar
from tznr_rules.languages import FRENCH, Voice, filled
from tznr_rules.periods import later

if TYPE_CHECKING:
    from tznr_rules.report import Event

MAYBE = ("opens", "stops")  # of a right that cannot be told, before or after


def worded(event: "Event") -> "Event":
    """An event with its sentences in French."""
    return replace(event, why=why(event, FRENCH), action=action(event, FRENCH))


def law_value(label: str, before: object, after: object, unit: str | None) -> str:
    """A value of the law that changes: what it is, and both its values where they are figures."""
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return label
    return filled(
        "timeline.value", label=label, before=partial(wording.quantity, before, unit), after=partial(wording.quantity, after, unit)
    )


def why(event: "Event", speaker: Voice) -> str:
    """Why an event happens: its cause, then the conditions that flip."""
    name = "maybe" if event.after is None else event.kind
    conditions = [speaker.say(f"timeline.condition.{name}", label=speaker.of(label)) for label in event.conditions]
    values = {
        "people": wording.names(event.people, speaker),
        "day": wording.day(event.day, speaker) if event.day else "",
        "age": "" if event.age is None else speaker.say("timeline.one_year" if event.age == 1 else "timeline.years", count=event.age),
        "year": event.month[:4],
        "since": wording.day(event.since, speaker),
        "end": wording.day(later(event.month, -1), speaker),
        "value": speaker.of(event.value or ""),
    }
    return " ".join([speaker.say(f"timeline.why.{_cause(event)}", **values), *conditions])


def _cause(event: "Event") -> str:
    """The name of the sentence that says the cause of an event."""
    several = "_many" if len(event.people) > 1 else ""
    if event.kind in ("renew", "paid"):
        return str(event.kind)
    if event.cause == "birthday":
        if not event.people or event.age is None:
            return "age" if event.people else "age_of_all"
        return ("birthday" if event.day else "birthday_in_year") + several
    if event.cause == "birth":
        return "birth" if event.day else "birth_undated"
    if event.cause == "reference_period":
        return "reference_period" if len(event.people) == 1 else "reference_period_of_all"
    return f"{event.cause}_value" if event.value else event.cause


def action(event: "Event", speaker: Voice) -> str:
    """What to do about an event, and until when."""
    names = [f"{event.kind}_{event.cause}", event.kind]
    if event.kind in MAYBE and None in (event.before, event.after):
        names.insert(0, f"{event.kind}_maybe")
    elif calendar().get(event.benefit, Rhythm()).automatic:
        names.insert(0, f"{event.kind}_automatic")
    elif event.periodicity == "once":
        names.insert(0, f"{event.kind}_once")
    name = next(name for name in names if speaker.has(f"timeline.do.{name}"))
    told = speaker.say(f"timeline.do.{name}", institution=speaker.of(event.institution))
    by = "last_day" if event.kind == "stops" and event.before is not None and event.periodicity != "once" else "by"
    return f"{told} {speaker.say(f'timeline.{by}', day=wording.day(event.by, speaker))}" if event.by else told


@dataclass(frozen=True)
class Shown:
    """An event as a voice shows it."""

    event: "Event"
    speaker: Voice

    @property
    def title(self) -> str:
        event = self.event
        maybe = "_maybe" if event.kind in MAYBE and None in (event.before, event.after) else ""
        kind = self.speaker.say(f"timeline.kind.{event.kind}{maybe}")
        return self.speaker.say(
            "timeline.event", kind=kind, label=self.speaker.of(event.label), institution=self.speaker.of(event.institution)
        )

    @property
    def amounts(self) -> str:
        before, after = (self._amount(value) for value in (self.event.before, self.event.after))
        if self.event.before == self.event.after:
            return after
        return self.speaker.say("timeline.from_to", before=before, after=after)

    @property
    def why(self) -> str:
        return why(self.event, self.speaker)

    @property
    def action(self) -> str:
        return action(self.event, self.speaker)

    @property
    def url(self) -> str:
        return self.event.url if self.event.url.startswith(("http://", "https://")) else ""

    def _amount(self, value: float | None) -> str:
        if value is None:
            return self.speaker.say("timeline.not_known")
        if self.event.unit == "right":
            return self.speaker.say("timeline.a_right" if value else "timeline.no_right")
        if not value:
            return self.speaker.say("timeline.nothing")
        if self.event.unit == "percent":
            return wording.quantity(value, "percent", self.speaker)
        return wording.quantity(value, "EUR", self.speaker) + self.speaker.say(f"timeline.per.{self.event.periodicity}")
