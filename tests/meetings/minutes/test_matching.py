"""What an import of minutes would do: into which call, with which questions, and nothing the second time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.minutes import MinutesFile, MinutesRecord, ReadMeeting, ReadPerson, read_minutes
from folkmoot.meetings.domain.minutes.matching import QUESTIONS, Answers, ImportPlan, KnownCall, plan_import
from folkmoot.meetings.domain.minutes.naming import KnownPerson
from tests.meetings.minutes.strategies import records

DAY = dt.date(2026, 3, 5)
TODAY = dt.date(2026, 11, 26)
CARE = "Community Care"
CALL = MinutesRecord(title="Care call", date=DAY, starts=dt.time(17), present=(ReadPerson("Ada Example"),))
ADA = KnownPerson(1, "Ada Example")


def file(*read: MinutesRecord, name: str = "a.md") -> MinutesFile:
    return MinutesFile(name, tuple(ReadMeeting(record, 1, 9) for record in read))


def planned(*files: MinutesFile, calls: tuple[KnownCall, ...] = (), **given: object) -> ImportPlan:
    return plan_import(files, **{"group": CARE, "calls": calls, "people": (ADA,), "today": TODAY, **given})  # type: ignore[arg-type]


def step_of(plan: ImportPlan) -> tuple[str, tuple[int, ...], list[str]]:
    [record] = plan.records
    return record.step, record.calls, [question.code for question in record.questions]


def call(key: int = 7, day: dt.date = DAY, starts: dt.time | None = dt.time(17), **given: object) -> KnownCall:
    return KnownCall(key, day, starts, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ((), ("new_call", (), [])),
        ((call(),), ("same_call", (7,), [])),
        ((call(starts=None),), ("same_call", (7,), [])),
        ((call(starts=dt.time(18, 30)),), ("same_call", (7,), [])),
        ((call(), call(8, starts=dt.time(9))), ("same_call", (7,), [])),
        ((call(8, starts=None), call(title="care CALL", starts=None)), ("same_call", (7,), [])),
        ((call(is_cancelled=True), call(8)), ("same_call", (8,), [])),
        ((call(7, starts=None), call(8, starts=None)), ("ask", (7, 8), ["several_calls"])),
        ((call(day=DAY + dt.timedelta(days=1)),), ("ask", (7,), ["a_day_off"])),
        ((call(day=DAY + dt.timedelta(days=2)),), ("new_call", (), [])),
        ((call(is_cancelled=True),), ("ask", (7,), ["cancelled"])),
        ((call(has_minutes=True),), ("ask", (7,), ["call_has_minutes"])),
        ((call(imported="other"),), ("ask", (7,), ["imported_before"])),
        ((call(starts=dt.time(9)),), ("ask", (7,), ["times_differ"])),
        ((call(starts=dt.time(23, 59)),), ("ask", (7,), ["times_differ"])),
    ],
)
def test_minutes_belong_to_the_call_of_their_day(calls, expected):
    assert step_of(planned(file(CALL), calls=calls)) == expected


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"date": None}, "no_date"),
        ({"date": TODAY + dt.timedelta(days=1)}, "in_future"),
        ({"until": DAY - dt.timedelta(days=1)}, "days_reversed"),
        ({"group": "Budget Circle"}, "other_group"),
        ({"present": (ReadPerson("Ada Example"), ReadPerson("", "ada"))}, "named_twice"),
    ],
)
def test_what_is_contradictory_is_asked(said, code):
    plan = planned(file(replace(CALL, **said)), people=(replace(ADA, handles=("ada",)),))

    assert step_of(plan)[::2] == ("ask", [code])


def test_a_part_of_the_group_s_name_is_no_other_group():
    assert step_of(planned(file(replace(CALL, group="Care")))) == ("new_call", (), [])


def test_a_meeting_of_several_days_belongs_to_a_call_within_them():
    record = replace(CALL, starts=None, until=DAY + dt.timedelta(days=2))

    assert step_of(planned(file(record), calls=(call(day=DAY + dt.timedelta(days=1)),))) == ("same_call", (7,), [])


def test_two_records_do_not_share_a_call_in_silence():
    plan = planned(file(CALL, replace(CALL, title="Another title")), calls=(call(),))

    assert [(one.step, [question.code for question in one.questions]) for one in plan.records] == [
        ("same_call", []),
        ("ask", ["same_call_twice"]),
    ]


def test_the_same_minutes_in_two_files_are_taken_in_once_and_other_ones_asked_about():
    other = replace(CALL, scribe="Ada Example")

    plan = planned(file(CALL), file(CALL, other, name="b.md"))

    assert [(one.file, one.step, [question.words for question in one.questions]) for one in plan.records] == [
        ("a.md", "new_call", []),
        ("b.md", "ask", ["Other minutes of the same day, time and title are in a.md."]),
    ]
    assert len({one.key for one in plan.records}) == 2


def test_answers_settle_what_can_be_settled():
    undated = replace(CALL, date=None)
    [one] = planned(file(CALL), calls=(call(has_minutes=True),)).records
    [lost] = planned(file(undated)).records

    assert (
        step_of(planned(file(CALL), calls=(call(has_minutes=True),), answers=Answers({one.key: 7})))[0] == "same_call"
    )
    assert (
        step_of(planned(file(CALL), calls=(call(has_minutes=True),), answers=Answers({one.key: None})))[0] == "new_call"
    )
    assert step_of(planned(file(CALL), calls=(), answers=Answers({one.key: 99})))[0] == "new_call"  # no such call
    assert step_of(planned(file(undated), answers=Answers({lost.key: None})))[2] == ["no_date"]
    assert step_of(planned(file(undated), calls=(call(),), answers=Answers({lost.key: 7})))[0] == "same_call"
    assert planned(file(CALL), answers=Answers(left_out=[one.key])).records == ()


def test_what_was_imported_stays_and_what_was_changed_since_is_told():
    [one] = planned(file(CALL)).records
    before, calls = {one.key: one.digest}, (call(imported=one.key),)

    same = planned(file(CALL), calls=calls, imported=before)
    changed = planned(file(replace(CALL, scribe="Ada Example")), calls=calls, imported=before)

    assert step_of(same) == ("unchanged", (7,), [])
    assert same.changes_nothing
    assert step_of(changed) == ("changed", (7,), [])
    assert not changed.records[0].is_clear


def test_names_are_asked_about_once_for_all_files():
    first = replace(CALL, present=(ReadPerson("Ada"), ReadPerson("Eve Stranger")))
    plan = planned(file(first), file(replace(first, date=DAY + dt.timedelta(days=7)), name="b.md"))

    assert [name.shown for name in plan.open_names] == ["Ada"]
    assert [one.is_clear for one in plan.records] == [False, False]
    answered = planned(file(first), answers=Answers(names={"ada": 1}))
    assert [one.is_clear for one in answered.records] == [True]


def test_what_the_reader_was_not_sure_of_keeps_a_record_from_being_clear():
    read = read_minutes("# Care call 05.03.2026\n\nPresent: Ada Example\nTotal attendees: 9\n", name="2026-03-05.md")

    [one] = planned(read).records

    assert one.step == "new_call"
    assert "count_differs" in [note.code for note in one.open_notes]
    assert not one.is_clear


def test_every_question_has_words():
    assert all(words.endswith(".") for words in QUESTIONS.values())


@settings(max_examples=25)
@given(st.lists(records, min_size=1, max_size=4))
def test_an_import_done_twice_changes_nothing(made):
    files = [file(record, name=f"{number}.md") for number, record in enumerate(made)]
    first = planned(*files, today=dt.date.max)
    taken = [one for one in first.records if one.step == "new_call"]
    calls = tuple(
        call(number, one.record.date, one.record.starts, imported=one.key) for number, one in enumerate(taken)
    )

    again = planned(*files, today=dt.date.max, calls=calls, imported={one.key: one.digest for one in taken})

    assert [one.key for one in again.records if one.step in ("new_call", "same_call", "changed")] == []
    assert [one.key for one in again.of("unchanged")] == [one.key for one in taken]
