from __future__ import annotations

import datetime as dt
import re
import threading

import pytest
from django.db import connections

from folkmoot.groups.actions import end_participation
from folkmoot.groups.actions.invitations import (
    accept_invitation,
    count_use,
    invitation_of,
    invite_by_mail,
    make_invitation_link,
    revoke_invitation,
    send_invitation_again,
    why_closed,
)
from folkmoot.groups.joining import entrance_of, present_of
from folkmoot.groups.models import Group, Invitation, InvitationUse, Participation, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, Telling
from folkmoot.people.models import Person
from tests.factories.groups import group, join, lead, role
from tests.factories.people import PersonFactory
from tests.groups.test_joining import CLOSED_DOOR

pytestmark = pytest.mark.django_db


def token_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def use(path: str, person) -> Participation:
    asked = entrance_of(invitation_of(token_of(path)).group)
    return accept_invitation(
        token_of(path),
        answers=dict.fromkeys(range(len(asked.terms.rules)), "yes"),
        agreed_to=[agreement.pk for agreement in asked.agreements],
        by=person,
    )


def link(of: Group, power: Power = Power.TAKE_PART, **changes) -> str:
    return make_invitation_link(of, role(of, power), **{"by": system(), **changes})[1]


def mailed_path(person) -> str:
    return re.search(r"/invitations/[\w-]+/", Letter.objects.filter(recipient=person.email).first().text)[0]


def test_whoever_holds_a_link_comes_in_without_waiting():
    lantern, ada, ben = group(text=CLOSED_DOOR), PersonFactory(), PersonFactory()
    lead(ada, lantern)
    path = link(lantern, by=ada)

    came = use(path, ben)

    assert isinstance(came, Participation)
    assert (came.role.name, came.person) == ("Participants", ben)
    invitation = Invitation.objects.get()
    assert (invitation.uses, invitation.by) == (1, ada)
    assert token_of(path) not in invitation.token_digest
    assert list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:2]) == [
        "groups.invitation_used",
        "groups.role_taken",
    ]


def test_link_is_counted_once_for_a_person():
    lantern, ben = group(), PersonFactory()
    path = link(lantern)

    use(path, ben)
    use(path, ben)

    assert Invitation.objects.get().uses == 1
    assert InvitationUse.objects.count() == 1


@pytest.mark.parametrize("power", [Power.MANAGE])
def test_no_invitation_leads_to_a_role_that_leads(power):
    lantern = group()

    for make in (
        lambda: link(lantern, power),
        lambda: invite_by_mail(lantern, role(lantern, power), "eve@example.org", by=system()),
        lambda: (
            link(lantern, Power.OBSERVE, by=system())
            and make_invitation_link(lantern, role(group("Other", text="# Other\n"), Power.OBSERVE), by=system())
        ),
    ):
        with pytest.raises(Refused) as refused:
            make()
        assert refused.value.code == "role"
    assert not Person.objects.filter(email="eve@example.org").exists()


def test_link_raises_and_lowers_nobody_who_is_here():
    lantern = group()
    ada, ben = lead(PersonFactory(), lantern).person, join(PersonFactory(), lantern, Power.OBSERVE)
    path = link(lantern, Power.TAKE_PART)

    use(path, ada)
    use(path, ben)

    assert present_of(ada, lantern).role.power == Power.MANAGE
    assert present_of(ben, lantern).role.power == Power.OBSERVE
    assert Invitation.objects.get().uses == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"revoked_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "taken back"),
        ({"expires_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "too old"),
        ({"uses": 25}, "used up"),
    ],
)
def test_door_that_is_closed_says_why(spoil, words):
    lantern, ben = group(), PersonFactory()
    path = link(lantern)
    Invitation.objects.update(**spoil)

    with pytest.raises(Refused) as refused:
        use(path, ben)

    assert words in refused.value.message
    assert present_of(ben, lantern) is None


def test_invitation_ends_with_the_power_of_who_made_it():
    lantern, ada, ben = group(), PersonFactory(), PersonFactory()
    lead(ada, lantern)
    path = link(lantern, by=ada)
    end_participation(present_of(ada, lantern), by=ada)

    with pytest.raises(Refused) as refused:
        use(path, ben)

    assert "does not lead the group any more" in refused.value.message


def test_who_does_not_agree_uses_nothing_up():
    lantern, ben = group(), PersonFactory()
    path = link(lantern)

    with pytest.raises(Refused) as refused:
        accept_invitation(token_of(path), answers={}, agreed_to=[], by=ben)

    assert refused.value.code == "affirm"
    assert Invitation.objects.get().uses == 0


def test_mailed_invitation_is_for_one_person():
    lantern, ada = group(), PersonFactory(name="Ada")
    lead(ada, lantern)

    invitation = invite_by_mail(lantern, role(lantern, Power.OBSERVE), "ines@Example.org", name="Inês", by=ada)

    ines = invitation.person
    assert (ines.name, ines.email) == ("Inês", "ines@example.org")
    letter = Letter.objects.get(recipient=ines.email)
    assert letter.subject == "Ada invites you to Lantern Working Group"
    assert "As an observer you can follow" in letter.text
    path = mailed_path(ines)
    assert why_closed(invitation_of(token_of(path)), PersonFactory()) != ""
    with pytest.raises(Refused):
        use(path, PersonFactory())
    assert use(path, ines).role.power == Power.OBSERVE


def test_who_is_here_or_invited_is_not_invited_again():
    lantern = group()
    ben = join(PersonFactory(), lantern)
    observe = role(lantern, Power.OBSERVE)
    invite_by_mail(lantern, observe, "ines@example.org", by=system())

    for email, code in (
        (ben.email.upper(), "already_there"),
        ("INES@example.org", "already_invited"),
        ("x", "invalid"),
    ):
        with pytest.raises(Refused) as refused:
            invite_by_mail(lantern, observe, email, by=system())
        assert refused.value.code == code
    assert Telling.objects.count() == 1


def test_sending_again_makes_the_old_link_stop(freeze):
    clock = freeze("2026-03-02T12:00Z")
    lantern = group()
    invitation = invite_by_mail(lantern, role(lantern, Power.OBSERVE), "ines@example.org", by=system())
    first = mailed_path(invitation.person)

    with pytest.raises(Refused) as refused:
        send_invitation_again(invitation, by=system())
    assert refused.value.code == "too_soon"
    clock.shift(3_600)
    send_invitation_again(invitation, by=system())

    assert invitation_of(token_of(first)) is None
    assert use(mailed_path(invitation.person), invitation.person)
    with pytest.raises(Refused) as refused:
        send_invitation_again(invitation, by=system())
    assert refused.value.code == "closed"


def test_nobody_sends_more_than_fifty_invitations_a_day(freeze, monkeypatch):
    clock = freeze("2026-03-02T12:00Z")
    monkeypatch.setattr("folkmoot.groups.actions.invitations.MOST_MAILS_A_DAY", 2)
    lantern, ada = group(), PersonFactory()
    lead(ada, lantern)
    observe = role(lantern, Power.OBSERVE)
    for number in range(2):
        invite_by_mail(lantern, observe, f"{number}@example.org", by=ada)

    with pytest.raises(Refused) as refused:
        invite_by_mail(lantern, observe, "9@example.org", by=ada)
    assert refused.value.code == "too_many"
    assert not Person.objects.filter(email="9@example.org").exists()
    clock.shift(86_401)
    assert invite_by_mail(lantern, observe, "9@example.org", by=ada)


def test_taking_back_is_told_once():
    lantern = group()
    link(lantern)

    revoke_invitation(Invitation.objects.get(), by=system())
    revoke_invitation(Invitation.objects.get(), by=system())

    assert Entry.objects.filter(kind="groups.invitation_revoked").count() == 1


@pytest.mark.parametrize("days", [0, 91])
def test_link_is_open_for_a_bounded_time(days):
    with pytest.raises(Refused) as refused:
        link(group(), days=days)

    assert refused.value.code == "invalid"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("stranger", False),
        ("observer", False),
        ("participant", False),
        ("manager", True),
        ("other manager", False),
        ("steward", True),
        ("machine", True),
    ],
)
def test_who_may_invite(who, may):
    lantern = group()
    actor = {
        "stranger": PersonFactory,
        "observer": lambda: join(PersonFactory(), lantern, Power.OBSERVE),
        "participant": lambda: join(PersonFactory(), lantern),
        "manager": lambda: join(PersonFactory(), lantern, Power.MANAGE),
        "other manager": lambda: join(PersonFactory(), group("Other", text="# Other\n"), Power.MANAGE),
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
    }[who]()
    there = make_invitation_link(lantern, role(lantern, Power.OBSERVE), by=system())[0]

    def allowed(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    assert allowed(lambda: link(lantern, by=actor)) == may
    assert allowed(lambda: invite_by_mail(lantern, role(lantern, Power.OBSERVE), "i@example.org", by=actor)) == may
    assert allowed(lambda: revoke_invitation(there, by=actor)) == may


def race_for_the_last_use(path: str) -> int:
    """How many of three came in by a link for one person, after all tried at once."""
    people = PersonFactory.create_batch(3)
    start = threading.Barrier(3)

    def run(person) -> None:
        start.wait()
        try:
            use(path, person)
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Participation.objects.filter(person__in=people, ended_at=None).count()


@pytest.mark.django_db(transaction=True)
def test_link_for_one_lets_one_in_in_a_race():
    path = link(group(), most_uses=1)

    assert race_for_the_last_use(path) == 1
    assert Invitation.objects.get().uses == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_count_all_come_in(monkeypatch):
    """The race above proves something only if this one sees it: nobody counts, and all looked before anybody came."""
    together = threading.Barrier(3)
    path = link(group(), most_uses=1)

    def looked_at_once(invitation, person, **rest) -> str:
        reason = why_closed(invitation, person, **rest)
        together.wait(timeout=20)
        return reason

    monkeypatch.setattr("folkmoot.groups.actions.invitations.why_closed", looked_at_once)
    monkeypatch.setattr("folkmoot.groups.actions.invitations.count_use", lambda invitation: None)
    monkeypatch.setattr("folkmoot.groups.actions.invitations.record", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.groups.test_invitations.accept_invitation", accept_invitation.__wrapped__)

    assert race_for_the_last_use(path) == 3


def test_count_stops_at_the_last_use():
    link(group(), most_uses=1)
    invitation = Invitation.objects.get()
    count_use(invitation)

    with pytest.raises(Refused) as refused:
        count_use(invitation)

    assert refused.value.code == "used_up"
