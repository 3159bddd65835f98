"""Calls with titles, what stands on agendas, and what is read for it, as they can be found."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Participation, Power
from folkmoot.groups.queries import groups_with_power
from folkmoot.meetings.agenda_reading import ON_IT
from folkmoot.meetings.models import AgendaItem, ItemState, Material, MaterialState, Meeting, Status
from folkmoot.people.domain.seeking import Words
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, beginning, likely, offer


def fill() -> None:
    """Enter the searches."""
    offer(Search("calls", _("Calls"), calls), order=50, by=__name__)
    offer(Search("agenda_items", _("Agendas"), items), order=52, by=__name__)
    offer(Search("materials", _("Things to read for a call"), materials), order=54, by=__name__)


def calls(_seeker: Seeker, words: Words) -> list[Candidate]:
    """Calls that have a title; all of them are public."""
    found = Meeting.objects.exclude(status=Status.DROPPED).exclude(title="").order_by("-starts", "pk")
    rows = likely(found, words, "title").values_list("pk", "title", "why", "starts", "group__name")
    return [
        Candidate(f"meeting:{pk}", title, "meeting", (pk,), (why,), where, starts.date())
        for pk, title, why, starts, where in rows
    ]


def items(seeker: Seeker, words: Words) -> list[Candidate]:
    """What stands on an agenda, and what is asked for for people in the group, as `agenda_reading.known_items`."""
    found = AgendaItem.objects.exclude(meeting__status=Status.DROPPED)
    found = found.filter(Q(state__in=ON_IT) | (Q(state=ItemState.REQUESTED) & _inside(seeker, "meeting__group")))
    rows = (
        likely(found.order_by("-meeting__starts", "pk"), words, "title", "text")
        .annotate(said=beginning("text"))
        .values_list("pk", "title", "said", "meeting", "meeting__starts", "meeting__group__name")
    )
    return [
        Candidate(f"agenda_item:{pk}", title, "agenda", (meeting,), (said,), where, starts.date(), anchor=f"item-{pk}")
        for pk, title, said, meeting, starts, where in rows
    ]


def materials(seeker: Seeker, words: Words) -> list[Candidate]:
    """What everybody may read for an item, and what was proposed for people in the group."""
    inside = _inside(seeker, "item__meeting__group")
    found = Material.objects.exclude(item__meeting__status=Status.DROPPED).filter(
        Q(item__state__in=ON_IT) | (Q(item__state=ItemState.REQUESTED) & inside),
        Q(state=MaterialState.ACCEPTED) | (Q(state=MaterialState.PROPOSED) & inside),
    )
    rows = likely(found.order_by("-proposed_at", "pk"), words, "title").values_list(
        "pk", "title", "item", "item__title", "item__meeting", "item__meeting__starts", "item__meeting__group__name"
    )
    return [
        Candidate(f"material:{pk}", title, "agenda", (meeting,), (of,), where, starts.date(), anchor=f"item-{item}")
        for pk, title, item, of, meeting, starts, where in rows
    ]


def _inside(seeker: Seeker, group: str) -> Q:
    """Rows of groups in which the seeker takes part or which they lead, see `agenda_rules.stands_in`."""
    if is_steward(seeker):
        return ~Q(pk=None)
    person = as_person(seeker)
    if person is None:
        return Q(pk__in=[])
    takes_part = Participation.objects.filter(person=person, ended_at=None).values("group")
    return Q(**{f"{group}__in": takes_part}) | Q(**{f"{group}__in": groups_with_power(person, Power.MANAGE)})
