"""A whole draft kept at once, with decisions and actions; changes that are asked for; corrections before publishing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.decisions.domain.stated import Stated
from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    ActionWords,
    NotesWords,
    Written,
    answer_change,
    approve_minutes,
    ask_for_change,
    begin_minutes,
    change_minutes_item,
    confirm_public,
    correct_item,
    keep_draft,
    note_decision,
    propose_minutes,
    publish_minutes,
    set_level,
    set_minutes_custom,
)
from folkmoot.meetings.agenda_reading import open_actions
from folkmoot.meetings.minutes_reading import (
    agreed_actions,
    custom_of,
    decided_on_call,
    minutes_items,
    public_of,
    working_days,
)
from folkmoot.meetings.models import AgendaItem, Meeting, Minutes, MinutesItem, Turn, WantedChange
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def call(group) -> Meeting:
    call = held_call(group, ended=dt.timedelta(hours=1))
    AgendaItem.objects.create(meeting=call, title="A room")
    return call


@pytest.fixture
def minutes(call, ada) -> Minutes:
    return begin_minutes(call, by=ada)


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def is_scribe(person: Person, call: Meeting) -> None:
    now = timezone.now()
    role = call.group.call_roles.create(key="scribe", name="scribe")
    Turn.objects.create(meeting=call, role=role, person=person, state="taken", made_at=now, answered_at=now)


def test_notes_decision_and_action_are_kept_at_once_and_come_back_on_the_next_agenda(group, call, minutes, ada, ben):
    (item,) = minutes_items(minutes)
    due = dt.date(2026, 12, 1)
    written = Written(
        item, 1, NotesWords("A room", "Two were seen."), "We rent the blue room.", ActionWords("Sign", ben, due, True)
    )

    late = keep_draft(minutes, [written], more=NotesWords("Late"), by=ada)
    assert late is not None
    keep_draft(minutes, [Written(late, 1, NotesWords("Late"), action=ActionWords("Sweep"))], by=ada)

    items = minutes_items(minutes)
    assert [(one.title, one.notes) for one in items] == [("A room", "Two were seen."), ("Late", "")]
    (decision,) = Decision.objects.all()
    assert (decision.title, decision.decided_on, decision.status) == (
        "We rent the blue room.",
        dt.date(2026, 11, 23),
        "adopted",
    )
    assert [list(one.decisions.all()) for one in items] == [[decision], []]
    assert decided_on_call(call) == [decision]
    sign, sweep = agreed_actions(items)
    assert (sign.title, sign.owner, sign.due_on, sign.source) == ("Sign", ben, due, item.agenda_item)
    assert (sweep.title, sweep.owner, sweep.source) == ("Sweep", None, late)
    assert list(open_actions(group)) == [sign, sweep]


def test_where_one_item_is_stale_or_wrong_nothing_of_the_rest_is_kept(minutes, ada):
    (item,) = minutes_items(minutes)
    change_minutes_item(item, NotesWords("A room", "Theirs."), version=1, by=ada)
    mine = NotesWords("A room", "Mine.")

    with pytest.raises(Refused) as stale:
        keep_draft(minutes, [Written(item, 1, mine, "We rent it.")], by=ada)
    wrong = code_of(
        lambda: keep_draft(minutes, [Written(item, 2, mine, "We rent it.", ActionWords("x" * 201))], by=ada)
    )

    item.refresh_from_db()
    assert (stale.value.code, stale.value.params) == ("stale", {"stale": [item.pk]})
    assert (wrong, item.notes) == ("invalid", "Theirs.")
    assert not Decision.objects.exists()
    assert not Task.objects.exists()


def test_the_scribe_writes_with_decisions_but_neither_publishes_nor_decides_elsewhere(call, minutes, ben):
    (item,) = minutes_items(minutes)
    written = [Written(item, 1, NotesWords("A room", "Two."), "We rent it.", ActionWords("Sign"))]
    before = code_of(lambda: keep_draft(minutes, written, by=ben))
    is_scribe(ben, call)

    keep_draft(minutes, written, by=ben)
    held = propose_minutes(minutes, way="next_call", by=ben)

    assert (before, held.state) == ("forbidden", "proposed")
    assert [one.title for one in decided_on_call(call)] == ["We rent it."]
    assert code_of(lambda: note_decision(item, "More.", by=ben)) == "frozen"
    assert code_of(lambda: publish_minutes(minutes, by=ben)) == "forbidden"
    assert code_of(lambda: set_level(minutes, "private", by=ben)) == "forbidden"
    assert code_of(lambda: set_minutes_custom(call.group, level="open", way="silence", days=3, by=ben)) == "forbidden"


def test_a_change_that_is_asked_for_is_answered_by_those_who_write(minutes, ada, ben):
    propose_minutes(minutes, way="people", people=[ben], by=ada)
    ask_for_change(minutes, "The sum is wrong", by=ben)
    wanted = WantedChange.objects.get()

    refused = code_of(lambda: answer_change(wanted, "It is", by=ben))
    answer_change(wanted, "It is 40 now", by=ada)
    answer_change(wanted, "It is 40 now", by=ada)

    wanted.refresh_from_db()
    assert (wanted.why, wanted.asked_by, wanted.answer, wanted.answered_by) == (
        "The sum is wrong",
        ben,
        "It is 40 now",
        ada,
    )
    assert refused == "forbidden"
    assert code_of(lambda: answer_change(wanted, " ", by=ada)) == "reason_needed"
    assert Entry.objects.filter(kind="meetings.minutes_change_answered").count() == 1


def test_corrections_before_publishing_are_published_with_what_was_said_before(minutes, ada):
    (item,) = minutes_items(minutes)
    change_minutes_item(item, NotesWords("A room", "One."), version=1, by=ada)
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    approve_minutes(minutes, by=ada)
    correct_item(item, notes="Two.", why="There are two", version=2, by=ada)
    correct_item(item, notes="Three.", why="Three", version=3, by=ada)

    public = public_of(publish_minutes(minutes, by=ada))

    assert [one.text for one in public.items] == ["Three."]
    assert [(one.before, one.why, one.under_rule) for one in public.revisions] == [
        ("One.", "There are two", False),
        ("Two.", "Three", False),
    ]


def test_of_an_item_under_the_rule_only_public_wordings_are_among_the_corrections(minutes, ada):
    (item,) = minutes_items(minutes)
    set_level(minutes, "chatham", by=ada)
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    approve_minutes(minutes, by=ada)
    correct_item(item, notes="Ada Birch: two.", public_text="Two.", why="There are two", version=1, by=ada)
    correct_item(item, notes="Ada Birch: two!", public_text="Two.", why="Louder", version=2, by=ada)
    confirm_public(MinutesItem.objects.get(), title="A room", text="Two.", version=3, by=ada)

    public = public_of(publish_minutes(minutes, by=ada))

    assert public.revisions == ()
    correct_item(item, notes="Ada Birch: three.", public_text="Three.", why="Three", version=3, by=ada)
    again = public_of(Minutes.objects.select_related("meeting__group").get())
    assert [(one.before, one.why, one.under_rule) for one in again.revisions] == [("Two.", "Three", True)]


def test_open_minutes_publish_what_is_to_be_done_and_never_by_whom(minutes, ada, ben):
    (item,) = minutes_items(minutes)
    keep_draft(minutes, [Written(item, 1, NotesWords("A room"), action=ActionWords("Sign", ben, None, True))], by=ada)
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    approve_minutes(minutes, by=ada)

    published = publish_minutes(minutes, by=ada)

    assert public_of(published).actions == ("Sign",)
    assert "Ben" not in str(published.published)


@pytest.mark.parametrize(("stated", "days"), [((3, True), 3), ((7, False), 5), ((1, False), 1), ((3, False), 3)])
def test_silence_lasts_as_the_charter_says_in_working_days(stated, days):
    assert working_days(Stated(stated[0], working=stated[1])) == days


def test_a_custom_is_as_the_charter_has_it_until_the_group_says_otherwise(group, ada):
    before = custom_of(group)
    set_minutes_custom(group, level="chatham", way="silence", days=3, by=ada)
    after = custom_of(group)

    assert (before.pk, before.level, before.way, before.days) == (None, "open", "next_call", 5)
    assert (after.level, after.way, after.days) == ("chatham", "silence", 3)


def test_desk_names_what_to_approve_and_what_to_write(client, call, minutes, ada, ben):
    is_scribe(ben, call)
    client.force_login(ben)
    to_write = client.get("/me/").content.decode()
    propose_minutes(minutes, way="people", people=[ben], by=ada)
    to_approve = client.get("/me/").content.decode()
    client.force_login(ada)

    assert "Go on with the minutes you write" in to_write
    assert "These minutes wait for your approval" in to_approve
    assert "Go on with the minutes you write" not in to_approve
    assert 'id="my-minutes"' not in client.get("/me/").content.decode()


def test_a_whole_page_is_kept_by_one_press_and_a_clash_shows_both_wordings(client, minutes, ada):
    (item,) = minutes_items(minutes)
    base = f"/meetings/{minutes.pk}/minutes/write/"
    key = f"item-{item.pk}"
    client.force_login(ada)
    sent = {f"{key}-notes": "Mine.", f"{key}-version": 1, f"{key}-seen": '{"notes": ""}', "more-title": "Late"}

    owner_alone = client.post(base, {**sent, f"{key}-due_on": "2026-12-01"})
    change_minutes_item(item, NotesWords("A room", "Theirs."), version=1, by=ada)
    clash = client.post(base, {**sent, f"{key}-decision": "We rent it."})
    kept = [Decision.objects.count(), minutes.items.count()]
    client.post(base, {**sent, f"{key}-notes": "Theirs. Mine.", f"{key}-version": 2, f"{key}-decision": "We rent it."})

    assert (owner_alone.status_code, clash.status_code, kept) == (400, 409, [0, 1])
    said = clash.content.decode()
    assert [words in said for words in ("Theirs.", "Mine.", "We rent it.", "Late")] == [True] * 4
    assert [(one.title, one.notes) for one in minutes_items(minutes)] == [("A room", "Theirs. Mine."), ("Late", "")]
    assert Decision.objects.get().title == "We rent it."


def test_custom_and_answer_are_filled_in_on_their_pages(client, group, minutes, ada):
    client.force_login(ada)
    client.post(f"/groups/{group.slug}/calls/minutes/", {"level": "private", "way": "silence", "days": 3})
    wrong = client.post(f"/groups/{group.slug}/calls/minutes/", {"level": "private", "way": "silence", "days": 0})
    ask_for_change(propose_minutes(minutes, way="next_call", by=ada), "Shorter", by=ada)
    wanted = WantedChange.objects.get()
    client.post(f"/minutes-changes/{wanted.pk}/answer/", {"answer": "It is shorter"})
    said = client.get(f"/meetings/{minutes.pk}/minutes/").content.decode()

    custom = custom_of(group)
    assert (custom.level, custom.way, custom.days, wrong.status_code) == ("private", "silence", 3, 400)
    assert ("Shorter" in said, "It is shorter" in said) == (True, True)
