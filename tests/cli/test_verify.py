"""`folkmoot count --bundle` and `folkmoot verify`, as people meet them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from folkmoot.cli.count import count
from folkmoot.cli.verify import verify
from folkmoot.governance.domain.bundles import encoded
from folkmoot.governance.domain.election_bundles import packed
from folkmoot.governance.domain.freezing import frozen_hash
from tests.cli.test_count import BLT
from tests.governance.domain.test_bundles import KEY, PEM, changed
from tests.governance.domain.test_election_bundles import FROZEN, RARE, contest, made


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ballots.blt").write_text(BLT)
    (tmp_path / "key.pem").write_bytes(PEM)
    (tmp_path / "key.pub").write_text(encoded(KEY.public_key()))
    (tmp_path / "other.pub").write_text("A" * 43 + "=")
    return tmp_path


def run(command, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr.removesuffix("\n")


def test_bundle_is_written_and_verified(folder) -> None:
    written = run(
        count, "ballots.blt", "--method", "scottish-stv", "--bundle", "result.zip", "--sign", "key.pem", "--json"
    )

    assert (written[0], written[2]) == (0, "The bundle is in result.zip.")
    assert run(verify, "result.zip", "--key", "key.pub") == (
        0,
        "✓ 2 files are as the manifest says.\n✓ Signed by the key that was given.\n"
        "✓ ballots.blt, counted again, brings the same result.\n✓ Each stage follows from the one before.\n"
        "Elected: Ana, Ben.\nAll of it is right.\n",
        "",
    )


def test_tampered_bundle_is_told_where(folder) -> None:
    run(count, "ballots.blt", "--method", "scottish-stv", "--bundle", "result.zip", "--sign", "key.pem")
    path = folder / "result.zip"
    path.write_bytes(changed(path.read_bytes(), ballots__blt=BLT.replace("7 1 2", "6 1 2").encode()))

    code, told, _ = run(verify, "result.zip", "--json")
    found = json.loads(told)

    assert (code, found["right"]) == (1, False)
    assert [(one["check"], one["right"]) for one in found["checks"]] == [
        ("files", False), ("signature", True), ("recount", False), ("stages", True),
    ]  # fmt: skip
    assert run(verify, "result.zip", "--key", "other.pub")[1].endswith("This bundle is not right.\n")


def test_bundle_of_an_election_is_verified_too(folder) -> None:
    path = folder / "election.zip"
    path.write_bytes(packed(*made()))

    code, told, _ = run(verify, "election.zip", "--frozen", frozen_hash(FROZEN))
    as_json = json.loads(run(verify, "election.zip", "--json")[1])
    path.write_bytes(packed(*made()).replace(b"Committee 2026", b"Committee 2027"))

    assert (code, told.splitlines()[-4:]) == (
        0,
        ["Elected, Seats: Ana, Cleo.", "Elected, Chair: Ana.", "Elected, The charter: Yes.", "All of it is right."],
    )
    assert (as_json["right"], as_json["elected"][1]) == (True, {"contest": "Chair", "elected": ["Ana"]})
    assert run(verify, "election.zip")[0] == 2
    assert run(verify, "election.zip", "--key", "key.pub")[0] == 2
    assert run(verify, "election.zip", "--salt", "00")[2] == "--all-ballots and --salt belong together."


def test_officers_verify_with_all_ballots(folder) -> None:
    own = contest(0, RARE)
    (folder / "election.zip").write_bytes(packed(*made(rare=True)))
    (folder / "all.blt").write_bytes(own.given.ballots)

    code, told, _ = run(verify, "election.zip", "--all-ballots", "all.blt", "--salt", own.salt)

    assert (code, "✓ Seats: all ballots, as the officers signed them, counted again" in told) == (0, True)
    assert run(verify, "election.zip", "--all-ballots", "all.blt", "--salt", "11" * 16)[0] == 1


def test_page_that_checks_itself_is_written(folder) -> None:
    code, _, told = run(count, "ballots.blt", "--method", "scottish-stv", "--html", "result.html", "--sign", "key.pem")
    page = (folder / "result.html").read_text()

    assert (code, told) == (0, "The page is in result.html.")
    assert "<h1>The harbour committee</h1>" in page
    assert page.count("<script") == 5  # manifest, ballots, result, signature; and the one that runs
    assert "default-src 'none'; script-src 'sha256-" in page


def test_what_cannot_be_bundled_or_verified_is_wrong_usage(folder) -> None:
    run(count, "ballots.blt", "--method", "irv", "--seats", "1", "--bundle", "result.zip")

    again = run(count, "ballots.blt", "--method", "irv", "--seats", "1", "--bundle", "result.zip")
    alone = run(count, "ballots.blt", "--method", "irv", "--seats", "1", "--sign", "key.pem")
    no_key = run(count, "ballots.blt", "--method", "irv", "--seats", "1", "--bundle", "b.zip", "--sign", "ballots.blt")

    assert again == (2, "", "result.zip cannot be written: File exists.")
    assert alone == (2, "", "--sign is for --bundle and --html.")
    assert no_key == (2, "", "This is no private key of Ed25519 in PEM, without a password.")
    assert "\n– The bundle is not signed.\n" in run(verify, "result.zip")[1]
    assert run(verify, "ballots.blt")[0] == 2
    assert run(verify, "not-there.zip") == (2, "", "not-there.zip cannot be read: No such file or directory.")
    assert not (folder / "b.zip").exists()
