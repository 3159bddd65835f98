"""Addresses of video calls: what may be kept as one. Pure."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import urlsplit

from folkmoot.kit.errors import Refused

LONGEST_LINK: Final = 500


def checked_link(text: str) -> str:
    """The address of a video call as it is kept; empty for empty text.

    Raises `Refused` with code `invalid` and `field` for what is no https address, what carries a name or password
    before the host, and what holds letters that nobody sees.
    """
    link = text.strip()
    if not link:
        return ""
    if len(link) > LONGEST_LINK:
        raise _no(f"This link is too long: at most {LONGEST_LINK} characters.")
    if any(letter.isspace() or unicodedata.category(letter)[0] == "C" for letter in link) or "\\" in link:
        raise _no("This link has a space or an invisible letter in it. Please copy it again.")
    try:
        parts = urlsplit(link)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no(
            "This is not an address of the web. Please copy the whole link, with https:// at the start."
        ) from None
    if parts.scheme.lower() != "https":
        raise _no("A link to a call begins with https://, so that nobody can listen on the way.")
    if parts.username is not None or parts.password is not None:
        raise _no("This link has a name or a password before the @. Please leave that out.")
    if not host or "." not in host.strip(".") or port == 0:
        raise _no("This link names no place on the web: after https:// comes a name such as meet.example.org.")
    return link


def host_of(link: str) -> str:
    """The host of a kept link, for words: `meet.example.org`."""
    return urlsplit(link).hostname or ""


def _no(words: str) -> Refused:
    return Refused(words, code="invalid", field="join_link")
