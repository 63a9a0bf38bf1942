"""What a voice says of a question: the answers that it takes, of whom it is asked, and which rights it settles.

The sentences themselves are in ``words/<voice>/questions.yaml``.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tznr_rules import wording
from tznr_rules.speech import Speech

if TYPE_CHECKING:
    from tznr_rules.report import Question, Report

FIRST = 5  # how many questions are read at once
NAMED = 3  # how many of the rights that a question settles are named
YES_NO = ("true", "false")
OF_A_PERSON = re.compile(r"personnes\[(\d+)\]")


@dataclass(frozen=True)
class Asked:
    """A question as a voice asks it; a sentence is empty when there is nothing to say.

    ``choices`` are the answers to a question that has several, one by one; ``expected`` says in one sentence what may be answered.
    """

    text: str
    choices: tuple[str, ...]
    expected: str
    whom: str
    settles: str


def asked(said: Speech, report: "Report") -> list[Asked]:
    """The questions of a report in their order: what settles most comes first."""
    names = _names(report)
    return [_asked(said, each, report, names) for each in report.questions]


def _asked(said: Speech, question: "Question", report: "Report", names: dict[int, str]) -> Asked:
    choices = () if is_yes_no(question) else tuple(said.of(each.label) for each in question.answers)
    persons = [int(found[1]) for found in map(OF_A_PERSON.match, question.paths) if found]
    told = [names.get(person, f"personne_{person + 1}") for person in persons] if len(names) > 1 else []
    benefits = settled(said, question, report)
    return Asked(
        text=said.of(question.question),
        choices=choices,
        expected=_expected(said, question, choices),
        whom=said.asking("whom", names=said.names(told)) if told else "",
        settles=said.asking("settles", benefits=benefits) if benefits else "",
    )


def is_yes_no(question: "Question") -> bool:
    """Whether the answer is yes or no."""
    return tuple(each.value for each in question.answers) == YES_NO


def _expected(said: Speech, question: "Question", choices: tuple[str, ...]) -> str:
    if choices:
        return said.asking("answers", answers=said.voice.say("typography.labels").join(choices))
    if question.answers:
        yes_no = {"first": said.quantity(True), "last": said.quantity(False)}
        return said.asking("answers", answers=said.asking("or", **yes_no))
    known = f"units.{question.unit}"
    return said.asking("number", what=said.asking(known if said.voice.has(f"questions.{known}") else "any_number"))


def settled(said: Speech, question: "Question", report: "Report") -> str:
    """The rights that an answer settles: the first ones by name, then how many others."""
    labels = {benefit.id: said.label(benefit).removesuffix(said.say("may_ask_suffix")) for benefit in report.benefits}
    return wording.few((labels.get(each, each) for each in question.benefits), NAMED, "questions", said.voice)


def _names(report: "Report") -> dict[int, str]:
    """The names of the persons, by rank; those whom a question is about when the report does not remember its household."""
    if report.household is not None:
        return {rank: str(person.get("id") or f"personne_{rank + 1}") for rank, person in enumerate(report.household["personnes"])}
    paths = (OF_A_PERSON.match(path) for question in report.questions for path in question.paths)
    return {int(found[1]): f"personne_{int(found[1]) + 1}" for found in paths if found}
