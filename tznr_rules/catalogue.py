"""The cards: one YAML file per benefit, with what the law files do not say, read once and checked."""

from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tznr_rules.errors import BenefitUnknown, LawError, nearest
from tznr_rules.locations import CATALOGUE
from tznr_rules.reading import shipped

Domain = Literal["ressources", "sante", "logement", "mobilite", "loisirs", "numerique", "energie", "enfance", "etudes", "emploi", "justice"]
Comparison = Literal["at_least", "at_most", "more_than", "less_than", "equals"]
COMPARISONS: tuple[Comparison, ...] = ("at_least", "at_most", "more_than", "less_than", "equals")


MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class Periodicity(StrEnum):
    """How often the amount is paid."""

    monthly = "monthly"
    yearly = "yearly"
    once = "once"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ConditionCard(_Model):
    """One condition of a benefit: a boolean variable whose label is the sentence shown, with the figure that decides it.

    ``observed`` is a variable of the benefit's entity, or of the persons: then ``among`` says which persons and ``take`` which of their
    values.
    The threshold, under the name of its comparison, is a variable of the benefit's entity or the path of a parameter.
    ``parameters`` are the paths whose dated sources the reason cites.
    """

    variable: str
    observed: str | None = None
    among: Literal["members", "parents", "children", "demandeur"] = "members"
    take: Literal["max", "min", "sum"] = "max"
    at_least: str | None = None
    at_most: str | None = None
    more_than: str | None = None
    less_than: str | None = None
    equals: str | None = None
    unit: str | None = None
    parameters: tuple[str, ...] = ()

    @cached_property
    def comparison(self) -> Comparison | None:
        return next((name for name in COMPARISONS if getattr(self, name) is not None), None)

    @cached_property
    def threshold(self) -> str | None:
        return getattr(self, self.comparison) if self.comparison else None

    @model_validator(mode="after")
    def _one_comparison(self) -> "ConditionCard":
        given = [name for name in COMPARISONS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"one comparison at most, not {given}")
        if given and self.observed is None:
            raise ValueError("a threshold needs an 'observed' variable")
        return self


class Apply(_Model):
    """How to claim: where, with which papers, how often to do it again."""

    url: str
    where: str
    documents: tuple[str, ...] = ()
    renewal: str | None = None


class QuestionCard(_Model):
    """How a fact is asked, in plain French.

    ``asked_of`` is a yes-or-no variable of the same entity: the others are not asked, for the fact is "no" for them. ``highest`` bounds a
    number, in ``unit``; ``breakpoints`` are variables at which the rules change, beside the thresholds that conditions name. ``never`` are
    choices of OpenFisca that no answer can be; ``tried`` are those that stand for the others, when no rule tells the others apart from one
    of them. A number that changes amounts little by little is tried every ``step``, which is near enough but not exact. ``written_as`` are
    the variables in which the engine finds the fact, when it is not its own. ``answers`` say in plain French the values of a choice. The
    ``unit`` of a day is ``date``.
    """

    question: str
    asked_of: str | None = None
    unit: str | None = None
    highest: float | None = None
    breakpoints: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    step: float | None = None
    written_as: tuple[str, ...] = ()
    answers: dict[str, str] = {}


class Gap(_Model):
    """A right of the territory that is not computed, and why."""

    label: str
    institution: str
    why: str


class Rhythm(_Model):
    """The dates that a benefit has of itself: see ``catalogue/calendar.yaml``."""

    paid_in: int | None = Field(None, ge=1, le=12)
    by_year: bool = False
    lasts: int | None = Field(None, ge=1)
    renew_before: int = Field(0, ge=0)
    automatic: bool = False


class Card(_Model):
    """A benefit as the catalogue knows it; its label, entity and legal references are read on its variable.

    ``discretionary``: somebody decides on each case, so that "granted" means "may ask". ``for_everyone``: no test of income.
    ``subjects``: of whom a benefit of persons is asked. ``share`` is what a percentage is called; ``in_total`` is false for what is not
    paid to people, as a lower rent.
    ``not_with`` are the benefits that are never paid with this one; ``automatic``: it is granted without being claimed.
    ``since`` and ``until`` are the first and last months for which its rules are written; none: as far as the whole law.
    ``known_as`` are names, of OpenFisca or of agencies, of the same benefit or of a part of it: whoever writes one is told the id.
    """

    id: str
    variable: str
    known_as: tuple[str, ...] = ()
    label: str | None = None
    level: Literal["national", "local"]
    institution: str
    domain: Domain
    periodicity: Periodicity
    unit: Literal["EUR", "percent", "right"] = "EUR"
    summary: str
    paid: str | None = None
    apply: Apply
    conditions: tuple[ConditionCard, ...] = Field(min_length=1)
    to_check: tuple[str, ...] = ()
    beneficiaries: str | None = None
    subjects: Literal["everyone", "adults", "children"] = "everyone"
    received_gross: bool = False
    details: dict[str, str] = {}
    details_by_person: dict[str, str] = {}
    parameters: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    share: str = "Réduction"
    in_total: bool = True
    discretionary: bool = False
    for_everyone: bool = False
    automatic: bool = False
    since: str | None = Field(default=None, pattern=MONTH)
    until: str | None = Field(default=None, pattern=MONTH)

    def models(self, month: str) -> bool:
        """Whether the rules of this benefit are written for a month."""
        return (self.since or month) <= month <= (self.until or month)

    def cited(self) -> list[str]:
        """The paths of the parameters that the card cites, thresholds included, once each, in reading order."""
        thresholds = ((condition.threshold or "", *condition.parameters) for condition in self.conditions)
        return list(dict.fromkeys([path for paths in thresholds for path in paths if "." in path] + list(self.parameters)))

    def variables(self) -> list[str]:
        """Every variable that the card asks of the engine, once each, in reading order."""
        names = [self.variable, *self.details.values(), *self.details_by_person.values()]
        if self.beneficiaries:
            names.append(self.beneficiaries)
        for condition in self.conditions:
            names.append(condition.variable)
            if condition.observed:
                names.append(condition.observed)
            if condition.threshold and "." not in condition.threshold:
                names.append(condition.threshold)
        return list(dict.fromkeys(names))


def read(path: Path) -> Card:
    """Read one card.

    Raises:
        LawError: the card is not a valid one; the message names the file and every fault.
    """
    try:
        content: dict[str, Any] = shipped(path) or {}
        return Card(**{"id": path.stem, "level": path.parent.name, **content})
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise LawError(f"{path.name}: {error}") from error


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Card]:
    """Every card by its id: national ones first, then local ones, each in alphabetical order."""
    cards = [read(path) for level in ("national", "local") for path in sorted((CATALOGUE / level).glob("*.yaml"))]
    by_id = {card.id: card for card in cards}
    if len(by_id) != len(cards):
        raise LawError(f"two cards bear the same id among {sorted(card.id for card in cards)}")
    return by_id


@lru_cache(maxsize=1)
def other_names() -> dict[str, str]:
    """The id of each benefit by its other names."""
    known = catalogue()
    return {name: card.id for card in known.values() for name in (card.variable, *card.known_as) if name not in known}


def likely_id(name: str) -> str | None:
    """The id that an unknown name most likely stands for, if any does."""
    return other_names().get(name.lower()) or nearest(name, catalogue())


@lru_cache(maxsize=1)
def calendar() -> dict[str, Rhythm]:
    """The dates that benefits have of themselves, by id; a benefit without any is looked at month by month.

    Raises:
        LawError: a date is not a valid one.
    """
    path = CATALOGUE / "calendar.yaml"
    try:
        return {name: Rhythm(**content) for name, content in shipped(path).items()}
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise LawError(f"{path.name}: {error}") from error


@lru_cache(maxsize=1)
def not_assessed() -> tuple[Gap, ...]:
    """The known rights of the territory that no card computes, theme by theme."""
    files = sorted((CATALOGUE / "not_assessed").glob("*.yaml"))
    return tuple(Gap(**entry) for path in files for entry in shipped(path) or ())


@lru_cache(maxsize=1)
def questions() -> dict[str, QuestionCard]:
    """How each fact that people are asked is asked.

    Raises:
        LawError: an entry is not a valid one, or a fact has two.
    """
    found: dict[str, QuestionCard] = {}
    for path in sorted((CATALOGUE / "questions").glob("*.yaml")):
        content: dict[str, Any] = shipped(path) or {}
        twice = sorted(found.keys() & content.keys())
        if twice:
            raise LawError(f"questions/{path.name}: {', '.join(twice)} already has a question in another file")
        try:
            found |= {name: QuestionCard(**({"question": entry} if isinstance(entry, str) else entry)) for name, entry in content.items()}
        except (ValidationError, TypeError) as error:
            raise LawError(f"questions/{path.name}: {error}") from error
    return found


def cards(ids: list[str] | None = None) -> list[Card]:
    """The cards of these benefits, or all of them.

    Raises:
        BenefitUnknown: an id is not in the catalogue; the message gives the nearest one.
    """
    known = catalogue()
    if ids is None:
        return list(known.values())
    for name in ids:
        if name not in known:
            raise BenefitUnknown(name, likely_id(name))
    return [known[name] for name in ids]
