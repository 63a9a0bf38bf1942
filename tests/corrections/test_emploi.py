"""The correction of the contrat d'engagement jeune: parents with RSA, pupils, and what OpenFisca-France still gives."""

from typing import Any

import pytest
from openfisca_core.simulations import SimulationBuilder

from tznr_rules.system import system

CAUGHT_UP = "OpenFisca-France has caught up: delete this correction"
MONTHS = {"2026-08": 800, "2026-09": 800, "2026-10": 800}
NOTHING = dict.fromkeys(MONTHS, 0)


def allowance(child: dict[str, Any], rsa: dict[str, float], *, corrected: bool) -> float:
    """The allowance of a person of nineteen who depends on a mother who has this RSA."""
    young = {"date_naissance": {"ETERNITY": "2007-06-01"}, "revenus_non_salarie_nets": {"2026": 0}, **child}
    entities = {
        "individus": {"mere": {"date_naissance": {"ETERNITY": "1980-01-01"}}, "jeune": young},
        "familles": {"f": {"parents": ["mere"], "enfants": ["jeune"], "rsa": rsa, "ppa": NOTHING}},
        "foyers_fiscaux": {"ff": {"declarants": ["mere"], "personnes_a_charge": ["jeune"], "ir_tranche": {"2024": 0}}},
        "menages": {"m": {"personne_de_reference": ["mere"], "enfants": ["jeune"]}},
    }
    simulation = SimulationBuilder().build_from_entities(system(corrected=corrected), entities)
    return round(float(simulation.calculate("contrat_engagement_jeune", "2026-11")[1]), 2)


def test_the_rsa_of_the_parents_does_not_exclude_their_child() -> None:
    assert allowance({}, MONTHS, corrected=True) == 566.17
    assert allowance({}, MONTHS, corrected=False) == 0, CAUGHT_UP


@pytest.mark.parametrize("studies", [{"scolarite": {"2026-11": "lycee"}}, {"apprenti": {"2026-11": True}}])
def test_pupils_and_apprentices_are_in_training(studies: dict[str, Any]) -> None:
    assert allowance(studies, NOTHING, corrected=True) == 0
    assert allowance(studies, NOTHING, corrected=False) > 0, CAUGHT_UP
