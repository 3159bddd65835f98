"""Plain text as the paragraphs and lists that it is made of, for the HTML part of a mail."""

from __future__ import annotations

from dataclasses import dataclass

BULLETS = ("- ", "* ", "• ")


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list when `is_list`; `lines` without their bullets."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """Blank lines part paragraphs; lines that begin with a bullet make lists, wherever they begin."""
    found: list[Block] = []
    current: list[str] = []
    in_list = False

    def close() -> None:
        if current:
            found.append(Block(in_list, tuple(current)))
            current.clear()

    for raw in text.splitlines():
        line = raw.strip()
        is_item = line.startswith(BULLETS)
        if not line or (current and is_item != in_list):
            close()
        if line:
            in_list = is_item
            current.append(line[2:].strip() if is_item else line)
    close()
    return found
