"""A household in the user's words: its model, its JSON Schema, and every problem of a description at once."""

import datetime
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from tznr_rules import description
from tznr_rules.description import OF_A_PERSON
from tznr_rules.errors import HouseholdError, Problem, Problems, shown
from tznr_rules.periods import Series, Value
from tznr_rules.reading import read

__all__ = ["Household", "Person", "Series", "TaxNotice", "Value", "json_schema", "parse", "read"]

Made = TypeVar("Made", bound=BaseModel)
Lien = Literal["demandeur", "conjoint", "enfant", "autre"]


def _varies(value: dict[str, Any], periods: str = r"^\d{4}(-(0[1-9]|1[0-2]))?$") -> dict[str, Any]:
    """A value that holds all the time, or one by period; null is "not known"."""
    by_period = {"type": "object", "patternProperties": {periods: {"anyOf": [value, {"type": "null"}]}}, "additionalProperties": False}
    return {"anyOf": [value, {"type": "null"}, by_period]}


def _choice(*names: str) -> dict[str, Any]:
    return _varies({"enum": list(names)})


def _level(lowest: int, highest: int) -> dict[str, Any]:
    return _varies({"type": "integer", "minimum": lowest, "maximum": highest})


def _text(pattern: str) -> WithJsonSchema:
    """A text, or null for "not known"."""
    return WithJsonSchema({"type": ["string", "null"], "pattern": pattern})


YEARS = r"^\d{4}$"
TENURES = (
    "primo_accedant",
    "proprietaire",
    "locataire_hlm",
    "locataire_vide",
    "locataire_meuble",
    "loge_gratuitement",
    "locataire_foyer",
    "sans_domicile",
)
EMPLOYMENTS = (
    "prive_non_cadre",
    "prive_cadre",
    "public_titulaire_etat",
    "public_titulaire_militaire",
    "public_titulaire_territoriale",
    "public_titulaire_hospitaliere",
    "public_non_titulaire",
    "non_pertinent",
)
SCHOOLS = ("inconnue", "maternelle", "primaire", "college", "lycee", "enseignement_superieur", "grande_ecole_du_numerique")
ANY_VALUE: dict[str, Any] = _varies({"type": ["number", "boolean", "string"]})
Amount = Annotated[Series | None, WithJsonSchema(_varies({"type": "number", "minimum": 0}))]
Signed = Annotated[Series | None, WithJsonSchema(_varies({"type": "number"}))]
SignedYearly = Annotated[Series | None, WithJsonSchema(_varies({"type": "number"}, YEARS))]
YesNo = Annotated[Series | None, WithJsonSchema(_varies({"enum": [True, False, "oui", "non"]}))]
YearlyYesNo = Annotated[Series | None, WithJsonSchema(_varies({"enum": [True, False, "oui", "non"]}, YEARS))]
Share = Annotated[Series | None, WithJsonSchema(_varies({"type": "number", "minimum": 0, "maximum": 1}))]
Day = Annotated[Series | None, WithJsonSchema(_varies({"type": "string", "format": "date"}))]
Country = Annotated[Series | None, WithJsonSchema(_varies({"type": "string", "pattern": "^[A-Za-z]{2}$"}))]
Activity = Annotated[Series | None, WithJsonSchema(_choice("actif", "chomeur", "etudiant", "retraite", "inactif"))]
Employment = Annotated[Series | None, WithJsonSchema(_choice(*EMPLOYMENTS))]
MaritalStatus = Annotated[Series | None, WithJsonSchema(_choice("marie", "celibataire", "divorce", "veuf", "pacse", "jeune_veuf"))]
Schooling = Annotated[Series | None, WithJsonSchema(_choice(*SCHOOLS))]
Tenure = Annotated[Series | None, WithJsonSchema(_choice(*TENURES))]
Label = Annotated[str | None, WithJsonSchema({"type": ["string", "integer", "null"]})]
Received = Annotated[
    dict[str, Series],
    WithJsonSchema({"type": "object", "additionalProperties": _varies({"anyOf": [{"type": "number", "minimum": 0}, {"type": "boolean"}]})}),
]


def _in_french(text: str) -> ConfigDict:
    return ConfigDict(json_schema_extra={"description": text})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TaxNotice(_Frozen):
    """What the tax notice of one year of income says."""

    model_config = _in_french("Ce que dit l'avis d'imposition d'une année de revenus.")

    rfr: float = Field(ge=0, description="Revenu fiscal de référence, en euros.", examples=[9200])
    nbptr: float | None = Field(None, gt=0, description="Nombre de parts.", examples=[2, 1.5])
    rni: float | None = Field(None, description="Revenu net imposable, en euros.")
    rbg: float | None = Field(None, description="Revenu brut global, en euros.")


class _Described(BaseModel):
    """Facts under their OpenFisca names: those declared here, and any other variable of the same entity."""

    model_config = ConfigDict(frozen=True, extra="allow")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler.resolve_ref_schema(handler(core_schema)), "additionalProperties": ANY_VALUE}


class Logement(_Described):
    """What can be said of the dwelling."""

    model_config = _in_french("Le logement. Toute autre variable OpenFisca d'un ménage est acceptée sous son nom.")

    statut_occupation_logement: Tenure = Field(
        None, description="À quel titre le foyer occupe son logement ; sans_domicile s'il n'en a pas.", examples=["locataire_hlm"]
    )
    loyer: Amount = Field(None, description="Loyer sans les charges, ou mensualité du prêt, en euros par mois.", examples=[420])
    charges_locatives: Amount = Field(None, description="Charges locatives, en euros par mois.", examples=[60])
    coloc: YesNo = Field(None, description="Le logement est une colocation.")
    logement_chambre: YesNo = Field(None, description="Le logement est une chambre.")
    logement_crous: YesNo = Field(None, description="Le logement est géré par le Crous.")


class Famille(_Described):
    """What can be said of the family of the demandeur."""

    model_config = _in_french("La famille du demandeur. Toute autre variable OpenFisca d'une famille est acceptée sous son nom.")

    rsa_isolement_recent: YesNo = Field(None, description="Le parent est seul depuis moins de dix-huit mois.")


class FoyerFiscal(_Described):
    """What can be said of the tax household of the demandeur."""

    model_config = _in_french("Le foyer fiscal du demandeur. Toute variable OpenFisca d'un foyer fiscal est acceptée sous son nom.")


class _As:
    """Describes a mapping by a model in the JSON Schema."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(self.model.__pydantic_core_schema__)


class _ByYear:
    """Keys that are years, in the JSON Schema."""

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core_schema)
        return {"type": "object", "patternProperties": {YEARS: schema["additionalProperties"]}, "additionalProperties": False}


Notices = Annotated[dict[int, TaxNotice], _ByYear()]


class Person(_Described):
    """A person: their tie with the demandeur, their date of birth, and facts under their OpenFisca names, declared here or not.

    >>> Person(date_naissance="1990-05-12", salaire_net=850).facts
    {'salaire_net': 850.0}
    """

    model_config = _in_french("Une personne. Toute autre variable OpenFisca d'un individu est acceptée sous son nom.")

    id: str = Field("", description="Nom donné à la personne dans le rapport ; par défaut personne_1, personne_2...", examples=["nadia"])
    lien: Lien = Field(
        "demandeur",
        description="Lien avec le demandeur, qui est la première personne si rien n'est dit. autre : un adulte qui a sa propre famille.",
    )
    date_naissance: datetime.date = Field(description="Date de naissance, ou date prévue d'un enfant à naître.", examples=["1990-05-12"])
    dans_famille: Label = Field(None, description="Les personnes de même étiquette forment une famille.", examples=["soeur"])
    dans_foyer_fiscal: Label = Field(None, description="Les personnes de même étiquette forment un foyer fiscal.")
    recus: Received = Field({}, description="Aides individuelles reçues, en euros par mois ; 0 : non reçue.", examples=[{"aah": 0}])
    avis_imposition: Notices = Field({}, description="Avis d'imposition d'une personne qui déclare seule, par année de revenus.")

    activite: Activity = Field(None, description="Activité.", examples=["actif"])
    salaire_net: Amount = Field(None, description="Salaire net avant impôt, en euros par mois.", examples=[850, {"2026-09": 900}])
    chomage_net: Amount = Field(None, description="Allocation chômage nette, en euros par mois.", examples=[{"2026-08": 400, "2026-09": 0}])
    retraite_nette: Amount = Field(None, description="Pensions de retraite nettes, en euros par mois.", examples=[1100])
    pensions_invalidite: Amount = Field(None, description="Pension d'invalidité, en euros par mois.")
    pensions_alimentaires_percues: Amount = Field(None, description="Pensions alimentaires reçues, en euros par mois.", examples=[150])
    pensions_alimentaires_versees_individu: Amount = Field(None, description="Pensions alimentaires versées, en euros par mois.")
    rpns_auto_entrepreneur_benefice: Signed = Field(
        None, description="Bénéfice d'auto-entrepreneur après abattement (versement libératoire), en euros par mois.", examples=[600]
    )
    rpns_micro_entreprise_benefice: SignedYearly = Field(
        None, description="Bénéfice de micro-entreprise après abattement, en euros par an.", examples=[{"2025": 7200}]
    )
    rpns_autres_revenus: SignedYearly = Field(None, description="Autres revenus d'indépendant, en euros par an ; négatif si déficit.")
    categorie_salarie: Employment = Field(None, description="Catégorie de salarié.")
    alternant: YesNo = Field(None, description="En alternance.")
    apprentissage_contrat_debut: Day = Field(None, description="Date de début du contrat d'apprentissage.", examples=["2025-09-01"])
    ass_precondition_remplie: YesNo = Field(None, description="A travaillé cinq ans dans les dix années avant la perte de l'emploi.")
    statut_marital: MaritalStatus = Field(None, description="Statut marital.", examples=["marie"])
    nationalite: Country = Field(None, description="Nationalité : code du pays en deux lettres.", examples=["FR", "DZ"])
    duree_possession_titre_sejour: Amount = Field(None, description="Années passées avec un titre de séjour qui permet de travailler.")
    enceinte: YesNo = Field(None, description="Enceinte.")
    garde_alternee: YesNo = Field(None, description="Enfant en garde alternée.")
    pension_alimentaire_fixee_impayee: YesNo = Field(
        None, description="Une pension alimentaire fixée pour cet enfant n'est pas payée par l'autre parent."
    )
    declaration_revenus_avec_parents: YearlyYesNo = Field(
        None, description="Figure sur la déclaration de revenus de ses parents, qui vivent ailleurs."
    )
    scolarite: Schooling = Field(None, description="Scolarité en cours.", examples=["college"])
    bourse_criteres_sociaux_base_ressources_parentale: Amount = Field(
        None, description="Revenu brut global des parents de l'étudiant, en euros par an.", examples=[24000]
    )
    bourse_criteres_sociaux_echelon: Annotated[Series | None, WithJsonSchema(_level(-1, 7))] = Field(
        None, description="Échelon de la bourse du Crous, s'il est connu : de 0 (0 bis) à 7 ; -1 : pas de bourse."
    )
    handicap: YesNo = Field(None, description="En situation de handicap.")
    taux_incapacite: Share = Field(None, description="Taux d'incapacité reconnu par la MDPH, de 0 à 1.", examples=[0.8])
    aah_restriction_substantielle_durable_acces_emploi: YesNo = Field(
        None, description="La MDPH reconnaît une restriction substantielle et durable pour l'accès à l'emploi."
    )
    aeeh_niveau_handicap: Annotated[Series | None, WithJsonSchema(_level(0, 6))] = Field(
        None, description="Catégorie de complément de l'AEEH, de 0 à 6."
    )
    inapte_travail: YesNo = Field(None, description="Reconnu inapte au travail.")

    def __init__(self, /, **document: Any) -> None:
        problems = Problems(document)
        values = description.person(document, (), declared(), problems)
        problems.raise_if_any()
        super().__init__(**values)

    @cached_property
    def facts(self) -> dict[str, Series]:
        """Every OpenFisca variable given on this person."""
        found, values, told = dict(self.model_extra or {}), self.__dict__, self.model_fields_set
        found.update({name: values[name] for name in declared()["individu"] if name in told and values[name] is not None})
        return found

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "Person":
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("facts", None)  # those of the person it was copied from
        return copied

    def document(self) -> dict[str, Any]:
        """This person as a canonical document of plain JSON values."""
        given = {name: getattr(self, name) for name in OF_A_PERSON if name in self.model_fields_set}
        return _document({**given, **dict(sorted(self.facts.items()))})


class Household(_Frozen):
    """A household: who lives together, on what, and where. Only dates of birth are required; what is missing is never zero.

    Its checks run when it is made, and raise a ``HouseholdError`` with every problem.

    >>> Household(date="2026-11", personnes=[{"date_naissance": "1990-05-12"}]).personnes[0].lien
    'demandeur'
    """

    model_config = _in_french("Un foyer : qui vit ensemble, de quoi, et où. Seule la date de naissance de chacun est obligatoire.")

    date: Annotated[str, _text(r"^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$")] = Field(
        "", description="Mois de la question, AAAA-MM ; par défaut le mois en cours.", examples=["2026-11"]
    )
    depcom: Annotated[str | None, _text(r"^(\d{5}|2[AB]\d{3})$")] = Field(
        None, description="Code Insee de la commune (pas le code postal).", examples=["35238"]
    )
    iris: Annotated[str | None, _text(r"^(\d{2}|2[AB])\d{7}$")] = Field(
        None, description="Code Iris du logement, à neuf chiffres.", examples=["352380502"]
    )
    quartier: Annotated[str | None, _text("")] = Field(
        None, description="Quartier, si le code Iris n'est pas connu.", examples=["maurepas_bellangerais"]
    )
    personnes: tuple[Person, ...] = Field(min_length=1, description="Les personnes du foyer, le demandeur en premier.")
    avis_imposition: Notices = Field(
        {}, description="Avis d'imposition du demandeur, par année de revenus.", examples=[{"2024": {"rfr": 9200, "nbptr": 2}}]
    )
    recus: Received = Field({}, description="Aides reçues, en euros par mois ; 0 : non reçue ; absente : inconnue.", examples=[{"rsa": 0}])
    logement: Annotated[dict[str, Series], _As(Logement)] = {}
    famille: Annotated[dict[str, Series], _As(Famille)] = {}
    foyer_fiscal: Annotated[dict[str, Series], _As(FoyerFiscal)] = {}

    def __init__(self, /, **document: Any) -> None:
        super().__init__(**_values(document))

    def document(self) -> dict[str, Any]:
        """This household as a canonical document of plain JSON values: ``parse`` of it gives an equal household."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return _document(values | {"personnes": [person.document() for person in self.personnes]})


def parse(document: Mapping[str, Any] | Household) -> Household:
    """Check a description and put it in order.

    Args:
        document: a mapping with the fields of :class:`Household`, or a household.

    Raises:
        HouseholdError: the description has problems; the error holds them all, in the order of the document.

    >>> parse({"personnes": [{"date_naissance": "1990-05-12", "salarie_net": 850}]})
    Traceback (most recent call last):
    tznr_rules.errors.HouseholdError: The household has 1 problem:
      personnes[0].salarie_net: unknown field. Did you mean 'salaire_net'?
    """
    if isinstance(document, Household):
        return document
    if not isinstance(document, Mapping):
        fix = "Write at least: personnes: [{date_naissance: 1990-05-12}]."
        raise HouseholdError([Problem("not_a_mapping", "household", f"{shown(document)} is not a mapping", "", fix)])
    return _made(Household, _values(document))


@lru_cache(maxsize=1)
def declared() -> description.Declared:
    """The facts that the models declare, by OpenFisca entity."""
    persons = tuple(name for name in Person.model_fields if name not in OF_A_PERSON)
    groups = {"menage": tuple(Logement.model_fields), "famille": tuple(Famille.model_fields), "foyer_fiscal": ()}
    return description.Declared({"individu": persons, **groups})


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a household document, with French descriptions.

    >>> json_schema()["required"], "salaire_net" in json_schema()["$defs"]["Person"]["properties"]
    (['personnes'], True)
    """
    schema = Household.model_json_schema()
    _strip(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Un foyer"}


def _values(document: Mapping[Any, Any]) -> dict[str, Any]:
    """The checked values of a household, as models."""
    values = description.household(document, declared())
    values["personnes"] = tuple(_person(each) for each in values["personnes"])
    values["avis_imposition"] = _notices(values["avis_imposition"])
    return values


def _person(values: dict[str, Any]) -> Person:
    values["avis_imposition"] = _notices(values.get("avis_imposition", {}))
    told = dict(values)
    for name in OF_A_PERSON:
        told.pop(name, None)
    person = _made(Person, values)
    vars(person)["facts"] = told  # they were just sorted out
    return person


def _made(model: type[Made], values: dict[str, Any]) -> Made:
    """A model of checked values, which it takes, as ``model_construct`` makes it; only what differs from a blank one is looked at."""
    blank, names, mappings, open_ended = _blank(model)
    own, told = blank.copy(), names.intersection(values)
    for name in mappings:
        own[name] = {}
    for name in told:
        own[name] = values.pop(name)
    made: Made = model.__new__(model)
    extra = values if open_ended else None
    made.__setstate__({"__dict__": own, "__pydantic_fields_set__": told, "__pydantic_extra__": extra, "__pydantic_private__": None})
    return made


@lru_cache(maxsize=8)
def _blank(model: type[Made]) -> tuple[dict[str, Any], set[str], tuple[str, ...], bool]:
    """A model of which nothing is told, the names of its fields, those that are mappings, and whether it takes others."""
    required = dict.fromkeys(name for name, field in model.model_fields.items() if field.is_required())
    blank = vars(model.model_construct(None, **required))
    mappings = tuple(name for name, value in blank.items() if value == {})
    return blank, set(model.model_fields), mappings, model.model_config["extra"] == "allow"


def _notices(values: Mapping[int, dict[str, float]]) -> dict[int, TaxNotice]:
    return {year: _made(TaxNotice, notice) for year, notice in values.items()}


def _document(values: Mapping[Any, Any]) -> dict[str, Any]:
    """Plain JSON values, without what is not known."""
    return {str(key): _plain(value) for key, value in values.items() if value is not None and value != {}}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _document(dict(value)) if isinstance(value, dict | TaxNotice) else value


def _strip(schema: Any) -> None:
    """Take out the titles and defaults that pydantic adds: they say nothing to the reader."""
    if isinstance(schema, dict):
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
            field.pop("default", None)
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _strip(part)
