"""Requests for help: asked, answered, handed on, solved, closed; and who is told of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from folkmoot.connections.actions import helping_steps
from folkmoot.connections.actions.helping import Question, ask_for_help, say
from folkmoot.connections.actions.helping_care import ask_helper, change_urgency, look_after, point_at
from folkmoot.connections.actions.helping_ending import (
    accept_answer,
    close_quiet_requests,
    confirm,
    rate,
    reopen,
    take_back,
)
from folkmoot.connections.actions.helping_hold import who_cares
from folkmoot.connections.actions.helping_steps import take_due_steps
from folkmoot.connections.actions.interests import keep_apart
from folkmoot.connections.domain.clocks import Counts
from folkmoot.connections.domain.help_promises import USUAL, Escalation
from folkmoot.connections.models.helping import Face, HelpEscalation, HelpRequest, HelpState, Urgency
from folkmoot.connections.panels.helping import waiting_for
from folkmoot.connections.queries import helping as queries
from folkmoot.connections.queries.helping import queue, request_for
from folkmoot.connections.queries.helping_clocks import wait_of
from folkmoot.connections.queries.helping_routing import whom_to_ask
from folkmoot.connections.tasks import helping as jobs
from folkmoot.groups.models import Participation, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people, say_away
from tests.factories.connections.helping import desk
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


class Here:
    """A group with a desk at which Ada (who leads) and Ben answer; Cleo asks, Dan takes no part."""

    def __init__(self) -> None:
        organisation()
        self.group = group()
        self.ada = join(PersonFactory(name="Ada"), self.group, Power.MANAGE)
        self.ben = join(PersonFactory(name="Ben"), self.group)
        self.cleo, self.dan = PersonFactory(name="Cleo"), PersonFactory(name="Dan")
        self.desk = desk(self.group, self.ada, self.ben)

    def ask(self, title: str = "How do I join a call?", *, by=None, **more) -> HelpRequest:
        return ask_for_help(self.desk, Question(title, **more), by=by or self.cleo)


@pytest.fixture
def here(freeze) -> Here:
    freeze("2026-11-25T12:00Z")
    return Here()


def told(since: int = 0) -> list[tuple[str, str]]:
    return sorted(
        (name, kind.removeprefix("connections.help_"))
        for name, kind in Telling.objects.filter(pk__gt=since, kind__startswith="connections.help_").values_list(
            "person__name", "kind"
        )
    )


def mark() -> int:
    return Telling.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_request_goes_from_question_to_confirmed_answer(here, freeze):
    request = ask_for_help(here.desk, Question("How do I join a call?", topic="Calls"), by=here.cleo, once="form")
    assert ask_for_help(here.desk, Question("How do I join a call?"), by=here.cleo, once="form") == request
    assert [kind for _name, kind in told()] == ["wanted", "received"]
    assert "by Friday 27 November 2026" in " ".join(Telling.objects.get(person=here.cleo).text.split())

    freeze("2026-11-25T15:00Z")
    before = mark()
    answer = say(request, "Press the blue button.", by=here.ben)
    assert told(before) == [("Cleo", "answer")]
    request.refresh_from_db()
    assert (request.owner, request.answer_took, request.state) == (here.ben, 3 * 3600, "open")

    accept_answer(request, answer, by=here.ben)
    before = mark()
    request.refresh_from_db()
    assert request.state == HelpState.SOLVED
    confirm(request, by=here.cleo)
    rate(request, Face.WELL, "Quick", by=here.cleo)
    rate(request, Face.PARTLY, by=here.cleo)

    request.refresh_from_db()
    assert (request.state, request.closed_because, request.feedback.face) == ("closed", "confirmed", "partly")
    assert told(before) == []
    entries = Entry.objects.filter(kind__startswith="connections.help").order_by("pk")
    assert list(entries.values_list("kind", flat=True)) == [
        "connections.help_desk_changed",
        "connections.help_asked",
        "connections.help_answered",
        "connections.help_owned",
        "connections.help_solved",
        "connections.help_closed",
    ]


def test_clock_rests_while_helpers_wait_and_goes_on_with_the_reply(here, freeze):
    request = here.ask()
    say(request, "Which call?", by=here.ben, asks_back=True)
    request.refresh_from_db()
    assert request.state == HelpState.ASKED_BACK

    freeze("2026-11-27T12:00Z")
    say(request, "That of Friday", by=here.cleo)

    request.refresh_from_db()
    wait = wait_of(request, None, timezone.now(), "solved")
    assert (request.state, wait.left) == (HelpState.OPEN, dt.timedelta(minutes=request.promised.solved))
    with pytest.raises(Refused, match="write something"):
        say(request, "  ", by=here.ben)


def test_what_is_open_again_had_no_clock_while_it_counted_as_solved(here, freeze):
    request = here.ask()
    answer = say(request, "Like this", by=here.ben)
    accept_answer(request, answer, by=here.cleo)

    freeze("2026-11-30T12:00Z")
    before = mark()
    reopen(request, by=here.cleo)

    request.refresh_from_db()
    assert (request.state, request.accepted, request.closed_at) == ("open", None, None)
    assert wait_of(request, None, timezone.now(), "solved").share == 0
    assert told(before) == [("Ben", "reply")]
    take_back(request, by=here.cleo)
    take_back(request, by=here.cleo)
    request.refresh_from_db()
    assert request.closed_because == "taken_back"


def test_urgency_changes_with_its_reason_and_escalates_anew(here, freeze):
    request = here.ask(urgency=Urgency.LOW)
    with pytest.raises(Refused, match="say why"):
        change_urgency(request, Urgency.CRITICAL, reason=" ", by=here.ben)

    change_urgency(request, Urgency.CRITICAL, reason="The call is tonight", by=here.ben)

    assert take_due_steps(now=timezone.now() + 2 * HOUR) == 1
    request.refresh_from_db()
    line = request.messages.get()
    assert (line.sort, line.urgency, line.text, request.promised.limit) == (
        "urgency", "critical", "The call is tonight", 240,
    )  # fmt: skip


def test_request_is_taken_given_and_pointed_elsewhere(here):
    first, again, private = here.ask("One"), here.ask("Two"), here.ask("Three", is_private=True, by=here.dan)
    look_after(first, here.ada, by=here.ada)
    before = mark()
    look_after(first, here.ben, by=here.ada)
    look_after(first, here.ben, by=here.ada)
    assert told(before) == [("Ben", "given")]
    for who, code in ((here.dan, "invalid"), (here.cleo, "own")):
        with pytest.raises(Refused) as refused:
            look_after(first, who, by=here.ada)
        assert refused.value.code == code

    point_at(again, first, by=here.ada)

    again.refresh_from_db()
    assert (again.state, again.same_as, again.closed_because) == ("closed", first, "duplicate")
    with pytest.raises(Refused, match="may read"):
        point_at(first, private, by=here.ada)
    with pytest.raises(Refused, match="may read"):
        point_at(first, again, by=here.ada)


def test_what_was_asked_before_leads_to_the_first_question_and_never_round(here):
    first, second, third = here.ask("One"), here.ask("Two"), here.ask("Three")
    point_at(first, second, by=here.ada)
    point_at(second, third, by=here.ada)
    fourth = here.ask("Four")

    point_at(fourth, first, by=here.ada)

    fourth.refresh_from_db()
    assert fourth.same_as == third
    first.refresh_from_db()
    with pytest.raises(Refused, match="may read"):
        point_at(third, first, by=here.ada)


def test_reply_reaches_the_other_helpers_while_whoever_looks_after_it_is_away_left_or_kept_apart(here):
    asked = here.ask("One", is_private=True)
    look_after(asked, here.ben, by=here.ben)
    present, shown = waiting_for(here.ben).count(), []
    for change in (
        lambda: keep_apart(here.cleo, here.ben),
        lambda: Participation.objects.filter(person=here.ben).update(ended_at=timezone.now()),
    ):
        with transaction.atomic():
            change()
            shown.append((waiting_for(here.ben).count(), who_cares(HelpRequest.objects.get(pk=asked.pk))))
            transaction.set_rollback(True)
    say_away(here.ben, first_day=dt.date(2026, 11, 24), last_day=dt.date(2026, 11, 26), shown=False)
    before = mark()

    say(asked, "Are you there?", by=here.cleo)

    assert (present, shown) == (1, [(0, [here.ada]), (0, [here.ada])])
    assert told(before) == [("Ada", "reply"), ("Ben", "reply")]
    # In private, no mail names whoever asked.
    assert [(one.subject, one.text.strip()) for one in Telling.objects.filter(pk__gt=before)] == [
        ("A reply: a private question", "Whoever asked wrote again.")
    ] * 2


def test_whoever_asked_hears_that_a_helper_opened_it_again(here):
    asked = here.ask("One")
    accept_answer(asked, say(asked, "So", by=here.ben), by=here.cleo)
    before = mark()

    reopen(asked, by=here.ada)

    assert told(before) == [("Ben", "reply"), ("Cleo", "reply")]


def test_queue_leaves_out_the_newest_where_more_waits_than_it_shows(here, monkeypatch):
    asked = [here.ask(title) for title in ("One", "Two", "Three")]
    monkeypatch.setattr(queries, "MOST_IN_QUEUE", 2)

    waiting = queue(here.desk, here.ada, "waiting", now=timezone.now())

    assert [row.request for row in waiting] == asked[:2]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("ada", {"say", "care", "solve", "reopen"}),
        ("ben", {"say", "care", "solve", "reopen"}),
        ("cleo", {"say", "solve", "confirm", "take_back", "rate", "reopen"}),
        ("dan", set()),
    ],
)
def test_who_may_do_what(here, who, allowed):
    one, closed = here.ask(), here.ask("Two")
    answer = say(closed, "So", by=here.ben)
    accept_answer(closed, answer, by=here.ben)
    of_one = say(one, "Here", by=here.ben)
    person = getattr(here, who)
    tries = {
        "say": lambda: say(one, "Hm", by=person),
        "care": lambda: change_urgency(one, Urgency.LOW, reason="So", by=person),
        "solve": lambda: accept_answer(one, of_one, by=person),
        "rate": lambda: rate(closed, Face.WELL, by=person),
        "confirm": lambda: confirm(closed, by=person),
        "reopen": lambda: reopen(closed, by=person),
        "take_back": lambda: take_back(closed, by=person),
    }

    passed = set()
    for name, attempt in tries.items():
        try:
            attempt()
        except Refused as refused:
            assert refused.code == "forbidden", name
        else:
            passed.add(name)

    assert passed == allowed


def test_private_request_is_for_whoever_asked_and_those_who_help_and_not_for_whom_they_are_kept_apart_from(here):
    request = here.ask(is_private=True)
    assert [bool(request_for(one, request.pk)) for one in (here.ada, here.ben, here.cleo, here.dan)] == [
        True, True, True, False,
    ]  # fmt: skip

    Participation.objects.filter(person=here.ben).update(ended_at=timezone.now())
    assert request_for(here.ben, request.pk) is None
    Participation.objects.filter(person=here.ben).update(ended_at=None)
    keep_apart(here.cleo, here.ben)

    assert request_for(here.ben, request.pk) is None
    assert [len(queue(here.desk, one, "waiting", now=timezone.now())) for one in (here.ada, here.ben)] == [1, 0]
    with pytest.raises(Refused, match="answers at this desk"):
        look_after(request, here.ben, by=here.ada)


def test_routing_asks_who_answered_alike_and_nobody_who_is_apart_away_or_full(here, django_assert_num_queries):
    for number in range(2):
        old = here.ask(f"How do I join a call from a phone? {number}", by=here.dan)
        accept_answer(old, say(old, "By the link", by=here.ben), by=here.dan)
    look_after(here.ask("Something else", by=here.dan), here.ben, by=here.ben)
    request = here.ask("Joining the call by phone")

    with django_assert_num_queries(7):
        found = whom_to_ask(request, now=timezone.now())

    assert (found[0].person, found[0].because, found[0].to_them) == (
        here.ben,
        "answered 2 questions like this, and has one request open",
        "You answered 2 questions like this.",
    )
    say_away(here.ben, first_day=dt.date(2026, 11, 24), last_day=dt.date(2026, 11, 26), shown=False)
    assert [one.person for one in whom_to_ask(request, now=timezone.now())] == [here.ada]
    keep_apart(here.ada, here.cleo)
    assert whom_to_ask(request, now=timezone.now()) == []
    before = mark()
    here.ask("And another")
    assert told(before) == [("Cleo", "received")]
    keep_apart(here.ben, here.cleo)
    with pytest.raises(Refused):
        ask_helper(request, here.ben, why="", by=here.ada)


def test_steps_are_taken_once_however_often_and_late_the_task_runs_and_whatever_the_clock_does(here, freeze):
    request = here.ask(urgency=Urgency.CRITICAL)
    asked = timezone.now()
    before = mark()

    taken = [take_due_steps(now=asked + hours * HOUR) for hours in (1, 2, 2, 1, 3.5, 26, 0, 26)]

    assert taken == [0, 1, 0, 0, 1, 2, 0, 0]
    assert told(before) == [
        ("Ada", "waits"), ("Ada", "waits"), ("Ada", "waits"), ("Ada", "waits"),
        ("Ben", "waits"), ("Ben", "waits"), ("Ben", "waits"),
    ]  # fmt: skip
    say(request, "Sorry", by=here.ada)
    assert take_due_steps(now=asked + 200 * HOUR) == 0


def test_several_steps_at_once_tell_the_same_people_of_the_last_alone(here):
    here.ask(urgency=Urgency.CRITICAL)
    before = mark()

    assert take_due_steps(now=timezone.now() + 30 * HOUR) == 4

    # Nobody looks after it: owner and helpers are the same people, told of two things; who leads of a third.
    assert [name for name, _kind in told(before)] == ["Ada", "Ada", "Ada", "Ben", "Ben"]
    assert HelpEscalation.objects.count() == 4


def test_task_that_dies_after_it_told_people_has_told_nobody(here, monkeypatch):
    here.ask(urgency=Urgency.CRITICAL)
    before, later = mark(), timezone.now() + 2 * HOUR

    class Killed(BaseException):
        pass

    def die(*_given, **_how):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(helping_steps, "record", die)
        with pytest.raises(Killed):
            take_due_steps(now=later)
    assert (told(before), HelpEscalation.objects.count()) == ([], 0)

    assert take_due_steps(now=later) == 1
    assert told(before) == [("Ada", "waits"), ("Ben", "waits")]


def test_jobs_of_the_schedule_that_are_delivered_twice_do_it_once(here, freeze, settle):
    here.ask(urgency=Urgency.CRITICAL)
    quiet = here.ask("Two", by=here.dan)
    say(quiet, "Which one?", by=here.ben, asks_back=True)
    freeze("2026-12-03T12:00Z")
    before = mark()

    for _again in range(2):
        jobs.tell_of_requests_that_wait.enqueue()
        jobs.close_requests_that_are_quiet.enqueue()
    settle()

    assert HelpEscalation.objects.count() == 4
    assert told(before) == [("Ada", "waits")] * 3 + [("Ben", "waits")] * 2 + [("Dan", "closed")]


def test_promise_in_open_hours_counts_them_alone(here, freeze):
    promises = [one if one.key != "critical" else type(one)("critical", 60, 120, 480, Counts.OPEN) for one in USUAL]
    desk(here.group, here.ada, around_the_clock=False, zone="Europe/Lisbon", promises=promises, holidays=[("PT", "")])
    here.desk.refresh_from_db()
    freeze("2026-11-30T16:00Z")  # Monday, an hour before it closes; Tuesday 1 December is a holiday in Portugal.

    request = here.ask(urgency=Urgency.CRITICAL)

    here.desk.holidays.append(["XX", ""])  # as if the list of holidays had let a country go
    assert wait_of(request, here.desk.opening, timezone.now()).due == dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC)
    assert take_due_steps(now=dt.datetime(2026, 12, 2, 9, 30, tzinfo=dt.UTC)) == 1


def test_quiet_requests_close_by_themselves_with_notice(here, freeze):
    request, untouched = here.ask(), here.ask("Two")
    accept_answer(request, say(request, "So", by=here.ben), by=here.ben)
    assert close_quiet_requests(now=timezone.now() + dt.timedelta(days=6, hours=23)) == 0
    before = mark()

    assert [close_quiet_requests(now=timezone.now() + dt.timedelta(days=8)) for _again in range(2)] == [1, 0]

    request.refresh_from_db()
    untouched.refresh_from_db()
    assert (request.closed_because, untouched.state) == ("quiet", "open")
    assert told(before) == [("Cleo", "closed")]


def test_whoever_is_erased_leaves_what_others_rely_on_without_a_name(here):
    relied_on, _unanswered, private = here.ask("One"), here.ask("Two"), here.ask("Three", is_private=True)
    for request in (relied_on, private):
        accept_answer(request, say(request, "Answer", by=here.ben), by=here.cleo)
        rate(request, Face.NOT, "It was Cleo here", by=here.cleo)
    double = PersonFactory(name="C.")
    moved = ask_for_help(here.desk, Question("Four"), by=double)
    merge_people(here.cleo, double, by=machine())
    moved.refresh_from_db()
    assert moved.asker == here.cleo

    erase_person(here.cleo, by=machine())

    rows = HelpRequest.objects.order_by("pk").values_list("title", "state", "asker__name", "messages__text")
    assert list(rows) == [
        ("One", "closed", "Someone who left", "Answer"),
        ("", "closed", "Someone who left", None),
        ("", "closed", "Someone who left", ""),
        ("", "closed", "Someone who left", None),
    ]
    relied_on.refresh_from_db()
    assert (relied_on.feedback.face, relied_on.feedback.text) == ("not", "")
    erase_person(here.ben, by=machine())
    assert relied_on.messages.get().text == "Answer"


def test_desk_is_set_up_by_who_leads_and_says_what_is_wrong(here):
    for words, field in (
        ({"helpers": ()}, "helpers"),
        ({"promises": USUAL[:2]}, "promises"),
        ({"quiet_days": 0}, "quiet_days"),
        ({"around_the_clock": False, "week": [[]] * 7}, "week"),
        ({"around_the_clock": False, "holidays": [("XX", "")]}, "country"),
    ):
        given = {"helpers": (here.ada,), **words}
        with pytest.raises(Refused) as refused:
            desk(here.group, *given.pop("helpers"), **given)
        assert refused.value.params["field"] == field
    for key in ("answer-0-owner", "answer-x-owner", "answer-50-nobody", "nothing", "answer-50"):
        with pytest.raises(Refused):
            Escalation.of(key)
    of_all = desk(None, here.ada)
    assert (desk(None, here.ben).pk, of_all.name, here.desk.name) == (of_all.pk, "Everybody", here.group.name)
    desk(here.group, is_on=False)
    here.desk.refresh_from_db()
    with pytest.raises(Refused, match="takes no questions"):
        here.ask()
    assert Entry.objects.filter(kind="connections.help_desk_changed").count() == 4
