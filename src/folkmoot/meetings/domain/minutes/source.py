"""From bytes to lines, within limits; never an exception, for whatever a file holds is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from folkmoot.meetings.domain.minutes.model import Note
from folkmoot.meetings.domain.minutes.notes import note

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_LINES: Final = 20_000
LONGEST_LINE: Final = 8_000
"""Characters of a line that are looked at for names and dates; in notes it is kept whole."""

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
)
_ENDS: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file without their ends, and what was noticed on the way."""

    lines: tuple[str, ...]
    notes: tuple[Note, ...] = ()


def read_source(data: bytes | str) -> Source:
    """Decode, cut to size, part into lines."""
    notes: list[Note] = []
    if isinstance(data, bytes):
        if len(data) > MOST_BYTES:
            data = data[:MOST_BYTES]
            notes.append(note("cut_off", 1, most=f"{MOST_BYTES // 1024 // 1024} MB"))
        text = _decoded(data, notes)
    else:
        text = data.removeprefix("\ufeff")
        if len(text) > MOST_BYTES:
            text = text[:MOST_BYTES]
            notes.append(note("cut_off", 1, most=f"{MOST_BYTES:,} characters"))
    if text is None:
        return Source((), (note("not_text", 1),))
    lines = _CONTROLS.sub("\ufffd", _ENDS.sub("\n", text)).split("\n")
    if len(lines) > MOST_LINES:
        lines = lines[:MOST_LINES]
        notes.append(note("cut_off", MOST_LINES, most=f"{MOST_LINES:,} lines"))
    if not any(line.strip() for line in lines):
        notes.append(note("empty", 1))
    return Source(tuple(lines), tuple(notes))


def _decoded(data: bytes, notes: list[Note]) -> str | None:
    if data.startswith(_MAGIC):
        return None
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    if (bare := _bare_utf_16(data)) is not None:
        notes.append(note("encoding_guessed", 1, encoding=bare.upper()))
        return data.decode(bare, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character that was cut in two at our own limit is no sign of another encoding.
        if error.start >= len(data) - 3 and len(data) >= MOST_BYTES:
            text = data[: error.start].decode("utf-8")
        else:
            text = _western(data)
            notes.append(note("encoding_guessed", 1, encoding="Windows-1252"))
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    return None if controls > max(8, len(text) // 20) else text


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _bare_utf_16(data: bytes) -> str | None:
    if len(data) < 16 or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 10 < len(data) * 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
