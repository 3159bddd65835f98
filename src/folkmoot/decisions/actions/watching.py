"""Watching the periods of silence: reminding once of those that end soon, and recording those that are over.

May run as often as one likes, by several workers at once and with a clock that jumps: a period is finished once, and
what was told is kept under a key.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from folkmoot.decisions.actions.silence import finish_silence
from folkmoot.decisions.models import Silence, SilenceEnd
from folkmoot.decisions.notices import SilenceEndsSoon, SilenceRuns
from folkmoot.groups.models import Power
from folkmoot.notices.actions import tell
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person

REMIND_BEFORE = timedelta(hours=24)


def watch_all() -> int:
    """Finish what is over and remind of what ends soon; returns how many periods were finished."""
    now = timezone.now()
    running = Silence.objects.filter(outcome=SilenceEnd.RUNNING).select_related("decision__group")
    finished = sum(finish_silence(silence) for silence in running.filter(ends_at__lte=now).order_by("ends_at", "pk"))
    soon = running.filter(ends_at__gt=now, ends_at__lte=now + REMIND_BEFORE, began_at__lte=now - REMIND_BEFORE)
    for silence in soon.order_by("ends_at", "pk"):
        people = _who_has_not_looked(silence)
        if people:
            tell(people, SilenceEndsSoon(silence.decision, silence))
    return finished


def _who_has_not_looked(silence: Silence) -> list[Person]:
    """Who may object and was told of the text, but has neither read that nor said anything, nor been reminded."""
    runs, ends_soon = SilenceRuns(silence.decision, silence), SilenceEndsSoon(silence.decision, silence)
    unread = Telling.objects.filter(kind=runs.kind, once_key=runs.once(), read_at=None)
    reminded = Telling.objects.filter(kind=ends_soon.kind, once_key=ends_soon.once())
    people = Person.objects.filter(
        pk__in=unread.values("person"),
        participations__group=silence.decision.group,
        participations__ended_at=None,
        participations__role__power__in=(Power.MANAGE, Power.TAKE_PART),
    ).exclude(pk__in=reminded.values("person"))
    spoke = silence.decision.objections.values("by")
    supports = silence.decision.supports.values("by")
    return list(people.exclude(pk__in=spoke).exclude(pk__in=supports).distinct().order_by("name", "pk"))
