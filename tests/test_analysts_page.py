"""The page of an estimate can be read by everyone, on paper, on a phone and without seeing it; it tells no secret."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.test_report import Page
from tests.test_sheet import CHROMIUM, ENOUGH, chromium, seen
from tznr_rules.analysts import drawing, plots
from tznr_rules.analysts.findings import Findings, Waterfall, published_rates
from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.analysts.page import to_html, write_html
from tznr_rules.analysts.plates import plates
from tznr_rules.analysts.poverty import PovertyLine
from tznr_rules.analysts.privacy import SECRET
from tznr_rules.analysts.uncertainty import Total
from tznr_rules.catalogue import catalogue

pytest.importorskip("matplotlib")
GROUPS = {"alone": "Personne seule", "lone_parent": "Parent seul avec enfants", "couple": "Couple sans enfant", EVERYONE: "Ensemble"}
BENEFITS = {"rsa": "Revenu de solidarité active (RSA)", "ppa": "Prime d'activité", "rennes_metropole_sortir": "Carte Sortir !"}


def rate(benefit: str, eligible: Any, lost: Any, share: Any, section: str = "monthly", **more: Any) -> dict[str, Any]:
    low, high = (SECRET, SECRET) if share == SECRET else (max(share - 0.1, 0.0), share + 0.1)
    label = BENEFITS.get(benefit, benefit)
    row = {"benefit": benefit, "label": label, "section": section, "eligible": eligible, "non_recipients": lost, "rate": share}
    return row | {"rate_low": low, "rate_high": high} | more


def findings(**changed: Any) -> Findings:
    """An estimate made by hand, with a secret in every table."""
    summary = [
        rate("rsa", 60, 13, 0.21),
        rate("ppa", 120, 34, 0.28),
        rate("asi", SECRET, SECRET, SECRET),
        rate("aah", 24, SECRET, SECRET),
        rate("complementaire_sante_solidaire", 140, 60, 0.43, "in_kind"),
    ]
    groups = [
        rate(benefit, 40, 12 if known else SECRET, 0.3 if known else SECRET, group=group, group_label=label)
        for benefit in ("rsa", "ppa")
        for group, label in GROUPS.items()
        for known in [group != "couple"]
    ]
    package = [
        ("ppa", 34, 50_000.0, 52_000.0),
        ("rsa", 13, 30_000.0, 31_000.0),
        ("asi", SECRET, SECRET, SECRET),
        ("aah", SECRET, SECRET, SECRET),
    ]
    rows = [
        {"benefit": name, "label": BENEFITS.get(name, name), "households": count, "per_month": value, "alone": alone}
        for name, count, value, alone in package
    ]
    rows.append({"benefit": EVERYONE, "label": "Ensemble", "households": 80, "per_month": 100_000.0, "alone": np.nan})
    rights = [
        ("0", 150, 1100.0, 0.5),
        ("1", 80, 600.0, 0.27),
        ("2", SECRET, SECRET, SECRET),
        ("3 ou plus", SECRET, SECRET, SECRET),
        (EVERYONE, 300, 2200.0, 1.0),
    ]
    poverty = [
        ("poor_persons", 0.42, SECRET, "part"),
        ("poor_households", 0.4, 0.36, "part"),
        ("d1", 870.0, 930.0, "EUR/mois"),
        ("d5", 1390.0, 1450.0, "EUR/mois"),
    ]
    made = Findings(
        territory="Exempleville",
        month="2026-11",
        households=300,
        persons=580,
        population=2200.0,
        total=Total(100_000.0, "EUR/mois", (80_000.0, 125_000.0), (95_000.0, 140_000.0), 80, (97_000.0, 100_000.0), True),
        summary=pd.DataFrame(summary),
        package=pd.DataFrame(rows),
        rights=pd.DataFrame(rights, columns=["rights", "households", "weighted", "share"]),
        groups=pd.DataFrame(groups),
        distribution=pd.DataFrame({"low": [0.0, 150.0], "high": [150.0, np.inf], "households": [40, 40], "weighted": [310.0, 290.0]}),
        poverty=pd.DataFrame(poverty, columns=["measure", "before", "after", "unit"]),
        line=PovertyLine(1288.0, "2023-01-01", "Insee Première n° 2063", "https://www.insee.fr/fr/statistiques/8600989", True),
        provenance={"Bibliothèque": "tznr_rules", "Graine": "20261"},
        suppressed=12,
        invented=True,
        source="Des foyers inventés pour les tests.",
    )
    return replace(made, **changed)


@pytest.fixture(scope="module")
def page() -> str:
    return to_html(findings())


def tags_of(page: str, *names: str) -> list[tuple[str, dict[str, str | None]]]:
    return [(tag, attributes) for tag, attributes in Page(page).tags if tag in names]


def words_of(page: str) -> str:
    """What is read, spaces kept as they are printed."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<style>.*?</style>", "", page, flags=re.S)))


# Structure


def test_the_page_is_well_formed_and_names_nothing_twice(page: str) -> None:
    assert Page(page).faults == []
    identifiers = Counter(re.findall(r' id="([^"]+)"', page))
    assert set(identifiers.values()) == {1}
    assert set(re.findall(r'(?:href="#|url\(#|labelledby=")([\w-]+)', page)) <= set(identifiers)


def test_headings_are_in_order_and_there_is_one_title(page: str) -> None:
    ranks = [int(tag[1]) for tag, _ in tags_of(page, "h1", "h2", "h3", "h4")]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_the_page_needs_no_network_and_no_script(page: str) -> None:
    assert not tags_of(page, "script", "img", "iframe", "link", "object", "form", "video", "image", "foreignobject")
    assert not re.search(r"\bsrc=|url\((?!#)|@import|<metadata|<!ENTITY", page)
    addresses = set(re.findall(r'(?:href|xlink:href)="([^"#][^"]*)"', page))
    assert addresses == {each.href for each in published_rates().values()} | {findings().line.href}


def test_every_figure_has_words_for_who_does_not_see_it_and_its_table(page: str) -> None:
    drawings = re.findall(r'<svg [^>]*role="img"[^>]*>\n<title[^>]*>([^<]+)</title>\n<desc[^>]*>([^<]{40,})</desc>', page)
    made = plates(findings())
    assert len(drawings) == page.count("<svg ") == 2 * len([plate for plate in made if plate.drawing])
    assert all(plate.numbers for plate in made)


def test_every_table_has_a_caption_and_headers(page: str) -> None:
    for table in re.findall(r"<table.*?</table>", page, re.S):
        inside = Page(table).tags
        assert [tag for tag, _ in inside][1] == "caption"
        assert all(attributes.get("scope") in ("col", "row") for tag, attributes in inside if tag == "th")
        assert len({row.count("<td") for row in re.findall(r"<tr>.*?</tr>", table.split("<tbody>")[1], re.S)}) == 1


def test_the_typography_is_french(page: str) -> None:
    seen_words = words_of(page)
    assert not re.search(r"\d [€%]|\w'\w| [;!?]|\d\.\d\d\d", seen_words)
    assert "100\u202f000\u202f€" in seen_words


# What it says


def test_it_says_at_the_top_that_households_are_invented(page: str) -> None:
    assert words_of(page).index("Ces foyers sont inventés") < words_of(page).index("100\u202f000")
    assert "Ces foyers sont inventés" not in to_html(findings(invented=False))


def test_the_headline_has_its_three_intervals(page: str) -> None:
    top = words_of(page.partition("<nav")[0])
    for ends in ("de 80\u202f000 à 125\u202f000\u202f€", "de 95\u202f000 à 140\u202f000\u202f€", "de 97\u202f000 à 100\u202f000\u202f€"):
        assert ends in top
    unmeasured = replace(findings().total, misclassified=None)
    assert "non mesuré" in to_html(findings(total=unmeasured)).partition("<nav")[0]


def test_a_headline_on_few_households_is_secret() -> None:
    small = to_html(findings(total=replace(findings().total, households=10), distribution=findings().distribution[:0]))
    assert "protégé par le secret" in small.partition("<nav")[0]
    assert "100\u202f000" not in words_of(small.partition("<nav")[0])


def test_a_lower_threshold_says_why() -> None:
    assert "Raison\u00a0: foyers inventés" in words_of(to_html(findings(threshold=5, reason="foyers inventés.")))


def test_a_secret_is_shown_as_s_and_never_as_zero(page: str) -> None:
    table = next(each for each in re.findall(r"<table.*?</table>", page, re.S) if ">aah<" in each)
    assert re.search(r">aah</th><td>24</td><td>s</td><td>s</td><td>s</td>", table)
    assert "s\u00a0: secret statistique" in page
    assert "nan" not in Page(page).text().lower().split()


def test_what_is_hidden_of_the_euros_is_shown_together(page: str) -> None:
    assert "2 aides protégées par le secret statistique, ensemble" in page
    assert "20\u202f000\u202f€ (20\u202f%)" in page


def test_a_landmark_is_never_shown_without_saying_that_it_does_not_compare() -> None:
    made = {plate.name: plate for plate in plates(findings())}
    wide = made["taux"].drawing.wide  # type: ignore[union-attr]
    labels = re.findall(r"France, \d{4}[^<]*", wide)
    assert labels
    assert all("non comparable" in label for label in labels)


def test_published_rates_are_of_benefits_and_have_a_source() -> None:
    assert set(published_rates()) <= set(catalogue())
    for each in published_rates().values():
        assert each.href.startswith("https://")
        assert each.year >= 2010


def test_a_household_is_shown_only_if_it_is_invented() -> None:
    steps = pd.DataFrame({"label": ["Aujourd'hui", "Prime d'activité", "Baisse du RSA"], "amount": [900.0, 380.0, -60.0]})
    assert "+380\u202f€" in to_html(findings(waterfall=Waterfall("Un exemple", steps, synthetic=True)))
    with pytest.raises(ValueError, match="only an invented household"):
        to_html(findings(waterfall=Waterfall("Un exemple", steps)))


def test_empty_tables_leave_their_figures_out() -> None:
    made = findings()
    bare = findings(
        groups=made.groups[:0],
        distribution=made.distribution[:0],
        poverty=made.poverty[:0],
        summary=made.summary[:0],
        package=made.package[3:],
    )
    names = [plate.name for plate in plates(bare)]
    assert "groupes" not in names
    assert "montants" not in names
    assert Page(to_html(bare)).faults == []


def test_the_same_findings_give_the_same_page(page: str, tmp_path: Path) -> None:
    write_html(findings(), tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page


def test_figures_are_said_as_one_says_them() -> None:
    assert plots.euros(210_635) == "211\u202f000\u202f€"
    assert drawing.wrapped("Aide au logement", 80, 14) == ["Aide au", "logement"]
    assert drawing.steps(2_250, 5)[-1] >= 2_250


# In a browser


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (640, "200%"), (1280, "100%")])
def test_nothing_is_cut_on_a_phone_nor_at_twice_the_size(page: str, tmp_path: Path, width: int, size: str) -> None:
    assert seen(page, tmp_path, width, size)["wide"] <= width


def test_every_text_stands_out_from_what_is_behind_it(page: str, tmp_path: Path) -> None:
    found = seen(page, tmp_path, 1024)
    assert found["contrast"] >= ENOUGH, found["worst"]


def test_the_words_of_figures_stand_out_from_the_paper() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))

    for ink in (drawing.INK, drawing.SOFT, drawing.DEEP, drawing.WARM):
        for paper in (drawing.PAPER, drawing.PALE):
            assert (light(paper) + 0.05) / (light(ink) + 0.05) >= ENOUGH or (ink, paper) == (drawing.WARM, drawing.PALE)


def test_it_prints_with_its_tables(page: str, tmp_path: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'page.pdf'}", (tmp_path / "page.html").as_uri())
    assert (tmp_path / "page.pdf").stat().st_size > 20_000
