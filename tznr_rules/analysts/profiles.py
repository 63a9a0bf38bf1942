"""What kind of household each one is, and what it lives on: the columns that figures are broken down by.

Categories are ids in code and are shown by their French ``LABELS``. Incomes are those that were told, net and before income tax.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tznr_rules.analysts.sample import WEIGHT, Outcomes, Sample
from tznr_rules.analysts.weighted import ranks
from tznr_rules.catalogue import Card, catalogue
from tznr_rules.composition import WAGES, age, net_wage
from tznr_rules.household import Household, Person
from tznr_rules.payroll import REPLACEMENT
from tznr_rules.periods import at_month
from tznr_rules.verdicts import RANK

# OECD-modified scale, as INSEE uses it (insee.fr, définition c1802): 1 for the first adult, then by age.
FIRST_ADULT, OTHER_ADULT, CHILD = 1.0, 0.5, 0.3
ADULT_OF_THE_SCALE = 14
OLDEST_CHILD = 24  # INSEE counts as children of a household those under 25
DECILES = 10

LABELS: Mapping[str, Mapping[str, str]] = {
    "household_type": {
        "alone": "Personne seule",
        "lone_parent": "Parent seul avec enfants",
        "couple": "Couple sans enfant",
        "couple_1_2": "Couple avec 1 ou 2 enfants",
        "couple_3_more": "Couple avec 3 enfants ou plus",
        "other": "Autre foyer",
    },
    "age_band": {
        "under_25": "Moins de 25 ans",
        "25_39": "25 à 39 ans",
        "40_54": "40 à 54 ans",
        "55_64": "55 à 64 ans",
        "65_79": "65 à 79 ans",
        "80_more": "80 ans ou plus",
    },
    "tenure": {
        "social": "Locataire d'un logement social",
        "private": "Locataire du parc privé",
        "hostel": "En foyer ou en résidence",
        "owner": "Propriétaire ou accédant",
        "free": "Logé gratuitement",
        "homeless": "Sans domicile",
        "unknown": "Non connu",
    },
    "activity": {
        "working": "En emploi",
        "unemployed": "Au chômage",
        "student": "En études",
        "retired": "À la retraite",
        "inactive": "Sans emploi et sans en chercher",
        "unknown": "Non connue",
    },
}
NAMES: Mapping[str, str] = {
    "household_type": "Type de foyer",
    "age_band": "Âge du demandeur",
    "tenure": "Logement",
    "activity": "Activité du demandeur",
    "decile": "Dixième de niveau de vie",
}
AGE_LIMITS = (25, 40, 55, 65, 80)
TENURES = {
    "locataire_hlm": "social",
    **dict.fromkeys(("locataire_vide", "locataire_meuble"), "private"),
    "locataire_foyer": "hostel",
    **dict.fromkeys(("proprietaire", "primo_accedant"), "owner"),
    "loge_gratuitement": "free",
    "sans_domicile": "homeless",
}
ACTIVITIES = {"actif": "working", "chomeur": "unemployed", "etudiant": "student", "retraite": "retired", "inactif": "inactive"}

SALARIES = ("salaire_net", *WAGES)
MONTHLY = ("pensions_invalidite", "pensions_alimentaires_percues", "rpns_auto_entrepreneur_benefice")
YEARLY = ("rpns_micro_entreprise_benefice", "rpns_autres_revenus")
PAID = "pensions_alimentaires_versees_individu"


def profiles(outcomes: Outcomes) -> pd.DataFrame:
    """One row per household, in the order of the sample; its index is the sample's.

    Columns: ``household_type``, ``age_band``, ``tenure``, ``activity`` (ordered categories, ids of ``LABELS``); ``persons`` and
    ``children`` (counts); ``consumption_units``; ``income`` (EUR a month, NaN when no income was told); ``benefits`` (EUR a month received,
    as far as told); ``disposable`` (their sum; NaN when an income or the receipt of a monthly benefit that may be due is not known).
    """
    sample = outcomes.sample
    frame = pd.DataFrame([_described(household) for household in sample.households], index=sample.about.index)
    for name, labels in LABELS.items():
        frame[name] = pd.Categorical(frame[name], categories=list(labels), ordered=True)
    frame["disposable"] = (frame["income"] + frame["benefits"]).where(_receipts_known(outcomes))
    return frame


def living_standards(sample: Sample, frame: pd.DataFrame, gain: "pd.Series[float] | None" = None) -> pd.DataFrame:
    """The living standard of each household, in EUR a month for one consumption unit, and its tenth (persons weighted).

    Args:
        sample: whose weights count.
        frame: of :func:`profiles`.
        gain: EUR a month that each household would have more, by household; default: none.

    Returns:
        Columns ``living_standard`` (NaN when not known) and ``decile`` (1 to 10; 0 when not known).
    """
    disposable = frame["disposable"] if gain is None else frame["disposable"] + gain.reindex(frame.index)
    standard = disposable / frame["consumption_units"]
    weights = sample.about[WEIGHT].to_numpy(float) * frame["persons"].to_numpy(float)
    return pd.DataFrame({"living_standard": standard, "decile": ranks(standard.to_numpy(float), weights, DECILES)}, index=frame.index)


def label(column: str, category: Any) -> str:
    """A category as it is shown; the analyst's own are shown as they are."""
    return LABELS.get(column, {}).get(category, str(category))


def _described(household: Household) -> dict[str, Any]:
    month = household.date
    here = [person for person in household.personnes if age(person, month) >= 0]
    ages = [age(person, month) for person in here]
    head = next(person for person in household.personnes if person.lien == "demandeur")
    older = sum(years >= ADULT_OF_THE_SCALE for years in ages)
    # the first person counts as an adult whatever their age
    units = FIRST_ADULT + OTHER_ADULT * max(older - 1, 0) + CHILD * (len(ages) - max(older, 1))
    return {
        "household_type": _type(here, month),
        "age_band": list(LABELS["age_band"])[int(np.searchsorted(AGE_LIMITS, age(head, month), side="right"))],
        "tenure": TENURES.get(str(at_month(household.logement.get("statut_occupation_logement"), month)), "unknown"),
        "activity": ACTIVITIES.get(str(at_month(head.facts.get("activite"), month)), "unknown"),
        "persons": len(here),
        "children": sum(_is_child(person, month) for person in here),
        "consumption_units": round(units, 1),
        "income": _income(here, month),
        "benefits": _benefits(household),
    }


def _is_child(person: Person, month: str) -> bool:
    return person.lien == "enfant" and age(person, month) <= OLDEST_CHILD


def _type(people: Sequence[Person], month: str) -> str:
    children = sum(_is_child(person, month) for person in people)
    ties = {person.lien for person in people if not _is_child(person, month)}
    if ties - {"demandeur", "conjoint"}:
        return "other"
    if "conjoint" in ties:
        return "couple" if not children else "couple_1_2" if children <= 2 else "couple_3_more"
    return "lone_parent" if children else "alone"


def _income(people: Sequence[Person], month: str) -> float:
    """What the people of a household told of their incomes, in EUR a month; NaN when they told nothing."""
    told = [amount for person in people for amount in _incomes(person, month)]
    return round(float(sum(told)), 2) if told else float("nan")


def _incomes(person: Person, month: str) -> list[float]:
    facts = person.facts

    def amount(name: str) -> float:
        return float(at_month(facts[name], month) or 0.0)

    found = [net_wage(person, month)] if any(name in facts for name in SALARIES) else []
    for readings in REPLACEMENT.values():  # gross, taxable, net: the nearest to net that was told
        known = next((name for name in reversed(readings) if name in facts), None)
        found += [amount(known)] if known else []
    found += [amount(name) for name in MONTHLY if name in facts]
    found += [amount(name) / 12 for name in YEARLY if name in facts]
    return [*found, -amount(PAID)] if found and PAID in facts else found


def _benefits(household: Household) -> float:
    """What a household says it receives, in EUR a month: monthly benefits, and a twelfth of the yearly ones."""
    total = 0.0
    for told in (household.recus, *(person.recus for person in household.personnes)):
        for name, series in told.items():
            card = catalogue().get(name)
            if card is None or paid_in_euros(card):
                share = 1 / 12 if card is not None and card.periodicity == "yearly" else 1.0
                total += share * float(at_month(series, household.date) or 0.0)
    return round(total, 2)


def paid_in_euros(card: Card) -> bool:
    """Whether a benefit is money that the household is paid again and again."""
    return card.unit == "EUR" and card.in_total and card.periodicity != "once"


def _receipts_known(outcomes: Outcomes) -> "pd.Series[bool]":
    """Whether the receipt of every monthly benefit that is due, or may be, was told."""
    results = outcomes.results
    monthly = np.array([paid_in_euros(card) and card.periodicity == "monthly" for card in results.cards])
    possible = results.status >= RANK["undetermined"]
    known = ~(possible & np.isnan(results.received) & monthly).any(axis=1)
    return pd.Series(known, index=outcomes.sample.about.index)
