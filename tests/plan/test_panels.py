"""What plan shows on other pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from folkmoot.plan.actions import add_task, finish_task
from folkmoot.plan.panels import my_tasks
from folkmoot.ui.slots import DESK_PANELS
from tests.calendar.reading import words_of
from tests.factories.plan import checklist, owned, template

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)


def on_desk(person) -> str | None:
    request = RequestFactory().get("/me/")
    request.user = person
    html = DESK_PANELS["my_tasks"].render(request)
    return None if html is None else words_of(html)


def test_desk_shows_what_is_late_or_due_this_week_and_what_it_belongs_to(lantern, ada, ben):
    owned(lantern, ben, title="Late", due_on=TODAY - dt.timedelta(days=2))
    add_task(title="Own", due_on=TODAY, by=ben)
    owned(lantern, ben, title="Next month", due_on=TODAY + dt.timedelta(days=30))
    owned(lantern, ben, title="Some day")
    owned(lantern, ada, title="Hers", due_on=TODAY)
    finish_task(owned(lantern, ben, title="Over", due_on=TODAY), by=ben)
    template(lantern, {"title": "Find hosts", "offset": 0, "who": "owner"})
    checklist(lantern, ben, anchor=TODAY + dt.timedelta(days=1))

    assert on_desk(ben) == (
        "What is due "
        "Tue 24 Nov 2026 2 days late Late Lantern Working Group Done Late "
        "Thu 26 Nov 2026 today Own your own Done Own "
        "Fri 27 Nov 2026 tomorrow Find hosts Open house, Lantern Working Group Done Find hosts "
        "All my tasks"
    )


def test_desk_says_how_many_more_are_due_than_it_shows(lantern, ben):
    for number in range(8):
        owned(lantern, ben, title=f"Task {number}", due_on=TODAY)

    shown = on_desk(ben)

    assert shown.endswith("All my tasks, 2 more of them due")
    assert [f"Done Task {number}" in shown for number in range(8)] == [True] * 6 + [False] * 2


def test_desk_is_silent_when_nothing_is_due(lantern, ben):
    owned(lantern, ben, due_on=TODAY + dt.timedelta(days=7))

    assert on_desk(ben) is None
    assert on_desk(AnonymousUser()) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_asks_twice_for_any_number_of_tasks(lantern, ben, django_assert_num_queries, rows):
    template(lantern)
    checklist(lantern, ben, anchor=TODAY)
    for _ in range(rows):
        owned(lantern, ben, due_on=TODAY)
    request = RequestFactory().get("/me/")
    request.user = ben
    my_tasks(request)  # the organisation's zone is known from now on

    with django_assert_num_queries(2):
        assert my_tasks(request)
