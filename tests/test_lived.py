"""The facts that the engine is given: notices, receipts, incomes of every month, for households told differently in one batch."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.households import households
from tznr_rules import simulation
from tznr_rules.absent import SOURCES
from tznr_rules.evaluation import evaluate
from tznr_rules.household import parse
from tznr_rules.lived import build
from tznr_rules.periods import months
from tznr_rules.situation import Situation
from tznr_rules.system import system

MONTH = "2026-11"
NADIA = {"id": "nadia", "date_naissance": "1985-05-12"}
PAUL = {"id": "paul", "lien": "conjoint", "date_naissance": "1984-01-20"}
LEA = {"id": "lea", "lien": "enfant", "date_naissance": "2004-10-15", "activite": "etudiant"}
PARENTAL = "bourse_criteres_sociaux_base_ressources_parentale"


def household(*people: dict[str, Any], date: str = MONTH, **facts: Any) -> dict[str, Any]:
    return {"date": date, "depcom": "35238", "personnes": list(people) or [NADIA], **facts}


def built(*documents: dict[str, Any]) -> Situation:
    return build([parse(document) for document in documents], simulation.estimate_notices)


def told(situation: Situation, name: str, period: str = MONTH) -> list[Any]:
    """The fact of each row, None where nobody told it."""
    values = situation.facts[name][period].tolist()
    mask = situation.known.get(name, {}).get(period)
    return values if mask is None else [value if known else None for value, known in zip(values, mask.tolist(), strict=True)]


def names(situation: Situation, variable: str) -> list[str]:
    encoded: Any = situation.facts[variable][MONTH]
    decoded: list[str] = encoded.decode_to_str().tolist()
    return decoded


def test_notices_of_several_years_given_and_missing_in_one_batch() -> None:
    situation = built(
        household(avis_imposition={2023: {"rfr": 8000, "nbptr": 1}, 2024: {"rfr": 9000}}),
        household(),
        household(avis_imposition={2024: {"rfr": 0, "nbptr": 1.5, "rbg": 100}, 2025: {"rfr": 5000}}),
    )
    assert told(situation, "rfr", "2023") == [8000, None, None]
    assert told(situation, "rfr", "2024") == [9000, None, 0]
    assert told(situation, "rfr", "2025") == [None, None, 5000]
    assert told(situation, "nbptr", "2024") == [None, None, 1.5]
    assert told(situation, "rni", "2024") == [9000, None, 0]
    assert told(situation, "rbg", "2024") == [9000, None, 100]


def test_the_notice_of_one_who_files_alone_is_theirs() -> None:
    situation = built(household(NADIA, PAUL | {"statut_marital": "celibataire", "avis_imposition": {2024: {"rfr": 7000}}}))
    assert told(situation, "rfr", "2024") == [None, 7000]


def test_two_who_filed_apart_and_are_now_one_tax_household_have_their_notices_added_up() -> None:
    own = {"avis_imposition": {2023: {"rfr": 1000}, 2024: {"rfr": 7000, "nbptr": 1}}}
    situation = built(household(NADIA | {"avis_imposition": {2024: {"rfr": 5000, "nbptr": 1}}}, PAUL | own))
    assert told(situation, "rfr", "2024") == [12_000]
    assert told(situation, "nbptr", "2024") == [2]
    assert told(situation, "rfr", "2023") == [1000]
    assert told(situation, "traitements_salaires_pensions_rentes", "2024") == [5000, 7000]
    said = built(household(NADIA, PAUL | own, avis_imposition={2024: {"rfr": 20_000, "nbptr": 2}}))
    assert told(said, "rfr", "2024") == [20_000]


def test_the_own_notice_of_a_student_is_not_that_of_the_parents_return() -> None:
    situation = built(household(NADIA, LEA | {"dans_foyer_fiscal": "nadia", "avis_imposition": {2024: {"rfr": 300}}}))
    assert "rfr" not in situation.facts


def test_a_fact_of_the_tax_household_under_its_own_name_is_what_was_said() -> None:
    situation = built(household(foyer_fiscal={"rfr": 4000}, avis_imposition={2024: {"rfr": 9000}}))
    assert told(situation, "rfr", "2024") == [4000]


def test_receipts_as_a_number_a_mapping_zero_and_unknown() -> None:
    situation = built(
        household(recus={"rsa": 300}),
        household(recus={"rsa": {"2026-08": 100, "2026-09": 0}}),
        household(recus={"rsa": 0}),
        household(),
    )
    assert [float(value) for value in told(situation, "rsa", "2026-10")] == [300, 0, 0, 0]
    assert [float(value) for value in told(situation, "rsa", "2026-08")] == [300, 100, 0, 0]
    assert [float(value) for value in told(situation, "rsa", "2023-01")] == [300, 100, 0, 0]
    assert situation.unknown_receipts["rsa"].tolist() == [False, False, False, True]
    assert MONTH not in situation.facts["rsa"], "the month asked about is computed"


def test_receipts_are_those_of_the_family_or_of_the_person_who_says_so() -> None:
    mother = {"id": "mere", "lien": "autre", "date_naissance": "1950-02-02", "recus": {"rsa": 50, "aah": 10}}
    situation = built(household(NADIA, mother, recus={"rsa": 300}))
    assert [float(value) for value in told(situation, "rsa", "2026-10")] == [300, 50]
    assert [float(value) for value in told(situation, "aah", "2026-10")] == [0, 10]
    assert situation.unknown_receipts["aah"].tolist() == [True, False]


def test_net_receipts_are_grossed_up_only_where_a_contribution_was_taken() -> None:
    crds = float(system().get_parameters_at_instant(MONTH).prelevements_sociaux.contributions_sociales.crds)
    situation = built(household(recus={"af": 150, "rsa": 300, "paje_base": {"2026-10": 190}}))
    assert told(situation, "af", "2026-10") == [pytest.approx(150 / (1 - crds))]
    assert told(situation, "paje_base", "2026-09") == [pytest.approx(190 / (1 - crds))]
    assert told(situation, "rsa", "2026-10") == [300]


def wages(**facts: Any) -> dict[str, float]:
    situation = built(household(NADIA | facts))
    return {name: situation.facts[name][MONTH][0] for name in ("salaire_net", "salaire_imposable", "salaire_de_base")}


def test_every_reading_of_a_wage_gives_the_others() -> None:
    net = wages(salaire_net=1500)
    assert net["salaire_net"] < net["salaire_imposable"] < net["salaire_de_base"]
    for name in ("salaire_imposable", "salaire_de_base"):
        again = wages(**{name: float(net[name])})
        assert again == pytest.approx(net, abs=1.0), name
    assert wages(salaire_net=1500, salaire_de_base=1900)["salaire_de_base"] == 1900
    assert wages(salaire_net=1500, salaire_de_base=1900)["salaire_net"] == 1500


def test_a_public_servant_and_an_apprentice_pay_other_contributions() -> None:
    private, apprentice = wages(salaire_net=1000), wages(salaire_net=1000, apprenti=True)
    assert apprentice["salaire_de_base"] < private["salaire_de_base"]
    assert wages(salaire_net=1000, apprentissage_contrat_debut="2026-09-01") == pytest.approx(apprentice)
    assert wages(salaire_net=1000, apprentissage_contrat_debut="2026-12-01") == pytest.approx(private)
    public = built(household(NADIA | {"salaire_net": 1800, "categorie_salarie": "public_titulaire_etat"}))
    assert public.facts["traitement_indiciaire_brut"][MONTH][0] > 1800
    assert public.facts["salaire_de_base"][MONTH][0] == 0


def test_two_gross_readings_in_one_batch_do_not_hide_one_another() -> None:
    servant = {"categorie_salarie": "public_titulaire_etat"}
    one, other = NADIA | servant | {"traitement_indiciaire_brut": 2100}, NADIA | servant | {"salaire_de_base": 2000}
    together = built(household(one), household(other)).facts["salaire_net"][MONTH]
    alone = [built(household(each)).facts["salaire_net"][MONTH][0] for each in (one, other)]
    assert together.tolist() == pytest.approx(alone)
    assert min(alone) > 0


def test_no_pay_is_no_pay_whatever_the_others_of_the_batch_earn() -> None:
    servant = NADIA | {"categorie_salarie": "public_titulaire_etat"}
    together = built(household(servant | {"salaire_de_base": 0}), household(servant | {"salaire_de_base": 2500}))
    assert together.facts["salaire_net"][MONTH][0] == together.facts["salaire_imposable"][MONTH][0] == 0


def test_a_pension_or_an_unemployment_benefit_given_gross() -> None:
    for kind, net in (("retraite", "retraite_nette"), ("chomage", "chomage_net")):
        document = household(NADIA | {net: 1300}, avis_imposition={2024: {"rfr": 15_000, "nbptr": 1}})
        gross = float(built(document).facts[f"{kind}_brut{'e' if kind == 'retraite' else ''}"][MONTH][0])
        given_gross = household(
            NADIA | {f"{kind}_brut{'e' if kind == 'retraite' else ''}": gross}, avis_imposition={2024: {"rfr": 15_000, "nbptr": 1}}
        )
        assert built(given_gross).facts[net][MONTH][0] == pytest.approx(1300, abs=0.05)


def test_months_with_gaps_years_and_months_after_the_one_asked_about() -> None:
    person = NADIA | {"salaire_net": {"2024": 12_000, "2026-09": 500, "2026-10": 0}, "chomage_net": {"2026-12": 900}}
    situation = built(household(person))
    series = {month: float(situation.facts["salaire_net"][month][0]) for month in months(MONTH)}
    assert series["2023-01"] == series["2024-06"] == series["2025-10"] == 1000
    assert series["2026-08"] == series["2026-09"] == 500
    assert series["2026-10"] == series["2026-12"] == 0
    assert situation.facts["chomage_net"]["2026-12"][0] == 900


@pytest.mark.parametrize(("date", "first", "last"), [("2026-01", "2023-01", "2026-12"), ("2024-01", "2021-01", "2024-12")])
def test_a_question_asked_in_january_looks_three_years_back(date: str, first: str, last: str) -> None:
    situation = built(household(NADIA | {"salaire_net": 900}, date=date, recus={"rsa": 10}))
    assert (min(situation.facts["salaire_net"]), max(situation.facts["salaire_net"])) == (first, last)
    assert max(situation.facts["rsa"]) < date


def parents_income(*people: dict[str, Any], **facts: Any) -> list[float | None]:
    situation = built(household(*people, **facts))
    if PARENTAL not in situation.facts:
        return [None] * len(people)
    mask = situation.told[PARENTAL].tolist()
    return [value if known else None for value, known in zip(situation.facts[PARENTAL][situation.month].tolist(), mask, strict=True)]


def test_the_income_of_the_parents_is_that_of_every_parent_in_the_year_of_the_grant() -> None:
    notice: dict[str, Any] = {"avis_imposition": {2024: {"rfr": 9000, "rbg": 10_000}}}
    assert parents_income(NADIA, LEA, **notice) == [None, 10_000]
    assert parents_income(NADIA, LEA, date="2027-03", **notice) == [None, 10_000], "the school year began in 2026"
    assert parents_income(NADIA, LEA, date="2026-08", **notice) == [None, None]
    apart = PAUL | {"statut_marital": "celibataire"}
    assert parents_income(NADIA, apart, LEA, **notice) == [None, None, None], "the other parent's notice is not known"
    assert parents_income(NADIA, apart | {"avis_imposition": {2024: {"rfr": 500}}}, LEA, **notice) == [None, None, 10_500]
    sister = {"id": "soeur", "lien": "autre", "date_naissance": "1980-01-01"}
    assert parents_income(NADIA, sister, LEA | {"dans_famille": "soeur"}, **notice) == [None, None, None]
    assert parents_income(NADIA, LEA | {"salaire_net": 1500}, **notice) == [None, 10_000], "a student who left is still their child"


def test_a_student_has_a_school_and_an_establishment() -> None:
    situation = built(household(NADIA, LEA), household(NADIA | {"scolarite": "lycee"}))
    schools = names(situation, "scolarite")
    assert schools == ["inconnue", "enseignement_superieur", "lycee"]
    assert names(situation, "statuts_etablissement_scolaire") == ["inconnu", "public", "inconnu"]


def test_a_marital_status_told_by_one_leaves_the_others_theirs() -> None:
    situation = built(household(NADIA, PAUL), household(NADIA, PAUL | {"statut_marital": "celibataire"}))
    statuses = names(situation, "statut_marital")
    assert statuses == ["pacse", "pacse", "celibataire", "celibataire"]
    assert "statut_marital" not in situation.known


def documents() -> Iterator[dict[str, Any]]:
    flat: dict[str, Any] = {"logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420}}
    yield household(NADIA | {"salaire_net": 900}, PAUL, **flat)
    yield household(NADIA, PAUL | {"statut_marital": "celibataire", "rpns_micro_entreprise_benefice": 9000}, **flat)
    yield household(NADIA | {"rpns_auto_entrepreneur_benefice": 300}, **flat, avis_imposition={2024: {"rfr": 3000}})
    yield household(NADIA | {"retraite_nette": 700, "date_naissance": "1955-01-01"}, **flat, recus={"aspa": {"2026-10": 200}})


def test_households_told_differently_are_the_same_alone_and_in_a_batch() -> None:
    parsed = [parse(document) for document in documents()]
    for single, report in zip(parsed, evaluate(parsed), strict=True):
        assert evaluate([single])[0] == report


@given(st.lists(households(), min_size=12, max_size=12))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_what_a_household_lived_is_the_same_alone_and_in_a_batch(documents: list[dict[str, Any]]) -> None:
    together = built(*documents)
    for index, document in enumerate(documents):
        alone = built(document)
        for name, columns in alone.facts.items():
            variable = system().variables[name]
            if name in SOURCES and name not in together.facts:  # left to its formula: somebody else told what it may come from
                assert not np.any(list(columns.values()))
                continue
            rows = together.owner(variable.entity.key) == index
            for period, values in columns.items():
                known = alone.known.get(name, {}).get(period, np.ones(len(values), dtype=bool))
                in_batch, by_itself = (np.asarray(each).astype(variable.dtype) for each in (together.facts[name][period][rows], values))
                assert (in_batch[known] == by_itself[known]).all(), (name, period)
        for name, unknown in alone.unknown_receipts.items():
            rows = together.owner(system().variables[name].entity.key) == index
            assert (together.unknown_receipts[name][rows] == unknown).all(), name


def test_two_incomes_told_of_which_one_stops_are_read_without_the_others() -> None:
    """Where only the gross amount is told, it gives the net one, whatever the others of the batch told."""
    both = household(NADIA | {"chomage_brut": 1500, "chomage_imposable": {"2025": 16_000, "2026": 0}})
    other = household(PAUL | {"lien": "demandeur", "chomage_imposable": 900})
    assert told(built(both), "chomage_net")[0] == told(built(both, other), "chomage_net")[0] > 0


@given(st.lists(households(), min_size=12, max_size=12))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_fact_is_a_number_for_everyone(documents: list[dict[str, Any]]) -> None:
    situation = built(*documents)
    for name, columns in situation.facts.items():
        count = situation.count(system().variables[name].entity.key)
        for period, values in columns.items():
            assert len(values) == count, (name, period)
            if values.dtype.kind == "f":
                assert np.isfinite(values).all(), (name, period)
                assert (values >= 0).all() or name.startswith("rpns_"), (name, period)
