"""Which values of the law look out of date."""

import json
from datetime import date

import pytest

from tznr_rules.catalogue import cards, catalogue
from tznr_rules.cli import main
from tznr_rules.freshness import stale_values

RSA = "prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_m.montant_de_base_du_rsa"


def found(on: date) -> set[str]:
    return {each.parameter for each in stale_values(cards(), on)}


def test_a_yearly_value_is_stale_from_the_fourteenth_month() -> None:
    assert RSA not in found(date(2027, 5, 31))
    assert RSA in found(date(2027, 6, 1))


def test_a_value_that_is_not_revised_yearly_never_is() -> None:
    frozen = "prestations_sociales.prestations_etat_de_sante.invalidite.caah.majoration_vie_autonome"
    assert frozen not in found(date(2027, 6, 1))


def test_a_stale_value_says_which_benefits_cite_it() -> None:
    rsa = next(each for each in stale_values(cards(), date(2027, 6, 1)) if each.parameter == RSA)
    assert "rsa" in rsa.benefits
    assert set(rsa.benefits) <= set(catalogue())
    assert rsa.since == "2026-04-01"


def test_the_command_lists_them(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["benefits", "--stale", "--format", "json"]) == 0
    rows = json.loads(capsysbinary.readouterr().out)
    assert [row["parameter"] for row in rows] == [each.parameter for each in stale_values(cards(), date.today())]
