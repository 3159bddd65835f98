"""Announcing a call: whose words, to whom, by whose clock, and once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from folkmoot.config.env import MailServer
from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import cancel_meeting
from folkmoot.meetings.actions.announcing import change_announcement_text, save_announcement, send_announcement
from folkmoot.meetings.actions.turns import take_turn
from folkmoot.meetings.announcing_words import draft_of, first_body, first_subject
from folkmoot.meetings.models import Announcement
from folkmoot.notices.models import Letter, ListAddress, Telling
from tests.factories.agendas import item
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

LIST = "lantern@lists.example.org"
WORDS = {"subject": "Call on {day}, {time}", "body": "Hello,\n\nwe meet on {when}.\n\n- Lamps\n- Oil\n\n{page}"}


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-30T12:00Z")
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    group = meeting_group()
    ListAddress.objects.create(place=place_of(group).key, address=LIST, confirmed_at=timezone.now())
    ListAddress.objects.create(place=place_of(group).key, address="waits@lists.example.org")
    return group


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada", zone="Europe/Lisbon", last_login=timezone.now()), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben", last_login=timezone.now()), lantern)


@pytest.fixture
def cleo(lantern):
    return join(PersonFactory(name="Cleo", zone="Asia/Kolkata", last_login=timezone.now()), lantern, Power.OBSERVE)


@pytest.fixture
def call(lantern):
    return next_meeting(lantern)


def announced() -> list[tuple[str, str]]:
    return list(Telling.objects.filter(kind="meetings.announced").values_list("person__name", "subject"))


def test_crier_announces_to_everybody_by_their_own_clock_and_to_confirmed_lists(ada, ben, cleo, call):
    take_turn(call, "crier", by=ben)
    number = last_entry()

    sent = send_announcement(call, number=1, **WORDS, by=ben)

    assert (sent.by, sent.sent_at, sent.number) == (ben, timezone.now(), 1)
    assert [kind for kind in told_since(number) if kind.startswith("meetings")] == ["meetings.announced"]
    assert sorted(announced()) == [
        ("Ada", "Call on Wed 9 Dec 2026, 16:00"),
        ("Cleo", "Call on Wed 9 Dec 2026, 21:30"),
    ]
    text = Telling.objects.get(person=cleo, kind="meetings.announced").text
    assert text.splitlines()[2] == "we meet on Wednesday 9 December 2026 at 21:30, Kolkata time."
    assert text.splitlines()[-1] == f"{settings.PUBLIC_ADDRESS}{call.get_absolute_url()}"
    posted = Letter.objects.filter(recipient__endswith="lists.example.org")
    assert list(posted.values_list("recipient", "subject")) == [(LIST, "Call on Wed 9 Dec 2026, 16:00")]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("manager", True),
        ("steward", True),
        ("system", True),
        ("participant", False),
        ("observer", False),
        ("stranger", False),
        ("other group's manager", False),
    ],
)
def test_who_may_announce(lantern, call, who, may):
    by = actor(who, lantern)

    if may:
        save_announcement(call, number=1, **WORDS, by=by)
        return
    for act in (save_announcement, send_announcement):
        with pytest.raises(Refused) as refused:
            act(call, number=1, **WORDS, by=by)
        assert refused.value.code == "forbidden"


def test_scribe_does_not_announce_and_neither_does_somebody_who_was_only_asked(ada, ben, call):
    take_turn(call, "scribe", by=ben)

    with pytest.raises(Refused, match="The crier of this call announces it, or a manager"):
        send_announcement(call, number=1, **WORDS, by=ben)


def test_sending_twice_sends_once_and_again_only_when_one_says_so(ada, ben, call):
    send_announcement(call, number=1, **WORDS, by=ada)
    codes = []
    for given in ({"number": 1}, {"number": 1, "again": True}, {"number": 2}, {"number": 3, "again": True}):
        with pytest.raises(Refused) as refused:
            send_announcement(call, **given, **WORDS, by=ada)
        codes.append(refused.value.code)
    assert announced() == [("Ben", "Call on Wed 9 Dec 2026, 16:00")]

    send_announcement(call, number=2, again=True, **WORDS, by=ada)

    assert codes == ["already_sent", "already_sent", "not_confirmed", "already_sent"]
    assert len(announced()) == 2
    assert Letter.objects.filter(recipient=LIST).count() == 2


def test_draft_is_kept_and_what_was_sent_is_on_record(ada, call):
    save_announcement(call, number=1, subject="First", body="First words", by=ada)
    draft = save_announcement(call, number=1, subject="Second", body="Second words", by=system())
    sent = send_announcement(call, number=1, subject="Third", body="Third words", by=ada)

    assert sent == draft
    assert list(Announcement.objects.values_list("number", "subject", "body", "by__name")) == [
        (1, "Third", "Third words", "Ada")
    ]
    with pytest.raises(Refused) as refused:
        save_announcement(call, number=1, **WORDS, by=ada)
    assert refused.value.code == "already_sent"


def test_line_breaks_cannot_reach_a_header_and_every_mail_has_one_recipient(ada, ben, cleo, call):
    evil = "Call\r\nBcc: everybody@example.org\x00\u202e{day}"

    send_announcement(call, number=1, subject=evil, body="Hello", by=ada)

    letters = Letter.objects.filter(subject__contains="Bcc")
    assert {letter.subject for letter in letters} == {"Call Bcc: everybody@example.orgWed 9 Dec 2026"}
    assert sorted(letter.recipient for letter in letters) == sorted([ben.email, cleo.email, LIST])
    assert all("Bcc" not in name for letter in letters for name in letter.headers)


def test_mail_server_that_does_not_answer_keeps_nobody_waiting(ada, ben, call, settings, monkeypatch):
    settings.MAIL_SERVER = MailServer("mail.example.org", 25, "", "", "plain")
    monkeypatch.setattr("socket.create_connection", lambda *given, **named: pytest.fail("It waits for mail."))

    send_announcement(call, number=1, **WORDS, by=ada)

    letter = Letter.objects.get(recipient=ben.email)
    assert (letter.sent_at, letter.subject) == (None, "Call on Wed 9 Dec 2026, 16:00")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"subject": " \n"}, "Please write a subject."),
        ({"body": "\u200b"}, "Please write what people should know."),
        ({"subject": "x" * 151}, "A subject may have at most 150 characters."),
        ({"body": "x" * 8001}, "Please stay below 8000 characters."),
        ({"body": "{wenn}"}, "“{wenn}” stands for nothing here. These do: {when}, {day}, {time}, {page}."),
        ({"body": "{agenda}"}, "“{agenda}” stands for nothing here. These do: {when}, {day}, {time}, {page}."),
    ],
)
def test_words_that_cannot_be_sent_are_refused_and_nothing_goes_out(ada, ben, call, given, words):
    with pytest.raises(Refused) as refused:
        send_announcement(call, number=1, **{**WORDS, **given}, by=ada)

    assert (str(refused.value), refused.value.params["field"]) == (words, next(iter(given)))
    assert announced() == []


def test_nothing_is_announced_that_is_over_or_does_not_take_place(lantern, ada, call, freeze):
    later = next_meeting(lantern, number=1)
    cancel_meeting(later, why="Holiday", by=system())
    freeze(call.starts_at + dt.timedelta(minutes=5))

    for meeting in (call, later):
        with pytest.raises(Refused) as refused:
            send_announcement(meeting, number=1, **WORDS, by=ada)
        assert refused.value.code == "forbidden"


def test_draft_begins_with_our_words_filled_in_or_with_the_groups_own(lantern, ada, ben, call):
    take_turn(call, "scribe", by=ben)
    subject, body = draft_of(call)
    assert subject == "Lantern Working Group: call on {day}, {time}"
    assert "the next call of Lantern Working Group is on {when}." in body
    assert "Still looked for: moderator, crier." in body
    assert "- The agenda is open so far: bring what matters to you." in body
    item(call, "Lamps for the hall", minutes=90)
    item(call, "Oil", minutes=0)
    assert "- Lamps for the hall (1 hour 30 minutes)\n- Oil\n" in draft_of(call)[1]
    number = last_entry()

    own = {"subject": "Lamps on {day}", "body": "{open roles}\n\n\n{agenda} {group} {page}"}
    change_announcement_text(lantern, **own, by=ada)
    change_announcement_text(lantern, **own, by=ada)
    for key in ("moderator", "crier"):
        take_turn(call, key, by=ada)

    assert draft_of(call) == (
        "Lamps on {day}",
        "- Lamps for the hall (1 hour 30 minutes)\n- Oil Lantern Working Group {page}",
    )
    assert told_since(number).count("meetings.announcement_text_changed") == 1
    change_announcement_text(lantern, subject=first_subject(), body=first_body(), by=ada)
    assert draft_of(call)[0] == subject
    with pytest.raises(Refused, match="stands for nothing here"):
        change_announcement_text(lantern, subject="{x}", body="y", by=ada)
    with pytest.raises(Refused) as refused:
        change_announcement_text(lantern, **own, by=ben)
    assert refused.value.code == "forbidden"
