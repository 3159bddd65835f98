"""What differs between two wordings of a charter, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

EXACT_UP_TO: Final = 1_500


@dataclass(frozen=True)
class Difference:
    """A run of lines that changed; `old_first` and `new_first` count from 1."""

    kind: Literal["added", "removed", "changed"]
    old_first: int
    old: tuple[str, ...]
    new_first: int
    new: tuple[str, ...]


def differences(old: str, new: str) -> Iterator[Difference]:
    """The runs of lines in which `new` differs from `old`; line endings and trailing space do not count."""
    before = [line.rstrip() for line in old.splitlines()]
    after = [line.rstrip() for line in new.splitlines()]
    # Comparing every line with every other is quadratic; long texts are compared by their rarer lines.
    matcher = SequenceMatcher(a=before, b=after, autojunk=len(before) > EXACT_UP_TO)
    kinds: dict[str, Literal["added", "removed", "changed"]] = {
        "insert": "added", "delete": "removed", "replace": "changed",
    }  # fmt: skip
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(kinds[tag], i1 + 1, tuple(before[i1:i2]), j1 + 1, tuple(after[j1:j2]))
