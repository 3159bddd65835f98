"""One of everything that an address can lead to, and one person of every role."""

from __future__ import annotations

from dataclasses import dataclass, field

from folkmoot.groups.actions import comment_on_amendment
from folkmoot.groups.models import Amendment, AmendmentComment, CharterDraft, Group, Power, Role
from folkmoot.ledger.actors import system
from folkmoot.meetings.models import Meeting
from folkmoot.notices.models import Letter
from folkmoot.people.actions import make_sign_in_link, name_steward
from folkmoot.people.models import Person
from tests.factories import amendments, groups
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
    link: str
    amendment: Amendment
    amendment_draft: Amendment
    comment: AmendmentComment
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
    link = make_sign_in_link(people["stranger"])
    proposed = amendments.proposal(group, by=people["participant"])
    written = amendments.draft(group, by=people["participant"])
    comment = comment_on_amendment(proposed, by=people["observer"], text="Nine is early.")
    return World(group, other_group, next_meeting(group), draft, letter, link, proposed, written, comment, people)
