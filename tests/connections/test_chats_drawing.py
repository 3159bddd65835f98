"""Rounds of chats: told beforehand, drawn once, introduced, and asked after."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from django.utils import timezone

from folkmoot.connections.actions.chats import (
    TakingPart,
    come_after_all,
    end_chats,
    pause_chats,
    say_of_chat,
    skip_next_chat,
    take_part_in_chats,
)
from folkmoot.connections.actions.chats_drawing import (
    draw_now,
    draw_when_due,
    look_after_chats,
    preview,
    programmes_due,
    tell_of_next_round,
)
from folkmoot.connections.actions.interests import keep_apart, say_interests
from folkmoot.connections.models.chats import (
    Answer,
    ChatConversation,
    ChatPart,
    ChatProgramme,
    ChatRound,
    ChatSeat,
    Near,
)
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.queries.chats import numbers_of, open_seats_beside, share_a_chat
from folkmoot.connections.queries.chats_matching import asked_for
from folkmoot.connections.queries.chats_words import sentence
from folkmoot.connections.tasks.chats import look_after_all_chats
from folkmoot.groups.actions.seats import add_seat, begin_term, end_term
from folkmoot.groups.models import Begun, Ended, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.sentences import sentence as said
from folkmoot.notices.models import Telling
from folkmoot.organisation.models import Organisation
from folkmoot.people.actions import erase_person, merge_people, say_away, state_comfortable_hours
from folkmoot.people.actions.hours import StatedHours
from tests.factories.connections.chats import cast, chat_of, chats
from tests.factories.groups import group, join, lead
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

MONDAY = "2026-11-23T12:00Z"
"""Rounds of the factory are drawn on Wednesdays at 08:00 in Lisbon: the first on 2 December."""


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation(zone="Europe/Lisbon")
    return freeze(MONDAY)


def drawn(programme: ChatProgramme) -> ChatRound:
    return draw_now(programme, now=timezone.now(), by=system())


def told(kind: str) -> list[int]:
    return list(Telling.objects.filter(kind=f"connections.{kind}").order_by("person").values_list("person", flat=True))


def pairs() -> list[set[int]]:
    seats = ChatSeat.objects.exclude(conversation=None).order_by("conversation")
    found: dict[int, set[int]] = {}
    for seat in seats:
        found.setdefault(seat.conversation_id, set()).add(seat.person_id)
    return list(found.values())


def test_people_are_told_two_days_before_then_introduced_then_asked_each_once(clock, settle):
    people = cast(4)
    programme = chats(None, people)
    keys = [one.pk for one in people]
    assert programme.next_draw == dt.date(2026, 12, 2)

    def run_twice():
        for _again in range(2):
            look_after_all_chats.enqueue()
            settle()

    assert not programmes_due(now=dt.datetime(2026, 11, 29, 23, 30, tzinfo=dt.UTC))
    clock.move_to("2026-11-30T08:00Z", tick=False)
    run_twice()
    assert (told("chat_round_comes"), ChatRound.objects.count()) == (keys, 0)
    telling = Telling.objects.first()
    assert telling.subject == "Coffee: the next round is on Wednesday 2 December 2026"
    assert telling.shortcut.startswith("/connections/chats/skip/")
    assert not programmes_due(now=dt.datetime(2026, 12, 2, 7, 59, tzinfo=dt.UTC))
    clock.move_to("2026-12-02T08:00Z", tick=False)
    run_twice()
    programme.refresh_from_db()
    assert (programme.next_draw, told("chat_introduced"), told("chat_asked_after")) == (dt.date(2026, 12, 16), keys, [])
    assert [(each.number, each.on, each.ends_on) for each in ChatRound.objects.all()] == [
        (1, dt.date(2026, 12, 2), dt.date(2026, 12, 16))
    ]
    assert [entry.payload for entry in Entry.objects.filter(kind="connections.chat_round_drawn")] == [
        {"programme_id": programme.pk, "number": 1, "people": 4, "conversations": 2, "left_over": 0}
    ]
    assert said(Entry.objects.get(kind="connections.chat_round_drawn")) == "Round 1 of chats was drawn."
    say_of_chat(chat_of(people[0]), Answer.YES, by=people[0])
    clock.move_to("2026-12-09T08:00Z", tick=False)
    run_twice()
    assert told("chat_asked_after") == keys[1:]
    assert not programmes_due(now=timezone.now())


@pytest.mark.parametrize("jump", [dt.timedelta(hours=-1), dt.timedelta(days=1)])
def test_clock_that_jumps_draws_neither_twice_nor_never(clock, jump):
    programme = chats(None, cast(4))
    tell_of_next_round(programme, now=dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))
    due = dt.datetime(2026, 12, 2, 8, tzinfo=dt.UTC)

    for now in (due, due + jump, due, due + dt.timedelta(hours=1)):
        clock.move_to(now, tick=False)
        look_after_chats(programme, now=now)

    assert ChatRound.objects.count() == 1
    assert Telling.objects.filter(kind="connections.chat_introduced").count() == 4
    assert Telling.objects.filter(kind="connections.chat_round_comes").count() == 4


def test_jump_ahead_and_back_before_the_draw_leaves_one_round():
    programme = chats(None, cast(2))
    tell_of_next_round(programme, now=dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))

    for now in ("2026-12-01T08:30", "2026-12-02T08:30", "2026-12-01T08:30", "2026-12-02T08:30"):
        look_after_chats(programme, now=dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC))

    assert [each.on for each in ChatRound.objects.all()] == [dt.date(2026, 12, 2)]


def test_nothing_is_drawn_that_nobody_was_told_of_however_long_nothing_ran(clock):
    *people, skips = cast(3)
    programme = chats(None, [*people, skips])
    skip_next_chat(programme, by=skips)

    clock.move_to("2027-02-01T12:00Z", tick=False)
    for _again in range(2):
        look_after_chats(programme, now=timezone.now())

    programme.refresh_from_db()
    assert (ChatRound.objects.count(), programme.next_draw) == (0, dt.date(2027, 2, 3))
    assert told("chat_round_comes") == [one.pk for one in people]
    clock.move_to("2027-02-04T12:00Z", tick=False)
    look_after_chats(programme, now=timezone.now())
    programme.refresh_from_db()
    assert (ChatRound.objects.get().on, programme.next_draw) == (dt.date(2027, 2, 4), dt.date(2027, 2, 17))


def test_people_are_matched_by_what_they_said_and_told_why_and_when(clock):
    ada, ben, cleo, dan = cast(4)
    ben.zone = "Asia/Tokyo"
    ben.save()
    say_interests(ada, InterestSort.CARES, ["Old Maps"])
    say_interests(ben, InterestSort.CARES, ["old maps"])
    say_interests(cleo, InterestSort.HELPS, ["Budgets"])
    say_interests(dan, InterestSort.LEARNS, ["budgets"])
    programme = chats(None, [ada, ben, cleo, dan])

    drawn(programme)

    of_ada, of_cleo = chat_of(ada), chat_of(cleo)
    assert pairs() == [{ada.pk, ben.pk}, {cleo.pk, dan.pk}] or pairs() == [{cleo.pk, dan.pk}, {ada.pk, ben.pk}]
    assert sentence(of_ada, of_ada.seats.all(), ada.pk).startswith("You both care about Old Maps. You have about ")
    seats = list(of_cleo.seats.all())
    assert sentence(of_cleo, seats, cleo.pk).startswith("You can help with Budgets, which Person D wants to learn.")
    assert sentence(of_cleo, seats, dan.pk).startswith("Person C can help with Budgets, which you want to learn.")
    telling = Telling.objects.get(kind="connections.chat_introduced", person=ben)
    assert telling.subject == "A chat with Person A"
    assert "- Tuesday 24 November 2026, 17:30; 08:30 in Lisbon\n" in telling.text
    assert telling.text.count("\n- ") == 3
    assert "@" not in telling.text


def test_nobody_meets_again_while_somebody_new_is_there_but_for_what_did_not_happen(clock):
    people = cast(4)
    programme = chats(None, people)
    for week in range(3):
        clock.move_to(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC) + dt.timedelta(weeks=2 * week), tick=False)
        drawn(programme)
    met = {frozenset(each) for each in pairs()}
    assert met == {frozenset(each) for each in combinations([one.pk for one in people], 2)}

    first = ChatConversation.objects.order_by("pk")[0]
    missed = {seat.person_id for seat in first.seats.all()}
    say_of_chat(first, Answer.NO, by=first.seats.all()[0].person)
    clock.move_to("2027-01-04T12:00Z", tick=False)
    again = drawn(programme)

    assert missed in [{seat.person_id for seat in each.seats.all()} for each in again.conversations.all()]


def test_those_kept_apart_are_never_brought_together_and_nothing_tells_of_it(clock):
    ada, ben, cleo, dan = cast(4)
    programme = chats(None, [ada, ben, cleo, dan])
    keep_apart(ada, ben)
    keep_apart(dan, ben)

    for week in range(4):
        clock.move_to(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC) + dt.timedelta(weeks=2 * week), tick=False)
        drawn(programme)

    assert pairs()
    assert not [each for each in pairs() if {ada.pk, ben.pk} <= each or {dan.pk, ben.pk} <= each]
    assert not Entry.objects.filter(about__in=[ada, ben]).exclude(kind="connections.chats_joined")


def test_who_wishes_to_be_apart_since_is_reminded_of_it_no_more_and_the_other_one_as_before(clock):
    ada, ben = cast(2)
    drawn(chats(None, [ada, ben]))

    keep_apart(ada, ben)

    today = dt.date(2026, 11, 24)
    assert [[seat.person for seat in open_seats_beside(one, today=today)] for one in (ada, ben)] == [[], [ada]]
    clock.move_to("2026-11-30T12:00Z", tick=False)
    look_after_chats(ChatProgramme.objects.get(), now=timezone.now())
    assert told("chat_asked_after") == [ben.pk]


def test_three_talk_where_one_would_be_left_over_unless_the_programme_has_no_trios(clock):
    people = cast(5)
    with_trios, without = chats(None, people), chats(None, people, name="Tea", has_trios=False)

    drawn(with_trios)
    assert sorted(map(len, pairs())) == [2, 3]
    lonely = drawn(without)

    left = lonely.seats.get(conversation=None)
    assert left.missed == "nobody_free"
    telling = Telling.objects.get(kind="connections.chat_nobody")
    assert (telling.person, telling.subject) == (left.person, "Tea: nobody for you this time")
    assert "You come first" in telling.text
    assert "The next round is on Wednesday 16 December 2026." in telling.text
    assert ChatPart.objects.get(programme=without, person=left.person).passed_over == 1
    assert told("chat_round_troubled") == []


@pytest.mark.parametrize(
    ("zones", "words", "missed"),
    [
        ((), "too few", []),
        (("Europe/Lisbon",), "only one person takes part", ["alone"]),
        (("Pacific/Auckland", "America/Sao_Paulo"), "no two of them could be matched", ["no_shared_hours"] * 2),
    ],
)
def test_round_that_brings_nobody_together_is_told_to_those_who_run_it_and_to_those_in_it(zones, words, missed):
    lantern = group()
    ada = PersonFactory()
    lead(ada, lantern)
    people = [join(PersonFactory(zone=zone), lantern) for zone in zones]

    for person in people:
        state_comfortable_hours(person, StatedHours((dt.time(9), dt.time(12))), by=person)
    programme = chats(lantern, people)

    drawn(programme)

    telling = Telling.objects.get(kind="connections.chat_round_troubled")
    assert (telling.person, words in telling.text) == (ada, True)
    assert told("chat_nobody") == [one.pk for one in people]
    assert list(ChatSeat.objects.values_list("missed", flat=True)) == missed


def test_who_skips_pauses_is_away_or_left_the_group_is_in_no_round(clock):
    lantern = group()
    people = [join(one, lantern) for one in cast(6)]
    skips, pauses, away, gone, *rest = people
    programme = chats(lantern, people)
    assert skip_next_chat(programme, by=skips)
    pause_chats(programme, dt.date(2026, 12, 10), by=pauses)
    say_away(away, first_day=dt.date(2026, 11, 24), last_day=dt.date(2026, 12, 30), shown=False)
    gone.participations.update(ended_at=timezone.now())

    def who(on: dt.date) -> set[int]:
        return {int(one.key) for one in asked_for(programme, on).people}

    assert who(programme.next_draw) == {one.pk for one in rest}
    assert not skip_next_chat(programme, by=rest[0], draw=dt.date(2026, 11, 18))
    tell_of_next_round(programme, now=dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))
    draw_when_due(programme, now=dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC))
    programme.refresh_from_db()
    assert who(programme.next_draw) == {one.pk for one in (skips, pauses, away, *rest)} - {away.pk}
    come_after_all(programme, by=pauses)
    assert pauses.pk in who(dt.date(2026, 12, 3))


def test_who_leads_a_group_by_a_seat_alone_takes_part_and_is_drawn_until_the_term_ends(clock):
    lantern = group()
    chair, *others = cast(3)
    programme = chats(lantern, [join(one, lantern) for one in others])
    seat = add_seat(lantern, title="Chair", role=lantern.roles.get(power=Power.MANAGE), by=system())
    term = begin_term(seat, chair, how=Begun.ELECTED, begins_on=dt.date(2026, 11, 1), by=system())
    take_part_in_chats(programme, TakingPart(), by=chair)

    def who() -> set[int]:
        return {int(one.key) for one in asked_for(programme, programme.next_draw).people}

    assert who() == {chair.pk, *(one.pk for one in others)}
    end_term(term, because=Ended.RESIGNED, by=system())
    assert who() == {one.pk for one in others}


def test_chosen_weekdays_newcomers_employers_groups_and_parts_of_the_world_are_what_is_decided_by(clock):
    ada, ben = cast(2)
    new = cast(1, here_for=10)[0]
    lantern, anvil = group("Lantern"), group("Anvil")
    for one in (ada, ben, new):
        join(one, lantern)
    join(ada, anvil)
    ada.affiliations.create(organisation="Two  Rivers", began_on=dt.date(2020, 1, 1))
    ada.affiliations.create(organisation="Old Mill", began_on=dt.date(2021, 1, 1), ended_on=dt.date(2022, 1, 1))
    programme = chats(lantern, [ben, new])
    take_part_in_chats(programme, TakingPart((5, 1, 1), welcomes=True), by=ada)

    take_part_in_chats(programme, TakingPart(near=Near.NEAR), by=ben)

    found = {int(one.key): one for one in asked_for(programme, programme.next_draw).people}

    of_ada, of_ben = found[ada.pk], found[ben.pk]
    assert (of_ada.part, of_ben.part, found[new.pk].part) == ("connector", "anybody", "newcomer")
    assert (of_ada.employer, of_ada.groups, of_ben.groups) == ("two rivers", {str(anvil.pk)}, frozenset())
    assert (of_ada.rhythm.weekdays, of_ada.wants_near, of_ben.wants_near, of_ben.region) == (
        (1, 5),
        False,
        True,
        "Europe",
    )


def test_programme_that_ended_or_whose_group_closed_draws_nothing(clock):
    people = cast(2)
    programme = chats(None, people)
    end_chats(programme, by=system())

    look_after_chats(programme, now=dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC))

    assert (ChatRound.objects.count(), Telling.objects.count()) == (0, 0)
    with pytest.raises(Refused) as refused:
        drawn(programme)
    assert refused.value.code == "ended"


def test_round_is_drawn_by_hand_once_a_day_and_moves_the_next_one(clock):
    programme = chats(None, cast(2))
    drawn(programme)

    with pytest.raises(Refused) as refused:
        drawn(programme)

    programme.refresh_from_db()
    assert (refused.value.code, programme.next_draw) == ("drawn", dt.date(2026, 12, 16))


def test_round_lasts_its_weeks_by_the_days_of_the_organisation_wherever_it_is(clock):
    Organisation.objects.update(zone="Pacific/Auckland")
    programme = chats(None, cast(2, zone="Pacific/Auckland"))

    made = drawn(programme)

    assert (made.on, made.ends_on) == (dt.date(2026, 11, 24), dt.date(2026, 12, 8))


def test_queries_of_a_draw_do_not_grow_with_those_in_it_but_for_what_each_is_told(django_assert_num_queries):
    people = cast(9)
    programme, small = chats(None, people), chats(None, people[:3], name="Small")

    for one in (programme, small):
        with django_assert_num_queries(7):
            asked_for(one, one.next_draw)
    assert preview(small) is None
    looked = preview(programme)
    assert (looked.people, looked.talks, looked.trios, looked.left_over) == (9, 4, 1, 0)
    assert ChatRound.objects.count() == 0


def test_numbers_are_there_from_ten_people_on_and_count_what_did_not_happen_out(clock):
    people = cast(10)
    programme = chats(None, people[:9])
    assert numbers_of(programme) is None
    take_part_in_chats(programme, TakingPart(), by=people[9])
    drawn(programme)
    first = chat_of(people[0])
    say_of_chat(first, Answer.NO, by=people[0])
    other = ChatConversation.objects.exclude(pk=first.pk)[0]
    say_of_chat(other, Answer.YES, by=other.seats.all()[0].person)

    found = numbers_of(programme)

    assert (found.people, found.rounds, found.conversations, found.said_happened) == (10, 1, 5, 1)
    assert (found.pairs, found.percent) == (4, 9)


def test_erased_person_leaves_no_name_and_no_reason_on_the_cards_of_others(clock):
    ada, ben = cast(2)
    for one in (ada, ben):
        say_interests(one, InterestSort.CARES, ["Beekeeping"])
    programme = chats(None, [ada, ben])
    drawn(programme)
    assert share_a_chat(ada, ben)

    erase_person(ben, by=ben)

    of_ada = chat_of(ada)
    assert ([seat.person_id for seat in of_ada.seats.all()], of_ada.reasons) == ([ada.pk], [])
    assert not Telling.objects.filter(text__contains="Person B").exists()
    assert not share_a_chat(ada, ben)
    assert not ChatPart.objects.filter(person=ben).exists()


def test_merged_records_keep_their_chats_and_never_sit_twice_in_one(clock):
    ada, ben, double = cast(3)
    programme = chats(None, [ada, ben, double])
    drawn(programme)
    assert sorted(map(len, pairs())) == [3]

    merge_people(ben, double, by=system())

    assert ChatSeat.objects.filter(person=ben).count() == 1
    assert list(
        ChatPart.objects.filter(person__in=[ben, double], programme=programme).values_list("person", flat=True)
    ) == [
        ben.pk,
        double.pk,
    ]
    assert str(double.pk) not in [one.key for one in asked_for(programme, programme.next_draw).people]
