"""Watches a page for what must never happen: script errors, broken policy, calls to other servers."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

INSIDE = ("data:", "blob:", "about:")


class Watch:
    """Everything that went wrong in one browser context, as sentences.

    `complaints` must be empty when the test ends. A test that goes to a page that answers with an error says so
    with `expect_status`, since the browser reports that on its console as well.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.complaints: list[str] = []
        self.origin = origin
        self.expected_statuses: set[int] = set()
        self.friends: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        # Playwright says "request" for what is blocked too, so blocking hides nothing.
        context.on("request", self._request)
        context.route(lambda url: not self._is_inside(url), self._block)
        # Chromium writes most violations on the console; this catches the rest.
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (violation) => console.error("
            "`content security policy: ${violation.violatedDirective} ${violation.blockedURI}`));"
        )

    def expect_status(self, status: int) -> None:
        """The test goes to a page that answers with this status on purpose."""
        self.expected_statuses.add(status)

    def expect_server(self, origin: str) -> None:
        """The test leads to another server on this machine on purpose, such as a provider of accounts."""
        self.friends.append(f"{origin}/")

    def _is_inside(self, url: str) -> bool:
        if url.startswith((*INSIDE, *self.friends)):
            return True
        parts, ours = urlsplit(url), urlsplit(self.origin)
        return (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc)

    def _request(self, request: Request) -> None:
        if not self._is_inside(request.url):
            self.complaints.append(f"request to another server: {request.url}")

    def _block(self, route: Route) -> None:
        route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if any(f"status of {status}" in message.text for status in self.expected_statuses):
            return
        self.complaints.append(f"console: {message.text}")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window, once its styles are there."""
    page.wait_for_load_state("load")
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
