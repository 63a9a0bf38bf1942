"""What is taken for granted when a household does not say it; a silent default is never used where it can matter.

The sentences are in ``catalogue/assumptions.yaml``; this module says which of them apply, and holds the defaults themselves.
``docs/assumptions.md`` says of every fact that the engine reads how it is covered.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, partial

from tznr_rules import wording
from tznr_rules.catalogue import questions
from tznr_rules.composition import ADULTS, TAX_MAJORITY, Composition, Place, age
from tznr_rules.household import Household, Notices, Person, declared
from tznr_rules.languages import Words, filled
from tznr_rules.locations import CATALOGUE
from tznr_rules.periods import Series, Value, at_month, explicit, months, spread
from tznr_rules.reading import shipped
from tznr_rules.report import Assumption
from tznr_rules.system import system

DEPCOM = "35238"  # Rennes
WAGE = "salaire_net"
WAGES = ("salaire_net", "salaire_de_base", "salaire_imposable", "traitement_indiciaire_brut")
NET_INCOMES = ("salaire_net", "chomage_net", "retraite_nette", "indemnites_journalieres_maladie", "pensions_invalidite")
INCOME_PREFIXES = (
    *("salaire", "traitement", "chomage", "retraite", "rpns", "pensions_"),
    *("indemnites_", "revenus_", "rente", "bourse_recherche"),
)
NOT_RECEIVED = ("pensions_alimentaires_versees_individu",)
ACTIVITY_BEHIND = {"retraite": ("retraite",), "chomeur": ("chomage",), "actif": ("salaire", "traitement", "rpns")}
SAVINGS = (
    *("livret_a", "epargne_revenus_non_imposables", "epargne_revenus_imposables", "revenus_capital", "revenus_locatifs"),
    *("valeur_patrimoine_loue", "valeur_immo_non_loue", "valeur_terrains_non_loues"),
    *("valeur_locative_immo_non_loue", "valeur_locative_terrains_non_loues"),
)
PAYERS = ("locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer", "primo_accedant")
OLD_LOAN = ("aide_logement_date_pret", "aides_logement_primo_accedant_eligibilite")
RESTRICTION = "aah_restriction_substantielle_durable_acces_emploi"
PARENTAL_INCOME = "bourse_criteres_sociaux_base_ressources_parentale"
DEPENDANT = "personne_a_charge"
ESTIMATES = ("quotient_familial", "rfr_estime", "rfr_estime_de")  # worked out from other facts
SCHOOL_START = "-09"
COLLEGE_AGES, LYCEE_AGES = range(11, 15), range(15, 18)  # age reached in the calendar year in which the school year starts
RECOGNISED = ("taux_incapacite", "aeeh_niveau_handicap")
SETTLED = ("actif", "retraite", "inactif")  # activities of which neither a school nor the loss of a job follows
WORKING_AGE = 16
MAJORITY = 18
NEAR_RETIREMENT = 60
EXEMPT_FROM_LENGTH_OF_STAY = ("refugie_ou_protege", "titulaire_carte_resident")
OLDEST_MOTHER = 50
NAMED = 5  # how many of the benefits that an assumption touches are named
TAX_CHOICE_ENDS = 25


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = shipped(CATALOGUE / "assumptions.yaml")
    return content


def say(key: str, field: str, **words: Words) -> Assumption:
    """An assumption in its own words."""
    sentence = _sentences()[key]
    return Assumption(field, filled(sentence["assumed"], **words), sentence["why"], "estimated" if key in ESTIMATES else "assumed")


def called(identifier: str) -> Words:
    """The name of a person, as each voice says it."""
    return partial(wording.name, identifier)


@lru_cache(maxsize=256)
def school_year(month: str) -> int:
    """The calendar year in which the school year of a month began.

    >>> school_year("2026-09"), school_year("2027-03")
    (2026, 2026)
    """
    return int(month[:4]) - (month[4:] < SCHOOL_START)


def says_enough(person: Person, month: str) -> bool:
    """Whether nothing is to be supposed of the school, the activity or the disability of a person: a young child, or an adult at work,
    retired or at home, without a school nor a disability that is told."""
    facts = person.facts
    if facts.get("scolarite") not in (None, "inconnue") or any(map(facts.get, RECOGNISED)):
        return False
    if school_year(month) - person.date_naissance.year < COLLEGE_AGES.start:
        return facts.get("activite") in (*SETTLED, "etudiant")
    return person.lien != "enfant" and facts.get("activite") in SETTLED


def activity(person: Person, month: str) -> str | None:
    """The activity of a person who does not say it, read from the incomes; None when it was said or nothing tells it."""
    if at_month(person.facts.get("activite"), month) is not None:
        return None
    if at_month(person.facts.get("scolarite"), month) == "enseignement_superieur":
        return "etudiant"
    earned = {_activity_behind(name) for name, series in person.facts.items() if _activity_behind(name) and _is_earned(series, month)}
    return next((name for name in ACTIVITY_BEHIND if name in earned), None)


@lru_cache(maxsize=4096)
def _activity_behind(name: str) -> str | None:
    """The activity of which a fact is the income; None if it is none."""
    return next((activity for activity, prefixes in ACTIVITY_BEHIND.items() if name.startswith(prefixes) and _is_income(name)), None)


def _is_earned(series: Series, month: str) -> bool:
    amount = at_month(series, month)
    return isinstance(amount, int | float) and amount > 0


def school(person: Person, month: str) -> str | None:
    """The school of a child or a student who does not say it, by the age reached in the calendar year in which the school year starts."""
    if at_month(person.facts.get("scolarite"), month) not in (None, "inconnue"):
        return None
    turning = school_year(month) - person.date_naissance.year
    studies = at_month(person.facts.get("activite"), month) == "etudiant"
    if person.lien == "enfant" and turning in COLLEGE_AGES:
        return "college"
    if turning in LYCEE_AGES and (studies or (person.lien == "enfant" and not _works(person, month))):
        return "lycee"
    return "enseignement_superieur" if studies and turning >= MAJORITY else None


def establishment(person: Person, month: str) -> str | None:
    """The kind of establishment of a student who does not say it."""
    return "public" if _superior(person, month) and "statuts_etablissement_scolaire" not in person.facts else None


def start_of_unemployment(person: Person, month: str) -> date | None:
    """The first day of the unbroken months without wage of a job-seeker who does not say it."""
    said = "date_debut_chomage" in person.facts
    if said or (at_month(person.facts.get("activite"), month) or activity(person, month)) != "chomeur":
        return None
    lived = _lived(month)
    wages = spread(next((person.facts[name] for name in WAGES if name in person.facts), None), lived)
    paid = [index for index, wage in enumerate(wages) if wage]
    first = lived[min(paid[-1] + 1, len(lived) - 1)] if paid else lived[0]
    return date(int(first[:4]), int(first[5:7]), 1)


def parental_incomes(household: Household, composition: Composition, month: str) -> dict[str, float]:
    """By child at home, the gross total income of the parents in the second year before the school year, as their tax notices say it."""
    families = {}
    filed = household.avis_imposition or any(person.avis_imposition for person in household.personnes)
    for place in composition.places if filed else ():
        person = place.person
        if person.lien == "enfant" and PARENTAL_INCOME not in person.facts and not (person.id in composition.left and person.dans_famille):
            families[person.id] = composition.of_demandeur if person.id in composition.left else place.famille[0]
    incomes = {family: _income_of_parents(family, household, composition, month) for family in set(families.values())}
    return {child: income for child, family in families.items() if (income := incomes[family]) is not None}


def _income_of_parents(family: str, household: Household, composition: Composition, month: str) -> float | None:
    """The income that the tax notices of the adults of a family say; None when one of them is not told."""
    total, year = 0.0, school_year(month) - 2
    for label in {each.foyer_fiscal[0] for each in composition.places if each.famille[0] == family and not _is_child(each)}:
        notices = [each[year] for each in _notices(household, composition, label) if year in each]
        if not notices:
            return None
        total += sum(float(notice.rfr if notice.rbg is None else notice.rbg) for notice in notices)
    return total


def asks_income(place: Place, month: str) -> bool:
    """Whether an adult told nothing from which an income can be taken: neither an income, nor an activity, nor a school."""
    person = place.person
    for name in ("activite", "scolarite"):
        if at_month(person.facts.get(name), month) is not None:
            return False
    if _is_child(place) or age(person, month) < MAJORITY:
        return False
    return not any(map(_is_income, person.facts)) and school(person, month) is None


def _told_incomes(person: Person) -> dict[str, Series]:
    """The incomes that a person tells, those of the model first, in its order."""
    told, order = person.facts, declared()["individu"]
    names = [*(name for name in order if name in told), *(name for name in told if name not in order)]
    return {name: told[name] for name in names if _is_income(name)}


@lru_cache(maxsize=4096)
def _is_income(name: str) -> bool:
    """Whether a fact is an income, and not an answer about one ("is your pension a full one?")."""
    answers = questions().keys() - {WAGE}
    return name.startswith(INCOME_PREFIXES) and name not in NOT_RECEIVED and name not in answers


def about(household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    """Everything assumed about one household, in the order of its description."""
    yield from _about_dwelling(household, composition, month)
    for position, place in enumerate(composition.places):
        path = f"personnes[{position}]"
        yield from _about_studies(place, path, household, composition, month)
        yield from _about_income(place, path, month)
        yield from _about_person(place, path, month)
        yield from _about_tax_return(place, path, composition, month)
        if place.person.id in composition.apart:
            yield say("adulte_en_plus", f"{path}.dans_famille", nom=called(place.person.id))
    yield from _about_families(household, composition, month)
    yield from _about_everyone(household, composition, month)
    yield from _about_notices(household, composition, month)


def about_receipts(labels: Iterable[str]) -> Iterator[Assumption]:
    """Benefits whose receipt nobody told and which are assumed to have been received."""
    named = tuple(labels)
    if named:
        yield say("aides_recues", "recus", aides=partial(wording.together, named))


def about_combinations(labels: Iterable[str]) -> Iterator[Assumption]:
    """Benefits that so many missing facts can change that not every combination of answers was tried."""
    named = tuple(labels)
    if named:
        yield say("combinaisons", "personnes", aides=partial(wording.together, named, most=NAMED))


def about_quotient(estimated: float) -> Assumption:
    """The family quotient of the CAF, when nobody told it."""
    return say("quotient_familial", "famille.quotient_familial_caf", montant=f"{round(estimated)}")


def _about_dwelling(household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    dwelling = household.logement
    if household.depcom is None:
        yield say("commune", "depcom")
    tenure = at_month(dwelling.get("statut_occupation_logement"), month)
    if tenure is None:
        yield say("logement", "logement.statut_occupation_logement")
    elif tenure in PAYERS and at_month(dwelling.get("loyer"), month) is None:
        yield say("loyer", "logement.loyer")
    if tenure == "primo_accedant" and not any(name in dwelling for name in OLD_LOAN):
        yield say("pret_recent", "logement.aide_logement_date_pret")
    for place in composition.places:
        its_own = place.famille[0] == place.person.id and place.person.id in composition.hosted
        if its_own and ("coloc" not in dwelling or place.person.id in composition.left):
            yield say("heberge", "logement.coloc", nom=called(place.person.id))


def _about_studies(place: Place, path: str, household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    person, name = place.person, called(place.person.id)
    level = school(person, month)
    if level:
        yield say(level, f"{path}.scolarite", nom=name)
    if establishment(person, month):
        yield say("etablissement", f"{path}.statuts_etablissement_scolaire", nom=name)
    if _superior(person, month) and person.id in parental_incomes(household, composition, month):
        yield say("revenus_des_parents", f"{path}.{PARENTAL_INCOME}", nom=name, annee=str(school_year(month) - 2))


def _about_income(place: Place, path: str, month: str) -> Iterator[Assumption]:
    person, name, child = place.person, called(place.person.id), _is_child(place)
    if age(person, month) < WORKING_AGE:
        return
    if asks_income(place, month):
        return
    told = _told_incomes(person)
    if told:
        yield say("pas_d_autre_revenu", f"{path}.{next((each for each in NET_INCOMES if each not in told), NET_INCOMES[0])}", nom=name)
        gaps = (each for each, series in told.items() if isinstance(series, dict) and not _whole(series, month))
        for each in tuple(gaps)[:1]:
            yield say("mois_voisins", f"{path}.{each}", nom=name)
    else:
        yield say("jeune_sans_revenu" if child else "sans_revenu", f"{path}.salaire_net", nom=name)
    known = at_month(person.facts.get("activite"), month)
    if known is None and not _pupil(person, month):
        yield say(activity(person, month) or "inactif", f"{path}.activite", nom=name)
    if child:
        return
    started = start_of_unemployment(person, month)
    if started:
        since: Words = partial(wording.day, started.isoformat()[:7])
        if started.isoformat()[:7] == _lived(month)[0]:
            since = filled("report.at_least_month", month=since)
        yield say("debut_chomage", f"{path}.date_debut_chomage", nom=name, mois=since)
    if (known or activity(person, month)) == "chomeur" and "ass_precondition_remplie" not in person.facts:
        yield say("travail_avant_chomage", f"{path}.ass_precondition_remplie", nom=name)


def _about_person(place: Place, path: str, month: str) -> Iterator[Assumption]:
    person, name, years = place.person, called(place.person.id), age(place.person, month)
    known, child = set(person.facts), _is_child(place)
    nationality = at_month(person.facts.get("nationalite"), month)
    if nationality is None and (not child or _superior(person, month)):
        yield say("nationalite", f"{path}.nationalite", nom=name)
    exempt = any(at_month(person.facts.get(fact), month) for fact in EXEMPT_FROM_LENGTH_OF_STAY)
    if nationality not in (None, "FR") and not child and not exempt and "duree_possession_titre_sejour" not in known:
        yield say("sejour_recent", f"{path}.duree_possession_titre_sejour", nom=name)
    yield from _about_disability(place, path, month)
    aspa = system().get_parameters_at_instant(month).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
    if not child and NEAR_RETIREMENT <= years < aspa.age_min and "inapte_travail" not in known:
        yield say("apte", f"{path}.inapte_travail", nom=name)


def _about_disability(place: Place, path: str, month: str) -> Iterator[Assumption]:
    person, name = place.person, called(place.person.id)
    disabled, rate = (at_month(person.facts.get(each), month) for each in ("handicap", "taux_incapacite"))
    aah = system().get_parameters_at_instant(month).prestations_sociales.prestations_etat_de_sante.invalidite.aah
    grown = age(person, month) >= aah.age_minimal
    if rate is None and disabled:
        yield say("taux_inconnu", f"{path}.taux_incapacite", nom=name)
    elif rate is None and disabled is None and not _is_child(place):
        yield say("sans_incapacite", f"{path}.taux_incapacite", nom=name)
    partial = aah.taux_capacite.taux_incapacite_rsdae <= (rate or 0.0) < aah.taux_capacite.taux_incapacite
    if partial and grown and RESTRICTION not in person.facts:
        yield say("sans_restriction", f"{path}.{RESTRICTION}", nom=name)
    if rate and not grown and _is_child(place) and "aeeh_niveau_handicap" not in person.facts:
        yield say("sans_complement", f"{path}.aeeh_niveau_handicap", nom=name)


def _about_tax_return(place: Place, path: str, composition: Composition, month: str) -> Iterator[Assumption]:
    """The choice of those under 21, and of students under 25; a couple has its own sentence."""
    person, years = place.person, age(place.person, month)
    choice = MAJORITY <= years < (TAX_CHOICE_ENDS if _studies(person, month) else TAX_MAJORITY)
    if person.dans_foyer_fiscal or not choice or composition.partner(place):
        return
    with_parents = _is_child(place) and years < TAX_MAJORITY
    yield say("declaration_des_parents" if with_parents else "declaration_seul", f"{path}.dans_foyer_fiscal", nom=called(person.id))


def _about_families(household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    position = {person.id: at for at, person in enumerate(household.personnes)}
    for place in composition.places:
        head, partner = place.person, composition.partner(place)
        path = f"personnes[{position[head.id]}]"
        if place.famille != (head.id, ADULTS[0]):
            continue
        said = any(one.dans_foyer_fiscal or "statut_marital" in one.facts for one in (head, partner.person if partner else head))
        if partner and not said and partner.foyer_fiscal[0] == place.foyer_fiscal[0]:
            yield say("couple_declare_ensemble", f"{path}.statut_marital", noms=partial(wording.names, (head.id, partner.person.id)))
        children = [other.person for other in composition.places if other.famille[0] == head.id and _is_child(other)]
        ages = [age(child, month) for child in children]
        if partner or not any(years >= 0 for years in ages):
            young = MAJORITY <= age(head, month) < TAX_CHOICE_ENDS and not partner
            if young and not ages and "rsa_jeune_condition_heures_travail_remplie" not in head.facts:
                yield say("travail_avant_25_ans", f"{path}.rsa_jeune_condition_heures_travail_remplie", nom=called(head.id))
            continue
        its_own = head.lien == "demandeur" and "rsa_isolement_recent" in household.famille
        if not its_own and all(years > 2 for years in ages):  # with a younger child the increase is due anyway
            yield say("separation_ancienne", "famille.rsa_isolement_recent", nom=called(head.id))
        if "pensions_alimentaires_percues" not in head.facts:
            yield say("sans_pension_alimentaire", f"{path}.pensions_alimentaires_percues", nom=called(head.id))


def _about_everyone(household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    """What is assumed once for the whole household."""
    people = household.personnes
    children = [place.person for place in composition.places if _is_child(place) and age(place.person, month) >= 0]
    adults = [place.person for place in composition.places if not _is_child(place)]
    minors = [child for child in children if age(child, month) < MAJORITY]
    if minors and not any("garde_alternee" in child.facts for child in children):
        yield say("pas_de_garde_alternee", "personnes[].garde_alternee")
    if minors and not any({"handicap", "taux_incapacite", "aeeh_niveau_handicap"} & set(child.facts) for child in children):
        yield say("enfants_sans_handicap", "personnes[].taux_incapacite")
    unborn = any(age(person, month) < 0 for person in people)
    if any(age(adult, month) <= OLDEST_MOTHER for adult in adults) and not unborn and not any("enceinte" in one.facts for one in people):
        yield say("pas_de_grossesse", "personnes[].enceinte")
    receipts = [series for recus in (household.recus, *(person.recus for person in people)) for series in recus.values()]
    if any(isinstance(series, dict) and not _whole(series, month) for series in receipts):
        yield say("aides_mois_voisins", "recus")
    if not any(name in person.facts for person in people for name in NOT_RECEIVED):
        yield say("pas_de_pension_versee", "personnes[].pensions_alimentaires_versees_individu")
    if not any(name in person.facts for person in people for name in SAVINGS):
        yield say("sans_epargne", "personnes[].epargne_revenus_non_imposables")


def _about_notices(household: Household, composition: Composition, month: str) -> Iterator[Assumption]:
    """The tax notices that a right reads and that nobody gave: of two years before, and of the year before a new school year."""
    pupils = {place.famille[0] for place in composition.places if _is_child(place) and _pupil(place.person, month)}
    demandeur = next(place for place in composition.places if place.person.lien == "demandeur")
    position = {person.id: at for at, person in enumerate(household.personnes)}
    for label in dict.fromkeys(place.foyer_fiscal[0] for place in composition.places):
        mine = label == demandeur.foyer_fiscal[0]
        given = {year for each in _notices(household, composition, label) for year in each}
        parent = any(each.foyer_fiscal[0] == label and each.famille[0] in pupils and not _is_child(each) for each in composition.places)
        missing = sorted(({int(month[:4]) - 2} | ({school_year(month) - 1} if parent else set())) - given)
        years = partial(wording.listed, tuple(map(str, missing)))
        if missing and mine:
            yield say("rfr_estime", f"avis_imposition.{missing[0]}", annee=years)
        elif missing:
            yield say("rfr_estime_de", f"personnes[{position[label]}].avis_imposition.{missing[0]}", annee=years, noms=called(label))


def _notices(household: Household, composition: Composition, label: str) -> list[Notices]:
    """The tax notices told of a tax household, by year: the demandeur's under the household, else those of the persons who file."""
    filers = [each.person for each in composition.places if each.foyer_fiscal[0] == label and each.foyer_fiscal[1] != DEPENDANT]
    mine = household.avis_imposition if any(person.lien == "demandeur" for person in filers) else {}
    own = [{year: notice for year, notice in person.avis_imposition.items() if year not in mine} for person in filers]
    return [mine, *own]


def _is_child(place: Place) -> bool:
    return place.famille[1] not in ADULTS


def _pupil(person: Person, month: str) -> bool:
    return bool({at_month(person.facts.get("scolarite"), month), school(person, month)} & {"maternelle", "primaire", "college", "lycee"})


def _studies(person: Person, month: str) -> bool:
    return _superior(person, month) or at_month(person.facts.get("activite"), month) == "etudiant"


def _superior(person: Person, month: str) -> bool:
    return "enseignement_superieur" in (at_month(person.facts.get("scolarite"), month), school(person, month))


def _whole(series: dict[str, Value], month: str) -> bool:
    """Whether a series says every month that a rule may look at, up to the one asked about."""
    return all(explicit(series, each) for each in _lived(month))


def _lived(month: str) -> list[str]:
    return [each for each in months(month) if each <= month]


def _works(person: Person, month: str) -> bool:
    return (at_month(person.facts.get("activite"), month) or activity(person, month)) in ("actif", "chomeur", "retraite")
