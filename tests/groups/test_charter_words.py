"""What would follow from another wording of a charter, in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions import adopt_amendment
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.amendment_reading import read_text
from folkmoot.groups.charter_words import CHARTER_WORDS, consequences
from folkmoot.groups.models import Begun, Group, Power
from folkmoot.groups.queries import charter_in_force, has_power
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import bring_in_order, move_meeting
from folkmoot.meetings.models import Meeting
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.amendments import AMENDED, proposal
from tests.factories.groups import CHARTER, group, join, role
from tests.factories.people import PersonFactory

TODAY = dt.date(2026, 11, 26)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze) -> Group:
    freeze("2026-11-26T10:00Z")
    made = group()
    bring_in_order(made, by=system())
    return made


def follow(lantern: Group, text: str, **answers: str) -> list[str]:
    base = charter_in_force(lantern)
    proposed = read_text(base, text, answers, today=TODAY)
    return [one.words for one in consequences(lantern, base.reading, proposed.reading(), on=TODAY)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("* **", "- **"),
        (" - ", " – "),
        ("## ", "### "),
        ("\n", "\r\n"),
        ("Contribute to discussions.", "Contribute to\n  discussions."),
    ],
)
def test_nothing_follows_from_another_layout(lantern, old, new):
    assert follow(lantern, CHARTER.replace(old, new)) == []


def test_role_that_goes_says_how_many_hold_it_and_what_they_become(lantern):
    for _ in range(3):
        join(PersonFactory(), lantern, Power.OBSERVE)

    assert follow(lantern, CHARTER.replace("* **Observers**: Follow without having to contribute.\n", "")) == [
        "The role Observers goes; 3 people hold it. They come to Participants, unless the amendment says otherwise."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("**Observers**", "**Friends**", ["The role Observers is called Friends; who holds it keeps it."]),
        ("* **Observers**", "* **Scribes**: Write the minutes of every call down.\n* **Observers**",
         ["A new role, Scribes, comes; it contributes."]),
        ("* **Managers**: Lead the calls and set the agenda.\n", "",
         ["The charter names nobody who leads any more. Managers stay until it does."]),
        ("* **Light** - Words that everyone can read.\n", "", ["An objective goes: Light."]),
        ("Words that everyone can read", "Words that everyone can find", ["An objective is worded anew: Light."]),
        ("**Warmth**", "**Rooms**", ["The objective Warmth is called Rooms."]),
        ("Contribute to discussions.", "Contribute to two discussions.",
         ["What is asked of Participants is worded anew."]),
        ("Contribute to discussions.", "Contribute to discussions. They are appointed by the managers.",
         ["What is asked of Participants is worded anew.",
          "Whoever wishes to be one of the Participants needs a yes first."]),
        ("set the agenda.", "set the agenda, for one year and one hour a week.",
         ["What is asked of Managers is worded anew.",
          "Whoever is asked to lead from then on is asked for 12 months instead of 6; terms that run stay as they are.",
          "Leading is said to take 1 hour a week instead of 2."]),
        ("set the agenda.", "set the agenda. Managers are elected for two years.",
         ["What is asked of Managers is worded anew.",
          "Whoever is asked to lead from then on is asked for 24 months instead of 6; terms that run stay as they are.",
          "This holds for terms of office from then on: Managers are elected for two years."]),
        ("**Open house**", "**Open day**", ["Of the year's activities, Open house is called Open day."]),
        ("round the clock", "from dawn to dusk", ["Of the year's activities, worded anew: Open house."]),
        ("* **Open house** -", "* **Open house** (Q2) -", ["Open house moves from no quarter to Q2."]),
        ("## Meetings", "## Conduct\n\nEverybody follows the [Code of Conduct](https://lantern.example/conduct).\n\n"
         "## Meetings", ["Whoever joins from then on also agrees to: Code of Conduct."]),
        ("* **Open house** - One day of the year, round the clock.", "* **Fair** - A market with stalls.",
         ["The year no longer asks for: Open house.", "The year also asks for: Fair."]),
        ("* Open to everyone in the commons.", "* Open to people of the town.",
         ["Who asks to join from then on does so by the new rules; who is here stays."]),
        ("# Lantern Working Group", "# Lamp Working Group",
         ["The charter has another title; the group is still called Lantern Working Group here."]),
    ],
)  # fmt: skip
def test_each_change_is_said_once(lantern, old, new, said):
    assert old in CHARTER

    assert follow(lantern, CHARTER.replace(old, new, 1)) == said


def test_calls_that_move_are_said_by_the_clocks_of_those_who_take_part(lantern):
    for zone in ("Africa/Lagos", "Africa/Lagos", "Asia/Kolkata"):
        join(PersonFactory(zone=zone), lantern)
    meeting = Meeting.objects.filter(group=lantern).order_by("starts_at")[1]
    move_meeting(meeting, to=meeting.starts + dt.timedelta(hours=1), why="The hall.", by=system())

    said = follow(lantern, CHARTER.replace("08:00", "09:00"))

    coming = Meeting.objects.filter(group=lantern, starts_at__gt=dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)).count()
    assert said == [
        "Calls move from 08:00, Los Angeles time to 09:00, Los Angeles time.",
        "In Lagos: 17:00 before, 18:00 from then on.",
        "In Kolkata: 21:30 before, 22:30 from then on.",
        f"{coming} planned calls go, and calls by the new rule take their place. One of them had been moved by hand.",
    ]


def test_calls_of_another_rhythm_and_length(lantern):
    text = CHARTER.replace("every second Wednesday", "every fourth Wednesday")
    text = text.replace("starting Wed, Jan 22 2025.", "starting Wed, Jan 22 2025. Each call lasts 45 minutes.")

    said = follow(lantern, text)

    assert said[0] == (
        "Calls are on the fourth Wednesday of each month instead of every second Wednesday, from 23 December 2026."
    )
    assert said[1] == "Calls last 45 minutes instead of 60 minutes."
    assert len(said) == 3


@pytest.mark.parametrize("time", ["08:00 PST", "a time to be agreed"])
def test_calls_whose_time_is_left_open_are_not_said_to_end(lantern, time):
    assert follow(lantern, CHARTER.replace("08:00 America/Los_Angeles", time)) == [
        "The new wording leaves open when the calls every second Wednesday are to be. Unless that is answered, none "
        "are planned from 26 November 2026."
    ]


def test_calls_that_come_beside_others_leave_those_alone(lantern):
    more = "There is an office hour every Monday at 17:00 UTC.\n\n## Annual activities"

    assert follow(lantern, CHARTER.replace("## Annual activities", more)) == [
        "New calls: every Monday at 17:00 UTC, from 30 November 2026."
    ]


def test_calls_that_end_are_said(lantern):
    text = CHARTER.replace(
        "We meet every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025.", "We write."
    )

    said = follow(lantern, text)

    assert said[0] == "The calls every second Wednesday end; the charter asks for none from 26 November 2026."
    assert said[1].endswith(" planned calls go.")
    assert len(said) == 2


def test_what_is_said_is_what_happens(lantern):
    """The number of calls said to go is the number that goes."""
    from folkmoot.meetings.models import Status

    said = follow(lantern, AMENDED)
    number = int(next(one for one in said if "planned call" in one).split(" ")[0])
    adopt_amendment(proposal(lantern), by=system(), reason="Agreed.")
    bring_in_order(lantern, by=system())

    assert Meeting.objects.filter(group=lantern, status=Status.DROPPED).count() == number


def test_seat_that_carries_a_role_that_goes_is_said_and_goes_on(lantern):
    ada = PersonFactory()
    seat = add_seat(lantern, title="Guest of honour", role=role(lantern, Power.OBSERVE), by=system())
    begin_term(seat, ada, how=Begun.APPOINTED, by=system())
    text = CHARTER.replace("* **Observers**: Follow without having to contribute.\n", "")

    said = follow(lantern, text)
    adopt_amendment(proposal(lantern, text), by=system(), reason="Agreed.")

    assert said == [
        "The role Observers goes; nobody holds it.",
        "The seat Guest of honour carries this role and keeps what it may do until the seat is changed.",
    ]
    assert has_power(ada, lantern, Power.OBSERVE)


def test_documents_to_agree_to_that_go_or_move_are_said(lantern):
    base = CHARTER + "\n## Conduct\n\nEverybody follows the [Code of Conduct](https://lantern.example/conduct).\n"
    adopt_amendment(proposal(lantern, base), by=system(), reason="Agreed.")

    assert follow(lantern, base.replace("/conduct", "/kindness")) == [
        "This stands at another address, and is agreed to anew: Code of Conduct."
    ]
    assert follow(lantern, CHARTER) == ["Whoever joins from then on is no longer asked to agree to: Code of Conduct."]


def test_rooms_that_offer_a_word_are_known():
    assert [name for name, _order, _by in CHARTER_WORDS.describe()] == ["groups", "meetings"]


def test_amendments_answer_for_what_they_keep_about_people(lantern):
    ada, eve = join(PersonFactory(), lantern), PersonFactory()
    made = proposal(lantern, by=ada)
    data = PERSON_DATA["groups.amendments"]

    assert [one["why"] for one in data.export(ada)] == ["Mornings are hard."]
    moved = data.merge(eve, ada)
    made.refresh_from_db()
    assert made.by == eve
    data.part(eve, ada, moved)
    data.erase(ada)
    made.refresh_from_db()
    assert (made.by, made.why, made.text) == (ada, "", AMENDED)


RULES = """
## Governance

* Decisions are made by lazy consensus within 7 days.
* A quorum is one third of the participants.
"""


def test_rules_for_decisions_that_come_and_go_are_said(lantern):
    assert follow(lantern, CHARTER + RULES) == [
        "This holds for decisions from then on: Decisions are made by lazy consensus within 7 days; "
        "A quorum is one third of the participants."
    ]
