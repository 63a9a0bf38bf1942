"""The voices in which a report speaks: plain French, easy French (FALC) and English.

``words/<voice>/<section>.yaml`` hold the sentences that we write, by name; ``words/<voice>/catalogue/*.yaml`` what the law files say in
French, said again in that voice, French text by French text. What a voice does not say is said in plain French.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import yaml

from tznr_rules.errors import LawError, VoiceUnknown
from tznr_rules.locations import WORDS

Language = Literal["fr", "en"]
Style = Literal["plain", "falc"]
VOICES = {("fr", "plain"): "fr", ("fr", "falc"): "falc", ("en", "plain"): "en"}


@dataclass(frozen=True)
class Voice:
    """A language in a style: ``fr``, ``falc`` (French, easy to read) or ``en``."""

    name: str
    sentences: Mapping[str, str]
    translations: Mapping[str, str]

    def say(self, sentence: str, **values: Any) -> str:
        """A sentence by its section and name, filled in.

        Raises:
            LawError: no file of words holds it.
        """
        if sentence not in self.sentences:
            raise LawError(f"words/{self.name} has no sentence '{sentence}'")
        return self.sentences[sentence].format(**values)

    def of(self, french: str) -> str:
        """What a French text of the catalogue or of the law is called in this voice; the French itself if nobody said it again."""
        return self.translations.get(french, french)


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
    return _voice(VOICES[language, style])


@lru_cache(maxsize=len(VOICES))
def _voice(name: str) -> Voice:
    sentences = {} if name == "fr" else dict(_voice("fr").sentences)
    for path in sorted((WORDS / name).glob("*.yaml")):
        sentences |= {f"{path.stem}.{key}": text for key, text in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items()}
    translations: dict[str, str] = {}
    for path in sorted((WORDS / name / "catalogue").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            translations[entry["fr"]] = entry[name]
    return Voice(name, sentences, translations)
