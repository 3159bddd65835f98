"""Coming into a group and leaving it by one's own wish, and being let in or taken out by those who lead it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.agreements import agree
from folkmoot.groups.actions.participation import hold_group, is_full, take_role, write_end
from folkmoot.groups.domain.joining import Asks
from folkmoot.groups.facts import JoiningAsked, JoiningDecided, LeavingUndone, RemovedFromGroup, RoleLeft
from folkmoot.groups.joining import (
    Entrance,
    RoleChoice,
    entrance_of,
    open_request_of,
    present_of,
    unaffirmed,
    who_leads,
)
from folkmoot.groups.models import (
    AppointmentState,
    Group,
    JoinRequest,
    ManagerAppointment,
    MembershipAnswer,
    Participation,
    Power,
    RequestState,
    Role,
)
from folkmoot.groups.notices import RequestAnswered, SomebodyAsks, SomebodyJoined, TakenOut, Welcome
from folkmoot.groups.pages import YOU_CAN, as_one_of
from folkmoot.groups.rules import may_invite, may_join, may_manage, may_oversee
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.models import Entry
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

UNDO_LASTS = timedelta(minutes=10)
LONGEST_ANSWER = 2_000
LONGEST_REASON = 2_000


@transaction.atomic
def join_group(
    group: Group,
    choice_key: str,
    *,
    answers: Mapping[int, str],
    agreed_to: Collection[int],
    by: Person,
    invited: bool = False,
) -> Participation | JoinRequest:
    """Come into a group in a role of one's own choice; begins at once, unless the charter wants somebody to say yes.

    `choice_key` is that of a `joining.RoleChoice`; `answers` are by the place of the rule in the charter's terms;
    `agreed_to` holds the ids of the agreements that were shown. `invited` is for actions that have seen an invitation,
    which is that yes. Refused `affirm`, `agree`, `role`, `already_there`, or `answer_too_long`.
    """
    require(may_join(by, group))
    hold_group(group)
    entrance = entrance_of(group)
    choice = entrance.choice(choice_key)
    if choice is None:
        raise Refused(_("Please choose one of the roles that are open to everybody."), code="role")
    present = present_of(by, group)
    if present is not None:
        if choice.role is not None and present.role_id == choice.role.pk:
            return present
        raise Refused(_("You take part in %(group)s already.") % {"group": group.name}, code="already_there")
    _check(entrance, answers, agreed_to)
    waiting = open_request_of(by, group)
    if waiting is not None and not invited:
        return waiting
    role = role_to_take(group, choice)
    now = timezone.now()
    agree(entrance.agreements, by=by, at=now)
    _keep_answers(entrance, answers, by=by, at=now)
    if entrance.needs_approval(choice) and not invited:
        return _ask(group, role, by=by, at=now)
    if waiting is not None:
        _close(waiting, RequestState.WITHDRAWN, by=by, at=now)
    participation = take_role(by, group, role, by=by, at=now)
    welcome(participation)
    tell(_others(group, by), SomebodyJoined(group=group, name=by.name, role=role.name))
    return participation


def _check(entrance: Entrance, answers: Mapping[int, str], agreed_to: Collection[int]) -> None:
    if any(len(answer) > LONGEST_ANSWER for answer in answers.values()):
        raise Refused(
            _("An answer may have at most %(count)s characters.") % {"count": LONGEST_ANSWER}, code="answer_too_long"
        )
    if missing := unaffirmed(entrance.terms, answers):
        raise Refused(
            _("Please tick what the charter asks of everybody who takes part."), code="affirm", places=missing
        )
    if not {agreement.pk for agreement in entrance.agreements} <= set(agreed_to):
        raise Refused(_("Please read what we agree to, and tick that you keep to it."), code="agree")


def role_to_take(group: Group, choice: RoleChoice) -> Role:
    """The role of a choice; made with its first holder where the charter names none."""
    if choice.role is not None:
        return choice.role
    role, _is_new = Role.objects.get_or_create(
        group=group, name=choice.name, defaults={"power": choice.power, "position": group.roles.count()}
    )
    if role.retired_at is not None:
        role.retired_at = None
        role.save(update_fields=["retired_at"])
    return role


def _keep_answers(entrance: Entrance, answers: Mapping[int, str], *, by: Person, at: datetime) -> None:
    MembershipAnswer.objects.filter(person=by, group=entrance.group).delete()
    MembershipAnswer.objects.bulk_create(
        MembershipAnswer(
            person=by,
            group=entrance.group,
            rule=rule.text,
            answer=answers.get(place, "").strip() if rule.asks == Asks.WORDS else "",
            given_at=at,
        )
        for place, rule in enumerate(entrance.terms.rules)
        if rule.asks == Asks.AFFIRMATION or (rule.asks == Asks.WORDS and answers.get(place, "").strip())
    )


def _ask(group: Group, role: Role, *, by: Person, at: datetime) -> JoinRequest:
    wish = JoinRequest.objects.create(person=by, group=group, role=role, asked_at=at)
    record(
        JoiningAsked(request_id=wish.pk, role=role.name, person=by.name), by=by, about=by, on=wish, within=group, at=at
    )
    tell(_others(group, by), SomebodyAsks(group=group, name=by.name, role=role.name))
    return wish


def _others(group: Group, person: Person) -> list[Person]:
    return [one for one in who_leads(group) if one != person]


def welcome(participation: Participation, *, by: str = "") -> None:
    """Say welcome to who has come in; `by` names who added them, if it was not their own wish."""
    role = participation.role
    you_can = f"{as_one_of(role.name)} {YOU_CAN[Power(role.power)]}"
    tell([participation.person], Welcome(group=participation.group, role=role.name, you_can=you_can, by=by))


@transaction.atomic
def change_role(group: Group, choice_key: str, *, by: Person) -> Participation | JoinRequest:
    """Take another role in a group in which one takes part; a role that leads is neither taken nor left in this way."""
    require(may_join(by, group))
    hold_group(group)
    present, entrance = present_of(by, group), entrance_of(group)
    choice = entrance.choice(choice_key)
    if present is None:
        raise Refused(_("You do not take part in %(group)s.") % {"group": group.name}, code="not_there")
    if present.role.power == Power.MANAGE:
        raise Refused(_("You lead this group. Please hand over, or leave, before you take another role."), code="leads")
    if choice is None:
        raise Refused(_("Please choose one of the roles that are open to everybody."), code="role")
    role = role_to_take(group, choice)
    if role.pk != present.role_id and role.name in entrance.terms.approved_roles:
        return open_request_of(by, group) or _ask(group, role, by=by, at=timezone.now())
    return take_role(by, group, role, by=by)


@transaction.atomic
def leave_group(group: Group, *, by: Person, force: bool = False) -> Participation | None:
    """Leave a group by one's own wish; returns the participation that ended, None when there was none.

    Refused `still_holds` as `end_participation` is; `force` is the steward's.
    """
    hold_group(group)
    present = present_of(by, group)
    if present is not None:
        write_end(present, by=by, force=force)
    return present


@transaction.atomic
def undo_leaving(group: Group, *, by: Person) -> Participation:
    """Come back as if one had not left, within `UNDO_LASTS`; Refused `too_late` after it or when others ended it."""
    hold_group(group)
    last = group.participations.filter(person=by).select_related("role").order_by("-ended_at", "-pk").first()
    present = present_of(by, group)
    if present is not None:
        return present
    entry = (
        Entry.objects.filter(kind=RoleLeft.kind, on_id=last.pk, about=by, actor=by).order_by("-pk").first()
        if last is not None
        else None
    )
    if last is None or last.ended_at is None or entry is None or timezone.now() - last.ended_at > UNDO_LASTS:
        raise Refused(_("This cannot be undone any more. You can join again on the group’s page."), code="too_late")
    if is_full(last.role):
        raise Refused(_("Somebody else has taken the seat meanwhile."), code="no_free_seat")
    left_at, last.ended_at = last.ended_at, None
    last.save(update_fields=["ended_at"])
    ManagerAppointment.objects.filter(participation=last, state=AppointmentState.ENDED, ended_at=left_at).update(
        state=AppointmentState.ACCEPTED, ended_at=None
    )
    record(
        LeavingUndone(participation_id=last.pk, person=by.name),
        by=by,
        about=by,
        on=last,
        within=group,
        withdraws=entry,
    )
    return last


@transaction.atomic
def add_to_group(person: Person, group: Group, role: Role, *, by: Actor) -> Participation:
    """Let somebody take part whom those who lead the group bring in, and tell them; a role that leads is offered."""
    require(may_invite(by, group))
    if role.power == Power.MANAGE:
        raise Refused(_("Those who lead a group are asked first, and say yes themselves."), code="role")
    present = present_of(person, group)
    if present is not None and present.role_id == role.pk:
        return present
    if present is not None and present.role.power == Power.MANAGE:
        require(may_oversee(by, group))
    participation = take_role(person, group, role, by=by)
    welcome(participation, by=by.name if isinstance(by, Person) else "")
    return participation


@transaction.atomic
def remove_from_group(participation: Participation, *, why: str, by: Actor, force: bool = False) -> None:
    """Take somebody out of a group, for a reason that they are told; who leads it is taken out by those above.

    Refused `still_holds` while they hold something, unless whoever oversees the group says `force`.
    """
    group = participation.group
    require(may_oversee(by, group) if participation.role.power == Power.MANAGE else may_manage(by, group))
    why = _reason(why)
    hold_group(group)
    participation = Participation.objects.select_related("person", "group", "role").get(pk=participation.pk)
    if participation.ended_at is not None:
        return
    write_end(participation, by=by, force=force)
    record(
        RemovedFromGroup(participation_id=participation.pk, person=participation.person.name, why=why),
        by=by,
        about=participation.person,
        on=participation,
        within=group,
    )
    if participation.person != by:
        tell([participation.person], TakenOut(group=group, why=why))


def _reason(why: str) -> str:
    why = why.strip()
    if shows_nothing(why):
        raise Refused(_("Please write a reason; the person reads it."), code="no_reason")
    if len(why) > LONGEST_REASON:
        raise Refused(_("A reason may have at most %(count)s characters.") % {"count": LONGEST_REASON}, code="invalid")
    return why


@transaction.atomic
def decide_request(wish: JoinRequest, *, approve: bool, words: str = "", by: Actor) -> JoinRequest:
    """Say yes or no to somebody who wishes to join; they read `words`. Refused `decided` when answered before."""
    require(may_invite(by, wish.group))
    if len(words) > LONGEST_REASON:
        raise Refused(_("A reason may have at most %(count)s characters.") % {"count": LONGEST_REASON}, code="invalid")
    wish = _open(wish)
    if wish.person == by:
        raise Refused(_("Somebody else has to answer this."), code="forbidden")
    _close(wish, RequestState.APPROVED if approve else RequestState.DECLINED, words=words.strip(), by=by)
    if approve:
        take_role(wish.person, wish.group, wish.role, by=by)
    tell([wish.person], RequestAnswered(group=wish.group, request=wish))
    return wish


@transaction.atomic
def withdraw_request(wish: JoinRequest, *, by: Person) -> None:
    """Take one's own wish back; Refused `decided` when it was answered before."""
    if wish.person != by:
        raise Refused(_("Only who asked may take this back."), code="forbidden")
    _close(_open(wish), RequestState.WITHDRAWN, by=by)


def _open(wish: JoinRequest) -> JoinRequest:
    hold_group(wish.group)
    found = JoinRequest.objects.select_related("person", "group", "role").get(pk=wish.pk)
    if found.state != RequestState.OPEN:
        raise Refused(_("This was answered already."), code="decided")
    return found


def _close(wish: JoinRequest, state: RequestState, *, words: str = "", by: Actor, at: datetime | None = None) -> None:
    wish.state, wish.words, wish.decided_at = state, words, at or timezone.now()
    wish.save(update_fields=["state", "words", "decided_at"])
    record(
        JoiningDecided(
            request_id=wish.pk, role=wish.role.name, state=state.value, person=wish.person.name, words=words
        ),
        by=by,
        about=wish.person,
        on=wish,
        within=wish.group,
        at=wish.decided_at,
    )
