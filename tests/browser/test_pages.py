"""The product's pages as people meet them: light and dark, phone and desk, with and without scripts."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page, Response, expect

from tests.architecture.world import World, make_world
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watch_of

MOST_JAVASCRIPT = 40 * 1024

PUBLIC = {
    "home": "/",
    "groups": "/groups/",
    "group": "/groups/{group}/",
    "charter": "/groups/{group}/charter/",
    "charter source": "/groups/{group}/charter/?view=source",
    "meetings": "/groups/{group}/meetings/",
    "subscribe": "/groups/{group}/subscribe/",
    "calendar": "/calendar/",
    "meeting": "/meetings/{meeting}/",
    "preferences": "/preferences/",
    "sign in": "/accounts/login/",
    "sign in by code": "/accounts/login/code/",
    "sign up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
}
SIGNED_IN = {
    "e-mail addresses": ("stranger", "/accounts/email/"),
    "password": ("stranger", "/accounts/password/change/"),
    "second factors": ("stranger", "/accounts/2fa/"),
    "sign out": ("stranger", "/accounts/logout/"),
    "group": ("manager", "/groups/{group}/"),
    "move a meeting": ("manager", "/meetings/{meeting}/move/"),
    "cancel a meeting": ("manager", "/meetings/{meeting}/cancel/"),
    "call a meeting": ("manager", "/groups/{group}/meetings/new/"),
    "by which clause": ("participant", "/groups/{group}/clauses/"),
    "change all calls": ("manager", "/groups/{group}/meetings/series/0/"),
    "versions": ("participant", "/groups/{group}/charter/versions/"),
    "old version": ("participant", "/groups/{group}/charter/versions/1/"),
    "side by side": ("participant", "/groups/{group}/charter/compare/?all=1"),
    "amend the charter": ("participant", "/groups/{group}/charter/amend/"),
    "amendment": ("manager", "/groups/{group}/amendments/1/"),
    "whole amendment": ("participant", "/groups/{group}/amendments/1/?all=1"),
    "draft amendment": ("participant", "/groups/{group}/amendments/2/"),
    "decide on an amendment": ("manager", "/groups/{group}/amendments/1/settle/"),
    "withdraw an amendment": ("participant", "/groups/{group}/amendments/1/withdraw/"),
    "new group": ("steward", "/groups/new/"),
    "charter draft": ("steward", "/groups/drafts/{draft}/"),
    "outbox": ("steward", "/outbox/"),
    "letter": ("steward", "/outbox/{letter}/"),
}


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def address(path: str, world: World) -> str:
    return path.format(group=world.group.slug, meeting=world.meeting.pk, draft=world.draft.pk, letter=world.letter.pk)


def assert_is_a_page(page: Page) -> None:
    """A title, one main heading, a language."""
    assert page.title()
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_accessible_to_everyone(page, world, name) -> None:
    answer = page.goto(address(PUBLIC[name], world))

    assert answer.status == 200
    assert_is_a_page(page)
    assert_accessible(page)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_for_some_is_accessible(new_page, world, name) -> None:
    role, path = SIGNED_IN[name]
    page = new_page(person=world.people[role])

    answer = page.goto(address(path, world))

    assert answer.status == 200
    assert_is_a_page(page)
    assert_accessible(page)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_needs_no_script(new_page, world, name) -> None:
    page = new_page(javascript=False, width=320)

    answer = page.goto(address(PUBLIC[name], world))

    assert answer.status == 200
    assert_is_a_page(page)
    expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("name", ["home", "group", "meeting", "calendar"])
def test_public_page_carries_little_javascript(page, world, name) -> None:
    scripts: list[bytes] = []

    def weigh(response: Response) -> None:
        if "javascript" in response.headers.get("content-type", ""):
            scripts.append(response.body())

    page.on("response", weigh)

    page.goto(address(PUBLIC[name], world))
    page.wait_for_load_state("networkidle")

    assert sum(len(gzip.compress(script)) for script in scripts) <= MOST_JAVASCRIPT


def test_page_that_is_not_there_says_so_accessibly(page, world) -> None:
    watch_of(page).expect_status(404)

    answer = page.goto("/groups/no-such-group/")

    assert answer.status == 404
    assert_is_a_page(page)
    assert_accessible(page)


def test_refusal_says_why_accessibly(new_page, world) -> None:
    page = new_page(person=world.people["stranger"])
    watch_of(page).expect_status(403)

    answer = page.goto(address("/meetings/{meeting}/move/", world))

    assert answer.status == 403
    assert_is_a_page(page)
    assert_accessible(page)


def test_everything_is_reached_by_the_tab_key_in_order(page, world) -> None:
    page.goto(address(PUBLIC["group"], world))
    reachable = page.locator("a[href]:visible, button:visible, input:visible, select:visible, summary:visible").count()
    places = []

    for _ in range(reachable + 1):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const focused = document.activeElement;
                if (!focused || focused === document.body) return null;
                const all = [...document.querySelectorAll("*")];
                const seen = focused.getBoundingClientRect();
                const style = getComputedStyle(focused);
                const ring = style.outlineStyle !== "none" || style.boxShadow !== "none";
                return [all.indexOf(focused), seen.width > 0 && seen.height > 0 && ring];
            }"""
        )
        if place is None:
            break
        places.append(place)

    assert len(places) > 5
    assert [number for number, _ in places] == sorted(number for number, _ in places)
    assert all(visible for _, visible in places), places
