"""Who leads a group gives its calls to a fairer rotation, by the keyboard alone and on the smallest phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from folkmoot.groups.models import Power
from folkmoot.meetings.models import FairPromise
from tests.browser.test_handover import press
from tests.browser.watching import overflow
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

ZONES = ("Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles")


def test_calls_are_given_to_a_fairer_rotation_by_the_keyboard(new_page) -> None:
    organisation()
    group = meeting_group(
        said("FREQ=WEEKLY;BYDAY=TU", first="2026-01-06", at="17:00", zone="Europe/Lisbon", minutes=60)
    )
    chair, *_others = [
        join(PersonFactory(zone=zone), group, Power.TAKE_PART if number else Power.MANAGE)
        for number, zone in enumerate(ZONES)
    ]

    page = new_page(person=chair, width=320)
    page.goto(f"/groups/{group.slug}/meetings/")
    press(page, "Fair times", role="link")
    expect(page.get_by_role("heading", name="What would be fairer")).to_be_visible()
    assert overflow(page) == 0
    press(page, "Change to this rotation")

    expect(page.get_by_text("Calls go round the fairer times, and everybody has been told.")).to_be_visible()
    expect(page.get_by_text("None of the slots that were compared is fairer")).to_be_visible()
    expect(page.get_by_role("button", name="Change to this rotation")).to_have_count(0)
    assert FairPromise.objects.get().group == group
