"""The check of a description: every problem of a document, and the values that it holds, in order."""

import datetime
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial
from typing import Any

from tznr_rules import communes, facts
from tznr_rules.errors import Fault, Problems, Steps, nearest, path_of, shown
from tznr_rules.facts import PLACES, WHOSE, Checked, attempt
from tznr_rules.periods import Series

TOP = ("date", "depcom", "iris", "quartier", "personnes", "avis_imposition", "recus", "logement", "famille", "foyer_fiscal")
OF_A_PERSON = ("id", "lien", "date_naissance", "dans_famille", "dans_foyer_fiscal", "recus", "avis_imposition")
SECTIONS = {"logement": "menage", "famille": "famille", "foyer_fiscal": "foyer_fiscal"}
LIENS = ("demandeur", "conjoint", "enfant", "autre")
ADULTS = ("demandeur", "conjoint")
NOTICE = ("rfr", "nbptr", "rni", "rbg")
MEANT = {
    **dict.fromkeys(("commune", "ville", "insee", "code_insee", "code_commune", "code_postal"), "depcom"),
    **dict.fromkeys(("persons", "people", "individus", "membres", "enfants"), "personnes"),
    **dict.fromkeys(("aides", "prestations", "benefits"), "recus"),
    **dict.fromkeys(("age", "naissance", "ne_le", "nee_le", "birth_date"), "date_naissance"),
    "mois": "date",
    "menage": "logement",
    "prenom": "id",
    "nom": "id",
}
OLDEST, YOUNGEST_PARTNER, PREGNANCY, MOST_PARTS = 120, 15, 9, 30
Check = Callable[[Any], Any]
A_PERSON = "{lien: demandeur, date_naissance: 1990-05-12}"


class Declared(dict[str, tuple[str, ...]]):
    """The facts that the model declares, by entity."""

    @cached_property
    def places(self) -> dict[str, str]:
        """Where each of them is written."""
        return {name: PLACES[entity] for entity, names in reversed(self.items()) for name in names}

    @cached_property
    def checked(self) -> dict[str, Checked]:
        """What scalars were found to say of a household, of each entity, under ``recus`` and in a tax notice."""
        entities = {entity: Checked(partial(_check_of_fact, entity)) for entity in PLACES}
        return {
            **entities,
            "household": Checked(lambda name: partial(facts.unless_nothing, WHERE[name])),
            "recus": Checked(lambda name: None if name in self.places or (known := _benefit(name)) is None else known.check),
            "avis_imposition": Checked(lambda name: _notice_figure(name) if name in NOTICE else None),
        }


def household(given: Mapping[Any, Any], declared: Declared) -> dict[str, Any]:
    """The values of a household, checked and normalised; its persons are mappings of the same kind.

    Raises:
        HouseholdError: with every problem, in the order of the document.
    """
    document = {**given, "personnes": opened(given["personnes"])} if "personnes" in given else dict(given)
    problems = Problems(document)
    place = {name: document[name] for name in WHERE if name in document}
    told = declared.checked["household"].read(place, lambda name, value: attempt(WHERE[name], value, (name,), problems))
    asked, code, quarter = told.get("date"), told.get("depcom"), told.get("iris")
    if asked is None and facts.plain(document.get("date")) is None:
        asked = facts.month(datetime.date.today())
    if code and quarter and not communes.within(quarter, code):
        problems.add(("iris",), "iris_elsewhere", f"'{quarter}' is not in the commune '{code}'", "", "Check depcom and iris.")
    if quarter and facts.plain(document.get("depcom")) is None:
        code = attempt(communes.commune, quarter[:5], ("iris",), problems)
    persons = _persons(document.get("personnes"), asked, declared, problems)
    values: dict[str, Any] = {
        "date": asked,
        "depcom": code,
        "iris": quarter,
        "quartier": told.get("quartier"),
        "personnes": persons,
        "avis_imposition": _notices(document.get("avis_imposition"), ("avis_imposition",), declared, problems),
        "recus": _received(document.get("recus"), ("recus",), declared, problems),
    }
    _share_individual_benefits(values["recus"], persons, problems)
    for section, entity in SECTIONS.items():
        content = _mapping(document.get(section), (section,), problems, "{loyer: 420}" if entity == "menage" else "{}")
        values[section] = _facts(content, entity, (section,), declared, problems)
    for name in document:
        if name not in TOP:
            _unknown(name, "", (name,), declared, problems)
    problems.raise_if_any()
    return values


def person(given: Mapping[Any, Any], steps: Steps, declared: Declared, problems: Problems) -> dict[str, Any]:
    """The values of one person; only what is given is in it. Problems are noted."""

    def one(name: Any, value: Any) -> Any:
        here = (*steps, name)
        if name == "recus":
            return _received(value, here, declared, problems) or None
        if name == "avis_imposition":
            return _notices(value, here, declared, problems) or None
        if name in OF_A_PERSON:
            return attempt(WHO[name], value, here, problems)
        return _fact(name, value, "individu", here, declared, problems)

    values = declared.checked["individu"].read(given, one)
    if "date_naissance" not in values and facts.plain(given.get("date_naissance")) is None:
        fix = "Write for example 1990-05-12."
        problems.add((*steps, "date_naissance"), "missing", "missing", "Every person has a date of birth.", fix)
    return values


def opened(given: Any) -> Any:
    """A list of persons whose models are replaced by their documents."""
    if not isinstance(given, list | tuple):
        return given.document() if hasattr(given, "document") else given
    return [each.document() if hasattr(each, "document") else each for each in given]


def _persons(given: Any, asked: str | None, declared: Declared, problems: Problems) -> list[dict[str, Any]]:
    steps: Steps = ("personnes",)
    expected, fix = "A list of persons is expected.", f"Write personnes: [{A_PERSON}]."
    given = facts.plain(given)
    if given is None:
        problems.add(steps, "missing", "missing", expected, fix)
        return []
    if not isinstance(given, list):
        problems.add(steps, "not_a_list", f"{shown(given)} is not a list", expected, fix)
        return []
    if not given:
        problems.add(steps, "empty", "nobody is described", "A household has at least one person.", fix)
    found: dict[int, dict[str, Any]] = {}
    for position, each in enumerate(given):
        if isinstance(each, Mapping):
            found[position] = person(each, (*steps, position), declared, problems)
        else:
            problems.add((*steps, position), "not_a_mapping", f"{shown(each)} is not a mapping", "", f"Write for example {A_PERSON}.")
    _identify(found, problems)
    _relate(given, found, problems)
    if asked:
        for position, values in found.items():
            _check_birth(values, (*steps, position, "date_naissance"), asked, problems)
    _check_generations(found, problems)
    return list(found.values())


def _identify(found: dict[int, dict[str, Any]], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for position, values in found.items():
        name = values.setdefault("id", f"personne_{position + 1}")
        if name in seen:
            fix = f"Give another id: '{name}' is already that of personnes[{seen[name]}]."
            problems.add(("personnes", position, "id"), "duplicate_id", f"{shown(name)} is given twice", "Ids are all different.", fix)
        seen.setdefault(name, position)


def _relate(given: list[Any], found: dict[int, dict[str, Any]], problems: Problems) -> None:
    """One demandeur, one conjoint at most, and a tie for everyone."""
    said = {position: values["lien"] for position, values in found.items() if "lien" in values}
    silent = [position for position in found if position not in said and facts.plain(given[position].get("lien")) is None]
    first = next(iter(found), None)
    if first is not None and first in silent and "demandeur" not in said.values():
        found[first]["lien"] = said[first] = "demandeur"
        silent.remove(first)
    for position in silent:
        fix = "Write lien: conjoint, enfant, or autre for an adult with their own family."
        problems.add(("personnes", position, "lien"), "lien_missing", "missing", "Only the first person may leave it out.", fix)
    for lien, code in (("demandeur", "two_demandeurs"), ("conjoint", "two_conjoints")):
        same = [position for position, value in said.items() if value == lien]
        for position in same[1:]:
            given_twice = f"a second {lien}; the first is personnes[{same[0]}]"
            fix = "Write autre for an adult with their own family." if lien == "demandeur" else "Write autre for the other adults."
            problems.add(("personnes", position, "lien"), code, given_twice, f"A household has one {lien}.", fix)
    unread = len(said) + len(silent) < len(given)
    if found and not unread and "demandeur" not in said.values():
        fix = "Write lien: demandeur on the person who asks."
        problems.add(("personnes",), "no_demandeur", "nobody is the demandeur", "A household has one demandeur.", fix)


def _check_birth(values: dict[str, Any], steps: Steps, asked: str, problems: Problems) -> None:
    born, lien = values.get("date_naissance"), values.get("lien")
    if born is None:
        return
    ahead = (born.year - int(asked[:4])) * 12 + born.month - int(asked[5:7])
    if ahead > PREGNANCY:
        expected = f"A birth is at most {PREGNANCY} months after the month asked."
        problems.add(steps, "birth_in_future", f"{born} is too long after {asked}", expected, "Check the year.")
    elif ahead > 0 and lien is not None and lien != "enfant":
        problems.add(steps, "birth_in_future", f"{born} is after {asked}", "Only an enfant may be still to be born.", "Check the year.")
    elif -ahead > OLDEST * 12:
        problems.add(steps, "too_old", f"{born} makes the person more than {OLDEST}", "", "Check the year.")
    elif lien == "conjoint" and -ahead < YOUNGEST_PARTNER * 12:
        fix = "Check the year, or write lien: enfant."
        problems.add(steps, "too_young", f"{born} makes the conjoint less than {YOUNGEST_PARTNER}", "", fix)


def _check_generations(found: dict[int, dict[str, Any]], problems: Problems) -> None:
    """A child is younger than at least one of the adults of their family."""
    for position, child in found.items():
        if child.get("lien") != "enfant" or "date_naissance" not in child:
            continue
        label = child.get("dans_famille")
        adults = [
            one["date_naissance"]
            for one in found.values()
            if "date_naissance" in one
            and one.get("lien") not in (None, "enfant")
            and ((label is None and one["lien"] in ADULTS) or (label is not None and label in (one["id"], one.get("dans_famille"))))
        ]
        if adults and child["date_naissance"] <= min(adults):
            given = f"{child['date_naissance']} makes the child older than the parents"
            fix = "Check the dates and the lien of each; write autre for a parent or a sister of the demandeur."
            problems.add(("personnes", position, "date_naissance"), "older_than_parents", given, "", fix)


def _facts(given: Mapping[Any, Any], entity: str, steps: Steps, declared: Declared, problems: Problems) -> dict[str, Series]:
    """The OpenFisca variables given on one entity."""
    return declared.checked[entity].read(given, lambda name, value: _fact(name, value, entity, (*steps, name), declared, problems))


def _fact(name: Any, value: Any, entity: str, steps: Steps, declared: Declared, problems: Problems) -> Series | None:
    """An OpenFisca variable given on an entity."""
    known = _of_entity(name, entity)
    if known is None:
        _unknown(name, entity, steps, declared, problems)
        return None
    return known.series(value, steps, problems)


def _of_entity(name: Any, entity: str) -> facts.Fact | None:
    """A fact of an entity; neither the commune, said of the household, nor a right, which is received or computed."""
    known = facts.fact(name) if isinstance(name, str) and name != "depcom" and not _is_benefit(name) else None
    return known if known is not None and known.entity == entity else None


def _is_benefit(name: Any) -> bool:
    return isinstance(name, str) and name in facts.all_benefits()


def _check_of_fact(entity: str, name: Any) -> Check | None:
    """The check of what is said of an entity under a name, if it takes one value."""
    if entity == "individu" and name in WHO:
        return partial(facts.unless_nothing, WHO[name])
    known = _of_entity(name, entity)
    return None if known is None else known.check


def _unknown(name: Any, entity: str, steps: Steps, declared: Declared, problems: Problems) -> None:
    """A name that is not known here: it belongs elsewhere, or it is misspelt."""
    known = facts.fact(name) if isinstance(name, str) else None
    if name in TOP and entity:
        problems.add(steps, "misplaced", "this is said of the whole household", "", f"Move it to the top of the document: {name}.")
    elif _is_benefit(name):
        received = facts.benefit(name)
        whose = "personnes[]." if received is not None and received.entity == "individu" else ""
        problems.add(steps, "misplaced", "this is a benefit, not a fact", "", f"Write what is received of it under {whose}recus.{name}.")
    elif known is not None and name not in MEANT:
        fix = f"Move it to {PLACES[known.entity]}.{name}."
        problems.add(steps, "misplaced", f"this is a fact of {WHOSE[known.entity]}", "", fix)
    else:
        near = _nearest(name, entity, declared) if isinstance(name, str) else None
        fix = f"Did you mean {near}?" if near else "Remove it, or write the name of an OpenFisca-France variable."
        problems.add(steps, "unknown_field", "unknown field", "", fix)


def _nearest(name: str, entity: str, declared: Declared) -> str | None:
    if name in MEANT:
        meant = MEANT[name]
        return f"'{meant}'" if meant in (OF_A_PERSON if entity == "individu" else TOP) else f"'personnes[].{meant}'"
    here = (*OF_A_PERSON, *declared["individu"]) if entity == "individu" else declared[entity] if entity else TOP
    near = nearest(name, here)
    if near:
        return f"'{near}'"
    elsewhere = {each: f"{PLACES[other]}.{each}" for other, names in declared.items() for each in names}
    elsewhere |= {each: each for each in TOP} | {each: f"personnes[].{each}" for each in OF_A_PERSON if each not in TOP}
    near = nearest(name, elsewhere)
    if near:
        return f"'{elsewhere[near]}'"
    near = facts.alike(name)
    known = facts.fact(near) if near else None
    return None if known is None else f"'{near}'" if known.entity == entity else f"'{PLACES[known.entity]}.{near}'"


def _received(given: Any, steps: Steps, declared: Declared, problems: Problems) -> dict[str, Series]:
    def one(name: Any, value: Any) -> Series | None:
        known = _benefit(name)
        place = declared.places.get(name)
        if place:
            place = path_of(steps[:-1]) if place == PLACES["individu"] and len(steps) > 1 else place
            problems.add((*steps, name), "misplaced", "this is not a benefit", "", f"Move it to {place}.{name}.")
        elif known is None:
            near = facts.likely_benefit(name) if isinstance(name, str) else None
            fix = f"Did you mean '{near}'?" if near else "'tznr-rules benefits' lists every id."
            problems.add((*steps, name), "unknown_benefit", "unknown benefit", "", fix)
        else:
            return known.series(value, (*steps, name), problems)
        return None

    content = _mapping(given, steps, problems, "{rsa: 0}")
    return declared.checked["recus"].read(content, one) if content else {}


def _benefit(name: Any) -> facts.Fact | None:
    return facts.benefit(name) if isinstance(name, str) else None


def _share_individual_benefits(received: dict[str, Series], persons: list[dict[str, Any]], problems: Problems) -> None:
    """An individual benefit said of the whole household: nobody receives it if it is 0, the only person does if there is one."""
    for name in list(received):
        known = facts.benefit(name)
        if known is None or known.entity != "individu" or not persons:
            continue
        series = received.pop(name)
        amounts = list(series.values()) if isinstance(series, dict) else [series]
        if len(persons) > 1 and any(amounts):
            fix = f"Move it to personnes[0].recus.{name}, or to the person who receives it."
            problems.add(("recus", name), "whose", "this benefit is received by one person", "", fix)
            continue
        for each in persons:
            each["recus"] = {name: series} | each.get("recus", {})


def _notices(given: Any, steps: Steps, declared: Declared, problems: Problems) -> dict[int, dict[str, float]]:
    notices: dict[int, dict[str, float]] = {}
    example = "{2024: {rfr: 9200, nbptr: 2}}"
    for key, notice in _mapping(given, steps, problems, example).items():
        here = (*steps, key)
        year = _year(key)
        if year is None:
            expected = "Keys are the years of the income, not of the notice."
            problems.add(here, "not_a_year", f"{shown(key)} is not a year", expected, f"Write for example {example}.")
            continue
        if facts.plain(notice) is None:
            continue
        if year in notices:
            problems.add(here, "period_twice", f"{year} is given twice", "Each year is given once.", "Keep one of the notices.")
        content = _mapping(notice, here, problems, "{rfr: 9200, nbptr: 2}")
        notices[year] = declared.checked["avis_imposition"].read(content, partial(_notice_line, steps=here, problems=problems))
        if isinstance(notice, Mapping) and facts.plain(content.get("rfr")) is None:
            fix = "Write the revenu fiscal de référence, or leave the year out."
            problems.add((*here, "rfr"), "missing", "missing", "A notice gives at least its rfr.", fix)
    return notices


def _notice_line(name: Any, value: Any, steps: Steps, problems: Problems) -> float | None:
    if name in NOTICE:
        found: float | None = attempt(_notice_figure(name), value, (*steps, name), problems)
        return found
    near = nearest(name, NOTICE) if isinstance(name, str) else None
    fix = f"Did you mean '{near}'?" if near else f"A notice holds {', '.join(NOTICE)}."
    problems.add((*steps, name), "unknown_field", "unknown field", "", fix)
    return None


def _year(key: Any) -> int | None:
    try:
        name = facts.period(key)
    except Fault:
        return None
    return int(name) if len(name) == 4 else None


@lru_cache(maxsize=4)
def _notice_figure(name: str) -> Check:
    low, high = {"rfr": (0.0, None), "nbptr": (1.0, float(MOST_PARTS))}.get(name, (None, None))
    return facts.Fact(name, "foyer_fiscal", "number", "year", lowest=low, highest=high).check


def _mapping(given: Any, steps: Steps, problems: Problems, example: str) -> Mapping[Any, Any]:
    if isinstance(given, Mapping):
        return given
    given = facts.plain(given)
    if given is None:
        return {}
    if hasattr(given, "model_dump"):
        return dict(given.model_dump())
    expected, fix = "Names and values are expected.", f"Write for example {example}."
    problems.add(steps, "not_a_mapping", f"{shown(given)} is not a mapping", expected, fix)
    return {}


def _lien(value: Any) -> str:
    return facts.choice(value, LIENS)


def _label(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < facts.LARGEST else facts.text(value)


def _quarter(value: Any) -> str:
    name = facts.slug(facts.text(value))
    known = facts.fact("quartier")
    return facts.choice(name, known.choices) if known is not None and known.choices else name


WHERE = {"date": facts.month, "depcom": communes.commune, "iris": communes.iris, "quartier": _quarter}
WHO = {"id": _label, "lien": _lien, "date_naissance": facts.day, "dans_famille": _label, "dans_foyer_fiscal": _label}
