"""A real browser in front of a live server.

Each test here is marked `browser`. At its end its pages must not have shown a script error or a violation of
the content policy, nor asked any other server for anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from folkmoot.people.models import Person
from tests.browser import chromium
from tests.browser.watching import Watch

# Playwright runs its loop in the test's thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a test process. On CI it must be there; elsewhere the tests are skipped with the reason."""
    with chromium.driver() as playwright:
        found = chromium.find(playwright)
        if found is None:
            if os.environ.get("CI"):
                pytest.fail(chromium.MISSING)
            pytest.skip(chromium.MISSING)
        running = chromium.launch(playwright, found)
        yield running
        running.close()


NewPage = Callable[..., Page]
_watches: dict[BrowserContext, Watch] = {}


def watch_of(page: Page) -> Watch:
    """What was noticed on the page so far, to say what is expected."""
    return _watches[page.context]


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[NewPage]:
    """`new_page(person=…, zone="Asia/Kolkata", width=320, scheme="dark", javascript=False)`: a page of its own.

    Addresses are relative to the live server. With `person` the page is signed in.
    """
    opened = []

    def make(
        *,
        person: Person | None = None,
        zone: str = "UTC",
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        javascript: bool = True,
        locale: str = "en-GB",
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            timezone_id=zone,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale=locale,
        )
        context.set_default_timeout(10_000)
        watch = Watch(context, live_server.url)
        _watches[context] = watch
        opened.append((context, watch))
        page = context.new_page()
        if person is not None:
            sign_in(page, person)
        return page

    yield make
    complaints = []
    for context, watch in opened:
        context.close()
        complaints += watch.complaints
        del _watches[context]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page at a desk, in light, nobody signed in."""
    return new_page()


@pytest.fixture
def no_javascript(new_page: NewPage) -> Page:
    """A page of a browser that runs no scripts."""
    return new_page(javascript=False)


def sign_in(page: Page, person: Person) -> None:
    """Sign a person in without the sign-in pages, which have tests of their own."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": watch_of(page).origin}]
    )
