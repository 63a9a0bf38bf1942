"""From what was computed of a sample to the findings that are shown: every table published, protected, and put in its place."""

from collections.abc import Mapping, Sequence

import pandas as pd

from tznr_rules.analysts.findings import Findings, Waterfall
from tznr_rules.analysts.package import Package
from tznr_rules.analysts.poverty import poverty, poverty_line
from tznr_rules.analysts.privacy import THRESHOLD, merge_bins
from tznr_rules.analysts.profiles import NAMES
from tznr_rules.analysts.publication import Published, publish, publish_gains, publish_package, publish_poverty, publish_rights
from tznr_rules.analysts.standings import Standings
from tznr_rules.analysts.take_up import BINS, in_bins
from tznr_rules.analysts.uncertainty import REPLICATES, SEED, Total, near_thresholds

CENT = 0.005


def gather(
    take: Standings,
    frame: pd.DataFrame,
    found: Package,
    *,
    territory: str,
    by: str = "household_type",
    published: Published | None = None,
    total: Total | None = None,
    provenance: Mapping[str, str] | None = None,
    source: str = "",
    notes: Sequence[str] = (),
    invented: bool = False,
    waterfall: Waterfall | None = None,
    threshold: int = THRESHOLD,
    reason: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Findings:
    """The findings of a sample.

    Args:
        take: its take-up.
        frame: of ``profiles``.
        found: its package.
        territory: where, as it stands in the title.
        by: the column of ``frame`` that rates and gains are broken down by.
        published: the tables of take-up, if they were made already, broken down by that column; default: made here.
        total: the headline; default: that of the package.

    Raises:
        SecrecyError: the threshold is too low.
    """
    sample, groups = take.outcomes.sample, frame[by]
    said = published or publish(take, [groups], threshold=threshold, reason=reason, replicates=replicates, seed=seed)
    return Findings(
        territory=territory,
        month=sample.month,
        households=len(sample.households),
        persons=int(frame["persons"].sum()),
        population=float(sample.weights.sum()),
        total=total or found.total(near_thresholds(take, map(str, found.shapley)), fewest=threshold, replicates=replicates, seed=seed),
        summary=said.summary,
        package=publish_package(found, said, threshold=threshold, reason=reason),
        rights=publish_rights(take, threshold=threshold, reason=reason),
        groups=said.breakdowns[by],
        gains=publish_gains(found, groups, threshold=threshold, reason=reason, replicates=replicates, seed=seed),
        distribution=publish_distribution(found, threshold=threshold, reason=reason),
        poverty=publish_poverty(poverty(take.outcomes, frame, found.households["gain"]), threshold=threshold, reason=reason),
        line=poverty_line(sample.month),
        groups_by=NAMES.get(by, by),
        threshold=threshold,
        reason=reason,
        suppressed=said.suppressed,
        provenance=provenance or {},
        source=source,
        notes=tuple(notes),
        invented=invented,
        waterfall=waterfall,
    )


def distribution(found: Package, bins: Sequence[float] = BINS) -> pd.DataFrame:
    """The households by what they would gain each month by claiming everything; those that would gain nothing are left out.

    Not to be shown before ``privacy.merge_bins``. Columns ``low`` (included) and ``high`` (excluded), EUR a month, ``households`` and
    ``weighted``.
    """
    gaining = found.gain >= CENT
    return in_bins(found.gain[gaining], found.sample.weights[gaining], bins)


def publish_distribution(found: Package, *, threshold: int = THRESHOLD, reason: str | None = None) -> pd.DataFrame:
    """The same, without secrets: bins are merged up to the threshold.

    It is empty when few households would lose: their number would be the difference with those whose payments move.

    Raises:
        SecrecyError: the threshold is too low.
    """
    merged = merge_bins(distribution(found), threshold=threshold, reason=reason)
    losers = int((found.gain < -CENT).sum())
    return merged.iloc[:0] if 0 < losers < threshold else merged
