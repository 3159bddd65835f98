"""Pages that say no in plain words: what happened, what to do, and a number to mention when telling someone."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ui.chrome import chrome_of, signed_in_person

log = logging.getLogger("folkmoot.ui.refusals")

STATUSES = {"not_found": 404, "forbidden": 403, "invalid": 400, "disk_full": 507}
OTHERWISE = 409


class NoRoom(SuspiciousOperation):
    """What somebody sends finds no room on the disk, before any page could take it. Becomes `no_room`."""


@dataclass(frozen=True)
class WayPast:
    """What a reader can do about a page that says no: press a button that POSTs to `url`, with `back` as `next`."""

    words: str
    label: str
    url: str
    back: str
    is_likeliest: bool


def status_of(code: str) -> int:
    """The HTTP status for the code of a `Refused`: 409 for all that has none of its own."""
    return STATUSES.get(code, OTHERWISE)


def error_page(
    request: HttpRequest,
    status: int,
    title: str,
    *sentences: str,
    drawing: str = "map",
    ways: tuple[tuple[str, str], ...] = (),
    show_id: bool = True,
) -> HttpResponse:
    """A page that says what went wrong and where to go from here; the first way is the likeliest.

    A middleware may have put `way_past_refusal` on the request: from the status it makes a `WayPast`, or None. It is
    asked before anything is drawn, so it knows what refused.
    """
    way_past = getattr(request, "way_past_refusal", None)
    return render(
        request,
        "ui/error.html",
        {
            "title": title,
            "sentences": [sentence for sentence in sentences if sentence],
            "drawing": drawing,
            "ways": ways or ((_("To the start"), "/"),),
            "way_past": way_past(status) if way_past else None,
            "show_id": show_id,
        },
        status=status,
    )


def missing(request: HttpRequest) -> HttpResponse:
    """404, always in the same words, so that it tells nothing about what may exist."""
    return error_page(
        request,
        404,
        _("There is nothing at this address"),
        _("The page may have moved, or may be for others only. Please check the address, or start again from the top."),
        show_id=False,
    )


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with its reason; someone who is not signed in is shown where to do so."""
    ways: tuple[tuple[str, str], ...] = ((_("To the start"), "/"),)
    if signed_in_person(request) is None:
        ways = ((_("Sign in"), chrome_of(request).sign_in_url), *ways)
    return error_page(
        request, 403, _("This is not open to you"), reason or _("You may not do this with the role that you have."),
        drawing="door", ways=ways,
    )  # fmt: skip


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page, or for htmx the fragment, for something that an action refused."""
    status = status_of(refusal.code)
    log.info("refused %s %s: %s", request.method, request.path, refusal.code)
    if getattr(request, "htmx", False):
        response = render(request, "ui/refusal_fragment.html", {"words": refusal.message}, status=status)
        response["HX-Retarget"] = ".messages"
        response["HX-Reswap"] = "beforeend"
        return response
    if status == 404:
        return missing(request)
    if status == 403:
        return forbidden(request, refusal.message)
    title = _("That could not be read") if status == 400 else _("That did not go through")
    return error_page(request, status, title, refusal.message, drawing="letter", ways=_back_or_start(request))


def _back_or_start(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """A way back to the page that was sent from, if there is one to go to."""
    ways: tuple[tuple[str, str], ...] = ((_("To the start"), "/"),)
    if request.method == "POST":
        return ((_("Back to the page"), request.path), *ways)
    return ways


def no_room(request: HttpRequest) -> HttpResponse:
    """507: the disk is full."""
    return error_page(
        request,
        507,
        _("There is no room at the moment"),
        _("The disk of this site is full, so nothing of what you sent was kept."),
        _("Please tell whoever runs it, and try again later."),
        drawing="letter",
        ways=_back_or_start(request),
    )


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, 413 for a body beyond the limits, or 507 where the disk is full."""
    if isinstance(exception, NoRoom):
        return no_room(request)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(
            request,
            413,
            _("That was more than fits"),
            _("What was sent is larger than this site takes in one go. Please send less, or in parts."),
            # Who refused may say more, for people.
            str(getattr(exception, "words", "")),
            drawing="letter",
        )
    return error_page(
        request,
        400,
        _("That could not be read"),
        _("Your browser sent something that this site cannot make sense of. Please go back and try once more."),
        drawing="letter",
    )


def not_this_way(request: HttpRequest) -> HttpResponse:
    """405: the address exists, but not for what was tried with it."""
    return error_page(
        request,
        405,
        _("This address is used in another way"),
        _("It takes what a form sends, or only shows a page. Please start from the page that led here."),
    )


def stale_form(request: HttpRequest) -> HttpResponse:
    """403 for a form without a valid CSRF token."""
    return error_page(
        request,
        403,
        _("This form was open for too long"),
        _("Nothing was changed. The page no longer fits your session: perhaps you signed in or out meanwhile."),
        _("Please go back, load the page again and send the form once more."),
        drawing="door",
        ways=_back_or_start(request),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500, needing neither database nor session; in bare words if even the template cannot be used."""
    request_id = str(getattr(request, "request_id", ""))
    try:
        page: str = render_to_string("ui/server_error.html", {"request_id": request_id})
    except (TemplateDoesNotExist, ValueError, OSError):  # ValueError: static files were not collected
        page = f"<!doctype html><title>500</title><p>Something went wrong on our side. {request_id}</p>"
    return HttpResponseServerError(page)
