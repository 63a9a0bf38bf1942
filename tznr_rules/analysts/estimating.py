"""What goes unclaimed in a table of households: one call, from the table to what may be published."""

import hashlib
import hmac
import secrets
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date as day
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from tznr_rules.analysts import distributed, pieces
from tznr_rules.analysts.comparing import Comparison, compare
from tznr_rules.analysts.estimates import Estimate, Provenance
from tznr_rules.analysts.files import problem_table
from tznr_rules.analysts.gathering import publish_distribution
from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.analysts.keeping import Kept
from tznr_rules.analysts.mapping import Source
from tznr_rules.analysts.mapping import read as read_mapping
from tznr_rules.analysts.parallel import mapped
from tznr_rules.analysts.pieces import People
from tznr_rules.analysts.poverty import poverty, poverty_line
from tznr_rules.analysts.privacy import SECRET, THRESHOLD, check_threshold, deciles_allowed
from tznr_rules.analysts.profiles import NAMES, living_standards
from tznr_rules.analysts.progress import digest
from tznr_rules.analysts.publication import (
    publish,
    publish_gains,
    publish_moved,
    publish_package,
    publish_poverty,
    publish_rights,
)
from tznr_rules.analysts.reduction import Part, Settings, Whole, reduce, whole
from tznr_rules.analysts.reform import Reform
from tznr_rules.analysts.reform import read as read_reform
from tznr_rules.analysts.tables import Errors, month_of
from tznr_rules.analysts.uncertainty import NOT_SELECTION, REPLICATES, SEED, Draws, near_thresholds
from tznr_rules.catalogue import cards
from tznr_rules.errors import PeriodNotModelled, SampleError, TznrError
from tznr_rules.evaluation import version_of
from tznr_rules.interactions import read_by
from tznr_rules.system import MODELLED, using

CHUNK = 2_000  # rows: about a thousand households, a few hundred megabytes of worlds
LIBRARIES = ("tznr-rules", "openfisca-france", "openfisca-core")
INVENTED = ("synthetique", "synthetic")  # in the name of a file, that no household of it is real
DECILES = tuple(str(each) for each in range(1, 11))
ASSUMPTIONS = (
    "Les montants d'un an valent douze fois ceux du mois étudié, comme si ce mois durait.",
    "Une réponse qui manque n'est pas prise pour zéro : ses valeurs possibles sont essayées, sinon la documentation dit l'hypothèse faite.",
    "Une aide passée dont personne n'a parlé est supposée avoir été reçue comme elle serait due aujourd'hui.",
    f"Attention : {NOT_SELECTION}.",
)
NO_WEIGHTS = "Sans colonne de poids, chaque foyer du tableau compte pour un foyer."

HASHED = 16  # hexadecimal digits

Ids = Literal["hashed", "given"]


def estimate(
    people: People,
    *,
    mapping: Source | None = None,
    date: str | None = None,
    weights: str | None = None,
    strata: str | None = None,
    benefits: Sequence[str] | None = None,
    reform: Any = None,
    by: Sequence[str] = (),
    materiality: float = 0.0,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    errors: Errors = "raise",
    workers: int = 1,
    chunk: int = CHUNK,
    households: bool = False,
    ids: Ids = "hashed",
    output: str | Path | None = None,
) -> Estimate:
    """What is due, received and unclaimed in a table of households, as it may be published.

    Args:
        people: a table with a row per person or per household: a data frame, the path of a file, an iterator of data frames, or a
            ``dask.dataframe`` partitioned by whole households. The rows of a household follow each other.
        mapping: what the columns are: a YAML file or its content; default: they bear the names of fields (``docs/analysts/reading.md``).
        date: the month asked about, ``2026-11``; default: the current one.
        weights, strata: columns; default: those of the mapping, or ``poids`` and ``strate``.
        benefits: ids of the catalogue; default: all of them.
        reform: another law to compare with, as ``tznr_rules.analysts.reform.read`` takes it.
        by: columns of the table to break figures down by, beside type of household, age, tenure, activity and tenth of living standard.
        materiality: EUR a month (EUR for what is paid once) under which what is unclaimed does not count.
        threshold, reason: the fewest households of a cell that is shown; 5 must have its reason.
        replicates, seed: of the bootstrap.
        errors: ``raise`` stops, once the whole table is read, if any row is wrong; ``report`` leaves out the households of wrong rows,
            whole, and hands back their table.
        workers: processes of this machine; a ``dask.dataframe`` has its own.
        chunk: about how many rows are computed at once.
        households: also hand back what each household is due, for the analyst's own use.
        ids: ``hashed`` replaces the ids of households by a keyed hash, of which nobody keeps the key; ``given`` leaves them.
        output: write what each household is due in this ``.csv`` or ``.parquet`` file, whole or not at all. When ``people`` is a file,
            a run that was stopped goes on from where it was.

    Returns:
        Tables in which a hidden figure is ``s``, with the problems and the provenance.

    Raises:
        BenefitUnknown: with every id that is not in the catalogue.
        FileError: a file cannot be read or written.
        HouseholdError: the month is not one.
        MappingError: the columns are not understood; it holds every problem.
        PeriodNotModelled: the month is outside the law that is modelled.
        ReformError: the reform has problems; it holds them all.
        SampleError: rows are wrong and ``errors`` is ``raise``, or no household is left. It shows no value.
        SecrecyError: the threshold is too low.
    """
    _check(errors, ids, workers, chunk, benefits)
    check_threshold(threshold, reason)
    month = month_of(date or day.today().isoformat()[:7])
    if not MODELLED[0] <= month <= MODELLED[1]:
        raise PeriodNotModelled(f"date: {month} is outside the law that is modelled, from {MODELLED[0]} to {MODELLED[1]}.")
    other = None if reform is None else read_reform(reform, month)
    own = tuple(name for name in by if name not in NAMES)
    apart = distributed.is_distributed(people)
    table: Iterator[pd.DataFrame]
    if apart:
        given = None if mapping is None else read_mapping(mapping)
        layout, table = pieces.layout_for([str(name) for name in people.columns], given, own, weights, strata), iter(())
    else:
        layout, table = pieces.opened(people, mapping, own, weights, strata, chunk)
    chosen = None if benefits is None else tuple(dict.fromkeys(benefits))
    settings = Settings(layout, month, chosen, materiality, households or output is not None, other)
    if layout.weight is None:
        warnings.warn(NO_WEIGHTS, UserWarning, stacklevel=2)
    is_file = isinstance(people, str | Path)
    fingerprint = pieces.Fingerprint()
    key = _key(people) if is_file else secrets.token_bytes(32)
    again = digest(people, settings, chunk, ids) if is_file and output is not None else None
    kept = Kept(output, again, partial(_hashed, key=key) if ids == "hashed" else _given, households)
    prepare = partial(_prepare, settings)
    todo = kept.remaining(table if is_file else fingerprint.following(table))
    with _progress() as advance:
        computed = _computed(todo, settings, workers, prepare, lambda: errors == "raise" and kept.wrong)
        for part in distributed.reduced(people, settings, chunk, prepare) if apart else computed:
            kept.add(part)
            advance(part.read)
    part = kept.whole()
    if not part.reduced or (errors == "raise" and len(part.problems)):
        kept.forget()
        raise SampleError(part.problems) if len(part.problems) else TznrError("The table has no household.")
    kept.finish()
    name = Path(people).name if is_file else "tableau distribué" if apart else "tableau en mémoire"
    every = whole(part, settings)
    used = len(every.take.index)
    made = Provenance(
        versions={each: version_of(each) for each in LIBRARIES},
        month=month,
        law_date=f"{month}-01",
        input=name,
        input_sha256=_sha256(people) if is_file else "" if apart else fingerprint.hexdigest(),
        seed=seed,
        replicates=replicates,
        threshold=threshold,
        reason=reason,
        suppressed=0,
        read=part.read,
        used=used,
        left_out=part.read - used,
        persons=part.persons,
        population=float(every.take.weights.sum()),
        materiality=materiality,
        assumptions=(*ASSUMPTIONS, *((NO_WEIGHTS,) if layout.weight is None else ())),
        invented=is_file and any(word in name.lower() for word in INVENTED),
    )
    shown = published(every, own, made, other)
    return replace(shown, problems=part.problems, households=part.households)


def published(every: Whole, by: Sequence[str], made: Provenance, reform: Reform | None = None) -> Estimate:
    """What may be shown of what was computed: every table is made in one go, so that none gives back what another hides.

    Args:
        every: of the whole table.
        by: columns of the analyst to break figures down by.
        made: how it was made; the number of hidden cells is filled here.
    """
    take, package = every.take, every.package
    secrecy: dict[str, Any] = {"threshold": made.threshold, "reason": made.reason}
    drawn: dict[str, Any] = {"replicates": made.replicates, "seed": made.seed}
    drawn |= {"drawn": Draws.of(take.weights, take.strata, made.replicates, made.seed)}
    groups = _groups(every, by, made.threshold)
    by_benefit = publish(take, groups, **secrecy, **drawn)
    net = publish_package(package, by_benefit, **secrecy)
    total_is_secret = bool((net.loc[net["benefit"] == EVERYONE, "per_month"] == SECRET).any())
    gains = {str(each.name): publish_gains(package, each, **secrecy, **drawn) for each in groups}
    tables = {
        "rights": publish_rights(take, **secrecy),
        "moved": publish_moved(every.moved, **secrecy),
        "distribution": publish_distribution(package, **secrecy).iloc[: 0 if total_is_secret else None],
        "poverty": publish_poverty(poverty(take.outcomes, every.profiles, package.households["gain"]), **secrecy),
    }
    other: Comparison | None = None
    if reform is not None and every.laws is not None:
        other = compare(take, every.laws, reform.name, reform.described(), groups, by_benefit.summary, **secrecy, **drawn)
    beside = [net, *gains.values(), *tables.values()]
    hidden = by_benefit.suppressed + sum(int((frame == SECRET).any(axis=1).sum()) for frame in beside)
    return Estimate(
        total=None if total_is_secret else package.total(near_thresholds(take, map(str, package.shapley)), fewest=made.threshold, **drawn),
        published=by_benefit,
        package=net,
        gains=gains,
        line=poverty_line(made.month),
        problems=problem_table([]),
        provenance=replace(made, suppressed=hidden + (other.suppressed if other else 0)),
        reform=other,
        **tables,
    )


def _groups(every: Whole, by: Sequence[str], threshold: int) -> list["pd.Series[Any]"]:
    """The columns that figures are broken down by: the profiles, the tenths if there are enough households, those of the analyst."""
    sample, frame = every.take.outcomes.sample, every.profiles
    groups = [frame[name] for name in NAMES if name in frame]
    tenth = living_standards(sample, frame)["decile"]
    if deciles_allowed(int((tenth > 0).sum()), threshold):
        ranks = tenth.astype(int).astype(str).where(tenth > 0)
        groups.append(pd.Series(pd.Categorical(ranks, categories=DECILES, ordered=True), index=frame.index, name="decile"))
    return [*groups, *(sample.about[name] for name in by)]


def _check(errors: str, ids: str, workers: int, chunk: int, benefits: Sequence[str] | None) -> None:
    """Refuse what cannot be asked.

    Raises:
        BenefitUnknown: with every id that is not in the catalogue.
        ValueError: another argument is wrong.
    """
    if errors not in ("raise", "report"):
        raise ValueError(f"errors: {errors!r} is neither 'raise' nor 'report'")
    if ids not in ("hashed", "given"):
        raise ValueError(f"ids: {ids!r} is neither 'hashed' nor 'given'")
    for name, value in (("workers", workers), ("chunk", chunk)):
        if value < 1:
            raise ValueError(f"{name}: {value} is not a number of 1 or more")
    for each in benefits or ():
        cards([each])


def _prepare(settings: Settings) -> None:
    """Build the laws and what is read from them, once, before processes are made."""
    read_by(settings.month)
    if settings.reform is not None:
        with using(settings.reform.law()):
            read_by(settings.month)


def _computed(
    table: Iterator[pd.DataFrame], settings: Settings, workers: int, prepare: Callable[[], None], stop: Callable[[], bool]
) -> Iterator[Part]:
    """Each piece, reduced, in order; once ``stop`` says so, pieces are only looked at for their problems."""
    prepare()
    yield from mapped(partial(_reduced, settings=settings), ((piece, stop()) for piece in table), workers)


def _reduced(given: tuple[pd.DataFrame, bool], settings: Settings) -> Part:
    piece, only_read = given
    return reduce(piece, settings, only_read=only_read)


def _hashed(ids: "pd.Series[str]", key: bytes) -> "pd.Series[str]":
    """The ids of households as nobody can find them again without the key."""
    known = {each: hmac.new(key, str(each).encode(), hashlib.sha256).hexdigest()[:HASHED] for each in ids.unique()}
    return ids.map(known)


def _given(ids: "pd.Series[str]") -> "pd.Series[str]":
    return ids


def _key(path: str | Path) -> bytes:
    """A key of the file, so that a run that goes on hashes as before; the SHA-256 that is published tells nothing of it."""
    found = hashlib.blake2b(person=b"tznr_rules ids")
    with Path(path).open("rb") as file:
        while block := file.read(2**20):
            found.update(block)
    return found.digest()


def _sha256(path: str | Path) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """A count of the households done, on standard error when somebody looks at it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} foyers"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None)

        def advance(count: int) -> None:
            bar.advance(task, count)
            bar.refresh()  # without a thread of its own: processes are forked meanwhile

        yield advance
