"""The findings of a made-up sample: every table in its place, protected, and a page that holds them."""

import numpy as np
import pandas as pd
import pytest

from tests import analysts_made_up as made_up
from tznr_rules.analysts.findings import Findings
from tznr_rules.analysts.gathering import distribution, gather
from tznr_rules.analysts.package import Package
from tznr_rules.analysts.page import to_html
from tznr_rules.analysts.profiles import profiles
from tznr_rules.analysts.take_up import TakeUp, take_up

COUNT = 80


@pytest.fixture(scope="module")
def taken() -> TakeUp:
    """Eighty households: 40 are not due the RSA, 16 leave 100 € of it unclaimed, 24 receive it."""
    drawn = made_up.sample(COUNT, [2.0] * COUNT)
    return take_up(made_up.outcomes(drawn, rsa=[(0.0, 0.0)] * 40 + [(100.0, 0.0)] * 16 + [(100.0, 100.0)] * 24))


@pytest.fixture(scope="module")
def found(taken: TakeUp) -> Package:
    """Their package, by hand: what is unclaimed is gained."""
    gain = taken.unclaimed[:, 0]
    rows = pd.DataFrame({"received": 100.0 - gain, "after": 100.0, "gain": gain, "gained": gain, "lost": 0.0, "least": gain, "most": gain})
    rows = rows.assign(claims=(gain > 0).astype(int), decomposed=True).set_index(taken.index)
    shapley = pd.DataFrame({"rsa": gain, "not_decomposed": 0.0}, index=taken.index)
    return Package(taken.outcomes.sample, rows, shapley, pd.DataFrame({"rsa": np.where(gain > 0, gain, np.nan)}, index=taken.index))


@pytest.fixture(scope="module")
def findings(taken: TakeUp, found: Package) -> Findings:
    return gather(taken, profiles(taken.outcomes), found, territory="Exempleville", invented=True, replicates=50)


def test_the_total_and_its_parts_agree(findings: Findings) -> None:
    assert findings.total.value == pytest.approx(16 * 2 * 100)
    assert findings.package["per_month"].tolist() == pytest.approx([3200.0, 3200.0])
    assert findings.summary["rate"].tolist() == pytest.approx([0.4])
    assert findings.population == 2 * COUNT


def test_who_gains_nothing_is_in_no_bin(found: Package, findings: Findings) -> None:
    assert distribution(found)["households"].sum() == 16
    assert findings.distribution["weighted"].tolist() == [32.0]


def test_the_page_holds_them(findings: Findings) -> None:
    pytest.importorskip("matplotlib")
    page = to_html(findings)
    assert "Exempleville" in page
    assert "3\u202f200\u202f€" in page
