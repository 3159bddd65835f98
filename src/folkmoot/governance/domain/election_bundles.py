"""The bundle of a whole election: what was frozen, the receipts, the ballots as far as they are safe to publish, the
counts, and the officers' signatures of all of it. Made and verified here; pure.

    manifest.json               what officers sign: the election, its numbers, each count, each file with its SHA-256
    signatures.json             [{"place": of the officer from 0 in the frozen order, "jws": …}], sorted
    frozen.json                 the text whose hash every voter was shown and every envelope is bound to
    nonce.txt                   the number by which whoever has the roll can compute its frozen hash
    contest-1-receipts.txt      the receipt of each accepted envelope, sorted
    contest-1-ballots.blt       the ballots that were counted, or what of them may be published (.json for numbers)
    contest-1-affiliations.csv  where there was a cap
    contest-1-result.json       what `folkmoot count --json` gives

Where not all of the ballots are published, `salted` in the manifest is the SHA-256 of a secret salt, a line end and the
whole file; a bare hash of it could be guessed. Files are stored, not deflated, in one way, so not a byte of the ZIP can
change unseen.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from folkmoot.governance.domain.bundles import (
    MANIFEST,
    Finding,
    Part,
    Verified,
    against_count,
    as_bytes,
    files_as_listed,
)
from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.files import kind_of, read_ballots
from folkmoot.governance.domain.counting.reading_back import from_json
from folkmoot.governance.domain.counting.record import Result
from folkmoot.governance.domain.counting.written import to_json
from folkmoot.governance.domain.found import affiliations_file, contest_in, not_as_frozen, written
from folkmoot.governance.domain.freezing import frozen_hash
from folkmoot.governance.domain.given import Given, count_given, given_from_json, rules_to_json
from folkmoot.governance.domain.publishing import Publication, Shown
from folkmoot.governance.domain.signing import is_signed
from folkmoot.kit.errors import Refused

FORMAT: Final = "folkmoot-election-bundle-1"
FROZEN, NONCE, SIGNATURES = "frozen.json", "nonce.txt", "signatures.json"
_RECEIPT: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class CountedContest:
    """One contest after its count. `salt` is secret, in hexadecimal; `given` has all ballots."""

    title: str
    given: Given
    result: Result
    publication: Publication
    spoilt: int
    receipts: tuple[str, ...]
    salt: str


def salted_hash(salt: str, ballots: bytes) -> str:
    """SHA-256, in hexadecimal, by which whoever has the salt recognises the whole file of ballots."""
    return hashlib.sha256(salt.encode() + b"\n" + ballots).hexdigest()


def files_of(frozen: str, nonce: str, contests: Sequence[CountedContest]) -> dict[str, str]:
    """All files but manifest and signatures, as texts."""
    files = {FROZEN: frozen, NONCE: f"{nonce}\n"}
    for number, contest in enumerate(contests, 1):
        files[_name(number, "receipts.txt")] = "".join(f"{receipt}\n" for receipt in sorted(contest.receipts))
        published = published_file(contest)
        if published is not None:
            files[_name(number, f"ballots.{kind_of(published)}")] = published.decode()
        if contest.given.affiliations is not None:
            files[_name(number, "affiliations.csv")] = contest.given.affiliations.decode()
        files[_name(number, "result.json")] = as_bytes(to_json(contest.result)).decode()
    return files


def published_file(contest: CountedContest) -> bytes | None:
    """The ballots of a contest as they are published."""
    if contest.publication.shown is Shown.WHOLE:
        return contest.given.ballots
    shortened = contest.publication.ballots
    return None if shortened is None else written(shortened, contest.given.rules.seats)


def manifest_of(frozen: str, files: Mapping[str, str], contests: Sequence[CountedContest], *, turnout: int) -> str:
    """The text that officers sign."""
    said = json.loads(frozen)
    data = {
        "format": FORMAT,
        "election": said["title"],
        "group": said["group"],
        "frozen": frozen_hash(frozen),
        "voters": said["voters"],
        "turnout": turnout,
        "contests": [
            {
                "title": contest.title,
                "elected": list(contest.result.elected),
                "counted": contest.result.ballots,
                "spoilt": contest.spoilt,
                "ballots": contest.publication.shown.value,
                "shortened": contest.publication.shortened,
                "salted": salted_hash(contest.salt, contest.given.ballots),
                "rules": rules_to_json(contest.given),
            }
            for contest in contests
        ],
        "files": {
            name: {"sha256": hashlib.sha256(text.encode()).hexdigest(), "bytes": len(text.encode())}
            for name, text in files.items()
        },
    }
    return as_bytes(data).decode()


def packed(manifest: str, files: Mapping[str, str], signatures: Mapping[int, str]) -> bytes:
    """The ZIP, the same bytes every time; `signatures` by the officers' places in the frozen order."""
    signed = as_bytes([{"place": place, "jws": signatures[place]} for place in sorted(signatures)])
    texts = {name: text.encode() for name, text in files.items()}
    return _zipped({MANIFEST: manifest.encode(), SIGNATURES: signed, **texts})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


@dataclass(frozen=True)
class WholeBallots:
    """All ballots of a contest as officers have them, with the salt by which the manifest knows them."""

    ballots: bytes
    salt: str


def verify_election(
    data: bytes,
    files: Mapping[str, bytes],
    *,
    trusted_hash: str | None = None,
    whole: WholeBallots | None = None,
) -> Verified:
    """Verify the unpacked files of an election's bundle, whose bytes are `data`.

    `trusted_hash` is the frozen hash that somebody wrote down when voting opened. `whole` are the ballots that officers
    have, to count them again where they are not published. Anything wrong is a finding.
    """
    findings = [_packing(data, files), _files(files)]
    try:
        manifest = json.loads(files[MANIFEST])
        frozen = files[FROZEN].decode()
        said = json.loads(frozen)
        contests = list(manifest["contests"])
        officers, needed = list(said["officers"]), int(said["needed"])
        if len(contests) != len(said["contests"]) or not all(isinstance(one, dict) for one in contests):
            raise ValueError
        for number in range(len(contests)):
            contest_in(frozen, number)
    except (KeyError, ValueError, TypeError, RecursionError, Refused):
        wrong = ("What was frozen and the manifest cannot be read together.",)
        return Verified((*findings, Finding(Part.FROZEN, "", wrong)))
    findings += [*_frozen(frozen, said, manifest, trusted_hash), _signatures(files, officers, needed)]
    elected = []
    for number, contest in enumerate(contests, 1):
        result, found = _contest(frozen, number, contest, files)
        findings += found
        if result is not None:
            elected.append((str(contest.get("title")), result.elected))
    if whole is not None:
        findings.append(_whole(whole, contests, files))
    receipts = [_lines(files, number) for number in range(1, len(contests) + 1)]
    turnout = manifest.get("turnout")
    if any(len(one) != turnout for one in receipts):
        findings.append(Finding(Part.RECEIPTS, "", (f"{turnout} voted, and there is another number of envelopes.",)))
    elif isinstance(said.get("voters"), int) and isinstance(turnout, int) and turnout > said["voters"]:
        findings.append(Finding(Part.RECEIPTS, "", (f"{turnout} voted, more than the {said['voters']} on the roll.",)))
    return Verified(tuple(findings), elected=tuple(elected))


def _packing(data: bytes, files: Mapping[str, bytes]) -> Finding:
    wrong = () if _zipped(files) == data else ("The ZIP itself was changed, or was packed by something else.",)
    return Finding(Part.PACKING, "The ZIP is, byte for byte, as it was written.", wrong)


def _files(files: Mapping[str, bytes]) -> Finding:
    try:
        listed = json.loads(files[MANIFEST])["files"]
        hashes = {str(name): str(one["sha256"]) for name, one in listed.items()}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return Finding(Part.FILES, "", (f"{MANIFEST} lists no files.",))
    return files_as_listed(files, hashes, SIGNATURES)


def _frozen(
    frozen: str, said: Mapping[str, Any], manifest: Mapping[str, Any], trusted: str | None
) -> Iterator[Finding]:
    """What was frozen, against the manifest and what somebody wrote down."""
    found = frozen_hash(frozen)
    wrong = [
        f"The manifest is of another {word}."
        for word, ours, theirs in (
            ("freeze", found, manifest.get("frozen")),
            ("title", said.get("title"), manifest.get("election")),
            ("group", said.get("group"), manifest.get("group")),
            ("number of voters", said.get("voters"), manifest.get("voters")),
        )
        if ours != theirs
    ]
    if trusted is not None and trusted.strip().lower() != found:
        wrong.append(f"It is not what you wrote down: what is frozen here has the hash {found}.")
    whose = "the hash that you wrote down" if trusted is not None else f"the hash {found}"
    yield Finding(Part.FROZEN, f"Roll, candidates, rules and officers' keys are those with {whose}.", tuple(wrong))
    if trusted is None:
        words = "Compare this hash with the one that you were shown when you voted; --frozen HASH does it for you."
        yield Finding(Part.FROZEN, words, is_open=True)


def _signatures(files: Mapping[str, bytes], officers: Sequence[Any], needed: int) -> Finding:
    wrong: list[str] = []
    names: dict[int, str] = {}
    try:
        text = files[MANIFEST].decode()
        signed = json.loads(files[SIGNATURES])
        if as_bytes(signed) != files[SIGNATURES]:
            wrong.append(f"{SIGNATURES} was changed.")
        for one in signed:
            place = one["place"]
            if not isinstance(place, int) or not 0 <= place < len(officers) or place in names or len(one) != 2:
                raise ValueError
            officer = officers[place]
            names[place] = str(officer["name"])
            if not is_signed(one["jws"], text, officer["signing"]):
                wrong.append(f"The signature of {names[place]} is none of this manifest.")
    except (KeyError, ValueError, TypeError, RecursionError):
        wrong.append("The signatures cannot be read.")
    if len(names) < needed:
        wrong.append(f"{len(names)} of {len(officers)} officers signed, and {needed} had to.")
    who = ", ".join(names.values())
    return Finding(
        Part.SIGNATURE, f"Signed by {len(names)} of {len(officers)} officers ({who}); {needed} had to.", tuple(wrong)
    )


def _contest(
    frozen: str, number: int, contest: Mapping[str, Any], files: Mapping[str, bytes]
) -> tuple[Result | None, list[Finding]]:
    """All of one contest: the rules, the receipts, the count, its stages."""
    title = f"{contest.get('title')}: "
    findings = [_rules(frozen, number, contest, title, files), _receipts(number, contest, title, files)]
    recorded = _recorded(files, number)
    try:
        result = from_json(recorded)
        wrong = check(result)
    except (KeyError, IndexError, ValueError, TypeError, Refused):
        words = f"{title}{_name(number, 'result.json')} cannot be read as a count."
        return None, [*findings, Finding(Part.STAGES, "", (words,))]
    if list(result.elected) != contest.get("elected") or result.ballots != contest.get("counted"):
        wrong = [*wrong, "The manifest and the record elect or count others."]
    findings.append(_ballots(number, contest, title, files, recorded, result))
    findings.append(
        Finding(Part.STAGES, f"{title}each stage follows from the one before.", tuple(title + one for one in wrong))
    )
    return result, findings


def _rules(frozen: str, number: int, contest: Mapping[str, Any], title: str, files: Mapping[str, bytes]) -> Finding:
    rules = contest.get("rules")
    others = not_as_frozen(frozen, number - 1, rules) if isinstance(rules, dict) else ["rules"]
    wrong = [f"{title}not counted by what was frozen: {name}." for name in others]
    said = contest_in(frozen, number - 1)
    if said["title"] != contest.get("title"):
        wrong.append(f"{title}it was frozen under another title.")
    if not others and affiliations_file(frozen, number - 1, rules or {}) != files.get(
        _name(number, "affiliations.csv")
    ):
        wrong.append(f"{title}affiliations are others than were frozen.")
    return Finding(Part.RULES, f"{title}counted by the rules that were frozen.", tuple(wrong))


def _receipts(number: int, contest: Mapping[str, Any], title: str, files: Mapping[str, bytes]) -> Finding:
    lines = _lines(files, number)
    wrong = []
    if not all(map(_RECEIPT.fullmatch, lines)) or sorted(set(lines)) != lines:
        wrong.append(f"{title}receipts are not one each, in order.")
    counted, spoilt = contest.get("counted"), contest.get("spoilt")
    if not isinstance(counted, int) or not isinstance(spoilt, int) or counted + spoilt != len(lines):
        wrong.append(f"{title}{len(lines)} envelopes are not the {counted} counted and {spoilt} spoilt.")
    return Finding(Part.RECEIPTS, f"{title}{len(lines)} envelopes, {spoilt} of them spoilt.", tuple(wrong))


def _ballots(
    number: int,
    contest: Mapping[str, Any],
    title: str,
    files: Mapping[str, bytes],
    recorded: Mapping[str, Any],
    result: Result,
) -> Finding:
    """Counting again where all ballots are there; else what can be seen."""
    name = next((one for kind in ("blt", "json") if (one := _name(number, f"ballots.{kind}")) in files), "")
    shown, ballots = contest.get("ballots"), files.get(name, b"")
    trust = "that the count is right stands on the officers' signatures"
    try:
        if shown == Shown.WITHHELD and not name:
            words = f"{title}no ballots are published, since so few were cast; {trust}."
            return Finding(Part.RECOUNT, words, is_open=True)
        if shown == Shown.SHORTENED:
            total = read_ballots(ballots).total
            others = (f"{title}{total} ballots are published, {result.ballots} counted.",)
            many = contest.get("shortened")
            words = f"{title}{many} of {total} ballots are published shortened, since they were rare; {trust}."
            return Finding(Part.RECOUNT, words, () if total == result.ballots else others, is_open=True)
        given = given_from_json(contest.get("rules"), ballots, files.get(_name(number, "affiliations.csv")))
        _, again = count_given(given)
    except Refused as refused:
        return Finding(Part.RECOUNT, "", (f"{title}the ballots cannot be counted: {refused.message}",))
    wrong = tuple(title + one for one in against_count(recorded, again))
    return Finding(Part.RECOUNT, f"{title}{name}, counted again, brings the same result.", wrong)


def _whole(whole: WholeBallots, contests: Sequence[Mapping[str, Any]], files: Mapping[str, bytes]) -> Finding:
    """Whether these are all ballots of a contest as officers signed them, and bring what is recorded."""
    salted = salted_hash(whole.salt, whole.ballots)
    number = next((at for at, one in enumerate(contests, 1) if one.get("salted") == salted), None)
    if number is None:
        return Finding(Part.RECOUNT, "", ("The ballots that you have are not those that the officers signed.",))
    title = f"{contests[number - 1].get('title')}: "
    try:
        given = given_from_json(
            contests[number - 1].get("rules"), whole.ballots, files.get(_name(number, "affiliations.csv"))
        )
        _, again = count_given(given)
    except Refused as refused:
        return Finding(Part.RECOUNT, "", (f"{title}the ballots that you have cannot be counted: {refused.message}",))
    wrong = tuple(title + one for one in against_count(_recorded(files, number), again))
    words = f"{title}all ballots, as the officers signed them, counted again, bring the same result."
    return Finding(Part.RECOUNT, words, wrong)


def _recorded(files: Mapping[str, bytes], number: int) -> dict[str, Any]:
    try:
        data = json.loads(files[_name(number, "result.json")])
    except (KeyError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _lines(files: Mapping[str, bytes], number: int) -> list[str]:
    return files.get(_name(number, "receipts.txt"), b"").decode("ascii", "replace").splitlines()


def _name(number: int, what: str) -> str:
    return f"contest-{number}-{what}"
