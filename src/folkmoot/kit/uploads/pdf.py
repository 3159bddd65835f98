"""Whether a PDF begins and ends as one, and is nothing else besides.

What it does when it is opened (scripts, actions, forms) cannot be told without reading all of it, for most lies in
compressed streams: a PDF is therefore never shown on a page of ours, only handed out.
"""

from __future__ import annotations

import os
import re
from typing import BinaryIO, Final

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads.zips import is_zip_at_its_end

HEAD: Final = re.compile(rb"%PDF-[12]\.\d")
_TAIL: Final = 4096
_END: Final = re.compile(rb"%%EOF[\s\x00]*\Z")


def check_pdf(stream: BinaryIO) -> None:
    """Refused `upload_broken` for a PDF that is cut, or has something before its beginning or after its end."""
    stream.seek(0)
    head = stream.read(1024)
    if not HEAD.match(head):
        raise Refused(
            "This PDF does not begin as one. Please save it anew with the program that made it.", code="upload_broken"
        )
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    if not _END.search(stream.read()) or is_zip_at_its_end(stream):
        raise Refused(
            "This PDF is not whole, or something was added after its end. Please save it anew.", code="upload_broken"
        )
