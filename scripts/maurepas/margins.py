"""What the sample is asked to look like: each target with where it comes from, and what the drawn households give instead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Tag = Literal["mesuré", "déduit", "supposé"]

HOUSEHOLDS = 300
POPULATION = 2269  # households of the eight cells of the grid
LINE_2021 = 1158.0  # €/month for one consumption unit: 60 % of the median living standard of 2021
AGES = {
    "0-3": (0, 3, 6.7),
    "4-5": (4, 5, 3.0),
    "6-10": (6, 10, 8.8),
    "11-17": (11, 17, 9.2),
    "18-24": (18, 24, 7.2),
    "25-39": (25, 39, 22.8),
    "40-54": (40, 54, 18.3),
    "55-64": (55, 64, 9.9),
    "65-79": (65, 79, 9.9),
    "80 ans ou plus": (80, 130, 4.0),
}
TYPES = {
    "seul": ("Personne seule", 58.0),
    "monoparent": ("Parent seul avec enfants", 16.0),
    "couple": ("Couple sans enfant", 10.2),
    "couple_1_2": ("Couple, 1 ou 2 enfants", 9.5),
    "couple_3": ("Couple, 3 enfants ou plus", 6.3),
}
POOR_BY_TYPE = {"seul": 40.0, "monoparent": 56.0, "couple": 25.0, "couple_1_2": 42.0, "couple_3": 62.0}


@dataclass(frozen=True)
class Drawn:
    """What the margins look at: arrays of a row per household.

    ``kind``: a key of ``TYPES``. ``tenure``: ``social``, ``proprietaire`` or ``autre``. ``size``: persons. ``ages``: persons by class of
    age, a column per key of ``AGES``. ``head``: age of the demandeur. ``work``: what the demandeur does. ``living``: euros a month and
    per consumption unit, with the benefits received. ``line``: the poverty line in the same unit.
    """

    kind: Array
    tenure: Array
    size: Array
    ages: Array
    head: Array
    work: Array
    living: Array
    line: float

    @property
    def poor(self) -> Array:
        return self.living < self.line


@dataclass(frozen=True)
class Margin:
    """One target: a weighted mean of ``of`` over ``among``. ``raked``: the weights are fitted to it. ``within``: the difference allowed."""

    label: str
    target: float
    unit: str
    tag: Tag
    raked: bool
    within: float
    of: Callable[[Drawn], Array]
    among: Callable[[Drawn], Array]

    def found(self, drawn: Drawn, weights: Array) -> float:
        """The weighted mean, in the unit of the target."""
        scale = 100.0 if self.unit == "%" else 1.0
        return float(scale * np.sum(weights * self.of(drawn)) / np.sum(weights * self.among(drawn)))


def every(drawn: Drawn) -> Array:
    return np.ones(len(drawn.size))


def persons(drawn: Drawn) -> Array:
    return drawn.size.astype(float)


def working_age(drawn: Drawn) -> Array:
    return (drawn.head < 65).astype(float)


def _is(name: str, *values: str) -> Callable[[Drawn], Array]:
    return lambda drawn: np.isin(getattr(drawn, name), values).astype(float)


def _with(first: Callable[[Drawn], Array], second: Callable[[Drawn], Array]) -> Callable[[Drawn], Array]:
    return lambda drawn: first(drawn) * second(drawn)


def _old(drawn: Drawn) -> Array:
    return (drawn.head >= 65).astype(float)


def _share(
    label: str, target: float, tag: Tag, of: Callable[[Drawn], Array], among: Callable[[Drawn], Array] = every, **more: Any
) -> Margin:
    return Margin(
        label, target, "%", tag, more.get("raked", tag == "mesuré"), more.get("within", 0.05 if tag == "mesuré" else 3.0), of, among
    )


def _aged(column: int) -> Callable[[Drawn], Array]:
    return lambda drawn: drawn.ages[:, column].astype(float)


KNOWN_AGES = sum(share for _, _, share in AGES.values())
MARGINS = (
    *(
        _share(f"Ménages : {label}", share, "mesuré" if key in ("seul", "monoparent") else "déduit", _is("kind", key))
        for key, (label, share) in TYPES.items()
    ),
    _share("Ménages de 5 personnes ou plus", 7.8, "mesuré", lambda drawn: (drawn.size >= 5).astype(float)),
    Margin("Personnes par ménage", 1.95, "personnes", "mesuré", True, 0.01, persons, every),
    *(
        _share(
            f"Personnes de {label}" if label.endswith("plus") else f"Personnes de {label} ans",
            100 * share / KNOWN_AGES,
            "mesuré",
            _aged(column),
            persons,
        )
        for column, (label, (_, _, share)) in enumerate(AGES.items())
    ),
    _share(
        "Personnes seules de 65 ans ou plus, parmi les personnes seules",
        25.0,
        "supposé",
        _with(_is("kind", "seul"), _old),
        _is("kind", "seul"),
        within=6.0,
    ),
    _share("Ménages en logement social", 81.0, "mesuré", _is("tenure", "social")),
    _share("Ménages propriétaires", 7.8, "mesuré", _is("tenure", "proprietaire")),
    _share("Ménages locataires du privé, en foyer ou hébergés", 11.2, "déduit", _is("tenure", "autre"), within=0.5),
    _share("Ménages pauvres, aides reçues comprises", 43.1, "mesuré", lambda drawn: drawn.poor.astype(float)),
    Margin(
        *("Niveau de vie moyen des personnes, en part du seuil de pauvreté", 15_715 / 12 / LINE_2021, "seuil", "mesuré", True, 0.002),
        lambda drawn: drawn.living / drawn.line * drawn.size,
        persons,
    ),
    *(
        _share(
            f"Ménages pauvres : {label.lower()}",
            POOR_BY_TYPE[key],
            "supposé",
            _with(_is("kind", key), lambda drawn: drawn.poor),
            _is("kind", key),
            within=20.0,
        )
        for key, (label, _) in TYPES.items()
    ),
    _share("Demandeur de moins de 65 ans en emploi", 52.5, "supposé", _with(_is("work", "emploi"), working_age), working_age, within=8.0),
    _share("Demandeur de moins de 65 ans au chômage", 16.5, "supposé", _with(_is("work", "chomage"), working_age), working_age, within=8.0),
    _share(
        "Demandeur de moins de 65 ans sans emploi ni chômage",
        31.0,
        "supposé",
        _with(_is("work", "inactif"), working_age),
        working_age,
        within=8.0,
    ),
)
