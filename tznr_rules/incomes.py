"""Pay, unemployment benefits and pensions of every month, in their net, taxable and gross readings, from whichever was told."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tznr_rules import payroll
from tznr_rules.composition import age, apprentice
from tznr_rules.facts import fact
from tznr_rules.household import Person, TaxNotice
from tznr_rules.periods import Series, Value, at_month, months, spread, years
from tznr_rules.situation import Rows, Situation
from tznr_rules.system import system

Array = NDArray[Any]
Table = NDArray[np.float64]
Notices = dict[str, dict[str, Array]]
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
INCOMES = (*SALARY, *(name for names in payroll.REPLACEMENT.values() for name in names))


def _monthly(situation: Situation, series_of: dict[int, Series]) -> Table:
    """A monthly income as a table (months, persons); nothing given is zero."""
    wanted = months(situation.month)
    table = np.zeros((len(wanted), len(situation.persons)))
    for row, series in series_of.items():
        table[:, row] = [float(value or 0.0) for value in spread(series, wanted)]
    return table


def _write_table(situation: Situation, name: str, table: Table) -> None:
    situation.facts[name] = {month: column.astype(np.float32) for month, column in zip(months(situation.month), table, strict=True)}


def complete_profits(situation: Situation, rows: Rows) -> None:
    """The profits of the self-employed: OpenFisca's means tests read either the profit or the taxable profit, people tell one of them."""
    wanted = years(situation.month)
    for row in range(len(situation.persons)):
        taxable = rows.get(TAXABLE_PROFIT, {}).get(row)
        told = [name for name in (MONTHLY_PROFIT, *TURNOVER, *YEARLY_PROFITS) if row in rows.get(name, {})]
        if taxable is not None and not told:
            rows.setdefault(OTHER_PROFIT, {})[row] = taxable
        elif told and taxable is None:
            profits: dict[str, Value] = {year: sum(_profit_of_year(name, rows[name][row], year, told) for name in told) for year in wanted}
            rows.setdefault(TAXABLE_PROFIT, {})[row] = profits
    if TAXABLE_PROFIT in rows:  # the others have none, unless a figure of their tax return tells one
        silent = (row for row, person in enumerate(situation.persons) if not any(_of_the_year(name) for name in person.facts))
        rows[TAXABLE_PROFIT] = dict.fromkeys(silent, 0.0) | rows[TAXABLE_PROFIT]


def _of_the_year(name: str) -> bool:
    known = fact(name)
    return known is not None and known.period == "year"


def _profit_of_year(name: str, series: Series, year: str, told: Sequence[str]) -> float:
    """What one fact adds to the taxable profit of a year; a turnover adds nothing when the profit was told too."""
    if name in YEARLY_PROFITS:
        return float(at_month(series, year) or 0.0)
    if name in TURNOVER and MONTHLY_PROFIT in told:
        return 0.0
    amounts = sum(float(amount or 0.0) for amount in spread(series, [f"{year}-{number:02d}" for number in range(1, 13)]))
    return amounts * (1 - _flat_allowance(name, year)) if name in TURNOVER else amounts


def _flat_allowance(name: str, year: str) -> float:
    node = system().parameters.impot_revenu.calcul_revenus_imposables.rpns.micro.microentreprise
    for step in TURNOVER[name]:
        node = node.children[step]
    return float(node.taux.get_at_instant(f"{year}-01-01"))


def write_salaries(situation: Situation, given: Rows) -> None:
    """Net, taxable and gross pay of everyone in every month, from whichever of them was told."""
    wanted = months(situation.month)
    tables = {name: _monthly(situation, given[name]) for name in SALARY}
    kinds: dict[tuple[str, bool, str, str], list[int]] = {}
    for row, person in enumerate(situation.persons):
        category = str(at_month(person.facts.get("categorie_salarie"), situation.month) or "prive_non_cadre")
        readings = [(reading, name) for reading, names in READINGS.items() for name in names if row in given[name]]
        if readings:
            kinds.setdefault((category, apprentice(person, situation.month), *readings[0]), []).append(row)
    for (category, in_training, reading, source), members in kinds.items():
        gross_name = "traitement_indiciaire_brut" if category in payroll.PUBLIC else "salaire_de_base"
        for index, month in enumerate(wanted):
            amounts = tables[source][index, members]
            if not amounts.any():
                continue
            pay = payroll.salary(category, in_training, month, amounts, reading)
            for name, values in ((gross_name, pay.gross), ("salaire_imposable", pay.taxable), ("salaire_net", pay.net)):
                for position, row in enumerate(members):
                    if row not in given[name] and amounts[position]:  # no pay is no pay, whatever the others of the batch earn
                        tables[name][index, row] = values[position]
    for name, table in tables.items():
        if table.any() or name in ("salaire_net", "salaire_imposable", "salaire_de_base"):
            _write_table(situation, name, table)


def write_replacement_incomes(situation: Situation, given: Rows, estimate_notices: EstimateNotices) -> None:
    """Unemployment benefits and pensions: their gross and taxable readings depend on the tax notice, told or estimated."""
    wanted = months(situation.month)
    tables = {name: _monthly(situation, given[name]) for names in payroll.REPLACEMENT.values() for name in names}
    concerned = sorted({row for names in payroll.REPLACEMENT.values() for name in names for row in given[name]})
    position_of = {row: position for position, row in enumerate(concerned)}
    if concerned:
        rfr, shares = _notices_of(situation, np.array(concerned), tables, estimate_notices)
    for kind, names in payroll.REPLACEMENT.items():
        gross_name, taxable_name, net_name = names
        for reading, source in (("net", net_name), ("gross", gross_name), ("taxable", taxable_name)):
            members = [row for row in given[source] if reading == "net" or row not in given[net_name]]
            if not members or not tables[source][:, members].any():
                continue
            positions = [position_of[row] for row in members]
            cache: dict[tuple[str, bytes], payroll.Pay] = {}
            for index, month in enumerate(wanted):
                amounts = tables[source][index, members]
                if not amounts.any():
                    continue
                key = (month[:4], amounts.tobytes())
                if key not in cache:
                    notice = _notice_year(month, wanted)
                    cache[key] = payroll.replacement(kind, month, amounts, rfr[notice][positions], shares[notice][positions], reading)
                pay = cache[key]
                for name, values in ((gross_name, pay.gross), (taxable_name, pay.taxable), (net_name, pay.net)):
                    for position, row in enumerate(members):
                        if row not in given[name]:
                            tables[name][index, row] = values[position]
        for name in names:
            if name != gross_name or tables[name].any():
                _write_table(situation, name, tables[name])


def _notice_year(month: str, wanted: Sequence[str]) -> str:
    """The tax notice that decides a month: of two years before, or the oldest that we know."""
    return str(max(int(month[:4]) - 2, int(wanted[0][:4])))


def _notices_of(
    situation: Situation, members: Array, tables: dict[str, Table], estimate_notices: EstimateNotices
) -> tuple[dict[str, Table], dict[str, Table]]:
    """Reference income and tax shares of some persons, by year: their notice, or the engine's estimate, net amounts taken as taxable."""
    provisional = Situation(**{**vars(situation), "facts": dict(situation.facts), "known": dict(situation.known)})
    for kind in payroll.REPLACEMENT:
        _, taxable_name, net_name = payroll.REPLACEMENT[kind]
        taxable = np.where(tables[taxable_name] > 0, tables[taxable_name], tables[net_name])
        _write_table(provisional, taxable_name, taxable)
        _write_table(provisional, net_name, tables[net_name])
    of_person = situation.groups["foyer_fiscal"].of_person[members]
    wanted = years(situation.month)[:-1]
    notices = estimate_notices(provisional, wanted)
    return (
        {year: notices["rfr"][year][of_person].astype(float) for year in wanted},
        {year: notices["nbptr"][year][of_person].astype(float) for year in wanted},
    )


def write_notice_incomes(situation: Situation) -> None:
    """Family benefits look at the incomes of the tax notice: one told without its details is shared among those who file.

    It is left to the monthly incomes when they say more than the notice does: other kinds of income, an age or disability allowance.
    """
    name = "traitements_salaires_pensions_rentes"
    taxes = situation.groups["foyer_fiscal"]
    for row, year, teller, notice in told_notices(situation):
        if notice.rbg is not None or str(year) not in years(situation.month)[:-1]:
            continue
        declarants = [person for person in situation.members("foyer_fiscal", row) if taxes.roles[person] != DEPENDANT]
        filers = declarants if teller is None else [teller]
        if any(_more_than_wages(situation.persons[person], situation.month) for person in filers):
            continue
        incomes = np.array([_taxable_of_year(situation, person, str(year)) for person in filers])
        shares = incomes / incomes.sum() if incomes.sum() > 0 else np.eye(1, len(filers)).ravel()
        columns = situation.facts.setdefault(name, {})
        known = situation.known.setdefault(name, {})
        column = columns.setdefault(str(year), np.zeros(len(situation.persons), dtype=np.float32))
        mask = known.setdefault(str(year), np.zeros(len(situation.persons), dtype=bool))
        for person, share in zip(filers, shares, strict=True):
            column[person], mask[person] = notice.rfr * share, True


def told_notices(situation: Situation) -> Iterator[tuple[int, int, int | None, TaxNotice]]:
    """The tax notices told: tax household, year, the person whose own it is or None for everyone who files, and the notice.

    That of the household is the demandeur's. Two people who filed apart that year and together now have each told theirs; a dependant's
    own is not that of the people whose return they are on.
    """
    taxes = situation.groups["foyer_fiscal"]
    heads = {situation.group_of("foyer_fiscal", situation.head(index)): told for index, told in enumerate(situation.households)}
    for row, household in heads.items():
        yield from ((row, year, None, notice) for year, notice in household.avis_imposition.items())
    for person, described in enumerate(situation.persons):
        row = int(taxes.of_person[person])
        told = heads[row].avis_imposition if row in heads else {}
        others = [each for each in situation.members("foyer_fiscal", row) if taxes.roles[each] != DEPENDANT and each != person]
        for year, notice in described.avis_imposition.items() if taxes.roles[person] != DEPENDANT else ():
            if year not in told:
                alone = any(year in situation.persons[each].avis_imposition for each in others)
                yield row, year, person if alone else None, notice


def _more_than_wages(person: Person, month: str) -> bool:
    others = any(name.startswith(("rpns_", "revenus_", "f1", "f2", "f3", "f4", "f5", "f6")) for name in person.facts)
    senior = system().get_parameters_at_instant(month).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.age_min
    return others or age(person, month) >= senior or bool(person.facts.get("invalidite"))


def _taxable_of_year(situation: Situation, person: int, year: str) -> float:
    names = ("salaire_imposable", "chomage_imposable", "retraite_imposable")
    return float(sum(situation.facts[name][f"{year}-{number:02d}"][person] for name in names for number in range(1, 13)))
