"""What a household lived, written as facts: incomes, benefits received, tax notices, for every period that a rule looks back on.

The engine then computes the present only. It is what the law says, for rights depend on what was earned and received, and it is most
of the speed.
"""

from collections.abc import Sequence

import numpy as np

from tznr_rules import assumptions as assume
from tznr_rules.catalogue import catalogue
from tznr_rules.composition import compose
from tznr_rules.household import Household
from tznr_rules.incomes import (
    INCOMES,
    EstimateNotices,
    complete_profits,
    told_notices,
    write_notice_incomes,
    write_replacement_incomes,
    write_salaries,
)
from tznr_rules.periods import Series, Value, at_month, spread
from tznr_rules.situation import ENTITY_OF_LIVED, GROUPS, NOTICE, Rows, Situation, group, write
from tznr_rules.system import system

RECOGNISED = ("taux_incapacite", "aeeh_niveau_handicap")


def build(households: Sequence[Household], estimate_notices: EstimateNotices, *, assumptions: bool = True) -> Situation:
    """Write a batch of households of the same month as entities and facts.

    Args:
        households: households of one month.
        estimate_notices: gives the reference income and tax shares of each tax household of some years, where no notice tells them.
        assumptions: whether to say what is taken for granted.
    """
    month = households[0].date
    compositions = tuple(compose(household) for household in households)
    persons = tuple(place.person for composition in compositions for place in composition.places)
    owner = np.array([index for index, composition in enumerate(compositions) for _ in composition.places])
    groups = {entity: group(entity, compositions) for entity in GROUPS}
    situation = Situation(month, tuple(households), compositions, persons, owner, groups, assumptions=tuple([] for _ in households))
    rows = _rows_of_facts(situation)
    _write_school_and_activity(situation, rows)
    _write_dwelling_and_family(situation, rows)
    _write_marital_status(situation, rows)
    _write_receipts(situation, rows)
    _write_notices(situation, rows)
    complete_profits(situation, rows)
    pay_rows = {name: rows.pop(name, {}) for name in INCOMES}
    for name, series in rows.items():
        write(situation, name, series)
    write_salaries(situation, pay_rows)
    write_replacement_incomes(situation, pay_rows, estimate_notices)
    write_notice_incomes(situation)
    for index, composition in enumerate(compositions if assumptions else ()):
        situation.assumptions[index].extend(assume.about(households[index], composition, month))
    return situation


def _rows_of_facts(situation: Situation) -> Rows:
    """Every fact given, by variable and row of its entity."""
    rows: Rows = {"date_naissance": {}}
    for row, person in enumerate(situation.persons):
        rows["date_naissance"][row] = person.date_naissance
        for name, series in person.facts.items():
            rows.setdefault(name, {})[row] = series
    for index, household in enumerate(situation.households):
        head = situation.head(index)
        for entity, facts in (("menage", household.logement), ("famille", household.famille), ("foyer_fiscal", household.foyer_fiscal)):
            for name, series in facts.items():
                rows.setdefault(name, {})[situation.group_of(entity, head)] = series
    return rows


def _write_school_and_activity(situation: Situation, rows: Rows) -> None:
    month = situation.month
    for row, person in enumerate(situation.persons):
        activity = assume.activity(person, month)
        if activity:
            rows.setdefault("activite", {})[row] = activity
        school = assume.school(person, month)
        if school:
            rows.setdefault("scolarite", {})[row] = school
        establishment = assume.establishment(person, month)
        if establishment:
            rows.setdefault("statuts_etablissement_scolaire", {})[row] = establishment
        if "handicap" not in person.facts and any(at_month(person.facts.get(name), month) for name in RECOGNISED):
            rows.setdefault("handicap", {})[row] = True
        started = assume.start_of_unemployment(person, month)
        if started:
            rows.setdefault("date_debut_chomage", {})[row] = started


def _write_dwelling_and_family(situation: Situation, rows: Rows) -> None:
    variables = system().variables
    for index, (household, composition) in enumerate(zip(situation.households, situation.compositions, strict=True)):
        rows.setdefault("depcom", {})[index] = household.depcom or assume.DEPCOM
        for name in ("iris", "quartier"):
            if getattr(household, name) and name in variables:
                rows.setdefault(name, {})[index] = getattr(household, name)
        for row, place in zip(situation.persons_of(index), composition.places, strict=True):
            if place.famille[0] in composition.hosted:
                rows.setdefault("heberge", {})[situation.group_of("famille", row)] = True
            if place.person.id in composition.left:
                rows.setdefault("habite_chez_parents", {}).setdefault(row, True)
            if place.person.id in composition.on_parents_return:
                rows.setdefault("declaration_revenus_avec_parents", {}).setdefault(row, True)
            income = assume.parental_income(place, household, composition, situation.month)
            if income is not None:
                rows.setdefault(assume.PARENTAL_INCOME, {})[row] = income


def _write_marital_status(situation: Situation, rows: Rows) -> None:
    """When somebody says their marital status, everyone has one: as OpenFisca supposes, two people who file together are in a Pacs."""
    said = rows.get("statut_marital", {})
    taxes = situation.groups["foyer_fiscal"]
    together = set(taxes.of_person[np.array(taxes.roles) == "conjoint"].tolist())
    for row in range(len(situation.persons)) if said else ():
        said.setdefault(row, "pacse" if situation.group_of("foyer_fiscal", row) in together else "celibataire")


def _write_receipts(situation: Situation, rows: Rows) -> None:
    """Benefits received in past months; those that nobody told are marked, and the run assumes that today's right was received."""
    crds = float(system().get_parameters_at_instant(situation.month).prelevements_sociaux.contributions_sociales.crds)
    for name, entity in ENTITY_OF_LIVED.items():
        told: dict[int, Series] = rows.pop(name, {})
        card = catalogue().get(name)
        grossed = 1 / (1 - crds) if card is not None and card.received_gross else 1.0
        for index, household in enumerate(situation.households):
            if name in household.recus:
                told.setdefault(situation.group_of(entity, situation.head(index)), _scaled(household.recus[name], grossed))
        for row, person in enumerate(situation.persons):
            if name in person.recus:
                told[situation.group_of(entity, row)] = _scaled(person.recus[name], grossed)
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
    """The tax notices of each tax household, those of two people who filed apart added up; without details, the RFR stands for them."""
    told: dict[tuple[str, int], dict[str, Value]] = {}
    for row, year, _, notice in told_notices(situation):
        figures = {"rfr": notice.rfr, "rni": notice.rfr, "rbg": notice.rfr}
        figures |= {name: getattr(notice, name) for name in NOTICE if getattr(notice, name) is not None}
        for name, figure in figures.items():
            by_year = told.setdefault((name, row), {})
            by_year[str(year)] = float(by_year.get(str(year), 0.0)) + figure  # type: ignore[arg-type]
    for (name, row), by_year in told.items():
        series = rows.setdefault(name, {}).setdefault(row, {})
        if isinstance(series, dict):  # under its own name, a fact of the tax household is what was said
            rows[name][row] = by_year | series
