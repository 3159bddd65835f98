"""How files reach us: bounded before their bytes are read, and in words when the disk has no room for them."""

from __future__ import annotations

import errno
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.utils.translation import gettext as _

from folkmoot.kit.uploads import size_in_words
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.refusals import NoRoom

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
AROUND_IT = 2_000_000
"""What the other fields of a form may take; also all that somebody who is not signed in may send."""


class TooLarge(RequestDataTooBig):
    """More than anybody may send in one go. `words` say how much that is."""

    def __init__(self, most: int) -> None:
        self.words = _("A file may have up to %(size)s.") % {"size": size_in_words(most)}
        super().__init__(self.words)


class Bounded(FileUploadHandler):
    """Refuses a form by the size that its header tells, before its body is read; the server reads no more than that."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        if content_length <= AROUND_IT:
            return
        if self.request is None or signed_in_person(self.request) is None:
            raise TooLarge(AROUND_IT)
        if content_length > settings.LARGEST_FILE + AROUND_IT:
            raise TooLarge(settings.LARGEST_FILE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class OnDisk(TemporaryFileUploadHandler):
    """Larger files wait in a temporary file, which may find the disk full."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as problem:
            self.file.close()
            if problem.errno not in FULL:
                raise
            raise NoRoom from problem
