"""``estimate``: the same answers as ``entitlements``, the same tables whoever computes them, and nothing of a household in what is said.

``TZNR_DRAWS`` says how many random households are compared with the single call (8 if it is not set; 1 000 take about an hour).
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openfisca_core.reforms import Reform as CoreReform

import tznr_rules
from tests import analysts_made_up as made_up
from tests.households import AS_DRAWN, MONTH
from tests.households import households as described
from tests.test_analysts_tables import table
from tznr_rules import cli, entitlements, estimate
from tznr_rules.analysts import estimating
from tznr_rules.analysts.estimates import Estimate
from tznr_rules.analysts.privacy import SECRET
from tznr_rules.analysts.reduction import Entries
from tznr_rules.analysts.reform import read
from tznr_rules.analysts.standings import HELD, Block, Packed
from tznr_rules.analysts.take_up import by_month, take_up
from tznr_rules.errors import BenefitUnknown, MappingError, PeriodNotModelled, ReformError, SampleError, TznrError
from tznr_rules.household import parse
from tznr_rules.system import in_force, system, using

DRAWS = int(os.environ.get("TZNR_DRAWS", "8"))
BATCH = min(DRAWS, 20)
SAMPLE = Path(tznr_rules.__file__).parent / "samples" / "echantillon_synthetique_maurepas.csv"
BENEFITS = ["rsa", "aide_logement", "rennes_metropole_sortir"]
TIER = "aides_locales.rennes_metropole.tarification_solidaire.plafonds.tranche_3"
FEW: dict[str, Any] = {"date": MONTH, "benefits": BENEFITS, "threshold": 5, "reason": "essai", "replicates": 20}


def sample(households: int = 40) -> pd.DataFrame:
    """The rows of the first households of the shipped sample."""
    whole = pd.read_csv(SAMPLE, sep=";", dtype=str)
    return whole[whole["id_menage"].isin(whole["id_menage"].unique()[:households])]


@pytest.fixture(scope="module")
def found() -> Estimate:
    return estimate(sample(), by=["quartier"], households=True, ids="given", chunk=30, **FEW)


def same(one: Estimate, other: Estimate) -> None:
    """Two estimates publish the same, to the bit."""
    assert repr(one) == repr(other)
    for name, frame in one.tables().items():
        if name != "provenance":
            pd.testing.assert_frame_equal(frame, other.tables()[name], check_exact=True)


@given(st.lists(described(), min_size=BATCH, max_size=BATCH))
@settings(max_examples=-(-DRAWS // BATCH), deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_each_row_is_what_the_single_call_says(documents: list[dict[str, Any]]) -> None:
    read_back = [parse({**document, "date": MONTH}) for document in documents]
    due = estimate(table(*read_back), date=MONTH, households=True, ids="given", replicates=2).households
    assert due is not None
    rows = {(row["household"], row["benefit"]): row for row in due.to_dict("records")}
    for at, household in enumerate(read_back):
        for benefit in entitlements(household, interactions=False):
            row = rows[f"h{at}", benefit.id]
            if benefit.not_modelled:
                assert row["status"] == "not_modelled"
                continue
            low, high = benefit.amount_range or (benefit.amount, benefit.amount)
            received = None if np.isnan(row["received"]) else row["received"]
            seen = (row["status"], row["low"], row["high"], row["exact"], received)
            assert seen == (benefit.status, low, high, benefit.exact, benefit.received), (at, benefit.id)


def test_it_is_a_public_name_and_says_how_it_was_made(found: Estimate) -> None:
    made = found.provenance
    assert (made.read, made.used, made.left_out, made.month, made.threshold, made.seed) == (40, 40, 0, MONTH, 5, 20_261)
    assert re.fullmatch("[0-9a-f]{64}", made.input_sha256)
    assert made.versions.keys() == {"tznr-rules", "openfisca-france", "openfisca-core"}
    assert set(found.breakdowns) == {"household_type", "age_band", "tenure", "activity", "quartier"}
    assert list(found.summary["benefit"]) == sorted(BENEFITS, key=list(found.summary["benefit"]).index)
    assert len(made.assumptions) >= 4


def test_nothing_that_is_shown_is_about_one_household(found: Estimate) -> None:
    ids = set(sample()["id_menage"])
    shown = repr(found) + found.to_text() + "".join(frame.to_csv() for frame in found.tables().values())
    assert not [each for each in ids if re.search(rf"\b{each}\b", shown)]
    assert "tirages" in repr(found) or "secret statistique" in repr(found)
    for count in found.summary["non_recipients"]:
        assert count == SECRET or count >= 5


def test_ids_are_hashed_unless_said_otherwise() -> None:
    people = sample(3)
    one, other = (estimate(people, households=True, **FEW).households for _ in range(2))
    assert one is not None
    assert other is not None
    assert not set(one["household"]) & set(people["id_menage"])
    assert not set(one["household"]) & set(other["household"]), "the key is not kept"
    assert one["household"].nunique() == 3
    assert estimate(people, **FEW).households is None


def test_two_processes_or_small_chunks_give_the_same(found: Estimate) -> None:
    same(found, estimate(sample(), by=["quartier"], chunk=30, workers=2, **FEW))
    same(found, estimate(sample(), by=["quartier"], chunk=1_000, **FEW))


def test_a_file_an_iterator_and_a_wide_table_give_the_same(found: Estimate, tmp_path: Path) -> None:
    people = sample()
    people.to_csv(tmp_path / "table.csv", sep=";", index=False)
    halves = (piece for piece in (people.iloc[:31], people.iloc[31:]))
    same(found, estimate(tmp_path / "table.csv", by=["quartier"], **FEW))
    same(found, estimate(halves, by=["quartier"], **FEW))


def test_a_column_of_the_analyst_may_say_nothing_in_a_chunk_and_bear_any_name() -> None:
    people = sample(30).rename(columns={"quartier": "gain"})
    last = people["id_menage"].isin(people["id_menage"].unique()[20:])
    shown = [estimate(people.assign(gain=people["gain"].where(~last)), by=["gain"], chunk=size, **FEW) for size in (15, 1_000)]
    same(*shown)
    assert shown[0].breakdowns["gain"]["group"].tolist()[-2:] == ["non connu", "ensemble"]


def test_a_dask_table_gives_the_same(found: Estimate) -> None:
    dask = pytest.importorskip("dask", reason="dask is not installed: pip install 'tznr-rules[distributed]'")
    dataframes = pytest.importorskip("dask.dataframe", reason="dask.dataframe is not installed")
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")
    people = sample()
    middle = int((people["id_menage"] == people["id_menage"].unique()[17]).to_numpy().argmax())
    halves = dataframes.from_delayed([dask.delayed(people.iloc[:middle]), dask.delayed(people.iloc[middle:])], meta=people.iloc[:0])
    few = sample(2)
    cut = dataframes.from_delayed([dask.delayed(few), dask.delayed(few)], meta=people.iloc[:0])
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None)
    with cluster, distributed.Client(cluster):
        same(found, estimate(halves, by=["quartier"], chunk=30, **FEW))
        with pytest.raises(TznrError, match="two partitions"):
            estimate(cut, **FEW)
        wrong = dataframes.from_delayed([dask.delayed(few), dask.delayed(few.assign(loyer="x"))], meta=people.iloc[:0])
        with pytest.raises(SampleError) as error:
            estimate(wrong, **FEW)
        assert len(few) + 1 in set(error.value.problems["row"]), "rows are counted through the partitions"


def test_a_stopped_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "table.csv", tmp_path / "due.csv"
    sample(8).to_csv(source, sep=";", index=False)
    few = {**FEW, "benefits": ["rsa"]}
    whole = estimate(source, output=output, chunk=6, **few)
    expected = output.read_bytes()
    output.unlink()
    reduce, done = estimating.reduce, []

    def stopping(*arguments: Any, **named: Any) -> Any:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return reduce(*arguments, **named)

    monkeypatch.setattr(estimating, "reduce", stopping)
    with pytest.raises(KeyboardInterrupt):
        estimate(source, output=output, chunk=6, **few)
    assert not output.exists()
    calls = []
    monkeypatch.setattr(estimating, "reduce", lambda *arguments, **named: calls.append(1) or reduce(*arguments, **named))
    again = estimate(source, output=output, chunk=6, **few)
    assert output.read_bytes() == expected
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["due.csv", "table.csv"]
    same(whole, again)
    part = pd.read_csv(source, sep=";")
    assert 0 < len(calls) < len(part) / 6


def test_wrong_rows_are_told_all_at_once_and_show_nothing(found: Estimate) -> None:
    people = sample(12)
    rows = [people.index[0], people.index[-1]]
    people.loc[rows, "loyer"] = "quatre cents"
    with pytest.raises(SampleError) as error:
        estimate(people, chunk=5, **FEW)
    assert set(error.value.problems["row"]) >= {1, len(people)}
    assert "quatre" not in str(error.value)
    left = estimate(people, chunk=5, errors="report", **FEW)
    assert (left.provenance.read, left.provenance.used, left.provenance.left_out) == (12, 10, 2)
    assert "quatre" not in repr(left) + left.to_text()
    assert set(left.problems["code"]) == {"not_a_number", "inconsistent"}


def test_what_cannot_be_asked_is_an_error() -> None:
    people = sample(2)
    with pytest.raises(BenefitUnknown):
        estimate(people, date=MONTH, benefits=["rssa"])
    with pytest.raises(PeriodNotModelled):
        estimate(people, date="2019-01")
    with pytest.raises(MappingError, match="quartiers"):
        estimate(people, date=MONTH, by=["quartiers"])
    with pytest.raises(ValueError, match="workers"):
        estimate(people, date=MONTH, workers=0)
    with pytest.raises(TypeError, match="int"):
        estimate(3, date=MONTH)
    with pytest.raises(SampleError):
        estimate(people.assign(loyer="x"), date=MONTH, errors="report", benefits=["rsa"])
    twice = pd.concat([people, people])
    with pytest.raises(SampleError, match="comes_back"):
        estimate(twice, date=MONTH, benefits=["rsa"])
    with pytest.warns(UserWarning, match="poids"):
        estimate(people.drop(columns="poids"), date=MONTH, benefits=["rsa"], replicates=2)


def test_tables_and_the_page_are_written(found: Estimate, tmp_path: Path) -> None:
    found.to_csv(tmp_path / "tables")
    assert {"summary.csv", "package.csv", "provenance.csv", "by_quartier.csv"} <= {path.name for path in (tmp_path / "tables").iterdir()}
    found.to_excel(tmp_path / "tables.xlsx")
    assert set(pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None)) >= {"summary", "rights", "provenance"}
    found.report(tmp_path / "page.html", territory="Exempleville")
    assert "Exempleville" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_what_is_kept_of_a_chunk_reads_as_it_was() -> None:
    people = made_up.sample(3)
    rows = {"rsa": [(600.37, 0), (500, 400), (0, None)], "cheque_energie": [(100, 0), (0, 0), (48, None)], "asf": [(0, 9, 30)] * 3}
    take = take_up(made_up.outcomes(people, **rows))
    scale = by_month(take.cards)
    block = Block.of(take.code, {kind: getattr(take, kind) for kind in HELD}, scale)
    packed = Packed(take.outcomes, (block, block), scale)
    for column in range(3):
        plain, twice = take.standing(column), packed.standing(column)
        for name in ("code", "unclaimed", *HELD):
            assert getattr(twice, name).tolist() == pytest.approx(2 * getattr(plain, name).tolist(), abs=1e-9), name
    entries = Entries.joined([Entries.of(np.eye(2) > 0, {"low": np.eye(2) * 5})] * 2, [2, 2])
    assert entries.dense("low", 1, 4).tolist() == [0, 5, 0, 5]


class Doubled(CoreReform):  # type: ignore[misc]
    """The flat amount of the RSA, doubled."""

    name = "RSA doublé"

    def apply(self) -> None:
        def change(parameters: Any) -> Any:
            node = parameters.prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_m.montant_de_base_du_rsa
            node.update(start="2026-01-01", value=2 * node("2026-11-01"))
            return parameters

        self.modify_parameters(change)


def test_a_reform_wins_loses_and_costs(found: Estimate) -> None:
    before = found.summary
    found = estimate(sample(), by=["quartier"], reform={TIER: {"2026-01-01": 1400}}, **FEW)
    assert found.summary.equals(before), "the law in force is what the other tables say"
    assert found.reform is not None
    whole = found.reform.by_benefit.iloc[-1]
    assert whole["benefit"] == "ensemble"
    assert whole["losers"] == 0
    assert whole["winners"] == SECRET or whole["winners"] >= 5
    assert "1400" in found.reform.described
    assert "Réforme" in found.to_text()
    assert {"reform", "reform_by_tenure"} <= set(found.tables())


def test_a_class_of_openfisca_is_a_reform_too() -> None:
    found = estimate(sample(20), reform=Doubled, **{**FEW, "benefits": ["rsa"]}).reform
    assert found is not None
    whole = found.by_benefit.set_index("benefit").loc["ensemble"]
    assert whole["cost"] > 0
    assert whole["cost_low"] <= whole["cost"] <= whole["cost_high"]
    assert found.name == "RSA doublé"


def test_another_law_is_used_inside_only() -> None:
    law = read({TIER: {"2026-01-01": 1400}}).law()
    month = "2026-11"

    def value() -> float:
        return float(system().get_parameters_at_instant(month).aides_locales.rennes_metropole.tarification_solidaire.plafonds.tranche_3)

    from tznr_rules.columns import parameter_value

    assert (value(), parameter_value(TIER, month)) == (1250, 1250)
    with using(law):
        assert system() is law
        assert (value(), parameter_value(TIER, month)) == (1400, 1400)
    assert (value(), parameter_value(TIER, month)) == (1250, 1250)
    assert system() is in_force()


def test_every_mistake_of_a_reform_is_told_at_once(tmp_path: Path) -> None:
    wrong = {
        TIER.replace("tranche_3", "tranche3"): {"2026-01-01": 1},
        TIER: {"hier": 1, "2026-01-01": "beaucoup", "2027-01-01": 1400},
        TIER.replace("tranche_3", "tranche_2"): 1400,
        "prestations_sociales.aides_logement": {"2026-01-01": 1},
    }
    with pytest.raises(ReformError) as error:
        read(wrong, MONTH)
    codes = [problem.code for problem in error.value.problems]
    assert codes == ["unknown_parameter", "wrong_date", "wrong_value", "too_late", "not_dated", "unknown_parameter"]
    assert f"Did you mean '{TIER}'?" in str(error.value)
    for nothing in (3, {}, tmp_path / "nothing.yaml"):
        with pytest.raises(ReformError):
            read(nothing)
    (tmp_path / "reform.yaml").write_text(f"{TIER}:\n  2026-01-01: 1400\n", encoding="utf-8")
    assert read(tmp_path / "reform.yaml", MONTH).values == ((TIER, (("2026-01-01", 1400),)),)


def test_the_command_estimates_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, page = tmp_path / "table_synthetique.csv", tmp_path / "page.html"
    sample(30).to_csv(source, sep=";", index=False)
    chosen = ["--date", MONTH, "--benefit", "rsa", "--benefit", "aide_logement", "--seed", "3"]
    assert cli.main(["estimate", str(source), *chosen, "--report", str(page), "--output", str(tmp_path / "due.csv")]) == 0
    said = capsys.readouterr()
    assert "Non-recours, novembre\xa02026 : 30 foyers" in said.out
    assert said.err == ""
    assert "inventés" in page.read_text(encoding="utf-8")
    assert len(pd.read_csv(tmp_path / "due.csv", sep=";")) == 60


def test_the_command_tells_every_problem_and_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = sample(30)
    people.loc[:, "loyer"] = "quatre cents"
    people.to_csv(tmp_path / "table.csv", sep=";", index=False)
    assert cli.main(["estimate", str(tmp_path / "table.csv"), "--date", MONTH, "--benefit", "rsa"]) == cli.WRONG_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert len(re.findall(r"^  row \d+, loyer: not_a_number$", said.err, re.M)) >= 30
    assert "quatre" not in said.err
    wrong = ["--date", "2026", "--benefit", "rssa", "--report", str(tmp_path / "nowhere" / "page.html")]
    assert cli.main(["estimate", str(tmp_path / "table.csv"), *wrong]) == cli.WRONG_INPUT
    said = capsys.readouterr().err
    assert ["--date" in said, "rssa" in said, "--report" in said] == [True, True, True]
    reform = tmp_path / "reform.yaml"
    reform.write_text("aides_locales.rien: {2026-01-01: 3}\n", encoding="utf-8")
    assert cli.main(["estimate", str(tmp_path / "table.csv"), "--date", MONTH, "--reform", str(reform)]) == cli.WRONG_INPUT
    assert "aides_locales.rien" in capsys.readouterr().err
    assert cli.main(["estimate", str(tmp_path / "none.csv"), "--date", MONTH]) == cli.WRONG_INPUT


def test_the_help_of_the_command_loads_no_engine() -> None:
    question = "import sys; from tznr_rules import cli; cli.main(['estimate', '--help']); print('pandas' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True).stdout
    assert said.strip().endswith("False")
