"""How alike two texts are, by their words, in whatever languages: TF-IDF weights and the cosine between them. Pure.

Words are folded (case, accents, marks of Markdown) and taken by their first four and their first six letters, which
does for many languages what a list of endings does for one. Scripts that write without spaces between words are read
by pairs of letters. Words of which every text is full weigh nothing by themselves, so no language needs a list of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from folkmoot.meetings.domain.folding import folded

MOST_LETTERS: Final = 20_000
"""Letters of a text that are looked at."""
_SHORT: Final = 4
_LONG: Final = 6
_WORD: Final = re.compile(r"[^\W_]+")
_WITHOUT_SPACES: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def terms(text: str) -> Counter[str]:
    """What a text is compared by, and how often each stands there. Single letters and digits are left out."""
    found: Counter[str] = Counter()
    for word in _words(text):
        found.update({word[:_SHORT], word[:_LONG]})
    return found


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(folded(text[:MOST_LETTERS])):
        rest = word
        for run in _WITHOUT_SPACES.findall(word):
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
            rest = rest.replace(run, " ")
        yield from (part for part in rest.split() if len(part) > 1)


class Likeness:
    """Texts in which others are looked for. Weights come from these texts alone."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [terms(text) for text in texts]
        self._many = len(texts)
        self._in: Counter[str] = Counter(term for count in counts for term in count)
        self._texts = [self._weighed(count) for count in counts]
        self._where: dict[str, list[int]] = {}
        for number, text in enumerate(self._texts):
            for term in text:
                self._where.setdefault(term, []).append(number)

    def to(self, text: str) -> list[float]:
        """For each text its likeness to this one, from 0 (no word of weight in common) to 1."""
        found = [0.0] * self._many
        for term, weight in sorted(self._weighed(terms(text)).items()):
            for number in self._where.get(term, ()):
                found[number] += weight * self._texts[number][term]
        return found

    def _weighed(self, count: Counter[str]) -> dict[str, float]:
        """Weights of length one: how often, dampened, times how rare; nothing for words that all texts have."""
        weights = {
            term: (1 + math.log(times)) * math.log((self._many + 2) / (self._in[term] + 1))
            for term, times in sorted(count.items())
            if self._in[term] < self._many or self._many < 3
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}


def in_common(text: str, topics: Iterable[str]) -> tuple[str, ...]:
    """Those of some topics whose every word stands in a text, in some form, in order of the alphabet."""
    there = terms(text)
    found = []
    for topic in topics:
        stems = [word[:_LONG] if len(word) > _LONG else word[:_SHORT] for word in _words(topic)]
        if stems and all(stem in there for stem in stems):
            found.append(topic)
    return tuple(sorted(found))
