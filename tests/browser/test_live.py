"""What a browser does with the stream of a call: hears of changes, says when the connection is lost, and catches up."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import watch_of
from tests.ui.test_frontend import UI

pytestmark = pytest.mark.sqlite

HTML = """<!doctype html><html lang="en"><title>Call</title>
<section data-live-address="/live/calls/7/changes" data-live-number="3"
 data-live-lost="The connection is lost." data-live-back="The connection is back." data-live-ended="It has ended.">
<p role="status" data-live-says></p></section>
<script type="module" src="/recorder.js"></script></html>"""
# Stands for the page's own script, with less patience than ours for the sake of the test.
RECORDER = """import { follow } from "/live-source.js";
window.heard = [];
window.words = [];
const status = document.querySelector("[role=status]");
new MutationObserver(() => words.push(status.textContent)).observe(status, { childList: true });
const section = document.querySelector("section");
for (const name of ["changed", "queue", "item", "ended"])
  section.addEventListener(`live:${name}`, ({ detail }) => heard.push([name, detail.number ?? detail.why]));
follow(section, { worthAWord: 100, hiddenFor: 50 });"""
STREAM = {"content_type": "text/event-stream", "status": 200}


def event(name: str, **data: object) -> str:
    return f"id: {data.get('number', 0)}\nevent: {name}\ndata: {json.dumps(data)}\n\n"


def test_page_hears_of_changes_says_that_it_lost_them_and_catches_up(page: Page) -> None:
    source = (UI / "frontend" / "scripts" / "live.js").read_text(encoding="utf-8")
    answers = [
        {**STREAM, "body": event("changed", number=4, what=["queue"]) + event("changed", number=5, what=["item"])},
        {"status": 503, "body": ""},
        {**STREAM, "body": event("changed", number=9, what=["item", "queue"])},
        {**STREAM, "body": event("ended", why="not_allowed")},
    ]
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.partition("?")[2])
        route.fulfill(**answers[len(asked) - 1])

    watch_of(page).expect_status(503)
    page.route("**/live/calls/7/changes*", answer)
    page.route("**/a-call/", lambda route: route.fulfill(content_type="text/html", body=HTML))
    page.route("**/recorder.js", lambda route: route.fulfill(content_type="text/javascript", body=RECORDER))
    page.route("**/live-source.js", lambda route: route.fulfill(content_type="text/javascript", body=source))
    page.goto("/a-call/")

    expect(page.get_by_role("status")).to_have_text("It has ended.")
    assert asked == ["since=3", "since=5", "since=5", "since=9"]
    assert page.evaluate("words") == [
        "The connection is lost.",
        "The connection is back.",
        "The connection is lost.",
        "The connection is back.",
        "It has ended.",
    ]
    assert page.evaluate("heard") == [
        ["changed", 4],
        ["queue", 4],
        ["changed", 5],
        ["item", 5],
        ["changed", 9],
        ["item", 9],
        ["queue", 9],
        ["ended", "not_allowed"],
    ]
