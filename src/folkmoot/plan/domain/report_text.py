"""The text of a report: plain words made safe for Markdown, and parts put together under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")


def plain_words(text: str) -> str:
    """Words that people wrote, on one line, so that Markdown shows them as they are."""
    one_line = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", one_line)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped)


def bullets(lines: Iterable[str]) -> str:
    """A Markdown list; each line is Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def whole_text(title: str, parts: Iterable[tuple[str, str]]) -> str:
    """A report as one Markdown text: its title, and each part that says something under its heading."""
    blocks = [f"# {plain_words(title)}"]
    for heading, text in parts:
        if text.strip():
            blocks += [f"## {plain_words(heading)}", text.strip()]
    return "\n\n".join(blocks) + "\n"
