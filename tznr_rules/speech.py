"""What a voice says of a report: amounts, reasons, further figures. The sentences themselves are in ``words/``."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tznr_rules import wording
from tznr_rules.dues import SAME_AMOUNT, is_due, is_received, unclaimed
from tznr_rules.languages import FRENCH, Voice

if TYPE_CHECKING:
    from tznr_rules.report import Assumption, Benefit, LocalValue, NotAssessed, Reason, Reference, Report, SubjectResult

MARK = {True: "✓", False: "✗", None: "?"}
HOLDS = {True: "met", False: "failed", None: "unknown"}
UNITS = {
    "aid_rate": "percent", "discount": "percent", "full_price": "EUR/mois", "montant_annuel": "EUR/an", "monthly_price": "EUR/mois",
    "monthly_saving": "EUR/mois", "participation": "EUR/mois", "plafond_gratuite": "EUR/an", "yearly_cap": "EUR/an",
    "yearly_saving": "EUR/an",
}  # fmt: skip
PROVENANCE = ("tznr_rules", "openfisca_france", "openfisca_core", "law_date", "input_sha256")


@dataclass(frozen=True)
class Speech:
    """A voice that speaks of a report. Every method gives a text to be typeset."""

    voice: Voice = FRENCH

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of ``words/<voice>/report.yaml``, filled in."""
        return self.voice.say(f"report.{sentence}", **values)

    def sheet(self, sentence: str, **values: object) -> str:
        """A sentence of ``words/<voice>/sheet.yaml``, filled in."""
        return self.voice.say(f"sheet.{sentence}", **values)

    def asking(self, sentence: str, **values: object) -> str:
        """A sentence of ``words/<voice>/questions.yaml``, filled in."""
        return self.voice.say(f"questions.{sentence}", **values)

    def of(self, french: str) -> str:
        """A text of the catalogue or of the law."""
        return self.voice.of(french)

    def typeset(self, text: object) -> str:
        return wording.typeset(wording.clean(str(text)), self.voice)

    def quantity(self, value: object, unit: str | None = None) -> str:
        return wording.quantity(value, unit, self.voice)

    def names(self, identifiers: Iterable[str]) -> str:
        return wording.names(identifiers, self.voice)

    def together(self, texts: Iterable[str]) -> str:
        return wording.together(texts, self.voice)

    def day(self, text: str) -> str:
        return wording.day(text, self.voice)

    def told(self, label: str, value: object) -> str:
        """What something is, and its value."""
        return self.voice.say("typography.told", label=label, value=value)

    def counted(self, title: str, count: int) -> str:
        """A title, and how many things are under it."""
        return self.say("counted", title=self.say(title), count=count)

    # A benefit

    def label(self, benefit: "Benefit") -> str:
        return self.of(benefit.label)

    def institution(self, benefit: "Benefit") -> str:
        return self.of(benefit.institution)

    def titled(self, benefit: "Benefit") -> str:
        """A benefit and who pays it."""
        return self.say("benefit", label=self.label(benefit), institution=self.institution(benefit))

    def brief(self, benefit: "Benefit") -> str:
        """A benefit in one line."""
        if benefit.discretionary and is_due(benefit):
            return self.titled(benefit)
        said = {"label": self.label(benefit), "institution": self.institution(benefit), "headline": self.headline(benefit)}
        return self.say("brief_line", **said)

    def headline(self, benefit: "Benefit") -> str:
        """What a person gets, in a few words: an amount and its period, a reduction, an open right, or a range."""
        if benefit.status == "refused":
            return self.say("status.refused")
        if benefit.discretionary and is_due(benefit):
            return self.say("possible.ask")
        if benefit.unit == "right":
            possible = benefit.amount_range is None or benefit.amount_range[1] > 0 or not benefit.exact
            return self.say("status.granted" if is_due(benefit) else "possible.right" if possible else "possible.nothing")
        if benefit.amount_range is not None:
            return self._nearly(self._range(benefit.amount_range, benefit), benefit)
        return self.say("possible.amount") if benefit.amount is None else self.amount(benefit.amount, benefit)

    def depends(self, benefit: "Benefit") -> str:
        """That the amount of what is due depends on answers, or that somebody else may have it too; empty otherwise."""
        low, high = benefit.amount_range or (0.0, 0.0)
        if not is_due(benefit) or benefit.unit == "right" or low == high:
            return ""
        return self.say("depends.on_others" if benefit.status == "granted" else "depends.on_answers")

    def outcome(self, subjects: "tuple[str, ...]", result: "SubjectResult", benefit: "Benefit") -> str:
        """The same for some persons or families among several."""
        if result.status == "granted" and result.amount is not None and benefit.unit != "right":
            amount = self.amount(result.amount, benefit)
            return self.say("each", amount=amount) if len(subjects) > 1 else amount
        if result.status == "undetermined" and result.amount_range is not None and benefit.unit != "right":
            return self._range(result.amount_range, replace(benefit, status="undetermined", reasons=result.reasons))
        return self.say(f"status.{result.status}")

    def amount(self, value: float, benefit: "Benefit") -> str:
        """An amount with its period, or a reduction."""
        written = self._plain_amount(value, benefit)
        return self.say("share", share=self.of(benefit.share), amount=written) if benefit.unit == "percent" else written

    def _range(self, limits: tuple[float, float], benefit: "Benefit") -> str:
        """Amounts between the lowest and the highest; of a right that is granted, the lowest is sure."""
        low, high = limits
        if high <= 0:
            return self.say("possible.nothing" if benefit.exact else "possible.amount")
        if low == high:
            return self.amount(high, benefit) if is_due(benefit) else self.say("range.perhaps", amount=self._plain_amount(high, benefit))
        least, most = self._plain_amount(low, benefit), self._plain_amount(high, benefit)
        if benefit.status == "granted":
            if benefit.unit == "percent":
                return self.say("share_at_least", share=self.of(benefit.share), low=least, high=most)
            return self.say("range.at_least", low=least, high=most)
        if benefit.unit == "percent":
            return self.say("share_range", share=self.of(benefit.share), low=wording.number(low, voice=self.voice), high=most)
        if low <= 0:
            return self.say("range.from_zero", high=most)
        euros = self.voice.say("typography.euros_in_range", number=wording.number(low, voice=self.voice))
        return self.say("range.between", low=euros, high=most)

    def _nearly(self, said: str, benefit: "Benefit") -> str:
        """A range, which is only near when not every answer was tried."""
        ranges = benefit.amount_range is not None and benefit.amount_range[0] != benefit.amount_range[1]
        return said if benefit.exact or not ranges else self.say("range.near", range=said)

    def _plain_amount(self, value: float, benefit: "Benefit") -> str:
        if benefit.unit == "percent":
            return self.quantity(value, "percent")
        return self.quantity(value, "EUR") + self.say(f"per.{benefit.periodicity}")

    def receipt(self, benefit: "Benefit") -> list[str]:
        """What is already received, then what is not claimed, when the household said it; at most two sentences."""
        if benefit.received is None:
            return []
        already = self.say("received", received=self.received(benefit))
        institution = self.institution(benefit)
        if benefit.status == "refused":
            return [already, self.say("received_refused", institution=institution)] if benefit.received > 0 else [already]
        if benefit.status == "undetermined":
            return [already]
        if benefit.unit == "right":
            return [already] if benefit.received > 0 else [already, self.say("unclaimed_right")]
        gap = unclaimed(benefit)
        if gap > SAME_AMOUNT:
            return [already, self.say("unclaimed", amount=self._plain_amount(gap, benefit))]
        if gap < -SAME_AMOUNT:
            return [already, self.say("received_more", amount=self._plain_amount(-gap, benefit), institution=institution)]
        return [already, self.say("unclaimed_nothing")]

    def received(self, benefit: "Benefit") -> str:
        """What the household said that it receives."""
        received = benefit.received or 0.0
        if benefit.unit == "right" or (benefit.unit == "percent" and received == 0):
            return self.quantity(received > 0)
        return self._plain_amount(received, benefit)

    def unconfirmed(self, benefit: "Benefit") -> str:
        """That a value of the rule has no official source yet; empty when all have one."""
        if benefit.confirmed:
            return ""
        return self.say("unconfirmed_refused" if benefit.status == "refused" else "unconfirmed")

    def apply_title(self, benefit: "Benefit") -> str:
        """What to do next: claim, keep, or ask."""
        if benefit.status != "refused" and not is_due(benefit):
            return self.say("apply_undetermined")
        return self.say("apply_received" if is_received(benefit) else "apply")

    def renewal(self, text: str) -> str:
        """When a right is to be asked again."""
        known = f"report.renewals.{text}"
        return self.told(self.say("renewal"), self.voice.say(known) if self.voice.has(known) else self.of(text))

    # Reasons

    def reason(self, reason: "Reason", subjects: bool = False) -> str:
        """'Condition remplie : ...', with the person it is about when there are several."""
        condition = self.say(f"condition.{HOLDS[reason.holds]}", label=self.of(reason.label))
        return self.say("about", condition=condition, name=self.names([reason.subject])) if subjects and reason.subject else condition

    def figures(self, reason: "Reason") -> str:
        """The figures behind a condition: what was observed, the rule, and the distance between the two."""
        parts = []
        if reason.observed is not None:
            parts.append(self.say("observed", observed=self.quantity(reason.observed, reason.unit)))
        if reason.threshold is not None and reason.comparison is not None:
            if _decided_otherwise(reason):
                return f"{parts[0]}. {self.say('other_rule')}."
            parts.append(self.say("rule", rule=self.rule(reason)))
        distance = self.distance(reason)
        return ". ".join([*parts, distance] if distance else parts) + "." if parts else ""

    def rule(self, reason: "Reason") -> str:
        """'au moins 25 ans'."""
        return self.say(f"rules.{reason.comparison}", threshold=self.quantity(reason.threshold, reason.unit))

    def distance(self, reason: "Reason") -> str:
        """How far the threshold is; empty when it says nothing."""
        if reason.margin is None or reason.unit is None or reason.comparison in (None, "equals"):
            return ""
        gap = self.quantity(abs(reason.margin), reason.unit)
        if round(abs(reason.margin), 2) == 0:
            return self.say("limit")
        if reason.holds is None:
            return ""
        if reason.holds:
            return self.say("margin", gap=gap)
        return self.say("lacking" if reason.comparison in ("at_least", "more_than") else "exceeding", gap=gap)

    def why(self, benefit: "Benefit") -> str:
        """The title of the reasons, with how many conditions are met."""
        if len(benefit.outcomes) > 1:
            return self.say("why_by_subject")
        met, total = sum(reason.holds is True for reason in benefit.reasons), len(benefit.reasons)
        return self.say("why_met_many" if met > 1 else "why_met", met=met, total=total) if total else self.say("why")

    def source(self, reference: "Reference") -> str:
        """The title of a legal text and the date from which it applies."""
        if not reference.date:
            return reference.title
        since = "source_since_day" if reference.date.count("-") == 2 else "source_since_month"
        return self.say(since, title=reference.title, date=self.day(reference.date))

    # Further figures

    def details(self, figures: dict[str, Any], benefit: "Benefit") -> list[tuple[str, str]]:
        """The further figures of a benefit, as (what it is, its value); those by person are told apart."""
        return [
            (self._detail_label(key, benefit), self._detail_value(key, value, benefit))
            for key, value in figures.items()
            if key != "by_person" and value is not None and not isinstance(value, dict | list | tuple)
        ]

    def details_by_person(self, benefit: "Benefit") -> list[tuple[str, str]]:
        """The further figures of each person, as (names, 'Prix : 12 €/mois ; Palier : 2'); those who have the same are taken together."""
        people: dict[str, dict[str, Any]] = benefit.details.get("by_person", {})
        if len(people) == 1 or benefit.unit == "right":  # the amount of the only person is the amount of the benefit; a right has none
            people = {person: {key: value for key, value in values.items() if key != "amount"} for person, values in people.items()}
        alike: dict[str, list[str]] = {}
        for person, values in people.items():
            told = (self.told(label, value) for label, value in self.details(values, benefit))
            alike.setdefault(self.voice.say("typography.labels").join(told), []).append(person)
        return [(self.names(persons), line) for line, persons in alike.items() if line]

    def _detail_label(self, key: str, benefit: "Benefit") -> str:
        if self.voice.has(f"report.detail.{key}"):
            return self.say(f"detail.{key}")
        return self.of(benefit.figures[key].label) if key in benefit.figures else wording.clean(key).replace("_", " ").capitalize()

    def _detail_value(self, key: str, value: object, benefit: "Benefit") -> str:
        figure = benefit.figures.get(key)
        unit = UNITS.get(key, figure.unit if figure and not self.voice.has(f"report.detail.{key}") else None)
        if key == "amount" and benefit.unit == "right":
            return self.say("right_open" if value else "right_closed")
        if key == "amount" and isinstance(value, int | float):
            return self._plain_amount(value, benefit)
        if key == "participation" and value == 0:
            return self.say("free")
        return self.quantity(value, unit)

    # The report

    def total(self, report: "Report") -> str:
        """What the monthly total is called: the least when an amount depends on answers."""
        return self.say("total_at_least" if any(self.depends(benefit) for benefit in report) else "total")

    def total_notes(self, report: "Report") -> list[str]:
        """What the monthly total leaves out, said beside it."""
        notes = []
        if any(benefit.unit == "EUR" and benefit.periodicity != "monthly" for benefit in report.granted):
            notes.append(self.say("total_apart"))
        if any(self.depends(benefit) for benefit in report):
            notes.append(self.say("total_sure"))
        if any(not is_due(benefit) for benefit in report.undetermined):
            notes.append(self.say("total_open"))
        if any(not benefit.confirmed and benefit.unit == "EUR" and benefit.periodicity == "monthly" for benefit in report.granted):
            notes.append(self.say("total_unconfirmed"))
        return notes

    def assumption(self, assumption: "Assumption") -> tuple[str, str]:
        """What was assumed, and why it matters, as sentences."""
        return wording.sentence(self.of(assumption.assumed)), wording.sentence(self.of(assumption.why))

    def not_assessed(self, gap: "NotAssessed") -> str:
        """A right that is not computed, and why."""
        return self.say("not_assessed_line", label=self.of(gap.label), institution=self.of(gap.institution), why=self.of(gap.why))

    def local_value(self, value: "LocalValue") -> str:
        """A value that the installation gives, with its date and its source."""
        given = {"value": self.quantity(value.value, value.unit), "since": self.day(value.since), "title": value.title}
        return self.say("local_value", description=self.of(value.description), **given)

    def provenance(self, report: "Report") -> list[tuple[str, str]]:
        """What was used to compute, as (what, which)."""
        values = {key: wording.clean(getattr(report.provenance, key)) for key in PROVENANCE}
        values["law_date"] = self.day(values["law_date"])
        return [(self.say(f"made_with.{key}"), value) for key, value in values.items() if value]


# What does not depend on the voice


def several_subjects(benefit: "Benefit") -> bool:
    """Whether the reasons of a benefit speak of several persons, so that each must say whom."""
    every = [*benefit.reasons, *(reason for result in benefit.by_subject for reason in result.reasons)]
    return len({reason.subject for reason in every}) > 1


def deciding_texts(benefit: "Benefit") -> "list[Reference]":
    """The texts behind what is decided: every condition of those who have the right, what is missing for the others."""
    results: list[Benefit | SubjectResult] = [result for _, result in benefit.outcomes] if len(benefit.outcomes) > 1 else [benefit]
    return sources(reason for result in results for reason in result.reasons if result.status == "granted" or reason.holds is not True)


def sources(reasons: "Iterable[Reason]") -> "list[Reference]":
    """The texts that these reasons cite, each address once, with the last date from which it applies."""
    by_address: dict[str, Reference] = {}
    for reason in reasons:
        for reference in reason.references:
            known = by_address.get(reference.href)
            if known is None or (reference.date or "") > (known.date or ""):
                by_address[reference.href] = reference
    return list(by_address.values())


def cited(reason: "Reason", texts: "list[Reference]") -> str:
    """The numbers of the texts that a reason cites: ' [1, 2]'."""
    addresses = [text.href for text in texts]
    numbers = sorted({addresses.index(reference.href) + 1 for reference in reason.references if reference.href in addresses})
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _decided_otherwise(reason: "Reason") -> bool:
    """Whether something else than the threshold decided: it has no margin although both figures are numbers."""
    numbers = isinstance(reason.observed, int | float) and isinstance(reason.threshold, int | float)
    return numbers and reason.margin is None and reason.comparison != "equals" and reason.holds is not None
