"""Thanking people: whom, how often, who hears of it, who reads it, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from folkmoot.connections.actions import thanks as acting
from folkmoot.connections.actions.interests import keep_apart
from folkmoot.connections.actions.thanks import (
    remove_thanks,
    send_yearly_cards,
    show_thanks,
    take_back,
    thank,
    wish_for_thanks,
)
from folkmoot.connections.models.thanks import Thanks, ThanksShown, ThanksState
from folkmoot.connections.notices import thanks as wording
from folkmoot.connections.queries.thanks import given_by, received_by, shown_in, shown_on_profile
from folkmoot.connections.tasks.thanks import send_cards_of_the_year
from folkmoot.connections.thankable import Occasion, occasion_of, thanks_link
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.ledger.schedule import enqueue_due
from folkmoot.meetings.actions import begin_minutes, set_level
from folkmoot.notices.actions import send_due
from folkmoot.notices.models import Telling
from folkmoot.notices.queries import notices_of
from folkmoot.people.actions import change_profile, erase_person, merge_people, name_steward
from folkmoot.people.actions.profiles import ProfileWords
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.plan.actions import add_task
from tests.factories.connections.thanks import thanks
from tests.factories.groups import group, join
from tests.factories.meetings import held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOON = "2026-03-03T12:00:00Z"
LATER = timedelta(minutes=10)


class Cast:
    """A group of two, and somebody who is in none."""

    def __init__(self) -> None:
        organisation()
        self.group = group()
        self.ada, self.ben = join(PersonFactory(name="Ada"), self.group), join(PersonFactory(name="Ben"), self.group)
        self.eve = PersonFactory(name="Eve")
        self.occasion = Occasion("the open house", "/groups/lantern-working-group/", self.group)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def facts_since(pk: int) -> list[tuple[str, object]]:
    return [(entry.kind, entry.about) for entry in Entry.objects.filter(pk__gt=pk).order_by("pk")]


def newest() -> int:
    entry = Entry.objects.order_by("pk").last()
    return entry.pk if entry else 0


def test_thanks_reach_after_ten_minutes_and_are_read_by_nobody_else(cast, freeze):
    freeze(NOON)
    before = newest()

    said = thank([cast.ben, cast.ben], "  You waited for me.  ", by=cast.ada, occasion=cast.occasion)

    assert [(one.receiver, one.words, one.group, one.shown) for one in said] == [
        (cast.ben, "You waited for me.", cast.group, "me")
    ]
    assert facts_since(before) == [("connections.thanks_said", None)]
    assert [(one.person, one.subject) for one in Telling.objects.filter(topic="thanks")] == [
        (cast.ben, "Ada thanks you")
    ]
    told = Telling.objects.get(topic="thanks")
    assert told.not_before == said[0].reaches_at
    assert told.text.startswith("Ada thanks you, for the open house:\n\nYou waited for me.\n")
    at = datetime.fromisoformat(NOON)
    assert (received_by(cast.ben, now=at).count(), received_by(cast.ben, now=at + LATER).count()) == (0, 1)
    assert not shown_in(cast.group, inside=True, now=at + LATER).exists()


def test_same_words_within_ten_minutes_are_one_thanks(cast):
    for _press in range(2):
        thank([cast.ben], "Thank you.", by=cast.ada)

    assert Thanks.objects.count() == 1


@pytest.mark.parametrize(
    ("whom", "words", "code"),
    [("ada", "Me", "forbidden"), ("eve", "Hello", "forbidden"), ("ben", " ", "invalid"), ("ben", "x" * 501, "invalid")],
)
def test_oneself_and_strangers_are_not_thanked_and_words_have_a_measure(cast, whom, words, code):
    with pytest.raises(Refused) as refused:
        thank([getattr(cast, whom)], words, by=cast.ada)

    assert refused.value.code == code
    assert not Thanks.objects.exists()


def test_somebody_whose_profile_one_may_see_can_be_thanked(cast):
    change_profile(cast.eve, ProfileWords(name="Eve", about="Hello", seen={"about": "signed_in"}), by=cast.eve)

    thank([cast.eve], "I read your notes.", by=cast.ada, occasion=cast.occasion)

    # She takes no part in the group, so it is not the group's.
    assert Thanks.objects.get().group is None


def test_a_day_has_its_measure(cast, freeze, monkeypatch):
    monkeypatch.setattr(acting, "MOST_A_DAY", 2)
    freeze(NOON)
    for number in range(2):
        thank([cast.ben], f"Thanks {number}", by=cast.ada)

    with pytest.raises(Refused) as refused:
        thank([cast.ben], "And again", by=cast.ada)

    assert refused.value.code == "too_many"
    freeze("2026-03-04T12:00:01Z")
    thank([cast.ben], "And again", by=cast.ada)
    assert Thanks.objects.count() == 3


@pytest.mark.parametrize("asker", ["ada", "ben"])
def test_thanks_between_people_who_are_kept_apart_reach_nobody_and_look_given(cast, asker):
    keep_apart(getattr(cast, asker), cast.ben if asker == "ada" else cast.ada)
    wish_for_thanks(cast.ben, ThanksShown.SIGNED_IN)

    said = thank([cast.ben], "You waited for me.", by=cast.ada, occasion=cast.occasion)[0]

    later = said.reaches_at + timedelta(days=1)
    assert [one.words for one in given_by(cast.ada)] == ["You waited for me."]
    assert not received_by(cast.ben, now=later).exists()
    assert not shown_in(cast.group, inside=True, now=later).exists()
    assert not shown_on_profile(cast.ben, now=later).exists()
    assert not Telling.objects.filter(topic="thanks").exists()
    Thanks.objects.update(said_at=said.said_at - timedelta(days=2), reaches_at=said.said_at - timedelta(days=1))
    kept = {entry.name: entry.item.export(cast.ben) for entry in PERSON_DATA.entries()}
    assert kept["connections.thanks_received"] == []
    assert not [row for rows in kept.values() for row in rows if "waited" in str(row)]


@pytest.mark.parametrize(
    ("wish", "inside", "in_group", "shown"),
    [
        ("me", False, True, "me"),
        ("group", False, True, "group"),
        ("group", False, False, "me"),
        ("signed_in", False, True, "signed_in"),
        ("signed_in", False, False, "signed_in"),
        ("signed_in", True, True, "group"),
        ("signed_in", True, False, "me"),
    ],
)
def test_new_thanks_are_shown_as_wished_and_never_further_than_they_may(cast, wish, inside, in_group, shown):
    wish_for_thanks(cast.ben, ThanksShown(wish))
    occasion = Occasion("it", "/", cast.group if in_group else None, stays_inside=inside)

    said = thank([cast.ben], "Thank you.", by=cast.ada, occasion=occasion)[0]

    assert said.shown == shown


def test_receiver_says_who_reads_each_and_may_change_it(cast):
    said = thanks(cast.ada, cast.ben, occasion=cast.occasion)
    now = said.reaches_at + timedelta(days=1)
    before = newest()

    readers = {}
    for shown in ("group", "signed_in", "me"):
        show_thanks(said, ThanksShown(shown), by=cast.ben)
        readers[shown] = (
            shown_in(cast.group, inside=True, now=now).count(),
            shown_in(cast.group, inside=False, now=now).count(),
            shown_on_profile(cast.ben, now=now).count(),
        )

    assert readers == {"group": (1, 0, 0), "signed_in": (1, 1, 1), "me": (0, 0, 0)}
    assert facts_since(before) == [("connections.thanks_shown", None)] * 3


@pytest.mark.parametrize("who", ["giver", "manager", "steward"])
def test_nobody_but_the_receiver_shows_or_removes_and_nobody_but_the_giver_takes_back(cast, who):
    said = thanks(cast.ada, cast.ben, occasion=cast.occasion)
    steward = PersonFactory()
    name_steward(steward, by=machine())
    actor = {"giver": cast.ada, "manager": cast.eve, "steward": steward}[who]
    tries = [lambda: show_thanks(said, ThanksShown.GROUP, by=actor), lambda: remove_thanks(said, by=actor)]
    tries += [lambda: take_back(said, by=cast.ben if who == "giver" else actor)]

    codes = []
    for one in tries:
        with pytest.raises(Refused) as refused:
            one()
        codes.append(refused.value.code)

    assert codes == ["forbidden"] * 3


def test_what_stays_inside_is_never_shown_to_everyone(cast):
    said = thanks(cast.ada, cast.ben, occasion=Occasion("it", "/", cast.group, stays_inside=True))

    with pytest.raises(Refused, match="cannot be shown"):
        show_thanks(said, ThanksShown.SIGNED_IN, by=cast.ben)

    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.update(shown="signed_in")


def test_taken_back_in_time_nobody_ever_hears_of_it(cast):
    said = thank([cast.ben], "Too early", by=cast.ada)[0]
    seen_before = Thanks.objects.get()

    handed_out = str([entry.item.export(cast.ben) for entry in PERSON_DATA.entries()])
    take_back(said, by=cast.ada)

    assert "Too early" not in handed_out
    assert not Telling.objects.filter(topic="thanks").exists()
    assert not Thanks.objects.exists()
    with pytest.raises(Refused, match="cannot be shown"):
        show_thanks(seen_before, ThanksShown.GROUP, by=cast.ben)


@pytest.mark.parametrize("end", ["taken back", "removed"])
def test_thanks_that_end_after_they_were_heard_of_leave_the_list_of_notices(cast, freeze, end):
    freeze(NOON)
    said = thank([cast.ben], "Unkind words", by=cast.ada)[0]
    freeze("2026-03-03T12:11:00Z")
    send_due(now=timezone.now())
    heard = notices_of(cast.ben).count()

    if end == "removed":
        remove_thanks(said, by=cast.ben)
    else:
        take_back(said, by=cast.ada)

    assert (heard, notices_of(cast.ben).count()) == (1, 0)


def test_what_is_not_for_everybody_is_named_only_to_whom_it_is_for(cast):
    dan = join(PersonFactory(name="Dan"), group(name="Other"))
    join(cast.ada, dan.participations.get().group)
    occasion = Occasion("“Mend the lamp”", "/tasks/1/", cast.group, stays_inside=True)

    said = thank([cast.ben, dan], "You held the ladder.", by=cast.ada, occasion=occasion)

    assert [(one.occasion, one.occasion_path, one.stays_inside) for one in said] == [
        ("“Mend the lamp”", "/tasks/1/", True), ("", "", True),
    ]  # fmt: skip


def test_removed_thanks_are_gone_for_good_and_the_giver_sees_no_difference(cast):
    said = thanks(cast.ada, cast.ben, occasion=cast.occasion)
    show_thanks(said, ThanksShown.GROUP, by=cast.ben)

    for _press in range(2):
        remove_thanks(said, by=cast.ben)

    said.refresh_from_db()
    assert (said.state, said.shown) == (ThanksState.REMOVED, "me")
    assert [one.words for one in given_by(cast.ada)] == [said.words]
    assert not received_by(cast.ben, now=said.reaches_at + timedelta(days=1)).exists()
    with pytest.raises(Refused):
        show_thanks(said, ThanksShown.GROUP, by=cast.ben)


def test_calls_that_are_not_open_keep_their_thanks_inside(cast):
    call = held_call(cast.group)
    key = thanks_link(about=call).partition("about=")[2].replace("%3A", ":")

    found = [occasion_of(key, cast.ada)]
    minutes = begin_minutes(call, by=machine())
    found.append(occasion_of(key, cast.ada))
    set_level(minutes, "chatham", by=machine())
    found.append(occasion_of(key, cast.ada))

    assert [(one.group, one.path, one.stays_inside) for one in found] == [
        (cast.group, call.get_absolute_url(), inside) for inside in (False, False, True)
    ]
    assert found[0].words.startswith("the call of Lantern Working Group on ")


def test_what_one_may_not_know_of_is_no_occasion(cast):
    task = add_task(title="Mend the lamp", group=cast.group, by=cast.ada)
    key = f"task:{task.pk}"

    found = [occasion_of(key, cast.ada), occasion_of(key, cast.eve)]

    assert [one and (one.words, one.stays_inside) for one in found] == [("“Mend the lamp”", True), None]
    assert [occasion_of(wrong, cast.ada) for wrong in ("", "task", "task:x", "moon:1", "decision:9", "call:9")] == [
        None
    ] * 6
    assert thanks_link(cast.ben, task) == f"/thanks/new/?person={cast.ben.pk}&about=task%3A{task.pk}"


def test_card_of_a_year_is_told_once_however_often_the_schedule_comes(cast, freeze, settle, monkeypatch):
    freeze("2025-12-31T22:00:00Z")
    thanks(cast.ada, cast.ben)
    thanks(cast.ben, cast.ada, ago=timedelta(days=400))
    told = []
    for moment in ("2025-12-31T23:30:00Z", "2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z", "2026-01-08T08:00:00Z"):
        freeze(moment)
        told.append(send_yearly_cards(now=datetime.fromisoformat(moment)))

    # A schedule that runs twice, and a clock that jumps back and forth.
    for moment in ("2026-01-03T08:00:00Z", "2026-01-01T07:00:00Z", "2026-01-03T09:00:00Z"):
        freeze(moment)
        for _twice in range(2):
            send_cards_of_the_year.enqueue()
        settle()

    assert told == [0, 1, 0, 0]
    cards = Telling.objects.filter(kind="connections.year_in_thanks")
    assert [(one.person, one.subject, one.path) for one in cards] == [
        (cast.ben, "Your year 2025 in thanks", "/thanks/years/2025/")
    ]

    monkeypatch.setattr(wording, "once_for_year", lambda year: "")
    monkeypatch.setattr(acting, "once_for_year", lambda year: "none")
    assert [send_yearly_cards(now=datetime.fromisoformat("2026-01-03T09:00:00Z")) for _again in range(2)] == [1, 1]


def test_schedule_knows_of_the_cards(freeze):
    freeze("2026-01-01T08:00:00Z")

    assert send_cards_of_the_year.module_path in enqueue_due()


def test_whoever_gave_is_erased_and_the_words_stay_and_whoever_got_is_erased_with_them(cast):
    kept = thanks(cast.ada, cast.ben, "Kept")
    removed = thanks(cast.ada, cast.ben, "Removed")
    remove_thanks(removed, by=cast.ben)
    thanks(cast.ben, cast.ada, "Gone")
    wish_for_thanks(cast.ada, ThanksShown.GROUP)

    erase_person(cast.ada, by=machine())

    assert [(one.pk, one.giver, one.words) for one in Thanks.objects.all()] == [(kept.pk, None, "Kept")]
    assert not hasattr(type(cast.ada).objects.get(pk=cast.ada.pk), "thanks_wish")


def test_merged_records_have_the_thanks_of_both(cast):
    double = join(PersonFactory(name="B."), cast.group)
    thanks(cast.ada, double, "To the double")
    thanks(double, cast.ada, "From the double")
    between = thanks(double, cast.ben, "To myself")

    merge_people(cast.ben, double, by=machine())

    later = between.reaches_at + timedelta(days=1)
    assert [one.words for one in received_by(cast.ben, now=later)] == ["To myself", "To the double"]
    assert [one.words for one in given_by(cast.ben)] == ["From the double"]
    exported = {entry.name: entry.item.export(cast.ben) for entry in PERSON_DATA.entries()}
    assert [row["words"] for row in exported["connections.thanks_received"]] == ["To the double", "To myself"]
    assert [row["to"] for row in exported["connections.thanks_given"]] == ["Ada"]
