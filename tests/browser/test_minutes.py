"""A new scribe takes minutes on the smallest phone by the keyboard, and those who lead check and publish them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Power
from folkmoot.meetings.actions import set_minutes_custom
from folkmoot.meetings.models import AgendaItem, Minutes, MinutesItem, Turn
from folkmoot.plan.models import Task
from tests.browser.accessibility import assert_accessible
from tests.browser.watching import overflow
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_minutes_go_from_the_scribe_to_everybody(new_page) -> None:
    organisation()
    group = meeting_group()
    ada = join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)
    ben = join(PersonFactory(name="Ben Cole"), group)
    call = held_call(group, ended=dt.timedelta(minutes=5))
    AgendaItem.objects.create(meeting=call, title="A room")
    set_minutes_custom(group, level="chatham", way="people", days=5, by=ada)
    role = group.call_roles.create(key="scribe", name="scribe")
    now = timezone.now()
    Turn.objects.create(meeting=call, role=role, person=ben, state="taken", made_at=now, answered_at=now)

    page = new_page(person=ben, width=320)
    page.goto("/me/")
    page.get_by_role("link", name="Write the minutes: you were the scribe").press("Enter")
    page.get_by_role("button", name="Begin the minutes").press("Enter")
    item = MinutesItem.objects.get()
    page.get_by_label("Notes on A room").fill("Ada Birch: the one under the birch is dry.")
    page.get_by_text("A decision, or something to do").press("Enter")
    page.get_by_label("What was decided on A room?").fill("We take the dry room.")
    page.get_by_label("What is to be done?").fill("Sign for it")
    page.get_by_label("Who does it?").select_option(label="Ben Cole")
    page.get_by_label("What is to be done?").press("Control+Enter")
    expect(page.get_by_text("All of it is kept.")).to_be_visible()
    expect(page.locator(f"#item-{item.pk} .noted")).to_contain_text("We take the dry room.")
    assert overflow(page) == 0
    assert_accessible(page)
    assert (Decision.objects.get().title, Task.objects.get().owner) == ("We take the dry room.", ben)
    page.goto(f"/meetings/{call.pk}/minutes/propose/")
    page.get_by_label("by people who are named").check()
    page.get_by_label("Ada Birch").check()
    page.get_by_role("button", name="Lay them open").press("Enter")
    expect(page.get_by_text("The minutes lie open for approval.")).to_be_visible()

    page = new_page(person=ada)
    page.goto("/me/")
    page.get_by_role("link", name="These minutes wait for your approval").click()
    page.get_by_role("button", name="Approve the minutes").click()
    page.get_by_role("link", name="Confirm the public wording").click()
    expect(page.get_by_label("What everybody reads")).to_have_value("One participant: the one under the birch is dry.")
    page.get_by_role("button", name="Confirm it").click()
    page.goto(f"/meetings/{call.pk}/minutes/check/")
    expect(page.locator("mark").first).to_have_text("birch")
    for box in page.locator("input[name=hit]").all():
        box.check()
    page.get_by_label("Why may it stand?").fill("The tree")
    page.get_by_role("button", name="What is ticked may stand").click()
    page.get_by_role("button", name="Publish the minutes").click()
    expect(page.get_by_text("the one under the birch is dry.")).to_be_visible()
    assert Minutes.objects.get().is_published

    page = new_page(width=320)
    page.goto(f"/meetings/{call.pk}/")
    page.get_by_role("link", name="Read the minutes of this call").click()
    expect(page.get_by_text("We take the dry room.")).to_be_visible()
    expect(page.get_by_text("Ben Cole")).to_have_count(0)
    for address in (f"/meetings/{call.pk}/minutes.md", f"/groups/{group.slug}/minutes.atom"):
        assert "under the birch is dry" in page.request.get(address).text()
