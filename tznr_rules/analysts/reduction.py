"""A chunk of a table, computed and reduced to what estimates need: columns by benefit, without its households.

A chunk is whole households. It is read, evaluated and sorted here, in this process or in another; what comes back is small, and what
comes back of several chunks is put together in their order, so that the result is the same whoever computed them.
"""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.columnar import Columnar
from tznr_rules.analysts.mapping import ColumnMapping
from tznr_rules.analysts.package import NOT_DECOMPOSED, Package, package, rights_moved
from tznr_rules.analysts.profiles import profiles
from tznr_rules.analysts.reform import Reform
from tznr_rules.analysts.sample import WEIGHT, Outcomes, Sample
from tznr_rules.analysts.tables import households
from tznr_rules.analysts.take_up import NOT_KNOWN, TakeUp, take_up
from tznr_rules.batch import NOT_MODELLED, Results, evaluate_in_columns
from tznr_rules.catalogue import Card, cards
from tznr_rules.system import using
from tznr_rules.verdicts import RANK

STATUSES = {**{rank: status for status, rank in RANK.items()}, NOT_MODELLED: "not_modelled"}
PACKED = {"cell": "D", "due": False, "unclaimed": 0.0, "most": 0.0, "entitled": 0.0, "underpaid": 0.0}


@dataclass(frozen=True)
class Settings:
    """How every chunk of a table is computed. ``households``: also hand back what each one is due."""

    mapping: ColumnMapping
    month: str
    benefits: tuple[str, ...] | None = None
    materiality: float = 0.0
    households: bool = False
    reform: Reform | None = None

    def cards(self) -> tuple[Card, ...]:
        return tuple(cards(list(dict.fromkeys(self.benefits)) if self.benefits is not None else None))


@dataclass(frozen=True)
class Due:
    """What households are due in a law, in the units of :class:`TakeUp`: a row per household, a column per benefit.

    ``low``: what is surely due, 0 if nothing is. ``high``: the most that it may be.
    """

    low: Columnar
    high: Columnar

    @classmethod
    def joined(cls, parts: "Sequence[Due]") -> "Due":
        return cls(Columnar.joined([part.low for part in parts]), Columnar.joined([part.high for part in parts]))


@dataclass(frozen=True)
class Part:
    """What is kept of a chunk, or of several.

    ``last``, ``read`` and ``persons``: the number of the last row, households read (those with a problem included), persons of those used.
    ``problems``: as ``tables.households``; for the analyst alone. The rest is empty where no household could be used.
    """

    last: int
    read: int
    problems: pd.DataFrame
    persons: int = 0
    take: TakeUp | None = None
    profiles: pd.DataFrame | None = None
    package: Package | None = None
    moved: pd.DataFrame | None = None
    households: pd.DataFrame | None = None
    laws: tuple[Due, Due] | None = None


def reduce(people: pd.DataFrame, settings: Settings, *, only_read: bool = False) -> Part:
    """Compute a chunk.

    Args:
        people: rows of whole households.
        only_read: look for problems alone, because there are already some and the run will end with them.

    Raises:
        HouseholdError, MappingError, PeriodNotModelled: of the settings, never of a row.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that there are no weights is said once, by who asked
        sample, problems = households(people, mapping=settings.mapping, date=settings.month, errors="report")
    used = len(sample.households)
    read = _count(people, settings.mapping)
    if only_read or not used:
        return Part(int(people.index[-1]), read, problems)
    outcomes = Outcomes(sample, evaluate_in_columns(sample.households, settings.benefits))
    take = take_up(outcomes, materiality=settings.materiality)
    found = package(take)
    return Part(
        last=int(people.index[-1]),
        read=read,
        problems=problems,
        persons=sum(len(household.personnes) for household in sample.households),
        take=_packed(take),
        profiles=profiles(outcomes),
        package=replace(found, sample=_without_households(sample)),
        moved=rights_moved(take),
        households=_described(take) if settings.households else None,
        laws=_both_laws(take, settings) if settings.reform is not None else None,
    )


def together(parts: Sequence[Part]) -> Part:
    """Several parts as one, in order.

    Args:
        parts: of the same settings, at least one.
    """
    found = [part for part in parts if part.take is not None]
    whole = Part(
        last=parts[-1].last,
        read=sum(part.read for part in parts),
        problems=pd.concat([part.problems for part in parts], ignore_index=True),
    )
    if not found:
        return whole
    takes = [part.take for part in found if part.take is not None]
    packages = [part.package for part in found if part.package is not None]
    sample = Sample((), pd.concat([take.outcomes.sample.about for take in takes]))
    return replace(
        whole,
        persons=sum(part.persons for part in found),
        take=_joined(takes, sample),
        profiles=pd.concat([part.profiles for part in found]),
        package=_packages(packages, sample, takes[0].cards),
        moved=_added([part.moved for part in found if part.moved is not None], takes[0].cards),
        households=pd.concat([part.households for part in found], ignore_index=True) if found[0].households is not None else None,
        laws=(_laws(found, 0), _laws(found, 1)) if found[0].laws is not None else None,
    )


def _both_laws(take: TakeUp, settings: Settings) -> tuple[Due, Due]:
    """What the same households are due in the law in force, and in another one."""
    assert settings.reform is not None
    sample = take.outcomes.sample
    with using(settings.reform.law()):
        outcomes = Outcomes(sample, evaluate_in_columns(sample.households, settings.benefits))
        other = take_up(outcomes)
    return _due(take), _due(other)


def _due(take: TakeUp) -> Due:
    results = take.outcomes.results
    yearly = np.array([card.periodicity == "yearly" and card.unit == "EUR" for card in results.cards])
    scale = np.where(yearly, 1 / 12, 1.0)
    low, high = (np.where(take.cell == NOT_KNOWN, 0.0, np.asarray(each, float) * scale) for each in (results.low, results.high))
    due = take.due
    return Due(Columnar.of(np.where(due, low, 0.0), 0.0), Columnar.of(np.where(due | (take.cell == "F"), high, 0.0), 0.0))


def _laws(parts: Sequence[Part], which: int) -> Due:
    return Due.joined([part.laws[which] for part in parts if part.laws is not None])


def _count(people: pd.DataFrame, mapping: ColumnMapping) -> int:
    """How many households the rows describe; an empty id is a household of its own, in the table of problems."""
    name = mapping.household
    if mapping.shape == "wide" or name is None or name not in people.columns:
        return len(people)
    ids = people[name].map(lambda value: None if pd.isna(value) else str(value).strip())
    return int(ids.nunique() + ids.isna().sum())


def _without_households(sample: Sample) -> Sample:
    return Sample((), sample.about)


def _packed(take: TakeUp) -> TakeUp:
    """The same, without the households and what only they were needed for."""
    results, nothing = take.outcomes.results, np.empty((0, 0))
    kept = Results(results.month, results.cards, nothing, nothing, nothing, nothing, _any(Columnar.of(results.received, np.nan)), {})
    packed = {name: _any(Columnar.of(getattr(take, name), fill)) for name, fill in PACKED.items()}
    return replace(take, outcomes=Outcomes(_without_households(take.outcomes.sample), kept), least=packed["unclaimed"], **packed)


def _joined(takes: Sequence[TakeUp], sample: Sample) -> TakeUp:
    packed = {name: _any(Columnar.joined([getattr(take, name) for take in takes])) for name in PACKED}
    received = _any(Columnar.joined([_any(take.outcomes.results.received) for take in takes]))
    outcomes = Outcomes(sample, replace(takes[0].outcomes.results, received=received))
    return replace(takes[0], outcomes=outcomes, least=packed["unclaimed"], **packed)


def _any(packed: Any) -> Any:
    """A packed array where a plain one is declared: it is read in the same way."""
    return packed


def _packages(packages: Sequence[Package], sample: Sample, of: Iterable[Card]) -> Package:
    """Benefits that nobody of a chunk claims have no column there: they bring nothing."""
    claimed = {name for each in packages for name in each.alone.columns}
    columns = [card.id for card in of if card.id in claimed]
    shapley = [each.shapley.reindex(columns=[*columns, NOT_DECOMPOSED], fill_value=0.0) for each in packages]
    alone = [each.alone.reindex(columns=columns).astype(float) for each in packages]
    return Package(sample, pd.concat([each.households for each in packages]), pd.concat(shapley), pd.concat(alone))


def _added(moved: Sequence[pd.DataFrame], of: Iterable[Card]) -> pd.DataFrame:
    """Counts of rights that open and close, chunk after chunk."""
    frame = pd.concat(moved)
    counted = ["opens", "closes", "weighted_opens", "weighted_closes"]
    grouped = frame.groupby(["benefit", "label", "section"], sort=False)[counted].sum().reset_index()
    order = {card.id: at for at, card in enumerate(of)}
    return grouped.sort_values("benefit", key=lambda names: names.map(order), ignore_index=True)


def _described(take: TakeUp) -> pd.DataFrame:
    """What each household is due: a row per household and benefit."""
    results, index = take.outcomes.results, take.index
    count, width = results.status.shape
    names = np.array([card.id for card in results.cards], dtype=object)
    modelled = results.status != NOT_MODELLED
    status = np.array([STATUSES[rank] for rank in (-1, 0, 1, 2)], dtype=object)[results.status.astype(int) + 1]
    return pd.DataFrame(
        {
            "household": np.repeat(index.to_numpy(), width),
            "weight": np.repeat(take.outcomes.sample.about[WEIGHT].to_numpy(float), width),
            "benefit": np.tile(names, count),
            "status": status.ravel(),
            "low": np.where(modelled, results.low, np.nan).ravel(),
            "high": np.where(modelled, results.high, np.nan).ravel(),
            "exact": results.exact.ravel(),
            "received": results.received.ravel(),
            "cell": take.cell.ravel(),
            "unclaimed": take.unclaimed.ravel(),
        }
    )
