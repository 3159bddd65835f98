"""What people say of themselves: kept whole or not at all, and seen by those whom they chose."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import change_preferences, change_profile, suspend_person
from folkmoot.people.actions.profiles import Affiliated, ProfileWords
from folkmoot.people.models import Affiliation, Person, Profile, Seen
from folkmoot.people.profile_words import Link
from folkmoot.people.shown import PARTS, profile_as, profile_for
from tests.factories.groups import group, join
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

ALL_OF_IT = ProfileWords(
    name="Ada Oakes",
    zone="Asia/Kolkata",
    pronouns="she/her",
    pronunciation="AY-dah",
    languages=("pt-BR", "en"),
    region="034",
    about="I mend kettles.\nAsk me.",
    links=(Link("https://ada.example.org/", "Notebook"), Link("mailto:ada@post.example.org")),
    affiliations=(
        Affiliated("Old Works", dt.date(2019, 1, 1), dt.date(2021, 5, 1)),
        Affiliated("", dt.date(2021, 5, 2)),
    ),
)
MIXED = {
    "pronouns": "everyone",
    "pronunciation": "everyone",
    "zone": "groups",
    "languages": "signed_in",
    "region": "signed_in",
    "affiliations": "groups",
    "links": "me",
}


def ada(**changes: object) -> Person:
    person = PersonFactory(name="Ada Oakes", email="ada.secret@example.org")
    change_profile(person, replace(ALL_OF_IT, **changes), by=person)
    return person


def test_profile_is_kept_and_told_without_words_that_last():
    person = ada()

    profile = Profile.objects.get(person=person)
    entry = Entry.objects.get(kind="people.profile_changed")
    assert (person.zone, profile.languages, profile.region) == ("Asia/Kolkata", ["pt-BR", "en"], "034")
    assert profile.about == "I mend kettles.\nAsk me."
    assert profile.links == [
        {"label": "Notebook", "url": "https://ada.example.org/"},
        {"label": "ada@post.example.org", "url": "mailto:ada@post.example.org"},
    ]
    assert [(a.organisation, a.ended_on) for a in person.affiliations.order_by("pk")] == [
        ("Old Works", dt.date(2021, 5, 1)),
        ("", None),
    ]
    assert entry.changes == {}
    assert entry.payload == {
        "fields": sorted(["zone", "pronouns", "pronunciation", "languages", "region", "about", "links", "affiliations"])
    }
    assert entry.detail.changes["pronouns"] == ["", "she/her"]


def test_saving_the_same_again_tells_nothing():
    person = ada()

    change_profile(person, replace(ALL_OF_IT), by=person)

    assert Entry.objects.filter(kind="people.profile_changed").count() == 1


def test_new_affiliation_leaves_the_old_one_as_history():
    person = ada(affiliations=(Affiliated("Old Works", dt.date(2019, 1, 1)),))
    old = person.affiliations.get()

    lines = (
        Affiliated("Old Works", old.began_on, dt.date(2026, 1, 31), pk=old.pk),
        Affiliated("New Works", dt.date(2026, 2, 1)),
    )
    change_profile(person, replace(ALL_OF_IT, affiliations=lines), by=person)

    assert list(person.affiliations.order_by("pk").values_list("pk", "organisation", "ended_on")) == [
        (old.pk, "Old Works", dt.date(2026, 1, 31)),
        (person.affiliations.get(organisation="New Works").pk, "New Works", None),
    ]


def test_somebody_elses_affiliation_cannot_be_taken_by_its_number():
    foreign = ada().affiliations.first()
    ben = PersonFactory()

    change_profile(ben, ProfileWords(name="Ben", affiliations=(Affiliated("Mine", pk=foreign.pk),)), by=ben)

    foreign.refresh_from_db()
    assert foreign.person != ben
    assert Affiliation.objects.get(person=ben).organisation == "Mine"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "\u200b"},
        {"zone": "PST"},
        {"languages": ("xx-nonsense",)},
        {"region": "QO"},
        {"pronouns": "p" * 61},
        {"about": "a" * 1001},
        {"links": (Link("javascript:alert(1)"),)},
        {"links": (Link("http://plain.example.org"),)},
        {"links": (Link("https://user:secret@example.org/"),)},
        {"links": (Link("https://exa mple.org/"),)},
        {"links": (Link("https://example.org/\x00"),)},
        {"links": (Link("mailto:nobody"),)},
        {"links": (Link("https://example.org/" + "a" * 500),)},
        {"links": tuple(Link(f"https://example.org/{n}") for n in range(9))},
        {"affiliations": (Affiliated("X", dt.date(2020, 1, 2), dt.date(2020, 1, 1)),)},
        {"affiliations": tuple(Affiliated(f"X{n}") for n in range(21))},
        {"seen": {"pronouns": "the whole world"}},
        {"seen": {"email": "everyone"}},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_kept(changes):
    person = PersonFactory(name="Ada", zone="UTC")

    with pytest.raises(Refused):
        change_profile(person, replace(ALL_OF_IT, **changes), by=person)

    person.refresh_from_db()
    assert (person.name, person.zone) == ("Ada", "UTC")
    assert not Profile.objects.exists()
    assert not Affiliation.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["self", "other", "steward", "machine"])
def test_only_oneself_says_what_the_profile_says(who):
    person = PersonFactory()
    actor = {
        "self": lambda: person,
        "other": PersonFactory,
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
    }[who]()

    if who in ("self", "machine"):
        change_profile(person, ALL_OF_IT, by=actor)
        assert person.name == "Ada Oakes"
    else:
        with pytest.raises(Refused) as refused:
            change_profile(person, ALL_OF_IT, by=actor)
        assert refused.value.code == "forbidden"


def readers(person: Person) -> dict[str, Person | None]:
    lantern = group()
    join(person, lantern)
    return {
        "anonymous": None,
        "signed in": PersonFactory(),
        "groupmate": join(PersonFactory(), lantern, Power.OBSERVE),
        "steward": PersonFactory(is_steward=True),
        "self": person,
    }


def test_each_reader_sees_exactly_the_parts_that_are_for_them():
    """The snapshot: whoever adds a part must say here who sees it."""
    person = ada(seen=MIXED)

    seen = {who: set(profile_for(person, reader).parts) for who, reader in readers(person).items()}

    assert seen == {
        "anonymous": {"pronouns", "pronunciation"},
        "signed in": {"pronouns", "pronunciation", "languages", "region"},
        "groupmate": {"pronouns", "pronunciation", "languages", "region", "zone", "affiliations"},
        "steward": {"pronouns", "pronunciation", "languages", "region"},
        "self": set(PARTS),
    }


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("level", Seen.values)
def test_every_part_at_every_level_is_seen_by_those_and_no_others(part, level):
    person = ada(seen={part: level})
    reached = {
        "me": {"self"},
        "groups": {"self", "groupmate"},
        "signed_in": {"self", "groupmate", "signed in", "steward"},
        "everyone": {"self", "groupmate", "signed in", "steward", "anonymous"},
    }[level]

    shown = {who: profile_for(person, reader) for who, reader in readers(person).items()}

    assert {who for who, profile in shown.items() if profile and part in profile.parts} == reached
    assert {who for who, profile in shown.items() if profile} == reached | {"steward"}


def test_at_first_nobody_sees_anything():
    person = ada()

    shown = {who: profile_for(person, reader) for who, reader in readers(person).items()}

    assert shown["anonymous"] is None
    assert shown["signed in"] is None
    assert shown["groupmate"] is None
    assert shown["steward"].parts == {}
    assert not person.has_public_profile


def test_groups_of_the_past_are_no_circle():
    person = ada(seen={"pronouns": "groups"})
    mate = readers(person)["groupmate"]
    mate.participations.update(ended_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))

    assert profile_for(person, mate) is None


def test_own_look_through_the_eyes_of_others_shows_what_they_see():
    person = ada(seen=MIXED)
    others = readers(person)

    looks = {level: profile_as(person, level).parts for level in ("groups", "signed_in", "everyone")}

    assert looks["everyone"] == profile_for(person, None).parts
    assert looks["signed_in"] == profile_for(person, others["signed in"]).parts
    assert looks["groups"] == profile_for(person, others["groupmate"]).parts


def test_held_person_shows_nothing_to_others():
    person = ada(seen=MIXED)
    suspend_person(person, by=system())

    person.refresh_from_db()
    assert profile_for(person, PersonFactory()) is None
    assert person.public_path == ""
    assert profile_for(person, PersonFactory(is_steward=True)) is not None


def test_link_to_the_profile_is_only_there_where_anybody_may_see_it():
    person = ada(seen={"pronouns": "signed_in"})
    assert person.public_path == ""

    change_profile(person, replace(ALL_OF_IT, seen={"pronouns": "everyone"}), by=person)
    assert person.public_path == f"/people/{person.pk}/"

    change_profile(person, replace(ALL_OF_IT, pronouns="", seen={"pronouns": "everyone"}), by=person)
    assert person.public_path == ""


def test_zone_that_is_taken_away_on_the_page_of_preferences_is_no_longer_linked_to():
    person = ada(seen={"zone": "everyone"})
    assert person.public_path

    change_preferences(person, zone="", clock="24", theme="system")

    assert Person.objects.get(pk=person.pk).public_path == ""
