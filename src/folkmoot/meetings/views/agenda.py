"""Pages of a call's agenda as a whole."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import add_item, fill_agenda, reorder, request_item
from folkmoot.meetings.agenda_page import AgendaPage, agenda_page
from folkmoot.meetings.agenda_reading import items_on, usual_agenda, with_readings
from folkmoot.meetings.agenda_rules import is_open_for_items, may_ask_for_item, may_lead_agenda
from folkmoot.meetings.agenda_wording import agenda_text
from folkmoot.meetings.domain.agenda import joined, moved
from folkmoot.meetings.forms.agenda import ItemForm
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.views.answering import meeting_or_404, person_of, signed_in
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.ui.messages import say


@require_safe
@kept_for_strangers
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call is about; for people of the group also what is asked for, and what is still to be done."""
    page = agenda_page(meeting_or_404(pk), person_of(request), now=timezone.now())
    return render(request, "meetings/agenda.html", _context(request, page))


@never_cache
@require_safe
def agenda_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda as Markdown, as everybody sees it; who leads an item is named to readers who are signed in."""
    found = meeting_or_404(pk)
    text = agenda_text(found, list(with_readings(items_on(found))), names=person_of(request) is not None)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agenda-{found.group.slug}-{found.starts:%Y-%m-%d}.md"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda, or ask for one, as one may."""
    found, by = meeting_or_404(pk), signed_in(request)
    leads = bool(may_lead_agenda(by, found))
    require(may_ask_for_item(by, found))
    closed = is_open_for_items(found, now=timezone.now())
    form = ItemForm(request.POST if request.method == "POST" else None, group=found.group, leads=leads)
    if request.method == "POST" and form.is_valid():
        try:
            item = (add_item if leads else request_item)(found, form.words, by=by)
        except Refused as refused:
            form.add_error("title" if refused.code == "invalid" else None, refused.message)
        else:
            say(
                request,
                _("“%(title)s” is on the agenda.") % {"title": item.title}
                if leads
                else _("You have asked for “%(title)s”. Those who lead the group say yes or no.")
                % {"title": item.title},
                undo=reverse("remove_agenda_item", args=[item.pk]),
            )
            return redirect(item)
    context = {"form": form, "meeting": found, "group": found.group, "leads": leads, "closed": closed.reason}
    return render(request, "meetings/agenda_add.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the agenda in another order: one item up or down, by numbers, or as it was dragged."""
    found, by = meeting_or_404(pk), signed_in(request)
    require(may_lead_agenda(by, found))
    wanted = _numbers(request.POST.get("order", ""))
    together = _numbers(request.POST.get("together", ""))
    direction, _dash, key = request.POST.get("move", "").partition("-")
    if direction in ("up", "down") and key.isdecimal() and int(key) in wanted:
        place = wanted.index(int(key)) + (1 if direction == "down" else -1)
        wanted = moved(wanted, int(key), place)
    elif "numbers" in request.POST:
        wanted = _by_numbers(request, wanted)
    version = request.POST.get("version", "")
    try:
        reorder(found, [*together, *wanted], version=int(version) if _is_number(version) else 0, by=by)
    except Refused as refused:
        if refused.code != "stale":
            raise
        return _order_conflict(request, found, wanted, refused.message)
    address = reverse("agenda", args=[pk])
    if direction in ("up", "down") and _is_number(key):
        # Without a fragment, for browsers give the focus to a place in the page or to a control, not to both.
        return redirect(f"{address}?moved={direction}-{int(key)}")
    say(request, _("The agenda is in this order now."))
    return redirect(f"{address}#items")


@never_cache
@login_required
@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the group's usual items on the agenda."""
    found = meeting_or_404(pk)
    count = fill_agenda(found, usual_agenda(found.group), by=signed_in(request))
    if count:
        say(request, _("The usual agenda is laid out. Change it as this call needs it."))
    return redirect("agenda", pk)


def _context(request: HttpRequest, page: AgendaPage) -> dict[str, object]:
    direction, _dash, key = request.GET.get("moved", "").partition("-")
    return {
        "page": page,
        "meeting": page.meeting,
        "group": page.group,
        "moved": int(key) if _is_number(key) else 0,
        "moved_down": direction == "down",
    }


def _order_conflict(request: HttpRequest, found: Meeting, wanted: list[int], words: str) -> HttpResponse:
    page = agenda_page(found, signed_in(request), now=timezone.now())
    present = [line.item for line in page.others if not line.item.is_carried]
    mine = joined(wanted, [item.pk for item in present])
    by_key = {item.pk: item for item in present}
    context = {
        **_context(request, page),
        "words": words,
        "present": present,
        "mine": [by_key[key] for key in mine],
        "order": ",".join(map(str, mine)),
    }
    return render(request, "meetings/agenda_order_conflict.html", context, status=409)


def _by_numbers(request: HttpRequest, wanted: list[int]) -> list[int]:
    """The keys sorted by the numbers given to them; who was given a new number goes before who had it."""
    places = []
    for now, key in enumerate(wanted, 1):
        given = request.POST.get(f"place-{key}", "")
        place = int(given) if _is_number(given) else now
        # A line that moves down goes behind the one whose number it takes, one that moves up before it.
        places.append((place, (place > now) - (place < now), now, key))
    return [key for _place, _turn, _now, key in sorted(places)]


def _numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")[:200] if _is_number(one)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
