"""What thanks show on the pages of others: a way to say one, and those that somebody shows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.connections.hub import add_way
from folkmoot.connections.queries.thanks import received_by, shown_in, shown_on_profile
from folkmoot.connections.thankable import thanks_link
from folkmoot.groups.models import Group
from folkmoot.groups.queries import holds_anything
from folkmoot.meetings.call_panels import CALL_PANELS
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person, Standing
from folkmoot.people.profile_panels import PROFILE_PANELS
from folkmoot.people.reader import signed_in

SHOWN = 4
NEW = timedelta(days=30)
AFTER_A_CALL = timedelta(days=60)


def fill() -> None:
    """Hang them where they belong."""
    add_way("thanks", way, order=70)
    CALL_PANELS.register("thanks", on_call_page, order=60)
    PROFILE_PANELS.register("thanks", on_profile, order=20)


def way(request: HttpRequest, group: Group | None) -> SafeString:
    """A way to thank somebody; beside it what came lately, or in a group what people of it show."""
    person, now = signed_in(request), timezone.now()
    if group is None:
        thanks = list(received_by(person, now=now).filter(said_at__gt=now - NEW)[:SHOWN])
        link = thanks_link()
    else:
        thanks = list(shown_in(group, inside=holds_anything(person, group), now=now)[:SHOWN])
        link = f"{reverse('thank')}?group={group.slug}"
    return render_to_string("connections/thanks/way.html", {"group": group, "thanks": thanks, "link": link}, request)


def on_call_page(request: HttpRequest, meeting: Meeting, person: Person, now: datetime) -> SafeString | None:
    """A link, for some weeks after a call; no query."""
    if not meeting.is_planned or not meeting.ends_at <= now < meeting.ends_at + AFTER_A_CALL:
        return None
    return render_to_string("connections/thanks/on_call.html", {"link": thanks_link(about=meeting)}, request)


def on_profile(request: HttpRequest, whose: Person, reader: Person) -> SafeString | None:
    """A link, and what they show to everyone who is signed in; one query."""
    if whose.standing != Standing.ACTIVE:
        return None
    thanks = list(shown_on_profile(whose, now=timezone.now())[:SHOWN])
    link = "" if whose == reader else thanks_link(whose)
    context = {"whose": whose, "thanks": thanks, "link": link, "is_own": whose == reader}
    return render_to_string("connections/thanks/on_profile.html", context, request)
