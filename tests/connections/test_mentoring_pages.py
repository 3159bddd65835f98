"""Mentoring over its pages: from a programme to a reflection, and what each of them must not tell."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from folkmoot.connections.actions.interests import keep_apart
from folkmoot.connections.models.mentoring import ClosingReflection, MentorPair, PairCheckIn, PairNote
from folkmoot.connections.models.mentoring_programmes import MentoringProgramme
from folkmoot.connections.panels.mentoring import pairs_that_wait, way
from folkmoot.groups.models import Power
from folkmoot.organisation.queries import today_here
from tests.factories.connections.mentoring import mentee, mentor, pair, programme
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
HERE = "/connections/mentoring/"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    return group()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def send(client: Client, path: str, status: int = 302, **data: object) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def test_from_a_programme_to_a_pair(clock, lantern):
    lead = signed_in(join(PersonFactory(name="Lead"), lantern, Power.MANAGE))
    ann, ben = (signed_in(join(PersonFactory(name=name), lantern)) for name in ("Ann", "Ben"))
    today = today_here()
    days = {"opens_on": 0, "closes_on": 7, "starts_on": 8, "ends_on": 100}
    given = {name: (today + timedelta(days=n)).isoformat() for name, n in days.items()}
    given |= {"where": lantern.slug, "name": "Lanterns", "purpose": "To find the way.", "for_whom": "group"}

    odd = send(lead, f"{HERE}new/", 400, **{**given, "closes_on": "2026-11-01"}, weeks=2, most_each=1)
    assert "close before they open" in odd
    send(lead, f"{HERE}new/", **given, weeks=2, most_each=1)
    of = f"{HERE}{MentoringProgramme.objects.get().pk}/"
    send(lead, f"{of}change/", **given, weeks=3, most_each=1)
    assert "every 3 weeks" in page(ann, of)
    send(ann, f"{of}apply/mentor/", subjects="Maps\nCompasses", words="Gladly.", room=1, shows="on", language_0="en")
    offered = page(ben, f"{of}apply/mentee/")
    assert "Maps, Compasses" in offered
    assert "Nobody reads it" in offered
    wish = re.search(r'<option value="(\d+)">Ann', offered)[1]
    assert "at least one thing" in send(ben, f"{of}apply/mentee/", 400, subjects="", words="To read.")
    send(ben, f"{of}apply/mentee/", subjects="maps", words="To read.", wish_1=wish)
    assert f'<option value="{wish}" selected>' in page(ben, f"{of}apply/mentee/")
    assert "same chance" in page(lead, f"{of}pairs/")

    clock.shift(timedelta(days=8))
    suggested = page(lead, f"{of}pairs/")
    assert "Ann can help with “maps” and 12 hours of a weekday suit both." in suggested
    send(lead, f"{of}pairs/", all="yes", pair=re.search(r'name="pair" value="([\d-]+)"', suggested)[1])
    its = MentorPair.objects.get().get_absolute_url()
    assert "Somebody for you" in page(ben, "/connections/")
    assert "Somebody for you" in page(ben, "/me/")
    assert "Gladly." in page(ben, its)
    assert "To read." in page(ann, its)
    for client in (ann, ben):
        send(client, f"{its}answer/", answer="yes")

    assert "Only the two of you can open this page." in page(ben, its)


def test_page_of_a_pair_from_goals_to_a_reflection(clock, lantern):
    lead = signed_in(join(PersonFactory(name="Lead"), lantern, Power.MANAGE))
    of = programme("running", lantern)
    made = pair(mentor(of), mentee(of))
    PairCheckIn.objects.create(pair=made, person=made.mentee.person, moment="month", asked_at=timezone.now())
    ann, ben = (signed_in(person) for person in made.people)
    its = made.get_absolute_url()

    time = re.search(r'name="time" value="([^"]+)"', page(ben, its))[1]
    assert "choose one of the times" in send(ben, f"{its}next/", 400, minutes=45)
    send(ben, f"{its}next/", time=time, minutes=45)
    file = ben.get(f"{its}next.ics").content.decode()
    assert f"DTSTART;TZID=Europe/Lisbon:{time.replace('-', '').replace(':', '')}00" in file
    send(ben, f"{its}next/", none="yes")
    assert ben.get(f"{its}next.ics").status_code == 404
    send(ben, f"{its}goals/", goals="To read maps.", weeks=1, was="")
    assert "has changed this meanwhile" in send(ann, f"{its}goals/", 400, goals="Else", weeks=1, was="")
    send(ben, f"{its}met/", held_on=today_here().isoformat(), words="Learned a lot.")
    assert "not one to come" in send(ben, f"{its}met/", 400, held_on="2030-01-01")
    assert "Learned a lot." in page(ann, its)
    assert "How does it go with your pair?" in page(ben, "/me/")
    send(ben, f"{its}check-in/", answer="attention")
    seen = page(lead, f"{HERE}{of.pk}/pairs/")
    assert "needs attention" in seen
    assert "Learned" not in seen

    assert "not by whose wish" in page(ann, f"{its}end/")
    send(ann, f"{its}end/", looks_again="on")
    send(ben, f"{HERE}{of.pk}/again/mentee/", wants="yes")
    send(ben, f"{its}reflection/", words="I read maps now.", shared="quote")
    send(ann, f"{its}reflection/", words="Gone.", shared="me")
    send(ann, f"{its}reflection/", none="yes")
    assert "I read maps now." in page(ben, its)
    assert "I read maps now." not in page(lead, f"{HERE}{of.pk}/")
    clock.move_to("2027-11-23T12:00Z")
    assert "I read maps now." in page(signed_in(PersonFactory()), f"{HERE}{of.pk}/")
    assert (PairNote.objects.count(), ClosingReflection.objects.count()) == (1, 1)


def test_not_this_pairing_and_kept_apart_leave_the_same_page(lantern):
    lead = signed_in(join(PersonFactory(name="Lead"), lantern, Power.MANAGE))
    of = programme("matching", lantern)
    offer, wish = mentor(of, PersonFactory(name="Ann")), mentee(of, PersonFactory(name="Ben"))
    its = f"{HERE}{of.pk}/pairs/"
    assert "Ask this pair" in page(lead, its)

    keep_apart(wish.person, offer.person)
    apart = page(lead, its)
    send(lead, its, **{"mentee": wish.pk, f"for-{wish.pk}-mentor": offer.pk})
    assert "somebody else may have been quicker" in page(lead, its)

    assert not MentorPair.objects.exists()
    assert "Nobody who could help with it has room, hours and a language in common with them." in apart
    assert "apart" not in apart.partition("<main")[2].lower()
    wish.person.apart_from.all().delete()
    declined = pair(offer, wish, "asked")
    assert "Nobody has been asked yet." not in page(lead, its)
    send(signed_in(wish.person), f"{declined.get_absolute_url()}answer/", answer="no", reason="Hours", tells="on")
    asked_before = page(lead, its)
    assert "“Hours”" in asked_before
    assert "Nobody who could help with it has room, hours and a language in common with them." in asked_before


def test_lists_ask_no_more_for_more_rows(lantern, django_assert_num_queries):
    lead = join(PersonFactory(), lantern, Power.MANAGE)
    of, client = programme("running", lantern), signed_in(lead)
    client.get("/")

    def grow(number: int) -> None:
        for _n in range(number):
            pair(mentor(of, PersonFactory(), "Knots"), mentee(of), place=1)
            mentor(of, PersonFactory(), "Maps", room=1)
            mentee(of, PersonFactory(), "maps")
            pair(mentor(programme("running"), lead), mentee(of), "asked")

    expected = {HERE: 5, f"{HERE}{of.pk}/pairs/": 16}
    request = RequestFactory().get("/", headers={"cookie": "sessionid=x"})
    request.user = lead
    for more in (1, 2):
        grow(more)
        with django_assert_num_queries(2):
            assert way(request, lantern)
        with django_assert_num_queries(1):
            assert pairs_that_wait(request)
        for path, queries in expected.items():
            with django_assert_num_queries(queries, info=path):
                client.get(path)


def test_whoever_runs_it_and_is_one_of_a_pair_reads_nothing_of_the_other_one(lantern):
    """`It needs attention` is not told to the other one of a pair, nor why somebody said no, whatever they lead."""
    lead, second = (join(PersonFactory(), lantern, Power.MANAGE) for _n in range(2))
    of = programme("running", lantern)
    runs = pair(mentor(of, lead, room=2), mentee(of))
    PairCheckIn.objects.create(
        pair=runs,
        person=runs.mentee.person,
        moment="month",
        asked_at=timezone.now(),
        answer="attention",
        answered_at=timezone.now(),
    )
    declined = mentee(of)
    pair(runs.mentor, declined, "unmade", place=2, reason="Canary", reason_by=declined.person)

    shown = {who: page(signed_in(who), f"{HERE}{of.pk}/pairs/") for who in (lead, second)}

    assert [("needs attention" in shown[who], "Canary" in shown[who]) for who in (lead, second)] == [
        (False, False),
        (True, True),
    ]


def test_whoever_left_the_group_can_still_take_their_application_back(lantern):
    of = programme("open", lantern, for_whom="group")
    ann = mentor(of).person
    client = signed_in(ann)

    shown = page(client, f"{HERE}{of.pk}/")
    send(client, f"{HERE}{of.pk}/withdraw/mentor/")

    assert ("Withdraw" in shown, "Change it" in shown) == (True, False)
    assert not of.applications.exists()


def test_goals_that_both_changed_at_once_can_be_put_together_without_a_dead_end(lantern):
    of = programme("running", lantern)
    its = pair(mentor(of), mentee(of), goals="Theirs", goals_by=None)
    client, path = signed_in(its.mentee.person), f"{its.get_absolute_url()}goals/"

    stale = send(client, path, 400, goals="Mine", weeks=2, was="")
    send(client, path, goals="Theirs and mine", weeks=2, was=re.search(r'name="was" value="([^"]*)"', stale)[1])

    its.refresh_from_db()
    assert its.goals == "Theirs and mine"


def test_answer_without_a_word_is_no_no_and_an_old_mail_leads_to_the_programme(lantern):
    its = pair(mentor(programme("matching", lantern)), mentee(programme("matching", lantern)), "asked")
    client, path = signed_in(its.mentee.person), its.get_absolute_url()

    send(client, f"{path}answer/", 400)
    its.refresh_from_db()
    before = its.state
    send(client, f"{path}answer/", answer="no")

    assert before == "asked"
    for again in (client.get(path), client.post(f"{path}answer/", {"answer": "no"})):
        assert (again.status_code, again.url) == (302, its.programme.get_absolute_url())
    assert signed_in(PersonFactory()).get(path).status_code == 404
