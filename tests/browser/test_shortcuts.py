"""Keyboard shortcuts: listed by `?`, resting while somebody writes, and turned off by who does not want them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_keys_lead_to_places_and_are_turned_off_by_who_does_not_want_them(new_page) -> None:
    organisation()
    page = new_page(person=PersonFactory())
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    page.goto("/groups/")

    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    assert "g c Calendar" in re.sub(r"\s+", " ", dialog.inner_text())
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    page.keyboard.type("gc")
    expect(page).to_have_url(re.compile("/calendar/"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/search/"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    words = page.get_by_role("searchbox", name="Words")
    expect(words).to_be_focused()
    page.keyboard.type("gc?")
    expect(words).to_have_value("gc?")

    page.goto("/preferences/?next=/groups/")
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/groups/"))
    page.wait_for_load_state()
    page.keyboard.press("?")
    page.keyboard.type("gc")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile("/groups/"))
