"""Envelopes: sealed and opened, and whatever else somebody might hand in or try."""

from __future__ import annotations

import dataclasses
import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from folkmoot.governance.domain.sealed.envelopes import (
    LONGEST,
    Sealing,
    fingerprint,
    from_text,
    new_key,
    open_ballot,
    open_share,
    read_envelope,
    seal,
    spoken,
    to_text,
    unpack,
)
from folkmoot.kit.errors import Refused

KEYS = [new_key() for _officer in range(3)]
SEALING = Sealing(b"h" * 32, tuple(KEYS), needed=2, candidates=4)
BALLOT = (2, 0, 1, 1)
# RFC 7638 has an RSA key; this is the P-256 key of RFC 7517, appendix A.1, with its thumbprint worked out by hand.
PUBLIC = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    "use": "enc",
    "kid": "1",
}


def shares_of(envelope, *places):
    return [open_share(envelope, place, KEYS[place]) for place in places]


@pytest.mark.parametrize("places", [*combinations(range(3), 2), (2, 0), (0, 1, 2)])
def test_officers_who_are_enough_open_it(places):
    envelope = read_envelope(seal(BALLOT, SEALING).text, SEALING)

    assert open_ballot(envelope, shares_of(envelope, *places), SEALING) == BALLOT


def test_one_officer_alone_opens_nothing_even_with_a_share_made_up():
    envelope = seal(BALLOT, SEALING)
    (own,) = shares_of(envelope, 0)

    for shares, code in (([own], "too_few_shares"), ([own, own], "too_few_shares"), ([], "too_few_shares")):
        with pytest.raises(Refused) as refused:
            open_ballot(envelope, shares, SEALING)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        open_ballot(envelope, [own, own[:-1] + b"\2"], SEALING)
    assert refused.value.code == "does_not_open"


def test_sealing_to_one_officer_is_the_smallest():
    alone = dataclasses.replace(SEALING, officers=(KEYS[1],), needed=1)
    envelope = read_envelope(seal(BALLOT, alone).text, alone)

    assert open_ballot(envelope, [open_share(envelope, 0, KEYS[1])], alone) == BALLOT


def test_same_ballot_twice_has_unlike_envelopes_of_one_length_as_every_other_ballot():
    envelopes = [seal(ballot, SEALING) for ballot in (BALLOT, BALLOT, (0, 0, 0, 0), (4, 3, 2, 1))]

    assert len({len(one.text) for one in envelopes}) == 1
    assert len({one.receipt for one in envelopes}) == 4
    assert all(one.receipt == read_envelope(one.text, SEALING).receipt for one in envelopes)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"contest": b"g" * 32}, "other_contest"),
        ({"officers": (KEYS[0], KEYS[2], KEYS[1])}, "other_officers"),
        ({"officers": tuple(KEYS[:2])}, "other_officers"),
        ({"candidates": 5}, "not_an_envelope"),
    ],
)
def test_envelope_for_something_else_is_refused(changed, code):
    text = seal(BALLOT, SEALING).text

    with pytest.raises(Refused) as refused:
        read_envelope(text, dataclasses.replace(SEALING, **changed))

    assert refused.value.code == code


def test_content_moved_into_another_contest_does_not_open():
    other = dataclasses.replace(SEALING, contest=b"g" * 32)
    envelope = seal(BALLOT, SEALING)
    forged = envelope.text.replace(
        json.loads(envelope.text)["contest"], json.loads(seal(BALLOT, other).text)["contest"]
    )

    with pytest.raises(Refused) as refused:
        open_ballot(read_envelope(forged, other), shares_of(envelope, 0, 1), other)

    assert refused.value.code == "does_not_open"


def test_share_opens_for_its_officer_alone_and_in_its_place():
    envelope = seal(BALLOT, SEALING)

    for one, place, key in ((envelope, 0, KEYS[1]), (envelope, 1, KEYS[0]), (envelope, 3, KEYS[0])):
        with pytest.raises(Refused) as refused:
            open_share(one, place, key)
        assert refused.value.code == "share_does_not_open"


@pytest.mark.parametrize(
    "changed", [{"epk": {}}, {"epk": {"kty": "EC", "crv": "Pm256", "x": "a", "y": "b"}}, {"epk": 3}]
)
def test_share_with_a_header_that_was_made_up_does_not_open_and_breaks_nothing(changed):
    envelope = seal(BALLOT, SEALING)
    header, *rest = envelope.shares[0].split(".")
    made_up = json.dumps({**json.loads(from_text(header)), **changed}).encode()
    other = dataclasses.replace(envelope, shares=(".".join([to_text(made_up), *rest]), *envelope.shares[1:]))

    with pytest.raises(Refused) as refused:
        open_share(other, 0, KEYS[0])

    assert refused.value.code == "share_does_not_open"


def written(**changed):
    return json.dumps({**json.loads(seal(BALLOT, SEALING).text), **changed}, separators=(",", ":"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 30_000,
        "x" * (LONGEST + 1),
        "\ud800",
        written(format="folkmoot-envelope-2"),
        written(iv="AAAA"),
        written(iv="AAAAAAAAAAAAAAA="),
        written(content="AAAA"),
        written(shares=[]),
        written(shares=[1, 2, 3]),
        written(shares=["a.b.c.d.e"] * 3),
        written(shares="abc"),
        written(note="me"),
        seal(BALLOT, SEALING).text + " ",
        seal(BALLOT, SEALING).text.replace(",", ", ", 1),
    ],
)
def test_what_is_no_envelope_is_refused(text):
    with pytest.raises(Refused):
        read_envelope(text, SEALING)


@hypothesis_settings(max_examples=25)
@given(st.floats(0, 1, exclude_max=True), st.permutations("aB3_"))
def test_changed_envelope_is_refused_or_does_not_open(where, letters):
    # No two envelopes are alike: what is drawn may not depend on what one says.
    text = seal(BALLOT, SEALING).text
    place = int(where * len(text))
    other = next(letter for letter in letters if letter != text[place])
    changed = text[:place] + other + text[place + 1 :]

    try:
        envelope = read_envelope(changed, SEALING)
        opened = open_ballot(envelope, shares_of(envelope, 0, 1), SEALING)
    except Refused:
        opened = None

    # Each share is sealed by itself: what stands in the one that is not asked for changes nothing.
    third = json.loads(text)["shares"][2]
    assert opened is None or text.index(third) <= place < text.index(third) + len(third)


def test_fingerprint_is_that_of_the_public_part_and_is_read_aloud_in_groups():
    own = fingerprint(KEYS[0])

    assert own == fingerprint({name: KEYS[0][name] for name in ("kty", "crv", "x", "y")})
    assert fingerprint(PUBLIC) == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"
    assert spoken(fingerprint(PUBLIC)) == "727F 88FD 634C 0A57 A189"


@pytest.mark.parametrize("ranks", [(), (1,), (5, 0, 0, 0), (-1, 0, 0, 0), (1, 2, 3)])
def test_what_is_no_ranking_is_not_sealed(ranks):
    with pytest.raises(ValueError, match=r"ballot|rank"):
        seal(ranks, SEALING)


@pytest.mark.parametrize("content", [b"", b"\1\2\3", b"\1\2\3\5"])
def test_what_is_no_ranking_is_not_taken_out(content):
    with pytest.raises(Refused) as refused:
        unpack(content, 4)

    assert refused.value.code == "no_ranking"
