"""The words of notes, by language.

A language is a function from a note to its message and a suggestion; enter it in `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from folkmoot.groups.domain.charter.model import Note
from folkmoot.groups.domain.charter.words.en import notes as english

Words = tuple[str, str | None]

LANGUAGES: Final[dict[str, Callable[[Note], Words]]] = {"en": english.words}


def words(note: Note, language: str = "en") -> Words:
    """(message, suggestion) of a note; English where the language is not known. The suggestion may be None."""
    return LANGUAGES.get(language, english.words)(note)
