"""Poverty and living standards, before and after full take-up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tznr_rules.analysts.profiles import living_standards
from tznr_rules.analysts.sample import WEIGHT, Outcomes
from tznr_rules.analysts.weighted import Array, mean, quantiles
from tznr_rules.reasons import is_confirmed, parameter
from tznr_rules.system import system

LINE = "analyse.seuil_pauvrete"
NINE_DECILES = tuple(each / 10 for each in range(1, 10))


@dataclass(frozen=True)
class PovertyLine:
    """60 % of the national median living standard, in EUR a month for one consumption unit, with its source."""

    value: float
    since: str
    title: str
    href: str
    confirmed: bool


def poverty_line(month: str) -> PovertyLine:
    """The last national line known in a month; it is that of a year of income some years before, as ``since`` says."""
    node = parameter(LINE)
    since = max(value.instant_str for value in node.values_list if value.instant_str[:7] <= month)
    source = next(entries for day, entries in node.metadata["reference"].items() if str(day) == since)[0]
    value = float(system().get_parameters_at_instant(month).analyse.seuil_pauvrete)
    return PovertyLine(value, since, str(source["title"]), str(source["href"]), is_confirmed(LINE, month))


def poverty(outcomes: Outcomes, frame: pd.DataFrame, gain: "pd.Series[float]") -> pd.DataFrame:
    """Poverty rates and deciles of the living standard now, and once everything is claimed.

    Only households whose incomes and receipts are known count, with what is told of their incomes before tax: INSEE's own rate is after
    tax, so levels are not comparable with it, the change is.

    Args:
        frame: of ``profiles``.
        gain: EUR a month that each household gains by claiming everything, as ``package`` gives it; households without one are left out.

    Returns:
        One row per measure: ``measure``, ``before``, ``after``, ``change``, ``unit``, ``households`` (unweighted, those that count),
        ``poor_before`` and ``poor_after`` (unweighted, for secrecy; see ``publication``).
        Measures: ``poor_persons`` and ``poor_households`` (shares), ``poor_households_count`` (weighted), ``d1`` to ``d9`` (EUR a month
        for one consumption unit, persons weighted).
    """
    line = poverty_line(outcomes.results.month).value
    gained = gain.reindex(frame.index)
    after = living_standards(outcomes.sample, frame, gained)["living_standard"].to_numpy(float)
    before = np.where(np.isnan(after), np.nan, living_standards(outcomes.sample, frame)["living_standard"].to_numpy(float))
    known = ~np.isnan(after)
    households = outcomes.sample.about[WEIGHT].to_numpy(float)[known]
    persons = households * frame["persons"].to_numpy(float)[known]

    def measured(standard: Array) -> dict[str, float]:
        poor = (standard < line).astype(float)
        deciles = quantiles(standard, persons, NINE_DECILES)
        return {
            "poor_persons": mean(poor, persons),
            "poor_households": mean(poor, households),
            "poor_households_count": float(households @ poor),
            **{f"d{rank}": float(value) for rank, value in enumerate(deciles, 1)},
        }

    now, then = measured(before[known]), measured(after[known])
    counted = {"households": int(known.sum()), "poor_before": int((before < line).sum()), "poor_after": int((after < line).sum())}
    units = {"poor_persons": "part", "poor_households": "part", "poor_households_count": "foyers"}
    return pd.DataFrame(
        [
            {"measure": name, "before": now[name], "after": then[name], "change": then[name] - now[name]}
            | {"unit": units.get(name, "EUR/mois"), **counted}
            for name in now
        ]
    )
