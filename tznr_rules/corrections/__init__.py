"""What OpenFisca-France gets wrong today, put right in one place: values out of date, formulas that depart from the law.

Values live in ``parameters/corrections/`` under the path they have in OpenFisca-France, in its own format. Formulas live in the modules of
this package: a plain class bears the name of the variable that it corrects and the dated formulas to add or replace, and says why in a
``Correction``. Nothing here is an OpenFisca ``Variable`` at module level, because OpenFisca's extension loader would then declare it twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from tznr_rules.locations import PARAMETERS

MODULES = (
    "aides_logement",
    "asile",
    "asi_aspa",
    "autonomie",
    "bourses",
    "css",
    "demographie",
    "emploi",
    "jeunesse",
    "logement",
    "prestations_familiales",
    "rsa_ppa",
)


@dataclass(frozen=True)
class Correction:
    """Why a formula of OpenFisca-France is replaced: what is wrong, since when, by which text, and how sure we are."""

    defect: str
    since: str
    title: str
    href: str
    confidence: str  # high | medium | low


def formula_corrections() -> Iterator[tuple[type, Correction]]:
    """Every corrected variable, as (class holding the formulas, why)."""
    for name in MODULES:
        module = import_module(f"tznr_rules.corrections.{name}")
        for item in vars(module).values():
            correction = getattr(item, "correction", None)
            if isinstance(item, type) and isinstance(correction, Correction):
                yield item, correction


def value_corrections() -> ParameterNode:
    """The corrected values, as a tree with the paths of OpenFisca-France."""
    return ParameterNode(directory_path=str(PARAMETERS / "corrections"))


def apply_corrections(system: TaxBenefitSystem) -> None:
    """Correct the values and the formulas of a system in place."""
    correct_values(system.parameters)
    system._parameters_at_instant_cache.clear()
    correct_formulas(system)


def correct_values(parameters: ParameterNode) -> None:
    """Correct the values of a law in place."""
    overlay(parameters, value_corrections())


def correct_formulas(system: TaxBenefitSystem) -> None:
    """Correct the formulas of a system in place."""
    for corrected, _ in formula_corrections():
        body: dict[str, Any] = {key: value for key, value in vars(corrected).items() if key.startswith("formula")}
        system.update_variable(type(corrected.__name__, (Variable,), body))


def overlay(node: ParameterNode, correction: ParameterNode) -> None:
    """Lay dated values over those of a node: a date that both have takes the corrected value, the others are kept."""
    for name, corrected in correction.children.items():
        if name not in node.children:
            node.add_child(name, corrected)
        elif isinstance(corrected, ParameterNode):
            overlay(node.children[name], corrected)
        else:
            _overlay_values(node.children[name], corrected)


def _overlay_values(current: Parameter | ParameterScale, corrected: Parameter | ParameterScale) -> None:
    if isinstance(current, ParameterScale):
        for bracket, corrected_bracket in zip(current.brackets, corrected.brackets, strict=True):
            for name, child in corrected_bracket.children.items():
                _overlay_values(bracket.children[name], child)
        return
    values = {value.instant_str: value for value in current.values_list}
    values.update({value.instant_str: value for value in corrected.values_list})
    current.values_list = [values[instant] for instant in sorted(values, reverse=True)]
    for key, metadata in corrected.metadata.items():
        existing = current.metadata.get(key)
        current.metadata[key] = {**existing, **metadata} if isinstance(existing, dict) and isinstance(metadata, dict) else metadata


class CurrentLaw(Reform):  # type: ignore[misc]
    """The corrections as an OpenFisca reform: ``openfisca test ... --reforms tznr_rules.corrections.CurrentLaw``."""

    name = "Le droit en vigueur"

    def apply(self) -> None:
        self.modify_parameters(lambda parameters: parameters)
        apply_corrections(self)
