"""The voices in which a report speaks: plain French, easy French (FALC) and English.

``words/<voice>/<section>.yaml`` hold the sentences that we write, by name; ``words/<voice>/catalogue/*.yaml`` what the law files say in
French, said again in that voice, French text by French text. What a voice does not say is said in plain French.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Union

from tznr_rules.errors import LawError, VoiceUnknown
from tznr_rules.locations import WORDS
from tznr_rules.reading import shipped

Language = Literal["fr", "en"]
VOICES = {("fr", "plain"): "fr", ("fr", "falc"): "falc", ("en", "plain"): "en"}


@dataclass(frozen=True)
class Voice:
    """A language in a style: ``fr``, ``falc`` (French, easy to read) or ``en``. Its words are read when it first speaks."""

    name: str

    @property
    def language(self) -> Language:
        return "en" if self.name == "en" else "fr"

    @property
    def easy(self) -> bool:
        """Whether it is for people who read with difficulty: it says less, in shorter sentences."""
        return self.name == "falc"

    def has(self, sentence: str) -> bool:
        """Whether there is a sentence of this section and name."""
        return sentence in sentences(self.name)

    def say(self, sentence: str, **values: Any) -> str:
        """A sentence by its section and name, filled in.

        Raises:
            LawError: no file of words holds it.
        """
        if not self.has(sentence):
            raise LawError(f"words/{self.name} has no sentence '{sentence}'")
        return sentences(self.name)[sentence].format(**values)

    def of(self, french: str) -> str:
        """What a French text of the catalogue or of the law is called in this voice; the French itself if nobody said it again."""
        if isinstance(french, Filled):
            return self.template(french.template).format(**_words(french.values, self))
        return translations(self.name).get(french, french)

    def template(self, text: str) -> str:
        """A sentence by its section and name, or a French text of the catalogue, before it is filled in."""
        return sentences(self.name).get(text) or translations(self.name).get(text, text)


class Filled(str):
    """A French text made from a template, which remembers both it and its values, so that :meth:`Voice.of` may say it again.

    It is a text like any other for who does not ask. The template is a French text of the catalogue or the name of a sentence; a value is
    a text of the catalogue, a name, or what a voice makes of something: ``partial(wording.day, "2026-08")``.
    """

    __slots__ = ("template", "values")
    template: str
    values: "Mapping[str, Words]"


Words = Union[str, Callable[..., str]]  # noqa: UP007  (its members must exist when it is read)
FRENCH = Voice("fr")


def filled(template: str, **values: Words) -> Filled:
    """A French template filled in, which another voice may fill in again.

    >>> filled("{nom} est au collège", nom="lea")
    'lea est au collège'
    """
    text = Filled(FRENCH.template(template).format(**_words(values, FRENCH)))
    text.template, text.values = template, values
    return text


def _words(values: Mapping[str, Words], voice: Voice) -> dict[str, str]:
    return {name: voice.of(value) if isinstance(value, str) else value(voice=voice) for name, value in values.items()}


def voice(language: str = "fr", style: str = "plain") -> Voice:
    """The voice of a language and a style.

    Raises:
        VoiceUnknown: there is none; the message lists them.

    >>> voice("en").name, voice(style="falc").name
    ('en', 'falc')
    """
    if (language, style) not in VOICES:
        known = ", ".join(f"language='{one}' style='{other}'" for one, other in VOICES)
        raise VoiceUnknown(f"No voice for language='{language}' style='{style}'. Accepted: {known}.")
    return Voice(VOICES[language, style])


@lru_cache(maxsize=len(VOICES))
def own_sentences(name: str) -> Mapping[str, str]:
    """The sentences that a voice says itself, by ``section.name``."""
    found: dict[str, str] = {}
    for path in sorted((WORDS / name).glob("*.yaml")):
        found |= _flat(path.stem, shipped(path) or {})
    return found


@lru_cache(maxsize=len(VOICES))
def sentences(name: str) -> Mapping[str, str]:
    """Every sentence of a voice: its own, and the plain French ones that it does not say otherwise."""
    return {**own_sentences(FRENCH.name), **own_sentences(name)}


@lru_cache(maxsize=len(VOICES))
def translations(name: str) -> Mapping[str, str]:
    """What a voice makes of the French texts of the law files."""
    entries = (
        entry
        for path in sorted((WORDS / name / "catalogue").glob("*.yaml"))
        for entry in shipped(path) or ()
    )
    return {entry["fr"]: entry[name] for entry in entries}


def _flat(prefix: str, content: Mapping[Any, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in content.items():
        name = f"{prefix}.{key}"
        flat |= _flat(name, value) if isinstance(value, Mapping) else {name: str(value)}
    return flat
