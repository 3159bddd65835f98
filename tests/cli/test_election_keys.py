"""`folkmoot election-keys`, as officers meet it."""

from __future__ import annotations

import json
import stat

from click.testing import CliRunner

from folkmoot.cli import entrance
from folkmoot.governance.domain.officer_keys import read_public_keys
from folkmoot.governance.domain.sealed.envelopes import Sealing, seal, to_text
from folkmoot.governance.domain.sealed.key_files import lock_keys, new_keys, public_parts

PASSPHRASE = "quiet harbour lantern five"


def run(*words: str, given: str = ""):
    return CliRunner().invoke(entrance, ["election-keys", *words], input=given)


def test_keys_are_made_locked_and_shown_without_their_private_parts(tmp_path):
    file = tmp_path / "keys.jwe"

    made = run("make", str(file), "--election", "Committee", given=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    shown = run("show", str(file), given=f"{PASSPHRASE}\n")
    wrong = run("show", str(file), given="another passphrase\n")
    again = run("make", str(file), given=f"{PASSPHRASE}\n{PASSPHRASE}\n")

    assert (made.exit_code, shown.exit_code, wrong.exit_code, again.exit_code) == (0, 0, 1, 2)
    assert made.stdout == shown.stdout
    opening, signing = read_public_keys(shown.stdout)
    assert json.loads(run("show", str(file), "--json", given=f"{PASSPHRASE}\n").stdout)["signing"] == signing
    assert '"d"' not in made.output + file.read_text() + json.dumps(opening)
    assert "The passphrase does not open this file." in wrong.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_short_passphrase_and_what_is_no_key_file_are_told(tmp_path):
    file = tmp_path / "keys.jwe"

    short = run("make", str(file), given="short\nshort\n")
    assert (short.exit_code, file.exists()) == (2, False)
    for text in ("", "a.b.c.d.e", "eyJhbGciOiJQQkVTMi1IUzUxMitBMjU2S1ciLCJwMmMiOjk5OTk5OTk5OX0.b.c.d.e"):
        file.write_text(text)
        told = run("show", str(file), given="x\n")
        assert (told.exit_code, "This is not a key file of an election." in told.stderr) == (2, True)
    assert run("show", str(tmp_path / "none"), given="x\n").exit_code == 2


def test_part_of_a_rehearsal_is_opened_and_what_was_found_is_said(tmp_path):
    keys, task = new_keys(""), tmp_path / "rehearsal.json"
    file = tmp_path / "keys.jwe"
    file.write_text(lock_keys(keys, PASSPHRASE))
    other = new_keys("")
    pair = [public_parts(one)["opening"] for one in (keys, other)]
    task.write_text(json.dumps(rehearsal_for(pair, needed=1)))

    opened = run("open", str(file), str(task), given=f"{PASSPHRASE}\n")
    task.write_text(json.dumps(rehearsal_for(pair[::-1], needed=1)))
    wrong = run("open", str(file), str(task), given=f"{PASSPHRASE}\n")
    task.write_text("[]")
    none = run("open", str(file), str(task), given=f"{PASSPHRASE}\n")

    told = json.loads(opened.stdout)
    assert (opened.exit_code, told["rankings"], list(told["shares"])) == (0, [[2, 1, 3]], ["8"])
    assert told["shares"]["8"].count(".") == 4
    assert (wrong.exit_code, none.exit_code) == (1, 1)
    assert "This is no rehearsal." in none.stderr


def rehearsal_for(officers, *, needed: int):
    """What a page hands out to the first of these officers, of one invented ballot."""
    sealing = Sealing(b"h" * 32, tuple(officers), needed, 3)
    return {
        "me": 7,
        "place": 0,
        "contest": to_text(sealing.contest),
        "needed": needed,
        "envelopes": [seal([2, 1, 3], sealing).text],
        "officers": [{"pk": pk, "opening": key} for pk, key in zip((7, 8), officers, strict=True)],
        "sent": {},
    }
