"""Corrections of housing benefits other than housing aid: each side of each rule, and whether OpenFisca-France still needs them."""

from typing import Any

from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
MONTH = "2026-11"


def one(
    variable: str,
    *,
    corrected: bool,
    month: str = MONTH,
    person: dict[str, Any] | None = None,
    family: dict[str, Any] | None = None,
    tax: dict[str, dict[str, Any]] | None = None,
    home: dict[str, Any] | None = None,
    partner: bool = False,
) -> float:
    """The value of a variable for somebody of Rennes born in 1990, alone or with a partner who files apart."""
    dwelling = {"depcom": "35238", "statut_occupation_logement": "locataire_hlm", **(home or {})}
    people = ["nadia", "karim"] if partner else ["nadia"]

    def facts(values: dict[str, Any] | None) -> dict[str, Any]:
        return {name: {month: value} for name, value in (values or {}).items()}

    situation = {
        "individus": {name: {"date_naissance": {"ETERNITY": "1970-05-12"}} | facts(person) for name in people},
        "familles": {"f": {"parents": people} | facts(family)},
        "foyers_fiscaux": {f"ff_{name}": {"declarants": [name], **(tax or {})} for name in people},
        "menages": {"m": {"personne_de_reference": ["nadia"], "conjoint": people[1:]} | facts(dwelling)},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), situation)
    return float(simulation.calculate(variable, month)[0])


def test_a_hosted_family_has_no_cut_of_the_rent() -> None:
    family = {"aide_logement_base_ressources": 0, "al_nb_personnes_a_charge": 0}
    tenant = one("reduction_loyer_solidarite", corrected=True, family=family)
    assert round(tenant, 2) == 31.58
    hosted = family | {"heberge": True}
    assert one("reduction_loyer_solidarite", corrected=True, family=hosted) == 0
    assert one("reduction_loyer_solidarite", corrected=False, family=hosted) > 0, CAUGHT_UP
