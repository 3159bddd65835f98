"""The files behind uploads: written whole or not at all, taken away once nothing speaks of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

from folkmoot.people.models import Upload

UNFINISHED = ".incoming"
"""The folder, inside that of the files, in which they are written."""


class KeptFiles(FileSystemStorage):
    """Files in a folder of our own. A file has its name only once all of it is on the disk."""

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        aside = Path(self.location) / UNFINISHED / target.name
        for folder in (target.parent, aside.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(aside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
                for block in content.chunks():
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            aside.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise
        folder_itself = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder_itself)
        finally:
            os.close(folder_itself)
        return name


def forget_file(path: str) -> None:
    """Take a file away once the transaction that no longer speaks of it is kept; if that fails, the sweep does it."""
    transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def uploads_without_files() -> list[Upload]:
    """Uploads whose file is gone: after a backup that was brought back without its folders, or a damaged disk."""
    return [
        one
        for one in Upload.objects.filter(deleted_at=None).only("pk", "sha256")
        if not default_storage.exists(one.path)
    ]


def sweep(before: datetime) -> int:
    """Take away files that nothing speaks of and that were written before a moment; returns how many.

    A transaction that was taken back, or a process that ended too soon, leaves such files behind. A moment well in
    the past spares those whose transaction is still on its way.
    """
    folder = Path(default_storage.path(""))
    old = {
        path.relative_to(folder).as_posix(): path
        for path in _files(folder)
        if path.stat().st_mtime < before.timestamp()
    }
    if not old:
        return 0
    spoken_of = {one.path for one in Upload.objects.filter(deleted_at=None).only("pk", "sha256").iterator()}
    gone = [path for name, path in old.items() if name not in spoken_of]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path
