"""One look at a file that somebody hands in: what it is, whether it is taken, and what is kept of it."""

from __future__ import annotations

import io
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO, Final

import filetype  # type: ignore[import-untyped]

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads import packages, pdf, pictures, texts
from folkmoot.kit.uploads.kinds import (
    ALL,
    KINDS,
    OF_ENDING,
    OLD_OFFICE,
    PROGRAM,
    REFUSED_ENDINGS,
    REFUSED_TYPES,
    UNKNOWN,
    Family,
    Kind,
)
from folkmoot.kit.uploads.names import ending_of, safe_name
from folkmoot.kit.uploads.sizes import size_in_words

_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_LOOKED_AT: Final = 8192


@dataclass(frozen=True)
class Examined:
    """A file that is taken. `content` is what is kept, at its beginning; sides in pixels for pictures."""

    name: str
    kind: Kind
    content: BinaryIO
    size: int
    width: int | None = None
    height: int | None = None


def examine(given_name: str, stream: BinaryIO, *, most_bytes: int, taken: Collection[str] = ALL) -> Examined:
    """Tell a file's kind from its bytes alone and make of it what is kept. `taken` are the codes that may come in.

    The name decides nothing, but what it says must agree. Refused `upload_empty`, `upload_too_large`, `upload_kind`
    (not taken), `upload_name` (name and bytes disagree), `upload_broken`.
    """
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        raise Refused("This file is empty.", code="upload_empty")
    if size > most_bytes:
        raise Refused(
            f"This file has {size_in_words(size)}; up to {size_in_words(most_bytes)} are taken.",
            code="upload_too_large",
        )
    kind = _kind_by_bytes(stream, ending_of(given_name))
    kind = _agreed(kind, ending_of(given_name))
    if kind.code not in taken:
        raise Refused(_not_here(kind, taken), code="upload_kind")
    if kind.family is Family.PICTURE:
        picture = pictures.redrawn(stream, kind)
        name = safe_name(given_name, picture.kind.ending)
        content = io.BytesIO(picture.content)
        return Examined(name, picture.kind, content, len(picture.content), picture.width, picture.height)
    if kind.family is Family.PDF:
        pdf.check_pdf(stream)
    elif kind.family is Family.TEXT:
        texts.refuse_programs(stream)
    stream.seek(0)
    return Examined(safe_name(given_name, kind.ending), kind, stream, size)


def _kind_by_bytes(stream: BinaryIO, ending: str) -> Kind:
    stream.seek(0)
    head = stream.read(_LOOKED_AT)
    for beginning, code in _BEGINNINGS:
        if head.startswith(beginning):
            return KINDS[code]
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return KINDS["webp"]
    if b"%PDF-" in head[:1024]:
        return KINDS["pdf"]
    if head.startswith(packages.BEGINNING):
        if ending in REFUSED_ENDINGS:
            raise Refused(REFUSED_ENDINGS[ending], code="upload_kind")
        return packages.package_kind(stream)
    if texts.is_text(stream):
        of_name = OF_ENDING.get(ending)
        return of_name if of_name is not None and of_name.family is Family.TEXT else KINDS["text"]
    raise Refused(_what_else(head, ending), code="upload_kind")


def _agreed(kind: Kind, ending: str) -> Kind:
    """The kind, if the name's ending says the same, or nothing."""
    if not ending or ending in kind.endings:
        return kind
    if ending in REFUSED_ENDINGS:
        raise Refused(REFUSED_ENDINGS[ending], code="upload_kind")
    claimed = OF_ENDING.get(ending)
    if claimed is None:
        raise Refused(
            f"Names that end in “{ending}” are not known here. Inside, this file is {kind.one}: if that is right, "
            f"please let its name end in {kind.ending}.",
            code="upload_name",
        )
    raise Refused(
        f"By its name this is {claimed.one}, but inside it is {kind.one}. Please let its name end in {kind.ending}, "
        f"or save it anew as {claimed.one}.",
        code="upload_name",
    )


def _what_else(head: bytes, ending: str) -> str:
    """What is said of bytes of no kind that is taken."""
    guessed = filetype.guess(head)
    for beginnings, words in REFUSED_TYPES:
        if guessed is not None and guessed.mime.startswith(beginnings):
            return words
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return OLD_OFFICE
    if head.startswith((b"MZ", b"\x7fELF")):
        return PROGRAM
    if ending in REFUSED_ENDINGS:
        return REFUSED_ENDINGS[ending]
    claimed = OF_ENDING.get(ending)
    if claimed is not None and claimed.family is Family.TEXT:
        return "This text is not written in UTF-8. Please save it as UTF-8, which every editor and spreadsheet offers."
    return UNKNOWN


def _not_here(kind: Kind, taken: Collection[str]) -> str:
    here = ", ".join(one.words for one in KINDS.values() if one.code in taken)
    return f"This is {kind.one}, which is not taken here. What is taken: {here}."
