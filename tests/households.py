"""Random households of every kind, as documents of the public contract."""

from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from hypothesis import Phase
from hypothesis import strategies as st

from tznr_rules.catalogue import questions
from tznr_rules.facts import Fact, fact
from tznr_rules.system import system

MONTH = "2026-11"
TENURES = (
    *("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer"),
    *("proprietaire", "primo_accedant", "loge_gratuitement", "sans_domicile"),
)
RECENT = ("2025-10", "2026-05", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")


def _born(age_years: int, extra_days: int) -> str:
    return (date(2026, 11, 1) - timedelta(days=round(age_years * 365.25) + extra_days)).isoformat()


def amounts(largest: int = 3000) -> st.SearchStrategy[float]:
    """Monthly amounts in euros and cents, sometimes zero."""
    some = st.integers(1, largest * 100).map(lambda cents: cents / 100)
    return st.one_of(st.just(0.0), some, some, some)


def incomes(largest: int = 3000) -> st.SearchStrategy[Any]:
    """A monthly income: the same every month, or changing in the last months."""
    changing = st.dictionaries(st.sampled_from(RECENT), amounts(largest), min_size=1, max_size=4)
    return st.one_of(amounts(largest), amounts(largest), changing)


@st.composite
def adults(draw: st.DrawFn, lien: str, youngest: int = 18, oldest: int = 90) -> dict[str, Any]:
    """An adult in a job, out of one, a student, retired, disabled or self-employed."""
    years = draw(st.integers(youngest, oldest))
    person: dict[str, Any] = {"lien": lien, "date_naissance": _born(years, draw(st.integers(0, 364)))}
    kind = draw(st.sampled_from(KINDS))
    if kind == "salarie":
        person |= {"activite": "actif", "salaire_net": draw(incomes())}
    elif kind == "chomeur":
        person |= {"activite": "chomeur", "salaire_net": draw(incomes(1500)), "chomage_net": draw(incomes(1500))}
        person |= {"ass_precondition_remplie": draw(st.booleans())}
    elif kind == "retraite" and years >= 60:
        person |= {"activite": "retraite", "retraite_nette": draw(amounts(2000)), "inapte_travail": draw(st.booleans())}
    elif kind == "etudiant" and years < 35:
        person |= {"activite": "etudiant", "scolarite": "enseignement_superieur", "statuts_etablissement_scolaire": "public"}
        person |= {"bourse_criteres_sociaux_base_ressources_parentale": draw(st.integers(0, 120_000)), "salaire_net": draw(amounts(1200))}
        person |= {"nationalite": draw(st.sampled_from(["FR", "FR", "MA", "DE"]))}
    elif kind == "independant":
        person |= {"activite": "actif", draw(st.sampled_from(SELF_EMPLOYED)): draw(st.integers(0, 20_000))}
    elif kind == "handicap":
        person |= {"taux_incapacite": draw(st.sampled_from([0.3, 0.5, 0.6, 0.79, 0.8, 0.9])), "handicap": True}
        person |= {"aah_restriction_substantielle_durable_acces_emploi": draw(st.booleans()), "salaire_net": draw(amounts(900))}
        person |= {"pensions_invalidite": draw(amounts(1200))}
    elif kind == "apprenti" and years < 25:
        person |= {"activite": "actif", "apprenti": True, "salaire_net": draw(amounts(1500))}
    else:
        person |= {"activite": "inactif"}
    if draw(st.integers(0, 9)) == 0:
        person |= {"nationalite": draw(st.sampled_from(["MA", "TN", "PT", "CH"]))}
        person |= {"duree_possession_titre_sejour": draw(st.integers(0, 12))}
    if draw(st.integers(0, 9)) == 0:
        person |= {"enceinte": True}
    if draw(st.integers(0, 5)) == 0:
        person |= {"pensions_alimentaires_percues": draw(amounts(400))}
    return person


KINDS = ("salarie", "salarie", "chomeur", "retraite", "etudiant", "inactif", "independant", "handicap", "apprenti")
SELF_EMPLOYED = ("rpns_auto_entrepreneur_benefice", "rpns_micro_entreprise_benefice", "rpns_autres_revenus")


@st.composite
def children(draw: st.DrawFn, oldest: int = 26) -> dict[str, Any]:
    """A child of any age, an adult child at home included."""
    years = draw(st.integers(0, oldest))
    person: dict[str, Any] = {"lien": "enfant", "date_naissance": _born(years, draw(st.integers(0, 364)))}
    if draw(st.integers(0, 7)) == 0:
        person |= {"garde_alternee": True}
    if draw(st.integers(0, 7)) == 0:
        person |= {"handicap": True, "taux_incapacite": draw(st.sampled_from([0.5, 0.8])), "aeeh_niveau_handicap": draw(st.integers(0, 6))}
    if years >= 16 and draw(st.booleans()):
        person |= {"salaire_net": draw(amounts(1800))}
    return person


@st.composite
def households(draw: st.DrawFn, every_fact: bool = True) -> dict[str, Any]:
    """A whole household; receipts, tax notices and, if every fact is wanted, those that the cards ask for are sometimes told."""
    people = [draw(adults("demandeur"))]
    if draw(st.booleans()):
        partner = draw(adults("conjoint"))
        if draw(st.integers(0, 3)) == 0:
            partner |= {"statut_marital": "celibataire"}
        people.append(partner)
    if draw(st.integers(0, 2)):
        eldest = min(26, *(2026 - int(person["date_naissance"][:4]) - 18 for person in people), 26)
        people += draw(st.lists(children(eldest), max_size=5)) if eldest > 0 else []
    if draw(st.integers(0, 11)) == 0:
        people.append({"lien": "enfant", "date_naissance": draw(st.sampled_from(["2026-12-20", "2027-01-15", "2027-01-31", "2027-03-02"]))})
    if draw(st.integers(0, 5)) == 0:
        people.append(draw(adults("autre")))
    for rank, person in enumerate(people):
        person["id"] = f"p{rank}"
    document: dict[str, Any] = {"date": MONTH, "depcom": draw(st.sampled_from(["35238", "35238", "35238", "35047", "75056"]))}
    tenure = draw(st.sampled_from(TENURES))
    document["logement"] = {"statut_occupation_logement": tenure, "loyer": draw(st.integers(0, 1100)), "coloc": draw(st.booleans())}
    document["famille"] = {"rsa_isolement_recent": draw(st.booleans())}
    document["personnes"] = people
    if draw(st.integers(0, 1)):
        document["avis_imposition"] = {2024: {"rfr": draw(st.integers(0, 45_000)), "nbptr": draw(st.sampled_from([1, 1.5, 2, 3]))}}
    if draw(st.integers(0, 1)):
        received = st.sampled_from(["rsa", "ppa", "aide_logement", "af", "asf", "aspa"])
        document["recus"] = draw(st.dictionaries(received, amounts(500), max_size=4))
    if every_fact:
        tell_more(document, Random(draw(st.integers(0, 2**32 - 1))))
    return document


AS_DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)  # a batch takes seconds: to shrink it takes many minutes
OURS = "/tznr_rules/variables/"
AMOUNTS = (0, 1, 20, 50, 95, 200, 450, 700, 701, 1_000, 3_000, 12_000, 25_000, 40_000)
COUNTS = (0, 1, 2, 3, 4, 8, 12, 15, 22, 36, 60, 64, 100, 120, 160)


@lru_cache(maxsize=1)
def asked() -> tuple[Fact, ...]:
    """The facts that the cards ask for, and those that our own rules read without computing them."""
    needed = set(questions())
    ours = {name for name, each in system().variables.items() if not each.formulas and str(each.introspection_data[0]).startswith(OURS)}
    known = [fact(name) for name in sorted(needed | ours)]
    return tuple(each for each in known if each is not None and each.kind in ("yes_no", "right", "number", "whole", "choice", "day"))


def tell_more(document: dict[str, Any], random: Random) -> None:
    """Tell some of the facts that the cards ask for, of the household or of some of its people."""
    people = document["personnes"]
    places = {"famille": document["famille"], "foyer_fiscal": document.setdefault("foyer_fiscal", {}), "menage": document["logement"]}
    for each in asked():
        for place in people if each.entity == "individu" else [places[each.entity]]:
            if random.random() < 0.3:
                place.setdefault(each.name, _value(each, random))


def _value(each: Fact, random: Random) -> Any:
    if each.kind in ("yes_no", "right"):
        return random.random() < 0.75
    if each.kind == "choice":
        return random.choice(each.choices)
    if each.kind == "day":
        return (date(2026, 11, 1) - timedelta(days=random.randint(-120, 700))).isoformat()
    question = questions().get(each.name)
    highest = (question and question.highest) or each.highest or max(AMOUNTS)
    return min(random.choice(COUNTS if each.kind == "whole" else AMOUNTS), int(highest))
