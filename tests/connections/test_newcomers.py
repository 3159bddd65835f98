"""Somebody comes: a buddy is found, a hello is said once, a small task is taken, it is asked how it goes."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.connections.actions.interests import keep_apart, say_interests
from folkmoot.connections.actions.newcomers import care_for_newcomers, say_hello
from folkmoot.connections.actions.newcomers_buddies import (
    ask_for_another,
    confirm_buddy,
    hand_back,
    offer_to_be_buddy,
    rest,
    suggest_another,
)
from folkmoot.connections.actions.newcomers_check_ins import answer_check_in, ask, ask_all
from folkmoot.connections.actions.newcomers_first_tasks import keep_first_task, offer_first_task
from folkmoot.connections.models.newcomers import BuddyPair, BuddyPause, FirstTaskWords, Newcomer, NewcomerCheckIn
from folkmoot.connections.newcomers_page import answers_for, median_words, waiting_rows
from folkmoot.connections.queries.newcomers import days_until_hello
from folkmoot.connections.reactions.newcomers import hear_of_hello, let_go, let_in
from folkmoot.connections.tasks.newcomers import ask_how_it_goes, enter_newcomers
from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Participation, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import erase_person, merge_people, say_away
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.plan.actions import finish_line, reopen_line, take_task
from folkmoot.plan.actions.welcome import receive
from folkmoot.plan.models import Checklist
from tests.factories.connections.newcomers import asked, came, on_rota
from tests.factories.groups import group, join
from tests.factories.meetings import actor
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import task

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def lantern():
    organisation()
    return group()


def told() -> list[tuple[str, str]]:
    """Who was told what of this part, in order, without its prefix."""
    found = Telling.objects.filter(kind__startswith="connections.newcomers_").order_by("pk")
    return [
        (name, kind.removeprefix("connections.newcomers_")) for name, kind in found.values_list("person__name", "kind")
    ]


def buddy(newcomer: Newcomer) -> str | None:
    pair = newcomer.pairs.exclude(state="ended").first()
    return pair.buddy.name if pair else None


def leave(person) -> None:
    end_participation(Participation.objects.get(person=person, ended_at=None), by=person)
    let_go(Entry.objects.filter(kind="groups.role_left", about=person).latest("pk"))


# A buddy


def test_who_comes_gets_a_buddy_once_and_both_hear_what_they_share(lantern):
    (rosa,) = on_rota(lantern, "Rosa")
    pim = PersonFactory(name="Pim")
    say_interests(rosa, "helps", ["Maps"])
    say_interests(pim, "learns", ["maps"])
    join(pim, lantern)
    entry = Entry.objects.get(kind="groups.role_taken", about=pim)

    for _again in range(2):
        let_in(entry)

    pair = BuddyPair.objects.get()
    assert (pair.state, pair.buddy, pair.newcomer.person) == ("running", rosa, pim)
    assert pair.why == {"lately": 0, "minutes": 720, "languages": [], "interests": ["Maps"], "stands_in": False}
    assert told() == [("Rosa", "is_yours"), ("Pim", "buddy_is_there")]
    words = Telling.objects.get(person=rosa).text
    assert "You both named Maps and you have 12 shared hours on weekdays." in words
    assert Checklist.objects.get(person=pim).parts.get(who="buddy").person == rosa
    assert list(Entry.objects.filter(kind="connections.buddy_asked").values_list("about__name", flat=True)) == ["Pim"]


def test_nobody_is_a_buddy_who_is_away_pauses_is_kept_apart_or_has_left(lantern):
    rosa, lina, mio, zoe = on_rota(lantern, "Rosa", "Lina", "Mio", "Zoe")
    pim = PersonFactory(name="Pim")
    keep_apart(pim, rosa)
    offer_to_be_buddy(lantern, most=2, pauses=True, until=TODAY, by=lina)
    say_away(mio, first_day=TODAY, last_day=TODAY, shown=False)
    leave(zoe)

    newcomer = came(pim, lantern)

    assert (buddy(newcomer), told()) == (None, [])
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    keep_apart(ada, pim)
    assert ask_for_another(newcomer, by=pim) is None
    offer_to_be_buddy(lantern, most=2, by=lina)
    assert ask_for_another(newcomer, by=pim).buddy == lina
    with pytest.raises(Refused, match="still to come"):
        offer_to_be_buddy(lantern, most=2, pauses=True, until=TODAY - dt.timedelta(days=1), by=lina)


def test_newcomer_has_somebody_else_without_a_reason_and_a_buddy_hands_back(lantern):
    on_rota(lantern, "Rosa", "Lina", "Mio")
    newcomer = came(PersonFactory(name="Pim"), lantern)
    first = newcomer.pairs.get()
    Telling.objects.all().delete()

    second = ask_for_another(newcomer, by=newcomer.person)
    third = hand_back(second, by=second.buddy)

    assert hand_back(second, by=second.buddy) == third
    assert {first.buddy.name, second.buddy.name, third.buddy.name} == {"Rosa", "Lina", "Mio"}
    assert told() == [
        (second.buddy.name, "is_yours"),
        ("Pim", "buddy_is_there"),
        (first.buddy.name, "somebody_else"),
        (third.buddy.name, "is_yours"),
        ("Pim", "buddy_is_there"),
    ]
    assert Checklist.objects.get(person=newcomer.person).parts.get(who="buddy").person == third.buddy
    assert ask_for_another(newcomer, by=newcomer.person) is None
    assert not Checklist.objects.get(person=newcomer.person).parts.filter(who="buddy").exists()


def test_suggestion_waits_for_a_manager_who_may_see_somebody_else(lantern):
    on_rota(lantern, "Rosa", "Lina")
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    care_for_newcomers(lantern, buddies="suggested", check_ins=False, by=ada)

    newcomer = came(PersonFactory(name="Pim"), lantern)
    (row,) = waiting_rows(lantern, today=TODAY)
    other = suggest_another(row.suggestion, by=ada)
    confirm_buddy(other, by=ada)
    confirm_buddy(other, by=ada)

    assert row.why == "It is their turn: nobody to welcome in the last three months; they have hours in common."
    assert (row.buddy, row.waited, row.suggestion.buddy) == (None, "since today", newcomer.pairs.first().buddy)
    assert told() == [
        ("Ada", "suggested"),
        ("Ada", "suggested"),
        (other.buddy.name, "is_yours"),
        ("Pim", "buddy_is_there"),
    ]
    with pytest.raises(Refused, match="over"):
        confirm_buddy(row.suggestion, by=ada)


def test_where_buddies_are_off_nobody_is_asked_and_changes_of_the_settings_are_told_once(lantern):
    on_rota(lantern, "Rosa")
    join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    for _again in range(2):
        care_for_newcomers(lantern, buddies="off", check_ins=True, clause_anchor="membership", by=system())

    newcomer = came(PersonFactory(name="Pim"), lantern)

    assert (buddy(newcomer), told()) == (None, [])
    assert Checklist.objects.get(person=newcomer.person).parts.filter(who="buddy").count() == 0
    assert [entry.payload for entry in Entry.objects.filter(kind="connections.newcomer_care_changed")] == [
        {"buddies": "off", "check_ins": True}
    ]
    for given in ({"buddies": "often"}, {"buddies": "off", "clause_anchor": "nowhere"}):
        with pytest.raises(Refused) as refused:
            care_for_newcomers(lantern, check_ins=True, by=system(), **given)
        assert refused.value.code == "invalid"


def test_plain_turns_of_a_group_without_a_rota_keep_people_apart_as_well(lantern):
    ada, ben = (join(PersonFactory(name=name), lantern, Power.MANAGE) for name in ("Ada", "Ben"))
    pim, kim = PersonFactory(name="Pim"), PersonFactory(name="Kim")
    keep_apart(ada, pim)
    keep_apart(kim, ben)
    keep_apart(kim, ada)

    came(pim, lantern)
    came(kim, lantern)

    chosen = [path.parts.filter(who="buddy").first() for path in Checklist.objects.filter(person__in=(pim, kim))]
    assert sorted(part.person.name if part else "" for part in chosen) == ["", "Ben"]
    assert BuddyPair.objects.count() == 0


def test_leaving_ends_pairs_and_questions_and_the_newcomers_of_a_buddy_get_somebody_else(lantern):
    rosa, lina = on_rota(lantern, "Rosa", "Lina", most=1)
    pim, kim = came(PersonFactory(name="Pim"), lantern), came(PersonFactory(name="Kim"), lantern)
    asked(pim)
    buddies = {buddy(pim): pim, buddy(kim): kim}
    offer_to_be_buddy(lantern, most=3, pauses=True, by=rosa)
    offer_to_be_buddy(lantern, most=3, by=lina)

    leave(rosa)
    hers, other = buddies["Rosa"], buddies["Lina"]
    both_have_lina = (buddy(hers), buddy(other))
    for newcomer in (pim, kim):
        leave(newcomer.person)
        let_go(Entry.objects.get(kind="groups.role_left", about=newcomer.person))

    assert both_have_lina == ("Lina", "Lina")
    assert set(BuddyPair.objects.values_list("state", flat=True)) == {"ended"}
    assert (NewcomerCheckIn.objects.count(), BuddyPause.objects.count()) == (0, 0)
    assert Newcomer.objects.filter(left_at=None).count() == 0
    assert ask(pim, 30, now=NOW) is False


def test_buddies_are_free_again_after_a_hundred_days(lantern):
    on_rota(lantern, "Rosa")
    newcomer = came(PersonFactory(), lantern)

    assert (rest(now=NOW + dt.timedelta(days=99)), rest(now=NOW + dt.timedelta(days=101))) == (0, 1)
    assert newcomer.pairs.get().state == "ended"


def test_who_came_before_newcomers_were_kept_is_entered_once_with_the_hello_they_had(lantern):
    on_rota(lantern, "Rosa")
    pim = join(PersonFactory(name="Pim"), lantern)
    receive(Participation.objects.get(person=pim), by=system())
    finish_line(Checklist.objects.get(person=pim).lines.get(title="Say hello"), by=pim)

    for _again in range(2):
        enter_newcomers.call()

    newcomer = Newcomer.objects.get()
    assert (newcomer.person, buddy(newcomer), newcomer.hello_at, newcomer.hello_by) == (pim, "Rosa", NOW, None)


# A hello


def test_hello_is_said_once_and_the_second_hears_who_was_first(lantern, freeze):
    on_rota(lantern, "Rosa")
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    newcomer = came(PersonFactory(name="Pim"), lantern)
    later = came(PersonFactory(name="Kim"), lantern)
    rosa = newcomer.pairs.get().buddy
    Newcomer.objects.filter(pk=later.pk).update(came_at=NOW - dt.timedelta(days=3))
    waits = [(row.newcomer.person.name, row.waited) for row in waiting_rows(lantern, today=TODAY)]

    say_hello(newcomer, by=rosa)
    say_hello(newcomer, by=rosa)
    with pytest.raises(Refused, match="Pim was greeted already, on 26 November by Rosa") as refused:
        say_hello(newcomer, by=ada)

    with pytest.raises(Refused, match="Somebody else says hello to you"):
        say_hello(later, by=later.person)
    assert waits == [("Kim", "waiting 3 days"), ("Pim", "since today")]
    assert refused.value.code == "taken"
    assert Entry.objects.filter(kind="connections.hello_said").count() == 1
    line = Checklist.objects.get(person=newcomer.person).lines.get(title="Say hello")
    assert (line.state, line.ended_by) == ("done", rosa)


def test_hello_that_is_ticked_or_opened_on_the_welcome_path_counts(lantern):
    on_rota(lantern, "Rosa")
    newcomer = came(PersonFactory(name="Pim"), lantern)
    rosa = newcomer.pairs.get().buddy
    line = Checklist.objects.get(person=newcomer.person).lines.get(title="Say hello")

    finish_line(line, by=rosa)
    for _again in range(2):
        hear_of_hello(Entry.objects.get(kind="plan.line_ended"))
    newcomer.refresh_from_db()
    greeted = (newcomer.hello_by, newcomer.hello_at)
    reopen_line(line, by=rosa)
    hear_of_hello(Entry.objects.get(kind="plan.line_reopened"))
    newcomer.refresh_from_db()

    assert greeted == (rosa, NOW)
    assert newcomer.hello_at is None


def test_how_soon_hellos_come_is_said_from_five_on(lantern):
    people = [PersonFactory() for _number in range(5)]
    for days, person in enumerate(people[:4]):
        made = NOW - dt.timedelta(days=10 + days)
        Newcomer.objects.create(group=lantern, person=person, came_at=made, hello_at=NOW - dt.timedelta(days=10))
    before = days_until_hello(lantern, now=NOW)

    Newcomer.objects.create(group=lantern, person=people[4], came_at=NOW - dt.timedelta(days=9), hello_at=NOW)

    assert (before, days_until_hello(lantern, now=NOW)) == (None, (2.0, 5))
    assert median_words((2.0, 5)) == "Half of the last 5 hellos came within 2 days."


# Small tasks


def test_small_task_says_what_one_needs_and_is_offered_or_taken_once(lantern):
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    pim, kim = came(PersonFactory(name="Pim"), lantern), came(PersonFactory(name="Kim"), lantern)
    small = task(lantern)

    for _again in range(2):
        keep_first_task(small, needs=" A quiet  hour ", minutes=45, by=ada)
    offer_first_task(small, pim, by=ada)
    with pytest.raises(Refused, match="has been asked"):
        take_task(small, by=kim.person)
    take_task(small, by=pim.person)
    with pytest.raises(Refused, match="Pim has taken this task already"):
        offer_first_task(small, kim, by=ada)
    with pytest.raises(Refused, match="Pim has taken this task already"):
        take_task(small, by=kim.person)

    words = FirstTaskWords.objects.get()
    assert (words.needs, words.minutes, small.is_first_task) == ("A quiet hour", 45, True)
    assert Entry.objects.filter(kind="connections.first_task_described").count() == 1
    keep_first_task(small, good=False, by=ada)
    assert (small.is_first_task, FirstTaskWords.objects.count()) == (False, 0)


# How it goes


def test_each_day_is_asked_once_in_the_own_morning_whatever_the_clock_does(lantern, freeze, settle):
    on_rota(lantern, "Rosa")
    pim = came(PersonFactory(name="Pim", zone="Asia/Tokyo"), lantern)
    settle()
    Telling.objects.all().delete()
    night, morning = dt.datetime(2026, 12, 2, 23, 30, tzinfo=dt.UTC), dt.datetime(2026, 12, 3, 0, 30, tzinfo=dt.UTC)

    times = [night, morning, morning - dt.timedelta(hours=1), morning + dt.timedelta(days=1), morning]
    counts = [ask_all(now=now) for now in times]
    freeze("2026-12-26T03:00Z")
    for _two_schedulers in range(2):
        ask_how_it_goes.enqueue()
    settle()

    assert counts == [0, 1, 0, 0, 0]
    assert list(NewcomerCheckIn.objects.values_list("newcomer", "day")) == [(pim.pk, 7), (pim.pk, 30)]
    assert [who for who in told() if who[1] == "how_does_it_go"] == [("Pim", "how_does_it_go")] * 2
    assert ask(pim, 30, now=NOW) is False


def test_nobody_is_asked_where_the_group_does_not_want_it(lantern):
    on_rota(lantern, "Rosa")
    care_for_newcomers(lantern, buddies="given", check_ins=False, by=system())
    came(PersonFactory(), lantern)

    assert ask_all(now=NOW + dt.timedelta(days=7)) == 0


def test_answer_is_read_by_managers_and_buddy_or_by_the_buddy_alone_and_a_wanted_hand_is_told_at_once(lantern):
    on_rota(lantern, "Rosa")
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    newcomer = came(PersonFactory(name="Pim"), lantern)
    pim, rosa, check_in = newcomer.person, newcomer.pairs.get().buddy, asked(newcomer)
    Telling.objects.all().delete()

    def read_by(person, leads: bool) -> list[tuple[str, str]]:
        return [(row.answer, row.words) for row in answers_for(person, lantern, leads_group=leads, now=NOW).rows]

    unanswered = answers_for(ada, lantern, leads_group=True, now=NOW)
    answer_check_in(check_in, "hand", words="Where do I ask?", only_buddy=True, by=pim)
    alone = (read_by(rosa, False), read_by(ada, True), told())
    answer_check_in(check_in, "hand", words="Where do I ask?", by=pim)
    answer_check_in(check_in, "well", by=pim)

    assert ([one.day for one in unanswered.waiting], unanswered.rows) == ([7], [])
    assert alone == (
        [("I could use a hand", "Where do I ask?")],
        [("Answered to their buddy", "")],
        [("Rosa", "hand")],
    )
    assert told() == [("Rosa", "hand"), ("Ada", "hand")]
    assert (read_by(rosa, False), read_by(ada, True)) == ([("Going well", "")],) * 2
    assert read_by(actor("participant", lantern), False) == []
    payloads = Entry.objects.filter(kind="connections.check_in_answered").values_list("payload", flat=True)
    assert list(payloads) == [{"check_in_id": check_in.pk, "day": 7}] * 3
    for given, code in (({"answer": "so-so"}, "invalid"), ({"answer": "well", "words": "x" * 1001}, "invalid")):
        with pytest.raises(Refused) as refused:
            answer_check_in(check_in, by=pim, **given)
        assert refused.value.code == code


def test_answers_are_counted_together_from_five_people_on(lantern):
    ada = join(PersonFactory(), lantern, Power.MANAGE)
    for number in range(5):
        newcomer = Newcomer.objects.create(group=lantern, person=PersonFactory(), came_at=NOW)
        before = answers_for(ada, lantern, leads_group=True, now=NOW).together
        answer = "hand" if number == 4 else "well"
        NewcomerCheckIn.objects.create(newcomer=newcomer, day=7, asked_at=NOW, answer=answer, answered_at=NOW)

    together = answers_for(ada, lantern, leads_group=True, now=NOW).together
    assert before == ""
    assert together == "Of 5 answers in the last months: going well 4, finding their feet 0, a hand 1."


# Who may


@pytest.mark.parametrize(
    ("who", "leads_group", "is_in"),
    [
        ("manager", True, True),
        ("participant", False, True),
        ("observer", False, False),
        ("stranger", False, False),
        ("steward", True, False),
    ],
)
def test_table_of_who_may_do_what(lantern, who, leads_group, is_in):
    on_rota(lantern, "Rosa", "Lina")
    care_for_newcomers(lantern, buddies="suggested", check_ins=True, by=system())
    newcomer, by, small = came(PersonFactory(name="Pim"), lantern), actor(who, lantern), task(lantern)
    pair = newcomer.pairs.get()
    doings = [
        (leads_group, lambda: care_for_newcomers(lantern, buddies="suggested", check_ins=False, by=by)),
        (leads_group, lambda: say_hello(newcomer, by=by)),
        (leads_group, lambda: keep_first_task(small, needs="A pen", by=by)),
        (leads_group, lambda: offer_first_task(small, newcomer, by=by)),
        (leads_group, lambda: suggest_another(pair, by=by)),
        (leads_group, lambda: confirm_buddy(newcomer.pairs.latest("pk"), by=by)),
        (is_in, lambda: offer_to_be_buddy(lantern, most=1, by=by)),
        (False, lambda: hand_back(newcomer.pairs.latest("pk"), by=by)),
        (False, lambda: ask_for_another(newcomer, by=by)),
        (False, lambda: answer_check_in(asked(newcomer), "well", by=by)),
    ]

    for may, do in doings:
        if may:
            do()
        else:
            with pytest.raises(Refused) as refused:
                do()
            assert refused.value.code == "forbidden"


# What is kept about people


def test_merge_and_erase_leave_nobody_their_own_buddy_and_no_answer_behind(lantern):
    on_rota(lantern, "Rosa")
    newcomer = came(PersonFactory(name="Pim"), lantern)
    rosa, check_in = newcomer.pairs.get().buddy, asked(newcomer)
    answer_check_in(check_in, "feet", words="So many rooms", only_buddy=True, by=newcomer.person)

    exported = PERSON_DATA["connections.newcomers"].export(newcomer.person)
    erase_person(rosa, by=machine())
    check_in.refresh_from_db()
    nobody = answers_for(PersonFactory(), lantern, leads_group=True, now=NOW).rows

    assert [one["words"] for one in exported[0]["check_ins"]] == ["So many rooms"]
    assert (check_in.buddy, [row.words for row in nobody]) == (None, [""])
    double = on_rota(lantern, "P.")[0]
    assert ask_for_another(newcomer, by=newcomer.person).buddy == double
    merge_people(newcomer.person, double, by=machine())
    assert [pair.state for pair in BuddyPair.objects.all()] == ["ended"]
    erase_person(newcomer.person, by=machine())
    assert (Newcomer.objects.count(), NewcomerCheckIn.objects.count()) == (0, 0)
