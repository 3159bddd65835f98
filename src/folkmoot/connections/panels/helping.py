"""What help desks show on pages of other rooms, and the solved questions that are offered to whoever asks."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from folkmoot.connections.hub import add_way
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.helping import HelpDesk, HelpRequest, HelpState
from folkmoot.connections.offered_answers import OFFERED_ANSWERS, OfferedAnswer
from folkmoot.connections.queries.helping import desk_of, helped_by, solved_before, solved_in_public
from folkmoot.connections.rules.helping import may_run_desk
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import DeskPanel, add_desk_panel

SHOWN = 5


def fill() -> None:
    """Hang the way to the desks, what waits, and the source of answers where they belong."""
    add_way("helping", way, order=10)
    add_desk_panel(DeskPanel("help_that_waits", 12, waits))
    OFFERED_ANSWERS.register("solved requests", solved_questions, order=20, by=__name__)


def way(request: HttpRequest, group: Group | None) -> SafeString | None:
    """One sentence and the link; for a group without a desk only to those who may open one. At most two queries."""
    person = signed_in_person(request)
    if person is None:
        return None
    if group is None:
        many = waiting_for(person).count()
        context = {"address": reverse("help"), "label": _("Ask, or see what you asked"), "waits": many}
        return render_to_string("connections/helping/way.html", context, request)
    desk = desk_of(group)
    if desk is None and not may_run_desk(person, group):
        return None
    label = _("Open a help desk") if desk is None else _("Ask this group")
    address = HelpDesk(group=group).get_absolute_url()
    return render_to_string("connections/helping/way.html", {"address": address, "label": label}, request)


def waits(request: HttpRequest) -> SafeString | None:
    """What waits for the reader: a reply or a yes to give, or a question they look after; one query."""
    person = signed_in_person(request)
    if person is None:
        return None
    waiting = list(waiting_for(person)[:SHOWN])
    return render_to_string("connections/helping/waits.html", {"waiting": waiting}, request) if waiting else None


def waiting_for(person: Person) -> models.QuerySet[HelpRequest]:
    """Requests in which it is this person's turn, as long as they help there and nothing keeps them apart."""
    apart = NotWith.objects.filter(
        models.Q(asked_by=person, other=models.OuterRef("asker"))
        | models.Q(asked_by=models.OuterRef("asker"), other=person)
    )
    return (
        HelpRequest.objects.filter(
            models.Q(asker=person, state__in=(HelpState.ASKED_BACK, HelpState.SOLVED))
            | (models.Q(owner=person, state=HelpState.OPEN) & helped_by(person) & ~models.Exists(apart))
        )
        .select_related("desk__group")
        .order_by("asked_at", "pk")
    )


def solved_questions(text: str, _reader: Person) -> list[OfferedAnswer]:
    """Questions like this one that were solved in public; one query."""
    kind = _("A solved question")
    return [
        OfferedAnswer(one.title, one.get_absolute_url(), kind, fits, Truncator(one.accepted.text).chars(160))
        for fits, one in solved_before(solved_in_public(), text)
        if one.accepted is not None
    ]
