"""What is supposed when it was not said: listed once, true for that person, and only when nobody said it."""

import re
from collections import Counter
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from tests.households import households
from tznr_rules import simulation
from tznr_rules.assumptions import about, school, start_of_unemployment
from tznr_rules.catalogue import catalogue, questions
from tznr_rules.composition import compose
from tznr_rules.facts import fact
from tznr_rules.household import Person, parse
from tznr_rules.lived import build
from tznr_rules.locations import CATALOGUE
from tznr_rules.report import Assumption
from tznr_rules.system import system

MONTH = "2026-11"
SENTENCES: dict[str, dict[str, str]] = yaml.safe_load((CATALOGUE / "assumptions.yaml").read_text(encoding="utf-8"))
NADIA = {"id": "nadia", "date_naissance": "1985-05-12"}
PAUL = {"id": "paul", "lien": "conjoint", "date_naissance": "1984-01-20"}
SAMIA = {"id": "samia", "lien": "autre", "date_naissance": "1987-03-03"}
FLAT = {"statut_occupation_logement": "locataire_hlm", "loyer": 450}


def child(years: int, name: str = "lea", **facts: Any) -> dict[str, Any]:
    return {"id": name, "lien": "enfant", "date_naissance": f"{2026 - years}-10-15", **facts}


def assumed(*people: dict[str, Any], date: str = MONTH, **household: Any) -> list[Assumption]:
    parsed = parse({"date": date, "personnes": list(people), **household})
    return list(about(parsed, compose(parsed), parsed.date))


def keys(*people: dict[str, Any], date: str = MONTH, **household: Any) -> list[str]:
    """Which sentences are said, with the persons that they name."""
    return [key_of(each) for each in assumed(*people, date=date, **household)]


def key_of(assumption: Assumption) -> str:
    found = [key for key, words in SENTENCES.items() if assumption.why == words["why"] and _says(words["assumed"], assumption.assumed)]
    return max(found, key=lambda key: len(SENTENCES[key]["assumed"]))


def _says(pattern: str, said: str) -> bool:
    return re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(pattern)), said) is not None


def of(name: str, *people: dict[str, Any], **household: Any) -> set[str]:
    """The sentences that name a person."""
    return {key_of(each) for each in assumed(*people, **household) if re.search(rf"\b{name}\b", each.assumed)}


def test_sentences_are_plain_french_without_a_stop_nor_a_gender() -> None:
    for key, sentence in SENTENCES.items():
        assert set(sentence) == {"assumed", "why"}, key
        for text in sentence.values():
            assert text[0].isupper() or text.startswith("{"), key
            assert not text.endswith((".", ";", ",")), key
            assert not re.search(r"\b(inscrit|étudiant|retraité|hébergé par|reconnu inapte|seul)\b(?! peut)", sentence["assumed"]), key


def test_what_is_said_of_somebody_alone_of_whom_nothing_is_known() -> None:
    assert keys(NADIA) == [
        *("commune", "logement", "nationalite", "sans_incapacite"),
        *("pas_de_grossesse", "pas_de_pension_versee", "sans_epargne", "rfr_estime"),
    ]


COMPLETE: dict[str, Any] = {
    "activite": "actif",
    "salaire_net": 1200,
    "nationalite": "FR",
    "taux_incapacite": 0,
    "enceinte": False,
    "statut_marital": "celibataire",
    "pensions_alimentaires_percues": 0,
    "pensions_alimentaires_versees_individu": 0,
    "livret_a": 0,
}


def test_a_household_that_says_everything_has_one_sentence_left() -> None:
    told = keys(
        NADIA | COMPLETE,
        child(8, garde_alternee=False, taux_incapacite=0),
        depcom="35238",
        logement=FLAT,
        famille={"rsa_isolement_recent": False},
        avis_imposition={2024: {"rfr": 9000}, 2025: {"rfr": 9000}},
    )
    assert told == ["pas_d_autre_revenu"]


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("commune", {}, {"depcom": "35238"}),
        ("logement", {}, {"logement": {"statut_occupation_logement": "proprietaire"}}),
        ("loyer", {"logement": {"statut_occupation_logement": "locataire_vide"}}, {"logement": FLAT}),
        ("rfr_estime", {}, {"avis_imposition": {2024: {"rfr": 9000}}}),
    ],
)
def test_a_fact_of_the_dwelling_given_is_no_longer_assumed(key: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert key in keys(NADIA, **before)
    assert key not in keys(NADIA, **after)


@pytest.mark.parametrize(
    ("key", "person", "fact_given"),
    [
        ("sans_revenu", {"activite": "inactif"}, {"salaire_net": 0}),
        ("inactif", {"salaire_net": 0}, {"activite": "inactif"}),
        ("nationalite", {}, {"nationalite": "FR"}),
        ("sejour_recent", {"nationalite": "MA"}, {"duree_possession_titre_sejour": 7}),
        ("sejour_recent", {"nationalite": "PT"}, {"duree_possession_titre_sejour": 1}),
        ("sans_incapacite", {}, {"taux_incapacite": 0.3}),
        ("sans_incapacite", {}, {"handicap": False}),
        ("taux_inconnu", {"handicap": True}, {"taux_incapacite": 0.8}),
        ("sans_restriction", {"taux_incapacite": 0.6}, {"aah_restriction_substantielle_durable_acces_emploi": False}),
        ("apte", {"date_naissance": "1963-05-12"}, {"inapte_travail": False}),
        ("travail_avant_chomage", {"activite": "chomeur"}, {"ass_precondition_remplie": True}),
        ("debut_chomage", {"activite": "chomeur"}, {"date_debut_chomage": "2026-02-01"}),
        ("mois_voisins", {"salaire_net": {"2026-09": 900}}, {"salaire_net": {str(year): 900 for year in (2023, 2024, 2025, 2026)}}),
        ("enseignement_superieur", {"activite": "etudiant"}, {"scolarite": "enseignement_superieur"}),
        ("etablissement", {"activite": "etudiant"}, {"statuts_etablissement_scolaire": "public"}),
        ("travail_avant_25_ans", {"date_naissance": "2004-05-12"}, {"rsa_jeune_condition_heures_travail_remplie": False}),
        ("declaration_seul", {"date_naissance": "2004-05-12", "activite": "etudiant"}, {"dans_foyer_fiscal": "parents"}),
        ("pas_de_grossesse", {}, {"enceinte": False}),
        ("pas_de_pension_versee", {}, {"pensions_alimentaires_versees_individu": 100}),
        ("sans_epargne", {}, {"epargne_revenus_non_imposables": 0}),
    ],
)
def test_a_fact_of_a_person_given_is_no_longer_assumed(key: str, person: dict[str, Any], fact_given: dict[str, Any]) -> None:
    assert keys(NADIA | person).count(key) == 1
    assert key not in keys(NADIA | person | fact_given)


def test_nothing_absurd_is_said_of_a_baby_a_pupil_a_pensioner_or_a_couple() -> None:
    assert of("lea", NADIA, child(0)) == set()
    assert of("lea", NADIA, child(8)) == set()
    assert of("lea", NADIA, child(12)) == {"college"}
    assert of("lea", NADIA, child(16)) == {"lycee", "jeune_sans_revenu"}
    assert of("lea", NADIA, child(16, scolarite="lycee", salaire_net=0)) == {"pas_d_autre_revenu"}
    old = {"id": "mamie", "lien": "autre", "date_naissance": "1945-01-01", "retraite_nette": 900}
    assert of("mamie", NADIA, old) == {"heberge", "pas_d_autre_revenu", "retraite", "nationalite", "sans_incapacite", "rfr_estime_de"}
    assert not {"separation_ancienne", "sans_pension_alimentaire"} & set(keys(NADIA, PAUL, child(8)))
    assert "pas_de_grossesse" not in keys(old | {"lien": "demandeur"})
    assert "pas_de_garde_alternee" not in keys(NADIA, child(19))


def test_a_couple_files_together_once_and_only_when_nobody_says_otherwise() -> None:
    assert keys(NADIA, PAUL, child(22, dans_foyer_fiscal="nadia")).count("couple_declare_ensemble") == 1
    for said in ({"statut_marital": "marie"}, {"dans_foyer_fiscal": "paul"}):
        assert "couple_declare_ensemble" not in keys(NADIA, PAUL | said)
        assert "couple_declare_ensemble" not in keys(NADIA | said, PAUL)
    sentence = next(each for each in assumed(NADIA, PAUL) if key_of(each) == "couple_declare_ensemble")
    assert sentence.assumed.startswith("nadia et paul font une seule déclaration")
    hosted = keys(NADIA, SAMIA, {"id": "ali", "lien": "autre", "date_naissance": "1980-01-01", "dans_famille": "samia"})
    assert hosted.count("couple_declare_ensemble") == 1


def test_every_lone_parent_is_asked_about_not_only_the_demandeur() -> None:
    household = (NADIA, child(8), SAMIA, child(5, "yanis", dans_famille="samia"))
    both = {"separation_ancienne", "sans_pension_alimentaire"}
    assert both <= of("nadia", *household)
    assert both <= of("samia", *household)
    assert both <= of("samia", *household, famille={"rsa_isolement_recent": True})
    assert "separation_ancienne" not in of("nadia", *household, famille={"rsa_isolement_recent": True})
    assert not both & of("nadia", NADIA, SAMIA, child(5, "yanis", dans_famille="samia"))
    assert "separation_ancienne" not in of("nadia", NADIA, child(1)), "with a child under three the increase is due anyway"


def test_who_is_housed_free_of_charge() -> None:
    assert "heberge" in of("samia", NADIA, SAMIA, logement=FLAT)
    assert "heberge" not in keys(NADIA, SAMIA, logement=FLAT | {"coloc": True})
    assert "heberge" in of("lea", NADIA, child(26), logement=FLAT | {"coloc": True})
    assert "heberge" not in of("nadia", NADIA, SAMIA)


def test_a_mortgage_without_its_date_is_assumed_recent() -> None:
    mortgage = {"statut_occupation_logement": "primo_accedant", "loyer": 500}
    assert "pret_recent" in keys(NADIA, logement=mortgage)
    assert "pret_recent" not in keys(NADIA, logement=mortgage | {"aide_logement_date_pret": "2012-01-01"})


def test_young_people_and_the_tax_return() -> None:
    assert "declaration_des_parents" in of("lea", NADIA, child(19))
    assert "declaration_seul" in of("lea", NADIA, child(22, activite="etudiant"))
    assert "declaration_seul" not in of("lea", NADIA, child(22))
    assert not {"declaration_seul", "declaration_des_parents"} & of("lea", NADIA, child(19, dans_foyer_fiscal="nadia"))
    assert not {"declaration_seul", "declaration_des_parents"} & of("lea", NADIA, child(17))


def test_the_tax_notices_that_a_right_reads() -> None:
    def years(*people: dict[str, Any], **household: Any) -> list[str]:
        return [each.field for each in assumed(*people, **household) if key_of(each).startswith("rfr_")]

    assert years(NADIA) == ["avis_imposition.2024"]
    assert years(NADIA, child(12), avis_imposition={2024: {"rfr": 1}}) == ["avis_imposition.2025"], "school grants of a new school year"
    assert years(NADIA, child(12), avis_imposition={2024: {"rfr": 1}, 2025: {"rfr": 1}}) == []
    assert years(NADIA, child(12), date="2027-03", avis_imposition={2025: {"rfr": 1}}) == []
    apart = PAUL | {"statut_marital": "celibataire"}
    assert years(NADIA, apart, avis_imposition={2024: {"rfr": 1}}) == ["personnes[1].avis_imposition.2024"]
    assert years(NADIA, apart | {"avis_imposition": {2024: {"rfr": 1}}}) == ["avis_imposition.2024"]


def test_the_income_of_the_parents_of_a_student_is_that_of_their_notices() -> None:
    notice: dict[str, Any] = {"avis_imposition": {2024: {"rfr": 9000}}}
    assert "revenus_des_parents" in keys(NADIA, child(19, activite="etudiant"), **notice)
    assert "revenus_des_parents" not in keys(NADIA, child(19, activite="etudiant"))
    assert "revenus_des_parents" not in keys(NADIA, child(12), **notice)
    told = child(19, activite="etudiant", bourse_criteres_sociaux_base_ressources_parentale=20_000)
    assert "revenus_des_parents" not in keys(NADIA, told, **notice)


def test_receipts_of_some_months_only() -> None:
    assert "aides_mois_voisins" in keys(NADIA, recus={"rsa": {"2026-10": 300}})
    assert "aides_mois_voisins" in keys(NADIA | {"recus": {"aah": {"2026-10": 300}}})
    assert "aides_mois_voisins" not in keys(NADIA, recus={"rsa": 300, "af": 0})


def test_a_third_adult_of_a_family_is_said_to_be_apart() -> None:
    three = keys(NADIA, PAUL, SAMIA | {"dans_famille": "nadia"})
    assert three.count("adulte_en_plus") == 1


@pytest.mark.parametrize(
    ("years", "facts", "expected"),
    [
        (10, {}, None), (11, {}, "college"), (14, {}, "college"), (15, {}, "lycee"), (17, {}, "lycee"), (18, {}, None),
        (16, {"salaire_net": 800}, None), (16, {"scolarite": "college"}, None), (18, {"activite": "etudiant"}, "enseignement_superieur"),
        (24, {"activite": "etudiant"}, "enseignement_superieur"), (17, {"activite": "etudiant"}, "lycee"),
    ],
)  # fmt: skip
def test_the_school_of_an_age(years: int, facts: dict[str, Any], expected: str | None) -> None:
    assert school(Person(**child(years, **facts)), MONTH) == expected


def test_the_school_year_turns_in_september() -> None:
    pupil = Person(id="lea", lien="enfant", date_naissance="2015-12-31")
    assert school(pupil, "2026-08") is None
    assert school(pupil, "2026-09") == school(pupil, "2027-08") == "college"


def test_unemployment_starts_with_the_first_month_without_a_wage() -> None:
    def start(**facts: Any) -> str:
        return str(start_of_unemployment(Person(date_naissance="1985-05-12", **facts), MONTH))

    assert start(chomage_net=900, salaire_net={"2026-05": 1500, "2026-06": 0}) == "2026-06-01"
    assert start(chomage_net=900, salaire_de_base={"2026-05": 1500, "2026-06": 0}) == "2026-06-01"
    assert start(activite="chomeur") == "2023-01-01"
    assert start(activite="chomeur", salaire_net=300) == "2026-11-01"
    assert start(activite="actif") == start(chomage_net=900, date_debut_chomage="2026-01-01") == "None"
    assert any("depuis au moins janvier" in each.assumed for each in assumed(NADIA | {"activite": "chomeur"}))
    assert any(
        "depuis juin" in each.assumed
        for each in assumed(NADIA | {"chomage_net": {"2026-06": 9}, "salaire_net": {"2026-05": 9, "2026-06": 0}})
    )


def test_every_input_that_a_card_reads_is_on_the_page_of_assumptions() -> None:
    """Asked, assumed, to be checked or left at nothing: see docs/assumptions.md."""
    page = (CATALOGUE.parent.parent / "docs" / "assumptions.md").read_text(encoding="utf-8")
    patterns = [*questions(), *(each.replace("..", "*") for each in re.findall(r"`([a-zA-Z0-9_.*\[\]]+)`", page))]
    mother = {"id": "mere", "lien": "autre", "date_naissance": "1955-06-01", "retraite_nette": 700}
    people = (NADIA, PAUL | {"chomage_net": 300}, child(14), child(20, "sam", activite="etudiant"), child(1, "tom"), mother)
    situation = build([parse({"date": MONTH, "personnes": list(people), "logement": FLAT})], simulation.estimate_notices)
    run = simulation.settled(situation, system())
    for name in dict.fromkeys(each for card in catalogue().values() for each in card.variables()):
        run.calculate(name, simulation.period_of(name, MONTH, system()))
    read = {name for group in run.populations.values() for name, holder in group._holders.items() if holder.get_known_periods()}
    silent = {name for name in read - set(situation.facts) if not system().variables[name].formulas}
    unsaid = sorted(name for name in silent if not any(fnmatch(name, pattern) for pattern in patterns))
    assert not unsaid, ", ".join(unsaid)


@given(households())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_each_thing_is_assumed_once_and_names_a_field_that_can_be_given(document: dict[str, Any]) -> None:
    household = parse(document)
    said = list(about(household, compose(household), household.date))
    assert max(Counter(each.assumed for each in said).values()) == 1
    for each in said:
        key_of(each)
        place, _, name = each.field.rpartition(".")
        if not place or place.endswith("avis_imposition") or name in ("dans_foyer_fiscal", "dans_famille"):
            continue
        known = fact(name)
        assert known is not None, each.field
        position = re.fullmatch(r"personnes\[(\d+)\]", place)
        if position and not each.assumed.startswith("Pour les mois"):
            given_there = household.personnes[int(position[1])].facts
            assert name not in given_there or given_there[name] is None, each
