"""The page of the documentation that shows what was measured: made of ``docs/benchmarks/*.json``, by ``make bench``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent / "docs"
MEASURED = DOCS / "benchmarks" / "side_by_side.json"
PAGE = DOCS / "speed.md"
PLOT = DOCS / "benchmarks" / "scaling.svg"
SEEN = {  # the ratios in the order of the page, with the bar that was set before anything was built
    "cold, cache present": ("A new process, to its first full report", 5.0),
    "cold, no cache yet": ("The same, with nothing kept on disk yet", 1.0),
    "cold, from the shell": ("`tznr-rules evaluate`, from the shell to the text", None),
    "one household, warm, every question answered": ("One household that answers every question, warm", 15.0),
    "one household, warm, without interactions": ("One household that leaves questions open, warm", None),
    "one household, warm": ("The same, with what its rights do to one another", None),
    "batch": ("A batch of {households} households, each", 20.0),
    "scenarios": ("A file of scenarios through pytest, against `openfisca test`", 4.0),
}
INTRODUCTION = """\
# Speed

Made by `make bench`: do not edit it by hand. Ours and plain OpenFisca-France in one run, in fresh processes of their own, alternating,
medians. Ours computes the whole catalogue with whether each condition holds, or a whole report; plain OpenFisca-France computes fourteen
amounts. Absolute times move from machine to machine; the ratios count.
"""


def page(found: dict[str, Any]) -> str:
    """The page, from what was measured."""
    return "\n".join([INTRODUCTION, *_ratios(found), *_reasons(found), *_curve(found), *_agreement(found), *_made(found)]) + "\n"


def _ratios(found: dict[str, Any]) -> Iterator[str]:
    singles, largest = found["singles"], _largest(found)
    ours = {
        "cold, cache present": (singles["plain"]["cold"], singles["ours"]["cold"]),
        "cold, no cache yet": (singles["plain"]["cold"], singles["ours, no cache yet"]["cold"]),
        "cold, from the shell": (singles["plain"]["cold"], singles["command line"]["cold"]),
        "one household, warm, every question answered": (
            singles["plain"]["warm"],
            singles["ours"]["warm, every question answered, without interactions"],
        ),
        "one household, warm, without interactions": (singles["plain"]["warm"], singles["ours"]["warm, without interactions"]),
        "one household, warm": (singles["plain"]["warm"], singles["ours"]["warm"]),
        "batch": tuple(largest[side]["seconds"] / largest["households"] for side in ("plain", "ours")),
        "scenarios": (found["scenarios"]["plain"], found["scenarios"]["ours"]),
    }
    yield "| | plain | ours | times faster | bar |\n|---|---|---|---|---|"
    for name, (label, bar) in SEEN.items():
        plain, mine = ours[name]
        seen = label.format(households=_thousands(largest["households"]))
        reached = "" if bar is None else f"{bar:g} {'reached' if plain / mine >= bar else '**not reached**'}"
        yield f"| {seen} | {_time(plain)} | {_time(mine)} | {plain / mine:.1f} | {reached} |"
    yield ""


def _reasons(found: dict[str, Any]) -> Iterator[str]:
    reasons = found["reasons"]
    conditions, figures = reasons["conditions"] / reasons["amounts"], reasons["figures"] / reasons["amounts"]
    yield (
        f"**Reasons.** On a batch, whether each condition holds takes {conditions:.2f} times the amounts alone, and every figure of the\n"
        f"reasons {figures:.2f} (bar: 1.15). [What nobody told](unknowns.md#what-it-takes-measured) has the cost of unknown answers.\n"
    )


def _curve(found: dict[str, Any]) -> Iterator[str]:
    yield "## From one household to many\n\n![Microseconds by household, from one to many](benchmarks/scaling.svg)\n"
    yield "| households | plain, each | ours, each | reading, each | peak memory, plain | peak memory, ours |\n|---|---|---|---|---|---|"
    for each in found["curve"]:
        count, ours, plain = each["households"], each["ours"], each.get("plain")
        theirs, held = (_time(plain["seconds"] / count), f"{plain['peak']:.0f} MB") if plain else ("", "")
        each_of_ours = f"{_time(ours['seconds'] / count)} | {_time(ours['reading'] / count)}"
        yield f"| {_thousands(count)} | {theirs} | {each_of_ours} | {held} | {ours['peak']:.0f} MB |"
    yield (
        "\nProcessor time of one core. *Reading* makes households of descriptions, and checks them; it comes before. Beyond ten thousand,\n"
        "the same ten thousand are computed again and again, as a table read in chunks would be; plain OpenFisca-France would need more\n"
        "memory than the machine has.\n"
    )


def _agreement(found: dict[str, Any]) -> Iterator[str]:
    agreed = found["agreement"]
    worst = min(agreed, key=agreed.__getitem__)
    yield (
        "**The same answers.** In the law of OpenFisca-France alone, both sides have the same amount, to five cents, for\n"
        f"{agreed[worst]:.1%} of the households or more (the least: `{worst}`). The rest is the circular past of plain OpenFisca-France,\n"
        "whose figures depend on the order in which they are asked for: `tests/test_lived_past.py` gives us that past, and finds no\n"
        "difference.\n"
    )


def _made(found: dict[str, Any]) -> Iterator[str]:
    versions = ", ".join(f"{name} {each}" for name, each in found["versions"].items())
    yield f"Measured on {found['date']} ({found['machine']}; {versions}), medians of {found['runs']} runs for one household."


def _largest(found: dict[str, Any]) -> dict[str, Any]:
    """The largest batch that both sides computed."""
    return next(each for each in reversed(found["curve"]) if "plain" in each)


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.0f} ms" if seconds >= 0.01 else f"{seconds * 1e6:.0f} µs"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def plot(found: dict[str, Any]) -> None:
    """Microseconds by household against households, both logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "speed", "font.size": 11})
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7.5, 4.2), layout="constrained")
    sides = ("plain", "plain OpenFisca-France, 14 amounts", "#9a6700", 0), ("ours", "ours, the whole catalogue", "#0b5fff", -1)
    for side, label, colour, named in sides:
        points = [(each["households"], each[side]["seconds"] / each["households"] * 1e6) for each in found["curve"] if side in each]
        axes.plot(*zip(*points, strict=True), marker="o", color=colour)
        beside, align = ((0, 10), "right") if named else ((10, 0), "left")
        axes.annotate(label, points[named], xytext=beside, textcoords="offset points", ha=align, color=colour)
    axes.set(xscale="log", yscale="log", xlabel="households at once", ylabel="microseconds of one core, each")
    axes.grid(axis="y", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PLOT, metadata={"Date": None})
    plt.close(figure)


def write() -> None:
    """Write the page and the plot from the measures that are there."""
    found = json.loads(MEASURED.read_text(encoding="utf-8"))
    PAGE.write_text(page(found), encoding="utf-8")
    plot(found)


if __name__ == "__main__":
    write()
