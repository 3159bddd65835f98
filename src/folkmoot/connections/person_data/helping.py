"""What is kept about people who ask for help, and who give it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.helping import (
    ClosedBecause,
    DeskHelper,
    HelpFeedback,
    HelpMessage,
    HelpPause,
    HelpRequest,
    HelpState,
    HelpWish,
)
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, OnErasing, Pointers, Rows, offer


class AskedForHelp(Rows):
    """What somebody asked. Others rely on a public question with an accepted answer: that stays, without the name.

    Of all else every word goes, those of the answers to it too, and what is left is that something was asked, and when.
    """

    def erase(self, person: Person) -> None:
        mine = self.of(person)
        relied_on = models.Q(is_private=False, accepted__isnull=False)
        gone = list(mine.exclude(relied_on).values_list("pk", flat=True))
        HelpMessage.objects.filter(request__in=gone).update(text="")
        HelpFeedback.objects.filter(request__in=mine.values("pk")).update(text="")
        mine.update(once=None)
        now = timezone.now()
        HelpRequest.objects.filter(pk__in=gone).update(title="", text="", topic="")
        still_open = HelpRequest.objects.filter(pk__in=gone).exclude(state=HelpState.CLOSED)
        HelpPause.objects.filter(request__in=gone, ended_at=None).update(ended_at=now)
        still_open.update(state=HelpState.CLOSED, closed_at=now, closed_because=ClosedBecause.TAKEN_BACK)


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.help_requests",
        AskedForHelp(
            _("What you asked for help with"),
            HelpRequest,
            "asker",
            _request,
            OnErasing.KEEP,
            seen_by=_(
                "Everybody who is signed in; where you asked in private: you, and those who help "
                "at the desk or lead it. "
                "What you say of the help: those who help there."
            ),
            fetched=("desk__group", "feedback"),
        ),
    )
    offer(
        "connections.help_messages",
        Rows(
            _("What you wrote on questions for help"),
            HelpMessage,
            "by",
            lambda one: {
                "request": _title(one.request, one.by_id),
                "text": one.text,
                "said_at": one.said_at.isoformat(),
            },
            OnErasing.KEEP,
            seen_by=_("Whoever may read the question that you wrote on."),
            fetched=("request",),
        ),
    )
    offer(
        "connections.help_owned",
        Pointers(
            _("Questions for help that you look after"),
            HelpRequest,
            "owner",
            lambda one: {"request": one.pk, "title": _title(one, one.owner_id), "state": one.state},
        ),
    )
    offer(
        "connections.help_given_at",
        Rows(
            _("Help desks at which you answer"),
            DeskHelper,
            "person",
            lambda one: {"desk": one.desk.name, "most_open": one.most, "since": one.since.isoformat()},
            seen_by=_("Everybody who is signed in."),
            fetched=("desk__group",),
        ),
    )
    offer(
        "connections.help_wishes",
        Rows(
            _("Questions that you were asked to answer"),
            HelpWish,
            "person",
            lambda one: {"request": one.request_id, "asked_at": one.asked_at.isoformat()},
            seen_by=PRIVATE,
        ),
    )


def _title(request: HelpRequest, person: int | None) -> str:
    """What it was asked under; nothing where it was asked in private by somebody else, whoever helps there now."""
    return "" if request.is_private and request.asker_id != person else request.title


def _request(one: HelpRequest) -> dict[str, Any]:
    feedback: HelpFeedback | None = getattr(one, "feedback", None)
    return {
        "desk": one.desk.name,
        "title": one.title,
        "text": one.text,
        "topic": one.topic,
        "urgency": one.urgency,
        "is_private": one.is_private,
        "state": one.state,
        "asked_at": one.asked_at.isoformat(),
        "how_it_went": None if feedback is None else {"face": feedback.face, "text": feedback.text},
    }
