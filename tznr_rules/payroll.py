"""Gross and taxable pay from net pay, by inverting OpenFisca's own formulas numerically; never a ratio.

A table is computed once per (category, stretch of the law): OpenFisca's net and taxable pay on a grid of gross pay that holds every kink.
Read backwards it gives the gross pay within two cents, because OpenFisca rounds each contribution to the cent; the formulas are then run
once more on the gross amounts around, and the one whose net pay is the one given is kept.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder

from tznr_rules.system import in_force

Array = NDArray[np.float64]
Rows = NDArray[np.intp]

STEPS: Array = np.concatenate([np.arange(0.0, 600.0, 5.0), np.arange(600.0, 12_000.0, 20.0), np.geomspace(12_000.0, 120_000.0, 60)])

ADULT = np.datetime64("1980-01-01")  # pay does not depend on age; an apprentice is said to be one
NOT_EARNED = ("salaire_net", "rpns_imposables", "csg_imposable_non_salarie", "crds_non_salarie")  # beside an unemployment benefit
TAXED = 5_000.0  # euros a month: on such a pension, every contribution is due at its rate
MOST_SOLVED = 4_096  # amounts remembered for each law
PUBLIC = ("public_titulaire_etat", "public_titulaire_militaire", "public_titulaire_territoriale", "public_titulaire_hospitaliere")


@dataclass(frozen=True)
class Pay:
    """The three readings of one income, euros a month."""

    gross: Array
    taxable: Array
    net: Array

    def readings(self) -> Array:
        """Gross, taxable and net, a row each."""
        return np.stack([self.gross, self.taxable, self.net])


@dataclass(frozen=True)
class Table:
    """Gross, taxable and net pay on the same grid, net increasing; ``law`` is the same for two stretches whose figures are the same."""

    gross: Array
    taxable: Array
    net: Array
    law: bytes

    def read(self, amounts: Array, given: str) -> Pay:
        """The three readings of amounts of which one is known: ``given`` is gross, taxable or net."""
        known = getattr(self, given)
        return Pay(*(amounts if name == given else np.interp(amounts, known, getattr(self, name)) for name in ("gross", "taxable", "net")))


def salary(category: str, apprentice: bool, month: str, amounts: Array, given: str = "net") -> Pay:
    """Pay of employees of one category in one month.

    Args:
        category: a name of OpenFisca's ``TypesCategorieSalarie``.
        apprentice: whether they are apprentices.
        month: ``YYYY-MM``.
        amounts: euros a month.
        given: which reading ``amounts`` is.
    """
    return Pay(*salaries(category, apprentice, (month,), amounts[None, :], given).readings()[:, 0])


def salaries(category: str, apprentice: bool, months: Sequence[str], amounts: Array, given: str = "net") -> Pay:
    """The same, of several months.

    On high pay, a ceiling that counts the days of the month bears: each month has its table.

    Args:
        months: ``YYYY-MM``.
        amounts: euros, a row per month and a column per employee; the three readings have the same shape.
    """
    pay = np.zeros((3, *amounts.shape))
    ceilings = np.array([_ceiling(month) for month in months])
    high = amounts > ceilings[:, None] / 2
    low = (amounts != 0) & ~high
    stretches = np.array([_stretch(month) for month in months])
    for stretch in np.unique(stretches):
        cells = low & (stretches == stretch)[:, None]
        pay[:, cells] = _salary(category, apprentice, str(stretch), amounts[cells], given)
    for place in np.flatnonzero(high.any(axis=1)):
        pay[:, place, high[place]] = _salary(category, apprentice, months[place], amounts[place, high[place]], given)
    return Pay(*pay)


def treatment(category: str, apprentice: bool, month: str, highest: float) -> Hashable:
    """What tells the law of the pay of a month, up to an amount, from that of other months: they are the same in those of which it is."""
    stretch = _stretch(month)
    return (stretch, _salary_table(category, apprentice, month).law) if highest > _ceiling(month) / 2 else stretch


def _salary(category: str, apprentice: bool, stretch: str, amounts: Array, given: str) -> Array:
    """Gross, taxable and net pay, a row each, of amounts of one stretch of the law."""
    table = _salary_table(category, apprentice, stretch)
    if given != "net":
        return table.read(amounts, given).readings()
    return _solved("salaire", table.law).read(amounts, lambda new: _refine(category, apprentice, stretch, table.read(new, "net")))


class _Solved(dict[float, tuple[float, ...]]):
    """The gross, taxable and net readings of amounts that were solved: solving costs much, and the same amounts come back."""

    def read(self, amounts: Array, solve: Callable[[Array], Pay]) -> Array:
        """The three readings of amounts, a row each; those that are new are solved."""
        distinct, which = np.unique(amounts, return_inverse=True)
        known = {amount: self.get(amount) for amount in distinct.tolist()}
        new = [amount for amount, readings in known.items() if readings is None]
        if new:
            solved = dict(zip(new, zip(*solve(np.array(new)).readings().tolist(), strict=True), strict=True))
            known |= solved
            for oldest in list(islice(self, max(len(self) + len(solved) - MOST_SOLVED, 0))):
                self.pop(oldest, None)  # another thread may be reading: it has its own ``known``
            self.update(solved)
        return np.array(list(known.values()), dtype=float)[which].T


@lru_cache(maxsize=1024)
def _solved(*alike: Hashable) -> _Solved:
    """What was solved for the incomes that the law treats alike."""
    return _Solved()


def _refine(category: str, apprentice: bool, month: str, guess: Pay) -> Pay:
    """The gross pay, within eight cents of a guess, whose net pay by OpenFisca's formulas is nearest to the one wanted."""
    shifts = np.arange(-0.08, 0.0801, 0.0025)
    candidates = np.maximum(guess.gross[:, None] + shifts, 0.0)
    taxable, net = (values.reshape(candidates.shape) for values in _salaries(category, apprentice, month, candidates.ravel()))
    best = np.argmin(np.abs(net - guess.net[:, None]) + np.abs(shifts) * 1e-6, axis=1)
    rows = np.arange(len(best))
    nothing = guess.net == 0
    return Pay(np.where(nothing, 0.0, candidates[rows, best]), np.where(nothing, 0.0, taxable[rows, best]), guess.net)


def replacement(kind: str, month: str, amounts: Array, rfr: Array, nbptr: Array, given: str = "net") -> Pay:
    """Unemployment benefit or pension of people whose tax notice decides the rate of their social contributions.

    Args:
        kind: ``chomage`` or ``retraite``.
        month: ``YYYY-MM``; the other months of its year are like it.
        amounts: euros a month, a column per person; the three readings have the same shape.
        rfr: reference tax income of two years before, one per person.
        nbptr: number of tax shares of two years before, one per person.
        given: which reading ``amounts`` is.
    """
    january = f"{month[:4]}-01"
    pay = np.empty((3, *amounts.shape))
    for people, notice, rates in _treated_alike(kind, january, rfr, nbptr):
        theirs = amounts[..., people]
        solve = partial(_solve, partial(_readings, kind, january, *notice), given)
        pay[..., people] = _solved(kind, january, given, rates).read(theirs.ravel(), solve).reshape(3, *theirs.shape)
    return Pay(*pay)


def _treated_alike(kind: str, january: str, rfr: Array, nbptr: Array) -> Iterator[tuple[Rows, tuple[float, float], bytes]]:
    """People by rate of contributions: who they are, the tax notice of one of them, and what tells the rate from the others.

    Nothing but the rate depends on the notice, and it shows in what is left of an amount on which every contribution is due.
    """
    notices, of_person = np.unique(np.stack([rfr, nbptr]), axis=1, return_inverse=True)
    left = _readings(kind, january, notices[0], notices[1], np.full(notices.shape[1], TAXED)).readings()
    rates, example, alike = np.unique(left, axis=1, return_index=True, return_inverse=True)
    for number, (reference, shares) in enumerate(notices.T[example].tolist()):
        yield np.flatnonzero(alike.ravel()[of_person.ravel()] == number), (reference, shares), rates[:, number].tobytes()


def _readings(kind: str, january: str, rfr: Array | float, nbptr: Array | float, gross: Array) -> Pay:
    """What OpenFisca's formulas leave of gross amounts."""
    gross_name, *others = REPLACEMENT[kind]
    simulation = _people(len(gross))
    for name, known in (("rfr", rfr), ("nbptr", nbptr)):
        simulation.set_input(name, str(int(january[:4]) - 2), np.broadcast_to(known, gross.shape))
    for name in NOT_EARNED:
        yearly = simulation.tax_benefit_system.variables[name].definition_period == DateUnit.YEAR
        simulation.set_input(name, january[:4] if yearly else january, np.zeros(len(gross)))
    simulation.set_input(gross_name, january, gross)
    return Pay(gross, *(simulation.calculate(name, january).astype(float) for name in others))


REPLACEMENT = {
    "chomage": ("chomage_brut", "chomage_imposable", "chomage_net"),
    "retraite": ("retraite_brute", "retraite_imposable", "retraite_nette"),
}


def _solve(readings: Callable[[Array], Pay], given: str, amounts: Array, steps: int = 12, cent: float = 0.002) -> Pay:
    """The pay whose reading is the one given, an increasing function of the gross amount, by secants kept inside a bracket."""

    def miss(pay: Pay) -> Array:
        return np.asarray(getattr(pay, given) - amounts)

    low, high = amounts * 0.5, amounts * 1.5 + 1
    pay = readings(amounts)
    error, previous, previous_error = miss(pay), pay.gross * 1.05 + 1, None
    for _ in range(steps):
        if np.all(np.abs(error) < cent):
            break
        guess = pay.gross
        low, high = np.where(error < 0, guess, low), np.where(error > 0, guess, high)
        if previous_error is None:
            previous_error = miss(readings(previous))
        slope = np.divide(error - previous_error, guess - previous, out=np.ones_like(guess), where=np.abs(guess - previous) > 1e-9)
        step = guess - np.divide(error, slope, out=np.zeros_like(guess), where=slope > 1e-3)
        following = np.where(np.abs(error) < cent, guess, np.where((step > low) & (step < high), step, (low + high) / 2))
        previous, previous_error = guess, error
        pay = readings(following)
        error = miss(pay)
    return pay


@lru_cache(maxsize=1024)
def _salary_table(category: str, apprentice: bool, month: str) -> Table:
    grid = _grid(month)
    taxable, net = _salaries(category, apprentice, month, grid)
    increasing = np.concatenate([[True], net[1:] > np.maximum.accumulate(net)[:-1]])
    shared = np.isin(grid, STEPS)
    law = b"".join((category.encode(), bytes([apprentice]), taxable[shared].tobytes(), net[shared].tobytes()))
    return Table(grid[increasing], taxable[increasing], net[increasing], sha256(law).digest())


def _salaries(category: str, apprentice: bool, month: str, gross: Array) -> tuple[Array, Array]:
    """Taxable and net pay of gross pays, by OpenFisca's formulas."""
    simulation = _people(len(gross))
    simulation.set_input("categorie_salarie", month, np.array([category] * len(gross)))
    simulation.set_input("apprenti", month, np.full(len(gross), apprentice))
    simulation.set_input("traitement_indiciaire_brut" if category in PUBLIC else "salaire_de_base", month, gross)
    return simulation.calculate("salaire_imposable", month).astype(float), simulation.calculate("salaire_net", month).astype(float)


def _grid(month: str) -> Array:
    """Gross amounts that hold every kink of the contributions: shares of the minimum wage and multiples of the social security ceiling."""
    law = in_force().get_parameters_at_instant(month)
    minimum_wage = law.marche_travail.salaire_minimum.smic.smic_b_mensuel
    ceiling = float(_people(1).calculate("plafond_securite_sociale", month)[0])
    kinks = [minimum_wage * share for share in (0.5, 0.79)] + [ceiling * multiple for multiple in (1, 4, 8)]
    around = [kink + shift for kink in kinks for shift in (-0.02, -0.01, -0.005, 0.0, 0.005, 0.01, 0.02)]
    return np.unique(np.concatenate([STEPS, around]))


def _people(count: int) -> Simulation:
    """A simulation of adults who live alone."""
    builder = SimulationBuilder()
    builder.create_entities(in_force())
    ids = np.arange(count)
    builder.declare_person_entity("individu", ids)
    for entity, role in (("famille", "demandeur"), ("foyer_fiscal", "declarant_principal"), ("menage", "personne_de_reference")):
        builder.join_with_persons(builder.declare_entity(entity, ids), ids, roles=[role] * count)
    people = builder.build(in_force())
    people.set_input("date_naissance", "ETERNITY", np.full(count, ADULT))
    return people


@lru_cache(maxsize=256)
def _stretch(month: str) -> str:
    """The first month since which contributions have not changed."""
    return max(change for change in _changes() if change <= month)


@lru_cache(maxsize=256)
def _ceiling(month: str) -> float:
    """The ceiling of social security, euros a month."""
    return float(in_force().parameters.prelevements_sociaux.pss.plafond_securite_sociale_mensuel.get_at_instant(f"{month}-01"))


@lru_cache(maxsize=1)
def _changes() -> tuple[str, ...]:
    tree = in_force().parameters
    instants = {*_instants(tree.prelevements_sociaux), *_instants(tree.marche_travail.salaire_minimum)}
    months = {instant[:7] if instant.endswith("-01") else _following(instant[:7]) for instant in instants}
    return tuple(sorted(months))


def _following(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + 1}-01" if number == 12 else f"{year}-{number + 1:02d}"


def _instants(node: Any) -> Iterator[str]:
    if isinstance(node, ParameterNode):
        for child in node.children.values():
            yield from _instants(child)
    elif isinstance(node, ParameterScale):
        for bracket in node.brackets:
            yield from _instants(bracket)
    elif isinstance(node, Parameter):
        yield from (value.instant_str for value in node.values_list)
