"""Ours and plain OpenFisca-France, side by side in one run: fresh processes, alternating, medians; ratios, never absolute times.

Ours computes every card with its reasons; plain OpenFisca-France computes fourteen amounts, told the same incomes and nothing of the past.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"
MONTH = "2026-11"
FOURTEEN = (
    *("rsa", "ppa", "af", "asf", "ars", "aide_logement", "css_participation_forfaitaire", "cheque_energie"),
    *("aspa", "aah", "cf", "paje_base", "aeeh", "ass"),
)
HOUSEHOLD: dict[str, Any] = {
    "date": MONTH,
    "depcom": "35238",
    "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420, "charges_locatives": 60},
    "personnes": [
        {"id": "nadia", "lien": "demandeur", "date_naissance": "1990-05-12", "activite": "actif", "salaire_net": 850},
        {"id": "lea", "lien": "enfant", "date_naissance": "2018-03-02"},
    ],
    "avis_imposition": {"2024": {"rfr": 9200, "nbptr": 2}},
}
GROSS = 1074.0  # about 850 € net a month


def plain_situation() -> dict[str, Any]:
    """The same household in OpenFisca's words: gross pay of every month, no past benefit, no tax notice."""
    months = [f"{year}-{month:02d}" for year in range(2021, 2027) for month in range(1, 13)]
    return {
        "individus": {
            "nadia": {
                "date_naissance": {"ETERNITY": "1990-05-12"},
                "activite": dict.fromkeys(months, "actif"),
                "salaire_de_base": dict.fromkeys(months, GROSS),
            },
            "lea": {"date_naissance": {"ETERNITY": "2018-03-02"}},
        },
        "familles": {"f": {"parents": ["nadia"], "enfants": ["lea"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["nadia"], "personnes_a_charge": ["lea"]}},
        "menages": {
            "m": {
                "personne_de_reference": ["nadia"],
                "enfants": ["lea"],
                "depcom": dict.fromkeys(months, "35238"),
                "statut_occupation_logement": dict.fromkeys(months, "locataire_hlm"),
                "loyer": dict.fromkeys(months, 420),
            }
        },
    }


def timed(call: Callable[[], Any]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def plain(warm: int) -> dict[str, float]:
    start = perf_counter()
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_france import FranceTaxBenefitSystem

    law = FranceTaxBenefitSystem()
    situation = plain_situation()

    def answer() -> None:
        simulation = SimulationBuilder().build_from_entities(law, situation)
        for name in FOURTEEN:
            simulation.calculate(name, MONTH[:4] if law.variables[name].definition_period == "year" else MONTH)

    answer()
    cold = perf_counter() - start
    return {"cold": cold, "warm": statistics.median(timed(answer) for _ in range(warm))}


def ours(warm: int) -> dict[str, float]:
    start = perf_counter()
    from tznr_rules import entitlements

    entitlements(HOUSEHOLD)
    cold = perf_counter() - start
    return {"cold": cold, "warm": statistics.median(timed(lambda: entitlements(HOUSEHOLD)) for _ in range(warm))}


def first(warm: int) -> dict[str, float]:
    """Ours where nothing is kept yet (decision 0018)."""
    with TemporaryDirectory() as place:
        os.environ["TZNR_RULES_CACHE_DIR"] = place
        return {"cold": ours(warm)["cold"]}


def command_line(_: int) -> dict[str, float]:
    """A whole ``tznr-rules evaluate``, from the shell to the text."""
    document = json.dumps(HOUSEHOLD)
    run = lambda: subprocess.run([sys.executable, "-m", "tznr_rules", "evaluate", "-"], input=document, text=True, check=True, capture_output=True)  # noqa: E731, E501
    return {"cold": timed(run)}


SIDES: dict[str, Callable[[int], dict[str, float]]] = {"plain": plain, "ours": ours, "first": first, "command_line": command_line}


def fresh(side: str, warm: int) -> dict[str, float]:
    """One side in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--side", side, "--warm", str(warm)], check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", choices=sorted(SIDES))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--warm", type=int, default=7)
    arguments = parser.parse_args()
    if arguments.side:
        print(json.dumps(SIDES[arguments.side](arguments.warm)))
        return
    fresh("ours", 1)  # from here on, what is kept is there
    measures: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for _ in range(arguments.runs):
        for side, found in measures.items():
            found.append(fresh(side, arguments.warm))
    medians = {
        side: {name: statistics.median(run[name] for run in found) for name in found[0]} for side, found in measures.items()
    }
    ratios = {
        "warm: plain / ours": medians["plain"]["warm"] / medians["ours"]["warm"],
        "cold: plain import and first answer / ours": medians["plain"]["cold"] / medians["ours"]["cold"],
        "cold, nothing kept yet: plain import and first answer / ours": medians["plain"]["cold"] / medians["first"]["cold"],
        "cold: plain import and first answer / tznr-rules evaluate": medians["plain"]["cold"] / medians["command_line"]["cold"],
    }
    print(f"{'':62}{'seconds':>10}")
    for side, found in medians.items():
        for name, seconds in found.items():
            print(f"{side + ', ' + name:62}{seconds:10.3f}")
    for name, ratio in ratios.items():
        print(f"{name:62}{ratio:9.1f}×")
    RESULTS.mkdir(exist_ok=True)
    versions = {name: version(name) for name in ("tznr-rules", "openfisca-core", "openfisca-france", "numpy")}
    content = {"medians": medians, "ratios": ratios, "runs": arguments.runs, "python": platform.python_version(), "versions": versions}
    (RESULTS / "side_by_side.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
