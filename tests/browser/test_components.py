"""The page of components in a real browser: in every rendering, by keyboard, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import ALL, HEIGHT, SCHEMES, WIDTHS, assert_accessible
from tests.browser.conftest import watch_of
from tests.browser.watching import overflow

PAGE = "/ui/components/"
SIGN_IN_PAGES = ("/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/")

# What stands on these pages comes from no database.
pytestmark = [pytest.mark.sqlite, pytest.mark.urls("tests.ui.addresses")]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_components_are_accessible(page: Page, direction) -> None:
    page.goto(f"{PAGE}?direction={direction}")
    expect(page.locator("#plate-main")).to_be_visible()

    assert_accessible(page, ALL)


def test_components_are_accessible_with_everything_open(page: Page) -> None:
    page.goto(PAGE)
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")

    assert_accessible(page, ALL)


@pytest.mark.parametrize("address", SIGN_IN_PAGES)
def test_sign_in_pages_are_accessible(page: Page, address) -> None:
    page.goto(address)

    assert_accessible(page)


def test_refused_form_is_accessible_and_takes_the_focus(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", "nobody@example.org")
    page.fill("[name=password]", "wrong")
    page.locator("main .button-primary").click()

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error:"))
    assert_accessible(page)


@pytest.mark.parametrize(("state", "status"), [("refused", 409), ("forbidden", 403), ("missing", 404), ("broken", 500)])
def test_error_pages_are_accessible(page: Page, state, status) -> None:
    watch_of(page).expect_status(status)
    page.goto(f"{PAGE}errors/{state}/")

    assert_accessible(page)


def test_page_with_wider_spacing_and_larger_text_cuts_nothing_off(page: Page) -> None:
    """WCAG 1.4.12 text spacing, and 1.4.4 with text at twice its size, on a phone."""
    page.goto(PAGE)
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    # A style element would be against the content policy, so the sheet is made by the script's own interface.
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }
                html { font-size: 150%; }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )

    assert overflow(page) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.button, .badge, .plate p, .callout, .segment, .toast, h1, h2, h3')]
            .filter((box) => box.scrollWidth > box.clientWidth + 2 && getComputedStyle(box).overflow !== 'visible')
            .map((box) => box.textContent)"""
    )
    assert cut == []


def test_everything_to_press_is_large_enough(page: Page) -> None:
    """Ours is 44 px; WCAG 2.5.8 asks for 24, and leaves out links within a sentence."""
    page.goto(PAGE)
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
            .filter((box) => box.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
            .filter((box) => !box.closest('p, .prose, .entry-name, .person, .source, h3, .callout, .skip-link'))
            .filter((box) => !['radio', 'checkbox'].includes(box.type))
            .map((box) => {
                const after = getComputedStyle(box, '::after');
                const extra = box.matches('.button-small') ? 8 : 0;
                return [box.textContent.trim(), Math.round(box.getBoundingClientRect().height + extra)];
            })
            .filter(([, height]) => height < 32)"""
    )

    assert small == []


def test_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.goto(PAGE)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")

    seen = set()
    for _step in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const box = document.activeElement;
                const edges = box.getBoundingClientRect();
                const shown = getComputedStyle(box);
                const around = box.closest('.segment') ?? box;
                const ringed = shown.outlineStyle !== 'none' || getComputedStyle(around).outlineStyle !== 'none';
                const middle = document.elementFromPoint(edges.x + edges.width / 2, edges.y + edges.height / 2);
                const covered = middle && !box.contains(middle) && !middle.contains(box) && !around.contains(middle);
                return [box.outerHTML.slice(0, 120), ringed, Boolean(covered)];
            }"""
        )
        seen.add(place[0])
        assert place[1], f"focus is not visible on {place[0]}"
        assert not place[2], f"focus is covered on {place[0]}"
    assert len(seen) > 50, "the keyboard is caught"


def test_menu_at_the_foot_of_a_phone_does_not_cover_the_focus(new_page, monkeypatch) -> None:
    from folkmoot.kit.registry import Registry
    from folkmoot.ui import chrome
    from folkmoot.ui.slots import MenuLine

    menu: Registry[MenuLine] = Registry("line")
    for name in ("Groups", "Calendar", "Decisions"):
        menu.register(name, MenuLine(name, "ui_components"))
    monkeypatch.setattr(chrome, "MAIN_MENU", menu)
    page = new_page(width=320, height=640)
    page.goto(PAGE)
    foot = page.locator(".main-menu").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] == pytest.approx(640, abs=1)

    page.locator("#buttons .button").first.focus()
    for _step in range(30):
        page.keyboard.press("Tab")
        bottom = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert bottom <= foot["y"] + 1, page.evaluate("document.activeElement.outerHTML")


def test_zone_of_the_device_is_found_and_the_times_swapped(new_page) -> None:
    page = new_page(zone="Asia/Kolkata")
    page.goto(PAGE)

    expect(page.locator("#bar-zone")).to_have_text("Times in Kolkata")
    expect(page.locator("#moments .moment-there").nth(1)).to_contain_text("in Los Angeles")
    expect(page.locator("html")).to_have_attribute("data-zone", "known")
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "zone"]
    assert cookie["value"] in {"Asia/Kolkata", "Asia/Calcutta"}
    assert cookie["sameSite"] == "Lax"
    # The next page comes right from the server.
    page.reload()
    assert page.locator("html").get_attribute("data-zone") == "known"


def test_zone_is_asked_for_only_once(new_page) -> None:
    page = new_page(zone="Asia/Kolkata")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(PAGE) else None)

    page.goto(PAGE)
    expect(page.locator("#bar-zone")).to_have_text("Times in Kolkata")
    page.reload()
    page.wait_for_load_state("networkidle")

    assert len(asked) == 3  # the page, the page in the zone, the reload


def test_page_works_without_scripts(no_javascript: Page) -> None:
    no_javascript.goto(PAGE)

    expect(no_javascript.locator("#plate-main")).to_contain_text("your time in Kolkata")
    expect(no_javascript.locator("#bar-zone")).to_have_text("Choose your time zone")
    # What only scripts can do is not offered.
    expect(no_javascript.locator(".copy")).to_be_hidden()
    expect(no_javascript.locator("[data-dismiss]").first).to_be_hidden()
    no_javascript.get_by_text("How to take part").click()
    expect(no_javascript.get_by_text("Nobody is asked to speak")).to_be_visible()


def test_theme_changes_at_once_and_stays(page: Page) -> None:
    page.goto(PAGE)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.locator(".theme-toggle").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".theme-choice a", has_text="Light").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


@pytest.mark.parametrize("scheme", SCHEMES)
def test_chosen_theme_beats_the_device(new_page, scheme) -> None:
    page = new_page(scheme=scheme)
    page.goto(f"{PAGE}?theme=dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 22, 19)"


def test_address_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGE)

    page.get_by_role("button", name="Copy the address").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/calendar.ics")


def test_what_was_typed_survives_a_reload(page: Page) -> None:
    page.goto(PAGE)
    form = page.locator("form[data-guard=sample]")
    form.locator("[name=sample-name]").fill("Community Garden")
    form.locator("[name=sample-charter]").fill("# Charter\n\nLong.")
    form.get_by_text("9:30 pm").click()

    page.reload()

    expect(form.locator("[name=sample-name]")).to_have_value("Community Garden")
    expect(form.locator("[name=sample-charter]")).to_have_value("# Charter\n\nLong.")
    expect(form.locator("[name=sample-clock][value='12']")).to_be_checked()
    expect(form.locator("[data-draft-note]")).to_be_visible()


def test_message_can_be_put_away(page: Page) -> None:
    page.goto(PAGE)
    toasts = page.locator("#messages .toast")
    before = toasts.count()

    toasts.first.get_by_role("button", name="Put away").click()

    expect(toasts).to_have_count(before - 1)


def test_link_into_something_closed_opens_it(page: Page) -> None:
    page.goto(PAGE)
    page.evaluate("document.querySelector('details.disclosure p').id = 'deep'")

    page.evaluate("location.hash = 'deep'")

    expect(page.locator("#deep")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_page_shows_its_shape_in_forced_colours(new_page, width) -> None:
    page = new_page(width=width)
    page.emulate_media(forced_colors="active")
    page.goto(PAGE)

    edges = page.evaluate(
        """() => ['.plate', '.face', '.callout', '.badge', '.hour-start']
            .map((name) => getComputedStyle(document.querySelector(name)))
            .map((style) => style.borderTopStyle !== 'none' || style.outlineStyle !== 'none')"""
    )
    assert all(edges)
    assert overflow(page) <= 0


def test_page_is_printed_on_white_without_its_frame(page: Page) -> None:
    page.goto(f"{PAGE}?theme=dark")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".bar-end")).to_be_hidden()
    expect(page.locator("#plate-main .plate-day")).to_be_visible()


def test_nothing_moves_for_readers_who_want_it_still(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(PAGE)

    moving = page.evaluate(
        "document.getAnimations().filter((a) => a.effect.getComputedTiming().activeDuration > 50).length"
    )
    assert moving == 0
