"""From the agreed rankings to a released result: counted, signed, held, released."""

from __future__ import annotations

import pytest

from folkmoot.governance.actions.results import count_election, release_results, sign_manifest
from folkmoot.governance.domain.verifying import verify_any
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.governance.models.results import ContestResult, Elected, ElectionBundle
from folkmoot.governance.queries.results import bundle_of
from folkmoot.governance.rules.results import may_see_result
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.governance.results import counted, find, sign, signed
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
COMMON = [[1, 2, 3]] * 6 + [[2, 1, 3]] * 5


@pytest.fixture
def made() -> MadeElection:
    organisation()
    return made_election(group(), ElectionState.CLOSED, officers=3, needed=2, voters=11, places=2)


@pytest.fixture
def wiped(monkeypatch) -> list[Election]:
    """Which elections were wiped."""
    found: list[Election] = []
    monkeypatch.setattr("folkmoot.governance.actions.results.wipe_envelopes", found.append)
    return found


def state(made: MadeElection) -> str:
    return Election.objects.get(pk=made.election.pk).state


def told() -> list[tuple[str, int]]:
    kinds = [one.kind.partition(".")[2] for one in Telling.objects.order_by("kind")]
    return sorted({kind: kinds.count(kind) for kind in kinds}.items())


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="governance.").order_by("pk").values_list("kind", flat=True))


def test_agreed_rankings_become_a_result_that_waits_for_signatures(made) -> None:
    bundle = counted(made, COMMON)

    row = ContestResult.objects.get()
    assert (row.cast, row.spoilt, row.shown, state(made)) == (11, 0, "whole", "closed")
    assert row.ballots == row.published
    assert row.rules["seed"] == made.election.frozen_hash
    assert [one.nomination for one in Elected.objects.all()] == made.nominations[:2]
    assert count_election(made.election) == bundle
    assert (kinds(), told()) == (["governance.election_counted"], [("count_is_to_sign", 3)])
    assert not verify_any(bundle_of(made.election)).is_right
    sign(made, 0)
    sign(made, 2)
    assert verify_any(bundle_of(made.election), frozen=made.election.frozen_hash).is_right


def test_rankings_that_do_not_fit_are_refused_and_nothing_is_written(made) -> None:
    find(made, COMMON[:10], officers=1)
    with pytest.raises(Refused) as alone:
        count_election(made.election)
    find_second = made.contest.found.get()
    find_second.pk, find_second.officer = None, made.officers[1]
    find_second.save()
    with pytest.raises(Refused) as fewer:
        count_election(made.election)

    assert (alone.value.code, fewer.value.code) == ("not_agreed", "uneven")
    assert not ContestResult.objects.exists()
    assert not ElectionBundle.objects.exists()


def test_second_count_that_differs_is_refused_loudly(made, monkeypatch) -> None:
    monkeypatch.setattr(
        "folkmoot.governance.domain.found.written",
        lambda ballots, seats: b'3 2\n11 3 0\n0\n"A"\n"B"\n"C"\n',
    )

    with pytest.raises(Refused) as refused:
        counted(made, COMMON)

    assert refused.value.code == "count_differs"
    assert not ElectionBundle.objects.exists()


def test_rare_rankings_stay_with_officers_and_spoilt_ones_are_counted_apart(made) -> None:
    find(made, [*COMMON[:9], [3, 2, 1]], spoilt=1)

    bundle = count_election(made.election)

    row = ContestResult.objects.get()
    assert (row.cast, row.spoilt, row.shown, row.shortened) == (10, 1, "shortened", 5)
    assert "\n1 3 2 1 0\n" in row.ballots
    assert "3 2 1" not in bundle.files["contest-1-ballots.blt"]
    assert row.salt not in bundle.manifest
    sign(made, 0)
    sign(made, 1)
    assert verify_any(bundle_of(made.election)).is_right


def test_who_withdrew_after_the_freeze_is_counted_as_withdrawn(made) -> None:
    Nomination.objects.filter(pk=made.nominations[0].pk).update(state=NominationState.WITHDRAWN)

    counted(made, COMMON)

    row = ContestResult.objects.get()
    assert row.result["withdrawn"] == [made.nominations[0].ballot_name]
    assert {one.nomination for one in Elected.objects.all()} == set(made.nominations[1:])


def test_contest_from_which_all_withdrew_is_counted_as_it_was_cast(made) -> None:
    Nomination.objects.update(state=NominationState.WITHDRAWN)

    counted(made, COMMON)

    assert (ContestResult.objects.get().rules["withdrawn"], Elected.objects.count()) == ([], 2)


def test_count_needs_a_closed_election(made) -> None:
    Election.objects.filter(pk=made.election.pk).update(state=ElectionState.OPEN)

    with pytest.raises(Refused) as refused:
        counted(made, COMMON)

    assert refused.value.code == "not_closed"


def test_signatures_of_enough_officers_end_the_count_and_wipe_the_envelopes(made, wiped) -> None:
    manifest = counted(made, COMMON).manifest
    people = [officer.person for officer in made.officers]
    own = [signed(manifest, keys["signing"]) for keys in made.keys]

    sign_manifest(made.election, own[0], by=people[0])
    sign_manifest(made.election, f"{own[0]}\n", by=people[0])
    after_one = (state(made), list(wiped))
    sign_manifest(made.election, own[2], by=people[2])
    sign_manifest(made.election, own[1], by=people[1])

    assert after_one == ("closed", [])
    assert (state(made), wiped) == ("counted", [made.election])
    assert kinds() == ["governance.election_counted", *["governance.manifest_signed"] * 3]
    assert told() == [("count_is_signed", 3), ("count_is_to_sign", 3)]
    assert verify_any(bundle_of(made.election)).is_right


def test_signatures_of_something_else_or_by_others_are_refused(made, wiped) -> None:
    manifest = counted(made, COMMON).manifest
    first, monitor = made.officers[0].person, PersonFactory()
    ElectionOfficer.objects.create(
        election=made.election, person=monitor, duty=Duty.MONITOR, state=OfficerState.ACCEPTED
    )
    by_first = signed(manifest, made.keys[0]["signing"])

    codes = []
    for text, person in (
        (signed(manifest + " ", made.keys[0]["signing"]), first),
        (signed(manifest, made.keys[0]["opening"]), first),
        (signed(manifest, made.keys[1]["signing"]), first),
        ("", first),
        (by_first, monitor),
        (by_first, made.voters[0].person),
    ):
        with pytest.raises(Refused) as refused:
            sign_manifest(made.election, text, by=person)
        codes.append(refused.value.code)

    assert codes == ["not_signed"] * 4 + ["forbidden"] * 2
    assert (made.election.signatures.count(), wiped) == (0, [])


def test_result_is_held_until_an_officer_releases_it(made) -> None:
    counted(made, COMMON)
    officer, voter = made.officers[0].person, made.voters[0].person
    held = [bool(may_see_result(person, made.election)) for person in (officer, voter, None)]
    with pytest.raises(Refused):
        release_results(made.election, by=officer)
    Election.objects.filter(pk=made.election.pk).update(state=ElectionState.COUNTED)
    with pytest.raises(Refused):
        release_results(made.election, by=voter)

    found = release_results(made.election, words=" Thank you all. ", by=officer)

    assert held == [True, False, False]
    assert (found.state, found.release.words, found.release.by) == ("released", "Thank you all.", officer)
    assert [bool(may_see_result(person, found)) for person in (officer, voter, None)] == [True] * 3
    assert told() == [
        ("count_is_to_sign", 3), ("not_elected", 1), ("result_is_there", 14), ("you_are_elected", 2),
    ]  # fmt: skip
    with pytest.raises(Refused):
        release_results(made.election, by=officer)


def test_answers_to_a_question_elect_nobody_and_are_published_whole() -> None:
    organisation()
    made = made_election(group(), ElectionState.OPEN, voters=4, candidates=2)
    Contest.objects.filter(pk=made.contest.pk).update(method="yes-no")
    names = [f'"{one.ballot_name}"' for one in made.nominations]
    frozen = made.election.frozen.replace('"scottish-stv"', '"yes-no"')
    frozen = frozen.replace(names[0], '"Yes"').replace(names[1], '"No"')
    made.cast([[1, 0]] * 3 + [[0, 1]])
    Election.objects.filter(pk=made.election.pk).update(frozen=frozen, state=ElectionState.CLOSED)

    counted(made, [[1, 0]] * 3 + [[0, 1]])

    row = ContestResult.objects.get()
    assert (row.result["verdict"]["result"], row.shown, row.rules["question"]["members"]) == ("carried", "whole", 4)
    assert not Elected.objects.exists()
