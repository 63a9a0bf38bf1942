"""A sample of households, and what they are due: the two tables that every estimate is made from."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.batch import Results
from tznr_rules.household import Household

WEIGHT, STRATUM = "weight", "stratum"
Content = Literal["status", "low", "high", "exact", "received"]


@dataclass(frozen=True)
class Sample:
    """Households of one month, and what the analyst says beside.

    ``about`` has one row per household, in the order of ``households``; its index, named ``household``, holds their ids. Its column
    ``weight`` is how many households of the population each one stands for; ``stratum``, when there is one, how it was drawn; the others
    are the analyst's own.
    """

    households: tuple[Household, ...]
    about: pd.DataFrame

    @property
    def month(self) -> str:
        return self.households[0].date

    @property
    def weights(self) -> NDArray[np.float64]:
        """How many households of the population each one stands for."""
        return self.about[WEIGHT].to_numpy(float)

    @property
    def strata(self) -> "pd.Series[Any] | None":
        """How each one was drawn."""
        return self.about.get(STRATUM)


@dataclass(frozen=True)
class Outcomes:
    """A sample and what each of its households is due."""

    sample: Sample
    results: Results

    def table(self, content: Content) -> pd.DataFrame:
        """One array of the results as a table: a row per household, a column per benefit id."""
        columns = [card.id for card in self.results.cards]
        return pd.DataFrame(getattr(self.results, content), index=self.sample.about.index, columns=columns)
