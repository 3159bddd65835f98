"""The sample community answers its next calls, and somebody is invited from outside."""

from __future__ import annotations

import pytest

from folkmoot.invitations.models import CallGuest, InvitationWish
from folkmoot.invitations.sample import GUEST, answer_calls
from folkmoot.ledger.actors import system
from folkmoot.meetings.attendance_reading import answer_counts
from tests.invitations.letters import letters

pytestmark = pytest.mark.django_db


def test_next_call_is_answered_and_a_guest_is_invited(group, call, ada, ben):
    answer_calls([group], by=system())

    assert answer_counts(call) == {"coming": 2, "maybe": 0, "regret": 0}
    assert {wish.person for wish in InvitationWish.objects.all()} == {ada, ben}
    assert [(guest.meeting, guest.person.email) for guest in CallGuest.objects.all()] == [(call, GUEST[0])]
    assert [len(letters(address)) for address in (ada.email, ben.email, GUEST[0])] == [1, 1, 1]
