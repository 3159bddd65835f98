"""Checking in on a goal and publishing a report: on a phone, by the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from folkmoot.plan.models import CheckIn, ReportRevision
from tests.architecture.kept_world import kept_world
from tests.architecture.world import World
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.sqlite

PHONE = 320


@pytest.fixture
def world(transactional_db) -> World:
    return kept_world()


def tab_to(page: Page, target: str) -> None:
    """Go on by the tab key until what has this selector has the focus."""
    wanted = page.locator(target).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"The tab key never reaches {target}.")


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_goal_is_checked_in_on_by_keyboard_at_320_px(new_page, world) -> None:
    page = new_page(person=world.people["manager"], width=PHONE)
    page.goto(world.planned.goal.get_absolute_url())
    assert_fits(page)
    tab_to(page, "a:has-text('Check in')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check-in/")
    assert_fits(page)

    tab_to(page, "input[name=confidence]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "textarea[name=words]")
    page.keyboard.type("Two hosts are missing.")
    tab_to(page, "main button.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{world.planned.goal.get_absolute_url()}")

    expect(page.locator("main")).to_contain_text("Two hosts are missing.")
    assert_accessible(page)
    assert CheckIn.objects.get().confidence == "at_risk"


def test_report_is_published_by_keyboard_at_320_px(new_page, world) -> None:
    page = new_page(person=world.people["manager"], width=PHONE)
    page.goto(f"/groups/{world.group.slug}/reports/")
    assert_fits(page)
    tab_to(page, "main button.button-primary, main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    assert_fits(page)
    assert_accessible(page)

    tab_to(page, "textarea[name=text-asks]")
    page.keyboard.type("A room for the open house.")
    tab_to(page, "button[name=publish]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/edit/"))

    expect(page.locator("main")).to_contain_text("A room for the open house.")
    assert_fits(page)
    assert_accessible(page)
    assert ReportRevision.objects.count() == 2
