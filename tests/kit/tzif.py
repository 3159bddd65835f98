"""The zone data read straight from its files (RFC 9636): a second opinion beside `zoneinfo`."""

from __future__ import annotations

import struct
from importlib import resources


def changes_of_offset(key: str) -> list[tuple[int, int, int]]:
    """Seconds since 1970 and the offsets before and after, for each change of offset that the file lists."""
    data = (resources.files("tzdata") / "zoneinfo").joinpath(*key.split("/")).read_bytes()
    _, start = _block(data, 0, 4)
    found, _ = _block(data, start, 8)
    return found


def _block(data: bytes, start: int, size: int) -> tuple[list[tuple[int, int, int]], int]:
    assert data[start : start + 4] == b"TZif"
    isut, isstd, leaps, times, types, letters = struct.unpack(">6l", data[start + 20 : start + 44])
    place = start + 44
    instants = struct.unpack(f">{times}{'q' if size == 8 else 'l'}", data[place : place + times * size])
    place += times * size
    kinds = data[place : place + times]
    place += times
    offsets = [struct.unpack(">l", data[place + 6 * n : place + 6 * n + 4])[0] for n in range(types)]
    place += 6 * types + letters + leaps * (size + 4) + isstd + isut
    found, before = [], offsets[0]
    for instant, kind in zip(instants, kinds, strict=True):
        if offsets[kind] != before:
            found.append((instant, before, offsets[kind]))
            before = offsets[kind]
    return found, place
