"""Filling in a profile on a phone, with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from folkmoot.ledger.actors import system
from folkmoot.people.actions import add_person
from folkmoot.people.models import Profile
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch_of
from tests.browser.watching import overflow
from tests.factories.organisation import organisation

pytestmark = pytest.mark.sqlite


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not reached by the Tab key")


def choose(page: Page, letters: str) -> None:
    page.keyboard.type(letters)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_profile_is_filled_in_by_keyboard_on_a_phone(new_page, javascript) -> None:
    organisation()
    ada = add_person(name="Ada Oakes", email="ada@example.org", by=system())
    page = new_page(person=ada, width=320, javascript=javascript)
    watch_of(page).expect_status(400)
    page.goto("/me/profile/")

    tab_to(page, "pronouns")
    page.keyboard.type("she/her")
    tab_to(page, "seen_pronouns")
    choose(page, "Everyone, a")
    tab_to(page, "language_0")
    choose(page, "Swahili")
    tab_to(page, "link_url_0")
    page.keyboard.type("example.org")
    page.keyboard.press("Enter")

    expect(page.locator(".error-summary")).to_contain_text("a link begins with https:// or mailto:")
    assert page.locator("[name=pronouns]").input_value() == "she/her"
    assert not overflow(page)
    if javascript:
        assert_accessible(page)

    tab_to(page, "link_url_0")
    page.keyboard.type("https://example.org/")
    tab_to(page, "Save")
    page.keyboard.press("Enter")

    expect(page.locator("body")).to_contain_text("Your profile is kept as you wrote it.")
    profile = Profile.objects.get(person=ada)
    assert (profile.pronouns, profile.seen, profile.languages) == ("she/her", {"pronouns": "everyone"}, ["sw"])
    page.goto(f"/people/{ada.pk}/?as=everyone")
    expect(page.locator("main")).to_contain_text("she/her")
    expect(page.locator("main")).not_to_contain_text("Swahili")
    assert not overflow(page)


@pytest.mark.django_db(transaction=True)
def test_one_erases_oneself_with_the_name_typed(new_page) -> None:
    organisation()
    ada = add_person(name="Ada Oakes", email="ada@example.org", by=system())
    page = new_page(person=ada, width=320)
    page.goto("/me/data/")

    page.get_by_role("link", name="Erase me").click()
    assert_accessible(page)
    assert not overflow(page)
    page.get_by_label("Type the name to go on").fill("Ada Oakes")
    page.get_by_role("button", name="Erase everything").click()

    expect(page.locator("body")).to_contain_text("Your record is erased.")
    ada.refresh_from_db()
    assert ada.standing == "erased"
