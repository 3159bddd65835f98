"""Two of three officers open ballots in their browsers, from key files to rankings on which they agree."""

from __future__ import annotations

import json

from joserfc import jwe
from joserfc.jwk import OctKey

from folkmoot.governance.actions import results
from folkmoot.governance.models.elections import ElectionState
from tests.browser.accessibility import assert_accessible
from tests.factories.governance.elections import made_election
from tests.factories.governance.opening import agreed
from tests.factories.groups import group

LOCK = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 1000}
PASSPHRASE = "many lanterns by the café"


def key_file(keys):
    """An officer's key file, as their browser once wrote it but for the time that its passphrase takes."""
    lock = OctKey.import_key(PASSPHRASE.encode())
    text = jwe.encrypt_compact(LOCK, json.dumps(keys).encode(), lock, algorithms=[LOCK["alg"], LOCK["enc"]])
    return {"name": "key.txt", "mimeType": "text/plain", "buffer": text.encode()}


def open_with(page, keys, button):
    page.get_by_label("Your key file").set_input_files(key_file(keys))
    page.get_by_label("Its passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name=button, exact=True).click()


def test_officers_open_five_ballots_from_key_files_to_agreed_rankings(new_page, monkeypatch):
    counted = []
    monkeypatch.setattr(results, "count_election", lambda election: counted.append(election.pk), raising=False)
    made = made_election(group(), ElectionState.CLOSED, officers=3, needed=2, voters=5)
    address = f"{made.election.get_absolute_url()}opening/"
    first, second = (
        new_page(person=made.officers[place].person, width=width) for place, width in ((0, 320), (1, 1280))
    )

    first.goto(address)
    assert_accessible(first)
    open_with(first, made.keys[2], "Open your share")
    first.get_by_text("This key file belongs to another election or another officer.").wait_for()
    open_with(first, made.keys[0], "Open your share")
    first.get_by_text("Ballots can be counted once enough officers have opened their shares.").wait_for()
    second.goto(address)
    # The second is enough: their browser goes on and counts at once.
    open_with(second, made.keys[1], "Open your share")
    second.get_by_text("Opened so far: 2. Counted so far: 1.", exact=False).wait_for()
    first.reload()
    open_with(first, made.keys[0], "Count the ballots")
    first.get_by_text("Enough officers found the same rankings.", exact=False).wait_for()

    found = agreed(made)
    assert (len(found), counted) == (5, [made.election.pk])
    assert found == sorted(found)
