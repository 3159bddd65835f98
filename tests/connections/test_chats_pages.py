"""Pages of chats: my cards, taking part, running a programme, skipping from a mail, and whom to keep apart."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from folkmoot.connections.actions.chats import TakingPart, end_chats, take_part_in_chats
from folkmoot.connections.actions.chats_drawing import draw_now
from folkmoot.connections.actions.interests import keep_apart, say_interests
from folkmoot.connections.chats_cards import cards_of
from folkmoot.connections.chats_links import skip_path
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.chats import ChatPart, ChatProgramme, ChatSeat
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.queries.chats import share_a_chat
from folkmoot.connections.queries.interests import interests_of
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.people.guards import QUICKEST
from tests.factories.connections.chats import cast, chat_of, chats
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation(zone="Europe/Lisbon")
    return freeze("2026-11-23T12:00Z")


def page(client, path: str) -> str:
    return client.get(path).content.decode()


def test_leader_begins_chats_people_come_in_and_leave_and_it_is_ended(client):
    lantern = group("Lantern")
    ada, ben = PersonFactory(name="Ada Oakes"), join(PersonFactory(), lantern)
    lead(ada, lantern)
    client.force_login(ada)
    assert "Begin chats in this group" in page(client, "/groups/lantern/connections/")

    given = {"name": " Tea \u202e table ", "weeks": 2, "weekday": 3, "minutes": 45, "has_trios": "on"}
    answer = client.post("/groups/lantern/connections/chats/new/", given)

    programme = ChatProgramme.objects.get()
    assert (answer.url, programme.name, programme.next_draw) == (
        programme.get_absolute_url(),
        "Tea table",
        dt.date(2026, 12, 3),
    )
    client.post(f"{answer.url}change/", {**given, "name": "Tea", "weekday": 0})
    programme.refresh_from_db()
    assert (programme.name, programme.next_draw) == ("Tea", dt.date(2026, 11, 30))

    client.force_login(ben)
    shown = page(client, f"{answer.url}take-part/")
    assert "learns your name, your e-mail address, what the clock shows where you are" in shown
    wishes = {"cares": "Maps, tea; maps", "helps": "", "learns": "Poetry", "weekdays": [1, 2], "near": "near"}
    assert client.post(f"{answer.url}take-part/", {**wishes, "weekdays": []}).status_code == 400
    assert client.post(f"{answer.url}take-part/", {**wishes, "cares": "x" * 61}).status_code == 400
    assert not ChatPart.objects.exists()
    entered = client.post(f"{answer.url}take-part/", wishes, follow=True)
    assert "You are in. Two days before the next round you hear of it." in entered.content.decode()
    part = ChatPart.objects.get()
    assert (part.person, part.weekdays, part.near, part.welcomes) == (ben, [1, 2], "near", False)
    assert interests_of([ben.pk])[ben.pk].cares == {"maps": "Maps", "tea": "tea"}
    assert 'value="Maps, tea"' in page(client, f"{answer.url}take-part/")

    client.post(f"{answer.url}skip/")
    assert "You skip the next round" in page(client, answer.url)
    client.post(f"{answer.url}skip/", {"back": "1"})
    assert client.post(f"{answer.url}pause/", {"until": "2026-11-23"}).status_code == 400
    client.post(f"{answer.url}pause/", {"until": "2027-01-15"})
    assert "You pause until" in page(client, answer.url)
    client.post(f"{answer.url}leave/")
    ChatProgramme.objects.update(warned_of=programme.next_draw)
    entered = client.post(f"{answer.url}take-part/", wishes, follow=True)
    assert "You are in. The next round is on Monday 30 November 2026." in entered.content.decode()
    client.post(f"{answer.url}leave/")
    client.post(f"{answer.url}leave/")
    assert not ChatPart.objects.exists()

    client.force_login(ada)
    client.post(f"{answer.url}end/")
    assert "These chats have ended." in page(client, answer.url)
    told = Entry.objects.filter(kind__startswith="connections.chat").order_by("pk").values_list("kind", flat=True)
    assert [kind.partition(".")[2] for kind in told] == [
        "chats_begun",
        "chats_changed",
        "chats_joined",
        "chats_left",
        "chats_joined",
        "chats_left",
        "chats_ended",
    ]


def test_card_says_who_why_and_when_and_gives_a_file_and_a_draft(client, clock):
    ada, ben = cast(2)
    ben.zone = "Asia/Tokyo"
    ben.save()
    for one in (ada, ben):
        say_interests(one, InterestSort.CARES, ["Beekeeping"])
    draw_now(chats(None, [ada, ben]), now=timezone.now(), by=system())
    client.force_login(ada)

    shown = page(client, "/connections/chats/")

    assert "A chat with Person B" in shown
    assert "You both care about Beekeeping. You have about 3 hours of a weekday in common." in shown
    assert "17:30 in Tokyo" in shown
    card = cards_of(ada, now=timezone.now())[0]
    assert [f"{each.at:%d %H:%M}" for each in card.times] == ["24 08:30", "25 09:00", "26 09:30"]
    assert card.times[0].mail.startswith(f"mailto:{ben.email}?subject=A%20chat%3A%20Coffee&body=Hello%2C")
    assert "08%3A30%20in%20Lisbon%0D%0A" in card.times[0].mail
    answer = client.get(card.times[0].file_path)
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (answer["Content-Type"], str(event["SUMMARY"])) == ("text/calendar; charset=utf-8", "Chat with Person B")
    assert (event.start, event.end - event.start) == (card.times[0].at, dt.timedelta(minutes=30))
    assert client.get(card.times[0].file_path.replace(".ics", "1.ics")).status_code == 404

    keep_apart(ben, ada)
    card = cards_of(ada, now=timezone.now())[0]
    assert [(each.mail, each.file_path != "") for each in card.times] == [("", True)] * 3
    assert (card.mail, share_a_chat(ada, ben)) == ("", False)

    client.post(f"/connections/chats/{card.conversation.pk}/answer/", {"answer": "maybe"})
    assert ChatSeat.objects.get(person=ada).answer == ""
    client.post(f"/connections/chats/{card.conversation.pk}/answer/", {"answer": "yes"})
    assert (ChatSeat.objects.get(person=ada).answer, ChatSeat.objects.get(person=ben).answer) == ("yes", "")
    clock.move_to("2026-12-10T12:00Z", tick=False)
    client.force_login(ada)
    shown = page(client, "/connections/chats/")
    assert ("· We talked" in shown, "mailto:" in shown) == (True, False)
    client.force_login(PersonFactory())
    assert client.get(card.times[0].file_path).status_code == 404


def test_my_chats_ask_as_little_for_three_as_for_one(client, clock, django_assert_num_queries):
    people = cast(4)
    programme = chats(None, people)
    for week in range(4):
        if week in (1, 3):
            clock.move_to(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC) + dt.timedelta(weeks=2 * week), tick=False)
            client.force_login(people[0])
            client.get("/connections/chats/")
            with django_assert_num_queries(7):
                assert client.get("/connections/chats/").context["past_cards"] != []
        clock.move_to(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC) + dt.timedelta(weeks=2 * week), tick=False)
        draw_now(programme, now=timezone.now(), by=system())


def test_round_is_skipped_from_a_mail_by_one_button_without_signing_in(client, clock):
    ada, ben = cast(2)
    programme = chats(None, [ada, ben])
    path = skip_path(programme.pk, ada.pk, programme.next_draw)
    shown = client.get(path)
    assert (shown.status_code, ChatPart.objects.get(person=ada).skips) == (200, None)
    opened = shown.context["form"]["opened"].value()
    assert client.post(path, {"opened": opened}).status_code == 400

    clock.shift(QUICKEST + 1)
    for _again in range(2):
        answer = client.post(path, {"opened": opened})

    assert (answer.status_code, "Skipped" in answer.content.decode()) == (200, True)
    assert ChatPart.objects.get(person=ada).skips == programme.next_draw
    assert client.get(f"{path[:-3]}x/").status_code == 404
    end_chats(programme, by=system())
    assert (client.get(path).status_code, "These chats have ended." in page(client, path)) == (410, True)
    ChatProgramme.objects.update(ended_at=None, next_draw=programme.next_draw + dt.timedelta(days=14))
    assert client.get(path).status_code == 410


def test_those_kept_apart_are_found_by_name_listed_and_taken_off_and_nobody_else_sees_it(client):
    lantern = group()
    ada, ben = PersonFactory(name="Ada Oakes"), join(PersonFactory(name="Bén Alder"), lantern)
    PersonFactory(name="Ben Nowhere")
    client.force_login(ada)

    shown = page(client, "/connections/apart/?q=ben")
    assert ("Bén Alder" in shown, "Ben Nowhere" in shown) == (True, False)
    client.post("/connections/apart/", {"person": ben.pk})
    assert "Bén Alder" in page(client, "/connections/apart/")
    assert client.post("/connections/apart/", {"person": ada.pk}).status_code == 404
    client.force_login(ben)
    assert "Ada Oakes" not in page(client, "/connections/apart/?q=oakes")
    client.force_login(ada)
    client.post("/connections/apart/", {"forget": ben.pk})
    assert not NotWith.objects.exists()


def test_who_runs_chats_reads_numbers_from_ten_people_on_and_looks_ahead_without_names(client):
    lantern = group()
    ada = PersonFactory()
    lead(ada, lantern)
    people = [join(one, lantern) for one in cast(10)]
    programme = chats(lantern, people[:9])
    client.force_login(ada)
    assert "Numbers are shown from 10 people on" in page(client, programme.get_absolute_url())
    take_part_in_chats(programme, TakingPart(), by=people[9])
    keep_apart(people[0], people[1])

    shown = page(client, f"{programme.get_absolute_url()}?look=1")

    assert "If it were drawn now: 5 conversations for 10 people.</p>" in shown
    assert not [one for one in people if one.name in shown]
    client.force_login(people[0])
    assert "If it were drawn now" not in page(client, f"{programme.get_absolute_url()}?look=1")


def test_way_and_desk_show_whom_one_was_brought_together_with(client):
    ada, ben = cast(2)
    client.force_login(ada)
    assert "Nobody has begun any yet." in page(client, "/connections/")
    draw_now(chats(None, [ada, ben]), now=timezone.now(), by=system())

    assert "A chat with Person B" in page(client, "/connections/")
    desk = page(client, "/me/")
    assert f'href="/connections/chats/#chat-{chat_of(ada).pk}"' in desk
