"""From tables to households: both shapes say the same, nothing is guessed, nothing is lost, and no message shows a value."""

import logging
import pickle
import re
import warnings
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tznr_rules
from tests.households import AS_DRAWN, MONTH
from tests.households import households as described
from tznr_rules.analysts import cells, fields, mapping
from tznr_rules.analysts.cells import number
from tznr_rules.analysts.files import write
from tznr_rules.analysts.tables import households, read_households
from tznr_rules.errors import HouseholdError, MappingError, SampleError
from tznr_rules.facts import benefit, fact
from tznr_rules.household import Household, parse

EXAMPLE = Path(tznr_rules.__file__).parent / "samples" / "mapping_exemple.yaml"
PAGE = Path(__file__).parent.parent / "docs" / "analysts" / "reading.md"

DOCUMENTS = (
    {
        "depcom": "35238",
        "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420},
        "personnes": [
            {"id": "demandeur", "lien": "demandeur", "date_naissance": "1990-05-12", "activite": "actif", "salaire_net": 850.5},
            {"id": "conjoint", "lien": "conjoint", "date_naissance": "1991-01-02", "chomage_net": {"2026-08": 400, "2026-09": 0}},
            {"id": "enfant1", "lien": "enfant", "date_naissance": "2018-03-02", "recus": {"aeeh": 0}},
            {"id": "enfant2", "lien": "enfant", "date_naissance": "2020-03-02"},
        ],
        "recus": {"rsa": 0, "aide_logement": 271},
        "avis_imposition": {2024: {"rfr": 9200, "nbptr": 3}},
        "famille": {"rsa_isolement_recent": False},
    },
    {
        "depcom": "01001",
        "personnes": [
            {"id": "demandeur", "lien": "demandeur", "date_naissance": "1955-01-20", "retraite_nette": 1100, "inapte_travail": True},
            {"id": "autre1", "lien": "autre", "date_naissance": "1930-12-31", "recus": {"rsa": 12}, "avis_imposition": {2024: {"rfr": 1}}},
        ],
    },
)
EXPECTED = tuple(parse({"date": MONTH, **document}) for document in DOCUMENTS)


def facts_of(household: Household, wide: bool) -> list[dict[str, Any]]:
    """A household as rows of a table, by the names of columns: its persons', or one row for all of them."""
    document = household.document()
    people = document.pop("personnes")
    document.pop("date")
    shared: dict[str, Any] = dict(flat(document, ""))
    rows = []
    for person in people:
        role = f"{person['id']}_" if wide else ""
        row = dict(flat(person, ""))
        if wide:
            row = {f"{role}{name}": value for name, value in row.items() if name not in ("lien", "id")}
        else:
            row = {column_of_a_person(name): value for name, value in row.items()}
        rows.append(row)
    if wide:
        return [{name: value for row in [shared, *rows] for name, value in row.items()}]
    return [shared | rows[0], *rows[1:]]


def flat(document: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in document.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def column_of_a_person(name: str) -> str:
    """In a long table, what a person receives for a whole family needs to say so, as does a notice of their own."""
    family = name.startswith("recus.") and benefit(name.split(".")[1]).entity != "individu"  # type: ignore[union-attr]
    return f"personne.{name}" if family or name.startswith("avis_imposition.") else name


def table(*sample: Household, wide: bool = False, ids: str = "h") -> pd.DataFrame:
    rows = [{"id_menage": f"{ids}{at}"} | row for at, household in enumerate(sample) for row in facts_of(household, wide)]
    return pd.DataFrame(rows, dtype=object).assign(poids=1)


def french(value: Any) -> Any:
    """A cell as a French office exports it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float | int):
        return None if np.isnan(value) else f"{value:.10g}".replace(".", ",")
    born = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value) if isinstance(value, str) else None
    return f"{born[3]}/{born[2]}/{born[1]}" if born else value


def people(**columns: list[Any]) -> pd.DataFrame:
    """A long table of two households of one and two persons, with some columns."""
    told = {
        "id_menage": ["a", "b", "b"],
        "lien": [None, "demandeur", "enfant"],
        "date_naissance": ["1955-01-20", "1990-05-12", "2018-03-02"],
    }
    return pd.DataFrame({**told, "poids": [1, 2, 2], **{name.replace("__", "."): values for name, values in columns.items()}}, dtype=object)


def report(frame: pd.DataFrame, **how: Any) -> tuple[list[Any], list[tuple[Any, ...]]]:
    """The ids that are used, and the problems without what is expected."""
    sample, problems = households(frame, date=MONTH, errors="report", **how)
    assert problems["expected"].str.len().min() > 0 if len(problems) else True, "a problem that nobody can mend"
    return list(sample.about.index), list(problems.drop(columns="expected").itertuples(index=False, name=None))


@pytest.mark.parametrize("wide", [False, True])
def test_both_shapes_give_the_same_households(wide: bool) -> None:
    sample, problems = households(table(*EXPECTED, wide=wide), date=MONTH)
    assert sample.households == EXPECTED
    assert list(sample.about.index) == ["h0", "h1"]
    assert sample.about.index.name == "household"
    assert problems.empty


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_french_export_gives_the_same_households(tmp_path: Path, wide: bool, encoding: str) -> None:
    frame = table(*EXPECTED, wide=wide, ids="foyer n° ").map(french)
    frame.to_csv(tmp_path / "a.csv", sep=";", index=False, encoding=encoding)
    ((sample, _),) = read_households(tmp_path / "a.csv", date=MONTH)
    assert sample.households == EXPECTED
    assert list(sample.about.index) == ["foyer n° 0", "foyer n° 1"]


@settings(max_examples=25, phases=AS_DRAWN, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(described(), min_size=1, max_size=3))
def test_households_written_to_a_long_table_are_read_back(documents: list[dict[str, Any]]) -> None:
    expected = tuple(parse(document) for document in documents)
    assert households(table(*expected), date=MONTH)[0].households == expected
    assert households(table(*expected).map(french), date=MONTH)[0].households == expected


@pytest.mark.parametrize("unknown", [None, "", "  ", "NA", ".", np.nan, pd.NA, pd.NaT])
def test_what_is_blank_is_unknown(unknown: Any) -> None:
    sample, _ = households(people(loyer=[unknown, 0, unknown], recus__rsa=["0", unknown, unknown], salaire_net=[unknown] * 3), date=MONTH)
    assert [household.logement for household in sample.households] == [{}, {"loyer": 0}]
    assert [household.recus for household in sample.households] == [{"rsa": 0}, {}]
    assert all(person.salaire_net is None for household in sample.households for person in household.personnes)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *(("1234,5", 1234.5), ("1 234,50", 1234.5), ("1\u00a0234", 1234.0), ("12\u202f345\u202f678,9", 12_345_678.9), (" 850.25 ", 850.25)),
        *(("-3", -3.0), ("1e+05", 1e5), (Decimal("1.5"), 1.5), (12, 12), ("12 5", "12 5"), ("1.234,5", "1.234,5"), ("850 €", "850 €")),
    ],
)
def test_numbers_are_read_as_they_are_written_in_france(written: Any, read: Any) -> None:
    assert number(written) == read


@pytest.mark.parametrize(
    "born", ["12/05/1990", "1990-05-12", "12-05-1990", pd.Timestamp("1990-05-12"), date(1990, 5, 12), "1990-05-12 00:00:00"]
)
def test_dates_are_read_day_first_or_in_iso(born: Any) -> None:
    sample, _ = households(people(date_naissance=["1955-01-20", born, "2018-03-02"]), date=MONTH)
    assert sample.households[1].personnes[0].date_naissance == date(1990, 5, 12)


def test_codes_of_statistical_files_are_read_although_they_are_numbers() -> None:
    frame = people(depcom=[35238.0, 35238.0, np.nan]).assign(id_menage=[1.0, 2.0, 2.0])
    sample, _ = households(frame, date=MONTH)
    assert [household.depcom for household in sample.households] == ["35238", "35238"]
    assert list(sample.about.index) == ["1", "2"]


def test_the_first_row_is_the_demandeur_when_nobody_says_so() -> None:
    sample, _ = households(people(lien=[None, None, "enfant"]), date=MONTH)
    assert [person.lien for person in sample.households[1].personnes] == ["demandeur", "enfant"]
    assert report(people(lien=[None, None, None])) == (["a"], [(3, "lien", "lien_missing", None)])


SALARY_OF_2025 = "constants.salaire_net.2025"
BAD = (  # columns, the ids that are left, and the problems
    ({"salaire_net": [None, "850 €", None]}, ["a"], [(2, "salaire_net", "not_a_number", "850 €")]),
    ({"date_naissance": ["x", "1990-05-12", None]}, [], [(1, "date_naissance", "not_a_date", "x"), (3, "date_naissance", "missing", None)]),
    ({"loyer": [420, 1, 2]}, ["a"], [(3, "loyer", "inconsistent", 2)]),
    ({"loyer": [420, None, "x"]}, ["a"], [(3, "loyer", "not_a_number", "x")]),
    ({"lien": [None, "demandeur", "demandeur"]}, ["a"], [(3, "lien", "two_demandeurs", "demandeur")]),
    ({"lien": [None, "enfant", "enfant"]}, ["a"], [(2, "lien", "no_demandeur", "enfant")]),
    ({"lien": [None, "demandeur", "chat"]}, ["a"], [(3, "lien", "unknown_value", "chat")]),
    ({"id": [None, "x", "x"]}, ["a"], [(3, "id", "duplicate_id", "x")]),
    ({"id_menage": ["a", None, "b"]}, ["a"], [(2, "id_menage", "missing", None), (3, "lien", "no_demandeur", "enfant")]),
    ({"id_menage": ["a", "b", "a"], "lien": [None] * 3}, ["b"], [(1, "id_menage", "comes_back", "a"), (3, "id_menage", "comes_back", "a")]),
    ({"poids": [1, "x", "x"]}, ["a"], [(2, "poids", "not_a_weight", "x")]),
    ({"poids": [None, 2, 3]}, [], [(1, "poids", "missing", None), (3, "poids", "inconsistent", 3)]),
    ({"poids": [-1, True, True]}, [], [(1, "poids", "not_a_weight", -1), (2, "poids", "not_a_weight", True)]),
    ({"strate": ["s", None, None]}, ["a"], [(2, "strate", "missing", None)]),
    ({"depcom": ["35700", "35238", None]}, ["b"], [(1, "depcom", "postcode", "35700")]),
    ({"depcom": [1001.0, "35238", None]}, ["b"], [(1, "depcom", "not_a_commune", 1001.0)]),
    ({"salaire_net": [1, 1, None], "salaire_net__2026-09": [None, 5, None]}, ["a"], [(2, "salaire_net.2026-09", "given_twice", 5)]),
    ({"avis_imposition__2024__nbptr": [None, 2, None]}, ["a"], [(2, "avis_imposition.2024.rfr", "missing", None)]),
    ({"date_naissance": ["1955-01-20", "2018-03-02", "1990-05-12"]}, ["a"], [(3, "date_naissance", "older_than_parents", "1990-05-12")]),
)


@pytest.mark.parametrize(("columns", "left", "problems"), BAD)
def test_the_table_of_bad_rows_is_exact(columns: dict[str, list[Any]], left: list[str], problems: list[Any]) -> None:
    assert report(people(**columns)) == (left, problems)


@pytest.mark.parametrize(("columns", "left", "problems"), BAD)
def test_an_error_says_where_and_shows_no_value(
    columns: dict[str, list[Any]], left: list[str], problems: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(SampleError) as refused:
        households(people(**columns), date=MONTH)
    lines = str(refused.value).splitlines()
    assert lines[1:-1] == [f"  row {row}, {column}: {code}" for row, column, code, _ in problems]
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None, "the error of the household shows values"
    assert not caplog.records
    assert list(refused.value.problems.columns) == ["row", "column", "code", "given", "expected"]
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


def test_a_bad_row_of_a_wide_table_names_the_column_of_the_person() -> None:
    frame = table(*EXPECTED, wide=True)
    frame.loc[0, ["enfant2_date_naissance", "conjoint_chomage_net.2026-08"]] = ["31/02/2020", "beaucoup"]
    frame.loc[1, "demandeur_date_naissance"] = None
    assert report(frame) == (
        [],
        [
            (1, "conjoint_chomage_net.2026-08", "not_a_number", "beaucoup"),
            (1, "enfant2_date_naissance", "not_a_date", "31/02/2020"),
            (2, "demandeur_date_naissance", "missing", None),
        ],
    )


def test_a_household_said_twice_is_left_out_of_a_wide_table() -> None:
    frame = table(*EXPECTED, wide=True).assign(id_menage="x")
    assert report(frame)[1] == [(1, "id_menage", "comes_back", "x"), (2, "id_menage", "comes_back", "x")]


def test_many_problems_are_counted_and_the_first_are_shown() -> None:
    frame = pd.DataFrame({"id_menage": range(50), "date_naissance": "x", "poids": 1})
    with pytest.raises(SampleError, match=r"The table has 50 problems in 50 rows:\n(?:.*\n){20}  and 30 more\n"):
        households(frame, date=MONTH)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_row_is_lost(data: st.DataObject) -> None:
    ids = sorted(data.draw(st.lists(st.sampled_from([None, "a", "b", "c", "d"]), min_size=1, max_size=12)), key=str)
    if data.draw(st.booleans()):
        ids = data.draw(st.permutations(ids))

    def column(*values: Any) -> list[Any]:
        return data.draw(st.lists(st.sampled_from(values), min_size=len(ids), max_size=len(ids)))

    frame = pd.DataFrame(
        {
            "id_menage": ids,
            "lien": column("demandeur", "enfant", "autre", None, "?"),
            "date_naissance": column("1980-01-01", "2015-01-01", "?", None),
            "loyer": column(None, None, 1, 2, "?"),
            "poids": column(1, 1, 1, None, "?"),
        },
        dtype=object,
    )
    sample, problems = households(frame, date=MONTH, errors="report")
    used = {str(name) for name in sample.about.index}
    rows = {at + 1: name for at, name in enumerate(ids)}
    households_with_problems = {rows[row] for row in problems["row"]}
    for row, name in rows.items():
        if name is None:
            assert row in set(problems["row"]), "a row without a household is told"
        else:
            assert (name in used) != (name in households_with_problems), "a household is used or has a problem, never both, never neither"
    assert sum(len(household.personnes) for household in sample.households) == sum(name in used for name in ids)


def test_weights_strata_and_kept_columns_are_beside_the_households() -> None:
    frame = people(strate=["s", "t", None], ilot=[3, None, 4]).rename(columns={"poids": "w"})
    how = {"columns": {"lien": "lien", "date_naissance": "date_naissance"}, "keep": ["ilot"]}
    sample, _ = households(frame, date=MONTH, mapping=how, weights="w", strata="strate")
    assert sample.about.to_dict("list") == {"weight": [1.0, 2.0], "stratum": ["s", "t"], "ilot": [3, None]}
    assert sample.about["weight"].dtype == float


def test_without_weights_each_household_counts_for_one_and_a_warning_says_so() -> None:
    with pytest.warns(UserWarning, match=r"^No column of weights: each household of the table counts for one household\.$"):
        sample, _ = households(people().drop(columns="poids"), date=MONTH)
    assert sample.about["weight"].tolist() == [1.0, 1.0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        households(people(), date=MONTH)


def test_a_month_that_is_not_one_is_refused() -> None:
    with pytest.raises(HouseholdError, match="is not a month"):
        households(people(), date="novembre")
    with pytest.raises(ValueError, match="neither 'raise' nor 'report'"):
        households(people(), date=MONTH, errors="ignore")  # type: ignore[arg-type]


def test_an_empty_table_is_an_empty_sample() -> None:
    sample, problems = households(people().iloc[:0], date=MONTH)
    assert (len(sample.households), len(sample.about), len(problems)) == (0, 0, 0)


def test_the_example_of_a_mapping_reads_what_it_describes(tmp_path: Path) -> None:
    assert EXAMPLE.read_text(encoding="utf-8") in PAGE.read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_text(
        "IDENT;NOIND;POND;LIEN;NAIS;OCCUP;SALTRIM;CHOM_08;CHOM_09;STOC;LOYER;RFR_2024;RSA_CENT;ILOT;AUTRE\n"
        "0017;1;7,56;1;12/05/1990;1;2 551,50;400;0;2;420;9200;27150;G;x\n"
        "0017;2;7,56;3;02/03/2018;9;;;;;;;;;x\n",
        encoding="cp1252",
    )
    ((sample, _),) = read_households(tmp_path / "a.csv", mapping=EXAMPLE, date=MONTH)
    adult = {"id": "1", "lien": "demandeur", "date_naissance": "1990-05-12", "activite": "actif", "salaire_net": 850.5}
    expected = {
        "date": MONTH,
        "depcom": "35238",
        "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420},
        "personnes": [
            adult | {"chomage_net": {"2026-08": 400, "2026-09": 0}},
            {"id": "2", "lien": "enfant", "date_naissance": "2018-03-02"},
        ],
        "avis_imposition": {2024: {"rfr": 9200}},
        "recus": {"rsa": 271.5},
    }
    assert sample.households == (parse(expected),)
    assert sample.about.loc["0017"].tolist() == [7.56, "G"]


@pytest.mark.parametrize(
    ("field", "period", "given", "expected"),
    [
        ("salaire_net", "month", 300, 300.0),
        ("salaire_net", "quarter", 300, 100.0),
        ("salaire_net", "year", "1 200", 100.0),
        ("salaire_net", None, 300, 300.0),
        ("salaire_net.2025", "year", 1200, {f"2025-{month:02d}": 100.0 for month in range(1, 13)}),
        ("salaire_net.2025", "month", 100, {f"2025-{month:02d}": 100.0 for month in range(1, 13)}),
        ("rpns_micro_entreprise_benefice", "month", 100, 1200.0),
        ("rpns_micro_entreprise_benefice", "year", 1200, 1200.0),
        ("bourse_criteres_sociaux_base_ressources_parentale", "year", 1200, 1200.0),
    ],
)
def test_periods_are_brought_to_those_of_the_field(field: str, period: str | None, given: Any, expected: Any) -> None:
    columns = {"lien": "lien", "date_naissance": "date_naissance", "X": {"field": field, **({"period": period} if period else {})}}
    sample, _ = households(people(X=[given, None, None]), date=MONTH, mapping={"columns": columns, "weight": "poids"})
    assert sample.households[0].personnes[0].facts == {field.split(".")[0]: pytest.approx(expected)}


def test_constants_hold_for_every_household_or_for_everybody() -> None:
    how = {"columns": {"lien": None, "date_naissance": None}, "constants": {"depcom": 35238, "nationalite": "FR"}, "weight": "poids"}
    sample, _ = households(people(), date=MONTH, mapping=how)
    assert {household.depcom for household in sample.households} == {"35238"}
    assert {person.facts["nationalite"] for household in sample.households for person in household.personnes} == {"FR"}


def test_a_cell_that_the_mapping_does_not_list_is_a_problem() -> None:
    columns = {"lien": None, "date_naissance": None, "OCC": {"field": "activite", "values": {1: "actif", "02": "chomeur", 9: None}}}
    how = {"columns": columns, "weight": "poids"}
    sample, _ = households(people(OCC=[1.0, "02", "9"]), date=MONTH, mapping=how)
    assert [person.activite for household in sample.households for person in household.personnes] == ["actif", "chomeur", None]
    assert report(people(OCC=["1", "1", "2"]), mapping=how) == (["a"], [(3, "OCC", "not_in_values", "2")])


def test_every_mistake_of_a_mapping_is_told_at_once() -> None:
    document = {
        "shap": "long",
        "columns": {
            "NAIS": {"field": "date_naissance", "period": "year"},
            "SAL": {"field": "salarie_net", "perod": "quarter"},
            "OCC": {"field": "activite", "values": {1: "acitf"}, "multiply": 2},
            "RSA": {"field": "recus.rsaa"},
            "LOY": {"field": "loyer", "period": "trimestre", "multiply": 0},
            "LOY2": "loyer",
            "MOIS": "date",
        },
        "constants": {"depcon": "35238", "loyer": 3},
        "keep": ["weight"],
    }
    with pytest.raises(MappingError) as refused:
        mapping.read(document)
    assert str(refused.value).splitlines() == [
        "The columns of the table have 14 problems:",
        "  shap: unknown field. Accepted: shape, household, person, weight, stratum, columns, constants, keep. Did you mean 'shape'?",
        "  columns.NAIS.period: this field is not an amount of a month or a year. Remove it.",
        "  columns.SAL.perod: unknown field. Accepted: field, period, values, multiply. Did you mean 'period'?",
        "  columns.SAL: unknown field. Did you mean 'salaire_net'?",
        "  columns.OCC.values.1: 'acitf' is not an accepted value. Accepted: actif, chomeur, etudiant, retraite, inactif. "
        "Did you mean 'actif'?",
        "  columns.OCC.multiply: this field is not a number. Remove it.",
        "  columns.RSA: unknown benefit. Did you mean 'recus.rsa'?",
        "  columns.LOY.period: 'trimestre' is not a period. Accepted: month, quarter, year.",
        "  columns.LOY.multiply: 0 is not a number other than 0. Write for example 0.01.",
        "  columns.MOIS: the month is not a column. Give it as the argument 'date', and name this column under 'keep'.",
        "  constants.depcon: unknown field. Did you mean 'depcom'?",
        "  keep.weight: this name is taken. Rename the column.",
        "  columns.LOY2: this field is also given by columns.LOY. Keep one of them.",
        "  constants.logement.loyer: this field is also given by columns.LOY. Keep one of them.",
    ]
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems


@pytest.mark.parametrize(
    ("document", "code", "path"),
    [
        ({"shape": "large", "columns": {"a": "loyer"}}, "unknown_value", "shape"),
        ({}, "missing", "columns"),
        ({"columns": {"L": "lien"}}, "missing", "columns"),
        ({"columns": {"N": "date_naissance"}, "household": ["a"]}, "not_a_text", "household"),
        ({"columns": {"N": "date_naissance"}, "keep": "a"}, "not_a_list", "keep"),
        ({"columns": {"N": "date_naissance"}, "constants": 3}, "not_a_mapping", "constants"),
        ({"columns": {"N": {"field": "date_naissance", "values": 3}}}, "not_a_mapping", "columns.N.values"),
        ({"columns": {"N": "date_naissance", "S": "salaire_net.2026-13"}}, "not_a_period", "columns.S"),
        ({"columns": {"N": "date_naissance", "S": "avis_imposition.rfr"}}, "unknown_field", "columns.S"),
        ({"columns": {"N": "date_naissance", "S": "rpns_autres_revenus.2025-03"}}, "wrong_period", "columns.S"),
        ({"columns": {"N": "date_naissance", "S": "logement.salaire_net"}}, "unknown_field", "columns.S"),
        ({"shape": "wide", "columns": {"N": "date_naissance"}}, "whose", "columns.N"),
        ({"shape": "wide", "columns": {"N": "demandeur_date_naissance", "L": "conjoint_lien"}}, "misplaced", "columns.L"),
        ({"shape": "wide", "columns": {"N": "demandeur_date_naissance"}, "person": "P"}, "misplaced", "person"),
        ({"shape": "wide", "columns": {"N": "demandeur_date_naissance", "S": "enfant2_activite"}}, "missing", "columns"),
        ({"columns": {"N": "date_naissance", "S": "salaire_net"}, "constants": {"salaire_net.2025": 0}}, "given_twice", SALARY_OF_2025),
        (
            {
                "shape": "wide",
                "columns": {"N": "demandeur_date_naissance", "S": "demandeur_nationalite"},
                "constants": {"nationalite": "FR"},
            },
            "given_twice",
            "constants.nationalite",
        ),
    ],
)
def test_a_mistake_of_a_mapping_says_where_it_is(document: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(MappingError) as refused:
        mapping.read(document)
    assert [(problem.code, problem.path) for problem in refused.value.problems] == [(code, path)]
    assert refused.value.problems[0].expected or refused.value.problems[0].fix


def test_a_mapping_that_cannot_be_read_says_the_line(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("columns:\n  A: loyer\n  A: depcom\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"m\.yaml, line 3: 'A' is given twice"):
        mapping.read(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(MappingError, match="Write for example shape: long"):
        mapping.read(path)


def test_columns_that_are_missing_or_misspelt_are_told_at_once() -> None:
    how = {"household": "id_menaje", "columns": {"N": "date_naissance", "lein": "lien"}, "keep": ["ilot"], "weight": "poids"}
    with pytest.raises(MappingError) as refused:
        households(people(), date=MONTH, mapping=how)
    assert [(problem.path, problem.fix) for problem in refused.value.problems] == [
        ("household.id_menaje", "Did you mean 'id_menage'?"),
        ("columns.N", "Add it to the table."),
        ("columns.lein", "Did you mean 'lien'?"),
        ("keep.ilot", "Add it to the table."),
    ]
    with pytest.raises(MappingError, match=r"salarie_net: unknown field\. Did you mean 'salaire_net'\?"):
        households(people(salarie_net=[1, 2, 3]), date=MONTH)
    with pytest.raises(MappingError, match="two columns have the same name"):
        households(pd.concat([people(), people()], axis=1), date=MONTH)
    with pytest.raises(MappingError, match=r"household\.id_menage: the table has no such column. Every row says the id of its household"):
        households(people().drop(columns="id_menage"), date=MONTH)
    with pytest.raises(MappingError, match="no column gives demandeur_date_naissance"):
        households(pd.DataFrame({"conjoint_date_naissance": ["1990-01-01"]}), date=MONTH)


def test_a_file_without_a_header_shows_nothing_of_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Dupont;12/05/1990\nMartin;02/03/2018\n", encoding="utf-8")
    with pytest.raises(MappingError) as refused:
        list(read_households(tmp_path / "a.csv", date=MONTH))
    assert refused.value.problems[0].code == "no_header"
    assert not re.search("Dupont|1990", str(refused.value))


def test_a_file_is_read_chunk_by_chunk_with_the_numbers_of_its_rows(tmp_path: Path) -> None:
    frame = table(*EXPECTED * 6)
    frame.loc[frame.index[-1], "date_naissance"] = "?"
    write(tmp_path / "a.csv", [frame])
    found = list(read_households(tmp_path / "a.csv", date=MONTH, errors="report", size=8))
    assert len(found) > 3
    assert tuple(household for sample, _ in found for household in sample.households) == (EXPECTED * 6)[:-1]
    assert pd.concat(problems for _, problems in found)[["row", "column"]].values.tolist() == [[len(frame), "date_naissance"]]


def test_every_declared_fact_is_a_column_of_both_shapes() -> None:
    from tznr_rules.household import declared

    for entity, names in declared().items():
        for name in names:
            known = fact(name)
            assert known is not None
            assert known.entity == entity
            assert fields.field(name, "long").steps[-1] == name
            assert fields.field(f"demandeur_{name}" if entity == "individu" else name, "wide").steps[-1] == name


def test_reading_a_table_costs_little_beside_the_check_of_its_households() -> None:
    count = 1_000
    frame = pd.concat([table(*EXPECTED)] * (count // 2)).assign(poids="7,56")
    frame["id_menage"] = np.cumsum(frame["id_menage"].ne(frame["id_menage"].shift())).astype(str)
    documents = [household.document() for household in EXPECTED * (count // 2)]

    def timed(work: Any) -> float:
        start = process_time()
        work()
        return process_time() - start

    households(frame.iloc[:6], date=MONTH)
    above = min(timed(lambda: households(frame, date=MONTH)) - timed(lambda: [parse(each) for each in documents]) for _ in range(3))
    assert above / count < 300e-6


def test_a_cell_says_the_same_whatever_holds_it() -> None:
    assert cells.known(pd.Series([1, 2])) == [1, 2]
    assert cells.known(pd.Series([1.5, np.nan])) == [1.5, None]
    assert cells.known(pd.Series(["a", None], dtype="string")) == ["a", None]
    assert cells.known(pd.Series(pd.Categorical(["a", None]))) == ["a", None]
    assert cells.known(pd.Series([True, None], dtype="boolean")) == [True, None]
    assert cells.known(pd.Series([pd.Timestamp("2026-01-02"), pd.NaT])) == [pd.Timestamp("2026-01-02"), None]


def test_cells_that_say_the_same_are_read_once_and_those_of_another_type_apart() -> None:
    assert [type(value) for value in cells.each(lambda value: value, [1, True, 1.0, 1])] == [int, bool, float, int]
    assert cells.each(cells.number, [["3"], None, "3"]) == [["3"], None, 3.0]


def test_texts_that_come_back_are_read_once() -> None:
    met = []

    def read(value: str) -> str:
        met.append(value)
        return value.upper()

    assert cells.Cells.of(pd.Series(["a", None, " ", "b", "a", "NA"])).each(read).values() == ["A", None, None, "B", "A", None]
    assert met == ["a", "b"]
    assert cells.Cells.of(pd.Series([], dtype=object)).values() == []
