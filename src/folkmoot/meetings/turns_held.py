"""Turns at coming calls as things that people hold in a group, for a handover."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.holdings import Holding
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.turns import give_turn
from folkmoot.meetings.call_roles_reading import turns_of
from folkmoot.meetings.models import Turn, TurnState
from folkmoot.people.models import Person
from folkmoot.ui import times


class TurnsHeld:
    """Call roles that a person has taken at coming calls of a group."""

    title = gettext_lazy("Turns at calls")

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        turns = turns_of(person, now=timezone.now()).filter(state=TurnState.TAKEN, meeting__group=group)
        return [Holding(_words(turn), str(turn.pk), turn.get_absolute_url()) for turn in turns]

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        turns = Turn.objects.select_related("meeting__group", "role", "person")
        turn = turns.filter(pk=holding_key).first() if holding_key.isdecimal() else None
        if turn is None:
            raise Refused(_("This is not there any more."), code="not_found")
        give_turn(turn, to, by=by)


def _words(turn: Turn) -> str:
    day = times.plain_date(turn.meeting.starts.date())
    return _("being %(role)s at the call on %(day)s") % {"role": turn.role.name, "day": day}
