from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from folkmoot.groups.models import Group, GroupState, Power
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import Actor, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from folkmoot.plan.actions import (
    add_task,
    change_task,
    decline_task,
    drop_all,
    drop_task,
    finish_task,
    give_task,
    hand_over_task,
    release_task,
    reopen_task,
    take_task,
)
from folkmoot.plan.models import Task
from tests.factories.groups import group, join
from tests.factories.meetings import actor
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import owned, task

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 3)


@pytest.fixture
def lantern() -> Group:
    organisation()
    return group()


@pytest.fixture
def ada(lantern) -> Person:
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern) -> Person:
    return join(PersonFactory(name="Ben"), lantern)


@pytest.fixture
def cleo(lantern) -> Person:
    return join(PersonFactory(name="Cleo"), lantern, Power.OBSERVE)


def facts() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="plan.").order_by("pk").values_list("kind", flat=True))


def notices() -> list[tuple[str, str]]:
    return list(Telling.objects.order_by("pk").values_list("kind", "person__name"))


# Adding and changing


def test_task_of_a_group_keeps_what_it_serves_as_it_is_called_now(lantern, ben):
    clause = charter_in_force(lantern).clauses.get(heading="Warmth")

    made = add_task(
        title=" Water \n the plants ", group=lantern, due_on=DAY, due_at=dt.time(9), clause_anchor=clause.anchor, by=ben
    )

    assert (made.title, made.owner, made.asked_by, made.due_on, made.due_at) == (
        "Water the plants", None, ben, DAY, dt.time(9),
    )  # fmt: skip
    assert made.clause_name == f"§ {clause.number} Warmth"
    assert facts() == ["plan.task_added"]
    assert notices() == []


def test_task_comes_from_something(lantern, ben):
    made = add_task(title="Follow up", group=lantern, source=charter_in_force(lantern), by=ben)

    assert Task.objects.get(pk=made.pk).source == charter_in_force(lantern)


def test_one_s_own_task_needs_no_acceptance_and_tells_no_words(ben):
    made = add_task(title="Call the dentist", by=ben)

    assert (made.group, made.owner) == (None, ben)
    entry = Entry.objects.get(kind="plan.own_task_changed")
    assert (entry.payload, entry.within_id, entry.about) == ({"task_id": made.pk, "change": "added"}, None, ben)
    assert not hasattr(entry, "detail")


def test_owner_who_is_somebody_else_is_asked_and_not_just_given_it(lantern, ada, ben):
    made = add_task(title="Book a room", group=lantern, owner=ben, by=ada)

    assert (made.owner, made.offered_to) == (None, ben)
    assert facts() == ["plan.task_added", "plan.task_offered"]
    assert notices() == [("plan.task_offered", "Ben")]
    assert "Would you take this on? Book a room" in Telling.objects.get().subject


def test_owner_who_has_agreed_in_a_call_has_it_at_once(lantern, ada, ben):
    made = add_task(title="Book a room", group=lantern, owner=ben, agreed=True, by=ada)

    assert (made.owner, made.offered_to) == (ben, None)
    assert facts() == ["plan.task_added", "plan.task_taken"]
    assert notices() == []


@pytest.mark.parametrize(
    "given",
    [
        {"title": "  "},
        {"title": "x" * 201},
        {"words": "x" * 5001},
        {"due_at": dt.time(9)},
        {"due_on": dt.date(26, 1, 1)},
        {"clause_anchor": "no-such-clause"},
    ],
)
def test_task_that_makes_no_sense_is_refused_and_nothing_is_kept(lantern, ben, given):
    with pytest.raises(Refused) as refused:
        add_task(**{"title": "Water the plants", "group": lantern, **given}, by=ben)

    assert refused.value.code == "invalid"
    assert not Task.objects.exists()
    assert facts() == []


def test_task_is_given_to_nobody_outside_the_group(lantern, ada):
    with pytest.raises(Refused, match="does not take part"):
        add_task(title="Book a room", group=lantern, owner=PersonFactory(), by=ada)


def test_task_without_a_group_is_nobody_else_s(ada, ben):
    for owner, by in ((ben, ada), (ben, system())):
        with pytest.raises(Refused):
            add_task(title="Book a room", owner=owner, by=by)


def test_closed_group_takes_no_new_task(lantern, ada):
    lantern.state = GroupState.CLOSED
    lantern.save()

    with pytest.raises(Refused, match="is closed"):
        add_task(title="Book a room", group=lantern, by=ada)


def test_change_tells_what_was_and_nothing_when_nothing_changed(lantern, ben):
    made = task(lantern, by=ben)

    change_task(made, title="Water the plants", due_on=DAY, by=ben)
    change_task(made, title="Water the plants", due_on=DAY, by=ben)

    entry = Entry.objects.get(kind="plan.task_changed")
    assert entry.changes == {"due_on": [None, "2026-12-03"]}


def test_words_of_a_change_are_kept_where_they_can_be_erased(lantern, ben):
    made = task(lantern, by=ben)

    change_task(made, title="Ask Dan", by=ben)

    entry = Entry.objects.get(kind="plan.task_changed")
    assert entry.changes == {}
    assert entry.detail.changes == {"title": ["Water the plants", "Ask Dan"]}


# Taking, offering, letting go


def test_offered_task_is_taken_or_declined(lantern, ada, ben):
    yes, no = task(lantern, owner=ben, by=ada), task(lantern, owner=ben, by=ada)

    take_task(yes, by=ben)
    decline_task(no, by=ben)
    decline_task(no, by=ben)

    assert (yes.owner, yes.offered_to) == (ben, None)
    assert (no.owner, no.offered_to) == (None, None)
    assert notices()[2:] == [("plan.task_declined", "Ada")]
    assert facts()[4:] == ["plan.task_taken", "plan.task_declined"]


def test_task_given_on_stays_until_the_other_says_yes(lantern, ben):
    dora = join(PersonFactory(name="Dora"), lantern)
    mine = owned(lantern, ben)

    give_task(mine, dora, by=ben)
    give_task(mine, dora, by=ben)
    assert (mine.owner, mine.offered_to) == (ben, dora)
    take_task(mine, by=dora)

    assert (mine.owner, mine.offered_to) == (dora, None)
    assert notices() == [("plan.task_offered", "Dora")]


def test_released_task_waits_for_whoever_wishes(lantern, ben, cleo):
    mine = owned(lantern, ben)

    release_task(mine, by=ben)
    take_task(mine, by=cleo)

    assert mine.owner == cleo
    assert facts()[2:] == ["plan.task_released", "plan.task_taken"]


def test_task_that_somebody_has_is_not_taken_away_but_by_who_leads(lantern, ada, ben, cleo):
    his = owned(lantern, ben)

    with pytest.raises(Refused) as refused:
        take_task(his, by=cleo)
    assert refused.value.code == "taken"
    assert "Ben has taken this task already" in refused.value.message
    take_task(his, by=ada)

    assert his.owner == ada


def test_handover_gives_what_was_accepted_once(lantern, ada, ben):
    his = owned(lantern, ben)

    hand_over_task(his, ada, by=ben)
    hand_over_task(his, ada, by=system())

    assert his.owner == ada
    assert facts().count("plan.task_taken") == 2


# Ending


def test_finished_task_says_by_whom_and_can_be_opened_again(lantern, ben):
    mine = owned(lantern, ben)

    finish_task(mine, by=ben)
    finish_task(mine, by=ben)
    assert (mine.state, mine.ended_by) == ("done", ben)
    reopen_task(mine, by=ben)
    reopen_task(mine, by=ben)

    assert (mine.state, mine.ended_at, mine.ended_by) == ("open", None, None)
    assert facts()[2:] == ["plan.task_finished", "plan.task_reopened"]


def test_dropped_task_says_why_and_is_neither_taken_nor_finished(lantern, ada, ben):
    one = task(lantern, owner=ben, by=ada)

    drop_task(one, why="Nobody needs it", by=ada)

    assert (one.state, one.why, one.offered_to) == ("dropped", "Nobody needs it", None)
    for act in (lambda: take_task(one, by=ben), lambda: finish_task(one, by=ada), lambda: give_task(one, ben, by=ada)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "ended"


def test_drop_all_ends_what_is_open_and_leaves_what_is_done(lantern, ben):
    done, open_one = owned(lantern, ben), task(lantern)
    finish_task(done, by=ben)

    assert drop_all(lantern, why="The group has closed.", by=system()) == 1
    assert drop_all(lantern, why="The group has closed.", by=system()) == 0

    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.state, open_one.why, done.state) == ("dropped", "The group has closed.", "done")


# Who may do what

WHO = ("manager", "owner", "asker", "participant", "observer", "stranger", "other group's manager", "former manager",
       "steward")  # fmt: skip
MAY = {
    "add": {"manager", "owner", "asker", "participant", "steward"},
    "change": {"manager", "owner", "asker", "steward"},
    "take": {"manager", "owner", "asker", "participant", "observer"},
    "give": {"manager", "owner", "asker", "steward"},
    "release": {"manager", "owner", "asker", "steward"},
    "finish": {"manager", "owner", "steward"},
    "reopen": {"manager", "owner", "steward"},
    "drop": {"manager", "asker", "steward"},
    "choose first": {"manager", "steward"},
    "drop all": {"manager", "steward"},
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("what", MAY)
def test_role_times_action(lantern, who, what):
    owner, asker = join(PersonFactory(), lantern), join(PersonFactory(), lantern)
    other = join(PersonFactory(), lantern)
    one = task(lantern, by=asker)
    if what not in ("take", "choose first"):
        take_task(one, by=owner)
    if what == "reopen":
        finish_task(one, by=owner)
    by: Actor = {"owner": owner, "asker": asker}.get(who) or actor(who, lantern)
    doing = {
        "add": lambda: add_task(title="More", group=lantern, by=by),
        "change": lambda: change_task(one, title="Other words", by=by),
        "take": lambda: take_task(one, by=by),
        "give": lambda: give_task(one, other, by=by),
        "release": lambda: release_task(one, by=by),
        "finish": lambda: finish_task(one, by=by),
        "reopen": lambda: reopen_task(one, by=by),
        "drop": lambda: drop_task(one, by=by),
        "choose first": lambda: add_task(title="Small", group=lantern, is_first_task=True, by=by),
        "drop all": lambda: drop_all(lantern, why="", by=by),
    }
    before = Entry.objects.count()

    if who in MAY[what]:
        doing[what]()
        assert Entry.objects.count() > before
    else:
        with pytest.raises(Refused) as refused:
            doing[what]()
        assert refused.value.code == "forbidden"
        assert Entry.objects.count() == before


@pytest.mark.parametrize("what", ["change", "finish", "drop", "take", "give"])
def test_one_s_own_task_is_touched_by_nobody_else(ben, what):
    own = task(by=ben)
    steward = PersonFactory(is_steward=True)
    doing = {
        "change": lambda: change_task(own, title="Mine now", by=steward),
        "finish": lambda: finish_task(own, by=steward),
        "drop": lambda: drop_task(own, by=steward),
        "take": lambda: take_task(own, by=steward),
        "give": lambda: give_task(own, steward, by=ben),
    }

    with pytest.raises(Refused):
        doing[what]()


# What always holds


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"state": "done"},
        {"group": None, "owner": None},
        {"due_at": dt.time(9), "due_on": None},
        {"source_id": 1},
    ],
)
def test_database_keeps_what_must_always_hold(lantern, wrong):
    one = task(lantern)

    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=one.pk).update(**wrong)


def race_to_take(one: Task, people: list[Person]) -> list[str]:
    """What each of these people was answered who all took the same task at once."""
    start, answers = threading.Barrier(len(people)), []

    def run(person: Person) -> None:
        start.wait()
        try:
            take_task(Task.objects.get(pk=one.pk), by=person)
            answers.append("yours")
        except Refused as refused:
            answers.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_task_that_several_take_at_once_has_one_owner(lantern):
    people = [join(PersonFactory(), lantern) for _ in range(3)]

    assert race_to_take(task(lantern), people) == ["taken", "taken", "yours"]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_several_believe_that_they_have_it(lantern, monkeypatch):
    people = [join(PersonFactory(), lantern) for _ in range(3)]
    together = threading.Barrier(3)

    def seen_before(one: Task) -> None:
        one.refresh_from_db()
        together.wait(timeout=20)

    monkeypatch.setattr("folkmoot.plan.actions.tasks.hold_task", seen_before)
    monkeypatch.setattr("folkmoot.plan.actions.tasks.record", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.plan.test_tasks.take_task", take_task.__wrapped__)

    assert race_to_take(task(lantern), people) == ["yours", "yours", "yours"]
