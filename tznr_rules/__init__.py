"""Every benefit that a household of Rennes may claim, with amounts and true reasons.

>>> from tznr_rules import entitlements
>>> report = entitlements({
...     "date": "2026-11",
...     "depcom": "35238",
...     "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420},
...     "personnes": [{"date_naissance": "1990-05-12", "salaire_net": 850}],
... })
>>> report["ppa"].status, report["aide_logement"].details["kind"]
('granted', 'apl')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tznr_rules.analysts.estimates import Estimate
    from tznr_rules.analysts.estimating import estimate
    from tznr_rules.changes import Change, what_would_change
    from tznr_rules.errors import HouseholdError
    from tznr_rules.evaluation import entitlements
    from tznr_rules.household import Household, Person
    from tznr_rules.reconciliation import reconcile
    from tznr_rules.report import Benefit, Reason, Report
    from tznr_rules.system import CountryTaxBenefitSystem
    from tznr_rules.timelines import timeline

__all__ = [
    "Benefit",
    "Change",
    "CountryTaxBenefitSystem",
    "Estimate",
    "Household",
    "HouseholdError",
    "Person",
    "Reason",
    "Report",
    "entitlements",
    "estimate",
    "reconcile",
    "timeline",
    "what_would_change",
]

_HOMES = {
    "Benefit": "report",
    "Change": "changes",
    "CountryTaxBenefitSystem": "system",
    "Estimate": "analysts.estimates",
    "Household": "household",
    "HouseholdError": "errors",
    "Person": "household",
    "Reason": "report",
    "Report": "report",
    "entitlements": "evaluation",
    "estimate": "analysts.estimating",
    "what_would_change": "changes",
    "reconcile": "reconciliation",
    "timeline": "timelines",
}


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first used: ``import tznr_rules`` alone builds nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tznr_rules' has no attribute '{name}'")
    return getattr(import_module(f"tznr_rules.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
