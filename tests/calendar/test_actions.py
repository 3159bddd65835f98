from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from folkmoot.calendar.actions import announce_again, items, keep_components, publish, withdraw
from folkmoot.calendar.models import Audience, CalendarItem, FeedStamp, Status
from tests.factories.calendar import planned

pytestmark = pytest.mark.django_db

WEEKLY = {"rule": "FREQ=WEEKLY;BYDAY=WE"}
SECOND = dt.datetime(2026, 12, 2, 8)


def stamps():
    return dict(FeedStamp.objects.values_list("key", "revision"))


def everything():
    return list(CalendarItem.objects.order_by("pk").values()), stamps()


def test_first_publishing_starts_at_sequence_nought(freeze):
    freeze("2026-11-23T12:00:00.75Z")

    item = publish(planned())

    assert (item.sequence, item.status) == (0, Status.CONFIRMED)
    assert item.changed_at == dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    assert item.starts_at == dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC)
    assert item.ends_at == dt.datetime(2026, 11, 25, 8, tzinfo=dt.UTC)
    assert "DTSTART;TZID=Europe/Berlin:20261125T080000\r\n" in item.component
    assert "DTSTAMP:20261123T120000Z\r\n" in item.component


def test_publishing_what_is_published_writes_nothing(freeze, django_assert_num_queries):
    clock = freeze("2026-11-23T12:00Z")
    publish(planned(**WEEKLY))
    before = everything()
    clock.shift(3600)

    with django_assert_num_queries(4):  # savepoint, the item, who joins it, savepoint
        publish(planned(**WEEKLY))

    assert everything() == before


@pytest.mark.parametrize(
    "change",
    [
        {"starts": dt.datetime(2026, 11, 25, 9)},
        {"zone": "Europe/Helsinki"},
        {"duration": dt.timedelta(minutes=90)},
        {"location": "The oak"},
        {"is_cancelled": True},
        {"rule": "FREQ=WEEKLY;BYDAY=WE"},
        {"rule": "FREQ=WEEKLY;BYDAY=WE", "exdates": (SECOND,)},
    ],
)
def test_change_of_time_place_or_status_raises_the_sequence(freeze, change):
    clock = freeze("2026-11-23T12:00Z")
    publish(planned())
    clock.shift(60)

    item = publish(planned(**change))

    assert item.sequence == 1
    assert item.changed_at == dt.datetime(2026, 11, 23, 12, 1, tzinfo=dt.UTC)
    assert "SEQUENCE:1\r\n" in item.component
    assert stamps() == {"organisation": 2}


@pytest.mark.parametrize("change", [{"summary": "Other"}, {"description": "More"}, {"path": "/meetings/2/"}])
def test_change_of_words_is_stamped_but_raises_no_sequence(freeze, change):
    clock = freeze("2026-11-23T12:00Z")
    publish(planned())
    clock.shift(60)

    item = publish(planned(**change))

    assert item.sequence == 0
    assert "DTSTAMP:20261123T120100Z\r\n" in item.component
    assert stamps() == {"organisation": 2}


def test_stamp_never_goes_back_when_the_machine_clock_does(freeze):
    freeze("2026-11-23T12:00Z")
    publish(planned())
    freeze("2026-11-23T11:00Z")

    item = publish(planned(summary="Other"))

    assert item.changed_at == dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    assert stamps() == {"organisation": 2}


def test_changed_occurrence_shares_the_uid_and_starts_above_its_series():
    series = publish(planned(**WEEKLY))

    item = publish(planned(recurrence_id=SECOND, starts=dt.datetime(2026, 12, 3, 9)))

    assert (item.uid, item.parent, item.sequence) == (series.uid, series, 1)
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20261202T080000\r\n" in item.component
    assert CalendarItem.objects.get(recurrence_id=None).sequence == 0


def test_changed_occurrence_of_an_unknown_series_is_a_mistake():
    with pytest.raises(CalendarItem.DoesNotExist):
        publish(planned(recurrence_id=SECOND))


def test_second_of_two_equal_times_is_written_in_utc():
    item = publish(planned(starts=dt.datetime(2026, 10, 25, 2, 30), fold=1))
    first = publish(planned(uid="first", starts=dt.datetime(2026, 10, 25, 2, 30)))

    assert item.starts_at - first.starts_at == dt.timedelta(hours=1)
    assert "DTSTART:20261025T013000Z\r\n" in item.component
    assert "DTSTART;TZID=Europe/Berlin:20261025T023000\r\n" in first.component


def test_fold_means_nothing_where_a_time_comes_once():
    assert publish(planned(fold=1)).fold == 0


def test_withdrawn_item_stays_as_cancelled_and_is_told_once(freeze):
    clock = freeze("2026-11-23T12:00Z")
    publish(planned())
    clock.shift(60)

    withdraw("lantern-1")
    after = everything()
    clock.shift(60)
    withdraw("lantern-1")

    item = CalendarItem.objects.get()
    assert (item.status, item.sequence) == (Status.CANCELLED, 1)
    assert "STATUS:CANCELLED\r\n" in item.component
    assert everything() == after


def test_withdrawing_what_was_never_published_is_nothing():
    withdraw("nobody")

    assert everything() == ([], {})


def test_announcing_again_raises_the_sequence_of_the_series(freeze):
    clock = freeze("2026-11-23T12:00Z")
    publish(planned(**WEEKLY))
    clock.shift(60)

    announce_again("lantern-1")
    announce_again("nobody")

    item = CalendarItem.objects.get()
    assert item.sequence == 1
    assert "DTSTAMP:20261123T120100Z\r\n" in item.component
    assert stamps() == {"organisation": 2}


def test_every_feed_that_an_item_leaves_or_enters_is_stamped():
    one, two = a_group(1), a_group(2)
    publish(planned(group=one))

    publish(planned(group=two))

    assert stamps() == {f"group-{one.pk}": 2, f"group-{two.pk}": 1, "organisation": 2}


def a_group(number):
    from folkmoot.groups.models import Group

    return Group.objects.create(slug=f"group-{number}", name=f"Group {number}")


@pytest.mark.parametrize(
    ("rule", "ends"),
    [
        ("FREQ=WEEKLY;BYDAY=WE", None),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", dt.datetime(2026, 12, 9, 8, tzinfo=dt.UTC)),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261209T070000Z", dt.datetime(2026, 12, 9, 8, tzinfo=dt.UTC)),
        ("FREQ=MONTHLY;BYDAY=4WE;UNTIL=20270331T220000Z", dt.datetime(2027, 3, 31, 7, tzinfo=dt.UTC)),
    ],
)
def test_series_is_bounded_by_its_last_day(rule, ends):
    assert publish(planned(rule=rule)).ends_at == ends


def test_components_kept_for_another_address_are_written_anew(settings):
    item = publish(planned())
    settings.PUBLIC_ADDRESS = "https://moot.example.org"

    count = keep_components()

    kept = CalendarItem.objects.get()
    assert count == 1
    assert "URL:https://moot.example.org/meetings/1/\r\n" in kept.component
    assert (kept.changed_at, kept.sequence) == (item.changed_at, item.sequence)
    assert keep_components() == 0


def test_nightly_task_keeps_components(settle, settings):
    from folkmoot.calendar.tasks import keep_components as task

    publish(planned())
    settings.PUBLIC_ADDRESS = "https://moot.example.org"
    task.enqueue()

    settle()

    assert "https://moot.example.org" in CalendarItem.objects.get().component


@pytest.mark.parametrize(
    "summary",
    [
        "Call\r\nBEGIN:VEVENT",
        "nul \x00 inside",
        "👩‍👩‍👧‍👦" * 60,
        "\u202eright to left\u202c",
        "x" * 10_000,
        "semi; comma, back\\slash",
        "\x00\r\n",
    ],
)
def test_hostile_words_stay_one_folded_property(summary):
    item = publish(planned(summary=summary, description=summary, location=summary))

    lines = item.component.split("\r\n")
    assert lines[-1] == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all("\n" not in line and "\r" not in line for line in lines)
    assert [line for line in lines if line.startswith("BEGIN:")] == ["BEGIN:VEVENT"]
    assert sum(line.startswith("SUMMARY:") for line in lines) == 1
    assert "\x00" not in item.component


def test_database_keeps_one_item_per_uid_and_occurrence():
    series = publish(planned(**WEEKLY))
    publish(planned(recurrence_id=SECOND))
    for copied in CalendarItem.objects.all():
        copied.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            copied.save(force_insert=True)
    assert series.overrides.count() == 1


@pytest.mark.parametrize(
    "broken",
    [{"summary": ""}, {"fold": 2}, {"ends_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, {"recurrence_id": SECOND}],
)
def test_database_refuses_items_that_make_no_sense(broken):
    item = publish(planned())

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarItem.objects.filter(pk=item.pk).update(**broken)


def test_publish_does_not_hide_a_broken_promise():
    """A refusal by the database that is no race comes through, instead of being tried for ever."""
    with pytest.raises(IntegrityError):
        publish(planned(source=None))


def test_someone_else_publishing_the_same_first_is_no_failure(monkeypatch):
    asked = []
    look = items._item

    def first_look_misses(uid, recurrence_id):
        asked.append(uid)
        return None if len(asked) == 1 else look(uid, recurrence_id)

    publish(planned(summary="Theirs"))
    monkeypatch.setattr(items, "_item", first_look_misses)

    item = publish(planned(summary="Ours"))

    assert CalendarItem.objects.get() == item
    assert item.summary == "Ours"


def test_audience_is_public_unless_said():
    assert publish(planned()).audience == Audience.PUBLIC
