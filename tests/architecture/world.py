"""One of everything that an address can lead to, and one person of every role."""

from __future__ import annotations

from dataclasses import dataclass, field

from folkmoot.calendar.actions import add_layer
from folkmoot.calendar.models import Layer
from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import CharterDraft, Group, Power, Role
from folkmoot.ledger.actors import system
from folkmoot.meetings.models import Meeting
from folkmoot.notices.actions import tell
from folkmoot.notices.models import Letter, ListAddress, Telling
from folkmoot.notices.notices import AddressPaused
from folkmoot.people.actions import change_profile, make_sign_in_link, merge_people, name_steward
from folkmoot.people.actions.profiles import ProfileWords
from folkmoot.people.models import HeldSignUp, MergeRecord, Person
from tests.factories import groups
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

NAMED = {"Managers": Power.MANAGE, "Participants": Power.TAKE_PART, "Observers": Power.OBSERVE}
ROLES = ("anonymous", "stranger", "observer", "participant", "manager", "other_manager", "steward")


@dataclass
class World:
    """A group with its people, another group with its manager, a steward, and what else has an address."""

    group: Group
    other_group: Group
    meeting: Meeting
    draft: CharterDraft
    letter: Letter
    layer: Layer
    link: str
    held: HeldSignUp
    telling: Telling
    mailing_list: ListAddress
    merge: MergeRecord
    people: dict[str, Person] = field(default_factory=dict)


def make_world() -> World:
    """The world, in the database of the test."""
    organisation()
    group = meeting_group(name="Lantern Working Group")
    other_group = meeting_group(name="Anvil Working Group")
    for one in (group, other_group):
        for position, (name, power) in enumerate(NAMED.items()):
            Role.objects.create(group=one, position=position, name=name, power=power)
    people = {role: PersonFactory(name=role.replace("_", " ").title()) for role in ROLES if role != "anonymous"}
    groups.join(people["observer"], group, Power.OBSERVE)
    groups.join(people["participant"], group, Power.TAKE_PART)
    groups.join(people["manager"], group, Power.MANAGE)
    groups.join(people["other_manager"], other_group, Power.MANAGE)
    name_steward(people["steward"], by=system())
    draft = CharterDraft.objects.create(by=people["steward"], file_name="charter.md", source=groups.CHARTER.encode())
    letter = Letter.objects.create(
        message_id="<1@example.org>", sender="a@example.org", recipient="b@example.org", subject="Hello", text="Hello"
    )
    layer = add_layer(name="Foundation", address="https://example.org/a.ics", zone="UTC", by=system())
    link = make_sign_in_link(people["stranger"])
    held = HeldSignUp.objects.create(person=PersonFactory(is_active=False), reason=HeldSignUp.Reason.NETWORK)
    (telling,) = tell([people["stranger"]], AddressPaused(address="b@example.org", problem="", since="2026-05-01"))
    mailing_list = ListAddress.objects.create(place=place_of(group).key, address="lantern@lists.example.org")
    change_profile(
        people["participant"],
        ProfileWords(name="Participant", pronouns="they/them", seen={"pronouns": "groups"}),
        by=people["participant"],
    )
    merge = merge_people(people["other_manager"], PersonFactory(name="Other Record"), by=system())
    return World(
        group=group,
        other_group=other_group,
        meeting=next_meeting(group),
        draft=draft,
        letter=letter,
        layer=layer,
        link=link,
        held=held,
        telling=telling,
        mailing_list=mailing_list,
        merge=merge,
        people=people,
    )
