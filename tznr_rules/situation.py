"""Households as OpenFisca entities, periods and facts; the only module that knows them.

What was lived is a fact: the incomes and benefits of past months and the tax notices are written down for every month and year that a rule
looks back on, so that the engine computes the present only.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from tznr_rules import assumptions as assume
from tznr_rules import payroll
from tznr_rules.catalogue import catalogue
from tznr_rules.composition import Composition, age, compose
from tznr_rules.household import Household, Person
from tznr_rules.periods import Series, at_month, explicit, months, spread, years
from tznr_rules.system import system

Array = NDArray[Any]

GROUPS = ("famille", "foyer_fiscal", "menage")
LIVED = {
    "famille": (
        *("rsa", "ppa", "aide_logement", "aspa", "af", "cf", "asf", "aeeh"),
        *("paje_base", "paje_clca", "paje_prepare", "paje_colca"),
    ),
    "individu": ("aah", "caah", "asi", "ass"),
}
ENTITY_OF_LIVED = {name: entity for entity, names in LIVED.items() for name in names}
NOTICE = ("rfr", "nbptr", "rni", "rbg")
SALARY = ("salaire_net", "salaire_imposable", "salaire_de_base", "traitement_indiciaire_brut")
READINGS = {"net": ("salaire_net",), "gross": ("salaire_de_base", "traitement_indiciaire_brut"), "taxable": ("salaire_imposable",)}


@dataclass(frozen=True)
class Group:
    """The rows of an entity: to which one each person belongs, with which role, and of which household each one is."""

    of_person: Array
    roles: tuple[str, ...]
    household: Array

    @property
    def count(self) -> int:
        return len(self.household)


@dataclass
class Situation:
    """A batch of households of one month, ready for the engine.

    ``facts[variable][period]`` is an array over the rows of the variable's entity; ``known[variable][period]`` says which rows were given when
    not all were, ``told[variable]`` which rows were given at all. ``unknown_receipts[variable]`` marks the rows whose past receipt of that benefit nobody told.
    """

    month: str
    households: tuple[Household, ...]
    compositions: tuple[Composition, ...]
    persons: tuple[Person, ...]
    person_household: Array
    groups: dict[str, Group]
    facts: dict[str, dict[str, Array]] = field(default_factory=dict)
    known: dict[str, dict[str, Array]] = field(default_factory=dict)
    told: dict[str, Array] = field(default_factory=dict)
    unknown_receipts: dict[str, Array] = field(default_factory=dict)
    assumptions: tuple[list[assume.Assumption], ...] = ()

    def count(self, entity: str) -> int:
        return len(self.persons) if entity == "individu" else self.groups[entity].count

    def owner(self, entity: str) -> Array:
        """The household of each row of an entity."""
        return self.person_household if entity == "individu" else self.groups[entity].household

    def members(self, entity: str, row: int) -> list[int]:
        """The persons of one row of an entity."""
        return [row] if entity == "individu" else np.flatnonzero(self.groups[entity].of_person == row).tolist()

    def row_of(self, entity: str, row: int, other: str) -> int:
        """The row of another entity in which the first person of a row is."""
        if entity == other:
            return row
        person = self.members(entity, row)[0]
        return person if other == "individu" else int(self.groups[other].of_person[person])

    def tells(self, name: str, entity: str, row: int, of: str) -> bool:
        """Whether a fact of entity ``of`` was given for the one in which a row of ``entity`` is."""
        told = self.told.get(name)
        return told is not None and bool(told[self.row_of(entity, row, of)])

    def past(self) -> tuple[str, ...]:
        """The months before the one asked about, as far back as a rule looks."""
        return tuple(month for month in months(self.month) if month < self.month)


Notices = dict[str, dict[str, Array]]


def build(households: Sequence[Household], estimate_notices: Callable[["Situation", Sequence[str]], Notices]) -> Situation:
    """Write a batch of households of the same month as entities and facts.

    Args:
        households: households of one month.
        estimate_notices: gives the reference income and tax shares of each tax household of some years, where no notice tells them.
    """
    month = households[0].date
    compositions = tuple(compose(household) for household in households)
    persons = tuple(place.person for composition in compositions for place in composition.places)
    owner = np.array([index for index, composition in enumerate(compositions) for _ in composition.places])
    groups = {entity: _group(entity, compositions) for entity in GROUPS}
    situation = Situation(month, tuple(households), compositions, persons, owner, groups, assumptions=tuple([] for _ in households))
    rows = _rows_of_facts(situation)
    _write_school_and_activity(situation, rows)
    _write_household_facts(situation, rows)
    _write_lived_benefits(situation, rows)
    _write_notices(situation, rows)
    pay_rows = {name: rows.pop(name, {}) for name in _incomes()}
    for name, series in rows.items():
        _write(situation, name, series)
    _write_salaries(situation, pay_rows)
    _write_replacement_incomes(situation, pay_rows, estimate_notices)
    _write_notice_incomes(situation)
    for index, composition in enumerate(compositions):
        situation.assumptions[index].extend(assume.about(households[index], composition, month))
    return situation


def _group(entity: str, compositions: Iterable[Composition]) -> Group:
    of_person: list[int] = []
    roles: list[str] = []
    household: list[int] = []
    for index, composition in enumerate(compositions):
        if entity == "menage":
            of_person += [len(household)] * len(composition.places)
            roles += [place.menage_role for place in composition.places]
            household.append(index)
            continue
        numbers: dict[str, int] = {}
        for place in composition.places:
            label, role = getattr(place, entity)
            if label not in numbers:
                numbers[label] = len(household)
                household.append(index)
            of_person.append(numbers[label])
            roles.append(role)
    return Group(np.array(of_person), tuple(roles), np.array(household))


Rows = dict[str, dict[int, Series]]


def _rows_of_facts(situation: Situation) -> Rows:
    """Every fact given, by variable and row of its entity."""
    rows: Rows = {"date_naissance": {}}
    for row, person in enumerate(situation.persons):
        rows["date_naissance"][row] = person.date_naissance
        for name, series in person.facts.items():
            rows.setdefault(name, {})[row] = series
    for index, household in enumerate(situation.households):
        head = _head(situation, index)
        for entity, facts in (("menage", household.logement), ("famille", household.famille), ("foyer_fiscal", household.foyer_fiscal)):
            for name, series in facts.items():
                rows.setdefault(name, {})[int(situation.groups[entity].of_person[head])] = series
    return rows


def _head(situation: Situation, household: int) -> int:
    """The row of the demandeur."""
    return next(int(row) for row in np.flatnonzero(situation.person_household == household) if situation.persons[row].lien == "demandeur")


def _write_school_and_activity(situation: Situation, rows: Rows) -> None:
    variables = system().variables
    for row, person in enumerate(situation.persons):
        activity = assume.activity(person, situation.month)
        if activity:
            rows.setdefault("activite", {})[row] = activity
        school = assume.school(person, situation.month)
        if school:
            rows.setdefault("scolarite", {})[row] = school
        if "handicap" not in person.facts and (at_month(person.facts.get("taux_incapacite"), situation.month) or at_month(person.facts.get("aeeh_niveau_handicap"), situation.month)):
            rows.setdefault("handicap", {})[row] = True
        if "date_debut_chomage" not in person.facts and "date_debut_chomage" in variables:
            started = assume.start_of_unemployment(person, situation.month)
            if started:
                rows.setdefault("date_debut_chomage", {})[row] = started


def _write_household_facts(situation: Situation, rows: Rows) -> None:
    variables = system().variables
    for index, (household, composition) in enumerate(zip(situation.households, situation.compositions, strict=True)):
        dwelling = int(np.flatnonzero(situation.groups["menage"].household == index)[0])
        rows.setdefault("depcom", {})[dwelling] = household.depcom or assume.DEPCOM
        for name in ("iris", "quartier"):
            if getattr(household, name) and name in variables:
                rows.setdefault(name, {})[dwelling] = getattr(household, name)
        for row in np.flatnonzero(situation.person_household == index):
            place = composition.places[int(row - np.flatnonzero(situation.person_household == index)[0])]
            if place.famille[0] in composition.hosted:
                rows.setdefault("heberge", {})[int(situation.groups["famille"].of_person[row])] = True
            if place.person.id in composition.left:
                rows.setdefault("habite_chez_parents", {}).setdefault(int(row), True)
            if "bourse_criteres_sociaux_base_ressources_parentale" not in place.person.facts and place.person.lien == "enfant":
                income = _parental_income(household, situation.month)
                if income is not None:
                    rows.setdefault("bourse_criteres_sociaux_base_ressources_parentale", {})[int(row)] = income


def _parental_income(household: Household, month: str) -> float | None:
    """The gross total income of the parents two years before, as their tax notice says it."""
    notice = household.avis_imposition.get(int(month[:4]) - 2)
    if notice is None:
        return None
    return float(notice.rbg if notice.rbg is not None else notice.rfr)


def _write_lived_benefits(situation: Situation, rows: Rows) -> None:
    """Benefits received in past months; those that nobody told are marked, and the run assumes that today's right was received."""
    crds = float(system().get_parameters_at_instant(situation.month).prelevements_sociaux.contributions_sociales.crds)
    for name, entity in ENTITY_OF_LIVED.items():
        told: dict[int, Series] = rows.pop(name, {})
        card = catalogue().get(name)
        grossed = 1 / (1 - crds) if card is not None and card.received_gross else 1.0
        for index, household in enumerate(situation.households):
            if name in household.recus:
                head = _head(situation, index)
                told.setdefault(head if entity == "individu" else int(situation.groups[entity].of_person[head]), _scaled(household.recus[name], grossed))
        for row, person in enumerate(situation.persons):
            if name in person.recus:
                told[row if entity == "individu" else int(situation.groups[entity].of_person[row])] = _scaled(person.recus[name], grossed)
        count = situation.count(entity)
        past = situation.past()
        table = np.zeros((len(past), count))
        for row, series in told.items():
            table[:, row] = [value or 0.0 for value in spread(series, past)]
        situation.facts[name] = dict(zip(past, table, strict=True))
        situation.unknown_receipts[name] = ~np.isin(np.arange(count), list(told))


def _scaled(series: Series, factor: float) -> Series:
    if isinstance(series, dict):
        return {period: float(value) * factor for period, value in series.items()}  # type: ignore[arg-type]
    return float(series) * factor  # type: ignore[arg-type]


def _write_notices(situation: Situation, rows: Rows) -> None:
    """The tax notices, on the tax household of the demandeur or of the person who files."""
    notices: dict[int, dict[int, Any]] = {}
    taxes = situation.groups["foyer_fiscal"]
    for row, person in enumerate(situation.persons):
        if person.avis_imposition:
            notices[int(taxes.of_person[row])] = dict(person.avis_imposition)
    for index, household in enumerate(situation.households):
        if household.avis_imposition:
            notices[int(taxes.of_person[_head(situation, index)])] = dict(household.avis_imposition)
    for row, by_year in notices.items():
        for year, notice in by_year.items():
            values = {"rfr": notice.rfr, "nbptr": notice.nbptr, "rni": notice.rni, "rbg": notice.rbg}
            if notice.rfr is not None:
                values["rni"] = notice.rfr if notice.rni is None else notice.rni
                values["rbg"] = notice.rfr if notice.rbg is None else notice.rbg
            for name in NOTICE:
                if values[name] is not None:
                    series = rows.setdefault(name, {}).setdefault(row, {})
                    if isinstance(series, dict):
                        series.setdefault(str(year), float(values[name]))


def _write(situation: Situation, name: str, series_of: dict[int, Series]) -> None:
    """One variable on every period that a rule may look at; rows not given keep the default, or are computed if it has a formula."""
    variable = system().variables[name]
    count = situation.count(variable.entity.key)
    given = np.isin(np.arange(count), list(series_of))
    if variable.definition_period == DateUnit.ETERNITY:
        periods: tuple[str, ...] = ("ETERNITY",)
        series_of = {row: list(series.values())[-1] if isinstance(series, dict) else series for row, series in series_of.items()}
    else:
        periods = months(situation.month) if variable.definition_period == DateUnit.MONTH else years(situation.month)
    constant = not any(isinstance(series, dict) for series in series_of.values())
    columns: dict[str, Array] = {}
    known: dict[str, Array] = {}
    is_notice = name in NOTICE
    for period in periods:
        if constant and columns:
            columns[period] = columns[periods[0]]
        else:
            values = {row: series for row, series in series_of.items() if not is_notice or explicit(series, period)}
            columns[period] = _array(variable, count, {row: at_month(series, period) if isinstance(series, dict) else series for row, series in values.items()})
            given = np.isin(np.arange(count), list(values))
        if not given.all() and _has_formula(variable):
            known[period] = given
    situation.facts[name] = columns
    situation.told[name] = np.isin(np.arange(count), list(series_of))
    if known:
        situation.known[name] = known


def _has_formula(variable: Variable) -> bool:
    return bool(variable.formulas)


def _array(variable: Variable, count: int, values: dict[int, Any]) -> Array:
    """An array of the variable's own type, with its default where no value is given."""
    if variable.value_type.__name__ == "Enum":
        names = np.full(count, variable.default_value.name, dtype=object)
        for row, value in values.items():
            names[row] = value
        return variable.possible_values.encode(names.astype(str))  # type: ignore[no-any-return]
    array: Array = np.full(count, variable.default_value, dtype=variable.dtype)
    for row, value in values.items():
        array[row] = np.datetime64(value) if isinstance(value, date) else value
    return array


@lru_cache(maxsize=1)
def _incomes() -> tuple[str, ...]:
    return (*SALARY, *(name for names in payroll.REPLACEMENT.values() for name in names))


def _monthly(situation: Situation, series_of: dict[int, Series]) -> NDArray[np.float64]:
    """A monthly income as a table (months, persons); nothing given is zero."""
    wanted = months(situation.month)
    table = np.zeros((len(wanted), len(situation.persons)))
    for row, series in series_of.items():
        table[:, row] = [float(value or 0.0) for value in spread(series, wanted)]
    return table


def _write_table(situation: Situation, name: str, table: NDArray[np.float64]) -> None:
    situation.facts[name] = {month: column.astype(np.float32) for month, column in zip(months(situation.month), table, strict=True)}


def _write_salaries(situation: Situation, given: Rows) -> None:
    """Net, taxable and gross pay of everyone in every month, from whichever of them was told."""
    wanted = months(situation.month)
    tables = {name: _monthly(situation, given[name]) for name in SALARY}
    kinds: dict[tuple[str, bool, str], list[int]] = {}
    for row, person in enumerate(situation.persons):
        reading = next((reading for reading, names in READINGS.items() if any(row in given[name] for name in names)), None)
        if reading:
            category = str(at_month(person.facts.get("categorie_salarie"), situation.month) or "prive_non_cadre")
            kinds.setdefault((category, _apprentice(person, situation.month), reading), []).append(row)
    for (category, apprentice, reading), members in kinds.items():
        public = category in payroll.PUBLIC
        gross_name = "traitement_indiciaire_brut" if public else "salaire_de_base"
        source = {"net": "salaire_net", "gross": gross_name, "taxable": "salaire_imposable"}[reading]
        if source not in given or not any(row in given[source] for row in members):
            source = next(name for name in READINGS[reading] if any(row in given[name] for row in members))
        for index, month in enumerate(wanted):
            amounts = tables[source][index, members]
            if not amounts.any():
                continue
            pay = payroll.salary(category, apprentice, month, amounts, reading)
            for name, values in ((gross_name, pay.gross), ("salaire_imposable", pay.taxable), ("salaire_net", pay.net)):
                for position, row in enumerate(members):
                    if row not in given[name]:
                        tables[name][index, row] = values[position]
    for name, table in tables.items():
        if table.any() or name in ("salaire_net", "salaire_imposable", "salaire_de_base"):
            _write_table(situation, name, table)


def _apprentice(person: Person, month: str) -> bool:
    if "apprenti" in person.facts:
        return bool(at_month(person.facts["apprenti"], month))
    started = at_month(person.facts.get("apprentissage_contrat_debut"), month)
    return isinstance(started, date) and started.isoformat()[:7] <= month


def _write_replacement_incomes(
    situation: Situation, given: Rows, estimate_notices: Callable[[Situation, Sequence[str]], Notices]
) -> None:
    """Unemployment benefits and pensions: their gross and taxable readings depend on the tax notice, told or estimated."""
    wanted = months(situation.month)
    tables = {name: _monthly(situation, given[name]) for names in payroll.REPLACEMENT.values() for name in names}
    concerned = sorted({row for names in payroll.REPLACEMENT.values() for name in names for row in given[name]})
    if concerned:
        rfr, shares = _notices_of(situation, np.array(concerned), tables, estimate_notices)
    for kind, names in payroll.REPLACEMENT.items():
        gross_name, taxable_name, net_name = names
        for reading, source in (("net", net_name), ("gross", gross_name), ("taxable", taxable_name)):
            members = [row for row in given[source] if reading == "net" or row not in given[net_name]]
            if not members or not tables[source][:, members].any():
                continue
            positions = [concerned.index(row) for row in members]
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
    situation: Situation,
    members: Array,
    tables: dict[str, NDArray[np.float64]],
    estimate_notices: Callable[[Situation, Sequence[str]], Notices],
) -> tuple[dict[str, NDArray[np.float64]], dict[str, NDArray[np.float64]]]:
    """Reference income and tax shares of some persons, by year: their notice, or the engine's estimate with net amounts taken as taxable."""
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


def _write_notice_incomes(situation: Situation) -> None:
    """Family benefits look at the incomes of the tax notice: where a notice is told without its details, its income is shared among those who file.

    It is left to the monthly incomes when they say more than the notice does: other kinds of income, an age or disability allowance.
    """
    name = "traitements_salaires_pensions_rentes"
    taxes = situation.groups["foyer_fiscal"]
    for index, household in enumerate(situation.households):
        for year, notice in household.avis_imposition.items():
            if notice.rfr is None or notice.rbg is not None or str(year) not in years(situation.month)[:-1]:
                continue
            head = _head(situation, index)
            row = int(taxes.of_person[head])
            filers = [person for person in situation.members("foyer_fiscal", row) if taxes.roles[person] != "personne_a_charge"]
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


def _more_than_wages(person: Person, month: str) -> bool:
    others = any(name.startswith(("rpns_", "revenus_", "f1", "f2", "f3", "f4", "f5", "f6")) for name in person.facts)
    senior = system().get_parameters_at_instant(month).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.age_min
    return others or age(person, month) >= senior or bool(person.facts.get("invalidite"))


def _taxable_of_year(situation: Situation, person: int, year: str) -> float:
    names = ("salaire_imposable", "chomage_imposable", "retraite_imposable")
    return float(sum(situation.facts[name][f"{year}-{number:02d}"][person] for name in names for number in range(1, 13)))
