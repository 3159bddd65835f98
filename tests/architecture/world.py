"""One of everything that an address can lead to, and one person of every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from folkmoot.availability.actions import answer_as_guest
from folkmoot.availability.models import Poll
from folkmoot.calendar.actions import add_layer, make_own_feed
from folkmoot.calendar.models import Layer
from folkmoot.decisions.actions import object_to
from folkmoot.decisions.models import Decision, Objection
from folkmoot.groups.actions import comment_on_amendment
from folkmoot.groups.actions.handover import begin_handover, offer_handover, write_handover
from folkmoot.groups.actions.invitations import make_invitation_link
from folkmoot.groups.actions.proposals import propose_group
from folkmoot.groups.actions.roster import keep_roster
from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.mailing import place_of
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
from folkmoot.invitations.actions import invite_guest
from folkmoot.invitations.models import CallGuest
from folkmoot.ledger.actors import system
from folkmoot.live.actions import call_on, next_item, open_call, raise_hand
from folkmoot.meetings.actions import (
    ItemWords,
    NotesWords,
    add_item,
    add_minutes_item,
    approve_minutes,
    ask_for_change,
    ask_to_join,
    begin_minutes,
    begin_series,
    choose_opening,
    confirm_public,
    make_code,
    make_guest_link,
    note_guest,
    note_opening_read,
    propose_link,
    propose_minutes,
    publish_minutes,
    record_attendance,
    request_item,
    set_level,
)
from folkmoot.meetings.actions.agenda_guests import guest_path
from folkmoot.meetings.actions.turns import ask_for_turn
from folkmoot.meetings.domain import pattern
from folkmoot.meetings.minutes_reading import minutes_of
from folkmoot.meetings.models import (
    AgendaItem,
    Attendance,
    JointCall,
    Material,
    Meeting,
    Minutes,
    MinutesItem,
    Turn,
    WantedChange,
)
from folkmoot.notices.actions import tell
from folkmoot.notices.models import Letter, ListAddress, Telling
from folkmoot.notices.notices import AddressPaused
from folkmoot.organisation.queries import today_here
from folkmoot.people.actions import change_profile, make_sign_in_link, merge_people, name_steward, say_away
from folkmoot.people.actions.profiles import ProfileWords
from folkmoot.people.models import Absence, HeldSignUp, MergeRecord, Person, Upload
from folkmoot.plan.actions import add_task, start_checklist
from folkmoot.plan.actions.registers import keep_risk, keep_stakeholder
from folkmoot.plan.actions.reports import draft_report, publish_report
from folkmoot.plan.actions.templates import copy_template, template_for
from folkmoot.plan.domain.periods import month_of, quarter_of
from folkmoot.plan.models import (
    Checklist,
    ChecklistTemplate,
    Goal,
    Initiative,
    KeyResult,
    Report,
    Risk,
    Stakeholder,
    Task,
    YearActivity,
)
from tests.architecture.motions import Motions, make_motions
from tests.factories import amendments, connections, files, governance, groups
from tests.factories.decisions import proposed as proposed_decision
from tests.factories.decisions import recorded
from tests.factories.live import call_under_way
from tests.factories.meetings import held_call, meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import goal, initiative, key_result
from tests.factories.polls import painted
from tests.factories.polls import poll as make_poll

NAMED = {"Managers": Power.MANAGE, "Participants": Power.TAKE_PART, "Observers": Power.OBSERVE}
ROLES = ("anonymous", "stranger", "observer", "participant", "manager", "other_manager", "steward")
IDLE_STEWARD = "idle_steward"
"""The steward in a session whose steward mode is off."""


@dataclass
class Planned:
    """One of everything that plan has an address for, all of the group."""

    initiative: Initiative
    goal: Goal
    key_result: KeyResult
    activity: YearActivity
    risk: Risk
    stakeholder: Stakeholder
    report: Report


@dataclass
class OnAgenda:
    """An item of the agenda, one that is asked for, something to read, and the path of a link for guests."""

    item: AgendaItem
    request: AgendaItem
    material: Material
    guest_path: str


@dataclass
class OfMinutes:
    """Minutes that are a draft, an item of them under the Chatham House Rule, minutes that are published, and a change
    that was asked for."""

    draft: Minutes
    item: MinutesItem
    published: Minutes
    wanted: WantedChange


@dataclass
class World:
    """A group with its people, another group with its manager, a steward, and what else has an address."""

    group: Group
    other_group: Group
    meeting: Meeting
    call: Meeting
    running: Meeting
    guest: Attendance
    invited: CallGuest
    draft: CharterDraft
    letter: Letter
    layer: Layer
    link: str
    own_feed_path: str
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
    telling: Telling
    mailing_list: ListAddress
    merge: MergeRecord
    task: Task
    own_checklist: Checklist
    template: ChecklistTemplate
    planned: Planned
    amendment: Amendment
    amendment_draft: Amendment
    decision: Decision
    recorded: Decision
    objection: Objection
    comment: AmendmentComment
    turn: Turn
    absence: Absence
    joint: JointCall
    upload: Upload
    agenda: OnAgenda
    minutes: OfMinutes
    motions: Motions
    poll: Poll
    people: dict[str, Person] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)


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
    call = make_call(group, people)
    now = timezone.now()
    participants = group.roles.get(name="Participants")
    _link, path = make_invitation_link(group, participants, by=people["manager"])
    proposed = amendments.proposal(group, by=people["participant"])
    written = amendments.draft(group, by=people["participant"])
    held = HeldSignUp.objects.create(person=PersonFactory(is_active=False), reason=HeldSignUp.Reason.NETWORK)
    (telling,) = tell([people["stranger"]], AddressPaused(address="b@example.org", problem="", since="2026-05-01"))
    mailing_list = ListAddress.objects.create(place=place_of(group).key, address="lantern@lists.example.org")
    change_profile(
        people["participant"],
        ProfileWords(name="Participant", pronouns="they/them", seen={"pronouns": "groups"}),
        by=people["participant"],
    )
    merge = merge_people(people["other_manager"], PersonFactory(name="Other Record"), by=system())
    task = add_task(title="Water the plants", group=group, by=people["participant"])
    template = copy_template(template_for("welcome", group), group, by=system())
    parts = {"newcomer": people["participant"], "buddy": people["manager"]}
    welcoming = start_checklist("welcome", group=group, anchor=today_here(), people=parts, by=system())
    decision = proposed_decision(group, by=people["participant"])
    begin_series(
        group,
        title="Office hour",
        pattern=pattern.Pattern("weeks", (pattern.Turn(time(9)), pattern.Turn(time(17))), weekdays=(1,)),
        from_day=today_here() + timedelta(days=60),
        zone="UTC",
        duration=timedelta(minutes=30),
        by=system(),
    )
    turn = ask_for_turn(next_meeting(group), "scribe", people["participant"], by=people["manager"])
    return World(
        turn=turn,
        absence=say_away(
            people["participant"],
            first_day=today_here() + timedelta(days=200),
            last_day=today_here() + timedelta(days=210),
            shown=True,
        ),
        joint=ask_to_join(group, other_group, position=0, by=system()),
        group=group,
        other_group=other_group,
        meeting=next_meeting(group),
        call=call,
        invited=invite_guest(next_meeting(group), "guest@example.org", name="Nia", by=people["manager"]),
        running=make_running(group, people),
        guest=note_guest(call, name="Marisol", by=people["manager"]),
        draft=draft,
        letter=letter,
        link=link,
        own_feed_path=make_own_feed(has_details=False, by=PersonFactory())[1],
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
        telling=telling,
        mailing_list=mailing_list,
        merge=merge,
        task=task,
        own_checklist=welcoming,
        template=template,
        planned=make_planned(group),
        seat=seat,
        term=term,
        handover=handover,
        unowned=unowned,
        proposal=proposal,
        amendment=proposed,
        amendment_draft=written,
        decision=decision,
        recorded=recorded(group),
        objection=object_to(decision, reason="Too bright.", by=people["manager"]),
        upload=files.upload(people["participant"]),
        comment=comment_on_amendment(proposed, by=people["observer"], text="Nine is early."),
        agenda=make_agenda(next_meeting(group), people),
        minutes=make_minutes(group, call, people["manager"]),
        motions=make_motions(group, people["participant"]),
        poll=make_answered_poll(group, people["manager"]),
        people=people,
        made=connections.everything(group, people) | governance.everything(group, people),
    )


def make_answered_poll(group: Group, manager: Person) -> Poll:
    """A poll that anybody may answer who has its link, with the answer of a guest."""
    poll = make_poll(group, by=manager)
    answer_as_guest(poll, painted(poll, free=(0, 1, 2), maybe=(3,)), name="Odalys", once="once")
    return poll


def make_agenda(meeting: Meeting, people: dict[str, Person]) -> OnAgenda:
    """What is on the agenda of a call, put there by its manager."""
    item = add_item(meeting, ItemWords("A room for spring"), by=people["manager"])
    return OnAgenda(
        item=item,
        request=request_item(meeting, ItemWords("May we record?"), by=people["participant"]),
        material=propose_link(item, title="Draft", url="https://example.org/draft", by=people["participant"]),
        guest_path=guest_path(make_guest_link(meeting, by=people["manager"])),
    )


def make_minutes(group: Group, call: Meeting, manager: Person) -> OfMinutes:
    """The draft of a call, and minutes of an earlier one that everybody reads."""
    draft = begin_minutes(call, by=manager)
    published = begin_minutes(held_call(group, ended=timedelta(days=9)), by=manager)
    text = NotesWords("Lamps", "They are lit.")
    set_level(published, "chatham", by=manager)
    item = add_minutes_item(published, text, by=manager)
    propose_minutes(published, way="people", people=[manager], by=manager)
    approve_minutes(published, by=manager)
    confirm_public(item, title=text.title, text=text.notes, version=1, by=manager)
    publish_minutes(published, by=manager)
    item = add_minutes_item(draft, text, by=manager)
    ask_for_change(propose_minutes(draft, way="next_call", by=manager), "Shorter, please", by=manager)
    return OfMinutes(minutes_of(call) or draft, item, published, draft.wanted.get())


def make_call(group: Group, people: dict[str, Person]) -> Meeting:
    """A call that has just ended: a code is shown, its texts are chosen, and the participant was there."""
    call = held_call(group)
    make_code(call, by=people["manager"])
    choose_opening(group, ["antitrust", "chatham_house_rule"], by=people["manager"])
    note_opening_read(call, by=people["manager"])
    record_attendance(call, people["participant"], by=people["manager"])
    return call


def make_running(group: Group, people: dict[str, Person]) -> Meeting:
    """A call that is on: at its first item, with minutes begun, one who speaks and two who wait."""
    call = call_under_way(group)
    open_call(call, by=people["manager"])
    next_item(call, seen=0, by=people["manager"])
    begin_minutes(call, by=people["manager"])
    call_on(raise_hand(call, by=people["manager"]), seen=None, by=people["manager"])
    raise_hand(call, by=people["participant"])
    raise_hand(call, by=people["manager"], guest="Marisol")
    return call


def make_planned(group: Group) -> Planned:
    """What a group has planned; nobody in particular looks after it."""
    month = month_of(today_here()).before
    wanted = goal(group, period=quarter_of(today_here()))
    report = draft_report(group, month, by=system())
    publish_report(report, by=system())
    return Planned(
        initiative=initiative(group),
        goal=wanted,
        key_result=key_result(wanted),
        activity=YearActivity.objects.create(group=group, year=today_here().year, key="open house", name="Open house"),
        risk=keep_risk(group, title="Nobody comes", likelihood=2, impact=4, by=system()),
        stakeholder=keep_stakeholder(group, name="The library", by=system()),
        report=report,
    )
