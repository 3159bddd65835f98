"""Being found: who finds whom by what, and nothing by what is hidden."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse

from folkmoot.connections.actions.directory import be_found, stop_being_found
from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.domain.directory import PARTS, Wanted
from folkmoot.connections.models.directory import Findable
from folkmoot.connections.models.interests import Interest, InterestSort
from folkmoot.connections.queries.directory import directory_for, findable
from folkmoot.connections.queries.interests import interests_of
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.organisation.queries import today_here
from folkmoot.people.actions import (
    change_profile,
    erase_person,
    merge_people,
    say_away,
    state_comfortable_hours,
    suspend_person,
)
from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.actions.profiles import ProfileWords
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.models import Person
from folkmoot.people.searching import search
from tests.factories import groups
from tests.factories.connections.directory import found
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
EVERYTHING = dict.fromkeys(PARTS, "signed_in")
QUERIES = 11


@pytest.fixture
def group():
    organisation()
    return groups.group()


def told(person: Person, **seen: str) -> Person:
    """A person whose profile says something everywhere, shown as `seen` says."""
    words = ProfileWords(
        name=person.name,
        zone="Asia/Kathmandu",
        languages=("gd",),
        region="NP",
        about="Canaries sing.",
        seen=seen or dict.fromkeys(("languages", "region", "zone", "about"), "everyone"),
    )
    change_profile(person, words, by=person)
    state_comfortable_hours(person, StatedHours((time(8), time(20))), by=person)
    return person


def names(reader: Person, **wanted: str) -> list[str]:
    if "words" in wanted:
        wanted["words"] = read_words(wanted["words"])
    return [one.shown.name for one in directory_for(reader).find(Wanted(**wanted))]


def test_person_is_found_by_own_wish_and_not_any_more_when_they_stop(group):
    ada, ben = PersonFactory(name="Ada"), PersonFactory(name="Ben")
    say_interests(ada, InterestSort.HELPS, ["Maps"])
    assert names(ben) == []

    for _twice in range(2):
        be_found(ada, seen={"helps": "signed_in"}, by=ada)
    assert (names(ben), names(ada)) == (["Ada"], [])
    be_found(ada, seen={"helps": "groups", "cares": "me"}, by=ada)
    assert names(ben) == []
    for _twice in range(2):
        stop_being_found(ada, by=ada)

    assert not Findable.objects.exists()
    assert list(interests_of([ada.pk])[ada.pk].helps) == ["maps"]
    told_facts = Entry.objects.filter(kind__contains="findable").order_by("pk")
    assert [(one.kind, one.payload) for one in told_facts] == [
        ("connections.became_findable", {}),
        ("connections.findable_changed", {"parts": ["helps"]}),
        ("connections.stopped_being_findable", {}),
    ]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ({}, "nothing_shown"),
        ({"hours": "signed_in"}, "nothing_shown"),
        ({"helps": "everyone"}, "invalid"),
        ({"email": "groups"}, "invalid"),
    ],
)
def test_being_found_is_refused_where_nothing_or_something_odd_would_show(group, seen, code):
    ada = PersonFactory()

    with pytest.raises(Refused) as refused:
        be_found(ada, seen=seen, interests={InterestSort.CARES: ["Oil"]}, by=ada)

    assert (refused.value.code, findable(ada)) == (code, None)
    assert interests_of([ada.pk])[ada.pk].cares == {}


def test_nobody_puts_somebody_else_into_the_directory(group):
    ada, ben = PersonFactory(), PersonFactory(is_steward=True)

    for act in (lambda: be_found(ada, seen=EVERYTHING, by=ben), lambda: stop_being_found(ada, by=ben)):
        with pytest.raises(Refused, match="Only") as refused:
            act()
        assert refused.value.code == "forbidden"


def test_each_part_is_shown_to_those_it_is_for_and_never_to_more_than_the_profile_shows_it(group):
    ada = groups.join(told(PersonFactory(name="Ada"), languages="groups", region="everyone", about="me"), group)
    near, far = groups.join(PersonFactory(), group), PersonFactory()
    found(ada, seen=EVERYTHING | {"helps": "groups", "learns": "me"}, cares=["A"], helps=["B"], learns=["C"])

    seen = {
        reader.pk: {part for part in PARTS if getattr(directory_for(reader).shown[0], part)} for reader in (near, far)
    }

    assert seen == {near.pk: {"cares", "helps", "languages", "region", "groups"}, far.pk: {"cares", "region", "groups"}}


HIDDEN = [{"words": "canary"}, {"words": "canaries"}, {"words": "Kathmandu"}, {"words": "Nepal"}, {"words": "Gaelic"}]
HIDDEN += [{"cares": "canary"}, {"helps": "canary"}, {"learns": "canary"}, {"language": "gd"}, {"region": "NP"}]
HIDDEN += [{"words": "Lantern"}, {"group": "lantern"}]


def test_no_search_filter_choice_page_or_count_tells_of_what_is_hidden_from_the_reader(group, client):
    """Ada shows all of it to people in her groups and nothing to others: each way finds her for one of them alone."""
    ada = groups.join(told(PersonFactory(name="Ada")), group)
    near, far = groups.join(PersonFactory(), group), PersonFactory()
    canary = {"cares": ["Canary", "Plain"], "helps": ["Canary birds"], "learns": ["Canary birds"]}
    found(ada, seen=dict.fromkeys(PARTS, "groups"), **canary)
    found(PersonFactory(name="Bo"), cares=["Plain"])
    hidden = [one | ({"group": group.slug} if "group" in one else {}) for one in HIDDEN]

    assert [names(near, **one) for one in hidden] == [["Ada"]] * len(hidden)
    assert [names(far, **one) for one in hidden] == [[]] * len(hidden)
    assert [names(reader, words="Ada") for reader in (near, far)] == [["Ada"], []]
    kinds = {
        reader.pk: [hit.found.title for part in search(read_words("canary"), reader) for hit in part.hits]
        for reader in (near, far)
    }
    assert kinds == {near.pk: ["Ada"], far.pk: []}
    assert search(read_words("canary"), None) == []
    client.force_login(far)
    page = client.get(reverse("directory")).content.decode()
    assert "1 person" in page
    assert not [word for word in ("Ada", "Canary", "Nepal", "Gaelic", "Lantern", "Kathmandu") if word in page]
    assert client.get(reverse("directory_person", args=[ada.pk])).status_code == 404


def test_people_kept_apart_do_not_find_each_other_whoever_wished_it(group, client):
    ada, ben, eve = (found(PersonFactory(name=name), cares=["Oil"]) for name in ("Ada", "Ben", "Eve"))
    client.force_login(ada)

    client.post(reverse("directory_apart", args=[ben.pk]))

    assert (names(ada), names(ben), names(eve)) == (["Eve"], ["Eve"], ["Ada", "Ben"])
    assert [search(read_words("oil"), one)[0].count for one in (ada, ben, eve)] == [1, 1, 2]
    assert "Ben" in client.get(reverse("directory_me")).content.decode()
    client.post(reverse("directory_apart", args=[ben.pk]), {"do": "forget"})
    assert names(ben) == ["Ada", "Eve"]
    assert client.post(reverse("directory_apart", args=[ben.pk]), {"do": "forget"}).status_code == 404


def test_hours_in_common_are_known_to_two_who_both_show_them(group):
    ada, ben = (told(PersonFactory(name=name)) for name in ("Ada", "Ben"))
    for person, seen in ((ada, "groups"), (ben, "signed_in")):
        found(person, seen={"cares": "signed_in", "hours": seen}, cares=["Oil"])
    assert (names(ben, hours=3), names(ada, hours=3)) == ([], [])

    be_found(ada, seen={"cares": "signed_in", "hours": "signed_in"}, by=ada)

    assert (names(ben, hours=3), names(ada, hours=3)) == (["Ada"], ["Ben"])
    assert directory_for(ada).one(ben.pk).common.minutes == 12 * 60
    state_comfortable_hours(ben, None, by=ben)
    assert names(ada, hours=1) == []


def test_absence_is_shown_to_those_who_lead_a_group_of_theirs_where_the_person_shows_it(group):
    ada, ben = (found(groups.join(PersonFactory(name=name), group), cares=["Oil"]) for name in ("Ada", "Ben"))
    lead, near = groups.lead(PersonFactory(), group).person, groups.join(PersonFactory(), group)
    today = today_here()
    for person in (ada, ben):
        say_away(person, first_day=today, last_day=today + timedelta(days=3), shown=person == ada)

    assert directory_for(lead).away == {ada.pk: today + timedelta(days=3)}
    assert directory_for(near).away == {}


def test_those_who_are_held_merged_or_erased_are_not_found_and_their_choice_goes_with_them(group):
    all_names = ("Ada", "B.", "BB", "Eve", "R")
    ada, ben, double, eve, reader = (found(PersonFactory(name=name), cares=["Oil"]) for name in all_names)

    suspend_person(ada, by=machine())
    merge_people(ben, double, by=machine())
    erase_person(eve, by=machine())

    assert names(reader) == ["B."]
    assert set(Findable.objects.values_list("person", flat=True)) == {ada.pk, ben.pk, double.pk, reader.pk}
    assert [hit.found.title for hit in search(read_words("oil"), reader)[0].hits] == ["B."]


def test_directory_asks_as_much_for_thirty_people_as_for_one_and_comes_in_pages(
    group, client, django_assert_num_queries
):
    reader = groups.join(found(PersonFactory(), learns=["Maps"], helps=["Tea"]), group)
    client.force_login(reader)
    found(groups.join(told(PersonFactory(name="Zoe")), group), seen=EVERYTHING, helps=["Maps"], learns=["tea"])
    client.get(reverse("directory"))
    with django_assert_num_queries(QUERIES):
        first = client.get(reverse("directory")).content.decode()
    assert "Can help with Maps, which you want to learn. Wants to learn tea, which you can help with." in first

    others = [PersonFactory(name=f"Name {n:02}") for n in range(29)]
    Findable.objects.bulk_create(Findable(person=one, seen=EVERYTHING) for one in others)
    Interest.objects.bulk_create(Interest(person=one, sort="cares", words="Maps", subject="maps") for one in others)

    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("directory"), {"q": "maps"})
    assert [card.person.name for card in page.context["cards"]] == ["Zoe", *(f"Name {n:02}" for n in range(19))]
    second = client.get(reverse("directory"), {"q": "maps", "page": 2})
    assert [card.person.name for card in second.context["cards"]] == [f"Name {n:02}" for n in range(19, 29)]
    assert "30 people" in second.content.decode()


def test_person_says_it_on_one_page_and_sees_how_others_see_them(group, client):
    ada = groups.join(told(PersonFactory(name="Ada"), about="groups"), group)
    found(PersonFactory(), helps=["Tea"])
    client.force_login(ada)
    page = client.get(reverse("directory_me")).content.decode()
    assert "You are not in the directory" in page
    assert "<bdi>Tea</bdi>" in page
    words = {"cares": "Oil, lamps\nWicks", "helps": "", "learns": ""}
    sent = words | {f"seen_{part}": "me" for part in PARTS}

    assert client.post(reverse("directory_me"), sent | {"do": "keep"}).status_code == 302
    assert findable(ada) is None
    assert list(interests_of([ada.pk])[ada.pk].cares.values()) == ["Oil", "lamps", "Wicks"]
    refused = client.post(reverse("directory_me"), sent | {"cares": "Kept as typed"})
    assert (refused.status_code, "Kept as typed" in refused.content.decode()) == (400, True)
    widened = client.post(reverse("directory_me"), sent | {"seen_about": "signed_in"})
    assert widened.status_code == 400

    answer = client.post(reverse("directory_me"), sent | {"seen_cares": "signed_in", "seen_about": "groups"})

    assert answer.url == reverse("directory_seen")
    seen = [client.get(reverse("directory_seen"), {"as": level}).content.decode() for level in ("signed_in", "groups")]
    assert [("lamps" in page, "Canaries sing." in page) for page in seen] == [(True, False), (True, True)]
    client.post(reverse("directory_stop"))
    assert "Nobody finds you" in client.get(reverse("directory_seen")).content.decode()


@pytest.mark.parametrize(
    "sought", [{"q": "x" * 300}, {"helps": "x" * 99}, {"page": "no"}, {"hours": "9", "group": "none"}]
)
def test_odd_questions_are_answered_with_a_page(group, client, sought):
    client.force_login(PersonFactory())

    page = client.get(reverse("directory"), sought)

    assert page.status_code in (200, 400)
    assert "Nobody shows themselves to you here yet" in page.content.decode()
