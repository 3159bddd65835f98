"""A manager hands over and the successor takes it: by keyboard alone, on a screen of 320 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from folkmoot.groups.models import Power
from folkmoot.groups.queries import has_power
from tests.browser.accessibility import assert_accessible
from tests.browser.keyboard import press, reach
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory


@pytest.fixture
def lantern(transactional_db):
    organisation()
    return group()


def test_a_manager_hands_over_by_keyboard_on_a_phone(new_page, lantern):
    ada = join(PersonFactory(name="Ada Alder"), lantern, Power.MANAGE)
    ben = join(PersonFactory(name="Ben Brook"), lantern)
    hers, his = new_page(person=ada, width=320), new_page(person=ben, width=320)

    hers.goto(f"/groups/{lantern.slug}/")
    press(hers, "Hand over what I hold here", role="link")
    press(hers, "Begin a handover")
    reach(hers, hers.get_by_label("Who is to take over"))
    hers.keyboard.type("Ben")
    reach(hers, hers.get_by_label("What they should know"))
    hers.keyboard.type("The agenda lives in the shared folder.")
    press(hers, "Offer it")
    expect(hers.get_by_text("The handover is offered")).to_be_visible()
    assert_accessible(hers)

    his.goto(f"/groups/{lantern.slug}/handover/")
    press(his, "The handover of Ada Alder", role="link")
    expect(his.get_by_text("The agenda lives in the shared folder.")).to_be_visible()
    reach(his, his.get_by_role("radio", name="I take it"))
    his.keyboard.press("Space")
    assert_accessible(his)
    press(his, "Send my answers")
    press(his, "Sign the handover")
    expect(his.get_by_text("You have signed.")).to_be_visible()

    hers.reload()
    press(hers, "Sign the handover")
    expect(hers.get_by_text("All have signed.")).to_be_visible()
    assert_accessible(hers)
    assert (has_power(ada, lantern, Power.MANAGE), has_power(ben, lantern, Power.MANAGE)) == (False, True)
