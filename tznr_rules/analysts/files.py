"""Tables in files: read in chunks that never cut a household in two, written whole or not at all.

Text stays text: a commune code keeps its zeros, a date its order. Only one chunk is in memory at a time, with eight bytes per household
met, to notice one that comes back.
"""

import codecs
import csv
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tznr_rules.analysts import cells
from tznr_rules.analysts.cells import HOUSEHOLD, ROW
from tznr_rules.errors import FileError, SampleError

SIZE = 20_000  # rows
STATISTICAL_SIZE = 100_000  # rows: the reader of these files goes back to the beginning for every chunk
STATISTICAL = {".sas7bdat": "read_sas7bdat", ".xpt": "read_xport", ".dta": "read_dta", ".sav": "read_sav"}
DELIMITERS = (";", "\t", ",")
NOT_IN_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
BLOCK = 2**20  # bytes
LOOKED_AT = 50  # lines, to tell the delimiter
PROBLEM = ("row", "column", "code", "given", "expected")


def read(
    path: str | Path, *, sheet: str | None = None, encoding: str | None = None, household: str = HOUSEHOLD, size: int = SIZE
) -> Iterator[pd.DataFrame]:
    """Read a table in chunks, in the order of the file.

    Each chunk has every column of the file and, as index, the numbers of its rows as a person counts them: from 1, the header left out.
    Unknown cells (empty, ``NA``, ``.``) are None; rows where everything is unknown are left out. The rows of a household follow each other
    in the file, and are all in the same chunk.

    Args:
        path: ``.csv``, ``.txt`` or ``.tsv`` (``;``, tab or comma, told from the file), ``.parquet``, ``.xlsx``, ``.sas7bdat``, ``.xpt``,
            ``.dta`` or ``.sav``.
        sheet: of an Excel file; default: the first.
        encoding: of a text; default: UTF-8 if the file is valid UTF-8, with or without a mark, else Windows-1252 or ISO-8859-1.
        household: the column that is the same for the rows of a household; a file without it has a household per row.
        size: about how many rows a chunk has.

    Raises:
        FileError: the file cannot be read, or what reads it is not installed.
        SampleError: a household comes back after another one, or a row has not as many cells as there are columns.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if not path.is_file():
        raise FileError(f"{path.name}: there is no such file.")
    if kind in (".csv", ".txt", ".tsv"):
        frames = _csv(path, encoding or _encoding(path), size)
    elif kind == ".parquet":
        frames = _parquet(path, extra("pyarrow.parquet"), size)
    elif kind == ".xlsx":
        frames = _excel(path, extra("openpyxl"), sheet, size)
    elif kind in STATISTICAL:
        frames = _statistical(path, extra("pyreadstat"), encoding, size)
    else:
        known = ", ".join((".csv", ".parquet", ".xlsx", *STATISTICAL))
        raise FileError(f"{path.name}: files of this kind are not read. Save it as one of {known}.")
    return whole_households(frames, household)


def whole_households(frames: Iterator[pd.DataFrame], household: str) -> Iterator[pd.DataFrame]:
    """Tables that follow each other, cut between households, as :func:`read` gives those of a file.

    Rows are numbered from 1 through all the tables, unless their index is already named ``row``.

    Raises:
        SampleError: a household comes back after another one.
    """
    return _whole(_numbered(frames), household)


def write(path: str | Path, frames: Iterable[pd.DataFrame]) -> None:
    """Write tables one after the other in one file, which appears only when it is complete.

    A CSV is written as French spreadsheets open it: UTF-8 with a mark, ``;``, decimal comma. An index that has a name is a column.

    Args:
        path: ``.csv`` or ``.parquet``.
        frames: tables with the same columns.

    Raises:
        FileError: of another kind, or its folder cannot be written, or pyarrow is not installed, or the tables differ.
    """
    path = Path(path)
    named = (frame.reset_index() if frame.index.name else frame for frame in frames)
    writer = {".csv": _write_csv, ".parquet": _write_parquet}.get(path.suffix.lower())
    if writer is None:
        raise FileError(f"{path.name}: a table is written as .csv or .parquet.")
    with replacing(path) as temporary:
        writer(temporary, named)


def problem_table(problems: Iterable[tuple[int, str, str, Any, str]]) -> pd.DataFrame:
    """Problems as a table: row, column, code, given, expected."""
    columns = list(zip(*problems, strict=True)) or [()] * len(PROBLEM)
    kinds = (int, str, str, object, str)
    return pd.DataFrame({name: pd.Series(column, dtype=kind) for name, column, kind in zip(PROBLEM, columns, kinds, strict=True)})


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write beside another one, which it replaces at the end; nothing is left of it after an error."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise FileError(f"{path.name}: cannot be written: {(error.strerror or 'unknown reason').lower()}.") from None
    finally:
        temporary.unlink(missing_ok=True)


def extra(module: str) -> Any:
    """A module that reads files of one kind.

    Raises:
        FileError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        package = module.split(".")[0]
        raise FileError(f"{package} is needed for files of this kind. Install it: pip install 'tznr-rules[files]'.") from None


def _encoding(path: Path) -> str:
    """How a text is encoded: the whole of it is looked at, since the first accent may come late."""
    decoder, utf8, cp1252 = codecs.getincrementaldecoder("utf-8")(), True, True
    with path.open("rb") as file:
        head = file.read(2)
        if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        for block in chain([head], iter(lambda: file.read(BLOCK), b"")):
            cp1252 = cp1252 and not any(byte in block for byte in NOT_IN_CP1252)
            try:
                decoder.decode(block) if utf8 else None
            except UnicodeDecodeError:
                utf8 = False
    return "utf-8-sig" if utf8 else "cp1252" if cp1252 else "iso-8859-1"


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter that gives as many cells in every line, the most of them if several do."""
    widths = {delimiter: {len(row) for row in csv.reader(lines, delimiter=delimiter)} for delimiter in DELIMITERS}
    even = [delimiter for delimiter in DELIMITERS if len(widths[delimiter]) == 1 and widths[delimiter] != {1}]
    return max(even or DELIMITERS, key=lambda delimiter: len(next(csv.reader(lines[:1], delimiter=delimiter), [])))


def _csv(path: Path, encoding: str, size: int) -> Iterator[pd.DataFrame]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            delimiter = _delimiter([line for line in islice(file, LOOKED_AT) if line.strip()])
            file.seek(0)
            yield from _rows(path, csv.reader(file, delimiter=delimiter, strict=True), size)
    except (UnicodeError, LookupError):
        raise FileError(f"{path.name}: is not a text in {encoding}. Say its encoding, for example encoding='cp1252'.") from None
    except csv.Error:
        raise FileError(f"{path.name}: a quote is opened and not closed, or a cell is too long.") from None


def _excel(path: Path, openpyxl: Any, sheet: str | None, size: int) -> Iterator[pd.DataFrame]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception:  # whatever is wrong inside the archive; the message of the reader may show a cell
        raise FileError(f"{path.name}: cannot be read as an Excel file.") from None
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise FileError(f"{path.name}: has no sheet {sheet!r}. Its sheets: {', '.join(book.sheetnames)}.")
        chosen = book[sheet] if sheet is not None else book.worksheets[0]
        chosen.reset_dimensions()  # some exports say a wrong size
        rows = iter(chosen.iter_rows(values_only=True))
        header = tuple(next(rows, ()))
        padded = ((*row, *[None] * (len(header) - len(row))) for row in rows)
        yield from _rows(path, chain([header], padded), size)
    finally:
        book.close()


def _rows(path: Path, rows: Iterator[Sequence[Any]], size: int) -> Iterator[pd.DataFrame]:
    """Rows of cells as tables; the first one holds the names of the columns."""
    names = ["" if name is None else str(name).strip() for name in next(rows, [])]
    while names and not names[-1]:
        names.pop()
    _check_names(path, names)
    width, before = len(names), 0
    while batch := list(islice(rows, size)):
        wrong = [at for at, row in enumerate(batch) if len(row) != width]
        for at in wrong:
            row = batch[at]
            blank = not row
            batch[at] = [None] * width if blank else row[:width] if not any(cells.said(row[width:])) else row
        uneven = [at for at in wrong if len(batch[at]) != width]
        if uneven:
            table = [(before + at + 1, "", "wrong_width", len(batch[at]), f"The header has {width} columns.") for at in uneven]
            raise SampleError(problem_table(table))
        yield pd.DataFrame(dict(zip(names, map(list, zip(*batch, strict=True)), strict=True)), dtype=object)
        before += len(batch)


def _check_names(path: Path, names: Sequence[str]) -> None:
    if not names:
        raise FileError(f"{path.name}: is empty. The first line holds the names of the columns.")
    if "" in names:
        raise FileError(f"{path.name}: column {names.index('') + 1} has no name. The first line holds the names of the columns.")
    twice = [position for position, name in enumerate(names, start=1) if Counter(names)[name] > 1]
    if twice:
        raise FileError(f"{path.name}: columns {', '.join(map(str, twice))} have the same name as another. Rename them.")


def _parquet(path: Path, parquet: Any, size: int) -> Iterator[pd.DataFrame]:
    try:
        file = parquet.ParquetFile(path)
    except Exception:
        raise FileError(f"{path.name}: cannot be read as a Parquet file.") from None
    with file:
        names = [name for name in file.schema_arrow.names if not name.startswith("__index_level_")]
        _check_names(path, names)
        for batch in file.iter_batches(batch_size=size, columns=names):
            yield pd.DataFrame({name: _values(batch.column(name)) for name in names}, dtype=object)


def _values(column: Any) -> Any:
    """The cells of a column; a text that comes back is held once."""
    if str(column.type) not in ("string", "large_string"):
        return column.to_pandas(date_as_object=True, integer_object_nulls=True)
    coded = column.dictionary_encode()
    texts = np.array([*coded.dictionary.to_pylist(), None], dtype=object)
    return texts[coded.indices.fill_null(len(texts) - 1).to_numpy()]


def _statistical(path: Path, pyreadstat: Any, encoding: str | None, size: int) -> Iterator[pd.DataFrame]:
    function = getattr(pyreadstat, STATISTICAL[path.suffix.lower()])
    try:
        chunks = pyreadstat.read_file_in_chunks(function, path, chunksize=max(size, STATISTICAL_SIZE), encoding=encoding)
        yield from (frame for frame, _ in chunks)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError):
        raise FileError(f"{path.name}: cannot be read; it may be damaged, or need an encoding, for example encoding='cp1252'.") from None


def _numbered(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The same tables with their rows numbered, unknown cells as None, without the blank rows."""
    before = 0
    for frame in frames:
        numbers = frame.index if frame.index.name == ROW else pd.RangeIndex(before + 1, before + len(frame) + 1, name=ROW)
        columns = {name: cells.known(frame[name]) for name in frame.columns}
        blank: Sequence[int] = range(len(frame))
        for values in columns.values():
            blank = [row for row in blank if values[row] is None]
        table = pd.DataFrame(columns, index=numbers, dtype=object)
        yield table.dropna(how="all") if blank else table
        before += len(frame)


def _whole(frames: Iterator[pd.DataFrame], household: str) -> Iterator[pd.DataFrame]:
    """The same tables, cut between households: the last one of each waits for the rest of its rows."""
    waiting: pd.DataFrame | None = None
    met: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)
    for frame, following in pairwise(chain(frames, [None])):
        assert frame is not None  # only the last one is, and it only follows
        if household not in frame.columns:
            yield from [frame] if len(frame) else []
            continue
        table = frame if waiting is None else pd.concat([waiting, frame])
        if table.empty:
            continue
        first = first_rows(table[household])
        cut = len(table) if following is None else int(np.flatnonzero(first)[-1])
        whole, waiting = table.iloc[:cut], table.iloc[cut:]
        if len(whole):
            met = _never_back(whole[household][first[:cut]], met)
            yield whole


def first_rows(ids: "pd.Series[Any]") -> NDArray[np.bool_]:
    """Which rows begin a household; one without an id is alone."""
    values = np.array([None if value is None else cells.code(value) for value in ids], dtype=object)
    same = (values[1:] == values[:-1]) & (values[1:] != None)  # noqa: E711  (element by element)
    return np.concatenate([[True], ~same.astype(bool)])


def _never_back(ids: "pd.Series[Any]", met: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The households met so far, with these.

    Raises:
        SampleError: one of them was met before.
    """
    ids = ids.dropna()
    keys = pd.util.hash_array(np.array([cells.code(value) for value in ids], dtype=object))
    new = np.zeros(len(keys), dtype=bool)
    new[np.unique(keys, return_index=True)[1]] = True
    back = np.flatnonzero(~new | np.isin(keys, met))
    if len(back):
        expected = f"The rows of a household follow each other: sort the file by {ids.name}."
        rows = [(int(ids.index[at]), str(ids.name), "comes_back", ids.iloc[at], expected) for at in back]
        raise SampleError(problem_table(rows))
    return np.union1d(met, keys)


def _write_csv(path: Path, frames: Iterator[pd.DataFrame]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for position, frame in enumerate(frames):
            frame.to_csv(file, sep=";", decimal=",", index=False, header=position == 0, lineterminator="\n")


def _write_parquet(path: Path, frames: Iterator[pd.DataFrame]) -> None:
    pyarrow, parquet = extra("pyarrow"), extra("pyarrow.parquet")
    first = next(frames, pd.DataFrame())
    schema = _schema(pyarrow, pyarrow.Table.from_pandas(first, preserve_index=False).schema)
    with parquet.ParquetWriter(path, schema) as writer:
        for frame in chain([first], frames):
            try:
                writer.write_table(pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False))
            except (pyarrow.ArrowException, KeyError, ValueError, TypeError):  # its message may show a value
                raise FileError(f"{path.name}: a table has other columns or types than the first.") from None


def _schema(pyarrow: Any, schema: Any) -> Any:
    """A schema in which a column that is unknown everywhere may hold text later."""
    fields = [field.with_type(pyarrow.string()) if pyarrow.types.is_null(field.type) else field for field in schema]
    return pyarrow.schema(fields)
