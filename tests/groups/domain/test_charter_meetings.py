"""Meetings: schedules as people write them, and sentences that state none."""

from __future__ import annotations

from datetime import date, time

import pytest

from folkmoot.groups.domain.charter.dates import find_date, written_date
from tests.groups.domain.reading import meetings_of, names, understood

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@pytest.mark.parametrize(
    ("statement", "interval", "weekdays", "rrule"),
    [
        ("We meet weekly on Mondays.", 1, (MONDAY,), "FREQ=WEEKLY;BYDAY=MO"),
        ("Calls take place every Thursday.", 1, (THURSDAY,), "FREQ=WEEKLY;BYDAY=TH"),
        ("Thursdays at 15:00 UTC", 1, (THURSDAY,), "FREQ=WEEKLY;BYDAY=TH"),
        ("every week on Thu at 1700 UTC", 1, (THURSDAY,), "FREQ=WEEKLY;BYDAY=TH"),
        ("Meetings happen every Monday, Wednesday and Friday.", 1, (0, 2, 4), "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("The call is every weekday at 9:00 UTC.", 1, (), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("Meetings: Monday to Thursday at 9:00 UTC, every week", 1, (0, 1, 2, 3), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("We meet every second Wednesday.", 2, (WEDNESDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("We meet every other Wednesday.", 2, (WEDNESDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("The group meets on alternate Tuesdays.", 2, (TUESDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Our calls are bi-weekly on Fridays.", 2, (FRIDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("Bi Weekly on Tuesdays, 9:00-9:30am", 2, (TUESDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Fortnightly, Thursdays", 2, (THURSDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("Every 2 weeks, Monday 8am UTC.", 2, (MONDAY,), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("The call is every three weeks on a Tuesday.", 3, (TUESDAY,), "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
        ("We meet on the first Tuesday of the month.", None, (TUESDAY,), "FREQ=MONTHLY;BYDAY=1TU"),
        ("Meetings: 2nd and 4th Thursday", None, (THURSDAY,), "FREQ=MONTHLY;BYDAY=2TH,4TH"),
        ("on the 1st, 2nd, and 4th Wednesdays of each month", None, (WEDNESDAY,), "FREQ=MONTHLY;BYDAY=1WE,2WE,4WE"),
        ("We meet every second Wednesday of the month.", None, (WEDNESDAY,), "FREQ=MONTHLY;BYDAY=2WE"),
        ("Calls are held on the last Friday of every month.", None, (FRIDAY,), "FREQ=MONTHLY;BYDAY=-1FR"),
        ("Monthly, third Thursday", None, (THURSDAY,), "FREQ=MONTHLY;BYDAY=3TH"),
        ("Every first Monday", None, (MONDAY,), "FREQ=MONTHLY;BYDAY=1MO"),
        ("We meet on the 15th of each month.", None, (), "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("Wednesdays (1st and 3rd of the month) at 15:00 UTC", None, (WEDNESDAY,), "FREQ=MONTHLY;BYDAY=1WE,3WE"),
        ("Wednesdays, 1st & 3rd, at 15:00 UTC", None, (WEDNESDAY,), "FREQ=MONTHLY;BYDAY=1WE,3WE"),
        ("1st/3rd Wednesday 15:00 UTC", None, (WEDNESDAY,), "FREQ=MONTHLY;BYDAY=1WE,3WE"),
        ("Tuesdays, first at 9:00 UTC", 1, (TUESDAY,), "FREQ=WEEKLY;BYDAY=TU"),
        # What is not settled stays open.
        ("Weekly, alternating Tuesdays and Thursdays at 15:00 UTC", 1, (TUESDAY, THURSDAY), None),
        ("We meet once a month.", None, (), None),
        ("We meet weekly.", 1, (), None),
        ("once per month on WED or THU at 9:00PM UTC", None, (WEDNESDAY, THURSDAY), None),
        ("We meet every third Thursday.", None, (), None),
        ("We meet twice a month.", None, (), None),
        ("The group meets quarterly.", None, (), None),
        ("Regular calls on Thursday at 17:00 UTC", None, (THURSDAY,), None),
    ],
)
def test_schedule_says_on_which_days(statement, interval, weekdays, rrule):
    found = meetings_of(statement)

    if not found:
        assert (interval, weekdays, rrule) == (None, (), None)
        return
    (meeting,) = found
    assert (meeting.interval_weeks, meeting.rrule) == (interval, rrule)
    assert meeting.weekdays == (weekdays or (meeting.rule.weekdays if meeting.rule and interval else ()))


def test_schedule_leaves_a_choice_of_weekdays_open():
    (meeting,) = meetings_of("once per month on WED or THU at 9:00PM UTC")

    assert meeting.either_weekday
    assert meeting.cadence == "once per month on WED or THU at 9:00PM UTC"


@pytest.mark.parametrize(
    ("statement", "first", "weekdays"),
    [
        ("Our regular calls are bi-weekly starting Wed, Jan 22 2025.", date(2025, 1, 22), (WEDNESDAY,)),
        ("Biweekly starting 2025-01-22", date(2025, 1, 22), (WEDNESDAY,)),
        ("We meet every second Wednesday, beginning 22 January 2025.", date(2025, 1, 22), (WEDNESDAY,)),
        ("Fortnightly from the 22nd of January 2025", date(2025, 1, 22), (WEDNESDAY,)),
        ("We meet weekly. The first call is on January 22nd, 2025.", date(2025, 1, 22), (WEDNESDAY,)),
        ("Thursdays 15:00 UTC, biweekly, next on 2025-02-06", date(2025, 2, 6), (THURSDAY,)),
        ("Bi-weekly starting 22.01.2025", date(2025, 1, 22), (WEDNESDAY,)),
        ("Bi-weekly starting 01/22/2025", date(2025, 1, 22), (WEDNESDAY,)),
        # Read differently on either side of the Atlantic, or without a year.
        ("Bi-weekly starting 03/04/2025", None, ()),
        ("Bi-weekly starting January 22", None, ()),
        ("Bi-weekly starting 30 February 2025", None, ()),
    ],
)
def test_schedule_says_from_when(statement, first, weekdays):
    (meeting,) = meetings_of(statement)

    assert (meeting.first_date, meeting.weekdays) == (first, weekdays)


@pytest.mark.parametrize(
    ("words", "at", "minutes", "zone"),
    [
        ("16:00 UTC", time(16), None, "UTC"),
        ("1600 UTC", time(16), None, "UTC"),
        ("16 UTC", time(16), None, "UTC"),
        ("16:00Z", time(16), None, "UTC"),
        ("UTC 16:00", time(16), None, "UTC"),
        ("4pm UTC", time(16), None, "UTC"),
        ("4:30 p.m. UTC", time(16, 30), None, "UTC"),
        ("noon Eastern", time(12), None, "America/New_York"),
        ("12 noon ET", time(12), None, "America/New_York"),
        ("12:15 am PT", time(0, 15), None, "America/Los_Angeles"),
        ("8:00 PT (Pacific Time)", time(8), None, "America/Los_Angeles"),
        ("9-10am PT", time(9), 60, "America/Los_Angeles"),
        ("11-12pm ET", time(11), 60, "America/New_York"),
        ("11pm-1am ET", time(23), 120, "America/New_York"),
        ("10:30a-11:00a Pacific", time(10, 30), 30, "America/Los_Angeles"),
        ("17:00 to 18:30 (Europe/Berlin)", time(17), 90, "Europe/Berlin"),
        ("17:00 CET (Europe/Berlin)", time(17), None, "Europe/Berlin"),
        ("17:00 CET/CEST", time(17), None, "Europe/Berlin"),
        ("8 am PST/PDT", time(8), None, "America/Los_Angeles"),
        ("20:30 IST (India Standard Time)", time(20, 30), None, "Asia/Kolkata"),
        ("14:00 Berlin time", time(14), None, "Europe/Berlin"),
        ("08:00 in Los Angeles (America/Los_Angeles)", time(8), None, "America/Los_Angeles"),
        ("3pm UTC+1", time(15), None, "UTC+01:00"),
        ("10 am US Eastern", time(10), None, "America/New_York"),
        ("18:00 for 90 minutes", time(18), 90, None),
        ("18:00 UTC for half an hour", time(18), 30, "UTC"),
        ("18:00 UTC (1 hour)", time(18), 60, "UTC"),
        ("17:00 CET", time(17), None, None),
        ("8 am PST", time(8), None, None),
        ("10", None, None, None),
        ("half past", None, None, None),
    ],
)
def test_schedule_says_at_what_time(words, at, minutes, zone):
    (meeting,) = meetings_of(f"We meet every Tuesday at {words}.")

    assert (meeting.local_time, meeting.duration_minutes, meeting.zone) == (at, minutes, zone)


def test_letters_of_many_meanings_leave_the_zone_open_with_all_of_them():
    (meeting,) = meetings_of("We meet every Tuesday at 17:00 CET.")

    assert meeting.zone is None
    assert meeting.zone_is_open
    assert meeting.zone_label == "CET"
    assert meeting.zone_candidates == ("Europe/Berlin", "UTC+01:00")
    assert [(anchor.zone, anchor.local_time) for anchor in meeting.anchors] == [
        ("Europe/Berlin", time(17)),
        ("UTC+01:00", time(17)),
    ]


@pytest.mark.parametrize("words", ["1-hour calls will be held weekly", "Weekly calls of 60 minutes"])
def test_duration_may_stand_before_the_schedule(words):
    (meeting,) = meetings_of(words)

    assert meeting.duration_minutes == 60


def test_a_notice_is_no_duration():
    (meeting,) = meetings_of("We meet weekly on Tuesdays; the agenda is due 24 hours before.")

    assert meeting.duration_minutes is None


@pytest.mark.parametrize(
    "statement",
    [
        "We do not meet weekly.",
        "There are no regular weekly meetings.",
        "We no longer meet every Monday.",
        "Instead of weekly calls we write.",
        "Meetings used to be held every Monday at 9am ET.",
        "Until 2022 we met weekly on Mondays.",
        "We met weekly on Mondays until 2022.",
        "The weekly call ran through December 2020.",
        "For example, every Tuesday at 10:00 UTC.",
        "We suggest meeting at least monthly.",
        "The group should meet regularly, for example, once a month.",
        "Meetings may be held weekly on Mondays.",
        "Extra meetings could be scheduled every Friday.",
        "How often will the group meet: weekly, monthly?",
        "The schedule is: every [X] weeks on [day] at [time].",
        "**Frequency**: [Monthly/Bi-weekly/Weekly]",
        "Time: TBD",
        "Our weekly newsletter goes out on Fridays at 12:00 UTC.",
        "Meeting minutes are published weekly.",
        "Agendas go out on Mondays at 09:00 UTC.",
        "Once per quarter, assess whether we need two sessions.",
        "The steering committee meets monthly on the first Monday at 12:00 UTC.",
        "The next meeting is on Wednesday, 22 January 2025 at 15:00 UTC.",
        "Wednesday, 22 January 2025 at 15:00 UTC",
        "Join the mailing list for the invitation!",
        "To be held mid-week so that it does not fall on a weekend.",
        "Wir treffen uns jeden zweiten Mittwoch um 17 Uhr.",
        "Chaque mercredi à 17h00 CET.",
        "```\nWe meet weekly on Mondays at 10:00 UTC.\n```",
        "### Past meetings\n\nWe meet weekly on Mondays.",
        "### Meeting notes\n\n| Date | Time |\n|---|---|\n| 2025-01-22 | 16:00 UTC |",
    ],
)
def test_what_states_no_meeting_gives_none(statement):
    assert meetings_of(statement) == ()


@pytest.mark.parametrize(
    "text",
    [
        "# G\n\n## Scope\n\n- The weekly community meeting on Thursdays at 17:00 UTC\n",
        "# G\n\n## Roles\n\n### Managers\n\n- hold weekly calls on Mondays\n",
        "# G\n\n## Reporting\n\nWe report to the board monthly, on the first Monday.\n",
        "# G\n\n## Governance\n\nCheck in with the board on a monthly basis during its meeting.\n",
        "# G\n\n## Annual Activities\n\n- A meeting with sponsors every March\n",
        "# G\n\n## Membership\n\nMembers are expected to attend weekly meetings.\n",
    ],
)
def test_other_sections_speak_of_meetings_without_stating_one(text):
    assert understood(text).meetings == ()


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("# G\n\n## Governance\n\nConduct public monthly meetings as a large group.\n", "monthly"),
        ("# G\n\nThe group meets every Tuesday at 15:00 UTC.\n", "every Tuesday at 15:00 UTC"),
        ("# G\n\n## Comms\n\nMeetings: Quarterly video call on Discord.\n", "Quarterly"),
        ("# G\n\n## Logistics\n\n- Monthly Meetings\n", "Monthly"),
        ("# G\n\n## Weekly Community Meeting\n\nCome along.\n", "Weekly"),
        ("Meetings: every Tuesday at 15:00 UTC\n", "every Tuesday at 15:00 UTC"),
        (
            "# G\n\n| What | Where |\n|---|---|\n| Community Meeting | Mondays, 12:00p-01:00p ET |\n",
            "Mondays, 12:00p-01:00p ET",
        ),
    ],
)
def test_meetings_are_found_wherever_the_group_states_them(text, cadence):
    (meeting,) = understood(text).meetings

    assert meeting.cadence == cadence


def test_one_meeting_may_be_told_in_several_sentences():
    (meeting,) = meetings_of(
        "We meet every two weeks. Calls take place on Wednesdays at 16:00 UTC, for 45 minutes.\n\n"
        "The first call is on 22 January 2025."
    )

    assert (meeting.interval_weeks, meeting.weekdays, meeting.first_date) == (2, (WEDNESDAY,), date(2025, 1, 22))
    assert (meeting.local_time, meeting.zone, meeting.duration_minutes) == (time(16), "UTC", 45)
    assert meeting.lines == (5, 7)


@pytest.mark.parametrize(
    "statement",
    [
        "- Frequency: bi-weekly\n- Day: Tuesday\n- Time: 15:00\n- Time zone: UTC\n- Duration: 30 minutes\n- Start date: 2025-01-21",
        "**Frequency:** bi-weekly\n**Day:** Tuesday\n**Time:** 15:00\n**Timezone:** UTC\n**Duration:** 30 minutes\n"
        "**Start date:** 21 January 2025",
        "| | |\n|---|---|\n| Frequency | bi-weekly |\n| Day | Tuesday |\n| Time | 15:00 UTC |\n| Duration | 30 min |\n"
        "| Start date | 2025-01-21 |",
        "| Day | Time (UTC) | Frequency | Duration | Start date |\n|---|---|---|---|---|\n"
        "| Tuesday | 15:00 | bi-weekly | 30 minutes | 2025-01-21 |",
    ],
    ids=["list", "lines", "table of two columns", "table"],
)
def test_one_meeting_may_be_told_by_its_particulars(statement):
    (meeting,) = meetings_of(statement)

    assert (meeting.interval_weeks, meeting.weekdays, meeting.first_date) == (2, (TUESDAY,), date(2025, 1, 21))
    assert (meeting.local_time, meeting.zone, meeting.duration_minutes) == (time(15), "UTC", 30)


@pytest.mark.parametrize(
    "statement",
    [
        "- **APAC call**: every Tuesday at 02:00 UTC\n- **EMEA call**: every Thursday at 14:00 UTC",
        "* APAC call: [Tuesdays at 02:00 UTC](https://zoom.example) (weekly). [Convert](https://x.org/?t=02:00&tz=UTC)\n"
        "* EMEA call: [Thursdays at 14:00 UTC](https://zoom.example) (weekly).",
        "### APAC call\n\nEvery Tuesday at 02:00 UTC\n\n### EMEA call\n\nEvery Thursday at 14:00 UTC",
        "**APAC call**\n\n- Tuesdays, 02:00 UTC\n\n**EMEA call**\n\n- Thursdays, 14:00 UTC",
        "| Meeting | Day | Time | Zone |\n|---|---|---|---|\n| APAC call | Tuesdays | 02:00 | UTC |\n| EMEA call | Thursdays | 14:00 | UTC |",
        "- APAC call\n  - Tuesdays at 02:00 UTC\n- EMEA call\n  - Thursdays at 14:00 UTC",
    ],
    ids=["items", "linked items", "subsections", "labels", "table", "nested items"],
)
def test_several_meetings_are_several(statement):
    one, two = meetings_of(statement)

    assert names([one, two]) == ["APAC call", "EMEA call"]
    assert (one.rrule, one.local_time, one.zone) == ("FREQ=WEEKLY;BYDAY=TU", time(2), "UTC")
    assert (two.rrule, two.local_time, two.zone) == ("FREQ=WEEKLY;BYDAY=TH", time(14), "UTC")


def test_one_sentence_may_state_two_meetings():
    one, two = meetings_of("We meet weekly on Tuesdays at 16:00 UTC and monthly on the first Friday at 09:00 UTC.")

    assert (one.rrule, one.local_time) == ("FREQ=WEEKLY;BYDAY=TU", time(16))
    assert (two.rrule, two.local_time) == ("FREQ=MONTHLY;BYDAY=1FR", time(9))


def test_a_bare_mention_elsewhere_is_no_second_meeting():
    charter = understood(
        "# G\n\n## Governance\n\nThe group has a regular meeting, bi-weekly.\n\n"
        "## Contact\n\nPublic Meetings: Bi-weekly on Thursday at 5:30pm UTC\n"
    )

    (meeting,) = charter.meetings
    assert meeting.weekdays == (THURSDAY,)


def test_all_times_may_be_said_to_be_in_one_zone():
    one, two = meetings_of(
        "All times are in UTC.\n\n- Monday 15:00: triage, every week\n- Thursday 16:00: main call, weekly"
    )

    assert (one.zone, two.zone) == ("UTC", "UTC")


def test_times_that_alternate_are_left_open():
    (meeting,) = meetings_of(
        "Tuesdays, alternating between 10:30a-11:00a Pacific and 3:30p-4:00p Central European every two weeks"
    )

    assert (meeting.interval_weeks, meeting.local_time, meeting.zone, meeting.table) == (2, None, None, ())


def test_a_past_schedule_beside_the_present_one_is_left_out():
    (meeting,) = meetings_of(
        "We met weekly on Mondays until 2022. Now we meet monthly on the first Friday at 10:00 UTC."
    )

    assert meeting.rrule == "FREQ=MONTHLY;BYDAY=1FR"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wed, jan 22 2025", (date(2025, 1, 22), 2)),
        ("wednesday the 22nd of january 2025", (date(2025, 1, 22), 2)),
        ("sept. 5, 2025", (date(2025, 9, 5), None)),
        ("version 2025-01-22-1", None),
        ("31 april 2025", None),
        ("may 2025", None),
    ],
)
def test_dates_as_people_write_them(text, found):
    dated = find_date(text)

    assert (dated and (dated.day, dated.weekday)) == found


@pytest.mark.parametrize(
    ("text", "found"), [("adopted 14 September 2025", "2025-09-14"), ("(Sep 2025)", "2025-09"), ("in 2025", None)]
)
def test_dates_are_as_exact_as_they_are_given(text, found):
    assert written_date(text) == found
