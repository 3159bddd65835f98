"""A newcomer's first ticked step: by keyboard alone, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from folkmoot.groups.models import Power
from tests.browser.watching import overflow
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

PATH = "/groups/lantern-working-group/welcome/"
MOST_STOPS = 80


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on by the tab key until the focus is there."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("box => box === document.activeElement"):
            return
    pytest.fail("The tab key does not lead there.")


def test_newcomer_ticks_a_step_and_another_ticks_itself(new_page, transactional_db, settle) -> None:
    organisation()
    lantern = group()
    join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    pim = join(PersonFactory(name="Pim", zone=""), lantern)
    settle()
    page = new_page(person=pim, width=320)

    page.goto("/me/tasks/")
    tab_to(page, page.get_by_role("link", name="Your first steps"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 of 8 done")).to_be_visible()
    expect(page.locator("main").get_by_text("Ada", exact=True).first).to_be_visible()
    assert overflow(page) <= 0

    tab_to(page, page.get_by_role("button", name="Done Say who you are"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done: “Say who you are”.")).to_be_visible()
    expect(page.get_by_text("1 of 8 done")).to_be_visible()

    tab_to(page, page.get_by_role("link", name="Choose your time zone"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Your time zone"))
    page.keyboard.type("Asia/Kolkata")
    tab_to(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PATH}")
    settle()

    page.goto(PATH)
    expect(page.get_by_text("2 of 8 done")).to_be_visible()
    expect(page.get_by_text("ticked itself on")).to_be_visible()
    assert overflow(page) <= 0
