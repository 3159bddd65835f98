"""Going through a page by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

MOST_STEPS = 80


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(MOST_STEPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not reach {target}.")


def press(page: Page, name: str, role: str = "button") -> None:
    """Reach a control by its name and press Enter on it; waits for the page that follows."""
    reach(page, page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]
    with page.expect_navigation():
        page.keyboard.press("Enter")
