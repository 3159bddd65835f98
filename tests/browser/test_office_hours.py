"""Somebody books office hours by keyboard on the smallest phone, by their own clock."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from folkmoot.connections.models.office_hours import OfficeBooking
from tests.browser.accessibility import faults
from tests.factories.connections.office_hours import offered
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_slot_is_booked_by_keyboard_alone(new_page) -> None:
    organisation()
    hours = offered(join(PersonFactory(name="Ada"), group()), notice_hours=0)
    page = new_page(person=PersonFactory(name="Ben", zone="Asia/Tokyo"), zone="Asia/Tokyo", width=320)
    page.goto(hours.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert faults(page) == []

    page.get_by_role("link", name="Book").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Book this time")).to_be_visible()
    page.get_by_label("What would you like to talk about?").focus()
    page.keyboard.type("A clause")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Book it")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("It is yours.")).to_be_visible()
    expect(page.get_by_text("https://video.example.org/ada")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert OfficeBooking.objects.get().topic == "A clause"
