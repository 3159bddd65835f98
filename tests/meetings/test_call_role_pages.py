"""Pages of call roles: who does what, one's own turn, the rota, what managers set, the announcement."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from folkmoot.groups.models import Power
from folkmoot.meetings.actions.announcing import send_announcement
from folkmoot.meetings.actions.turns import ask_for_turn, take_turn
from folkmoot.meetings.call_roles_page import call_roles_page
from folkmoot.meetings.call_roles_reading import roles_at, rota_for, turns_of
from folkmoot.meetings.models import Announcement, AnnouncementText, CallRole, Turn, Willing
from folkmoot.meetings.rota_page import rota_lines
from folkmoot.people.actions import say_away
from folkmoot.people.models import Absence
from tests.calendar.reading import read, words_of
from tests.factories.call_roles import can, turns
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-30T12:00Z")
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    return meeting_group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada", last_login=timezone.now()), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben", last_login=timezone.now()), lantern)


@pytest.fixture
def call(lantern):
    return next_meeting(lantern)


def path(name: str, *given: object) -> str:
    return reverse(name, args=given)


def said(response) -> str:
    return words_of(response.content.decode())


def test_role_is_taken_from_the_page_of_the_call_by_one_button_and_handed_back(client, ben, call):
    client.force_login(ben)
    assert "Scribe: nobody yet I take it scribe" in words_of(read(client, call.get_absolute_url()))

    taken = client.post(path("take_turn", call.pk), {"role": "scribe", "next": call.get_absolute_url()}, follow=True)
    assert taken.redirect_chain == [(call.get_absolute_url(), 302)]
    assert "Scribe: you" in said(taken)
    page = words_of(read(client, path("call_roles", call.pk)))
    assert "Scribe You Writes down what was said and decided, and shares it soon after. Hand it back" in page
    assert "0 of 6 done" in page

    back = client.post(path("hand_back_turn", Turn.objects.get().pk), follow=True)
    assert "You have handed it back." in said(back)
    assert turns() == [("Ben", "scribe", "handed_back")]


def test_strangers_read_whether_a_role_is_taken_and_no_name(client, lantern, ada, ben, call):
    assert "Who does what" not in words_of(read(client, call.get_absolute_url()))
    take_turn(call, "scribe", by=ben)
    ask_for_turn(call, "crier", ben, by=ada)

    for stranger in (None, PersonFactory()):
        if stranger:
            client.force_login(stranger)
        page = read(client, call.get_absolute_url())
        names = "Ben" in page
        assert names is (stranger is not None)
        assert "<form" not in page.partition('id="roles"')[2].partition("</section>")[0]
        if not stranger:
            assert "Moderator: nobody yet Scribe: taken Crier: somebody was asked" in words_of(page)
    assert "Those who take part in Lantern Working Group take turns at its calls." in words_of(
        read(client, path("call_roles", call.pk))
    )


def test_mailed_link_to_a_turn_changes_nothing_until_the_button_is_pressed(client, ada, ben, call):
    turn = ask_for_turn(call, "scribe", ben, by=ada)
    client.force_login(ben)

    for _time in range(2):
        page = words_of(read(client, turn.get_absolute_url()))
        client.head(turn.get_absolute_url())
    assert "Would you be scribe?" in page
    assert "Ada asks you." in page
    assert client.get(path("hand_back_turn", turn.pk)).status_code == 405
    assert client.get(path("take_turn", call.pk)).status_code == 405
    turn.refresh_from_db()
    assert turn.waits

    answered = client.post(turn.get_absolute_url(), {"answer": "yes"}, follow=True)
    assert "You are scribe at this call. Thank you." in said(answered)
    assert "You have taken this." in words_of(read(client, turn.get_absolute_url()))


def test_passing_is_one_button_and_the_page_says_afterwards_that_nothing_is_asked(client, lantern, ben, call):
    can(ben, lantern, "scribe")
    turn = ask_for_turn(call, "crier", ben, by=PersonFactory(is_steward=True))
    client.force_login(ben)

    client.post(turn.get_absolute_url(), {"pass": "yes"})

    assert "This is not asked of you any more." in words_of(read(client, turn.get_absolute_url()))
    assert turns()[0] == ("Ben", "crier", "declined")


def test_manager_asks_somebody_and_is_told_when_the_role_is_taken(client, ada, ben, call):
    client.force_login(ada)
    assert "Ask somebody" in words_of(read(client, path("call_roles", call.pk)))

    asked = client.post(path("ask_for_turn", call.pk), {"role": "scribe", "person": ben.pk}, follow=True)
    assert "Ben was asked." in said(asked)
    assert "No longer ask" in said(asked)
    take_turn(call, "crier", by=ben)
    taken = client.post(path("ask_for_turn", call.pk), {"role": "crier", "person": ada.pk})
    assert (taken.status_code, "Ben is crier at this call." in said(taken)) == (400, True)
    mine = client.post(path("ask_for_turn", call.pk), {"role": "moderator", "person": ada.pk}, follow=True)
    assert "You are moderator at this call." in said(mine)


def test_rota_shows_who_is_next_and_why_and_takes_ones_own_wish(client, lantern, ada, ben, call):
    client.force_login(ben)
    page = words_of(read(client, path("rota", lantern.slug)))
    assert "The charter does not say which roles calls have; these are the usual ones." in page
    assert "Add a role" not in page

    saved = client.post(path("rota", lantern.slug), {"roles": ["scribe"]}, follow=True)

    assert "Noted. Thank you." in said(saved)
    assert "Scribe: Ben next in line has not been scribe yet; the call is at 16:00 there" in said(saved)
    assert [one.role.key for one in Willing.objects.all()] == ["scribe"]
    assert client.post(path("rota", lantern.slug), {"roles": ["juggler"]}).status_code == 400


def test_manager_adds_renames_and_does_without_roles(client, lantern, ada):
    client.force_login(ada)
    added = client.post(
        path("add_call_role", lantern.slug), {"name": XSS, "duties": "Minds it.", "is_needed": "on"}, follow=True
    )
    assert XSS not in added.content.decode()
    again = client.post(path("add_call_role", lantern.slug), {"name": XSS})
    assert (again.status_code, "There is a call role of this name already." in said(again)) == (400, True)
    change = path("change_call_role", lantern.slug, "crier")
    assert 'value="crier"' in read(client, change)

    client.post(change, {"name": "herald", "duties": "Cries."})

    role = CallRole.objects.get(key="crier")
    assert (role.name, role.is_on, role.is_needed) == ("herald", False, False)
    assert "our calls do without it" in words_of(read(client, path("rota", lantern.slug)))
    bad = client.post(change, {"name": "\u200b", "duties": ""})
    assert (bad.status_code, "Please say what the role is called." in said(bad)) == (400, True)
    assert client.get(path("change_call_role", lantern.slug, "juggler")).status_code == 404


def test_announcement_is_looked_at_kept_and_sent_from_one_page(client, ada, ben, call):
    client.force_login(ada)
    page = path("announcement", call.pk)
    assert "Lantern Working Group: call on Wed 9 Dec 2026, 16:00" in words_of(read(client, page))
    words = {"number": 1, "subject": "Come on {day}", "body": f"Hello {XSS}\n\n- one\n- two"}

    looked = client.post(page, {**words, "look": "yes"})
    assert "Come on Wed 9 Dec 2026" in said(looked)
    assert "<li>one</li><li>two</li>" in looked.content.decode()
    assert XSS not in looked.content.decode()
    assert not Announcement.objects.exists()
    wrong = client.post(page, {**words, "body": "{wenn}", "send": "yes"})
    assert (wrong.status_code, "stands for nothing here" in said(wrong)) == (400, True)
    client.post(page, {**words, "keep": "yes"})
    assert "Come on {day}" in read(client, page)
    sent = client.post(page, {**words, "send": "yes"}, follow=True)

    assert "The call is announced. Mails are on their way." in said(sent)
    assert "What was sent" in said(sent)
    client.force_login(ben)
    theirs = read(client, page)
    assert "Come on Wed 9 Dec 2026" in theirs
    assert "Send it to everybody" not in theirs


def test_what_somebody_wrote_is_not_lost_when_it_was_sent_meanwhile(client, ada, ben, call):
    client.force_login(ada)
    send_announcement(call, number=1, subject="First", body="First words", by=ada)
    words = {"number": 1, "subject": "Mine", "body": "My words"}

    late = client.post(path("announcement", call.pk), {**words, "send": "yes"})
    unsaid = client.post(path("announcement", call.pk), {**words, "number": 2, "send": "yes"})

    assert (late.status_code, unsaid.status_code) == (400, 400)
    assert "This announcement was sent already." in said(late)
    assert "My words" in late.content.decode()
    assert 'name="number" value="2"' in late.content.decode()
    assert "Please say that everybody shall get another mail." in said(unsaid)
    assert Announcement.objects.count() == 1
    client.post(path("announcement", call.pk), {**words, "number": 2, "again": "on", "send": "yes"})
    assert Announcement.objects.filter(sent_at__isnull=False).count() == 2


def test_words_of_a_group_are_changed_and_put_back(client, lantern, ada):
    client.force_login(ada)
    page = path("announcement_text", lantern.slug)
    assert "{open roles}" in read(client, page)

    client.post(page, {"subject": "Lamps", "body": "{when}"})
    assert AnnouncementText.objects.get().subject == "Lamps"
    bad = client.post(page, {"subject": "Lamps", "body": "{wenn}"})
    assert bad.status_code == 400
    client.post(page, {"back": "yes"})

    assert not AnnouncementText.objects.exists()


def test_own_turns_stand_on_the_desk(client, lantern, ada, ben, call):
    take_turn(call, "scribe", by=ben)
    ask_for_turn(next_meeting(lantern, number=1), "crier", ben, by=ada)
    client.force_login(ben)

    page = words_of(read(client, "/me/"))

    assert "Your turns at calls" in page
    assert "Scribe · Lantern Working Group" in page
    assert "Would you be crier? · Lantern Working Group" in page


def test_rota_proposes_nobody_who_is_away_on_the_day_of_the_call_and_names_no_reason(client, lantern, ada, ben, call):
    can(ada, lantern, "scribe")
    can(ben, lantern, "scribe")
    later = next_meeting(lantern, number=1)

    def proposed() -> list[str]:
        rota = rota_for(lantern, [call, later])
        found = [one for meeting in (call, later) for one in rota.of(meeting) if one.role.key == "scribe"]
        return [one.person.name for one in found]

    before = proposed()
    first = next(one for one in (ada, ben) if one.name == before[0])
    say_away(first, first_day=call.starts.date(), last_day=call.starts.date(), shown=False)

    assert proposed() == before[::-1]
    client.force_login(ben)
    assert "away" not in words_of(read(client, path("rota", lantern.slug)))
    assert Absence.objects.get().person == first


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_many_queries_for_many_as_for_one(lantern, ada, call, rows, django_assert_num_queries):
    people = [join(PersonFactory(), lantern) for _number in range(rows)]
    for person in people:
        can(person, lantern)
    for key, person in zip(("moderator", "scribe", "crier"), people, strict=False):
        take_turn(call, key, by=person)
    for number in range(1, rows):
        take_turn(next_meeting(lantern, number=number), "scribe", by=ada)

    with django_assert_num_queries(2):
        roles_at(call)
    with django_assert_num_queries(5):
        rota_lines(lantern, now=timezone.now(), count=rows)
    with django_assert_num_queries(10):
        call_roles_page(call, ada, now=timezone.now())
    with django_assert_num_queries(1):
        list(turns_of(people[0], now=timezone.now())[:6])
