"""What a voice says of what benefits do to one another. The sentences themselves are in ``words/<voice>/interactions.yaml``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tznr_rules.speech import Speech

if TYPE_CHECKING:
    from tznr_rules.report import Benefit, Interaction, Report

SEEN_FROM = {"counts_as_resource": "counted", "raises": "raised", "opens": "opened", "closes": "closed"}
CENT = 0.005


def compared(said: Speech, benefit: "Benefit", report: "Report") -> list[str]:
    """What a benefit is worth alone and with the others, what it does to them and what they do to it; nothing if it is by itself."""
    return [*_alone(said, benefit), *_given(said, benefit, report), *_undergone(said, benefit, report), *_choices(said, benefit, report)]


def _alone(said: Speech, benefit: "Benefit") -> Iterable[str]:
    alone, together = benefit.amount_alone, benefit.amount_with_all
    if alone is not None and together is not None and abs(alone - together) >= CENT:
        yield said.voice.say("interactions.alone", alone=_worth(said, alone, benefit), together=_worth(said, together, benefit))


def _worth(said: Speech, amount: float, benefit: "Benefit") -> str:
    if amount < CENT:
        return said.voice.say("interactions.nothing")
    return said.voice.say("interactions.right") if benefit.unit == "right" else said.amount(amount, benefit)


def _given(said: Speech, benefit: "Benefit", report: "Report") -> Iterable[str]:
    """What this benefit does to others."""
    for kind in SEEN_FROM:
        changed = [each for each in report.interactions if each.other == benefit.id and each.kind == kind]
        if changed:
            listed = said.voice.say("typography.labels").join(_changed(said, each, report) for each in changed)
            yield said.voice.say(f"interactions.{kind}", benefits=listed)


def _changed(said: Speech, each: "Interaction", report: "Report") -> str:
    benefit = report[each.benefit]
    if benefit.unit == "right":
        return said.label(benefit)
    return said.voice.say("interactions.changed", label=said.label(benefit), effect=_effect(said, each, benefit))


def _effect(said: Speech, each: "Interaction", benefit: "Benefit") -> str:
    if benefit.unit == "percent":
        return said.quantity(each.effect, "points")
    return said.quantity(each.effect, "EUR") + said.say(f"per.{benefit.periodicity}")


def _undergone(said: Speech, benefit: "Benefit", report: "Report") -> Iterable[str]:
    """What others do to this one."""
    for kind, sentence in SEEN_FROM.items():
        causes = [each for each in report.interactions if each.benefit == benefit.id and each.kind == kind]
        if causes:
            several = kind in ("counts_as_resource", "raises") and benefit.unit != "right"
            said_of = [_cause(said, each, benefit) if several else said.of(each.other_label) for each in causes]
            yield said.voice.say(f"interactions.{sentence}", benefits=said.voice.say("typography.labels").join(said_of))


def _cause(said: Speech, each: "Interaction", benefit: "Benefit") -> str:
    return said.voice.say("interactions.changed", label=said.of(each.other_label), effect=_effect(said, each, benefit))


def _choices(said: Speech, benefit: "Benefit", report: "Report") -> Iterable[str]:
    """The benefits that are not paid with this one, and which one to prefer."""
    for each in report.interactions:
        if each.kind in ("replaces", "excludes") and benefit.id in (each.benefit, each.other):
            labels = {each.benefit: said.label(report[each.benefit]), each.other: said.of(each.other_label)}
            sentence = said.voice.say(f"interactions.{each.kind}", benefit=labels[each.benefit], other=labels[each.other])
            if each.better is None or each.gain is None:
                yield sentence
            elif each.gain < CENT:
                yield said.voice.say("interactions.same", rule=sentence)
            else:
                gain = said.quantity(each.gain, "EUR/mois")
                yield said.voice.say("interactions.better", rule=sentence, better=labels[each.better], gain=gain)
