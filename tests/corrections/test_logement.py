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


def resources(month: str, before: float, after: float) -> dict[str, Any]:
    """The tax income of two years before a month and of the year before."""
    year = int(month[:4])
    return {"rfr": {str(year - 2): before, str(year - 1): after, str(year): after}}


ALONE = {"al_nb_personnes_a_charge": 0}


def test_social_housing_up_to_the_ceiling_of_its_ordinary_homes() -> None:
    for month, ceiling in (("2026-11", 23403), ("2025-11", 23201)):
        for income, granted in ((ceiling, True), (ceiling + 1, False)):
            tax = resources(month, income, income)
            assert one("logement_social_eligible", corrected=True, month=month, family=ALONE, tax=tax) == granted
        at_the_ceiling = resources(month, ceiling, ceiling)
        assert not one("logement_social_eligible", corrected=False, month=month, family=ALONE, tax=at_the_ceiling), CAUGHT_UP


def test_the_income_of_both_members_of_a_couple_counts() -> None:
    tax = resources(MONTH, 16000, 16000)
    assert not one("logement_social_eligible", corrected=True, family=ALONE, tax=tax, partner=True)
    assert one("logement_social_eligible", corrected=False, family=ALONE, tax=tax, partner=True), CAUGHT_UP


def test_a_disability_card_raises_the_category() -> None:
    card = {"titulaire_cmi_invalidite": True}
    assert one("logement_social_plafond_ressources", corrected=True, family=ALONE, person=card) == 31254
    assert one("logement_social_plafond_ressources", corrected=False, family=ALONE, person=card) != 31254, CAUGHT_UP
    assert one("logement_social_categorie_menage", corrected=True, family=ALONE, person=card) == 1
    assert one("logement_social_categorie_menage", corrected=False, family=ALONE, person=card) == 0, CAUGHT_UP


def test_shared_ownership_by_category_of_household_and_for_who_owns_nothing() -> None:
    with_child = {"al_nb_personnes_a_charge": 1}
    assert one("bail_reel_solidaire_plafond_total", corrected=True, family=with_child) == 76105
    assert one("bail_reel_solidaire_plafond_total", corrected=False, family=with_child) != 76105, CAUGHT_UP
    owner = {"statut_occupation_logement": "proprietaire"}
    tax = resources(MONTH, 0, 0)
    assert not one("bail_reel_solidaire", corrected=True, family=ALONE, home=owner, tax=tax)
    assert one("bail_reel_solidaire", corrected=False, family=ALONE, home=owner, tax=tax), CAUGHT_UP


def test_the_table_of_zones_is_read_as_openfisca_france_reads_it() -> None:
    from tznr_rules.zones import zones_abc

    assert zones_abc()["35238"] == "A"
    assert len(zones_abc()) > 34000


APPRENTICE = {
    "alternant": True,
    "peec_employeur": True,
    "salarie_du_prive": True,
    "activite": "actif",
    "smic_proratise": 1867.02,
    "age": 26,
}
RENT = {"loyer": 400, "charges_locatives": 0}


def test_the_rent_aid_of_apprentices_up_to_the_pay_of_its_time() -> None:
    family = {"aide_logement": 100}
    for month, pay, granted in (("2024-06", 1413, True), ("2024-06", 1414, False), ("2026-11", 2240, True), ("2026-11", 2241, False)):
        person = APPRENTICE | {"salaire_de_base": pay}
        assert (one("mobili_jeune", corrected=True, month=month, person=person, family=family, home=RENT) == 100) == granted
    between = APPRENTICE | {"salaire_de_base": 2000}
    assert one("mobili_jeune", corrected=False, person=between, family=family, home=RENT) == 0, CAUGHT_UP
