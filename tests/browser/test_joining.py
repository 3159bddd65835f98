"""From an invitation in the mail to the first ticked step of the welcome: by the keyboard alone, on a narrow phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from folkmoot.groups.actions.invitations import invite_by_mail
from folkmoot.groups.joining import present_of
from folkmoot.groups.models import Power
from folkmoot.notices.models import Letter
from folkmoot.people.models import Person
from tests.browser.accessibility import assert_accessible
from tests.factories.groups import group, lead, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.groups.test_joining import POLICIES

pytestmark = pytest.mark.sqlite

MOST_TABS = 60


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the control with these words has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        has = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (!at) return "";
                const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
                return label || at.innerText || at.getAttribute("aria-label") || "";
            }"""
        )
        if words in has:
            return
    pytest.fail(f"No control says “{words}”.")


@pytest.mark.django_db(transaction=True)
def test_invitation_in_the_mail_leads_to_the_first_ticked_step_by_keyboard(new_page, settle) -> None:
    organisation()
    lantern = group(text=POLICIES)
    ada = lead(PersonFactory(name="Ada"), lantern).person
    invite_by_mail(lantern, role(lantern, Power.TAKE_PART), "ines@example.org", name="Inês", by=ada)
    path = re.search(r"/invitations/\S+", Letter.objects.get(recipient="ines@example.org").text)[0]
    page = new_page(width=320, height=640)

    page.goto(path)
    expect(page.locator("h1")).to_have_text("An invitation to Lantern Working Group")
    assert_accessible(page)
    tab_to(page, "Sign in with a code by e-mail")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/code/**")
    tab_to(page, "mail")
    page.keyboard.type("ines@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/confirm/**")
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", Letter.objects.first().text, re.MULTILINE)[1]
    tab_to(page, "ode")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    assert_accessible(page)
    tab_to(page, "Taking part is voluntary")
    page.keyboard.press("Space")
    tab_to(page, "Come in")
    page.keyboard.press("Enter")
    expect(page.get_by_label("I have read these")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "Come in")
    page.keyboard.press("Enter")

    page.wait_for_url("**/people/")
    expect(page.locator("main")).to_contain_text("You take part as a participant")
    assert present_of(Person.objects.get(email="ines@example.org"), lantern).role.power == Power.TAKE_PART

    settle()
    page.goto("/me/tasks/")
    tab_to(page, "Your first steps")
    page.keyboard.press("Enter")
    page.wait_for_url("**/welcome/")
    assert_accessible(page)
    tab_to(page, "Say who you are")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done: “Say who you are”.")).to_be_visible()
