"""Telling a reader on the next page what was done, with a way to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest

from folkmoot.ui.redirects import is_local

LEVELS = {
    "info": messages.INFO,
    "success": messages.SUCCESS,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}
UNDO = "undo:"


@dataclass(frozen=True)
class Shown:
    """A message ready to be drawn; `undo` is the address to POST to, or empty."""

    words: str
    level: str
    undo: str


def say(
    request: HttpRequest,
    words: str,
    *,
    level: Literal["info", "success", "warning", "error"] = "success",
    undo: str = "",
) -> None:
    """Show a sentence on the next page that this reader sees; `undo` is a local address that takes a POST."""
    if undo and not is_local(undo):
        raise ValueError("what undoes something must be an address of this site")
    messages.add_message(request, LEVELS[level], words, extra_tags=UNDO + undo if undo else "")


def waiting(request: HttpRequest | None) -> Iterator[Shown]:
    """The messages for this reader, which are then taken as read.

    Looks nowhere if the browser sent neither messages nor a session and none was added in this very request,
    so that a page for everyone stays one.
    """
    storage = getattr(request, "_messages", None)
    if request is None or storage is None:
        return
    sent = {"messages", settings.SESSION_COOKIE_NAME} & set(request.COOKIES)
    if not sent and not storage.added_new:
        return
    for message in storage:
        undo = next((tag.removeprefix(UNDO) for tag in (message.extra_tags or "").split() if tag.startswith(UNDO)), "")
        level = message.level_tag if message.level_tag in LEVELS else "info"
        yield Shown(str(message.message), level, undo)
