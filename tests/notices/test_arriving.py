"""What comes back pauses an address; what people answer reaches its room; loops and forgeries end here."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as live
from django.core.mail import send_mail
from django.utils import timezone

from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.actions import arriving, confirm_address, receive, send_address_code, send_due, tell
from folkmoot.notices.domain.tokens import make_token, with_token
from folkmoot.notices.inbound import INBOUND, Handler, Inbound
from folkmoot.notices.models import Address, Arrival, Delivery, Letter, ListAddress, Telling
from folkmoot.notices.return_path import address_for, return_path
from folkmoot.notices.tasks import take_in_mail
from folkmoot.people.models import Person
from tests.factories.people import PersonFactory
from tests.notices.kinds import Moved
from tests.notices.mails import bounce, reply
from tests.notices.racing import WORKERS, at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.BOUNCE_ADDRESS = "in@example.com"


@pytest.fixture
def answers(monkeypatch) -> list[Inbound]:
    """What a handler of the kind "rsvp" was given."""
    given: list[Inbound] = []
    monkeypatch.setattr(INBOUND, "_entries", dict(INBOUND._entries))
    INBOUND.register("rsvp", Handler("Answers", given.append))
    return given


def told(ada: Person) -> Letter:
    tell([ada], Moved("Planning"))
    return Letter.objects.order_by("-pk")[0]


def take(raw: bytes, **more) -> str:
    return receive(raw, now=timezone.now(), **more).outcome


def test_letter_goes_out_with_a_return_path_that_names_it(mail_server, settle):
    letter = told(PersonFactory())

    settle()

    (sent,) = mail_server.mails
    assert sent["X-MailFrom"] == return_path(letter.pk)
    assert sent["From"] == live.DEFAULT_FROM_EMAIL
    assert len(sent["X-MailFrom"].partition("@")[0]) <= 64


def test_hard_bounce_pauses_the_address_and_says_so_on_the_site():
    ada = PersonFactory()
    letter = told(ada)

    outcome = take(bounce(return_path(letter.pk)))

    address = Address.objects.get()
    notice = Telling.objects.get(kind="notices.address_paused")
    assert outcome == "hard_bounce"
    assert (address.address, bool(address.paused_at)) == (ada.email, True)
    assert address.problem == "5.1.1 550 5.1.1 No such person here"
    assert notice.person == ada
    assert notice.listed_at
    assert notice.path == "/me/notices/address/"
    assert Delivery.objects.get(telling=notice, channel="mail").state == "held"
    assert Delivery.objects.get(letter=letter).state == "failed"
    assert [entry.kind for entry in Entry.objects.filter(about=ada)] == ["notices.address_paused"]


def test_address_at_which_somebody_gets_no_notices_is_paused_quietly():
    ada = PersonFactory(email="ada@example.org")
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=True)
    send_mail("Your code", "1234", None, ["ada@home.example"])

    outcome = take(bounce(return_path(Letter.objects.get().pk)))

    assert outcome == "hard_bounce"
    assert Address.objects.get().paused_at
    assert not Telling.objects.exists()


def test_bounce_that_comes_twice_counts_once():
    ada = PersonFactory()
    letter = told(ada)

    outcomes = [
        take(bounce(return_path(letter.pk))),
        take(bounce(return_path(letter.pk))),
        take(bounce(return_path(letter.pk), words="again")),
    ]

    assert outcomes == ["hard_bounce", "hard_bounce", "known"]
    assert Arrival.objects.count() == 2
    assert Telling.objects.filter(kind="notices.address_paused").count() == 1


def test_soft_bounce_is_counted_and_the_mail_written_again(freeze):
    clock = freeze("2026-05-01T12:00Z")
    ada = PersonFactory()
    letter = told(ada)

    outcome = take(bounce(return_path(letter.pk), status="4.4.7"))
    at_once = send_due(timezone.now())
    clock.shift(3601)
    later = send_due(timezone.now())

    assert outcome == "soft_bounce"
    assert (Address.objects.get().soft_bounces, Address.objects.get().paused_at) == (1, None)
    assert (at_once, later) == (0, 1)
    assert [each.recipient for each in Letter.objects.all()] == [ada.email] * 2


def test_soft_bounces_that_go_on_pause_the_address(freeze):
    clock = freeze("2026-05-01T12:00Z")
    ada = PersonFactory()

    outcomes = []
    for _time in range(5):
        outcomes.append(take(bounce(return_path(told(ada).pk), status="4.4.7")))
        clock.shift(timedelta(days=1))

    assert outcomes == ["soft_bounce"] * 5
    assert Address.objects.get().paused_at
    assert Telling.objects.filter(kind="notices.address_paused").count() == 1


def test_soft_bounces_of_other_weeks_are_forgotten(freeze):
    clock = freeze("2026-05-01T12:00Z")
    ada = PersonFactory()

    for _time in range(8):
        take(bounce(return_path(told(ada).pk), status="4.4.7"))
        clock.shift(timedelta(days=8))

    assert Address.objects.get().paused_at is None


def test_delay_is_no_bounce():
    letter = told(PersonFactory())

    assert take(bounce(return_path(letter.pk), action="delayed", status="4.4.1")) == "no_bounce"
    assert not Address.objects.exists()


def test_forged_bounces_are_ignored_and_logged(caplog, freeze):
    clock = freeze("2026-05-01T12:00Z")
    letter = told(PersonFactory())
    genuine = return_path(letter.pk)
    other_key = with_token("in@example.com", make_token("b", letter.pk, timezone.now().date(), b"another key"))
    other_letter = genuine.replace("+b-", "+b-1")

    outcomes = [take(bounce(other_key)), take(bounce(other_letter)), take(bounce("in@example.com"))]
    clock.shift(timedelta(days=15))
    outcomes.append(take(bounce(genuine)))

    assert outcomes == ["automatic", "automatic", "automatic", "stale"]
    assert "stale" in caplog.text
    assert not Address.objects.exists()


def test_answer_to_an_address_signed_with_an_older_key_is_taken_while_that_is_named(answers, settings):
    address, old = address_for("rsvp", 71), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-secret-key-of-this-installation", [old]

    taken = take(reply(address))
    settings.SECRET_KEY_FALLBACKS = []

    assert (taken, take(reply(address, body="Once more."))) == ("handled", "forged")


def test_bounce_of_a_mail_from_before_the_key_changed_is_taken_while_that_is_named(settings):
    back, old = return_path(told(PersonFactory()).pk), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-secret-key-of-this-installation", []

    forgotten = take(bounce(back))
    settings.SECRET_KEY_FALLBACKS = [old]

    assert (forgotten, take(bounce(back, words="again"))) == ("automatic", "hard_bounce")


def test_forged_reply_is_ignored_and_logged(caplog, answers):
    assert take(reply("in+rsvp-1-2-aaaaaaaaaaaaaaaa@example.com")) == "forged"
    assert "forged" in caplog.text
    assert answers == []


def test_confirming_the_address_lets_held_mails_go(freeze):
    clock = freeze("2026-05-01T12:00Z")
    ada = PersonFactory()
    take(bounce(return_path(told(ada).pk)))
    told_meanwhile = tell([ada], Moved("Review"))
    send_address_code(ada, now=timezone.now())
    code = Letter.objects.order_by("-pk")[0].subject.split()[0]
    clock.shift(60)

    with pytest.raises(Refused) as wrong:
        confirm_address(ada, "XXXX-XXXX", now=timezone.now())
    released = confirm_address(ada, f" {code.lower()} ", now=timezone.now())
    went = send_due(timezone.now())

    assert wrong.value.code == "wrong_code"
    assert (released, went) == (2, 2)
    assert Delivery.objects.get(telling=told_meanwhile[0], channel="mail").letter is not None
    assert Address.objects.get().paused_at is None
    with pytest.raises(Refused) as twice:
        confirm_address(ada, code, now=timezone.now())
    assert twice.value.code == "not_paused"


def test_code_is_guessed_a_few_times_and_works_for_a_day(freeze):
    clock = freeze("2026-05-01T12:00Z")
    ada = PersonFactory()
    take(bounce(return_path(told(ada).pk)))
    send_address_code(ada, now=timezone.now())
    code = Letter.objects.order_by("-pk")[0].subject.split()[0]

    with pytest.raises(Refused) as too_soon:
        send_address_code(ada, now=timezone.now())
    for _guess in range(6):
        with pytest.raises(Refused):
            confirm_address(ada, "BBBB-BBBB", now=timezone.now())
    with pytest.raises(Refused) as guessed_too_often:
        confirm_address(ada, code, now=timezone.now())
    clock.shift(3600)
    send_address_code(ada, now=timezone.now())
    second = Letter.objects.order_by("-pk")[0].subject.split()[0]
    clock.shift(timedelta(hours=24))
    with pytest.raises(Refused) as too_old:
        confirm_address(ada, second, now=timezone.now())

    assert too_soon.value.code == "too_soon"
    assert (guessed_too_often.value.code, too_old.value.code) == ("wrong_code", "wrong_code")


def test_list_that_bounces_is_paused_and_whoever_entered_it_is_told():
    ada = PersonFactory()
    ListAddress.objects.create(place="group:3", address="l@example.org", confirmed_at=timezone.now(), added_by=ada)
    from folkmoot.notices.kinds import Audience

    tell(Audience([], place="group:3"), Moved("Planning"))
    take(bounce(return_path(Letter.objects.get().pk)))
    tell(Audience([], place="group:3"), Moved("Review"))

    assert [telling.kind for telling in ada.tellings.all()] == ["notices.list_paused"]
    assert Letter.objects.filter(recipient="l@example.org").count() == 1


def test_answer_reaches_its_handler_once(answers):
    raw = reply(address_for("rsvp", 71), body="I come.\nBEGIN:VCALENDAR")

    assert [take(raw), take(raw)] == ["handled", "handled"]
    (given,) = answers
    assert given == Inbound("rsvp", 71, "ada@example.org", "Re: Hello", "I come.\nBEGIN:VCALENDAR\n", ())


def test_recipient_of_the_envelope_counts_before_the_headers(answers):
    assert take(reply("someone@example.net"), recipient=address_for("rsvp", 71)) == "handled"
    assert answers[0].reference == 71


def test_handler_that_refuses_has_done_nothing(monkeypatch):
    def handle(given: Inbound) -> None:
        PersonFactory(name="Half done")
        raise Refused("That call is over.", code="over")

    monkeypatch.setattr(INBOUND, "_entries", dict(INBOUND._entries))
    INBOUND.register("rsvp", Handler("Answers", handle))

    arrival = receive(reply(address_for("rsvp", 71)), now=timezone.now())

    assert (arrival.outcome, arrival.words) == ("refused", "That call is over.")
    assert not Person.objects.filter(name="Half done").exists()


def test_answer_to_an_old_address_or_to_nobody_is_left(freeze, answers):
    clock = freeze("2026-05-01T12:00Z")
    old = address_for("rsvp", 71)
    clock.shift(timedelta(days=181))

    assert take(reply(old)) == "stale"
    assert take(reply(address_for("nobody", 1))) == "no_handler"
    assert take(reply("in@example.com")) == "not_for_us"
    assert answers == []


@pytest.mark.parametrize(
    "headers",
    ["Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "Return-Path: <>\n", "X-Autoreply: yes\n"],
)
def test_machines_are_not_listened_to(answers, headers):
    assert take(reply(address_for("rsvp", 71), headers=headers)) == "automatic"
    assert answers == []
    assert not Letter.objects.exists()


def calendar_answer(to: str, method: str) -> bytes:
    """What a calendar sends when its owner presses a button."""
    return (
        f"Auto-Submitted: auto-generated\nFrom: ada@example.org\nTo: {to}\nSubject: Accepted\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nAda has accepted.\n'
        f"--b\nContent-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR\nMETHOD:{method}\n"
        "BEGIN:VEVENT\nUID:1@x\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.org\nEND:VEVENT\nEND:VCALENDAR\n--b--\n"
    ).encode()


def test_calendar_that_answers_an_invitation_is_listened_to_and_its_words_are_nobodys(monkeypatch):
    given: list[Inbound] = []
    monkeypatch.setattr(INBOUND, "_entries", dict(INBOUND._entries))
    INBOUND.register("invited", Handler("Invitations", given.append, reads_calendars=True))
    INBOUND.register("other", Handler("Answers", given.append))

    asked = [("invited", "REPLY"), ("invited", "REQUEST"), ("other", "REPLY")]
    outcomes = [take(calendar_answer(address_for(kind, 71), method)) for kind, method in asked]

    assert outcomes == ["handled", "automatic", "automatic"]
    assert [(one.kind, one.text, "METHOD:REPLY" in one.calendars[0]) for one in given] == [("invited", "", True)]


def test_copy_that_comes_by_another_way_is_known_by_its_message_id(answers):
    to, other = address_for("rsvp", 71), address_for("rsvp", 72)
    one = reply(to, headers="Message-ID: <7@example.org>\n")

    outcomes = [
        take(one),
        take(b"Received: by another way\n" + one),
        take(b"Received: again\n" + one, recipient=to.upper()),
        take(one + b"\n", recipient=other),
        take(reply(to, sender="ben@example.org", headers="Message-ID: <7@example.org>\n")),
    ]

    assert outcomes == ["handled", "again", "again", "handled", "handled"]
    assert [(given.reference, given.sender) for given in answers] == [
        (71, "ada@example.org"),
        (72, "ada@example.org"),
        (71, "ben@example.org"),
    ]


def test_our_own_mail_that_comes_back_is_dropped(answers):
    letter = told(PersonFactory())
    by_alias = reply(address_for("rsvp", 71), headers=f"Message-ID: {letter.message_id}\n")

    assert take(by_alias) == "own_mail"
    assert take(reply(address_for("rsvp", 71), sender="folkmoot@localhost")) == "own_mail"
    assert take(reply(address_for("rsvp", 71), sender="IN@example.com")) == "own_mail"
    assert answers == []
    assert Letter.objects.count() == 1


def test_storm_of_mails_is_capped_per_sender_and_hour(answers, freeze):
    clock = freeze("2026-05-01T12:00Z")
    to = address_for("rsvp", 71)

    outcomes = [take(reply(to, body=f"Answer {number}")) for number in range(100)]
    someone_else = take(reply(to, sender="ben@example.org"))
    clock.shift(3601)
    an_hour_later = take(reply(to, body="Later"))

    assert (outcomes.count("handled"), outcomes.count("storm")) == (20, 80)
    assert (someone_else, an_hour_later) == ("handled", "handled")
    assert len(answers) == 22
    assert not Letter.objects.exists()


def test_forged_mails_in_the_name_of_a_sender_do_not_silence_them(answers):
    to = address_for("rsvp", 71)
    forged = [to.replace("+rsvp-", "+rsvp-1"), "in@example.com"]
    for number in range(20):
        take(reply(forged[number % 2], body=f"Answer {number}"))

    assert take(reply(to)) == "handled"


def test_maildir_is_emptied_into_cur_and_what_was_interrupted_comes_again(settings, tmp_path, answers, monkeypatch):
    settings.MAILDIR = tmp_path
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.a").write_bytes(reply(address_for("rsvp", 1)))
    (tmp_path / "new" / "2.b").write_bytes(b"x" * 3_000_000)

    take_in_mail.call()
    (tmp_path / "cur" / "1.a:2,S").rename(tmp_path / "new" / "1.a")
    take_in_mail.call()

    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.a:2,S", "2.b:2,S"]
    assert list((tmp_path / "new").iterdir()) == []
    assert len(answers) == 1
    assert sorted(Arrival.objects.values_list("outcome", flat=True)) == ["handled", "too_large"]


def test_folder_that_is_no_maildir_is_left_and_logged(settings, tmp_path, caplog):
    settings.MAILDIR = tmp_path / "nowhere"

    take_in_mail.call()

    assert "is no maildir" in caplog.text


def receive_at_once() -> list[str]:
    raw = reply(address_for("rsvp", 71))
    return at_once(lambda: receive(raw, now=timezone.now()).outcome)


@pytest.mark.django_db(transaction=True)
def test_mail_that_two_workers_find_is_handled_once(answers):
    assert receive_at_once() == ["handled"] * WORKERS
    assert len(answers) == 1


def copies_at_once() -> list[str]:
    raw = reply(address_for("rsvp", 71), headers="Message-ID: <7@example.org>\n")
    return at_once(lambda: receive(f"Received: {token_hex(8)}\n".encode() + raw, now=timezone.now()).outcome)


@pytest.mark.django_db(transaction=True)
def test_copies_that_come_together_are_handled_once(answers):
    assert sorted(copies_at_once()) == ["again"] * (WORKERS - 1) + ["handled"]
    assert len(answers) == 1


@pytest.mark.django_db(transaction=True)
def test_control_copies_without_the_message_id_are_handled_each(answers, monkeypatch):
    monkeypatch.setattr(arriving, "_is_first", lambda arrival, mail, address: True)

    assert copies_at_once() == ["handled"] * WORKERS
    assert len(answers) == WORKERS


@pytest.mark.django_db(transaction=True)
def test_control_mail_that_is_not_known_again_is_handled_by_every_worker(answers, monkeypatch):
    monkeypatch.setattr(arriving, "known_by", lambda raw: token_hex(32))

    assert receive_at_once() == ["handled"] * WORKERS
    assert len(answers) == WORKERS
