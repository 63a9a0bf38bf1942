"""The zones of the 35 000 communes, which OpenFisca-France reads in tables: read once, kept, and whole before anybody looks at them."""

from functools import lru_cache
from threading import Lock
from typing import Any

from openfisca_core.variables import Variable

from tznr_rules.cache import kept
from tznr_rules.fingerprint import installed


@lru_cache(maxsize=1)
def zones_abc() -> dict[str, str]:
    """The zone of the housing market in which each commune is, by its code."""

    def read() -> dict[str, str]:
        from openfisca_france.model.prestations.bail_reel_solidaire import bail_reel_solidaire_zones_elligibles

        zones: dict[str, str] = bail_reel_solidaire_zones_elligibles()
        return zones

    return kept("zones-abc", installed(), read)


def keep_zones(zone_apl: Variable) -> None:
    """Have the zones of the housing aid kept too; OpenFisca-France shows its table to other threads before it is complete."""
    names: dict[str, Any] = zone_apl.get_formula().__globals__
    read = names.get("preload_zone_apl")
    if read is None:
        return
    lock, complete = Lock(), False

    def table() -> dict[str, int]:
        read()
        found: dict[str, int] = names["zone_apl_by_depcom"]
        return found

    def preload_zone_apl() -> None:
        nonlocal complete
        if complete:
            return
        with lock:
            if not complete:
                names["zone_apl_by_depcom"] = kept("zones-apl", installed(), table)
                complete = True

    names["preload_zone_apl"] = preload_zone_apl
