"""What a pointer does on a ballot; the whole way of a voter is part of `test_election`."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from folkmoot.governance.models.elections import ElectionState
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made():
    organisation()
    return made_election(group(), ElectionState.OPEN, officers=3, needed=2)


def test_line_is_dragged_to_its_rank(made, new_page):
    page = new_page(person=made.voters[0].person)
    page.goto(f"{made.election.get_absolute_url()}practice-ballot/")
    handles = page.locator("[data-handle]")
    top, last = handles.nth(0).bounding_box(), handles.nth(3).bounding_box()
    names = page.locator("[data-name]").all_inner_texts()

    page.mouse.move(last["x"] + 5, last["y"] + 5)
    page.mouse.down()
    page.mouse.move(top["x"] + 5, top["y"] - 10, steps=4)
    page.mouse.up()

    expect(page.locator("[data-name]").first).to_have_text(names[3])
    expect(page.locator(".ballot-number").first).to_have_value("1")
    page.get_by_role("button", name="Review my ballot").click()
    assert page.locator("[data-review-words] li").all_inner_texts() == [f"1. {names[3]}"]
    expect(page.get_by_text("Nothing of it was sent.")).to_be_visible()
