"""Checks a page with axe, as it looks in light and dark, on a phone and on a desk."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.watching import overflow

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCHEMES = ("light", "dark")
WIDTHS = (320, 1280)
HEIGHT = 900


def faults(page: Page, *, contrast: bool = True) -> list[str]:
    """What axe finds on the page as it is now, one sentence each, with the places; contrast is its dearest question."""
    page.wait_for_load_state()  # a click does not wait for the styles of the page that it leads to
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "async (options) => (await axe.run(options)).violations",
        {
            "runOnly": {"type": "tag", "values": list(TAGS)},
            "rules": {"color-contrast": {"enabled": contrast}},
            "resultTypes": ["violations"],
        },
    )
    return [
        f"{violation['id']}: {violation['help']} at " + ", ".join(str(node["target"]) for node in violation["nodes"])
        for violation in violations
    ]


def assert_accessible(page: Page, *, schemes: tuple[str, ...] = SCHEMES, widths: tuple[int, ...] = WIDTHS) -> None:
    """Fail with all that `inaccessible` says."""
    found = inaccessible(page, schemes=schemes, widths=widths)
    assert not found, "\n".join([page.url, *found])


def inaccessible(
    page: Page, *, schemes: tuple[str, ...] = SCHEMES, widths: tuple[int, ...] = WIDTHS, contrast: bool = True
) -> list[str]:
    """All of axe's findings, and where the page needs sideways scrolling, in each rendering."""
    before = page.viewport_size
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{scheme}, {width} px: {fault}" for fault in faults(page, contrast=contrast)]
            if (wider := overflow(page)) > 0:
                found.append(f"{scheme}, {width} px: the page is {wider} px wider than the window")
    if before:
        page.set_viewport_size(before)
    return found
