"""One digest per person and period, with everything in it, and none when there is nothing."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex

import pytest
from django.utils import timezone

from folkmoot.notices.actions import send_digests, sending, set_hours, set_wishes, tell
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.models import Delivery, Digest, Letter
from tests.factories.people import PersonFactory
from tests.notices.kinds import Moved
from tests.notices.racing import WORKERS, at_once, together

pytestmark = pytest.mark.django_db

SUNDAY = "2026-05-03T12:00Z"


def reader(every=Every.WEEK, **fields):
    """Somebody in Lisbon who wants calls in a digest, on Mondays at 8."""
    ada = PersonFactory(**fields)
    set_wishes(ada, {("calls", "mail"): Choice.DIGEST})
    set_hours(ada, every=every, weekday=0, hour=8, quiet_from=None, quiet_until=None)
    return ada


def test_digest_gathers_what_was_told_since_the_last_one(freeze):
    clock = freeze(SUNDAY)
    ada = reader()
    tell([ada], Moved("Planning"))
    tell([ada], Moved("Review"))

    on_sunday = send_digests(timezone.now())
    clock.move_to("2026-05-04T07:01Z", tick=False)
    tell([ada], Moved("Too late for this one"))
    on_monday, again = send_digests(timezone.now()), send_digests(timezone.now())

    letter = Letter.objects.get()
    assert (on_sunday, on_monday, again) == (0, 1, 0)
    assert [word in letter.text for word in ("Planning", "Review", "Too late")] == [True, True, False]
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.headers["Precedence"] == "bulk"
    assert Digest.objects.get().period == "2026-W19"
    assert Delivery.objects.filter(letter=letter).count() == 2


def test_next_digest_has_the_rest(freeze):
    clock = freeze(SUNDAY)
    ada = reader(every=Every.DAY)
    tell([ada], Moved("Planning"))
    clock.shift(timedelta(days=1))
    send_digests(timezone.now())
    tell([ada], Moved("Review"))

    clock.shift(timedelta(days=1))
    sent = send_digests(timezone.now())

    assert sent == 1
    assert [("Planning" in letter.text, "Review" in letter.text) for letter in Letter.objects.order_by("pk")] == [
        (True, False),
        (False, True),
    ]


def test_empty_digest_is_not_sent(freeze):
    clock = freeze(SUNDAY)
    reader()

    clock.shift(timedelta(days=8))

    assert send_digests(timezone.now()) == 0
    assert not Digest.objects.exists()


def test_who_wants_no_digest_finds_it_in_the_list_alone(freeze):
    clock = freeze(SUNDAY)
    ada = reader(every=Every.NEVER)
    tell([ada], Moved("Planning"))

    clock.shift(timedelta(days=8))

    assert send_digests(timezone.now()) == 0
    assert Delivery.objects.get(channel="mail").reason == "no_digest"


def test_what_waited_for_a_digest_that_never_comes_is_left_out(freeze):
    clock = freeze(SUNDAY)
    ada = reader()
    tell([ada], Moved("Planning"))

    set_hours(ada, every=Every.NEVER, weekday=0, hour=8, quiet_from=None, quiet_until=None)
    left_out = Delivery.objects.get(channel="mail")
    set_hours(ada, every=Every.DAY, weekday=0, hour=8, quiet_from=None, quiet_until=None)
    clock.shift(timedelta(days=8))

    assert (left_out.state, left_out.reason) == ("skipped", "not_wanted")
    assert send_digests(timezone.now()) == 0


def test_reminder_comes_in_the_digest_after_its_time(freeze):
    clock = freeze(SUNDAY)
    ada = reader(every=Every.DAY)
    tell([ada], Moved("Planning"), not_before=timezone.now() + timedelta(days=1, hours=12))

    sent = []
    for _day in range(3):
        clock.shift(timedelta(days=1))
        sent.append(send_digests(timezone.now()))

    assert sent == [0, 1, 0]


def test_digest_for_nobody_costs_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        send_digests(timezone.now())


def gather_at_once(monkeypatch) -> int:
    """How many digests several schedulers wrote who all had found that one is due."""
    tell([reader()], Moved("Planning"))
    monkeypatch.setattr(sending, "_send_digest", together(sending._send_digest))
    return sum(at_once(lambda: send_digests(timezone.now() + timedelta(days=8))))


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_write_one_digest(monkeypatch):
    assert gather_at_once(monkeypatch) == 1
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_row_per_period_is_enough_to_write_one_digest(monkeypatch):
    """Two guards stand here; this is the second alone: everybody believes that all still waits."""
    monkeypatch.setattr(sending, "gathered", found_before)

    assert gather_at_once(monkeypatch) == 1
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_both_guards_every_scheduler_writes_one(monkeypatch):
    monkeypatch.setattr(sending, "gathered", found_before)
    monkeypatch.setattr(
        sending,
        "begin_digest",
        lambda person, channel, period: Digest.objects.create(person=person, channel=channel, period=token_hex(5)),
    )

    assert gather_at_once(monkeypatch) == WORKERS
    assert Letter.objects.count() == WORKERS


def found_before(person, channel, until) -> list[Delivery]:
    """What waited before anybody began, taken or not."""
    return list(Delivery.objects.filter(telling__person=person, channel=channel, in_digest=True))
