"""What a household lived, written as facts: incomes, benefits received, tax notices, for every period that a rule looks back on.

The engine then computes the present only. It is what the law says, for rights depend on what was earned and received, and it is most
of the speed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from tznr_rules import assumptions as assume
from tznr_rules.absent import write_absent
from tznr_rules.catalogue import catalogue
from tznr_rules.composition import compose
from tznr_rules.household import Household, Person
from tznr_rules.incomes import (
    INCOMES,
    EstimateNotices,
    ToldNotice,
    complete_profits,
    told_notices,
    write_notice_incomes,
    write_replacement_incomes,
    write_salaries,
)
from tznr_rules.periods import Series, Value, at_month
from tznr_rules.situation import ENTITY_OF_LIVED, GROUPS, NOTICE, Rows, Situation, amounts, columns_of, group, mask_of, write
from tznr_rules.system import cached, system

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
    notices = tuple(told_notices(situation))
    _write_notices(notices, rows)
    complete_profits(situation, rows)
    pay_rows = {name: rows.pop(name, {}) for name in INCOMES}
    for name, series in rows.items():
        write(situation, name, series)
    write_salaries(situation, pay_rows)
    write_replacement_incomes(situation, pay_rows, estimate_notices)
    write_notice_incomes(situation, notices)
    write_absent(situation)
    for index, composition in enumerate(compositions if assumptions else ()):
        situation.assumptions[index].extend(assume.about(households[index], composition, month))
    return situation


def _rows_of_facts(situation: Situation) -> Rows:
    """Every fact given, by variable and row of its entity."""
    rows: Rows = defaultdict(dict)
    for row, person in enumerate(situation.persons):
        rows["date_naissance"][row] = person.date_naissance
        for name, series in person.facts.items():
            rows[name][row] = series
    for household, head in zip(situation.households, situation.heads.tolist(), strict=True):
        for entity, facts in (("menage", household.logement), ("famille", household.famille), ("foyer_fiscal", household.foyer_fiscal)):
            row = situation.group_of(entity, head)
            for name, series in facts.items():
                rows[name][row] = series
    return rows


def _write_school_and_activity(situation: Situation, rows: Rows) -> None:
    supposed: dict[int, dict[str, Value]] = {}  # by identity: the worlds of a household share most of its persons
    for row, person in enumerate(situation.persons):
        if id(person) not in supposed:
            supposed[id(person)] = _supposed(person, situation.month)
        for name, value in supposed[id(person)].items():
            rows[name][row] = value


def _supposed(person: Person, month: str) -> dict[str, Value]:
    """The school, the activity and the disability of a person who does not say them."""
    found: dict[str, Value | None] = {
        "activite": assume.activity(person, month),
        "scolarite": assume.school(person, month),
        "statuts_etablissement_scolaire": assume.establishment(person, month),
        "handicap": "handicap" not in person.facts and any(at_month(person.facts.get(name), month) for name in RECOGNISED),
        "date_debut_chomage": assume.start_of_unemployment(person, month),
    }
    return {name: value for name, value in found.items() if value}


def _write_dwelling_and_family(situation: Situation, rows: Rows) -> None:
    places = [name for name in ("iris", "quartier") if name in system().variables]
    for index, (household, composition) in enumerate(zip(situation.households, situation.compositions, strict=True)):
        rows["depcom"][index] = household.depcom or assume.DEPCOM
        for name in places:
            if getattr(household, name):
                rows[name][index] = getattr(household, name)
        incomes = assume.parental_incomes(household, composition, situation.month)
        for row, place in zip(situation.persons_of(index), composition.places, strict=True):
            if place.famille[0] in composition.hosted:
                rows["heberge"][situation.group_of("famille", row)] = True
            if place.person.id in composition.left:
                rows["habite_chez_parents"].setdefault(row, True)
            if place.person.id in composition.on_parents_return:
                rows["declaration_revenus_avec_parents"].setdefault(row, True)
            if place.person.id in incomes:
                rows[assume.PARENTAL_INCOME][row] = incomes[place.person.id]


def _write_marital_status(situation: Situation, rows: Rows) -> None:
    """When somebody says their marital status, everyone has one: as OpenFisca supposes, two people who file together are in a Pacs."""
    if "statut_marital" not in rows:
        return
    taxes = situation.groups["foyer_fiscal"]
    together = {row for row, role in zip(taxes.row_of, taxes.roles, strict=True) if role == "conjoint"}
    supposed: dict[int, Series] = {row: "pacse" if taxes.row_of[row] in together else "celibataire" for row in range(len(taxes.roles))}
    rows["statut_marital"] = supposed | rows["statut_marital"]


def _write_receipts(situation: Situation, rows: Rows) -> None:
    """Benefits received in past months; those that nobody told are marked, and the run assumes that today's right was received."""
    heads = situation.heads.tolist()
    of_households = _receipts(situation, zip(heads, (household.recus for household in situation.households), strict=True))
    of_persons = _receipts(situation, enumerate(person.recus for person in situation.persons))
    past = situation.past()
    for name, entity in ENTITY_OF_LIVED.items():
        told, count = of_households[name] | rows.pop(name, {}) | of_persons[name], situation.count(entity)
        situation.facts[name] = columns_of(told, past, np.zeros(count), amounts)
        situation.unknown_receipts[name] = ~mask_of(count, told)


def _receipts(situation: Situation, told: Iterable[tuple[int, dict[str, Series]]]) -> Rows:
    """What persons say that they or theirs receive, gross, by benefit and row of its entity."""
    received: Rows = defaultdict(dict)
    grossed = _grossed(situation.month)
    for person, receipts in told:
        for name, series in receipts.items():
            if name in grossed:
                received[name][situation.group_of(ENTITY_OF_LIVED[name], person)] = _scaled(series, grossed[name])
    return received


@cached(maxsize=64)
def _grossed(month: str) -> dict[str, float]:
    """By what the receipt of each benefit is multiplied, to add the contribution taken from it."""
    crds = float(system().get_parameters_at_instant(month).prelevements_sociaux.contributions_sociales.crds)
    gross = {name for name in ENTITY_OF_LIVED if name in catalogue() and catalogue()[name].received_gross}
    return {name: 1 / (1 - crds) if name in gross else 1.0 for name in ENTITY_OF_LIVED}


def _scaled(series: Series, factor: float) -> Series:
    if isinstance(series, dict):
        return {period: float(value) * factor for period, value in series.items()}  # type: ignore[arg-type]
    return float(series) * factor  # type: ignore[arg-type]


def _write_notices(notices: Iterable[ToldNotice], rows: Rows) -> None:
    """The tax notices of each tax household, those of two people who filed apart added up; without details, the RFR stands for them."""
    told: dict[str, dict[int, dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
    for row, year, _, notice in notices:
        for name in NOTICE:
            figure = getattr(notice, name)
            if figure is None and name != "nbptr":
                figure = notice.rfr
            if figure is not None:
                by_year = told[name][row]
                by_year[str(year)] = float(by_year.get(str(year), 0.0)) + figure  # type: ignore[arg-type]
    for name, by_row in told.items():
        for row, by_year in by_row.items():
            series = rows[name].setdefault(row, {})
            if isinstance(series, dict):  # under its own name, a fact of the tax household is what was said
                rows[name][row] = by_year | series
