"""The first wording of a call's checklist, the parts that it names, and the checks by which it ticks itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.models import Group
from folkmoot.meetings.agenda_reading import ON_IT
from folkmoot.meetings.call_roles_reading import CUSTOM, all_roles_of, custom_words
from folkmoot.meetings.domain.role_words import CRIER, MODERATOR, SCRIBE
from folkmoot.meetings.facts import (
    AgendaItemAccepted,
    AgendaItemAdded,
    AgendaItemCarried,
    AgendaItemChanged,
    AgendaItemDeclined,
    AgendaItemRemoved,
    CallAnnounced,
    CallRoleChanged,
    MinutesProposed,
    MinutesTakenBack,
    TurnHandedBack,
    TurnTaken,
)
from folkmoot.meetings.models import (
    AgendaItem,
    Announcement,
    ItemState,
    Meeting,
    Minutes,
    MinutesState,
    Turn,
    TurnState,
)
from folkmoot.plan.checks import Check, offer_check
from folkmoot.plan.models import ChecklistLine
from folkmoot.plan.parts import MORE_PARTS
from folkmoot.plan.starters import STARTERS, Starter, StarterLine
from folkmoot.ui.slots import Label

CALL_LIST = "call"
AFTER_AGENDAS = (
    AgendaItemAdded,
    AgendaItemAccepted,
    AgendaItemDeclined,
    AgendaItemChanged,
    AgendaItemCarried,
    AgendaItemRemoved,
)
REMINDED_WITHIN = timedelta(hours=48)
"""An announcement this shortly before a call is a reminder of it."""


def first_wording() -> Starter:
    """The list of a call as it is first written."""
    return Starter(
        _("Before and after a call"),
        _("What moderator, scribe and crier do for one call, each in time."),
        _("the day of the call"),
        (
            StarterLine(
                _("Announce the agenda"),
                _("Between eight and six days before. The draft is written: read it, change it, send it."),
                CRIER,
                -6,
                remind=(2, 0),
                escalate=1,
                check_name="meetings.announced",
            ),
            StarterLine(
                _("Check that every role is taken"),
                _("Five to four days before. Ask somebody where nobody has come forward."),
                MODERATOR,
                -4,
                remind=(1, 0),
                escalate=1,
                check_name="meetings.roles_taken",
            ),
            StarterLine(
                _("Check the agenda"),
                _("Five to four days before: is it clear what each point is for, and is there time for all of them?"),
                MODERATOR,
                -4,
                remind=(1, 0),
                escalate=1,
                check_name="meetings.agenda_ready",
            ),
            StarterLine(
                _("Remind everybody"),
                _("The day before. Whoever has forgotten will be glad."),
                CRIER,
                -1,
                remind=(0,),
                escalate=1,
                check_name="meetings.reminded",
            ),
            StarterLine(
                _("Open the call on time"),
                _("Be there a little earlier, with the agenda at hand."),
                MODERATOR,
                0,
                remind=(1, 0),
            ),
            StarterLine(
                _("Write the draft of the minutes"),
                _("Within two days, while it is fresh: who was there, what was decided, who does what."),
                SCRIBE,
                2,
                remind=(1, 0),
                escalate=1,
                check_name="meetings.minutes_drafted",
            ),
        ),
        parts_follow=True,
    )


def parts_of_calls(group: Group | None) -> Mapping[str, Label]:
    """The call roles as parts of checklists: a group's own, or the custom ones."""
    if group is not None and group.pk is not None:
        return {role.key: role.name for role in all_roles_of(group)}
    return {key: custom_words(key)[0] for key in CUSTOM}


def is_announced(line: ChecklistLine) -> bool | None:
    """Whether the call of a list was announced."""
    meeting = _meeting(line)
    return None if meeting is None else Announcement.objects.filter(meeting=meeting, sent_at__isnull=False).exists()


def is_reminded(line: ChecklistLine) -> bool | None:
    """Whether something was sent about the call shortly before it."""
    meeting = _meeting(line)
    if meeting is None:
        return None
    since = meeting.starts_at - REMINDED_WITHIN
    return Announcement.objects.filter(meeting=meeting, sent_at__gte=since, sent_at__lte=meeting.starts_at).exists()


def are_roles_taken(line: ChecklistLine) -> bool | None:
    """Whether every role that the call needs is taken."""
    meeting = _meeting(line)
    if meeting is None:
        return None
    needed = set(meeting.group.call_roles.filter(is_on=True, is_needed=True).values_list("pk", flat=True))
    taken = Turn.objects.filter(meeting=meeting, state=TurnState.TAKEN).values_list("role", flat=True)
    return needed <= set(taken)


def is_agenda_ready(line: ChecklistLine) -> bool | None:
    """Whether there is something on the agenda beyond what is usual, somebody leads each of it, and nobody who asked
    for an item waits for an answer."""
    meeting = _meeting(line)
    if meeting is None:
        return None
    items = list(AgendaItem.objects.filter(meeting=meeting, state__in=(*ON_IT, ItemState.REQUESTED)))
    own = [item for item in items if not item.is_usual]
    return bool(own) and not any(
        item.is_requested or (item.state == ItemState.ACCEPTED and item.owner_id is None and not item.owner_name)
        for item in own
    )


def are_minutes_drafted(line: ChecklistLine) -> bool | None:
    """Whether the minutes of the call were laid open for approval."""
    meeting = _meeting(line)
    if meeting is None:
        return None
    return Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT).exists()


def offer() -> None:
    """Enter all of it; called once, while the program starts."""
    STARTERS.register(CALL_LIST, first_wording, order=40, by=__name__)
    MORE_PARTS.register("meetings", parts_of_calls, by=__name__)
    offer_check(Check("meetings.announced", gettext_lazy("the call is announced"), (CallAnnounced,), is_announced))
    offer_check(
        Check(
            "meetings.reminded",
            gettext_lazy("the call is announced (again) in the last two days before it"),
            (CallAnnounced,),
            is_reminded,
        )
    )
    offer_check(
        Check(
            "meetings.agenda_ready",
            gettext_lazy("the agenda has items, each with somebody who leads it, and none waits for an answer"),
            AFTER_AGENDAS,
            is_agenda_ready,
        )
    )
    offer_check(
        Check(
            "meetings.roles_taken",
            gettext_lazy("every role that the call needs is taken"),
            (TurnTaken, TurnHandedBack, CallRoleChanged),
            are_roles_taken,
        )
    )
    offer_check(
        Check(
            "meetings.minutes_drafted",
            gettext_lazy("the minutes of the call lie open for approval"),
            (MinutesProposed, MinutesTakenBack),
            are_minutes_drafted,
        )
    )


def _meeting(line: ChecklistLine) -> Meeting | None:
    checklist = line.checklist
    if checklist.template_key != CALL_LIST or checklist.subject_id is None:
        return None
    kind = checklist.subject_type
    if kind is None or kind.model_class() is not Meeting:
        return None
    return Meeting.objects.select_related("group").filter(pk=checklist.subject_id).first()
