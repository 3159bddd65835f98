"""`folkmoot election-open`, as officers without scripts meet it: from the page's file to files that it takes."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from joserfc import jwe
from joserfc.jwk import OctKey

from folkmoot.cli.election_open import election_open
from folkmoot.governance.actions import results
from folkmoot.governance.domain.sealed.envelopes import spoken
from folkmoot.governance.models.elections import ElectionState
from tests.factories.governance.elections import made_election
from tests.factories.governance.opening import agreed
from tests.factories.groups import group

LOCK = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 1000}
PASSPHRASE = "many lanterns by the lake"


@pytest.fixture
def made(monkeypatch, db):
    monkeypatch.setattr(results, "count_election", lambda election: None, raising=False)
    return made_election(group(), ElectionState.CLOSED, officers=2, needed=2)


def write_keys(made, folder):
    for place, keys in enumerate(made.keys):
        text = jwe.encrypt_compact(
            LOCK, json.dumps(keys).encode(), OctKey.import_key(PASSPHRASE.encode()), algorithms=list(LOCK.values())[:2]
        )
        (folder / f"{place}.key").write_text(text)
    (folder / "words").write_text(f"{PASSPHRASE}\n")
    (folder / "wrong").write_text("another passphrase")


def run(*arguments):
    done = CliRunner().invoke(election_open, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr.strip()


def test_two_officers_without_scripts_open_and_count(made, client, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_keys(made, tmp_path)
    address = f"{made.election.get_absolute_url()}opening/"

    def go(place, command, told):
        client.force_login(made.officers[place].person)
        (tmp_path / "envelopes.json").write_bytes(client.get(f"{address}envelopes.json").content)
        code, out, err = run(command, "envelopes.json", f"{place}.key", "--passphrase-file", "words")
        assert (code, err) == (0, told(place))
        part = {"shares": "shares", "count": "rankings"}[command]
        sent = {f"{part}-file": SimpleUploadedFile("file.json", out.encode())}
        assert client.post(f"{address}{part}/", sent).status_code == 302

    def written(place):
        officer = made.officers[1 - place]
        return (
            "Your shares of 3 ballots are written, for these officers alone:\n"
            f"  {spoken(officer.key.print_of)}  {officer.person.name}\n"
            "If these are the fingerprints that you heard before the vote, hand in the file on the page of the opening."
        )

    def opened(_place):
        return "3 ballots are opened, 0 of them spoilt. Hand in the file on the page of the opening."

    go(0, "shares", written)
    too_early = run("count", "envelopes.json", "0.key", "--passphrase-file", "words")
    go(1, "shares", written)
    go(1, "count", opened)
    go(0, "count", opened)

    assert too_early[0] == 1
    assert too_early[2].startswith("Shares of 2 officers are needed, and there are 1.")
    assert len(agreed(made)) == 3


def test_wrong_key_passphrase_or_file_is_said_and_nothing_is_written(made, client, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_keys(made, tmp_path)
    address = f"{made.election.get_absolute_url()}opening/"
    client.force_login(made.officers[0].person)
    (tmp_path / "envelopes.json").write_bytes(client.get(f"{address}envelopes.json").content)
    (tmp_path / "other.json").write_text("{}")

    assert run("shares", "envelopes.json", "1.key", "--passphrase-file", "words") == (
        4,
        "",
        "The ballots in this file are not sealed to this key.",
    )
    assert run("shares", "envelopes.json", "0.key", "--passphrase-file", "wrong") == (
        4,
        "",
        "0.key: The passphrase does not open this file.",
    )
    assert run("count", "other.json", "0.key", "--passphrase-file", "words")[0] == 2
    assert run("count", "missing.json", "0.key")[0] == 2
    other = SimpleUploadedFile("file.json", (tmp_path / "envelopes.json").read_bytes())
    page = client.post(f"{address}shares/", {"shares-file": other})
    assert page.status_code == 400
    assert "This is another file than the one that is needed here." in page.content.decode()
