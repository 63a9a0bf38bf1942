"""The figures of the page: what each found in a sentence, its drawing, its table, and its words for who does not see it.

A figure without anything to show is left out, or says so. Sentences are made from the tables of the findings, and from nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from tznr_rules import wording
from tznr_rules.analysts import plots
from tznr_rules.analysts.findings import Findings, published_rates
from tznr_rules.analysts.groups import EVERYONE
from tznr_rules.analysts.plots import BarRow, Drawing, RateRow, euros, share, shown
from tznr_rules.analysts.privacy import SECRET
from tznr_rules.wording import number, quantity

FEWEST = 20  # eligible households under which a rate is not drawn: it would say nothing
MOST_BARS, MOST_PANELS, KNOWN_GROUPS = 10, 4, 3
IN_EUROS, IN_KIND = ("monthly", "yearly", "once"), ("in_kind",)
DECILES = {f"d{rank}": f"{10 * rank}\u202f% ont moins de" for rank in range(1, 10)}
NOTHING = "–"


@dataclass(frozen=True)
class Numbers:
    """The table of a figure: its caption, its columns, its rows; the first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def secret(self) -> bool:
        return any(SECRET in row[1:] for row in self.rows)


@dataclass(frozen=True)
class Plate:
    """A figure as the page shows it: what it found, in a sentence, the drawing if there is one, a remark, and its table."""

    name: str
    title: str
    finding: str
    drawing: Drawing | None
    numbers: tuple[Numbers, ...]
    remark: str = ""


def plates(findings: Findings) -> list[Plate]:
    """The figures of the page, in order.

    Raises:
        FileError: matplotlib is not installed.
    """
    return [plate for make in PLATES if (plate := make(findings))]


# The figures


def _total(findings: Findings) -> Plate | None:
    total = findings.total
    if total.households < findings.threshold:
        return None
    rows = [
        ("Le hasard du tirage", total.sampling),
        ("Les réponses qui manquent", total.missing),
        ("Les foyers proches d’un seuil", total.misclassified),
    ]
    finding = (
        f"Le total est de {_exact(total.value)}. Le hasard du tirage le place, 19 fois sur 20, entre {euros(total.sampling[0])} et "
        f"{euros(total.sampling[1])}."
    )
    remark = (
        "Ces trois incertitudes ne s’additionnent pas. La première vient de ce que tous les foyers n’ont pas été interrogés. La "
        "deuxième va du plus petit au plus grand total possible, selon ce que répondraient ceux qui n’ont pas tout dit. La "
        "troisième écarte les foyers si près d’un plafond qu’une petite erreur change tout. Aucune ne dit si les foyers ont été "
        "bien choisis."
    )
    table = Numbers(
        "Le total et ses trois intervalles, par mois",
        ("", "Du plus bas", "Au plus haut"),
        (
            ("Estimation", _exact(total.value), _exact(total.value)),
            *((label, *(map(_exact, ends) if ends else (NOTHING, NOTHING))) for label, ends in rows),
        ),
    )
    said = " ; ".join(f"{label.lower()}, de {euros(ends[0])} à {euros(ends[1])}" for label, ends in rows if ends)
    words = f"Estimation : {euros(total.value)} par mois. {said}."
    return _plate("total", "Ce que vaut ce total", finding, remark, (table,), words, lambda width: plots.total_chart(total, width))


def _rates(findings: Findings, name: str, title: str, sections: Sequence[str]) -> Plate | None:
    frame = findings.summary
    frame = frame[frame["section"].isin(sections) & (frame["eligible"].map(shown).fillna(0) > 0)]
    if frame.empty:
        return None
    landmarks = published_rates()
    rows = [
        RateRow(
            str(each.label),
            shown(each.rate),
            shown(each.rate_low),
            shown(each.rate_high),
            int(shown(each.eligible) or 0),
            landmarks.get(str(each.benefit)),
        )
        for each in _records(frame)
    ]
    drawn = sorted((row for row in rows if row.rate is not None and row.eligible >= FEWEST), key=lambda row: -(row.rate or 0))
    left_out = len(frame) - len(drawn)
    table = Numbers(
        f"{title} : foyers décrits qui y ont droit, et part de ceux qui ne reçoivent rien",
        ("Aide", "Y ont droit", "Ne reçoivent pas", "Taux", "Intervalle à 95 %"),
        tuple(
            (
                str(each.label),
                _count(each.eligible),
                _count(each.non_recipients),
                _share(each.rate),
                _interval(each.rate_low, each.rate_high, _share),
            )
            for each in _records(frame.sort_values("eligible", key=lambda column: -column.map(shown)))
        ),
    )
    remark = (
        "Le point est le taux, la barre son intervalle d’échantillonnage à 95 %. Un point creux, dit fragile, porte sur moins de "
        f"{plots.FRAGILE} foyers. Le losange est un taux publié pour la France : autre champ, autre année, autre méthode, il ne se "
        "compare pas."
    )
    remark += f" Le tableau ne cite pas les aides auxquelles moins de {findings.threshold} foyers ont droit."
    if left_out:
        remark += f" {_left_out(left_out)}"
    if not drawn:
        return Plate(name, title, "Aucun taux ne peut être montré : trop peu de foyers.", None, (table,))
    first = next((row for row in drawn if row.eligible >= plots.FRAGILE), drawn[0])
    finding = f"{first.label} : {share(first.rate or 0)} des foyers qui y ont droit ne l’ont pas. C’est le taux le plus haut"
    finding += "." if first is drawn[0] else " parmi ceux qui portent sur assez de foyers."
    words = "Taux de non-recours. " + ". ".join(_said(row) for row in drawn) + "."
    return _plate(name, title, finding, remark, (table,), words, lambda width: plots.rates_chart(drawn, width))


def _said(row: RateRow) -> str:
    landmark = f" ; France {row.landmark.year}, {share(row.landmark.rate)}, non comparable" if row.landmark else ""
    return f"{row.label} : {share(row.rate or 0)}, entre {share(row.low or 0)} et {share(row.high or 0)}{landmark}"


def _left_out(count: int) -> str:
    why = "trop peu de foyers y ont droit, ou leur taux est protégé par le secret statistique"
    return f"{count} aides n’y figurent pas : {why}." if count > 1 else f"Une aide n’y figure pas : {why.replace('leur taux', 'son taux')}."


def _euros(findings: Findings) -> Plate | None:
    frame = findings.package
    total = frame[frame["benefit"] == EVERYONE]
    parts = frame[frame["benefit"] != EVERYONE]
    if parts.empty:
        return None
    whole = shown(total["per_month"].iloc[0]) if len(total) else None
    open_rows = [each for each in _records(parts) if shown(each.per_month) is not None]
    secret = len(parts) - len(open_rows)
    rows = [BarRow(str(each.label), float(each.per_month), _bar(float(each.per_month), whole)) for each in open_rows[:MOST_BARS]]
    left = sum(float(each.per_month) for each in open_rows[MOST_BARS:])
    if len(open_rows) > MOST_BARS:
        rows.append(BarRow(f"{len(open_rows) - MOST_BARS} autres aides", left, _bar(left, whole)))
    if secret and whole is not None:
        rest = whole - sum(float(each.per_month) for each in open_rows)
        rows.append(BarRow(f"{secret} aides protégées par le secret statistique, ensemble", rest, _bar(rest, whole), pale=True))
    table = Numbers(
        "Euros non demandés par aide, par mois",
        ("Aide", "Foyers décrits", "Part du total", "Si elle seule était demandée"),
        tuple((str(each.label), _count(each.households), _amount(each.per_month), _amount(each.alone)) for each in _records(frame)),
    )
    remark = (
        "Les aides comptent les unes pour les autres : en demander une peut en faire baisser une autre. La part d’une aide est donc"
        " ce qu’elle apporte en moyenne, quel que soit l’ordre dans lequel les aides sont demandées (valeur de Shapley). Ces parts "
        "s’additionnent. Les montants de la dernière colonne ne s’additionnent pas."
    )
    if not rows:
        return Plate("euros", "D’où viennent ces euros", "Aucun montant ne peut être montré : trop peu de foyers.", None, (table,))
    first = rows[0]
    finding = (
        f"D’abord : {first.label}, {euros(first.value)} par mois."
        if open_rows
        else "Chaque aide, prise seule, concerne trop peu de foyers."
    )
    words = "Euros non demandés par mois. " + ". ".join(f"{row.label} : {row.written}" for row in rows) + "."
    return _plate("euros", "D’où viennent ces euros", finding, remark, (table,), words, lambda width: plots.bars_chart(rows, width))


def _bar(value: float, whole: float | None) -> str:
    return euros(value) + (f" ({share(value / whole)})" if whole else "")


def _rights(findings: Findings) -> Plate | None:
    parts = findings.rights[findings.rights["rights"] != EVERYONE]
    rows = [(_missing(str(each.rights)), float(part)) for each in _records(parts) if (part := shown(each.share)) is not None]
    table = Numbers(
        "Foyers selon le nombre de droits qu’ils n’ont pas",
        ("Droits qui manquent", "Foyers décrits", "Foyers représentés", "Part"),
        tuple(
            (
                "Ensemble" if each.rights == EVERYONE else _missing(str(each.rights)),
                _count(each.households),
                _count(each.weighted),
                _share(each.share),
            )
            for each in _records(findings.rights)
        ),
    )
    if not rows:
        return None
    several = [
        part
        for each, part in zip(_records(parts), [shown(each) for each in parts["share"]], strict=True)
        if part and str(each.rights)[0] not in "01"
    ]
    finding = f"Il manque au moins deux droits à {share(sum(several))} des foyers." if several else ""
    words = "Pour cent foyers. " + ". ".join(f"{label} : {share(part)}" for label, part in rows) + "."
    remark = (
        "Un carré représente un foyer sur cent. Comptent les aides versées en euros et les droits en nature : tarifs réduits, "
        "complémentaire santé."
    )
    return _plate(
        "droits",
        "Combien de droits manquent à chaque foyer",
        finding,
        remark,
        (table,),
        words,
        lambda width: plots.rights_chart(rows, width),
    )


def _missing(rights: str) -> str:
    if rights == "0":
        return "Aucun droit ne manque"
    return f"{rights} droit manque" if rights == "1" else f"{rights} droits manquent"


def _groups(findings: Findings) -> Plate | None:
    frame = findings.groups
    if frame.empty:
        return None
    panels: dict[str, list[RateRow]] = {}
    order = (
        frame[frame["group"] == EVERYONE]
        .assign(size=lambda each: each["eligible"].map(shown).fillna(0))
        .sort_values("size", ascending=False)
    )
    for benefit in order["benefit"]:
        rows = [
            RateRow(str(each.group_label), shown(each.rate), shown(each.rate_low), shown(each.rate_high), int(shown(each.eligible) or 0))
            for each in _records(frame[frame["benefit"] == benefit])
        ]
        known = sum(row.rate is not None for row in rows)
        secret = len(rows) - known
        rows = [row for row in rows if row.rate is not None]
        if secret:
            rows.insert(known - 1, RateRow("Les autres, secret statistique" if secret > 1 else "Le dernier, secret statistique", None))
        if known >= 3 and len(panels) < MOST_PANELS:
            panels[str(frame.loc[frame["benefit"] == benefit, "label"].iloc[0])] = rows
    title = f"Le non-recours par {findings.groups_by[:1].lower()}{findings.groups_by[1:]}"
    if not panels:
        return Plate("groupes", title, "Aucun taux ne peut être montré par groupe : trop peu de foyers.", None, ())
    shown_rows = frame[frame["label"].isin(panels)]
    tables = tuple(
        Numbers(
            f"{label}, par groupe",
            (findings.groups_by, "Y ont droit", "Ne reçoivent pas", "Taux", "Intervalle à 95 %"),
            tuple(
                (
                    str(each.group_label),
                    _count(each.eligible),
                    _count(each.non_recipients),
                    _share(each.rate),
                    _interval(each.rate_low, each.rate_high, _share),
                )
                for each in _records(shown_rows[shown_rows["label"] == label])
            ),
        )
        for label in panels
    )
    words = " ".join(
        f"{label} : " + ", ".join(f"{row.label.lower()} {SECRET if row.rate is None else share(row.rate)}" for row in rows) + "."
        for label, rows in panels.items()
    )
    remark = (
        "Un « s » remplace un taux protégé par le secret statistique. Deux intervalles qui se recouvrent ne permettent pas de dire "
        "qu’un groupe diffère d’un autre."
    )
    return _plate("groupes", title, "", remark, tables, words, lambda width: plots.groups_chart(panels, width))


def _gains(findings: Findings) -> Plate | None:
    frame = findings.gains
    if frame.empty:
        return None
    parts = [each for each in _records(frame) if each.group != EVERYONE]
    whole = next((shown(each.per_month) for each in _records(frame) if each.group == EVERYONE), None)
    told = [each for each in parts if shown(each.per_month) is not None]
    rows = [BarRow(str(each.group_label), float(each.per_month), _bar(float(each.per_month), whole)) for each in told]
    if len(told) < len(parts) and whole is not None:
        rest = whole - sum(row.value for row in rows)
        rows.append(BarRow("Les autres, ensemble (secret statistique)", rest, _bar(rest, whole), pale=True))
    table = Numbers(
        "Euros non demandés par mois, par groupe",
        (findings.groups_by, "Foyers décrits", "Par mois", "Intervalle à 95 %", "Par foyer"),
        tuple(
            (
                str(each.group_label),
                _count(each.households),
                _amount(each.per_month),
                _interval(each.low, each.high, _amount),
                _amount(each.mean),
            )
            for each in _records(frame)
        ),
    )
    title = f"Les euros par {findings.groups_by[:1].lower()}{findings.groups_by[1:]}"
    if not told:
        return Plate("gains", title, "Aucun montant ne peut être montré par groupe : trop peu de foyers.", None, (table,))
    most = max(told, key=lambda each: float(each.mean))
    mean = euros(float(most.mean), "EUR/mois")
    among = "" if len(told) == len(parts) else " parmi ceux qui peuvent être montrés"
    finding = f"{most.group_label} : {mean} de plus par foyer, en moyenne. C’est le groupe qui y gagnerait le plus{among}."
    remark = "La barre est le total du groupe, la moyenne est celle des foyers du groupe qui ont quelque chose à demander."
    words = "Euros non demandés par mois. " + ". ".join(f"{row.label} : {row.written}" for row in rows) + "."
    return _plate("gains", title, finding, remark, (table,), words, lambda width: plots.bars_chart(rows, width))


def _distribution(findings: Findings) -> Plate | None:
    frame = findings.distribution
    if frame.empty:
        return None
    bins = [(_bin(float(each.low), float(each.high)), float(each.weighted), number(each.weighted, 0)) for each in _records(frame)]
    table = Numbers(
        "Foyers selon ce qu’ils gagneraient chaque mois",
        ("Gain par mois", "Foyers décrits", "Foyers représentés"),
        tuple((_bin(float(each.low), float(each.high)), _count(each.households), _count(each.weighted)) for each in _records(frame)),
    )
    top = frame.iloc[-1]
    part = float(top["weighted"]) / float(frame["weighted"].sum())
    finding = f"Parmi les foyers qui y gagneraient, {share(part)} auraient {quantity(top['low'], 'EUR')} ou plus chaque mois."
    words = "Foyers représentés, selon leur gain par mois. " + ". ".join(f"{label} : {written}" for label, _, written in bins) + "."
    remark = "Nombre de foyers représentés. Les tranches voisines sont réunies tant qu’elles comptent trop peu de foyers."
    return _plate(
        "montants", "De petites ou de grosses sommes", finding, remark, (table,), words, lambda width: plots.histogram_chart(bins, width)
    )


def _bin(low: float, high: float) -> str:
    if high == float("inf"):
        return f"{number(low)} € ou plus"
    return f"moins de {number(high)} €" if low < 1 else f"de {number(low)} à {number(high)} €"


def _poverty(findings: Findings) -> Plate | None:
    frame = findings.poverty.set_index("measure")
    line = findings.line
    deciles = [(name, shown(frame.loc[name, "before"]), shown(frame.loc[name, "after"])) for name in DECILES if name in frame.index]
    rows = [(DECILES[name], before, after) for name, before, after in deciles if before is not None]
    named = {"poor_persons": "Personnes pauvres", "poor_households": "Foyers pauvres", "poor_households_count": "Foyers pauvres, en nombre"}
    written: dict[str, Callable[[Any], str]] = {"part": _share, "foyers": _count, "EUR/mois": _amount}
    table = Numbers(
        "Pauvreté et niveaux de vie, aujourd’hui et si tout était demandé",
        ("", "Aujourd’hui", "Si tout était demandé"),
        tuple(
            (
                named.get(str(name)) or DECILES[str(name)].replace("ont", "des personnes ont"),
                written[each["unit"]](each["before"]),
                written[each["unit"]](each["after"]),
            )
            for name, each in frame.iterrows()
        ),
    )
    before, after = (shown(frame.loc["poor_persons", name]) if "poor_persons" in frame.index else None for name in ("before", "after"))
    if before is not None and after is not None:
        finding = f"La part des personnes pauvres passerait de {share(before)} à {share(after)}."
    elif before is not None:
        finding = (
            f"{share(before)} des personnes vivent sous le seuil de pauvreté. Trop peu de foyers le passeraient pour que leur nombre "
            "soit montré."
        )
    else:
        finding = ""
    remark = (
        "Le niveau de vie est ce dont dispose un foyer avant impôt, pour une personne seule ; un couple avec deux jeunes enfants a "
        f"besoin de 2,1 fois plus. Le seuil est celui de {line.since[:4]}, le dernier publié. Ne comptent que les foyers dont tous "
        "les revenus sont connus."
    )
    if not rows:
        return Plate("pauvrete", "La pauvreté, avant et après", finding, None, (table,), remark)
    words = f"Seuil de pauvreté : {quantity(round(line.value), 'EUR')} par mois. " + ". ".join(
        f"{label} {quantity(round(before), 'EUR')}" + (f", puis {quantity(round(after), 'EUR')}" if after is not None else "")
        for label, before, after in rows
    )
    return _plate(
        "pauvrete",
        "La pauvreté, avant et après",
        finding,
        remark,
        (table,),
        words,
        lambda width: plots.deciles_chart(rows, line.value, width),
    )


def _household(findings: Findings) -> Plate | None:
    fall = findings.waterfall
    if fall is None:
        return None
    frame = fall.steps
    table = Numbers(fall.title, ("", "Par mois"), tuple((str(each.label), _amount(each.amount)) for each in _records(frame)))
    words = f"{fall.title}. " + ". ".join(f"{each.label} : {_amount(each.amount)}" for each in _records(frame)) + "."
    gain = float(frame["amount"].iloc[1:].sum())
    finding = f"Ce foyer inventé aurait {quantity(round(gain), 'EUR/mois')} de plus."
    return _plate("exemple", fall.title, finding, "Foyer inventé.", (table,), words, lambda width: plots.waterfall_chart(frame, width))


PLATES: tuple[Callable[[Findings], Plate | None], ...] = (
    _total,
    partial(_rates, name="taux", title="Quelles aides ne sont pas demandées", sections=IN_EUROS),
    partial(_rates, name="nature", title="Et les droits qui ne sont pas de l’argent", sections=IN_KIND),
    _euros,
    _rights,
    _groups,
    _gains,
    _distribution,
    _poverty,
    _household,
)


def _plate(
    name: str, title: str, finding: str, remark: str, numbers: tuple[Numbers, ...], words: str, draw: Callable[[float], Any]
) -> Plate:
    said = wording.typeset(wording.clean(words))
    return Plate(name, title, finding, plots.drawn(f"figure-{name}", title, said, draw), numbers, remark)


def _records(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples())


# How figures are written


def _exact(value: float) -> str:
    return quantity(round(value), "EUR/mois")


def _amount(value: Any) -> str:
    found = shown(value)
    return _unseen(value) if found is None else quantity(round(found), "EUR")


def _share(value: Any) -> str:
    found = shown(value)
    return _unseen(value) if found is None else share(found)


def _count(value: Any) -> str:
    found = shown(value)
    return _unseen(value) if found is None else number(found, 0)


def _interval(low: Any, high: Any, written: Callable[[Any], str]) -> str:
    if shown(low) is None or shown(high) is None:
        return _unseen(low)
    return f"de {written(low)} à {written(high)}"


def _unseen(value: Any) -> str:
    return SECRET if value == SECRET else NOTHING
