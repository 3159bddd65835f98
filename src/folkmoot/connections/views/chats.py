"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.connections.actions.chats import say_of_chat
from folkmoot.connections.chats_cards import calendar_file, card_of, cards_of, stamp_of
from folkmoot.connections.models.chats import Answer, ChatConversation
from folkmoot.connections.queries.chats import conversations_of, missed_lately, programmes_open_to
from folkmoot.connections.rules.chats import may_begin_chats, may_speak_of_chat
from folkmoot.groups.queries import groups_led_by
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say

CALENDAR = "text/calendar; charset=utf-8"
FURTHEST = 2**31


@require_safe
@never_cache
@login_required
def chats(request: HttpRequest) -> HttpResponse:
    """My chats: those that are on, those that were, and the programmes I may take part in."""
    person = signed_in(request)
    cards = cards_of(person, now=timezone.now())
    context = {
        "open_cards": [card for card in cards if card.is_open],
        "past_cards": [card for card in cards if not card.is_open],
        "missed": missed_lately(person, today=today_here()),
        "programmes": programmes_open_to(person),
        "led": list(groups_led_by(person)),
        "may_begin_for_all": bool(may_begin_chats(person, None)),
    }
    return render(request, "connections/chats/chats.html", context)


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a chat of one's own happened."""
    conversation, person = get_object_or_404(ChatConversation, pk=pk), signed_in(request)
    given = request.POST.get("answer", "")
    if not may_speak_of_chat(person, conversation):
        raise Http404
    if given not in Answer.values:
        say(request, _("Please choose one of the answers."), level="warning")
    else:
        say_of_chat(conversation, Answer(given), by=person)
        say(request, _("Thank you. You can change that at any time."))
    return redirect(conversation)


@require_safe
@never_cache
@login_required
def chat_file(request: HttpRequest, pk: int, stamp: int) -> HttpResponse:
    """A time that suits all, for one's calendar; 404 for one that suits them no more."""
    person, now = signed_in(request), timezone.now()
    found = next((one for one in conversations_of(person) if one.pk == pk), None)
    if found is None or stamp > FURTHEST // 60:
        raise Http404
    at = datetime.fromtimestamp(stamp * 60, UTC)
    card = card_of(found, person, now=now)
    if stamp not in {stamp_of(each.at) for each in card.times}:
        raise Http404
    response = HttpResponse(calendar_file(card, at, person, now=now), content_type=CALENDAR)
    response["Content-Disposition"] = 'attachment; filename="chat.ics"'
    return response
