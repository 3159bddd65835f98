"""Public pages kept as bytes for readers who are not signed in.

Such a page depends on its address, on the reader's zone, clock and appearance, and on what has happened so
far, which the number of the newest ledger entry stands for. One query tells whether the kept bytes still hold.
A minute's life bounds what time itself changes ("in 2 days").
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec

from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from folkmoot.ledger.queries import latest_entry_id
from folkmoot.people.reader import has_session

LIVES = 60
SHELF = "pages"
WAITING_MESSAGES = CookieStorage.cookie_name
P = ParamSpec("P")


def kept_for_strangers(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep what a view answers to readers without a session.

    The view must then show no token, no message and nothing that depends on anything but the address and the
    reader's preferences. Only plain answers of status 200 are kept.
    """

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_be_kept(request):
            return view(request, *args, **kwargs)
        key = page_key(request)
        content = caches[SHELF].get(key)
        if content is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming or speaks_to_one_reader(request, response):
                return response
            content = response.content
            caches[SHELF].set(key, content, LIVES)
        response = HttpResponse(content)
        patch_vary_headers(response, ["Cookie"])
        response["Cache-Control"] = "no-cache"
        return response

    return kept


def may_be_kept(request: HttpRequest) -> bool:
    """Whether a request is a stranger's plain one, to whom nothing was said before that waits to be shown."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not has_session(request)
        and WAITING_MESSAGES not in request.COOKIES
    )


def speaks_to_one_reader(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer carries what is meant for this reader alone: a cookie, a form's token, a message."""
    messages = getattr(request, "_messages", None)
    return bool(
        response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or getattr(messages, "added_new", False)
        or getattr(messages, "used", False)
    )


def page_key(request: HttpRequest, part: str = "page") -> str:
    """The key under which a page, or a part of it that is the same for everybody, may be kept."""
    reader = request.reader  # type: ignore[attr-defined]
    facts = (part, request.path, reader.zone, reader.zone_known, reader.clock, reader.theme, get_language())
    return f"kept:{latest_entry_id()}:{sha256(repr(facts).encode()).hexdigest()}"


def kept_part(request: HttpRequest, part: str, make: Callable[[], Any]) -> Any:
    """Something that is the same for all readers with these preferences: kept by the same rules for everybody.

    A middleware that shows a page of a world that will not last sets `request.keeps_nothing`.
    """
    if getattr(request, "keeps_nothing", False):
        return make()
    key = page_key(request, part)
    found = caches[SHELF].get(key)
    if found is None:
        found = make()
        caches[SHELF].set(key, found, LIVES)
    return found
