"""Bundles: a count with everything that is needed to repeat it, in one ZIP, and the way to verify one.

    manifest.json        the format, the rules, each file with its SHA-256
    manifest.sig         optional: an Ed25519 signature of manifest.json, with the public key
    ballots.blt          the ballots as they were read (or .csv, .json)
    affiliations.csv     where there was a cap
    result.json          what `folkmoot count --json` gives

Verifying answers check by check, each with what is wrong and where; it needs nothing but the bundle.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.files import MOST_BYTES, kind_of
from folkmoot.governance.domain.counting.reading_back import from_json
from folkmoot.governance.domain.counting.record import Result
from folkmoot.governance.domain.counting.written import to_json
from folkmoot.governance.domain.given import Given, count_given, given_from_json, rules_to_json
from folkmoot.kit.errors import Refused

FORMAT: Final = "folkmoot-count-1"
MANIFEST, SIGNATURE, RESULT, AFFILIATIONS = "manifest.json", "manifest.sig", "result.json", "affiliations.csv"
BALLOTS: Final = ("ballots.blt", "ballots.csv", "ballots.json")
MOST_UNPACKED: Final = 3 * MOST_BYTES
MOST_DIFFERENCES: Final = 10
MOST_FILES: Final = 60
LONGEST_SHOWN: Final = 60


class Part(StrEnum):
    """What is verified."""

    FILES = "files"
    SIGNATURE = "signature"
    RECOUNT = "recount"
    STAGES = "stages"
    PACKING = "packing"
    FROZEN = "frozen"
    RULES = "rules"
    RECEIPTS = "receipts"


@dataclass(frozen=True)
class Finding:
    """What verifying one part found: a sentence for each thing that is wrong, or `words` where nothing is."""

    part: Part
    words: str
    wrong: tuple[str, ...] = ()
    is_open: bool = False
    """Whether there was nothing to check, such as no signature."""


@dataclass(frozen=True)
class Verified:
    """All findings; `key` is the public key by whose signature the manifest stands, in base64, if there is one.

    `elected` are those whom each contest of an election elected, by its title.
    """

    findings: tuple[Finding, ...]
    key: str | None = None
    result: Result | None = None
    elected: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_right(self) -> bool:
        return not any(finding.wrong for finding in self.findings)


def as_bytes(data: Any) -> bytes:
    """Plain data as the bytes that go into a bundle, the same every time."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def files_of(given: Given, result: Result) -> dict[str, bytes]:
    """The files of a bundle without its manifest."""
    files = {f"ballots.{kind_of(given.ballots)}": given.ballots, RESULT: as_bytes(to_json(result))}
    if given.affiliations is not None:
        files[AFFILIATIONS] = given.affiliations
    return files


def manifest_of(given: Given, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The rules, and each file with its SHA-256."""
    return {
        "format": FORMAT,
        "rules": rules_to_json(given),
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in files.items()
        },
    }


def signed_files_of(given: Given, result: Result, *, key: Ed25519PrivateKey | None = None) -> dict[str, bytes]:
    """All files of a bundle, the manifest first, the signature last where a key is given."""
    files = files_of(given, result)
    manifest = as_bytes(manifest_of(given, files))
    files = {MANIFEST: manifest, **files}
    if key is not None:
        files[SIGNATURE] = as_bytes(
            {
                "algorithm": "Ed25519",
                "public_key": encoded(key.public_key()),
                "signature": base64.b64encode(key.sign(manifest)).decode(),
            }
        )
    return files


def bundle(given: Given, result: Result, *, key: Ed25519PrivateKey | None = None) -> bytes:
    """A bundle of a count, the same bytes every time; signed where a key is given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in signed_files_of(given, result, key=key).items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def encoded(key: Ed25519PublicKey) -> str:
    """A public key as it stands in bundles: its 32 bytes in base64."""
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def private_key(pem: bytes) -> Ed25519PrivateKey:
    """A private key from PEM. Refused where it is none of Ed25519, or is locked."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("This is no private key of Ed25519 in PEM, without a password.", code="wrong_key")
    return key


def public_key(text: bytes) -> str:
    """A public key in base64, from PEM or from base64. Refused where it is none of Ed25519."""
    try:
        if text.lstrip().startswith(b"-----BEGIN"):
            key = load_pem_public_key(text)
            if isinstance(key, Ed25519PublicKey):
                return encoded(key)
        else:
            return encoded(Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True)))
    except (ValueError, UnsupportedAlgorithm):
        pass
    raise Refused("This is no public key of Ed25519, neither PEM nor base64.", code="wrong_key")


def verify(packed: bytes, *, trusted: str | None = None) -> Verified:
    """Verify a bundle. `trusted` is the public key, in base64, that has to have signed it.

    Refused where it is no bundle at all; anything wrong with one is a finding.
    """
    files = unpacked(packed)
    manifest = _manifest(files)
    signature, key = _signature(files, trusted)
    findings = [_files(files, manifest), signature]
    recorded, unreadable = _recorded(files)
    findings.append(_recount(files, manifest, recorded))
    result = None
    if unreadable:
        findings.append(Finding(Part.STAGES, "", (unreadable,)))
    else:
        result, stages = _stages(recorded)
        findings.append(stages)
    return Verified(tuple(findings), key, result)


def unpacked(packed: bytes) -> dict[str, bytes]:
    """The files of a bundle. Refused where it is no ZIP, holds a name twice, or unpacks to more than may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(names) > MOST_FILES or len(set(names)) != len(names):
                raise Refused("This is no bundle: it holds too many files, or one of them twice.", code="no_bundle")
            # Other ways to pack may ask for gigabytes before the first byte is there.
            if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
                raise Refused("This is no bundle: its files are packed in another way.", code="no_bundle")
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise Refused(f"The bundle unpacks to more than {MOST_UNPACKED // 1024**2} MB.", code="large_bundle")
            return {entry.filename: _entry(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as broken:
        raise Refused(f"This is no bundle that can be unpacked: {broken}.", code="no_bundle") from None


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as opened:
        data = opened.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise Refused(f"{entry.filename} is longer than the bundle says.", code="no_bundle")
    return data


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        raise Refused(f"This is no bundle: there is no {MANIFEST}.", code="no_bundle")
    manifest = _json(files[MANIFEST])
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Refused(f"This is no bundle: its {MANIFEST} does not say {FORMAT}.", code="no_bundle")
    listed = manifest.get("files")
    if not isinstance(listed, dict) or not all(isinstance(one, dict) for one in listed.values()):
        raise Refused(f"This is no bundle: its {MANIFEST} lists no files.", code="no_bundle")
    return manifest


def _json(data: bytes) -> Any:
    """Data of JSON, or None where it is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _files(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Finding:
    return files_as_listed(files, {name: one.get("sha256") for name, one in manifest["files"].items()}, SIGNATURE)


def files_as_listed(files: Mapping[str, bytes], hashes: Mapping[str, Any], signatures: str) -> Finding:
    """Whether all files but the manifest and its signatures are those of these hashes."""
    wrong = []
    for name in sorted({*files, *hashes} - {MANIFEST, signatures}):
        if name not in files:
            wrong.append(f"{name} is missing.")
        elif name not in hashes:
            wrong.append(f"{name} is not in the manifest.")
        elif (found := hashlib.sha256(files[name]).hexdigest()) != hashes[name]:
            wrong.append(f"{name} was changed: its SHA-256 is {found}, and the manifest says another.")
    return Finding(Part.FILES, f"{len(hashes)} files are as the manifest says.", tuple(wrong))


def _signature(files: Mapping[str, bytes], trusted: str | None) -> tuple[Finding, str | None]:
    if SIGNATURE not in files:
        wrong = ("The bundle is not signed, and a key was given.",) if trusted else ()
        return Finding(Part.SIGNATURE, "The bundle is not signed.", wrong, is_open=not wrong), None
    data = _json(files[SIGNATURE])
    try:
        public = base64.b64decode(data["public_key"], validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(
            base64.b64decode(data["signature"], validate=True), files[MANIFEST]
        )
    except (KeyError, TypeError, ValueError, binascii.Error, InvalidSignature):
        return Finding(Part.SIGNATURE, "", ("The signature is not one of this manifest.",)), None
    key = base64.b64encode(public).decode()
    if trusted is not None and key != trusted:
        return Finding(Part.SIGNATURE, "", (f"It is signed by another key: {key}.",)), key
    whose = "the key that was given" if trusted else f"the key {key}"
    return Finding(Part.SIGNATURE, f"Signed by {whose}."), key


def _recorded(files: Mapping[str, bytes]) -> tuple[dict[str, Any], str]:
    """The result that is recorded, or the sentence that says why there is none."""
    data = _json(files.get(RESULT, b""))
    return (data, "") if isinstance(data, dict) else ({}, f"{RESULT} cannot be read.")


def _recount(files: Mapping[str, bytes], manifest: Mapping[str, Any], recorded: Mapping[str, Any]) -> Finding:
    ballots = [name for name in BALLOTS if name in files]
    if len(ballots) != 1:
        return Finding(Part.RECOUNT, "", ("There has to be one file of ballots.",))
    try:
        given = given_from_json(manifest.get("rules"), files[ballots[0]], files.get(AFFILIATIONS))
        _, result = count_given(given)
    except Refused as refused:
        return Finding(Part.RECOUNT, "", (f"{ballots[0]} cannot be counted: {refused.message}",))
    wrong = against_count(recorded, result)
    return Finding(Part.RECOUNT, f"{ballots[0]}, counted again, brings the same result.", tuple(wrong))


def against_count(recorded: Mapping[str, Any], result: Result) -> list[str]:
    """What a recorded result says otherwise than this count, in sentences."""
    counted = json.loads(json.dumps(to_json(result)))
    wrong: list[str] = []
    for where, was, now in differences({key: recorded.get(key) for key in counted}, counted):
        if len(wrong) == MOST_DIFFERENCES:
            wrong.append("… and more.")
            break
        wrong.append(f"{where}: recorded {_shown(was)}, counted {_shown(now)}.")
    return wrong


def differences(
    recorded: Any, counted: Any, where: str = RESULT.removesuffix(".json")
) -> Iterator[tuple[str, Any, Any]]:
    """Where two pieces of plain data differ, with what stands in each."""
    if isinstance(recorded, dict) and isinstance(counted, dict):
        for key in [*counted, *(key for key in recorded if key not in counted)]:
            yield from differences(recorded.get(key), counted.get(key), f"{where}.{key}")
    elif isinstance(recorded, list) and isinstance(counted, list) and len(recorded) == len(counted):
        for number, (one, other) in enumerate(zip(recorded, counted, strict=True), 1):
            yield from differences(one, other, f"{where}[{number}]")
    elif recorded != counted or type(recorded) is not type(counted):
        yield where, recorded, counted


def _shown(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _stages(recorded: Mapping[str, Any]) -> tuple[Result | None, Finding]:
    try:
        result = from_json(recorded)
        wrong = check(result)
    except (KeyError, IndexError, ValueError):
        return None, Finding(Part.STAGES, "", ("The record names candidates whom it does not have.",))
    except Refused as refused:
        return None, Finding(Part.STAGES, "", (refused.message,))
    return result, Finding(Part.STAGES, "Each stage follows from the one before.", tuple(wrong))
