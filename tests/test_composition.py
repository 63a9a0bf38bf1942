"""Who is in which family, tax household and dwelling: the roles that OpenFisca is given."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import households
from tznr_rules import simulation
from tznr_rules.composition import Composition, compose
from tznr_rules.household import parse
from tznr_rules.lived import build
from tznr_rules.situation import Situation
from tznr_rules.system import system

MONTH = "2026-11"
NADIA = {"id": "nadia", "date_naissance": "1980-05-12"}
PAUL = {"id": "paul", "lien": "conjoint", "date_naissance": "1979-01-20"}
MOTHER = {"id": "mere", "lien": "autre", "date_naissance": "1950-02-02"}
SISTER = {"id": "samia", "lien": "autre", "date_naissance": "1985-03-03"}
FIRST, SECOND, CHILD = "demandeur", "conjoint", "enfant"
FILER, PARTNER, DEPENDANT = "declarant_principal", "conjoint", "personne_a_charge"


def composed(*people: dict[str, Any], date: str = MONTH, **household: Any) -> Composition:
    return compose(parse({"date": date, "personnes": list(people), **household}))


def families(composition: Composition) -> dict[str, tuple[str, str]]:
    return {place.person.id: place.famille for place in composition.places}


def taxes(composition: Composition) -> dict[str, tuple[str, str]]:
    return {place.person.id: place.foyer_fiscal for place in composition.places}


def child(years: int, name: str = "enfant", **facts: Any) -> dict[str, Any]:
    """A child who turned that age in the month before the one asked about."""
    return {"id": name, "lien": "enfant", "date_naissance": f"{2026 - years}-10-15", **facts}


def rows(*people: dict[str, Any], **household: Any) -> Situation:
    return build([parse({"date": MONTH, "personnes": list(people), **household})], simulation.estimate_notices)


def test_a_person_alone_is_one_family_one_tax_household_one_dwelling() -> None:
    alone = composed(NADIA)
    assert families(alone) == {"nadia": ("nadia", FIRST)}
    assert taxes(alone) == {"nadia": ("nadia", FILER)}
    assert [place.menage_role for place in alone.places] == ["personne_de_reference"]
    assert not alone.hosted
    assert not alone.left


def test_a_couple_and_their_children_are_one_family_on_one_tax_return() -> None:
    family = composed(NADIA, PAUL, child(16, "lea"), child(3, "tom"))
    assert families(family) == {"nadia": ("nadia", FIRST), "paul": ("nadia", SECOND), "lea": ("nadia", CHILD), "tom": ("nadia", CHILD)}
    assert taxes(family) == {
        "nadia": ("nadia", FILER),
        "paul": ("nadia", PARTNER),
        "lea": ("nadia", DEPENDANT),
        "tom": ("nadia", DEPENDANT),
    }
    assert [place.menage_role for place in family.places] == ["personne_de_reference", "conjoint", "enfant", "enfant"]


def test_a_lone_parent_is_a_family_with_the_children_whatever_the_order() -> None:
    family = composed(child(7, "lea"), {**NADIA, "lien": "demandeur"}, child(5, "tom", garde_alternee=True))
    assert families(family) == {"lea": ("nadia", CHILD), "nadia": ("nadia", FIRST), "tom": ("nadia", CHILD)}
    assert taxes(family)["tom"] == ("nadia", DEPENDANT)


@pytest.mark.parametrize("years", range(31))
def test_a_child_without_earnings_leaves_at_twenty_five(years: int) -> None:
    family = composed(NADIA, child(years))
    expected = ("enfant", FIRST) if years >= 25 else ("nadia", CHILD)
    assert families(family)["enfant"] == expected
    assert ("enfant" in family.left) == ("enfant" in family.hosted) == (years >= 25)
    assert taxes(family)["enfant"] == (("nadia", DEPENDANT) if years < 21 else ("enfant", FILER))


@pytest.mark.parametrize("years", range(15, 31))
def test_a_child_who_earns_a_living_leaves_from_eighteen(years: int) -> None:
    family = composed(NADIA, child(years, salaire_net=1600))
    assert (families(family)["enfant"] == ("enfant", FIRST)) == (years >= 18)
    assert taxes(family)["enfant"] == (("nadia", DEPENDANT) if years < 18 else ("enfant", FILER))


def floor_of_family_benefits() -> float:
    law = system().get_parameters_at_instant(MONTH)
    return float(law.marche_travail.salaire_minimum.smic.smic_b_horaire) * 169 * 0.55


def floor_of_rsa() -> float:
    rsa = system().get_parameters_at_instant(MONTH).prestations_sociales.solidarite_insertion.minima_sociaux.rsa
    return float(rsa.rsa_m.montant_de_base_du_rsa) * float(rsa.rsa_maj.maj_montant_max.par_enfant_supplementaire)


@pytest.mark.parametrize("years", [18, 19, 20])
@pytest.mark.parametrize(("shift", "leaves"), [(-1, False), (1, True)])
@pytest.mark.parametrize("activity", [{"activite": "actif"}, {"activite": "etudiant"}, {"scolarite": "enseignement_superieur"}])
def test_from_eighteen_to_twenty_the_floor_is_a_share_of_the_minimum_wage(
    years: int, shift: int, leaves: bool, activity: dict[str, str]
) -> None:
    family = composed(NADIA, child(years, salaire_net=floor_of_family_benefits() + shift, **activity))
    assert ("enfant" in family.left) is leaves


@pytest.mark.parametrize("years", [21, 22, 23, 24])
@pytest.mark.parametrize("name", ["salaire_net", "chomage_net", "rpns_auto_entrepreneur_benefice", "pensions_invalidite"])
@pytest.mark.parametrize(("shift", "leaves"), [(-1, False), (1, True)])
def test_from_twenty_one_the_floor_is_what_a_child_adds_to_rsa(years: int, name: str, shift: int, leaves: bool) -> None:
    assert ("enfant" in composed(NADIA, {**child(years), name: floor_of_rsa() + shift}).left) is leaves


def test_the_profit_of_a_year_is_one_twelfth_a_month_and_a_benefit_of_their_own_counts() -> None:
    floor = floor_of_rsa()
    assert "enfant" not in composed(NADIA, child(22, rpns_micro_entreprise_benefice={"2026": 12 * floor - 12})).left
    assert "enfant" in composed(NADIA, child(22, rpns_micro_entreprise_benefice={"2026": 12 * floor + 12})).left
    assert "enfant" in composed(NADIA, child(22, recus={"aah": 1033})).left
    assert "enfant" not in composed(NADIA, child(22, recus={"aah": 0})).left


def test_gross_or_taxable_pay_is_read_as_net() -> None:
    gross = floor_of_family_benefits() / 0.78
    assert "enfant" not in composed(NADIA, child(19, salaire_de_base=gross - 30)).left
    assert "enfant" in composed(NADIA, child(19, salaire_de_base=gross + 30)).left
    assert "enfant" not in composed(NADIA, child(19, salaire_imposable=floor_of_family_benefits() + 10)).left


def test_the_summer_job_of_a_student_is_not_a_living_and_a_job_that_ended_is_not_one() -> None:
    summer = {"2026-06": 0, "2026-07": 1500, "2026-08": 1500, "2026-09": 0}
    student = child(19, salaire_net=summer, activite="etudiant")
    assert "enfant" not in composed(NADIA, student, date="2026-08").left
    assert "enfant" in composed(NADIA, child(19, salaire_net=summer), date="2026-08").left
    assert "enfant" not in composed(NADIA, child(19, salaire_net=summer)).left


def test_a_child_who_left_is_housed_by_the_parents() -> None:
    built = rows(NADIA, PAUL, child(27, "sam"), child(8, "lea"), logement={"statut_occupation_logement": "locataire_hlm", "loyer": 500})
    assert built.groups["famille"].roles == (FIRST, SECOND, FIRST, CHILD)
    assert built.facts["heberge"][MONTH].tolist() == [False, True]
    assert built.facts["habite_chez_parents"][MONTH].tolist() == [False, False, True, False]
    assert built.groups["menage"].count == 1


def test_an_adult_child_whose_own_child_lives_there_heads_a_family() -> None:
    for said in ({"dans_famille": "ines"}, {"dans_famille": "petits"}):
        ines = {"id": "ines", "lien": "enfant", "date_naissance": "2006-05-05"} | (said if said["dans_famille"] == "petits" else {})
        baby = {"id": "bebe", "lien": "enfant", "date_naissance": "2025-05-05", **said}
        family = composed(NADIA, ines, baby)
        assert families(family) == {"nadia": ("nadia", FIRST), "ines": ("ines", FIRST), "bebe": ("ines", CHILD)}
        assert taxes(family)["bebe"] == (*taxes(family)["ines"][:1], DEPENDANT)
        assert family.left == {"ines"}
        assert family.hosted == {"ines"}


def test_an_adult_child_and_their_partner_are_a_couple() -> None:
    ines = {"id": "ines", "lien": "enfant", "date_naissance": "2004-05-05"}
    hugo = {"id": "hugo", "lien": "autre", "date_naissance": "2002-05-05", "dans_famille": "ines"}
    for people in ((ines, hugo), ({**ines, "dans_famille": "jeunes"}, {**hugo, "dans_famille": "jeunes"})):
        family = composed(NADIA, *people)
        assert families(family) == {"nadia": ("nadia", FIRST), "hugo": ("hugo", FIRST), "ines": ("hugo", SECOND)}
        assert taxes(family) == {"nadia": ("nadia", FILER), "hugo": ("hugo", FILER), "ines": ("hugo", PARTNER)}
        assert family.hosted == {"hugo"}


def test_a_hosted_parent_is_a_family_of_their_own() -> None:
    family = composed(NADIA, child(8), MOTHER)
    assert families(family)["mere"] == ("mere", FIRST)
    assert taxes(family)["mere"] == ("mere", FILER)
    assert family.hosted == {"mere"}
    assert [place.menage_role for place in family.places] == ["personne_de_reference", "enfant", "autre"]


def test_a_hosted_parent_on_the_tax_return_of_the_demandeur_is_a_dependant_not_a_spouse() -> None:
    family = composed(NADIA, {**MOTHER, "dans_foyer_fiscal": "nadia"})
    assert families(family) == {"nadia": ("nadia", FIRST), "mere": ("mere", FIRST)}
    assert taxes(family) == {"nadia": ("nadia", FILER), "mere": ("nadia", DEPENDANT)}
    assert taxes(composed(NADIA, PAUL, {**MOTHER, "dans_foyer_fiscal": "nadia"}))["mere"] == ("nadia", DEPENDANT)


def test_two_hosted_parents_are_a_couple_by_dans_famille() -> None:
    father = {"id": "pere", "lien": "autre", "date_naissance": "1948-02-02"}
    for people in (
        ({**MOTHER, "dans_famille": "parents"}, {**father, "dans_famille": "parents"}),
        (MOTHER, {**father, "dans_famille": "mere"}),
        ({**MOTHER, "dans_famille": "pere"}, father),
    ):
        family = composed(NADIA, *people)
        roles = families(family)
        assert {roles["mere"], roles["pere"]} == {("pere", FIRST), ("pere", SECOND)}, people
        assert {taxes(family)["mere"], taxes(family)["pere"]} == {("pere", FILER), ("pere", PARTNER)}
    apart = composed(NADIA, {**MOTHER, "dans_famille": "pere", "statut_marital": "divorce"}, father)
    assert taxes(apart)["mere"] == ("mere", FILER)


def test_a_hosted_sister_and_her_son() -> None:
    for people in (
        ({**SISTER, "dans_famille": "soeur"}, child(9, "yanis", dans_famille="soeur")),
        (SISTER, child(9, "yanis", dans_famille="samia")),
        (child(9, "yanis", dans_famille="soeur"), {**SISTER, "dans_famille": "soeur"}),
    ):
        family = composed(NADIA, child(4, "lea"), *people)
        assert families(family) == {
            "nadia": ("nadia", FIRST),
            "lea": ("nadia", CHILD),
            "samia": ("samia", FIRST),
            "yanis": ("samia", CHILD),
        }
        assert taxes(family)["yanis"] == ("samia", DEPENDANT)
        assert family.hosted == {"samia"}
        assert not family.left


def test_the_grown_child_of_a_hosted_sister_leaves_her_family() -> None:
    family = composed(NADIA, SISTER, child(26, "yanis", dans_famille="samia"))
    assert families(family)["yanis"] == ("yanis", FIRST)
    assert family.hosted == {"samia", "yanis"}


def test_what_is_said_of_the_family_of_the_demandeur_is_kept() -> None:
    family = composed(NADIA, child(26, "yanis", dans_famille="nadia"))
    assert families(family)["yanis"] == ("nadia", CHILD)
    assert not family.left


def test_flatmates_are_families_that_nobody_hosts() -> None:
    flat = {"statut_occupation_logement": "locataire_vide", "loyer": 400, "coloc": True}
    friend = {"id": "ami", "lien": "autre", "date_naissance": "1991-01-01"}
    assert not composed(NADIA, friend, logement=flat).hosted
    assert composed(NADIA, friend, logement=flat | {"coloc": {"2025": True, "2026": False}}).hosted == {"ami"}
    assert composed(NADIA, friend, child(27), logement=flat).hosted == {"enfant"}
    built = rows(NADIA, friend, logement=flat)
    assert built.groups["famille"].count == built.groups["foyer_fiscal"].count == 2
    assert "heberge" not in built.facts


@pytest.mark.parametrize(
    ("of_nadia", "of_paul"),
    [
        ({}, {"statut_marital": "celibataire"}),
        ({"statut_marital": "celibataire"}, {}),
        ({}, {"statut_marital": {"2026": "divorce"}}),
        ({}, {"dans_foyer_fiscal": "paul"}),
        ({}, {"dans_foyer_fiscal": "le_sien"}),
        ({"dans_foyer_fiscal": "a"}, {"dans_foyer_fiscal": "b"}),
        ({"dans_foyer_fiscal": "ses_parents"}, {}),
    ],
)
def test_two_who_live_together_unmarried_file_apart(of_nadia: dict[str, Any], of_paul: dict[str, Any]) -> None:
    family = composed({**NADIA, **of_nadia}, {**PAUL, **of_paul}, child(6))
    assert families(family) == {"nadia": ("nadia", FIRST), "paul": ("nadia", SECOND), "enfant": ("nadia", CHILD)}
    assert taxes(family) == {"nadia": ("nadia", FILER), "paul": ("paul", FILER), "enfant": ("nadia", DEPENDANT)}


def test_a_couple_on_one_return_by_label_and_a_child_on_the_return_of_the_other_parent() -> None:
    same = composed({**NADIA, "dans_foyer_fiscal": "f"}, {**PAUL, "dans_foyer_fiscal": "f", "statut_marital": "celibataire"})
    assert taxes(same)["paul"] == ("nadia", PARTNER)
    moved = composed(NADIA, {**PAUL, "statut_marital": "celibataire"}, child(6, dans_foyer_fiscal="paul"))
    assert taxes(moved)["enfant"] == ("paul", DEPENDANT)
    away = composed(NADIA, child(6, dans_foyer_fiscal="son_pere"))
    assert taxes(away) == {"nadia": ("nadia", FILER), "enfant": ("enfant", FILER)}


@pytest.mark.parametrize("wage", [0, 900])
def test_a_student_of_twenty_two_on_the_tax_return_of_a_lone_parent_is_a_dependant(wage: int) -> None:
    family = composed(NADIA, child(22, activite="etudiant", salaire_net=wage, dans_foyer_fiscal="nadia"))
    assert taxes(family) == {"nadia": ("nadia", FILER), "enfant": ("nadia", DEPENDANT)}
    assert ("enfant" in family.left) is (wage > 0)
    both = composed(NADIA, PAUL, child(22, activite="etudiant", salaire_net=wage, dans_foyer_fiscal="paul"))
    assert taxes(both) == {"nadia": ("nadia", FILER), "paul": ("nadia", PARTNER), "enfant": ("nadia", DEPENDANT)}


def test_chains_and_loops_of_ids_are_one_group_in_any_order() -> None:
    hosts = [{"id": name, "lien": "autre", "date_naissance": f"198{rank}-01-01"} for rank, name in enumerate("abc")]
    chain = [{**hosts[0], "dans_famille": "b"}, hosts[1], {**hosts[2], "dans_famille": "a"}]
    assert [place.famille[0] for place in composed(NADIA, *chain[:2]).places] == ["nadia", "a", "a"]
    loop = [{**hosts[0], "dans_famille": "b"}, {**hosts[1], "dans_famille": "a"}]
    assert families(composed(NADIA, *loop)) == {"nadia": ("nadia", FIRST), "a": ("a", FIRST), "b": ("a", SECOND)}
    assert families(composed({**NADIA, "dans_famille": "paul"}, PAUL, child(3)))["enfant"] == ("nadia", CHILD)


def test_three_adults_in_one_family_are_a_couple_and_a_third_on_their_own() -> None:
    for third in (MOTHER, SISTER):
        family = composed(
            {**third, "dans_famille": "f"}, {**PAUL, "dans_famille": "f"}, {**NADIA, "lien": "demandeur", "dans_famille": "f"}
        )
        assert families(family)["nadia"] == ("nadia", FIRST)
        assert families(family)["paul"] == ("nadia", SECOND)
        assert families(family)[third["id"]] == (third["id"], FIRST)
        assert family.apart == {third["id"]}
    three = [{"id": name, "lien": "autre", "date_naissance": "1980-01-01", "dans_famille": "f"} for name in "abc"]
    assert Counter(composed(NADIA, *three).places[at].famille[0] for at in (1, 2, 3)) == {"a": 2, "c": 1}


def test_a_child_to_be_born_is_a_child_of_the_family() -> None:
    built = rows({**NADIA, "date_naissance": "1995-05-12"}, {"id": "bebe", "lien": "enfant", "date_naissance": "2027-02-10"})
    assert built.groups["famille"].roles == (FIRST, CHILD)
    assert built.groups["foyer_fiscal"].roles == (FILER, DEPENDANT)
    values = simulation.run(built, ["nb_parents", "enceinte_fam"])
    assert values["nb_parents"].tolist() == [1]


@given(st.lists(households(), min_size=20, max_size=20), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_everyone_is_in_every_entity_exactly_once(documents: list[dict[str, Any]], random: Any) -> None:
    for document in documents:
        people = document["personnes"]
        for person in people:
            for field in ("dans_famille", "dans_foyer_fiscal"):
                if random.random() < 0.15:
                    person[field] = random.choice(["x", "y", *(each["id"] for each in people)])
        try:
            household = parse(document)
        except ValueError:  # a label may make a child older than the only adult of the family
            continue
        composition = compose(household)
        assert [place.person for place in composition.places] == list(household.personnes)
        for entity, adults in (("famille", (FIRST, SECOND)), ("foyer_fiscal", (FILER, PARTNER))):
            roles = Counter(getattr(place, entity) for place in composition.places)
            labels = {label for label, _ in roles}
            for label in labels:
                assert roles[label, adults[0]] == 1, (entity, label, document)
                assert roles[label, adults[1]] <= 1, (entity, label, document)
            named = {place.person.id: getattr(place, entity)[0] for place in composition.places}
            assert all(named[label] == label for label in labels)
        dwelling = Counter(place.menage_role for place in composition.places)
        assert dwelling["personne_de_reference"] == 1
        assert dwelling["conjoint"] <= 1
        demandeur = next(place for place in composition.places if place.person.lien == "demandeur")
        assert demandeur.famille == (demandeur.person.id, FIRST)
        assert demandeur.famille[0] not in composition.hosted
        for place in composition.places:
            if place.person.id in composition.left and place.famille[0] != demandeur.famille[0]:
                assert place.famille[0] in composition.hosted
