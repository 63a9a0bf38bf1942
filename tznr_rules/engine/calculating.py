"""A value that is known is given at once, one that nothing computes is its default, and others are computed with fewer detours."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.errors import SpiralError
from openfisca_core.holders import Holder
from openfisca_core.periods import DateUnit, Period
from openfisca_core.simulations import Simulation
from openfisca_core.variables import Variable

Array = NDArray[Any]


def patch() -> None:
    """Calculate, and add up over time, in fewer steps."""
    Variable.get_formula = _remembering_formulas(Variable.get_formula)
    Simulation.calculate = _looking_first(Simulation.calculate)
    Simulation.calculate_add = _adding_nothing(Simulation.calculate_add)


def _remembering_formulas(get_formula: Callable[..., Any]) -> Callable[..., Any]:
    """The formula of a period, as long as the variable has the same formulas."""

    def remembered(self: Variable, period: Any = None) -> Any:
        if type(period) is not Period:
            return get_formula(self, period)
        formulas, known = self.__dict__.setdefault("_formula_at", (self.formulas, {}))
        if formulas is not self.formulas:
            formulas, known = self.__dict__["_formula_at"] = (self.formulas, {})
        if period not in known:
            known[period] = get_formula(self, period)
        return known[period]

    return remembered


def _looking_first(calculate: Callable[..., Any]) -> Callable[..., Any]:
    """What is asked for, unless somebody watches the calculation: the value that is known, or a shorter way to it.

    A simulation may have a ``reader``, which is told of each value that a formula reads, with the stack of the formulas.
    """

    def looking(self: Simulation, variable_name: str, period: Any) -> Any:
        stack = self.tracer.stack
        if type(period) is not Period or self.trace or getattr(self.tracer, "watches", False):
            return calculate(self, variable_name, period)
        array, holder = None, _holder(self, variable_name)
        if holder is not None and period[2] == 1:
            array = holder._memory_storage._arrays.get(period)
            if array is None and period[0] == holder.variable.definition_period and self.start_computation_period is None:
                array = _computed(self, holder, period)
        if array is None:
            array = calculate(self, variable_name, period)
        if "reader" in self.__dict__:
            self.reader(variable_name, period, stack)
        return array

    return looking


def _holder(simulation: Simulation, name: str) -> Holder | None:
    """Where the values of a variable are, when nothing special is to be done about it."""
    holders = simulation.__dict__.setdefault("_known_holders", {})
    if name not in holders:
        variable = simulation.tax_benefit_system.variables.get(name)
        population = None if variable is None else simulation.populations[variable.entity.key]
        holder = simulation.get_holder(name) if population is None else population._holders.get(name) or population.get_holder(name)
        plain = not (holder.variable.is_neutralized or holder._do_not_store or holder._on_disk_storable or simulation.opt_out_cache)
        holders[name] = holder if plain and holder.variable.definition_period != DateUnit.ETERNITY else None
    known: Holder | None = holders[name]
    return known


def _computed(simulation: Simulation, holder: Holder, period: Period) -> Array:
    """The value of a variable of which nothing is known at a period, which is then known."""
    variable, stack = holder.variable, simulation.tracer.stack
    if not variable.formulas:
        return _kept(holder, period, holder.default_array())
    simulation.tracer.record_calculation_start(variable.name, period)
    try:
        if any(frame["name"] == variable.name for frame in stack[:-1]):
            simulation._check_for_cycle(variable.name, period)
        array = simulation._run_formula(variable, holder.population, period)
        return _kept(holder, period, holder.default_array() if array is None else simulation._cast_formula_result(array, variable))
    except SpiralError:
        return holder.default_array()  # type: ignore[no-any-return]
    finally:
        simulation.tracer.record_calculation_end()
        if simulation.invalidated_caches:
            simulation.purge_cache_of_invalid_values()


def _kept(holder: Holder, period: Period, array: Array) -> Array:
    if array.shape == (holder.population.count,):
        holder._memory_storage._arrays[period] = array
    else:
        holder.put_in_cache(array, period)
    return array


def _adding_nothing(add: Callable[..., Any]) -> Callable[..., Any]:
    """The sum over time of a variable that has no formula, and of which nothing was told, is nothing."""

    def adding(self: Simulation, variable_name: str, period: Any) -> Any:
        if type(period) is Period and period[0] in (DateUnit.MONTH, DateUnit.YEAR) and self.tracer.stack and not self.trace:
            holder = _holder(self, variable_name)
            if holder is not None and not getattr(self.tracer, "watches", False) and _says_nothing(holder):
                return np.zeros(holder.population.count, holder.variable.dtype)
        return add(self, variable_name, period)

    return adding


def _says_nothing(holder: Holder) -> bool:
    variable = holder.variable
    is_amount = variable.value_type in (float, int) and not variable.default_value and variable.definition_period == DateUnit.MONTH
    return is_amount and not variable.formulas and not holder._memory_storage._arrays
