"""Who forms which family, tax household and dwelling: the composition of a household, derived by the rules.

- The demandeur, the conjoint and their children are one family; each ``autre`` adult is one of their own.
- A child who no longer counts as one leaves the family: with a child or a partner of their own; at 25; from 21 with resources above what a
  child adds to RSA; from 18 with earnings above 55 % of the minimum wage (R512-2 CSS).
- Two adults of a couple file together unless one of them says otherwise (``statut_marital`` or ``dans_foyer_fiscal``); children under 21
  are on the tax return of their parents, older ones on their own.
- ``dans_famille`` and ``dans_foyer_fiscal`` override all this: people with the same label are together; the id of a person means "with
  them". A child who says to be with an ``autre`` says whose child they are: the rules above still move them out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tznr_rules import payroll
from tznr_rules.facts import fact
from tznr_rules.household import Household, Person
from tznr_rules.periods import at_month, before, spread
from tznr_rules.system import system

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

Ties = dict[str, str | None]
"""With whom each person is, by id; None for a group of their own."""


@dataclass(frozen=True)
class Place:
    """The place of a person in each entity: the label of the group and the role in it."""

    person: Person
    famille: tuple[str, str]
    foyer_fiscal: tuple[str, str]
    menage_role: str


@dataclass(frozen=True)
class Composition:
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

    def partner(self, place: Place) -> Place | None:
        """The other adult of a family, if it has two and this is one of them."""
        both = [other for other in self.places if other.famille[0] == place.famille[0] and other.famille[1] in ADULTS]
        return next((other for other in both if other is not place), None) if place in both else None


def age(person: Person, month: str) -> int:
    """Age in years on the first day of a month; negative before birth."""
    first = date(int(month[:4]), int(month[5:7]), 1)
    born = person.date_naissance
    return first.year - born.year - ((first.month, first.day) < (born.month, born.day))


def apprentice(person: Person, month: str) -> bool:
    """Whether a person is an apprentice in a month."""
    if "apprenti" in person.facts:
        return bool(at_month(person.facts["apprenti"], month))
    started = at_month(person.facts.get("apprentissage_contrat_debut"), month)
    return isinstance(started, date) and started.isoformat()[:7] <= month


def compose(household: Household) -> Composition:
    """Derive the entities of a household at its month."""
    month, persons = household.date, household.personnes
    demandeur = next(person for person in persons if person.lien == "demandeur")
    ties, leaving = _family_ties(persons, demandeur, month)
    families: dict[str, tuple[str, str]] = {}
    apart: list[str] = []
    for members in _groups(persons, ties):
        first, *others = _adults(members, leaving, demandeur, month)
        families |= {person.id: (first.id, "enfant") for person in members} | {first.id: (first.id, "demandeur")}
        families |= {second.id: (first.id, "conjoint") for second in others[:1]}
        families |= {third.id: (third.id, "demandeur") for third in others[1:]}
        apart += [third.id for third in others[1:]]

    taxes: dict[str, tuple[str, str]] = {}
    for members in _groups(persons, _tax_ties(persons, families, month)):
        first, *others = sorted(members, key=_rank)
        taxes |= {person.id: (first.id, "personne_a_charge") for person in others} | {first.id: (first.id, "declarant_principal")}
        taxes |= {second.id: (first.id, "conjoint") for second in [each for each in others if _may_file(first, each, families)][:1]}

    left = frozenset(person.id for person in persons if person.lien == "enfant" and families[person.id][1] in ADULTS)
    shared = bool(at_month(household.logement.get("coloc"), month))
    housed = {families[person.id][0] for person in persons if not shared or person.id in left}
    places = tuple(Place(person, families[person.id], taxes[person.id], _dwelling_role(person)) for person in persons)
    young = frozenset(person.id for person in persons if age(person, month) <= OLDEST_ON_PARENTS_RETURN)
    return Composition(places, frozenset(housed - {demandeur.id}), left, frozenset(apart), young & _elsewhere(persons))


def _family_ties(persons: Sequence[Person], demandeur: Person, month: str) -> tuple[Ties, frozenset[str]]:
    """With whom everyone is, and the children who leave."""
    said = _said(persons, "dans_famille")
    lien = {person.id: person.lien for person in persons}
    by_others = {target for target in said.values() if target is not None and lien[target] == "autre"}
    leaving = set()
    for person in persons:
        hosts = person.id not in said or said[person.id] in by_others
        if person.lien == "enfant" and hosts and (_has_left(person, month) or _heads_a_family(person, persons, said)):
            leaving.add(person.id)
    ties: Ties = {}
    for person in persons:
        alone = person.id in leaving or (person.lien == "autre" and person.id not in said)
        ties[person.id] = None if alone else said.get(person.id, demandeur.id)
    return ties, frozenset(leaving)


def _said(persons: Sequence[Person], field: str) -> Ties:
    """With whom those who say it are: the person of that id, else the eldest adult of that label; None when nobody else bears it."""
    ids = {person.id for person in persons}
    bearers: dict[str, list[Person]] = {}
    for person in persons:
        if getattr(person, field):
            bearers.setdefault(getattr(person, field), []).append(person)
    ties: Ties = {}
    for label, same in bearers.items():
        target = label if label in ids else min(same, key=_rank).id
        ties |= {person.id: None if person.id == target else target for person in same}
    return ties


def _groups(persons: Sequence[Person], ties: Ties) -> Iterator[list[Person]]:
    """People who are together, whatever the order in which they say so."""
    label = {person.id: person.id for person in persons}

    def root(name: str) -> str:
        while label[name] != name:
            name = label[name]
        return name

    for name, target in ties.items():
        if target is not None:
            label[root(name)] = root(target)
    groups: dict[str, list[Person]] = {}
    for person in persons:
        groups.setdefault(root(person.id), []).append(person)
    yield from groups.values()


def _rank(person: Person) -> tuple[int, date]:
    return RANK[person.lien], person.date_naissance


def _adults(members: Sequence[Person], leaving: frozenset[str], demandeur: Person, month: str) -> list[Person]:
    """The adults of a family, the first of whom stands for it: those who are nobody's child, else the eldest."""
    adults = [person for person in members if person.lien != "enfant" or person.id in leaving]
    if demandeur not in members:
        majority = system().get_parameters_at_instant(month).geopolitique.age_majorite
        grown = [person for person in members if person not in adults and age(person, month) >= majority]
        adults += [person for person in grown if adults and not any(_may_be_child(person, adult) for adult in adults)]
    return sorted(adults, key=_rank) or [min(members, key=lambda one: one.date_naissance)]


def _may_be_child(child: Person, parent: Person) -> bool:
    return child.date_naissance.year - parent.date_naissance.year >= YOUNGEST_PARENT


def _heads_a_family(child: Person, persons: Sequence[Person], said: Ties) -> bool:
    """Whether somebody says to be with a child: a partner, or a child young enough to be theirs."""
    with_them = [person for person in persons if said.get(person.id) == child.id]
    return any(person.lien != "enfant" or _may_be_child(person, child) for person in with_them)


def _has_left(person: Person, month: str) -> bool:
    """Whether age or resources make a child a family of their own."""
    years = age(person, month)
    law = system().get_parameters_at_instant(month)
    rsa, family = law.prestations_sociales.solidarite_insertion.minima_sociaux.rsa, law.prestations_sociales.prestations_familiales
    if years >= rsa.rsa_cond.age_pac:
        return True
    if years < law.geopolitique.age_majorite:
        return False
    wage = law.marche_travail.salaire_minimum.smic.smic_b_horaire * law.aides_nationales.enfant_a_charge.heures_smic
    if years <= family.prestations_generales.af.af_cm.age3:
        return bool(_earned(person, month, EARNINGS) >= family.def_pac.revenu_plafond_pac_non_scolaire * wage)
    benefits = sum(at_month(person.recus.get(name), month) or 0.0 for name in OWN_BENEFITS)
    added = rsa.rsa_maj.maj_montant_max.par_enfant_supplementaire * rsa.rsa_m.montant_de_base_du_rsa
    return bool(_earned(person, month, RESOURCES) + benefits >= added)


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


def _tax_ties(persons: Sequence[Person], families: dict[str, tuple[str, str]], month: str) -> Ties:
    said = _said(persons, "dans_foyer_fiscal")
    by_id = {person.id: person for person in persons}
    elsewhere = _elsewhere(persons)
    ties: Ties = {}
    for person in persons:
        head, role = families[person.id]
        if person.id in said:
            ties[person.id] = said[person.id]
        elif role == "conjoint":
            apart = head in elsewhere or any(_alone_on_paper(one, month) for one in (person, by_id[head]))
            ties[person.id] = None if apart else head
        else:
            ties[person.id] = head if role == "enfant" and age(person, month) < TAX_MAJORITY else None
    return ties


def _elsewhere(persons: Sequence[Person]) -> frozenset[str]:
    """Those who are on the tax return of people who live elsewhere."""
    said = _said(persons, "dans_foyer_fiscal")
    return frozenset(each.id for each in persons if each.id in said and said[each.id] is None and _alone_with_label(each, persons))


def _alone_with_label(person: Person, persons: Sequence[Person]) -> bool:
    """Whether a person names a tax household that nobody else is in: that of people who live elsewhere."""
    label = person.dans_foyer_fiscal
    return label != person.id and not any(other.dans_foyer_fiscal in (label, person.id) for other in persons if other is not person)


def _alone_on_paper(person: Person, month: str) -> bool:
    return at_month(person.facts.get("statut_marital"), month) in ALONE_ON_PAPER


def _may_file(first: Person, other: Person, families: dict[str, tuple[str, str]]) -> bool:
    """Whether a person may be the other declarant of a tax household: the partner of the first; anyone else in it is a dependant."""
    same = families[first.id][0] == families[other.id][0] and families[other.id][1] in ADULTS
    return same or other.lien == "conjoint" or first.lien == other.lien == "autre"


def _dwelling_role(person: Person) -> str:
    return {"demandeur": "personne_de_reference", "conjoint": "conjoint", "enfant": "enfant"}.get(person.lien, "autre")
