"""An amendment from a file to its adoption, by keyboard alone, at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from folkmoot.groups.models import Amendment, Power
from folkmoot.groups.queries import charter_in_force
from tests.browser.accessibility import assert_accessible
from tests.browser.watching import overflow
from tests.factories.amendments import AMENDED
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.sqlite

MOST_TABS = 80


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tab key until this has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("The tab key does not lead there.")


def press(page: Page, wanted: Locator) -> None:
    """Reach something by the tab key and press Enter on it."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 320])
def test_amendment_goes_from_file_to_adopted_by_keyboard_alone(new_page, transactional_db, tmp_path, width) -> None:
    organisation()
    lantern = group()
    ada, chair = join(PersonFactory(name="Ada"), lantern), join(PersonFactory(name="Cheng"), lantern, Power.MANAGE)
    file = tmp_path / "new.md"
    file.write_text(AMENDED, encoding="utf-8")

    page = new_page(person=ada, width=width)
    # Listened for from the beginning: a chooser that opens before Playwright has asked for it is never heard of.
    page.on("filechooser", lambda chooser: chooser.set_files(file))
    page.goto(f"/groups/{lantern.slug}/charter/versions/")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
    press(page, page.get_by_role("link", name="Propose an amendment"))
    page.wait_for_url("**/amend/")
    tab_to(page, page.locator("[name=file]"))
    page.keyboard.press("Enter")
    expect(page.locator("[name=file]")).to_have_js_property("value", "C:\\fakepath\\new.md")
    tab_to(page, page.locator("[name=why]"))
    page.keyboard.type("Mornings are hard.")
    press(page, page.get_by_role("button", name="See what would change"))
    expect(page.get_by_text("2 differences in 2 clauses.")).to_be_visible()
    assert_accessible(page)
    assert not overflow(page)
    press(page, page.get_by_role("button", name="Propose it to everybody"))
    expect(page.get_by_text("open for comments", exact=True)).to_be_visible()

    made = Amendment.objects.get()
    reader = new_page(person=chair, width=width)
    reader.goto(made.get_absolute_url())
    summary = reader.locator("summary", has_text="Say something to “Meetings”")
    press(reader, summary)
    reader.keyboard.press("Tab")
    reader.keyboard.type("Nine suits me.")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("Nine suits me.")).to_be_visible()
    press(reader, reader.get_by_role("link", name="Decide on it"))
    tab_to(reader, reader.locator("[name=reason]"))
    reader.keyboard.type("Agreed on the call.")
    press(reader, reader.get_by_role("button", name="Adopt it"))
    expect(reader.get_by_text("Adopted as version 2")).to_be_visible()
    assert_accessible(reader)

    assert charter_in_force(lantern).text == AMENDED
    reader.goto(f"/groups/{lantern.slug}/charter/compare/?from=1&to=2")
    assert not overflow(reader)
