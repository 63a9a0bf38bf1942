"""The law as one OpenFisca system: OpenFisca-France, corrected, plus our parameters and variables."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any, ParamSpec, TypeVar

from openfisca_core.parameters import Parameter, ParameterAtInstant, ParameterNode, ParameterScale, ParameterScaleBracket
from openfisca_france import CountryTaxBenefitSystem as FranceTaxBenefitSystem

from tznr_rules import cache, collecting, engine, local_values
from tznr_rules.corrections import correct_formulas, correct_values
from tznr_rules.fingerprint import SIZE, fingerprint
from tznr_rules.loading import QuickLoading
from tznr_rules.locations import PARAMETERS, VARIABLES
from tznr_rules.report import LocalValue
from tznr_rules.zones import keep_zones

MEMORY = "_remembered"  # the attribute of a law that holds what is remembered of it
PARAMETER_CLASSES = frozenset(
    (kind.__module__, kind.__name__) for kind in (Parameter, ParameterAtInstant, ParameterNode, ParameterScale, ParameterScaleBracket)
)
_building = RLock()  # one thread at a time changes the engine and builds the law
MODELLED = ("2024-01", "2027-03")  # the next uprating of most benefits, in April 2027, is not voted yet


class CountryTaxBenefitSystem(QuickLoading, FranceTaxBenefitSystem):  # type: ignore[misc]
    """OpenFisca-France, corrected to today's law, plus the measures of Rennes.

    The name is the one that ``openfisca test --country-package tznr_rules`` looks for.

    Args:
        corrected: False keeps OpenFisca-France's own national rules, to compare with them.

    The values that an installation gives, in the file named by ``TZNR_RULES_LOCAL_VALUES``, are those of ``local_values``.
    """

    local_values: tuple[LocalValue, ...] = ()
    made_of = ""

    def __init__(self, *, corrected: bool = True) -> None:
        with _building:
            engine.quicken()
        self._corrected, self.made_of = corrected, fingerprint()
        with collecting.paused(stay=True):
            super().__init__()
            self.add_variables_from_directory(str(VARIABLES))
        keep_zones(self.variables["zone_apl"])
        if corrected:
            correct_formulas(self)
            self._fill_blanks(os.environ.get(local_values.VARIABLE))

    def load_parameters(self, path_to_yaml_dir: str) -> None:
        """Load the values of OpenFisca-France and ours, corrected, from the cache when it has them."""

        def read() -> ParameterNode:
            FranceTaxBenefitSystem.load_parameters(self, path_to_yaml_dir)
            self.parameters.merge(ParameterNode(directory_path=str(PARAMETERS)))
            if self._corrected:
                correct_values(self.parameters)
            return self.parameters

        name = "law" if self._corrected else "law-uncorrected"
        self.parameters = cache.kept(name, self.made_of, read, PARAMETER_CLASSES)

    def _fill_blanks(self, file: str | None) -> None:
        if file:
            self.local_values = local_values.load(Path(file), self.parameters)
            self.made_of = blake2b(repr((self.made_of, self.local_values)).encode(), digest_size=SIZE).hexdigest()
            local_values.apply(self, self.local_values)


Given = ParamSpec("Given")
Found = TypeVar("Found")

_chosen: ContextVar[CountryTaxBenefitSystem | None] = ContextVar("law", default=None)


def system(corrected: bool = True) -> CountryTaxBenefitSystem:
    """The law that is computed: the one in force, or the one of :func:`using`.

    Args:
        corrected: False gives OpenFisca-France's own national rules, to compare with them.
    """
    return (_chosen.get() or in_force()) if corrected else in_force(False)


def in_force(corrected: bool = True) -> CountryTaxBenefitSystem:
    """The law in force in this process, built once and shared, by whichever thread asks first."""
    return _built.get(corrected) or _build(corrected)


_built: dict[bool, CountryTaxBenefitSystem] = {}


def _build(corrected: bool) -> CountryTaxBenefitSystem:
    with _building:
        if corrected not in _built:
            _built[corrected] = CountryTaxBenefitSystem(corrected=corrected)
        return _built[corrected]


@contextmanager
def using(law: Any) -> Iterator[None]:
    """Everything that is computed inside is so in another law: a reform of the one in force (decision 0017).

    Facts, questions and pay keep to the law in force: a household tells the same whatever is asked of it.
    """
    before = _chosen.set(law)
    try:
        yield
    finally:
        _chosen.reset(before)


def rules() -> Any:
    """The law of which formulas are those of the one that is computed: the one in force, when only values were changed."""
    law = system()
    return in_force() if getattr(law, "values_only", False) else law


def cached(maxsize: int, law: Callable[[], Any] = system) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """As ``lru_cache``, apart for each law: what one law says is never taken for what another says, and goes away with it.

    Args:
        law: on which law the answer depends, as ``system`` or ``rules``.
    """

    def decorate(function: Callable[Given, Found]) -> Callable[Given, Found]:
        @wraps(function)
        def found(*arguments: Given.args, **named: Given.kwargs) -> Found:
            here = law()
            memory = here.__dict__.get(MEMORY)
            if memory is None or memory.law is not here:  # a copy of a law has the memory of the first: it begins its own
                memory = here.__dict__[MEMORY] = _Memory(here)
            remembered = memory.get(function)
            if remembered is None:
                remembered = memory[function] = lru_cache(maxsize)(_computed_in(here, function))
            answer: Found = remembered(*arguments, **named)
            return answer

        return found

    return decorate


class _Memory(dict[Any, Any]):
    """What is remembered of a law, by function; it is kept on the law and goes away with it."""

    def __init__(self, law: Any) -> None:
        super().__init__()
        self.law = law


def _computed_in(law: Any, function: Callable[Given, Found]) -> Callable[Given, Found]:
    """A function that is computed in a law, whichever is in use."""

    def inside(*arguments: Given.args, **named: Given.kwargs) -> Found:
        with using(law):
            return function(*arguments, **named)

    return inside
