"""Bundles of whole elections: made, verified, and changed in each place."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from functools import cache
from random import Random

import pytest

from folkmoot.governance.domain.bundles import Part
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.election_bundles import (
    CountedContest,
    WholeBallots,
    files_of,
    manifest_of,
    packed,
)
from folkmoot.governance.domain.found import affiliations_file, ballots_of, counted_twice, rules_for
from folkmoot.governance.domain.freezing import FrozenContest, FrozenElection, FrozenOfficer, frozen_hash, roll_hash
from folkmoot.governance.domain.publishing import publication
from folkmoot.governance.domain.sealed.envelopes import new_key
from folkmoot.governance.domain.verifying import verify_any
from folkmoot.kit.errors import Refused
from tests.factories.governance.results import signed

NAMES = ("Ana", 'Ben "B" Marsh', "Cleo", "Dan")
NONCE = bytes(range(16))
KEYS = [{"opening": new_key(), "signing": new_key()} for _ in range(3)]
COMMON = [[1, 2, 3, 0]] * 8 + [[2, 1, 0, 0]] * 5
RARE = [*COMMON[:12], [4, 3, 2, 1]]
MARKS = [[4, 3, 1, 0]] * 8 + [[1, 4, 0, 0]] * 5
QUESTION = [[1, 0]] * 9 + [[0, 1]] * 4


def frozen_text() -> str:
    day = datetime(2026, 9, 11, tzinfo=UTC)
    return FrozenElection(
        title="Committee 2026", group="Harbour", zone="UTC", opens_at=day, closes_at=day, accepts_until=day,
        needed=2, is_final=True,
        officers=tuple(FrozenOfficer(f"Officer {n}", key["opening"], key["signing"]) for n, key in enumerate(KEYS)),
        contests=(
            FrozenContest("Seats", "scottish-stv", 2, NAMES, {"cap": 1}, ("Quay", "Quay", "", "")),
            FrozenContest("Chair", "star", 1, NAMES),
            FrozenContest("The charter", "yes-no", 1, ("Yes", "No")),
        ),
        voters=20, roll=roll_hash(["1\tAda", "2\tBo"], NONCE),
    ).text()  # fmt: skip


FROZEN = frozen_text()


def contest(number: int, rankings: list[list[int]], *, withdrawn: tuple[int, ...] = ()) -> CountedContest:
    said = json.loads(FROZEN)["contests"][number]
    ballots = ballots_of(rankings, said["candidates"], Method(said["method"]), title=said["title"])
    rules = rules_for(FROZEN, number, withdrawn=withdrawn)
    given, result = counted_twice(ballots, rules, affiliations_file(FROZEN, number, rules))
    receipts = tuple(f"{number}{at:063x}" for at in range(len(rankings) + 1))
    return CountedContest(
        said["title"], given, result, publication(ballots, is_question=number == 2), 1, receipts, "00" * 16
    )


@cache
def made(*, rare: bool = False, withdrawn: tuple[int, ...] = ()) -> tuple[str, dict[str, str], dict[int, str]]:
    contests = [contest(0, RARE if rare else COMMON, withdrawn=withdrawn), contest(1, MARKS), contest(2, QUESTION)]
    files = files_of(FROZEN, NONCE.hex(), contests)
    manifest = manifest_of(FROZEN, files, contests, turnout=len(COMMON) + 1)
    return manifest, files, {place: signed(manifest, KEYS[place]["signing"]) for place in (0, 2)}


def wrong(data: bytes, **options) -> dict[Part, tuple[str, ...]]:
    found: dict[Part, tuple[str, ...]] = {}
    for finding in verify_any(data, **options).findings:
        if finding.wrong:
            found[finding.part] = (*found.get(finding.part, ()), *finding.wrong)
    return found


def test_bundle_of_an_election_is_verified_check_by_check() -> None:
    data = packed(*made())

    found = verify_any(data, frozen=frozen_hash(FROZEN))

    assert found.is_right
    assert found.elected == (
        ("Seats", ("Ana", "Cleo")), ("Chair", ("Ana",)), ("The charter", ("Yes",)),
    )  # fmt: skip
    assert [finding.words for finding in found.findings] == [
        "The ZIP is, byte for byte, as it was written.",
        "12 files are as the manifest says.",
        "Roll, candidates, rules and officers' keys are those with the hash that you wrote down.",
        "Signed by 2 of 3 officers (Officer 0, Officer 2); 2 had to.",
        *(
            f"{title}: {words}"
            for title, name in (
                ("Seats", "contest-1-ballots.blt"),
                ("Chair", "contest-2-ballots.json"),
                ("The charter", "contest-3-ballots.blt"),
            )
            for words in (
                "counted by the rules that were frozen.",
                "14 envelopes, 1 of them spoilt.",
                f"{name}, counted again, brings the same result.",
                "each stage follows from the one before.",
            )
        ),
    ]
    assert data == packed(*made())


def test_hash_that_somebody_wrote_down_is_compared() -> None:
    assert wrong(packed(*made()), frozen="00") == {
        Part.FROZEN: (f"It is not what you wrote down: what is frozen here has the hash {frozen_hash(FROZEN)}.",)
    }
    assert [one.words for one in verify_any(packed(*made())).findings if one.is_open] == [
        "Compare this hash with the one that you were shown when you voted; --frozen HASH does it for you."
    ]
    with pytest.raises(Refused) as refused:
        verify_any(packed(*made()), trusted="A" * 43 + "=")
    assert refused.value.code == "other_bundle"


def test_shortened_ballots_are_told_and_their_whole_is_no_part_of_the_bundle() -> None:
    manifest, files, signatures = made(rare=True)

    found = verify_any(packed(manifest, files, signatures))

    assert found.is_right
    assert next(finding.words for finding in found.findings if finding.part is Part.RECOUNT) == (
        "Seats: 5 of 13 ballots are published shortened, since they were rare; "
        "that the count is right stands on the officers' signatures."
    )
    assert "\n1 4 3 2 1 0\n" not in files["contest-1-ballots.blt"]


def test_officers_count_the_whole_again_by_its_salt() -> None:
    data, own = packed(*made(rare=True)), contest(0, RARE)
    whole = WholeBallots(own.given.ballots, own.salt)

    right = verify_any(data, whole=whole)

    assert right.is_right
    assert right.findings[-1].words == (
        "Seats: all ballots, as the officers signed them, counted again, bring the same result."
    )
    for other in (WholeBallots(whole.ballots, "11" * 16), WholeBallots(whole.ballots + b"\n", whole.salt)):
        assert wrong(data, whole=other) == {
            Part.RECOUNT: ("The ballots that you have are not those that the officers signed.",)
        }


def test_any_changed_byte_makes_it_fail() -> None:
    data, random = packed(*made()), Random(7)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [entry.filename.encode() for entry in archive.infolist()]
    places = {data.index(name) + len(name) + random.randrange(30) for name in names}
    places |= {random.randrange(len(data)) for _ in range(12)}
    places |= {0, 10, len(data) - 1, len(data) - 40}

    for place in places:
        changed = data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]
        try:
            assert not verify_any(changed).is_right, place
        except Refused as refused:
            assert refused.code in ("no_bundle", "large_bundle")


@pytest.mark.parametrize(
    ("name", "old", "new", "parts"),
    [
        ("frozen.json", "Committee 2026", "Committee 2027", {Part.FILES, Part.FROZEN, Part.RULES}),
        ("nonce.txt", "0001", "0002", {Part.FILES}),
        ("contest-1-receipts.txt", "0\n", "1\n", {Part.FILES, Part.RECEIPTS}),
        ("contest-1-ballots.blt", "\n8 1", "\n7 1", {Part.FILES, Part.RECOUNT}),
        ("contest-1-affiliations.csv", "Ana,Quay", "Ana,Boat", {Part.FILES, Part.RULES, Part.RECOUNT}),
        ("contest-1-result.json", '"number": 1', '"number": 2', {Part.FILES, Part.RECOUNT}),
    ],
)
def test_a_changed_file_is_told_by_what_does_not_fit(name, old, new, parts) -> None:
    manifest, files, signatures = made()
    assert old in files[name]

    found = wrong(packed(manifest, {**files, name: files[name].replace(old, new, 1)}, signatures))

    assert parts <= set(found)
    assert any(sentence.startswith(f"{name} was changed") for sentence in found[Part.FILES])


def test_signatures_have_to_be_enough_and_of_this_manifest_by_frozen_keys() -> None:
    manifest, files, signatures = made()
    other = manifest.replace('"turnout": 14', '"turnout": 15')
    stranger = signed(manifest, new_key())

    too_few = wrong(packed(manifest, files, {0: signatures[0]}))
    not_theirs = wrong(packed(manifest, files, {0: signatures[0], 2: stranger}))
    swapped = wrong(packed(manifest, files, {0: signatures[2], 2: signatures[0]}))
    another = wrong(packed(other, files, signatures))

    assert too_few == {Part.SIGNATURE: ("1 of 3 officers signed, and 2 had to.",)}
    assert not_theirs == {Part.SIGNATURE: ("The signature of Officer 2 is none of this manifest.",)}
    assert len(swapped[Part.SIGNATURE]) == len(another[Part.SIGNATURE]) == 2
    assert another[Part.RECEIPTS] == ("15 voted, and there is another number of envelopes.",)


def test_rules_that_were_not_frozen_are_found_though_officers_sign_them() -> None:
    manifest, files, _ = made()
    changed = manifest.replace('"seed": "', '"seed": "lucky', 1)
    both = {place: signed(changed, KEYS[place]["signing"]) for place in (0, 1)}

    assert wrong(packed(changed, files, both)) == {Part.RULES: ("Seats: not counted by what was frozen: seed.",)}


def test_who_withdrew_after_the_freeze_is_counted_as_withdrawn() -> None:
    manifest, files, signatures = made(withdrawn=(0,))

    found = verify_any(packed(manifest, files, signatures))

    assert found.is_right
    assert found.elected[0] == ("Seats", ("Ben 'B' Marsh", "Cleo"))


@pytest.mark.parametrize("name", ["frozen.json", "contest-1-result.json", "contest-1-receipts.txt"])
def test_files_that_cannot_be_read_are_findings(name) -> None:
    manifest, files, signatures = made()

    for text in ("", "[]", "{}", "[" * 100_000, '{"contests": [1]}'):
        assert Part.FILES in wrong(packed(manifest, {**files, name: text}, signatures))
    for text in ("{}", '{"format": "folkmoot-election-bundle-1"}'):
        try:
            assert not verify_any(packed(text, files, signatures)).is_right
        except Refused as refused:
            assert refused.code == "no_bundle"


def test_rankings_of_other_candidates_are_refused() -> None:
    for rankings in ([[1, 2]], [[1, 2, 3, 5]], [[1, 2, 3, -1]]):
        with pytest.raises(Refused) as refused:
            ballots_of(rankings, NAMES, Method.IRV)
        assert refused.value.code == "no_ranking"
