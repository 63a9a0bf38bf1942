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
from tznr_rules.situation import ENTITY_OF_LIVED, GROUPS, NOTICE, Situation, group, write
from tznr_rules.system import cached, system
from tznr_rules.told import NOTHING, Rows, Told, amounts, told_by

FACTS_OF_GROUPS = {"menage": "logement", "famille": "famille", "foyer_fiscal": "foyer_fiscal"}


def build(households: Sequence[Household], estimate_notices: EstimateNotices, *, assumptions: bool = True) -> Situation:
    """Write a batch of households of the same month as entities and facts.

    Args:
        households: households of one month.
        estimate_notices: gives the reference income and tax shares of each tax household of some years, where no notice tells them.
        assumptions: whether to say what is taken for granted.
    """
    month = households[0].date
    compositions = tuple([compose(household) for household in households])
    persons = tuple([place.person for composition in compositions for place in composition.places])
    owner = np.repeat(np.arange(len(households)), [len(composition.places) for composition in compositions])
    groups = {entity: group(entity, compositions) for entity in GROUPS}
    situation = Situation(month, tuple(households), compositions, persons, owner, groups, assumptions=tuple([] for _ in households))
    rows = _facts_told(situation)
    _write_school_and_activity(situation, rows)
    _write_dwelling_and_family(situation, rows)
    _write_marital_status(situation, rows)
    _write_receipts(situation, rows)
    notices = tuple(told_notices(situation))
    _write_notices(notices, rows)
    complete_profits(situation, rows)
    incomes = {name: rows.pop(name, NOTHING) for name in INCOMES}
    for name, told in rows.items():
        write(situation, name, told)
    write_salaries(situation, incomes)
    write_replacement_incomes(situation, incomes, estimate_notices)
    write_notice_incomes(situation, notices)
    write_absent(situation)
    for index, composition in enumerate(compositions if assumptions else ()):
        situation.assumptions[index].extend(assume.about(households[index], composition, month))
    return situation


def _facts_told(situation: Situation) -> Rows:
    """Every fact given, by variable and row of its entity."""
    births = Told.of(dict(enumerate(person.date_naissance for person in situation.persons)))
    rows: Rows = {"date_naissance": births} | told_by(range(len(situation.persons)), [person.facts for person in situation.persons])
    for entity, field in FACTS_OF_GROUPS.items():
        asked = situation.groups[entity].of_person[situation.heads].tolist()
        rows |= told_by(asked, [getattr(household, field) for household in situation.households])
    return rows


def _write_school_and_activity(situation: Situation, rows: Rows) -> None:
    supposed: dict[int, dict[str, Value]] = {}  # by identity: the worlds of a household share most of its persons
    found: dict[str, dict[int, Series]] = defaultdict(dict)
    for row, person in enumerate(situation.persons):
        if assume.says_enough(person, situation.month):
            continue
        if id(person) not in supposed:
            supposed[id(person)] = _supposed(person, situation.month)
        for name, value in supposed[id(person)].items():
            found[name][row] = value
    for name, by_row in found.items():
        rows[name] = rows.get(name, NOTHING).but(by_row)


def _supposed(person: Person, month: str) -> dict[str, Value]:
    """The school, the activity and the disability of a person who does not say them."""
    found: dict[str, Value | None] = {
        "activite": assume.activity(person, month),
        "scolarite": assume.school(person, month),
        "statuts_etablissement_scolaire": assume.establishment(person, month),
        "handicap": "handicap" not in person.facts and any(at_month(person.facts.get(name), month) for name in assume.RECOGNISED),
        "date_debut_chomage": assume.start_of_unemployment(person, month),
    }
    return {name: value for name, value in found.items() if value}


def _write_dwelling_and_family(situation: Situation, rows: Rows) -> None:
    places = [name for name in ("iris", "quartier") if name in system().variables]
    said: dict[str, dict[int, Series]] = defaultdict(dict)
    unless_told: dict[str, dict[int, Series]] = defaultdict(dict)
    for index, (household, composition) in enumerate(zip(situation.households, situation.compositions, strict=True)):
        said["depcom"][index] = household.depcom or assume.DEPCOM
        for name in places:
            if getattr(household, name):
                said[name][index] = getattr(household, name)
        incomes = assume.parental_incomes(household, composition, situation.month)
        if not (incomes or composition.hosted or composition.left or composition.on_parents_return):
            continue
        for row, place in zip(situation.persons_of(index), composition.places, strict=True):
            if place.famille[0] in composition.hosted:
                said["heberge"][situation.group_of("famille", row)] = True
            if place.person.id in composition.left:
                unless_told["habite_chez_parents"][row] = True
            if place.person.id in composition.on_parents_return:
                unless_told["declaration_revenus_avec_parents"][row] = True
            if place.person.id in incomes:
                said[assume.PARENTAL_INCOME][row] = incomes[place.person.id]
    for name, by_row in said.items():
        rows[name] = rows.get(name, NOTHING).but(by_row)
    for name, by_row in unless_told.items():
        rows[name] = Told.of(by_row).but(rows.get(name, NOTHING).by_row())


def _write_marital_status(situation: Situation, rows: Rows) -> None:
    """When somebody says their marital status, everyone has one: as OpenFisca supposes, two people who file together are in a Pacs."""
    told, taxes = rows.get("statut_marital", NOTHING), situation.groups["foyer_fiscal"]
    if len(told.rows) in (0, len(taxes.roles)):
        return
    together = {row for row, role in zip(taxes.row_of, taxes.roles, strict=True) if role == "conjoint"}
    supposed: dict[int, Series] = {row: "pacse" if taxes.row_of[row] in together else "celibataire" for row in range(len(taxes.roles))}
    rows["statut_marital"] = Told.of(supposed).but(told.by_row())


def _write_receipts(situation: Situation, rows: Rows) -> None:
    """Benefits received in past months; those that nobody told are marked, and the run assumes that today's right was received."""
    heads = situation.heads.tolist()
    of_households = _receipts(situation, zip(heads, (household.recus for household in situation.households), strict=True))
    of_persons = _receipts(situation, enumerate(person.recus for person in situation.persons))
    past = situation.past()
    for name, entity in ENTITY_OF_LIVED.items():
        told, count = Told.of(of_households[name] | rows.pop(name, NOTHING).by_row() | of_persons[name]), situation.count(entity)
        situation.facts[name] = told.columns(past, np.zeros(count), amounts)
        situation.unknown_receipts[name] = ~told.mask(count)


def _receipts(situation: Situation, told: Iterable[tuple[int, dict[str, Series]]]) -> dict[str, dict[int, Series]]:
    """What persons say that they or theirs receive, gross, by benefit and row of its entity."""
    received: dict[str, dict[int, Series]] = defaultdict(dict)
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
        said = rows.get(name, NOTHING).by_row()
        for row, by_year in by_row.items():
            series = said.get(row, {})
            if isinstance(series, dict):  # under its own name, a fact of the tax household is what was said
                said[row] = by_year | series
        rows[name] = Told.of(said)
