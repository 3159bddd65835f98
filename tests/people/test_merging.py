"""Two records made one, and apart again as if nothing had been."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client
from django.utils import timezone

from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import CharterDraft, Participation, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, Telling
from folkmoot.people.actions import (
    add_person,
    change_profile,
    erase_person,
    make_sign_in_link,
    merge_people,
    person_for,
    settle_merges,
    undo_merge,
)
from folkmoot.people.actions.profiles import Affiliated, ProfileWords
from folkmoot.people.models import MergeRecord, Person, Profile, SignInLink
from folkmoot.people.queries import person_with_email, present_record, records_of
from tests.factories.groups import CHARTER, group, join, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.test_sign_in import code_in

pytestmark = pytest.mark.django_db

OUR_ROOMS = ("people", "notices", "groups", "account", "mfa", "socialaccount")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that a merge may touch; not the ledger and the record of the merge itself."""
    models = [model for label in OUR_ROOMS if apps.is_installed(f"folkmoot.{label}") or label in ("account", "mfa")
              for model in apps.get_app_config(label).get_models() if model is not MergeRecord]  # fmt: skip
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def random_world(seed: int) -> tuple[Person, Person]:
    """Two people with some of everything, chosen by chance."""
    chance = random.Random(seed)
    groups = [group(f"Group {number}", text=f"{CHARTER}\n<!-- {number} -->") for number in range(3)]
    people = []
    for number in range(2):
        person = add_person(
            name=f"Same Person {number}",
            email=chance.choice([None, f"one{number}@example.org"]),
            zone=chance.choice(["", "Asia/Kolkata"]),
            by=system(),
        )
        if chance.random() < 0.5:
            EmailAddress.objects.create(user=person, email=f"second{number}@example.org", verified=True)
        for one in groups:
            for _ in range(chance.randrange(3)):
                join(person, one, chance.choice([Power.OBSERVE, Power.TAKE_PART, Power.MANAGE]))
            if chance.random() < 0.3:
                for open_one in Participation.objects.filter(person=person, group=one, ended_at=None):
                    end_participation(open_one, by=system())
        if chance.random() < 0.7:
            words = ProfileWords(
                name=person.name,
                pronouns="they/them",
                affiliations=(Affiliated("Works"),) * chance.randrange(3),
                seen={"pronouns": chance.choice(["me", "everyone"])},
            )
            change_profile(person, words, by=person)
        for _ in range(chance.randrange(3)):
            Telling.objects.create(
                person=person, kind="x.y", topic="groups", subject="S", text="T", once_key=chance.choice(["", "a", "b"])
                if not Telling.objects.filter(person=person).exclude(once_key="").exists() else ""
            )  # fmt: skip
        if chance.random() < 0.5:
            CharterDraft.objects.create(by=person, source=b"# Draft")
        if chance.random() < 0.5:
            make_sign_in_link(person)
        if chance.random() < 0.5:
            Authenticator.objects.create(user=person, type="totp", data={"secret": "s"})
        person.is_steward = chance.random() < 0.3
        person.is_active = chance.random() < 0.8
        person.save()
        people.append(person)
    PersonFactory(is_steward=True)
    return people[0], people[1]


@pytest.mark.parametrize("seed", range(25))
def test_undoing_a_merge_brings_everything_back_as_it_was(seed):
    kept, gone = random_world(seed)
    before = everything()

    merge = merge_people(kept, gone, by=machine())
    between = everything()
    undo_merge(merge, by=machine())

    assert everything() == before
    assert between != before


@pytest.mark.parametrize("seed", range(5))
def test_after_a_merge_nothing_that_moves_is_left_behind(seed):
    kept, gone = random_world(seed)

    merge_people(kept, gone, by=machine())

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert not Participation.objects.filter(person=gone).exists()
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert not CharterDraft.objects.filter(by=gone).exists()
    assert (gone.email, gone.is_active, gone.is_steward, gone.merged_into) == (None, False, False, kept)


def test_merge_is_told_and_asks_for_a_steward():
    kept, gone = PersonFactory(name="Kept"), PersonFactory()

    for nobody in (kept, gone, PersonFactory()):
        with pytest.raises(Refused) as refused:
            merge_people(kept, gone, by=nobody)
        assert refused.value.code == "forbidden"
    merge = merge_people(kept, gone, by=PersonFactory(is_steward=True))

    entry = Entry.objects.get()
    assert (entry.kind, entry.about, entry.payload) == (
        "people.merged",
        kept,
        {"merge_id": merge.pk, "gone_id": gone.pk},
    )


def test_merge_refuses_what_makes_no_sense():
    ada, ben, cleo = PersonFactory.create_batch(3)
    erased = PersonFactory()
    erase_person(erased, by=machine())
    merge_people(ada, ben, by=machine())

    codes = []
    for kept, gone in ((ada, ada), (cleo, ben), (ben, cleo), (cleo, erased), (erased, cleo)):
        with pytest.raises(Refused) as refused:
            merge_people(kept, gone, by=machine())
        codes.append(refused.value.code)

    assert codes == ["invalid", "merged", "merged", "erased", "erased"]


def test_failure_in_one_room_leaves_nothing_half_merged(monkeypatch):
    kept, gone = random_world(3)
    before = everything()

    def broken(self, kept, gone):
        raise RuntimeError("no ink left")

    monkeypatch.setattr("folkmoot.groups.person_data.Participations.merge", broken)
    with pytest.raises(RuntimeError):
        merge_people(kept, gone, by=machine())

    assert everything() == before
    assert not MergeRecord.objects.exists()


@pytest.mark.parametrize(
    ("of_kept", "of_gone", "lasts"),
    [
        (Power.MANAGE, Power.OBSERVE, Power.MANAGE),
        (Power.OBSERVE, Power.MANAGE, Power.MANAGE),
        (Power.TAKE_PART, Power.TAKE_PART, Power.TAKE_PART),
        (Power.OBSERVE, Power.TAKE_PART, Power.TAKE_PART),
    ],
)
def test_of_two_roles_in_one_group_the_stronger_lasts(of_kept, of_gone, lasts):
    lantern = group()
    kept, gone = join(PersonFactory(), lantern, of_kept), join(PersonFactory(), lantern, of_gone)

    merge_people(kept, gone, by=machine())

    rows = Participation.objects.filter(person=kept)
    assert [row.role.power for row in rows.filter(ended_at=None)] == [lasts]
    assert rows.count() == 2


def test_role_that_ended_lasts_again_only_while_its_seat_is_free():
    lantern = group()
    kept, gone = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern, Power.MANAGE)
    merge = merge_people(kept, gone, by=machine())
    join(PersonFactory(), lantern, Power.MANAGE)
    join(PersonFactory(), lantern, Power.MANAGE)

    undo_merge(merge, by=machine())

    assert role(lantern, Power.MANAGE).participations.filter(ended_at=None).count() == 3
    assert not Participation.objects.filter(person=gone, ended_at=None).exists()


def test_what_kept_has_already_stays_as_it_is():
    kept, gone = PersonFactory(), PersonFactory()
    change_profile(kept, ProfileWords(name="Kept", pronouns="she/her"), by=kept)
    change_profile(gone, ProfileWords(name="Gone", pronouns="he/him"), by=gone)

    merge_people(kept, gone, by=machine())

    assert Profile.objects.get(person=kept).pronouns == "she/her"
    assert Profile.objects.get(person=gone).pronouns == "he/him"


def test_address_of_the_record_that_went_leads_to_the_one_that_stayed():
    organisation()
    kept = add_person(name="Ada", email="ada@example.org", by=system())
    gone = add_person(name="A. Oakes", email="oakes@example.org", by=system())
    merge_people(kept, gone, by=machine())

    client = Client()
    client.post("/accounts/login/code/", {"email": "Oakes@example.org"})
    letter = Letter.objects.get()
    done = client.post("/accounts/login/code/confirm/", {"code": code_in(letter)}, follow=True)

    assert letter.recipient == "oakes@example.org"
    assert done.wsgi_request.user == kept
    assert person_with_email("OAKES@example.org") == kept
    assert person_for("oakes@example.org", by=machine()) == kept
    with pytest.raises(Refused):
        add_person(name="Third", email="oakes@example.org", by=system())


def test_link_of_the_record_that_went_signs_nobody_in():
    gone = PersonFactory()
    path = make_sign_in_link(gone)
    merge_people(PersonFactory(), gone, by=machine())

    assert Client().get(path).status_code == 410


def test_second_factor_of_the_record_that_went_opens_nothing():
    kept, gone = PersonFactory(), PersonFactory()
    Authenticator.objects.create(user=gone, type="totp", data={"secret": "s"})

    merge_people(kept, gone, by=machine())

    assert not Authenticator.objects.filter(user=kept).exists()


def test_nobody_becomes_a_steward_by_it():
    PersonFactory(is_steward=True)
    kept, gone = PersonFactory(), PersonFactory(is_steward=True)

    merge_people(kept, gone, by=machine())

    kept.refresh_from_db()
    assert not kept.is_steward


def test_merges_over_several_steps_lead_to_the_last_and_come_apart_in_turn():
    ada, ben, cleo = PersonFactory.create_batch(3)
    first = merge_people(ben, cleo, by=machine())
    second = merge_people(ada, ben, by=machine())

    assert present_record(Person.objects.get(pk=cleo.pk)) == ada
    assert records_of(ada) == [ada, ben, cleo]
    assert person_with_email(cleo.email) == ada
    with pytest.raises(Refused) as refused:
        undo_merge(first, by=machine())
    undo_merge(second, by=machine())
    undo_merge(first, by=machine())

    assert refused.value.code == "later_merge"
    assert [p.standing for p in Person.objects.order_by("pk")] == ["active"] * 3
    assert person_with_email(cleo.email) == cleo


def test_undo_leaves_what_was_changed_meanwhile():
    kept = PersonFactory(email="kept@example.org")
    gone = PersonFactory(email="gone@example.org")
    merge = merge_people(kept, gone, by=machine())
    Telling.objects.create(person=kept, kind="x.y", topic="groups", subject="Since", text="")
    PersonFactory(email="GONE@example.org")

    undo_merge(merge, by=machine())
    undo_merge(merge, by=machine())

    gone.refresh_from_db()
    assert gone.email is None
    assert Telling.objects.get().person == kept
    assert Entry.objects.filter(kind="people.merge_undone").count() == 1


def test_undo_is_over_after_thirty_days_and_what_was_left_is_erased(freeze):
    clock = freeze("2026-05-01T12:00Z")
    kept, gone = PersonFactory(name="Kept Person"), PersonFactory(name="Gone Person")
    for person in (kept, gone):
        change_profile(person, ProfileWords(name=person.name, pronouns="she/her"), by=person)
    make_sign_in_link(gone)
    Telling.objects.create(person=PersonFactory(), kind="x.y", topic="t", subject="Gone Person came", text="")
    merge = merge_people(kept, gone, by=machine())
    early = settle_merges()

    clock.shift(dt.timedelta(days=30, seconds=1))
    with pytest.raises(Refused) as refused:
        undo_merge(merge, by=machine())
    settled, again = settle_merges(), settle_merges()

    merge.refresh_from_db()
    gone.refresh_from_db()
    assert refused.value.code == "too_late"
    assert (early, settled, again) == (0, 1, 0)
    assert (merge.moved, merge.before, merge.settled_at) == ({}, {}, timezone.now())
    assert gone.name == "Someone who left"
    assert not SignInLink.objects.exists()
    assert Profile.objects.get().person == kept
    assert Telling.objects.get().subject == "Gone Person came"
    assert Entry.objects.get(kind="people.merged").detail.words == {"name": "Kept Person"}
