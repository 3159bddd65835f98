"""`make screenshots`: takes the pictures in docs/pictures/ again, from the sample community as it is served.

python -m tests.browser.screenshots [folder [name ...]]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from playwright.sync_api import Browser, StorageState

from tests.browser import chromium
from tests.cli.running import serving

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
# Name, page (or the n-th link of its kind on the list of groups), width, height, scheme.
PICTURES = (
    ("home", "/", 1280, 900, "light"),
    ("group", "group", 1280, 1100, "light"),
    ("group-dark", "group", 1280, 1100, "dark"),
    ("group-phone", "group", 390, 844, "light"),
    ("charter", "charter", 1280, 1100, "light"),
    ("meeting", "meeting", 1280, 900, "light"),
    ("agenda", "agenda", 1280, 1000, "light"),
    ("minutes", "minutes", 1280, 1000, "light"),
    ("decisions", "decisions", 1280, 1000, "light"),
    ("search", "/search/?q=letter", 1280, 1000, "light"),
    ("calendar", "/calendar/", 1280, 900, "light"),
    ("people", "people", 1280, 1000, "light"),
    ("plan", "plan", 1280, 1000, "light"),
    ("amendment", "amendment", 1280, 1000, "light"),
    ("seats", "seats", 1280, 900, "light"),
    ("election", "election", 1280, 1000, "light"),
    ("election-result", "election result", 1280, 1000, "light"),
)
# What is for people alone, as the sample's participant sees it.
SIGNED_IN = (
    ("connections", "/connections/", 1280, 1000, "light"),
    ("chats", "/connections/chats/", 1280, 1000, "light"),
    ("directory", "/directory/", 1280, 1000, "light"),
    ("ballot", "ballot", 1280, 1000, "light"),
)
GROUP = "Community Care Working Group"
READER_ZONE = "Asia/Kolkata"


def find_pages(browser: Browser, origin: str) -> dict[str, str]:
    """The addresses of a group, its charter, its next meeting, and what else it shows to everyone."""
    page = browser.new_page()
    page.goto(f"{origin}/groups/")
    group = page.get_by_role("link", name=GROUP).first.get_attribute("href")
    page.goto(f"{origin}{group}")
    meeting = page.locator("main a[href^='/meetings/']").first.get_attribute("href")
    page.goto(f"{origin}{group}meetings/")
    minutes = page.locator("main a[href$='/minutes/published/']").first.get_attribute("href")
    page.goto(f"{origin}/groups/steering-committee/elections/")
    over = page.locator("#earlier .entry a").first.get_attribute("href")
    page.close()
    return {
        "group": str(group),
        "charter": f"{group}charter/",
        "meeting": str(meeting),
        "agenda": f"{meeting}agenda/",
        "minutes": str(minutes),
        "decisions": f"{group}decisions/",
        "people": f"{group}people/",
        "plan": f"{group}plan/",
        "amendment": f"{group}amendments/1/",
        "seats": "/groups/steering-committee/seats/",
        "election": f"{group}elections/liaison/",
        "ballot": f"{group}elections/liaison/vote/",
        "election result": f"{over}result/",
    }


def sign_in(browser: Browser, link: str) -> StorageState:
    """The cookies of whoever a one-time link is for, who accepts what is asked the first time."""
    context = browser.new_context(timezone_id=READER_ZONE, locale="en-GB")
    page = context.new_page()
    page.goto(link)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: url != link)
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, origin: str, folder: Path, link: str, names: Collection[str] = ()) -> None:
    """Take every picture, or those that are named. `link` is a one-time link of the participant."""
    pages = find_pages(browser, origin)
    states = dict.fromkeys(SIGNED_IN, sign_in(browser, link))
    for name, place, width, height, scheme in (*PICTURES, *SIGNED_IN):
        if names and name not in names:
            continue
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            timezone_id=READER_ZONE,
            locale="en-GB",
            storage_state=states.get((name, place, width, height, scheme)),
        )
        page = context.new_page()
        page.goto(f"{origin}{pages.get(place, place)}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png")
        context.close()
        print(folder / f"{name}.png")


def main(folder: Path, names: Collection[str] = ()) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, chromium.driver() as playwright:
        found = chromium.find(playwright)
        if found is None:
            print(chromium.MISSING, file=sys.stderr)
            return 1
        with serving(FOLKMOOT_DATA=data, FOLKMOOT_SAMPLE="1") as served:
            browser = chromium.launch(playwright, found)
            link = next(line.split()[-1] for line in served.lines if ", participant: " in line)
            take(browser, f"http://localhost:{served.port}", folder, link, names)
            browser.close()
            served.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:]))
