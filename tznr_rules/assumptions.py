"""What is taken for granted when a household does not say it, in plain words; a silent default is never used where it can matter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tznr_rules.composition import Composition, age
from tznr_rules.household import Household, Person
from tznr_rules.periods import at_month, months, spread
from tznr_rules.system import system

DEPCOM = "35238"  # Rennes
INCOMES = ("salaire_net", "chomage_net", "retraite_nette")
OTHER_PAY = ("salaire_de_base", "salaire_imposable", "traitement_indiciaire_brut", "chomage_brut", "chomage_imposable", "retraite_brute", "retraite_imposable")
TENANTS = ("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer")
SCHOOL_START = "-09"
COLLEGE_AGES, LYCEE_AGES = range(11, 15), range(15, 18)  # age reached in the calendar year in which the school year starts
WORKING_AGE = 16


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact that was not given, what is assumed instead, and why."""

    field: str
    assumed: str
    why: str


def activity(person: Person, month: str) -> str | None:
    """The activity of a person who does not say it, read from the incomes; None for a child at school or when it was said."""
    if at_month(person.facts.get("activite"), month) is not None:
        return None
    if at_month(person.facts.get("scolarite"), month) == "enseignement_superieur":
        return "etudiant"
    if _any_income(person, month, "retraite"):
        return "retraite"
    if _any_income(person, month, "chomage"):
        return "chomeur"
    if _any_income(person, month, "salaire", "traitement", "rpns"):
        return "actif"
    return None


def school(person: Person, month: str) -> str | None:
    """The school of a child who does not say it, by the age reached in the calendar year in which the school year starts."""
    if person.lien != "enfant" or at_month(person.facts.get("scolarite"), month) is not None:
        return None
    year = int(month[:4]) - (month[4:] < SCHOOL_START)
    turning = year - person.date_naissance.year
    if turning in COLLEGE_AGES:
        return "college"
    if turning in LYCEE_AGES and _idle(person, month):
        return "lycee"
    return None


def start_of_unemployment(person: Person, month: str) -> date | None:
    """The first day of the months without a break in which a job-seeker had unemployment benefit or no wage."""
    if at_month(person.facts.get("activite"), month) not in (None, "chomeur") or (activity(person, month) or at_month(person.facts.get("activite"), month)) != "chomeur":
        return None
    lived = [each for each in months(month) if each <= month]
    wages = spread(person.facts.get("salaire_net"), lived)
    first = month
    for each, wage in zip(reversed(lived), reversed(wages), strict=True):
        if wage:
            break
        first = each
    return date(int(first[:4]), int(first[5:7]), 1)


def about(household: Household, composition: Composition, month: str) -> list[Assumption]:
    """Everything assumed about one household, in the order of the document."""
    found: list[Assumption] = []
    say = lambda field, assumed, why: found.append(Assumption(field, assumed, why))  # noqa: E731
    if household.depcom is None:
        say("depcom", "Le logement est à Rennes.", "La commune n'est pas indiquée ; les aides locales en dépendent.")
    _about_dwelling(household, month, say)
    for position, person in enumerate(household.personnes):
        _about_person(household, composition, person, f"personnes[{position}]", month, say)
    _about_family(household, month, say)
    _about_notices(household, month, say)
    _about_receipts(household, say)
    return found


def _about_dwelling(household: Household, month: str, say: Any) -> None:
    tenure = at_month(household.logement.get("statut_occupation_logement"), month)
    if tenure is None:
        say("logement.statut_occupation_logement", "On ne sait pas comment le foyer est logé.",
            "Sans cette information, l'aide au logement et le chèque énergie ne peuvent pas être établis.")
    elif tenure in TENANTS and at_month(household.logement.get("loyer"), month) is None:
        say("logement.loyer", "On ne connaît pas le loyer.", "L'aide au logement dépend du loyer sans les charges.")


def _about_person(household: Household, composition: Composition, person: Person, path: str, month: str, say: Any) -> None:
    years, name = age(person, month), person.id
    child = person.lien == "enfant" and person.id not in composition.left
    if school(person, month):
        level = {"college": "au collège", "lycee": "au lycée"}[school(person, month) or ""]
        say(f"{path}.scolarite", f"{name} est {level}.", "L'école n'est pas indiquée : on la déduit de l'âge. Les bourses en dépendent.")
    if years < WORKING_AGE:
        return
    missing = [income for income in INCOMES if income not in person.facts]
    given = [income for income in (*INCOMES, *OTHER_PAY) if income in person.facts]
    words = {"salaire_net": "salaire", "chomage_net": "allocation chômage", "retraite_nette": "retraite"}
    if missing and not any(other in person.facts for other in OTHER_PAY):
        what = ", ".join(words[income] for income in missing)
        say(f"{path}.{missing[0]}", f"{name} n'a pas d'autre revenu que ceux indiqués ({what} : 0 €)." if given else f"{name} n'a ni salaire, ni allocation chômage, ni retraite.",
            "Ces revenus ne sont pas indiqués. Presque toutes les aides en dépendent.")
    if at_month(person.facts.get("activite"), month) is None:
        read = activity(person, month) or ("inactif" if not child else None)
        if read:
            label = {"actif": "en emploi", "chomeur": "au chômage", "retraite": "à la retraite", "etudiant": "en études supérieures", "inactif": "sans emploi et sans inscription au chômage"}[read]
            say(f"{path}.activite", f"{name} est {label}.", "L'activité n'est pas indiquée : on la déduit des revenus.")
    for income in INCOMES:
        series = person.facts.get(income)
        if isinstance(series, dict) and len(series) < len([each for each in months(month) if each <= month]):
            say(f"{path}.{income}", f"Pour les mois non indiqués de {name}, on reprend le montant du mois connu le plus proche ({words[income]}).",
                "Certaines aides regardent les douze derniers mois, d'autres l'année d'avant.")
    if child:
        return
    if "nationalite" not in person.facts:
        say(f"{path}.nationalite", f"{name} est de nationalité française.",
            "La nationalité n'est pas indiquée. Une personne étrangère doit aussi remplir des conditions de titre de séjour.")
    if not {"taux_incapacite", "handicap", "pensions_invalidite"} & set(person.facts):
        say(f"{path}.taux_incapacite", f"{name} n'a pas de taux d'incapacité reconnu.",
            "Le taux d'incapacité (MDPH) n'est pas indiqué. L'AAH et d'autres droits en dépendent.")
    if (at_month(person.facts.get("activite"), month) or activity(person, month)) == "chomeur" and "ass_precondition_remplie" not in person.facts:
        say(f"{path}.ass_precondition_remplie", f"{name} n'a pas travaillé cinq ans au cours des dix ans avant la fin de son contrat.",
            "L'allocation de solidarité spécifique (ASS) en dépend. Demandez-le.")
    law = system().get_parameters_at_instant(month).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
    if years < law.age_min and "inapte_travail" not in person.facts and years > law.age_min - 5:
        say(f"{path}.inapte_travail", f"{name} n'est pas reconnu inapte au travail.", "Le minimum vieillesse peut être ouvert plus tôt en cas d'inaptitude.")


def _about_family(household: Household, month: str, say: Any) -> None:
    couple = any(person.lien == "conjoint" for person in household.personnes)
    children = [person for person in household.personnes if person.lien == "enfant"]
    if couple and not any("statut_marital" in person.facts or person.dans_foyer_fiscal for person in household.personnes):
        say("personnes[].statut_marital", "Le couple fait une seule déclaration de revenus (mariage ou Pacs).",
            "La situation de famille n'est pas indiquée. Deux concubins font chacun la leur.")
    if children and not couple:
        head = next(person for person in household.personnes if person.lien == "demandeur")
        if "rsa_isolement_recent" not in household.famille and all(age(child, month) > 2 for child in children):
            say("famille.rsa_isolement_recent", "La séparation, le veuvage ou l'abandon date de plus de dix-huit mois.",
                "Un isolement plus récent peut donner un RSA majoré.")
        if "pensions_alimentaires_percues" not in head.facts:
            say("personnes[].pensions_alimentaires_percues", "L'autre parent ne verse pas de pension alimentaire.",
                "L'allocation de soutien familial et les ressources en dépendent.")
        if any(15 <= age(child, month) <= 25 for child in children):
            return


def _about_notices(household: Household, month: str, say: Any) -> None:
    year = int(month[:4]) - 2
    if year not in household.avis_imposition or household.avis_imposition[year].rfr is None:
        say(f"avis_imposition.{year}", f"Le revenu fiscal de référence de {year} est estimé à partir des revenus indiqués.",
            "L'avis d'imposition n'est pas donné. Le chèque énergie et les bourses regardent le revenu fiscal de référence.")


def _about_receipts(household: Household, say: Any) -> None:
    if not household.recus and not any(person.recus for person in household.personnes):
        say("recus", "Les aides que le foyer touche déjà ne sont pas indiquées : on suppose que, ces derniers mois, il a reçu ce à quoi il a droit aujourd'hui.",
            "Certaines aides comptent dans les ressources des autres. Indiquez 0 pour une aide qui n'est pas reçue.")


def _any_income(person: Person, month: str, *prefixes: str) -> bool:
    return any(
        name.startswith(prefixes) and isinstance(at_month(series, month), int | float) and at_month(series, month) > 0
        for name, series in person.facts.items()
    )


def _idle(person: Person, month: str) -> bool:
    return activity(person, month) is None and at_month(person.facts.get("activite"), month) in (None, "inactif", "etudiant")
