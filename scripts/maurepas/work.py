"""What a person does and earns: jobs, unemployment, studies, retirement, disability; and the answers that people give about themselves.

Incomes are net, in €/month, before any benefit. Their levels are supposed, so that living standards come near the margins.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from maurepas.chance import Chance, Deck

YOUNG, DEPENDENCE, OLD = 25, 60, 65
NOBODY = "non"
MINIMUM_WAGE, TAXED, GRANTED_BELOW = 1450.0, 1500.0, 25_000
OF_THE_YOUNG = (
    "alternant",
    "apprenti_du_batiment",
    "affilie_msa",
    "inscrit_france_travail",
    "formation_animation",
    "distance_activite_domicile",
)
HOMES = tuple(f"dependance_tarif_etablissement_gir_{level}" for level in ("1_2", "3_4", "5_6"))
CARDS = ("titulaire_cmi_invalidite", "titulaire_cmi_stationnement", "cmi_besoin_accompagnement", "handicap_empeche_bus_metro")
OF_ADULTS: dict[str, Any] = {
    "alternant": NOBODY,
    "apprenti_du_batiment": NOBODY,
    "affilie_msa": NOBODY,
    "inscrit_france_travail": NOBODY,
    "salarie_du_prive": NOBODY,
    "handicap_durable": NOBODY,
    "handicap_avant_age_limite": NOBODY,
    **dict.fromkeys(CARDS, NOBODY),
    "besoin_urgent_aide_domicile": NOBODY,
    "accompagne_fin_de_vie": NOBODY,
    "formation_animation": "aucune",
    "formation_payee_par_la_region": NOBODY,
    "formation_sanitaire_sociale_bretagne": NOBODY,
    "creation_entreprise": "aucune",
    "compte_bancaire_sans_interdiction": "oui",
    "sans_compte_bancaire": NOBODY,
    "incidents_bancaires_repetes": NOBODY,
    "credit_bancaire_refuse": NOBODY,
    "sans_adresse_sure": NOBODY,
    "sans_titre_de_sejour_depuis_trois_mois": NOBODY,
    "heures_hebdomadaires_reprise": 0,
    "distance_activite_domicile": 0,
    "depenses_emploi_domicile": 0,
    "jours_presence_parentale": 0,
    "jours_proche_aidant": 0,
    "reduction_activite_parentale": "aucune",
    "violences_couple_attestees": NOBODY,
    "nombre_enfants_eleves": 0,
    "boursier": NOBODY,
    "conjoint_marie_decede": NOBODY,
}
KINDS = {  # what adults of working age do, in shares of a hundred: supposed
    "jeune": {"etudiant": 20, "salarie": 36, "partiel": 12, "interim": 8, "chomeur": 8, "sans_allocation": 16},
    "seul": {"salarie": 49, "partiel": 6, "interim": 4, "chomeur": 7, "sans_allocation": 7, "foyer": 12, "independant": 4, "handicap": 11},
    "monoparent": {
        "salarie": 19,
        "partiel": 21,
        "interim": 4,
        "chomeur": 9,
        "sans_allocation": 8,
        "foyer": 34,
        "independant": 2,
        "handicap": 3,
    },
    "couple": {
        "salarie": 41,
        "partiel": 13,
        "interim": 4,
        "chomeur": 11,
        "sans_allocation": 8,
        "foyer": 9,
        "independant": 4,
        "handicap": 10,
    },
    "couple_1_2": {
        "salarie": 40,
        "partiel": 16,
        "interim": 5,
        "chomeur": 10,
        "sans_allocation": 7,
        "foyer": 13,
        "independant": 5,
        "handicap": 4,
    },
    "couple_3": {
        "salarie": 30,
        "partiel": 12,
        "interim": 5,
        "chomeur": 11,
        "sans_allocation": 10,
        "foyer": 26,
        "independant": 6,
        "handicap": 3,
    },
    "fin_de_carriere": {"salarie": 34, "partiel": 6, "chomeur": 8, "sans_allocation": 7, "handicap": 21, "foyer": 14, "retraite": 10},
}
EMPLOYED, SEEKING = ("salarie", "partiel", "interim", "independant", "apprenti"), ("chomeur", "sans_allocation")


def adult(years: int, woman: bool, kind: str, decks: Mapping[str, Deck[str]], chance: Chance) -> dict[str, Any]:
    """The facts of an adult of a type of household; ``metier`` says which life was drawn, and is not written."""
    person: dict[str, Any] = {**OF_ADULTS, "salaire_net": 0.0, "chomage_net": 0.0, "retraite_nette": 0.0}
    if chance.happens(0.05):
        person |= {"credit_bancaire_refuse": "oui", "incidents_bancaires_repetes": "oui" if chance.happens(0.5) else NOBODY}
    if years >= OLD:
        return person | _retired(years, woman, chance)
    young = years < YOUNG and kind in ("seul", "couple")
    metier = decks["jeune" if young else "fin_de_carriere" if years >= 55 else kind].deal()
    autonomous = {"gir": "gir_6"} if years >= DEPENDENCE else {}
    return person | autonomous | {"metier": metier} | _LIVES[metier](years, chance)


def _salaried(years: int, chance: Chance) -> dict[str, Any]:
    wage = chance.spread(1880, 0.21, MINIMUM_WAGE, 3600) if years >= YOUNG else chance.spread(1520, 0.1, 1400, 2000)
    return {"activite": "actif", "salarie_du_prive": "oui" if chance.happens(0.75) else NOBODY, "salaire_net": round(wage)}


def _part_time(years: int, chance: Chance) -> dict[str, Any]:
    return {
        "activite": "actif",
        "salarie_du_prive": "oui" if chance.happens(0.7) else NOBODY,
        "salaire_net": round(chance.between(480, 1300)),
    }


def _temporary(years: int, chance: Chance) -> dict[str, Any]:
    """Work that comes and goes: a wage told month by month."""
    months = [round(chance.between(700, 1650)) if chance.happens(0.7) else 0 for _ in range(4)]
    return {
        "activite": "actif",
        "salarie_du_prive": "oui",
        "salaire_net": None,
        "inscrit_france_travail": "oui",
        **{f"salaire_net.2026-{month:02d}": wage for month, wage in zip(range(8, 12), months, strict=True)},
    }


def _unemployed(years: int, chance: Chance) -> dict[str, Any]:
    before = round(chance.spread(1600, 0.2, 1000, 2600))
    person = {"activite": "chomeur", "inscrit_france_travail": "oui", "chomage_net": round(before * chance.between(0.6, 0.75))}
    if chance.happens(0.25):  # who lost a job in the summer
        lost = {"salaire_net.2026-08": before, "salaire_net.2026-09": 0, "salaire_net.2026-10": 0, "salaire_net.2026-11": 0}
        paid = person.pop("chomage_net")
        began = {"chomage_net.2026-08": 0, "chomage_net.2026-09": paid, "chomage_net.2026-10": paid, "chomage_net.2026-11": paid}
        return person | {"salaire_net": None, "chomage_net": None} | lost | began
    return person


def _without_benefit(years: int, chance: Chance) -> dict[str, Any]:
    return {
        "activite": "chomeur",
        "inscrit_france_travail": "oui" if chance.happens(0.8) else NOBODY,
        "ass_precondition_remplie": "oui" if years >= 35 and chance.happens(0.3) else NOBODY,
    }


def _at_home(years: int, chance: Chance) -> dict[str, Any]:
    return {"activite": "inactif"}


def _self_employed(years: int, chance: Chance) -> dict[str, Any]:
    return {"activite": "actif", "rpns_auto_entrepreneur_benefice": round(chance.spread(750, 0.5, 120, 2200))}


def _disabled(years: int, chance: Chance) -> dict[str, Any]:
    person: dict[str, Any] = {"activite": "inactif", "handicap": "oui", "handicap_durable": "oui", "handicap_avant_age_limite": "oui"}
    if chance.happens(0.45):
        person |= {"taux_incapacite": 0.8, "titulaire_cmi_invalidite": "oui"}
        person |= {"handicap_empeche_bus_metro": "oui" if chance.happens(0.35) else NOBODY}
        person |= {"titulaire_cmi_stationnement": "oui" if chance.happens(0.4) else NOBODY}
    else:
        limited = "oui" if chance.happens(0.6) else NOBODY
        person |= {"taux_incapacite": round(chance.between(0.5, 0.75), 2), "aah_restriction_substantielle_durable_acces_emploi": limited}
    if chance.happens(0.35):
        person["pensions_invalidite"] = round(chance.between(340, 900))
    return person


def _student(years: int, chance: Chance) -> dict[str, Any]:
    parents = chance.whole(8, 48) * 1000
    grade = chance.of({"bts_1": 1, "but_2": 1, "licence_1": 3, "licence_2": 2, "licence_3": 2, "master_1": 1 if years > 21 else 0})
    return {
        "activite": "etudiant",
        "scolarite": "enseignement_superieur",
        "statuts_etablissement_scolaire": "public",
        "annee_etude": grade,
        "salaire_net": round(chance.between(200, 620)) if chance.happens(0.45) else 0.0,
        "bourse_criteres_sociaux_base_ressources_parentale": parents,
        "boursier": "oui" if parents < GRANTED_BELOW else NOBODY,
        "declaration_revenus_avec_parents": "oui" if years < 24 and chance.happens(0.7) else NOBODY,
        **_STUDENT,
    }


_STUDENT = {
    "boursier_lycee_annee_precedente": NOBODY,
    "mention_tres_bien_baccalaureat": NOBODY,
    "difficultes_durables_etudiant": NOBODY,
    "etudes_loin_restaurant_crous": NOBODY,
    "jours_sejour_etudes_etranger": 0,
    "sortie_academie": NOBODY,
    "sortie_region_academique": NOBODY,
}


def _early_retired(years: int, chance: Chance) -> dict[str, Any]:
    return _retired(max(years, 62), False, chance)


def _retired(years: int, woman: bool, chance: Chance) -> dict[str, Any]:
    median = 1120 if woman else 1340
    pension = 0.0 if chance.happens(0.05) else round(chance.spread(median, 0.34, 180, 2600))
    base = round(0.72 * pension)
    person: dict[str, Any] = {
        "metier": "retraite",
        "activite": "retraite",
        "retraite_nette": pension,
        "retraite_complementaire_agirc_arrco": "oui" if pension > 400 else NOBODY,
        "retraite_de_base_regime_general": base,
        "retraite_a_taux_plein": "oui" if pension > 700 else NOBODY,
        "non_imposable_sur_le_revenu": "oui" if pension < TAXED else NOBODY,
        "nombre_enfants_eleves": chance.of({0: 15, 1: 18, 2: 33, 3: 22, 4: 12}),
        **dict.fromkeys(HOMES, 0),
        "gir": "non_defini" if chance.happens(0.12) else "gir_6",
    }
    if (years >= 80 and chance.happens(0.35)) or chance.happens(0.05):
        person |= {
            "gir": chance.pick(("gir_3", "gir_4")),
            "handicap_durable": "oui",
            "dependance_plan_aide_domicile": chance.whole(30, 90) * 10,
        }
    return person


_LIVES = {
    "salarie": _salaried,
    "partiel": _part_time,
    "interim": _temporary,
    "chomeur": _unemployed,
    "sans_allocation": _without_benefit,
    "foyer": _at_home,
    "independant": _self_employed,
    "handicap": _disabled,
    "etudiant": _student,
    "retraite": _early_retired,
}


def child(years: int, birth: date, chance: Chance, lone: bool) -> dict[str, Any]:
    """The facts of a child at home, who may be of age: a pupil, a student, an apprentice or a young person without work."""
    turning = 2026 - birth.year  # the age reached in the year in which the school year started
    facts: dict[str, Any] = {}
    if lone:
        unpaid = chance.happens(0.45)
        facts |= {"pension_alimentaire_fixee_impayee": "oui" if unpaid and chance.happens(0.4) else NOBODY}
        facts |= {"pensions_alimentaires_percues": 0 if unpaid else round(chance.between(80, 190))}
    if years >= 18:
        return facts | _grown(years, chance)
    facts |= {**dict.fromkeys(CARDS, NOBODY), "handicap_durable": NOBODY, "garde_alternee": "oui" if chance.happens(0.05) else NOBODY}
    if chance.happens(0.04):
        facts |= {
            "handicap": "oui",
            "handicap_durable": "oui",
            "taux_incapacite": chance.pick((0.5, 0.8)),
            "aeeh_niveau_handicap": chance.whole(0, 2),
        }
    if turning >= 3:
        facts |= {
            "scolarite": _school(turning),
            "statuts_etablissement_scolaire": "public" if chance.happens(0.85) else "prive_sous_contrat",
        }
    if turning >= 11:
        facts |= {
            "eleve_interne": NOBODY,
            "mention_bien_ou_tres_bien_au_brevet": "oui" if turning >= 15 and chance.happens(0.3) else NOBODY,
        }
    if turning >= 15:
        facts |= {"annee_etude": {15: "seconde", 16: "premiere"}.get(turning, "terminale"), "premiere_annee_formation_a_equipement": NOBODY}
        facts |= {"premiere_annee_professionnelle_lycee_breton": NOBODY, "boursier": "oui" if chance.happens(0.3) else NOBODY}
        facts |= {name: value for name, value in OF_ADULTS.items() if name in OF_THE_YOUNG}
    if years >= 6:
        facts |= {"cout_club_sport": chance.pick((0, 0, 0, 120, 160, 210))}
    if years < 13:
        paid = chance.happens(0.3) and years < 3
        facts |= {"mode_garde": "autre" if paid else "aucun", "cout_garde": 0, "heures_garde": 0, "frais_garde_annuels": 480 if paid else 0}
    return facts


def _school(turning: int) -> str:
    return "maternelle" if turning < 6 else "primaire" if turning < 11 else "college" if turning < 15 else "lycee"


def _grown(years: int, chance: Chance) -> dict[str, Any]:
    metier = chance.of({"etudiant": 45, "salarie": 18, "partiel": 12, "sans_allocation": 25})
    earned = {"salaire_net": 0.0, "chomage_net": 0.0}
    facts = {**OF_ADULTS, "nationalite": "FR", **earned, "metier": metier} | _LIVES[metier](years, chance)
    facts.pop("bourse_criteres_sociaux_base_ressources_parentale", None)
    return facts | {"statut_marital": "celibataire"}
