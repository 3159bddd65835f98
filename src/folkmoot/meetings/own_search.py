"""Calls with titles, what stands on agendas, what is read for it, and minutes, as they can be found."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.inside import inside, of_group
from folkmoot.groups.models import Participation, Power
from folkmoot.meetings.agenda_reading import ON_IT
from folkmoot.meetings.domain.role_words import SCRIBE
from folkmoot.meetings.minutes_check import minutes_title
from folkmoot.meetings.models import (
    AgendaItem,
    ItemState,
    Level,
    Material,
    MaterialState,
    Meeting,
    Minutes,
    MinutesItem,
    MinutesState,
    Status,
    Turn,
    TurnState,
)
from folkmoot.people.domain.seeking import Words
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, beginning, likely, offer


def fill() -> None:
    """Enter the searches."""
    offer(Search("calls", _("Calls"), calls), order=50, by=__name__)
    offer(Search("agenda_items", _("Agendas"), items), order=52, by=__name__)
    offer(Search("materials", _("Things to read for a call"), materials), order=54, by=__name__)
    offer(Search("minutes", _("Minutes"), published), order=56, by=__name__, name="minutes.published")
    offer(Search("minutes", _("Minutes"), notes), order=57, by=__name__, name="minutes.notes")


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
    of_it = _inside(seeker, "item__meeting__group")
    found = Material.objects.exclude(item__meeting__status=Status.DROPPED).filter(
        Q(item__state__in=ON_IT) | (Q(item__state=ItemState.REQUESTED) & of_it),
        Q(state=MaterialState.ACCEPTED) | (Q(state=MaterialState.PROPOSED) & of_it),
    )
    rows = likely(found.order_by("-proposed_at", "pk"), words, "title", "upload__name").values_list(
        "pk",
        "title",
        "upload__name",
        "item",
        "item__title",
        "item__meeting",
        "item__meeting__starts",
        "item__meeting__group__name",
    )
    return [
        Candidate(
            f"material:{pk}",
            title,
            "agenda",
            (meeting,),
            (f"{of}: {file}" if file else of,),
            where,
            starts.date(),
            anchor=f"item-{item}",
        )
        for pk, title, file, item, of, meeting, starts, where in rows
    ]


def published(_seeker: Seeker, words: Words) -> list[Candidate]:
    """Published minutes, by the words that were checked and that everybody reads."""
    found = Minutes.objects.filter(state=MinutesState.PUBLISHED).order_by("-meeting__starts_at", "-pk")
    rows = (
        likely(found, words, "found_by")
        .annotate(said=beginning("found_by"))
        .values_list("pk", "published__group", "published__title", "published__day", "said")
    )
    return [
        Candidate(
            f"minutes:{pk}",
            minutes_title(group, title, date.fromisoformat(day)),
            "published_minutes",
            (pk,),
            (said,),
            group,
            date.fromisoformat(day),
        )
        for pk, group, title, day, said in rows
    ]


def notes(seeker: Seeker, words: Words) -> list[Candidate]:
    """Notes for those who read a group's minutes, see `minutes_rules.may_read_minutes`: what is not public yet.

    What was said under the Chatham House Rule is found by nobody but in its public wording.
    """
    person = as_person(seeker)
    writes = Turn.objects.filter(person=person, role__key=SCRIBE, state=TurnState.TAKEN).values("meeting")
    seen = of_group(seeker, "minutes__meeting__group") | (Q(minutes__in=writes) if person else Q(pk__in=[]))
    of_minutes = Q(level="")
    private = Q(level=Level.PRIVATE) | (of_minutes & Q(minutes__level=Level.PRIVATE))
    open_ = (Q(level=Level.OPEN) | (of_minutes & Q(minutes__level=Level.OPEN))) & ~Q(
        minutes__state=MinutesState.PUBLISHED
    )
    found = MinutesItem.objects.filter(seen, private | open_).order_by("-minutes__meeting__starts_at", "position", "pk")
    rows = (
        likely(found, words, "title", "notes")
        .annotate(said=beginning("notes"))
        .values_list("pk", "title", "said", "minutes", "minutes__meeting__starts", "minutes__meeting__group__name")
    )
    return [
        Candidate(f"minutes_item:{pk}", title, "minutes", (call,), (said,), where, starts.date(), anchor=f"item-{pk}")
        for pk, title, said, call, starts, where in rows
    ]


def _inside(seeker: Seeker, group: str) -> Q:
    """Rows of groups in which the seeker takes part or which they lead, see `agenda_rules.stands_in`."""
    leads = inside(seeker, group, Power.MANAGE)
    person = as_person(seeker)
    if person is None:
        return leads
    return leads | Q(**{f"{group}__in": Participation.objects.filter(person=person, ended_at=None).values("group")})
