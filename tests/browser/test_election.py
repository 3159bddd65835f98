"""A whole election in browsers: from its template to the winner in their seat, with 3 of 5 officers.

Everybody goes from page to page by what stands there: an address is typed only where a mail would bring it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.actions.nominations import answer_nomination, nominate
from folkmoot.governance.actions.officers import ask_officer
from folkmoot.governance.actions.officers_keys import give_keys, hear_print
from folkmoot.governance.domain.sealed.envelopes import seal, spoken
from folkmoot.governance.domain.sealed.key_files import unlock_keys
from folkmoot.governance.domain.sealed.rehearsing import open_rehearsal
from folkmoot.governance.domain.verifying import verify_any
from folkmoot.governance.models.ballots import SealedBallot
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import OfficerKey, Rehearsal
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.nominations import candidates_of
from folkmoot.groups.actions.seats import add_seat
from folkmoot.groups.models import Filling, Term
from folkmoot.ledger.actors import system
from folkmoot.ledger.schedule import enqueue_due
from folkmoot.notices.models import Letter
from folkmoot.people import guards
from folkmoot.people.models import Person
from tests.browser import elections
from tests.browser.accessibility import assert_accessible, faults
from tests.browser.elections import key_file, with_key
from tests.browser.keyboard import press, reach
from tests.browser.watching import overflow
from tests.factories.governance.officers import private_pair, public
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

OFFICERS = ("Ada", "Bo", "Cleo", "Dan", "Esi")
CANDIDATES = ("Fay", "Gus", "Hal")
OTHERS = ("Ida", "Jon", "Kim", "Leo", "Mia")

PASSPHRASE = "quiet harbour lantern five"
BALLOT_AS_READ = [
    '- group "Chair 2027":',
    "- text: Chair 2027",
    "- paragraph: Write 1 beside your first choice, 2 beside the next, as many as you like. "
    "Leave empty whom you have no opinion on.",
    "- status",
    "- list:",
    *(
        line.format(f"C{place}")
        for place in (1, 2, 3)
        for line in (
            "- listitem:",
            '- textbox "{0}"',
            "- text: {0}",
            '- link "Read more about {0}, in a new tab":',
            '- button "{0} one up": ↑',
            '- button "{0} one down": ↓',
        )
    ),
]


def test_election_goes_from_its_template_to_the_seat(new_page, freeze, settle, monkeypatch, tmp_path) -> None:
    cache.clear()
    monkeypatch.setattr(guards, "QUICKEST", 0.0)
    freeze("2027-08-02T12:00Z")
    organisation(zone="UTC")
    lantern = group()
    people = {name: join(PersonFactory(name=name), lantern) for name in OFFICERS + CANDIDATES + OTHERS}
    manager = PersonFactory(name="Max")
    lead(manager, lantern, ends_on=date(2028, 1, 1))
    chair = add_seat(lantern, title="Chair", term_months=24, filling=Filling.ELECTED, by=system())

    page = new_page(person=manager)
    election = begin_and_announce(page, lantern)
    ask_five(page, new_page, election, people, by=manager)
    freeze("2027-09-02T12:00Z")
    stand(new_page, election, people)
    files = make_keys(new_page, election, people, tmp_path)
    freeze("2027-09-10T12:00Z")
    open_the_voting(new_page, election, people)
    freeze("2027-09-11T09:00Z")
    enqueue_due()
    settle()
    election = Election.objects.get()
    receipt = vote(new_page, election, people)
    freeze("2027-10-01T00:05Z")
    enqueue_due()
    settle()
    open_and_count(new_page, election, people, files)
    check_as_a_stranger(new_page(), lantern, receipt)
    freeze("2027-10-20T12:00Z")
    enqueue_due()
    settle()
    certify(new_page, election, people)

    freeze("2027-11-01T12:00Z")
    assert list(Term.objects.on(date(2027, 11, 1)).filter(seat=chair).values_list("person__name")) == [("Fay",)]


def begin_and_announce(page: Page, lantern) -> Election:
    """The manager comes from the group's page, sees all days, keeps the draft, and announces it."""
    page.goto(f"/groups/{lantern.slug}/")
    page.get_by_role("link", name="Elections", exact=True).click()
    page.get_by_role("link", name="Begin an election").click()
    page.get_by_label("What is it called?").fill("Chair 2027")
    page.get_by_label("From which day is it laid out?").fill("11 September 2027")
    page.get_by_label("On which day do terms begin?").fill("1 November 2027")
    page.get_by_label("Chair, free").check()
    page.get_by_text("How ballots are kept, and where days end").click()
    page.get_by_label("How many officers open the ballots together?").fill("3")
    page.get_by_label("At midnight in UTC").check()
    page.get_by_role("button", name="Show all days").click()
    expect(page.get_by_role("cell", name="11 to 30 September 2027")).to_be_visible()
    page.get_by_role("button", name="Keep it as a draft").click()
    expect(page.get_by_text("It is a draft, which nobody else sees yet.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Announce it").click()
    page.get_by_role("button", name="Announce it").click()
    expect(page.get_by_text("It is announced.")).to_be_visible()
    return Election.objects.get()


def ask_five(page: Page, new_page, election: Election, people, *, by) -> None:
    """From the election the manager asks officers; the first says yes in a browser, the others in the same way."""
    page.get_by_role("link", name="Ask officers", exact=True).click()
    page.get_by_label("Who", exact=True).select_option(label="Ada")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Ada is asked, and can say yes or no.")).to_be_visible()
    for name in OFFICERS[1:]:
        officer, client = ask_officer(election, people[name], by=by), Client()
        client.force_login(people[name])
        answer = client.post(at(election, "election_duty"), {"do": "accept", "conflict": ""})
        assert (answer.status_code, officer.election_id) == (302, election.pk)

    ada = new_page(person=people["Ada"])
    ada.goto(election.get_absolute_url())
    ada.get_by_role("link", name="Say yes or no").click()
    ada.get_by_label("What should others know?").fill("I sing with Gus.")
    ada.get_by_role("button", name="Yes, I take it on").click()
    expect(ada.get_by_role("heading", name="The officers’ keys")).to_be_visible()


def stand(new_page, election: Election, people) -> None:
    """One candidate is nominated and says yes in a browser, from the mail; two more in the same way."""
    leo = new_page(person=people["Leo"])
    leo.goto(election.get_absolute_url())
    leo.get_by_role("link", name="Nominate somebody, or yourself").click()
    leo.get_by_label("Whom?").select_option(label="Fay")
    leo.get_by_label("Why?").fill("She listens.")
    leo.get_by_role("button", name="Nominate", exact=True).click()
    expect(leo.get_by_text("Thank you. They are asked now")).to_be_visible()
    fay = new_page(person=people["Fay"])
    fay.goto("/me/")
    fay.get_by_role("link", name="Say whether you would like to stand").click()
    fay.get_by_label("What you would like to do").fill("I would keep the lights on.")
    fay.get_by_role("button", name="Yes, I stand").click()
    expect(fay.get_by_text("This is your page as everybody reads it.")).to_be_visible()
    look(fay)
    contest = election.contests.get()
    for name in CANDIDATES[1:]:
        nomination = nominate(contest, people[name], by=people["Leo"])
        answer_nomination(nomination, True, statement="I would come early.", by=people[name])


def make_keys(new_page, election: Election, people, folder: Path) -> dict[str, Any]:
    """Ada makes keys by keyboard alone on a phone, Bo with the mouse, the others elsewhere; all rehearse.

    Gives for each officer the file as they keep it and its passphrase.
    """
    files: dict[str, tuple[Any, str]] = {}
    ada, bo = new_page(person=people["Ada"], width=320), new_page(person=people["Bo"])
    sent: list[Request] = []
    ada.on("request", lambda request: sent.append(request))
    ada.goto(election.get_absolute_url())
    press(ada, "Make your keys", "link")
    reach(ada, ada.locator("#passphrase"))
    ada.keyboard.type("too short")
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("alert")).to_contain_text("fewer than 16 letters")
    ada.keyboard.press("Control+a")
    ada.keyboard.type(PASSPHRASE)
    reach(ada, ada.locator("#passphrase_again"))
    ada.keyboard.type(PASSPHRASE)
    files["Ada"] = kept(ada, folder / "ada", lambda: ada.keyboard.press("Enter"))
    expect(ada.get_by_role("button", name="I have the file: send the public parts")).to_be_focused()
    look(ada)
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Your public keys are here.")).to_be_visible()
    assert ada.locator("#prints .fingerprint").all_inner_texts() == [spoken(key_of(election, "Ada").print_of)]

    bo.goto(election.get_absolute_url())
    bo.get_by_role("link", name="Make your keys").click()
    bo.locator("#passphrase").fill(PASSPHRASE)
    bo.locator("#passphrase_again").fill(PASSPHRASE)
    make = bo.get_by_role("button", name="Make my keys and keep the file")
    files["Bo"] = kept(bo, folder / "bo", make.click)
    bo.get_by_role("button", name="I have the file: send the public parts").click()
    expect(bo.get_by_text("Your public keys are here.")).to_be_visible()

    keys = {name: unlock_keys(Path(file).read_text(), PASSPHRASE) for name, (file, _) in files.items()}
    for name in OFFICERS[2:]:
        keys[name] = private_pair()
        give_keys(election.officers.get(person=people[name]), *public(keys[name]).values(), by=people[name])
        files[name] = (key_file(keys[name]), elections.PASSPHRASE)
    for key in OfficerKey.objects.select_related("officer__person").order_by("officer"):
        for name in OFFICERS:
            if key.officer.person.name not in (name, "Bo" if name == "Ada" else name):
                hear_print(key, by=people[name])

    ada.reload()
    press(ada, "I heard Bo read this, and it is the same here")
    expect(ada.get_by_text("It is noted that you heard it.")).to_be_visible()
    press(ada, "Invent ballots for the rehearsal")
    for name in OFFICERS[1:]:
        rehearse_elsewhere(election, people[name], keys[name])
    ada.reload()
    ada.get_by_label("Your key file").set_input_files(files["Ada"][0])
    reach(ada, ada.get_by_label("Its passphrase"))
    ada.keyboard.type("quiet harbour lantern four")
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("alert")).to_contain_text("The passphrase does not open this file.")
    ada.keyboard.type(PASSPHRASE)
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Your keys are ready.")).to_be_visible()
    look(ada)
    assert secrets_in(sent) == []
    return files


def kept(page: Page, path: Path, act: Callable[[], None]) -> tuple[Path, str]:
    """The key file that the browser gives to keep."""
    with page.expect_download() as download:
        act()
    download.value.save_as(path)
    assert set(unlock_keys(path.read_text(), PASSPHRASE)) == {"format", "election", "opening", "signing"}
    return path, PASSPHRASE


def key_of(election: Election, name: str) -> OfficerKey:
    return OfficerKey.objects.get(officer__election=election, officer__person__name=name)


def rehearse_elsewhere(election: Election, person: Person, keys: dict[str, Any]) -> None:
    """An officer opens their part of the rehearsal on the command line, from the task that they download."""
    client = Client()
    client.force_login(person)
    task = client.get(at(election, "election_rehearsal")).json()
    said = open_rehearsal(task, keys)
    client.post(
        at(election, "election_keys"),
        {"do": "rehearse", "rehearsal": Rehearsal.objects.get().contest, "opened": json.dumps(said)},
    )


def secrets_in(sent: list[Request]) -> list[str]:
    """Which private things were among what a browser sent."""
    bodies = [(request.post_data or "") + request.url for request in sent]
    secrets = (PASSPHRASE.split()[1], "%22d%22", '"d"')
    return [secret for body in bodies for secret in secrets if secret in body]


def open_the_voting(new_page, election: Election, people) -> None:
    """An officer comes from the election, reads what will be frozen, and opens the voting by a button."""
    ada = new_page(person=people["Ada"])
    ada.goto(election.get_absolute_url())
    ada.get_by_role("link", name="Open the voting").click()
    look(ada)
    for box in ada.get_by_role("checkbox").all():
        box.check()
    ada.get_by_role("button", name="Freeze all of this and open the voting").click()
    expect(ada.get_by_text("Everything is frozen, and voting opens on its first day.")).to_be_visible()
    look(ada)


def vote(new_page, election: Election, people) -> str:
    """Ida votes by keyboard alone on a phone, Jon without scripts, both by the link in their mail; seven elsewhere.

    Hal falls out first, and Fay has five to four: without both ballots from the browsers she would not be elected.
    Gives Ida's receipt.
    """
    ida = new_page(width=320)
    sent: list[Request] = []
    ida.on("request", lambda request: sent.append(request))
    ida.goto(link_in_mail(people["Ida"]))
    look(ida)
    press(ida, "Open the ballot")
    expect(ida.get_by_text("Your browser seals your ballot")).to_be_visible()
    assert ballot_as_read(ida) == BALLOT_AS_READ
    assert_accessible(ida)
    reach(ida, ida.get_by_label("Gus", exact=True))
    ida.keyboard.type("1")
    reach(ida, ida.get_by_role("button", name="Fay one up"))
    ida.keyboard.press("Enter")
    expect(ida.get_by_role("status").filter(has_text="Fay is now number 2.")).to_be_attached()
    ida.keyboard.press("Enter")
    expect(ida.get_by_role("button", name="Fay one up")).to_be_focused()
    reach(ida, ida.get_by_label("Hal", exact=True))
    ida.keyboard.type("1")
    reach(ida, ida.get_by_role("button", name="Review my ballot"))
    ida.keyboard.press("Enter")
    expect(ida.get_by_role("alert").filter(has_text="have the same number")).to_be_visible()
    reach(ida, ida.get_by_label("Hal", exact=True))
    ida.keyboard.press("Backspace")
    reach(ida, ida.get_by_role("button", name="Review my ballot"))
    ida.keyboard.press("Enter")
    expect(ida.get_by_role("heading", name="Is this your ballot?")).to_be_focused()
    assert ida.locator("[data-review-words] li").all_inner_texts() == ["1. Fay", "2. Gus"]
    expect(ida.get_by_text("No opinion on Hal.")).to_be_visible()
    look(ida)
    receipt = ida.locator("[data-review-receipt]").inner_text()
    press(ida, "Cast my ballot")
    expect(ida.get_by_role("heading", name="Your ballot is cast")).to_be_visible()
    look(ida)
    contest = election.contests.get()
    bodies = [parse_qs(request.post_data) for request in sent if request.post_data]
    assert [sorted(body) for body in bodies] == [
        ["csrfmiddlewaretoken", "do", "pass"],
        ["csrfmiddlewaretoken", "do", f"e-{contest.pk}", "for", "opened", "pass"],
    ]
    assert bodies[1][f"e-{contest.pk}"] == [SealedBallot.objects.get(receipt=receipt).envelope]

    jon = new_page(width=320, javascript=False)
    jon.goto(link_in_mail(people["Jon"]))
    press(jon, "Open the ballot")
    expect(jon.get_by_text("the server seals your ballot")).to_be_visible()
    jon.get_by_label("Hal", exact=True).press("1")
    jon.get_by_label("Gus", exact=True).press("2")
    press(jon, "Review my ballot")
    press(jon, "Change it")
    jon.get_by_label("Gus", exact=True).fill("")
    jon.get_by_label("Fay", exact=True).press("2")
    press(jon, "Review my ballot")
    assert jon.locator(".ballot-words li").all_inner_texts() == ["1. Hal", "2. Fay"]
    press(jon, "Cast my ballot")
    expect(jon.get_by_text("Thank you. Your envelope is among those")).to_be_visible()
    assert overflow(jon) == 0  # axe needs scripts

    for name, wanted in zip(("Ada", "Bo", "Cleo", "Dan", "Kim", "Leo", "Mia"), ["Fay"] * 3 + ["Gus"] * 4, strict=True):
        ranks = [int(one.ballot_name == wanted) for one in candidates_of(contest)]
        cast_ballots(election, {contest.pk: seal(ranks, sealing_for(contest)).text}, by=people[name])
    return receipt


def open_and_count(new_page, election: Election, people, files) -> None:
    """Ada, Bo and Esi open their shares and count, each from their key file; the third goes on to count at once."""
    pages = {}
    for name, width in (("Ada", 320), ("Bo", 1280), ("Esi", 1280)):
        pages[name] = page = new_page(person=people[name], width=width)
        page.goto(election.get_absolute_url())
        page.get_by_role("link", name="Open your share").click()
        if name == "Bo":
            with_key(page, files["Esi"][0], "Open your share")
            page.get_by_text("This key file belongs to another election or another officer.").wait_for()
        with_key(page, files[name][0], "Open your share", files[name][1])
        if name != "Esi":
            page.get_by_text("Ballots can be counted once enough officers have opened their shares.").wait_for()
    pages["Esi"].get_by_text("Opened so far: 3. Counted so far: 1.", exact=False).wait_for()
    look(pages["Esi"])
    for name in ("Ada", "Bo"):
        page = pages[name]
        page.reload()
        with_key(page, files[name][0], "Count the ballots", files[name][1])
        said = "Counted so far: 2." if name == "Ada" else "Enough officers found the same rankings."
        page.get_by_text(said).wait_for()
    look(pages["Ada"])
    pages["Ada"].reload()
    pages["Esi"].reload()
    for name, page in pages.items():
        page.get_by_role("link", name="Look at the count and sign it").click()
        with_key(page, files[name][0], "Sign the count", files[name][1])
        expect(page.get_by_text("You signed the count.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Release the result").click()
    page.get_by_role("button", name="Release the result").click()
    expect(page.get_by_text("The result is released, and everybody is told.")).to_be_visible()
    assert_accessible(page)


def check_as_a_stranger(page: Page, lantern, receipt: str) -> None:
    """Somebody without an account finds the result, a receipt, and a bundle that verifies until a byte changes."""
    page.goto(f"/groups/{lantern.slug}/")
    page.get_by_role("link", name="Elections", exact=True).click()
    page.get_by_role("link", name="Chair 2027").click()
    page.get_by_role("link", name="See how it was counted").click()
    expect(page.get_by_role("list", name="Elected")).to_have_text("Fay")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the bundle with you").click()
    packed, frozen = download.value.path().read_bytes(), Election.objects.get().frozen_hash
    assert verify_any(packed, frozen=frozen).is_right
    assert not verify_any(with_a_byte_changed(packed), frozen=frozen).is_right
    page.get_by_role("link", name="Find your receipt among the ballots that were accepted.").click()
    expect(page.get_by_text(receipt)).to_be_visible()


def with_a_byte_changed(packed: bytes) -> bytes:
    """The same bundle, packed again with another byte in the list of receipts."""
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as before, ZipFile(out, "w") as after:
        names = before.namelist()
        (receipts,) = [name for name in names if "receipts" in name]
        for name in names:
            content = before.read(name)
            after.writestr(name, content if name != receipts else bytes([content[0] ^ 1]) + content[1:])
    return out.getvalue()


def certify(new_page, election: Election, people) -> None:
    """Once the days for complaints are over, an officer certifies by a button and sees who sits where."""
    ada = new_page(person=people["Ada"])
    ada.goto(election.get_absolute_url())
    ada.get_by_role("link", name="Certify the result").click()
    look(ada)
    ada.get_by_role("button", name="Certify the result").click()
    expect(ada.get_by_text("The result is certified.")).to_be_visible()
    ada.get_by_role("link", name="Chair", exact=True).click()
    expect(ada.get_by_role("row").filter(has_text="Fay")).to_contain_text("1 November 2027")
    look(ada)


def ballot_as_read(page: Page) -> list[str]:
    """What a screen reader has of the ballot, line by line; the candidates by name, since each reader has an order."""
    tree = page.get_by_role("group", name="Chair 2027").aria_snapshot()
    lines = [line.strip() for line in tree.splitlines() if "/url" not in line]
    for place, name in enumerate(page.locator("[data-name]").all_inner_texts(), 1):
        lines = [re.sub(rf"\b{name}\b", f"C{place}", line) for line in lines]
    return lines


def link_in_mail(person: Person) -> str:
    """The address of the ballot in the mail that went to somebody."""
    text = Letter.objects.filter(recipient=person.email, text__contains="/vote/link/").latest("pk").text
    return re.search(r"https?://[^/]+(/\S+/vote/link/\S+)", text)[1]


def look(page: Page) -> None:
    """As it is now, nothing is in the way of anybody."""
    assert (page.url, overflow(page), faults(page)) == (page.url, 0, [])


def at(election: Election, name: str) -> str:
    return reverse(name, args=[election.group.slug, election.key])
