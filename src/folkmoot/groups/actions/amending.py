"""Changing a charter: writing another wording, laying it before everybody, and settling what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.charters import write_version
from folkmoot.groups.actions.following_roles import follow_roles, planned_roles
from folkmoot.groups.actions.participation import hold_group
from folkmoot.groups.amendment_reading import carried_over, read_amendment, read_text
from folkmoot.groups.domain.amending.merging import merged
from folkmoot.groups.facts import (
    AmendmentAdopted,
    AmendmentDeclined,
    AmendmentProposed,
    AmendmentWithdrawn,
    CharterCameIntoForce,
)
from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Amendment, AmendmentState, CharterVersion, Group
from folkmoot.groups.notices import AmendmentOpen, AmendmentSettled
from folkmoot.groups.queries import latest_version, managers_of, participations_now
from folkmoot.groups.rules import (
    is_open_for_work,
    may_change_amendment,
    may_propose_amendment,
    may_settle_amendments,
    may_withdraw_amendment,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.ledger.facts import Fact
from folkmoot.notices.actions import tell
from folkmoot.notices.kinds import Audience
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

LONGEST_WHY = 5_000


@transaction.atomic
def start_amendment(
    group: Group,
    *,
    text: str,
    by: Actor,
    why: str = "",
    base: int | None = None,
    answers: Mapping[str, str] | None = None,
) -> Amendment:
    """Begin a draft of another wording; nobody else sees it yet.

    `base` is the number of the version that the author had before them; Refused `newer_version` when another one
    was adopted since. Answers given to that version are carried over as far as they still mean something, unless
    `answers` are given. Refused in plain words when the text cannot be read as a charter.
    """
    require(may_propose_amendment(by, group))
    hold_group(group)
    latest = latest_version(group)
    if base is not None and base != latest.number:
        raise _newer(latest)
    today = today_here()
    answers = carried_over(latest, text, today=today) if answers is None else dict(answers)
    read_text(latest, text, answers, today=today)
    last = group.amendments.aggregate(last=Max("number"))["last"] or 0
    return Amendment.objects.create(
        group=group,
        number=last + 1,
        base=latest,
        by=by if isinstance(by, Person) else None,
        text=text,
        answers=dict(answers),
        why=why.strip()[:LONGEST_WHY],
    )


@transaction.atomic
def change_amendment(
    amendment: Amendment,
    *,
    by: Actor,
    edition: int,
    text: str | None = None,
    onto: int | None = None,
    answers: Mapping[str, str] | None = None,
    roles_become: Mapping[str, str] | None = None,
    why: str | None = None,
    open_until: date | None = None,
) -> Amendment:
    """Change a draft. Refused `newer_edition` when it was changed since the edition that the author had before them.

    `onto` is the number of the latest version, when the author has seen it and the text takes it up. With another
    text, answers that still hold are kept and others dropped. `open_until` of None leaves the end open.
    """
    held = _held(amendment)
    require(may_change_amendment(by, held))
    if held.edition != edition:
        raise Refused(
            _("This draft was changed in the meantime, perhaps in another window. Your text is kept below."),
            code="newer_edition",
        )
    today = today_here()
    if onto is not None and onto != held.base.number:
        latest = latest_version(held.group)
        if onto != latest.number:
            raise _newer(latest)
        held.base = latest
    if text is not None and text != held.text:
        held.answers = carried_over(held.base, text, today=today)
        held.text = text
    if answers is not None:
        held.answers = dict(answers)
    read_amendment(held, today=today)
    if roles_become is not None:
        held.roles_become = _known_roles(held, roles_become)
    held.why = held.why if why is None else why.strip()[:LONGEST_WHY]
    held.open_until = open_until
    held.edition += 1
    held.save(update_fields=["text", "base", "answers", "roles_become", "why", "open_until", "edition"])
    return held


@transaction.atomic
def bring_up_to_date(amendment: Amendment, *, by: Actor) -> Amendment:
    """Bring a draft onto the version adopted last, with its own changes in it.

    Refused `clash` when both changed the same lines; the author then has to look at them.
    """
    held = _held(amendment)
    require(may_change_amendment(by, held))
    latest = latest_version(held.group)
    if latest.pk == held.base_id:
        return held
    both = merged(held.base.text, held.text, latest.text)
    if both.text is None:
        raise Refused(
            _("Version %(number)s and this draft both change the lines near line %(line)s; please edit the text.")
            % {"number": latest.number, "line": both.clashes[0]},
            code="clash",
        )
    held.base, held.text = latest, both.text
    held.answers = carried_over(latest, held.text, today=today_here())
    held.edition += 1
    held.save(update_fields=["base", "text", "answers", "edition"])
    return held


@transaction.atomic
def discard_amendment(amendment: Amendment, *, by: Actor) -> None:
    """Throw a draft away; nobody has seen it."""
    held = _held(amendment)
    require(may_change_amendment(by, held))
    held.delete()


@transaction.atomic
def propose_amendment(amendment: Amendment, *, by: Actor) -> Amendment:
    """Lay a draft before everybody.

    Refused `newer_version` when the charter has been amended since, `open_questions` while something needs an
    answer, `no_difference` when it is the charter as it stands, `past` for an end of comments that is over.
    """
    held = _held(amendment)
    if isinstance(by, Person):
        require(may_change_amendment(by, held))
    else:
        require(may_propose_amendment(by, held.group))
    if not held.is_draft:
        raise _settled(held)
    today = today_here()
    _require_latest(held)
    if held.open_until is not None and held.open_until < today:
        raise Refused(_("The last day for comments lies in the past."), code="past")
    proposed = read_amendment(held, today=today)
    if proposed.open_needed:
        raise Refused(proposed.open_needed[0], code="open_questions")
    comparison = proposed.compared()
    if comparison.is_same:
        raise Refused(_("This is the charter as it stands; there is nothing to propose."), code="no_difference")
    held.state = AmendmentState.PROPOSED
    held.proposed_at = timezone.now()
    held.save(update_fields=["state", "proposed_at"])
    record(
        AmendmentProposed(amendment_id=held.pk, number=held.number, base=held.base.number),
        by=by,
        on=held,
        within=held.group,
    )
    differences = len(list(comparison.named())) or len(comparison.meaning)
    tell(_everybody(held, by), AmendmentOpen(held, differences))
    return held


@transaction.atomic
def adopt_amendment(
    amendment: Amendment,
    *,
    by: Actor,
    reason: str,
    in_force_from: date | None = None,
    on_behalf_of: Person | None = None,
) -> CharterVersion:
    """Make a proposal the next version of the charter, in force from a day that has not passed (today by default).

    Where it holds from today on, the roles follow at once; else on its day, by a task. Where the system writes down
    what a group has decided, it does so `on_behalf_of` whoever proposed that: nobody comes to lead by it whom they may
    not appoint. Refused `settled` when somebody decided before, `newer_version` when the charter has been amended
    since it was proposed.
    """
    held = _held(amendment)
    require(may_settle_amendments(by, held.group))
    require(is_open_for_work(held.group))
    if not held.is_open:
        raise _settled(held)
    latest = _require_latest(held)
    today = today_here()
    day = in_force_from or max(today, latest.in_force_from)
    if day < today:
        raise Refused(_("A charter comes into force today or later, not in the past."), code="past")
    if day < latest.in_force_from:
        raise Refused(
            _("Version %(number)s comes into force on %(day)s; this one cannot do so before.")
            % {"number": latest.number, "day": latest.in_force_from.isoformat()},
            code="past",
        )
    if not reason.strip():
        raise Refused(_("Please give the reason; it stands in the history of the charter."), code="invalid")
    proposed = read_amendment(held, today=today)
    if proposed.open_needed:
        raise Refused(proposed.open_needed[0], code="open_questions")
    version = write_version(
        held.group, text=held.text, reading=proposed.reading(), answers=held.answers, in_force_from=day, by=by
    )
    held.version = version
    _settle(held, AmendmentState.ADOPTED, reason, on_behalf_of or by)
    _record(
        AmendmentAdopted(
            amendment_id=held.pk,
            number=held.number,
            version=version.number,
            in_force_from=day.isoformat(),
            reason=held.reason,
        ),
        held,
        by,
    )
    if day <= today:
        _come_into_force(held, by=by)
    tell(_everybody(held, by), AmendmentSettled(held, day))
    return version


@transaction.atomic
def decline_amendment(amendment: Amendment, *, by: Actor, reason: str) -> None:
    """Decide against a proposal, with a reason for whoever made it. Refused `settled` when it is decided already."""
    held = _held(amendment)
    require(may_settle_amendments(by, held.group))
    if not held.is_open:
        raise _settled(held)
    if not reason.strip():
        raise Refused(_("Please give the reason, for whoever proposed it."), code="invalid")
    _settle(held, AmendmentState.DECLINED, reason, by)
    _record(AmendmentDeclined(amendment_id=held.pk, number=held.number, reason=held.reason), held, by)
    if held.by is not None and held.by != by:
        tell([held.by], AmendmentSettled(held, None))


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by: Actor, reason: str = "") -> None:
    """Take a proposal back; what was said to it stays readable. Refused `settled` when it is decided already."""
    held = _held(amendment)
    require(may_withdraw_amendment(by, held))
    if not held.is_open:
        raise _settled(held)
    _settle(held, AmendmentState.WITHDRAWN, reason, by)
    _record(AmendmentWithdrawn(amendment_id=held.pk, number=held.number, reason=held.reason), held, by)
    if held.by is not None and held.by != by:
        tell([held.by], AmendmentSettled(held, None))


@transaction.atomic
def bring_into_force(amendment: Amendment) -> bool:
    """Let the roles follow an adopted version whose day has come; twice is once. Says whether it did."""
    held = _held(amendment)
    if held.version is None or held.in_force_at is not None or held.version.in_force_from > today_here():
        return False
    _come_into_force(held, by=system())
    return True


def _come_into_force(held: Amendment, *, by: Actor) -> None:
    assert held.version is not None
    now = timezone.now()
    follow_roles(
        held.group,
        held.base,
        held.version,
        held.roles_become,
        by=by,
        decided_by=held.settled_by or system(),
        at=now,
    )
    held.in_force_at = now
    held.save(update_fields=["in_force_at"])
    record(
        CharterCameIntoForce(charter_id=held.version.pk, number=held.version.number),
        by=by,
        on=held.version,
        within=held.group,
    )


def _held(amendment: Amendment) -> Amendment:
    """The amendment as it is now, kept from others until this transaction ends; the group's row comes first."""
    hold_group(amendment.group)
    found = Amendment.objects.select_related("group", "base", "by", "version").filter(pk=amendment.pk).first()
    if found is None:
        raise Refused(_("This amendment is not there any more."), code="not_found")
    return found


def _require_latest(held: Amendment) -> CharterVersion:
    latest = latest_version(held.group)
    if latest.pk != held.base_id:
        raise _newer(latest)
    return latest


def _newer(latest: CharterVersion) -> Refused:
    return Refused(
        _("Version %(number)s of the charter was adopted in the meantime. Compare it, and propose the change anew.")
        % {"number": latest.number},
        code="newer_version",
    )


def _settled(held: Amendment) -> Refused:
    return Refused(
        _("This amendment is %(state)s; there is nothing left to decide.") % {"state": held.get_state_display()},
        code="settled",
    )


def _settle(held: Amendment, state: AmendmentState, reason: str, by: Actor) -> None:
    held.state = state
    held.reason = reason.strip()[:LONGEST_WHY]
    held.settled_at = timezone.now()
    held.settled_by = by if isinstance(by, Person) else None
    held.save(update_fields=["state", "reason", "settled_at", "settled_by", "version"])


def _record(fact: Fact, held: Amendment, by: Actor) -> None:
    record(fact, by=by, on=held, within=held.group)


def _everybody(held: Amendment, by: Actor) -> Audience:
    """Who takes part or leads now, whoever proposed, and the group's mailing lists; not who acts."""
    people = [participation.person for participation in participations_now(held.group)]
    people += [*managers_of(held.group), *filter(None, [held.by])]
    return Audience([person for person in people if person != by], place=place_of(held.group).key)


def _known_roles(held: Amendment, become: Mapping[str, str]) -> dict[str, str]:
    """The wishes for roles that go, each for a role that will be there; Refused `invalid` for any other."""
    plan = planned_roles(held.base.reading, read_amendment(held, today=today_here()).reading())
    gone = {one.name for one in plan.gone}
    there = {other.name for _one, other in plan.kept} | {one.name for one in plan.added}
    for name, target in become.items():
        if name not in gone or (target and target not in there):
            raise Refused(_("There will be no such role."), code="invalid")
    return dict(become)
