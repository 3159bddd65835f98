from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from folkmoot.calendar.actions import publish
from folkmoot.calendar.fields import WallTimeField
from folkmoot.calendar.models import CalendarItem
from tests.factories.calendar import planned

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wall", [dt.datetime(2026, 3, 29, 2, 30), dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30, 23, 59, 59)]
)
def test_wall_time_comes_back_as_it_was_agreed(wall):
    publish(planned(starts=wall, zone="UTC"))

    assert CalendarItem.objects.get().starts == wall
    assert CalendarItem.objects.filter(starts=wall).exists()


def test_wall_times_sort_and_compare_by_time():
    walls = [dt.datetime(2026, 11, 25, 8), dt.datetime(2026, 2, 1, 23), dt.datetime(2025, 12, 31)]
    for number, wall in enumerate(walls):
        publish(planned(uid=str(number), starts=wall))

    found = CalendarItem.objects.filter(starts__gte=dt.datetime(2026, 1, 1)).order_by("starts")

    assert [item.starts for item in found] == [walls[1], walls[0]]


def test_aware_datetime_is_the_mistake_of_the_caller():
    with pytest.raises(ValueError, match="has a zone"):
        CalendarItem.objects.filter(starts=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).exists()


def test_text_that_is_no_time_is_refused():
    with pytest.raises(ValidationError, match="not a date with a time"):
        WallTimeField().to_python("soon")
