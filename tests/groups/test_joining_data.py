from __future__ import annotations

import pytest

from folkmoot.groups.actions.invitations import invite_by_mail, make_invitation_link
from folkmoot.groups.actions.joining import decide_request, leave_group
from folkmoot.groups.actions.roster import keep_roster
from folkmoot.groups.models import (
    Consent,
    Invitation,
    JoinRequest,
    ManagerAppointment,
    MembershipAnswer,
    Power,
    RosterDraft,
)
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.groups import group, lead, role
from tests.factories.people import PersonFactory
from tests.groups.test_invitations import use
from tests.groups.test_joining import CLOSED_DOOR, WORDY, come_in

pytestmark = pytest.mark.django_db

OURS = (
    "groups.consents", "groups.membership_answers", "groups.join_requests", "groups.invitations",
    "groups.invitations_made", "groups.invitations_used", "groups.appointments", "groups.appointments_made",
    "groups.rosters",
)  # fmt: skip


@pytest.fixture
def ben() -> Person:
    """Somebody of whom there is one of everything."""
    ben, wordy, closed = PersonFactory(name="Ben"), group(text=WORDY), group("Closed", text=CLOSED_DOOR)
    come_in(ben, wordy, answers={0: "I mend lamps.", 1: "yes"})
    decide_request(come_in(ben, closed), approve=False, words="Not you, Ben.", by=system())
    leave_group(wordy, by=ben)
    term = lead(ben, wordy)
    ManagerAppointment.objects.filter(pk=term.pk).update(why_ended="Ben moved.", by=ben)
    keep_roster(wordy, "a.csv", b"E-mail\na@example.org\n", by=ben)
    invite_by_mail(closed, role(closed, Power.OBSERVE), str(ben.email), by=system())
    make_invitation_link(wordy, role(wordy, Power.OBSERVE), by=ben)
    return ben


def test_everything_is_handed_out(ben):
    third = group("Third", text="# Third\n\n## Roles\n\n* **Guests**: Come.\n")
    use(make_invitation_link(third, role(third, Power.OBSERVE), by=system())[1], ben)

    found = {name: PERSON_DATA[name].export(ben) for name in OURS}

    assert [name for name, rows in found.items() if not rows] == []
    assert found["groups.membership_answers"][0]["answer"] == "I mend lamps."
    assert found["groups.join_requests"][0]["words"] == "Not you, Ben."


def test_words_about_somebody_are_erased_and_what_others_rely_on_stays(ben):
    for name in OURS:
        PERSON_DATA[name].erase(ben)

    assert not MembershipAnswer.objects.exists()
    assert not RosterDraft.objects.exists()
    assert JoinRequest.objects.get().words == ""
    assert ManagerAppointment.objects.get().why_ended == ""
    assert Consent.objects.filter(person=ben).exists()
    assert Invitation.objects.filter(by=ben).exists()


def test_records_are_merged_and_parted(ben):
    kept = PersonFactory()

    moved = {name: PERSON_DATA[name].merge(kept, ben) for name in OURS}
    assert MembershipAnswer.objects.filter(person=kept).count() == 3
    for name in OURS:
        PERSON_DATA[name].part(kept, ben, moved[name])

    assert MembershipAnswer.objects.filter(person=ben).count() == 3
    assert Consent.objects.filter(person=kept).count() == 0
