"""What is taken for granted when a household does not say it; a silent default is never used where it can matter.

The sentences are in ``catalogue/assumptions.yaml``; this module says which of them apply, and holds the defaults themselves.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import yaml

from tznr_rules.composition import Composition, age
from tznr_rules.household import Household, Person
from tznr_rules.locations import CATALOGUE
from tznr_rules.periods import at_month, months, spread
from tznr_rules.report import Assumption
from tznr_rules.system import system

DEPCOM = "35238"  # Rennes
INCOMES = ("salaire_net", "chomage_net", "retraite_nette")
OTHER_READINGS = (
    *("salaire_de_base", "salaire_imposable", "traitement_indiciaire_brut"),
    *("chomage_brut", "chomage_imposable", "retraite_brute", "retraite_imposable"),
)
SAVINGS = ("livret_a", "epargne_revenus_non_imposables", "epargne_revenus_imposables", "revenus_capital", "revenus_locatifs")
TENANTS = ("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer")
SCHOOL_START = "-09"
COLLEGE_AGES, LYCEE_AGES = range(11, 15), range(15, 18)  # age reached in the calendar year in which the school year starts
WORKING_AGE = 16
NEAR_RETIREMENT = 60


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load((CATALOGUE / "assumptions.yaml").read_text(encoding="utf-8"))
    return content


def say(key: str, field: str, **words: str) -> Assumption:
    """An assumption in its own words."""
    sentence = _sentences()[key]
    return Assumption(field, sentence["assumed"].format(**words), sentence["why"])


def activity(person: Person, month: str) -> str | None:
    """The activity of a person who does not say it, read from the incomes; None when it was said or nothing tells it."""
    if at_month(person.facts.get("activite"), month) is not None:
        return None
    if at_month(person.facts.get("scolarite"), month) == "enseignement_superieur":
        return "etudiant"
    readings = {"retraite": ("retraite",), "chomeur": ("chomage",), "actif": ("salaire", "traitement", "rpns")}
    return next((name for name, prefixes in readings.items() if _earns(person, month, prefixes)), None)


def school(person: Person, month: str) -> str | None:
    """The school of a child who does not say it, by the age reached in the calendar year in which the school year starts."""
    if person.lien != "enfant" or at_month(person.facts.get("scolarite"), month) is not None:
        return None
    turning = int(month[:4]) - (month[4:] < SCHOOL_START) - person.date_naissance.year
    if turning in COLLEGE_AGES:
        return "college"
    return "lycee" if turning in LYCEE_AGES and not _works(person, month) else None


def start_of_unemployment(person: Person, month: str) -> date | None:
    """The first day of the unbroken months without wage of a job-seeker."""
    if (at_month(person.facts.get("activite"), month) or activity(person, month)) != "chomeur":
        return None
    lived = [each for each in months(month) if each <= month]
    wages = spread(person.facts.get("salaire_net"), lived)
    paid = [index for index, wage in enumerate(wages) if wage]
    first = lived[min(paid[-1] + 1, len(lived) - 1)] if paid else lived[0]
    return date(int(first[:4]), int(first[5:7]), 1)


def about(household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    """Everything assumed about one household, in the order of its description."""
    yield from _about_dwelling(household, month)
    for position, person in enumerate(household.personnes):
        child = person.lien == "enfant" and person.id not in composition.left
        yield from _about_person(person, f"personnes[{position}]", month, child)
    yield from _about_family(household, month)
    notice = household.avis_imposition.get(int(month[:4]) - 2)
    if notice is None:
        yield say("rfr_estime", f"avis_imposition.{int(month[:4]) - 2}", annee=str(int(month[:4]) - 2))


def about_receipts(labels: Iterable[str]) -> Iterator[Assumption]:
    """Benefits whose receipt nobody told and which are assumed to have been received."""
    named = ", ".join(labels)
    if named:
        yield say("aides_recues", "recus", aides=named)


def _about_dwelling(household: Household, month: str) -> Iterator[Assumption]:
    if household.depcom is None:
        yield say("commune", "depcom")
    tenure = at_month(household.logement.get("statut_occupation_logement"), month)
    if tenure is None:
        yield say("logement", "logement.statut_occupation_logement")
    elif tenure in TENANTS and at_month(household.logement.get("loyer"), month) is None:
        yield say("loyer", "logement.loyer")


def _about_person(person: Person, path: str, month: str, child: bool) -> Iterator[Assumption]:
    known, name, years = set(person.facts), person.id, age(person, month)
    level = school(person, month)
    if level:
        yield say(level, f"{path}.scolarite", nom=name)
    if years < WORKING_AGE:
        return
    if not known & {*INCOMES, *OTHER_READINGS}:
        yield say("sans_revenu", f"{path}.salaire_net", nom=name)
    elif not known.issuperset(INCOMES):
        yield say("pas_d_autre_revenu", f"{path}.{next(each for each in INCOMES if each not in known)}", nom=name)
    for income in INCOMES:
        series = person.facts.get(income)
        if isinstance(series, dict) and len(series) < sum(each <= month for each in months(month)):
            yield say("mois_voisins", f"{path}.{income}", nom=name)
    if at_month(person.facts.get("activite"), month) is None and not (child and level):
        yield say(activity(person, month) or "inactif", f"{path}.activite", nom=name)
    if child:
        return
    if "nationalite" not in known:
        yield say("nationalite", f"{path}.nationalite", nom=name)
    if not known & {"taux_incapacite", "handicap", "pensions_invalidite"}:
        yield say("sans_incapacite", f"{path}.taux_incapacite", nom=name)
    if (at_month(person.facts.get("activite"), month) or activity(person, month)) == "chomeur" and "ass_precondition_remplie" not in known:
        yield say("travail_avant_chomage", f"{path}.ass_precondition_remplie", nom=name)
    full_age = system().get_parameters_at_instant(month).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.age_min
    if NEAR_RETIREMENT <= years < full_age and "inapte_travail" not in known:
        yield say("apte", f"{path}.inapte_travail", nom=name)


def _about_family(household: Household, month: str) -> Iterator[Assumption]:
    people = household.personnes
    couple = any(person.lien == "conjoint" for person in people)
    children = [person for person in people if person.lien == "enfant"]
    if couple and not any("statut_marital" in person.facts or person.dans_foyer_fiscal for person in people):
        yield say("declaration_commune", "personnes[].statut_marital")
    if children and not couple:
        head = next(person for person in people if person.lien == "demandeur")
        if "rsa_isolement_recent" not in household.famille and all(age(child, month) > 2 for child in children):
            yield say("isolement_ancien", "famille.rsa_isolement_recent")
        if "pensions_alimentaires_percues" not in head.facts:
            yield say("sans_pension_alimentaire", "personnes[].pensions_alimentaires_percues")
    if not any(name in person.facts for person in people for name in SAVINGS):
        yield say("sans_epargne", "personnes[].epargne_revenus_non_imposables")


def _earns(person: Person, month: str, prefixes: tuple[str, ...]) -> bool:
    amounts = [at_month(series, month) for name, series in person.facts.items() if name.startswith(prefixes)]
    return any(isinstance(amount, int | float) and amount > 0 for amount in amounts)


def _works(person: Person, month: str) -> bool:
    return (at_month(person.facts.get("activite"), month) or activity(person, month)) in ("actif", "chomeur", "retraite")
