"""The law as one OpenFisca system: OpenFisca-France, corrected, plus our parameters and variables."""

import os
from functools import lru_cache
from pathlib import Path

from openfisca_core.parameters import ParameterNode
from openfisca_france import CountryTaxBenefitSystem as FranceTaxBenefitSystem

from tznr_rules import engine, local_values
from tznr_rules.corrections import apply_corrections
from tznr_rules.locations import PARAMETERS, VARIABLES
from tznr_rules.report import LocalValue

MODELLED = ("2024-01", "2027-03")  # the next uprating of most benefits, in April 2027, is not voted yet


class CountryTaxBenefitSystem(FranceTaxBenefitSystem):  # type: ignore[misc]
    """OpenFisca-France, corrected to today's law, plus the measures of Rennes.

    The name is the one that ``openfisca test --country-package tznr_rules`` looks for.

    Args:
        corrected: False keeps OpenFisca-France's own national rules, to compare with them.

    The values that an installation gives, in the file named by ``TZNR_RULES_LOCAL_VALUES``, are those of ``local_values``.
    """

    local_values: tuple[LocalValue, ...] = ()

    def __init__(self, *, corrected: bool = True) -> None:
        engine.quicken()
        super().__init__()
        self.add_variables_from_directory(str(VARIABLES))
        self.parameters.merge(ParameterNode(directory_path=str(PARAMETERS)))
        if corrected:
            apply_corrections(self)
            self._fill_blanks(os.environ.get(local_values.VARIABLE))

    def _fill_blanks(self, file: str | None) -> None:
        if file:
            self.local_values = local_values.load(Path(file), self.parameters)
            local_values.apply(self, self.local_values)


@lru_cache(maxsize=2)
def system(corrected: bool = True) -> CountryTaxBenefitSystem:
    """The system of this process, built once (about three seconds) and shared."""
    return CountryTaxBenefitSystem(corrected=corrected)
