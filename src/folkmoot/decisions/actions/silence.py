"""Deciding by silence: laying a text before the group, changing it, and what happens when the time is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.keeping import (
    adopt,
    held_decision,
    hold_decision,
    require_unsettled,
    settle,
    write_decision,
)
from folkmoot.decisions.actions.recording import require_edition, revise
from folkmoot.decisions.days_off import checked_countries, days_off
from folkmoot.decisions.domain.silence import MOST_DAYS, Period, period
from folkmoot.decisions.facts import DecisionProposed, SilenceBegan, SilenceBroken
from folkmoot.decisions.models import Decision, Silence, SilenceEnd, Status, Way
from folkmoot.decisions.notices import DecisionIsSettled, NeedsTalk, SilenceRuns
from folkmoot.decisions.queries import everybody, usual_period
from folkmoot.decisions.rules import may_propose_decision, may_record_decision, may_steer_decision
from folkmoot.decisions.wording import LONGEST_TEXT, Wording
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.plan import entered
from folkmoot.plan.who import author


@dataclass(frozen=True)
class Terms:
    """How long silence lasts, and which days do not count: weekends, and the holidays of countries (their codes)."""

    days: int
    skips_weekends: bool = True
    countries: Sequence[str] = ()


def usual_terms(group: Group) -> Terms:
    """What the charter in force says, or five working days."""
    stated = usual_period(group)
    return Terms(stated.days, skips_weekends=stated.working)


@transaction.atomic
def propose_by_silence(
    group: Group, wording: Wording, *, by: Actor, terms: Terms | None = None, at: datetime | None = None
) -> Decision:
    """Lay a text before the group; it is adopted when the time is over and no objection stands.

    Terms are those of the charter by default. Refused `invalid` for terms that make no sense, `too_short` for less time
    than the charter gives. Everybody who takes part is told, and the mailing lists of the group.
    """
    require(may_propose_decision(by, group))
    moment = at or timezone.now()
    decision = write_decision(
        group, wording, way=Way.SILENCE, year=today_here().year if at is None else at.year,
        proposed_by=author(by), at=moment,
    )  # fmt: skip
    record(
        DecisionProposed(decision_id=decision.pk, label=decision.label, title=decision.title, way=Way.SILENCE.value),
        by=by,
        on=decision,
        within=group,
        at=moment,
    )
    _begin(decision, terms or usual_terms(group), by=by, at=moment)
    return decision


@transaction.atomic
def change_proposal(
    decision: Decision,
    *,
    title: str,
    text: str,
    rationale: str,
    alternatives: str,
    why: str,
    edition: int,
    by: Actor,
    terms: Terms | None = None,
) -> Decision:
    """Change a text that lies before the group, or did and needs talking about; the time then begins anew.

    Only what is said beside it (rationale, alternatives) may change without that. Terms are those of the period before,
    by default. Objections stand until they are taken back. Refused `newer_edition` when it was changed since the author
    read it, and `unchanged` when nothing was changed.
    """
    held = hold_decision(decision)
    require(may_steer_decision(by, held))
    _require_by_silence(held)
    require_edition(held, edition)
    now = timezone.now()
    if held.status == Status.OPEN:
        _require_time(held, now)
    new = {
        "title": entered.title(title),
        "text": entered.words(text, LONGEST_TEXT),
        "rationale": entered.words(rationale, LONGEST_TEXT),
        "alternatives": entered.words(alternatives, LONGEST_TEXT),
    }
    if not new["text"]:
        raise Refused(_("Please write down what is decided."), code="invalid")
    if all(getattr(held, part) == words for part, words in new.items()):
        raise Refused(_("Nothing was changed."), code="unchanged")
    parts = revise(held, new, by=by, why=entered.reason(why), at=now)
    if held.status == Status.TALK or {"title", "text"} & set(parts):
        _begin_anew(held, terms, by=by, at=now, why=entered.reason(why))
    return held


@transaction.atomic
def lay_again(decision: Decision, *, by: Actor, terms: Terms | None = None) -> Decision:
    """Lay a text that needed talking about before the group again as it stands.

    Refused `objection_stands` while somebody objects to it: then the text has to change, or be decided otherwise.
    """
    held = hold_decision(decision)
    require(may_steer_decision(by, held))
    _require_by_silence(held)
    if held.status != Status.TALK:
        raise Refused(_("It lies before the group already."), code="conflict")
    if held.objections.filter(withdrawn_at=None).exists():
        raise Refused(
            _("An objection to this text stands. Change the text, or decide on a call or by a motion."),
            code="objection_stands",
        )
    _begin_anew(held, terms, by=by, at=timezone.now(), why="")
    return held


@transaction.atomic
def withdraw_decision(decision: Decision, *, reason: str, by: Actor) -> Decision:
    """Take a proposal back, with the reason; what was said to it stays readable."""
    held = hold_decision(decision)
    require(may_steer_decision(by, held))
    _require_by_silence(held)
    now = timezone.now()
    stop_silence(held, SilenceEnd.STOPPED, at=now)
    settle(held, Status.WITHDRAWN, by=by, on_day=today_here(), at=now, reason=entered.reason(reason))
    tell(everybody(held, but=by), DecisionIsSettled(held))
    return held


@transaction.atomic
def settle_on_call(decision: Decision, *, status: Status, reason: str = "", by: Actor) -> Decision:
    """Settle on a call what needed talking about: adopted, declined or referred; the latter two want a reason.

    Refused `still_runs` while the time of silence lasts: nobody's time to object is cut short.
    """
    held = hold_decision(decision)
    require(may_record_decision(by, held.group))
    _require_by_silence(held)
    if held.status != Status.TALK:
        raise Refused(_("It still lies before the group; let the time run out, or withdraw it."), code="still_runs")
    if status not in (Status.ADOPTED, Status.DECLINED, Status.REFERRED):
        raise Refused(_("A decision that was reached is adopted, declined or referred."), code="invalid")
    now, today = timezone.now(), today_here()
    held.way = Way.CALL
    held.save(update_fields=["way"])
    if status == Status.ADOPTED:
        adopt(held, by=by, on_day=today, at=now)
    else:
        settle(held, status, by=by, on_day=today, at=now, reason=entered.reason(reason))
    tell(everybody(held, but=by), DecisionIsSettled(held))
    return held


@transaction.atomic
def finish_silence(silence: Silence, *, at: datetime | None = None) -> bool:
    """Record what became of a period that is over (now, or at an instant before); says whether it did. Twice is once.

    Without a standing objection the decision is adopted, together with its amendment. It needs talking about when an
    objection stands, or when it cannot be put into effect any more. In a group that was closed it is withdrawn.
    """
    group = _held_group(silence.decision.group_id)
    held = held_decision(silence.decision)
    running = held.silences.filter(outcome=SilenceEnd.RUNNING).first()
    now = at or timezone.now()
    if running is None or running.pk != silence.pk or running.ends_at > now:
        return False
    if not is_open_for_work(group):
        stop_silence(held, SilenceEnd.STOPPED, at=now)
        settle(held, Status.WITHDRAWN, by=system(), on_day=running.last_day, at=now, reason=_("The group was closed."))
        return True
    standing = held.objections.filter(withdrawn_at=None).count()
    refusal = "" if standing else _adopted_or_why_not(held, running, now)
    if not standing and not refusal:
        tell(everybody(held, but=system()), DecisionIsSettled(held))
        return True
    stop_silence(held, SilenceEnd.TALK, at=now)
    held.status, held.reason = Status.TALK, refusal
    held.save(update_fields=["status", "reason"])
    record(
        SilenceBroken(decision_id=held.pk, label=held.label, number=running.number, objections=standing),
        by=system(),
        on=held,
        within=held.group,
        at=now,
    )
    objectors = [one.by for one in held.objections.filter(withdrawn_at=None).select_related("by")]
    proposer = [held.proposed_by] if held.proposed_by else []
    tell([*proposer, *objectors, *managers_of(held.group)], NeedsTalk(held, running))
    return True


def stop_silence(held: Decision, outcome: SilenceEnd, *, at: datetime) -> None:
    """End the period that runs, if one does, in the caller's transaction."""
    held.silences.filter(outcome=SilenceEnd.RUNNING).update(outcome=outcome, ended_at=at)


def _held_group(pk: int) -> Group:
    """The group's row, kept from others until this transaction ends, also when the group is closed."""
    return Group.objects.select_for_update().get(pk=pk)


def _adopted_or_why_not(held: Decision, running: Silence, now: datetime) -> str:
    """Adopt it, or say why that cannot be done; then nothing of it was."""
    try:
        with transaction.atomic():
            stop_silence(held, SilenceEnd.ADOPTED, at=now)
            adopt(held, by=system(), on_day=running.last_day, at=now)
    except Refused as refused:
        held.refresh_from_db(fields=["status", "reason", "decided_on", "settled_at", "settled_by"])
        return refused.message
    return ""


def _begin(held: Decision, terms: Terms, *, by: Actor, at: datetime, why: str = "") -> Silence:
    if not 1 <= terms.days <= MOST_DAYS:
        raise Refused(_("Silence lasts from 1 to %(most)d days.") % {"most": MOST_DAYS}, code="invalid")
    countries = checked_countries(terms.countries)
    try:
        ran = period(at, terms.days, skips_weekends=terms.skips_weekends, holidays=days_off(countries, at.date()))
    except ValueError:
        raise Refused(_("With all these holidays there are not enough days to count."), code="invalid") from None
    _require_as_long_as_the_charter_says(held.group, ran, at)
    last = held.silences.order_by("-number").first()
    silence = Silence.objects.create(
        decision=held,
        number=last.number + 1 if last else 1,
        began_at=at,
        days=terms.days,
        skips_weekends=terms.skips_weekends,
        countries=countries,
        skipped=[{"on": one.on.isoformat(), "why": one.why} for one in ran.skipped],
        last_day=ran.last_day,
        ends_at=ran.ends_at,
    )
    record(
        SilenceBegan(
            decision_id=held.pk, label=held.label, number=silence.number, last_day=silence.last_day.isoformat()
        ),
        by=by,
        on=held,
        within=held.group,
        at=at,
    )
    tell(everybody(held, but=by), SilenceRuns(held, silence, why))
    return silence


def _require_as_long_as_the_charter_says(group: Group, ran: Period, at: datetime) -> None:
    """Refused `too_short` when silence would end before the charter lets it."""
    stated = usual_period(group)
    if not stated.text:
        return
    least = period(at, stated.days, skips_weekends=stated.working)
    if ran.ends_at < least.ends_at:
        raise Refused(
            _("Silence lasts at least until the end of %(day)s, for the charter says: “%(sentence)s”")
            % {"day": least.last_day.isoformat(), "sentence": stated.text},
            code="too_short",
        )


def _begin_anew(held: Decision, terms: Terms | None, *, by: Actor, at: datetime, why: str) -> None:
    before = held.silences.order_by("-number").first()
    if terms is None and before is not None:
        terms = Terms(before.days, before.skips_weekends, before.countries)
    stop_silence(held, SilenceEnd.RESTARTED, at=at)
    held.supports.all().delete()
    held.status, held.reason = Status.OPEN, ""
    held.save(update_fields=["status", "reason"])
    _begin(held, terms or usual_terms(held.group), by=by, at=at, why=why)


def _require_by_silence(held: Decision) -> None:
    require_unsettled(held)
    if held.way != Way.SILENCE:
        raise Refused(_("This is not decided by silence."), code="conflict")


def _require_time(held: Decision, now: datetime) -> None:
    if not held.silences.filter(outcome=SilenceEnd.RUNNING, ends_at__gt=now).exists():
        raise Refused(_("The time of silence is over; what became of it is being written down."), code="over")
