"""Sizes of files in words."""

from __future__ import annotations

from typing import Final

KB: Final = 1000
MB: Final = 1000 * KB


def size_in_words(size: int) -> str:
    """ "12 bytes", "340 KB", "2.4 MB": decimal units, as file managers show them."""
    if size < KB:
        return f"{size} bytes" if size != 1 else "1 byte"
    if size < MB - KB // 2:
        return f"{round(size / KB)} KB"
    megabytes = size / MB
    return f"{megabytes:.1f} MB".replace(".0 ", " ") if megabytes < 99.95 else f"{round(megabytes)} MB"
