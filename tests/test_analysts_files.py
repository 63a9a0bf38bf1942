"""Files of tables: whatever French offices export is read alike, in whole households, and outputs are complete or absent."""

import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from tznr_rules.analysts import files
from tznr_rules.analysts.files import read, write
from tznr_rules.analysts.progress import Progress, digest
from tznr_rules.errors import FileError, SampleError

SECRET = "Bérénice"
ROWS = [("1", SECRET, "01001", "1 234,50"), ("1", "œil", None, None), ("2", "Ÿ", "35238", "0"), ("3", "d'à côté", None, "-3")]
NAMES = ("id_menage", "nom", "commune", "montant")


def csv_text(delimiter: str = ";", unknown: str = "") -> str:
    rows = [[unknown if cell is None else f'"{cell}"' if delimiter in cell else cell for cell in row] for row in [NAMES, *ROWS]]
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


def records(path: Path, **how: Any) -> list[tuple[Any, ...]]:
    return [row for frame in read(path, **how) for row in frame.itertuples(index=False, name=None)]


def save(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_encoding_and_delimiter_gives_the_same_rows(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert records(save(tmp_path / "a.csv", csv_text(delimiter), encoding)) == ROWS


def test_an_accent_that_comes_late_tells_the_encoding(tmp_path: Path) -> None:
    head = "id_menage;nom\n" + f"1;{'plain' * 50}\n" * 6_000
    assert records(save(tmp_path / "a.csv", head + "1;é\n", "cp1252"))[-1] == ("1", "é")


def test_the_encoding_may_be_said(tmp_path: Path) -> None:
    assert records(save(tmp_path / "a.csv", "nom\nÉric\n", "mac_roman"), encoding="mac_roman") == [("Éric",)]


@pytest.mark.parametrize("unknown", ["", "NA", ".", "  "])
def test_blanks_are_unknown(tmp_path: Path, unknown: str) -> None:
    assert records(save(tmp_path / "a.csv", csv_text(unknown=unknown))) == ROWS


def test_rows_keep_their_number_although_blank_lines_are_left_out(tmp_path: Path) -> None:
    (frame,) = read(save(tmp_path / "a.csv", "id_menage;x\n1;a\n\n;\n2;b;\n3;c\n"))
    assert list(frame.index) == [1, 4, 5]
    assert frame.index.name == "row"


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx", ".dta", ".sav", ".xpt"])
def test_typed_files_keep_their_values(tmp_path: Path, suffix: str) -> None:
    born = pd.Series([date(1990, 5, 12), None, date(2018, 3, 2)], dtype="datetime64[ns]" if suffix not in (".parquet",) else object)
    frame = pd.DataFrame({"id_menage": ["01", "01", "2"], "born": born, "pay": [850.5, np.nan, 0.0], "place": ["01001", None, "35238"]})
    path = tmp_path / f"a{suffix}"
    written = {".parquet": frame.to_parquet, ".xlsx": frame.to_excel}
    statistical = {".dta": pyreadstat.write_dta, ".sav": pyreadstat.write_sav, ".xpt": pyreadstat.write_xport}
    if suffix in written:
        written[suffix](path, index=False)
    else:
        statistical[suffix](frame, path)
    (found,) = read(path)
    assert found["id_menage"].tolist() == ["01", "01", "2"]
    assert found["place"].tolist() == ["01001", None, "35238"]
    assert found["pay"].tolist() == [850.5, None, 0]
    assert [None if day is None else (day.year, day.month, day.day) for day in found["born"]] == [(1990, 5, 12), None, (2018, 3, 2)]


def test_a_file_that_sas_wrote_is_read_as_pandas_reads_it() -> None:
    path = Path(__file__).parent / "data" / "pandas_test1.sas7bdat"
    (found,), expected = read(path), pd.read_sas(path, encoding="latin-1")
    assert list(found.columns) == list(expected.columns)
    for name, column in expected.items():
        values = [None if pd.isna(each) else each for each in column]
        assert [pd.Timestamp(each) if isinstance(each, date) else each for each in found[name]] == values, name
    assert found.iloc[0, :4].tolist() == [0.636, "pear", 84.0, date(1965, 12, 10)]
    assert found.isna().to_numpy().any()


def test_large_integers_of_a_parquet_file_are_whole(tmp_path: Path) -> None:
    identifier = 2**53 + 1
    pd.DataFrame({"id_menage": pd.array([identifier, None], dtype="Int64")}, index=["x", "y"]).to_parquet(tmp_path / "a.parquet")
    assert records(tmp_path / "a.parquet") == [(identifier,)]


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"x": [1]}).to_excel(book, sheet_name="notes", index=False)
        pd.DataFrame({"x": [2]}).to_excel(book, sheet_name="foyers", index=False)
    assert records(tmp_path / "a.xlsx") == [(1,)]
    assert records(tmp_path / "a.xlsx", sheet="foyers") == [(2,)]
    with pytest.raises(FileError, match=r"no sheet 'x'. Its sheets: notes, foyers"):
        records(tmp_path / "a.xlsx", sheet="x")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_chunk_never_cuts_a_household(tmp_path: Path, size: int, suffix: str) -> None:
    of = np.repeat(np.arange(40), np.random.default_rng(0).integers(1, 9, 40)).astype(str)
    whole = pd.DataFrame({"id_menage": of, "x": [str(each) for each in range(len(of))]})
    write(tmp_path / f"a{suffix}", [whole])
    chunks = list(read(tmp_path / f"a{suffix}", size=size))
    assert pd.concat(chunks)["x"].tolist() == whole["x"].tolist()
    held = [set(chunk["id_menage"]) for chunk in chunks]
    assert sum(map(len, held)) == 40, "a household is in two chunks"
    assert all(len(chunk) for chunk in chunks)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_household_that_comes_back_is_refused_with_its_row(tmp_path: Path, size: int) -> None:
    path = save(tmp_path / "a.csv", f"id_menage;x\n{SECRET};1\n2;1\n2;2\n{SECRET};2\n3;1\n")
    with pytest.raises(SampleError) as refused:
        list(read(path, size=size))
    assert refused.value.problems[["row", "column", "code"]].values.tolist() == [[4, "id_menage", "comes_back"]]
    assert SECRET not in str(refused.value)


def test_only_one_chunk_is_in_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = save(tmp_path / f"{rows}.csv", "id_menage;x\n" + "".join(f"{row};{'v' * 200}\n" for row in range(rows)))
        tracemalloc.start()
        count = sum(1 for _ in read(path, size=500))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count in (rows // 500, rows // 500 + 1)
        return most

    assert peak(20_000) < 1.5 * peak(4_000)


def test_a_file_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", "id_menage;x\n" + "".join(f"{row};1\n" for row in range(1000)) + "1000;1;too;many\n")
    chunks = read(path, size=100)
    assert len(next(chunks)) < 200, "the bad row at the end was not read yet"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "", "is empty"),
        ("a.csv", "a;;b\n1;2;3\n", "column 2 has no name"),
        ("a.csv", "a;b;a\n1;2;3\n", "columns 1, 3 have the same name"),
        ("a.csv", f'a;b\n"{SECRET};2\n', "a quote is opened and not closed"),
        ("a.parquet", SECRET, "cannot be read as a Parquet file"),
        ("a.xlsx", SECRET, "cannot be read as an Excel file"),
        ("a.dta", SECRET, "cannot be read"),
        ("a.sas7bdat", SECRET, "cannot be read"),
        ("a.ods", SECRET, r"files of this kind are not read. Save it as one of \.csv"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = save(tmp_path / name, content)
    with pytest.raises(FileError, match=message) as refused:
        list(read(path))
    assert SECRET not in str(refused.value)


def test_an_absent_file_and_a_wrong_encoding_say_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"absent\.csv: there is no such file"):
        read(tmp_path / "absent.csv")
    path = save(tmp_path / "a.csv", SECRET, "cp1252")
    for encoding in ("utf-8", "klingon"):
        with pytest.raises(FileError, match=f"is not a text in {encoding}"):
            list(read(path, encoding=encoding))


def test_rows_of_another_width_are_refused_all_together(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", f"a;b\n1;2\n{SECRET}\n3;4\n5;6;{SECRET}\n")
    with pytest.raises(SampleError) as refused:
        list(read(path))
    assert refused.value.problems[["row", "code", "given"]].values.tolist() == [[2, "wrong_width", 1], [4, "wrong_width", 3]]
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(("name", "module"), [("a.parquet", "pyarrow"), ("a.xlsx", "openpyxl"), ("a.dta", "pyreadstat")])
def test_a_missing_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.parquet", None)
    with pytest.raises(FileError, match=rf"{module} is needed for files of this kind. Install it: pip install 'tznr-rules\[files\]'"):
        read(save(tmp_path / name, ""))


def frames(count: int) -> Iterator[pd.DataFrame]:
    for at in range(count):
        yield pd.DataFrame(
            {"amount": [at + 0.5, np.nan], "note": [None, "é" if at else None]}, index=pd.Index(["x", "y"], name="household")
        )


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    write(tmp_path / f"a{suffix}", frames(2))
    amounts = ("0,5", "1,5") if suffix == ".csv" else (0.5, 1.5)
    assert records(tmp_path / f"a{suffix}") == [("x", amounts[0], None), ("y", None, None), ("x", amounts[1], None), ("y", None, "é")]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_an_output_appears_only_when_it_is_complete(tmp_path: Path, suffix: str) -> None:
    def stopped() -> Iterator[pd.DataFrame]:
        yield from frames(1)
        raise KeyboardInterrupt

    path = save(tmp_path / f"a{suffix}", "before")
    with pytest.raises(KeyboardInterrupt):
        write(path, stopped())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"a table is written as \.csv or \.parquet"):
        write(tmp_path / "a.json", frames(1))
    with pytest.raises(FileError, match=r"a\.csv: cannot be written: no such file or directory"):
        write(tmp_path / "absent" / "a.csv", frames(1))
    with pytest.raises(FileError, match="other columns or types") as refused:
        write(tmp_path / "a.parquet", [pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [SECRET]})])
    assert SECRET not in str(refused.value)


def run(source: Path, output: Path, stop_after: int | None = None, setting: str = "") -> int:
    """A run that copies a file, as far as it goes; how many chunks it worked on."""
    progress, done = Progress(output, digest(source, setting)), 0
    for chunk in progress.remaining(read(source, size=10)):
        if done == stop_after:
            return done
        progress.add(chunk, rows=chunk.index[-1])
        done += 1
    progress.finish()
    return done


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, suffix: str) -> None:
    source, output = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    save(source, "id_menage;x\n" + "".join(f"{row};v{row}\n" for row in range(95)))
    at_once = run(source, tmp_path / f"whole{suffix}")
    assert run(source, output, stop_after=4) == 4
    assert not output.exists()
    assert run(source, output) == at_once - 4
    assert records(output) == records(tmp_path / f"whole{suffix}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", f"out{suffix}", f"whole{suffix}"]


def test_another_input_or_setting_starts_anew(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    for change in range(2):
        save(source, "id_menage;x\n" + "".join(f"{row};{change}\n" for row in range(50)))
        assert run(source, output, stop_after=2) == 2
    assert run(source, output, stop_after=1, setting="2026-12") == 1
    assert run(source, output) == len(list(read(source, size=10)))
    assert {row[2] for row in records(output)} == {"1"}


def test_a_damaged_state_starts_anew(tmp_path: Path) -> None:
    source, output = save(tmp_path / "in.csv", "id_menage\n1\n2\n"), tmp_path / "out.csv"
    (tmp_path / "out.csv.parts").mkdir()
    save(tmp_path / "out.csv.parts" / "progress.json", "{")
    run(source, output)
    assert [row[1] for row in records(output)] == ["1", "2"]


def test_the_columns_of_problems_are_those_of_the_contract() -> None:
    assert list(files.problem_table([]).columns) == ["row", "column", "code", "given", "expected"]
