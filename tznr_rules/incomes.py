"""Pay, unemployment benefits and pensions of every month, in their net, taxable and gross readings, from whichever was told."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tznr_rules import payroll
from tznr_rules.composition import age, apprentice
from tznr_rules.facts import fact
from tznr_rules.household import TaxNotice
from tznr_rules.periods import Series, at_month, months, months_of, spread, years
from tznr_rules.situation import Situation
from tznr_rules.system import system
from tznr_rules.told import NOTHING, Rows, Told, amounts, mask_of

Array = NDArray[Any]
Table = NDArray[np.float64]
Notices = dict[str, dict[str, Array]]
Employees = dict[tuple[str, bool, str, str], Array]
"""Rows of persons, by category, whether they are apprentices, and the reading of their pay that they told, with its variable."""
EstimateNotices = Callable[[Situation, Sequence[str]], Notices]

SALARY = ("salaire_net", "salaire_imposable", "salaire_de_base", "traitement_indiciaire_brut")
READINGS = {"net": ("salaire_net",), "gross": ("salaire_de_base", "traitement_indiciaire_brut"), "taxable": ("salaire_imposable",)}
MONTHLY_PROFIT, OTHER_PROFIT, TAXABLE_PROFIT = "rpns_auto_entrepreneur_benefice", "rpns_autres_revenus", "rpns_imposables"
YEARLY_PROFITS = ("rpns_micro_entreprise_benefice", OTHER_PROFIT, "rpns_benefice_exploitant_agricole")
TURNOVER = {  # of an auto-entrepreneur, by the scheme whose flat allowance turns it into a profit
    "rpns_auto_entrepreneur_CA_achat_revente": ("regime_micro_bic", "marchandises"),
    "rpns_auto_entrepreneur_CA_bic": ("regime_micro_bic", "services"),
    "rpns_auto_entrepreneur_CA_bnc": ("regime_micro_bnc",),
}
DEPENDANT = "personne_a_charge"
USUAL_CATEGORY, TRAINING = "prive_non_cadre", ("apprenti", "apprentissage_contrat_debut")
SHARED = "traitements_salaires_pensions_rentes"
BESIDE_WAGES = ("rpns_", "revenus_", "f1", "f2", "f3", "f4", "f5", "f6")  # how the names of other incomes begin
INCOMES = (*SALARY, *(name for names in payroll.REPLACEMENT.values() for name in names))


class ToldNotice(NamedTuple):
    """A tax notice: the row of the tax household, the year of income, the person whose own it is, or None for everyone who files."""

    row: int
    year: int
    teller: int | None
    notice: TaxNotice


def _tables(situation: Situation, names: Sequence[str], given: Rows) -> dict[str, Table]:
    """Monthly incomes as tables (months, persons), euros; nothing given is zero."""
    wanted, count = months(situation.month), len(situation.persons)
    tables = {name: np.zeros((len(wanted), count)) for name in names}
    for name in names:
        if len(given[name].rows):
            np.stack(list(given[name].columns(wanted, np.zeros(count), amounts).values()), out=tables[name])
    return tables


def _write_table(situation: Situation, name: str, table: Table, places: Sequence[int]) -> None:
    """Write a monthly income; the months in which everyone earns the same share a column.

    Args:
        places: for each month, its row in the table.
    """
    same = [False, *(table[1:] == table[:-1]).all(axis=1).tolist()]
    columns: list[Array] = []
    for as_before, values in zip(same, table, strict=True):
        columns.append(columns[-1] if as_before else values.astype(np.float32))
    situation.facts[name] = {month: columns[place] for month, place in zip(months(situation.month), places, strict=True)}


def _complete(tables: dict[str, Table], told: dict[str, Array], names: Sequence[str], cells: tuple[Array, Array], pay: payroll.Pay) -> None:
    """Write the readings that were not told.

    Args:
        told: the persons who told each reading.
        names: of the gross, taxable and net readings.
        cells: month and person of each amount of ``pay``, as positions in the tables.
    """
    places, persons = cells
    for name, values in zip(names, (pay.gross, pay.taxable, pay.net), strict=True):
        untold = ~told[name][persons]
        tables[name][places[untold], persons[untold]] = values[untold]


def complete_profits(situation: Situation, rows: Rows) -> None:
    """The profits of the self-employed: OpenFisca's means tests read either the profit or the taxable profit, people tell one of them."""
    told: dict[int, dict[str, Series]] = defaultdict(dict)
    for name in (MONTHLY_PROFIT, *TURNOVER, *YEARLY_PROFITS):
        for row, series in rows.get(name, NOTHING).by_row().items():
            told[row][name] = series
    taxable = rows.get(TAXABLE_PROFIT, NOTHING).by_row()
    profits: dict[int, Series] = {
        row: {year: sum(_profit_of_year(name, series, year, given) for name, series in given.items()) for year in years(situation.month)}
        for row, given in told.items()
        if row not in taxable
    }
    others = {row: series for row, series in taxable.items() if row not in told}
    if others:
        rows[OTHER_PROFIT] = Told.of(others).but(rows.get(OTHER_PROFIT, NOTHING).by_row())
    if taxable or profits:  # the others have none, unless a figure of their tax return tells one
        yearly = {name for name in rows if _of_the_year(name)}
        silent = (row for row, person in enumerate(situation.persons) if yearly.isdisjoint(person.facts))
        rows[TAXABLE_PROFIT] = Told.of(dict.fromkeys(silent, 0.0) | taxable | profits)


def _of_the_year(name: str) -> bool:
    known = fact(name)
    return known is not None and known.period == "year"


def _profit_of_year(name: str, series: Series, year: str, told: Collection[str]) -> float:
    """What one fact adds to the taxable profit of a year; a turnover adds nothing when the profit was told too."""
    if name in YEARLY_PROFITS:
        return float(at_month(series, year) or 0.0)
    if name in TURNOVER and MONTHLY_PROFIT in told:
        return 0.0
    total = sum(float(amount or 0.0) for amount in spread(series, months_of(year)))
    return total * (1 - _flat_allowance(name, year)) if name in TURNOVER else total


def _flat_allowance(name: str, year: str) -> float:
    node = system().parameters.impot_revenu.calcul_revenus_imposables.rpns.micro.microentreprise
    for step in TURNOVER[name]:
        node = node.children[step]
    return float(node.taux.get_at_instant(f"{year}-01-01"))


def write_salaries(situation: Situation, given: Rows) -> None:
    """Net, taxable and gross pay of everyone in every month, from whichever of them was told."""
    count, wanted = len(situation.persons), months(situation.month)
    columns = {name: given[name].columns(wanted, np.zeros(count), amounts) for name in SALARY}
    employees = _employees(situation, given)
    places = _alike(columns, employees)
    distinct = [wanted[places.index(place)] for place in range(max(places) + 1)]
    tables = {name: np.stack([columns[name][month] for month in distinct]) for name in SALARY}
    told = {name: given[name].mask(count) for name in SALARY}
    for (category, in_training, reading, source), members in employees.items():
        gross_name = "traitement_indiciaire_brut" if category in payroll.PUBLIC else "salaire_de_base"
        earned = tables[source][:, members]
        paid, who = np.nonzero(earned)  # no pay is no pay, whatever the others of the batch earn
        pay = payroll.salaries(category, in_training, distinct, earned, reading)
        of_cells = payroll.Pay(*pay.readings()[:, paid, who])
        _complete(tables, told, (gross_name, "salaire_imposable", "salaire_net"), (paid, members[who]), of_cells)
    for name, table in tables.items():
        if name != "traitement_indiciaire_brut" or table.any():
            _write_table(situation, name, table, places)


def _alike(columns: dict[str, dict[str, Array]], employees: Employees) -> list[int]:
    """A number for each month, the same for those in which everyone told the same pay and the law treats it alike."""
    distinct = {id(column): column for of_months in columns.values() for column in of_months.values()}
    highest = {known: float(column.max(initial=0.0)) for known, column in distinct.items()}
    numbers: dict[tuple[Any, ...], int] = {}
    found = []
    for month in next(iter(columns.values())):
        told = tuple(id(of_months[month]) for of_months in columns.values())
        law = tuple(payroll.treatment(kind, trains, month, highest[id(columns[source][month])]) for kind, trains, _, source in employees)
        found.append(numbers.setdefault((told, law), len(numbers)))
    return found


def _employees(situation: Situation, given: Rows) -> Employees:
    """Who told a pay, by category, whether they are apprentices, and the first of the readings that they told."""
    count = len(situation.persons)
    order = [(reading, name) for reading, names in READINGS.items() for name in names]
    told = np.full(count, len(order))
    for place, (_, name) in reversed(list(enumerate(order))):
        told[given[name].rows] = place
    paid = np.flatnonzero(told < len(order))
    if not len(paid):
        return {}
    categories, trains = _categories(situation), _apprentices(situation)
    kinds, of_person = np.unique(np.stack([categories[paid], trains[paid], told[paid]]), axis=1, return_inverse=True)
    names = list(system().variables["categorie_salarie"].possible_values)
    return {
        (names[category].name, bool(in_training), *order[place]): paid[of_person.ravel() == number]
        for number, (category, in_training, place) in enumerate(kinds.T.tolist())
    }


def _categories(situation: Situation) -> Array:
    """The number of the category of each employee; those who do not tell it work for a company and are not managers."""
    variable = system().variables["categorie_salarie"]
    columns = situation.facts.get(variable.name)
    usual = variable.possible_values[USUAL_CATEGORY].index
    if columns is None:
        return np.full(len(situation.persons), usual)
    return np.where(situation.told[variable.name], np.asarray(columns[situation.month]), usual)


def _apprentices(situation: Situation) -> Array:
    """Whether each person is an apprentice in the month."""
    found = np.zeros(len(situation.persons), dtype=int)
    for name in TRAINING:
        for row in np.flatnonzero(situation.told.get(name, False)).tolist():
            found[row] = apprentice(situation.persons[row], situation.month)
    return found


def write_replacement_incomes(situation: Situation, given: Rows, estimate_notices: EstimateNotices) -> None:
    """Unemployment benefits and pensions: their gross and taxable readings depend on the tax notice, told or estimated."""
    wanted = months(situation.month)
    names_of = payroll.REPLACEMENT
    tables = _tables(situation, [name for names in names_of.values() for name in names], given)
    told = {name: given[name].mask(len(situation.persons)) for name in tables}
    notices = _notices_of(situation, tables, estimate_notices)
    for kind, (gross, taxable, net) in names_of.items():
        for reading, source in (("net", net), ("gross", gross), ("taxable", taxable)):
            members = np.flatnonzero(tables[source].any(axis=0) & told[source] & (source == net or ~told[net]))
            for year in years(situation.month):
                first = wanted.index(f"{year}-01")
                earned = tables[source][first : first + 12, members]
                months_paid, who = np.nonzero(earned)
                if len(who):
                    rfr, shares = (figures[members] for figures in notices[_notice_year(year, wanted)])
                    pay = payroll.replacement(kind, wanted[first], earned, rfr, shares, reading)
                    of_cells = payroll.Pay(*pay.readings()[:, months_paid, who])
                    _complete(tables, told, (gross, taxable, net), (first + months_paid, members[who]), of_cells)
        for name in (gross, taxable, net):
            if name != gross or tables[name].any():
                _write_table(situation, name, tables[name], range(len(wanted)))


def _notice_year(year: str, wanted: Sequence[str]) -> str:
    """The tax notice that decides a year: of two years before, or the oldest that we know."""
    return str(max(int(year) - 2, int(wanted[0][:4])))


def _notices_of(situation: Situation, tables: dict[str, Table], estimate_notices: EstimateNotices) -> dict[str, tuple[Array, Array]]:
    """Reference income and tax shares of each person, by year: their notice, or the engine's estimate, net amounts taken as taxable.

    It is empty when nobody has an income that depends on them.
    """
    if not any(table.any() for table in tables.values()):
        return {}
    provisional = replace(situation, facts=dict(situation.facts), known=dict(situation.known))
    each = range(len(months(situation.month)))
    for _, taxable_name, net_name in payroll.REPLACEMENT.values():
        _write_table(provisional, taxable_name, np.where(tables[taxable_name] > 0, tables[taxable_name], tables[net_name]), each)
        _write_table(provisional, net_name, tables[net_name], each)
    of_person = situation.groups["foyer_fiscal"].of_person
    wanted = sorted({_notice_year(year, months(situation.month)) for year in years(situation.month)})
    found = estimate_notices(provisional, wanted)
    return {year: (found["rfr"][year][of_person].astype(float), found["nbptr"][year][of_person].astype(float)) for year in wanted}


def write_notice_incomes(situation: Situation, notices: Iterable[ToldNotice]) -> None:
    """Family benefits look at the incomes of the tax notice: one told without its details is shared among those who file.

    It is left to the monthly incomes when they say more than the notice does: other kinds of income, an age or disability allowance.
    """
    shared: dict[str, dict[int, float]] = defaultdict(dict)
    taxes = situation.groups["foyer_fiscal"]
    more_than_wages = _more_than_wages(situation)
    taxable = {year: _taxable_of_year(situation, year) for year in years(situation.month)[:-1]}
    for row, number, teller, notice in notices:
        year = str(number)
        if notice.rbg is not None or year not in taxable:
            continue
        filers = [each for each in taxes.members[row] if taxes.roles[each] != DEPENDANT] if teller is None else [teller]
        if not any(more_than_wages(person) for person in filers):
            incomes = [taxable[year][person] for person in filers]
            total = sum(incomes)
            shares = [income / total for income in incomes] if total > 0 else [1.0, *(0.0 for _ in filers[1:])]
            shared[year] |= {person: notice.rfr * share for person, share in zip(filers, shares, strict=True)}
    for year, by_person in shared.items():
        _share(situation, year, by_person)


def _share(situation: Situation, year: str, by_person: dict[int, float]) -> None:
    """Write what the notice of a year says that some persons earned."""
    columns, known = situation.facts.setdefault(SHARED, {}), situation.known.setdefault(SHARED, {})
    count = len(situation.persons)
    mask = mask_of(count, list(by_person))
    if year in columns:
        mask |= known.get(year, True)
    column = np.array(columns.get(year, np.zeros(count)), dtype=np.float32)
    column[list(by_person)] = list(by_person.values())
    columns[year], known[year] = column, mask


def told_notices(situation: Situation) -> Iterator[ToldNotice]:
    """The tax notices told.

    That of the household is the demandeur's. Two people who filed apart that year and together now have each told theirs; a dependant's
    own is not that of the people whose return they are on.
    """
    taxes = situation.groups["foyer_fiscal"]
    heads = zip(situation.heads.tolist(), situation.households, strict=True)
    of_households = {taxes.row_of[head]: household.avis_imposition for head, household in heads}
    for row, notices in of_households.items():
        yield from (ToldNotice(row, year, None, notice) for year, notice in notices.items())
    for person, described in enumerate(situation.persons):
        if not described.avis_imposition or taxes.roles[person] == DEPENDANT:
            continue
        row = taxes.row_of[person]
        others = [each for each in taxes.members[row] if taxes.roles[each] != DEPENDANT and each != person]
        for year, notice in described.avis_imposition.items():
            if year not in of_households.get(row, {}):
                alone = any(year in situation.persons[each].avis_imposition for each in others)
                yield ToldNotice(row, year, person if alone else None, notice)


def _more_than_wages(situation: Situation) -> Callable[[int], bool]:
    """Whether a person has other kinds of income than wages, or an age or disability allowance."""
    month = situation.month
    senior = system().get_parameters_at_instant(month).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.age_min
    others = [name for name in situation.told if name.startswith(BESIDE_WAGES)]

    def more(row: int) -> bool:
        person = situation.persons[row]
        return any(name in person.facts for name in others) or age(person, month) >= senior or bool(person.facts.get("invalidite"))

    return more


def _taxable_of_year(situation: Situation, year: str) -> list[float]:
    """The taxable pay, benefits and pensions of each person in a year, euros."""
    total: Array = np.zeros(len(situation.persons), dtype=np.float32)
    for name in ("salaire_imposable", "chomage_imposable", "retraite_imposable"):
        for month in months_of(year):
            total = total + situation.facts[name][month]
    return list(total.tolist())
