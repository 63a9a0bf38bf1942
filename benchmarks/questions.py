"""How many questions settle every benefit, on households of the shipped sample, against the length of the full form.

Each household first forgets every fact that has a question; the report is asked for the next question, the household answers what the
sample says (else no, none, or zero), and so on until no question is left. Run: ``make questions``; some minutes.
"""

import argparse
import statistics
from copy import deepcopy
from pathlib import Path
from typing import Any

from tznr_rules.analysts.tables import read_households
from tznr_rules.catalogue import questions
from tznr_rules.columns import entity_of
from tznr_rules.evaluation import evaluate
from tznr_rules.facts import NOT_KNOWN, PLACES, fact
from tznr_rules.household import Household, parse
from tznr_rules.report import Report
from tznr_rules.situation import GROUPS

SAMPLE = Path(__file__).parent.parent / "tznr_rules" / "samples" / "echantillon_synthetique_maurepas.csv"
PATHS = {entity: place for entity, place in PLACES.items() if entity in GROUPS}


def sample(every: int) -> dict[str, dict[str, Any]]:
    """One household in so many of the shipped sample, by id, as plain documents."""
    (described, _) = next(read_households(SAMPLE, date="2026-11"))
    named = zip(described.about.index, described.households, strict=True)
    return {str(name): household.document() for name, household in list(named)[::every]}


def forgetful(document: dict[str, Any]) -> dict[str, Any]:
    """The same household without any fact that has a question, but for what it earns."""
    silent = deepcopy(document)
    for place in (*silent["personnes"], *(silent.get(name, {}) for name in PATHS.values())):
        for name in [each for each in place if each in questions() and each != "salaire_net"]:
            del place[name]
    return silent


def form(household: Household) -> int:
    """The answers that a form with every question would ask of a household: each of each person, and those of the group once."""
    personal = [name for name in questions() if entity_of(name) == "individu"]
    return len(personal) * len(household.personnes) + len(questions()) - len(personal)


def answered(report: Report, truth: dict[str, Any], so_far: dict[str, Any]) -> int:
    """Answer the next question of a report, of everyone whom it is asked; say how many answers that makes."""
    question = report.questions[0]
    for path in question.paths:
        at = _place(so_far, path)
        at[question.field] = _place(truth, path).get(question.field, _no(question.field))
    return len(question.paths)


def _place(document: dict[str, Any], path: str) -> dict[str, Any]:
    head = path.rpartition(".")[0]
    if head.startswith("personnes["):
        place: dict[str, Any] = document["personnes"][int(head[len("personnes[") : -1])]
        return place
    return document.setdefault(head, {})  # type: ignore[no-any-return]


def _no(name: str) -> Any:
    """No, none, zero, or a date long ago."""
    known = fact(name)
    assert known is not None
    if known.kind == "day":
        return "1950-01-01"
    if known.kind == "choice":
        return next(each for each in known.choices if each not in {*NOT_KNOWN, *questions()[name].never})
    return 0 if known.kind in ("number", "whole") else False


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=10, help="one household in so many of the sample of 300")
    truths = sample(options.parse_args().every)
    told = {name: forgetful(document) for name, document in truths.items()}
    asked, answers = dict.fromkeys(truths, 0), dict.fromkeys(truths, 0)
    length = {name: form(parse(document)) for name, document in told.items()}
    waiting = list(truths)
    while waiting:
        reports = dict(zip(waiting, evaluate([parse(told[name]) for name in waiting]), strict=True))
        waiting = [name for name in waiting if reports[name].questions]
        for name in waiting:
            answers[name] += answered(reports[name], truths[name], told[name])
            asked[name] += 1
    print("| household | questions | answers | full form | share |\n|---|---:|---:|---:|---:|")
    for name in truths:
        print(f"| {name} | {asked[name]} | {answers[name]} | {length[name]} | {answers[name] / length[name]:.0%} |")
    middle = {key: statistics.median(values.values()) for key, values in (("q", asked), ("a", answers), ("f", length))}
    share = statistics.median(answers[name] / length[name] for name in truths)
    print(f"\nMedian: {middle['q']:g} questions ({middle['a']:g} answers) settle every benefit;")
    print(f"the full form has {middle['f']:g} ({share:.0%}).")


if __name__ == "__main__":
    main()
