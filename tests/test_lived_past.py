"""What was lived, written as facts, changes no figure: it only spares the engine the walk back into the past."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openfisca_core.simulations import Simulation

from tests.households import AS_DRAWN, MONTH, households
from tznr_rules import simulation
from tznr_rules.catalogue import catalogue
from tznr_rules.evaluation import entitlements
from tznr_rules.household import parse
from tznr_rules.lived import build
from tznr_rules.periods import months, years
from tznr_rules.situation import LIVED, NOTICE, Situation
from tznr_rules.system import system

AMOUNTS = (
    *("rsa", "ppa", "aspa", "asi", "aah", "ass", "aide_logement", "af", "cf", "asf", "ars", "aeeh", "paje_base", "paje_naissance"),
    *("cmu_c", "css_participation_forfaitaire", "cheque_energie", "bourse_college", "bourse_lycee", "bourse_criteres_sociaux"),
)
LOOKED_BACK = (
    *("salaire_net", "salaire_imposable", "salaire_de_base", "traitement_indiciaire_brut"),
    *("chomage_brut", "chomage_net", "chomage_imposable", "retraite_brute", "retraite_nette", "retraite_imposable"),
)
COMPUTED = (*LIVED["famille"], *LIVED["individu"], *NOTICE, "traitements_salaires_pensions_rentes")
GROSS = ("salaire_de_base", "traitement_indiciaire_brut", "chomage_brut", "retraite_brute")


def plain(built: Situation) -> Simulation:
    """OpenFisca-France alone, told the gross incomes and nothing of what was received or of tax notices."""
    incomes = {name for name in LOOKED_BACK if name not in GROSS}
    facts = {name: columns for name, columns in built.facts.items() if name not in COMPUTED and name not in incomes}
    return simulation._prepared(replace(built, facts=facts, known={}), system(corrected=False), {})


def lived(document: dict[str, Any], index: int, built: Situation, past: Simulation) -> dict[str, Any]:
    """A household with the past that plain OpenFisca-France computed for it, in the words of the contract."""
    told = {key: value for key, value in document.items() if key not in ("recus", "avis_imposition")}
    rows = np.flatnonzero(built.person_household == index)
    told["personnes"] = [dict(person) for person in document["personnes"]]
    notices: dict[int, dict[int, dict[str, float]]] = {}
    received: dict[int, dict[str, dict[str, float]]] = {}
    for person, row in zip(told["personnes"], rows, strict=True):
        for name in LOOKED_BACK:
            person[name] = {month: float(past.calculate(name, month)[row]) for month in months(MONTH)}
        for entity, names in LIVED.items():
            group = None if entity == "individu" else built.groups[entity]
            if group is not None and group.roles[row] != "demandeur":
                continue
            where = row if group is None else group.of_person[row]
            for name in names:
                amounts = {month: float(past.calculate(name, month)[where]) for month in built.past()}
                received.setdefault(row, {})[name] = {month: amount * net_share(name) for month, amount in amounts.items()}
        taxes = built.groups["foyer_fiscal"]
        if taxes.roles[row] == "declarant_principal":
            notices[row] = {
                int(year): {name: float(past.calculate(name, year)[taxes.of_person[row]]) for name in NOTICE} for year in years(MONTH)[:-1]
            }
        person["recus"] = received.get(row, {})
        person["avis_imposition"] = notices.get(row, {})
    return told


def net_share(name: str) -> float:
    """What is paid of one euro of a benefit in OpenFisca: less the CRDS where the contract speaks of paid amounts."""
    card = catalogue().get(name)
    crds = float(system().get_parameters_at_instant(MONTH).prelevements_sociaux.contributions_sociales.crds)
    return 1 - crds if card is not None and card.received_gross else 1.0


@given(st.lists(households(every_fact=False), min_size=14, max_size=14))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_the_past_given_back_leaves_every_amount_unchanged(documents: list[dict[str, Any]]) -> None:
    built = build([parse(document) for document in documents], simulation.estimate_notices)
    past = plain(built)
    expected = {name: past.calculate(name, simulation.period_of(name, MONTH, system(corrected=False))) for name in AMOUNTS}
    told = [parse(lived(document, index, built, past)) for index, document in enumerate(documents)]
    again = simulation.run(build(told, simulation.estimate_notices), AMOUNTS, system(corrected=False))
    for name in AMOUNTS:
        difference = np.abs(expected[name].astype(float) - again[name].astype(float))
        worst = int(difference.argmax())
        entity = system().variables[name].entity.key
        assert difference.max() < 0.01, (name, expected[name][worst], again[name][worst], documents[int(built.owner(entity)[worst])])


@given(st.lists(households(), min_size=5, max_size=10), st.permutations(AMOUNTS))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_the_order_of_asking_changes_no_figure(documents: list[dict[str, Any]], order: list[str]) -> None:
    built = build([parse(document) for document in documents], simulation.estimate_notices)
    straight = simulation.run(built, AMOUNTS)
    shuffled = simulation.run(built, order)
    for name in AMOUNTS:
        assert np.array_equal(straight[name], shuffled[name]), name


def test_far_fewer_arrays_are_computed() -> None:
    """The walk into the past is cut: a household costs a fraction of the arrays of plain OpenFisca-France."""
    document = {
        "date": MONTH,
        "depcom": "35238",
        "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420},
        "personnes": [
            {"id": "a", "lien": "demandeur", "date_naissance": "1990-05-12", "salaire_net": 850},
            {"id": "b", "lien": "enfant", "date_naissance": "2018-03-02"},
        ],
        "avis_imposition": {2024: {"rfr": 9200, "nbptr": 2}},
    }
    built = build([parse(document)], simulation.estimate_notices)
    alone = plain(built)
    for name in AMOUNTS:
        alone.calculate(name, simulation.period_of(name, MONTH, system(corrected=False)))
    ours = simulation.settled(built, system())
    for name in AMOUNTS:
        ours.calculate(name, simulation.period_of(name, MONTH, system()))
    assert arrays(ours) < arrays(alone) / 3


def arrays(run: Simulation) -> int:
    return sum(len(holder.get_known_periods()) for population in run.populations.values() for holder in population._holders.values())


@given(st.lists(households(), min_size=20, max_size=30))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_receipts_that_nobody_told_are_those_of_todays_rights(documents: list[dict[str, Any]]) -> None:
    """Settled stage by stage, they are at the fixed point: computed again from nothing with that past, no right changes.

    Who may have both the AAH and the minimum for old people is supposed to have received one of them: the other is not looked at.
    """
    for document in documents:
        document.pop("recus", None)
    built = build([parse(document) for document in documents], simulation.estimate_notices)
    settled = simulation.settled(built, system())
    rights = {name: settled.calculate(name, MONTH) for names in LIVED.values() for name in names}
    again = simulation._prepared(built, system(), built.assumed_receipts)
    for name, expected in rights.items():
        assert np.abs(again.calculate(name, MONTH) - expected).max() < 0.01, name
        if name not in ("aah", "mva", "aspa"):
            unknown = built.unknown_receipts[name]
            assert np.abs(built.assumed_receipts.get(name, np.zeros(len(expected))) - expected)[unknown].max(initial=0.0) < 0.01, name


def test_the_aah_and_the_minimum_for_old_people_are_not_supposed_to_be_received_together() -> None:
    """One of them is paid; with both counted, a person of 74 without any other income was refused the free health cover."""
    person = {"date_naissance": "1952-06-30", "taux_incapacite": 0.8, "activite": "inactif"}
    wanted = ["aah", "aspa", "complementaire_sante_solidaire"]
    alone = entitlements({"date": "2026-11", "depcom": "35238", "personnes": [person]}, benefits=wanted)
    assert alone["aah"].status == alone["aspa"].status == "granted"
    assert alone["complementaire_sante_solidaire"].status == "granted"
    for told in ({"aah": 1041.59}, {"aspa": 1043.59}):
        receives = {"date": "2026-11", "depcom": "35238", "personnes": [person], "recus": told}
        assert entitlements(receives, benefits=wanted)["complementaire_sante_solidaire"].status == "granted", told
