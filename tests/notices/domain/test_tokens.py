from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.notices.domain.tokens import Token, make_token, read_token, token_in, with_token

KEY, OTHER = b"k" * 32, b"o" * 32
DAY = date(2026, 5, 1)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True), st.integers(0, 2**63 - 1), st.dates(date(1970, 1, 1)))
def test_token_says_what_was_put_into_it_and_fits_into_an_address(kind, reference, made_on) -> None:
    token = make_token(kind, reference, made_on, KEY)

    assert read_token(token, KEY) == Token(kind, reference, made_on)
    assert read_token(token.upper(), KEY) == Token(kind, reference, made_on)
    assert len(token) <= 12 + 13 + 5 + 16 + 3
    assert read_token(token, OTHER) is None


@given(st.text(max_size=60))
def test_whatever_somebody_writes_is_no_token(text) -> None:
    assert read_token(text, KEY) is None


@pytest.mark.parametrize("place", range(4))
def test_changed_token_is_none(place) -> None:
    parts = make_token("b", 71, DAY, KEY).split("-")
    parts[place] = {"b": "c"}.get(parts[place], parts[place][:-1] + ("3" if parts[place][-1] == "2" else "2"))

    assert read_token("-".join(parts), KEY) is None


def test_token_ages() -> None:
    token = Token("b", 1, DAY)

    assert token.is_fresh(timedelta(days=14), DAY + timedelta(days=14))
    assert not token.is_fresh(timedelta(days=14), DAY + timedelta(days=15))
    assert not token.is_fresh(timedelta(days=14), DAY - timedelta(days=3))


def test_token_travels_in_an_address() -> None:
    address = with_token("bounces@example.org", "b-1-2-x")

    assert address == "bounces+b-1-2-x@example.org"
    assert token_in(f"<{address.upper()}>", "Bounces@Example.org") == "b-1-2-x"
    assert token_in("bounces@example.org", "bounces@example.org") == ""
    assert token_in("bounces+b-1-2-x@example.com", "bounces@example.org") == ""


@pytest.mark.parametrize(("kind", "reference"), [("B", 1), ("", 1), ("b-c", 1), ("b", -1)])
def test_token_that_could_not_be_read_is_not_made(kind, reference) -> None:
    with pytest.raises(ValueError):
        make_token(kind, reference, DAY, KEY)
