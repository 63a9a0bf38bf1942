"""Who lives together, what each does, on what they live and how they are housed: 300 plausible lives, none of them real."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from maurepas.chance import Chance, Deck, quotas
from maurepas.margins import HOUSEHOLDS, TYPES
from maurepas.work import KINDS, adult, child

MONTH = date(2026, 11, 1)
HEADS = {  # ages of the demandeur by type: supposed, then raked on the ages of all persons
    "seul": {(18, 24): 9, (25, 39): 26, (40, 54): 18, (55, 64): 22, (66, 79): 17.5, (80, 93): 7.5},
    "monoparent": {(20, 24): 4, (25, 39): 49, (40, 54): 43, (55, 60): 4},
    "couple": {(20, 24): 6, (25, 39): 22, (40, 54): 8, (55, 64): 18, (66, 79): 36, (80, 90): 10},
    "couple_1_2": {(24, 39): 55, (40, 54): 45},
    "couple_3": {(28, 39): 42, (40, 52): 58},
}
CHILDREN = {
    "monoparent": {1: 52, 2: 30, 3: 13, 4: 5},
    "couple_1_2": {1: 50, 2: 50},
    "couple_3": {3: 60, 4: 28, 5: 12},
}
CHILD_AGES = {(0, 3): 21, (4, 5): 8, (6, 10): 24, (11, 17): 28, (18, 23): 15}
TENURES = {
    "locataire_hlm": 81,
    "proprietaire": 6.5,
    "primo_accedant": 1.5,
    "locataire_vide": 6.5,
    "locataire_meuble": 2.5,
    "locataire_foyer": 1,
    "loge_gratuitement": 1,
}
SOCIAL, OWNERS = ("locataire_hlm",), ("proprietaire", "primo_accedant")
COUNTRIES = {"DZ": 3, "MA": 4, "TN": 1, "TR": 3, "CG": 2, "SN": 2, "CM": 1, "AF": 1, "PT": 1, "RO": 1, "GE": 1, "KM": 1}
YOUNGEST_PARENT, APART = 17, 4  # a parent of one is 21, of five 37
HOSTED = {"monoparent": 3, "couple": 2, "couple_1_2": 2, "couple_3": 1}  # households that lodge an adult of their family


@dataclass
class Life:
    """A household as its rows will be written: ``about`` holds for all of them, ``people`` has a row per person, by the column names."""

    kind: str
    about: dict[str, Any]
    people: list[dict[str, Any]] = field(default_factory=list)

    @property
    def head(self) -> dict[str, Any]:
        return self.people[0]

    def ages(self) -> list[int]:
        return [age(person) for person in self.people]


def age(person: dict[str, Any]) -> int:
    """Completed years on the first day of the month."""
    born = person["date_naissance"]
    return MONTH.year - born.year - ((MONTH.month, MONTH.day) < (born.month, born.day))


def born(years: int, chance: Chance) -> date:
    """A day of birth at which somebody is so many years old on the first day of the month."""
    day = MONTH - timedelta(days=round(years * 365.25) + chance.whole(1, 363))
    return day if age({"date_naissance": day}) == years else MONTH.replace(year=MONTH.year - years, month=5, day=day.day % 28 + 1)


class Decks:
    """What is dealt rather than drawn: what adults do, by group, and the ages of children."""

    def __init__(self, chance: Chance) -> None:
        self.work = {group: Deck(shares, 25, chance) for group, shares in KINDS.items()}
        self.children = Deck(CHILD_AGES, 190, chance)


def lives(seed: str) -> list[Life]:
    """The households, by type in the proportions of the margins, in an order that tells nothing."""
    chance = Chance(f"{seed} lives")
    decks = Decks(chance)
    drawn: list[Life] = []
    for kind, count in ((kind, quotas({key: share for key, (_, share) in TYPES.items()}, HOUSEHOLDS).count(kind)) for kind in TYPES):
        heads = chance.shuffled(quotas(HEADS[kind], count))
        sizes = chance.shuffled(quotas(CHILDREN[kind], count)) if kind in CHILDREN else [0] * count
        for rank, (span, children) in enumerate(zip(heads, sizes, strict=True)):
            years = max(chance.whole(*span), YOUNGEST_PARENT + APART * children if children else 0)
            drawn.append(_household(kind, years, children, rank < HOSTED.get(kind, 0), decks, chance))
    _house(drawn, chance)
    return chance.shuffled(drawn)


def _household(kind: str, years: int, children: int, hosts: bool, decks: Decks, chance: Chance) -> Life:
    woman = chance.happens({"monoparent": 0.88, "seul": 0.66 if years >= 65 else 0.44}.get(kind, 0.5))
    foreign = chance.of(COUNTRIES) if chance.happens(0.17 if kind in ("seul", "couple") else 0.3) else "FR"
    life = Life(kind, {})
    life.people.append(_adult("demandeur", years, woman, foreign, kind, decks, chance))
    if kind.startswith("couple"):
        partner = min(max(years + chance.whole(-5, 4), 20), 92)
        life.people.append(_adult("conjoint", partner, not woman, foreign if chance.happens(0.8) else "FR", kind, decks, chance))
        _marry(life, chance)
    elif years >= 62 and chance.happens(0.5):
        life.head.update(statut_marital="veuf", conjoint_marie_decede="oui", **_bereaved(years, chance))
    else:
        life.head.update(
            statut_marital=chance.of({"celibataire": 60, "divorce": 40}) if years > 30 else "celibataire", conjoint_marie_decede="non"
        )
    mother = min(age(person) for person in life.people if person["lien"] != "enfant")
    spans = [decks.children.deal(lambda span: mother - span[0] >= 19 and mother - span[1] <= 44) for _ in range(children)]
    last = _apart([chance.whole(low, min(high, mother - 19)) for low, high in spans], mother - 19)
    if last and min(last) >= 18:
        last[0] = chance.whole(8, min(17, mother - 19))  # who raises children has one who is a minor
    for years_of in sorted(last, reverse=True):
        person = {"lien": "enfant", "date_naissance": born(years_of, chance)}
        life.people.append(person | child(years_of, person["date_naissance"], chance, lone=kind == "monoparent"))
    if hosts:
        parent = chance.happens(0.4) and mother < 55
        hosted = chance.whole(max(66, mother + 20), max(74, mother + 32)) if parent else chance.whole(19, 45)
        guest = _adult("autre", min(hosted, 88), chance.happens(0.5), foreign, "seul", decks, chance)
        widowed = {"statut_marital": "veuf", "conjoint_marie_decede": "oui", **_bereaved(min(hosted, 88), chance)}
        life.people.append(guest | (widowed if parent else {"statut_marital": "celibataire"}))
    for person in life.people[: 2 if kind.startswith("couple") else 1]:
        person["nombre_enfants_eleves"] = max(person["nombre_enfants_eleves"], children)
    _expect(life, chance)
    return life


def _apart(ages: list[int], eldest: int) -> list[int]:
    """Ages of brothers and sisters, a year apart at least: twins are rare."""
    found: list[int] = []
    for years in sorted(ages):
        free = [each for each in range(eldest + 1) if each not in found]
        found.append(min(free, key=lambda each: (abs(each - years), each)))
    return found


def _adult(lien: str, years: int, woman: bool, country: str, kind: str, decks: Decks, chance: Chance) -> dict[str, Any]:
    person: dict[str, Any] = {
        "lien": lien,
        "date_naissance": born(years, chance),
        "femme": "oui" if woman else "non",
        "nationalite": country,
    }
    if country not in ("FR", "PT", "RO"):
        person["duree_possession_titre_sejour"] = min(chance.of({2: 12, 4: 8, 6: 25, 10: 30, 16: 25}), max(years - 17, 1))
    return person | adult(years, woman, kind, decks.work, chance)


def _marry(life: Life, chance: Chance) -> None:
    """Married, in a Pacs, or living together: these file their taxes apart."""
    bond = chance.of({"marie": 58, "pacse": 16, "celibataire": 26})
    for person in life.people:
        person.update(statut_marital=bond, conjoint_marie_decede="non")


def _bereaved(years: int, chance: Chance) -> dict[str, Any]:
    day = born(years, chance).replace(year=chance.whole(2005, 2024))
    return {
        "date_deces_conjoint": day,
        "pension_base_conjoint_decede": chance.whole(0, 10) * 100,
        "pension_complementaire_conjoint_decede": chance.whole(0, 4) * 60,
    }


def _expect(life: Life, chance: Chance) -> None:
    """A woman of an age to be pregnant sometimes is."""
    for person in life.people:
        if person["lien"] in ("demandeur", "conjoint") and person["femme"] == "oui" and 18 <= age(person) <= 45:
            person["enceinte"] = "oui" if chance.happens(0.06) else "non"


def _house(drawn: list[Life], chance: Chance) -> None:
    """Tenures in the proportions of the margins; owners are older, richer and more often in couples, large families in social housing."""
    order = sorted(drawn, key=lambda life: _fortune(life) + 1.1 * chance.normal(), reverse=True)
    tenures = quotas(TENURES, len(drawn))
    rented = chance.shuffled([each for each in tenures if each not in OWNERS])
    for life, tenure in zip(order, [*(each for each in tenures if each in OWNERS), *rented], strict=True):
        _dwelling(life, "locataire_hlm" if len(life.people) > 3 and tenure not in (*OWNERS, "locataire_vide") else tenure, chance)


def _fortune(life: Life) -> float:
    earned = sum(float(person.get(name) or 0) for person in life.people for name in ("salaire_net", "retraite_nette"))
    return earned / 1000 + max(life.ages()) / 40 + (0.5 if life.kind.startswith("couple") else 0)


def _dwelling(life: Life, tenure: str, chance: Chance) -> None:
    size = len(life.people)
    about: dict[str, Any] = {"depcom": "35238", "quartier": "maurepas_bellangerais", "statut_occupation_logement": tenure}
    rents = {
        "locataire_hlm": (235 + 62 * min(size, 6), 40, 32 + 14 * size),
        "locataire_vide": (430 + 85 * min(size, 5), 60, 40 + 10 * size),
        "locataire_meuble": (440 + 60 * size, 35, 35),
        "locataire_foyer": (395, 20, 0),
        "primo_accedant": (640, 90, 110),
    }
    if tenure in rents:
        rent, spread, charges = rents[tenure]
        about |= {"loyer": round(rent + spread * chance.normal()), "charges_locatives": max(round(charges + 8 * chance.normal()), 0)}
    if tenure in OWNERS:
        about["montant_taxe_fonciere"] = chance.whole(70, 125) * 10
    insecure = tenure == "loge_gratuitement"
    about |= {
        "voiture_du_logement": _yes(chance.happens(0.35 + 0.2 * (life.kind != "seul"))),
        "zone_stationnement": "gratuite",
        "loyer_impaye": _yes(tenure.startswith("locataire") and chance.happens(0.07)),
        "facture_energie_ou_eau_impayee": _yes(chance.happens(0.08)),
        "facture_eau_individuelle": _yes(tenure in OWNERS or chance.happens(0.3)),
        "demenagement_recent_ou_prevu": _yes(chance.happens(0.06)),
        "cherche_logement_a_louer": _yes(insecure or chance.happens(0.05)),
        "situation_logement_urgente": _yes(insecure or chance.happens(0.04)),
        "asile_demandeur": "non",
    }
    life.about |= about


def _yes(held: bool) -> str:
    return "oui" if held else "non"
