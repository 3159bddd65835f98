"""Several publish the same item at once. Each race has its control, which must lose what the guard saves."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connections

from folkmoot.calendar.actions import items
from folkmoot.calendar.models import CalendarItem, FeedStamp
from tests.factories.calendar import planned

pytestmark = pytest.mark.django_db(transaction=True)

RUNNERS = 4


def race(run: Callable[[int], object]) -> list[Exception]:
    start, failed = threading.Barrier(RUNNERS), []

    def one(number: int) -> None:
        start.wait(timeout=20)
        try:
            run(number)
        except Exception as error:  # noqa: BLE001 -- handed to the test, which fails on any
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(RUNNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def at(hour: int):
    return planned(starts=dt.datetime(2026, 11, 25, 10 + hour))


def test_item_that_all_publish_first_is_there_once():
    assert race(lambda number: items.publish(at(0))) == []

    assert CalendarItem.objects.get().sequence == 0
    assert FeedStamp.objects.get().revision == 1


def test_every_change_raises_the_sequence_and_the_stamp():
    items.publish(planned())

    assert race(lambda number: items.publish(at(number))) == []

    assert CalendarItem.objects.get().sequence == RUNNERS
    assert FeedStamp.objects.get().revision == 1 + RUNNERS


def test_control_without_the_lock_changes_are_lost(monkeypatch):
    """The race above proves something only if this one sees it: no transaction, no lock, all read at once."""
    items.publish(planned())
    all_have_read = threading.Barrier(RUNNERS)

    def read_together(uid, recurrence_id):
        item = CalendarItem.objects.select_related("parent", "group").get(uid=uid, recurrence_id=recurrence_id)
        all_have_read.wait(timeout=20)
        return item

    monkeypatch.setattr(items, "_item", read_together)

    assert race(lambda number: items.publish.__wrapped__(at(number))) == []

    assert CalendarItem.objects.get().sequence == 1
