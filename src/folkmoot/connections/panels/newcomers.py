"""Newcomers on other pages: the hub, the desk, and the welcome page of a group."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from folkmoot.connections.hub import add_way
from folkmoot.connections.models.newcomers import Newcomer
from folkmoot.connections.newcomers_page import days_waited, pair_cards, waiting_words
from folkmoot.connections.queries.interests import apart_from
from folkmoot.connections.queries.newcomers import (
    buddy_of,
    looks_after,
    notes_on_first_tasks,
    open_check_in,
    waiting_for,
)
from folkmoot.connections.rules.newcomers import may_see_newcomers
from folkmoot.groups.models import Group
from folkmoot.plan.welcoming import BUDDY_CARE, FIRST_TASK_NOTES, WELCOME_PARTS, BuddyCare
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import DeskPanel, add_desk_panel

MOST_ON_DESK = 4


def fill() -> None:
    """Hang our parts where they belong."""
    add_way("newcomers", way, order=80)
    add_desk_panel(DeskPanel("newcomers", 35, on_desk))
    WELCOME_PARTS.register("newcomers", on_welcome_page, by=__name__)
    BUDDY_CARE.register("newcomers", BuddyCare(looks_after, apart_from), by=__name__)
    FIRST_TASK_NOTES.register("newcomers", notes_on_first_tasks, by=__name__)


def way(request: HttpRequest, group: Group | None) -> SafeString | None:
    """Who waits for a hello of the reader's; in their group the way to its page. Two queries."""
    person = signed_in_person(request)
    if person is None:
        return None
    waiting = list(waiting_for(person, group))
    if group is None:
        asked = open_check_in(person)
        if not waiting and asked is None:
            return None
        return _html("way.html", request, asked=asked, groups=_by_group(waiting))
    if not may_see_newcomers(person, group):
        return None
    return _html("way.html", request, group=group, groups=_by_group(waiting))


def on_desk(request: HttpRequest) -> SafeString | None:
    """Who waits for a hello of the reader's, in one query."""
    person = signed_in_person(request)
    if person is None:
        return None
    waiting = list(waiting_for(person))
    return _html("on_desk.html", request, groups=_by_group(waiting)) if waiting else None


def on_welcome_page(request: HttpRequest, group: Group) -> SafeString | None:
    """To a newcomer who is there for them; to those who welcome the way to their page."""
    person = signed_in_person(request)
    if person is None:
        return None
    newcomer = Newcomer.objects.filter(person=person, group=group, left_at=None).first()
    if newcomer is not None:
        pair = buddy_of(person, group)
        cards = pair_cards([pair], now=timezone.now()) if pair is not None else []
        asked = open_check_in(person, group)
        if cards or asked is not None:
            card = cards[0] if cards else None
            return _html("on_welcome.html", request, newcomer=newcomer, card=card, asked=asked)
    return _html("on_welcome.html", request, group=group) if may_see_newcomers(person, group) else None


def _by_group(waiting: list[Newcomer]) -> list[tuple[Group, str, str]]:
    """Each group once, with how many wait there and for how long the longest does."""
    found: dict[int, list[Newcomer]] = {}
    for one in waiting:
        found.setdefault(one.group_id, []).append(one)
    today = timezone.localdate()
    return [
        (
            ones[0].group,
            ngettext("%(n)d newcomer", "%(n)d newcomers", len(ones)) % {"n": len(ones)},
            waiting_words(days_waited(ones[0], today=today)),
        )
        for ones in found.values()
    ][:MOST_ON_DESK]


def _html(name: str, request: HttpRequest, **context: object) -> SafeString:
    return render_to_string(f"connections/newcomers/{name}", context, request)
