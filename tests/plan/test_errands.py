"""Saying from a mail that something is done: by a signed address, one button, and no session."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.actions.sending import send_due
from folkmoot.notices.actions.wishes import set_hours, set_wishes
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.mails import digest_of
from folkmoot.notices.models import Delivery, Letter, Telling
from folkmoot.people.actions import erase_person
from folkmoot.people.guards import stamp
from folkmoot.plan.actions import drop_task, finish_line, finish_task, give_task, stop_checklist, take_task
from folkmoot.plan.actions.reminders import remind_all
from folkmoot.plan.errands import LASTS, Errand, errand_path
from folkmoot.plan.models import ChecklistLine, Task
from tests.calendar.reading import words_of
from tests.factories.groups import join
from tests.factories.people import PersonFactory
from tests.factories.plan import checklist, last_entry, owned, template, told_since

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)
GONE = "This link does not work any more"


@pytest.fixture
def watering(lantern, ben) -> Task:
    """A task of Ben's that is due today."""
    return owned(lantern, ben, due_on=TODAY)


def to_finish(task: Task, person) -> str:
    return errand_path(Errand("task", task.pk, person.pk))


def press(address: str, *, opened: float | None = None, **given):
    """Press the button on the page a moment after it was opened."""
    return Client().post(address, {"opened": stamp(time.time() - 5 if opened is None else opened), **given})


def said(response) -> tuple[int, str]:
    """The status and the heading of a page."""
    return response.status_code, re.search("<h1>(.*?)</h1>", response.content.decode())[1]


def state(task: Task) -> str:
    return Task.objects.get(pk=task.pk).state


def test_reminder_by_mail_carries_the_address_and_the_list_on_the_site_does_not(watering, ben, client):
    remind_all(today=TODAY)

    letter = Letter.objects.get(recipient=ben.email)
    address = to_finish(watering, ben)
    assert f"Done already? Mark it as done: {settings.PUBLIC_ADDRESS}{address}" in letter.text
    assert f'href="{settings.PUBLIC_ADDRESS}{address}"' in letter.html
    client.force_login(ben)
    assert "/tasks/from-mail/" not in client.get(reverse("notices")).content.decode()


def test_one_button_does_it_once_without_a_session(watering, ben):
    address = to_finish(watering, ben)
    number = last_entry()

    assert said(press(address)) == (200, "Marked as done")
    assert said(press(address)) == (200, "Marked as done")

    assert state(watering) == "done"
    assert told_since(number) == ["plan.task_finished"]
    assert Entry.objects.latest("pk").actor == ben


def test_opening_it_and_pressing_at_once_as_mail_programs_do_finishes_nothing(watering, ben):
    address = to_finish(watering, ben)
    number = last_entry()

    assert [said(Client().get(address)), Client().head(address).status_code] == [(200, "Is it done?"), 200]
    assert said(press(address, opened=time.time())) == (400, "Is it done?")
    assert said(press(address, homepage="https://example.org")) == (200, "Is it done?")
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403

    assert (state(watering), told_since(number)) == ("open", [])


def test_page_names_the_task_and_nobody(watering, ben):
    words = words_of(Client().get(to_finish(watering, ben)).content.decode())

    assert "Water the plants due on Thursday 26 November" in words
    assert [name for name in (ben.name, ben.email, "Lantern") if name in words] == []


@pytest.mark.parametrize("happened", ["taken over", "let go", "dropped", "erased", "held", "gone"])
def test_address_is_of_no_use_once_the_task_is_not_that_person_s(happened, watering, lantern, ada, ben):
    address = to_finish(watering, ben)
    match happened:
        case "taken over":
            give_task(watering, ada, by=ben)
            take_task(watering, by=ada)
        case "let go":
            Task.objects.update(owner=None)
        case "dropped":
            drop_task(watering, by=ada)
        case "erased":
            erase_person(ben, by=system())
        case "held":
            ben.is_active = False
            ben.save()
        case "gone":
            address = errand_path(Errand("task", watering.pk + 1, ben.pk))
    before = state(watering)
    number = last_entry()

    answers = [said(Client().get(address)), said(press(address))]

    assert answers == [(410, GONE)] * 2
    assert "Water the plants" not in press(address).content.decode()
    assert (state(watering), told_since(number)) == (before, [])


def test_who_leads_finishes_by_a_mail_only_what_is_their_own(watering, lantern, ada, ben):
    """Ada may finish Ben's task on its page; an address of hers is no way to it."""
    assert said(press(to_finish(watering, ada))) == (410, GONE)

    finish_task(watering, by=ada)

    assert said(press(to_finish(watering, ben))) == (200, "Marked as done")


def test_old_or_forged_address_says_so(clock, watering, ben):
    address = to_finish(watering, ben)
    other = to_finish(Task(pk=watering.pk + 1), ben)
    mixed = address.split(":")[0] + ":" + other.split(":", 1)[1]

    assert [said(Client().get(one)) for one in (mixed, address[:-4] + "/", "/tasks/from-mail/nonsense/")] == [
        (404, GONE)
    ] * 3
    clock.shift(LASTS + dt.timedelta(seconds=2))
    old = press(address)

    assert said(old) == (410, GONE)
    assert "more than thirty days ago" in words_of(old.content.decode())
    assert state(watering) == "open"


def test_step_of_a_checklist_is_ticked_the_same_way(lantern, ada, ben):
    template(lantern, {"title": "Invite", "offset": 0, "who": "owner", "remind": [0]})
    running = checklist(lantern, ben, anchor=TODAY)
    remind_all(today=TODAY)
    address = Telling.objects.get(kind="plan.line_due").shortcut

    assert said(Client().get(address)) == (200, "Is it done?")
    assert said(press(address)) == (200, "Marked as done")

    assert ChecklistLine.objects.get().ended_by == ben
    running.refresh_from_db()
    assert running.state == "done"


def test_step_for_all_who_lead_is_ticked_by_one_of_them_and_by_nobody_once_its_list_stopped(lantern, ada, ben):
    eve = join(PersonFactory(name="Eve"), lantern, Power.MANAGE)
    template(
        lantern,
        {"title": "Invite", "offset": 0, "who": "manager"},
        {"title": "Thank everybody", "offset": 1, "who": "manager"},
    )
    running = checklist(lantern, anchor=TODAY)
    first, second = ChecklistLine.objects.order_by("pk")
    address = errand_path(Errand("step", second.pk, eve.pk))

    finish_line(first, by=ada)
    as_first = errand_path(Errand("step", first.pk, eve.pk))
    assert said(press(as_first)) == (200, "Marked as done")
    no_lead = press(errand_path(Errand("step", second.pk, ben.pk)))
    assert no_lead.status_code == 403
    stop_checklist(running, by=ada)

    assert said(press(address)) == (410, GONE)


def test_reminder_waits_for_the_end_of_quiet_hours(clock, freeze, watering, ben):
    ben.zone = "Asia/Kolkata"  # it is 17:30 there
    ben.save()
    quiet = {"quiet_from": dt.time(17), "quiet_until": dt.time(7)}
    set_hours(ben, every=Every.WEEK, weekday=0, hour=8, **quiet)

    remind_all(today=TODAY)

    assert not Letter.objects.exists()
    delivery = Delivery.objects.get(channel="mail")
    assert (delivery.reason, delivery.due_at) == ("quiet_hours", dt.datetime(2026, 11, 27, 1, 30, tzinfo=dt.UTC))
    freeze("2026-11-27T01:31Z")
    send_due(dt.datetime(2026, 11, 27, 1, 31, tzinfo=dt.UTC))
    assert Letter.objects.get().recipient == ben.email


def test_digest_carries_the_address_too(watering, ben):
    set_wishes(ben, {("tasks", "mail"): Choice.DIGEST})
    remind_all(today=TODAY)

    assert [item.shortcut for item in digest_of(ben, list(Telling.objects.all())).items] == [
        settings.PUBLIC_ADDRESS + to_finish(watering, ben)
    ]
