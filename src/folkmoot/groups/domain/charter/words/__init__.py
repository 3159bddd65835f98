"""The words by which charters are read, language by language."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.words import en
from folkmoot.groups.domain.charter.words.vocabulary import Frequency, Vocabulary

LANGUAGES: Final[tuple[Vocabulary, ...]] = (en.VOCABULARY,)
"""Every charter is read with all of them: a German charter may have a table headed "Time zone"."""

__all__ = ["LANGUAGES", "Frequency", "Vocabulary"]
