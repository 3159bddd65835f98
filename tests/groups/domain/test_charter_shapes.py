"""Whole charters in the shapes that communities use, in words of our own: what they say, and no more."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from folkmoot.groups.domain.charter import to_json
from tests.groups.domain.reading import REAL, codes, covers_every_line, names, texts, understood

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

GROUP_README = """\
<!-- Written by a program. Do not edit.
## Goals
- not this one
-->
# Lantern Special Interest Group

Covers everything that gives light in the project.

The [charter](charter.md) says how the group is run.

## Meetings
*Joining the [mailing list](https://lists.example/lantern) brings invitations to your calendar.*
* Regular Lantern Meeting: [Tuesdays at 10:00 PT (Pacific Time)](https://zoom.example/1) (weekly). [Convert](https://time.example/?t=10:00&tz=PT).
  * [Meeting notes and Agenda](https://docs.example/a).
* Wick Triage: [Wednesdays at 17:30 UTC](https://zoom.example/2) (biweekly).

## Leadership

### Chairs
The Chairs of the group run its processes.

* Ada Example (**[@ada](https://github.com/ada)**), Acme
* Bob van der Sample (**[@bob](https://github.com/bob)**), Example Corp

### Emeritus Leads

* Cy Muster (**[@cy](https://github.com/cy)**)

## Contact
- Slack: [#lantern](https://chat.slack.com/lantern)
- [Mailing list](https://groups.google.com/g/lantern)
- Steering Committee Liaison: Di Probe (**[@di](https://github.com/di)**)

## Working Groups

These are sponsored by us:
* [Oil](/oil)

## Subprojects

### wick
- **Owners:** [list](https://example.org/OWNERS)
- **Contact:** Slack: [#wick](https://chat.slack.com/wick)

## Goals

The following topics are ours.

- Wicks and their trimming
- Oil (with [sig-oil](../oil))

We also work with others.
"""


def test_shape_of_a_groups_readme():
    charter = understood(GROUP_README)

    assert charter.purpose.text == "Covers everything that gives light in the project."
    assert texts(charter.objectives) == ["Wicks and their trimming", "Oil (with sig-oil)"]
    assert [(role.name, role.text) for role in charter.roles] == [
        ("Chairs", "The Chairs of the group run its processes.")
    ]
    assert names(charter.managers) == ["Ada Example", "Bob van der Sample"]
    assert [(m.name, m.rrule, m.local_time, m.zone) for m in charter.meetings] == [
        ("Regular Lantern Meeting", "FREQ=WEEKLY;BYDAY=TU", time(10), "America/Los_Angeles"),
        ("Wick Triage", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", time(17, 30), "UTC"),
    ]
    assert names(charter.channels) == ["Slack", "Mailing list"]
    assert charter.membership == ()


ADVISORY_GROUP = """\
---
title: Lantern Advisory Group Charter
---

Written by: Ada Example, Bob Sample

## Introduction
This charter describes how the group works.

## Mission
The mission of the group is to advise on light.
To do that we will:
* **Listen.** To those who sit in
the dark.
* **Advise.** On lamps.

#### In scope:
The following activities and deliverables are in-scope for the group:
* Lamps

#### Out of scope
* Fireworks

## Roadmap
* Launch a lamp

## Governance

Conduct public monthly meetings as a large group. Check in with the board on a monthly basis.

### Members

Members are active participants who are entitled to vote in any decisions that require a vote.

#### Chairs and Board Liaison

- Board Liaison: Cy Muster
- Chairs: Ada Example, Bob Sample  (Emeritus: Di
Probe)
- Tech Leads: None at this time

## Reach out!
Mailing List: [lantern](mailto:lantern@lists.example)
[Meeting Notes](https://docs.example/notes)
Slack channel: [#lantern](https://chat.slack.com/l)
Public Meetings: Bi-weekly on Thursday at 5:30pm UTC. Join us.
"""


def test_shape_of_an_advisory_group():
    charter = understood(ADVISORY_GROUP)

    assert charter.title == "Lantern Advisory Group Charter"
    assert charter.purpose.text == "The mission of the group is to advise on light."
    assert [(one.name, one.lines) for one in charter.objectives] == [("Listen", (13, 14)), ("Advise", (15, 15))]
    assert (texts(charter.scope_in), texts(charter.scope_out)) == (["Lamps"], ["Fireworks"])
    assert names(charter.roles) == ["Members"]
    assert names(charter.managers) == ["Ada Example", "Bob Sample"]
    assert [(m.cadence, m.local_time, m.zone) for m in charter.meetings] == [
        ("monthly", None, None),
        ("Bi-weekly on Thursday at 5:30pm UTC", time(17, 30), "UTC"),
    ]
    assert names(charter.channels) == ["Mailing List", "Slack channel"]
    assert charter.annual_activities == ()


HTML_CHARTER = """\
<!DOCTYPE html>
<html lang="en">
  <head>
    <title>Lantern Working Group Charter</title>
    <style>
      .todo { color: red; }
    </style>
  </head>
  <body>
    <ul id="navbar">
      <li><a href="#scope">Scope</a></li>
    </ul>

    <h1 id="title">Lantern Working Group Charter</h1>
    <p>The <strong>mission</strong> of the <a href="https://w.example">Lantern Working Group</a>
      is to give light.</p>

    <table>
      <tr><th>Start date</th><td>22 January 2025</td></tr>
      <tr>
        <th>Chairs</th>
        <td>Ada Example (Acme), Bob Sample</td>
      </tr>
      <tr><th>Team Contacts</th><td><a href="mailto:cy@w.example">Cy Muster</a> (0.1 FTE)</td></tr>
      <tr>
        <th>Meeting Schedule</th>
        <td><strong>Teleconferences:</strong> 1-hour calls will be held weekly on Thursdays at 15:00 UTC
          <br /><strong>Face-to-face:</strong> we will meet during the annual Plenary week; more may be scheduled,
          no more than 3 per year.</td>
      </tr>
    </table>

    <section>
      <h2 id="scope">Scope</h2>
      <p>The group works on lamps.</p>

        <h3>Out of Scope</h3>

          <ul>
            <li>Fireworks</li>
          </ul>
    </section>

    <h2>Deliverables</h2>
    <dl><dt>Lamp</dt><dd><p>Defines a lamp.</p></dd></dl>

    <h2>Decision Policy</h2>
    <p>This group seeks to make decisions through consensus.</p>
    <h2>Patent Policy</h2>
    <p>The group operates under the <a href="https://w.example/patents">Patent Policy</a>.</p>
  </body>
</html>
"""


def test_shape_of_html_from_end_to_end():
    charter = understood(HTML_CHARTER)

    assert charter.title == "Lantern Working Group Charter"
    assert charter.purpose.text == "The mission of the Lantern Working Group is to give light."
    assert names(charter.managers) == ["Ada Example", "Bob Sample"]
    (meeting,) = charter.meetings
    assert (meeting.rrule, meeting.local_time, meeting.zone) == ("FREQ=WEEKLY;BYDAY=TH", time(15), "UTC")
    assert (meeting.duration_minutes, meeting.lines) == (60, (27, 27))
    assert (texts(charter.scope_in), texts(charter.scope_out)) == (["The group works on lamps."], ["Fireworks"])
    assert [one.policy for one in charter.policies] == ["patent"]
    assert [one.rule for one in charter.decision_rules] == ["consensus"]
    assert charter.objectives == charter.roles == charter.channels == ()
    assert covers_every_line(charter)


TEMPLATE = """\
# [Working Group Name] Charter

_This is a template. You'll need all of the following._

## Mission Statement

[1-2 sentences describing the purpose]

## Objectives

1. [Primary objective 1]
2. [Primary objective 2]

## Scope

Write a paragraph or a few bullet points about the group here.

- What powers are you asking for?

## Membership

- Chair:
- Co-Chair: TBD
- Other members:

How will new members be added?

## Roles

- Chairs: [NAMES]
- `Add other roles here`

## Meetings

Meetings: we suggest to meet at least monthly.

- **Frequency**: [Monthly/Bi-weekly/Weekly]
- **Time**: [HH:MM] [Timezone]

## Reporting

We'll email a report [monthly/every quarter].

## Resources

COMING SOON
"""


def test_shape_of_a_template_that_nobody_filled_in():
    charter = understood(TEMPLATE)

    reading = to_json(charter)
    assert reading["title"] is None
    assert reading["purpose"] is None
    assert reading["scope"] == {"in": [], "out": []}
    for topic in ("objectives", "membership", "managers", "meetings", "annual_activities", "resources", "policies"):
        assert reading[topic] == [], topic
    assert {line for line, code in codes(charter) if code == "placeholder"} >= {
        1,
        7,
        11,
        12,
        16,
        22,
        23,
        30,
        31,
        37,
        38,
        42,
        46,
    }


PARTICULARS = """\
# Lantern working group

This is the working group of the [`lantern`](https://example.org/lantern) repository.

| Artifact                   | Link                                                              |
| -------------------------- | ----------------------------------------------------------------- |
| Forum                      | [lantern@](https://groups.google.com/g/lantern)                   |
| Community Meeting VC       | [link](https://meet.example/x)                                    |
| Community Meeting Calendar | Mondays every 2 weeks, 12:00p-01:00p PST <br>[Calendar](https://c.example) |
| Slack Channel              | [#lantern](https://chat.slack.com/l)                              |

| &nbsp;             | Facilitators | Company |
| ------------------ | ------------ | ------- |
| <img src="a.png">  | Ada Example  | Acme    |
| <img src="b.png">  | Bob Sample   | Red Hat |
"""


def test_shape_of_tables_of_particulars():
    charter = understood(PARTICULARS)

    (meeting,) = charter.meetings
    assert (meeting.rrule, meeting.local_time, meeting.duration_minutes) == (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        time(12),
        60,
    )
    assert meeting.zone is None
    assert names(charter.managers) == ["Ada Example", "Bob Sample"]
    assert names(charter.channels) == ["Forum", "Slack Channel"]
    assert charter.roles == ()


@pytest.mark.parametrize(
    "text",
    [
        "# Satzung\n\n## Ziele\n\n- **Austausch** – Räume\n\n## Rollen\n\n- **Leitung**: leitet\n\n## Treffen\n\n"
        "Jeden zweiten Mittwoch um 17 Uhr, ab 22. Januar 2025. Das Treffen um 8 am Montag IST abgesagt.\n",
        "# Charte du groupe\n\n## Objectifs\n\n- Aider\n\n## Rôles\n\n- **Présidence** : anime\n\n## Réunions\n\n"
        "Chaque mercredi à 17h00 CET. Mon groupe se réunit. Sat est là.\n",
        "# 作業部会\n\n## 目的\n\n- 助ける\n\n## 会議\n\n毎週水曜日 17:00 JST\n",
    ],
    ids=["German", "French", "Japanese"],
)
def test_a_language_without_a_table_is_not_misread(text):
    charter = understood(text)

    reading = to_json(charter)
    for topic in ("objectives", "membership", "roles", "managers", "meetings", "annual_activities", "decision_rules"):
        assert reading[topic] == [], topic
    assert covers_every_line(charter)


def test_every_year_of_a_meeting_table_is_no_schedule():
    charter = understood(
        "# G\n\n## Meetings\n\n| Date | Time | Topic |\n|---|---|---|\n| 2025-01-22 | 16:00 UTC | Start |\n"
    )

    assert charter.meetings == ()


@pytest.mark.parametrize("name", ["community-care.md", "library.md", "steering.md"])
def test_examples_say_all_that_is_needed(name):
    charter = understood((EXAMPLES / name).read_bytes())

    assert not charter.has_errors
    assert [code for _, code in codes(charter) if code not in ("objectives_without_names",)] == []
    assert all(meeting.rule and meeting.zone and meeting.local_time for meeting in charter.meetings)
    assert charter.objectives
    assert len(charter.roles) == 3
    assert all(role.text for role in charter.roles)


real = pytest.mark.skipif(not REAL.exists(), reason="the real charters are not beside this checkout")


@real
def test_the_first_real_charter_is_understood():
    charter = understood((REAL / "community-engagement.md").read_bytes())

    assert charter.name == "Community Engagement and Support Working Group"
    assert charter.purpose.lines == (3, 3)
    assert charter.purpose.text.endswith("among community members.")
    assert names(charter.objectives) == [
        "Human Connection",
        "Community Growth & Engagement",
        "Digital Community Management",
        "Event Planning & Execution",
        "Accessibility & Visibility",
        "Diversity, Equity, and Inclusion (DEI) Initiatives",
        "Membership Model Exploration",
    ]
    assert [clause.lines for clause in charter.membership] == [(20, 20), (21, 21), (22, 22)]
    assert names(charter.roles) == ["Managers", "Participants", "Observers"]
    (meeting,) = charter.meetings
    assert meeting.cadence == "bi-weekly starting Wed, Jan 22 2025"
    assert (meeting.interval_weeks, meeting.weekdays, meeting.first_date) == (2, (2,), date(2025, 1, 22))
    assert (meeting.rrule, meeting.zone, meeting.duration_minutes) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", None, None)
    assert [(row.label, row.time, row.lines) for row in meeting.table] == [
        ("PST", time(8), (37, 37)),
        ("MST", time(9), (38, 38)),
        ("CST", time(10), (39, 39)),
        ("IST", time(21, 30), (40, 40)),
    ]
    assert [row.zone_candidates[:2] for row in meeting.table] == [
        ("America/Los_Angeles", "UTC-08:00"),
        ("America/Denver", "UTC-07:00"),
        ("America/Chicago", "UTC-06:00"),
        ("Asia/Kolkata", "Europe/Dublin"),
    ]
    assert meeting.zone_candidates == ("America/Los_Angeles", "UTC-08:00")
    assert names(charter.annual_activities)[0] == "Community Support Initiatives"
    assert len(charter.annual_activities) == 5
    assert "https://lists.dev-rel.org/g/community/calendar" in [link.url for link in charter.links]
    for nothing in (charter.managers, charter.decision_rules, charter.channels, charter.resources, charter.policies):
        assert nothing == ()
    assert (charter.amendments, charter.scope_in, charter.scope_out) == ((), (), ())
    assert codes(charter) == [
        (37, "timetable_two_readings"),
        (37, "zone_abbreviation"),
        (38, "zone_abbreviation"),
        (39, "zone_abbreviation"),
        (40, "zone_abbreviation"),
        (56, "placeholder"),
    ]
    wall = charter.notes[0].params["readings"][1]
    assert [change["date"] for change in wall["changes"]] == ["2025-03-09", "2025-11-02"]
    assert [change["wrong"] for change in wall["changes"]] == [[{"label": "IST", "zone": "Asia/Kolkata"}], []]
    assert covers_every_line(charter)


@real
def test_the_sister_charter_is_understood_and_given_nothing():
    charter = understood((REAL / "resources.md").read_bytes())

    assert charter.title == "Resources Working Group Operating Document"
    assert names(charter.roles) == ["Community at Large", "Contributor", "Managers", "Project Leads"]
    assert [role.number for role in charter.roles] == ["2.1.1", "2.1.2", "2.1.3", "2.1.4"]
    assert charter.objectives == charter.managers == charter.decision_rules == ()
    (meeting,) = charter.meetings
    assert meeting.cadence == "once per month on WED or THU at 9:00PM UTC"
    assert (meeting.local_time, meeting.zone, meeting.weekdays) == (time(21), "UTC", (2, 3))
    assert (meeting.first_date, meeting.rrule, meeting.interval_weeks) == (None, None, None)
    assert (meeting.table, meeting.lines) == ((), (160, 160))
    assert [activity.quarter for activity in charter.annual_activities] == ["Q1", "Q3", "Q4"]
    assert names(charter.channels) == ["Mailing List", "GitHub", "Discord", "Zoom"]
    assert names(charter.resources) == ["Project Control Center (PCC)", "GitHub Repositories"]
    assert [policy.policy for policy in charter.policies] == [
        "code_of_conduct",
        "antitrust",
        "chatham_house_rule",
        None,
    ]
    assert [amendment.date for amendment in charter.amendments] == ["2025-02", *["2025-09"] * 5]
    assert codes(charter) == [(176, "quarter_without_activities"), (211, "duties_pull_apart")]
    assert covers_every_line(charter)
