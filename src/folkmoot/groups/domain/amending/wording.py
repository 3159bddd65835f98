"""What differs within one piece, word by word."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Final

from folkmoot.groups.domain.amending.model import Op, Run
from folkmoot.groups.domain.amending.pieces import plain

MOST_TOKENS: Final = 3_000
_OTHER: Final[dict[Op, Op]] = {"same": "same", "removed": "added", "added": "removed"}
_TOKEN: Final = re.compile(r"https?://[^\s<>]+|\w+|\s+|[^\w\s]")
_WORD: Final = re.compile(r"\w+")


def runs(old: str, new: str) -> tuple[Run, ...]:
    """`old` and `new` as stretches that both have or only one has; joined, each side gives its text back."""
    if old > new:  # one direction only, so that both ways give mirror images
        return tuple(Run(_OTHER[run.op], run.text) for run in _swapped(runs(new, old)))
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) > MOST_TOKENS or len(b) > MOST_TOKENS:
        return (Run("removed", old), Run("added", new))
    if [token.isspace() or plain(token) for token in a] == [token.isspace() or plain(token) for token in b]:
        return (Run("same", old),) if old == new else (Run("removed", old), Run("added", new))
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    found: list[tuple[list[str], list[str], list[str]]] = []  # same, then what went and what came after it
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        same = "".join(a[i1:i2])
        if tag == "equal" and not (same.isspace() and found and (found[-1][1] or found[-1][2])):
            found.append(([same], [], []))
        elif tag == "equal":  # a blank between two changes is part of one
            found[-1][1].append(same)
            found[-1][2].append(same)
        else:
            if not found:
                found.append(([], [], []))
            found[-1][1].extend(a[i1:i2])
            found[-1][2].extend(b[j1:j2])
    ops: tuple[Op, Op, Op] = ("same", "removed", "added")
    return tuple(
        Run(op, text) for parts in found for op, texts in zip(ops, parts, strict=True) if (text := "".join(texts))
    )


def _swapped(found: tuple[Run, ...]) -> list[Run]:
    """With what is added before what is removed, so that after the exchange the removed words come first."""
    kept: list[Run] = []
    for run in found:
        if run.op == "added" and kept and kept[-1].op == "removed":
            kept.insert(len(kept) - 1, run)
        else:
            kept.append(run)
    return kept


def bag(text: str) -> Counter[str]:
    """The words of a text with their number, without regard to case."""
    return Counter(_WORD.findall(text.casefold()))


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """How much two bags of words have in common, from 0 to 1 (Dice)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
