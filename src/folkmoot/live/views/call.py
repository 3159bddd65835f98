"""The page of a call while it runs, its parts, and the view of it that is shared on a screen."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.live import actions
from folkmoot.live.call_page import call_page
from folkmoot.live.call_reading import queue_of
from folkmoot.live.forms.minutes import NotesForm, OneDoingForm
from folkmoot.live.forms.speaking import GuestForm, OrderForm
from folkmoot.live.models import Hand, RunningCall
from folkmoot.live.queries import pulse_number
from folkmoot.live.routes import keeps_open
from folkmoot.live.rules import may_follow_call
from folkmoot.meetings.models import AgendaItem, Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.plan.who import people_in
from folkmoot.ui.messages import say

PARTS = ("item", "queue", "agenda", "people")
NOTES = "notes"
GIVE_WAY = ("stale", "lowered", "not_first", "not_open", "not_there", "nobody_speaks", "no_item", "not_now", "too_many")
"""What is refused since somebody else was quicker or it is too late: the page as it is now says so."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, and everything that is done on it by one button."""
    meeting, by = call_for(request, pk)
    if request.method != "POST":
        return page_of(request, meeting)
    try:
        _do(request, meeting, by)
    except Refused as refused:
        if refused.code not in GIVE_WAY and refused.code not in ("invalid", "why_missing"):
            raise
        status = 400 if refused.code == "invalid" else 409
        return page_of(request, meeting, refused=refused.message, status=status, **_typed(request, meeting))
    if _is_htmx(request):
        return page_of(request, meeting)
    return redirect("live_call", pk)


@never_cache
@login_required
@require_safe
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One part of the page as it is now, to be put in its place."""
    meeting, _by = call_for(request, pk)
    if name not in (*PARTS, NOTES):
        raise Http404
    return render(request, f"live/part_{name}.html", _context(request, meeting, name))


@never_cache
@login_required
@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """What is shared on a screen: large and quiet, with nothing private and no names where they are kept back."""
    meeting, by = call_for(request, pk)
    page = call_page(meeting, by, now=timezone.now())
    theme = request.GET.get("theme", "")
    context = {"page": page, "page_theme": theme if theme in ("light", "dark") else ""}
    context |= _followed(request, meeting)
    name = "live/screen_inside.html" if _is_htmx(request) else "live/screen.html"
    return render(request, name, context)


def call_for(request: HttpRequest, pk: int) -> tuple[Meeting, Person]:
    """The call and who reads, for whoever may see it while it runs."""
    meeting, by = meeting_numbered(pk), signed_in(request)
    if meeting is None:
        raise Http404
    require(may_follow_call(by, meeting))
    return meeting, by


def page_of(
    request: HttpRequest,
    meeting: Meeting,
    *,
    status: int = 200,
    refused: str = "",
    **given: object,
) -> HttpResponse:
    """The whole page; for a script that sent a form, the parts of it that may have changed, each with its place."""
    is_htmx = _is_htmx(request)
    shown = PARTS if is_htmx else (*PARTS, NOTES)
    context: dict[str, object] = {**_context(request, meeting, *shown), "refused": refused, **given}
    if not is_htmx:
        context |= _followed(request, meeting)
        return render(request, "live/call.html", context, status=status)
    parts = [render_to_string(f"live/part_{name}.html", {**context, "oob": True}, request) for name in PARTS]
    said = render_to_string("live/refused.html", {"refused": refused, "oob": True}, request)
    # The notes are asked for by the script, which leaves them alone while somebody writes.
    return HttpResponse("".join([*parts, said]), headers={"HX-Trigger": "live:notes"})


def _followed(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    """Where a browser hears of changes, and from which on; nothing on a server that keeps no connections open."""
    if not keeps_open(request):
        return {}
    return {"changes": f"/live/calls/{meeting.pk}/changes", "pulse": pulse_number(meeting)}


def _context(request: HttpRequest, meeting: Meeting, *parts: str) -> dict[str, object]:
    """What these parts of the page show, with the forms in them."""
    page = call_page(meeting, signed_in(request), now=timezone.now())
    context: dict[str, object] = {"page": page, "meeting": meeting, "group": page.group}
    if page.is_on and "queue" in parts and page.moderates:
        context["guest"] = GuestForm(prefix="guest")
        if len(page.queue.waiting) > 1:
            context["order"] = OrderForm(queue=page.queue, prefix="order")
    if page.is_on and NOTES in parts and page.may_write_here and page.notes is not None:
        context |= {"notes": NotesForm(item=page.notes), "together": keeps_open(request)}
        context["doings"] = OneDoingForm(people=list(people_in(page.group)))
    return context


def _do(request: HttpRequest, meeting: Meeting, by: Person) -> None:
    """What a button of the page asks for."""
    given = request.POST
    seen = _number(given.get("seen", ""))
    match given.get("do"):
        case "open":
            actions.open_call(meeting, by=by)
        case "close":
            actions.close_call(meeting, by=by)
            say(request, _("The call is closed. All hands are deleted."))
        case "next":
            actions.next_item(meeting, seen=seen or 0, by=by)
        case "go":
            item = get_object_or_404(AgendaItem, pk=_number(given.get("item", "")), meeting=meeting)
            actions.go_to_item(meeting, item, seen=seen or 0, by=by)
        case "pause":
            actions.pause(meeting, by=by)
        case "resume":
            actions.resume(meeting, by=by)
        case "add":
            minutes, had = (_number(given.get(name, "")) or 0 for name in ("minutes", "had"))
            actions.add_time(meeting, minutes, seen=seen or 0, had=had, by=by)
        case "minutes":
            actions.begin_notes(meeting, by=by)
        case "here":
            actions.say_here(meeting, by=by)
        case "raise":
            actions.raise_hand(meeting, given.get("kind", ""), by=by)
        case "lower":
            actions.lower_hand(_hand(request, meeting), by=by)
        case "call":
            actions.call_on(_hand(request, meeting), seen=seen, by=by)
        case "finish":
            actions.finish_speaking(_hand(request, meeting), by=by)
        case "guest":
            actions.raise_hand(meeting, by=by, guest=_filled(GuestForm(given, prefix="guest"), "guest"))
        case "put":
            call = get_object_or_404(RunningCall, pk=meeting.pk)
            form = OrderForm(given, queue=queue_of(call), prefix="order")
            why = _filled(form, "why")
            hand, before = form.chosen
            actions.put_before(hand, before, why=why, by=by)
        case _:
            raise Refused(_("Please use one of the buttons of the page."), code="invalid")


def _typed(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    """The form that was refused, with what was typed in it."""
    call = RunningCall.objects.filter(pk=meeting.pk, closed_at=None).first()
    match request.POST.get("do"):
        case "guest":
            return {"guest": GuestForm(request.POST, prefix="guest")}
        case "put" if call is not None and len((queue := queue_of(call)).waiting) > 1:
            return {"order": OrderForm(request.POST, queue=queue, prefix="order")}
    return {}


def _filled(form: GuestForm | OrderForm, name: str) -> str:
    """One field of a form that is filled in. Refused `invalid` with the first thing that is wrong with it."""
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]), code="invalid")
    return str(form.cleaned_data[name])


def _hand(request: HttpRequest, meeting: Meeting) -> Hand:
    return get_object_or_404(Hand, pk=_number(request.POST.get("hand", "")), call=meeting.pk)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
