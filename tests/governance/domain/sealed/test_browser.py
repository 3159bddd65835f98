"""What a browser seals, opens and signs is what is sealed, opened and verified here."""

from __future__ import annotations

import json
import subprocess

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from folkmoot.governance.domain.sealed.envelopes import (
    Sealing,
    fingerprint,
    new_key,
    open_ballot,
    open_share,
    read_envelope,
    seal,
    spoken,
)
from tests.kit.judges import ROOT, node_with

SCRIPT = "tests/governance/domain/sealed/sealing_in_node.mjs"
BALLOTS = [[1, 2, 3, 0], [0, 0, 0, 0], [4, 4, 1, 1]]


@pytest.mark.parametrize(("officers", "needed"), [(5, 3), (1, 1), (3, 1), (2, 2)])
def test_browser_and_server_open_what_the_other_sealed_by_any_k_of_n(officers, needed):
    keys = [new_key() for _ in range(officers)]
    sealing = Sealing(b"h" * 32, tuple(keys), needed=needed, candidates=4)
    here = [seal(ranks, sealing) for ranks in BALLOTS]
    places = list(range(officers))[-needed:]

    told = in_node(sealing, keys, places, [envelope.text for envelope in here])

    sealed = [read_envelope(text, sealing) for text in told["sealed"]]
    opened = [open_ballot(one, [open_share(one, place, keys[place]) for place in places], sealing) for one in sealed]
    assert [list(ranks) for ranks in opened] == BALLOTS == told["opened"]
    assert [one.receipt for one in sealed] == told["receipts"]
    assert told["fingerprint"] == fingerprint(told["enc"])
    assert told["spoken"] == spoken(told["fingerprint"])
    assert jws.deserialize_compact(told["signed"], ECKey.import_key(told["sig"]), ["ES256"]).payload == b"manifest"
    assert (told["unlocked"], told["wrong"]) == (True, "ERR_JWE_DECRYPTION_FAILED")


def in_node(sealing, keys, places, envelopes):
    """What the browser's code makes of these; skips where Node is missing, but fails there in CI."""
    node = node_with("jose")
    asked = {
        "ballots": BALLOTS,
        "envelopes": envelopes,
        "keys": keys,
        "places": places,
        "sealing": {"contest": contest_of(envelopes), "officers": keys, "needed": sealing.needed},
    }
    done = subprocess.run(
        [node, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def contest_of(envelopes):
    return json.loads(envelopes[0])["contest"]
