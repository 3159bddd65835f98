"""What decisions show on one's own desk: silence that runs in one's groups, and objections that wait for an answer."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.decisions.models import UNSETTLED, Decision, Objection, Silence, SilenceEnd
from folkmoot.groups.models import Power
from folkmoot.groups.queries import groups_led_by
from folkmoot.people.models import Person
from folkmoot.ui.chrome import signed_in_person

MOST_ON_DESK = 5


def silence_and_objections(request: HttpRequest) -> SafeString | None:
    """What waits for the reader's word; nothing when there is nothing."""
    person = signed_in_person(request)
    if person is None:
        return None
    running, waiting = silence_for(person), objections_for(person)
    if not running and not waiting:
        return None
    return render_to_string("decisions/on_desk.html", {"running": running, "waiting": waiting}, request)


def silence_for(person: Person) -> list[Silence]:
    """The silence that runs where somebody contributes and to which they have said nothing, the soonest end first."""
    objects = Q(decision__objections__by=person, decision__objections__withdrawn_at=None)
    said = objects | Q(decision__supports__by=person)
    return list(
        Silence.objects.filter(
            outcome=SilenceEnd.RUNNING,
            decision__group__participations__person=person,
            decision__group__participations__ended_at=None,
            decision__group__participations__role__power__in=(Power.MANAGE, Power.TAKE_PART),
        )
        .exclude(decision__proposed_by=person)
        .exclude(pk__in=Silence.objects.filter(said).values("pk"))
        .select_related("decision__group")
        .order_by("ends_at", "pk")[:MOST_ON_DESK]
    )


def objections_for(person: Person) -> list[Objection]:
    """Objections to answer: to what one proposed, or, where nobody speaks for it, in the groups that one leads."""
    led = groups_led_by(person).order_by().values("pk")
    unspoken = Exists(Decision.objects.filter(pk=OuterRef("decision"), proposed_by=None, group__in=led))
    return list(
        Objection.objects.filter(
            Q(decision__proposed_by=person) | unspoken,
            answered_at=None,
            withdrawn_at=None,
            decision__status__in=UNSETTLED,
        )
        .exclude(by=person)
        .select_related("decision__group", "by")
        .order_by("at", "pk")[:MOST_ON_DESK]
    )
