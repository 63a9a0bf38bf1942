"""The rights of young people: ours against the published figures, and the day OpenFisca-France catches up."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"


def value(name: str, month: str, *, corrected: bool, family: dict[str, Any] | None = None, **person: Any) -> float:
    """What a child of a lone parent, or the parent alone when nobody else is told, gets in a month."""
    born = {"date_naissance": {"ETERNITY": person.pop("born")}}
    facts = {key: {month: fact} for key, fact in person.items() if key != "rfr"}
    entities = {
        "individus": {"parent": {"date_naissance": {"ETERNITY": "1985-06-01"}}, "jeune": {**born, **facts}},
        "familles": {"f": {"parents": ["parent"], "enfants": ["jeune"], **(family or {})}},
        "foyers_fiscaux": {"ff": {"declarants": ["parent"], "personnes_a_charge": ["jeune"], "rfr": person.get("rfr", {})}},
        "menages": {"m": {"personne_de_reference": ["parent"], "enfants": ["jeune"], "depcom": {month: "35238"}}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), entities)
    return float(simulation.calculate(name, month)[1])


NO_GRANT = {"aah": 0, "bourse_criteres_sociaux": 0}


@pytest.mark.parametrize(
    ("month", "quotient", "paid"), [("2026-09", 699, 70), ("2026-12", 700, 0), ("2026-08", 100, 0), ("2027-01", 100, 0)]
)
def test_pass_sport_of_2026_depends_on_the_family_quotient(month: str, quotient: float, paid: float) -> None:
    family = {"quotient_familial_caf": {month: quotient}, "aeeh": {month: 0}}
    assert value("pass_sport", month, corrected=True, born="2015-05-01", family=family, **NO_GRANT) == paid


@pytest.mark.parametrize(("born", "paid"), [("2011-06-01", 70), ("2012-06-01", 0)])
def test_pass_sport_of_2025_is_for_teenagers_with_the_allowance_of_september(born: str, paid: float) -> None:
    family = {"ars": {"2025": 450}, "aeeh": {"2025-10": 0}}
    assert value("pass_sport", "2025-10", corrected=True, born=born, family=family, **NO_GRANT) == paid


def test_openfisca_france_still_has_the_pass_sport_of_2022() -> None:
    family = {"ars": {"2026": 0}, "aeeh": {"2026-11": 200}}
    facts = {"aah": 0, "boursier": False}
    assert value("pass_sport", "2026-11", corrected=False, born="2015-05-01", family=family, **facts) == 50, CAUGHT_UP


@pytest.mark.parametrize(
    ("month", "born", "paid"),
    [("2025-02", "2009-06-01", 20), ("2025-03", "2009-06-01", 0), ("2025-02", "2006-06-01", 300), ("2025-03", "2006-06-01", 200)],
)
def test_pass_culture_on_both_sides_of_march_2025(month: str, born: str, paid: float) -> None:
    family = {"quotient_familial_caf": {month: 700}, "aeeh": {month: 0}}
    assert value("pass_culture", month, corrected=True, born=born, family=family, aah=0) == paid


@pytest.mark.parametrize(("born", "paid"), [("2011-06-01", 20), ("2008-06-01", 150)])
def test_openfisca_france_still_pays_at_fifteen_and_has_no_bonus(born: str, paid: float) -> None:
    assert value("pass_culture", "2026-11", corrected=False, born=born) == paid, CAUGHT_UP


@pytest.mark.parametrize(("born", "nationality"), [("2005-06-01", "DZ"), ("2015-06-01", "FR")])
def test_museums_are_free_for_children_and_for_young_foreigners_who_live_here(born: str, nationality: str) -> None:
    assert value("gratuite_musees_monuments", "2026-11", corrected=True, born=born, nationalite=nationality)
    assert not value("gratuite_musees_monuments", "2026-11", corrected=False, born=born, nationalite=nationality), CAUGHT_UP


def test_a_pupil_has_the_train_ticket() -> None:
    assert value("carte_sncf_eleve_apprenti_eligibilite", "2026-11", corrected=True, born="2010-06-01", scolarite="lycee")
    assert not value("carte_sncf_eleve_apprenti_eligibilite", "2026-11", corrected=False, born="2010-06-01", scolarite="lycee"), CAUGHT_UP


def test_an_apprentice_has_the_holiday_aid() -> None:
    facts: dict[str, Any] = {"born": "2005-06-01", "apprenti": True, "boursier": False, "rfr": {"2024": 90_000}}
    assert value("depart1825_montant_maximum", "2026-11", corrected=True, **facts) == 200
    assert value("depart1825_montant_maximum", "2026-11", corrected=False, **facts) == 0, CAUGHT_UP


@pytest.mark.parametrize(("month", "paid"), [("2026-03", 1200), ("2026-04", 0), ("2026-11", 0)])
def test_the_licence_aid_of_job_seekers_ended_in_april_2026(month: str, paid: float) -> None:
    facts: dict[str, Any] = {"born": "2000-06-01", "activite": "chomeur", "aah": 0, "family": {"rsa": {month: 0}}}
    assert value("aide_permis_demandeur_emploi", month, corrected=True, **facts) == paid
    assert value("aide_permis_demandeur_emploi", month, corrected=False, **facts) == 1200, CAUGHT_UP


def test_the_licence_aid_of_building_apprentices_reads_the_last_tax_notice() -> None:
    facts: dict[str, Any] = {"born": "2006-06-01", "alternant": True, "domaine_specialites_formation": "domaine_23"}
    notice = {"2024": 15_000, "2026": 90_000}
    assert value("aide_permis_pro_btp", "2026-11", corrected=False, rfr=notice, **facts) == 0, CAUGHT_UP
    assert value("aide_permis_pro_btp", "2026-11", corrected=True, rfr=notice, apprenti_du_batiment=True, **facts) == 600
