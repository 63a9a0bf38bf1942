"""What nobody told: the true answer lies in the range, and what is called granted or refused never changes, whatever the answer.

``TZNR_DRAWS`` says how many random households are made to forget some of what they told (6 if it is not set; 2 000 take ten minutes).
"""

import os
import random
from copy import deepcopy
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, households
from tznr_rules import entitlements, lived, simulation
from tznr_rules.batch import compute
from tznr_rules.catalogue import cards, questions
from tznr_rules.columns import Columns
from tznr_rules.evaluation import evaluate
from tznr_rules.household import parse
from tznr_rules.reads import _Watch, asked, behind, facts_behind
from tznr_rules.report import Benefit, Report
from tznr_rules.system import system
from tznr_rules.unknowns import Answers, Matter, Unknown, _few, _sampled, settled_by

DRAWS = int(os.environ.get("TZNR_DRAWS", "6"))
BATCH = min(DRAWS, 6)
SLOW = list(HealthCheck)
CENT = 0.011
ESTIMATED = ("quotient_familial_caf", "salaire_net")  # the quotient is estimated when it is not told, a wage is tried in steps
FLAT = {"statut_occupation_logement": "locataire_hlm", "loyer": 420}
NADIA = {"id": "nadia", "date_naissance": "1990-05-12", "activite": "actif", "salaire_net": 850}


def household(*people: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {"date": "2026-11", "depcom": "35238", "logement": FLAT, "personnes": list(people), **content}


def forgetful(documents: list[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    """The same households, which do not tell some of the facts that people like them are asked and that nothing else establishes."""
    built = lived.build([parse(document) for document in documents], simulation.estimate_notices)
    columns = Columns(built, simulation.run(built, asked()))
    forgotten = deepcopy(documents)
    for index, document in enumerate(forgotten):
        places = list(zip(document["personnes"], built.persons_of(index), strict=True))
        places += [(document[name], built.head(index)) for name in ("famille", "foyer_fiscal", "logement")]
        for place, person in places:
            for name in [each for each in place if each in questions() and each not in ESTIMATED]:
                gate = questions()[name].asked_of
                established = bool(system().variables[name].formulas) and not place[name]
                if not established and (gate is None or columns.value(gate, "individu", person)) and draw.random() < 0.5:
                    del place[name]
    return forgotten


def limits(benefit: Benefit) -> tuple[float, float]:
    return benefit.amount_range or (benefit.amount or 0.0, benefit.amount or 0.0)


def contradictions(told: Report, silent: Report) -> list[str]:
    """The benefits of which the report that knows less says what the other denies; those that it says it did not try whole are apart."""
    found = []
    for one, other in zip(told, silent, strict=True):
        if one.not_modelled or other.not_modelled or not other.exact:
            continue
        (low, high), (least, most) = limits(one), limits(other)
        if other.status not in ("undetermined", one.status) or low < least - CENT or high > most + CENT:
            found.append(f"{one.id}: {one.status} {low}..{high}, said {other.status} {least}..{most}")
    return found


@given(st.lists(households(), min_size=BATCH, max_size=BATCH), st.integers(0, 2**32 - 1))
@settings(max_examples=-(-DRAWS // BATCH), deadline=None, suppress_health_check=SLOW, phases=AS_DRAWN)
def test_what_is_said_without_a_fact_is_true_once_it_is_told(documents: list[dict[str, Any]], seed: int) -> None:
    draw = random.Random(seed)
    told = evaluate([parse(document) for document in documents])
    silent = evaluate([parse(document) for document in forgetful(documents, draw)])
    assert [contradictions(*pair) for pair in zip(told, silent, strict=True)] == [[] for _ in documents]


@given(st.lists(households(), min_size=20, max_size=20))
@settings(max_examples=1, deadline=None, suppress_health_check=SLOW, phases=AS_DRAWN)
def test_the_reference_households_read_all_that_others_read(documents: list[dict[str, Any]]) -> None:
    watch = _Watch()
    built = lived.build([parse(document) for document in documents], simulation.estimate_notices)
    wanted = [name for card in cards() if card.models(built.month) for name in card.variables()]
    simulation.run(built, wanted, tracer=watch)
    known = facts_behind(built.month)
    for name, read in watch.edges.items():
        facts = read & questions().keys()
        if name not in questions() and facts:
            assert facts <= known[name].own | known[name].shared, name


def test_with_a_birth_date_alone_nothing_is_taken_for_nothing() -> None:
    report = entitlements({"date": "2026-11", "personnes": [{"date_naissance": "1990-05-12"}]}, interactions=False)
    assert report["rsa"].status == "undetermined"
    assert report["rsa"].amount is None
    assert report["rsa"].amount_range == (0.0, 651.69)
    assert report["aide_logement"].amount_range is not None
    assert report["aide_logement"].amount_range[1] > 300
    assert report.questions[0].field == "salaire_net"
    assert report.questions[0].paths == ("personnes[0].salaire_net",)
    assert "rsa" in report.questions[0].benefits
    assert report["rennes_bibliotheques"].status == "granted"
    assert report["af"].status == "refused"


def test_a_rent_not_told_gives_the_housing_aid_of_the_dearest_and_of_the_cheapest() -> None:
    unsaid = entitlements(household(NADIA, logement={"statut_occupation_logement": "locataire_hlm"}), benefits=["aide_logement"])
    rents = [{"statut_occupation_logement": "locataire_hlm", "loyer": rent} for rent in range(0, 1500, 20)]
    known = evaluate([parse(household(NADIA, logement=flat)) for flat in rents], ["aide_logement"])
    paid = [each["aide_logement"].amount or 0.0 for each in known]
    assert unsaid["aide_logement"].amount_range == (min(paid), max(paid))
    assert [question.field for question in unsaid.questions] == ["loyer"]


def test_a_tenure_not_told_gives_the_income_support_of_those_who_pay_and_of_those_who_do_not() -> None:
    alone = {"id": "alex", "date_naissance": "1990-05-12", "activite": "inactif"}
    unsaid = entitlements(household(alone, logement={}), benefits=["rsa"])["rsa"]
    homeless = entitlements(household(alone, logement={"statut_occupation_logement": "sans_domicile"}), benefits=["rsa"])["rsa"]
    housed = entitlements(household(alone, logement={"statut_occupation_logement": "loge_gratuitement"}), benefits=["rsa"])["rsa"]
    assert unsaid.status == "undetermined"
    assert unsaid.amount_range == (housed.amount, homeless.amount)
    assert [reason.holds for reason in unsaid.reasons] == [True] * len(unsaid.reasons)


def test_a_fact_that_changes_nothing_is_not_asked() -> None:
    rich = {"id": "paul", "date_naissance": "1970-05-12", "activite": "actif", "salaire_net": 9000}
    report = entitlements(household(rich, logement={}), benefits=["rsa", "ppa", "cheque_energie"])
    assert [benefit.status for benefit in report] == ["refused", "refused", "refused"]
    assert report.questions == ()


def test_an_answer_path_can_be_written_in_the_household() -> None:
    report = entitlements(household(NADIA), benefits=["depistage_cancer_col_uterus"])
    assert [question.paths for question in report.questions] == [("personnes[0].femme",)]
    assert [answer.value for answer in report.questions[0].answers] == ["true", "false"]
    told = entitlements(household({**NADIA, "femme": True}), benefits=["depistage_cancer_col_uterus"])
    assert told["depistage_cancer_col_uterus"].status == "granted"


def test_the_facts_of_a_person_and_those_of_a_group_are_told_apart() -> None:
    assert "femme" in behind(["depistage_cancer_col_uterus"], "2026-11").own
    assert "statut_occupation_logement" in behind(["rsa"], "2026-11").shared
    assert "handicap_durable" in behind(["pch_demande_condition_handicap"], "2026-11").own
    assert "gir" not in behind(["pch_demande_condition_handicap"], "2026-11").own, "who says to be disabled need not say how dependent"


A, B = Unknown("femme", 0), Unknown("loyer_impaye")


def matter(answers: list[Answers]) -> Matter:
    return Matter((A, B), tuple(range(len(answers))), complete=True)


@pytest.mark.parametrize(
    ("outcomes", "shares"),
    [
        ([0.0, 0.0, 5.0, 5.0], {A: 1.0}),
        ([0.0, 5.0, 5.0, 0.0], {A: 0.0, B: 0.0}),
        ([1.0, 2.0, 1.0, 2.0], {B: 1.0}),
    ],
)
def test_the_share_of_the_doubt_that_an_answer_takes_away(outcomes: list[float], shares: dict[Unknown, float]) -> None:
    answers: list[Answers] = [{A: one, B: other} for one in (False, True) for other in (False, True)]
    assert settled_by(matter(answers), outcomes, answers) == pytest.approx(shares)


def test_few_answers_are_the_first_ones_and_every_choice() -> None:
    choices, wages = tuple("abcdefgh"), tuple(float(each) for each in np.arange(0, 6001, 100))
    kept = _few([choices, wages, wages])
    assert kept[0] == choices
    assert kept[1] == wages[: len(kept[1])], "the most telling come first"
    assert len(kept[0]) * len(kept[1]) * len(kept[2]) <= 256


def test_too_many_combinations_are_sampled_from_the_first_to_the_last() -> None:
    tried = list(_sampled([(False, True)] * 15))
    assert len(set(tried)) == len(tried) == 64
    assert {tried[0], tried[1]} == {(False,) * 15, (True,) * 15}
    assert all({each[place] for each in tried} == {False, True} for place in range(15))
    assert list(_sampled([(False, True)] * 3)) == list(product((False, True), repeat=3))


STUDENTS = [
    {"date_naissance": "2005-05-12", "scolarite": "enseignement_superieur", "bourse_criteres_sociaux_base_ressources_parentale": 0},
    {"date_naissance": "2009-05-12", "scolarite": "lycee", "jours_sejour_etudes_etranger": 20},
]


@pytest.mark.parametrize("name", [name for name, question in questions().items() if question.tried])
@pytest.mark.parametrize("student", STUDENTS, ids=lambda student: student["scolarite"])
def test_the_answers_tried_stand_for_all_the_others(name: str, student: dict[str, Any]) -> None:
    choices = [each.name for each in system().variables[name].possible_values if each.name not in questions()[name].never]
    reports = evaluate([parse(household({**student, name: choice})) for choice in choices])
    outcomes = [[(each.id, each.status, each.amount, each.amount_range) for each in report] for report in reports]
    said = dict(zip(choices, outcomes, strict=True))
    tried = [said[choice] for choice in questions()[name].tried]
    assert [choice for choice in choices if said[choice] not in tried] == []
    assert len({str(outcome) for outcome in tried}) > 1


def test_what_a_formula_reads_of_another_family_is_tried_too() -> None:
    """Somebody who lives with others has a family of their own, of which nobody is asked the quotient: their wage decides it."""
    friend = {"id": "alex", "lien": "autre", "date_naissance": "1985-02-03"}
    computed = compute([parse(household(NADIA, friend))], cards(["ille_et_vilaine_fonds_commun_bafd"]))
    matter = computed.worlds.matters["ille_et_vilaine_fonds_commun_bafd", 1]
    assert {each.name for each in matter.unknowns if each.person == 1} >= {"salaire_net"}


def test_a_rent_that_nobody_tells_is_tried_at_the_figures_of_each_family() -> None:
    """Two families share a flat: the rent from which the aid no longer grows is not the same for both."""
    friend = {"id": "alex", "lien": "autre", "date_naissance": "1990-06-12", "activite": "inactif"}
    child = {"id": "lea", "lien": "enfant", "date_naissance": "2010-11-05"}
    shared = {"statut_occupation_logement": "locataire_meuble", "coloc": True}
    silent = evaluate([parse({**household(NADIA, child, friend), "logement": shared})])[0]["aide_logement"]
    assert silent.amount_range is not None
    for rent in range(250, 1000, 50):
        told = evaluate([parse({**household(NADIA, child, friend), "logement": {**shared, "loyer": rent}})])[0]["aide_logement"]
        assert told.amount is not None
        assert silent.amount_range[0] <= told.amount <= silent.amount_range[1], rent


@pytest.mark.parametrize("dwelling", [{"statut_occupation_logement": "locataire_meuble"}, {}])
@pytest.mark.parametrize("shared", [False, True])
def test_a_rent_of_a_furnished_flat_that_nobody_tells_is_tried_where_the_aid_is_largest(dwelling: dict[str, Any], shared: bool) -> None:
    """Two thirds of it count, and a child who lives there every other week counts for half of the year."""
    children = [{"id": name, "lien": "enfant", "date_naissance": "2015-02-20", "garde_alternee": shared} for name in ("lea", "tom")]

    def renting(**flat: Any) -> Benefit:
        return evaluate([parse(household(NADIA | {"salaire_net": 0}, *children, logement=flat))])[0]["aide_logement"]

    silent = renting(**dwelling)
    assert silent.amount_range is not None
    for rent in range(500, 1000, 100):
        paid = renting(statut_occupation_logement="locataire_meuble", loyer=rent).amount
        assert paid is not None
        assert silent.amount_range[0] <= paid <= silent.amount_range[1], rent


@pytest.mark.parametrize("told", [{}, {"heures_garde": 80}], ids=["neither price nor hours", "hours"])
def test_a_price_that_nobody_tells_is_tried_where_the_aid_is_largest(told: dict[str, Any]) -> None:
    """Too low a price pays little, too high a price an hour pays nothing: the largest aid is in between."""

    def nursery(**care: Any) -> Benefit:
        child = {"id": "lea", "lien": "enfant", "date_naissance": "2024-02-20", "mode_garde": "micro_creche", **told, **care}
        return evaluate([parse(household(NADIA, child))])[0]["cmg_structure"]

    silent = nursery()
    assert silent.amount_range is not None
    for price in range(100, 1000, 100):
        paid = nursery(cout_garde=price, **({} if told else {"heures_garde": 400})).amount
        assert paid is not None
        assert silent.amount_range[0] <= paid <= silent.amount_range[1], price
