"""Opening many envelopes: nobody who seals can stop or split the count, and browsers find the same."""

from __future__ import annotations

import json
import subprocess

import pytest
from joserfc import jwe
from joserfc.jwk import OctKey

from folkmoot.governance.domain.freezing import sealing_of
from folkmoot.governance.domain.sealed import envelopes as sealed
from folkmoot.governance.domain.sealed import opening
from folkmoot.governance.domain.sealed.envelopes import new_key, read_envelope, seal
from folkmoot.governance.domain.sealed.key_files import ALGORITHMS, ROUNDS, unlock_keys
from folkmoot.governance.domain.sealed.opening import (
    SHARES_FORMAT,
    count_envelopes,
    found_of,
    open_shares,
    read_file,
    seal_shares,
    unseal_shares,
    write_file,
)
from folkmoot.governance.domain.sealed.sharing import split
from folkmoot.kit.errors import Refused
from tests.kit.judges import ROOT, node_with

SCRIPT = "tests/governance/domain/sealed/opening_in_node.mjs"
KEYS = [new_key() for _ in range(4)]
FROZEN = json.dumps(
    {"needed": 2, "officers": [{"opening": key} for key in KEYS], "contests": [{"candidates": ["A", "B", "C"]}]}
)
SEALING = sealing_of(FROZEN, 0)
BALLOTS = [(3, 1, 2), (0, 0, 0), (1, 2, 3), (3, 1, 2)]


def by(*places, texts):
    return [open_shares(texts, place, KEYS[place], SEALING) for place in places]


def hostile(ranks, shares_of):
    """An envelope as a voter with a program of their own may seal it: with whatever shares they like."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "split", shares_of)
        return seal(ranks, SEALING).text


def crooked(secret, **asked):
    """The share of the third officer is of another secret."""
    shares = split(secret, **asked)
    shares[2] = split(bytes(32), **asked)[2]
    return shares


def doubled(secret, **asked):
    """The first two officers have the same share."""
    shares = split(secret, **asked)
    return [shares[0], shares[0], *shares[2:]]


def copied(text):
    """Another voter's envelope, as somebody who read it hands it in: its last share changed, so that its receipt is."""
    parts = json.loads(text)
    parts["shares"][3] = json.loads(seal((1, 1, 1), SEALING).text)["shares"][3]
    return json.dumps(parts, separators=(",", ":"))


@pytest.fixture(scope="module")
def cast():
    """Four sound envelopes, one whose shares do not fit together, one with a share twice, one of no candidates, one
    that is none, and a copy of the first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "pack", bytes)
        beyond = seal((9, 9, 9), SEALING).text
    sound = [seal(ranks, SEALING).text for ranks in BALLOTS]
    return [*sound, hostile((2, 1, 3), crooked), hostile((2, 3, 1), doubled), beyond, "{}", copied(sound[0])]


def test_any_enough_officers_find_the_same_sorted_rankings(cast):
    sound = cast[:4]

    found = [count_envelopes(sound, by(*places, texts=sound), SEALING) for places in ((0, 1), (2, 3), (0, 1, 2, 3))]

    assert found == [found_of(BALLOTS, 0)] * 3
    assert found[0].rankings == tuple(sorted(BALLOTS))
    assert found_of(BALLOTS[::-1], 0).digest == found[0].digest != found_of(BALLOTS, 1).digest
    assert count_envelopes(sound, by(0, texts=sound), SEALING).spoilt == 4


def test_envelopes_with_crooked_shares_are_found_alike_by_all_who_have_the_same_shares(cast):
    all_shares = by(0, 1, 2, 3, texts=cast)

    one, other = (count_envelopes(cast, shares, SEALING) for shares in (all_shares, all_shares[::-1]))

    assert one == other == found_of([*BALLOTS, (2, 1, 3), (2, 3, 1)], 3)


def test_envelope_that_somebody_copied_from_another_voter_counts_once(cast):
    """Else a voter who reads the database could see whose ranking is whose: the one that is there twice."""
    alike = [cast[0], copied(cast[0])]
    receipts = {read_envelope(text, SEALING).receipt for text in alike}

    found = [count_envelopes(texts, by(0, 1, 3, texts=texts), SEALING) for texts in (alike, alike[::-1])]

    assert (len(receipts), found) == (2, [found_of([BALLOTS[0]], 1)] * 2)


def test_officer_who_sends_wrong_shares_spoils_nothing_as_long_as_enough_others_send_true_ones(cast):
    sound = cast[:4]
    first, second, third = by(0, 1, 2, texts=sound)
    wrong = {receipt: bytes(32) + share[-1:] for receipt, share in third.items()}

    assert count_envelopes(sound, [wrong, first, second], SEALING) == found_of(BALLOTS, 0)


def test_envelope_that_opens_to_two_rankings_is_spoilt(cast, monkeypatch):
    """AES-GCM binds to no key: one text can be made that two keys open to two rankings."""
    envelope = read_envelope(cast[0], SEALING)
    shares = [{envelope.receipt: bytes([value]) * 32 + bytes([place])} for place, value in ((1, 7), (2, 99), (3, 8))]
    monkeypatch.setattr(opening, "_ranks", lambda _envelope, some, _sealing: (some[0][0], 0, 0))

    assert count_envelopes([envelope.text], shares, SEALING) == found_of([], 1)


def test_shares_come_back_from_their_seal_and_from_no_other_key(cast):
    (mine,) = by(0, texts=cast[:2])

    text = seal_shares(mine, KEYS[1])

    assert unseal_shares(text, KEYS[1]) == mine
    nested = sealed.seal_for(b"[" * 100_000, KEYS[1])
    for wrong in (
        lambda: unseal_shares(text, KEYS[2]),
        lambda: unseal_shares("x.y", KEYS[1]),
        lambda: unseal_shares(nested, KEYS[1]),
    ):
        with pytest.raises(Refused) as refused:
            wrong()
        assert refused.value.code == "shares_do_not_open"


def test_files_are_read_back_and_others_are_not():
    text = write_file(SHARES_FORMAT, "f" * 64, {0: {1: "sealed"}})

    assert read_file(text.encode(), SHARES_FORMAT)["contests"] == {"0": {"1": "sealed"}}
    for other in (b"", b"[]", b"{}", b"\xff", text.replace("shares", "rankings").encode(), b'{"format":"x"}'):
        with pytest.raises(Refused) as refused:
            read_file(other, SHARES_FORMAT)
        assert refused.value.code == "other_file"


def test_browser_opens_and_counts_the_same(cast):
    node = node_with("jose")
    (mine,) = by(0, texts=cast[:3])
    asked = {
        "frozen": FROZEN,
        "envelopes": cast,
        "keys": KEYS,
        "places": [0, 1, 2, 3],
        "got": seal_shares(mine, KEYS[3]),
        "to": KEYS[3],
    }

    done = subprocess.run(
        [node, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    found = count_envelopes(cast, by(0, 1, 2, 3, texts=cast), SEALING)
    assert told["found"] == json.loads(found.text) | {"digest": found.digest}
    assert told["unsealed"] == 3
    # Envelopes that are not read here at all have no share here; the browser's are the same otherwise.
    assert unseal_shares(told["sealed"], KEYS[3]) == by(0, texts=cast)[0]


def locked(content, rounds=1000):
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "p2c": rounds}
    key = OctKey.import_key(b"many lanterns by the lake")
    return jwe.encrypt_compact(header, content, key, algorithms=ALGORITHMS)


@pytest.mark.parametrize(
    ("text", "passphrase", "code"),
    [
        ("no key file", "many lanterns by the lake", "no_keys"),
        (locked(b"{}"), "short", "passphrase"),
        (locked(b"{}"), "", "passphrase"),
        (locked(b"no JSON"), "many lanterns by the lake", "no_keys"),
        (locked(b'[{"opening": 1}]'), "many lanterns by the lake", "no_keys"),
        (locked(b'{"opening": "d", "signing": "d"}'), "many lanterns by the lake", "no_keys"),
        (locked(b"{}", ROUNDS + 1), "many lanterns by the lake", "no_keys"),
    ],
)
def test_key_file_that_does_not_open_is_said(text, passphrase, code):
    with pytest.raises(Refused) as refused:
        unlock_keys(text, passphrase)
    assert refused.value.code == code
