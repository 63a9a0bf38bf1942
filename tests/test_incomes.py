"""What people earn, in every reading that a rule asks for, whichever of them was told."""

from typing import Any

import numpy as np
import pytest

from tznr_rules import simulation
from tznr_rules.household import parse
from tznr_rules.lived import build
from tznr_rules.situation import Situation
from tznr_rules.system import system

MONTH = "2026-11"


def situation_of(**facts: Any) -> Situation:
    person = {"id": "sam", "date_naissance": "1980-01-15", **facts}
    return build([parse({"date": MONTH, "personnes": [person]})], simulation.estimate_notices)


def fact(situation: Situation, name: str, period: str) -> float:
    return float(situation.facts[name][period][0])


@pytest.mark.parametrize(
    ("told", "taxable"),
    [
        ({"rpns_auto_entrepreneur_benefice": 600}, 7_200.0),
        ({"rpns_micro_entreprise_benefice": 9_000}, 9_000.0),
        ({"rpns_autres_revenus": {"2024": 13_200, "2025": 12_000}}, 13_200.0),
        ({"rpns_auto_entrepreneur_benefice": 100, "rpns_autres_revenus": 1_000}, 2_200.0),
    ],
)
def test_a_profit_is_a_taxable_profit(told: dict[str, Any], taxable: float) -> None:
    assert fact(situation_of(**told), "rpns_imposables", "2024") == pytest.approx(taxable)


def test_a_turnover_is_a_profit_after_the_flat_allowance_that_the_engine_applies() -> None:
    """Services: 50 % of the turnover."""
    situation = situation_of(rpns_auto_entrepreneur_CA_bic=1_200)
    engine = simulation.settled(situation, system())
    profits = sum(float(engine.calculate("rpns_auto_entrepreneur_benefice", f"2024-{number:02d}")[0]) for number in range(1, 13))
    assert fact(situation, "rpns_imposables", "2024") == pytest.approx(profits) == pytest.approx(7_200)


def test_a_taxable_profit_alone_counts_for_rsa_too() -> None:
    situation = situation_of(rpns_imposables=12_000)
    assert fact(situation, "rpns_autres_revenus", "2025") == 12_000
    rsa = simulation.run(situation, ["rsa"])["rsa"]
    assert rsa[0] == 0


def test_what_was_told_is_kept() -> None:
    situation = situation_of(rpns_imposables=5_000, rpns_autres_revenus=8_000)
    assert fact(situation, "rpns_imposables", "2024") == 5_000
    assert fact(situation, "rpns_autres_revenus", "2024") == 8_000


def test_gross_pay_alone_gives_net_and_taxable_pay() -> None:
    situation = situation_of(salaire_de_base=1_867.02)
    assert fact(situation, "salaire_net", MONTH) == pytest.approx(1_478, abs=3)
    assert fact(situation, "salaire_imposable", MONTH) > fact(situation, "salaire_net", MONTH)


def test_net_pay_of_a_public_servant_has_no_private_gross() -> None:
    situation = situation_of(salaire_net=1_700, categorie_salarie="public_titulaire_territoriale")
    assert fact(situation, "traitement_indiciaire_brut", MONTH) > 1_700
    assert fact(situation, "salaire_de_base", MONTH) == 0


def test_a_pension_is_taxed_by_the_notice_or_by_an_estimate() -> None:
    poor, rich = (
        situation_of(retraite_nette=1_500, avis_imposition={2024: {"rfr": rfr, "nbptr": 1}}) for rfr in (9_000, 40_000)
    )
    assert fact(poor, "retraite_brute", MONTH) < fact(rich, "retraite_brute", MONTH)
    estimated = situation_of(retraite_nette=1_500, activite="retraite")
    assert fact(estimated, "retraite_brute", MONTH) > 1_500


def test_the_notice_alone_tells_the_incomes_that_family_benefits_count() -> None:
    document = {
        "date": MONTH,
        "personnes": [{"id": "sam", "date_naissance": "1980-01-15", "salaire_net": 1_000}],
        "avis_imposition": {2024: {"rfr": 20_000, "nbptr": 1}},
    }
    situation = build([parse(document)], simulation.estimate_notices)
    assert fact(situation, "traitements_salaires_pensions_rentes", "2024") == 20_000
    assert bool(np.all(situation.known["traitements_salaires_pensions_rentes"]["2024"]))


def test_the_notice_of_a_person_who_files_alone_counts_as_well() -> None:
    partner = {"id": "lou", "lien": "conjoint", "date_naissance": "1982-01-15", "statut_marital": "celibataire", "salaire_net": 900}
    document = {
        "date": MONTH,
        "personnes": [
            {"id": "sam", "lien": "demandeur", "date_naissance": "1980-01-15", "salaire_net": 1_000},
            {**partner, "avis_imposition": {2024: {"rfr": 7_000, "nbptr": 1}}},
        ],
        "avis_imposition": {2024: {"rfr": 11_000, "nbptr": 1}},
    }
    situation = build([parse(document)], simulation.estimate_notices)
    assert situation.facts["traitements_salaires_pensions_rentes"]["2024"].tolist() == [11_000, 7_000]
