"""The pages from the count to the seat, as people meet them."""

from __future__ import annotations

import html
import importlib.util
import re
import sys
from types import SimpleNamespace

import pytest
from django.urls import reverse

from folkmoot.governance.actions.opening import hand_in_rankings
from folkmoot.governance.actions.results import certify
from folkmoot.governance.domain.verifying import verify_any
from folkmoot.governance.models.elections import Contest, Election, ElectionStage, ElectionState, Stage
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.models.results_complaints import Complaint
from folkmoot.groups.actions.seats import add_seat
from folkmoot.groups.models import Term
from folkmoot.ledger.actors import system
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.governance.opening import found_by
from tests.factories.governance.results import counted, sign, signed
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db
WIPING = "folkmoot.governance.actions.opening_wiping"
COMMON = [[1, 2, 3]] * 6 + [[2, 1, 3]] * 5


@pytest.fixture
def made(monkeypatch) -> MadeElection:
    if importlib.util.find_spec(WIPING) is None:
        monkeypatch.setitem(sys.modules, WIPING, SimpleNamespace(wipe_envelopes=lambda election: 0))
    organisation()
    return made_election(group(), ElectionState.CLOSED, voters=11, needed=1)


def at(made: MadeElection, name: str, *more: int) -> str:
    return reverse(name, args=[made.election.group.slug, made.election.key, *more])


def words(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode())))


def released(made: MadeElection, rankings=COMMON) -> None:
    counted(made, rankings)
    sign(made)
    Election.objects.filter(pk=made.election.pk).update(state=ElectionState.RELEASED)


def test_officer_signs_releases_and_everybody_sees(client, made) -> None:
    officer, voter = made.officers[0].person, made.voters[0].person
    manifest = counted(made, COMMON).manifest
    client.force_login(voter)
    held = client.get(at(made, "election_result"))
    page = words(client.get(made.election.get_absolute_url()))
    client.force_login(officer)

    to_sign = client.get(at(made, "election_signing"))
    wrong = client.post(at(made, "election_signing"), {"jws": "no"})
    client.post(at(made, "election_signing"), {"jws": signed(manifest, made.keys[0]["signing"])})
    draft = client.get(at(made, "release_election")).context["form"]["words"].value()
    client.post(at(made, "release_election"), {"words": draft})
    client.logout()
    result = client.get(at(made, "election_result"))

    assert (held.status_code, "The result is held until the officers release it." in words(held)) == (403, True)
    assert "The officers sign the count, and then release the result." in page
    assert "0 of 1 signatures" in words(to_sign)
    assert (wrong.status_code, "This is no signature of this count by your key." in words(wrong)) == (400, True)
    assert draft.splitlines()[2] == f"The committee: {made.nominations[0].ballot_name}."
    assert result.status_code == 200
    told = words(result)
    for sentence in (
        f"{made.nominations[0].ballot_name} is elected.",
        "11 of 11 on the roll",
        made.election.frozen_hash,
        "Thank you to everybody who stood, voted and looked after it.",
    ):
        assert sentence in told
    packed = client.get(at(made, "election_bundle"))
    assert packed["Content-Disposition"] == f'attachment; filename="election-{made.election.key}.zip"'
    assert verify_any(packed.content, frozen=made.election.frozen_hash).is_right


def test_result_page_asks_as_many_queries_for_three_contests_as_for_one(
    client, made, django_assert_num_queries
) -> None:
    released(made)
    with django_assert_num_queries(8):
        client.get(at(made, "election_result"))
    row = made.contest.result
    for position in (1, 2):
        row.pk, row.contest = (
            None,
            Contest.objects.create(election=made.election, position=position, title=f"Contest {position}"),
        )
        row.save()

    with django_assert_num_queries(8):
        answer = client.get(at(made, "election_result"))

    assert words(answer).count("How it was counted, stage by stage") == 3


def test_what_if_is_apart_and_needs_all_ballots(client, made) -> None:
    Contest.objects.update(publishes_all=True)
    released(made)
    page = words(client.get(at(made, "election_result")))

    others = words(client.get(at(made, "contest_what_if", 1)))
    without = words(client.get(at(made, "contest_what_if", 1) + "?without=0"))
    ballots = client.get(at(made, "contest_ballots", 1))
    offline = client.get(at(made, "contest_offline", 1))
    gone = [client.get(at(made, name, 2)).status_code for name in ("contest_result", "contest_what_if")]

    assert "Among 3 candidates 15 rankings are possible" in page
    assert "This is not the result" in others
    assert "Meek STV The same people." in others
    assert ("Score voting" in others, "--" in others) == (False, False)
    assert f"{made.nominations[1].ballot_name} is elected." in without
    assert ballots.content.decode() == made.contest.result.ballots
    assert made.nominations[0].ballot_name in offline.content.decode()
    assert gone == [404, 404]


def test_shortened_ballots_are_told_and_the_whole_is_for_officers(client, made) -> None:
    released(made, [[1, 2, 3]] * 10 + [[3, 2, 1]])

    page = words(client.get(at(made, "election_result")))
    what_if = words(client.get(at(made, "contest_what_if", 1)))
    published = client.get(at(made, "contest_ballots", 1)).content.decode()
    stranger = client.get(at(made, "contest_all_ballots", 1)).status_code
    client.force_login(made.officers[0].person)
    whole = client.get(at(made, "contest_all_ballots", 1)).content.decode()

    assert "5 of 11 ballots are published without a part" in page
    assert "Not all ballots are published" in what_if
    assert ("3 2 1" in published, "3 2 1" in whole, stranger) == (False, True, 403)


def test_voter_complains_and_an_officer_answers_for_everybody(client, made) -> None:
    released(made)
    voter, officer = made.voters[0].person, made.officers[0].person
    client.force_login(voter)
    empty = client.post(at(made, "election_complaints"), {"words": ""}).status_code
    client.post(at(made, "election_complaints"), {"words": "I got no mail."})
    complaint = Complaint.objects.get()
    client.logout()
    before = words(client.get(at(made, "election_complaints")))
    client.force_login(officer)
    answer = at(made, "answer_complaint", complaint.pk)
    half = client.post(answer, {f"{complaint.pk}-outcome": "rejected"})
    client.post(answer, {f"{complaint.pk}-outcome": "rejected", f"{complaint.pk}-answer": "It was sent on the 10th."})
    client.logout()
    after = words(client.get(at(made, "election_complaints")))

    assert (empty, half.status_code) == (400, 400)
    assert "One complaint waits for an answer." in before
    assert "It was sent on the 10th." in after
    assert [voter.name in page or "I got no mail." in page for page in (before, after)] == [False, False]


def test_officer_certifies_when_the_days_are_over(client, made) -> None:
    released(made)
    client.force_login(made.officers[0].person)
    early = client.post(at(made, "certify_election"))
    ElectionStage.objects.filter(election=made.election, stage=Stage.COMPLAINTS).delete()
    ready = words(client.get(made.election.get_absolute_url()))

    done = client.post(at(made, "certify_election"), follow=True)

    assert (early.status_code, "Complaints may come until" in words(early)) == (409, True)
    assert "Certify the result" in ready
    assert "The result is certified. Terms begin on their day." in words(done)
    assert ElectionBundle.objects.get().election.state == "certified"


def test_page_of_a_certified_result_leads_to_the_seats(client, freeze) -> None:
    freeze("2026-08-01T12:00Z")
    organisation()
    lantern = group()
    chair = add_seat(lantern, title="Chair", term_months=24, by=system())
    made = made_election(lantern, ElectionState.CLOSED, voters=11, needed=1, seats=[chair])
    released(made)
    before = words(client.get(at(made, "election_result")))
    freeze("2026-10-01T12:00Z")
    certify(Election.objects.get(), by=made.officers[0].person)

    after = client.get(at(made, "election_result"))

    term = Term.objects.get()
    assert (term.seat, "Who sits where" in before) == (chair, False)
    assert f'<a href="{reverse("seat", args=[chair.pk])}">Chair</a>' in after.content.decode()
    assert made.nominations[0].ballot_name in words(after).partition("Who sits where")[2]


def test_officer_who_has_counted_is_led_to_signing(client, made) -> None:
    made.cast([[1, 2, 3]])
    hand_in_rankings(made.election, found_by(made, 0), by=made.officers[0].person)
    client.force_login(made.officers[0].person)

    page = client.get(at(made, "election_opening")).content.decode()

    assert f'<a href="{at(made, "election_signing")}">Look at the count and sign it</a>' in page
