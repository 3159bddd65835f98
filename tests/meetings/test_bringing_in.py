"""Minutes that were written elsewhere: taken in whole or not at all, once, by names that are known for sure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount

from folkmoot.calendar.models import CalendarItem
from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.meetings.actions import (
    begin_minutes,
    confirm_public,
    identify_guest,
    leave_as_it_is,
    make_guest_nameless,
    publish_minutes,
    set_level,
    take_in_minutes,
    take_in_resolution,
)
from folkmoot.meetings.bringing_in import GroupPlan, answers_from, plan_for
from folkmoot.meetings.domain.minutes import MinutesRecord, ReadItem, ReadPerson, write_minutes
from folkmoot.meetings.domain.minutes.matching import Answers
from folkmoot.meetings.minutes_check import uncleared
from folkmoot.meetings.models import (
    Attendance,
    BroughtIn,
    BroughtInName,
    Meeting,
    Minutes,
    MinutesItem,
)
from folkmoot.meetings.taking_out import all_files, public_files
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person
from folkmoot.people.models import Person, Profile
from folkmoot.plan.models import Task
from tests.factories.groups import join
from tests.factories.meetings import actor, held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

OLD = """\
# Lantern call

Date: 2024-03-05
Time: 17:00-17:45 UTC

## Present

- Ada Birch (AB)
- Ben Cole
- Cleo Dee, Labs

## Agenda

### Lamps

Two lamps are broken. AB looked at them.

### Money

DECISION: Buy two lamps.

- Approve: Ada Birch, Ben Cole

The motion carried.

## Actions

- [ ] Ben Cole to buy lamps
- [x] Ada Birch to read the meter
"""
RESOLUTION = """\
# Resolution 2023-04: Lights stay on

Status: Adopted
Date: 2023-05-06

The lights stay on until everyone is home.
"""


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock) -> Group:
    return meeting_group()


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)


@pytest.fixture
def ben(group) -> Person:
    return join(PersonFactory(name="Ben Cole"), group)


def plan(group: Group, by, answers: dict | None = None, **files: str) -> GroupPlan:
    named = {f"{name}.md": text for name, text in files.items()}
    return plan_for(group, named, answers=answers_from(answers or {}), by=by)


def only(found: GroupPlan):
    (one,) = found.all
    return one


def taken(group: Group, by, text: str = OLD) -> BroughtIn:
    one = only(plan(group, by, a=text))
    return take_in_minutes(group, replace(one, looked_at=True), by=by)


def test_minutes_make_a_past_call_with_items_people_guests_and_decisions(group, ada, ben):
    before, told, items = last_entry(), Telling.objects.count(), CalendarItem.objects.count()

    made = taken(group, ada)

    call, minutes = made.meeting, made.meeting.minutes
    assert (call.starts, call.zone, call.duration, call.title, call.slot) == (
        dt.datetime(2024, 3, 5, 17), "UTC", dt.timedelta(minutes=45), "", None,
    )  # fmt: skip
    assert (minutes.state, minutes.level, minutes.approved_at, minutes.is_frozen) == ("brought_in", "open", None, True)
    assert "Lamps" in [item.title for item in minutes.items.all()]
    there = Attendance.objects.filter(meeting=call).order_by("pk")
    assert [(row.person, row.guest_name, row.source) for row in there] == [
        (ada, "", "import"), (ben, "", "import"), (None, "Cleo Dee", "import"),
    ]  # fmt: skip
    decision = Decision.objects.get()
    assert (decision.label, decision.way, decision.is_inside, decision.decided_on) == (
        "2024-1", "call", True, dt.date(2024, 3, 5),
    )  # fmt: skip
    assert "Birch" not in decision.text + decision.rationale
    assert Task.objects.count() == 0
    assert told_since(before) == [
        "decisions.brought_in", "meetings.attended", "meetings.attended", "meetings.guest_noted",
        "meetings.minutes_brought_in",
    ]  # fmt: skip
    assert (Telling.objects.count(), CalendarItem.objects.count()) == (told, items)


def test_taken_in_twice_it_is_there_once_and_a_change_is_never_taken_in_silently(group, ada, ben):
    made = taken(group, ada)
    before = last_entry()

    again = only(plan(group, ada, a=OLD))
    assert (again.step, take_in_minutes(group, again, by=ada)) == ("unchanged", made)

    changed = only(plan(group, ada, a=OLD.replace("Two lamps", "Three lamps")))
    with pytest.raises(Refused) as refused:
        take_in_minutes(group, replace(changed, looked_at=True), by=ada)
    assert (changed.step, refused.value.code) == ("changed", "changed")
    assert told_since(before) == []
    assert "Two lamps" in made.meeting.minutes.items.get(title="Lamps").notes

    leave_as_it_is(group, changed, by=ada)
    assert only(plan(group, ada, a=OLD.replace("Two lamps", "Three lamps"))).step == "unchanged"


def test_what_is_not_clear_or_not_allowed_is_refused_and_leaves_nothing(group, ada, ben):
    one = only(plan(group, ada, a=OLD.replace("Date: 2024-03-05", "")))
    no_day, looked = replace(one, looked_at=True), replace(only(plan(group, ada, a=OLD)), looked_at=True)
    record = replace(looked.record, items=(ReadItem("a", notes="b\x00c"),))

    for by, what, code in (
        (ada, no_day, "not_clear"),
        (ben, looked, "forbidden"),
        (ada, replace(looked, record=record), "invalid"),
        (ada, replace(looked, record=replace(looked.record, date=dt.date(1, 1, 1))), "invalid"),
    ):
        with pytest.raises(Refused) as refused:
            take_in_minutes(group, what, by=by)
        assert refused.value.code == code
    assert (BroughtIn.objects.count(), Minutes.objects.count(), Attendance.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("who", ["stranger", "participant", "manager", "other group's manager", "steward", "machine"])
def test_who_may_bring_in(group, who):
    by = actor(who, group)
    minutes = replace(only(plan(group, machine(), a=OLD)), looked_at=True)
    resolution = replace(only(plan(group, machine(), **{"RESOLUTION-2023-04": RESOLUTION})), looked_at=True)

    if who in ("manager", "steward", "machine"):
        assert take_in_minutes(group, minutes, by=by).meeting
        assert take_in_resolution(group, resolution, by=by).decision
    else:
        for act, what in ((take_in_minutes, minutes), (take_in_resolution, resolution)):
            with pytest.raises(Refused):
                act(group, what, by=by)


def test_minutes_go_into_the_call_of_their_day_unless_it_has_some(group, ada, clock):
    clock.move_to("2024-03-05T19:00Z")
    call = held_call(group, ended=dt.timedelta(minutes=75), minutes=45)
    begin_minutes(call, by=ada)
    clock.move_to("2026-11-23T12:00Z")

    made = taken(group, ada)
    assert made.meeting == call

    other = held_call(group, ended=dt.timedelta(days=1))
    written = begin_minutes(other, by=ada)
    MinutesItem.objects.create(minutes=written, title="Lamps", notes="Written here.")
    text = OLD.replace("2024-03-05", other.starts.date().isoformat()).replace("17:00-17:45 UTC", "")
    waits = only(plan(group, ada, a=text))
    assert [one.code for one in waits.questions] == ["call_has_minutes"]
    forced = replace(waits, step="same_call", looked_at=True, questions=())
    with pytest.raises(Refused) as refused:
        take_in_minutes(group, forced, by=ada)
    assert refused.value.code == "has_minutes"


def test_open_actions_of_late_calls_become_tasks_of_whom_the_minutes_say(group, ada, ben):
    taken(group, ada, OLD.replace("2024-03-05", "2026-11-10"))

    task = Task.objects.get()
    assert (task.owner, task.source, task.is_open) == (ben, Meeting.objects.get(brought_in__isnull=False), True)


def test_answers_say_who_is_meant_and_are_remembered(group, ada, ben):
    text = OLD.replace("Ben Cole", "Ben")
    asked = plan(group, ada, a=text).minutes.open_names
    assert [(name.key, name.people) for name in asked] == [("ben", (ben.pk,))]

    one = only(plan(group, ada, {"names": {"ben": ben.pk}}, a=text))
    take_in_minutes(group, replace(one, looked_at=True), by=ada)

    assert Attendance.objects.filter(person=ben).count() == 1
    assert plan(group, ada, b=text.replace("2024-03-05", "2024-03-12")).minutes.open_names == ()


def test_handles_are_known_as_far_as_somebody_may_see_them(group, ada, ben):
    Profile.objects.create(person=ben, links=[{"label": "Code", "url": "https://example.org/benc"}])
    SocialAccount.objects.create(user=ada, provider="github", uid="1", extra_data={"login": "adab"})
    text = OLD.replace("- Ada Birch (AB)", "- @adab").replace("- Ben Cole\n", "- @benc\n")

    def known(by) -> list[tuple[str, str]]:
        return [(name.shown, name.verdict) for name in only(plan(group, by, a=text)).names if name.shown[0] == "@"]

    assert known(ada) == [("@adab", "guest"), ("@benc", "guest")]
    assert known(machine()) == [("@adab", "sure"), ("@benc", "guest")]
    Profile.objects.update(seen={"links": "groups"})
    assert known(ada) == [("@adab", "guest"), ("@benc", "sure")]


def test_nobody_outside_of_the_group_is_recognised_by_who_leads_it(group, ada):
    PersonFactory(name="Cleo Dee")

    seen = {name.shown: name.verdict for name in only(plan(group, ada, a=OLD)).names}
    by_steward = {name.shown: name.verdict for name in only(plan(group, machine(), a=OLD)).names}

    assert (seen["Cleo Dee"], by_steward["Cleo Dee"]) == ("guest", "sure")


def test_a_resolution_becomes_a_decision_of_its_number(group, ada):
    one = replace(only(plan(group, ada, **{"RESOLUTION-2023-04": RESOLUTION})), looked_at=True)

    made = take_in_resolution(group, one, by=ada)

    decision = made.decision
    assert (decision.label, decision.title, decision.is_inside, decision.decided_on) == (
        "2023-4", "Lights stay on", True, dt.date(2023, 5, 6),
    )  # fmt: skip
    again = only(plan(group, ada, **{"RESOLUTION-2023-04": RESOLUTION}))
    assert (again.step, take_in_resolution(group, again, by=ada)) == ("unchanged", made)


def test_nothing_is_published_by_itself_and_names_are_checked_first(client, group, ada, ben):
    text = OLD.replace("Two lamps are broken.", "This is under the Chatham House Rule. Cleo Dee broke two lamps.")
    minutes = taken(group, ada, text).meeting.minutes
    assert minutes.level == "chatham"
    assert client.get(f"/meetings/{minutes.pk}/minutes/published/").status_code == 404
    assert public_files(group).keys() == {"README.md"}

    with pytest.raises(Refused) as refused:
        set_level(minutes, "open", by=ada)
    assert refused.value.code == "under_rule"
    for item in minutes.items.all():
        confirm_public(item, title=item.title, text=item.notes, version=1, by=ada)
    with pytest.raises(Refused) as refused:
        publish_minutes(minutes, by=ada)
    assert refused.value.code == "names_somebody"
    for item in minutes.items.all():
        confirm_public(item, title=item.title, text="Lamps were looked at.", version=1, by=ada)
    assert uncleared(minutes) == []
    told = Telling.objects.count()
    published = publish_minutes(minutes, by=ada)

    assert (published.state, Telling.objects.count()) == ("published", told)
    out = "".join(public_files(group).values())
    assert "Lamps were looked at." in out
    assert not [name for name in ("Ada", "Ben", "Cleo", "Labs") if name in out]


def test_a_name_can_be_taken_out_and_a_guest_turns_out_to_be_somebody(group, ada, ben):
    text = write_minutes(
        MinutesRecord(
            group=group.name,
            date=dt.date(2024, 3, 5),
            present=(ReadPerson("Ben Cole", "ben"), ReadPerson("Cleo Dee", affiliation="Labs"), ReadPerson("Dan Elm")),
            moderator="Ben Cole",
            items=(ReadItem("Lamps", owner="Cleo Dee"),),
        )
    )
    taken(group, ada, text)
    cleo, dan = Attendance.objects.filter(person=None).order_by("pk")
    found = PersonFactory(name="Daniela Elm")

    make_guest_nameless(cleo, by=ada)
    identify_guest(dan, found, by=ada, why="She said so.")
    erase_person(ben, by=machine())

    out = next(text for path, text in all_files(group).items() if path.startswith("2024"))
    assert BroughtInName.objects.get(name="Dan Elm").person == found
    assert "Dan Elm" in out
    assert "unnamed: 2" in out
    assert not [word for word in ("Ben", "@ben", "Labs") if word in out]


def test_planning_takes_the_same_queries_for_one_file_and_three(group, ada, django_assert_num_queries):
    texts = {f"m{day}": OLD.replace("2024-03-05", f"2024-03-{day:02}") for day in (5, 12, 19)}
    for files in ({"m5": texts["m5"]}, texts):
        with django_assert_num_queries(8):
            plan(group, ada, **files)


def test_answers_that_are_none_are_left_out():
    assert answers_from({"calls": {"a": 1, "b": "x", "c": None}, "names": [1], "left_out": ["k", 2]}) == Answers(
        calls={"a": 1, "c": None}, names={}, left_out=frozenset({"k"}), looked_at=frozenset()
    )
