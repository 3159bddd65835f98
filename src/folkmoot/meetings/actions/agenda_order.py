"""The order of an agenda."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.agenda import hold_agenda
from folkmoot.meetings.agenda_rules import may_lead_agenda
from folkmoot.meetings.domain.agenda import is_same_set
from folkmoot.meetings.facts import AgendaReordered
from folkmoot.meetings.models import AgendaItem, ItemState, Meeting


@transaction.atomic
def reorder(meeting: Meeting, order: Sequence[int], *, version: int, by: Actor) -> None:
    """Put what stands on the agenda in an order, given by the keys of all its items.

    `version` is that of the agenda that was seen. Refused `stale` where it has changed since or the order leaves
    something out; `forbidden`, `closed`. The order that is there already changes nothing.
    """
    require(may_lead_agenda(by, meeting))
    agenda = hold_agenda(meeting)
    present = list(AgendaItem.objects.filter(meeting=meeting, state__in=ORDERED).order_by("position", "pk"))
    if agenda.version != version or not is_same_set(order, [item.pk for item in present]):
        raise Refused(
            _("Somebody has changed the agenda since you opened it. Nothing was moved; please look again."),
            code="stale",
        )
    if list(order) == [item.pk for item in present]:
        return
    places = {pk: place for place, pk in enumerate(order)}
    for item in present:
        if item.position != places[item.pk]:
            item.position = places[item.pk]
            item.save(update_fields=["position"])
    agenda.version += 1
    agenda.save(update_fields=["version"])
    record(AgendaReordered(meeting.pk, list(order)), by=by, on=meeting, within=meeting.group)


ORDERED = (ItemState.ACCEPTED, ItemState.DONE)
