"""Joint calls on pages: what people of a group that joins may do, and how those who lead invite, answer and end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.actions import end_participation
from folkmoot.groups.facts import RoleLeft
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    answer_joining,
    ask_to_join,
    end_joining,
    record_attendance,
    request_item,
    settle_series_place,
)
from folkmoot.meetings.actions.agenda import ItemWords
from folkmoot.meetings.actions.call_roles import bring_roles_in_order
from folkmoot.meetings.actions.turns import take_turn
from folkmoot.meetings.attendance_reading import calls_to_ask_about
from folkmoot.meetings.attendance_rules import may_see_who_was_there
from folkmoot.meetings.call_roles_reading import roles_of
from folkmoot.meetings.joint_page import CALLS_NAMED
from folkmoot.meetings.models import JointCall, JointState, Source, Turn, TurnState
from folkmoot.meetings.reactions import free_turns
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TOGETHER_QUERIES = 7


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation()
    return freeze("2026-11-26T10:00Z")


@pytest.fixture
def lantern():
    return meeting_group()


@pytest.fixture
def oak():
    return meeting_group(said("FREQ=WEEKLY;BYDAY=FR", first="2025-01-10", zone="Europe/Berlin"), name="Oak")


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(name="Chair"), lantern, Power.MANAGE)


@pytest.fixture
def guest_chair(oak):
    return join(PersonFactory(name="Guest chair"), oak, Power.MANAGE)


def make_joint(lantern, oak):
    return answer_joining(ask_to_join(lantern, oak, position=0, by=system()), agrees=True, by=system())


def shown(client, path) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_people_of_a_group_that_joins_take_part_in_the_call_and_those_of_others_do_not(
    client, lantern, oak, chair, clock
):
    settle_series_place(
        lantern, 0, join_link="https://meet.example.org/x?pwd=s3cret", venue="", address="", venue_notes="",
        venue_is_public=False, by=chair,
    )  # fmt: skip
    bring_roles_in_order(lantern)
    role = roles_of(lantern)[0].key
    person = join(PersonFactory(), oak, Power.OBSERVE)
    call = next_meeting(lantern)
    words = ItemWords(title="Our common budget")

    def tries():
        client.force_login(person)
        fresh = lantern.meetings.get(pk=call.pk)
        answers = {"link": "s3cret" in shown(client, call.get_absolute_url())}
        for name, act in {
            "item": lambda: request_item(fresh, words, by=person),
            "turn": lambda: take_turn(fresh, role, by=person),
        }.items():
            try:
                act()
            except Refused as refused:
                assert refused.code == "forbidden"
                answers[name] = False
            else:
                answers[name] = True
        answers["names"] = bool(may_see_who_was_there(person, fresh))
        return answers

    before = tries()
    make_joint(lantern, oak)
    after = tries()

    assert before == dict.fromkeys(("link", "item", "turn", "names"), False)
    assert after == dict.fromkeys(("link", "item", "turn", "names"), True)
    clock.move_to(call.starts_at + dt.timedelta(minutes=5))
    assert calls_to_ask_about(person, [oak], now=timezone.now()) == [call]
    record_attendance(call, person, source=Source.TAP, by=person)
    assert calls_to_ask_about(person, [oak], now=timezone.now()) == []
    assert call.attendances.get().person == person


@pytest.mark.parametrize("how", ["the joining ends", "they leave their group"])
def test_turn_of_somebody_who_is_of_no_group_of_the_call_any_more_is_free_again(how, lantern, oak):
    bring_roles_in_order(lantern)
    joint = make_joint(lantern, oak)
    person, other = join(PersonFactory(), oak), join(PersonFactory(), lantern)
    call, second, *_rest = lantern.meetings.filter(starts_at__gt=timezone.now()).order_by("starts_at")
    take_turn(call, "scribe", by=person)
    take_turn(second, "scribe", by=other)

    for _time in range(2):
        if how == "the joining ends":
            end_joining(joint, by=system())
        else:
            end_participation(person.participations.get(), by=system())
            free_turns(Entry.objects.filter(kind=RoleLeft.kind).latest("pk"))

    assert list(Turn.objects.filter(state=TurnState.TAKEN)) == [Turn.objects.get(person=other)]


def test_both_groups_have_the_call_on_their_page_in_their_feed_and_at_home(client, lantern):
    oak = meeting_group(name="Oak")
    one, other = (join(PersonFactory(), group) for group in (lantern, oak))
    make_joint(lantern, oak)
    call = next_meeting(lantern)
    at_home = '<bdi>Lantern Working Group</bdi><br><span class="quiet">Together with Oak.</span>'

    for group, person, name in ((lantern, one, "Oak"), (oak, other, "Lantern Working Group")):
        client.logout()
        feed = client.get(f"/groups/{group.slug}/calendar.ics").content.decode().replace("\r\n ", "")
        assert feed.count("Together with Oak from 26 November 2026 on.") == 1
        client.force_login(person)
        for page, words in ((group.get_absolute_url(), f"Together with {name}."), ("/me/", at_home)):
            html = shown(client, page)
            assert (page, f'href="{call.get_absolute_url()}"' in html, words in html) == (page, True, True)


def test_call_says_with_whom_it_is_on_all_pages_that_have_it(client, lantern, oak):
    call = next_meeting(lantern)
    alone = shown(client, call.get_absolute_url())
    make_joint(lantern, oak)

    assert 'id="together"' not in alone
    assert "together with <a href" in shown(client, call.get_absolute_url())
    assert "Together with Oak." in shown(client, f"/groups/{lantern.slug}/meetings/")
    assert "Together with Lantern Working Group." in shown(client, f"/groups/{oak.slug}/meetings/")
    assert "Together with Oak." in shown(client, lantern.get_absolute_url())
    assert "Together with Oak." in client.get(f"/meetings/{call.pk}.ics").content.decode()


def test_who_leads_invites_and_who_leads_the_other_answers_by_a_button_and_ends_it(
    client, lantern, oak, chair, guest_chair
):
    client.force_login(chair)
    assert "holds its calls alone" in shown(client, f"/groups/{lantern.slug}/meetings/together/")
    form = f"/groups/{lantern.slug}/meetings/together/new/"
    assert "All calls: Every second Wednesday" in shown(client, form)
    wrong = client.post(form, {"group": oak.pk, "calls": "series:0", "from_day": "2026-11-01"})
    assert (wrong.status_code, "name today or a later day" in wrong.content.decode()) == (400, True)

    client.post(form, {"group": oak.pk, "calls": "series:0", "from_day": "2026-12-20"})

    joint = JointCall.objects.get()
    page = f"/joint-calls/{joint.pk}/"
    assert "has not answered yet" in shown(client, page)
    assert client.post(page, {"answer": "yes"}).status_code == 403
    client.force_login(guest_chair)
    assert "Waiting for an answer" in shown(client, f"/groups/{oak.slug}/meetings/together/")
    assert "Yes, we join" in shown(client, f"{page}?answer=yes")
    joint.refresh_from_db()
    assert joint.state == JointState.ASKED
    assert client.post(page, {"answer": "perhaps"}).status_code in (400, 409)
    client.post(page, {"answer": "yes"})
    joint.refresh_from_db()
    assert joint.state == JointState.AGREED
    assert "These calls are held together" in shown(client, page)
    assert client.post(f"{page}end/", {"from_day": "2020-01-01"}).status_code == 400
    client.post(f"{page}end/", {"from_day": "2027-01-10"})
    joint.refresh_from_db()
    assert joint.last_day == dt.date(2027, 1, 9)


def test_page_of_a_call_leads_those_who_lead_to_inviting_a_group_to_it(client, lantern, oak, chair, guest_chair):
    assert oak.meetings.filter(starts_at__gt=timezone.now()).count() > CALLS_NAMED
    far = oak.meetings.filter(starts_at__gt=timezone.now()).order_by("starts_at").last()
    link = f"/groups/{oak.slug}/meetings/together/new/?calls=call:{far.pk}"
    assert link not in shown(client, far.get_absolute_url())
    client.force_login(chair)
    assert link not in shown(client, far.get_absolute_url())
    client.force_login(guest_chair)
    assert link in shown(client, far.get_absolute_url())

    assert f'value="call:{far.pk}" selected' in shown(client, link)
    client.post(link, {"group": lantern.pk, "calls": f"call:{far.pk}"})

    assert JointCall.objects.get().meeting == far
    others = ("call:0", "call:x", "call:²", f"call:{'9' * 400}", "series:99")
    assert [client.get(f"{link.partition('=')[0]}={one}").status_code for one in others] == [200] * 5


def test_one_call_is_invited_to_and_the_invitation_taken_back(client, lantern, oak, chair):
    client.force_login(chair)
    call = next_meeting(lantern)

    client.post(f"/groups/{lantern.slug}/meetings/together/new/", {"group": oak.pk, "calls": f"call:{call.pk}"})
    joint = JointCall.objects.get()
    assert "Take the invitation back" in shown(client, f"/joint-calls/{joint.pk}/end/")
    client.post(f"/joint-calls/{joint.pk}/end/")

    joint.refresh_from_db()
    assert (joint.meeting, joint.state) == (call, JointState.CALLED_OFF)


def test_list_of_calls_takes_as_many_queries_for_one_as_for_three_joined(
    client, lantern, oak, django_assert_num_queries
):
    from folkmoot.meetings.queries import upcoming_meetings

    elm, ash = meeting_group(name="Elm"), meeting_group(name="Ash")
    make_joint(lantern, oak)

    with django_assert_num_queries(2):
        assert [one.joined for one in upcoming_meetings(lantern, now=timezone.now())][:1] == [[oak]]
    make_joint(lantern, elm)
    make_joint(lantern, ash)
    with django_assert_num_queries(2):
        assert [one.joined for one in upcoming_meetings(lantern, now=timezone.now())][:1] == [[ash, elm, oak]]


def test_page_of_what_is_held_together_takes_as_many_queries_for_one_as_for_three(
    client, lantern, oak, chair, django_assert_num_queries
):
    client.force_login(chair)
    path = f"/groups/{lantern.slug}/meetings/together/"
    elm, ash = meeting_group(name="Elm"), meeting_group(name="Ash")
    make_joint(lantern, oak)
    client.get(path)

    with django_assert_num_queries(TOGETHER_QUERIES):
        assert shown(client, path).count("Every second Wednesday") == 1
    make_joint(elm, lantern)
    ask_to_join(lantern, ash, meeting=next_meeting(lantern), by=system())
    with django_assert_num_queries(TOGETHER_QUERIES):
        assert shown(client, path).count("Every second Wednesday") == 2
