"""Polls are made, answered, closed, and forgotten as far as guests go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.availability.actions import (
    answer_as_guest,
    answer_poll,
    change_guest_answer,
    close_poll,
    remove_answer,
    take_answer_back,
    take_guest_answer_back,
)
from folkmoot.availability.actions.answering import answer_path, answer_with_token
from folkmoot.availability.models import NamesFor, OpenTo, Poll, PollAnswer, Sort
from folkmoot.availability.queries import polls_waiting_for
from folkmoot.availability.rules import may_answer_poll, may_make_poll, may_see_names, may_see_poll, may_see_polls
from folkmoot.availability.tasks import close_polls, forget_guests_of_polls
from folkmoot.groups.models import GroupState, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, Telling
from folkmoot.people.actions import erase_person, merge_people
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.polls import painted, poll, words

pytestmark = pytest.mark.django_db
NOON = "2026-11-23T12:00Z"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze(NOON)
    organisation()
    return clock


@pytest.fixture
def group(clock):
    return meeting_group()


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben"), group)


def told() -> list[tuple[str, str]]:
    return list(Telling.objects.order_by("pk").values_list("kind", "person__name"))


def facts() -> list[tuple[str, object]]:
    return list(
        Entry.objects.filter(kind__startswith="availability.").order_by("pk").values_list("kind", "payload__answers")
    )


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_poll_is_made_and_everybody_in_the_group_is_told_but_who_makes_it(group, ada, ben):
    made = poll(group, by=ada)

    assert (made.week, len(made.shape.weekdays), made.asked_by, len(made.token)) == (dt.date(2026, 12, 7), 3, ada, 32)
    assert told() == [("availability.poll_waits", "Ben")]
    letter = Telling.objects.get()
    assert letter.subject == "When are you free? Lamp care, Lantern Working Group"
    assert "You can change them until" in letter.text
    assert facts() == [("availability.poll_opened", None)]
    assert "title" not in Entry.objects.get(kind="availability.poll_opened").payload
    assert list(polls_waiting_for(ben, now=timezone.now())) == [made]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "invalid"),
        ({"zone": "Nowhere/At_All"}, "zone_unknown"),
        ({"minutes": 10}, "invalid"),
        ({"minutes": 300}, "invalid"),
        ({"closes_at": dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)}, "past"),
        ({"closes_at": dt.datetime(2027, 11, 23, 11, tzinfo=dt.UTC)}, "invalid"),
        ({"sort": Sort.DAYS, "days": (dt.date(2026, 11, 22),)}, "past"),
        ({"sort": Sort.DAYS, "days": (dt.date(2027, 11, 22),)}, "invalid"),
        ({"weekdays": ()}, "invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(group, ada, changed, code):
    assert refusal(lambda: poll(group, by=ada, **changed)) == code
    assert not Poll.objects.exists()


def test_group_has_ten_open_polls_at_most(group, ada):
    made = [poll(group, by=ada) for _number in range(10)]

    assert refusal(lambda: poll(group, by=ada)) == "too_many"
    close_poll(made[0], by=ada)
    poll(group, by=ada)


MAKES = {"steward": True, "system": True, "machine": True, "manager": True}
SEES = {**MAKES, "participant": True, "observer": True}


@pytest.mark.parametrize(
    "who",
    [
        "steward",
        "system",
        "machine",
        "manager",
        "participant",
        "observer",
        "other group's manager",
        "former manager",
        "stranger",
    ],
)
def test_who_may_do_what(group, who):
    one, now = actor(who, group), timezone.now()
    open_to_all = poll(group)
    inside = poll(group, open_to=OpenTo.GROUP, names_for=NamesFor.LEADS)

    assert bool(may_make_poll(one, group)) == (who in MAKES)
    assert bool(may_see_polls(one, group)) == (who in SEES)
    assert bool(may_see_poll(one, open_to_all))
    assert bool(may_see_poll(one, inside)) == (who in SEES)
    assert bool(may_answer_poll(one, inside, now=now)) == (who in SEES)
    assert bool(may_see_names(one, open_to_all)) == (who in SEES)
    assert bool(may_see_names(one, inside)) == (who in MAKES)
    if who in MAKES:
        close_poll(open_to_all, by=one)
    else:
        assert refusal(lambda: close_poll(open_to_all, by=one)) == "forbidden"


def test_person_answers_and_changes_by_version_and_takes_it_back(group, ada, ben):
    made = poll(group, by=ada)

    answer = answer_poll(made, painted(made, free=(1, 2), maybe=(2, 3), zone="Asia/Tokyo"), by=ben)
    assert (answer.free, answer.maybe, answer.zone, answer.version) == ([870, 900], [930], "Asia/Tokyo", 1)
    assert refusal(lambda: answer_poll(made, painted(made, free=(5,)), by=ben)) == "stale"
    assert refusal(lambda: answer_poll(made, painted(made), by=ada, version=4)) == "stale"
    assert answer_poll(made, painted(made, free=(0,)), by=ben, version=1).free == [840]
    assert not polls_waiting_for(ben, now=timezone.now())
    take_answer_back(made, by=ben)
    take_answer_back(made, by=ben)
    assert not PollAnswer.objects.exists()
    assert [kind for kind, _answers in facts()] == [
        "availability.poll_opened",
        "availability.poll_answered",
        "availability.poll_answered",
        "availability.answer_taken_back",
    ]


def test_whoever_asked_is_told_when_all_have_answered(group, ada, ben):
    made = poll(group, by=ada)
    answer_poll(made, painted(made), by=ada)
    assert told() == [("availability.poll_waits", "Ben")]

    answer_poll(made, painted(made, free=(0,)), by=ben)
    answer_poll(made, painted(made, free=(1,)), by=ben, version=1)

    assert told()[1:] == [("availability.all_have_answered", "Ada")]


def test_guest_answers_once_by_a_form_and_changes_it_by_the_link_that_is_theirs(group, ada):
    made = poll(group, by=ada)

    answer = answer_as_guest(made, painted(made, free=(0,)), name=" Odalys\n", mail="o@example.org", once="a")
    again = answer_as_guest(made, painted(made, free=(0,)), name="Odalys", once="a")
    assert (again, again.free, again.who, again.version) == (answer, [840], "Odalys", 1)
    letter = Letter.objects.get()
    assert (letter.recipient, answer_path(answer) in letter.text) == ("o@example.org", True)
    token = answer_path(answer).rstrip("/").rpartition("/")[2]
    assert answer_with_token(token) == answer
    assert answer_with_token("nonsense") is None

    changed = change_guest_answer(answer, painted(made, maybe=(4,)), name="Odalys B", version=1)
    assert (changed.free, changed.maybe, changed.name, changed.version) == ([], [960], "Odalys B", 2)
    assert refusal(lambda: change_guest_answer(answer, painted(made), name="O", version=1)) == "stale"
    assert refusal(lambda: change_guest_answer(answer, painted(made), name="", version=2)) == "invalid"
    assert "Odalys" not in str(list(Entry.objects.values_list("payload", "changes")))
    take_guest_answer_back(changed)
    take_guest_answer_back(changed)
    assert refusal(lambda: change_guest_answer(changed, painted(made), name="O", version=2)) == "gone"
    assert [kind for kind, _answers in facts()].count("availability.answer_taken_back") == 1


def test_guest_who_goes_back_to_the_form_changes_what_they_sent(group):
    made = poll(group)
    answer = answer_as_guest(made, painted(made, free=(0,)), name="Odalys", once="a")

    again = answer_as_guest(made, painted(made, free=(1,)), name="Oda", mail="o@example.org", once="a")
    assert (again.pk, again.free, again.name, again.mail, again.version) == (
        answer.pk,
        [870],
        "Oda",
        "o@example.org",
        2,
    )
    assert Letter.objects.get().recipient == "o@example.org"
    change_guest_answer(again, painted(made, free=(2,)), name="Oda", version=2)

    with pytest.raises(Refused) as stale:
        answer_as_guest(made, painted(made, free=(1,)), name="Oda", once="a")
    assert (stale.value.code, stale.value.params["version"]) == ("stale", 3)
    kept = answer_as_guest(made, painted(made, free=(1,)), name="Oda", once="a", version=3)
    assert (kept.free, kept.version, made.answers.count(), Letter.objects.count()) == ([870], 4, 1, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": ""}, "invalid"),
        ({"mail": "nobody"}, "invalid"),
        ({"once": ""}, "invalid"),
    ],
)
def test_guest_who_leaves_something_out_is_asked_for_it(group, given, code):
    made = poll(group)

    assert refusal(lambda: answer_as_guest(made, painted(made), **{"name": "O", "once": "a", **given})) == code


def test_answers_are_bounded_and_guests_are_for_open_polls(group, monkeypatch):
    made, inside = poll(group), poll(group, open_to=OpenTo.GROUP)
    monkeypatch.setattr("folkmoot.availability.actions.answering.MOST_GUESTS", 1)
    answer_as_guest(made, painted(made), name="O", once="a")

    assert refusal(lambda: answer_as_guest(made, painted(made), name="P", once="b")) == "too_many"
    assert refusal(lambda: answer_as_guest(inside, painted(made), name="P", once="b")) == "forbidden"
    assert refusal(lambda: answer_poll(inside, painted(made), by=PersonFactory())) == "forbidden"
    monkeypatch.setattr("folkmoot.availability.actions.answering.MOST_ANSWERS", 1)
    assert refusal(lambda: answer_poll(made, painted(made), by=PersonFactory())) == "too_many"


def test_those_who_lead_take_guests_out_but_nobody_else(group, ada, ben):
    made = poll(group, by=ada)
    guest = answer_as_guest(made, painted(made), name="Spam", once="a")
    own = answer_poll(made, painted(made), by=ben)

    assert refusal(lambda: remove_answer(guest, by=ben)) == "forbidden"
    assert refusal(lambda: remove_answer(own, by=ada)) == "forbidden"
    remove_answer(guest, by=ada)
    remove_answer(guest, by=ada)
    assert list(PollAnswer.objects.all()) == [own]


def test_poll_closes_by_the_clock_and_forgets_guests_ninety_days_later(clock, group, ada, ben, settle):
    made = poll(group, by=ada)
    guest = answer_as_guest(made, painted(made), name="O", mail="o@example.org", once="a")
    answer_poll(made, painted(made), by=ben)

    clock.move_to(made.closes_at, tick=False)
    assert refusal(lambda: answer_poll(made, painted(made), by=ben, version=1)) == "closed"
    close_polls.func()
    close_polls.func()
    made.refresh_from_db()
    guest.refresh_from_db()
    assert (made.closed_at, guest.mail) == (made.closes_at, "")
    assert told()[-1] == ("availability.poll_is_closed", "Ada")
    assert facts()[-1] == ("availability.poll_closed", 2)
    assert refusal(lambda: change_guest_answer(guest, painted(made), name="O", version=1)) == "closed"

    clock.move_to(made.closes_at + dt.timedelta(days=89), tick=False)
    forget_guests_of_polls.func()
    assert made.answers.count() == 2
    clock.move_to(made.closes_at + dt.timedelta(days=90), tick=False)
    forget_guests_of_polls.func()
    forget_guests_of_polls.func()
    assert [answer.person for answer in made.answers.all()] == [ben]
    assert facts()[-1] == ("availability.guest_answers_forgotten", 1)


def test_poll_of_a_closed_group_takes_no_answers(group, ben):
    made = poll(group)
    group.state = GroupState.CLOSED
    group.save(update_fields=["state"])

    assert refusal(lambda: answer_poll(made, painted(made), by=ben)) == "closed"
    assert refusal(lambda: poll(group)) == "forbidden"
    assert not polls_waiting_for(ben, now=timezone.now())


def test_answers_go_over_to_the_record_that_is_kept_and_go_with_one_that_is_erased(group, ada, ben):
    made, other = poll(group, by=ada), poll(group)
    twin = PersonFactory(name="Ben")
    answer_poll(made, painted(made), by=ben)
    answer_poll(made, painted(made, free=(0,)), by=twin)
    answer_poll(other, painted(other), by=twin)

    merge_people(ben, twin, by=actor("steward", group))
    assert [answer.poll for answer in ben.poll_answers.order_by("pk")] == [made, other]

    for person in (ada, ben):
        erase_person(person, by=actor("steward", group))
    made.refresh_from_db()
    assert (made.asked_by, ben.poll_answers.count()) == (None, 0)


def test_words_of_a_poll_can_be_asked_for_named_days(group, ada):
    days = (dt.date(2026, 12, 2), dt.date(2026, 11, 30))
    made = poll(group, by=ada, sort=Sort.DAYS, days=days, about="Bring tea.")

    assert made.days == ["2026-11-30", "2026-12-02"]
    assert (made.weekdays, made.shape.days, words().sort) == ([], tuple(sorted(days)), Sort.WEEK)
