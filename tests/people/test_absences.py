"""Saying that one is away: who may, for how long, who sees it, and what becomes of it."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.people.absences import shown_until
from folkmoot.people.actions import end_absence, erase_person, forget_absences, merge_people, say_away, undo_merge
from folkmoot.people.export import kept_about
from folkmoot.people.models import Absence
from tests.calendar.reading import words_of
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import last_entry, told_since

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation()
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def ben():
    return PersonFactory(name="Ben Okri")


def away(person, first: int = 0, last: int = 4, *, shown: bool = False) -> Absence:
    return say_away(person, first_day=TODAY + first * DAY, last_day=TODAY + last * DAY, shown=shown)


def days() -> list[tuple[int, int]]:
    rows = Absence.objects.order_by("pk").values_list("first_day", "last_day")
    return [((first - TODAY).days, (last - TODAY).days) for first, last in rows]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(3, 2, "invalid"), (-3, -1, "invalid"), (0, 367, "invalid"), (367, 368, "invalid")],
)
def test_days_that_make_no_sense_are_refused(first, last, code, ben):
    with pytest.raises(Refused) as refused:
        away(ben, first, last)

    assert refused.value.code == code
    assert not Absence.objects.exists()
    assert not Entry.objects.filter(kind="people.absence_said").exists()


def test_twelve_ahead_are_enough(ben):
    for number in range(12):
        away(ben, number, number)

    with pytest.raises(Refused) as refused:
        away(ben, 20, 21)

    assert refused.value.code == "too_many"


def test_what_has_begun_ends_and_what_has_not_goes(ben, clock):
    begun, coming = away(ben, 0, 9), away(ben, 30, 40)
    clock.shift(3 * DAY)
    number = last_entry()

    for one in (begun, coming, begun, coming):
        end_absence(one, by=ben)

    assert days() == [(0, 2)]
    assert told_since(number) == ["people.absence_ended"] * 2


def test_nobody_ends_what_is_somebody_else_s(ben):
    with pytest.raises(Refused) as refused:
        end_absence(away(ben), by=PersonFactory())

    assert (refused.value.code, days()) == ("not_found", [(0, 4)])


def test_leaders_may_be_told_until_when_by_wish_alone(ben):
    other = PersonFactory()
    away(ben, 0, 4, shown=True)
    away(ben, 5, 6, shown=True)
    away(ben, 7, 9)
    away(other, 0, 4)

    assert shown_until([ben.pk, other.pk], on=TODAY) == {ben.pk: TODAY + 6 * DAY}
    assert shown_until([ben.pk, other.pk], on=TODAY + 7 * DAY) == {}


def test_ledger_does_not_say_when(ben):
    away(ben)

    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.payload, hasattr(entry, "detail")) == ("people.absence_said", {}, False)


def test_what_is_over_is_forgotten_after_a_month(ben, clock):
    away(ben, 0, 4)

    assert [forget_absences(today=TODAY + after * DAY) for after in (33, 34, 35, 36)] == [0, 0, 1, 0]


def test_days_away_are_exported_moved_by_a_merge_and_erased(ben):
    away(ben, shown=True)
    kept = PersonFactory()

    (section,) = [one for one in kept_about(ben) if str(one.title) == "When you are away"]
    assert section.rows == [{"from": "2026-11-26", "until": "2026-11-30", "leaders see it": True}]
    merge = merge_people(kept, ben, by=system())
    assert Absence.objects.get().person == kept
    undo_merge(merge, by=system())
    assert Absence.objects.get().person == ben
    ben.refresh_from_db()
    erase_person(ben, by=system())
    assert not Absence.objects.exists()


def test_page_says_what_was_said_and_takes_it_back(client, ben):
    client.force_login(ben)
    path = "/me/away/"
    assert "Nobody sees these days unless you say so below." in words_of(client.get(path).content.decode())

    wrong = client.post(path, {"first_day": "2026-11-30", "last_day": "2026-11-29"})
    assert wrong.status_code == 400
    assert "The last day comes before the first." in words_of(wrong.content.decode())
    assert 'value="2026-11-30"' in wrong.content.decode()
    client.post(path, {"first_day": "2026-11-20", "last_day": "2026-11-30", "shown": "on"})
    client.post(path, {"first_day": "2026-12-20", "last_day": "2026-12-30"})
    words = words_of(client.get(path).content.decode())
    assert (words.count("I am back"), words.count("I stay after all")) == (1, 1)
    client.force_login(PersonFactory())
    assert client.post(f"{path}{Absence.objects.last().pk}/end/").status_code == 404
    client.force_login(ben)
    for one in Absence.objects.all():
        assert client.post(f"{path}{one.pk}/end/")["Location"] == path

    assert days() == [(-6, -1)]
    assert client.get("/me/profile/").content.decode().count('href="/me/away/"') == 1
