"""A table of as many invented households as wanted, written piece by piece: ``python benchmarks/population.py 1000000 people.parquet``.

Each one is a household of the shipped sample, drawn by its weight, that earns and rents otherwise and was born on other days of the same
years, so that what it says of the school of its children still holds. What it says to receive stays what it was.
"""

import argparse
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from questions import SAMPLE

SEED = 20_261
AT_ONCE = 10_000  # households
SPREAD = 0.08  # standard deviation of the logarithm of what incomes and rents are multiplied by
LAST_YEAR = "2026"  # of whom was born in it, the day stays: it may not have come yet
HOUSEHOLD, WEIGHT, BORN, RENT = "id_menage", "poids", "date_naissance", "loyer"
INCOMES = ("salaire_net", "chomage_net", "retraite_nette")


def population(households: int, seed: int = SEED) -> Iterator[pd.DataFrame]:
    """The rows of invented households, as text, in pieces of whole households; the same seed gives the same ones."""
    random = np.random.default_rng(seed)
    people = pd.read_csv(SAMPLE, sep=";", dtype=str, keep_default_na=False)
    rows = [np.flatnonzero(people[HOUSEHOLD] == each) for each in people[HOUSEHOLD].unique()]
    weights = np.array([float(people[WEIGHT].iloc[each[0]]) for each in rows])
    for first in range(0, households, AT_ONCE):
        drawn = random.choice(len(rows), min(AT_ONCE, households - first), p=weights / weights.sum())
        piece = people.iloc[np.concatenate([rows[each] for each in drawn])].reset_index(drop=True)
        yield _otherwise(piece, np.repeat(np.arange(len(drawn)), [len(rows[each]) for each in drawn]), first, random)


def _otherwise(people: pd.DataFrame, household: NDArray[np.intp], before: int, random: np.random.Generator) -> pd.DataFrame:
    """The same people under other ids, with other incomes, rents and birthdays; ``household`` says whose each row is."""
    count = int(household[-1]) + 1
    earns, rents = np.exp(random.normal(0, SPREAD, (2, count)))
    found = people.copy()
    found[HOUSEHOLD] = [f"f{before + each:08d}" for each in household]
    found[WEIGHT] = "1"
    for name in [each for each in people if each.split(".")[0] in INCOMES]:
        found[name] = _times(people[name], earns[household])
    found[RENT] = _times(people[RENT], rents[household])
    birthday = random.integers(0, 365, len(people)).astype("timedelta64[D]")
    years = people[BORN].str[:4].to_numpy(dtype="datetime64[Y]")
    born = (years.astype("datetime64[D]") + birthday).astype(str)
    found[BORN] = np.where(people[BORN].str.startswith(LAST_YEAR), people[BORN], born)
    return found


def _times(amounts: "pd.Series[str]", factor: NDArray[np.float64]) -> list[str]:
    """Amounts as text, multiplied; what is not told stays so."""
    told = pd.to_numeric(amounts, errors="coerce").to_numpy(float)
    return ["" if np.isnan(each) else f"{each:.2f}" for each in told * factor]


def write(path: Path, households: int, seed: int = SEED) -> None:
    """Write them as CSV or Parquet, with one piece in memory."""
    if path.suffix == ".parquet":
        _write_parquet(path, population(households, seed))
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        for place, piece in enumerate(population(households, seed)):
            piece.to_csv(file, sep=";", index=False, header=place == 0)


def _write_parquet(path: Path, pieces: Iterator[pd.DataFrame]) -> None:
    import pyarrow
    from pyarrow import parquet

    first = next(pieces)
    schema = pyarrow.schema([(name, pyarrow.string()) for name in first])
    with parquet.ParquetWriter(path, schema) as writer:
        for piece in chain([first], pieces):
            writer.write_table(pyarrow.Table.from_pandas(piece, schema=schema, preserve_index=False))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("households", type=int)
    options.add_argument("path", type=Path, help=".csv or .parquet")
    options.add_argument("--seed", type=int, default=SEED)
    chosen = options.parse_args()
    write(chosen.path, chosen.households, chosen.seed)


if __name__ == "__main__":
    main()
