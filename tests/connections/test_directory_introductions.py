"""Introductions: asked for, answered by whoever is asked, and ended without a word by whoever is not there."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from folkmoot.connections.actions import directory_introductions as actions
from folkmoot.connections.actions.directory import be_found, stop_being_found
from folkmoot.connections.actions.directory_introductions import (
    Reach,
    ask_introduction,
    end_unanswered,
    forget_introductions,
    say_not_now,
    say_yes,
    suggest_introduction,
    withdraw_introduction,
)
from folkmoot.connections.actions.interests import keep_apart
from folkmoot.connections.models.directory import Introduction
from folkmoot.connections.queries.directory import circle_of
from folkmoot.connections.tasks.directory import end_introductions
from folkmoot.groups.models import GroupState
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people
from folkmoot.people.circles import share_a_circle
from folkmoot.people.person_data import PERSON_DATA
from tests.availability.test_races import recording_is_left_out
from tests.calendar.test_races import RUNNERS, race
from tests.factories import groups
from tests.factories.connections.directory import found
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

BY_MAIL = Reach(mail=True)


def cast(*names: str):
    """People of these names, all in the directory."""
    organisation()
    return [found(PersonFactory(name=name, email=f"{name.lower()}@example.org"), helps=[f"{name}s"]) for name in names]


def ask(asker, asked, why="We both like maps.", reach=BY_MAIL):
    return ask_introduction(asked, why=why, reach=reach, by=asker)


def told(kind: str = "") -> list[tuple[str, str, str]]:
    """Who was told what, by name, kind and subject, of introductions."""
    rows = Telling.objects.filter(topic="introductions", kind__contains=kind).order_by("pk")
    return [(row.person.name, row.kind.rpartition(".directory_")[2], row.subject) for row in rows]


def refused(act) -> str:
    with pytest.raises(Refused) as info:
        act()
    return info.value.code


def page_of(client, reader, introduction) -> str:
    client.force_login(reader)
    shown = client.get(reverse("introduction", args=[introduction.pk])).content.decode()
    return shown[shown.index("How ") : shown.index("What they got from you")]


@pytest.mark.django_db
def test_two_who_both_say_yes_get_what_the_other_chose_and_nothing_else(client):
    ada, ben = cast("Ada", "Ben")
    asked = ask(ada, ben)
    assert told() == [("Ben", "introduction_asked", "Ada asks to be introduced to you")]
    words = Telling.objects.get().text
    assert ("We both like maps." in words, ada.email in words, share_a_circle(ada, ben)) == (True, False, False)

    say_yes(asked, reach=Reach(words="@ben in the chat"), by=ben)

    texts = {row.person.name: row.text for row in Telling.objects.filter(kind="connections.directory_introduced")}
    assert set(texts) == {"Ada", "Ben"}
    assert ("@ben in the chat" in texts["Ada"], ben.email in texts["Ada"]) == (True, False)
    assert (ada.email in texts["Ben"], "@ben" in texts["Ben"]) == (True, False)
    assert (share_a_circle(ada, ben), circle_of(ada), circle_of(ben)) == (True, {ben.pk}, {ada.pk})
    facts = Entry.objects.filter(kind__contains="introduction").order_by("pk")
    assert [(one.kind, one.actor, one.about, one.payload) for one in facts] == [
        ("connections.introduction_wished", ada, None, {"introduction_id": asked.pk}),
        ("connections.introduction_answered", ben, None, {"introduction_id": asked.pk, "state": "introduced"}),
    ]
    assert ada.email in page_of(client, ben, asked)
    keep_apart(ben, ada)
    assert not share_a_circle(ada, ben)
    assert [ada.email in page_of(client, ben, asked), "@ben in the chat" in page_of(client, ada, asked)] == [
        False,
        True,
    ]


@pytest.mark.django_db
def test_day_on_which_it_ends_is_that_of_the_readers_own_clock(freeze):
    freeze("2026-11-23T12:00Z")
    ada, ben = cast("Ada", "Ben")
    ben.zone = "Pacific/Auckland"
    ben.save()

    ask(ada, ben)

    assert "it ends by itself on 15 December 2026" in Telling.objects.get().text


@pytest.mark.django_db
def test_not_now_is_told_kindly_and_nobody_is_asked_again_for_ninety_days(freeze):
    now = timezone.now().replace(microsecond=0)
    freeze(now)
    ada, ben, eve = cast("Ada", "Ben", "Eve")
    asked = ask(ada, ben)

    say_not_now(asked, by=ben)

    asked.refresh_from_db()
    assert (asked.state, asked.why, asked.asker_mail) == ("not_now", "", False)
    assert told("not_now") == [("Ada", "not_now", "An introduction to Ben: not now")]
    assert refused(lambda: ask(ada, ben)) == "forbidden"
    assert ask(ben, ada).is_open
    assert ask(ada, eve).is_open
    withdraw_introduction(Introduction.objects.get(asker=ben), by=ben)
    freeze(now + timedelta(days=89))
    assert refused(lambda: ask(ada, ben)) == "forbidden"
    freeze(now + timedelta(days=90))
    assert forget_introductions() == 2
    assert ask(ada, ben).is_open


@pytest.mark.django_db
def test_silence_ends_it_after_three_weeks_and_is_told_once(freeze):
    now = timezone.now()
    freeze(now)
    ada, ben = cast("Ada", "Ben")
    asked = ask(ada, ben)
    freeze(now + timedelta(days=21, seconds=-1))
    assert end_unanswered() == 0
    freeze(now + timedelta(days=21))

    for _twice in range(2):
        end_introductions.call()

    assert told("unanswered") == [("Ada", "unanswered", "An introduction to Ben: no answer came")]
    assert refused(lambda: say_yes(asked, reach=BY_MAIL, by=ben)) == "answered"
    assert refused(lambda: ask(ada, ben)) == "forbidden"


@pytest.mark.django_db
def test_asking_has_its_limits_and_who_is_not_there_cannot_be_asked(freeze):
    now = timezone.now()
    freeze(now)
    ada, ben, eve, fay, gus = cast("Ada", "Ben", "Eve", "Fay", "Gus")
    away = PersonFactory()
    keep_apart(gus, ada)
    held = PersonFactory(is_active=False)

    assert {one: refused(lambda one=one: ask(ada, one)) for one in (gus, away, ada)} == dict.fromkeys(
        (gus, away, ada), "not_found"
    )
    assert refused(lambda: ask(held, ben)) == "forbidden"
    assert refused(lambda: ask(ada, ben, why=" ")) == "invalid"
    assert refused(lambda: ask(ada, ben, why="x" * 601)) == "invalid"
    assert refused(lambda: ask(ada, ben, reach=Reach())) == "no_way"
    assert refused(lambda: ask(found(PersonFactory(email=None), cares=["Oil"]), ben)) == "no_way"
    first = ask(ada, ben)
    assert (refused(lambda: ask(ada, ben)), refused(lambda: ask(ben, ada))) == ("forbidden", "forbidden")
    for one in (eve, fay):
        ask(ada, one)
    hal = found(PersonFactory(name="Hal"), cares=["Oil"])
    assert refused(lambda: ask(ada, hal)) == "forbidden"
    for _twice in range(2):
        withdraw_introduction(first, by=ada)
    assert refused(lambda: ask(ada, hal)) == "forbidden"
    freeze(now + timedelta(days=7))
    assert (refused(lambda: ask(ada, ben)), ask(ada, hal).is_open) == ("forbidden", True)
    assert [name for name, *_rest in told()] == ["Ben", "Eve", "Fay", "Hal"]


@pytest.mark.django_db
def test_only_the_one_who_is_asked_answers_and_only_the_asker_takes_it_back():
    """The table of who may do what with an introduction that Ada asked Ben for."""
    ada, ben, eve = cast("Ada", "Ben", "Eve")
    steward = PersonFactory(is_steward=True)
    asked = ask(ada, ben)
    acts = {
        "yes": lambda who: say_yes(asked, reach=BY_MAIL, by=who),
        "not now": lambda who: say_not_now(asked, by=who),
        "take back": lambda who: withdraw_introduction(asked, by=who),
    }

    found_codes = {
        (name, who.name): refused(lambda act=act, who=who: act(who))
        for name, act in acts.items()
        for who in (ada, ben, eve, steward)
        if (name, who) not in {("yes", ben), ("not now", ben), ("take back", ada)}
    }

    strangers = {(name, who.name): "forbidden" for name in acts for who in (eve, steward)}
    assert found_codes == strangers | {
        ("yes", "Ada"): "answered",
        ("not now", "Ada"): "answered",
        ("take back", "Ben"): "forbidden",
    }
    say_yes(asked, reach=Reach(), by=ben)
    assert refused(lambda: withdraw_introduction(asked, by=ada)) == "answered"


@pytest.mark.django_db
def test_wish_to_stay_apart_looks_like_silence_to_the_asker_and_like_nothing_to_the_asked(client):
    ada, ben = cast("Ada", "Ben")
    asked = ask(ada, ben)
    stop_being_found(ada, by=ada)
    pages = [reverse("introductions"), reverse("introduction", args=[asked.pk])]

    def looks(person):
        client.force_login(person)
        return [client.get(page) for page in pages]

    before = [page.content.count(b"open until") for page in looks(ada)[:1]]
    looks(ben)
    client.post(reverse("directory_apart", args=[ada.pk]))

    assert [page.content.count(b"open until") for page in looks(ada)[:1]] == before == [1]
    assert [page.status_code for page in looks(ada)] == [200, 200]
    assert [b"Ada" in page.content for page in looks(ben)] == [False, False]
    assert b"not open any more" in looks(ben)[1].content
    assert client.post(pages[1], {"answer": "yes", "mail": "on"}).status_code == 409
    assert refused(lambda: say_yes(asked, reach=BY_MAIL, by=ben)) == "not_found"
    assert [row["state"] for data in PERSON_DATA for row in data.export(ben) if row.get("by") == "Ada"] == ["closed"]
    assert client.post(reverse("directory_apart", args=[ada.pk])).status_code == 302
    end_unanswered(timezone.now() + timedelta(days=22))
    assert told("unanswered") == [("Ada", "unanswered", "An introduction to Ben: no answer came")]


@pytest.mark.django_db
def test_somebody_who_leads_a_group_introduces_two_of_it_and_both_have_to_say_yes():
    ada, ben, mel, far = cast("Ada", "Ben", "Mel", "Far")
    group = groups.group()
    groups.lead(mel, group)
    for one in (ada, ben):
        groups.join(one, group)

    def suggest(one, other, by=mel):
        return suggest_introduction(group, one, other, why="Both of you draw.", by=by)

    assert (refused(lambda: suggest(ada, ben, by=ada)), refused(lambda: suggest(ada, far))) == (
        "forbidden",
        "not_found",
    )
    assert (refused(lambda: suggest(ada, ada)), refused(lambda: suggest(ada, mel))) == ("invalid", "invalid")
    group.state = GroupState.CLOSED
    assert refused(lambda: suggest(ada, ben)) == "forbidden"
    group.state = GroupState.ACTIVE
    made = suggest(ada, ben)
    assert [name for name, *_rest in told()] == ["Ada", "Ben"]
    assert refused(lambda: say_yes(made, reach=Reach(), by=ada)) == "no_way"
    say_yes(made, reach=BY_MAIL, by=ada)
    assert (told("introduced"), circle_of(ada) - {mel.pk}) == ([], {ben.pk})

    say_yes(made, reach=Reach(), by=ben)

    assert [name for name, *_rest in told("introduced")] == ["Ada", "Ben"]
    again = suggest(ben, ada)
    assert (again.mute, told("asked")[2:]) == (True, [])
    say_no = suggest(*(groups.join(one, group) for one in cast("Uma", "Vic")))
    say_yes(say_no, reach=BY_MAIL, by=say_no.asker)
    say_not_now(say_no, by=say_no.asked)
    assert told("not_now") == [
        ("Uma", "not_now", "An introduction to Vic: not now"),
        ("Mel", "not_now", "An introduction to Uma and Vic: not now"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("apart", [False, True])
def test_the_same_two_are_not_suggested_again_for_ninety_days_whatever_the_reason(freeze, apart):
    now = timezone.now()
    freeze(now)
    ada, ben, mel, noa = cast("Ada", "Ben", "Mel", "Noa")
    group = groups.group()
    for leads in (mel, noa):
        groups.lead(leads, group)
    for one in (ada, ben):
        groups.join(one, group)
    if apart:
        keep_apart(ada, ben)

    def suggest(one, other, by=mel):
        return suggest_introduction(group, one, other, why="Both draw.", by=by)

    first = suggest(ada, ben)
    heard = told()
    assert refused(lambda: suggest(ben, ada)) == "suggested"
    withdraw_introduction(first, by=mel)
    assert refused(lambda: suggest(ben, ada)) == "suggested"
    assert (suggest(ben, ada, by=noa).mute, told()) == (True, heard)
    freeze(now + timedelta(days=90))
    assert suggest(ben, ada).is_open


@pytest.mark.django_db
def test_suggestion_goes_with_whoever_made_it_rather_than_read_as_a_wish_of_one_of_the_two(client):
    ada, ben, eve, mel = cast("Ada", "Ben", "Eve", "Mel")
    group = groups.group()
    groups.lead(mel, group)
    for one in (ada, ben, eve):
        groups.join(one, group)
    waits, done = (suggest_introduction(group, ada, other, why="Mel says so.", by=mel) for other in (ben, eve))
    for one in (ada, eve):
        say_yes(done, reach=BY_MAIL, by=one)

    erase_person(mel, by=mel)

    assert list(Introduction.objects.values_list("pk", "why", "suggested_by")) == [(done.pk, "", None)]
    assert [name for name, *_rest in told()] == ["Ada", "Eve"]
    assert not Telling.objects.filter(text__contains="Mel says so.").exists()
    client.force_login(ben)
    assert client.get(reverse("introduction", args=[waits.pk])).status_code == 404


@pytest.mark.django_db
def test_suggestion_for_two_who_are_not_to_meet_reaches_neither_and_ends_in_silence(client):
    ada, ben, mel = cast("Ada", "Ben", "Mel")
    group = groups.group()
    groups.lead(mel, group)
    for one in (ada, ben):
        groups.join(one, group)
    keep_apart(ada, ben)

    made = suggest_introduction(group, ada, ben, why="Both draw.", by=mel)

    assert told() == []
    for one in (ada, ben):
        client.force_login(one)
        assert client.get(reverse("introduction", args=[made.pk])).status_code == 404
        assert refused(lambda one=one: say_yes(made, reach=BY_MAIL, by=one)) == "not_found"
    exported = [str(row) for data in PERSON_DATA for row in data.export(ada)]
    assert not [row for row in exported if "Both draw" in row]
    end_unanswered(timezone.now() + timedelta(days=22))
    assert told() == [("Mel", "unanswered", "An introduction to Ada and Ben: no answer came")]


@pytest.mark.django_db
def test_introductions_follow_a_merge_and_go_with_either_of_the_two():
    ada, ben, double, eve = cast("Ada", "Ben", "B2", "Eve")
    ask(ada, double)
    ask(double, ben)
    done = ask(ben, eve)
    say_yes(done, reach=Reach(mail=True, words="Write to me about lamps"), by=eve)

    merge_people(ben, double, by=machine())

    assert set(Introduction.objects.values_list("asker__name", "asked__name")) == {
        ("Ada", "Ben"),
        ("Ben", "Eve"),
        ("B2", "Ben"),
    }
    told_rows = [row for data in PERSON_DATA for row in data.export(ben) if "reach" in row]
    assert {(row.get("to"), row.get("by")) for row in told_rows} == {("Eve", None), (None, "Ada"), (None, "B2")}
    assert Telling.objects.filter(person=ben, text__contains="Write to me about lamps").exists()
    erase_person(eve, by=machine())
    assert not Introduction.objects.filter(asked=eve).exists()
    assert not Telling.objects.filter(text__contains="Write to me about lamps").exists()


@pytest.mark.django_db
def test_journey_of_asking_answering_and_reaching_each_other_by_the_pages(client, settle):
    ada, ben = cast("Ada", "Ben")
    client.force_login(ada)
    page = reverse("directory_person", args=[ben.pk])
    assert "Ask to be introduced" in client.get(page).content.decode()
    refused_page = client.post(page, {"why": "Maps, kept as typed"})
    assert (refused_page.status_code, b"kept as typed" in refused_page.content) == (400, True)
    answer = client.post(page, {"why": "Maps", "mail": "on"}, follow=True)
    assert "Ben decides in their own time" in answer.content.decode()
    assert "You have asked already" in client.get(page).content.decode()

    client.force_login(ben)
    assert "Ada" in client.get(reverse("desk")).content.decode()
    assert "One introduction waits for your answer" in client.get(reverse("connections")).content.decode()
    mine = answer.redirect_chain[-1][0]
    assert "Ada asks to be introduced to you" in client.get(mine).content.decode()
    assert client.post(mine, {"answer": "perhaps"}).status_code == 400
    done = client.post(mine, {"answer": "yes", "reach": "@ben"}, follow=True).content.decode()
    assert (ada.email in done, "@ben" in done) == (True, True)
    late = client.post(mine, {"answer": "not_now"})
    assert (late.status_code, "answered already" in late.content.decode()) == (409, True)

    client.force_login(ada)
    done = client.get(mine).content.decode()
    assert ("@ben" in done, ben.email in done) == (True, False)


@pytest.mark.django_db
def test_journey_of_introducing_two_others_by_the_pages(client):
    ada, ben, mel = cast("Ada", "Ben", "Mel")
    group = groups.group()
    groups.lead(mel, group)
    client.force_login(mel)
    page = reverse("introduce", args=[group.slug])
    assert "two people of the group have to be in the directory" in client.get(page).content.decode()
    for one in (ada, ben):
        groups.join(one, group)
    assert page in client.get(reverse("group_connections", args=[group.slug])).content.decode()
    sent = {"one": ada.pk, "other": ada.pk, "why": "Both draw."}
    assert client.post(page, sent).status_code == 400

    answer = client.post(page, sent | {"other": ben.pk}, follow=True)

    assert "Ada and Ben" in answer.content.decode()
    path = answer.redirect_chain[-1][0]
    client.force_login(ben)
    assert "Mel, who leads Lantern Working Group" in client.get(path).content.decode()
    assert client.post(path, {"answer": "not_now"}).url == reverse("introductions")
    assert "not open any more" in client.get(path).content.decode()
    client.force_login(mel)
    assert "It does not come about now" in client.get(path).content.decode()


@pytest.mark.django_db
def test_list_of_introductions_asks_as_much_for_three_as_for_one(client, django_assert_num_queries):
    ada, *others = cast("Ada", "Ben", "Eve", "Fay")
    ask(others[0], ada)
    client.force_login(ada)
    client.get(reverse("introductions"))
    with django_assert_num_queries(5):
        client.get(reverse("introductions"))
    for one in others[1:]:
        ask(one, ada)

    with django_assert_num_queries(5):
        page = client.get(reverse("introductions"))
    assert [one.asker.name for one in page.context["waiting"]] == ["Ben", "Eve", "Fay"]


@pytest.mark.django_db
def test_one_leaves_the_directory_and_what_was_asked_still_waits():
    ada, ben = cast("Ada", "Ben")
    asked = ask(ada, ben)

    stop_being_found(ben, by=ben)

    say_yes(asked, reach=Reach(), by=ben)
    assert Introduction.objects.get().state == "introduced"
    be_found(ben, seen={"helps": "groups"}, by=ben)
    assert refused(lambda: ask(ada, ben)) == "forbidden"


@pytest.mark.django_db(transaction=True)
def test_of_several_answers_at_once_one_counts(monkeypatch):
    ada, ben = cast("Ada", "Ben")
    asked = ask(ada, ben)

    def answer(number: int, yes=say_yes, not_now=say_not_now):
        return not_now(asked, by=ben) if number % 2 else yes(asked, reach=BY_MAIL, by=ben)

    failed = race(answer)

    assert sorted(error.code for error in failed) == ["answered"] * (RUNNERS - 1)
    assert len(Telling.objects.exclude(kind__endswith="_asked")) == (
        2 if Introduction.objects.get().state == "introduced" else 1
    )

    # The control: whoever does not hold the row has read it before anybody wrote, and all of them answer.
    Introduction.objects.all().delete()
    asked = ask(ada, ben)
    all_have_read = threading.Barrier(RUNNERS)

    def read_together(one: Introduction, by: object) -> Introduction:
        read = Introduction.objects.select_related("asker", "asked", "suggested_by").get(pk=one.pk)
        all_have_read.wait(timeout=20)
        return read

    with monkeypatch.context() as patch, recording_is_left_out(patch):
        patch.setattr(actions, "_waiting", read_together)
        patch.setattr(actions, "record", lambda *given, **more: None)
        unguarded = race(lambda number: answer(number, say_yes.__wrapped__, say_not_now.__wrapped__))
    assert unguarded == []
