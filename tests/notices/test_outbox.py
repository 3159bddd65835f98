from __future__ import annotations

from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.db import transaction

from folkmoot.config.env import MailServer
from folkmoot.notices.models import Letter
from folkmoot.notices.tasks import forget_old_letters, is_for_good
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_mail_is_one_letter_per_recipient():
    send_mail("Hello", "Come in.", None, ["a@example.org", "b@example.org"])

    assert sorted(letter.recipient for letter in Letter.objects.all()) == ["a@example.org", "b@example.org"]
    assert len({letter.message_id for letter in Letter.objects.all()}) == 2


def test_letter_goes_with_a_rolled_back_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        send_mail("Hello", "Come in.", None, ["a@example.org"])
        raise RuntimeError

    assert not Letter.objects.exists()


def test_worker_hands_letters_over_and_forgets_their_content(mail_server, settle):
    mail = EmailMultiAlternatives("Grüße, 世界", "Come in.", None, ["a@example.org"], headers={"X-Kind": "code"})
    mail.attach_alternative("<p>Come in.</p>", "text/html")
    mail.send()

    settle()

    letter, sent = Letter.objects.get(), mail_server.mails[0]
    assert letter.sent_at
    assert (letter.text, letter.html) == ("", "")
    assert sent["Message-ID"] == letter.message_id
    assert sent["X-Kind"] == "code"
    assert sent["To"] == "a@example.org"


def test_letter_is_tried_again_with_the_same_identity(settings, settle, freeze):
    clock = freeze("2026-05-01T12:00Z")
    settings.MAIL_SERVER = MailServer("127.0.0.1", 9, "", "", "plain")
    send_mail("Hello", "Come in.", None, ["a@example.org"])
    identity = Letter.objects.get().message_id

    settle()
    waiting = Letter.objects.get()
    clock.shift(3600)
    settle()

    assert waiting.attempts == 1
    assert "Error" in waiting.last_problem
    assert Letter.objects.get().attempts == 2
    assert Letter.objects.get().message_id == identity
    assert Letter.objects.get().text


def test_letter_is_given_up_in_the_end(settings, settle, freeze):
    clock = freeze("2026-05-01T12:00Z")
    settings.MAIL_SERVER = MailServer("127.0.0.1", 9, "", "", "plain")
    send_mail("Hello", "Come in.", None, ["a@example.org"])

    for _ in range(12):
        settle()
        clock.shift(10**6)

    assert Letter.objects.get().given_up_at
    assert Letter.objects.get().attempts == 8


def test_line_breaks_in_a_subject_write_nothing():
    with pytest.raises(BadHeaderError):
        send_mail("Hello\nBcc: x@example.org", "Come in.", None, ["a@example.org"])

    assert not Letter.objects.exists()


def test_outbox_is_for_stewards(client):
    organisation()
    send_mail("The code", "ABC-DEF", None, ["a@example.org"])
    letter = Letter.objects.get()

    stranger = client.get("/outbox/")
    client.force_login(PersonFactory())
    person = client.get("/outbox/")
    client.force_login(PersonFactory(is_steward=True))
    steward, one = client.get("/outbox/"), client.get(f"/outbox/{letter.pk}/")

    assert stranger.status_code == 302
    assert person.status_code == 403
    assert "Only a steward" in person.content.decode()
    assert "The code" in steward.content.decode()
    assert "ABC-DEF" in one.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_costs_the_same_for_any_number_of_letters(client, django_assert_num_queries, count):
    organisation()
    client.force_login(PersonFactory(is_steward=True))
    for number in range(count):
        send_mail(f"Letter {number}", "x", None, ["a@example.org"])
    client.get("/outbox/")

    with django_assert_num_queries(4):
        client.get("/outbox/")


def test_code_in_a_letter_nobody_sent_is_forgotten_after_a_month(freeze):
    clock = freeze("2026-05-01T12:00Z")
    send_mail("The code", "ABC-DEF", None, ["a@example.org"])

    clock.shift(29 * 86_400)
    forget_old_letters.call()
    kept = Letter.objects.get().text
    clock.shift(2 * 86_400)
    forget_old_letters.call()

    assert kept == "ABC-DEF"
    assert Letter.objects.get().text == ""


def test_greylisting_is_no_refusal():
    assert not is_for_good(SMTPRecipientsRefused({"a@example.org": (450, b"come back later")}))
    assert is_for_good(SMTPRecipientsRefused({"a@example.org": (550, b"no such person")}))
