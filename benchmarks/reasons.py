"""What reasons and unknown answers cost: two ratios, of processor time, alternating in one process, medians.

- On a batch: the amounts of every benefit with whether each condition holds, over the amounts alone; then with the figures of the reasons
  too (what is observed, and the threshold), which a report computes for the households that it is about.
- On one household that tells no answer to any question: the report with those answers tried, over the report in which they are not.

Run: ``make reasons``.
"""

import argparse
import statistics
from collections.abc import Callable
from time import process_time
from typing import Any
from unittest.mock import patch

from questions import SAMPLE, forgetful
from tznr_rules import lived, simulation, unknowns
from tznr_rules.analysts.tables import read_households
from tznr_rules.catalogue import cards
from tznr_rules.evaluation import evaluate
from tznr_rules.household import Household, parse

MONTH = "2026-11"


def ratio(one: Callable[[], Any], other: Callable[[], Any], times: int) -> tuple[float, float, float]:
    """The median seconds of each of two calls, alternating after one of each that does not count, and the first over the second."""
    taken: dict[Callable[[], Any], list[float]] = {one: [], other: []}
    for turn in range(times + 1):
        for call in (one, other):
            start = process_time()
            call()
            if turn:
                taken[call].append(process_time() - start)
    first, second = (statistics.median(taken[call]) for call in (one, other))
    return first, second, first / second


def reasons_over_amounts(households: list[Household], figures: bool, times: int) -> tuple[float, float, float]:
    """Amounts with reasons over amounts alone, on a batch."""
    modelled = [card for card in cards() if card.models(MONTH)]
    built = lived.build(households, simulation.estimate_notices, assumptions=False)
    amounts = [card.variable for card in modelled]
    conditions = [condition.variable for card in modelled for condition in card.conditions]
    reasons = dict.fromkeys([*amounts, *conditions, *(name for card in modelled if figures for name in card.variables())])
    return ratio(lambda: simulation.run(built, reasons), lambda: simulation.run(built, amounts), times)


def unknowns_over_nothing(household: Household, times: int) -> tuple[float, float, float]:
    """A report with its unknown answers over one that tries none."""

    def without() -> None:
        with patch.object(unknowns.Worlds, "_unsaid", lambda *_: {}):
            evaluate([household])

    return ratio(lambda: evaluate([household]), without, times)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--households", type=int, default=3000, help="in the batch: the shipped sample, repeated")
    options.add_argument("--singles", type=int, default=10, help="households of the sample evaluated alone")
    options.add_argument("--times", type=int, default=15)
    chosen = options.parse_args()
    (described, _) = next(read_households(SAMPLE, date=MONTH))
    sample = list(described.households)
    batch = (sample * (chosen.households // len(sample) + 1))[: chosen.households]
    for figures, said in ((False, "conditions"), (True, "conditions and figures")):
        reasons, alone, share = reasons_over_amounts(batch, figures, chosen.times)
        print(f"{len(batch)} households: {reasons:.2f} s with {said}, {alone:.2f} s without: {share:.2f} times")
    silent = [parse(forgetful(household.document())) for household in sample[:: len(sample) // chosen.singles]]
    found = [unknowns_over_nothing(household, chosen.times) for household in silent]
    tried, nothing, times = (statistics.median(each[place] for each in found) for place in range(3))
    most = max(each[2] for each in found)
    print(f"one household: {tried:.2f} s with its unknown answers, {nothing:.2f} s without: {times:.2f} times; at most {most:.2f}")


if __name__ == "__main__":
    main()
