"""Documents that are a ZIP inside, told apart and bounded without unpacking them."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO, Final

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads.kinds import ARCHIVE, KINDS, MACROS, Family, Kind
from folkmoot.kit.uploads.zips import end_of_zip

BEGINNING: Final = b"PK\x03\x04"
MOST_ENTRIES: Final = 5_000
MOST_LIST_BYTES: Final = 1024 * 1024
MOST_UNPACKED: Final = 1024**3
MOST_RATIO: Final = 200
"""How many times larger all of it may be when unpacked; tables of numbers reach about fifty."""
ALWAYS_FINE: Final = 16 * 1024 * 1024
_MOST_READ: Final = 1024 * 1024
_TYPES: Final = "[Content_Types].xml"
_CONTENT_TYPE: Final = re.compile(rb"""ContentType\s*=\s*["']([^"']{1,200})["']""")
_PACKAGES: Final = {kind.media_type: kind for kind in KINDS.values() if kind.family is Family.PACKAGE}
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    KeyError,
    MemoryError,
)


def package_kind(stream: BinaryIO) -> Kind:
    """The kind of document that a ZIP is. Nothing is unpacked but the one entry that says so, up to 1 MB.

    Refused `upload_kind` for another archive or one with macros, `upload_broken` for what is not whole or lists
    things that no document has: paths that lead elsewhere, links, encrypted or doubled entries, sizes of a bomb.
    """
    end = end_of_zip(stream)
    if end is None or end.comment_size or end.list_begins + end.list_size != end.at:
        raise _broken()
    if end.entries > MOST_ENTRIES or end.list_size > MOST_LIST_BYTES:
        raise _bomb()
    try:
        with zipfile.ZipFile(stream) as package:
            entries = package.infolist()
            _check(entries, size=end.at)
            return _kind(package, entries)
    except _UNREADABLE as problem:
        raise _broken() from problem


def _broken() -> Refused:
    return Refused(
        "This document is not whole. Please save it anew with the program that made it.", code="upload_broken"
    )


def _bomb() -> Refused:
    return Refused("This document would be far larger when unpacked than any document is.", code="upload_too_large")


def _check(entries: list[zipfile.ZipInfo], *, size: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _bomb()
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED or (total > ALWAYS_FINE and total > MOST_RATIO * size):
        raise _bomb()
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise _broken()
    for entry in entries:
        # The directory may say another name than `zipfile` makes of it: the one that was written counts.
        name = entry.orig_filename
        leads_away = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
        if leads_away or "\x00" in name or stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 1:
            raise _broken()


def _kind(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Kind:
    names = {entry.filename.casefold() for entry in entries}
    types: list[str] = []
    first = entries[0] if entries else None
    if first is not None and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED:
        types = [_read(package, first).decode("ascii", "replace")]
        has_macros = any(name.startswith(("basic/", "scripts/")) for name in names)
    elif _TYPES in package.namelist():
        found = _CONTENT_TYPE.findall(_read(package, package.getinfo(_TYPES)))
        types = [one.decode("ascii", "replace").removesuffix(".main+xml") for one in found]
        has_macros = any(name.endswith("vbaproject.bin") for name in names) or any("macro" in t.lower() for t in types)
    else:
        raise Refused(ARCHIVE, code="upload_kind")
    if has_macros:
        raise Refused(MACROS, code="upload_kind")
    kinds = {_PACKAGES[one] for one in types if one in _PACKAGES}
    if len(kinds) != 1:
        raise Refused(ARCHIVE, code="upload_kind")
    return kinds.pop()


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as content:
        return content.read(_MOST_READ)
