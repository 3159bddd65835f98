"""An agenda put in order on the smallest phone, by the keyboard and by a finger; two people edit one item."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import ItemWords, change_item
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch_of
from tests.browser.watching import overflow
from tests.factories.agendas import item, titles
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_agenda_is_ordered_by_keys_and_by_drag_and_two_wordings_stand_side_by_side(new_page) -> None:
    organisation()
    group = meeting_group()
    ada = join(PersonFactory(name="Ada"), group, Power.MANAGE)
    call = next_meeting(group)
    first, second, third = (item(call, title) for title in ("First", "Second", "Third"))
    page = new_page(person=ada, width=320)
    page.goto(f"/meetings/{call.pk}/agenda/")

    up = page.locator(f"button[value='up-{third.pk}']")
    up.focus()
    page.keyboard.press("Enter")
    # The button has the focus before it is pressed too: only the new order tells that the next page is there.
    expect(page.locator(".agenda-item-name").nth(1)).to_contain_text("Third")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".agenda-item-name").first).to_contain_text("Third")
    assert titles(call) == ["Third", "First", "Second"]

    handle = page.locator(f"#item-{second.pk} [data-handle]")
    handle.scroll_into_view_if_needed()
    start, goal = handle.bounding_box(), page.locator(f"#item-{third.pk}").bounding_box()
    assert start is not None
    assert goal is not None
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, start["y"] - 40, steps=3)
    page.mouse.move(start["x"] + 10, goal["y"] + 5, steps=6)
    page.mouse.up()
    expect(page.get_by_text("The agenda is in this order now.")).to_be_visible()
    assert titles(call) == ["Second", "Third", "First"]

    page.goto(f"/agenda-items/{first.pk}/change/")
    page.get_by_label("What should one know before?").fill("My own long thoughts")
    change_item(first, ItemWords("First", "Their thoughts"), version=1, by=system())
    watch_of(page).expect_status(409)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("heading", name="Somebody else was quicker")).to_be_visible()
    expect(page.get_by_label("What should one know before?")).to_have_value("My own long thoughts")
    expect(page.get_by_text("Their thoughts")).to_be_visible()
    assert overflow(page) == 0
    assert_accessible(page)
    page.get_by_role("button", name="Save it like this").press("Enter")
    expect(page.get_by_text("“First” is changed.")).to_be_visible()
    first.refresh_from_db()
    assert first.text == "My own long thoughts"
