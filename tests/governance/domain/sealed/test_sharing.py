"""Secrets in shares: the vector of draft-mcgrew-tss, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.governance.domain.sealed.sharing import combine, split, times


def test_draft_mcgrew_tss_example_is_met():
    first, second = (bytes.fromhex(share) for share in ("B9FA07E18501", "F5409B451102"))

    assert combine([first, second]) == b"test\0"
    # The same coefficients give the same shares: the first share less the secret is what was chosen by chance.
    chance = bytes(share ^ secret for share, secret in zip(first, b"test\0", strict=False))
    assert split(b"test\0", shares=2, needed=2, random=lambda _length: chance) == [first, second]


def test_field_is_that_of_aes():
    # FIPS 197, section 4.2: {57} times {83} is {c1}, and {57} times {13} is {fe}.
    assert (times(0x57, 0x83), times(0x57, 0x13), times(0, 7)) == (0xC1, 0xFE, 0)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_any_that_are_enough_give_it_back_in_any_order(secret, data):
    shares = data.draw(st.integers(1, 9))
    needed = data.draw(st.integers(1, shares))
    made = split(secret, shares=shares, needed=needed)

    some = data.draw(st.permutations(made))[: data.draw(st.integers(needed, shares))]

    assert combine(some) == secret
    assert {len(share) for share in made} == {len(secret) + 1}


@pytest.mark.parametrize("secret", [0, 1, 255])
@pytest.mark.parametrize("place", [0, 1])
def test_one_share_too_few_tells_nothing(secret, place):
    """Whatever the secret is, chance makes each value of the share once."""
    made = [split(bytes([secret]), shares=2, needed=2, random=lambda _n, c=c: bytes([c])) for c in range(256)]

    assert sorted(shares[place][0] for shares in made) == list(range(256))


@pytest.mark.parametrize(("shares", "needed"), [(0, 0), (2, 3), (256, 2), (3, 0)])
def test_what_cannot_be_is_refused(shares, needed):
    with pytest.raises(ValueError, match="cannot be"):
        split(b"x", shares=shares, needed=needed)


@pytest.mark.parametrize("shares", [[], [b"a"], [b"ab", b"abc"], [b"a\1", b"b\1"], [b"a\0", b"b\1"]])
def test_shares_that_do_not_belong_together_are_refused(shares):
    with pytest.raises(ValueError):
        combine(shares)
