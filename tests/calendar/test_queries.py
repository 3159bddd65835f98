from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.calendar.actions import publish
from folkmoot.calendar.models import Audience
from folkmoot.calendar.offers import occurrence_paths
from folkmoot.calendar.queries import MOST_AT_ONCE, has_item, public_between, single_event
from folkmoot.groups.models import Group
from tests.factories.calendar import planned

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
END = dt.datetime(2026, 12, 21, tzinfo=dt.UTC)
WEEKLY = {"rule": "FREQ=WEEKLY;BYDAY=WE"}


def at(day, hour=7, month=12):
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


def starts(**given):
    return [one.starts_at for one in public_between(START, END, **given)]


def test_series_is_worked_out_within_the_window():
    publish(planned(starts=dt.datetime(2025, 1, 1, 8), **WEEKLY))

    assert starts() == [at(25, month=11), at(2), at(9), at(16)]


def test_window_takes_in_what_is_under_way_and_leaves_out_what_is_over():
    publish(planned(uid="over", starts=dt.datetime(2026, 11, 23), duration=dt.timedelta(hours=1)))  # 23:00 UTC to 0:00
    publish(planned(uid="under way", starts=dt.datetime(2026, 11, 23), duration=dt.timedelta(hours=2)))
    publish(planned(uid="at the end", starts=dt.datetime(2026, 12, 21, 1)))

    assert starts() == [at(22, 23, 11)]


def test_series_under_way_at_the_start_is_taken_in():
    publish(planned(starts=dt.datetime(2026, 11, 16, 0, 30), rule="FREQ=WEEKLY;BYDAY=MO;COUNT=2"))

    assert starts() == [at(22, 23, 11) + dt.timedelta(minutes=30)]


def test_moved_and_cancelled_occurrences_take_the_place_of_the_regular_ones():
    publish(planned(**WEEKLY))
    publish(planned(recurrence_id=dt.datetime(2026, 12, 2, 8), starts=dt.datetime(2026, 12, 3, 10)))
    publish(planned(recurrence_id=dt.datetime(2026, 12, 9, 8), starts=dt.datetime(2026, 12, 9, 8), is_cancelled=True))

    shown = public_between(START, END)

    assert [(one.starts_at, one.was_at, one.is_cancelled) for one in shown] == [
        (at(25, month=11), None, False),
        (at(3, 9), at(2), False),
        (at(9), None, True),
        (at(16), None, False),
    ]


def test_occurrence_moved_across_the_edge_of_the_window_is_shown_where_it_is_now():
    publish(planned(**WEEKLY))
    publish(planned(recurrence_id=dt.datetime(2026, 12, 16, 8), starts=dt.datetime(2027, 1, 6, 12)))
    publish(planned(recurrence_id=dt.datetime(2026, 12, 23, 8), starts=dt.datetime(2026, 12, 20, 8)))

    assert starts() == [at(25, month=11), at(2), at(9), at(20)]


def test_excluded_occurrences_and_ended_series_are_not_shown():
    publish(planned(uid="1", exdates=(dt.datetime(2026, 12, 2, 8),), **WEEKLY))
    publish(planned(uid="2", starts=dt.datetime(2026, 9, 2, 8), rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20261031T220000Z"))

    assert starts() == [at(25, month=11), at(9), at(16)]


def test_only_what_is_public_and_of_the_group_asked_for():
    oak, ash = (Group.objects.create(slug=name, name=name) for name in ("oak", "ash"))
    publish(planned(uid="1", group=oak))
    publish(planned(uid="2", group=ash, starts=dt.datetime(2026, 11, 26, 8)))
    publish(planned(uid="3", group=oak, audience=Audience.GROUP))

    assert starts(groups=[oak]) == [at(25, month=11)]
    assert starts() == [at(25, month=11), at(26, month=11)]


def test_second_of_two_equal_times_comes_an_hour_after_the_first():
    night = dt.datetime(2026, 10, 25, 2, 30)
    publish(planned(uid="second", starts=night, fold=1))
    publish(planned(uid="first", starts=night))

    shown = public_between(dt.datetime(2026, 10, 1, tzinfo=dt.UTC), END)

    assert [one.item.uid for one in shown] == ["first", "second"]
    assert shown[1].starts_at - shown[0].starts_at == dt.timedelta(hours=1)


def test_no_more_than_fit_on_a_page():
    for number in range(15):
        publish(planned(uid=str(number), rule="FREQ=DAILY", starts=dt.datetime(2026, 1, 1, 8)))

    shown = public_between(START, END)

    assert len(shown) == MOST_AT_ONCE
    assert shown[-1].starts_at <= min(START, END) + dt.timedelta(days=28)


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_and_one_for_each_room_whose_series_show(django_assert_num_queries, monkeypatch, count):
    asked = []

    def offer(wanted):
        asked.append(wanted)
        return {one: f"/there/{one[0]}/{one[1]:%d}/" for one in wanted if one[1].day == 2}

    monkeypatch.setattr(occurrence_paths, "_entries", {})
    occurrence_paths.register("tests", offer)
    for number in range(count):
        publish(planned(uid=str(number), group=Group.objects.create(slug=f"g{number}", name=f"G{number}"), **WEEKLY))

    with django_assert_num_queries(1):
        shown = public_between(START, END)
        assert {one.item.group.name for one in shown} == {f"G{number}" for number in range(count)}

    assert [len(wanted) for wanted in asked] == [4 * count]
    assert [one.path for one in shown if one.starts_at == at(2)] == [f"/there/{n}/02/" for n in range(count)]
    assert {one.path for one in shown if one.starts_at != at(2)} == {"/meetings/1/"}


def test_rooms_that_offer_no_pages_leave_the_path_of_the_series():
    publish(planned(source="nobody.one:1", **WEEKLY))

    assert {one.path for one in public_between(START, END)} == {"/meetings/1/"}


def test_single_event_follows_its_series_until_it_is_changed_itself(freeze):
    clock = freeze("2026-11-23T12:00Z")
    second = dt.datetime(2026, 12, 2, 8)
    publish(planned(**WEEKLY))
    plain = single_event(planned(recurrence_id=second, starts=second), uid="own")
    clock.shift(60)
    moved = planned(recurrence_id=second, starts=dt.datetime(2026, 12, 3, 9))
    publish(moved)

    changed = single_event(moved, uid="own")

    assert (plain.uid, plain.sequence, plain.rule, plain.recurrence_id) == ("own", 0, None, None)
    assert plain.changed == dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    assert (changed.uid, changed.sequence, changed.start) == ("own", 1, dt.datetime(2026, 12, 3, 9))
    assert changed.changed == dt.datetime(2026, 11, 23, 12, 1, tzinfo=dt.UTC)


def test_single_event_of_what_was_never_published_has_a_first_version():
    assert single_event(planned(), uid="own").sequence == 0


def test_has_item_knows_what_was_published():
    publish(planned(**WEEKLY))

    assert has_item("lantern-1", None)
    assert not has_item("lantern-1", dt.datetime(2026, 12, 2, 8))
    assert not has_item("nobody", None)
