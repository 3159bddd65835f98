"""Telling people: once each, by the ways they chose, now or later."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from folkmoot.notices.actions import send_due, sending, set_hours, set_wishes, tell, untell
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.kinds import Audience
from folkmoot.notices.models import Address, Delivery, Letter, ListAddress, Telling
from folkmoot.notices.queries import notices_of, unread_count
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.notices.kinds import Answer, Moved
from tests.notices.racing import WORKERS, at_once, together

pytestmark = pytest.mark.django_db

NOON = "2026-05-01T12:00Z"


def ways(person) -> dict[str, tuple[str, str]]:
    """State and reason of the only telling of a person, by channel."""
    return {one.channel: (one.state, one.reason) for one in Delivery.objects.filter(telling__person=person)}


def quiet(person, begins=time(22), ends=time(7)) -> None:
    set_hours(person, every=Every.WEEK, weekday=0, hour=8, quiet_from=begins, quiet_until=ends)


def test_person_is_told_in_the_list_and_by_mail():
    ada = PersonFactory()

    (telling,) = tell([ada], Moved("Planning"))

    letter = Letter.objects.get()
    assert list(notices_of(ada)) == [telling]
    assert unread_count(ada) == 1
    assert (letter.recipient, letter.subject) == (ada.email, "“Planning” moves")
    assert ways(ada) == {"app": ("sent", ""), "mail": ("waiting", "")}


def test_mail_is_sent_once_the_server_has_taken_it(mail_server, settle):
    ada = PersonFactory()
    tell([ada], Moved("Planning"))

    settle()

    assert len(mail_server.mails) == 1
    assert ways(ada)["mail"] == ("sent", "")


def test_who_is_reached_by_two_paths_is_told_once():
    ada, ben = PersonFactory(), PersonFactory()
    participants, managers = [ada, ben], [ada]

    told = tell(Audience([*participants, *managers]), Moved("Planning"))

    assert [telling.person for telling in told] == [ada, ben]
    assert Letter.objects.count() == 2


def test_notice_with_a_key_is_told_once_in_all_and_others_each_time():
    ada = PersonFactory()

    first, second = tell([ada], Moved("Planning", key="7")), tell([ada], Moved("Planning", key="7"))
    tell([ada], Moved("Planning"))
    tell([ada], Moved("Planning"))

    assert (len(first), len(second)) == (1, 0)
    assert Telling.objects.count() == Letter.objects.count() == 3


def test_who_has_left_is_told_nothing():
    assert tell([PersonFactory(is_active=False)], Moved("Planning")) == []


def test_telling_goes_with_a_rolled_back_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        tell([PersonFactory()], Moved("Planning"))
        raise RuntimeError

    assert not Telling.objects.exists()
    assert not Delivery.objects.exists()
    assert not Letter.objects.exists()


def test_names_stand_in_mails_as_they_are_written():
    tell([PersonFactory()], Moved("D'Arcy & <Söhne>\r\nBcc: x@example.org"))

    assert Letter.objects.get().subject == "“D'Arcy & <Söhne> Bcc: x@example.org” moves"


@pytest.mark.parametrize(
    ("choice", "mail"),
    [
        (Choice.NOW, ("waiting", "")),
        (Choice.DIGEST, ("waiting", "")),
        (Choice.NOT, ("skipped", "not_wanted")),
    ],
)
def test_mail_comes_as_it_was_chosen(choice, mail):
    ada = PersonFactory()
    set_wishes(ada, {("calls", "mail"): choice})

    tell([ada], Moved("Planning"))

    assert ways(ada) == {"app": ("sent", ""), "mail": mail}
    assert Letter.objects.count() == (choice == Choice.NOW)


def test_list_may_be_left_empty():
    ada = PersonFactory()
    set_wishes(ada, {("calls", "app"): Choice.NOT})

    tell([ada], Moved("Planning"))

    assert list(notices_of(ada)) == []
    assert ways(ada)["app"] == ("skipped", "not_wanted")
    assert Letter.objects.count() == 1


def test_what_is_needed_comes_whatever_was_chosen(freeze):
    freeze("2026-05-01T23:00Z")
    ada = PersonFactory(zone="UTC")
    quiet(ada)
    set_wishes(ada, {("calls", "mail"): Choice.NOT, ("calls", "app"): Choice.NOT})

    tell([ada], Answer("Planning"))

    assert unread_count(ada) == 1
    assert Letter.objects.count() == 1


def test_mail_waits_for_the_end_of_quiet_hours_and_the_list_does_not(freeze):
    clock = freeze("2026-05-01T21:30Z")
    ada = PersonFactory(zone="Europe/Lisbon")
    quiet(ada)

    tell([ada], Moved("Planning"))
    at_night = unread_count(ada), Letter.objects.count(), ways(ada)["mail"]
    clock.shift(timedelta(hours=8, minutes=29))
    too_early = send_due(timezone.now())
    clock.shift(60)
    in_the_morning = send_due(timezone.now()), send_due(timezone.now())

    assert at_night == (1, 0, ("waiting", "quiet_hours"))
    assert too_early == 0
    assert in_the_morning == (1, 0)
    assert Letter.objects.count() == 1


def test_person_without_an_address_is_told_in_the_list():
    ada = PersonFactory(email=None)

    tell([ada], Moved("Planning"))

    assert unread_count(ada) == 1
    assert ways(ada)["mail"] == ("skipped", "no_address")


def test_paused_address_holds_mails():
    ada = PersonFactory(email="Ada@example.org")
    Address.objects.create(address="ada@EXAMPLE.org", paused_at=timezone.now())

    tell([ada], Answer("Planning"))

    assert ways(ada) == {"app": ("sent", ""), "mail": ("held", "address_paused")}
    assert not Letter.objects.exists()


def test_reminder_is_neither_seen_nor_sent_before_its_time(freeze, settle):
    clock = freeze(NOON)
    ada = PersonFactory()

    tell([ada], Moved("Planning", key="7"), not_before=datetime(2026, 5, 2, 12, tzinfo=UTC))
    before = unread_count(ada), send_due(timezone.now()), Letter.objects.count()
    clock.shift(timedelta(days=1))
    went = send_due(timezone.now())

    assert before == (0, 0, 0)
    assert went == 2
    assert (unread_count(ada), Letter.objects.count()) == (1, 1)


def test_reminder_that_no_longer_holds_is_taken_back_and_may_be_told_again(freeze):
    clock = freeze(NOON)
    ada, ben = PersonFactory(), PersonFactory()
    later = datetime(2026, 5, 2, 12, tzinfo=UTC)
    tell([ada, ben], Moved("Planning", key="7"), not_before=later)

    for_ada = untell("notices.test_moved", "7", people=[ada])
    other, for_all, again = (
        untell("notices.test_moved", "8"),
        untell("notices.test_moved", "7"),
        untell("notices.test_moved", "7"),
    )
    told_again = tell([ada], Moved("Planning", key="7"), not_before=later)
    clock.shift(timedelta(days=2))
    send_due(timezone.now())

    assert (for_ada, other, for_all, again) == (1, 0, 1, 0)
    assert len(told_again) == 1
    assert [letter.recipient for letter in Letter.objects.all()] == [ada.email]


def test_what_was_seen_is_not_taken_back_and_its_waiting_mail_is(freeze):
    freeze("2026-05-01T23:00Z")
    ada = PersonFactory(zone="UTC")
    quiet(ada)
    tell([ada], Moved("Planning", key="7"))

    taken_back = untell("notices.test_moved", "7")

    assert taken_back == 1
    assert ways(ada) == {"app": ("sent", ""), "mail": ("skipped", "no_longer_holds")}
    assert unread_count(ada) == 1


def test_lists_of_the_place_hear_once_each(freeze):
    freeze(NOON)
    organisation()
    confirmed = {"confirmed_at": timezone.now()}
    ListAddress.objects.create(place="group:3", address="a@lists.example.org", **confirmed)
    ListAddress.objects.create(place="group:3", address="b@lists.example.org")
    ListAddress.objects.create(place="group:3", address="c@lists.example.org", **confirmed)
    ListAddress.objects.create(place="group:4", address="d@lists.example.org", **confirmed)
    Address.objects.create(address="C@lists.example.org", paused_at=timezone.now())

    for _twice in range(2):
        tell(Audience([], place="group:3"), Moved("Planning", key="7"))

    letter = Letter.objects.get()
    assert letter.recipient == "a@lists.example.org"
    assert letter.headers["Precedence"] == "list"
    assert "List-Unsubscribe" not in letter.headers


def test_notice_that_is_not_for_lists_goes_to_none():
    ListAddress.objects.create(place="group:3", address="a@lists.example.org", confirmed_at=timezone.now())

    class Private(Moved):
        kind = "notices.test_private"
        for_lists = False

    tell(Audience([], place="group:3"), Private("Planning"))

    assert not Letter.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_telling_asks_for_wishes_once_for_all(django_assert_num_queries, count):
    organisation()
    people = PersonFactory.create_batch(count)
    tell(people, Moved("Warm"))

    # Savepoints, wishes, hours, addresses; then for each the telling in its savepoint, two deliveries, list, letter.
    with django_assert_num_queries(5 + 9 * count):
        tell(people, Moved("Planning"))


def remind_at_once() -> int:
    """How many of several schedulers, all at once, told one person of one thing."""
    ada = PersonFactory()
    return sum(at_once(lambda: len(tell([ada], Moved("Planning", key="7")))))


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_remind_a_person_of_a_thing_once():
    assert remind_at_once() == 1
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_key_every_scheduler_reminds(monkeypatch):
    """The race above proves something only if this one sees it: here no key stands in the way."""
    monkeypatch.setattr(Moved, "once", lambda self: "")

    assert remind_at_once() == WORKERS
    assert Letter.objects.count() == WORKERS


def send_at_once(monkeypatch) -> int:
    """How many deliveries several workers sent who all had found the same two."""
    tell([PersonFactory()], Moved("Planning"), not_before=timezone.now() + timedelta(days=1))
    monkeypatch.setattr(sending, "_send_one", together(sending._send_one))
    return sum(at_once(lambda: send_due(timezone.now() + timedelta(days=2))))


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_what_is_due_once(monkeypatch):
    assert send_at_once(monkeypatch) == 2
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_a_second_look_every_worker_sends(monkeypatch):
    monkeypatch.setattr(sending, "still_waits", lambda delivery: True)

    assert send_at_once(monkeypatch) == 2 * WORKERS
    assert Letter.objects.count() == WORKERS
