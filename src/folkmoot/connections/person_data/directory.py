"""Who chose to be found, and introductions, from the ends of both who would meet and of whoever suggested it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.directory import Findable, Introduction, IntroductionState
from folkmoot.connections.notices.directory import IntroductionIsAsked
from folkmoot.connections.queries.directory import were_introduced
from folkmoot.connections.queries.directory_introductions import introduction_for
from folkmoot.notices.models import Telling
from folkmoot.people.circles import SHARED_CIRCLES
from folkmoot.people.models import Person
from folkmoot.people.person_data import Pointers, Rows, offer

THE_TWO = _("The two of you, and whoever suggested it; how you are reached, the other one alone, once both said yes.")


def _tellings_of(introductions: QuerySet[Introduction]) -> QuerySet[Telling]:
    """What people were told with a way to these introductions: it holds why they were asked for, and addresses."""
    paths = [reverse("introduction", args=[pk]) for pk in introductions.values_list("pk", flat=True)]
    return Telling.objects.filter(path__in=paths, topic=IntroductionIsAsked.topic)


class AskedOf(Rows):
    """What somebody was asked: only as far as it reached them, and what is closed to them for whatever reason alike.

    Erasing takes what the other one was told as well, for it holds the person's words and how they are reached.
    """

    def export(self, person: Person) -> list[dict[str, Any]]:
        rows = self.of(person).filter(mute=False).prefetch_related(*self.fetched)
        return [self.values(row) | ({} if _is_known_to(person, row) else {"state": "closed"}) for row in rows]

    def erase(self, person: Person) -> None:
        _tellings_of(self.of(person)).delete()
        super().erase(person)


class Suggested(Pointers):
    """What somebody suggested to two others. Erasing takes their words, and all that did not come about: without
    whoever suggested it, it would read as if one of the two had asked."""

    def erase(self, person: Person) -> None:
        _tellings_of(self.of(person)).filter(kind=IntroductionIsAsked.kind).delete()
        self.of(person).exclude(state=IntroductionState.INTRODUCED).delete()
        self.of(person).update(suggested_by=None, why="")


def fill() -> None:
    """Answer for our models, and say who shares a circle by having been introduced."""
    offer(
        "connections.findable",
        Rows(
            _("Whether you are found in the directory, and who sees what there"),
            Findable,
            "person",
            lambda one: {"since": one.since.isoformat(), "seen": one.seen},
            seen_by=_("What it shows: those whom you chose, part by part. The choices themselves: you."),
            corrected_at="directory_me",
        ),
    )
    offer(
        "connections.introductions_wished",
        AskedOf(
            _("Introductions that you asked for"), Introduction, "asker", _wished, seen_by=THE_TWO, fetched=("asked",)
        ),
    )
    offer(
        "connections.introductions_asked_of",
        AskedOf(
            _("Introductions that you were asked for"),
            Introduction,
            "asked",
            _asked,
            seen_by=THE_TWO,
            fetched=("asker",),
        ),
    )
    offer(
        "connections.introductions_suggested",
        Suggested(
            _("Introductions of others that you suggested"),
            Introduction,
            "suggested_by",
            lambda one: {"one": one.asker.name, "other": one.asked.name, "why": one.why, "at": one.made_at.isoformat()},
            seen_by=_("You, and the two whom you suggested to introduce."),
            fetched=("asker", "asked"),
        ),
    )
    SHARED_CIRCLES.register("introduced", were_introduced)


def _is_known_to(person: Person, one: Introduction) -> bool:
    """Whether somebody knows how it stands: they answered it alone, or their page of it says so."""
    said_so = one.state == IntroductionState.NOT_NOW and one.asked_id == person.pk and one.suggested_by_id is None
    return said_so or introduction_for(person, one.pk) is not None


def _wished(one: Introduction) -> dict[str, Any]:
    # A suggestion of somebody else that the person has not answered says nothing of theirs.
    mine = one.suggested_by_id is None
    return {
        "to": one.asked.name,
        "why": one.why if mine else "",
        "state": one.state,
        "at": one.made_at.isoformat(),
        "mail": one.asker_mail,
        "reach": one.asker_reach,
    }


def _asked(one: Introduction) -> dict[str, Any]:
    return {
        "by": one.asker.name,
        "state": one.state,
        "at": one.made_at.isoformat(),
        "mail": one.asked_mail,
        "reach": one.asked_reach,
    }
