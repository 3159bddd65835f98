"""Public keys of officers as they come in: what is a key, and that nothing private is taken or repeated."""

from __future__ import annotations

import json

import pytest

from folkmoot.governance.domain.officer_keys import read_public_keys
from folkmoot.governance.domain.sealed.key_files import new_keys, public_parts
from folkmoot.kit.errors import Refused


def refused(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        read_public_keys(text)
    return caught.value


def test_public_parts_are_taken_as_they_are():
    keys = public_parts(new_keys(""))

    assert read_public_keys(json.dumps(keys)) == (keys["opening"], keys["signing"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"d": "secret"}, "private_key"),
        ({"D": "secret"}, "private_key"),
        ({"note": {"k": "secret"}}, "private_key"),
        ({"crv": "P-384"}, "no_key"),
        ({"x": "AAAA"}, "no_key"),
        ({"x": "A" * 43}, "no_key"),
        ({"use": "enc"}, "no_key"),
        ({"y": 7}, "no_key"),
    ],
)
def test_keys_that_are_private_or_no_points_are_refused_without_a_word_of_them(change, code):
    keys = public_parts(new_keys(""))
    keys["opening"] |= change

    said = refused(json.dumps(keys))

    assert (said.code, "secret" in said.message) == (code, False)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"opening": {}}', "[" * 3000, "x" * 5000])
def test_what_is_no_pair_of_keys_is_refused(text):
    assert refused(text).code == "no_key"


def test_same_key_for_opening_and_signing_is_refused():
    key = public_parts(new_keys(""))["opening"]

    assert refused(json.dumps({"opening": key, "signing": key})).code == "no_key"
