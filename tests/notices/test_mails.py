"""Every mail that we know of is well made: two parts, headers that programs act on, one line, one recipient."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import timedelta
from email.policy import default
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings as live
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from folkmoot.connections.domain.help_promises import Clocked, Escalation, Told
from folkmoot.connections.domain.mentoring_terms import Moment
from folkmoot.notices.actions import tell
from folkmoot.notices.channels import CHANNELS
from folkmoot.notices.handing_over import hand_over
from folkmoot.notices.kinds import KINDS, TOPICS, Notice
from folkmoot.notices.models import Digest, Letter
from folkmoot.notices.stopping import read_stop
from folkmoot.people.models import Person
from folkmoot.plan.models import CheckIn
from tests.architecture.world import World, make_world
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.notices.kinds import Answer, Moved

pytestmark = pytest.mark.django_db

MOST_HTML = 100 * 1024
# A line break, a steering mark and letters beyond ASCII, wherever words can be.
WORDS = "Zoë\r\nBcc: x@example.org \u202eO'Neil & <b>Söhne</b> 世界"
EMPTY_ELEMENTS = {"meta", "br", "img", "hr", "link", "input"}


def values(kind: type[Notice]) -> dict[str, object]:
    """Something for every field of a notice that has no default, by the type that is written there."""
    known: dict[str, object] = {
        "str": WORDS,
        "int": 3,
        "bool": True,
        "float": 1.5,
        "datetime": timezone.now(),
        "date": timezone.now().date(),
        "timedelta": timedelta(minutes=45),
        "tuple[Person": tuple(Person.objects.order_by("pk")[:2]),
        "Escalation": Escalation(Clocked.ANSWER, 50, Told.HELPERS),
        "Moment": Moment.MIDDLE,
        "tuple[datetime": (timezone.now(), timezone.now() + timedelta(days=1)),
        "tuple": (WORDS, WORDS),
    }
    # What stands in addresses is not free text.
    by_name = {
        "slug": "lantern",
        "key": "group:3",
        "path": "/groups/lantern/",
        "url": "/groups/lantern/",
        "zone": "Asia/Tokyo",
    }
    return {
        field.name: by_name.get(field.name.rpartition("_")[2])
        or row_of(str(field.type))
        or next((value for name, value in known.items() if str(field.type).startswith(name)), WORDS)
        for field in fields(kind)  # type: ignore[arg-type]
        if field.default is MISSING and field.default_factory is MISSING
    }


def row_of(type_name: str) -> Model | None:
    """A row of the model that a field names, out of a world that has one of everything; None for what is no model."""
    model = {model.__name__: model for model in apps.get_models() if model.__module__.startswith("folkmoot.")}.get(
        type_name.partition(" ")[0]
    )
    return None if model is None else model._default_manager.order_by("pk").last()


class Shape(HTMLParser):
    """Opened elements, whether all were closed, and what stands out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tables = 0
        self.feed(html)
        self.faults += [f"{name} is not closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table" and given.get("role") != "presentation":
            self.faults.append("a table without role=presentation")
        if tag in ("script", "form", "iframe", "img", "link"):
            self.faults.append(f"a mail has no {tag}")
        if tag == "a" and not str(given.get("href", "")).startswith(("http://", "https://", "mailto:")):
            self.faults.append(f"a link to {given.get('href')}")
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} is closed where it was not open")


def faults(letter: Letter, *, can_be_stopped: bool) -> list[str]:
    """What is not well made about a letter, as it would be sent."""
    found = list(Shape(letter.html).faults)
    wanted = {
        'lang="': letter.html,
        'name="color-scheme" content="light dark"': letter.html,
        "prefers-color-scheme: dark": letter.html,
        "You get this because": letter.text + letter.html,
        f"{live.PUBLIC_ADDRESS}/me/notices/": letter.text + letter.html,
    }
    found += [f"{what} is missing" for what, where in wanted.items() if what not in where]
    found += ["the HTML is too large"] * (len(letter.html.encode()) > MOST_HTML)
    found += ["the text has markup in it"] * bool(
        re.search(r"&(amp|lt|gt|quot|#x?\d+);|</?(p|br|span|time)\b", letter.text)
    )
    found += ["the text holds an address without a host"] * bool(re.search(r": /[a-z]", letter.text))
    found += ["the subject is not one line of words"] * (not letter.subject.isprintable() or not letter.subject.strip())
    found += [] if letter.headers.get("Auto-Submitted") == "auto-generated" else ["it is not said to be a machine's"]
    stops = letter.headers.get("List-Unsubscribe", "")
    if can_be_stopped:
        token = stops.strip("<>").rstrip("/").rpartition("/")[2]
        found += [] if read_stop(token) else ["it cannot be stopped"]
        one_click = letter.headers.get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
        found += [] if one_click and letter.headers.get("Precedence") == "bulk" else ["programs cannot stop it"]
        found += [] if stops.strip("<>") in letter.text else ["the text does not say how to stop it"]
    elif stops:
        found.append("it offers to stop what is needed")
    return found


def test_bad_mail_is_noticed():
    tell([PersonFactory()], Moved("Planning"))
    letter = Letter.objects.get()
    letter.html = letter.html.replace('role="presentation"', "", 1).replace("</ul>", "").replace("light dark", "")
    letter.text = letter.text.replace("You get this", "It came") + "&amp;"
    letter.headers = {}

    assert len(faults(letter, can_be_stopped=True)) >= 5


def test_digest_makes_a_good_mail():
    organisation()
    ada = PersonFactory()
    tellings = [tell([ada], Moved(name))[0] for name in ("Planning", "Review & more")]
    deliveries = [telling.deliveries.get(channel="mail") for telling in tellings]
    digest = Digest.objects.create(person=ada, channel="mail", period="2026-W19")

    CHANNELS["mail"].gather(ada, digest, deliveries)

    letter = Letter.objects.order_by("-pk")[0]
    assert letter.subject == "What is new at Oak Commons (2)"
    assert faults(letter, can_be_stopped=True) == []
    assert letter.text.count("* * *") == 1


def test_mail_arrives_in_two_parts_for_one_recipient_with_everything_encoded(mail_server, settle):
    organisation()
    people = [PersonFactory(), PersonFactory()]

    tell(people, Moved(WORDS))
    settle()

    assert sorted(mail["X-RcptTo"] for mail in mail_server.mails) == sorted(person.email for person in people)
    for mail in mail_server.mails:
        raw = mail.as_bytes()
        head = raw.partition(b"\n\n")[0]
        read = email.message_from_bytes(raw, policy=default)
        assert head.isascii()
        assert (read["Bcc"], read["Cc"]) == (None, None)
        assert mail.get_all("To") == [mail["X-RcptTo"]]
        assert read["Subject"].strip() == "“Zoë Bcc: x@example.org O'Neil & <b>Söhne</b> 世界” moves"
        assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
        assert "O'Neil & <b>Söhne</b> 世界" not in read.get_body(("html",)).get_content()
        assert re.fullmatch(r"<[^<>\s]+@localhost>", read["Message-ID"])
        assert read["List-Id"] == "Oak Commons <calls.notices.localhost>"


def test_same_letter_has_the_same_identity_each_time_it_is_handed_over(mail_server, settings):
    tell([PersonFactory()], Moved("Planning"))
    letter = Letter.objects.get()

    for _time in range(2):
        hand_over(letter, settings.MAIL_SERVER)

    first, second = mail_server.mails
    assert first["Message-ID"] == second["Message-ID"] == letter.message_id


def test_what_is_needed_offers_no_way_to_stop_it():
    tell([PersonFactory()], Answer("Planning"))

    letter = Letter.objects.get()
    assert "List-Unsubscribe" not in letter.headers
    assert "Precedence" not in letter.headers
    assert "Stop mails" not in letter.html


# Last, since the world is there for the rest of the module.


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all kinds of notice; it is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        organisation(name="Oak & Ash Commons")
        made = make_world()
        CheckIn.objects.create(goal=made.planned.goal, on=timezone.now().date(), confidence="at_risk", words=WORDS)
        yield made
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", sorted(name for name, kind in KINDS.items() if kind.subject is not Notice.subject))
def test_every_notice_makes_a_good_mail(world, kind):
    notice = KINDS[kind](**values(KINDS[kind]))
    ada = PersonFactory(name="Zoë O'Neil <script>")

    (telling,) = tell([ada], notice)

    letter = Letter.objects.get(recipient=ada.email)
    assert notice.topic in TOPICS
    assert faults(letter, can_be_stopped=not notice.needed) == []
    assert letter.recipient == ada.email
    assert telling.path == "" or telling.path.startswith("/")
