"""An officer makes keys by keyboard alone, keeps the file and rehearses; nothing private leaves the browser."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from folkmoot.governance.actions.officers_keys import begin_rehearsal, hear_print, rehearse
from folkmoot.governance.domain.sealed.envelopes import spoken
from folkmoot.governance.domain.sealed.key_files import unlock_keys
from folkmoot.governance.domain.sealed.rehearsing import open_rehearsal
from folkmoot.governance.models.officers import OfficerKey, Rehearsal
from folkmoot.governance.queries.officers import team_of
from tests.browser.accessibility import faults
from tests.browser.watching import overflow
from tests.factories.governance.elections import made_election
from tests.factories.governance.officers import give, private_pair
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "quiet harbour lantern five"


def tab_to(page: Page, name: str) -> None:
    """Go on by the tabulator until what has this id, or these words, has the focus."""
    for _step in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.id, document.activeElement.textContent.trim()]")
        if name in here:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_officer_makes_keys_by_keyboard_keeps_them_and_rehearses(new_page, tmp_path) -> None:
    organisation()
    made = made_election(group(), officers=[PersonFactory(name="Ada"), PersonFactory(name="Ben")], needed=2)
    ada, ben = made.officers
    bens = private_pair()
    page = new_page(person=ada.person, width=320)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.goto(reverse("election_keys", args=[made.election.group.slug, made.election.key]))

    tab_to(page, "passphrase")
    page.keyboard.type("too short")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("fewer than 16 letters")
    page.keyboard.press("Control+a")
    page.keyboard.type(PASSPHRASE)
    tab_to(page, "passphrase_again")
    page.keyboard.type(PASSPHRASE)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert set(unlock_keys(file.read_text(), PASSPHRASE)) == {"format", "election", "opening", "signing"}
    expect(page.get_by_role("button", name="I have the file: send the public parts")).to_be_focused()
    assert (overflow(page), faults(page)) == (0, [])
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your public keys are here.")).to_be_visible()
    key = OfficerKey.objects.get(officer=ada)
    expect(page.locator("#prints .fingerprint")).to_have_text(spoken(key.print_of))

    give(ben, bens)
    hear_print(key, by=ben.person)
    begin_rehearsal(made.election, by=ben.person)
    page.reload()
    tab_to(page, "I heard Ben read this, and it is the same here")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is noted that you heard it.")).to_be_visible()
    rehearse(Rehearsal.objects.get(), bens_share(made, bens), None, by=ben.person)
    page.reload()
    page.get_by_label("Your key file").set_input_files(file)
    tab_to(page, "open_passphrase")
    page.keyboard.type("quiet harbour lantern four")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The passphrase does not open this file.")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")

    expect(page.get_by_text("The ballots were opened, and they say what was sealed.")).to_be_visible()
    assert Rehearsal.objects.get().opened_at is not None
    bodies = [(request.post_data or "") + request.url for request in sent]
    assert len([body for body in bodies if "do=rehearse" in body]) == 1
    secrets = (PASSPHRASE.split()[1], "%22d%22", '"d"')
    assert [secret for body in bodies for secret in secrets if secret in body] == []


def bens_share(made, keys):
    """What Ben's machine sends to Ada's."""
    rehearsal, team = Rehearsal.objects.get(), team_of(made.election)
    task = {
        "me": made.officers[1].pk,
        "contest": urlsafe_b64encode(bytes.fromhex(rehearsal.contest)).decode(),
        "needed": 2,
        "envelopes": rehearsal.envelopes,
        "place": 1,
        "officers": [{"pk": line.officer.pk, "opening": line.key.opening} for line in team.openers],
        "sent": {},
    }
    return {int(pk): text for pk, text in open_rehearsal(task, keys)["shares"].items()}
