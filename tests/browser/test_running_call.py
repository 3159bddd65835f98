"""Somebody raises a hand on the smallest phone by the keyboard and is called on; the moderator goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.live.actions import next_item
from folkmoot.live.models import RunningCall
from folkmoot.live.views import call as views
from folkmoot.meetings.actions import begin_minutes
from folkmoot.meetings.models import MinutesItem
from tests.browser.accessibility import assert_accessible
from tests.browser.watching import overflow
from tests.factories.groups import join
from tests.factories.live import call_under_way, opened
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hand_is_raised_and_called_on_and_the_call_goes_on(new_page) -> None:
    organisation()
    group = meeting_group()
    ada = join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)
    ben = join(PersonFactory(name="Ben Cole"), group)
    call = call_under_way(group)
    opened(call)
    next_item(call, seen=0, by=system())
    begin_minutes(call, by=system())

    page = new_page(person=ben, width=320)
    page.goto(f"/meetings/{call.pk}/live/")
    note_what_is_said(page)
    page.get_by_role("button", name="Raise my hand").press("Enter")
    expect(page.get_by_role("button", name="Lower my hand")).to_be_focused()
    expect(page.locator(".call-line li")).to_contain_text(["Ben Cole"])
    assert overflow(page) == 0
    assert_accessible(page)

    host = new_page(person=ada)
    host.goto(f"/meetings/{call.pk}/live/")
    note_what_is_said(host)
    host.get_by_text("A guest wants to speak").press("Enter")
    host.get_by_role("textbox", name="Name").fill("Odal")
    host.get_by_role("button", name="Call on Ben Cole").press("Enter")
    expect(host.locator(".call-speaker")).to_contain_text("Ben Cole")
    expect(host.get_by_role("textbox", name="Name")).to_have_value("Odal")
    host.get_by_role("button", name="Next: Money").press("Enter")
    expect(host.locator("#call-says")).to_have_text("Money")
    expect(host.locator(".call-clock-words")).to_have_text("left of 10 minutes")
    expect(host.locator("#notes")).to_contain_text("on Money")
    assert RunningCall.objects.get().step == 2
    # Parts were exchanged time and again; a screen reader hears of what happened, once.
    assert host.evaluate("heard") == ["Money"]
    page.locator("#call-live").dispatch_event("live:item")
    expect(page.locator("#call-item")).to_contain_text("Money")
    page.locator("#call-live").dispatch_event("live:item")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("heard") == ["You are next.", "Money"]


def note_what_is_said(page: Page) -> None:
    """Everything that a screen reader is told from now on, in `heard`."""
    page.evaluate(
        """() => {
            window.heard = [];
            const says = document.getElementById("call-says");
            new MutationObserver(() => heard.push(says.textContent)).observe(says, { childList: true });
        }"""
    )


def test_a_page_that_may_follow_no_more_stays_as_it_was_and_says_so(new_page) -> None:
    organisation()
    group = meeting_group()
    ben = join(PersonFactory(name="Ben Cole"), group)
    call = call_under_way(group)
    opened(call)
    page = new_page(person=ben)
    page.goto(f"/meetings/{call.pk}/live/")
    page.context.clear_cookies()

    page.locator("#call-live").dispatch_event("live:item")

    expect(page.locator("[data-live-says]")).to_contain_text("Please load it anew.")
    expect(page.locator("#call-item")).to_contain_text("It begins with A room")
    expect(page.get_by_label("Password")).to_have_count(0)
    expect(page.get_by_role("link", name="Refresh")).to_be_visible()


def test_whoever_writes_in_the_form_before_there_is_a_connection_keeps_it(new_page, monkeypatch) -> None:
    monkeypatch.setattr(views, "keeps_open", lambda _request: True)
    monkeypatch.setattr(views, "_followed", lambda _request, _meeting: {})
    organisation()
    group = meeting_group()
    ada = join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)
    call = call_under_way(group)
    opened(call)
    next_item(call, seen=0, by=system())
    begin_minutes(call, by=system())
    page = new_page(person=ada, width=320, height=200)
    page.goto(f"/meetings/{call.pk}/live/")
    form = page.locator("#notes form textarea")
    expect(page.locator("[data-notes-with]")).to_be_hidden()

    form.evaluate("(area) => { area.value = 'It is dry.'; area.scrollIntoView(); }")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    expect(form).to_be_visible()
    monkeypatch.setattr(views, "keeps_open", lambda _request: False)
    page.get_by_role("button", name="Keep the notes").click()
    expect(page.locator(".messages")).to_contain_text("are kept.")
    assert MinutesItem.objects.get(title="A room").notes == "It is dry."
