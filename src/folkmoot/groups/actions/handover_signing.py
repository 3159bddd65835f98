"""Signing a handover, and what passes then: at once, or role and seats after a time of shadowing."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.handover import current_handover, hold_handover, open_lines, signers, words_of_open
from folkmoot.groups.actions.participation import end_participation, give_role
from folkmoot.groups.actions.unowned import ROLE_KIND, Held, give_on, leave_to_group
from folkmoot.groups.facts import EmeritusNamed, HandoverDone, HandoverSigned
from folkmoot.groups.holdings import Holding
from folkmoot.groups.models import (
    Answer,
    Emeritus,
    Handover,
    HandoverLine,
    HandoverSignature,
    HandoverState,
    Participation,
    Power,
)
from folkmoot.groups.notices import HandoverIsDone, HandoverIsStuck, ShadowMonthIsOver
from folkmoot.groups.queries import has_power, overseers
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

SEAT_KIND = "groups.seats"
PASS_LATER = frozenset({ROLE_KIND, SEAT_KIND})
"""What passes only once a time of shadowing is over."""


@transaction.atomic
def sign_handover(handover: Handover, *, by: Person) -> Handover:
    """Sign, as whoever leaves or whoever accepted a line; with the last signature everything passes in one go.

    Signed twice by one person, it is written once. Refused `forbidden`, `not_open`, or `unanswered` while a line
    has no answer that stands.
    """
    hold_handover(handover)
    if Handover.objects.filter(pk=handover.pk, state=HandoverState.SIGNED, signatures__person=by).exists():
        return Handover.objects.select_related("group", "leaver", "taker").get(pk=handover.pk)
    handover = current_handover(handover)
    wanted = signers(handover)
    if by not in wanted:
        raise Refused(
            _("This handover is signed by whoever hands over and by those who have accepted a line."), code="forbidden"
        )
    if handover.state != HandoverState.OFFERED:
        raise Refused(_("This handover is not offered yet."), code="not_open")
    waiting = open_lines(handover)
    if waiting:
        raise Refused(words_of_open(waiting), code="unanswered")
    _signature, is_new = HandoverSignature.objects.get_or_create(
        handover=handover, person=by, defaults={"signed_at": timezone.now()}
    )
    if is_new:
        record(
            HandoverSigned(handover_id=handover.pk, person=by.name), by=by, about=by, on=handover, within=handover.group
        )
    signed = set(handover.signatures.values_list("person_id", flat=True))
    if all(person.pk in signed for person in wanted):
        _complete(handover, wanted)
    return handover


def pass_what_was_shadowed(*, on: date) -> int:
    """Let roles and seats pass whose day has come; returns how many handovers that were. One that cannot is told."""
    due = Handover.objects.filter(state=HandoverState.SIGNED, passed_at=None, shadow_until__lte=on)
    passed = 0
    for handover in due.select_related("group__parent", "leaver", "taker"):
        try:
            with transaction.atomic():
                passed += _pass_if_due(handover)
        except Refused as refused:
            with transaction.atomic():
                people = [handover.leaver, *overseers(handover.group)]
                tell(people, HandoverIsStuck(handover, refused.message))
    return passed


def _pass_if_due(handover: Handover) -> bool:
    hold_handover(handover)
    if not Handover.objects.filter(pk=handover.pk, passed_at=None).exists():
        return False
    takes_part = has_power(handover.leaver, handover.group)
    _pass(handover, list(_accepted(handover).filter(done_at=None)))
    _end(handover, stays=handover.stays and takes_part)
    tell(signers(handover), ShadowMonthIsOver(handover))
    return True


def _complete(handover: Handover, wanted: list[Person]) -> None:
    """Everything that follows from the last signature."""
    accepted = list(_accepted(handover))
    left = list(handover.lines.filter(answer=Answer.LEFT))
    later = [line for line in accepted if line.kind in PASS_LATER]
    takes_part = has_power(handover.leaver, handover.group)
    shadows = bool(later) and handover.shadow_until is not None and handover.shadow_until > today_here()
    _pass(handover, [line for line in accepted if not (shadows and line in later)])
    _leave(handover, left)
    handover.state, handover.signed_at = HandoverState.SIGNED, timezone.now()
    handover.save(update_fields=["state", "signed_at"])
    if not shadows:
        _end(handover, stays=handover.stays and takes_part)
    record(
        HandoverDone(handover_id=handover.pk, accepted=len(accepted), left=len(left)),
        by=system(),
        on=handover,
        within=handover.group,
    )
    tell([*wanted, *overseers(handover.group)], HandoverIsDone(handover))


def _accepted(handover: Handover):  # type: ignore[no-untyped-def]
    return handover.lines.filter(answer=Answer.ACCEPTED).select_related("taker")


def _pass(handover: Handover, lines: list[HandoverLine]) -> None:
    # The leading role last, so that whoever hands over still has the power that giving the rest may need.
    for line in sorted(lines, key=lambda one: one.kind == ROLE_KIND):
        if line.done_at is None and line.taker is not None:
            _require_still_there(line.taker, handover)
            give_on(line.kind, line.key, to=line.taker)
            line.done_at = timezone.now()
            line.save(update_fields=["done_at"])


def _require_still_there(taker: Person, handover: Handover) -> None:
    if not taker.is_active or not has_power(taker, handover.group):
        raise Refused(
            _("%(person)s does not take part in %(group)s any more; a new handover can name somebody else.")
            % {"person": taker.name, "group": handover.group.name},
            code="taker_gone",
        )


def _leave(handover: Handover, left: list[HandoverLine]) -> None:
    things = [Held(line.kind, "", Holding(line.words, line.key, line.path)) for line in left if line.kind != ROLE_KIND]
    leave_to_group(handover.group, things, left_by=handover.leaver, by=system())


def _end(handover: Handover, *, stays: bool) -> None:
    """All has passed: the leaver stays without the office or goes, and is named for having served if they agreed."""
    led = Participation.objects.filter(
        group=handover.group, person=handover.leaver, role__power=Power.MANAGE
    ).select_related("role")
    last = led.order_by("-began_at").first()
    gave_role_up = handover.lines.filter(kind=ROLE_KIND, answer__in=(Answer.ACCEPTED, Answer.LEFT)).exists()
    for participation in led.filter(ended_at=None) if gave_role_up else ():
        end_participation(participation, by=system(), leaving=False)
    if stays:
        role = handover.group.roles.filter(power=Power.TAKE_PART, retired_at=None).first()
        if role is not None and not has_power(handover.leaver, handover.group):
            give_role(handover.leaver, handover.group, role, by=system())
    else:
        for participation in handover.group.participations.filter(person=handover.leaver, ended_at=None):
            end_participation(participation, by=system(), leaving=False)
    if handover.emeritus:
        _name_emeritus(handover, last.role.name if last else "")
    handover.passed_at = timezone.now()
    handover.save(update_fields=["passed_at"])


def _name_emeritus(handover: Handover, office: str) -> None:
    emeritus, is_new = Emeritus.objects.get_or_create(
        group=handover.group, person=handover.leaver, defaults={"office": office, "since": today_here()}
    )
    if is_new:
        record(
            EmeritusNamed(emeritus_id=emeritus.pk, person=handover.leaver.name),
            by=handover.leaver,
            about=handover.leaver,
            on=emeritus,
            within=handover.group,
        )
