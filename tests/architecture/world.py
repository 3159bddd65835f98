"""One of everything that an address can lead to, and one person of every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from folkmoot.calendar.actions import add_layer
from folkmoot.calendar.models import Layer
from folkmoot.groups.actions import comment_on_amendment
from folkmoot.groups.actions.handover import begin_handover, offer_handover, write_handover
from folkmoot.groups.actions.invitations import make_invitation_link
from folkmoot.groups.actions.proposals import propose_group
from folkmoot.groups.actions.roster import keep_roster
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.models import (
    Agreement,
    Amendment,
    AmendmentComment,
    AppointmentState,
    Begun,
    CharterDraft,
    Group,
    GroupProposal,
    Handover,
    Invitation,
    JoinRequest,
    ManagerAppointment,
    Participation,
    Power,
    Role,
    RosterDraft,
    Seat,
    Term,
    UnownedHolding,
)
from folkmoot.ledger.actors import system
from folkmoot.meetings.models import Meeting
from folkmoot.notices.models import Letter
from folkmoot.people.actions import make_sign_in_link, name_steward
from folkmoot.people.models import HeldSignUp, Person
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
    layer: Layer
    link: str
    seat: Seat
    term: Term
    handover: Handover
    unowned: UnownedHolding
    proposal: GroupProposal
    participation: Participation
    request: JoinRequest
    invitation: Invitation
    invitation_path: str
    appointment: ManagerAppointment
    agreement: Agreement
    roster: RosterDraft
    held: HeldSignUp
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
    layer = add_layer(name="Foundation", address="https://example.org/a.ics", zone="UTC", by=system())
    link = make_sign_in_link(people["stranger"])
    seat = add_seat(group, title="Treasurer", term_months=24, by=system())
    secretary = add_seat(group, title="Secretary", term_months=24, by=system())
    term = begin_term(secretary, people["participant"], how=Begun.ELECTED, by=system())
    handover = begin_handover(group, by=people["manager"])
    write_handover(
        handover,
        taker=people["participant"],
        notes="",
        shadow_until=None,
        stays=True,
        emeritus=False,
        lines={},
        by=people["manager"],
    )
    handover = offer_handover(handover, by=people["manager"])
    unowned = UnownedHolding.objects.create(
        group=group,
        kind="groups.seats",
        key=str(term.pk),
        words="Secretary",
        left_by=people["stranger"],
        since=timezone.now(),
    )
    proposal = propose_group(name="Kites", why="The wind is good.", by=people["stranger"])
    group.refresh_from_db()
    now = timezone.now()
    participants = group.roles.get(name="Participants")
    _link, path = make_invitation_link(group, participants, by=people["manager"])
    proposed = amendments.proposal(group, by=people["participant"])
    written = amendments.draft(group, by=people["participant"])
    held = HeldSignUp.objects.create(person=PersonFactory(is_active=False), reason=HeldSignUp.Reason.NETWORK)
    return World(
        group=group,
        other_group=other_group,
        meeting=next_meeting(group),
        draft=draft,
        letter=letter,
        link=link,
        participation=Participation.objects.get(person=people["participant"], group=group),
        request=JoinRequest.objects.create(person=PersonFactory(), group=group, role=participants, asked_at=now),
        invitation=Invitation.objects.create(
            group=group,
            role=participants,
            person=PersonFactory(),
            token_digest="0" * 64,
            made_at=now,
            sent_at=now - timedelta(days=1),
            expires_at=now + timedelta(days=1),
            most_uses=1,
        ),
        invitation_path=path,
        appointment=ManagerAppointment.objects.create(
            person=people["participant"],
            group=group,
            role=group.roles.get(name="Managers"),
            starts_on=now.date(),
            ends_on=now.date() + timedelta(days=180),
            hours_a_week=2,
            state=AppointmentState.OFFERED,
            offered_at=now,
        ),
        agreement=Agreement.objects.create(
            key="conduct", number=1, title="Code of conduct", text="Be kind.", in_force_from=now.date()
        ),
        roster=keep_roster(group, "people.csv", b"Name,E-mail\nAda,ada@example.org\n", by=people["manager"]),
        layer=layer,
        held=held,
        seat=seat,
        term=term,
        handover=handover,
        unowned=unowned,
        proposal=proposal,
        amendment=proposed,
        amendment_draft=written,
        comment=comment_on_amendment(proposed, by=people["observer"], text="Nine is early."),
        people=people,
    )
