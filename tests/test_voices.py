"""The voices say the same things and show no name of the code; their wording is kept in golden files."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_docs import DOCS
from tests.test_report import Page, sample
from tznr_rules import wording
from tznr_rules.assumptions import about_combinations
from tznr_rules.catalogue import catalogue, not_assessed, questions
from tznr_rules.errors import LawError, VoiceUnknown
from tznr_rules.evaluation import entitlements
from tznr_rules.facts import NOT_KNOWN, fact
from tznr_rules.household import read
from tznr_rules.languages import FRENCH, VOICES, Voice, filled, own_sentences, translations, voice
from tznr_rules.locations import CATALOGUE, WORDS
from tznr_rules.report import Report
from tznr_rules.system import system

HOUSEHOLDS = sorted((Path(__file__).parent.parent / "tznr_rules" / "households").glob("*.yaml"))
EASY, ENGLISH = Voice("falc"), Voice("en")
OTHERS = ("falc", "en")
SAID_AS_IN_FRENCH = ("gap", "institution", "unit", "label", "share", "why_not_assessed", "detail")
HOLES = re.compile(r"\{(\w+)\}")


def catalogue_texts() -> Iterator[tuple[str, str]]:
    """Every French text of the catalogue and of the law that a report may show, with what it is."""
    variables = system().variables
    for card in catalogue().values():
        yield "label", card.label or str(variables[card.variable].label)
        yield from (("institution", card.institution), ("summary", card.summary), ("share", card.share), ("paid", card.paid or ""))
        yield from (("where", card.apply.where), ("renewal", card.apply.renewal or ""))
        yield from (("document", text) for text in card.apply.documents)
        yield from (("condition", str(variables[condition.variable].label)) for condition in card.conditions)
        yield from (("to_check", text) for text in card.to_check)
        yield from (("gap", text) for text in card.gaps)
        yield from (("detail", str(variables[name].label)) for name in {**card.details, **card.details_by_person}.values())
    for card in questions().values():
        yield from (("question", text) for text in (card.question, *card.answers.values()))
    for gap in not_assessed():
        yield from (("label", gap.label), ("institution", gap.institution), ("why_not_assessed", gap.why))
    for sentence in yaml.safe_load((CATALOGUE / "assumptions.yaml").read_text(encoding="utf-8")).values():
        yield from (("assumption", sentence["assumed"]), ("assumption_why", sentence["why"]))


@pytest.fixture(scope="module")
def golden() -> dict[str, str]:
    return dict(DOCS.golden())


@pytest.fixture(scope="module")
def report() -> Report:
    return entitlements(read(HOUSEHOLDS[1]), interactions=False)


# Every voice says everything


@pytest.mark.parametrize("name", OTHERS)
def test_a_voice_says_no_sentence_that_french_does_not(name: str) -> None:
    assert sorted(own_sentences(name).keys() - own_sentences("fr").keys() - {"typography.unit", "typography.period"}) == [
        key for key in sorted(own_sentences(name).keys() - own_sentences("fr").keys()) if key.startswith("typography.")
    ]


def test_english_says_every_sentence() -> None:
    assert sorted(own_sentences("fr").keys() - own_sentences("en").keys() - {"typography.singular.mois", "typography.singular.fois"}) == []


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_values_fill_a_sentence_in_every_voice(name: str) -> None:
    french = own_sentences("fr")
    differ = {key for key, text in own_sentences(name).items() if set(HOLES.findall(text)) != set(HOLES.findall(french.get(key, text)))}
    assert differ == set()


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_values_fill_a_text_of_the_catalogue_in_every_voice(name: str) -> None:
    said = translations(name).items()
    assert [text for text, other in said if set(HOLES.findall(text)) != set(HOLES.findall(other))] == []


@pytest.mark.parametrize("name", OTHERS)
def test_every_text_of_the_catalogue_is_said_in_every_voice(name: str) -> None:
    said, texts = translations(name), list(catalogue_texts())
    as_in_french = {text for kind, text in texts if name == "falc" and kind in SAID_AS_IN_FRENCH}
    missing = dict.fromkeys(f"{kind}: {text}" for kind, text in texts if text and text not in said and text not in as_in_french)
    assert list(missing) == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_is_of_a_text_that_exists(name: str) -> None:
    known = {text for _, text in catalogue_texts()} | {condition.unit for card in catalogue().values() for condition in card.conditions}
    assert sorted(translations(name).keys() - known) == []


def test_a_text_is_said_once_in_a_voice() -> None:
    for name in OTHERS:
        entries = [entry["fr"] for path in (WORDS / name / "catalogue").glob("*.yaml") for entry in yaml.safe_load(path.read_text("utf-8"))]
        assert len(entries) == len(set(entries))


def test_every_question_says_what_may_be_answered() -> None:
    for name, card in questions().items():
        known = fact(name)
        if known is not None and known.choices:
            accepted = set(known.choices) - {*NOT_KNOWN, *card.never}
            assert (name, set(card.answers)) == (name, accepted)
            assert len(set(card.answers.values())) == len(accepted)
        else:
            assert (name, card.answers) == (name, {})
            assert card.unit is None or FRENCH.has(f"questions.units.{card.unit}"), name
            assert card.unit is not None or known is None or known.kind in ("yes_no", "right"), name


def test_no_question_holds_a_code() -> None:
    for card in questions().values():
        for text in (card.question, *card.answers.values()):
            for spoken in map(Voice, VOICES.values()):
                assert not re.search(r"\w_\w", spoken.of(text))


@pytest.mark.parametrize(
    ("count", "said"), [(1, "A0"), (5, "A0, A1, A2, A3 et A4"), (6, "A0, A1, A2, A3, A4 et 1 autre"), (9, "A0, A1, A2, A3, A4 et 4 autres")]
)
def test_of_many_benefits_not_tried_whole_the_first_five_are_named(count: int, said: str) -> None:
    [assumption] = about_combinations(f"A{rank}" for rank in range(count))
    assert assumption.assumed.endswith(f": {said}")
    assert ENGLISH.of(assumption.assumed).endswith(f": {said}".replace(" et ", " and ").replace("autre", "other"))


# What is shown


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", VOICES.values())
def test_the_wording_is_the_one_of_the_golden_file(golden: dict[str, str], household: Path, name: str) -> None:
    file = f"{household.stem}.{name}.txt"
    assert golden[file] == (DOCS.GOLDEN / file).read_text(encoding="utf-8"), "run 'make docs', then read what has changed"


def test_no_golden_file_is_left_over(golden: dict[str, str]) -> None:
    assert sorted(path.name for path in DOCS.GOLDEN.glob("*")) == sorted(golden)


def words_of(text: str) -> str:
    return re.sub(r"https?://\S+", "", text)


@pytest.mark.parametrize("name", VOICES.values())
def test_no_name_of_the_code_is_shown(golden: dict[str, str], report: Report, name: str) -> None:
    spoken = next(each for each, known in VOICES.items() if known == name)
    for text in (*(text for file, text in golden.items() if f".{name}." in file), Page(report.to_html(*spoken)).text()):
        assert re.findall(r"\b\w+_\w+\b|[{}]|None|\w\.\w+\[", words_of(text)) == []


def test_english_leaves_no_sentence_of_ours_in_french(golden: dict[str, str]) -> None:
    french = re.compile(r"\b(?:vous|votre|vos|n'est|est|sont|avez|pas|cette|aucune?)\b", re.I)
    for file, text in golden.items():
        if ".en." not in file:
            continue
        paragraphs = re.split(r"\n(?=\S| *- | *\[)|\n\n", words_of(text))
        ours = [each for each in paragraphs if not re.match(r" *\[\d+\]", each)]
        assert [each for each in ours if len({match.lower() for match in french.findall(each)}) >= 2] == []


def test_the_easy_report_is_shorter_and_cites_no_law(golden: dict[str, str]) -> None:
    for household in HOUSEHOLDS:
        easy, plain = golden[f"{household.stem}.falc.txt"], golden[f"{household.stem}.fr.txt"]
        assert len(easy) < len(plain) / 2
        assert "legifrance" not in easy
        assert FRENCH.say("report.gaps") not in easy


def test_a_voice_is_chosen_by_language_and_style(report: Report) -> None:
    assert report.to_text().startswith("VOS DROITS EN NOVEMBRE 2026")
    assert report.to_text(language="en").startswith("YOUR RIGHTS IN NOVEMBER 2026")
    assert '<html lang="en">' in report.to_html(language="en")
    assert '<html lang="fr">' in report.to_html(style="falc")
    with pytest.raises(VoiceUnknown, match="language='fr' style='falc'"):
        report.to_text(language="en", style="falc")


# How things are written


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1043.59, "EUR/mois", "€1,043.59/month"), (-3.2, "EUR", "-€3.20"), (85, "percent", "85%"), (1, "ans", "1 year"),
        (36, "ans", "36 years"),
        (1, "enfants", "1 child"), (3, "enfants", "3 children"), ("2026-04-01", None, "1 April 2026"), (True, None, "yes"),
        (12, "heures/semaine", "12 hours/week"), (150, "EUR/trimestre", "€150/quarter"),
    ],
)  # fmt: skip
def test_english_quantities(value: Any, unit: str | None, expected: str) -> None:
    assert wording.plain(wording.quantity(value, unit, ENGLISH)) == expected


def test_easy_french_says_how_often_in_words() -> None:
    assert wording.plain(wording.quantity(1043.59, "EUR/mois", EASY)) == "1 043,59 € par mois"


def test_every_unit_of_the_catalogue_is_said_in_english() -> None:
    units = {condition.unit for card in catalogue().values() for condition in card.conditions if condition.unit}
    said = {unit: wording.quantity(2, unit, ENGLISH) for unit in units}
    french = re.compile(r"\b(?:ans?|mois|jours?|heures?|enfants?|trimestres?|semaine)\b")
    assert {unit for unit, text in said.items() if french.search(text)} == set()


def test_a_filled_text_is_a_text_that_another_voice_says_again() -> None:
    told = filled("report.not_modelled.since", since=partial(wording.day, "2026-09"))
    assert wording.plain(told) == "Ses règles ne sont écrites que depuis septembre 2026."
    assert wording.plain(ENGLISH.of(told)) == "Its rules are written only from September 2026."
    assert type(replace(sample().not_assessed[0], why=told).why) is type(told)


def test_an_unknown_sentence_is_our_fault() -> None:
    with pytest.raises(LawError, match=r"words/en has no sentence 'report\.nothing'"):
        voice("en").say("report.nothing")
