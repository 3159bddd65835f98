"""Making an account, adding a second step, and coming from a provider, in a real browser."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from folkmoot.notices.models import Letter
from folkmoot.people.models import Person
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch_of
from tests.browser.watching import overflow
from tests.factories.organisation import organisation
from tests.people.providers_on import provider  # noqa: F401
from tests.people.second_steps import code_of
from tests.people.signing_up import PASSWORD
from tests.people.test_providers import known_person
from tests.people.test_sign_in import code_in

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus; nothing on the way may keep it."""
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def at_home(page: Page) -> None:
    """Wait until the way ends at the first page."""
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def write(page: Page, selector: str, words: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(words)


def test_account_is_made_by_keyboard_alone_on_a_phone(new_page, monkeypatch) -> None:
    monkeypatch.setattr("folkmoot.people.guards.QUICKEST", 0.0)  # a machine types quickly
    organisation()
    page = new_page(width=320)

    page.goto("/accounts/signup/")
    assert overflow(page) == 0
    write(page, "[name=email]", "nia@example.org")
    write(page, "[name=password1]", PASSWORD)
    write(page, "[name=name]", "Nia Novak")
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_visible()
    assert_accessible(page)
    assert overflow(page) == 0
    write(page, "[name=code]", code_in(Letter.objects.get()))
    page.keyboard.press("Enter")
    at_home(page)

    nia = Person.objects.get()
    assert (nia.name, nia.last_login is not None) == ("Nia Novak", True)
    page.goto("/accounts/sessions/")
    expect(page.get_by_text("this one")).to_be_visible()
    assert overflow(page) == 0


def test_second_step_is_set_up_and_used_by_keyboard_alone_on_a_phone(new_page) -> None:
    organisation()
    ada = known_person()
    page = new_page(person=ada, width=320)

    page.goto("/accounts/2fa/totp/activate/")
    write(page, "[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#authenticator_secret")).to_be_visible()
    assert_accessible(page)
    assert overflow(page) == 0
    write(page, "[name=code]", code_of(page.locator("#authenticator_secret").inner_text().strip()))
    page.keyboard.press("Enter")
    expect(page.get_by_text("10 codes of 10 are left")).to_be_visible()
    assert_accessible(page)
    recovery = page.locator("#recovery_codes").inner_text().split()[0]

    stranger = new_page(width=320)
    stranger.goto("/accounts/login/")
    write(stranger, "[name=login]", "ada@example.org")
    write(stranger, "[name=password]", PASSWORD)
    stranger.keyboard.press("Enter")
    expect(stranger.locator("[name=code]")).to_be_visible()
    assert_accessible(stranger)
    write(stranger, "[name=code]", recovery)
    stranger.keyboard.press("Enter")
    at_home(stranger)

    assert {each.type for each in Authenticator.objects.filter(user=ada)} == {"totp", "recovery_codes"}
    stranger.goto("/accounts/sessions/")
    expect(stranger.get_by_text("this one")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_way_to_a_provider_and_back_keeps_to_the_policy(new_page, provider, javascript) -> None:  # noqa: F811
    organisation()
    page = new_page(javascript=javascript)
    watch_of(page).expect_server(provider.url)

    page.goto("/accounts/login/")
    assert_accessible(page) if javascript else None
    page.get_by_role("button", name="Go on with Oak House").click()
    at_home(page)

    page.goto("/accounts/3rdparty/")
    expect(page.get_by_role("radio")).to_have_count(1)
    assert Person.objects.get().email == "ada@example.org"


def test_control_a_form_that_is_redirected_to_a_provider_goes_nowhere(new_page, provider, monkeypatch) -> None:  # noqa: F811
    """Without the page in between Chromium stops at the content policy, which is why it is there."""
    monkeypatch.setattr("folkmoot.people.middleware.TO_PROVIDERS", ())
    organisation()
    page = new_page()
    watch = watch_of(page)
    watch.expect_server(provider.url)
    page.goto("/accounts/login/")

    # Chromium says it itself, and our watch says it once more, in whichever order.
    ours = "content security policy: form-action"
    with (
        page.expect_console_message(lambda message: message.text.startswith(ours)),
        page.expect_console_message(lambda message: "form-action" in message.text and ours not in message.text),
    ):
        page.get_by_role("button", name="Go on with Oak House").click()

    assert any("form-action" in complaint for complaint in watch.complaints)
    assert provider.asked == []
    watch.complaints.clear()
