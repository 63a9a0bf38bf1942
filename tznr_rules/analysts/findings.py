"""What an estimate found, as the page and the files that are published need it: tidy tables, all of them without secrets.

Every table comes from ``publication``: a figure that may not be shown is ``s`` in it. Nothing of a household is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field

from tznr_rules.analysts.poverty import PovertyLine
from tznr_rules.analysts.privacy import THRESHOLD
from tznr_rules.analysts.uncertainty import Total

PUBLISHED_RATES = Path(__file__).parent / "published_rates.yaml"


class PublishedRate(BaseModel):
    """A national rate of non-take-up that somebody published: a landmark, that no local rate compares with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rate: float = Field(gt=0, lt=1)
    who: str
    year: int
    title: str
    href: str
    confidence: Literal["high", "medium"]


@dataclass(frozen=True)
class Waterfall:
    """What one household has today, each right that it would gain or lose, and what it would have: for an invented household only.

    ``steps``: a row per step with ``label`` and ``amount`` (EUR a month, negative when it is lost), in order; the first row is what the
    household has today. ``synthetic`` must be true for the page to show it.
    """

    title: str
    steps: pd.DataFrame
    synthetic: bool = False


@dataclass(frozen=True)
class Findings:
    """An estimate, ready to be shown.

    Args:
        territory: where, as it stands in the title: ``Maurepas``.
        month: the month asked about, ``2026-11``.
        households, persons: of the sample, unweighted.
        population: the sum of the weights.
        invented: the households are not real; the page says so at the top.
        source: where the sample comes from, in a French sentence.
        total: the headline, in EUR a month, with its intervals.
        summary: a row per benefit, as ``Published.summary``: ``benefit``, ``label``, ``section``, ``eligible``, ``non_recipients``,
            ``rate``, ``rate_low``, ``rate_high``, ``per_month``, ``once``, ``mean``, ``median``... rates from 0 to 1.
        package: what each benefit brings to the total, as ``publish_package``: ``benefit``, ``label``, ``households``, ``per_month``,
            ``per_year``, ``alone``; the last row is the total.
        rights: households by number of rights that they lack, as ``publish_rights``: ``rights``, ``households``, ``weighted``, ``share``;
            the last row is everyone.
        groups: rates by group and benefit, as a frame of ``Published.breakdowns``: ``benefit``, ``label``, ``group``, ``group_label``,
            ``eligible``, ``rate``, ``rate_low``, ``rate_high``; the margin is ``ensemble``.
        groups_by: what the groups are, in French: ``Type de foyer``.
        gains: what everything claimed would bring by group, as ``publish_gains``: ``group``, ``group_label``, ``households``,
            ``per_month``, ``mean``, ``low``, ``high``; the margin is ``ensemble``. Empty: the page leaves it out.
        distribution: households by what they leave unclaimed in all, in bins already merged: ``low``, ``high`` (EUR a month, the last one
            infinite), ``households``, ``weighted``.
        poverty: as ``publish_poverty``: ``measure``, ``before``, ``after``, ``change``, ``unit``, ``households``.
        line: the poverty line that was used.
        threshold: the fewest households of a cell that is shown.
        reason: what allows a threshold under the usual one, in a French sentence.
        suppressed: how many cells are hidden.
        provenance: what the figures were made with, as French labels and values, in order.
        notes: further limits of this very estimate, as French sentences.
        waterfall: one invented household, only when asked.
    """

    territory: str
    month: str
    households: int
    persons: int
    population: float
    total: Total
    summary: pd.DataFrame
    package: pd.DataFrame
    rights: pd.DataFrame
    groups: pd.DataFrame
    distribution: pd.DataFrame
    poverty: pd.DataFrame
    line: PovertyLine
    provenance: Mapping[str, str]
    gains: pd.DataFrame = field(default_factory=pd.DataFrame)
    groups_by: str = "Type de foyer"
    threshold: int = THRESHOLD
    reason: str | None = None
    suppressed: int = 0
    invented: bool = False
    source: str = ""
    notes: tuple[str, ...] = ()
    waterfall: Waterfall | None = field(default=None)


@lru_cache(maxsize=1)
def published_rates() -> Mapping[str, PublishedRate]:
    """The national rates that are shown as landmarks, by benefit."""
    content: dict[str, Any] = yaml.safe_load(PUBLISHED_RATES.read_text(encoding="utf-8"))
    return {benefit: PublishedRate(**each) for benefit, each in content.items()}
