"""A maildir into which a mail server delivers, read by the worker within bounds."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from folkmoot.notices.domain.arriving import MOST_BYTES

AT_ONCE = 200

logger = logging.getLogger("folkmoot.mail")


def take_from(folder: Path, handle: Callable[[bytes], object]) -> int:
    """Hand each new mail to `handle`, the oldest first, and move it to cur/ afterwards; returns how many.

    A mail whose handling was interrupted stays and is handed in again; `handle` knows it by its content.
    """
    new, cur = folder / "new", folder / "cur"
    if not is_maildir(folder):
        logger.warning("%s is no maildir: it has no folder new/.", folder)
        return 0
    cur.mkdir(exist_ok=True)
    taken = 0
    for file in sorted(path for path in new.iterdir() if path.is_file() and not path.is_symlink())[:AT_ONCE]:
        try:
            with file.open("rb") as opened:
                # One byte more than is allowed is enough to see that it is too large.
                raw = opened.read(MOST_BYTES + 1)
            handle(raw)
            file.rename(cur / f"{file.name}:2,S")
        except FileNotFoundError:
            continue
        taken += 1
    return taken


def is_maildir(folder: Path) -> bool:
    """Whether a mail server delivers into it: it has a folder new/."""
    return (folder / "new").is_dir()
