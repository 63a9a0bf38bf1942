"""A report shown as text, page, JSON and table, on a household made by hand with every kind of benefit."""

import json
import math
import re
from dataclasses import FrozenInstanceError, replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import numpy
import pytest
from pydantic import TypeAdapter

from tznr_rules import wording
from tznr_rules.errors import BenefitUnknown
from tznr_rules.languages import Voice
from tznr_rules.report import (
    Answer,
    Assumption,
    Benefit,
    Event,
    NotAssessed,
    Provenance,
    Question,
    Reason,
    Reference,
    Report,
    SubjectResult,
    json_schema,
)
from tznr_rules.speech import Speech

HOSTILE = '<script>alert("1")</script>\x1b[31m\u202e'
LAW = "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042000001"
CASF = Reference("Article L262-2 du code de l'action sociale et des familles", LAW, "2026-04-01")
DELIBERATION = Reference("Délibération C 26.041 de Rennes Métropole", "https://metropole.rennes.fr/star", "2026-09")
AGE = Reason("rsa_condition_age", "Avoir l'âge requis ou un enfant à charge", True, "nadia", 36, 25, "at_least", "ans", 11, (CASF,))
CEILING = "Avoir des ressources sous le plafond"
MEANS = Reason("rsa_condition_ressources", CEILING, True, "nadia", 850.0, 1262.37, "at_most", "EUR/mois", 412.37, (CASF,))
UNSURE = replace(AGE, id="rsa_condition_logement", label="Avoir un logement", holds=None, observed=None, threshold=None, margin=None)
GRANTED = {"status": "granted", "amount": 651.69}
YES_OR_NO = (Answer("true", "oui"), Answer("false", "non"))
APPLY = {
    "url": "https://www.caf.fr/demande",
    "where": "CAF d'Ille-et-Vilaine",
    "documents": ["Pièce d'identité", "Relevé d'identité bancaire"],
    "renewal": "quarterly",
}


def benefit(identifier: str, label: str, status: str, amount: float | None, **others: Any) -> Benefit:
    usual: dict[str, Any] = {
        "institution": "CAF", "domain": "ressources", "level": "national", "amount_range": None, "unit": "EUR", "periodicity": "monthly",
        "summary": f"À quoi sert l'aide {label}.", "apply": APPLY,
    }  # fmt: skip
    return Benefit(**{**usual, "id": identifier, "label": label, "status": status, "amount": amount, **others})


def refusal(identifier: str, label: str, *reasons: Reason, **others: Any) -> Benefit:
    return benefit(identifier, label, "refused", 0.0, reasons=reasons, **others)


def sample() -> Report:
    pregnant = Reason("paje_condition_grossesse", "Attendre un enfant", None, "nadia", references=(CASF,))
    near = Reason("cf_condition_ressources", CEILING, False, "nadia", 4010.0, 4000.0, "at_most", "EUR/an", -10.0, (CASF,))
    far = Reason("cf_condition_enfants", "Avoir assez d'enfants à charge", False, "nadia", 1, 3, "at_least", "enfants", -2, (CASF,))
    never = Reason("aah_condition_taux", "Avoir une incapacité reconnue", False, "nadia", references=(CASF,))
    housing = (
        SubjectResult("nadia", "granted", 271.0, ("nadia", "lea"), (MEANS,)),
        SubjectResult(HOSTILE, "refused", 0.0, (), (replace(near, subject=HOSTILE),)),
    )
    return Report(
        date="2026-11",
        benefits=(
            refusal("aah", "Allocation aux adultes handicapés", never),
            refusal("cf", "Complément familial", AGE, far, near),
            refusal("css_1_euro", "Prime bientôt possible", near, received=50.0),
            benefit(
                "rsa", "Revenu de solidarité active", "granted", 412.37, beneficiaries=("nadia", "lea"), received=0.0, unclaimed=412.37,
                reasons=(AGE, MEANS), to_check=("Avoir fait valoir tous vos autres droits.",),
                paid="Montant versé, après retrait de la CRDS.", gaps=("Les mois où vous avez été à l'étranger.",),
            ),
            benefit(
                "aide_logement", "Aide au logement", "granted", 631.22, domain="logement", beneficiaries=("nadia", "lea", HOSTILE),
                received=271.0, unclaimed=360.22, by_subject=housing, reasons=(MEANS,), details={"kind": "apl"}, confirmed=False,
            ),
            benefit(
                "ars", "Allocation de rentrée scolaire", "granted", 423.48, domain="enfance", periodicity="once", beneficiaries=("lea",),
            ),
            benefit(
                "cheque_energie", "Chèque énergie", "granted", 194.0, domain="energie", periodicity="yearly", received=194.0, unclaimed=0.0,
            ),
            benefit(
                "complementaire_sante_solidaire", "Complémentaire santé solidaire", "granted", 1.0, unit="right", domain="sante",
                details={"participation": 0.0}, institution="CPAM", received=0.0, unclaimed=1.0,
            ),
            benefit(
                "rennes_metropole_star", "Tarif solidaire STAR", "granted", 85.0, unit="percent", domain="mobilite", level="local",
                institution="Rennes Métropole", reasons=(replace(AGE, references=(DELIBERATION,)),),
                details={"by_person": {"nadia": {"tier": 85, "monthly_price": 6.9}, HOSTILE: {"tier": 0, "monthly_price": 46.0}}},
            ),
            benefit(
                "paje_naissance", "Prime à la naissance", "undetermined", None, amount_range=(0.0, 1084.43), periodicity="once",
                domain="enfance", reasons=(pregnant, replace(MEANS, id="paje_condition_ressources")),
            ),
        ),
        assumptions=(Assumption("personnes[0].nationalite", "Nationalité française", "Vous ne l'avez pas indiquée."),),
        questions=(
            Question("enceinte", "Attendez-vous un enfant ?", ("paje_naissance",), ("personnes[0].enceinte",), YES_OR_NO),
        ),
        not_assessed=(NotAssessed("Fonds de solidarité pour le logement", "Département", "La décision est prise par une commission."),),
        provenance=Provenance("0.1.0", "176.1.8", "44.7.1", "2026-11-01", "ab" * 32),
    )  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    return sample()


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return report.to_text()


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return report.to_html()


def flat(text: str) -> str:
    return " ".join(text.split())


class Page(HTMLParser):
    """The tags that open and close, the headings and the words of a page."""

    VOID = frozenset({"meta", "br", "link", "hr", "img", "input"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "ul", "ol", "div", "article", "details") and "p" in self.open:
            self.faults.append(f"<{tag}> inside a paragraph")
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def text(self) -> str:
        return flat(wording.plain("".join(self.words)))


# Reading a report


def test_a_benefit_is_found_by_its_id(report: Report) -> None:
    assert report["rsa"].amount == 412.37
    assert "rsa" in report
    assert "rsb" not in report
    assert len(report) == len(list(report)) == 10


def test_an_unknown_benefit_gives_the_nearest_name(report: Report) -> None:
    with pytest.raises(BenefitUnknown, match="Did you mean 'aide_logement'"):
        report["aides_logement"]


def test_benefits_are_told_apart_by_status(report: Report) -> None:
    assert [each.id for each in report.refused] == ["aah", "cf", "css_1_euro"]
    assert [each.id for each in report.undetermined] == ["paje_naissance"]
    assert len(report.granted) == 6


def test_a_report_cannot_be_changed(report: Report) -> None:
    with pytest.raises(FrozenInstanceError):
        report.date = "2027-01"  # type: ignore[misc]


def test_failed_reasons_come_nearest_first(report: Report) -> None:
    assert [reason.id for reason in report["cf"].failed] == ["cf_condition_ressources", "cf_condition_enfants"]


@pytest.mark.parametrize(
    ("observed", "threshold", "margin", "distance"),
    [
        (4010.0, 4000.0, -10.0, 0.0025), (50.0, 0, -50.0, 1.0), (0, 0, 0.0, 0.0), (None, None, None, math.inf),
        (1.0, 2.0, math.nan, math.inf),
    ],
)  # fmt: skip
def test_distance_is_a_share_of_the_threshold(observed: Any, threshold: Any, margin: Any, distance: float) -> None:
    assert Reason("x", "X", False, "nadia", observed, threshold, "at_most", "EUR", margin).distance == distance


def test_only_monthly_euros_are_added(report: Report) -> None:
    assert report.monthly_total == 1043.59
    assert report.monthly_unclaimed == 772.59
    assert replace(report, benefits=report.refused).monthly_total is None


# JSON


def test_json_is_the_contract(report: Report) -> None:
    content = report.to_dict()
    known = {"date", "benefits", "assumptions", "questions", "not_assessed", "provenance", "local_values", "interactions", "coming"}
    assert set(content) == known
    rsa = next(each for each in content["benefits"] if each["id"] == "rsa")
    contract = {
        "id", "label", "institution", "domain", "level", "status", "amount", "amount_range", "unit", "periodicity", "beneficiaries",
        "received", "unclaimed", "reasons", "by_subject", "details", "to_check", "apply", "confirmed",
    }  # fmt: skip
    assert contract <= set(rsa)
    assert set(rsa) - contract == {
        "summary", "paid", "gaps", "not_with", "discretionary", "for_everyone", "not_modelled", "figures", "share", "in_total",
        "amount_alone", "amount_with_all", "exact",
    }  # fmt: skip
    assert rsa["beneficiaries"] == ["nadia", "lea"]
    assert rsa["reasons"][0] == {
        "id": "rsa_condition_age", "label": "Avoir l'âge requis ou un enfant à charge", "holds": True, "subject": "nadia", "observed": 36,
        "threshold": 25, "comparison": "at_least", "unit": "ans", "margin": 11,
        "references": [{"title": CASF.title, "href": LAW, "date": "2026-04-01"}],
    }  # fmt: skip


def test_json_loses_nothing(report: Report) -> None:
    assert TypeAdapter(Report).validate_json(report.to_json()) == report


def test_json_is_valid_against_its_schema(report: Report) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(json.loads(report.to_json()), json_schema())
    wrong = report.to_dict()
    wrong["benefits"][0]["status"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json_schema())


def test_every_key_is_in_the_schema_and_required(report: Report) -> None:
    schema = json_schema()
    content = report.to_dict()
    benefit = content["benefits"][1]
    for definition, value in ((schema, content), (schema["$defs"]["Benefit"], benefit), (schema["$defs"]["Reason"], benefit["reasons"][0])):
        assert set(definition["required"]) == set(value)
        assert definition["additionalProperties"] is False


def test_json_has_only_plain_values(report: Report) -> None:
    of_numpy: dict[str, Any] = {"observed": numpy.float32(36.0), "threshold": numpy.int64(25), "holds": numpy.bool_(True)}
    odd = replace(AGE, **of_numpy, margin=math.nan)
    reason = replace(report, benefits=(replace(report["rsa"], reasons=(odd,)),)).to_dict()["benefits"][0]["reasons"][0]
    assert (reason["observed"], reason["threshold"], reason["holds"], reason["margin"]) == (36.0, 25, True, None)
    assert reason["holds"] is True


# Table


def test_table_has_one_row_per_benefit(report: Report) -> None:
    frame = report.to_frame().set_index("id")
    assert list(frame.index) == [each.id for each in report]
    assert frame.loc["cf", "nearest_reason"] == "Avoir des ressources sous le plafond"
    assert list(frame.loc["paje_naissance", ["amount_min", "amount_max"]]) == [0.0, 1084.43]
    assert list(frame.loc["rsa", ["beneficiaries", "date"]]) == ["nadia, lea", "2026-11"]


def test_table_of_an_empty_report_keeps_its_columns(report: Report) -> None:
    frame = replace(report, benefits=()).to_frame()
    assert len(frame) == 0
    assert "nearest_reason" in frame


# What is read: the same sentences in the text and on the page


SENTENCES = [
    "Total de ce qui est versé chaque mois",
    "1 043,59 €/mois",
    "772,59 €/mois",
    "412,37 €/mois",
    "423,48 € en une fois",
    "194 €/an",
    "Droit ouvert",
    "Réduction de 85 %",
    "De 0 à 1 084,43 € en une fois",
    "Déjà perçu : 0 €/mois. Non réclamé : 412,37 €/mois.",
    "Non réclamé : rien, vous percevez déjà ce montant.",
    "Ce droit n'est pas réclamé.",
    "Déjà perçu : 50 €/mois. Ce calcul ne trouve pas ce droit",
    "Montant à confirmer : une valeur de la règle n'a pas encore de source officielle.",
    "Condition remplie : Avoir l'âge requis ou un enfant à charge",
    "Pris en compte : 36 ans. Règle : au moins 25 ans. Marge : 11 ans.",
    "Condition non remplie : Avoir des ressources sous le plafond",
    "Pris en compte : 4 010 €/an. Règle : au plus 4 000 €/an. Dépassement : 10 €/an.",
    "Pris en compte : 1 enfant. Règle : au moins 3 enfants. Il manque 2 enfants.",
    "Condition à vérifier : Attendre un enfant",
    "Article L262-2 du code de l'action sociale et des familles, depuis le 1er avril 2026",
    "Délibération C 26.041 de Rennes Métropole, depuis septembre 2026",
    "Attendez-vous un enfant ?",
    "Réponses possibles : oui ou non.",
    "Cette réponse compte pour : Prime à la naissance.",
    "Pour nadia et lea.",
    "Participation à payer : aucune, c'est gratuit",
    "nadia : Palier : 85 ; Prix : 6,90 €/mois",
    "Type d'aide : aide personnalisée au logement (APL)",
    "Renouvellement : tous les trois mois",
    "Vos droits en novembre 2026",
    "Droit en vigueur au : 1er novembre 2026",
    "Fonds de solidarité pour le logement (Département) : La décision est prise par une commission.",
]


def test_documents_are_listed(text: str, html: str) -> None:
    assert "Papiers à préparer :\n  - Pièce d'identité\n  - Relevé d'identité bancaire\n" in text
    assert "Papiers à préparer (2)" in Page(html).text()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_text_says(text: str, sentence: str) -> None:
    assert sentence.lower() in flat(text).lower()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_page_says(html: str, sentence: str) -> None:
    assert sentence in Page(html).text()


def test_each_benefit_is_shown_in_its_place(text: str) -> None:
    order = [
        "Aide au logement (CAF)", "Revenu de solidarité active (CAF)", "Chèque énergie (CAF)", "Allocation de rentrée scolaire (CAF)",
        "Tarif solidaire STAR (Rennes Métropole)", "Complémentaire santé solidaire (CPAM)", "Prime à la naissance (CAF)",
        "Prime bientôt possible (CAF)", "Complément familial (CAF)", "Allocation aux adultes handicapés (CAF)", "Nationalité française",
        "Fonds de solidarité pour le logement", "OpenFisca-France",
    ]  # fmt: skip
    places = [text.rindex(label) for label in order]
    assert places == sorted(places)


def test_the_page_begins_with_what_is_worth_most_and_is_not_claimed(html: str) -> None:
    order = [
        "À demander d'abord", "Revenu de solidarité active", "Aide au logement", "Allocation de rentrée scolaire", "À demander ensuite",
        "Complémentaire santé solidaire", "Tarif solidaire STAR", "Ce que vous recevez déjà", "Chèque énergie",
        "Les questions auxquelles répondre (1)", "Ce qui reste à vérifier", "Prime à la naissance", "Ce que nous avons supposé",
        "Nationalité française",
        "Ce à quoi vous n'avez pas droit aujourd'hui", "Prime bientôt possible", "Complément familial", "Allocation aux adultes handicapés",
        "Ce que ce calcul n'examine pas", "Fonds de solidarité pour le logement", "Comment ce résultat est calculé",
        "D'où vient ce résultat", "OpenFisca-France",
    ]  # fmt: skip
    page, place = Page(re.sub(r"<nav.*?</nav>", "", html, flags=re.S)).text(), 0
    for label in order:
        place = page.index(label, place)


def test_the_nearest_reason_is_read_first(text: str) -> None:
    refused = text[text.index("Complément familial (CAF)") :]
    places = [refused.index(label) for label in ("Avoir des ressources sous", "Avoir assez d'enfants")]
    assert places == sorted(places)


def test_a_refusal_says_in_a_text_what_is_missing_only(text: str) -> None:
    refused = text[text.index("Complément familial (CAF)") :]
    assert "Condition remplie" not in refused[: refused.index("\n\n")]


def test_several_subjects_each_have_their_reasons(text: str) -> None:
    assert "- nadia : 271 €/mois" in text
    assert '- <script>alert("1")</script>[31m : Pas de droit aujourd\'hui' in text


def test_text_has_plain_spaces_and_no_control_character(text: str) -> None:
    assert not re.search(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert all(len(line) <= 88 or "http" in line for line in text.splitlines())
    assert "\n\n\n" not in text


def test_str_is_the_text(report: Report, text: str) -> None:
    assert str(report) == text


def test_an_empty_report_can_be_read(report: Report) -> None:
    empty = replace(report, benefits=(), assumptions=(), questions=(), not_assessed=())
    assert "Aucun droit trouvé" in empty.to_text()
    assert not Page(empty.to_html()).faults


# The page


def test_page_is_well_formed(report: Report, html: str) -> None:
    assert Page(html).faults == []
    assert Page(report._repr_html_()).faults == []


def test_page_runs_nothing_and_asks_nothing_of_the_network(report: Report, html: str) -> None:
    for source in (html, report._repr_html_()):
        tags = Page(source).tags
        assert not {"script", "img", "iframe", "link", "object", "form"} & {tag for tag, _ in tags}
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name in ("src", "style")]
        assert "url(" not in source
        assert "@import" not in source
    assert "default-src 'none'" in html


def test_subjects_who_have_the_same_are_taken_together(report: Report) -> None:
    same = tuple(SubjectResult(name, "granted", 75.0, (name,), (replace(AGE, subject=name),)) for name in ("nadia", "lea"))
    other = SubjectResult("sami", "refused", 0.0, (), (replace(AGE, subject="sami", holds=False),))
    figures = {"by_person": {"nadia": {"tier": 2}, "lea": {"tier": 2}}}
    granted = replace(report["rsa"], by_subject=(*same, other), reasons=same[0].reasons, details=figures)
    assert [subjects for subjects, _ in granted.outcomes] == [("nadia", "lea"), ("sami",)]
    read = replace(report, benefits=(granted,))
    for text in (flat(read.to_text()), Page(read.to_html()).text()):
        assert "nadia et lea : 75 €/mois chacun" in text
        assert "nadia et lea : Palier : 2" in text


def test_texts_are_cited_once(text: str) -> None:
    rsa = text[text.index("\nRevenu de solidarité active (CAF)") :].partition("\n\n")[0]
    assert rsa.count(LAW) == 1
    assert "Avoir l'âge requis ou un enfant à charge [1]" in rsa
    assert "Textes :\n  [1] Article L262-2" in rsa


def test_hostile_names_are_only_names(html: str) -> None:
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;" in html
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_the_page_says_what_is_going_to_change(report: Report) -> None:
    stops = Event(
        month="2027-03", day="2027-03-10", benefit="rsa", label="Revenu de solidarité active",
        institution="CAF", kind="stops", before=412.37, after=0.0, unit="EUR", periodicity="monthly", cause="birthday", subject="nadia",
        why="", action="", by="2027-03-31", url=LAW, since="2027-02", people=("nadia",), age=37,
    )  # fmt: skip
    changing = replace(report, coming=(stops,))
    assert "10 mars 2027" in Page(changing.to_html()).text()
    assert "412,37 €" in Page(changing.to_html()).text().partition("Ce qui va changer")[2]
    assert "10 March 2027" in Page(changing.to_html("en")).text()
    assert "Ce qui va changer" not in report.to_html()


def test_links_are_safe_and_say_where_they_lead(report: Report) -> None:
    bad = replace(CASF, href="javascript:alert(1)")
    hostile = replace(report["rsa"], apply={**APPLY, "url": "javascript:alert(2)"}, reasons=(replace(AGE, references=(bad,)),))
    html = replace(report, benefits=(hostile, report["aide_logement"])).to_html()
    links = [attributes for tag, attributes in Page(html).tags if tag == "a"]
    assert all((link["href"] or "").startswith(("https://", "#")) for link in links)
    assert all(link.get("rel") == "noopener" for link in links if not (link["href"] or "").startswith("#"))
    assert "javascript" not in html


def test_page_is_in_french_with_headings_in_order(report: Report, html: str) -> None:
    tags = Page(html).tags
    assert dict(tags)["html"] == {"lang": "fr"}
    ranks = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))
    anchors = {attributes["href"] for tag, attributes in tags if tag == "a" and (attributes["href"] or "").startswith("#")}
    assert anchors <= {f"#{attributes['id']}" for _, attributes in tags if "id" in attributes}


def test_fragment_keeps_to_itself(report: Report) -> None:
    fragment = report._repr_html_()
    assert fragment.startswith('<div class="tznr" lang="fr">')
    assert " id=" not in fragment
    style = re.sub(r"@(media|supports)[^{]*", "", fragment[fragment.index("<style>") + 7 : fragment.index("</style>")])
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", style) for part in rule.split(",")]
    assert [selector for selector in selectors if selector and not selector.startswith(".tznr")] == []


def test_typography_of_the_page(html: str) -> None:
    words = "".join(Page(html).words)
    assert "1\u202f043,59\u202f€/mois" in words
    assert "l’âge" in words
    assert not re.search(r" [:;!?%€»]", words)
    assert "36\u00a0ans" in words


def luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *((ink, paper) for ink in ("ink", "soft", "accent") for paper in ("paper", "card", "note-paper")),
        ("ink", "accent-paper"), ("accent", "accent-paper"), ("card", "accent"),
    ],
)  # fmt: skip
def test_contrast_is_enough(html: str, ink: str, paper: str) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", html))
    light, dark = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# Wording


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (36.0, "ans", "36 ans"), (1, "ans", "1 an"), (0, "enfants", "0 enfant"), (3, "mois", "3 mois"), (1, "mois", "1 mois"),
        (85, "percent", "85 %"), (0.8, "/1", "80 %"), (651.69, "EUR/mois", "651,69 €/mois"), (12000, "EUR/an", "12 000 €/an"),
        (12.5, "EUR", "12,50 €"), (-3.2, "EUR", "-3,20 €"), (True, None, "oui"), ("locataire_hlm", None, "locataire hlm"),
        ("2026-04-01", None, "1er avril 2026"), (28, "m2", "28 m²"), (4, None, "4"), (2, "currency/month", "2 €/mois"),
        (1, "personnes à charge", "1 personne à charge"), (1234567.891, "EUR", "1 234 567,89 €"),
    ],
)  # fmt: skip
def test_quantities(value: Any, unit: str | None, expected: str) -> None:
    assert wording.plain(wording.quantity(value, unit)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"holds": False, "margin": 0.0, "comparison": "less_than", "observed": 25},
            "Pris en compte : 25 ans. Règle : moins de 25 ans. C'est juste la limite.",
        ),
        ({"holds": None, "observed": None, "margin": None}, "Règle : au moins 25 ans."),
        ({"threshold": None, "comparison": None, "margin": None}, "Pris en compte : 36 ans."),
        ({"holds": True, "comparison": "equals", "observed": 25, "margin": 0}, "Pris en compte : 25 ans. Règle : 25 ans."),
        ({"observed": None, "threshold": None, "margin": None}, ""),
    ],
)  # fmt: skip
def test_figures_of_a_reason(changes: dict[str, Any], expected: str) -> None:
    assert wording.plain(Speech().figures(replace(AGE, **changes))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"amount_range": (0.0, 308.0)}, "De 0 à 308 €/mois"),
        ({"amount_range": (573.49, 651.69)}, "Entre 573,49 et 651,69 €/mois"),
        ({"amount_range": (0.0, 85.0), "unit": "percent"}, "Réduction de 0 à 85 %"),
        ({"amount_range": (0.0, 1.0), "unit": "right"}, "Droit possible"),
        ({"amount_range": (1.0, 1.0), "unit": "right"}, "Droit ouvert"),
        ({"amount_range": (1.0, 1.0), "unit": "right", "reasons": (UNSURE,)}, "Droit possible"),
        ({"amount_range": (0.0, 0.0), "unit": "right"}, "Sans doute rien, à vérifier"),
        ({"amount_range": (0.0, 0.0)}, "Sans doute rien, à vérifier"),
        ({"amount_range": (0.0, 0.0), "unit": "percent"}, "Sans doute rien, à vérifier"),
        ({"amount_range": (50.0, 50.0)}, "50 €/mois"),
        ({"amount_range": (50.0, 50.0), "reasons": (UNSURE,)}, "Peut-être 50 €/mois"),
        ({"amount_range": (5.0, 50.0), "discretionary": True}, "Demande possible"),
        ({"amount_range": None}, "Montant à préciser"),
        (GRANTED | {"amount_range": (651.69, 1303.38)}, "Au moins 651,69 €/mois, jusqu'à 1 303,38 €/mois selon vos réponses"),
        (GRANTED | {"amount_range": (50.0, 85.0), "unit": "percent"}, "Réduction d'au moins 50 %, jusqu'à 85 % selon vos réponses"),
    ],
)
def test_ranges(changes: dict[str, Any], expected: str) -> None:
    shown = benefit("x", "X", **{"status": "undetermined", "amount": None, **changes})
    assert wording.plain(Speech().headline(shown)) == expected


def test_ranges_in_the_other_voices() -> None:
    between = benefit("x", "X", "undetermined", None, amount_range=(573.49, 651.69))
    granted = benefit("x", "X", "granted", 651.69, amount_range=(651.69, 1303.38))
    assert wording.plain(Speech(Voice("falc")).headline(between)) == "Entre 573,49 et 651,69 € par mois"
    assert wording.plain(Speech(Voice("falc")).headline(granted)) == "Au moins 651,69 € par mois. Peut-être jusqu'à 1 303,38 € par mois"
    assert wording.plain(Speech(Voice("en")).headline(between)) == "Between €573.49 and €651.69/month"
    assert wording.plain(Speech(Voice("en")).headline(granted)) == "At least €651.69/month, up to €1,303.38/month depending on your answers"


# What is surely due although its amount is not known, and the questions


def open_report(**changes: Any) -> Report:
    """Two persons, of whom some facts are missing: what is due for sure, what may be, and more questions than are read at once."""
    benefits = (
        benefit("rsa", "RSA", "undetermined", None, amount_range=(573.49, 651.69), reasons=(AGE, MEANS)),
        benefit("aspa", "Aspa", "granted", 100.0, amount_range=(100.0, 250.0), reasons=(AGE,)),
        *(benefit(f"aide_{rank}", f"Aide {rank}", "undetermined", None, amount_range=(0.0, 10.0), reasons=(UNSURE,)) for rank in range(4)),
    )
    every = tuple(each.id for each in benefits)
    work = ("personnes[0].salaire_net", "personnes[1].salaire_net")
    zones = (Answer("verte", "en zone verte"), Answer("rouge", "en zone rouge"))
    questions = (
        Question("salaire_net", "Combien gagnez-vous ?", every, work, (), "EUR/mois"),
        Question("zone_stationnement", "Quelle zone ?", every[:4], ("logement.zone_stationnement",), zones),
        Question("femme", "Êtes-vous une femme ?", every[:2], ("personnes[1].femme",), YES_OR_NO),
        Question("date_deces_conjoint", "À quelle date ?", every[:1], ("personnes[0].date_deces_conjoint",), (), "date"),
        *(Question(f"fait_{rank}", f"Question {rank} ?", ("rsa",), (), YES_OR_NO) for rank in range(3)),
    )
    household = {"personnes": [{"id": "nadia"}, {}]}
    return replace(sample(), **{"benefits": benefits, "questions": questions, "household": household, **changes})


def test_what_is_surely_due_is_claimed_first_with_its_range() -> None:
    report = open_report()
    assert report["rsa"].status == "undetermined"
    said = flat(report.to_text())
    due, unsure = said.index("CE À QUOI VOUS AVEZ DROIT (2)"), said.index("CE QUI RESTE À VÉRIFIER (4)")
    assert due < said.index("RSA (CAF) : Entre 573,49 et 651,69 €/mois Vous y avez droit. Le montant exact dépend de vos réponses") < unsure
    assert due < said.index("D'autres personnes du logement y ont peut-être droit aussi") < unsure
    page = wording.plain(Page(report.to_html()).text())
    assert page.index("Entre 573,49 et 651,69 €/mois", page.index("À demander d'abord")) < page.rindex("Ce qui reste à vérifier (4)")
    assert report.monthly_total == 673.49
    assert "Total de ce qui est versé chaque mois, au moins : 673,49 €/mois" in said
    assert "Quand un montant dépend de vos réponses, seule la partie sûre est dans ce total." in said


def test_a_right_that_waits_for_an_answer_is_not_surely_due() -> None:
    unsure = benefit("rsa", "RSA", "undetermined", None, amount_range=(573.49, 651.69), reasons=(AGE, UNSURE))
    report = open_report(benefits=(unsure,))
    assert report.monthly_total is None
    assert "CE QUI RESTE À VÉRIFIER (1)" in report.to_text()


def test_a_question_says_its_answers_whom_it_is_for_and_three_of_the_rights_that_it_settles() -> None:
    said = flat(open_report().to_text())
    assert (
        "1. Combien gagnez-vous ? À répondre pour nadia et personne 2. Réponse attendue : un nombre, en euros par mois. "
        "Cette réponse compte pour : RSA, Aspa, Aide 0 et 3 autres droits. "
        "2. Quelle zone ? Réponses possibles : en zone verte ; en zone rouge. "
        "Cette réponse compte pour : RSA, Aspa, Aide 0 et 1 autre droit. "
        "3. Êtes-vous une femme ? À répondre pour personne 2. Réponses possibles : oui ou non. Cette réponse compte pour : RSA et Aspa. "
        "4. À quelle date ? À répondre pour nadia. Réponse attendue : une date. Cette réponse compte pour : RSA."
    ) in said


def test_a_person_alone_is_not_told_whom_a_question_is_for() -> None:
    alone = open_report(household={"personnes": [{"id": "nadia"}]}, questions=open_report().questions[3:])
    assert "À répondre pour" not in alone.to_text()
    unnamed = open_report(household=None)
    assert "À répondre pour personne 1 et personne 2." in unnamed.to_text()


def test_easy_french_asks_five_questions_and_says_how_many_remain() -> None:
    report = open_report()
    for said in (flat(report.to_text(style="falc")), flat(wording.plain(Page(report.to_html(style="falc")).text()))):
        assert "Question 0 ?" in said
        assert "Question 1 ?" not in said
        assert "Il y a encore 2 questions." in said
    assert "Question 2 ?" in report.to_text()
    assert "Question 2 ?" in wording.plain(Page(report.to_html()).text())


def test_questions_come_first_when_one_settles_more_rights_than_are_due() -> None:
    asking, knowing = open_report(), open_report(questions=open_report().questions[2:])
    for report, first in ((asking, True), (knowing, False)):
        for said, claim in (
            (report.to_text().lower(), "ce à quoi vous avez droit (2)"),
            (Page(report.to_html()).text().lower(), "à demander d'abord"),
        ):
            assert (said.index("les questions auxquelles répondre") < said.index(claim)) == first


def test_more_received_than_due_is_said() -> None:
    said = wording.plain(" ".join(Speech().receipt(benefit("x", "X", "granted", 100.0, received=120.0, unclaimed=-20.0))))
    assert said == "Déjà perçu : 120 €/mois. C'est 20 €/mois de plus que ce calcul : vérifiez votre situation avec l'organisme (CAF)."
