"""The order in which a report is read: what to claim first, what is already received, what may be asked, what is near.

And, for each benefit, where what its reasons say comes from: the steps shown are those of the report, nothing is computed again.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tznr_rules.catalogue import catalogue
from tznr_rules.dues import is_due, is_received, sure, unclaimed
from tznr_rules.speech import sources

if TYPE_CHECKING:
    from tznr_rules.report import Benefit, Reason, Reference, Report

FIRST = 3  # how many rights are claimed first: what one reads in ten seconds
MONTHS_BETWEEN = {"monthly": 1, "yearly": 12, "once": 12}

Origin = Literal["told", "assumed", "estimated"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The benefits of a report in the order in which they are read; each is in one part only, but ``granted`` holds the first three.

    ``asks_first``: the questions come before the benefits, because the answer to one settles more of them than are known to be due.
    """

    granted: "list[Benefit]"
    first: "list[Benefit]"
    then: "list[Benefit]"
    received: "list[Benefit]"
    may_ask: "list[Benefit]"
    for_everyone: "list[Benefit]"
    undetermined: "list[Benefit]"
    refused: "list[Benefit]"
    asks_first: bool


def parts(report: "Report") -> Parts:
    """The benefits of a report, told apart."""
    due = [each for each in report.benefits if is_due(each)]
    granted = [each for each in due if not each.discretionary and not each.for_everyone]
    to_claim = sorted((each for each in granted if not is_received(each)), key=_claim_order)
    return Parts(
        granted=sorted(granted, key=_payment_order),
        first=to_claim[:FIRST],
        then=to_claim[FIRST:],
        received=sorted((each for each in granted if is_received(each)), key=_payment_order),
        may_ask=[each for each in due if each.discretionary],
        for_everyone=[each for each in due if each.for_everyone and not each.discretionary],
        undetermined=[each for each in report.undetermined if each.not_modelled is None and not is_due(each)],
        refused=sorted(report.refused, key=_refusal_order),
        asks_first=max((len(each.benefits) for each in report.questions), default=0) > len(granted),
    )


def _claim_order(benefit: "Benefit") -> tuple[bool, float, int]:
    """What is worth most each month comes first, then what asks for fewest papers; what nobody pays out comes last."""
    return not benefit.in_total, -_worth(benefit), len(benefit.apply.get("documents") or ())


def _worth(benefit: "Benefit") -> float:
    """What is not claimed, or may not be, in euros a month: an amount, or what a reduced price saves."""
    if benefit.unit == "EUR":
        due = sure(benefit) if benefit.received is None else unclaimed(benefit)
        return due / MONTHS_BETWEEN[benefit.periodicity]
    figures = [benefit.details, *benefit.details.get("by_person", {}).values()]
    return math.fsum(each.get("monthly_saving") or 0.0 for each in figures)


def at_stake(benefit: "Benefit") -> float:
    """What the answers that nobody gave may change, in euros a month; 0 when it is not paid in euros."""
    low, high = benefit.amount_range or (0.0, 0.0)
    return (high - low) / MONTHS_BETWEEN[benefit.periodicity] if benefit.unit == "EUR" else 0.0


def _payment_order(benefit: "Benefit") -> tuple[int, int, float]:
    unit = ("EUR", "percent", "right").index(benefit.unit)
    period = ("monthly", "yearly", "once").index(benefit.periodicity)
    return unit, period, -sure(benefit)


def _refusal_order(benefit: "Benefit") -> tuple[float, int]:
    """A benefit is as far as the farthest of its conditions."""
    failed = benefit.failed
    return (failed[-1].distance, len(failed)) if failed else (math.inf, len(benefit.reasons) + 1)


# Where what a reason says comes from


def every_reason(benefit: "Benefit") -> "list[Reason]":
    """The reasons of a benefit for all those who may hold it, once each."""
    if len(benefit.outcomes) > 1:
        return list(dict.fromkeys(reason for _, result in benefit.outcomes for reason in result.reasons))
    return list(benefit.reasons)


def data(benefit: "Benefit", report: "Report") -> "list[tuple[Reason, Origin]]":
    """The figures that the conditions looked at, each with where it comes from."""
    return [(reason, origin(reason, benefit, report)) for reason in every_reason(benefit) if reason.observed is not None]


def origin(reason: "Reason", benefit: "Benefit", report: "Report") -> Origin:
    """Whether a figure comes from what the household told, or from a fact that was assumed or estimated in its place."""
    card = catalogue().get(benefit.id)
    condition = next((each for each in card.conditions if each.variable == reason.id), None) if card else None
    facts = {condition.observed} if condition else set()
    instead = {each.source for each in report.assumptions if each.field.rpartition(".")[2] in facts}
    return "estimated" if "estimated" in instead else "assumed" if instead else "told"


def parameters(benefit: "Benefit") -> "list[tuple[Reason, list[Reference]]]":
    """The thresholds that the law applies to the household, each with the dated texts that give it."""
    found = {(each.label, each.threshold): each for each in every_reason(benefit) if each.threshold is not None and each.comparison}
    return [(reason, dated(reason.references)) for reason in found.values()]


def dated(references: "Iterable[Reference]") -> "list[Reference]":
    """The texts that give the value in force: those that apply from the latest date."""
    references = list(references)
    latest = max((each.date or "" for each in references), default="")
    return [each for each in references if each.date and each.date == latest]


def texts(benefit: "Benefit") -> "list[Reference]":
    """Every text behind the reasons of a benefit, in the order in which they are cited."""
    return sources(every_reason(benefit))
