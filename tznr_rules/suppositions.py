"""What an institution may have taken otherwise than a description says: each supposition is the same household, with one thing changed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from openfisca_core.holders import set_input_divide_by_period

from tznr_rules import payroll
from tznr_rules.composition import age, apprentice
from tznr_rules.errors import HouseholdError
from tznr_rules.facts import fact
from tznr_rules.household import Household, Person, parse
from tznr_rules.incomes import INCOMES
from tznr_rules.interactions import claimable, claiming, silent_about
from tznr_rules.periods import Series, Value, at_month, before
from tznr_rules.system import system
from tznr_rules.worlds import World

Base = Literal["resource", "rent_ceiling", "period", "missing_person", "claim", "payment", "question"]
Document = dict[str, Any]

MONTHS_LATE = 3
RENTS = ("loyer", "charges_locatives")
ZONES = ("zone_1", "zone_2", "zone_3")
TENURES = ("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer")
AGES_OF_A_CHILD = (1, 8, 15)


@dataclass(frozen=True)
class Supposition:
    """One thing taken otherwise.

    Attributes:
        name: its sentence, in ``words/<voice>/reconcile.yaml``.
        base: what kind of base it changes.
        world: the household once it is changed.
        ours: the value of that base in our computation.
        values: what the sentence is filled with: ``person``, ``fact``, ``benefit``, ``month``, ``other``.
    """

    name: str
    base: Base
    world: World
    ours: Value | None = None
    values: dict[str, str] = field(default_factory=dict)


def suppositions(household: Household) -> list[Supposition]:
    """Everything that may have been taken otherwise, the likeliest first among those that would give the same amount."""
    ways: tuple[Callable[[Household], Iterator[Supposition]], ...] = (_periods, _resources, _people, _claims, _rents)
    return [each for way in ways for each in way(household)]


def _changed(household: Household, change: Callable[[Document], None]) -> Iterator[World]:
    """The household after a change of its document, if it is still one that may be described."""
    document = deepcopy(household.document())
    change(document)
    with suppress(HouseholdError):
        yield World(parse(document))


def _periods(household: Household) -> Iterator[Supposition]:
    """The right of a month before: its law, not yet revised, and the resources it looked at."""
    for month in reversed(before(household.date, MONTHS_LATE)):
        yield from (
            Supposition("month_before", "period", world, household.date, {"month": month})
            for world in _changed(household, lambda document, month=month: document.update(date=month))  # type: ignore[misc]
        )


def _resources(household: Household) -> Iterator[Supposition]:
    """An income of which the institution knows nothing, or that it took gross, net, or of other months."""
    for rank, person in enumerate(household.personnes):
        for name, series in person.facts.items():
            known = fact(name)
            if known is None or known.kind != "number" or not _is_income(name) or not _positive(series):
                continue
            said = {"person": person.id, "fact": name}
            for kind, other in _other_incomes(person, name, series, household.date):

                def change(document: Document, rank: int = rank, name: str = name, other: Series = other) -> None:
                    document["personnes"][rank][name] = other

                for world in _changed(household, change):
                    yield Supposition(kind, "resource", world, at_month(series, household.date), said)


def _other_incomes(person: Person, name: str, series: Series, month: str) -> Iterator[tuple[str, Series]]:
    yield "income_unknown", 0.0
    if name == "salaire_net":
        yield "salary_gross", _each_month(series, lambda amount: _pay(person, month, amount, "net").gross)
        yield "salary_net", _each_month(series, lambda amount: _pay(person, month, amount, "gross").net)
    if isinstance(series, dict) and all(len(period) == 7 for period in series):
        yield "income_of_last_month", at_month(series, before(month, 1)[0])
        yield "income_later", {_shift(period, 1): value for period, value in series.items()}
        yield "income_sooner", {_shift(period, -1): value for period, value in series.items()}


def _each_month(series: Series, of: Callable[[float], Any]) -> Series:
    if isinstance(series, dict):
        return {period: round(float(of(float(value)).item()), 2) for period, value in series.items()}  # type: ignore[arg-type]
    return round(float(of(float(series)).item()), 2)  # type: ignore[arg-type]


def _pay(person: Person, month: str, amount: float, given: str) -> payroll.Pay:
    category = str(at_month(person.facts.get("categorie_salarie"), month) or "prive_non_cadre")
    pay = payroll.salary(category, apprentice(person, month), month, np.array([amount]), given)
    return payroll.Pay(pay.gross[0], pay.taxable[0], pay.net[0])


def _shift(month: str, count: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + count
    return f"{number // 12}-{number % 12 + 1:02d}"


def _is_income(name: str) -> bool:
    """Whether a fact is an amount of money of a period, which a longer period adds up."""
    variable = system().variables.get(name)
    return name in INCOMES or (variable is not None and variable.set_input is set_input_divide_by_period)


def _positive(series: Series) -> bool:
    values = series.values() if isinstance(series, dict) else (series,)
    return any(isinstance(value, int | float) and not isinstance(value, bool) and value > 0 for value in values)


def _rents(household: Household) -> Iterator[Supposition]:
    """A rent that is not known, or that is taken with its charges, shared, under another ceiling."""
    home = household.logement
    rent = at_month(home.get("loyer"), household.date) or 0.0
    charges = at_month(home.get("charges_locatives"), household.date) or 0.0
    tenure = at_month(home.get("statut_occupation_logement"), household.date)
    changes: list[tuple[str, dict[str, Any], Value | None]] = []
    if rent:
        changes += [("no_rent", {"loyer": 0}, rent), ("rent_of_two", {"coloc": not at_month(home.get("coloc"), household.date)}, rent)]
        changes += [("rent_with_charges", {"loyer": rent + charges}, rent)] if charges else []
        changes += [("rent_at_the_ceiling", {"loyer": rent * 10}, rent)]
        changes += [("other_zone", {"zone_apl": zone}, household.depcom) for zone in ZONES]
        changes += [("other_tenure", {"statut_occupation_logement": other}, tenure) for other in TENURES if other != tenure]
    for name, new, ours in changes:
        for world in _changed(household, lambda document, new=new: document.setdefault("logement", {}).update(new)):  # type: ignore[misc]
            yield Supposition(name, "rent_ceiling", world, ours, {"other": str(next(iter(new.values())))})


def _people(household: Household) -> Iterator[Supposition]:
    """Somebody whom the institution does not count, counts by half, or counts although the description does not."""
    count = len(household.personnes)
    for rank, person in enumerate(household.personnes):
        said = {"person": person.id}
        if person.lien != "demandeur":
            for world in _changed(household, lambda document, rank=rank: document["personnes"].pop(rank) and None):  # type: ignore[misc]
                yield Supposition(f"{person.lien}_not_counted", "missing_person", world, count, said)
        if person.lien == "enfant":
            shared = bool(at_month(person.facts.get("garde_alternee"), household.date))

            def change(document: Document, rank: int = rank, shared: bool = shared) -> None:
                document["personnes"][rank]["garde_alternee"] = not shared

            for world in _changed(household, change):
                yield Supposition("custody_whole" if shared else "custody_shared", "missing_person", world, shared, said)
    newcomers: list[tuple[str, dict[str, Any]]] = [
        ("child_more", {"lien": "enfant", "date_naissance": f"{int(household.date[:4]) - years}-01-01"}) for years in AGES_OF_A_CHILD
    ]
    if not any(person.lien == "conjoint" for person in household.personnes):
        adult = max(household.personnes, key=lambda person: age(person, household.date))
        newcomers.append(("partner_more", {"lien": "conjoint", "date_naissance": adult.date_naissance.isoformat()}))
    for name, person_more in newcomers:
        for world in _changed(household, lambda document, more=person_more: document["personnes"].append(more)):  # type: ignore[misc]
            yield Supposition(name, "missing_person", world, count, {"other": person_more["date_naissance"]})


def _claims(household: Household) -> Iterator[Supposition]:
    """Other benefits that are not claimed, or that are supposed to be; and what was received before, if nothing was."""
    told = claiming(household)
    if told != household:
        yield Supposition("all_claimed", "claim", World(told))
    every = frozenset(claimable(household.date))
    for name in every:
        yield Supposition("not_claimed", "claim", World(silent_about(household, {name}), frozenset({name})), None, {"benefit": name})
        yield Supposition(
            "others_not_claimed", "claim", World(silent_about(household, every - {name}), every - {name}), None, {"benefit": name}
        )
    yield Supposition("others_not_claimed", "claim", World(silent_about(household, every), every))
