"""Setting up an election: drafts, announcements, days that move, contests, cancelling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from folkmoot.governance.actions.officers import answer_duty, ask_officer
from folkmoot.governance.actions.plan import (
    DaysGiven,
    announce_election,
    begin_election,
    cancel_election,
    change_election,
    move_days,
)
from folkmoot.governance.actions.plan_checklist import checklist_of
from folkmoot.governance.actions.plan_contests import (
    ContestGiven,
    add_contest,
    change_contest,
    counting_rules,
    remove_contest,
)
from folkmoot.governance.actions.rolls import add_criterion
from folkmoot.governance.domain.days import Days, Step
from folkmoot.governance.election_list import tick_elections
from folkmoot.governance.models.elections import Contest, Election, ElectionState, Stage
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.rolls import Whom
from folkmoot.governance.queries.plan import days_of
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.models import Begun, Filling, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person
from folkmoot.plan.models import LineState
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SINCE = {"number": 1, "unit": "months", "more": True, "before": "nominations"}
SEPTEMBER = DaysGiven(date(2027, 9, 11), terms_on=date(2027, 11, 1))


@pytest.fixture
def lantern(freeze):
    freeze("2027-07-01T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada Quill"), lantern, Power.MANAGE)


@pytest.fixture
def draft(lantern, ada):
    return begin_election(lantern, title="Steering committee", days=SEPTEMBER, by=ada)


def seat(of, title):
    return add_seat(of, title=title, filling=Filling.ELECTED, by=system())


def kinds_told(after=0):
    return [entry.kind for entry in Entry.objects.filter(pk__gt=after).order_by("pk") if "governance" in entry.kind]


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    assert no.value.code == code
    return no.value.message


def test_an_election_begins_as_a_draft_with_days_contest_and_messages(lantern, ada):
    chair, clerk = seat(lantern, "Chair"), seat(lantern, "Clerk")

    election = begin_election(
        lantern,
        title="  Steering  committee ",
        days=SEPTEMBER,
        contests=[ContestGiven("The committee", places=2, seats=[clerk, chair], endorsements=2)],
        by=ada,
    )

    assert (election.key, election.title, election.state, election.zone) == (
        "steering-committee-2027", "Steering committee", ElectionState.DRAFT, "Etc/GMT+12",
    )  # fmt: skip
    assert days_of(election)[Step.CALL] == Days(date(2027, 9, 1), date(2027, 9, 10))
    contest = election.contests.get()
    assert [one.seat for one in contest.fills.all()] == [clerk, chair]
    assert contest.rules == counting_rules("scottish-stv", 2)
    assert [(message.kind, message.due_on) for message in election.messages.all()][:4] == [
        ("roles_wanted", date(2027, 8, 4)),
        ("call_for_candidates", date(2027, 9, 1)),
        ("nominations_end", date(2027, 9, 8)),
        ("candidates", date(2027, 9, 11)),
    ]
    assert checklist_of(election) is None
    assert kinds_told() == ["governance.election_begun"]


def test_keys_are_made_of_the_title_and_never_twice(lantern, ada, draft):
    again = begin_election(lantern, title="Steering committee", days=SEPTEMBER, by=ada)
    begun = begin_election(lantern, title="Begin", key="begin-2027", days=SEPTEMBER, by=ada)
    foreign = begin_election(lantern, title="選挙", days=SEPTEMBER, by=ada)

    assert [one.key for one in (again, begun, foreign)] == ["steering-committee-2027-2", "begin-2027", "election-2027"]
    refused("taken", begin_election, lantern, title="X", key=draft.key, days=SEPTEMBER, by=ada)
    for key in ("begin", "Up", "a--b", "x" * 61):
        refused("invalid", begin_election, lantern, title="X", key=key, days=SEPTEMBER, by=ada)


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(lantern, ada):
    for code, values in (
        ("invalid", {"kind": "war"}),
        ("invalid", {"title": "  "}),
        ("past", {"days": DaysGiven(date(2027, 6, 30))}),
        ("too_far", {"days": DaysGiven(date(2037, 6, 30))}),
        ("invalid", {"days": DaysGiven(date(2027, 9, 1), grace=40)}),
        ("invalid", {"needed": 0}),
        ("zone_unknown", {"zone": "Atlantis"}),
        ("invalid", {"kind": "recall"}),
        ("invalid", {"contests": [ContestGiven("A", places=3, method="irv", seats=[seat(lantern, "Chair")])]}),
    ):
        refused(code if "seats" not in str(values) else "one_seat", begin_election, lantern,
                **{"title": "Committee", "days": SEPTEMBER, "by": ada, **values})  # fmt: skip
    words = refused("impossible", begin_election, lantern, title="X", by=ada,
                    days=DaysGiven(date(2027, 9, 11), terms_on=date(2027, 8, 1)))  # fmt: skip

    assert words == (
        "“Terms begin” on 1 August 2027 cannot be kept: “Onboarding” needs 7 days at least, and would be over on "
        "4 October 2027 at the earliest."
    )
    assert not Election.objects.exists()


def test_only_who_leads_begins_and_officers_prepare_with_them(lantern, draft):
    ben, cleo = join(PersonFactory(), lantern), PersonFactory()
    made = made_election(lantern, officers=[cleo])

    refused("forbidden", begin_election, lantern, title="X", days=SEPTEMBER, by=ben)
    for act, args in (
        (announce_election, {}),
        (move_days, {"stage": Stage.VOTING, "first": date(2027, 9, 12), "last": date(2027, 9, 30)}),
        (cancel_election, {"why": "No."}),
    ):
        refused("forbidden", act, draft, **args, by=ben)
    change_election(made.election, title="Other", words="", needed=1, is_final=False, by=cleo)

    assert Election.objects.get(pk=made.election.pk).title == "Other"


def test_announcing_tells_everybody_and_ticks_its_line(lantern, ada, draft, settle):
    before = Entry.objects.latest("pk").pk

    plan = announce_election(draft, by=ada)

    assert (plan.notes, draft.state) == ((), ElectionState.ANNOUNCED)
    entry = Entry.objects.get(kind="governance.election_announced", pk__gt=before)
    assert entry.payload == {"election_id": draft.pk, "voting_from": "2027-09-11", "voting_to": "2027-09-30"}
    assert refused("forbidden", announce_election, draft, by=ada) == "It was announced already."
    lines = {line.check_name: line for line in checklist_of(draft).lines.all()}
    assert lines["governance.announced"].due_on == date(2027, 8, 31)
    assert lines["governance.certified"].due_on == date(2027, 10, 15)
    assert lines["governance.frozen"].owner == ada
    settle()
    tick_elections()
    assert checklist_of(draft).lines.get(check_name="governance.announced").state == LineState.DONE
    assert checklist_of(draft).lines.get(check_name="governance.officers_accepted").state == LineState.OPEN


def test_a_late_announcement_lays_out_anew_what_has_passed(draft, ada, freeze):
    freeze("2027-09-06T13:00Z")

    plan = announce_election(draft, by=ada)

    assert [note.step for note in plan.notes] == ["roles", "call", "nominations", "acceptance", "questions", "freeze",
                                                  "voting"]  # fmt: skip
    assert days_of(draft)[Step.VOTING] == Days(date(2027, 9, 13), date(2027, 9, 30))
    assert checklist_of(draft).anchor_on == date(2027, 9, 13)
    assert draft.messages.get(kind="call_for_candidates").due_on == date(2027, 9, 6)


def test_moved_days_take_messages_and_checklist_along_and_officers_are_told(lantern, ada):
    cleo = PersonFactory(name="Cleo Finch")
    draft = begin_election(lantern, title="Steering committee", days=SEPTEMBER, by=ada)
    draft.officers.create(person=cleo, state="accepted")
    announce_election(draft, by=ada)

    move_days(draft, Stage.VOTING, first=date(2027, 9, 11), last=date(2027, 10, 5), by=ada)

    days = days_of(draft)
    assert (days[Step.RESULT].first, days[Step.TERM].first) == (date(2027, 10, 6), date(2027, 11, 1))
    lines = {line.check_name: line.due_on for line in checklist_of(draft).lines.all()}
    assert lines["governance.released"] == date(2027, 10, 6)
    entry = Entry.objects.get(kind="governance.election_days_moved")
    assert entry.changes["voting"] == ["2027-09-11/2027-09-30", "2027-09-11/2027-10-05"]
    told = Telling.objects.get(kind="governance.election_days_moved")
    assert (told.person, "Voting: 11 September – 5 October 2027" in told.text) == (cleo, True)
    words = refused("impossible", move_days, draft, Stage.VOTING, first=date(2027, 9, 11), last=date(2027, 10, 25),
                    by=ada)  # fmt: skip
    assert "“Terms begin” on 1 November 2027 cannot be kept" in words


def test_what_was_frozen_moves_no_more_and_what_comes_after_does(lantern):
    cleo = PersonFactory()
    made = made_election(lantern, ElectionState.OPEN, officers=[cleo])
    days = days_of(made.election)
    voting, result = days[Step.VOTING], days[Step.RESULT]

    words = refused("forbidden", move_days, made.election, Stage.VOTING, first=voting.first, last=result.last, by=cleo)
    moved = move_days(made.election, Stage.RESULT, first=result.first, last=result.last + (result.last - voting.last),
                      by=cleo)  # fmt: skip

    assert words == "Voting was opened with these days, so they cannot change any more."
    assert moved.days[Step.RESULT].count == 3


def test_contests_are_added_changed_and_taken_out(lantern, ada, draft):
    chair = seat(lantern, "Chair")
    second = add_contest(draft, ContestGiven("Chair", seats=[chair]), by=ada)

    for code, given in (
        ("taken", ContestGiven("steering COMMITTEE")),
        ("taken", ContestGiven("Another", seats=[chair])),
        ("invalid", ContestGiven("A", places=2, seats=[seat(lantern, "Clerk")])),
        ("invalid", ContestGiven("A", method="yes-no")),
        ("invalid", ContestGiven("A", method="shouting")),
        ("invalid", ContestGiven("A", places=21)),
        ("invalid", ContestGiven("A", most_of_one=2)),
        ("invalid", ContestGiven("A", endorsements=21)),
        ("invalid", ContestGiven("A", seats=[seat(group("Elsewhere"), "Chair")])),
    ):
        refused(code, add_contest, draft, given, by=ada)
    change_contest(second, ContestGiven("The chair", method="schulze", seats=[chair], most_of_one=1), by=ada)

    assert (second.title, second.method, second.most_of_one, second.position) == ("The chair", "schulze", 1, 1)
    announce_election(draft, by=ada)
    remove_contest(second, by=ada)
    assert refused("last", remove_contest, draft.contests.get(), by=ada).startswith("This is the only contest.")
    first = draft.contests.get()
    Nomination.objects.create(contest=first, person=PersonFactory())
    add_contest(draft, ContestGiven("Clerk"), by=ada)
    refused("has_candidates", remove_contest, first, by=ada)


def test_contests_are_numbered_without_gaps_as_ballots_are_sealed_by_their_place(draft, ada):
    for title in ("Chair", "Clerk", "Treasurer"):
        add_contest(draft, ContestGiven(title), by=ada)

    for contest in draft.contests.filter(title__in=("Steering committee", "Clerk")):
        remove_contest(contest, by=ada)

    assert [(one.position, one.title) for one in draft.contests.all()] == [(0, "Chair"), (1, "Treasurer")]
    assert add_contest(draft, ContestGiven("Clerk"), by=ada).position == 2
    for number in range(9):
        add_contest(draft, ContestGiven(f"Seat {number}"), by=ada)
    refused("too_many", add_contest, draft, ContestGiven("One more"), by=ada)


def test_questions_have_two_answers_and_practice_invented_candidates(lantern, ada):
    chair, soon = seat(lantern, "Chair"), DaysGiven(date(2027, 8, 1))

    recall = begin_election(lantern, kind="recall", title="Recall", days=soon, of=chair, by=ada)
    practice = begin_election(
        lantern, kind="practice", title="Try it", days=DaysGiven(date(2027, 7, 2)), needed=1, by=ada
    )

    question = recall.contests.get()
    assert (question.title, question.method) == ("Shall Chair be recalled?", "yes-no")
    assert question.rules["question"]["threshold"] == "1/2"
    assert [(one.ballot_name, one.state) for one in question.nominations.all()] == [
        ("Yes", "standing"), ("No", "standing"),
    ]  # fmt: skip
    assert Step.CALL not in days_of(recall)
    refused("too_many", add_contest, recall, ContestGiven("Another?", method="yes-no"), by=ada)
    assert [one.person for one in practice.contests.get().nominations.all()] == [None, None, None]
    assert not practice.messages.exclude(kind__startswith="voting").exists()
    announce_election(practice, by=ada)
    assert kinds_told()[-1] == "governance.practice_election_announced"


def test_cancelling_says_why_ends_the_list_and_tells_those_concerned(lantern, ada):
    cleo, ben = PersonFactory(), PersonFactory()
    made = made_election(lantern, ElectionState.OPEN, officers=[cleo], candidates=[ben], voters=[ben, PersonFactory()])

    refused("reason_needed", cancel_election, made.election, why=" ", by=ada)
    cancel_election(made.election, why="Too few candidates.", by=ada)

    assert Election.objects.get(pk=made.election.pk).why_cancelled == "Too few candidates."
    assert {one.person for one in Telling.objects.filter(kind="governance.election_cancelled")} == {cleo, ben}
    assert made.election.messages.get().kind == "cancelled"
    refused("forbidden", cancel_election, made.election, why="Again.", by=ada)
    counted = made_election(lantern, ElectionState.RELEASED, officers=[cleo])
    refused("forbidden", cancel_election, counted.election, why="Too late.", by=ada)


def test_nobody_hears_of_a_draft_and_cancelling_what_was_announced_ends_its_list(lantern, ada, draft):
    move_days(draft, Stage.VOTING, first=date(2027, 9, 12), last=date(2027, 9, 30), by=ada)
    cancel_election(draft, why="Not this year.", by=ada)
    announced = begin_election(lantern, title="Clerk", days=SEPTEMBER, by=ada)
    announce_election(announced, by=ada)
    cancel_election(announced, why="Not this year.", by=ada)

    assert kinds_told() == [
        "governance.election_begun", "governance.election_changed", "governance.election_changed",
        "governance.election_begun", "governance.election_announced", "governance.election_cancelled",
    ]  # fmt: skip
    assert (checklist_of(draft), checklist_of(announced).state) == (None, "stopped")
    assert not draft.messages.filter(state="waiting").exists()


def test_a_vote_about_somebody_loses_their_name_when_they_are_erased(lantern, ada):
    ben = PersonFactory(name="Ben Marsh")
    vote = begin_election(
        lantern, kind="confidence", title="Ben Marsh stays?", days=DaysGiven(date(2027, 8, 1)), about=ben, by=ada
    )
    assert vote.contests.get().title == "Do you trust Ben Marsh?"

    erase_person(ben, by=system())

    vote.refresh_from_db()
    assert "Ben" not in f"{vote.title} {Contest.objects.get(election=vote).title} {vote.key}"


def test_what_the_charter_says_of_votes_is_asked_from_the_start_and_stays_beside_what_is_added(lantern, ada):
    observers = role(lantern, Power.OBSERVE)
    observers.text = "Follow without a vote."
    observers.save()

    election = begin_election(lantern, title="Steering committee", days=SEPTEMBER, by=ada)
    add_criterion(election, Whom.VOTERS, "takes_part_since", SINCE, by=ada)

    asked = election.criteria.order_by("position")
    assert [one.name for one in asked] == ["not_observer", "takes_part_since"]
    assert asked[0].given["clause"]["text"] == "Follow without a vote."
    assert kinds_told() == ["governance.election_begun", "governance.election_changed"]
    announce_election(election, by=ada)
    page = Client().get(election.get_absolute_url()).content.decode()
    assert "Follow without a vote." in page


def test_lines_tick_as_soon_as_it_happens(lantern, ada, draft, settle):
    announce_election(draft, by=ada)
    settle()
    lines = checklist_of(draft).lines
    assert lines.get(check_name="governance.officers_accepted").state == LineState.OPEN

    for person in (join(PersonFactory(), lantern), join(PersonFactory(), lantern)):
        answer_duty(ask_officer(draft, person, by=ada), accepts=True, by=person)
    settle()

    assert lines.get(check_name="governance.officers_accepted").state == LineState.DONE


def test_whoever_was_nominated_hears_what_else_a_contest_is_now(lantern, ada):
    ben, cleo = PersonFactory(), PersonFactory()
    made = made_election(lantern, candidates=[ben, cleo], places=2)
    withdrew = made.nominations[1]
    withdrew.state = "withdrawn"
    withdrew.save()
    same = ContestGiven(made.contest.title, words="Read this.", places=2)

    change_contest(made.contest, same, by=ada)
    assert not Telling.objects.exists()
    change_contest(made.contest, replace(same, places=1, endorsements=2), by=ada)

    telling = Telling.objects.get()
    assert (telling.person, telling.kind) == (ben, "governance.contest_changed")
    lines = [line for line in telling.text.splitlines() if line.startswith("–")]
    assert lines == ["– One person is elected.", "– It asks for 2 endorsements."]


def test_whom_a_vote_is_about_has_no_hand_in_it_though_they_lead(lantern, ada):
    ben = join(PersonFactory(name="Ben Oak"), lantern, Power.MANAGE)
    chair = seat(lantern, "Chair")
    begin_term(chair, ada, how=Begun.ELECTED, begins_on=date(2027, 1, 1), by=system())
    values = {"kind": "recall", "title": "Recall", "days": SEPTEMBER, "of": chair, "about": ada}

    refused("forbidden", begin_election, lantern, **values, by=ada)
    election = begin_election(lantern, **values, by=ben)
    for act, given in (
        (announce_election, {}),
        (cancel_election, {"why": "No."}),
        (ask_officer, {"person": ben}),
        (change_election, {"title": "X", "words": "", "needed": 1, "is_final": True}),
        (add_criterion, {"whom": Whom.VOTERS, "name": "not_observer", "given": {}}),
    ):
        refused("forbidden", act, election, **given, by=ada)
    said = refused("forbidden", ask_officer, election, ada, by=ben)

    assert said == "This vote is about Ada Quill, so others look after it."
    assert not Telling.objects.filter(person=ada, kind="governance.question_about_you").exists()
    announce_election(election, by=ben)
    assert Telling.objects.filter(person=ada, kind="governance.question_about_you").count() == 1
    cancel_election(election, why="It is settled.", by=ben)
    assert Telling.objects.filter(person=ada, kind="governance.election_cancelled").count() == 1
