"""The description of a household: what is accepted, how it is written, and every problem of what is not."""

import copy
import datetime
import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tznr_rules import facts
from tznr_rules.errors import HouseholdError, Problem, Problems
from tznr_rules.household import Household, Person, declared, json_schema, parse, read
from tznr_rules.system import system

CONTRACT = """
date: 2026-11
depcom: "35238"
iris: "352380502"
logement:
  statut_occupation_logement: locataire_hlm
  loyer: 420
  charges_locatives: 60
personnes:
  - id: nadia
    lien: demandeur
    date_naissance: 1990-05-12
    activite: actif
    salaire_net: 850
    chomage_net: {2026-08: 400, 2026-09: 0}
    recus: {aah: 0}
  - id: lea
    lien: enfant
    date_naissance: 2018-03-02
avis_imposition:
  2024: {rfr: 9200, nbptr: 2}
recus: {aide_logement: 271, rsa: 0}
"""

ADULT = {"date_naissance": "1990-05-12"}
PARTNER = {"lien": "conjoint", "date_naissance": "1988-01-30"}

KINDS: dict[str, dict[str, Any]] = {
    "couple": {"personnes": [{**ADULT, "salaire_net": 1400, "statut_marital": "pacse"}, {**PARTNER, "chomage_net": 700}]},
    "lone parent": {
        "famille": {"rsa_isolement_recent": "oui"},
        "personnes": [{**ADULT, "pensions_alimentaires_percues": 150}, {"lien": "enfant", "date_naissance": "2024-02-01"}],
    },
    "children of every age": {
        "personnes": [ADULT, PARTNER, *({"lien": "enfant", "date_naissance": f"{year}-06-15"} for year in range(2007, 2027))]
    },
    "shared custody": {
        "personnes": [ADULT, {"lien": "enfant", "date_naissance": "2016-09-01", "garde_alternee": True, "scolarite": "primaire"}]
    },
    "adult child still at home": {
        "personnes": [
            {"date_naissance": "1970-01-01", "salaire_net": 1600},
            {"lien": "enfant", "date_naissance": "2003-01-01", "salaire_net": 1200, "dans_foyer_fiscal": "fils"},
        ]
    },
    "hosted parent": {
        "personnes": [
            ADULT,
            {"lien": "autre", "date_naissance": "1948-03-03", "retraite_nette": 700, "avis_imposition": {2024: {"rfr": 8000, "nbptr": 1}}},
        ]
    },
    "flat share": {
        "logement": {"statut_occupation_logement": "locataire_vide", "loyer": 700, "coloc": True},
        "personnes": [ADULT, {"lien": "autre", "date_naissance": "1992-12-01", "salaire_net": 1100, "recus": {"ppa": 120}}],
    },
    "hosted sister and her son": {
        "personnes": [
            ADULT,
            {"lien": "autre", "date_naissance": "1995-01-01", "dans_famille": "soeur"},
            {"lien": "enfant", "date_naissance": "2020-01-01", "dans_famille": "soeur"},
        ]
    },
    "pregnant woman": {"personnes": [{**ADULT, "enceinte": {"2026-06": True}}, {"lien": "enfant", "date_naissance": "2027-02-10"}]},
    "student": {
        "logement": {"statut_occupation_logement": "locataire_meuble", "logement_crous": "oui", "loyer": 290},
        "personnes": [
            {
                "date_naissance": "2006-04-01",
                "activite": "etudiant",
                "scolarite": "enseignement_superieur",
                "bourse_criteres_sociaux_base_ressources_parentale": 140000,
                "annee_etude": "licence_2",
            }
        ],
    },
    "self-employed": {
        "personnes": [
            {**ADULT, "rpns_auto_entrepreneur_benefice": {"2025": 7200}, "activite": "actif"},
            {**PARTNER, "rpns_autres_revenus": {2024: -3000, 2025: 5000}, "rpns_micro_entreprise_benefice": 4000},
        ]
    },
    "retired couple": {
        "personnes": [
            {"date_naissance": "1950-05-12", "retraite_nette": 600, "inapte_travail": True, "activite": "retraite"},
            {"lien": "conjoint", "date_naissance": "1952-05-12", "retraite_nette": 350},
        ]
    },
    "disabled person": {
        "personnes": [
            {
                **ADULT,
                "handicap": True,
                "taux_incapacite": 0.8,
                "aah_restriction_substantielle_durable_acces_emploi": "non",
                "recus": {"aah": 900},
            }
        ]
    },
    "disabled child": {
        "personnes": [ADULT, {"lien": "enfant", "date_naissance": "2015-01-01", "aeeh_niveau_handicap": 3, "taux_incapacite": 0.5}]
    },
    "homeowner": {"logement": {"statut_occupation_logement": "primo_accedant", "loyer": 640}, "personnes": [ADULT]},
    "without a home": {"logement": {"statut_occupation_logement": "sans_domicile"}, "personnes": [{**ADULT, "salaire_net": 0}]},
    "apprentice": {"personnes": [{"date_naissance": "2007-01-01", "alternant": True, "apprentissage_contrat_debut": "2025-09-01"}]},
}


def described(*persons: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A household at November 2026 of an adult, or of the persons given."""
    return {"date": "2026-11", "personnes": list(persons or (ADULT,)), **fields}


def problems(document: Any) -> tuple[Problem, ...]:
    with pytest.raises(HouseholdError) as raised:
        parse(document)
    return raised.value.problems


def problem(document: Any) -> Problem:
    (only,) = problems(document)
    return only


class TestAccepted:
    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_of_household_is_described(self, kind: str) -> None:
        document = {"date": "2026-11", "depcom": "35238", **KINDS[kind]}
        before = copy.deepcopy(document)
        household = parse(document)
        assert len(household.personnes) == len(document["personnes"])
        assert document == before, "the document given is left as it is"
        assert parse(household.document()) == household
        assert parse(json.loads(json.dumps(household.document()))) == household
        assert Household(**document) == household

    def test_the_example_of_the_contract(self) -> None:
        household = parse(read(io.StringIO(CONTRACT)))
        nadia, lea = household.personnes
        assert (household.date, household.depcom, household.iris, household.quartier) == ("2026-11", "35238", "352380502", None)
        assert (nadia.id, nadia.lien, nadia.date_naissance) == ("nadia", "demandeur", datetime.date(1990, 5, 12))
        assert nadia.facts == {"activite": "actif", "salaire_net": 850.0, "chomage_net": {"2026-08": 400.0, "2026-09": 0.0}}
        assert nadia.recus == {"aah": 0.0}
        assert (lea.lien, lea.facts, lea.recus, lea.avis_imposition) == ("enfant", {}, {}, {})
        assert (household.avis_imposition[2024].rfr, household.avis_imposition[2024].nbptr) == (9200, 2)
        assert household.recus == {"aide_logement": 271.0, "rsa": 0.0}
        assert household.logement == {"statut_occupation_logement": "locataire_hlm", "loyer": 420.0, "charges_locatives": 60.0}
        assert (household.famille, household.foyer_fiscal) == ({}, {})

    def test_only_a_date_of_birth_is_required(self) -> None:
        household = parse({"personnes": [ADULT]})
        assert household.date == f"{datetime.date.today():%Y-%m}"
        assert (household.personnes[0].id, household.personnes[0].lien) == ("personne_1", "demandeur")

    def test_missing_is_not_zero(self) -> None:
        person = {**ADULT, "salaire_net": None, "chomage_net": "", "retraite_nette": {"2026-01": None}, "recus": None, "lien": ""}
        household = parse(described(person, depcom=None, logement={"loyer": None}, recus={"rsa": None}, avis_imposition={2024: None}))
        assert household == parse(described())

    def test_models_may_be_given(self) -> None:
        household = Household(
            date=datetime.date(2026, 11, 5), personnes=[Person(**ADULT, salaire_net=850), Person(**PARTNER)], logement={"loyer": 400}
        )
        assert household.personnes[0].lien == "demandeur"
        assert household == parse(described({**ADULT, "salaire_net": 850}, PARTNER, logement={"loyer": 400}))
        assert parse(household) is household
        again = parse({**household.document(), "date": "2026-12", "avis_imposition": {2024: {"rfr": 1}}})
        assert parse({**dict(household), "date": "2026-12", "avis_imposition": again.avis_imposition}) == again

    def test_a_household_is_frozen_and_travels_between_processes(self) -> None:
        household = parse(described({**ADULT, "salaire_net": {"2026": 12000}}))
        with pytest.raises(ValueError, match="frozen"):
            household.date = "2026-12"  # type: ignore[misc]
        with pytest.raises(ValueError, match="frozen"):
            household.personnes[0].salaire_net = 3  # type: ignore[misc]
        assert pickle.loads(pickle.dumps(household)) == household
        with pytest.raises(HouseholdError) as raised:
            parse({})
        assert pickle.loads(pickle.dumps(raised.value)).problems == raised.value.problems

    def test_a_value_that_was_met_is_not_taken_for_an_equal_one_of_another_type(self) -> None:
        for _ in range(2):
            known = parse(described({**ADULT, "salaire_net": 1, "enceinte": 1})).personnes[0]
            assert (repr(known.salaire_net), known.enceinte) == ("1.0", True)
            assert problem(described({**ADULT, "salaire_net": True})).code == "not_a_number"
            assert problem(described({**ADULT, "enceinte": "1.0"})).code == "not_a_boolean"

    def test_the_values_that_are_remembered_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(facts, "MOST_REMEMBERED", 3)
        remembered = facts.Checked(lambda name: facts.number if name == "loyer" else None)
        for rent in (*range(8), 7):
            assert remembered.read({"loyer": rent}, lambda name, value: pytest.fail(name)) == {"loyer": rent}
        assert len(remembered) <= 3
        assert remembered.read({"loyer": "x", "coloc": 1, "iris": [1]}, lambda name, value: None) == {}

    def test_two_ways_of_saying_the_same_thing_give_the_same_document(self) -> None:
        one = described({"salaire_net": 850, "enceinte": "oui", "id": 7, **ADULT}, date=datetime.date(2026, 11, 30), depcom=35238)
        other = described({**ADULT, "id": "7", "enceinte": True, "salaire_net": 850.0}, date="2026-11-01", depcom=" 35238 ")
        assert json.dumps(parse(one).document()) == json.dumps(parse(other).document())

    def test_other_openfisca_variables_are_accepted_where_their_entity_is(self) -> None:
        household = parse(
            described(
                {**ADULT, "indemnites_journalieres_maladie": 20, "service_civique": "non", "rsa_base_ressources_individu": -5},
                logement={"participation_frais": True},
                famille={"asile_demandeur": "non", "rsa_base_ressources": {"2026-10": 300}},
                foyer_fiscal={"f4ba": 1200, "rni": {2024: -50}},
            )
        )
        assert household.personnes[0].facts["service_civique"] is False
        assert household.personnes[0].facts["rsa_base_ressources_individu"] == -5
        assert household.famille == {"asile_demandeur": False, "rsa_base_ressources": {"2026-10": 300.0}}
        assert household.foyer_fiscal == {"f4ba": 1200, "rni": {"2024": -50.0}}

    def test_a_birth_to_come(self) -> None:
        assert parse(described(ADULT, {"lien": "enfant", "date_naissance": "2027-08-31"})).personnes[1].date_naissance.year == 2027

    def test_the_commune_is_known_from_the_iris(self) -> None:
        assert parse(described(iris=352380502)).depcom == "35238"
        assert parse(described(iris="751010101", depcom="75056")).depcom == "75056"

    @pytest.mark.parametrize("code", ["35238", 35238, "2A004", "97411", "98818", "75101", "01001"])
    def test_communes(self, code: Any) -> None:
        assert parse(described(depcom=code)).depcom == str(code)

    def test_the_quarter_is_written_as_an_identifier(self) -> None:
        assert parse(described(quartier="Maurepas - Bellangerais")).quartier == "maurepas_bellangerais"

    def test_numpy_values_are_values(self) -> None:
        person = {**ADULT, "salaire_net": np.float64(850), "aeeh_niveau_handicap": np.int64(3), "enceinte": np.bool_(True)}
        assert parse(described(person)).personnes[0].facts == {"salaire_net": 850.0, "aeeh_niveau_handicap": 3, "enceinte": True}


class TestPeriods:
    def facts(self, **given: Any) -> dict[str, Any]:
        return parse(described({**ADULT, **given})).personnes[0].facts

    def test_the_amount_of_a_year_is_shared_between_its_months(self) -> None:
        assert self.facts(salaire_net={2025: 12000})["salaire_net"] == {f"2025-{month:02d}": 1000.0 for month in range(1, 13)}

    def test_what_is_not_an_amount_holds_in_each_month_of_the_year(self) -> None:
        assert self.facts(activite={"2025": "chomeur"})["activite"] == {f"2025-{month:02d}": "chomeur" for month in range(1, 13)}
        assert set(self.facts(taux_incapacite={"2025": 0.8})["taux_incapacite"].values()) == {0.8}
        yearly = "bourse_criteres_sociaux_base_ressources_parentale"
        assert set(self.facts(**{yearly: {2025: 24000}})[yearly].values()) == {24000.0}

    def test_a_large_amount_under_its_year(self) -> None:
        assert self.facts(salaire_net={2025: 120_000})["salaire_net"]["2025-01"] == 10_000

    def test_what_is_known_by_the_year_keeps_its_years(self) -> None:
        assert self.facts(rpns_autres_revenus={2024: -3000, "2025": 5000})["rpns_autres_revenus"] == {"2024": -3000.0, "2025": 5000.0}

    def test_keys_are_written_in_one_way(self) -> None:
        assert self.facts(salaire_net={datetime.date(2026, 8, 1): 1, "2026-09-01": 2, "2026-10": 3})["salaire_net"] == {
            "2026-08": 1.0, "2026-09": 2.0, "2026-10": 3.0,
        }  # fmt: skip

    def test_what_never_changes_takes_one_value(self) -> None:
        assert self.facts(sortie_academie="oui")["sortie_academie"] is True
        found = problem(described({**ADULT, "sortie_academie": {"2026-01": True}}))
        assert (found.path, found.code) == ("personnes[0].sortie_academie", "wrong_period")

    @pytest.mark.parametrize(
        ("given", "key", "code", "fix"),
        [
            ({"2026-13": 1}, "2026-13", "not_a_period", "2026-08"),
            ({"08/2026": 1}, "08/2026", "not_a_period", "Write '2026-08'."),
            ({"2026-8": 1}, "2026-8", "not_a_period", "Write '2026-08'."),
            ({202608: 1}, "202608", "not_a_period", "Write '2026-08'."),
            ({"août": 1}, "août", "not_a_period", "2026-08"),
            ({True: 1}, "true", "not_a_period", "2026-08"),
            ({"2026-08": 1, datetime.date(2026, 8, 1): 2}, "2026-08-01", "period_twice", "Keep one"),
            ({2026: 1, "2026-08": 2}, "2026-08", "period_twice", "Keep one"),
            ({2026: 1, "2026": 2}, "2026", "period_twice", "Keep one"),
        ],
    )
    def test_wrong_periods(self, given: Any, key: str, code: str, fix: str) -> None:
        found = problem(described({**ADULT, "salaire_net": given}))
        assert (found.path, found.code) == (f"personnes[0].salaire_net.{key}", code)
        assert fix in found.fix

    def test_a_month_for_what_is_known_by_the_year(self) -> None:
        found = problem(described({**ADULT, "rpns_autres_revenus": {"2025-01": 3}}))
        assert (found.path, found.code) == ("personnes[0].rpns_autres_revenus.2025-01", "wrong_period")
        assert "{2025: ...}" in found.fix


WRONG_FACTS: list[Any] = [
    ("salaire_net", -850, "negative", "Write 850"),
    ("salaire_net", float("nan"), "not_finite", "null"),
    ("salaire_net", float("inf"), "not_finite", "null"),
    ("salaire_net", True, "not_a_number", "0 if there is none"),
    ("salaire_net", "850 €", "not_a_number", "Write 850."),
    ("salaire_net", "1 200,50", "not_a_number", "Write 1200.5."),
    ("salaire_net", "1200.50", "not_a_number", "Write 1200.5."),
    ("salaire_net", "beaucoup", "not_a_number", "for example 850"),
    ("salaire_net", [850], "not_a_number", "for example 850"),
    ("salaire_net", 120_000, "yearly_amount", "{2025: 120000}"),
    pytest.param("salaire_net", 10**5000, "too_large", "digits", id="a number of thousands of digits"),
    ("retraite_nette", -1, "negative", "Write 1"),
    ("pensions_alimentaires_versees_individu", -100, "negative", "Write 100"),
    ("activite", "etudient", "unknown_value", "'etudiant'"),
    ("activite", "Étudiant", "unknown_value", "'etudiant'"),
    ("activite", "salarié", "unknown_value", "'actif'"),
    ("activite", True, "unknown_value", ""),
    ("enceinte", "peut-être", "not_a_boolean", ""),
    ("enceinte", 2, "not_a_boolean", ""),
    ("taux_incapacite", 80, "out_of_range", "Write 0.8"),
    ("aeeh_niveau_handicap", 7, "out_of_range", ""),
    ("aeeh_niveau_handicap", 1.5, "not_whole", "Write 2."),
    ("apprentissage_contrat_debut", "01/09/2025", "not_a_date", "Write 2025-09-01."),
    ("apprentissage_contrat_debut", "2025-02-30", "not_a_date", "month and the day"),
    ("nationalite", "française", "not_a_country", "'FR'"),
    ("nationalite", False, "not_a_country", "'FR'"),
    ("code_postal_entreprise", 35000, "not_a_text", "quotes"),
]


class TestWrongFacts:
    @pytest.mark.parametrize(("name", "value", "code", "fix"), WRONG_FACTS)
    def test_a_wrong_value_is_told_with_its_mend(self, name: str, value: Any, code: str, fix: str) -> None:
        found = problem(described({**ADULT, name: value}))
        assert (found.path, found.code) == (f"personnes[0].{name}", code)
        assert fix in found.fix
        assert str(found).startswith(f"personnes[0].{name}: ")

    def test_accepted_values_are_listed(self) -> None:
        assert problem(described({**ADULT, "activite": "boulot"})).expected == "Accepted: actif, chomeur, etudiant, retraite, inactif."

    def test_losses_of_the_self_employed_are_negative(self) -> None:
        assert parse(described({**ADULT, "rpns_autres_revenus": -3000})).personnes[0].facts == {"rpns_autres_revenus": -3000.0}

    @pytest.mark.parametrize(
        ("document", "path", "code", "fix"),
        [
            (described({**ADULT, "salarie_net": 850}), "personnes[0].salarie_net", "unknown_field", "Did you mean 'salaire_net'?"),
            (described({**ADULT, "qqqqqqqqq": 850}), "personnes[0].qqqqqqqqq", "unknown_field", "OpenFisca-France variable"),
            (described({**ADULT, 12: 850}), "personnes[0].12", "unknown_field", ""),
            (described({**ADULT, "loyer": 400}), "personnes[0].loyer", "misplaced", "Move it to logement.loyer."),
            (described({**ADULT, "loyers": 400}), "personnes[0].loyers", "unknown_field", "'logement.loyer'"),
            (described({**ADULT, "depcom": "35238"}), "personnes[0].depcom", "misplaced", "top of the document: depcom"),
            (described({**ADULT, "rsa": 400}), "personnes[0].rsa", "misplaced", "under recus.rsa"),
            (described(famille={"aah": 400}), "famille.aah", "misplaced", "under personnes[].recus.aah"),
            (described({**ADULT, "af": 400}), "personnes[0].af", "misplaced", "under recus.af"),
            (described(famille={"depart_18_25": 200}), "famille.depart_18_25", "misplaced", "under personnes[].recus.depart_18_25"),
            (described({**ADULT, "rfr": 400}), "personnes[0].rfr", "misplaced", "foyer_fiscal.rfr"),
            (described(logement={"salaire_net": 1}), "logement.salaire_net", "misplaced", "personnes[].salaire_net"),
            (described(logement={"depcom": "35238"}), "logement.depcom", "misplaced", "top of the document: depcom"),
            (described(logement={"loier": 1}), "logement.loier", "unknown_field", "'loyer'"),
            (described(famille={"enceinte": True}), "famille.enceinte", "misplaced", "personnes[].enceinte"),
            (described(foyer_fiscal={"loyer": 1}), "foyer_fiscal.loyer", "misplaced", "logement.loyer"),
            (described(loyer=400), "loyer", "misplaced", "logement.loyer"),
            (described(salaire_net=400), "salaire_net", "misplaced", "personnes[].salaire_net"),
            (described(commune="Rennes"), "commune", "unknown_field", "'depcom'"),
            (described(personne=[]), "personne", "unknown_field", "'personnes'"),
            (described(age=36), "age", "unknown_field", "'personnes[].date_naissance'"),
            (described(logement={"loyer": -1}), "logement.loyer", "negative", "Write 1"),
            (described(logement={"statut_occupation_logement": "Locataire HLM"}), "logement.statut_occupation_logement", "unknown_value",
             "'locataire_hlm'"),
            (described(logement={"statut_occupation_logement": "SDF"}), "logement.statut_occupation_logement", "unknown_value",
             "'sans_domicile'"),
            (described(logement="HLM"), "logement", "not_a_mapping", "{loyer: 420}"),
        ],
    )  # fmt: skip
    def test_unknown_and_misplaced_names(self, document: Any, path: str, code: str, fix: str) -> None:
        found = problem(document)
        assert (found.path, found.code) == (path, code)
        assert fix in found.fix


class TestReceived:
    def test_ids_of_the_catalogue_and_openfisca_names(self) -> None:
        household = parse(described(recus={"rsa": {"2026-09": 300, 2025: 1200}, "aide_logement": 271, "paje_prepare": 0}))
        assert household.recus["rsa"] == {"2026-09": 300.0, **{f"2025-{month:02d}": 100.0 for month in range(1, 13)}}
        assert household.recus["paje_prepare"] == 0

    def test_a_right_is_received_or_not(self) -> None:
        assert parse(described(recus={"complementaire_sante_solidaire": "oui"})).recus == {"complementaire_sante_solidaire": 1}
        assert parse(described(recus={"complementaire_sante_solidaire": False})).recus == {"complementaire_sante_solidaire": 0}

    def test_an_individual_benefit_said_of_the_household(self) -> None:
        alone = parse(described(recus={"aah": 500}))
        assert (alone.recus, alone.personnes[0].recus) == ({}, {"aah": 500.0})
        nobody = parse(described(ADULT, {**PARTNER, "recus": {"ass": 100}}, recus={"aah": 0, "ass": 0}))
        assert [person.recus for person in nobody.personnes] == [{"aah": 0.0, "ass": 0.0}, {"aah": 0.0, "ass": 100.0}]
        found = problem(described(ADULT, PARTNER, recus={"aah": 500}))
        assert (found.path, found.code) == ("recus.aah", "whose")
        assert "personnes[0].recus.aah" in found.fix

    @pytest.mark.parametrize(
        ("given", "path", "code", "fix"),
        [
            ({"rsaa": 1}, "recus.rsaa", "unknown_benefit", "'rsa'"),
            ({"apl": 1}, "recus.apl", "unknown_benefit", "'aide_logement'"),
            ({"ppa_nette_crds": 1}, "recus.ppa_nette_crds", "unknown_benefit", "'ppa'"),
            ({"qqqqqqqq": 1}, "recus.qqqqqqqq", "unknown_benefit", "tznr-rules benefits"),
            ({3: 1}, "recus.3", "unknown_benefit", "tznr-rules benefits"),
            ({"activite": 1}, "recus.activite", "misplaced", "personnes[].activite"),
            ({"rsa": -1}, "recus.rsa", "negative", "Write 1"),
            ({"rsa": True}, "recus.rsa", "not_a_number", "0 if there is none"),
            ({"rsa": "300 euros"}, "recus.rsa", "not_a_number", "Write 300."),
            (["rsa"], "recus", "not_a_mapping", "{rsa: 0}"),
        ],
    )
    def test_wrong_receipts(self, given: Any, path: str, code: str, fix: str) -> None:
        found = problem(described(recus=given))
        assert (found.path, found.code) == (path, code)
        assert fix in found.fix


class TestTaxNotices:
    def test_years_are_numbers(self) -> None:
        assert set(parse(described(avis_imposition={"2024": {"rfr": 0}, 2025: {"rfr": 1, "rni": -5}})).avis_imposition) == {2024, 2025}

    @pytest.mark.parametrize(
        ("given", "path", "code", "fix"),
        [
            ({"rfr": 9200}, "avis_imposition.rfr", "not_a_year", "{2024: {rfr: 9200, nbptr: 2}}"),
            ({"2024-01": {"rfr": 1}}, "avis_imposition.2024-01", "not_a_year", "2024"),
            ({2024: 9200}, "avis_imposition.2024", "not_a_mapping", "rfr: 9200"),
            ({2024: {"rfr": -1}}, "avis_imposition.2024.rfr", "negative", "Write 1"),
            ({2024: {"rfr": "9 200 €"}}, "avis_imposition.2024.rfr", "not_a_number", "Write 9200."),
            ({2024: {"rfr": 9200, "nbptr": 0}}, "avis_imposition.2024.nbptr", "out_of_range", ""),
            ({2024: {"nbptr": 2}}, "avis_imposition.2024.rfr", "missing", "leave the year out"),
            ({2024: {"rfr": 1, "rfrr": 1}}, "avis_imposition.2024.rfrr", "unknown_field", "'rfr'"),
            ({2024: {"rfr": 1}, "2024": {"rfr": 2}}, "avis_imposition.2024", "period_twice", "Keep one"),
            ([1], "avis_imposition", "not_a_mapping", "2024"),
        ],
    )
    def test_wrong_notices(self, given: Any, path: str, code: str, fix: str) -> None:
        found = problem(described(avis_imposition=given))
        assert (found.path, found.code) == (path, code)
        assert fix in found.fix
        of_a_person = problem(described({**ADULT, "avis_imposition": given}))
        assert (of_a_person.path, of_a_person.code) == (f"personnes[0].{path}", code)


class TestPlace:
    @pytest.mark.parametrize(
        ("field", "value", "code", "fix"),
        [
            ("depcom", "35700", "postcode", "'35238' for Rennes"),
            ("depcom", 35000, "postcode", "'35238' for Rennes"),
            ("depcom", "Rennes", "commune_name", "Write '35238' for Rennes."),
            ("depcom", "saint gregoire", "commune_name", "Write '35278' for Saint-Grégoire."),
            ("depcom", "Cesson Sevigne", "commune_name", "Write '35051'"),
            ("depcom", "Nulle-Part-les-Bains", "not_a_commune", "'35238' for Rennes"),
            ("depcom", "3500", "not_a_commune", "'35238' for Rennes"),
            ("depcom", 1001, "not_a_commune", "'01001'"),
            ("depcom", True, "not_a_commune", "'35238' for Rennes"),
            ("depcom", {"2026-11": "35238"}, "not_a_commune", "'35238' for Rennes"),
            ("iris", "35238", "not_an_iris", "'352380502'"),
            ("quartier", 5, "not_a_text", "quotes"),
            ("date", "2026-13", "not_a_month", "'2026-08'"),
            ("date", "11/2026", "not_a_month", "Write '2026-11'."),
            ("date", 2026, "not_a_month", "'2026-11'"),
            ("date", [2026], "not_a_month", "'2026-08'"),
        ],
    )
    def test_wrong_places_and_months(self, field: str, value: Any, code: str, fix: str) -> None:
        found = problem(described(**{field: value}))
        assert (found.path, found.code) == (field, code)
        assert fix in found.fix

    def test_an_iris_of_another_commune(self) -> None:
        assert problem(described(depcom="35024", iris="352380502")).code == "iris_elsewhere"


CHILD = {"lien": "enfant", "date_naissance": "2018-03-02"}


class TestPersons:
    @pytest.mark.parametrize("document", [None, 3, "household", [], [ADULT], True, b"x"])
    def test_not_a_mapping(self, document: Any) -> None:
        found = problem(document)
        assert (found.path, found.code) == ("household", "not_a_mapping")

    @pytest.mark.parametrize(
        ("persons", "path", "code", "fix"),
        [
            (None, "personnes", "missing", "date_naissance"),
            ([], "personnes", "empty", "date_naissance"),
            ({"nadia": ADULT}, "personnes", "not_a_list", "personnes: ["),
            ("nadia", "personnes", "not_a_list", "personnes: ["),
            ([ADULT, 3], "personnes[1]", "not_a_mapping", "date_naissance"),
            ([{"lien": "demandeur"}], "personnes[0].date_naissance", "missing", "1990-05-12"),
            ([{"date_naissance": "12/05/1990"}], "personnes[0].date_naissance", "not_a_date", "Write 1990-05-12."),
            ([{"date_naissance": 1990}], "personnes[0].date_naissance", "not_a_date", "1990-05-12"),
            ([ADULT, {"date_naissance": "2018-03-02"}], "personnes[1].lien", "lien_missing", "enfant"),
            ([ADULT, {**PARTNER, "lien": "mari"}], "personnes[1].lien", "unknown_value", "'conjoint'"),
            ([ADULT, {**PARTNER, "lien": "demandeur"}, CHILD], "personnes[0].lien", "lien_missing", "autre"),
            ([{**ADULT, "lien": "demandeur"}, {**PARTNER, "lien": "demandeur"}], "personnes[1].lien", "two_demandeurs", "autre"),
            ([ADULT, PARTNER, PARTNER], "personnes[2].lien", "two_conjoints", "autre"),
            ([PARTNER], "personnes", "no_demandeur", "lien: demandeur"),
            ([{**ADULT, "lien": "autre"}, CHILD], "personnes", "no_demandeur", "lien: demandeur"),
            ([{**ADULT, "id": "a"}, {**PARTNER, "id": "a"}], "personnes[1].id", "duplicate_id", "personnes[0]"),
            ([{**ADULT, "id": ["a"]}], "personnes[0].id", "not_a_text", "quotes"),
            ([{"date_naissance": "2026-12-01"}], "personnes[0].date_naissance", "birth_in_future", "year"),
            ([ADULT, {"lien": "enfant", "date_naissance": "2027-09-01"}], "personnes[1].date_naissance", "birth_in_future", "year"),
            ([{"date_naissance": "1906-10-31"}], "personnes[0].date_naissance", "too_old", "year"),
            ([ADULT, {"lien": "conjoint", "date_naissance": "2011-12-01"}], "personnes[1].date_naissance", "too_young", "enfant"),
            ([ADULT, {"lien": "enfant", "date_naissance": "1960-01-01"}], "personnes[1].date_naissance", "older_than_parents", "autre"),
        ],
    )
    def test_wrong_persons(self, persons: Any, path: str, code: str, fix: str) -> None:
        found = problem({"date": "2026-11", "personnes": persons})
        assert (found.path, found.code) == (path, code)
        assert fix in found.fix

    def test_a_child_older_than_the_partner_of_its_parent(self) -> None:
        older = {"lien": "enfant", "date_naissance": "2000-01-01"}
        assert parse(described({"date_naissance": "1970-01-01"}, {"lien": "conjoint", "date_naissance": "2001-01-01"}, older))

    def test_a_person_alone_is_checked_too(self) -> None:
        with pytest.raises(HouseholdError) as raised:
            Person(date_naissance="1990-05-12", salarie_net=850, loyer=3)
        assert [each.path for each in raised.value.problems] == ["salarie_net", "loyer"]
        with pytest.raises(HouseholdError):
            Household(personnes=[], self=1)


def test_every_problem_is_told_at_once_in_the_order_of_the_document() -> None:
    document = {
        "loyer": 400,
        "personnes": [{"salaire_net": "850 €", "date_naissance": "1990-05-12"}, {**CHILD, "salarie_net": 1}, {"lien": "enfant"}],
        "recus": {"rsaa": 1},
        "depcom": "35700",
        "date": "2026-11",
        "avis_imposition": {2024: {"nbptr": 2, "rfr": -3}},
    }
    found = problems(document)
    assert [each.path for each in found] == [
        "loyer", "personnes[0].salaire_net", "personnes[1].salarie_net", "personnes[2].date_naissance", "recus.rsaa", "depcom",
        "avis_imposition.2024.rfr",
    ]  # fmt: skip
    lines = str(HouseholdError(found)).splitlines()
    assert lines[:2] == ["The household has 7 problems:", "  loyer: this is a fact of the dwelling. Move it to logement.loyer."]
    assert "  personnes[1].salarie_net: unknown field. Did you mean 'salaire_net'?" in lines


class TestReading:
    def failing(self, text: str) -> HouseholdError:
        with pytest.raises(HouseholdError) as raised:
            read(io.StringIO(text))
        return raised.value

    def test_files(self, tmp_path: Any) -> None:
        yaml_file, json_file = tmp_path / "foyer.yaml", tmp_path / "foyer.json"
        yaml_file.write_text("\ufeff" + CONTRACT, encoding="utf-8")
        json_file.write_text(json.dumps(parse(read(yaml_file)).document(), indent="\t"), encoding="utf-8")
        assert parse(read(str(json_file))) == parse(read(yaml_file)) == parse(read(io.BytesIO(CONTRACT.encode())))  # type: ignore[arg-type]

    def test_the_traps_of_yaml(self) -> None:
        text = "depcom: 01001\npersonnes:\n- {date_naissance: 1990-05-12, nationalite: NO, enceinte: no, handicap: yes, salaire_net: 1e3}\n"
        household = parse(read(io.StringIO(text)))
        assert household.depcom == "01001"
        assert household.personnes[0].facts == {"nationalite": "NO", "enceinte": False, "handicap": True, "salaire_net": 1000.0}

    def test_a_date_that_does_not_exist_is_told_with_its_place(self) -> None:
        assert problem(read(io.StringIO("personnes: [{date_naissance: 1990-02-31}]"))).path == "personnes[0].date_naissance"

    @pytest.mark.parametrize(
        ("text", "code", "fragment"),
        [
            ("", "empty", "the file is empty"),
            ("  \n# nothing\n", "not_a_mapping", "not a mapping"),
            ("- 1\n- 2\n", "not_a_mapping", "not a mapping"),
            ("bonjour", "not_a_mapping", "not a mapping"),
            ("personnes:\n  - date_naissance: 1990-05-12\n   salaire_net: 3\n", "unreadable", "line 3"),
            ("depcom: '35238\n", "unreadable", "line"),
            ('{"depcom": "35238", ', "unreadable", "line 1"),
            ("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", "duplicate_key", "line 4: 'c' is given twice"),
            ('{"a": 1,\n\t"b": {"c": 1,\n\t"c": 2}}', "duplicate_key", "line 3: 'c' is given twice"),
            ('{"\\/": 1, "\\/": 2}', "duplicate_key", "is given twice"),
            ("[" * 100_000, "unreadable", "nested too deeply"),
            ("{a: " * 5_000, "unreadable", ""),
            ("a: \x00", "unreadable", "cannot be read"),
            ("a: 1\n---\nb: 2\n", "unreadable", "line 2"),
            ("? [1, 2]\n: 3\n", "unreadable", "line 1"),
            ("? {a: 1}\n: 3\n", "unreadable", "line 1"),
            ("a: !!python/object:os.system x\n", "unreadable", "line 1"),
        ],
    )
    def test_what_cannot_be_read(self, text: str, code: str, fragment: str) -> None:
        error = self.failing(text)
        assert error.problems[0].code == code
        assert fragment in str(error)

    def test_every_duplicate_key_is_told(self) -> None:
        assert [each.path for each in self.failing("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n").problems] == ["line 4", "line 5"]

    def test_a_loop_of_yaml_is_a_wrong_value(self) -> None:
        assert problems(read(io.StringIO("personnes: &a [*a]\n")))
        assert problems(read(io.StringIO("&a personnes: *a\n")))

    def test_missing_and_binary_files(self, tmp_path: Any) -> None:
        with pytest.raises(HouseholdError, match="no such file"):
            read(tmp_path / "absent.yaml")
        (tmp_path / "image.yaml").write_bytes(b"\xff\xd8\xff\x00")
        with pytest.raises(HouseholdError, match=r"image\.yaml: is not a text in UTF-8"):
            read(tmp_path / "image.yaml")


class TestSchema:
    validator = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

    def test_it_is_a_json_schema(self) -> None:
        assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(json_schema())

    def test_the_example_of_the_contract_is_valid(self) -> None:
        self.validator.validate(json.loads(json.dumps(read(io.StringIO(CONTRACT)), default=str)))

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_of_household_is_valid(self, kind: str) -> None:
        self.validator.validate(json.loads(json.dumps(KINDS[kind])))
        self.validator.validate(parse({"date": "2026-11", **KINDS[kind]}).document())

    @pytest.mark.parametrize(
        "document",
        [
            {}, {"personnes": []}, {"personnes": [{}]}, described(commune="Rennes"),
            described(logement={"statut_occupation_logement": "hlm"}),
            described({**ADULT, "salaire_net": "850 €"}), described({**ADULT, "salaire_net": -1}), described({**ADULT, "activite": "x"}),
            described({**ADULT, "salaire_net": {"2026-13": 1}}), described(recus={"rsa": -1}), described(avis_imposition={"rfr": 1}),
            described({**ADULT, "lien": "mari"}), described({"date_naissance": "12/05/1990"}), described({**ADULT, "divers": [1]}),
            described(depcom="rennes"), described(date="11/2026"), described(avis_imposition={"2024": {"rfr": 1, "x": 2}}),
        ],
    )  # fmt: skip
    def test_wrong_documents_are_not(self, document: Any) -> None:
        assert not self.validator.is_valid(document)
        with pytest.raises(HouseholdError):
            parse(document)

    def test_every_field_is_described_in_french(self) -> None:
        schema = json_schema()
        for name, fields in {"": schema, **schema["properties"], **schema["$defs"]}.items():
            for field, content in fields.get("properties", {}).items():
                assert content.get("description"), (name, field)

    @pytest.mark.parametrize(("entity", "name"), [(entity, name) for entity, names in declared().items() for name in names])
    def test_declared_facts_say_what_openfisca_accepts(self, entity: str, name: str) -> None:
        known = facts.fact(name)
        assert known is not None, f"{name} is no longer a variable of OpenFisca-France"
        assert known.entity == entity
        schema = json_schema()
        section = schema["$defs"]["Person"] if entity == "individu" else schema["properties"][facts.PLACES[entity]]
        field = section["properties"][name]
        accepted = field["anyOf"][0]
        if known.kind == "choice":
            assert set(accepted["enum"]) == set(known.choices) - set(facts.NOT_KNOWN)
        assert ("enum" in accepted) == (known.kind in ("choice", "yes_no"))
        assert accepted.get("minimum") == known.lowest
        assert accepted.get("maximum") == known.highest
        assert field["anyOf"][2]["patternProperties"].keys() == {r"^\d{4}$" if known.period == "year" else r"^\d{4}(-(0[1-9]|1[0-2]))?$"}
        found = Problems({})
        for example in field.get("examples", []):
            assert known.series(example, (name,), found) is not None
        found.raise_if_any()


def test_neither_the_import_nor_the_schema_builds_the_engine() -> None:
    code = (
        "import sys; from tznr_rules.household import json_schema; json_schema();"
        "assert not [name for name in sys.modules if name.startswith(('openfisca_france', 'openfisca_core'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_variable_of_the_system_is_a_fact() -> None:
    for name in system().variables:
        known = facts.fact(name)
        assert known is not None
        assert known.entity in facts.PLACES
        assert known.period in ("month", "year", "eternity")


NAMES = ["date", "depcom", "iris", "quartier", "personnes", "avis_imposition", "recus", "logement", "famille", "foyer_fiscal"]
OF_A_PERSON = ["id", "lien", "date_naissance", "dans_famille", "recus", "avis_imposition"]
FACTS = ["salaire_net", "activite", "enceinte", "rpns_autres_revenus", "aeeh_niveau_handicap", "apprentissage_contrat_debut"]
PERIODS = st.sampled_from(["2026-08", "2026-8", "2025", 2025, "2026-13", 202608, "", "x"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(),
    st.sampled_from(["1990-05-12", "2018-03-02", "enfant", "conjoint", "demandeur", "oui", "35238", "Rennes", 0, 850, 2024]),
)  # fmt: skip
KEYS = st.text(max_size=4) | PERIODS | st.integers() | st.booleans() | st.none()
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
SERIES = SCALARS | st.dictionaries(PERIODS, SCALARS, max_size=3) | ANYTHING
PERSON = st.dictionaries(st.sampled_from(OF_A_PERSON + FACTS) | st.text(max_size=5), SERIES, max_size=6).map(lambda each: {**ADULT, **each})
SECTION = st.dictionaries(st.sampled_from(["loyer", "rsa", "aah", "coloc", "2024"]), SERIES, max_size=3)
DOCUMENTS = st.fixed_dictionaries(
    {"personnes": st.lists(PERSON | ANYTHING, min_size=1, max_size=3) | ANYTHING},
    optional={name: SERIES | SECTION for name in NAMES if name != "personnes"},
)


def outcome(call: Callable[[Any], Any], given: Any) -> Any:
    """What a call gives, or the one error that it may raise."""
    try:
        return call(given)
    except HouseholdError as error:
        return error


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@FUZZ
@given(ANYTHING | DOCUMENTS)
def test_nothing_but_a_household_error_comes_out(document: Any) -> None:
    household = outcome(parse, document)
    if isinstance(household, HouseholdError):
        assert household.problems
        assert all(each.code and each.path and each.given for each in household.problems)
        assert all(str(each) in str(household) for each in household.problems)
        return
    again = json.loads(json.dumps(household.document(), allow_nan=False))
    assert parse(again) == household
    assert parse(again).document() == again


@FUZZ
@given(st.text(max_size=40) | st.text(alphabet="{}[]:,-\n\t \"'ab1&*!?|>%@`#", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(outcome(read, io.StringIO(text)), Mapping | HouseholdError)
