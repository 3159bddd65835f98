"""Where a reader may be sent after a form: only ever somewhere on this site."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000
# Whitespace and control characters are dropped by browsers or end a header; backslashes are read as slashes.
NEVER_IN_A_PATH = re.compile(r"[\x00-\x20\x7f-\xa0\\\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
# Characters that some software folds into "/", "\\" or ":" when it normalises text.
LOOK_LIKE_SLASHES = re.compile("[\u2044\u2215\u2216\u29f5\u29f8\u29f9\ufe68\uff0f\uff3c\uff1a\ufe55]")


def is_local(url: str) -> bool:
    """Whether a URL is a path on this site and nothing else, however a browser or proxy may read it."""
    if not url or len(url) > LONGEST or not url.startswith("/"):
        return False
    for reading in (url, unquote(url)):
        path = re.split(r"[?#]", reading, maxsplit=1)[0]
        if NEVER_IN_A_PATH.search(path) or LOOK_LIKE_SLASHES.search(path) or "//" in path:
            return False
    if NEVER_IN_A_PATH.search(url):
        return False
    return url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def local_next(request: HttpRequest, default: str) -> str:
    """The path named by `next` in the form or the address, percent-encoded, if it stays here; else `default`."""
    for given in (request.POST, request.GET):
        wish = given.get("next")
        if wish and is_local(wish):
            return iri_to_uri(wish) or default
    return default
