"""A chunk of a table, computed and reduced to what estimates need: columns by benefit, without its households.

A chunk is whole households. It is read, evaluated and sorted here, in this process or in another; what comes back is small, and what
comes back of several chunks is put together in their order, so that the result is the same whoever computed them.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.mapping import ColumnMapping
from tznr_rules.analysts.package import NOT_DECOMPOSED, Package, claim_everything
from tznr_rules.analysts.profiles import profiles
from tznr_rules.analysts.reform import Reform
from tznr_rules.analysts.sample import STRATUM, WEIGHT, Outcomes, Sample
from tznr_rules.analysts.standings import DUE, F_NOTHING, F_PAID, Array, Block, F, Packed, among
from tznr_rules.analysts.tables import households
from tznr_rules.analysts.take_up import TakeUp, by_month, take_up
from tznr_rules.batch import NOT_MODELLED, Results, evaluate_in_columns
from tznr_rules.catalogue import Card, cards
from tznr_rules.system import using
from tznr_rules.verdicts import RANK

STATUSES = {**{rank: status for status, rank in RANK.items()}, NOT_MODELLED: "not_modelled"}
OF_PROFILES = ("household_type", "age_band", "tenure", "activity", "persons", "consumption_units", "disposable")
OF_PACKAGE = ("gain", "least", "most", "claims")
COUNTED = ["opens", "closes", "weighted_opens", "weighted_closes"]


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
class Entries:
    """Values of some households for some benefits, the others having nothing: arrays of a value per entry.

    ``row``, ``column``: of the household and of the benefit. ``values``: by name.
    """

    row: Array
    column: Array
    values: dict[str, Array]

    @classmethod
    def of(cls, there: Array, values: dict[str, Array]) -> "Entries":
        """Those of arrays of shape (households, benefits) that are there."""
        row, column = np.nonzero(there)
        return cls(row.astype(np.int32), column.astype(np.int16), {name: each[row, column] for name, each in values.items()})

    @classmethod
    def joined(cls, parts: "Sequence[Entries]", sizes: Sequence[int]) -> "Entries":
        """Those of several chunks of so many households, one after the other."""
        starts = np.cumsum([0, *sizes[:-1]])
        rows = [(part.row + start).astype(np.int32) for part, start in zip(parts, starts, strict=True)]
        values = {name: np.concatenate([part.values[name] for part in parts]) for name in parts[0].values}
        return cls(np.concatenate(rows), np.concatenate([part.column for part in parts]), values)

    def dense(self, name: str, column: int, size: int, fill: float = 0.0) -> Array:
        """A value per household for one benefit."""
        here = self.column == column
        found = np.full(size, fill)
        found[self.row[here]] = self.values[name][here]
        return found


@dataclass(frozen=True)
class Reduced:
    """What is kept of the households of a chunk until publication, in a few hundred bytes each.

    ``about``: a row per household, with its weight, its stratum and the columns of the analyst. ``computed``: the same rows, with some
    columns of ``profiles.profiles`` and of ``Package.households``. ``block``: where each stands for each benefit. ``claims``: what each
    benefit that it would claim brings, ``shapley`` and ``alone``. ``laws``: the amounts that another law changes, ``low``, ``high``,
    ``new_low``, ``new_high``.
    """

    about: pd.DataFrame
    computed: pd.DataFrame
    block: Block
    claims: Entries
    laws: Entries | None


@dataclass(frozen=True)
class Part:
    """What is kept of a chunk, or of several.

    ``last``, ``read`` and ``persons``: the number of the last row, households read (those with a problem included), persons of those used.
    ``problems``: as ``tables.households``; for the analyst alone. ``ids``: a hash of the id of each household used, 8 bytes. ``reduced``:
    one per chunk; none where no household could be used.
    """

    last: int
    read: int
    problems: pd.DataFrame
    persons: int = 0
    ids: Array | None = None
    reduced: tuple[Reduced, ...] = ()
    moved: pd.DataFrame | None = None
    households: pd.DataFrame | None = None


@dataclass(frozen=True)
class Whole:
    """All the households, as publication reads them: no larger than what was kept of them. ``laws`` is None without a reform."""

    take: Packed
    profiles: pd.DataFrame
    package: Package
    moved: pd.DataFrame
    laws: Entries | None


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
    found, moved = claim_everything(take)
    computed = pd.concat([profiles(outcomes)[list(OF_PROFILES)], found.households[list(OF_PACKAGE)]], axis=1)
    kept = Reduced(
        about=_about(sample),
        computed=computed.astype({"persons": np.int16, "claims": np.int16}).reset_index(drop=True),
        block=Block.of(take.code, {name: getattr(take, name) for name in ("entitled", "most", "underpaid")}, by_month(take.cards)),
        claims=_claims(found, take.cards),
        laws=_both_laws(take, settings) if settings.reform is not None else None,
    )
    return Part(
        last=int(people.index[-1]),
        read=read,
        problems=problems,
        persons=sum(len(household.personnes) for household in sample.households),
        ids=pd.util.hash_array(sample.about.index.to_numpy(object)),
        reduced=(kept,),
        moved=moved,
        households=_described(take) if settings.households else None,
    )


def together(parts: Sequence[Part]) -> Part:
    """Several parts as one, in order.

    Args:
        parts: of the same settings, at least one.
    """
    found = [part for part in parts if part.reduced]
    problems = [part.problems for part in parts if len(part.problems)] or [parts[0].problems]
    described = [part.households for part in found if part.households is not None]
    return Part(
        last=parts[-1].last,
        read=sum(part.read for part in parts),
        problems=pd.concat(problems, ignore_index=True),
        persons=sum(part.persons for part in found),
        ids=np.concatenate([part.ids for part in found if part.ids is not None] or [np.zeros(0, dtype=np.uint64)]),
        reduced=tuple(each for part in found for each in part.reduced),
        moved=_added([part.moved for part in found if part.moved is not None]),
        households=pd.concat(described, ignore_index=True) if described else None,
    )


def whole(part: Part, settings: Settings) -> Whole:
    """What was kept of every chunk, ready to be published.

    Args:
        part: with at least one household.
    """
    chosen, reduced = settings.cards(), part.reduced
    sample = Sample((), _one_after_the_other([each.about for each in reduced]))
    computed = pd.concat([each.computed for each in reduced], ignore_index=True)
    nothing = np.empty((0, 0))
    outcomes = Outcomes(sample, Results(settings.month, chosen, nothing, nothing, nothing, nothing, nothing, {}))
    assert part.moved is not None
    order = {card.id: at for at, card in enumerate(chosen)}
    sizes = [each.block.size for each in reduced]
    laws = [each.laws for each in reduced if each.laws is not None]
    return Whole(
        take=Packed(outcomes, tuple(each.block for each in reduced), by_month(chosen)),
        profiles=computed[list(OF_PROFILES)],
        package=_package(sample, computed[list(OF_PACKAGE)], Entries.joined([each.claims for each in reduced], sizes), chosen),
        moved=part.moved.sort_values("benefit", key=lambda names: names.map(order), ignore_index=True),
        laws=Entries.joined(laws, sizes) if laws else None,
    )


def _about(sample: Sample) -> pd.DataFrame:
    """What the analyst says of each household, without its id, each category written once."""
    about = sample.about
    named = {name: about[name] if name == STRATUM else about[name].map(str, na_action="ignore") for name in about if name != WEIGHT}
    columns = {WEIGHT: about[WEIGHT], **{name: each.astype("category") for name, each in named.items()}}
    return pd.DataFrame(columns).reset_index(drop=True)


def _one_after_the_other(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same columns as one; categories that differ from one to the other are put together, in order."""
    found = {}
    for name in frames[0]:
        columns = [frame[name] for frame in frames]
        if name != WEIGHT:
            every = pd.CategoricalDtype(sorted({each for column in columns for each in column.cat.categories}))
            columns = [column.astype(every) for column in columns]
        found[name] = pd.concat(columns, ignore_index=True)
    return pd.DataFrame(found)


def _claims(found: Package, of: Sequence[Card]) -> Entries:
    """What each benefit brings to each household that would claim it; the last column is what could not be decomposed."""
    columns = [card.id for card in of]
    shapley = found.shapley.reindex(columns=[*columns, NOT_DECOMPOSED], fill_value=0.0).to_numpy(float)
    alone = found.alone.astype(float).reindex(columns=[*columns, NOT_DECOMPOSED]).to_numpy(float)
    return Entries.of((shapley != 0) | ~np.isnan(alone), {"shapley": shapley, "alone": alone})


def _package(sample: Sample, frame: pd.DataFrame, claims: Entries, of: Sequence[Card]) -> Package:
    """The package of every household; benefits that nobody claims have no column: they bring nothing."""
    names = [*(card.id for card in of), NOT_DECOMPOSED]
    claimed = [at for at in np.unique(claims.column).tolist() if at < len(of)]

    def sparse(at: int, value: str, fill: float) -> Any:
        return pd.arrays.SparseArray(claims.dense(value, at, len(frame), fill), fill_value=fill)

    shapley = {names[at]: sparse(at, "shapley", 0.0) for at in [*claimed, len(of)]}
    alone = {names[at]: sparse(at, "alone", float("nan")) for at in claimed}
    return Package(sample, frame, pd.DataFrame(shapley, index=frame.index), pd.DataFrame(alone, index=frame.index))


def _both_laws(take: TakeUp, settings: Settings) -> Entries:
    """What the same households are due in the law in force and in another one, where it is not the same."""
    assert settings.reform is not None
    sample = take.outcomes.sample
    with using(settings.reform.law()):
        other = take_up(Outcomes(sample, evaluate_in_columns(sample.households, settings.benefits)))
    (low, high), (new_low, new_high) = _due(take), _due(other)
    values = {"low": low, "high": high, "new_low": new_low, "new_high": new_high}
    return Entries.of((low != new_low) | (high != new_high), values)


def _due(take: TakeUp) -> tuple[Array, Array]:
    """What is surely due, 0 if nothing is, and the most that it may be, in the units of ``TakeUp``."""
    results, due = take.outcomes.results, among(take.code, DUE)
    low, high = (np.nan_to_num(np.asarray(each, float) * by_month(results.cards)) for each in (results.low, results.high))
    return np.where(due, low, 0.0), np.where(due | among(take.code, (F, F_NOTHING, F_PAID)), high, 0.0)


def _count(people: pd.DataFrame, mapping: ColumnMapping) -> int:
    """How many households the rows describe; an empty id is a household of its own, in the table of problems."""
    name = mapping.household
    if mapping.shape == "wide" or name is None or name not in people.columns:
        return len(people)
    ids = people[name].map(lambda value: None if pd.isna(value) else str(value).strip())
    return int(ids.nunique() + ids.isna().sum())


def _added(moved: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Counts of rights that open and close, chunk after chunk."""
    if not moved:
        return None
    return pd.concat(moved).groupby(["benefit", "label", "section"], sort=False)[COUNTED].sum().reset_index()


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
