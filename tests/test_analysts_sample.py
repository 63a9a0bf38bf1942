"""The invented sample that is shipped: made again as it is, near its margins, and a household in every row."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import build_sample
from maurepas.chance import quotas
from maurepas.lives import lives
from maurepas.margins import HOUSEHOLDS, MARGINS, POPULATION
from maurepas.take_up import RATES
from tznr_rules.analysts.tables import read_households
from tznr_rules.locations import PACKAGE

SAMPLES = PACKAGE / "samples"
HEAVIEST = 5  # times the mean weight


@cache
def shipped() -> pd.DataFrame:
    return pd.read_csv(SAMPLES / build_sample.NAME, sep=";", dtype=str, keep_default_na=False)


@cache
def built(folder: str) -> tuple[pd.DataFrame, str]:
    people, text = build_sample.build()
    people.to_csv(Path(folder) / build_sample.NAME, sep=";", index=False, encoding="utf-8", lineterminator="\n")
    return people, text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("sample"))


def test_the_sample_is_what_the_script_writes(folder: str) -> None:
    """When a rule changes, so does what is due: run ``python scripts/build_sample.py`` again."""
    built(folder)
    assert (Path(folder) / build_sample.NAME).read_bytes() == (SAMPLES / build_sample.NAME).read_bytes()


def test_its_account_is_what_the_script_writes(folder: str) -> None:
    assert built(folder)[1] == (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert "Aucun de ces foyers n'existe" in built(folder)[1]


def test_the_lives_drawn_are_the_same_at_each_run() -> None:
    assert [life.people for life in lives("a")] == [life.people for life in lives("a")]
    assert [life.people for life in lives("a")] != [life.people for life in lives("b")]


def test_every_household_can_be_read() -> None:
    [(sample, problems)] = read_households(SAMPLES / build_sample.NAME, date=build_sample.MONTH)
    assert problems.empty
    assert len(sample.households) == HOUSEHOLDS
    assert {each.depcom for each in sample.households} == {"35238"}
    assert sample.about["weight"].sum() == pytest.approx(POPULATION, abs=0.1)


def test_the_weights_sum_up_to_the_population() -> None:
    weights = shipped().drop_duplicates("id_menage")["poids"].astype(float)
    assert weights.sum() == pytest.approx(POPULATION, abs=0.1)
    assert weights.min() > 0
    assert weights.max() < HEAVIEST * weights.mean()


@pytest.mark.parametrize("margin", MARGINS, ids=lambda margin: margin.label)
def test_each_margin_is_near_its_target(margin: Any) -> None:
    told = re.search(rf"^\| {re.escape(margin.label)} \|.*$", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.M)
    assert told, "the account does not tell this margin"
    asked, got = (float(cell.replace(",", ".").replace("%", "").strip()) for cell in told[0].split("|")[2:4])
    rounding = 0.1 if margin.unit == "%" else 0.01
    assert asked == pytest.approx(margin.target, abs=rounding)
    assert abs(got - margin.target) <= margin.within + rounding


@pytest.mark.parametrize(
    "benefit", ["rsa", "ppa", "aide_logement", "complementaire_sante_solidaire", "cheque_energie", "rennes_metropole_sortir"]
)
def test_some_receive_some_do_not_and_some_do_not_say(benefit: str) -> None:
    told = shipped().loc[lambda people: people["lien"] == "demandeur", f"recus.{benefit}"]
    assert (told == "").mean() == pytest.approx(0.05, abs=0.04)
    amounts = told[told != ""].replace({"oui": "1", "non": "0"}).astype(float)
    assert (amounts > 0).sum() > 20
    assert (amounts == 0).sum() > 20


def test_take_up_is_drawn_near_the_published_rates() -> None:
    assert RATES["rsa"].usual == 15
    assert RATES["ppa"].usual == 27
    assert RATES["aspa"].usual == 36


def test_quotas_are_whole_and_near_the_shares() -> None:
    assert quotas({"a": 58.0, "b": 16.0, "c": 26.0}, 300).count("a") == 174
    assert np.array([quotas({"a": 1, "b": 1, "c": 1}, 10).count(each) for each in "abc"]).sum() == 10
