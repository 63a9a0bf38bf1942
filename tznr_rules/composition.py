"""Who forms which family, tax household and dwelling: the composition of a household, derived by the rules.

- The demandeur, the conjoint and their children are one family; each ``autre`` adult is one of their own.
- A child who no longer counts as one leaves the family: at 25; from 21 with earnings above what a child adds to RSA; from 18 with earnings
  above 55 % of the minimum wage (R512-2 CSS).
- Two adults of a couple file together unless one of them says otherwise (``statut_marital`` or ``dans_foyer_fiscal``); children under 21
  are on the tax return of their parents, older ones on their own.
- ``dans_famille`` and ``dans_foyer_fiscal`` override all this: people with the same label are together; the id of a person means "with
  them".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tznr_rules.household import Household, Person
from tznr_rules.periods import at_month
from tznr_rules.system import system

ALONE_ON_PAPER = ("celibataire", "divorce", "veuf")
EARNINGS = ("salaire_net", "rpns_auto_entrepreneur_benefice", "chomage_net")


@dataclass(frozen=True)
class Place:
    """The place of a person in each entity: the label of the group and the role in it."""

    person: Person
    famille: tuple[str, str]
    foyer_fiscal: tuple[str, str]
    menage_role: str


@dataclass(frozen=True)
class Composition:
    """The places of everyone, and the families that are hosted by the others."""

    places: tuple[Place, ...]
    hosted: frozenset[str]
    left: frozenset[str]  # children who form a family of their own under their parents' roof


def age(person: Person, month: str) -> int:
    """Age in years on the first day of a month; negative before birth."""
    first = date(int(month[:4]), int(month[5:7]), 1)
    born = person.date_naissance
    return first.year - born.year - ((first.month, first.day) < (born.month, born.day))


def compose(household: Household) -> Composition:
    """Derive the entities of a household at its month."""
    month = household.date
    persons = household.personnes
    demandeur = next(person for person in persons if person.lien == "demandeur")
    law = system().get_parameters_at_instant(month)
    children = [person for person in persons if person.lien == "enfant" and not person.dans_famille]
    left = frozenset(child.id for child in children if _has_left(child, month, law))

    families = _labels(persons, demandeur, "dans_famille", lambda person: _own_family(person, left))
    taxes = _labels(persons, demandeur, "dans_foyer_fiscal", lambda person: _own_tax_household(person, left, month))
    for person in persons:  # a child follows the tax return of the family that it is in
        if person.lien == "enfant" and not person.dans_foyer_fiscal and person.id not in left and families[person.id] != demandeur.id:
            parent = next((other for other in persons if families[other.id] == families[person.id] and other.lien != "enfant"), None)
            if parent and age(person, month) < TAX_MAJORITY:
                taxes[person.id] = taxes[parent.id]

    family_roles = _roles(persons, families, left, ("demandeur", "conjoint", "enfant"))
    tax_roles = _roles(persons, taxes, left, ("declarant_principal", "conjoint", "personne_a_charge"))
    places = tuple(
        Place(person, family_roles[person.id], tax_roles[person.id], _dwelling_role(person, demandeur)) for person in persons
    )
    shared = bool(household.logement.get("coloc"))
    hosted = frozenset(place.famille[0] for place in places if place.famille[0] != demandeur.id and not shared)
    return Composition(places, hosted, left)


TAX_MAJORITY = 21


def _has_left(person: Person, month: str, law: Any) -> bool:
    years = age(person, month)
    benefits = law.prestations_sociales
    rsa = benefits.solidarite_insertion.minima_sociaux.rsa
    family = benefits.prestations_familiales
    if years >= rsa.rsa_cond.age_pac:
        return True
    earnings = sum(max(at_month(person.facts.get(name), month) or 0.0, 0.0) for name in EARNINGS)
    if years > family.prestations_generales.af.af_cm.age3:
        return bool(earnings >= rsa.rsa_maj.maj_montant_max.par_enfant_supplementaire * rsa.rsa_m.montant_de_base_du_rsa)
    wage = law.marche_travail.salaire_minimum.smic.smic_b_horaire * law.aides_nationales.enfant_a_charge.heures_smic
    return years >= law.geopolitique.age_majorite and bool(earnings >= family.def_pac.revenu_plafond_pac_non_scolaire * wage)


def _own_family(person: Person, left: frozenset[str]) -> bool:
    return person.lien == "autre" or person.id in left


def _own_tax_household(person: Person, left: frozenset[str], month: str) -> bool:
    if person.lien == "conjoint":
        return person.facts.get("statut_marital") in ALONE_ON_PAPER
    return person.lien == "autre" or person.id in left or (person.lien == "enfant" and age(person, month) >= TAX_MAJORITY)


def _labels(persons: Iterable[Person], demandeur: Person, field: str, own: Any) -> dict[str, str]:
    """The label of everyone's group: what they say, else their own or the demandeur's."""
    persons = list(persons)
    labels = {person.id: person.id if own(person) else demandeur.id for person in persons}
    said = {person.id: getattr(person, field) for person in persons if getattr(person, field)}
    for identifier, label in said.items():
        target = label if label in labels else next((other for other, theirs in said.items() if theirs == label), identifier)
        labels[identifier] = labels[target] if target != identifier and label in labels else target
    return labels


def _roles(
    persons: Iterable[Person], labels: dict[str, str], left: frozenset[str], keys: tuple[str, str, str]
) -> dict[str, tuple[str, str]]:
    """The role of everyone in their group: at most two adults, then dependants; a group of children only has its eldest as adult."""
    first, second, dependant = keys
    roles: dict[str, tuple[str, str]] = {}
    order = {"demandeur": 0, "autre": 1, "conjoint": 2, "enfant": 3}
    groups: dict[str, list[Person]] = {}
    for person in persons:
        groups.setdefault(labels[person.id], []).append(person)
    for label, members in groups.items():
        adults = sorted((one for one in members if one.lien != "enfant" or one.id in left), key=lambda one: order[one.lien])
        if not adults:
            adults = [min(members, key=lambda one: one.date_naissance)]
        for rank, person in enumerate(adults[:2]):
            roles[person.id] = (label, (first, second)[rank])
        for person in members:
            roles.setdefault(person.id, (label, dependant) if person not in adults else (person.id, first))
    return roles


def _dwelling_role(person: Person, demandeur: Person) -> str:
    return {"demandeur": "personne_de_reference", "conjoint": "conjoint", "enfant": "enfant"}.get(person.lien, "autre")
