"""A guest marks hours on the smallest phone by keyboard, mouse and finger; nothing scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from folkmoot.availability.models import PollAnswer
from tests.browser.accessibility import faults
from tests.browser.watching import overflow
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.polls import poll

pytestmark = pytest.mark.django_db(transaction=True)


def at(page: Page, words: str) -> Locator:
    """A place of the table by its day and hour, whatever it is marked as."""
    return page.locator(f"td[aria-label^='{words}']")


def draw_by_finger(page: Page, start: Locator, goal: Locator) -> None:
    """As a finger does: the page must not scroll under it, which would end the stroke with nothing marked."""
    start.scroll_into_view_if_needed()
    goal.scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)
    begin, end = (place.bounding_box() for place in (start, goal))
    assert begin is not None
    assert end is not None
    x, far = begin["x"] + 10, end["y"] - begin["y"]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": begin["y"] + 10}]})
    for step in range(1, 9):
        y = begin["y"] + 10 + far * step / 8
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def test_hours_are_marked_by_keyboard_and_by_drawing_and_kept(new_page) -> None:
    organisation()
    made = poll(meeting_group(), weekdays=(0, 1, 2, 3, 4))
    page = new_page(width=320)
    page.goto(f"{made.get_absolute_url()}?zone=UTC")
    page.get_by_label("Your name").fill("Odalys")

    at(page, "Monday, 14:00").focus()
    for key in ("Space", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text="4 places: free")).to_be_attached()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_attached()
    expect(at(page, "Monday, 14:00")).to_have_attribute("aria-label", "Monday, 14:00: free")
    expect(at(page, "Tuesday, 15:00")).to_have_attribute("aria-label", "Tuesday, 15:00: not free")
    page.keyboard.press("End")
    expect(at(page, "Friday, 15:00")).to_be_focused()
    expect(at(page, "Friday, 15:00")).to_be_visible()
    expect(at(page, "Monday, 15:00")).to_be_hidden()
    page.get_by_role("button", name="Earlier days").click()

    page.get_by_text("If need be", exact=True).click()
    at(page, "Monday, 15:00").scroll_into_view_if_needed()
    start, goal = at(page, "Monday, 15:00").bounding_box(), at(page, "Tuesday, 16:00").bounding_box()
    assert start is not None
    assert goal is not None
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(goal["x"] + 10, goal["y"] + 10, steps=4)
    page.mouse.up()
    expect(at(page, "Tuesday, 16:00")).to_have_attribute("aria-label", "Tuesday, 16:00: if need be")
    draw_by_finger(page, at(page, "Monday, 16:30"), at(page, "Monday, 17:30"))
    expect(at(page, "Monday, 17:30")).to_have_attribute("aria-label", "Monday, 17:30: if need be")
    assert overflow(page) == 0
    assert faults(page) == []

    # The form wants a moment's patience, of which the browser's steps may take less.
    page.wait_for_function("performance.now() > 2100")
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    answer = PollAnswer.objects.get()
    monday, tuesday = 15 * 60, (24 + 15) * 60
    assert answer.free == [14 * 60]
    by_mouse = [monday, monday + 30, monday + 60, tuesday, tuesday + 30, tuesday + 60]
    by_finger = [16 * 60 + 30, 17 * 60, 17 * 60 + 30]
    assert answer.maybe == sorted(by_mouse + by_finger)


def test_guest_who_comes_for_the_first_time_marks_hours_on_their_own_clock(new_page) -> None:
    organisation()
    made = poll(meeting_group(), weekdays=(0,))
    page = new_page(zone="Asia/Kolkata")

    page.goto(made.get_absolute_url())

    expect(page.locator("[name=zone]").first).to_have_value("Asia/Kolkata")
    expect(page.locator("html")).to_have_attribute("data-zone", "known")
