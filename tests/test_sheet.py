"""The sheet can be read by everyone: its structure everywhere, and in headless Chromium what only a browser can tell."""

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from html import escape, unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.test_report import AGE, CASF, MEANS, Page, benefit, sample
from tests.test_voices import HOUSEHOLDS
from tznr_rules import sheet
from tznr_rules.evaluation import entitlements
from tznr_rules.household import read
from tznr_rules.languages import VOICES, Voice
from tznr_rules.report import Assumption, Report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
ENOUGH = 4.5  # RGAA 3.2: contrast of a text of ordinary size
PROBE = """<!DOCTYPE html><meta charset="utf-8"><body>
<iframe style="border:0;width:{width}px;height:3000px" srcdoc="{page}"></iframe><pre></pre>
<script>
const frame = document.querySelector("iframe");
frame.onload = () => {{
  const page = frame.contentDocument, root = page.documentElement, view = frame.contentWindow;
  root.style.fontSize = "{size}";
  if ({open}) page.querySelectorAll("details").forEach(each => each.open = true);
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const behind = each => {{
    for (; each; each = each.parentElement) {{
      const colour = channels(view.getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }}
    return [255, 255, 255];
  }};
  let contrast = 21, worst = "";
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {{
    const each = texts.currentNode.parentElement, box = each.getBoundingClientRect();
    if (!texts.currentNode.data.trim() || each.closest("style") || box.width < 3 || box.height < 3) continue;
    const [low, high] = [light(channels(view.getComputedStyle(each).color)), light(behind(each))].sort((a, b) => a - b);
    if ((high + .05) / (low + .05) < contrast) [contrast, worst] = [(high + .05) / (low + .05), texts.currentNode.data];
  }}
  const focusable = [...page.querySelectorAll("main a[href], main summary")]
    .filter(each => each.checkVisibility({{contentVisibilityAuto: true}}));
  const tops = focusable.map(each => each.getBoundingClientRect().top);
  document.querySelector("pre").textContent = JSON.stringify({{
    wide: root.scrollWidth, contrast, worst, focusable: tops.length,
    backwards: tops.filter((top, at) => at && top < tops[at - 1] - 60).length,
  }});
  frame.remove();
}};
</script>"""


@pytest.fixture(scope="module", params=HOUSEHOLDS, ids=lambda path: path.stem)
def report(request: pytest.FixtureRequest) -> Report:
    return entitlements(read(request.param), interactions=False)


@pytest.fixture(scope="module")
def bare() -> Report:
    return entitlements({"date": "2026-11", "personnes": [{"date_naissance": "1990-05-12"}]}, interactions=False)


@pytest.fixture(params=VOICES, ids=VOICES.values())
def page(request: pytest.FixtureRequest, report: Report) -> str:
    return report.to_html(*request.param)


def tags_of(page: str, *names: str) -> list[tuple[str, dict[str, str | None]]]:
    return [(tag, attributes) for tag, attributes in Page(page).tags if tag in names]


# Structure


def test_the_page_is_well_formed(page: str) -> None:
    assert Page(page).faults == []


def test_headings_are_in_order_and_there_is_one_title(page: str) -> None:
    ranks = [int(tag[1]) for tag, _ in tags_of(page, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_the_parts_of_the_page_are_named(page: str) -> None:
    landmarks = Counter(tag for tag, _ in tags_of(page, "header", "nav", "main", "footer"))
    assert (landmarks["header"], landmarks["main"], landmarks["footer"]) == (1, 1, 1)
    assert all(attributes.get("aria-label") for _, attributes in tags_of(page, "nav"))


def test_the_first_link_skips_to_the_content(page: str) -> None:
    links = [attributes["href"] for _, attributes in tags_of(page, "a")]
    assert links[0] == "#contenu"
    identifiers = Counter(attributes["id"] for _, attributes in Page(page).tags if "id" in attributes)
    assert set(identifiers.values()) == {1}
    assert {link[1:] for link in links if link and link.startswith("#")} <= set(identifiers)


def test_every_table_has_a_caption_and_headers(page: str) -> None:
    tables = re.findall(r"<table>.*?</table>", page, re.S)
    for table in tables:
        inside = Page(table).tags
        assert [tag for tag, _ in inside][1] == "caption"
        assert all(attributes.get("scope") in ("col", "row") for tag, attributes in inside if tag == "th")
        assert all(row.count("<th ") == 1 for row in re.findall(r"<tr>.*?</tr>", table.split("<tbody>")[1], re.S))


def test_a_link_says_where_it_leads_out_of_its_context(page: str) -> None:
    """Two links of the same words lead to the same place."""
    places: dict[str, set[str]] = {}
    for href, inside in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.S):
        places.setdefault(Page(inside).text(), set()).add(href)
    assert "" not in places
    in_french = {words for words, addresses in places.items() if len(addresses) > 1 and "tznr-only-read" in words}
    assert in_french == set()


def test_the_reading_order_is_the_order_of_the_source(page: str) -> None:
    assert "tabindex" not in page
    screen = page.partition("@media print")[0]
    assert not re.search(r"[{;]\s*order\s*:|(row|column)-reverse|grid-area", screen)


def test_the_page_needs_no_network_and_no_script(page: str) -> None:
    assert not tags_of(page, "script", "img", "iframe", "link", "object", "form", "video")
    assert not re.search(r"\bsrc=|url\(|@import", page)


def test_a_state_is_never_told_by_a_colour_alone(page: str) -> None:
    """The mark of a reason is hidden from who listens, so its words say whether it holds; its shape says it to who sees no colour."""
    starts = {Voice(name).say(f"report.condition.{state}", label="") for name in VOICES.values() for state in ("met", "failed", "unknown")}
    for words in re.findall(r'<span class="tznr-mark" aria-hidden="true">.</span>(.*?)</p>', page, re.S):
        assert any(Page(words).text().startswith(Page(start).text()) for start in starts)


# What it says


def test_the_calculation_has_the_four_parts_that_the_law_asks_for(report: Report) -> None:
    for name in ("fr", "en"):
        html = report.to_html(name)
        explained = [each for each in report.granted if f'id="calcul-{each.id}"' in html]
        assert len(explained) == len(report.granted)
        for part in ("role", "data", "parameters", "operations"):
            title = escape(Voice(name).say(f"sheet.{part}")).replace("&#x27;", "’")
            assert html.count(f"<h4>{title}</h4>") == len(explained)


def test_the_easy_page_has_no_calculation(report: Report) -> None:
    html = report.to_html(style="falc")
    assert "calcul-" not in html
    assert "legifrance" not in re.sub(r'href="https://www.legifrance[^"]*"', "", html.partition("<footer")[0])


def test_what_is_claimed_first_is_worth_most() -> None:
    shown = sheet.parts(sample())
    assert [each.id for each in shown.first] == ["rsa", "aide_logement", "ars"]
    assert [each.id for each in shown.received] == ["cheque_energie"]
    assert {each.id for each in (*shown.first, *shown.then, *shown.received)} == {each.id for each in shown.granted}


def test_of_two_rights_worth_the_same_the_one_with_fewer_papers_comes_first() -> None:
    few = {"documents": ["Pièce d'identité"]}
    two = benefit("a", "A", "granted", 10.0), benefit("b", "B", "granted", 10.0, apply=few)
    assert [each.id for each in sheet.parts(replace(sample(), benefits=two)).first] == ["b", "a"]


def test_what_a_reduced_price_saves_counts() -> None:
    saving = {"by_person": {"nadia": {"monthly_saving": 53.0}}}
    two = benefit("a", "A", "granted", 10.0), benefit("b", "B", "granted", 85.0, unit="percent", details=saving)
    assert [each.id for each in sheet.parts(replace(sample(), benefits=two)).first] == ["b", "a"]


def test_what_is_surely_due_is_claimed_before_what_is_worth_less() -> None:
    open_amount = benefit("rsa", "RSA", "undetermined", None, amount_range=(573.49, 651.69), reasons=(AGE, MEANS))
    some = replace(sample(), benefits=(benefit("ars", "ARS", "granted", 400.0), open_amount))
    assert [each.id for each in sheet.parts(some).first] == ["rsa", "ars"]
    assert sheet.parts(some).undetermined == []
    received = replace(some, benefits=(replace(open_amount, received=600.0),))
    assert [each.id for each in sheet.parts(received).received] == ["rsa"]


@pytest.mark.parametrize("spoken", VOICES, ids=VOICES.values())
def test_whoever_tells_only_a_birth_date_reads_first_which_questions_to_answer(bare: Report, spoken: tuple[str, str]) -> None:
    assert sheet.parts(bare).asks_first
    said = Voice(VOICES[spoken])
    page, text = Page(bare.to_html(*spoken)).text(), bare.to_text(*spoken)
    first = said.of(bare.questions[0].question)
    assert page.index(said.say("questions.title")) < page.index(first) < page.index(said.say("sheet.contents"))
    assert " ".join(text.split()).index(first) < 800
    assert bare.questions[0].benefits[0] == "rsa"


def test_a_household_that_tells_much_reads_first_what_to_claim(report: Report) -> None:
    assert not sheet.parts(report).asks_first


def test_a_figure_says_whether_it_was_told_assumed_or_estimated() -> None:
    conditions = ((card.id, each) for card in sheet.catalogue().values() for each in card.conditions)
    name, condition = next((name, each) for name, each in conditions if each.observed == "quotient_familial_caf")
    quotient = replace(AGE, id=condition.variable, observed=723.85, unit="EUR/mois")
    shown = benefit(name, "A", "granted", 10.0, reasons=(quotient, MEANS))
    estimate = Assumption("famille.quotient_familial_caf", "Le quotient est estimé", "Il manque", "estimated")
    assert [source for _, source in sheet.data(shown, replace(sample(), assumptions=(estimate,)))] == ["estimated", "told"]
    assert [source for _, source in sheet.data(shown, replace(sample(), assumptions=()))] == ["told", "told"]


def test_a_figure_of_the_law_cites_the_text_in_force() -> None:
    old = replace(CASF, title="Ancien texte", href="https://www.legifrance.gouv.fr/old", date="2019-01-01")
    shown = benefit("a", "A", "granted", 10.0, reasons=(replace(AGE, references=(old, CASF)),))
    assert sheet.parameters(shown) == [(shown.reasons[0], [CASF])]


# In a browser


def chromium(folder: Path, *arguments: str) -> str:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install chromium to see the page as a browser shows it")
    usual = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000", f"--user-data-dir={folder}")
    return subprocess.run([CHROMIUM, *usual, *arguments], capture_output=True, text=True, timeout=120, check=True).stdout


def seen(page: str, folder: Path, width: int, size: str = "100%", unfolded: bool = True) -> dict[str, Any]:
    probe = folder / "probe.html"
    probe.write_text(PROBE.format(page=escape(page), width=width, size=size, open=json.dumps(unfolded)), encoding="utf-8")
    dom = chromium(folder, "--window-size=1400,3000", "--dump-dom", probe.as_uri())
    found = re.search(r"<pre>(\{.*?\})</pre>", dom, re.S)
    assert found, dom[-2000:]
    result: dict[str, Any] = json.loads(unescape(found[1]))
    return result


@pytest.fixture(scope="module")
def shown() -> Report:
    return entitlements(read(HOUSEHOLDS[1]))


@pytest.fixture(params=VOICES, ids=VOICES.values())
def browsed(request: pytest.FixtureRequest, shown: Report) -> str:
    return shown.to_html(*request.param)


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (640, "200%"), (1280, "100%")])
def test_nothing_is_cut_on_a_phone_nor_at_twice_the_size(browsed: str, tmp_path: Path, width: int, size: str) -> None:
    assert seen(browsed, tmp_path, width, size)["wide"] <= width


def test_every_text_stands_out_from_what_is_behind_it(browsed: str, tmp_path: Path) -> None:
    found = seen(browsed, tmp_path, 1024)
    assert found["contrast"] >= ENOUGH, found["worst"]


def test_the_keyboard_goes_down_the_page(browsed: str, tmp_path: Path) -> None:
    found = seen(browsed, tmp_path, 360, unfolded=False)
    assert found["focusable"] > 10
    assert found["backwards"] == 0


def test_the_sheet_prints_with_addresses_and_boxes_written_out(shown: Report, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here: install poppler-utils to read what is printed")
    (tmp_path / "page.html").write_text(shown.to_html(), encoding="utf-8")
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'page.pdf'}", (tmp_path / "page.html").as_uri())
    printed = subprocess.run(["pdftotext", "-raw", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    first = sheet.parts(shown).first[0]
    assert "".join(first.apply["url"].split()) in "".join(printed.split())
    assert first.apply["documents"][0].split(",")[0] in printed.replace("’", "'")
    assert Voice("fr").say("sheet.contents") not in printed
