"""How groups stand to each other, what they are called, and how they end and begin again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.founding import free_slug
from folkmoot.groups.actions.participation import end_participation
from folkmoot.groups.actions.seats import end_term
from folkmoot.groups.actions.unowned import ROLE_KIND, Held, give_on, held_by, leave_to_group
from folkmoot.groups.domain.hierarchy import MOST_LEVELS, levels_if_moved, would_close_circle
from folkmoot.groups.facts import GroupActivated, GroupClosed, GroupMoved, GroupRenamed, GroupReopened
from folkmoot.groups.models import Ended, Group, GroupSlug, GroupState, Handover, HandoverState, Participation, Term
from folkmoot.groups.naming import group_name
from folkmoot.groups.notices import GroupIsClosed
from folkmoot.groups.queries import charter_in_force, managers_of
from folkmoot.groups.rules import is_open_for_work, may_oversee, may_set_parent
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

LONGEST_WHY = 500
SEAT_KIND = "groups.seats"


@dataclass(frozen=True)
class StillOpen:
    """What is open in a group and ends, or is given on, when it closes."""

    participations: list[Participation]
    terms: list[Term]
    handovers: list[Handover]
    held: list[tuple[Person, Held]]

    @property
    def people(self) -> list[Person]:
        return [participation.person for participation in self.participations]


@transaction.atomic
def set_parent(group: Group, parent: Group | None, *, by: Actor) -> Group:
    """Let a group answer to another one, or to none. Refused `forbidden`, `circle`, `too_deep`; twice is once."""
    require(may_set_parent(by, group, parent))
    parents = hold_all_groups()
    group = Group.objects.select_related("parent").get(pk=group.pk)
    require(is_open_for_work(group))
    if parent is not None:
        parent = Group.objects.get(pk=parent.pk)
        require(is_open_for_work(parent))
    if group.parent == parent:
        return group
    if parent is not None and would_close_circle(group.pk, parent.pk, parents):
        raise Refused(
            _("%(parent)s answers to %(group)s already; that would be a circle.")
            % {"parent": parent.name, "group": group.name},
            code="circle",
        )
    if levels_if_moved(group.pk, parent.pk if parent else None, parents) > MOST_LEVELS:
        raise Refused(
            _("Groups stand at most %(count)d levels deep; that would be one too many.") % {"count": MOST_LEVELS},
            code="too_deep",
        )
    was, group.parent = group.parent, parent
    group.save(update_fields=["parent"])
    record(
        GroupMoved(name=group.name, parent=parent.name if parent else ""),
        by=by,
        on=group,
        within=group,
        changes={"parent": [was.pk if was else None, parent.pk if parent else None]},
    )
    return group


@transaction.atomic
def rename_group(group: Group, *, name: str, by: Actor) -> Group:
    """Give a group another name and address; the old address leads to it for good. Refused `name_taken`."""
    require(may_oversee(by, group))
    group = _held(group)
    require(is_open_for_work(group))
    name = group_name(name)
    if shows_nothing(name):
        raise Refused(_("The group needs a name."), code="invalid")
    if name == group.name:
        return group
    was, was_slug = group.name, group.slug
    group.name, group.slug = name, free_slug(name, own=group)
    try:
        with transaction.atomic():
            group.save(update_fields=["name", "slug"])
            group.old_slugs.filter(slug=group.slug).delete()
            if was_slug != group.slug:
                GroupSlug.objects.update_or_create(slug=was_slug, defaults={"group": group, "until": timezone.now()})
    except IntegrityError:
        raise Refused(_("There is a group called %(name)s already.") % {"name": name}, code="name_taken") from None
    record(
        GroupRenamed(was=was, name=name),
        by=by,
        on=group,
        within=group,
        changes={"name": [was, name], "slug": [was_slug, group.slug]},
    )
    return group


@transaction.atomic
def activate_group(group: Group, *, by: Actor) -> Group:
    """Let a group that was forming begin its work. Refused `no_charter` or `no_manager` while it lacks one."""
    require(may_oversee(by, group))
    group = _held(group)
    if group.state == GroupState.ACTIVE:
        return group
    require(is_open_for_work(group))
    if charter_in_force(group) is None:
        raise Refused(_("%(group)s has no charter in force yet.") % {"group": group.name}, code="no_charter")
    if not managers_of(group):
        raise Refused(_("Nobody leads %(group)s yet.") % {"group": group.name}, code="no_manager")
    _come_to(group, GroupState.ACTIVE, "")
    record(GroupActivated(name=group.name), by=by, on=group, within=group)
    return group


@transaction.atomic
def close_group(group: Group, *, why: str, heir: Person | None = None, by: Actor, at: Any = None) -> Group:
    """End a group's work, with all that is open in it, in one go; closed twice, it is told once.

    Terms and participations end, open handovers are withdrawn, and what people hold goes to `heir`, or waits for an
    owner in the archive. Refused `has_open_groups` while groups below it are open, `why_missing`.
    """
    require(may_oversee(by, group))
    group = _held(group)
    if group.is_closed:
        return group
    why = _reason(why)
    below = group.children.exclude(state=GroupState.CLOSED).first()
    if below is not None:
        raise Refused(
            _("%(below)s answers to %(group)s and is open; close it first, or let it answer to another group.")
            % {"below": below.name, "group": group.name},
            code="has_open_groups",
        )
    opened = still_open(group)
    _give_away(group, opened, heir, by)
    for handover in opened.handovers:
        handover.state = HandoverState.WITHDRAWN
        handover.save(update_fields=["state"])
    # Whoever closes the group oversees it, but need not lead it: what follows from closing is not asked again.
    for term in opened.terms:
        end_term(term, because=Ended.CLOSED, by=system(), at=at)
    for participation in opened.participations:
        end_participation(participation, by=system(), at=at, leaving=False)
    _come_to(group, GroupState.CLOSED, why)
    record(GroupClosed(name=group.name, why=why), by=by, on=group, within=group, at=at)
    tell(opened.people, GroupIsClosed(group))
    return group


@transaction.atomic
def reopen_group(group: Group, *, why: str, by: Actor) -> Group:
    """Let a closed group work again, forming until it is led. Refused where the group above it is closed."""
    require(may_oversee(by, group))
    group = _held(group)
    if not group.is_closed:
        return group
    why = _reason(why)
    if group.parent is not None:
        require(is_open_for_work(group.parent))
    closed_on = group.state_since or today_here()
    _come_to(group, GroupState.FORMING, why)
    record(GroupReopened(name=group.name, why=why, closed_on=closed_on.isoformat()), by=by, on=group, within=group)
    return group


def still_open(group: Group) -> StillOpen:
    """What ends or is given on when the group closes."""
    today = today_here()
    participations = list(group.participations.filter(ended_at=None).select_related("person", "role", "group"))
    terms = [
        term
        for term in Term.objects.filter(seat__group=group, ended_on=None).select_related("seat__group", "person")
        if term.ends_on is None or term.ends_on > today
    ]
    handovers = list(group.handovers.filter(state__in=(HandoverState.DRAFT, HandoverState.OFFERED)))
    people = {one.person_id: one.person for one in participations} | {one.person_id: one.person for one in terms}
    held = [
        (person, one)
        for person in people.values()
        for one in held_by(person, group)
        if one.kind not in (ROLE_KIND, SEAT_KIND)
    ]
    return StillOpen(participations, terms, handovers, held)


def hold_all_groups() -> dict[int, int | None]:
    """How groups stand to each other, with nobody else changing it until this transaction ends."""
    return dict(Group.objects.select_for_update().order_by("pk").values_list("pk", "parent"))


def _held(group: Group) -> Group:
    """The group as it stands now, with nobody else changing it."""
    Group.objects.select_for_update().get(pk=group.pk)
    return Group.objects.select_related("parent").get(pk=group.pk)


def _give_away(group: Group, opened: StillOpen, heir: Person | None, by: Actor) -> None:
    for person, one in opened.held:
        if heir is None:
            leave_to_group(group, [one], left_by=person, by=by)
        elif person != heir:
            give_on(one.kind, one.holding.key, to=heir)


def _come_to(group: Group, state: GroupState, why: str) -> None:
    group.state, group.state_since, group.state_why = state, today_here(), why
    group.save(update_fields=["state", "state_since", "state_why"])


def _reason(why: str) -> str:
    why = plain_name(why)
    if not why:
        raise Refused(_("Please say why, in a few words."), code="why_missing")
    if len(why) > LONGEST_WHY:
        raise Refused(_("Please say it in at most %(count)s characters.") % {"count": LONGEST_WHY}, code="invalid")
    return why
