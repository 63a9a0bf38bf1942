"""What rights do to one another: by hand on figures of the law, and on random households against the engine told that a right is zero."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, MONTH, households
from tznr_rules import entitlements, interactions, lived, simulation
from tznr_rules.catalogue import cards, catalogue
from tznr_rules.evaluation import evaluate
from tznr_rules.household import Household, parse
from tznr_rules.interplay import compared
from tznr_rules.languages import Voice
from tznr_rules.report import Interaction, Report
from tznr_rules.speech import Speech
from tznr_rules.system import system
from tznr_rules.worlds import World, amounts, carriers

RENTS = {"statut_occupation_logement": "locataire_vide", "loyer": 420}
HOMELESS = {"statut_occupation_logement": "sans_domicile"}
CHILD = {"lien": "enfant", "date_naissance": "2018-03-02"}


def told(*people: dict[str, Any], home: dict[str, Any] = HOMELESS, **more: Any) -> Report:
    return entitlements({"date": MONTH, "depcom": "35238", "logement": home, "personnes": list(people), **more})


def between(report: Report, benefit: str, other: str) -> Interaction:
    return next(each for each in report.interactions if (each.benefit, each.other) == (benefit, other))


def test_family_allowances_count_as_resource_of_rsa() -> None:
    """Couple with two children: RSA of 651.69 x 2.1, less the 152.25 of allowances paid (articles R262-1 and R262-6 CASF)."""
    couple = [{"date_naissance": "1990-05-12", "salaire_net": 0}, {"lien": "conjoint", "date_naissance": "1990-05-12", "salaire_net": 0}]
    report = told(*couple, CHILD, {**CHILD, "date_naissance": "2016-01-01"})
    assert report["rsa"].amount_alone == pytest.approx(651.69 * 2.1, abs=0.01)
    found = between(report, "rsa", "af")
    assert (found.kind, found.effect, found.better) == ("counts_as_resource", -152.25, None)
    assert report["rsa"].amount == report["rsa"].amount_with_all == pytest.approx(651.69 * 2.1 - 152.25, abs=0.02)


def test_housing_aid_takes_the_lump_sum_from_rsa_and_prime_d_activite() -> None:
    """The lump sums for one person: 12 % of 651.69 and of 638.28 (articles R262-9 CASF and R844-3 CSS)."""
    single = {"date_naissance": "1990-05-12", "activite": "actif"}
    out_of_work = told({**single, "salaire_net": 0}, home=RENTS)
    assert between(out_of_work, "rsa", "aide_logement").effect == -78.20
    assert (out_of_work["rsa"].amount_alone, out_of_work["rsa"].amount_with_all) == (651.69, 573.49)
    working = told({**single, "salaire_net": 900}, home=RENTS)
    assert between(working, "ppa", "aide_logement").effect == pytest.approx(-76.59 * 0.995, abs=0.02)


def test_aah_and_aspa_exclude_each_other() -> None:
    report = told({"date_naissance": "1955-01-01", "activite": "retraite", "retraite_nette": 500, "taux_incapacite": 0.8}, home=RENTS)
    found = between(report, "aspa", "aah")
    mva = report["mva"].amount or 0
    assert (found.kind, found.better) == ("excludes", "aah")
    assert found.effect == -(report["aspa"].amount or 0) == pytest.approx(-543.59)
    assert found.gain == pytest.approx((report["aah"].amount or 0) + mva - 543.59, abs=0.01)


def test_ass_counts_for_rsa_and_is_not_paid_with_aah() -> None:
    unemployed = {"date_naissance": "1975-01-01", "activite": "chomeur", "salaire_net": 0, "ass_precondition_remplie": True}
    alone = told(unemployed)
    assert between(alone, "rsa", "ass").kind == "counts_as_resource"
    assert (alone["rsa"].amount_alone, alone["rsa"].amount) == (651.69, pytest.approx(651.69 - 19.48 * 30, abs=0.01))
    disabled = told({**unemployed, "taux_incapacite": 0.8})
    found = between(disabled, "ass", "aah")
    assert (found.kind, found.better, disabled["ass"].status, disabled["ass"].amount_alone) == ("excludes", "aah", "refused", 19.48 * 30)


def test_the_youth_contract_and_rsa_exclude_each_other() -> None:
    report = told({"date_naissance": "2001-01-01", "activite": "chomeur", "salaire_net": 0})
    found = between(report, "contrat_engagement_jeune", "rsa")
    assert (found.kind, found.better, found.gain) == ("excludes", "rsa", pytest.approx(651.69 - 566.17, abs=0.01))
    parts = compared(Speech(Voice("fr")), report["contrat_engagement_jeune"], report)
    assert any("ne se cumulent pas" in part and "85,52" in part for part in parts)


def test_rsa_opens_the_christmas_bonus_and_aah_the_autonomy_supplement() -> None:
    report = told({"date_naissance": "1990-05-12", "salaire_net": 0})
    found = between(report, "prime_noel", "rsa")
    assert (found.kind, found.effect, report["prime_noel"].amount_alone) == ("opens", 152.45, 0.0)
    disabled = told({"date_naissance": "1980-05-12", "salaire_net": 0, "taux_incapacite": 0.8}, home=RENTS)
    assert {each.other for each in disabled.interactions if each.benefit == "mva" and each.kind == "opens"} == {"aah", "aide_logement"}


def test_a_resource_lowers_the_tier_of_sortir() -> None:
    report = told({"date_naissance": "1980-05-12", "salaire_net": 0, "taux_incapacite": 0.8}, home=RENTS)
    found = between(report, "rennes_metropole_sortir", "aah")
    sortir = report["rennes_metropole_sortir"]
    assert found.kind == "counts_as_resource"
    assert (sortir.amount_alone or 0) + found.effect == sortir.amount


def test_each_of_several_is_named_when_one_is_enough() -> None:
    """A family of the CAF may ask for its holiday aid: any benefit of the CAF is enough."""
    report = told({"date_naissance": "1990-05-12", "salaire_net": 350}, CHILD, {**CHILD, "date_naissance": "2015-01-01"}, home=RENTS)
    ways = [each for each in report.interactions if each.benefit == "caf35_vacances"]
    assert {"af", "aide_logement", "rsa"} <= {each.other for each in ways if each.kind == "opens"}
    assert report["caf35_vacances"].amount_alone == 0


def test_what_is_already_received_stays_received() -> None:
    person = {"date_naissance": "1990-05-12", "salaire_net": 0}
    received = told(person, home=RENTS, recus={"aide_logement": 271})
    assert received["rsa"].amount_alone == received["rsa"].amount == 573.49
    assert not [each for each in received.interactions if each.other == "aide_logement"]


def test_a_right_granted_without_a_claim_is_never_left_out() -> None:
    assert "reduction_loyer_solidarite" not in interactions.claimable(MONTH)
    assert {"rsa", "aah", "aide_logement", "af", "ass"} <= set(interactions.claimable(MONTH))


def test_interactions_may_be_left_out() -> None:
    document = {"date": MONTH, "depcom": "35238", "personnes": [{"date_naissance": "1990-05-12", "salaire_net": 0}]}
    report = entitlements(document, benefits=["rsa"], interactions=False)
    assert (report.interactions, report["rsa"].amount_alone) == ((), None)
    assert entitlements(document, benefits=["rsa"])["rsa"].amount_alone == report["rsa"].amount


def test_every_benefit_that_excludes_another_names_one_of_the_catalogue() -> None:
    assert not {name for card in catalogue().values() for name in card.not_with} - catalogue().keys()


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
@given(st.lists(households(every_fact=False), min_size=3, max_size=3), st.integers(0, 2**32 - 1))
def test_what_is_said_is_what_the_engine_says_when_a_right_is_zero(documents: list[dict[str, Any]], seed: int) -> None:
    random = Random(seed)
    for household in map(parse, documents):
        report = interactions.with_interactions(household, evaluate([household])[0])
        claiming = interactions.claiming(household)
        settled = evaluate([claiming])[0]
        for each in report:
            if each.amount_with_all is not None and settled[each.id].status != "undetermined":
                assert each.amount_with_all == pytest.approx(settled[each.id].amount, abs=0.01), each.id
        computed = [each for each in report.interactions if each.benefit not in catalogue()[each.other].not_with]
        for each in random.sample(computed, min(3, len(computed))):
            if each.other in catalogue()[each.benefit].not_with and report[each.benefit].amount_with_all:
                continue
            without = written_as_zero(claiming, {each.other}, each.benefit)
            effect = (report[each.benefit].amount_with_all or 0.0) - without
            if abs(effect) < 0.005:  # each of several is enough
                others = {*interactions.sources(household)}
                alone, nothing = (written_as_zero(claiming, zero, each.benefit) for zero in (others - {each.other}, others))
                effect = alone - nothing
            assert effect == pytest.approx(each.effect, abs=0.011), each
        shown = [each for each in report if each.amount_alone is not None]
        for each in random.sample(shown, min(2, len(shown))):
            others = {*interactions.sources(household)} - {each.id}
            assert each.amount_alone == pytest.approx(written_as_zero(claiming, others, each.id), abs=0.01), each.id


def written_as_zero(household: Household, benefits: set[str], asked: str) -> float:
    """What a benefit is worth when the engine is given zero for others, in its month and before, instead of computing them."""
    situation = lived.build([household], simulation.estimate_notices)
    for name in {variable for benefit in benefits for variable in carriers(benefit)}:
        variable = system().variables[name]
        zero = np.zeros(situation.count(variable.entity.key), dtype=variable.dtype)
        period = str(simulation.period_of(name, household.date, system()))
        situation.facts[name] = situation.facts.get(name, {}) | {period: zero}
        situation.unknown_receipts[name] = np.zeros(len(zero), dtype=bool)
    card = catalogue()[asked]
    value = simulation.run(situation, [card.variable])[card.variable]
    return float(value.sum() if card.unit == "EUR" else value.max())


def test_a_world_without_a_choice_is_the_report() -> None:
    document = {"date": MONTH, "depcom": "35238", "logement": RENTS, "personnes": [{"date_naissance": "1990-05-12", "salaire_net": 500}]}
    found, _ = amounts([World(parse(document))], cards())
    report = evaluate([parse(document)])[0]
    assert {each.id: each.amount for each in report if each.status != "undetermined"}.items() <= {
        name: float(value[0]) for name, value in found.items()
    }.items()
