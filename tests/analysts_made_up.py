"""Samples and results made by hand: no engine, round numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.sample import Outcomes, Sample
from tznr_rules.batch import GRANTED, REFUSED, UNDETERMINED, Results
from tznr_rules.catalogue import catalogue
from tznr_rules.household import Household, parse

MONTH = "2026-11"
LETTERS = {"granted": GRANTED, "refused": REFUSED, "undetermined": UNDETERMINED}
ALONE = {"date": MONTH, "personnes": [{"id": "alex", "date_naissance": "1990-05-12", "salaire_net": 500}]}


def sample(count: int, weights: Sequence[float] | None = None, household: Mapping[str, Any] = ALONE, **about: Sequence[Any]) -> Sample:
    """The same household several times."""
    index = pd.Index([f"f{row}" for row in range(count)], name="household")
    columns = {"weight": list(weights) if weights is not None else [1.0] * count, **about}
    return Sample((parse(household),) * count, pd.DataFrame(columns, index=index))


def of_households(households: Sequence[Household]) -> Sample:
    index = pd.Index([f"f{row}" for row in range(len(households))], name="household")
    return Sample(tuple(households), pd.DataFrame({"weight": 1.0}, index=index))


def outcomes(drawn: Sample, **benefits: Sequence[tuple[Any, ...]]) -> Outcomes:
    """What each household of a sample is due: by benefit, one ``(low, received)`` or ``(low, received, high)`` per household.

    A ``low`` of 0 is a refusal; a ``high`` above it, an amount that depends on answers; a receipt of None is not told.
    """
    cards = tuple(catalogue()[name] for name in benefits)
    shape = (len(drawn.households), len(cards))
    low, high, received = np.zeros(shape), np.zeros(shape), np.full(shape, np.nan)
    for column, rows in enumerate(benefits.values()):
        for row, (least, told, *most) in enumerate(rows):
            low[row, column], high[row, column] = least, most[0] if most else least
            received[row, column] = np.nan if told is None else told
    status = np.where(high > low, UNDETERMINED, np.where(low > 0, GRANTED, REFUSED)).astype(np.int8)
    exact = np.ones(shape, dtype=bool)
    return Outcomes(drawn, Results(MONTH, cards, status, low, high, exact, received, {}))
