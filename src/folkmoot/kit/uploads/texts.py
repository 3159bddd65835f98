"""Whether bytes are text: UTF-8 without what no text holds."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Final

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads.kinds import DRAWING, PROGRAM, WEB_PAGE

BLOCK: Final = 1024 * 1024
NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BOM: Final = b"\xef\xbb\xbf"
_BETWEEN: Final = re.compile(rb"\s*(?:<!--.*?-->|<\?.*?>|<!doctype[^>]*>)?", re.I | re.S)
_TAG: Final = re.compile(rb"<([a-z]+)[\s>/]", re.I)
_OF_PAGES: Final = frozenset(b"html head body script iframe style title meta link object embed base form".split())


def is_text(stream: BinaryIO) -> bool:
    """Whether the whole stream is UTF-8 text; an empty one is. Reads it from its beginning, block by block."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    stream.seek(0)
    try:
        while block := stream.read(BLOCK):
            if NO_TEXT.search(decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refuse_programs(stream: BinaryIO) -> None:
    """Refused `upload_kind` for text that begins as a web page, a drawing or a script, whatever it is called."""
    stream.seek(0)
    head = stream.read(4096).removeprefix(_BOM)
    if head.startswith(b"#!"):
        raise Refused(PROGRAM, code="upload_kind")
    place, declared = 0, False
    while (between := _BETWEEN.match(head, place)) and between[0]:
        declared = declared or between[0].lstrip().lower().startswith((b"<?xml", b"<!doctype"))
        place = between.end()
    first = _TAG.match(head, place)
    tag = first[1].lower() if first else b""
    if tag == b"svg":
        raise Refused(DRAWING, code="upload_kind")
    if declared or tag in _OF_PAGES:
        raise Refused(WEB_PAGE, code="upload_kind")
