"""Choosing what one hears by the keyboard alone, on the smallest phone; and a mail as mail programs show it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from folkmoot.notices.actions import tell
from folkmoot.notices.models import Hours, Letter
from folkmoot.notices.notices import AddressPaused
from folkmoot.notices.queries import wishes_of
from folkmoot.notices.stopping import stop_path
from tests.browser.accessibility import assert_accessible, faults
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.notices.kinds import Moved

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def focus(page: Page, label: str) -> None:
    """Press Tab until the control with this label has the focus."""
    wanted = page.get_by_label(label, exact=True)
    for _press in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("control => control === document.activeElement"):
            return
    pytest.fail(f"{label} is not reached by the Tab key")


def test_choices_are_made_by_the_keyboard_alone_without_scripts_on_a_phone(new_page) -> None:
    organisation()
    ada = PersonFactory()
    page = new_page(person=ada, width=320, javascript=False)
    page.goto("/me/notices/")

    focus(page, "Calls, By mail")
    page.keyboard.press("ArrowDown")
    focus(page, "once a week")
    page.keyboard.press("ArrowRight")
    focus(page, "Hour")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    if page.get_by_text("Kept. It holds").count() == 0:
        page.get_by_role("button", name="Save").press("Enter")

    expect(page.get_by_text("Kept. It holds from the next notice on.")).to_be_visible()
    assert wishes_of(ada)["calls", "mail"] == "digest"
    assert (Hours.objects.get().digest_every, Hours.objects.get().digest_hour) == ("day", 9)


def test_stopping_is_one_button_and_undone_by_one(new_page) -> None:
    organisation()
    ada = PersonFactory()
    page = new_page(width=320)
    page.goto(stop_path(ada.pk, "calls"))
    assert_accessible(page)

    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    stopped = wishes_of(ada)["calls", "mail"]
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("heading", name="They come again")).to_be_visible()
    assert (stopped, wishes_of(ada)["calls", "mail"]) == ("not", "now")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 700])
def test_mail_reads_well_in_light_and_dark(new_page, scheme, width) -> None:
    organisation()
    tell([PersonFactory()], Moved("Planning"))
    tell([PersonFactory()], AddressPaused(address="a@example.org", problem="550 no", since="1"))
    page = new_page(width=width, scheme=scheme)

    for letter in Letter.objects.all():
        page.set_content(letter.html)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # Landmarks are for pages; a mail is shown inside the page of a program.
        assert [fault for fault in faults(page) if not fault.startswith(("region", "landmark"))] == []
