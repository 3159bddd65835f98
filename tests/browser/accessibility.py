"""Checks a page with axe, as it looks in light or dark, on a phone or on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.watching import overflow

Scheme = Literal["light", "dark"]
Renderings = Sequence[tuple[Scheme, int]]
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (320, 1280)
HEIGHT = 900
ALL = tuple((scheme, width) for width in WIDTHS for scheme in SCHEMES)
# Colours hang on the scheme and layout on the width, so that each of them is enough once; the components are looked at
# in all four, and the product's pages take turns.
EACH_ONCE: Renderings = (("light", 320), ("dark", 1280))
ASK = "async (options) => window.axe ? (await axe.run(options)).violations : null"


def faults(page: Page, *, contrast: bool = True) -> list[str]:
    """What axe finds on the page as it is now, one sentence each, with the places; contrast is its dearest question."""
    page.wait_for_load_state()  # a click does not wait for the styles of the page that it leads to
    options = {
        "runOnly": {"type": "tag", "values": list(TAGS)},
        "rules": {"color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations"],
    }
    violations = page.evaluate(ASK, options)
    if violations is None:
        page.evaluate(AXE_SCRIPT)
        violations = page.evaluate(ASK, options)
    return [
        f"{violation['id']}: {violation['help']} at " + ", ".join(str(node["target"]) for node in violation["nodes"])
        for violation in violations
    ]


def assert_accessible(page: Page, renderings: Renderings = EACH_ONCE) -> None:
    """Fail with all that `inaccessible` says."""
    found = inaccessible(page, renderings)
    assert not found, "\n".join([page.url, *found])


def inaccessible(page: Page, renderings: Renderings) -> list[str]:
    """All of axe's findings, and where the page needs sideways scrolling, in each rendering."""
    before = page.viewport_size
    found = []
    for scheme, width in renderings:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{scheme}, {width} px: {fault}" for fault in faults(page)]
        if (wider := overflow(page)) > 0:
            found.append(f"{scheme}, {width} px: the page is {wider} px wider than the window")
    if before:
        page.set_viewport_size(before)
    return found
