"""English."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.words.en import meetings, people, references, sections, statements, times
from folkmoot.groups.domain.charter.words.vocabulary import Vocabulary

VOCABULARY: Final = Vocabulary(
    language="en",
    sections=sections.WORDS,
    statements=statements.WORDS,
    people=people.WORDS,
    times=times.WORDS,
    meetings=meetings.WORDS,
    references=references.WORDS,
)
