"""Reasons are causes: what a condition says is undone by moving what it looks at, and the benefit follows.

Two ways of intervening, on more than 200 random households for every card. In the engine, a condition or the figure that it looks at is
replaced in the columns of a run, and what follows is computed again. From outside, one thing told of a household is moved, and everything
is computed again. ``TZNR_DRAWS`` says how many such moves are drawn for each household (2 if it is not set; 12 take two minutes).
"""

import os
from collections.abc import Iterator
from functools import reduce
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.engine import Engine, with_rows
from tests.households import households
from tests.moves import moved_one_by_one, of_age, without_income
from tznr_rules import lived, simulation
from tznr_rules.catalogue import Card, ConditionCard, catalogue
from tznr_rules.errors import HouseholdError
from tznr_rules.evaluation import evaluate
from tznr_rules.household import Household, parse
from tznr_rules.reasons import AMONG, entity_of, parameter_value, plain
from tznr_rules.system import system

Array = NDArray[Any]
BATCH, BATCHES = 70, 3
DRAWS = int(os.environ.get("TZNR_DRAWS", "2"))
ENTITIES = ("individu", "famille", "foyer_fiscal", "menage")
PAIRS = [(card, condition) for card in catalogue().values() for condition in card.conditions]

# The amount is computed by a formula, most often of OpenFisca-France, that holds the condition in its own terms: it does not read the
# variable that says it. To force that variable proves nothing; to move what the household told does.
OWN_COPY = frozenset(
    {
        "aah", "ada", "aeeh", "af", "aide_bafa_cnaf", "aide_logement", "aide_merite", "aide_mobilite_internationale",
        "aide_mobilite_master",
        "allocation_veuvage", "apa_domicile", "apa_etablissement", "ars", "asf", "asi", "aspa", "ass", "bourse_college",
        "bourse_criteres_sociaux", "bourse_lycee", "bourse_merite_lycee", "cf", "cheque_energie", "contrat_engagement_jeune",
        "cvec_exoneration", "garantie_pret_etudiant", "gratuite_musees_monuments", "ille_et_vilaine_fonds_commun_bafa",
        "ille_et_vilaine_fonds_commun_bafd", "paje_adoption", "paje_base", "paje_naissance", "pass_culture", "pret_formation_permis",
        "prime_internat", "reduction_loyer_solidarite", "rennes_metropole_credit_eau_famille_nombreuse", "reversion_agirc_arrco",
        "reversion_regime_general", "rsa",
    }
)  # fmt: skip

# The amount is computed from the very figure that the condition judges: without hours, a cost or a margin there is nothing to pay, whatever
# the condition says. The figure is moved instead.
PAID_ON: dict[str, dict[str, Any]] = {
    "aide_mobilite_condition_distance": {"distance_activite_domicile": 300},
    "aide_logement_condition_loyer": {"loyer": 300},
    "ajpa_condition_jours": {"jours_proche_aidant": 10},
    "ajpp_condition_jours": {"jours_presence_parentale": 10},
    "carte_familles_nombreuses_condition_enfants": {"carte_familles_nombreuses_enfants": 4},
    "cmg_emploi_direct_condition_heures": {"cmg_emploi_direct_cout_retenu": 300},
    "cmg_structure_condition_prix": {"cout_garde": 600, "heures_garde": 100},
    "credit_emploi_domicile_condition_depenses": {"depenses_emploi_domicile": 1_000},
    "credit_garde_enfants_condition_frais": {"frais_garde_annuels": 1_000},
    "mobili_jeune_condition_reste_a_charge": {"mobili_jeune_reste_a_charge": 200},
    "pass_colo_condition_quotient_familial": {"quotient_familial_caf": 100},
    "ppa_condition_montant_minimum": {"ppa_gain_activite": 200},
    "ppa_condition_ressources": {"ppa_montant_calcule": 200},
    "prepare_condition_reduction_activite": {"reduction_activite_parentale": "arret_complet"},
    "rennes_metropole_sortir_condition_ressources_ou_bourse": {"rennes_metropole_tarification_solidaire_ressources": 0},
    "rennes_metropole_sortir_condition_foyer_etudiant": {"rennes_metropole_tarification_solidaire_tranche_bourse": 1},
    "rennes_metropole_star_condition_foyer_etudiant": {"rennes_metropole_tarification_solidaire_tranche_bourse": 1},
    "rennes_metropole_star_condition_ressources_ou_bourse": {"rennes_metropole_tarification_solidaire_ressources": 0},
    "rennes_stationnement_resident_condition_ressources_ou_bourse": {"rennes_metropole_tarification_solidaire_ressources": 0},
    "taxe_fonciere_plafonnement_condition_montant": {"montant_taxe_fonciere": 100_000},
}

# The figure shown beside the condition is the same quantity as the one that the formula judges, under another name.
SHOWN_APART = {
    "aah_condition_ressources": "the amount left by the resources, computed part by part",
    "ars_condition_ressources": "the amount of OpenFisca-France, when there is a pupil",
    "ass_condition_ressources": "the same resources over the year",
    "ppa_condition_sejour": "a duration in words",
    "rsa_condition_sejour": "a duration in words",
    "bourse_criteres_sociaux_condition_age": "OpenFisca-France's own test of age",
    "cf_condition_nombre_enfants": "OpenFisca-France's own count of children",
    "cheque_energie_condition_revenu": "the same income by consumption unit, in the scale of amounts",
    "complementaire_sante_solidaire_condition_ressources": "css_cmu_base_ressources, of OpenFisca-France",
    "ppa_condition_ressources": "the mean of three months, when work brings enough to be paid",
    "rennes_stationnement_resident_condition_ressources_ou_bourse": "the resources of the demandeur, as for STAR",
    "rsa_condition_ressources": "what is left of the lump sum",
}
# Other rights count among the resources: without any income, an AAH or a minimum for old people may be above the ceiling.
COUNTS_OTHER_RIGHTS = frozenset(
    {
        "ame_condition_ressources",
        "asi_condition_ressources",
        "aspa_condition_ressources",
        "complementaire_sante_solidaire_condition_ressources",
        "ppa_condition_ressources",
        "rennes_metropole_sortir_condition_ressources_ou_bourse",
        "rennes_metropole_star_condition_ressources_ou_bourse",
        "rennes_stationnement_resident_condition_ressources_ou_bourse",
        "rsa_condition_ressources",
    }
)
# A figure of a year or of a quarter pays one cent a month only when it moves by as many; the housing allowance rounds resources.
COARSE = {"aide_logement_condition_ressources": 100.0}
NEAR = 0.13


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    drawn: list[list[dict[str, Any]]] = []

    @given(st.lists(households(), min_size=BATCH, max_size=BATCH))
    @settings(
        max_examples=BATCHES + 2, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,), database=None
    )  # the first draws are the simplest ones
    def draw(batch: list[dict[str, Any]]) -> None:
        drawn.append(batch)

    draw()
    return [document for batch in drawn[-BATCHES:] for document in batch]


@pytest.fixture(scope="module")
def engine(documents: list[dict[str, Any]]) -> Engine:
    return Engine([parse(document) for document in documents])


def paid(column: Array) -> Array:
    return np.round(column.astype(float), 2) > 0


def held(engine: Engine, card: Card) -> Array:
    """Which conditions hold for which rows: one line per condition."""
    return np.array([engine.values[condition.variable].astype(bool) for condition in card.conditions])


def alone(conditions: Array, at: int) -> Array:
    """The rows for whom one condition is the only one that does not hold."""
    return ~conditions[at] & np.delete(conditions, at, 0).all(0)


def read(engine: Engine, card: Card, condition: ConditionCard) -> bool:
    return card.variable in engine.downstream([condition.variable])


def test_more_than_two_hundred_households_are_drawn(documents: list[dict[str, Any]]) -> None:
    assert len(documents) >= 200


def test_to_forget_and_compute_again_changes_nothing(engine: Engine) -> None:
    for card in catalogue().values():
        with engine.forced({condition.variable: engine.values[condition.variable] for condition in card.conditions}):
            again = engine.ask(card.variable)
        np.testing.assert_allclose(again.astype(float), engine.values[card.variable].astype(float), atol=0.006, err_msg=card.id)


def test_the_amounts_that_keep_a_copy_of_a_condition_are_named(engine: Engine) -> None:
    assert {card.id for card, condition in PAIRS if not read(engine, card, condition)} == OWN_COPY


def test_to_break_any_condition_closes_the_benefit(engine: Engine) -> None:
    open_still = []
    for card, condition in PAIRS:
        if read(engine, card, condition):
            with engine.forced({condition.variable: np.zeros_like(engine.values[condition.variable])}):
                if paid(engine.ask(card.variable)).any():
                    open_still.append((card.id, condition.variable))
    assert open_still == []


def test_to_grant_the_only_condition_that_fails_opens_the_benefit(engine: Engine) -> None:
    closed_still = []
    for card in catalogue().values():
        conditions = held(engine, card)
        for at, condition in enumerate(card.conditions):
            rows = alone(conditions, at)
            if rows.any() and read(engine, card, condition) and condition.variable not in PAID_ON:
                with engine.forced({condition.variable: with_rows(engine.values[condition.variable], rows, True)}):
                    if not paid(engine.ask(card.variable))[rows].all():
                        closed_still.append((card.id, condition.variable))
    assert closed_still == []


def filled(name: str, value: Any, count: int) -> Array:
    """A column with one value, of the type of its variable."""
    variable, column = system().variables[name], np.full(count, value)
    encoded: Array = variable.possible_values.encode(column.astype(str)) if variable.value_type.__name__ == "Enum" else column
    return encoded


@pytest.mark.parametrize("name", PAID_ON)
def test_to_move_what_the_amount_is_paid_on_opens_the_benefit(engine: Engine, name: str) -> None:
    columns = {figure: filled(figure, value, len(engine.ask(figure))) for figure, value in PAID_ON[name].items()}
    for card in (card for card, condition in PAIRS if condition.variable == name):
        at = [condition.variable for condition in card.conditions].index(name)
        rows = alone(held(engine, card), at)
        with engine.forced(columns):
            now = engine.ask(name).astype(bool)
            others = np.array([engine.ask(each.variable).astype(bool) for each in card.conditions if each.variable != name])
            due = rows & now & (others.all(0) if len(others) else True)
            assert now[rows].all(), f"{card.id}: {list(columns)} do not move the condition"
            assert paid(engine.ask(card.variable))[due].all(), card.id


@pytest.mark.parametrize(
    ("card", "condition"), [pair for pair in PAIRS if pair[1].threshold], ids=lambda each: getattr(each, "id", None) or each.variable
)
def test_to_move_a_figure_past_its_threshold_makes_the_condition_hold(engine: Engine, card: Card, condition: ConditionCard) -> None:
    if condition.comparison == "equals" or condition.variable in SHOWN_APART:
        pytest.skip("no threshold to move past, or moved from outside")
    thresholds, stated = thresholds_of(engine, card, condition)
    column = shared_out(engine, card, condition, past(condition, thresholds))
    assert condition.observed is not None
    with engine.forced({condition.observed: column}):
        now = engine.ask(condition.variable).astype(bool)
    # A condition that is beyond any figure (nobody to look at) says so by having no threshold.
    assert now[stated].all(), (card.id, thresholds[stated & ~now][:3], column[:3])


def thresholds_of(engine: Engine, card: Card, condition: ConditionCard) -> tuple[Array, Array]:
    """The threshold of each row, and which rows have one."""
    entity, name = entity_of(card.variable), str(condition.threshold)
    rows = range(engine.situation.count(entity))
    if "." in name:
        values = np.full(len(rows), float(parameter_value(name, engine.month)))
    else:
        column = engine.values[name].astype(float)
        values = np.array([column[engine.situation.row_of(entity, row, entity_of(name))] for row in rows])
    # Below a ceiling of nothing (a dwelling for which nothing is paid, whatever the resources) there is nowhere to go.
    nowhere = (values <= 0) & (condition.comparison in ("at_most", "less_than"))
    return values, np.isfinite(values) & ~nowhere


def past(condition: ConditionCard, thresholds: Array) -> Array:
    """A value just on the side of each threshold where the condition holds."""
    observed = system().variables[condition.observed]
    upward = condition.comparison in ("at_least", "more_than")
    if observed.value_type is int:
        return {
            "at_least": np.ceil(thresholds),
            "more_than": np.floor(thresholds) + 1,
            "at_most": np.floor(thresholds),
            "less_than": np.ceil(thresholds) - 1,
        }[str(condition.comparison)]
    step = COARSE.get(condition.variable, np.maximum(NEAR, np.abs(thresholds) * 1e-6))
    return thresholds + step if upward else thresholds - step


def shared_out(engine: Engine, card: Card, condition: ConditionCard, values: Array) -> Array:
    """The column of the observed figure when each row of the benefit sees its value."""
    entity, name = entity_of(card.variable), str(condition.observed)
    situation, column = engine.situation, np.array(engine.values[name], dtype=float)
    for row, value in enumerate(values):
        if entity == entity_of(name) or entity_of(name) != "individu":
            column[situation.row_of(entity, row, entity_of(name))] = value
            continue
        members = [each for each in situation.members(entity, row)
                   if condition.among == "members" or situation.groups[entity].roles[each] in AMONG[condition.among]]  # fmt: skip
        for rank, member in enumerate(members):
            column[member] = value if condition.take != "sum" or rank == 0 else 0.0
    return column


def test_every_figure_of_a_reason_is_the_engines(engine: Engine, documents: list[dict[str, Any]]) -> None:
    situation = engine.situation
    wrong = []
    for household, report in enumerate(evaluate([parse(document) for document in documents[:10]])):
        rows = {situation.persons[row].id: row for row in situation.persons_of(household)}
        for benefit in report:
            card = catalogue()[benefit.id]
            for result in benefit.by_subject:
                row = situation.group_of(entity_of(card.variable), rows[result.subject])
                for reason, condition in zip(result.reasons, card.conditions, strict=False):
                    seen = figures(engine, card, condition, row)
                    for said, true in ((reason.observed, seen[0]), (reason.threshold, seen[1])):
                        if said is not None and said not in true:
                            wrong.append((benefit.id, reason.id, said, true))
                    if reason.holds is not None and reason.holds != bool(engine.values[condition.variable][row]):
                        wrong.append((benefit.id, reason.id, reason.holds, row))
    assert wrong == []


def figures(engine: Engine, card: Card, condition: ConditionCard, row: int) -> tuple[list[Any], list[Any]]:
    """What the engine holds for the figure of a condition, for those it may look at, and for its threshold."""
    situation, entity = engine.situation, entity_of(card.variable)
    observed: list[Any] = []
    if condition.observed:
        of, column = entity_of(condition.observed), engine.values[condition.observed]
        members = situation.members(entity, row) if of == "individu" else (situation.row_of(entity, row, of),)
        observed = [plain(column[member]) for member in members]
        observed += [plain(column[list(members)].sum())] if condition.take == "sum" else []
    if condition.threshold is None:
        return observed, []
    if "." in condition.threshold:
        return observed, [plain(parameter_value(condition.threshold, engine.month))]
    return observed, [plain(engine.values[condition.threshold][situation.row_of(entity, row, entity_of(condition.threshold))])]


# From outside: one thing told is moved, and everything is computed again


class Answers:
    """The amounts and the conditions of a batch, with the rows of each household by its first person."""

    def __init__(self, parsed: list[Household]) -> None:
        wanted = dict.fromkeys(("aide_logement_ressources_maximum",)) | dict.fromkeys(
            name for card in catalogue().values() for name in (card.variable, *(each.variable for each in card.conditions))
        )
        self.situation = lived.build(parsed, simulation.estimate_notices)
        self.values = simulation.run(self.situation, wanted)

    def rows(self, entity: str) -> dict[tuple[int, str], int]:
        built = self.situation
        owner = built.owner(entity)
        return {(int(owner[row]), built.persons[built.members(entity, row)[0]].id): row for row in range(built.count(entity))}

    def disagreements(self) -> Iterator[tuple[str, int, float]]:
        """Where an amount and its conditions do not say the same."""
        for card in catalogue().values():
            together = reduce(np.logical_and, [self.values[condition.variable].astype(bool) for condition in card.conditions])
            for row in np.flatnonzero(together != paid(self.values[card.variable])):
                yield card.id, int(self.situation.owner(entity_of(card.variable))[row]), float(self.values[card.variable][row])


def moved(documents: list[dict[str, Any]], move: Any) -> tuple[list[Household], list[dict[str, Any]]]:
    """The households of these documents after a move, without those that cannot exist."""
    parsed, kept = [], []
    for document in (other for each in documents for other in move(each)):
        try:
            parsed.append(parse(document))
            kept.append(document)
        except HouseholdError:
            continue
    return parsed, kept


def test_amounts_follow_their_conditions_whatever_one_thing_moves(documents: list[dict[str, Any]]) -> None:
    random = Random(len(str(documents)))
    parsed, kept = moved(documents, lambda document: random.sample(moved_one_by_one(document, random), DRAWS))
    wrong = []
    for start in range(0, len(parsed), 500):
        answers = Answers(parsed[start : start + 500])
        wrong += [(benefit, amount, kept[start + household]) for benefit, household, amount in answers.disagreements()]
    assert wrong == [], wrong[:2]


def test_a_resident_who_reaches_the_age_of_a_condition_meets_it(engine: Engine, documents: list[dict[str, Any]]) -> None:
    """The birthday of each person refused by an age, at most three of them for each condition, is moved to that age."""
    wanted: list[tuple[Card, ConditionCard, int, str, float]] = []
    parsed: list[Household] = []
    for card, condition in PAIRS:
        if condition.observed != "age" or condition.comparison in (None, "equals") or entity_of(card.variable) != "individu":
            continue
        thresholds, stated = thresholds_of(engine, card, condition)
        rows = np.flatnonzero(~engine.values[condition.variable].astype(bool) & stated)
        for row in rows[:3].tolist():
            person = engine.situation.persons[row]
            age = float(past(condition, thresholds)[row])
            try:
                parsed.append(parse(of_age(documents[int(engine.situation.person_household[row])], person.id, int(age))))
                wanted.append((card, condition, row, person.id, age))
            except HouseholdError:
                continue  # a child older than a parent
    answers = Answers(parsed)
    rows_of = answers.rows("individu")
    wrong = []
    for household, (card, condition, before, name, age) in enumerate(wanted):
        row = rows_of[household, name]
        if not answers.values[condition.variable][row]:
            wrong.append((card.id, condition.variable, age))
        others = [bool(answers.values[each.variable][row]) for each in card.conditions]
        if all(others) != bool(paid(answers.values[card.variable])[row]):
            wrong.append((card.id, "amount", age, before))
    assert len(wanted) > 60
    assert wrong == []


def test_a_household_without_income_meets_every_ceiling_of_resources(documents: list[dict[str, Any]]) -> None:
    """What is told of money goes to zero; conditions whose figure is shown apart are moved past their ceiling in this way."""
    answers = Answers([parse(without_income(document)) for document in documents])
    seen, wrong = 0, {}
    for card, condition in PAIRS:
        named = "ressources" in str(condition.observed) or "revenu" in str(condition.observed)
        if named and condition.comparison in ("at_most", "less_than") and condition.variable not in COUNTS_OTHER_RIGHTS:
            seen += 1
            now = answers.values[condition.variable].astype(bool)
            if condition.variable == "aide_logement_condition_ressources":
                now |= answers.values["aide_logement_ressources_maximum"] <= 0  # nothing is paid for that dwelling
                now |= answers.values[condition.observed] > 0  # a student without income is counted a flat one (R822-20 CCH)
            if not now.all():
                wrong[card.id, condition.variable] = int((~now).sum())
    assert seen > 20
    assert wrong == {}
