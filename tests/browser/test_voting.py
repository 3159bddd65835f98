"""A voter gets from the link in the mail to the receipt by keyboard on a phone, with scripts and without."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from folkmoot.governance.ballot_links import ballot_path
from folkmoot.governance.domain.sealed.envelopes import open_ballot, open_share, read_envelope
from folkmoot.governance.models.ballots import SealedBallot
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.people import guards
from tests.browser.accessibility import faults
from tests.browser.watching import overflow
from tests.factories.governance.elections import made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(monkeypatch):
    organisation()
    cache.clear()
    monkeypatch.setattr(guards, "QUICKEST", 0.0)
    return made_election(group(), ElectionState.OPEN, officers=3, needed=2)


def opened_by_two(made):
    sealed, sealing = SealedBallot.objects.get(), sealing_for(made.contest)
    read = read_envelope(sealed.envelope, sealing)
    shares = [open_share(read, place, made.keys[place]["opening"]) for place in (0, 2)]
    return sealed, open_ballot(read, shares, sealing)


def look(page: Page) -> None:
    assert faults(page) == []
    assert overflow(page) == 0


def test_ballot_is_sealed_in_the_browser_and_only_the_envelope_is_sent(made, new_page):
    page, sent = new_page(width=320), []
    page.on("request", lambda request: sent.append(parse_qs(request.post_data or "")))
    ada, bo, cleo = (one.ballot_name for one in made.nominations)
    page.goto(ballot_path(made.voters[0]))
    look(page)
    page.get_by_role("button", name="Open the ballot").press("Enter")
    expect(page.get_by_text("Your browser seals your ballot")).to_be_visible()
    look(page)

    # Cleo by a number, Ada by a button, and Ada above Cleo by another press.
    page.get_by_label(cleo, exact=True).press("1")
    page.get_by_role("button", name=f"{ada} one up").press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"{ada} is now number 2.")).to_be_attached()
    page.get_by_role("button", name=f"{ada} one up").press("Enter")
    expect(page.get_by_role("button", name=f"{ada} one up")).to_be_focused()
    page.get_by_label(bo, exact=True).press("1")
    page.get_by_role("button", name="Review my ballot").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="have the same number")).to_be_visible()
    page.get_by_label(bo, exact=True).press("Backspace")
    page.get_by_role("button", name="Review my ballot").press("Enter")

    expect(page.get_by_role("heading", name="Is this your ballot?")).to_be_focused()
    assert page.locator("[data-review-words] li").all_inner_texts() == [f"1. {ada}", f"2. {cleo}"]
    expect(page.get_by_text(f"No opinion on {bo}.")).to_be_visible()
    receipt = page.locator("[data-review-receipt]").inner_text()
    look(page)
    page.get_by_role("button", name="Cast my ballot").press("Enter")
    expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible()
    look(page)

    sealed, ranks = opened_by_two(made)
    assert (ranks, sealed.receipt) == ((1, 0, 2), receipt)
    bodies = [body for body in sent if body]
    assert [sorted(body) for body in bodies] == [
        ["csrfmiddlewaretoken", "do", "pass"],
        ["csrfmiddlewaretoken", "do", f"e-{made.contest.pk}", "for", "opened", "pass"],
    ]
    assert bodies[1][f"e-{made.contest.pk}"] == [sealed.envelope]


def test_without_scripts_the_server_seals(made, new_page):
    page = new_page(width=320, javascript=False)
    ada, bo, cleo = (one.ballot_name for one in made.nominations)
    page.goto(ballot_path(made.voters[0]))
    page.get_by_role("button", name="Open the ballot").press("Enter")
    expect(page.get_by_text("the server seals your ballot")).to_be_visible()
    page.get_by_label(cleo, exact=True).press("1")
    page.get_by_label(ada, exact=True).press("2")
    page.get_by_role("button", name="Review my ballot").press("Enter")
    page.get_by_role("button", name="Change it").press("Enter")
    page.get_by_label(bo, exact=True).press("3")
    page.get_by_role("button", name="Review my ballot").press("Enter")
    assert page.get_by_role("listitem").filter(has_text="1.").inner_text() == f"1. {cleo}"
    page.get_by_role("button", name="Cast my ballot").press("Enter")
    expect(page.get_by_role("heading", name="Your ballot is cast")).to_be_visible()

    sealed, ranks = opened_by_two(made)
    assert ranks == (2, 3, 1)
    expect(page.get_by_text(sealed.receipt)).to_be_visible()


def test_line_is_dragged_to_its_rank(made, new_page):
    page = new_page(person=made.voters[0].person)
    page.goto(f"{made.election.get_absolute_url()}practice-ballot/")
    handles = page.locator("[data-handle]")
    top, last = handles.nth(0).bounding_box(), handles.nth(3).bounding_box()
    names = page.locator("[data-name]").all_inner_texts()

    page.mouse.move(last["x"] + 5, last["y"] + 5)
    page.mouse.down()
    page.mouse.move(top["x"] + 5, top["y"] - 10, steps=4)
    page.mouse.up()

    expect(page.locator("[data-name]").first).to_have_text(names[3])
    expect(page.locator(".ballot-number").first).to_have_value("1")
    page.get_by_role("button", name="Review my ballot").click()
    assert page.locator("[data-review-words] li").all_inner_texts() == [f"1. {names[3]}"]
    expect(page.get_by_text("Nothing of it was sent.")).to_be_visible()
