"""Why a household receives another amount than the one computed: the base that explains most of the difference.

Every supposition is computed, in one batch for each month, and what it gives is compared with what is received. Nothing is guessed from the
difference alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tznr_rules import wording
from tznr_rules.catalogue import Card, catalogue
from tznr_rules.columns import parameter_value
from tznr_rules.errors import ReportWithoutHousehold
from tznr_rules.household import Household, parse
from tznr_rules.interactions import claimable, label_of
from tznr_rules.languages import Voice, voice
from tznr_rules.report import Benefit, Report, Scalar
from tznr_rules.suppositions import Base, Supposition, suppositions
from tznr_rules.system import MODELLED, system
from tznr_rules.worlds import amounts

SAME = 0.05  # institutions do not all round alike
SHOWN = 3
EXPLAINS_SOMETHING = 0.1
CRDS = "prelevements_sociaux.contributions_sociales.crds"


@dataclass(frozen=True)
class Cause:
    """A base that may differ: with it, the amount computed would be ``amount``.

    ``explains`` is the share of the difference that goes: 1 when nothing is left. ``ours`` is the value of the base in our computation.
    ``values`` fill the sentence of this name in ``words/<voice>/reconcile.yaml``.
    """

    name: str
    base: Base
    amount: float
    explains: float
    ours: Scalar = None
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A benefit of which another amount is received than the one computed, and what may explain it, most first."""

    benefit: str
    label: str
    institution: str
    periodicity: str
    unit: str
    computed: float | None
    received: float
    gap: float | None
    causes: tuple[Cause, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain dicts, lists, texts and numbers."""
        return asdict(self)

    def to_text(self, language: str = "fr", style: str = "plain") -> str:
        """The difference in a few sentences: the amounts, then what may explain it, most first, and what to check.

        Raises:
            VoiceUnknown: nothing is written in this language and style.
        """
        spoken = voice(language, style)
        said = {"label": spoken.of(self.label), "institution": spoken.of(self.institution), "received": self._amount(self.received, spoken)}
        if self.computed is None:
            lines = [spoken.say("reconcile.undetermined", **said)]
        else:
            lines = [spoken.say("reconcile.title", **said, computed=self._amount(self.computed, spoken))]
        lines += [f"- {self._told(each, spoken)}" for each in self.causes] or [spoken.say("reconcile.unexplained")]
        return "".join(f"{wording.plain(wording.typeset(line, spoken))}\n" for line in lines)

    def _told(self, cause: Cause, spoken: Voice) -> str:
        filled = {name: _said(name, value, spoken) for name, value in cause.values.items()}
        parts = [
            spoken.say(
                "reconcile.cause", cause=spoken.say(f"reconcile.what.{cause.name}", **filled), amount=self._amount(cause.amount, spoken)
            )
        ]
        share = wording.quantity(round(cause.explains * 100), "percent", spoken)
        parts.append(spoken.say("reconcile.whole") if cause.explains >= 1 else spoken.say("reconcile.part", share=share))
        if isinstance(cause.ours, float):
            parts.append(spoken.say("reconcile.ours", value=wording.quantity(cause.ours, "EUR/mois", spoken)))
        return " ".join([*parts, spoken.say("reconcile.check", check=spoken.say(f"reconcile.checks.{cause.base}"))])

    def _amount(self, value: float, spoken: Voice) -> str:
        if self.unit != "EUR":
            return wording.quantity(value, "percent" if self.unit == "percent" else None, spoken)
        return wording.quantity(value, "EUR", spoken) + spoken.say(f"report.per.{self.periodicity}")


def reconcile(
    report: Report, received: Mapping[str, float], household: Mapping[str, Any] | Household | None = None
) -> tuple[Difference, ...]:
    """Name what differs when a household receives another amount than the one computed.

    Args:
        report: of the household, for the month in which it was paid.
        received: what is paid, by id of benefit, in the unit of the report.
        household: its description; default: the one that the report was made from.

    Returns:
        One difference for each benefit whose amount differs by more than rounding, in the order of ``received``; none when all agree.

    Raises:
        BenefitUnknown: the report has no such benefit.
        ReportWithoutHousehold: the report does not remember its household, and none is given.
    """
    different = {name: float(amount) for name, amount in received.items() if not _same(report[name].amount, float(amount))}
    if not different:
        return ()
    described = household if household is not None else report.household
    if described is None:
        raise ReportWithoutHousehold("This report does not hold its household: give it too, reconcile(report, received, household).")
    tried = _amounts(suppositions(parse(described)), [catalogue()[name] for name in different])
    return tuple(_difference(report[name], amount, report.date, tried) for name, amount in different.items())


def _same(computed: float | None, received: float) -> bool:
    """Whether two amounts are one, to the rounding of the institution: to the euro when it pays whole euros."""
    if computed is None:
        return False
    return abs(computed - received) <= SAME or (received.is_integer() and received > 0 and abs(computed - received) < 1)


def _amounts(supposed: Sequence[Supposition], cards: Sequence[Card]) -> list[tuple[Supposition, dict[str, float]]]:
    """What each supposition gives, in one batch by month."""
    found: dict[int, dict[str, float]] = {}
    for month in dict.fromkeys(each.world.household.date for each in supposed):
        places = [rank for rank, each in enumerate(supposed) if each.world.household.date == month]
        written = [card for card in cards if card.models(month)]
        if written and MODELLED[0] <= month <= MODELLED[1]:
            given, _ = amounts([supposed[rank].world for rank in places], written)
            found |= {rank: {name: float(values[at]) for name, values in given.items()} for at, rank in enumerate(places)}
    return [(each, found[rank]) for rank, each in enumerate(supposed) if rank in found]


def _difference(benefit: Benefit, received: float, month: str, tried: Sequence[tuple[Supposition, dict[str, float]]]) -> Difference:
    causes = [
        Cause(each.name, each.base, amount, _explained(benefit.amount, received, amount), _plain(each.ours), each.values)
        for each, given in tried
        if (amount := given.get(benefit.id)) is not None and _applies(each, benefit.id)
    ]
    causes += _taxed(benefit, received, month)
    best = sorted((each for each in causes if each.explains >= EXPLAINS_SOMETHING), key=lambda each: -each.explains)
    gap = None if benefit.amount is None else round(received - benefit.amount, 2)
    said = (benefit.id, benefit.label, benefit.institution, str(benefit.periodicity), benefit.unit, benefit.amount, received, gap)
    return Difference(*said, tuple(_distinct(best)[:SHOWN]))


def _applies(supposed: Supposition, benefit: str) -> bool:
    """Whether a supposition on claims says something of a benefit: that it is not claimed itself explains nothing."""
    about = supposed.values.get("benefit")
    if supposed.name == "not_claimed":
        return about != benefit
    if supposed.name == "others_not_claimed":
        return about == (benefit if benefit in claimable(supposed.world.household.date) else None)
    return True


def _explained(computed: float | None, received: float, supposed: float) -> float:
    """The share of a difference that a supposition explains; below zero when it makes it larger."""
    left = 0.0 if _same(supposed, received) else abs(supposed - received)
    gap = abs((computed or 0.0) - received)
    return round(1 - left / gap, 4) if gap else float(left == 0)


def _taxed(benefit: Benefit, received: float, month: str) -> list[Cause]:
    """The amount before or after the CRDS is taken."""
    if benefit.amount is None or benefit.unit != "EUR":
        return []
    kept = 1 - float(parameter_value(CRDS, month))
    supposed = {"before_crds": round(benefit.amount / kept, 2), "after_crds": round(benefit.amount * kept, 2)}
    return [Cause(name, "payment", amount, _explained(benefit.amount, received, amount)) for name, amount in supposed.items()]


def _distinct(causes: Sequence[Cause]) -> list[Cause]:
    """One cause of each name: the one that explains most."""
    first: dict[str, Cause] = {}
    for each in causes:
        first.setdefault(each.name, each)
    return list(first.values())


def _said(name: str, value: str, spoken: Voice) -> str:
    """A value of a sentence as one reads it: a month, a person, a fact, a benefit."""
    if name == "month":
        return wording.day(value, spoken)
    if name == "person":
        return wording.name(value, spoken)
    if name == "fact":
        return spoken.of(str(system().variables[value].label))
    return spoken.of(label_of(value)) if name == "benefit" else value


def _plain(value: object) -> Scalar:
    return value if value is None or isinstance(value, float | int | str) else str(value)
