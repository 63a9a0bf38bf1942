"""The French that people read: typography, and the sentence templates of a report, apart from the code that fills them."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tznr_rules.report import Benefit, LocalValue, Question, Reason, Reference, Report, SubjectResult

NARROW = "\u202f"  # before ; ! ? € % and between thousands
WIDE = "\u00a0"  # before : and inside guillemets, between a number and its noun

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

TITLES = {
    "granted": "Ce à quoi vous avez droit",
    "may_ask": "Ce que vous pouvez demander",
    "for_everyone": "Ce qui est ouvert à tous",
    "undetermined": "Ce qui reste à vérifier",
    "refused": "Ce à quoi vous n'avez pas droit aujourd'hui",
    "assumptions": "Ce que nous avons supposé",
    "not_assessed": "Ce que ce calcul n'examine pas",
    "local_values": "Les valeurs données par votre collectivité",
    "provenance": "D'où vient ce résultat",
}

SENTENCES = {
    "estimate": "Ce résultat est une estimation, faite avec ce que vous avez indiqué. Ce n'est pas une décision : "
    "l'organisme qui verse l'aide vérifie votre dossier avant de répondre.",
    "total": "Total de ce qui est versé chaque mois",
    "total_unclaimed": "Dont non réclamé, là où vous avez indiqué ce que vous percevez",
    "total_apart": "Les aides versées une fois par an ou en une seule fois ne sont pas dans ce total.",
    "total_open": "Les aides qui restent à vérifier ne sont pas dans ce total.",
    "total_unconfirmed": "Ce total contient au moins un montant à confirmer.",
    "none_granted": "Aucun droit trouvé avec ce que vous avez indiqué.",
    "may_ask": "Un organisme décide au cas par cas. Vous remplissez les conditions que ce calcul peut vérifier.",
    "for_everyone": "Sans condition de ressources.",
    "undetermined": "à établir avec vos réponses aux questions posées plus bas",
    "refused_order": "Les aides les plus proches de vous viennent en premier.",
    "brief": "En bref",
    "questions": "Répondez à ces questions pour le savoir",
    "unconfirmed": "Montant à confirmer : une valeur de la règle n'a pas encore de source officielle.",
    "unconfirmed_refused": "À confirmer : une valeur de la règle n'a pas encore de source officielle.",
    "to_check": "Ce que le calcul ne peut pas vérifier",
    "gaps": "Limites de ce calcul",
    "documents": "Papiers à préparer",
    "apply": "Faire la demande",
    "apply_received": "Suivre ou renouveler ce droit",
    "apply_undetermined": "Se renseigner",
    "renewal": "Renouvellement",
    "source": "Source",
    "sources": "Textes",
    "why": "Pourquoi",
    "why_by_subject": "Pourquoi, pour chaque personne ou famille",
    "evidence": "chiffres et textes",
    "provenance": "Ce calcul applique le droit en vigueur, avec les textes cités sous chaque condition. "
    "Les mêmes réponses donnent toujours le même résultat.",
}

MAY_ASK = " (demande possible)"
STATUS = {"granted": "Droit ouvert", "refused": "Pas de droit aujourd'hui", "undetermined": "À vérifier"}
CONDITION = {True: "Condition remplie", False: "Condition non remplie", None: "Condition à vérifier"}
MARK = {True: "✓", False: "✗", None: "?"}

RULES = {
    "at_least": "au moins {threshold}",
    "at_most": "au plus {threshold}",
    "more_than": "plus de {threshold}",
    "less_than": "moins de {threshold}",
    "equals": "{threshold}",
}
PER = {"monthly": "/mois", "yearly": "/an", "once": f"{WIDE}en une fois"}
RENEWALS = {
    "monthly": "tous les mois", "quarterly": "tous les trois mois", "yearly": "chaque année", "once": "une seule fois", "never": "jamais",
    "automatic": "rien à faire, le renouvellement est automatique",
}  # fmt: skip

# What a figure under `details` is called, and its unit; others are read from their own name.
DETAILS: dict[str, tuple[str, str | None]] = {
    "aid_rate": ("Part prise en charge", "percent"),
    "amount": ("Montant", None),
    "discount": ("Réduction", "percent"),
    "full_price": ("Prix sans réduction", "EUR/mois"),
    "echelon": ("Échelon", None),
    "gratuite": ("Gratuite", None),
    "kind": ("Type d'aide", None),
    "montant_annuel": ("Montant pour l'année", "EUR/an"),
    "monthly_price": ("Prix", "EUR/mois"),
    "monthly_saving": ("Économie", "EUR/mois"),
    "participation": ("Participation à payer", "EUR/mois"),
    "plafond_gratuite": ("Plafond pour que ce soit gratuit", "EUR/an"),
    "tier": ("Palier", None),
    "yearly_cap": ("Plafond", "EUR/an"),
    "yearly_saving": ("Économie sur un an", "EUR/an"),
}
VALUES = {
    "apl": "aide personnalisée au logement (APL)",
    "alf": "allocation de logement familiale (ALF)",
    "als": "allocation de logement sociale (ALS)",
}
PROVENANCE = {
    "tznr_rules": "tznr_rules",
    "openfisca_france": "OpenFisca-France",
    "openfisca_core": "OpenFisca-Core",
    "law_date": "Droit en vigueur au",
    "input_sha256": "Empreinte des informations données (SHA-256)",
}

_SYMBOLS = {
    "%": "%", "percent": "%", "eur": "€", "currency": "€", "currency-eur": "€", "m2": "m²", "year": "ans", "years": "ans",
    "month": "mois", "months": "mois", "day": "jours", "days": "jours", "child": "enfants", "person": "personnes",
}  # fmt: skip
_PERIODS = {"month": "mois", "monthly": "mois", "year": "an", "yearly": "an", "day": "jour", "week": "semaine", "hour": "heure"}
_INVARIABLE = {"mois", "fois"}
# Control characters and marks that reverse the direction of writing: never printed, whatever a name holds.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


# Typography


def number(value: float, decimals: int | None = None) -> str:
    """A number as it is written in French; two decimals unless it is whole.

    >>> number(1043.59), number(12000), number(-0.001)
    ('1\\u202f043,59', '12\\u202f000', '0')
    """
    rounded = round(float(value), 2 if decimals is None else decimals)
    if decimals is None:
        decimals = 0 if rounded == int(rounded) else 2
    return f"{rounded + 0.0:,.{decimals}f}".replace(",", NARROW).replace(".", ",").replace("-", "−")


def quantity(value: object, unit: str | None = None) -> str:
    """A value and its unit, as one reads them: '36 ans', '1 enfant', '607,75 €/mois', '85 %', '1er avril 2026'.

    >>> quantity(36, "ans"), quantity(1, "enfants"), quantity(607.75, "EUR/mois")
    ('36\\xa0ans', '1\\xa0enfant', '607,75\\u202f€/mois')
    """
    if isinstance(value, bool):
        return "oui" if value else "non"
    if not isinstance(value, int | float):
        text = clean(str(value))
        return day(text) if re.fullmatch(r"\d{4}(-\d\d){1,2}", text) else VALUES.get(text, text.replace("_", " "))
    if unit == "/1":
        value, unit = value * 100, "percent"
    symbol, period = unit_symbol(unit)
    if not symbol:
        return number(value) + period
    if symbol[0] in "€%":
        return number(value) + NARROW + symbol + period
    return number(value) + WIDE + (_singular(symbol) if abs(value) < 2 else symbol) + period


def unit_symbol(unit: str | None) -> tuple[str, str]:
    """The symbol of a unit and of its period, in French.

    >>> unit_symbol("EUR/mois"), unit_symbol("currency/year"), unit_symbol(None)
    (('€', '/mois'), ('€', '/an'), ('', ''))
    """
    symbol, _, period = (unit or "").partition("/")
    return _SYMBOLS.get(symbol.lower(), symbol), f"/{_PERIODS.get(period, period)}" if period else ""


def _singular(noun: str) -> str:
    first, space, rest = noun.partition(" ")
    return noun if first in _INVARIABLE or not first.endswith("s") else first[:-1] + space + rest


def day(text: str) -> str:
    """A date or a month in words.

    >>> day("2026-04-01"), day("2026-11")
    ('1er\\xa0avril\\xa02026', 'novembre\\xa02026')
    """
    year, *rest = text.split("-")
    if not rest or not all(part.isdigit() for part in (year, *rest)) or not 1 <= int(rest[0]) <= 12:
        return text
    number_of_day = ["1er" if int(rest[1]) == 1 else str(int(rest[1]))] if len(rest) > 1 else []
    return WIDE.join([*number_of_day, MONTHS[int(rest[0]) - 1], year])


def listed(items: Iterable[str]) -> str:
    """An enumeration.

    >>> listed(["nadia", "lea", "sami"])
    'nadia, lea et sami'
    """
    *before, last = [str(item) for item in items] or [""]
    return f"{', '.join(before)} et {last}" if before else last


def sentence(text: str) -> str:
    """A text as a sentence, with its full stop.

    >>> sentence("La nationalité n'est pas indiquée"), sentence("Voir plus bas.")
    ("La nationalité n'est pas indiquée.", 'Voir plus bas.')
    """
    text = clean(text)
    return text if text.endswith((".", "!", "?", "…")) or not text else f"{text}."


def clean(text: str) -> str:
    """A text without the characters that are not seen, on one line."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", _HIDDEN.sub("", re.sub(r"\s*[\r\n]\s*", " ", str(text)))).strip(" ")


def name(identifier: str) -> str:
    """A person's or a family's name, as the user gave it; the numbers given by default are read as words.

    >>> name("nadia"), name("personne_2")
    ('nadia', 'personne 2')
    """
    return re.sub(r"^personne_(\d+)$", r"personne \1", clean(identifier))


def names(identifiers: Iterable[str]) -> str:
    return listed(name(identifier) for identifier in identifiers)


def typeset(text: str) -> str:
    """French typography for a page: curved apostrophes, spaces that do not break before : ; ! ? % € and inside guillemets.

    >>> typeset("L'aide : 1 043 €")
    'L’aide\\xa0: 1\\u202f043\\u202f€'
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = text.replace(" :", f"{WIDE}:").replace("« ", f"«{WIDE}").replace(" »", f"{WIDE}»")
    text = re.sub(r" (?=[;!?%€])", NARROW, text)
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)


def plain(text: str) -> str:
    """The same text for a terminal or a message: plain spaces and apostrophes."""
    kept = _HIDDEN.sub("", text.replace(NARROW, " ").replace(WIDE, " "))
    return kept.replace("’", "'").replace("−", "-")


# Amounts


def headline(benefit: "Benefit") -> str:
    """What a person gets, in a few words: an amount and its period, a reduction, an open right, or a range."""
    if benefit.status == "refused":
        return STATUS["refused"]
    if benefit.status == "undetermined":
        return _range(benefit)
    if benefit.discretionary:
        return "Demande possible"
    if benefit.unit == "right":
        return STATUS["granted"]
    return "Montant à préciser" if benefit.amount is None else amount(benefit.amount, benefit)


def brief(benefit: "Benefit") -> str:
    """A benefit in one line."""
    if benefit.discretionary and benefit.status == "granted":
        return f"{benefit.label} ({benefit.institution})"
    return f"{benefit.label} ({benefit.institution}) : {headline(benefit)}"


def outcome(subjects: "tuple[str, ...]", result: "SubjectResult", benefit: "Benefit") -> str:
    """The same for some persons or families among several."""
    if result.status == "granted" and result.amount is not None and benefit.unit != "right":
        return amount(result.amount, benefit) + (f"{WIDE}chacun" if len(subjects) > 1 else "")
    return STATUS[result.status]


def amount(value: float, benefit: "Benefit") -> str:
    """An amount with its period, or a reduction."""
    return (f"{benefit.share} de " if benefit.unit == "percent" else "") + _plain_amount(value, benefit)


def _range(benefit: "Benefit") -> str:
    if benefit.unit == "right":
        return "Droit possible"
    if benefit.amount_range is None:
        return "Montant à préciser"
    low, high = benefit.amount_range
    if low == high:
        return amount(high, benefit)
    if benefit.unit == "percent":
        return f"{benefit.share} de {number(low)} à {quantity(high, 'percent')}"
    if low <= 0:
        return f"De 0 à {amount(high, benefit)}"
    return f"Entre {quantity(low, 'EUR')} et {amount(high, benefit)}"


def receipt(benefit: "Benefit") -> list[str]:
    """What is already received, then what is not claimed, when the household said it; at most two sentences."""
    if benefit.received is None:
        return []
    already = f"Déjà perçu : {_received(benefit)}."
    ask = f"vérifiez votre situation avec l'organisme ({benefit.institution})."
    if benefit.status == "refused":
        return [already, f"Ce calcul ne trouve pas ce droit : {ask}"] if benefit.received > 0 else [already]
    if benefit.status == "undetermined":
        return [already]
    if benefit.unit == "right":
        return [already] if benefit.received > 0 else [already, "Ce droit n'est pas réclamé."]
    gap = unclaimed(benefit)
    if gap > SAME_AMOUNT:
        return [already, f"Non réclamé : {_plain_amount(gap, benefit)}."]
    if gap < -SAME_AMOUNT:
        return [already, f"C'est {_plain_amount(-gap, benefit)} de plus que ce calcul : {ask}"]
    return [already, "Non réclamé : rien, vous percevez déjà ce montant."]


SAME_AMOUNT = 0.05  # each institution rounds in its own way


def unclaimed(benefit: "Benefit") -> float:
    """What is due and not received; 0 when nothing is known of it."""
    if benefit.unclaimed is not None:
        return benefit.unclaimed
    if benefit.amount is None or benefit.received is None or benefit.unit == "right":
        return 0.0
    return benefit.amount - benefit.received


def _received(benefit: "Benefit") -> str:
    received = benefit.received or 0.0
    if benefit.unit == "right" or (benefit.unit == "percent" and received == 0):
        return "oui" if received > 0 else "non"
    return _plain_amount(received, benefit)


def _plain_amount(value: float, benefit: "Benefit") -> str:
    return quantity(value, "percent") if benefit.unit == "percent" else quantity(value, "EUR") + PER[benefit.periodicity]


# Reasons


def figures(reason: "Reason") -> str:
    """The figures behind a condition: what was observed, the rule, and the distance between the two."""
    parts = []
    if reason.observed is not None:
        parts.append(f"Pris en compte : {quantity(reason.observed, reason.unit)}")
    if reason.threshold is not None and reason.comparison is not None:
        if _decided_otherwise(reason):
            return f"{parts[0]}. Une autre règle s'applique à votre situation."
        parts.append("Règle : " + RULES[reason.comparison].format(threshold=quantity(reason.threshold, reason.unit)))
    distance = _distance(reason)
    return ". ".join([*parts, distance] if distance else parts) + "." if parts else ""


def _decided_otherwise(reason: "Reason") -> bool:
    """Whether something else than the threshold decided: it has no margin although both figures are numbers."""
    numbers = isinstance(reason.observed, int | float) and isinstance(reason.threshold, int | float)
    return numbers and reason.margin is None and reason.comparison != "equals" and reason.holds is not None


def _distance(reason: "Reason") -> str:
    if reason.margin is None or reason.unit is None or reason.comparison in (None, "equals"):
        return ""
    gap = quantity(abs(reason.margin), reason.unit)
    if round(abs(reason.margin), 2) == 0:
        return "C'est juste la limite"
    if reason.holds:
        return f"Marge : {gap}"
    if reason.holds is None:
        return ""
    return f"Il manque {gap}" if reason.comparison in ("at_least", "more_than") else f"Dépassement : {gap}"


def reason_sentence(reason: "Reason", subjects: bool = False) -> str:
    """'Condition remplie : ...', with the person it is about when there are several."""
    about = f" ({name(reason.subject)})" if subjects and reason.subject else ""
    return f"{CONDITION[reason.holds]} : {reason.label}{about}"


def several_subjects(benefit: "Benefit") -> bool:
    """Whether the reasons of a benefit speak of several persons, so that each must say whom."""
    return len({reason.subject for reason in every_reason(benefit)}) > 1


def every_reason(benefit: "Benefit") -> "list[Reason]":
    """The reasons of a benefit for all those who may hold it."""
    return [*benefit.reasons, *(reason for result in benefit.by_subject for reason in result.reasons)]


def deciding_texts(benefit: "Benefit") -> "list[Reference]":
    """The texts behind what is decided: every condition of those who have the right, what is missing for the others."""
    results: list[Benefit | SubjectResult] = [result for _, result in benefit.outcomes] if len(benefit.outcomes) > 1 else [benefit]
    return sources(reason for result in results for reason in result.reasons if result.status == "granted" or reason.holds is not True)


def sources(reasons: "Iterable[Reason]") -> "list[Reference]":
    """The texts that these reasons cite, each address once, with the last date from which it applies."""
    by_address: dict[str, Reference] = {}
    for reason in reasons:
        for reference in reason.references:
            known = by_address.get(reference.href)
            if known is None or (reference.date or "") > (known.date or ""):
                by_address[reference.href] = reference
    return list(by_address.values())


def cited(reason: "Reason", texts: "list[Reference]") -> str:
    """The numbers of the texts that a reason cites: ' [1, 2]'."""
    addresses = [text.href for text in texts]
    numbers = sorted({addresses.index(reference.href) + 1 for reference in reason.references if reference.href in addresses})
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def source(reference: "Reference") -> str:
    """The title of a legal text and the date from which it applies."""
    return reference.title + (f", depuis le {day(reference.date)}" if reference.date and reference.date.count("-") == 2 else
                              f", depuis {day(reference.date)}" if reference.date else "")  # fmt: skip


def count_met(reasons: "tuple[Reason, ...]") -> str:
    """How many conditions are met, in words."""
    met, total = sum(reason.holds is True for reason in reasons), len(reasons)
    if not total:
        return ""
    return f"{met} condition{'s' if met > 1 else ''} remplie{'s' if met > 1 else ''} sur {total}"


# Further figures, questions, provenance


def details(figures_by_name: dict[str, Any], benefit: "Benefit") -> list[tuple[str, str]]:
    """The further figures of a benefit, as (what it is, its value); those by person are told apart."""
    return [
        (_detail_label(key, benefit), _detail_value(key, value, benefit))
        for key, value in figures_by_name.items()
        if key != "by_person" and value is not None and not isinstance(value, dict | list | tuple)
    ]


def details_by_person(benefit: "Benefit") -> list[tuple[str, str]]:
    """The further figures of each person, as (names, 'Prix : 12 €/mois ; Palier : 2'); those who have the same are taken together."""
    people: dict[str, dict[str, Any]] = benefit.details.get("by_person", {})
    if len(people) == 1 or benefit.unit == "right":  # the amount of the only person is the amount of the benefit; a right has none
        people = {person: {key: value for key, value in values.items() if key != "amount"} for person, values in people.items()}
    alike: dict[str, list[str]] = {}
    for person, values in people.items():
        alike.setdefault(" ; ".join(f"{label} : {value}" for label, value in details(values, benefit)), []).append(person)
    return [(names(persons), line) for line, persons in alike.items() if line]


def _detail_label(key: str, benefit: "Benefit") -> str:
    if key in DETAILS:
        return DETAILS[key][0]
    return benefit.figures[key].label if key in benefit.figures else clean(key).replace("_", " ").capitalize()


def _detail_value(key: str, value: object, benefit: "Benefit") -> str:
    figure = benefit.figures.get(key)
    unit = DETAILS[key][1] if key in DETAILS else figure.unit if figure else None
    if key == "amount" and benefit.unit == "right":
        return "droit ouvert" if value else "pas de droit"
    if key == "amount" and isinstance(value, int | float):
        return _plain_amount(value, benefit)
    if key == "participation" and value == 0:
        return "aucune, c'est gratuit"
    return quantity(value, unit)


def unconfirmed(benefit: "Benefit") -> str:
    """That a value of the rule has no official source yet; empty when all have one."""
    if benefit.confirmed:
        return ""
    return SENTENCES["unconfirmed_refused" if benefit.status == "refused" else "unconfirmed"]


def apply_title(benefit: "Benefit") -> str:
    """What to do next: claim, keep, or ask."""
    if benefit.status == "undetermined":
        return SENTENCES["apply_undetermined"]
    received = benefit.received is not None and benefit.received > 0 and unclaimed(benefit) <= 0
    return SENTENCES["apply_received" if received else "apply"]


def local_value(value: "LocalValue") -> str:
    """A value that the installation gives, with its date and its source."""
    return f"{value.description} : {quantity(value.value, value.unit)}, depuis le {day(value.since)} ({value.title})"


def why(benefit: "Benefit") -> str:
    """The title of the reasons, with how many conditions are met."""
    if len(benefit.outcomes) > 1:
        return SENTENCES["why_by_subject"]
    met = count_met(benefit.reasons)
    return f"{SENTENCES['why']} : {met}" if met else SENTENCES["why"]


def renewal(text: str) -> str:
    return RENEWALS.get(text, text)


def concerned(question: "Question", report: "Report") -> str:
    """The benefits that an answer would settle."""
    labels = {benefit.id: benefit.label.removesuffix(MAY_ASK) for benefit in report.benefits}
    return listed(labels.get(benefit, benefit) for benefit in question.benefits)


def provenance(report: "Report") -> list[tuple[str, str]]:
    """What was used to compute, as (what, which)."""
    values = {key: clean(getattr(report.provenance, key)) for key in PROVENANCE}
    values["law_date"] = day(values["law_date"])
    return [(PROVENANCE[key], value) for key, value in values.items() if value]


def not_modelled(since: str | None, until: str | None) -> str:
    """That the rules of a benefit are not written for the month asked about.

    >>> not_modelled("2025-09", None)
    'Ses règles ne sont écrites que depuis septembre\\xa02025.'
    """
    if since and until:
        return f"Ses règles ne sont écrites que de {day(since)} à {day(until)}."
    if since:
        return f"Ses règles ne sont écrites que depuis {day(since)}."
    return f"Ses règles ne sont écrites que jusqu'en {day(until or '')}."


def value_missing(month: str) -> str:
    """That the law of a month lacks a value that the rule reads."""
    return f"Une valeur de sa règle n'est pas connue pour {day(month)}."


def total_notes(report: "Report") -> list[str]:
    """What the monthly total leaves out, said beside it."""
    notes = []
    if any(benefit.unit == "EUR" and benefit.periodicity != "monthly" for benefit in report.granted):
        notes.append(SENTENCES["total_apart"])
    if report.undetermined:
        notes.append(SENTENCES["total_open"])
    if any(not benefit.confirmed and benefit.unit == "EUR" and benefit.periodicity == "monthly" for benefit in report.granted):
        notes.append(SENTENCES["total_unconfirmed"])
    return notes
