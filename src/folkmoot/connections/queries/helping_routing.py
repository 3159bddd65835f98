"""Whom to ask a question of a desk: `domain.routing` with what is known of its helpers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.connections.domain.routing import Answered, Choice, Fits, Helper, Routing, route
from folkmoot.connections.domain.shared_hours import Rhythm
from folkmoot.connections.models.helping import DeskHelper, HelpDesk, HelpRequest, HelpState, HelpWish
from folkmoot.connections.queries.helping import LOOKED_THROUGH, helpers_of
from folkmoot.connections.queries.interests import apart_from, interests_of
from folkmoot.kit import zones
from folkmoot.meetings.fair_times_reading import hours_of
from folkmoot.people.absences import spans_of
from folkmoot.people.models import Person

MOST_SUGGESTED = 3
_REMEMBERED = timedelta(days=90)


@dataclass(frozen=True)
class Suggested:
    """Somebody to ask, and why in half a sentence about them, and in a whole one to themselves (or nothing)."""

    person: Person
    because: str
    to_them: str


def whom_to_ask(request: HelpRequest, *, now: datetime, most: int = MOST_SUGGESTED) -> list[Suggested]:
    """Who may be asked now, the best first: nobody who is away, full, asleep, or kept apart from whoever asks.

    Seven queries, however many help.
    """
    desk = request.desk
    apart = apart_from(request.asker_id)
    rows = list(
        DeskHelper.objects.filter(desk=desk, person__in=helpers_of(desk).order_by().values("pk"))
        .exclude(person__in=apart)
        .exclude(person=request.asker_id)
        .select_related("person__comfortable_hours")
    )
    if not rows:
        return []
    people = {row.person_id: row.person for row in rows}
    load = open_requests_of(people)
    found = _route(request, desk, rows, load, now, most)
    return [
        Suggested(people[int(choice.key)], _because(choice, load[int(choice.key)]), _because_you(choice))
        for choice in found.ask
    ]


def open_requests_of(people: dict[int, Person]) -> dict[int, int]:
    """How many open requests each looks after, at any desk; one query."""
    found: dict[int, int] = defaultdict(int)
    counted = (
        HelpRequest.objects.filter(owner__in=people, state=HelpState.OPEN)
        .order_by()
        .values_list("owner")
        .annotate(many=models.Count("pk"))
    )
    found.update(dict(counted))
    return found


def _route(
    request: HelpRequest, desk: HelpDesk, rows: list[DeskHelper], load: dict[int, int], now: datetime, most: int
) -> Routing:
    keys = [row.person_id for row in rows]
    interests = interests_of(keys)
    away = spans_of(keys, since=now.date() - timedelta(days=1))
    asked: dict[int, list[datetime]] = defaultdict(list)
    for person, at in HelpWish.objects.filter(person__in=keys, asked_at__gte=now - _REMEMBERED).values_list(
        "person", "asked_at"
    ):
        asked[person].append(at)
    helpers = [
        Helper(
            str(row.person_id),
            Rhythm(zones.canonical(row.person.zone or desk.zone), hours_of(row.person)),
            frozenset(interests[row.person_id].helps),
            load[row.person_id],
            row.most,
            tuple((span.first, span.last) for span in away.get(row.person_id, ())),
            tuple(at.date() for at in asked[row.person_id]),
        )
        for row in rows
    ]
    history = [
        Answered(f"{title} {topic} {text}", str(by), (on or now).date())
        for title, topic, text, by, on in HelpRequest.objects.filter(
            desk=desk, solved_at__isnull=False, accepted__by__in=keys
        )
        .exclude(pk=request.pk)
        .order_by("-solved_at", "-pk")
        .values_list("title", "topic", "text", "accepted__by", "solved_at")[:LOOKED_THROUGH]
    ]
    question = f"{request.title} {request.topic} {request.text}"
    return route(question, str(request.asker_id), helpers, history, now, seed=f"desk {desk.pk}", most=most)


def _because(choice: Choice, load: int) -> str:
    """Why somebody is asked: what they know, and what they have open. Nothing of hours and absences."""
    told = {reason.fits: reason for reason in choice.reasons}
    has = ngettext("has one request open", "has %(count)d requests open", load) % {"count": load}
    has = has if load else _("has nothing open")
    if alike := told.get(Fits.ANSWERED_ALIKE):
        many = alike.count
        knows = ngettext("answered one question like this", "answered %(count)d questions like this", many)
        return _("%(knows)s, and %(has)s") % {"knows": knows % {"count": many}, "has": has}
    if topic := told.get(Fits.KNOWS_TOPIC):
        return _("can help with “%(topic)s”, and %(has)s") % {"topic": topic.topics[0], "has": has}
    return _("helps here, and %(has)s") % {"has": has}


def _because_you(choice: Choice) -> str:
    """The same for whoever is asked, as a whole sentence; nothing where only their being there speaks for them."""
    told = {reason.fits: reason for reason in choice.reasons}
    if alike := told.get(Fits.ANSWERED_ALIKE):
        many = alike.count
        words = ngettext("You answered one question like this.", "You answered %(count)d questions like this.", many)
        return words % {"count": many}
    if topic := told.get(Fits.KNOWS_TOPIC):
        return _("You said that you can help with “%(topic)s”.") % {"topic": topic.topics[0]}
    return ""
