"""The harness notices what it is there for; without this, a blind harness would look like a clean product."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch_of

# What stands on these pages comes from no database.
pytestmark = [pytest.mark.sqlite, pytest.mark.urls("tests.browser.faulty_pages")]


def test_sound_page_has_no_complaints(page) -> None:
    page.goto("/faulty/sound/")

    assert_accessible(page)
    assert watch_of(page).complaints == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("inline-script", "Content Security Policy"),
        ("inline-style", "Content Security Policy"),
        ("elsewhere", "request to another server: http://elsewhere.invalid/pixel.gif"),
        ("missing-file", "404"),
        ("script-error", "undefinedFunction"),
    ],
)
def test_fault_is_noticed(page, fault, words) -> None:
    page.goto(f"/faulty/{fault}/")
    page.wait_for_load_state("networkidle")

    complaints = watch_of(page).complaints
    noticed = [complaint for complaint in complaints if words.lower() in complaint.lower()]
    complaints.clear()
    assert noticed


def test_policy_is_watched_without_javascript(no_javascript) -> None:
    no_javascript.goto("/faulty/inline-style/")

    complaints = watch_of(no_javascript).complaints
    noticed = [complaint for complaint in complaints if "content security policy" in complaint.lower()]
    complaints.clear()
    assert noticed


@pytest.mark.parametrize(
    ("fault", "words"),
    [("unnamed-button", "button-name"), ("pale", "color-contrast"), ("wide", "wider than the window")],
)
def test_inaccessible_page_is_refused(page, fault, words) -> None:
    page.goto(f"/faulty/{fault}/")

    with pytest.raises(AssertionError, match=words):
        assert_accessible(page)


def test_expected_status_is_no_complaint(page) -> None:
    watch_of(page).expect_status(404)

    page.goto("/missing.gif")

    assert watch_of(page).complaints == []


def test_page_keeps_the_zone_it_was_given(new_page) -> None:
    page = new_page(zone="Asia/Kolkata")

    page.goto("/faulty/sound/")

    assert page.evaluate("new Date(0).getHours()") == 5
