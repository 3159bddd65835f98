"""Groups and proposed ones, seats, charters and their amendments, agreements, and who takes part, as they are found."""

from __future__ import annotations

import re
from html import unescape

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.inside import answers_proposals
from folkmoot.groups.models import (
    Agreement,
    Amendment,
    AmendmentState,
    CharterVersion,
    Clause,
    Group,
    GroupProposal,
    Participation,
    Seat,
)
from folkmoot.organisation.queries import today_here
from folkmoot.people.domain.seeking import Words
from folkmoot.people.searching import Candidate, Search, Seeker, as_person, beginning, likely, offer

_MARK = re.compile(r"<[^>]*>")


def fill() -> None:
    """Enter the searches."""
    offer(Search("groups", _("Groups"), groups), order=10, by=__name__)
    offer(Search("proposals", _("Proposed groups"), proposals), order=15, by=__name__)
    offer(Search("people", _("People"), people_in_groups), order=25, by=__name__, name="people.in_groups")
    offer(Search("charters", _("What charters say"), clauses), order=30, by=__name__)
    offer(Search("seats", _("Seats"), seats), order=28, by=__name__)
    offer(Search("amendments", _("Amendments of charters"), amendments), order=35, by=__name__)
    offer(Search("agreements", _("What we agree to"), agreements), order=90, by=__name__)


def groups(_seeker: Seeker, words: Words) -> list[Candidate]:
    """All groups are public."""
    rows = likely(Group.objects.order_by("name"), words, "name").values_list("pk", "slug", "name")
    return [Candidate(f"group:{pk}", name, "group", (slug,)) for pk, slug, name in rows]


def proposals(seeker: Seeker, words: Words) -> list[Candidate]:
    """One's own, and all for those who answer them, see `rules.may_read_proposal`."""
    person = as_person(seeker)
    seen = answers_proposals(seeker) | (Q(by=person) if person else Q(pk__in=[]))
    rows = (
        likely(GroupProposal.objects.filter(seen).order_by("-proposed_at", "-pk"), words, "name", "why")
        .annotate(said=beginning("why"))
        .values_list("pk", "name", "said", "proposed_at")
    )
    return [Candidate(f"proposal:{pk}", name, "proposal", (pk,), (said,), on=at.date()) for pk, name, said, at in rows]


def seats(_seeker: Seeker, words: Words) -> list[Candidate]:
    """Seats that are there; who holds them is found among people."""
    found = Seat.objects.filter(retired_on=None).order_by("group__name", "position", "pk")
    rows = likely(found, words, "title", "text").values_list("pk", "title", "text", "group__name")
    return [Candidate(f"seat:{pk}", title, "seat", (pk,), (text,), where) for pk, title, text, where in rows]


def amendments(seeker: Seeker, words: Words) -> list[Candidate]:
    """What was proposed, by its reasons, and one's own drafts, see `rules.may_see_amendment`."""
    person = as_person(seeker)
    seen = ~Q(state=AmendmentState.DRAFT) | (Q(by=person) if person else Q(pk__in=[]))
    rows = (
        likely(Amendment.objects.filter(seen).order_by("-began_at", "-pk"), words, "why", "group__name")
        .annotate(said=beginning("why"))
        .values_list("pk", "number", "said", "proposed_at", "group__name", "group__slug")
    )
    return [
        Candidate(
            f"amendment:{pk}",
            gettext("Amendment %(number)d of the charter of %(group)s") % {"number": number, "group": where},
            "amendment",
            (slug, number),
            (said,),
            where,
            at.date() if at else None,
        )
        for pk, number, said, at, where, slug in rows
    ]


def people_in_groups(seeker: Seeker, words: Words) -> list[Candidate]:
    """Who takes part in a group is named to everybody who is signed in; they are found on its page of people."""
    person = as_person(seeker)
    found = (
        Participation.objects.filter(ended_at=None, person__is_active=True) if person else Participation.objects.none()
    )
    rows = likely(found.order_by("person__name", "pk"), words, "person__name", "person__name_key").values_list(
        "person", "person__name", "group__name", "group__slug"
    )
    return [Candidate(f"person:{pk}", name, "group_people", (slug,), where=where) for pk, name, where, slug in rows]


def clauses(_seeker: Seeker, words: Words) -> list[Candidate]:
    """What the charters in force say, clause by clause."""
    in_force = CharterVersion.objects.filter(
        group=OuterRef("charter__group"), in_force_from__lte=today_here()
    ).order_by("-in_force_from", "-number")
    found = Clause.objects.filter(charter=Subquery(in_force.values("pk")[:1])).exclude(heading="").order_by("pk")
    rows = (
        likely(found, words, "heading", "html")
        .annotate(said=beginning("html"))
        .values_list("pk", "number", "heading", "said", "anchor", "charter__group__name", "charter__group__slug")
    )
    return [
        Candidate(
            f"clause:{pk}",
            f"§ {number} {heading}" if number else heading,
            "charter",
            (slug,),
            (unescape(_MARK.sub(" ", said)),),
            where,
            anchor=anchor,
        )
        for pk, number, heading, said, anchor, where, slug in rows
    ]


def agreements(_seeker: Seeker, words: Words) -> list[Candidate]:
    """The documents that people agree to, each in the version in force."""
    found = Agreement.objects.filter(in_force_from__lte=today_here()).order_by("-in_force_from", "-number", "pk")
    rows = (
        likely(found, words, "title", "text")
        .annotate(said=beginning("text"))
        .values_list("pk", "group", "key", "title", "said", "in_force_from", "group__name")
    )
    latest: dict[tuple[int | None, str], Candidate] = {}
    for pk, group, key, title, said, on, where in rows:
        one = Candidate(f"agreement:{pk}", title, "agreement", (pk,), (said,), where or "", on)
        before = latest.get((group, key))
        if before is None or before.on is None or on > before.on:
            latest[group, key] = one
    return list(latest.values())
