"""The two ends of the chain: bytes that no page can use are refused first, refusals become pages last."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ui import refusals

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# In a path or header no control character has a meaning; tabs may stand in a header (RFC 9110 section 5.5).
CONTROLS = re.compile("[\x00-\x1f\x7f]")
BROKEN_TEXT = re.compile("%[89A-F][0-9A-F]|[\ud800-\udfff]")
CONTROLS_IN_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# What someone wrote in a box may come in the query with its line breaks and tabs.
CONTROLS_IN_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNUSABLE = re.compile("[\x00\ud800-\udfff]")
MAY_BE_UNUSABLE_JSON = re.compile(rb"\x00|\\u0000|\\u[dD][89a-fA-F]")
# How SQLite and PostgreSQL say it.
DISK_IS_FULL = re.compile("disk is full|No space left on device")
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"})


class RefuseControlBytes:
    """Answers 400 to NUL and other control bytes, and to bytes that are no UTF-8.

    Address and headers are looked at before anything else runs. Forms and JSON are looked at once a view was
    found, through Django's own parsing, which is kept: a body is read once, and files stream to where they
    would have gone anyway.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fault = _fault_of_path(request) or _fault_of_query(request) or _fault_of_headers(request)
        return _plain_refusal(fault) if fault else self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return None
        try:
            fault = _fault_of_body(request)
        except UnreadablePostError:  # whoever sent it has hung up
            return None
        return _plain_refusal(fault) if fault else None


def _plain_refusal(words: str) -> HttpResponse:
    response = HttpResponse(words + "\n", status=400, content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _bytes_of(text: str) -> bytes:
    """The bytes that a server handed over as Latin-1 letters (PEP 3333), or text that a test wrote as such."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _fault_of_path(request: HttpRequest) -> str:
    # Django has decoded the path by now, and written back in percents what was no UTF-8.
    given: str = request.META.get("PATH_INFO", "")
    if CONTROLS.search(given):
        return _("The address holds control characters.")
    return _("The address holds bytes that are no text.") if BROKEN_TEXT.search(given) else ""


def _fault_of_query(request: HttpRequest) -> str:
    given: str = request.META.get("QUERY_STRING", "")
    return _fault_of_pairs(_bytes_of(given), _("The address")) if given else ""


def _fault_of_pairs(encoded: bytes, where: str) -> str:
    """What is wrong with `a=b&c=d` in percent encoding."""
    raw = unquote_to_bytes(encoded) if b"%" in encoded else encoded
    if CONTROLS_IN_TEXT.search(raw):
        return _("%(where)s holds control characters.") % {"where": where}
    if not raw.isascii() and not _is_utf8(raw):
        return _("%(where)s holds bytes that are no text.") % {"where": where}
    return ""


def _fault_of_headers(request: HttpRequest) -> str:
    for name, value in request.META.items():
        if not name.startswith("HTTP_") and name != "CONTENT_TYPE":
            continue
        if CONTROLS_IN_HEADER.search(value):
            return _("A header holds control characters.")
        if not value.isascii() and not _is_utf8(_bytes_of(value)):
            return _("A header holds bytes that are no text.")
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.strip("\"' ").lower() not in CHARSETS:
        # With others, such as UTF-7, harmless bytes decode to control characters.
        return _("Please send text as UTF-8.")
    return ""


def _fault_of_body(request: HttpRequest) -> str:
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        return _fault_of_fields(request)
    if kind == "application/x-www-form-urlencoded":
        # Django keeps the body that it parses, so it is read once for both.
        return _fault_of_pairs(request.body, _("The form")) or _fault_of_fields(request)
    if kind == "application/json" or kind.endswith("+json"):
        return _fault_of_json(request.body)
    return ""


def _fault_of_fields(request: HttpRequest) -> str:
    for name, values in (*request.POST.lists(), *((name, ()) for name in request.FILES)):
        if UNUSABLE.search(name) or any(UNUSABLE.search(value) for value in values):
            return _("The form holds control characters.")
    return ""


def _fault_of_json(body: bytes) -> str:
    """Escapes are only a suspicion, as the backslash may be escaped itself: then the text is parsed to know."""
    if not body.isascii() and not _is_utf8(body):
        return _("The JSON is not written in UTF-8.")
    if not MAY_BE_UNUSABLE_JSON.search(body):
        return ""
    try:
        parsed = json.loads(body)
    except RecursionError:
        return _("The JSON is nested too deeply.")
    except ValueError:
        return _("The JSON cannot be read.")
    waiting = [parsed]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str) and UNUSABLE.search(item):
            return _("The JSON holds control characters.")
    return ""


class RefusalPages:
    """Turns a `Refused` that a view let through into a page of the right status, and a bare 405 into one with words.

    A database without room on its disk becomes a page too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = refusals.not_this_way(request)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError) and DISK_IS_FULL.search(str(exception)):
            return refusals.no_room(request)
        return refusals.refused(request, exception) if isinstance(exception, Refused) else None
