"""Bundles: written, verified, and tampered with in each place."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given as with_given
from hypothesis import settings
from hypothesis import strategies as st

from folkmoot.decisions.domain.amounts import Of
from folkmoot.decisions.domain.thresholds import Quorum
from folkmoot.governance.domain.bundles import Part, bundle, encoded, private_key, public_key, verify
from folkmoot.governance.domain.counting.files import read_affiliations, read_ballots
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules
from folkmoot.governance.domain.counting.reading_back import from_json
from folkmoot.governance.domain.counting.record import Asked, Cap
from folkmoot.governance.domain.counting.written import to_json
from folkmoot.governance.domain.given import Given, count_given, given_from_json, rules_to_json
from folkmoot.kit.errors import Refused
from tests.governance.domain.counting.elections import counted, of_strict, strict_ballots

BLT = b'4 2\n9 1 2 0\n4 2 0\n3 3 0\n1 4 3 0\n0\n"Ana"\n"Ben"\n"Cleo"\n"Dan"\n'
HARBOUR = b"candidate,affiliation\nAna,Harbour\nBen,Harbour\n"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def committee() -> Given:
    cap = Cap(1, read_affiliations(HARBOUR, read_ballots(BLT).candidates))
    return Given(BLT, Rules(Method.SCOTTISH_STV, 2, cap=cap, terms=(2, 1), seed="x"), affiliations=HARBOUR)


def packed(*, key: Ed25519PrivateKey | None = KEY) -> bytes:
    given = committee()
    return bundle(given, count_given(given)[1], key=key)


def changed(data: bytes, *, manifest: bool = False, **files: bytes | None) -> bytes:
    """A bundle with other files (`__` for a dot); with `manifest` the hashes are made to fit again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        name = name.replace("__", ".")
        if content is None:
            del found[name]
        else:
            found[name] = content
    if manifest:
        listed = json.loads(found["manifest.json"])
        for name, one in listed["files"].items():
            one["sha256"] = hashlib.sha256(found[name]).hexdigest()
        found["manifest.json"] = json.dumps(listed).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return target.getvalue()


def file_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def wrong(data: bytes, **options) -> dict[Part, tuple[str, ...]]:
    return {finding.part: finding.wrong for finding in verify(data, **options).findings if finding.wrong}


def test_bundle_is_right_and_the_same_every_time() -> None:
    data = packed()

    found = verify(data, trusted=encoded(KEY.public_key()))

    assert data == packed()
    assert (found.is_right, found.key) == (True, encoded(KEY.public_key()))
    assert found.result == count_given(committee())[1]
    assert [finding.words for finding in found.findings] == [
        "3 files are as the manifest says.",
        "Signed by the key that was given.",
        "ballots.blt, counted again, brings the same result.",
        "Each stage follows from the one before.",
    ]
    assert verify(packed(key=None)).findings[1].words == "The bundle is not signed."


def test_changed_ballots_are_told_by_file_and_by_what_they_bring() -> None:
    data = changed(packed(), ballots__blt=BLT.replace(b"9 1 2", b"8 1 2"))

    found = wrong(data)

    assert set(found) == {Part.FILES, Part.RECOUNT}
    assert found[Part.FILES][0].startswith("ballots.blt was changed")
    assert "result.ballots: recorded 17, counted 16." in found[Part.RECOUNT]
    assert set(wrong(changed(data, manifest=True))) == {Part.SIGNATURE, Part.RECOUNT}


def test_changed_result_is_told_by_place() -> None:
    text = file_of(packed(), "result.json").replace(b'"Ana": "9.00000"', b'"Ana": "8.00000"', 1)
    data = changed(packed(), manifest=True, result__json=text)

    found = wrong(data)

    assert found[Part.RECOUNT] == ('result.stages[1].totals.Ana: recorded "8.00000", counted "9.00000".',)
    assert found[Part.STAGES][0] == "Stage 1 does not keep the number of votes."
    assert found[Part.SIGNATURE] == ("The signature is not one of this manifest.",)
    assert Part.FILES not in found


def test_files_that_are_missing_or_too_many_are_named() -> None:
    without = wrong(changed(packed(), affiliations__csv=None))
    more = wrong(changed(packed(), notes__txt=b"trust me"))

    assert without[Part.FILES] == ("affiliations.csv is missing.",)
    assert without[Part.RECOUNT] == (
        "ballots.blt cannot be counted: The rules and the file of affiliations do not belong together.",
    )
    assert more == {Part.FILES: ("notes.txt is not in the manifest.",)}


def test_changed_rules_are_found_by_signature_and_recount() -> None:
    manifest = file_of(packed(), "manifest.json").replace(b'"scottish-stv"', b'"meek-stv"')

    found = wrong(changed(packed(), manifest__json=manifest))

    assert set(found) == {Part.SIGNATURE, Part.RECOUNT}
    assert found[Part.RECOUNT][0] == 'result.method: recorded "scottish-stv", counted "meek-stv".'


def test_signature_has_to_be_of_the_key_that_is_trusted() -> None:
    other = encoded(Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())

    assert wrong(packed(), trusted=other) == {
        Part.SIGNATURE: (f"It is signed by another key: {encoded(KEY.public_key())}.",)
    }
    assert wrong(packed(key=None), trusted=other) == {
        Part.SIGNATURE: ("The bundle is not signed, and a key was given.",)
    }
    for broken in (
        b"{}",
        b"[]",
        b"no",
        b'{"public_key": 1, "signature": "x"}',
        b'{"public_key": "eA==", "signature": ""}',
    ):
        assert set(wrong(changed(packed(), manifest__sig=broken))) == {Part.SIGNATURE}


@pytest.mark.parametrize(
    "broken",
    [b"", b"[]", b"{}", b'{"stages": 1}', b"[" * 100_000, b"\xff", b'{"decimals": "5"}'],
)
def test_record_that_is_none_is_a_finding(broken) -> None:
    assert Part.STAGES in wrong(changed(packed(), manifest=True, result__json=broken))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06" + bytes(18),
        packed()[:-30],
        changed(packed(), manifest__json=b"{}"),
        changed(packed(), manifest__json=b'{"format": "folkmoot-count-1", "files": 3}'),
    ],
)
def test_what_is_no_bundle_is_refused(data) -> None:
    with pytest.raises(Refused) as refused:
        verify(data)

    assert refused.value.code == "no_bundle"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_files_packed_in_other_ways_are_refused(method) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("manifest.json", file_of(packed(), "manifest.json"))

    with pytest.raises(Refused) as refused:
        verify(target.getvalue())

    assert refused.value.message == "This is no bundle: its files are packed in another way."


@pytest.mark.parametrize(
    "rules",
    [
        {"seats": float("inf")},
        {"seats": 10**400},
        {"seats": 2.5},
        {"terms": [2, float("inf")]},
        {"cap": float("nan")},
        {"question": {"threshold": "1e999999999"}},
        {"question": {"threshold": "2/1"}},
        {"question": {"threshold": float("inf")}},
        {"question": {"quorum": "1e999999999"}},
        {"question": {"members": float("inf")}},
    ],
)
def test_rules_with_numbers_that_are_none_are_a_finding(rules) -> None:
    data = packed()
    manifest = json.loads(file_of(data, "manifest.json"))
    asked = rules_to_json(Given(BLT, Rules(Method.YES_NO, 1)))["question"]
    if "question" in rules:
        rules = {"method": "yes-no", "question": {**asked, **rules["question"]}}
    manifest["rules"].update(rules)

    found = wrong(changed(data, manifest__json=json.dumps(manifest).encode()))

    assert found[Part.RECOUNT] == ("ballots.blt cannot be counted: The rules cannot be read.",)


def test_bundle_that_unpacks_to_too_much_is_refused() -> None:
    with io.BytesIO() as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(101 * 1024 * 1024))
        archive.close()
        with pytest.raises(Refused) as refused:
            verify(target.getvalue())

    assert refused.value.code == "large_bundle"


@settings(max_examples=40)
@with_given(
    strict_ballots(),
    st.sampled_from(sorted(set(Method) - {Method.SCORE, Method.STAR, Method.YES_NO})),
    st.integers(1, 3),
)
def test_record_read_back_is_the_same(ballots, method, seats) -> None:
    result = counted(of_strict(ballots), method, 1 if METHODS[method].one_seat else seats)

    assert from_json(json.loads(json.dumps(to_json(result)))) == result


@pytest.mark.parametrize(
    "given",
    [
        committee(),
        Given(BLT, Rules(Method.MEEK_STV, 2, draw=("Ana", "Ben")), withdrawn=("Dan",), vacated=("Ana",)),
        Given(
            b"Yes,No\n1,\n",
            Rules(Method.YES_NO, 1, asked=Asked(of=Of.VOTERS, members=3, quorum=Quorum(count=1))),
            higher_is_better=True,
        ),
    ],
)
def test_rules_read_back_are_the_same(given) -> None:
    data = json.loads(json.dumps(rules_to_json(given)))

    assert given_from_json(data, given.ballots, given.affiliations) == given
    for key in data:
        rest = {other: value for other, value in data.items() if other != key}
        with pytest.raises(Refused):
            given_from_json(rest, given.ballots, given.affiliations)
    with pytest.raises(Refused):
        given_from_json({**data, "method": []}, given.ballots, given.affiliations)


def test_keys_are_read_from_pem_and_base64() -> None:
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    assert (
        encoded(private_key(PEM).public_key()) == public_key(public) == public_key(encoded(KEY.public_key()).encode())
    )
    for reader in (private_key, public_key):
        for text in (b"", b"-----BEGIN PUBLIC KEY-----\nx\n", base64.b64encode(b"short"), "é".encode()):
            with pytest.raises(Refused):
                reader(text)


def test_replacement_counts_are_bundled_too() -> None:
    given = replace(committee(), rules=Rules(Method.SCOTTISH_STV, 2), affiliations=None, vacated=("Ana",))

    assert verify(bundle(given, count_given(given)[1])).is_right
