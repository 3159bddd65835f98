from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from folkmoot.groups.models import Power
from folkmoot.ledger import schedule
from folkmoot.ledger.actors import system
from folkmoot.notices.models import Telling
from folkmoot.people.actions import say_away
from folkmoot.plan import tasks as jobs
from folkmoot.plan.actions import finish_task, move_anchor
from folkmoot.plan.actions.reminders import remind_all
from folkmoot.plan.notices import TaskIsDue
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import checklist, owned, task, template

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 12, 3)
DAY = dt.timedelta(days=1)


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-20T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


def told() -> list[tuple[str, str, str]]:
    return list(Telling.objects.order_by("pk").values_list("person__name", "kind", "subject"))


def remind_on(*days: dt.date) -> list[tuple[str, str, str]]:
    for day in days:
        remind_all(today=day)
    return told()


def test_owner_is_reminded_three_days_before_and_on_the_day(lantern, ada, ben):
    owned(lantern, ben, due_on=DUE)

    assert remind_on(*(DUE - count * DAY for count in range(6, -1, -1))) == [
        ("Ben", "plan.task_due", "In 3 days: Water the plants"),
        ("Ben", "plan.task_due", "Today: Water the plants"),
    ]


def test_reminder_of_a_day_on_which_nothing_ran_is_made_up_for(lantern, ben):
    owned(lantern, ben, due_on=DUE)

    assert remind_on(DUE - DAY) == [("Ben", "plan.task_due", "Tomorrow: Water the plants")]


def test_managers_are_told_of_what_is_late_by_three_days_once(lantern, ada, ben):
    owned(lantern, ben, due_on=DUE)
    task(lantern, title="Nobody's", due_on=DUE)

    assert remind_on(DUE + DAY, DUE + 2 * DAY) == []
    assert remind_on(DUE + 3 * DAY, DUE + 4 * DAY) == [
        ("Ada", "plan.task_overdue", "“Water the plants” was due on 3 December"),
        ("Ada", "plan.task_overdue", "“Nobody's” was due on 3 December"),
    ]
    texts = list(Telling.objects.order_by("pk").values_list("text", flat=True))
    assert "Ben has it." in texts[0]
    assert "Nobody has taken it." in texts[1]


def test_nobody_is_reminded_of_what_is_done_or_has_no_day(lantern, ada, ben):
    finish_task(owned(lantern, ben, due_on=DUE), by=ben)
    owned(lantern, ben)

    assert remind_on(DUE - 3 * DAY, DUE, DUE + 5 * DAY) == []


def away(person, first: dt.date, last: dt.date, *, shown: bool = False) -> None:
    say_away(person, first_day=first, last_day=last, shown=shown)


def test_reminders_wait_until_somebody_is_back(lantern, ada, ben):
    owned(lantern, ben, due_on=DUE)
    owned(lantern, ben, title="Before", due_on=DUE - 4 * DAY)
    owned(lantern, ben, title="After", due_on=DUE + 3 * DAY)
    template(lantern, {"title": "Invite", "offset": 0, "who": "owner", "remind": [0]})
    checklist(lantern, ben, anchor=DUE)
    away(ben, DUE - 3 * DAY, DUE)

    while_away = remind_on(*(DUE - count * DAY for count in (3, 2, 1, 0)))
    back = [one for one in remind_on(DUE + DAY, DUE + 2 * DAY) if one[0] == "Ben"]

    assert [one for one in while_away if one[0] == "Ben"] == []
    assert back == [
        ("Ben", "plan.task_due", "While you were away: Water the plants"),
        ("Ben", "plan.task_due", "In 2 days: After"),
        ("Ben", "plan.line_due", "While you were away: Invite"),
    ]
    texts = {one.subject: one.text for one in Telling.objects.filter(person=ben)}
    assert "was due on Thursday 3 December, while you were away." in texts["While you were away: Water the plants"]
    assert (
        "was due on Thursday 3 December, while you were away. It is a step of" in texts["While you were away: Invite"]
    )


def test_others_who_lead_are_reminded_of_a_shared_step_while_one_is_away(lantern, ada):
    join(PersonFactory(name="Eve"), lantern, Power.MANAGE)
    template(lantern, {"title": "Invite", "offset": 0, "who": "manager", "remind": [0]})
    checklist(lantern, anchor=DUE)
    away(ada, DUE, DUE)

    assert remind_on(DUE) == [("Eve", "plan.line_due", "Today: Invite")]
    assert remind_on(DUE + DAY)[1:] == [("Ada", "plan.line_due", "While you were away: Invite")]


@pytest.mark.parametrize("shown", [True, False])
def test_managers_read_until_when_somebody_is_away_where_they_may(shown, lantern, ada, ben):
    owned(lantern, ben, due_on=DUE)
    template(lantern, {"title": "Invite", "offset": 0, "who": "owner", "escalate": 3})
    checklist(lantern, ben, anchor=DUE)
    away(ben, DUE, DUE + 9 * DAY, shown=shown)

    remind_on(DUE + 3 * DAY)

    texts = list(Telling.objects.filter(person=ada).values_list("text", flat=True))
    assert [("Ben is away until 12 December." in text, "away" in text) for text in texts] == [(shown, shown)] * 2


def test_away_costs_the_same_for_any_number(lantern, ben, django_assert_num_queries):
    for count in (1, 2):
        for number in range(count):
            owner = join(PersonFactory(), lantern)
            owned(lantern, owner, due_on=DUE)
            away(owner, DUE, DUE + number * DAY)

        # Tasks, who is away, and what is shown of it; steps, of which there are none.
        with django_assert_num_queries(4):
            remind_all(today=DUE)


def test_who_is_gone_is_told_nothing(lantern, ben):
    owned(lantern, ben, due_on=DUE)
    ben.is_active = False
    ben.save()

    assert remind_on(DUE) == []


def test_moved_due_day_is_reminded_of_anew(lantern, ada, ben):
    template(lantern, {"title": "Invite", "offset": 0, "who": "owner", "remind": [0], "escalate": 2})
    running = checklist(lantern, ben, anchor=DUE)

    remind_on(DUE)
    move_anchor(running, DUE + 10 * DAY, by=system())
    remind_on(DUE, DUE + 10 * DAY, DUE + 12 * DAY, DUE + 13 * DAY)

    assert told() == [
        ("Ben", "plan.line_due", "Today: Invite"),
        ("Ben", "plan.line_due", "Today: Invite"),
        ("Ada", "plan.line_overdue", "Still open: Invite"),
    ]


def test_manager_s_line_without_a_name_is_for_all_managers(lantern, ada):
    join(PersonFactory(name="Eve"), lantern, Power.MANAGE)
    template(lantern, {"title": "Invite", "offset": 0, "who": "manager", "remind": [0]})
    checklist(lantern, anchor=DUE)

    assert remind_on(DUE) == [("Ada", "plan.line_due", "Today: Invite"), ("Eve", "plan.line_due", "Today: Invite")]


def test_hourly_job_reminds(lantern, ben, settle, freeze):
    owned(lantern, ben, due_on=DUE)
    settle()
    Telling.objects.all().delete()
    freeze("2026-12-03T08:00Z")

    jobs.remind.enqueue()
    settle()

    assert told() == [("Ben", "plan.task_due", "Today: Water the plants")]


# Two schedulers, two workers


def at_once(run, count: int = 2) -> None:
    start = threading.Barrier(count)

    def go() -> None:
        start.wait()
        try:
            run()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_start_the_reminders_once(lantern):
    at_once(schedule.enqueue_due)

    assert DBTaskResult.objects.filter(task_path="folkmoot.plan.tasks.remind").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_remind_at_once_tell_each_person_once(lantern, ben):
    dora = join(PersonFactory(name="Dora"), lantern)
    for owner in (ben, dora):
        owned(lantern, owner, due_on=DUE)

    at_once(lambda: remind_all(today=DUE))

    assert sorted(told()) == [
        ("Ben", "plan.task_due", "Today: Water the plants"),
        ("Dora", "plan.task_due", "Today: Water the plants"),
    ]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_key_both_workers_tell(lantern, ben, monkeypatch):
    monkeypatch.setattr(TaskIsDue, "once", lambda notice: "")
    owned(lantern, ben, due_on=DUE)

    at_once(lambda: remind_all(today=DUE))

    assert len(told()) == 2
