"""Shapes that were once read wrongly without a word about it. All people are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.meetings.domain.minutes import Counts, MinutesRecord, read_minutes


def read(text: str) -> MinutesRecord:
    [meeting] = read_minutes(f"# Care call 2026-03-05\n\n{text}\n").meetings
    return meeting.record


def test_who_wrote_the_minutes_is_not_one_more_who_was_absent():
    record = read(
        "**Attendees:**\n- Ada Example\n\n**Absentees:**\n- Cleo Example\n\n**Minutes Recorded By:** Ben Example"
    )

    assert [person.name for person in record.regrets] == ["Cleo Example"]
    assert record.scribe == "Ben Example"


@pytest.mark.parametrize("mark", [": {}", " - {}", " – {}"])
def test_people_may_be_marked_one_by_one(mark):
    lines = [
        "Ada Example" + mark.format("Present"),
        "Ben Example" + mark.format("absent"),
        "Cleo Example" + mark.format("present (Labs)"),
    ]

    record = read("## Participants and absentees\n\n" + "\n".join(f"* {line}" for line in lines))

    assert [(person.name, person.affiliation) for person in record.present] == [
        ("Ada Example", ""),
        ("Cleo Example", "Labs"),
    ]
    assert [person.name for person in record.regrets] == ["Ben Example"]


def test_a_motion_in_one_line_has_its_movers_its_votes_and_its_outcome():
    [decision] = read("* Motion to keep the lights on by Ada Example. Seconded by Ben Example. Passed 5-1-2.").decisions

    assert (decision.moved_by, decision.seconded_by, decision.outcome) == ("Ada Example", "Ben Example", "carried")
    assert decision.counts == Counts(5, 1, 2)


def test_a_day_behind_an_outcome_is_no_vote():
    [decision] = read("* Motion: keep the lights on. Approved 2026-03-05.").decisions

    assert decision.counts == Counts()


def test_an_action_has_what_is_said_of_it_right_below():
    record = read(
        "## Budget\n\n- Discussion: short\n"
        "- **Action:** Write to the bank\n- **Owner:** Ada\n- **Due Date:** 2026-03-12"
    )

    assert [(action.text, action.owner, action.due) for action in record.actions] == [
        ("Write to the bank", "Ada", dt.date(2026, 3, 12))
    ]


def test_what_is_to_be_done_is_not_who_does_it():
    texts = [(action.text, action.owner) for action in read("AI: Talk to Ben\n\nAI: Ada to talk to Ben").actions]

    assert texts == [("Talk to Ben", ""), ("talk to Ben", "Ada")]


def test_an_action_may_have_its_parts_behind_marks():
    [action] = read("[action] Write the page [assignee] Ada Example [due] 2026-03-12 [status] done").actions

    assert (action.text, action.owner, action.due, action.done) == (
        "Write the page",
        "Ada Example",
        dt.date(2026, 3, 12),
        True,
    )


def test_for_somebody_names_the_owner():
    actions = read("## Action items\n\n* [ ] For Ada Example: write a guide\n* [ ] For now: nothing").actions

    assert [(action.text, action.owner) for action in actions] == [
        ("write a guide", "Ada Example"),
        ("For now: nothing", ""),
    ]


def test_a_due_date_that_is_another_day_elsewhere_stays_in_words():
    rows = "| Task | Owner | Due |\n|--|--|--|\n| Write | Ada | 12/3 |\n| Send | Ben | 3/25 |"

    assert [(action.text, action.due) for action in read(f"## Action items\n\n{rows}").actions] == [
        ("Write (due 12/3)", None),
        ("Send", dt.date(2026, 3, 25)),
    ]


def test_who_led_and_who_wrote_may_stand_below_one_heading():
    record = read(
        "### Attendees\n- Ada Example\n- Ben Example\n"
        "### Chair / Note taker\n- Chair: Ada Example\n- Note taker: Ben Example"
    )

    assert (record.moderator, record.scribe) == ("Ada Example", "Ben Example")
