from __future__ import annotations

import pytest
from django.utils import timezone

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.live.call_reading import lots_of, outlook_of, queue_of
from folkmoot.live.models import RunningCall
from folkmoot.live.sample import hold_a_call_now
from tests.factories.groups import join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_call_of_the_sample_is_on_when_a_visitor_comes(freeze):
    freeze("2026-11-23T12:03Z")
    organisation(is_sample=True)
    first, second = meeting_group(), meeting_group(name="Oak")
    for number in range(5):
        join(PersonFactory(name=f"Person {number}"), second, Power.TAKE_PART if number else Power.MANAGE)

    hold_a_call_now([first, second], by=system())

    call = RunningCall.objects.select_related("meeting", "item").get()
    assert (call.meeting.group, call.is_on, call.item.title) == (second, True, "Which evening for the repair café")
    queue = queue_of(call)
    assert queue.speaking is not None
    assert [hand.kind for hand in queue.waiting] == ["reply", "queue", "queue"]
    assert queue.waiting[1].moved_why
    assert outlook_of(call, lots_of(call.meeting), now=timezone.now()).unfit
    hold_a_call_now([first], by=system())
    assert RunningCall.objects.count() == 1
