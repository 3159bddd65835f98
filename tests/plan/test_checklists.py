from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.plan.actions import (
    date_lines,
    finish_line,
    give_part,
    hand_over_line,
    move_anchor,
    preview,
    reopen_line,
    skip_line,
    start_checklist,
    stop_all,
    stop_checklist,
)
from folkmoot.plan.actions.templates import (
    change_template,
    copy_template,
    make_template,
    remove_step,
    save_step,
    template_for,
)
from folkmoot.plan.models import Checklist, ChecklistLine, ChecklistTemplate
from folkmoot.plan.queries import open_lines_of, templates_for
from folkmoot.plan.schedule_words import schedule_words
from tests.factories.groups import group, join
from tests.factories.meetings import actor
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import checklist, template

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)
ANCHOR = dt.date(2027, 3, 1)


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


@pytest.fixture
def running(lantern, ben) -> Checklist:
    template(lantern)
    return checklist(lantern, ben, anchor=ANCHOR)


def facts() -> list[str]:
    found = Entry.objects.filter(kind__startswith="plan.").exclude(kind="plan.template_changed")
    return list(found.order_by("pk").values_list("kind", flat=True))


def dates(of: Checklist) -> list[str]:
    return [f"{line.due_on:%-d %b}" for line in of.lines.order_by("position")]


# Starting


def test_list_is_dated_from_its_anchor_and_keeps_the_template_s_words(lantern, running, ben):
    change_template(running.template, name="Other", words="", anchor_label="other", by=system())
    running.refresh_from_db()

    assert (running.name, running.anchor_label, running.person) == ("Open house", "the day of the open house", ben)
    assert dates(running) == ["15 Feb", "22 Feb", "3 Mar"]
    assert {line.owner for line in running.lines.all()} == {ben}
    assert facts() == ["plan.checklist_started"]
    assert [line.title for line in open_lines_of(ben)] == ["Find hosts", "Invite", "Thank everybody"]


def test_list_of_a_kind_runs_once_for_a_person(lantern, running, ben):
    assert checklist(lantern, ben, anchor=ANCHOR) == running
    stop_checklist(running, by=system())
    assert checklist(lantern, ben, anchor=ANCHOR) != running


def test_list_may_be_about_a_thing(lantern, ben):
    template(lantern)
    thing = lantern.charters.get()

    one = start_checklist("open-house", group=lantern, anchor=ANCHOR, people={"owner": ben}, subject=thing, by=system())
    again = start_checklist("open-house", group=lantern, anchor=ANCHOR, subject=thing, by=system())

    assert (one.subject, one.person, again) == (thing, None, one)


def test_list_that_begins_late_says_what_cannot_be(lantern, ben):
    made = template(lantern, {"title": "Call for names", "offset": -30, "minimum": 21}, {"title": "Vote", "offset": 0})
    soon = TODAY + dt.timedelta(days=7)

    dated = preview(made, soon, started_on=TODAY)

    assert schedule_words(dated, ["Call for names", "Vote"]) == [
        "“Call for names” should be done by 3 November 2026, and can only be done by 17 December 2026: too late.",
        "“Vote” should be done by 3 December 2026, and can only be done by 17 December 2026: too late.",
    ]
    assert dates(checklist(lantern, ben, anchor=soon)) == ["17 Dec", "17 Dec"]


def test_unknown_template_and_day_are_refused(lantern):
    for key, day, code in (("no-such", ANCHOR, "not_found"), ("welcome", dt.date(27, 3, 1), "invalid")):
        with pytest.raises(Refused) as refused:
            start_checklist(key, group=lantern, anchor=day, by=system())
        assert refused.value.code == code


# Moving


def test_moved_anchor_dates_open_lines_again_and_leaves_what_is_done(running, ben):
    first = running.lines.get(title="Find hosts")
    finish_line(first, by=ben)

    dated = move_anchor(running, ANCHOR + dt.timedelta(days=10), by=system())

    assert dated.problems == ()
    assert dates(running) == ["15 Feb", "4 Mar", "13 Mar"]
    entry = Entry.objects.get(kind="plan.checklist_moved")
    assert entry.changes == {"anchor_on": ["2027-03-01", "2027-03-11"]}


def test_moved_to_soon_no_open_line_is_before_today(running, clock):
    move_anchor(running, TODAY + dt.timedelta(days=3), by=system())

    assert dates(running) == ["26 Nov", "26 Nov", "1 Dec"]


def test_moved_to_where_it_is_nothing_is_told(running):
    move_anchor(running, ANCHOR, by=system())

    assert facts() == ["plan.checklist_started"]


# Lines


def test_last_line_ends_the_list_and_opening_it_again_runs_it(running, ben):
    for line in running.lines.order_by("position")[:2]:
        finish_line(line, by=ben)
    last = running.lines.get(title="Thank everybody")
    with pytest.raises(Refused) as refused:
        skip_line(last, "  ", by=ben)
    assert refused.value.code == "invalid"

    skip_line(last, "Nobody came", by=ben)
    skip_line(last, "Nobody came", by=ben)
    running.refresh_from_db()
    assert (running.state, last.state, last.why) == ("done", "skipped", "Nobody came")
    reopen_line(last, by=ben)
    reopen_line(last, by=ben)
    running.refresh_from_db()

    assert (running.state, last.state) == ("open", "open")
    assert facts() == [
        "plan.checklist_started",
        "plan.line_ended",
        "plan.line_ended",
        "plan.line_ended",
        "plan.checklist_ended",
        "plan.line_reopened",
    ]


def test_line_of_a_done_list_is_not_opened_beside_another_one(lantern, running, ben):
    for line in running.lines.all():
        finish_line(line, by=ben)
    checklist(lantern, ben, anchor=ANCHOR)

    with pytest.raises(Refused, match="runs already"):
        reopen_line(running.lines.first(), by=ben)


def test_stopped_list_takes_no_more_ticks(running, ben):
    stop_checklist(running, why="It rains", by=system())
    stop_checklist(running, why="It rains", by=system())

    for act in (finish_line, lambda line, by: skip_line(line, "Rain", by=by)):
        with pytest.raises(Refused) as refused:
            act(running.lines.first(), by=ben)
        assert refused.value.code == "ended"
    assert facts().count("plan.checklist_ended") == 1


def test_stop_all_ends_what_runs_in_the_group(lantern, running, ben):
    with pytest.raises(Refused):
        stop_all(lantern, why="The group has closed.", by=ben)

    assert stop_all(lantern, why="The group has closed.", by=system()) == 1
    assert stop_all(lantern, why="The group has closed.", by=system()) == 0

    running.refresh_from_db()
    assert (running.state, running.why) == ("stopped", "The group has closed.")


def test_part_given_to_somebody_else_takes_its_open_lines_along(lantern, running, ben):
    dora = join(PersonFactory(name="Dora"), lantern)
    finish_line(running.lines.get(title="Find hosts"), by=ben)

    give_part(running, "owner", dora, by=system())
    give_part(running, "owner", dora, by=system())

    assert list(running.lines.order_by("position").values_list("owner__name", flat=True)) == ["Ben", "Dora", "Dora"]
    assert facts().count("plan.part_given") == 1


def test_line_is_handed_over_by_whose_it_is(lantern, running, ben):
    dora, line = join(PersonFactory(), lantern), running.lines.first()

    with pytest.raises(Refused):
        hand_over_line(line, dora, by=dora)
    hand_over_line(line, dora, by=ben)
    assert line.owner == dora

    stop_checklist(running, by=system())
    hand_over_line(line, ben, by=dora)
    assert running.lines.get(pk=line.pk).owner == dora


# Templates


def test_group_s_own_template_goes_before_the_organisation_s(lantern, ben):
    common = template_for("welcome", lantern)
    own = copy_template(common, lantern, by=system())
    save_step(own, title="Eat together", offset=1, by=system())

    assert copy_template(common, lantern, by=system()) == own
    assert template_for("welcome", lantern) == own
    assert (own.lines.count(), common.lines.count()) == (10, 9)
    assert own.lines.get(title="Say hello").escalate == 3


def test_starters_are_listed_at_once_written_when_needed_and_may_be_changed(lantern):
    listed = [(one.key, one.pk, one.count) for one in templates_for(lantern)]
    assert listed == [
        ("call", None, 6),
        ("election", None, 10),
        ("new-manager", None, 8),
        ("welcome", None, 9),
        ("welcome-observer", None, 5),
    ]
    assert not ChecklistTemplate.objects.exists()

    changed = template_for("welcome", lantern)
    remove_step(changed.lines.first(), by=system())
    assert template_for("welcome", None) == changed

    keys = [one.key for one in templates_for(lantern)]
    assert keys == ["call", "election", "new-manager", "welcome", "welcome-observer"]
    assert changed.lines.count() == 8


def test_template_of_a_kind_is_made_once(lantern):
    template(lantern)

    with pytest.raises(Refused) as refused:
        make_template(key="open-house", group=lantern, name="Again", anchor_label="day", by=system())
    assert refused.value.code == "taken"


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"offset": 4000}, {"minimum": -1}, {"remind": [-1]}, {"escalate": -1}, {"who": "king"}]
)
def test_step_that_makes_no_sense_is_refused(lantern, wrong):
    made = template(lantern)

    with pytest.raises(Refused) as refused:
        save_step(made, **{"title": "Eat", **wrong}, by=system())
    assert refused.value.code == "invalid"
    assert made.lines.count() == 3


# Who may do what

WHO = ("manager", "owner", "subject", "participant", "observer", "stranger", "other group's manager", "steward")
RUN = {"manager", "steward"}
MAY = {
    "start": RUN,
    "move": RUN,
    "give part": RUN,
    "make template": RUN,
    "change template": RUN,
    "change step": RUN,
    "remove step": RUN,
    "tick": RUN | {"owner", "subject"},
    "skip": RUN | {"owner", "subject"},
    "reopen": RUN | {"owner", "subject"},
    "stop": RUN | {"subject"},
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("what", MAY)
def test_role_times_action(lantern, who, what):
    subject, owner = join(PersonFactory(), lantern), join(PersonFactory(), lantern)
    made = template(lantern, {"title": "Say hello", "who": "buddy"}, {"title": "Come", "who": "newcomer"})
    running = start_checklist(
        "open-house", group=lantern, anchor=ANCHOR, people={"newcomer": subject, "buddy": owner}, by=system()
    )
    line = running.lines.get(who="buddy")
    if what == "reopen":
        finish_line(line, by=system())
    by = {"owner": owner, "subject": subject}.get(who) or actor(who, lantern)
    doing = {
        "start": lambda: start_checklist("open-house", group=lantern, anchor=ANCHOR, by=by),
        "move": lambda: move_anchor(running, TODAY, by=by),
        "give part": lambda: give_part(running, "buddy", subject, by=by),
        "make template": lambda: make_template(key="k", group=lantern, name="K", anchor_label="day", by=by),
        "change template": lambda: change_template(made, name="K", words="", anchor_label="day", by=by),
        "change step": lambda: save_step(made, title="Eat", by=by),
        "remove step": lambda: remove_step(made.lines.first(), by=by),
        "tick": lambda: finish_line(line, by=by),
        "skip": lambda: skip_line(line, "No time", by=by),
        "reopen": lambda: reopen_line(line, by=by),
        "stop": lambda: stop_checklist(running, by=by),
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


@pytest.mark.parametrize("who", ["manager", "participant"])
def test_organisation_s_templates_are_the_stewards_alone(lantern, who):
    common = template_for("welcome", None)

    with pytest.raises(Refused):
        save_step(common, title="Eat", by=actor(who, lantern))
    assert save_step(common, title="Eat", by=PersonFactory(is_steward=True)).pk


# What always holds


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Checklist, {"state": "done"}),
        (ChecklistLine, {"state": "done"}),
        (ChecklistLine, {"state": "skipped", "ended_at": "2026-11-26T12:00Z"}),
        (ChecklistTemplate, {"name": ""}),
    ],
)
def test_database_keeps_what_must_always_hold(running, model, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_last_two_lines_ticked_at_once_end_the_list_once(lantern, ben):
    template(lantern, {"title": "One", "who": "owner"}, {"title": "Two", "who": "owner"})
    running = checklist(lantern, ben, anchor=ANCHOR)
    start = threading.Barrier(2)

    def tick(pk: int) -> None:
        start.wait()
        try:
            finish_line(ChecklistLine.objects.get(pk=pk), by=ben)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tick, args=(line.pk,)) for line in running.lines.all()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    running.refresh_from_db()
    assert running.state == "done"
    assert facts().count("plan.checklist_ended") == 1


def test_another_room_gives_lines_their_days_and_none_lies_before_today(running):
    first, second, *_rest = running.lines.order_by("position")
    before = Entry.objects.filter(kind="plan.checklist_moved").count()
    days = {first.pk: TODAY - dt.timedelta(days=3), second.pk: ANCHOR + dt.timedelta(days=5)}

    for _time in range(2):
        date_lines(running, days, anchor=ANCHOR, by=system())

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.due_on, second.due_on, second.offset) == (TODAY, ANCHOR + dt.timedelta(days=5), 5)
    assert Entry.objects.filter(kind="plan.checklist_moved").count() == before + 1
