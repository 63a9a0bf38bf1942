"""Who receives what: non-take-up drawn from the published rates on what the engine says is due, with one leaning per household."""

from dataclasses import dataclass

import numpy as np

from maurepas.chance import NORMAL, Chance
from maurepas.lives import OWNERS, SOCIAL, Life
from maurepas.margins import Array, Tag
from tznr_rules.batch import Results

CORRELATION = 0.3  # who leaves one right unclaimed leaves others: supposed
LATE, ENDED = 0.04, 0.015  # receipts of another amount than today's; receipts of what is not due any more: supposed
SILENT, FORGOTTEN, HALF = 0.06, 0.035, 0.4  # households that answer half of the questions; single answers forgotten: supposed


@dataclass(frozen=True)
class Rate:
    """The share of those with the right who do not receive it, in %, and where it comes from."""

    usual: float
    tag: Tag
    source: str = ""
    private: float | None = None  # tenants of private owners and others
    owners: float | None = None
    lone: float | None = None  # parents alone
    couples: float | None = None  # couples without children


RATES = {
    "rsa": Rate(
        15,
        "mesuré",
        "DREES, Dossier 92, 2022 (2018) : HLM 15, parc privé 33, propriétaires 61, mères seules 16, couples sans enfant 49",
        33,
        61,
        16,
        49,
    ),
    "ppa": Rate(27, "mesuré", "DREES, Dossier 57, 2020 (2016)"),
    "aspa": Rate(36, "mesuré", "DREES, Dossier 97, 2022 (2016) : locataires 36, propriétaires 72", None, 72),
    "complementaire_sante_solidaire": Rate(31, "mesuré", "DREES, 2022 (2021) : 31 sans participation, 67 avec"),
    "cheque_energie": Rate(18, "mesuré", "Taux d'usage de 82,2 %, campagne 2023 (provisoire)"),
    "aide_logement": Rate(5, "supposé", "Aucun taux national confirmé"),
    "af": Rate(2, "supposé"),
    "cf": Rate(3, "supposé"),
    "asf": Rate(12, "supposé"),
    "ars": Rate(3, "supposé"),
    "paje_base": Rate(5, "supposé"),
    "aeeh": Rate(20, "supposé"),
    "aah": Rate(10, "supposé"),
    "ass": Rate(15, "supposé"),
    "asi": Rate(40, "supposé"),
    "bourse_college": Rate(20, "supposé"),
    "bourse_lycee": Rate(20, "supposé"),
    "bourse_criteres_sociaux": Rate(12, "supposé"),
    "contrat_engagement_jeune": Rate(50, "supposé"),
    "apa_domicile": Rate(25, "supposé"),
    "allocation_veuvage": Rate(30, "supposé"),
    "apa_etablissement": Rate(10, "supposé"),
    "mva": Rate(20, "supposé"),
    "reversion_regime_general": Rate(15, "supposé"),
    "reversion_agirc_arrco": Rate(15, "supposé"),
    "rennes_metropole_cheque_eau": Rate(25, "supposé"),
    "rennes_metropole_sortir": Rate(35, "supposé"),
    "rennes_metropole_star": Rate(30, "supposé"),
    "reduction_loyer_solidarite": Rate(0, "supposé", "Appliquée d'office par le bailleur"),
}
WITH_PARTICIPATION = 67.0  # CSS, DREES 2021: those who must pay a part of it
FREE_BELOW = 870.0  # €/month and consumption unit before benefits, near the ceiling of the free one: supposed
LEANT = ("rsa", "ppa")  # what quarterly declarations make late


def rate(benefit: str, life: Life, poor: bool) -> float:
    """The rate of non-take-up of a benefit for a household, between 0 and 1."""
    known = RATES[benefit]
    tenure = life.about["statut_occupation_logement"]
    found = known.usual
    if benefit == "complementaire_sante_solidaire" and not poor:
        found = WITH_PARTICIPATION
    elif known.lone is not None and life.kind == "monoparent":
        found = known.lone
    elif known.couples is not None and life.kind == "couple":
        found = known.couples
    elif known.owners is not None and tenure in OWNERS:
        found = known.owners
    elif known.private is not None and tenure not in SOCIAL:
        found = known.private
    return found / 100


def claimed(lives: list[Life], poor: Array, seed: str) -> Array:
    """Whether each household (row) would claim each benefit of ``RATES`` (column), by a Gaussian copula of one factor."""
    chance = Chance(f"{seed} take-up")
    takes = np.ones((len(lives), len(RATES)), dtype=bool)
    for row, life in enumerate(lives):
        leaning = chance.normal()
        for column, benefit in enumerate(RATES):
            drawn = CORRELATION**0.5 * leaning + (1 - CORRELATION) ** 0.5 * chance.normal()
            takes[row, column] = NORMAL.cdf(drawn) >= rate(benefit, life, bool(poor[row]))
    return takes


def received(due: Results, takes: Array, seed: str) -> Array:
    """What each household receives, in the unit of the card: what is due to those who claim, with a few late or ended rights."""
    chance = Chance(f"{seed} receipts")
    amounts = np.where(takes, due.low, 0.0)
    for row in range(len(amounts)):
        for column, card in enumerate(due.cards):
            late, ended, factor = chance.happens(LATE), chance.happens(ENDED), chance.between(0.7, 1.2)
            if card.id in LEANT:
                if late:
                    amounts[row, column] *= factor
                elif ended and due.high[row, column] == 0:
                    amounts[row, column] = 170 * factor
    return np.round(amounts, 2)


def told(lives: list[Life], seed: str) -> Array:
    """Whether each receipt was told: some households answer half of what they are asked, and some answers are forgotten."""
    chance = Chance(f"{seed} silence")
    known = np.ones((len(lives), len(RATES)), dtype=bool)
    for row in range(len(lives)):
        missing = HALF if chance.happens(SILENT) else FORGOTTEN
        for column in range(len(RATES)):
            known[row, column] = not chance.happens(missing)
    return known
