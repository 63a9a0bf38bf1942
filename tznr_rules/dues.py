"""What is surely due of a benefit, and what of it is not received."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tznr_rules.report import Benefit

SAME_AMOUNT = 0.05  # each institution rounds in its own way


def is_due(benefit: "Benefit") -> bool:
    """Whether somebody surely has the right, even when its amount depends on answers that nobody gave."""
    if benefit.status != "undetermined" or benefit.amount_range is None:
        return benefit.status == "granted"
    return benefit.amount_range[0] > 0 and all(reason.holds for reason in benefit.reasons)


def sure(benefit: "Benefit") -> float:
    """What is surely due: the amount, or the lowest when it depends on answers."""
    if benefit.amount is None and is_due(benefit) and benefit.amount_range:
        return benefit.amount_range[0]
    return benefit.amount or 0.0


def unclaimed(benefit: "Benefit") -> float:
    """What is surely due and not received; 0 when nothing is known of it."""
    if benefit.unclaimed is not None:
        return benefit.unclaimed
    if not is_due(benefit) or benefit.received is None or benefit.unit == "right":
        return 0.0
    return sure(benefit) - benefit.received


def is_received(benefit: "Benefit") -> bool:
    """Whether the household said that it receives all that is due, to a few cents."""
    return benefit.received is not None and benefit.received > 0 and unclaimed(benefit) <= SAME_AMOUNT
