"""What may change in a household: incomes, rent, hours, a birthday, a birth, a move, a partner, a right claimed.

A lever moves one thing told of a household and leaves the rest as it is. Its points are tried in order, from the nearest to the farthest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tznr_rules.catalogue import Card
from tznr_rules.composition import age
from tznr_rules.facts import fact
from tznr_rules.household import TENURES, Household, Person
from tznr_rules.periods import at_month
from tznr_rules.reads import facts_read

Kind = Literal["income", "rent", "hours", "figure", "answer", "claim", "tenure", "notice", "moving", "birthday", "birth", "partner"]
Document = dict[str, Any]
Path = tuple[str | int, ...]

INCOMES = (
    *("salaire_net", "salaire_imposable", "salaire_de_base", "chomage_net", "retraite_nette", "pensions_invalidite"),
    *("rpns_auto_entrepreneur_benefice", "rpns_micro_entreprise_benefice", "rpns_autres_revenus"),
)
USUAL_INCOME = "salaire_net"
HOURS = ("heures_garde", "heures_hebdomadaires_reprise", "jours_presence_parentale", "jours_proche_aidant", "jours_sejour_etudes_etranger")
NOT_A_CHOICE = ("taux_incapacite", "nombre_enfants_eleves", "gir", "age")
CENT = 0.01
MONTHLY_STEPS = (CENT, 1, 5, 10, *range(25, 500, 25), *range(500, 2_000, 100), *range(2_000, 6_001, 500))
DAYS_AND_HOURS = (*range(1, 41), *range(45, 401, 5))
YEARS_AHEAD = 10
MONTHS_OF_A_BABY = 36
OLDEST_PARENT = 50
RENNES, NEIGHBOUR = "35238", "35047"  # Bruz, of the same metropolis, is not Rennes


@dataclass(frozen=True)
class Lever:
    """One thing that may move, in one direction.

    ``path`` is its place in the document, ``start`` its value there (None: not told), ``points`` the values to try, the nearest first;
    between two of them, values are ``resolution`` apart (None: there is nothing between). ``dates`` says when a point is reached.
    """

    kind: Kind
    name: str
    path: Path
    who: str
    start: Any
    points: tuple[Any, ...]
    resolution: float | None
    place: Callable[[Document, Any], None]
    dates: Mapping[Any, str] | None = None

    def applied(self, document: Document, value: Any) -> Document:
        """The same household with this value; the document is left as it is."""
        moved = deepcopy(document)
        self.place(moved, value)
        return moved

    @property
    def address(self) -> str:
        """The place of what moves, as a user writes it.

        >>> Lever("rent", "loyer", ("logement", "loyer"), "nadia", 420.0, (), 0.01, lambda document, value: None).address
        'logement.loyer'
        """
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")


def levers(household: Household, card: Card, dues: Mapping[str, float]) -> list[Lever]:
    """Everything that may move in a household, for one benefit.

    Args:
        household: as it is.
        card: the benefit; figures and answers that it does not read are left alone.
        dues: the other benefits that are due and are said to be received less, by id.
    """
    found = [*_claims(household, dues), *_incomes(household), *_rent(household), *_figures(household, card)]
    found += [*_tenures(household), *_notices(household), *_communes(household), *_birthdays(household), *_births(household)]
    return [lever for lever in (*found, *_partners(household)) if lever.points]


def _setter(path: Path) -> Callable[[Document, Any], None]:
    def place(document: Document, value: Any) -> None:
        node: Any = document
        for step in path[:-1]:
            node = node.setdefault(step, {}) if isinstance(node, dict) else node[step]
        node[path[-1]] = value

    return place


def _adder(path: Path, start: float) -> Callable[[Document, Any], None]:
    """What was told month by month moves by the same amount every month; never below zero if it was not."""
    set_to = _setter(path)

    def place(document: Document, value: Any) -> None:
        node: Any = document
        for step in path:
            node = node.get(step) if isinstance(node, dict) else node[step]
        if not isinstance(node, dict):
            set_to(document, value)
        else:
            added = value - start
            set_to(document, {period: round(max(each + added, min(each, 0.0)), 2) for period, each in node.items()})

    return place


def _both_ways(
    kind: Kind, name: str, path: Path, who: str, told: Any, household: Household, steps: Sequence[float], least: float
) -> Iterator[Lever]:
    """A figure that goes up or down, as far as zero."""
    start = float(at_month(told, household.date) or 0.0) if told is not None else 0.0
    place = _adder(path, start)
    up = tuple(round(start + step, 2) for step in steps if step >= least)
    down = tuple(round(start - step, 2) for step in steps if least <= step < start)
    yield Lever(kind, name, path, who, None if told is None else start, up, least, place)
    if start > 0:
        yield Lever(kind, name, path, who, start, (*down, 0.0), least, place)


def _adults(household: Household) -> Iterator[tuple[int, Person]]:
    for position, person in enumerate(household.personnes):
        if person.lien != "enfant" or any(name in person.facts for name in INCOMES):
            yield position, person


def _incomes(household: Household) -> Iterator[Lever]:
    for position, person in _adults(household):
        for name in [name for name in INCOMES if name in person.facts] or [USUAL_INCOME]:
            known = fact(name)
            steps = MONTHLY_STEPS if known is None or known.period == "month" else _yearly()
            yield from _both_ways("income", name, ("personnes", position, name), person.id, person.facts.get(name), household, steps, CENT)


def _yearly() -> tuple[float, ...]:
    return (CENT, *(12 * step for step in MONTHLY_STEPS[1:]))


def _rent(household: Household) -> Iterator[Lever]:
    if "loyer" in household.logement:
        told = household.logement["loyer"]
        yield from _both_ways("rent", "loyer", ("logement", "loyer"), _head(household).id, told, household, MONTHLY_STEPS, CENT)


def _figures(household: Household, card: Card) -> Iterator[Lever]:
    """The figures and the answers that this benefit reads, if they were told."""
    read = facts_read(card, household.date) | {condition.observed for condition in card.conditions if condition.observed}
    for path, who, facts in _facts(household):
        for name in facts.keys() & read - {*INCOMES, "loyer", *NOT_A_CHOICE}:
            known = fact(name)
            where = (*path, name)
            if known is not None and known.kind in ("number", "whole"):
                hours = name in HOURS
                steps = DAYS_AND_HOURS if hours or known.kind == "whole" else MONTHLY_STEPS
                least = 1.0 if known.kind == "whole" else CENT
                yield from _both_ways("hours" if hours else "figure", name, where, who, facts[name], household, steps, least)
            elif known is not None and known.kind == "yes_no":
                now = bool(at_month(facts[name], household.date))
                yield Lever("answer", name, where, who, now, (not now,), None, _setter(where))


def _facts(household: Household) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """What was told of each person, of the dwelling, the family and the tax household, and where."""
    for position, person in enumerate(household.personnes):
        yield ("personnes", position), person.id, person.facts
    for name in ("logement", "famille", "foyer_fiscal"):
        yield (name,), _head(household).id, getattr(household, name)


def _claims(household: Household, dues: Mapping[str, float]) -> Iterator[Lever]:
    for name, amount in dues.items():
        whose: list[tuple[Path, str, Mapping[str, Any]]] = [(("recus",), _head(household).id, household.recus)]
        whose += [(("personnes", place, "recus"), each.id, each.recus) for place, each in enumerate(household.personnes)]
        for path, who, told in whose:
            if name in told:
                where = (*path, name)
                yield Lever("claim", name, where, who, at_month(told[name], household.date), (amount,), None, _setter(where))
                break


def _tenures(household: Household) -> Iterator[Lever]:
    now = at_month(household.logement.get("statut_occupation_logement"), household.date)
    path = ("logement", "statut_occupation_logement")
    for other in TENURES if now is not None else ():
        if other not in (now, "sans_domicile"):
            yield Lever("tenure", path[-1], path, _head(household).id, now, (other,), None, _setter(path))


def _notices(household: Household) -> Iterator[Lever]:
    """The reference income of the last tax notice, which next year's will replace."""
    if household.avis_imposition:
        year = max(household.avis_imposition)
        path = ("avis_imposition", str(year), "rfr")
        told = household.avis_imposition[year].rfr
        yield from _both_ways("notice", "rfr", path, _head(household).id, told, household, _yearly(), CENT)


def _communes(household: Household) -> Iterator[Lever]:
    if household.depcom is not None:
        other = NEIGHBOUR if household.depcom == RENNES else RENNES
        yield Lever("moving", "depcom", ("depcom",), _head(household).id, household.depcom, (other,), None, _move)


def _move(document: Document, commune: str) -> None:
    document["depcom"] = commune
    for quarter in ("iris", "quartier"):
        document.pop(quarter, None)


def _birthdays(household: Household) -> Iterator[Lever]:
    """Everyone grows older: each year, and each month for a baby. The law and everything else stay those of today."""
    year, month = int(household.date[:4]), int(household.date[5:7])
    for position, person in enumerate(household.personnes):
        born, path = person.date_naissance, ("personnes", position, "date_naissance")
        lived = (year - born.year) * 12 + month - born.month - (born.day > 1)
        young = range(max(lived, 0) + 1, MONTHS_OF_A_BABY + 1)
        ages = sorted({*young, *(12 * (max(lived, -12) // 12 + ahead) for ahead in range(1, YEARS_AHEAD + 1))})
        dates = {_back(date(year, month, 1), count).isoformat(): _back(born, -count).isoformat() for count in ages}
        yield Lever("birthday", path[-1], path, person.id, born.isoformat(), tuple(dates), None, _setter(path), dates)


def _back(day: date, count: int) -> date:
    """Some months before a day; the first of the next month if the month has no such day."""
    rank = day.year * 12 + day.month - 1 - count
    try:
        return date(rank // 12, rank % 12 + 1, day.day)
    except ValueError:
        return date((rank + 1) // 12, (rank + 1) % 12 + 1, 1)


def _births(household: Household) -> Iterator[Lever]:
    """One more child, born on the first of the month."""
    if any(person.lien != "enfant" and age(person, household.date) < OLDEST_PARENT for person in household.personnes):
        yield _arrival("birth", household, {"lien": "enfant", "date_naissance": f"{household.date}-01"})


def _partners(household: Household) -> Iterator[Lever]:
    """A partner of the same age who earns nothing moves in, or the partner moves out."""
    place = next((position for position, person in enumerate(household.personnes) if person.lien == "conjoint"), None)
    if place is None:
        born = _head(household).date_naissance.isoformat()
        yield _arrival("partner", household, {"lien": "conjoint", "date_naissance": born, USUAL_INCOME: 0})
        return

    def leave(document: Document, _: Any) -> None:
        del document["personnes"][place]

    gone = household.personnes[place].id
    yield Lever("partner", "conjoint", ("personnes", place), gone, gone, (None,), None, leave)


def _arrival(kind: Kind, household: Household, person: Document) -> Lever:
    taken = {each.id for each in household.personnes}
    newcomer = {"id": next(f"{kind}_{rank}" for rank in range(1, len(taken) + 2) if f"{kind}_{rank}" not in taken), **person}

    def join(document: Document, _: Any) -> None:
        document["personnes"].append(dict(newcomer))

    path = ("personnes", len(household.personnes))
    return Lever(kind, str(person["lien"]), path, _head(household).id, None, (str(person["date_naissance"]),), None, join)


def _head(household: Household) -> Person:
    return next(person for person in household.personnes if person.lien == "demandeur")
