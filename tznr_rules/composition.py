"""Who forms which family, tax household and dwelling: the composition of a household, derived by the rules.

- The demandeur, the conjoint and their children are one family; each ``autre`` adult is one of their own.
- A child who no longer counts as one leaves the family: with a child or a partner of their own; at 25; from 21 with resources above what a
  child adds to RSA; from 18 with earnings above 55 % of the minimum wage (R512-2 CSS).
- Two adults of a couple file together unless one of them says otherwise (``statut_marital`` or ``dans_foyer_fiscal``); children under 21
  are on the tax return of their parents, older ones on their own.
- ``dans_famille`` and ``dans_foyer_fiscal`` override all this: people with the same label are together; the id of a person means "with
  them". A child who says to be with an ``autre`` says whose child they are: the rules above still move them out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from tznr_rules import payroll
from tznr_rules.facts import fact
from tznr_rules.household import Household, Person
from tznr_rules.periods import at_month, before, spread
from tznr_rules.system import cached, system

ALONE_ON_PAPER = ("celibataire", "divorce", "veuf", "jeune_veuf")
WAGES = {"salaire_imposable": "taxable", "salaire_de_base": "gross", "traitement_indiciaire_brut": "gross"}
EARNINGS = ("chomage_net", "rpns_auto_entrepreneur_benefice", "rpns_micro_entreprise_benefice", "rpns_autres_revenus")
RESOURCES = (*EARNINGS, "pensions_invalidite", "pensions_alimentaires_percues", "retraite_nette")
OWN_BENEFITS = ("aah", "mva", "asi")
MONTHS_OF_A_STUDENT = 6  # the stretch over which OpenFisca-France's ``autonomie_financiere`` judges earnings
TAX_MAJORITY = 21
OLDEST_ON_PARENTS_RETURN = 25  # a student may still be on the tax return of the parents
YOUNGEST_PARENT = 14
RANK = {"demandeur": 0, "conjoint": 1, "autre": 2, "enfant": 3}
ADULTS = ("demandeur", "conjoint")
NOBODY: frozenset[str] = frozenset()
DWELLING_ROLES = {"demandeur": "personne_de_reference", "conjoint": "conjoint", "enfant": "enfant"}

Ties = dict[int, int | None]
"""With whom each person is, by position; None for a group of their own."""


class Place(NamedTuple):
    """The place of a person in each entity: the label of the group and the role in it."""

    person: Person
    famille: tuple[str, str]
    foyer_fiscal: tuple[str, str]
    menage_role: str


class Composition(NamedTuple):
    """The places of everyone; a group is named by its first adult.

    ``hosted`` are the families housed free of charge by the others; ``left`` the children who are an adult of a family under the roof of
    their parents; ``apart`` the adults who asked to be in a family that already has two; ``on_parents_return`` the young people who name
    a tax household of people who live elsewhere.
    """

    places: tuple[Place, ...]
    hosted: frozenset[str]
    left: frozenset[str]
    apart: frozenset[str]
    on_parents_return: frozenset[str] = frozenset()

    @property
    def of_demandeur(self) -> str:
        """The family of the demandeur."""
        return next(place.famille[0] for place in self.places if place.person.lien == "demandeur")

    def partner(self, place: Place) -> Place | None:
        """The other adult of a family, if it has two and this is one of them."""
        both = [other for other in self.places if other.famille[0] == place.famille[0] and other.famille[1] in ADULTS]
        return next((other for other in both if other is not place), None) if place in both else None


def age(person: Person, month: str) -> int:
    """Age in years on the first day of a month; negative before birth."""
    year, number = _year_and_number(month)
    born = person.date_naissance
    return year - born.year - ((number, 1) < (born.month, born.day))


@lru_cache(maxsize=1024)
def _year_and_number(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:7])


def apprentice(person: Person, month: str) -> bool:
    """Whether a person is an apprentice in a month."""
    if "apprenti" in person.facts:
        return bool(at_month(person.facts["apprenti"], month))
    started = at_month(person.facts.get("apprentissage_contrat_debut"), month)
    return isinstance(started, date) and started.isoformat()[:7] <= month


class _Standing(NamedTuple):
    """What decides the place of a person among those with whom they live; the others are named by position, whatever their ids.

    ``born`` ranks them by date of birth; ``famille`` and ``foyer_fiscal`` are the person or the label that they say to be with;
    ``parents``, known where someone says with whom they are, are those old enough to be theirs; ``leaves``: too old or too well off to be
    a child of the family.
    """

    position: int
    lien: str
    born: int
    grown: bool
    files_with_parents: bool
    famille: int | str | None
    foyer_fiscal: int | str | None
    alone_on_paper: bool
    leaves: bool
    parents: tuple[int, ...]


class _Arrangement(NamedTuple):
    """Who is with whom, by position: of each person, the first of their group and the role in it.

    ``together``: they are one family, in which nobody is on the tax return of people who live elsewhere.
    """

    famille: tuple[tuple[int, str], ...]
    foyer_fiscal: tuple[tuple[int, str], ...]
    left: tuple[int, ...]
    apart: tuple[int, ...]
    elsewhere: frozenset[int]
    together: bool


def compose(household: Household) -> Composition:
    """Derive the entities of a household at its month."""
    month, persons = household.date, household.personnes
    found = _arranged(_standings(persons, month))
    ids = [person.id for person in persons]
    placed = [
        Place(person, (ids[head], role), (ids[filer], filing), DWELLING_ROLES.get(person.lien, "autre"))
        for person, (head, role), (filer, filing) in zip(persons, found.famille, found.foyer_fiscal, strict=True)
    ]
    places = tuple(placed)
    if found.together:
        return Composition(places, NOBODY, NOBODY, NOBODY)
    left = frozenset(ids[each] for each in found.left)
    shared = bool(at_month(household.logement.get("coloc"), month))
    housed = {place.famille[0] for place in places if not shared or place.person.id in left}
    mine = {place.person.id for place in places if place.person.lien == "demandeur"}
    young = (each for each in found.elsewhere if age(persons[each], month) <= OLDEST_ON_PARENTS_RETURN)
    return Composition(
        places, frozenset(housed - mine), left, frozenset(ids[each] for each in found.apart), frozenset(ids[each] for each in young)
    )


def _standings(persons: Sequence[Person], month: str) -> tuple[tuple[Any, ...], ...]:
    """The standing of everyone in a month, as the fields of ``_Standing``."""
    law = _thresholds(month)
    births = sorted({person.date_naissance for person in persons})
    said = [person for person in persons if person.dans_famille or person.dans_foyer_fiscal]
    position = {person.id: at for at, person in enumerate(persons)} if said else {}
    anyone_says = any(person.dans_famille for person in said) if said else False
    found = []
    for at, person in enumerate(persons):
        born, lien = person.date_naissance, person.lien
        grown = born <= law.of_age
        family, taxes = (_named(person.dans_famille, position), _named(person.dans_foyer_fiscal, position)) if said else (None, None)
        leaves = grown and lien == "enfant" and _has_left(person, age(person, month), month, law)
        parents = tuple(rank for rank, other in enumerate(persons) if _may_be_child(person, other)) if anyone_says else ()
        alone = _alone_on_paper(person, month)
        found.append((at, lien, births.index(born), grown, born > law.files_alone, family, taxes, alone, leaves, parents))
    return tuple(found)


def _named(label: str | None, position: Mapping[str, int]) -> int | str | None:
    """The person whom a label names, else the label; None for none."""
    return position.get(label, label) if label else None


@lru_cache(maxsize=4096)
def _arranged(standings: tuple[tuple[Any, ...], ...]) -> _Arrangement:
    """Who is with whom: few households stand in a way of their own."""
    persons = tuple(map(_Standing._make, standings))
    demandeur = next(person for person in persons if person.lien == "demandeur")
    ties, leaving = _family_ties(persons, demandeur)
    families: dict[int, tuple[int, str]] = {}
    apart: list[int] = []
    for members in _groups(persons, ties):
        first, *others = (person.position for person in _adults(members, leaving, demandeur))
        families |= {person.position: (first, "enfant") for person in members} | {first: (first, "demandeur")}
        families |= dict.fromkeys(others[:1], (first, "conjoint"))
        families |= {third: (third, "demandeur") for third in others[1:]}
        apart += others[1:]

    taxes: dict[int, tuple[int, str]] = {}
    for members in _groups(persons, _tax_ties(persons, families)):
        filer, *with_them = sorted(members, key=_rank)
        first = filer.position
        taxes |= {person.position: (first, "personne_a_charge") for person in with_them} | {first: (first, "declarant_principal")}
        taxes |= {second.position: (first, "conjoint") for second in [each for each in with_them if _may_file(filer, each, families)][:1]}

    left = tuple(person.position for person in persons if person.lien == "enfant" and families[person.position][1] in ADULTS)
    in_order = range(len(persons))
    by_family, by_return = tuple(families[each] for each in in_order), tuple(taxes[each] for each in in_order)
    elsewhere = _elsewhere(persons)
    together = len({head for head, _ in by_family}) == 1 and not (left or apart or elsewhere)
    return _Arrangement(by_family, by_return, left, tuple(apart), elsewhere, together)


def _family_ties(persons: Sequence[_Standing], demandeur: _Standing) -> tuple[Ties, frozenset[int]]:
    """With whom everyone is, and the children who leave."""
    said = _said(persons, "famille")
    by_others = {target for target in said.values() if target is not None and persons[target].lien == "autre"}
    leaving = set()
    for person in persons:
        hosts = person.position not in said or said[person.position] in by_others
        if person.lien == "enfant" and hosts and (person.leaves or _heads_a_family(person, persons, said)):
            leaving.add(person.position)
    ties: Ties = {}
    for person in persons:
        alone = person.position in leaving or (person.lien == "autre" and person.position not in said)
        ties[person.position] = None if alone else said.get(person.position, demandeur.position)
    return ties, frozenset(leaving)


def _said(persons: Sequence[_Standing], field: str) -> Ties:
    """With whom those who say it are: the person they name, else the eldest adult of that label; None when nobody else bears it."""
    bearers: dict[int | str, list[_Standing]] = {}
    for person in persons:
        label = getattr(person, field)
        if label is not None:
            bearers.setdefault(label, []).append(person)
    ties: Ties = {}
    for label, same in bearers.items():
        target = label if isinstance(label, int) else min(same, key=_rank).position
        ties |= {person.position: None if person.position == target else target for person in same}
    return ties


def _groups(persons: Sequence[_Standing], ties: Ties) -> Iterator[list[_Standing]]:
    """People who are together, whatever the order in which they say so."""
    label = {person.position: person.position for person in persons}

    def root(at: int) -> int:
        while label[at] != at:
            at = label[at]
        return at

    for at, target in ties.items():
        if target is not None:
            label[root(at)] = root(target)
    groups: dict[int, list[_Standing]] = {}
    for person in persons:
        groups.setdefault(root(person.position), []).append(person)
    yield from groups.values()


def _rank(person: _Standing) -> tuple[int, int]:
    return RANK[person.lien], person.born


def _adults(members: Sequence[_Standing], leaving: frozenset[int], demandeur: _Standing) -> list[_Standing]:
    """The adults of a family, the first of whom stands for it: those who are nobody's child, else the eldest."""
    adults = [person for person in members if person.lien != "enfant" or person.position in leaving]
    if demandeur not in members:
        grown = [person for person in members if person not in adults and person.grown]
        adults += [person for person in grown if adults and not any(adult.position in person.parents for adult in adults)]
    return sorted(adults, key=_rank) or [min(members, key=lambda one: one.born)]


def _may_be_child(child: Person, parent: Person) -> bool:
    return child.date_naissance.year - parent.date_naissance.year >= YOUNGEST_PARENT


def _heads_a_family(child: _Standing, persons: Sequence[_Standing], said: Ties) -> bool:
    """Whether somebody says to be with a child: a partner, or a child young enough to be theirs."""
    with_them = [person for person in persons if said.get(person.position) == child.position]
    return any(person.lien != "enfant" or child.position in person.parents for person in with_them)


class _Thresholds(NamedTuple):
    """What the law says of the children of a family: ages in years, amounts in euros a month.

    ``of_age``: the last day of birth of those who are, and may leave; ``files_alone``: of those who are no longer on the tax return of
    their parents; ``oldest``: the age from which they have left; ``judged_on_earnings``: until which they leave when they earn
    ``earnings``, after which when they have ``resources``.
    """

    of_age: date
    files_alone: date
    oldest: float
    judged_on_earnings: float
    earnings: float
    resources: float


@cached(maxsize=64)
def _thresholds(month: str) -> _Thresholds:
    law = system().get_parameters_at_instant(month)
    rsa, family = law.prestations_sociales.solidarite_insertion.minima_sociaux.rsa, law.prestations_sociales.prestations_familiales
    wage = law.marche_travail.salaire_minimum.smic.smic_b_horaire * law.aides_nationales.enfant_a_charge.heures_smic
    return _Thresholds(
        of_age=_born_before(month, law.geopolitique.age_majorite),
        files_alone=_born_before(month, TAX_MAJORITY),
        oldest=rsa.rsa_cond.age_pac,
        judged_on_earnings=family.prestations_generales.af.af_cm.age3,
        earnings=family.def_pac.revenu_plafond_pac_non_scolaire * wage,
        resources=rsa.rsa_maj.maj_montant_max.par_enfant_supplementaire * rsa.rsa_m.montant_de_base_du_rsa,
    )


def _born_before(month: str, years: float) -> date:
    """The last day of birth of those who have an age, in whole years, on the first day of a month."""
    year, number = _year_and_number(month)
    return date(year - int(years), number, 1)


def _has_left(person: Person, years: int, month: str, law: _Thresholds) -> bool:
    """Whether age or resources make a child who has come of age a family of their own."""
    if years >= law.oldest:
        return True
    if years <= law.judged_on_earnings:
        return bool(_earned(person, month, EARNINGS) >= law.earnings)
    benefits = sum(at_month(person.recus.get(name), month) or 0.0 for name in OWN_BENEFITS)
    return bool(_earned(person, month, RESOURCES) + benefits >= law.resources)


def _earned(person: Person, month: str, names: Sequence[str]) -> float:
    """Net earnings of the month asked about; for a student, of whom a summer job is not a living, the mean of the six months before."""
    lived = before(month, MONTHS_OF_A_STUDENT) if _studies(person, month) else (month,)
    total = sum(net_wage(person, each) for each in lived)
    for name in names:
        known = fact(name)
        share = 1 / 12 if known is not None and known.period == "year" else 1.0
        total += share * sum(max(value or 0.0, 0.0) for value in spread(person.facts.get(name), lived))
    return total / len(lived)


def _studies(person: Person, month: str) -> bool:
    school = at_month(person.facts.get("scolarite"), month)
    return at_month(person.facts.get("activite"), month) == "etudiant" or school not in (None, "inconnue")


def net_wage(person: Person, month: str) -> float:
    """The net pay of a month, from whichever reading of it was told; 0 when none was."""
    if "salaire_net" in person.facts:
        return float(at_month(person.facts["salaire_net"], month) or 0.0)
    reading = next((name for name in WAGES if at_month(person.facts.get(name), month)), None)
    if reading is None:
        return 0.0
    category = str(at_month(person.facts.get("categorie_salarie"), month) or "prive_non_cadre")
    amount = np.array([float(at_month(person.facts[reading], month))])
    return float(payroll.salary(category, apprentice(person, month), month, amount, WAGES[reading]).net[0])


def _tax_ties(persons: Sequence[_Standing], families: Mapping[int, tuple[int, str]]) -> Ties:
    said = _said(persons, "foyer_fiscal")
    elsewhere = _elsewhere(persons)
    ties: Ties = {}
    for person in persons:
        head, role = families[person.position]
        if person.position in said:
            ties[person.position] = said[person.position]
        elif role == "conjoint":
            apart = head in elsewhere or person.alone_on_paper or persons[head].alone_on_paper
            ties[person.position] = None if apart else head
        else:
            ties[person.position] = head if role == "enfant" and person.files_with_parents else None
    return ties


def _elsewhere(persons: Sequence[_Standing]) -> frozenset[int]:
    """Those who name a tax household that nobody else is in: they are on the tax return of people who live elsewhere."""
    named = Counter(person.foyer_fiscal for person in persons)
    return frozenset(
        person.position
        for person in persons
        if isinstance(person.foyer_fiscal, str) and named[person.foyer_fiscal] == 1 and not named[person.position]
    )


def _alone_on_paper(person: Person, month: str) -> bool:
    status = person.facts.get("statut_marital")
    return status is not None and at_month(status, month) in ALONE_ON_PAPER


def _may_file(first: _Standing, other: _Standing, families: Mapping[int, tuple[int, str]]) -> bool:
    """Whether a person may be the other declarant of a tax household: the partner of the first; anyone else in it is a dependant."""
    same = families[first.position][0] == families[other.position][0] and families[other.position][1] in ADULTS
    return same or other.lien == "conjoint" or first.lien == other.lien == "autre"
