"""What tests of the charter reader share: reading a text on a fixed day, and short views of what was understood."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from folkmoot.groups.domain.charter import Charter, Meeting, read

TODAY = date(2026, 11, 23)
REAL = Path(__file__).resolve().parents[4] / "shared" / "charters"


def understood(text: str | bytes) -> Charter:
    data = text.encode() if isinstance(text, str) else text
    return read(data, today=TODAY)


def names(clauses) -> list[str | None]:
    return [clause.name for clause in clauses]


def texts(clauses) -> list[str | None]:
    return [clause.text for clause in clauses]


def codes(charter: Charter) -> list[tuple[int, str]]:
    return [(note.line, note.code) for note in charter.notes]


def meetings_of(statement: str) -> tuple[Meeting, ...]:
    """What a section on meetings that says this and no more is understood to say."""
    return understood(f"# Docs WG\n\n## Meetings\n\n{statement}\n").meetings


def covers_every_line(charter: Charter) -> bool:
    """Whether the sections, joined, give the text back."""
    pieces = ["".join(charter.lines[s.lines.first - 1 : s.lines.last]) for s in charter.sections]
    return "".join(pieces) == charter.text
