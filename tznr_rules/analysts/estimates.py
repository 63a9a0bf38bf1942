"""What an estimate hands back: tables without secrets, the total with its intervals, what was wrong, and how it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from tznr_rules import wording
from tznr_rules.analysts import files
from tznr_rules.analysts.comparing import Comparison
from tznr_rules.analysts.findings import Findings, Waterfall
from tznr_rules.analysts.poverty import PovertyLine
from tznr_rules.analysts.privacy import LEGEND, SECRET
from tznr_rules.analysts.publication import Published
from tznr_rules.analysts.uncertainty import Total
from tznr_rules.errors import FileError
from tznr_rules.wording import number

HIDDEN = Total(0.0, "EUR/mois", (0.0, 0.0), (0.0, 0.0), households=0)  # of no household: the page says that it is secret
SHEET = 31  # letters, at most, in the name of a sheet


@dataclass(frozen=True)
class Provenance:
    """How an estimate was made.

    Args:
        versions: of the libraries that decide of the figures, by name.
        month, law_date: the month asked about, and the day at which the law is taken.
        input: the name of the file, or what the table was.
        input_sha256: of the bytes of the file, or of the cells of the table; empty when it is distributed.
        seed, replicates: of the bootstrap.
        threshold, reason: of the cells that are shown.
        suppressed: how many cells are hidden.
        read, used, left_out: households.
        persons: of the households used.
        population: the sum of the weights of the households used.
        materiality: EUR a month under which what is unclaimed does not count.
        assumptions: what every figure takes for granted, as French sentences.
        invented: the name of the file says that no household is real.
    """

    versions: Mapping[str, str]
    month: str
    law_date: str
    input: str
    input_sha256: str
    seed: int
    replicates: int
    threshold: int
    reason: str | None
    suppressed: int
    read: int
    used: int
    left_out: int
    persons: int
    population: float
    materiality: float
    assumptions: tuple[str, ...]
    invented: bool

    def labelled(self) -> dict[str, str]:
        """The same in French, in order: a label and what it says."""
        said = dict(self.versions)
        said |= {"Mois": self.month, "Droit au": self.law_date, "Données": self.input}
        if self.input_sha256:
            said["Empreinte des données (SHA-256)"] = self.input_sha256
        said |= {"Foyers lus": str(self.read), "Foyers utilisés": str(self.used), "Foyers écartés, lignes fausses": str(self.left_out)}
        said |= {"Tirages": str(self.replicates), "Graine": str(self.seed), "Seuil du secret": f"{self.threshold} foyers"}
        if self.reason:
            said["Raison de ce seuil"] = self.reason
        return said | {"Cases masquées": str(self.suppressed)}


@dataclass(frozen=True, repr=False)
class Estimate:
    """An estimate of what goes unclaimed. Every table but ``problems`` and ``households`` may be shown: a hidden figure is ``s``.

    Args:
        total: what full take-up would bring, net, in EUR a month; None when it may not be shown.
        published: ``summary``, ``breakdowns`` and ``histograms`` of each benefit; see ``publication.Published``.
        package: what each benefit brings to the total, as ``publication.publish_package``.
        gains: the same by group of households, by column, as ``publication.publish_gains``.
        rights: households by number of rights that they lack, as ``publication.publish_rights``.
        moved: other rights that open and close then, as ``publication.publish_moved``.
        distribution: households by what they would gain: ``low``, ``high`` (EUR a month), ``households``, ``weighted``.
        poverty: before and after, as ``publication.publish_poverty``.
        line: the poverty line.
        reform: the two laws side by side, when a reform was given.
        problems: rows that could not be read: ``row``, ``column``, ``code``, ``given``, ``expected``. For the analyst alone.
        provenance: how it was made.
        households: what each household is due, when it was asked for. For the analyst alone.
    """

    total: Total | None
    published: Published
    package: pd.DataFrame
    gains: Mapping[str, pd.DataFrame]
    rights: pd.DataFrame
    moved: pd.DataFrame
    distribution: pd.DataFrame
    poverty: pd.DataFrame
    line: PovertyLine
    problems: pd.DataFrame
    provenance: Provenance
    reform: Comparison | None = None
    households: pd.DataFrame | None = field(default=None)

    @property
    def summary(self) -> pd.DataFrame:
        """One row per benefit."""
        return self.published.summary

    @property
    def breakdowns(self) -> Mapping[str, pd.DataFrame]:
        """By column, one row per benefit and group."""
        return self.published.breakdowns

    def __repr__(self) -> str:
        made = self.provenance
        total = "secret statistique" if self.total is None else str(self.total)
        left = f", {made.left_out} écartés" if made.left_out else ""
        return f"<Estimate {made.month} : {made.used} foyers{left} ; gain net si tout était demandé : {total}>"

    def to_text(self) -> str:
        """In French, in a few lines: the total with its intervals, then each benefit of which a rate may be shown."""
        made = self.provenance
        lines = [f"Non-recours, {wording.day(made.month)} : {number(made.used)} foyers", ""]
        total = "secret statistique" if self.total is None else str(self.total)
        lines += ["Ce que les foyers auraient de plus si tout était demandé, net de ce qui baisse :", f"  {total}", ""]
        shown = self.summary[~self.summary["rate"].isin([SECRET]) & self.summary["rate"].notna()]
        lines += [f"{'Aide':<52} {'sans':>6} {'taux':>7} {'de':>7} {'à':>7}"] if len(shown) else []
        for row in shown.to_dict("records"):
            ends = [number(100 * row[name], 0) + " %" for name in ("rate", "rate_low", "rate_high")]
            lines.append(f"{row['label'][:52]:<52} {row['non_recipients']:>6} {ends[0]:>7} {ends[1]:>7} {ends[2]:>7}")
        hidden = len(self.summary) - len(shown)
        lines += ["", f"{number(hidden)} aides ne sont pas montrées : trop peu de foyers, ou réception non dite."] if hidden else []
        if self.reform is not None:
            lines += ["", *self.reform.lines()]
        return "\n".join(lines)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table that may be shown, by name, with the total and the provenance."""
        found = {"summary": self.summary, "package": self.package, "rights": self.rights, "rights_moved": self.moved}
        found |= {"distribution": self.distribution, "poverty": self.poverty}
        if self.total is not None:
            found["total"] = self.total.frame()
        found |= {f"by_{name}": frame for name, frame in self.breakdowns.items()}
        found |= {f"gain_by_{name}": frame for name, frame in self.gains.items()}
        if self.reform is not None:
            found |= self.reform.tables()
        said = {**self.provenance.labelled(), "Légende": LEGEND}
        said |= {f"Hypothèse {at}": each for at, each in enumerate(self.provenance.assumptions, 1)}
        return {**found, "provenance": pd.DataFrame({"what": list(said), "value": list(said.values())})}

    def to_csv(self, folder: str | Path) -> None:
        """Write every table that may be shown in a folder, as CSV that French spreadsheets open.

        Raises:
            FileError: the folder cannot be written.
        """
        folder = Path(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"{folder.name}: cannot be written: {(error.strerror or 'unknown reason').lower()}.") from None
        for name, frame in self.tables().items():
            files.write(folder / f"{name}.csv", [frame])

    def to_excel(self, path: str | Path) -> None:
        """Write every table that may be shown as a sheet of one workbook.

        Raises:
            FileError: openpyxl is not installed, or the file cannot be written.
        """
        files.extra("openpyxl")
        path = Path(path)
        with files.replacing(path) as temporary, pd.ExcelWriter(temporary, engine="openpyxl") as writer:
            for name, frame in self.tables().items():
                frame.to_excel(writer, sheet_name=name[:SHEET], index=False)

    def findings(self, *, territory: str | None = None, source: str = "", waterfall: Waterfall | None = None) -> Findings:
        """What the page shows.

        Args:
            territory: where, as it stands in the title.
            source: where the households come from, in a French sentence.
            waterfall: of an invented household.
        """
        made = self.provenance
        return Findings(
            territory=territory or "l'échelle de l'échantillon",
            month=made.month,
            households=made.used,
            persons=made.persons,
            population=made.population,
            total=self.total or HIDDEN,
            summary=self.summary,
            package=self.package,
            rights=self.rights,
            groups=self.breakdowns["household_type"],
            gains=self.gains["household_type"],
            distribution=self.distribution,
            poverty=self.poverty,
            line=self.line,
            provenance=made.labelled(),
            threshold=made.threshold,
            reason=made.reason,
            suppressed=made.suppressed,
            invented=made.invented,
            source=source,
            notes=made.assumptions,
            waterfall=waterfall,
        )

    def to_html(self, **shown: Any) -> str:
        """One page, with figures and the method. Arguments: those of :meth:`findings`.

        Raises:
            FileError: matplotlib is not installed; ``pip install 'tznr-rules[report]'``.
        """
        from tznr_rules.analysts.page import to_html

        return to_html(self.findings(**shown))

    def report(self, path: str | Path, **shown: Any) -> None:
        """Write the page of :meth:`to_html` in a file, at once.

        Raises:
            FileError: matplotlib is not installed, or the file cannot be written.
        """
        page = self.to_html(**shown)
        with files.replacing(Path(path)) as temporary:
            temporary.write_text(page, encoding="utf-8")
