"""`folkmoot election-keys`, as officers meet it."""

from __future__ import annotations

import json
import stat

from click.testing import CliRunner

from folkmoot.cli import entrance
from folkmoot.governance.domain.officer_keys import read_public_keys

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
