"""What a batch of households is due, in columns: the rules and the answers of the reports, without writing a report for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tznr_rules import collecting, lived, simulation
from tznr_rules.catalogue import Card, cards
from tznr_rules.columns import Columns, entity_of
from tznr_rules.errors import PeriodNotModelled
from tznr_rules.household import Household, parse
from tznr_rules.periods import at_month
from tznr_rules.reads import asked
from tznr_rules.situation import Situation
from tznr_rules.system import MODELLED, cached
from tznr_rules.unknowns import Worlds
from tznr_rules.verdicts import RANK, verdict

Array = NDArray[Any]
REFUSED, UNDETERMINED, GRANTED = RANK["refused"], RANK["undetermined"], RANK["granted"]
NOT_MODELLED = -1
ADULT = "1980-01-01"  # the birth of whoever stands for anybody


@dataclass(frozen=True)
class Computed:
    """One vectorised run for households of one month: the benefits whose law is known then, and what the missing facts change."""

    situation: Situation
    cards: tuple[Card, ...]
    worlds: Worlds


@dataclass(frozen=True)
class Results:
    """What each household is due of each benefit: arrays of a row per household and a column per card.

    ``status`` is ``GRANTED``, ``UNDETERMINED``, ``REFUSED`` or ``NOT_MODELLED``. ``low`` and ``high`` bound the amount, in the unit of the
    card; they are equal where it is known. ``exact`` is false where not every combination of the missing answers was tried. ``received``
    is NaN where nobody said what is received. ``met`` says of each condition, by the rows of the entity of its card, whether it holds
    with what was told.
    """

    month: str
    cards: tuple[Card, ...]
    status: Array
    low: Array
    high: Array
    exact: Array
    received: Array
    met: dict[str, Array]


def compute(households: Sequence[Household], chosen: Sequence[Card], *, beyond: bool = False, reports: bool = True) -> Computed:
    """Run the engine once for households of one month, and once more for what they did not tell.

    Args:
        beyond: months after the law that is modelled are accepted, and take it as it was last known.
        reports: whether to compute also what only a report says: the figures of reasons, the details, what is assumed.

    Raises:
        PeriodNotModelled: the month is outside the law that is modelled.
    """
    month = households[0].date
    if not MODELLED[0] <= month <= (month if beyond else MODELLED[1]):
        raise PeriodNotModelled(f"date: {month} is outside the law that is modelled, from {MODELLED[0]} to {MODELLED[1]}.")
    modelled = [card for card in chosen if card.models(month)]
    decisive = [name for card in modelled for name in (card.variable, *(condition.variable for condition in card.conditions))]
    names = [name for card in modelled for name in card.variables()] if reports else decisive
    built, base = _run(households, [*names, *asked()], reports)
    held = [card.id for card in modelled if base.hold(card)] if reports else _held(month, tuple(card.id for card in modelled))
    known = tuple(card for card in modelled if card.id in held)
    return Computed(built, known, Worlds(base, known))


@cached(maxsize=32)
def _held(month: str, benefits: tuple[str, ...]) -> frozenset[str]:
    """The benefits of which the law of a month has every value that a report reads, whoever it is about."""
    chosen = cards(list(benefits))
    anybody = parse({"date": month, "personnes": [{"date_naissance": ADULT}]})
    columns = _run([anybody], [name for card in chosen for name in card.variables()])[1]
    return frozenset(card.id for card in chosen if columns.hold(card))


def _run(households: Sequence[Household], names: Sequence[str], assumptions: bool = False) -> tuple[Situation, Columns]:
    built = lived.build(households, simulation.estimate_notices, assumptions=assumptions)
    return built, Columns(built, simulation.run(built, dict.fromkeys(names)))


def evaluate_in_columns(households: Sequence[Household], benefits: Sequence[str] | None = None) -> Results:
    """What households of one month are due, in columns.

    Args:
        households: of the same month.
        benefits: ids of the catalogue; default: all of them.

    Raises:
        BenefitUnknown: an id is not in the catalogue.
        PeriodNotModelled: the month is outside the law that is modelled.
    """
    chosen = tuple(cards(list(dict.fromkeys(benefits)) if benefits is not None else None))
    with collecting.paused():
        return _in_columns(households, chosen)  # what it makes is gone when the search for lost objects begins again


def _in_columns(households: Sequence[Household], chosen: tuple[Card, ...]) -> Results:
    computed = compute(households, chosen, reports=False)
    shape = (len(households), len(chosen))
    results = Results(
        month=households[0].date,
        cards=chosen,
        status=np.full(shape, NOT_MODELLED, dtype=np.int8, order="F"),  # card by card in memory, as they are filled
        low=np.full(shape, np.nan, order="F"),
        high=np.full(shape, np.nan, order="F"),
        exact=np.ones(shape, dtype=bool, order="F"),
        received=_received(computed.situation, chosen),
        met={},
    )
    known = {card.id for card in computed.cards}
    for column, card in enumerate(chosen):
        if card.id in known:
            _decide(card, column, computed, results)
    computed.worlds.close()
    return results


def _decide(card: Card, column: int, computed: Computed, results: Results) -> None:
    """Fill the column of one card: row by row of its entity, then household by household."""
    situation, worlds = computed.situation, computed.worlds
    entity = entity_of(card.variable)
    held = {each.variable: worlds.base.seen(each.variable, entity).astype(bool, copy=False) for each in card.conditions}
    results.met.update(held)
    met = np.logical_and.reduce([np.ones(situation.count(entity), dtype=bool), *held.values()])
    doubtful = worlds.rows_in_doubt(card.id)
    if not doubtful and not met.any():
        results.status[:, column], results.low[:, column], results.high[:, column] = REFUSED, 0.0, 0.0
        return
    low = np.zeros(len(met))
    low[met] = np.round(worlds.base.seen(card.variable, entity)[met].astype(float), 2)
    status = np.where(low > 0, GRANTED, REFUSED).astype(np.int8)
    high, exact = low.copy(), np.ones(len(low), dtype=bool)
    for row in doubtful:
        decided = verdict(card, worlds, row)
        status[row], low[row], high[row], exact[row] = RANK[decided.status], decided.low, decided.high, decided.exact
    rows = np.flatnonzero(worlds.base.concerned(card))
    owner = situation.owner(entity)[rows]  # in order: a household has at least one row of each card
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    results.status[:, column] = np.maximum.reduceat(status[rows], starts)
    results.exact[:, column] = np.logical_and.reduceat(exact[rows], starts)
    for amounts, found in ((low, results.low), (high, results.high)):
        if card.unit == "EUR":
            found[:, column] = np.round(np.bincount(owner, amounts[rows]), 2)
        else:
            found[:, column] = np.maximum.reduceat(amounts[rows], starts)


def received(household: Household) -> dict[str, float]:
    """What a household says that it receives in its month, by benefit, in the words it used (net, as paid)."""
    found: dict[str, float] = {}
    for told in (household.recus, *(person.recus for person in household.personnes)):
        for benefit, series in told.items():
            found[benefit] = found.get(benefit, 0.0) + float(at_month(series, household.date) or 0.0)
    return {benefit: round(amount, 2) for benefit, amount in found.items()}


def _received(situation: Situation, chosen: Sequence[Card]) -> Array:
    """The same by household (rows) and card (columns), NaN where nothing is said."""
    table = np.full((len(situation.households), len(chosen)), np.nan)
    column = {card.id: at for at, card in enumerate(chosen)}
    owner = situation.person_household
    told = {row for row, household in enumerate(situation.households) if household.recus}
    told |= {int(owner[row]) for row, person in enumerate(situation.persons) if person.recus}
    for row in told:
        for benefit, amount in received(situation.households[row]).items():
            if benefit in column:
                table[row, column[benefit]] = amount
    return table
