"""The end of a ZIP, read without trusting it: how many entries it lists, and how long the list is."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

MARK: Final = b"PK\x05\x06"
_END: Final = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT: Final = 0xFFFF


@dataclass(frozen=True)
class End:
    """The record at the end of a ZIP: `list_begins` and `list_size` in bytes, `at` its own place."""

    entries: int
    list_size: int
    list_begins: int
    at: int
    comment_size: int


def end_of_zip(stream: BinaryIO) -> End | None:
    """The record of a stream that ends as a ZIP to its very last byte; None for anything else."""
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read()
    place = tail.rfind(MARK)
    while place >= 0:
        if len(tail) - place >= _END.size:
            _mark, _disk, _list_disk, _here, entries, list_size, begins, comment = _END.unpack_from(tail, place)
            if place + _END.size + comment == len(tail):
                return End(entries, list_size, begins, start + place, comment)
        place = tail.rfind(MARK, 0, place)
    return None


def is_zip_at_its_end(stream: BinaryIO) -> bool:
    """Whether something that begins as another kind of file could be opened as a ZIP too."""
    return end_of_zip(stream) is not None
