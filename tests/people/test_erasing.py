"""The canary: somebody with something everywhere, of whom nothing is found once they are erased."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from folkmoot.groups.models import CharterDraft, Group, Participation
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry, EntryDetail
from folkmoot.ledger.sealing import broken_seals, seal
from folkmoot.meetings.actions import (
    answer_call,
    choose_opening,
    identify_guest,
    note_guest,
    note_opening_read,
    record_attendance,
    withdraw_attendance,
)
from folkmoot.meetings.models import Says, Source
from folkmoot.notices.models import Address, Arrival, Digest, Hours, Letter, ListAddress, Telling, Wish
from folkmoot.organisation.queries import today_here
from folkmoot.people.actions import (
    add_person,
    change_preferences,
    change_profile,
    erase_person,
    hand_out_data,
    make_sign_in_link,
    merge_people,
    say_away,
    state_comfortable_hours,
)
from folkmoot.people.actions.profiles import Affiliated, ProfileWords
from folkmoot.people.models import HeldSignUp, Person, Profile
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.people.profile_words import Link
from tests.factories.files import upload
from tests.factories.groups import group, join, lead
from tests.factories.meetings import held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.second_steps import code_of
from tests.people.test_hours import EARLY
from tests.people.test_sign_in import code_in

pytestmark = pytest.mark.django_db

MARKS = ("canary", "zinfandelle", "quokkaville")
"""What must not be found, in lower case: parts of the name, the addresses, and what was written by the person."""


def canary() -> Person:
    """Somebody with something everywhere, who was found under a second record too."""
    organisation()
    PersonFactory(name="A Steward", is_steward=True)
    person = add_person(name="Canary Zinfandelle", email="canary@quokkaville.example", zone="UTC", by=system())
    change_preferences(person, zone="Asia/Kolkata", clock="12", theme="dark")
    words = ProfileWords(
        name="Canary Zinfandelle",
        zone="Asia/Kolkata",
        pronouns="canary/canaries",
        pronunciation="zinfandelle as written",
        languages=("en",),
        region="IN",
        about="I am the canary of Quokkaville.",
        links=(Link("https://canary.example.org/", "Quokkaville"), Link("mailto:canary@post.example")),
        affiliations=(Affiliated("Quokkaville Works"),),
        seen={"about": "everyone"},
    )
    change_profile(person, words, by=person)
    lantern = group()
    lead(person, lantern)
    go_to_a_call(person, lantern)
    join(person, lantern)
    second = add_person(name="C. Zinfandelle", email="zinfandelle@canary.example", by=system())
    join(second, group("Anvil", text="# Anvil\n\n## Roles\n\n* **Participants**: Come.\n"))
    change_profile(second, ProfileWords(name="C. Zinfandelle", about="Canary too."), by=second)
    Authenticator.objects.create(user=second, type="webauthn", data={"name": "Canary's key"})
    merge_people(person, second, by=machine())
    Authenticator.objects.create(user=person, type="totp", data={"secret": "canary"})
    EmailAddress.objects.create(user=person, email="other@canary.example", verified=True)
    CharterDraft.objects.create(by=person, file_name="canary.md", source=b"# Canary draft")
    make_sign_in_link(person)
    say_away(person, first_day=today_here(), last_day=today_here(), shown=True)
    state_comfortable_hours(person, EARLY, by=person)
    upload(person, "canary.txt", b"I am the canary.")
    told = {"kind": "x.y", "topic": "groups"}
    Telling.objects.create(person=person, subject="Hello Canary", text="Dear Zinfandelle", path="/canary/", **told)
    other = PersonFactory(name="Somebody Else")
    Telling.objects.create(
        person=other, subject="Canary Zinfandelle joined", text="CANARY ZINFANDELLE is in, canaries too? No.", **told
    )
    for recipient in ("canary@quokkaville.example", "Zin <zinfandelle@canary.example>", "other@canary.example"):
        Letter.objects.create(
            message_id=f"<{recipient[:5]}@f>",
            sender="f@example.org",
            recipient=recipient,
            subject="To the canary",
            text="",
        )
    Letter.objects.create(
        message_id="<9@f>", sender="f@example.org", recipient="else@example.org", subject="News", html="<p>Hi</p>",
        text="Canary Zinfandelle joined the group.",
    )  # fmt: skip
    Wish.objects.create(person=person, topic="calls", channel="mail", choice="not")
    Hours.objects.create(person=person)
    Digest.objects.create(person=person, channel="mail", period="2026-W19")
    ListAddress.objects.create(place="group:3", address="l@lists.example.org", added_by=person)
    Address.objects.create(address="canary@quokkaville.example", paused_at=timezone.now(), problem="5.1.1 no canary")
    Arrival.objects.create(digest="1", sender="canary@quokkaville.example", outcome="handled", words="I am a canary")
    SocialAccount.objects.create(user=person, provider="github", uid="1", extra_data={"login": "canary"})
    HeldSignUp.objects.create(
        person=person, reason=HeldSignUp.Reason.NETWORK, outcome="let_in", decided_at=timezone.now()
    )
    HeldSignUp.objects.create(
        person=other, reason=HeldSignUp.Reason.NETWORK, outcome="let_in", decided_at=timezone.now(), decided_by=person
    )
    client = Client()
    client.force_login(person)
    UserSession.objects.create(user=person, session_key=client.session.session_key, ip="192.0.2.1", user_agent="Canary")
    client.get(f"/people/{person.pk}/")
    Client().get(f"/groups/{lantern.slug}/")
    return Person.objects.get(pk=person.pk)


def go_to_a_call(person: Person, lantern: Group) -> None:
    """They are on the list of a call, first as a guest; they looked after it, and cannot come to the next."""
    call, coming = held_call(lantern), held_call(lantern, ended=-timedelta(days=3))
    guest = note_guest(call, name="Zinfandelle, maybe", affiliation="Quokkaville Works", by=person)
    identify_guest(guest, person, by=person)
    withdraw_attendance(call, person, by=person)
    record_attendance(call, person, by=person, source=Source.TAP)
    answer_call(coming, Says.REGRET, by=person)
    choose_opening(lantern, ["antitrust"], by=person)
    note_opening_read(call, by=person)


def database() -> dict[str, str]:
    """Every row of every table as one text in lower case."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [
                " ".join(
                    bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v) for v in r
                )
                for r in cursor.fetchall()
            ]
            found[table] = "\n".join(rows).lower()
        return found


def places_with_marks() -> set[str]:
    """Tables, shelves of the cache and files in which the canary is found."""
    found = {table for table, text in database().items() if any(mark in text for mark in MARKS)}
    for shelf in ("default", "pages"):
        if any(mark in str(vars(caches[shelf]).get("_cache", "")).lower() for mark in MARKS):
            found.add(shelf)
    media = settings.DATA_FOLDER / "media"
    found |= {
        str(file)
        for file in (media.rglob("*") if media.exists() else ())
        if file.is_file() and any(mark.encode() in file.read_bytes().lower() for mark in MARKS)
    }
    return found


def test_after_erasure_nothing_is_found_anywhere(django_capture_on_commit_callbacks):
    person = canary()
    before = places_with_marks()

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person, by=person)

    assert before >= {
        "people_person", "people_profile", "people_affiliation", "people_mergerecord", "account_emailaddress",
        "mfa_authenticator", "groups_charterdraft", "notices_letter", "notices_telling", "ledger_entrydetail",
        "people_upload",
    }  # fmt: skip
    assert any(str(settings.DATA_FOLDER) in place for place in before)
    assert places_with_marks() == set()


def test_what_stays_is_a_record_without_a_name_and_history_without_words():
    person = canary()
    entries = list(Entry.objects.order_by("pk").values_list("pk", "kind"))
    assert seal(settled_after=timedelta(0)) is not None

    erase_person(person, by=machine())

    stub = Person.objects.get(pk=person.pk)
    assert (stub.name, stub.email, stub.zone, stub.standing) == ("Someone who left", None, "", "erased")
    assert not stub.has_usable_password()
    assert set(Entry.objects.values_list("pk", "kind")) >= set(entries)
    assert Entry.objects.order_by("-pk").values_list("kind", flat=True)[0] == "people.erased"
    assert broken_seals() == []
    assert not EntryDetail.objects.filter(entry__about=person, erased_at=None).exists()
    assert Participation.objects.filter(person=person).count() == 3
    assert not Participation.objects.filter(person=person, ended_at=None).exists()
    assert not EmailAddress.objects.filter(user__name="Someone who left").exists()
    assert Telling.objects.get().subject == "someone who left joined"


def test_control_a_room_that_erases_nothing_is_found_out(monkeypatch):
    """The canary proves something only if it sees what is left."""
    person = canary()
    monkeypatch.setattr(type(PERSON_DATA["notices.mails"]), "erase", lambda self, person: None)

    erase_person(person, by=machine())

    assert {"notices_letter", "notices_telling"} <= places_with_marks()


def test_erased_person_is_signed_out_everywhere_and_others_are_not():
    person, other = canary(), PersonFactory()
    mine, theirs = Client(), Client()
    mine.force_login(person)
    theirs.force_login(other)

    erase_person(person, by=machine())

    assert mine.get("/me/data/").status_code == 302
    assert theirs.get("/me/data/").status_code == 200
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [str(other.pk)]


def test_failure_in_one_room_erases_nothing(monkeypatch):
    person = canary()

    def broken(self, person):
        raise RuntimeError("no eraser left")

    monkeypatch.setattr(type(PERSON_DATA["groups.participations"]), "erase", broken)
    before = database()
    with pytest.raises(RuntimeError):
        erase_person(person, by=machine())

    assert database() == before


@pytest.mark.parametrize("who", ["self", "steward", "machine", "other", "suspended self"])
def test_oneself_and_stewards_erase(who):
    person = PersonFactory(is_active=who != "suspended self")
    actor = {
        "self": lambda: person,
        "suspended self": lambda: person,
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
        "other": PersonFactory,
    }[who]()

    if who in ("self", "steward", "machine"):
        erase_person(person, by=actor)
        erase_person(Person.objects.get(pk=person.pk), by=machine())
        assert Entry.objects.filter(kind="people.erased").count() == 1
    else:
        with pytest.raises(Refused) as refused:
            erase_person(person, by=actor)
        assert refused.value.code == "forbidden"


def test_merged_record_is_erased_through_the_one_it_belongs_to():
    kept, gone = PersonFactory(), PersonFactory()
    merge_people(kept, gone, by=machine())

    with pytest.raises(Refused) as refused:
        erase_person(gone, by=machine())
    erase_person(kept, by=machine())

    assert refused.value.code == "merged"
    assert set(Person.objects.values_list("name", flat=True)) == {"Someone who left"}


def test_names_of_one_word_or_of_two_people_are_left_in_what_others_were_told():
    """Taking "Will" out of every letter, or one of two namesakes, would harm what is about others."""
    organisation()
    other = PersonFactory(name="Reader")
    for name in ("Will", "Ada Oakes"):
        Telling.objects.create(person=other, kind="x.y", topic="t", subject=f"{name} came", text="Will you?")
    PersonFactory(name="ada oakes")

    for name in ("Will", "Ada Oakes"):
        erase_person(PersonFactory(name=name), by=machine())

    assert sorted(Telling.objects.values_list("subject", flat=True)) == ["Ada Oakes came", "Will came"]


def test_letter_of_an_erased_person_that_waits_is_not_sent(monkeypatch):
    from folkmoot.notices.tasks import send_letter

    letter = Letter.objects.create(message_id="<1>", sender="a@b.c", recipient="d@e.f", subject="S", text="T")
    number = letter.pk
    letter.delete()

    send_letter.func(number)

    assert not Letter.objects.exists()


def test_export_holds_every_kind_and_all_of_the_words():
    person = canary()

    archive = zipfile.ZipFile(io.BytesIO(hand_out_data(person, by=person)))
    everything = json.loads(archive.read("everything.json"))
    readable = archive.read("everything.md").decode()

    assert set(everything) == {entry.name for entry in PERSON_DATA.entries()}
    # Rooms above test their own kinds; those of these rooms are all here.
    empty = [name for name, rows in everything.items() if not rows]
    assert [name for name in empty if name.partition(".")[0] in ("people", "notices", "ledger")] == []
    words = json.dumps(everything).lower()
    assert all(mark in words and mark in readable.lower() for mark in MARKS)
    assert everything["people.profile"][0]["about"] == "I am the canary of Quokkaville."
    assert {row["group"] for row in everything["groups.participations"]} == {"Lantern Working Group", "Anvil"}
    assert {row["to"] for row in everything["notices.mails"] if "to" in row} == {
        "canary@quokkaville.example", "Zin <zinfandelle@canary.example>", "other@canary.example",
    }  # fmt: skip
    assert sorted(archive.namelist()) == sorted(
        ["everything.json", "everything.md", *(f"tables/{name}.csv" for name, rows in everything.items() if rows)]
    )
    assert "secret" not in words
    assert Entry.objects.order_by("-pk").first().kind == "people.data_handed_out"


def test_export_asks_no_more_for_years_of_history_and_stays_small(django_assert_num_queries):
    person = canary()
    with CaptureQueriesContext(connection) as asked:
        hand_out_data(person, by=person)
    Telling.objects.bulk_create(
        Telling(person=person, kind="x.y", topic="t", subject=f"Told {n}", text="Words " * 40) for n in range(5000)
    )

    with django_assert_num_queries(len(asked)):
        content = hand_out_data(person, by=person)

    assert len(content) < 2_000_000


def test_oneself_erases_oneself_on_a_page(client):
    person = canary()
    Authenticator.objects.all().delete()
    client.force_login(person)

    wrong = client.post("/me/data/erase/", {"name": "Somebody"})
    asked = client.get("/me/data/erase/")
    done = client.post("/me/data/erase/", {"name": "  canary  ZINFANDELLE "}, follow=True)

    assert wrong.status_code == 400
    assert "Please type “Canary Zinfandelle” to go on." in wrong.content.decode()
    assert "What stays" in asked.content.decode()
    assert done.redirect_chain == [("/", 302)]
    assert "Your record is erased." in done.content.decode()
    assert Person.objects.get(pk=person.pk).standing == "erased"


def test_page_asks_for_the_password_first(client):
    person = PersonFactory()
    person.set_password("a lamp in the window")
    person.save()
    client.force_login(person)

    answer = client.post("/me/data/erase/", {"name": person.name})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert Person.objects.get(pk=person.pk).standing == "active"


def test_page_asks_who_has_no_password_for_a_code_from_the_mail(client, freeze):
    organisation()
    clock = freeze("2026-05-01T12:00Z")
    person = add_person(name="Ada", email="ada@example.org", by=system())
    EmailAddress.objects.update(verified=True)
    client.force_login(person)

    clock.shift(16 * 60)
    asked = client.post("/me/data/erase/", {"name": "Ada"})
    client.post("/accounts/prove/")
    code = code_in(Letter.objects.latest("pk"))
    back = client.post("/accounts/prove/", {"code": code, "next": "/me/data/erase/"})

    assert asked["Location"] == "/accounts/prove/?next=%2Fme%2Fdata%2Ferase%2F"
    assert back["Location"] == "/me/data/erase/"
    assert Person.objects.get(pk=person.pk).standing == "active"
    assert client.get("/me/data/erase/").status_code == 200


def test_page_opens_for_who_has_no_password_once_their_app_was_asked(switched_on, client, freeze):
    ada, secret = switched_on
    ada.set_unusable_password()
    ada.save()
    client.force_login(ada)
    freeze("2026-05-01T13:00Z")

    asked = client.get("/me/data/erase/")
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})

    assert "reauthenticate" in asked["Location"]
    assert client.get("/me/data/erase/").status_code == 200


def test_last_steward_is_told_plainly(client):
    organisation()
    person = add_person(name="Ada", email="ada@example.org", by=system())
    Person.objects.update(is_steward=True)
    client.force_login(Person.objects.get())

    answer = client.post("/me/data/erase/", {"name": "Ada"})

    assert answer.status_code == 400
    assert "Ada is the only steward." in answer.content.decode()
    assert Profile.objects.count() == 0
    assert Person.objects.get(pk=person.pk).name == "Ada"


def test_page_shows_the_newest_and_says_that_the_file_has_all(client):
    person = canary()
    Authenticator.objects.all().delete()
    Telling.objects.bulk_create(
        Telling(person=person, kind="x.y", topic="t", subject=f"Told {n}.", text="") for n in range(120)
    )
    client.force_login(person)

    text = client.get("/me/data/").content.decode()

    assert "These are the newest 100; the file has all of them." in text
    assert "Told 119." in text
    assert "Told 19." not in text


def test_page_shows_everything_with_who_sees_it_and_hands_it_out(client):
    person = canary()
    client.force_login(person)

    page = client.get("/me/data/")
    file = client.post("/me/data/file/")

    text = page.content.decode()
    above = (
        "groups",
        "calendar",
        "plan",
        "decisions",
        "meetings",
        "availability",
        "invitations",
        "live",
        "connections",
        "governance",
    )
    for section in page.context["sections"]:
        assert f'id="{section.name}"' in text
        assert section.seen_by
        assert section.rows or section.name.partition(".")[0] in above
    assert "I am the canary of Quokkaville." in text
    assert file["Content-Type"] == "application/zip"
    assert file["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert zipfile.ZipFile(io.BytesIO(file.content)).testzip() is None
