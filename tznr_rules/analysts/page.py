"""The estimate as one page for those who decide: what it found, how sure it is, how it was made. No network and no script."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tznr_rules import wording
from tznr_rules.analysts.findings import Findings, published_rates
from tznr_rules.analysts.plates import plates
from tznr_rules.analysts.plots import euros, share, shown, significant
from tznr_rules.locations import TEMPLATES
from tznr_rules.wording import number


def to_html(findings: Findings) -> str:
    """The page.

    Raises:
        FileError: matplotlib is not installed; ``pip install 'tznr-rules[report]'``.
        ValueError: the waterfall is of a household that is not said to be invented.
    """
    if findings.waterfall is not None and not findings.waterfall.synthetic:
        raise ValueError("waterfall: only an invented household may be shown; set synthetic=True if it is one")
    figures = plates(findings)
    page = _templates().get_template("estimate.html.jinja")
    return page.render(
        f=findings,
        month=wording.day(findings.month),
        plates=figures,
        landmarks=[(_label(findings, name), each) for name, each in published_rates().items()],
        keys=_keys(findings),
        told=findings.total.households >= findings.threshold,
        amount=euros(findings.total.value),
        intervals=_intervals(findings),
        year=euros(12 * findings.total.value),
    )


def write_html(findings: Findings, path: str | Path) -> None:
    """The page in a file."""
    Path(path).write_text(to_html(findings), encoding="utf-8")


# What is read first


def _intervals(findings: Findings) -> list[tuple[str, str]]:
    """How far the headline may be, in its three ways."""
    total = findings.total
    ends = (
        ("hasard du tirage, 19 fois sur 20", total.sampling),
        ("réponses qui manquent", total.missing),
        ("foyers proches d’un seuil", total.misclassified),
    )
    return [(words, f"de {number(significant(each[0]), 0)} à {euros(each[1])}" if each else "non mesuré") for words, each in ends]


def _keys(findings: Findings) -> list[tuple[str, str]]:
    """The three or four figures that are remembered, each with what it is."""
    found = []
    none = findings.rights.loc[findings.rights["rights"] == "0", "share"]
    lacking = None if none.empty else shown(none.iloc[0])
    if lacking is not None:
        found.append((share(1 - lacking), "des foyers n’ont pas au moins un droit qui leur est ouvert"))
    if findings.total.households >= findings.threshold:
        gaining = _weighted_gaining(findings)
        if gaining:
            found.append((euros(findings.total.value / gaining, "EUR/mois"), "de plus, en moyenne, pour les foyers qui y gagneraient"))
    measure = findings.poverty.set_index("measure")
    if "poor_households" in measure.index:
        before, after = (shown(measure.loc["poor_households", name]) for name in ("before", "after"))
        if before is not None and after is not None:
            found.append((f"{share(before)} → {share(after)}", "de foyers pauvres, aujourd’hui puis si tout était demandé"))
        elif before is not None:
            found.append((share(before), "des foyers vivent sous le seuil de pauvreté"))
    population = number(findings.population, 0)
    found.append((number(findings.households), f"foyers décrits, qui en représentent {population}"))
    return found


def _weighted_gaining(findings: Findings) -> float:
    """How many households of the population would have more, by the distribution."""
    return float(sum(shown(each) or 0.0 for each in findings.distribution["weighted"])) if len(findings.distribution) else 0.0


def _label(findings: Findings, benefit: str) -> str:
    found = findings.summary.loc[findings.summary["benefit"] == benefit, "label"]
    return str(found.iloc[0]) if len(found) else benefit


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["typeset"] = lambda text: wording.typeset(wording.clean(str(text)))
    environment.filters["drawing"] = Markup
    environment.filters["day"] = wording.day
    environment.globals.update(number=number, significant=significant, share=share)
    return environment
