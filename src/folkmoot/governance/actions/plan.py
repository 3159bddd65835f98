"""Setting up an election: its days, its announcement, moving its days, cancelling it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from folkmoot.governance.actions.elections import note_change
from folkmoot.governance.actions.opening_wiping import delete_ballots
from folkmoot.governance.actions.plan_checklist import begin_checklist, redate_checklist, stop_checklist_of
from folkmoot.governance.actions.plan_contests import (
    QUESTIONS,
    ContestGiven,
    hold_as_it_is,
    write_contest,
)
from folkmoot.governance.actions.plan_messages import (
    CANCELLED,
    leave_out_all,
    redate_messages,
    write_message,
    write_messages,
)
from folkmoot.governance.actions.rolls import write_suggested
from folkmoot.governance.day_words import problem_words
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.day_templates import template_for
from folkmoot.governance.domain.days import Days, Plan, Step, lay_out, move, settle
from folkmoot.governance.facts.plan import (
    ElectionAnnounced,
    ElectionBegun,
    ElectionCancelled,
    ElectionDaysMoved,
    PracticeElectionAnnounced,
)
from folkmoot.governance.models.elections import (
    ANYWHERE,
    FROZEN,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Election,
    ElectionKind,
    ElectionStage,
    ElectionState,
    Stage,
)
from folkmoot.governance.models.officers import MOST_OFFICERS
from folkmoot.governance.notices.plan import ElectionIsCancelled, ElectionsDaysMoved, QuestionIsAboutYou
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.plan import days_of, people_concerned
from folkmoot.governance.rules.elections import may_begin_election, may_prepare
from folkmoot.governance.rules.plan import may_announce, may_cancel, may_move_days
from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group, Seat
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered

MOST_GRACE = 14
LONGEST_KEY = 60
TAKEN_WORDS = frozenset({"begin"})
"""Words that stand in addresses where the key of an election would."""
_KEY = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class DaysGiven:
    """From which day an election is laid out. `terms_on` is the day on which terms have to begin, if that is fixed."""

    start: date
    counted_from: Step = Step.VOTING
    terms_on: date | None = None
    grace: int = 0


def plan_days(kind: str, given: DaysGiven, today: date) -> Plan:
    """The days that an election would have; nothing is written. Refused for days that cannot be meant."""
    if not 0 <= given.grace <= MOST_GRACE:
        raise Refused(_("At most %(most)d days of grace, please.") % {"most": MOST_GRACE}, code="invalid")
    template = template_for(kind)
    counted = given.counted_from if given.counted_from in template else template.anchor
    if given.start < today:
        raise Refused(_("That day has passed. Please choose one that is still to come."), code="past")
    start = max(template.start_for(counted, given.start), today)
    fixed = {Step.TERM: given.terms_on} if given.terms_on and Step.TERM in template else {}
    return lay_out(template, start, today, fixed=fixed, grace=given.grace)


@transaction.atomic
def begin_election(
    group: Group,
    *,
    kind: str = ElectionKind.REGULAR,
    title: str,
    days: DaysGiven,
    contests: Sequence[ContestGiven] = (),
    key: str = "",
    words: str = "",
    zone: str = ANYWHERE,
    needed: int = 2,
    is_final: bool = True,
    clause_anchor: str = "",
    of: Seat | None = None,
    about: Person | None = None,
    by: Actor,
) -> Election:
    """Prepare an election as a draft: its days, contests and messages, and who votes by the charter.

    A recall or a vote of confidence gets its question by itself, a practice election its invented candidates.
    Refused `impossible` where a fixed day cannot be kept, `taken` for a key that is in use, and for what is not valid.
    """
    require(may_begin_election(by, group))
    hold_group(group)
    if kind not in ElectionKind.values:
        raise Refused(_("There is no such kind of election."), code="invalid")
    title = entered.title(title, LONGEST_TITLE)
    plan = plan_days(kind, days, _today(zone := checked_zone(zone)))
    require_possible(plan)
    if kind in QUESTIONS and of is None and about is None:
        raise Refused(_("Please say which seat or whom the question is about."), code="invalid")
    if about is not None and about == by:
        raise Refused(_("This vote would be about you. Please let somebody else begin it."), code="forbidden")
    if of is not None and of.group_id != group.pk:
        raise Refused(_("Only seats that the group has can be asked about."), code="invalid")
    try:
        with transaction.atomic():
            election = Election.objects.create(
                group=group,
                key=_key(group, key, title, plan.days[Step.VOTING].last.year),
                kind=kind,
                title=title,
                words=entered.words(words, LONGEST_WORDS),
                clause_anchor=clause_anchor[:120],
                zone=zone,
                needed=_needed(needed),
                is_final=is_final,
                made_by=by if isinstance(by, Person) else None,
                of=of,
                about=about,
            )
    except IntegrityError:
        raise Refused(_("Another election of this group has this name in its address."), code="taken") from None
    _write_days(election, plan.days)
    write_suggested(election)
    for contest in contests or _usual_contests(election):
        write_contest(election, contest)
    record(ElectionBegun(election.pk, election.kind, title), by=by, about=about, on=election, within=group)
    write_messages(election)
    return election


@transaction.atomic
def change_election(
    election: Election,
    *,
    title: str,
    words: str,
    needed: int,
    is_final: bool,
    clause_anchor: str = "",
    by: Actor,
) -> None:
    """Change what an election is called, what is said of it and how its ballots are kept; until it is frozen."""
    hold_as_it_is(election)
    require(may_prepare(by, election))
    values = {
        "title": entered.title(title, LONGEST_TITLE),
        "words": entered.words(words, LONGEST_WORDS),
        "needed": _needed(needed),
        "is_final": is_final,
        "clause_anchor": clause_anchor[:120],
    }
    changed = [name for name, value in values.items() if getattr(election, name) != value]
    if not changed:
        return
    changes = {name: [getattr(election, name), values[name]] for name in changed if name in ("needed", "is_final")}
    for name in changed:
        setattr(election, name, values[name])
    election.save(update_fields=changed)
    note_change(election, "rules" if changes else "words", by, changes)


def plan_announcement(election: Election) -> Plan:
    """The days that the election would have if it were announced today: what has passed is laid out again."""
    days, today = days_of(election), day_in(election, timezone.now())
    fixed = {Step.TERM: days[Step.TERM].first} if Step.TERM in days else {}
    return settle(template_for(election.kind), days, today, fixed=fixed)


@transaction.atomic
def announce_election(election: Election, *, by: Actor) -> Plan:
    """Let everybody know of the election; from then on its messages go out on their days, and its checklist runs.

    Days that have passed meanwhile are laid out again, see the plan that is given back. Refused `impossible` where
    that does not work out.
    """
    hold_as_it_is(election)
    require(may_announce(by, election))
    plan = plan_announcement(election)
    require_possible(plan)
    _write_days(election, plan.days)
    election.state = ElectionState.ANNOUNCED
    election.save(update_fields=["state"])
    voting = plan.days[Step.VOTING]
    fact = (
        PracticeElectionAnnounced(election.pk, election.title)
        if election.is_practice
        else ElectionAnnounced(election.pk, voting.first.isoformat(), voting.last.isoformat(), election.title)
    )
    # A list about a thing is seen by the whole group, so it begins only now.
    begin_checklist(election, owner=by if isinstance(by, Person) else election.made_by)
    record(fact, by=by, about=election.about, on=election, within=election.group)
    write_messages(election)
    redate_messages(election, has_moved=bool(plan.notes))
    if election.about is not None and election.about != by:
        tell([election.about], QuestionIsAboutYou(election))
    return plan


def plan_move(election: Election, stage: Stage, to: Days, *, keeps_terms: bool) -> Plan:
    """The days that the election would have once a step was moved; nothing is written."""
    days, today = days_of(election), day_in(election, timezone.now())
    step = Step(stage)
    fixed = {Step.TERM: days[Step.TERM].first} if keeps_terms and Step.TERM in days and step != Step.TERM else {}
    return move(template_for(election.kind), days, step, to, today, fixed=fixed)


@transaction.atomic
def move_days(
    election: Election, stage: Stage, *, first: date, last: date, keeps_terms: bool = True, by: Actor
) -> Plan:
    """Move the days of one step; those that wait for it follow, and so do messages and checklist.

    Terms keep their first day unless `keeps_terms` is False. Officers and candidates are told once it was announced.
    Refused as by `domain.days.move`, and `impossible` where terms cannot begin on their day any more.
    """
    hold_as_it_is(election)
    require(may_move_days(by, election, stage))
    before = days_of(election)
    plan = plan_move(election, stage, Days(first, last), keeps_terms=keeps_terms)
    require_possible(plan)
    changes = changed_days(before, plan.days)
    if not changes:
        return plan
    for step in changes:
        require(may_move_days(by, election, Stage(step)))
    _write_days(election, plan.days)
    redate_messages(election, has_moved=True)
    redate_checklist(election)
    if election.state == ElectionState.DRAFT:
        note_change(election, "days", by, changes)
        return plan
    record(
        ElectionDaysMoved(election.pk, str(stage), election.title),
        by=by,
        about=election.about,
        on=election,
        within=election.group,
        changes=changes,
    )
    told = [person for person in people_concerned(election) if person != by]
    tell(told, ElectionsDaysMoved(election, tuple(Stage(step) for step in changes)))
    return plan


@transaction.atomic
def cancel_election(election: Election, *, why: str, by: Actor) -> None:
    """End an election before its ballots are counted, and say why. Officers and candidates are told at once, and once
    it was open everybody else on its roll by a message. Ballots that were cast are deleted. Refused `reason_needed`."""
    hold_as_it_is(election)
    require(may_cancel(by, election))
    reason = entered.reason(why)
    was, told = election.state, [person for person in people_concerned(election) if person != by]
    election.state, election.why_cancelled = ElectionState.CANCELLED, reason
    election.cancelled_at = timezone.now()
    election.save(update_fields=["state", "why_cancelled", "cancelled_at"])
    if was == ElectionState.DRAFT:
        note_change(election, "cancelled", by)
    else:
        record(
            ElectionCancelled(election.pk, election.title, reason),
            by=by,
            about=election.about,
            on=election,
            within=election.group,
        )
    stop_checklist_of(election, why=reason)
    tell(told, ElectionIsCancelled(election))
    leave_out_all(election)
    if was in FROZEN:
        delete_ballots(election)
        write_message(election, CANCELLED)


def changed_days(before: Mapping[Step, Days], after: Mapping[Step, Days]) -> dict[str, list[str | None]]:
    """Which steps lie elsewhere, as the ledger keeps it: before and after, each "first/last" or None."""
    return {
        str(step): [_iso(before.get(step)), _iso(after.get(step))]
        for step in Step
        if before.get(step) != after.get(step)
    }


def require_possible(plan: Plan) -> None:
    """Refused `impossible`, with whose minimum breaks."""
    if not plan.is_possible:
        raise Refused(" ".join(map(problem_words, plan.problems)), code="impossible")


def checked_zone(zone: str) -> str:
    """The zone in which days are counted; Refused `zone_unknown` for none."""
    name = zones.canonical(zone)
    return ANYWHERE if name == zones.ANYWHERE_ON_EARTH else name


def _today(zone: str) -> date:
    return timezone.now().astimezone(zones.zone(zone)).date()


def _iso(days: Days | None) -> str | None:
    return f"{days.first.isoformat()}/{days.last.isoformat()}" if days is not None else None


def _needed(needed: int) -> int:
    if not 1 <= needed <= MOST_OFFICERS:
        raise Refused(
            _("Ballots are opened by 1 to %(most)d officers together.") % {"most": MOST_OFFICERS}, code="invalid"
        )
    return needed


def _write_days(election: Election, days: Mapping[Step, Days]) -> None:
    """Keep exactly these days."""
    election.stages.all().delete()
    ElectionStage.objects.bulk_create(
        ElectionStage(election=election, stage=str(step), first=span.first, last=span.last)
        for step, span in days.items()
    )


def _usual_contests(election: Election) -> list[ContestGiven]:
    """What is voted on where nobody said: the question, or one place."""
    if election.kind not in QUESTIONS:
        return [ContestGiven(election.title)]
    is_recall = election.kind == ElectionKind.RECALL
    if election.of is not None:
        # A seat, not a name: what is frozen and signed stays as it is even if somebody is erased.
        asked = (
            _("Shall whoever holds “%(whom)s” be recalled?")
            if is_recall
            else _("Do you trust whoever holds “%(whom)s”?")
        )
        named = election.of.title
    else:
        asked = _("Shall %(whom)s be recalled?") if is_recall else _("Do you trust %(whom)s?")
        named = election.about.name if election.about else ""
    return [ContestGiven((asked % {"whom": named})[:LONGEST_TITLE], method=Method.YES_NO.value)]


def _key(group: Group, asked: str, title: str, year: int) -> str:
    """The name in addresses: what was asked for, or one made of the title, with the year where it has none."""
    if asked:
        if _KEY.fullmatch(asked) is None or len(asked) > LONGEST_KEY or asked in TAKEN_WORDS:
            raise Refused(
                _("The name in the address is made of small letters, figures and single hyphens."), code="invalid"
            )
        return asked
    base = slugify(title)[: LONGEST_KEY - 10].strip("-_").replace("_", "-") or "election"
    if str(year) not in base:
        base = f"{base}-{year}"
    used = set(Election.objects.filter(group=group, key__startswith=base).values_list("key", flat=True))
    number = 2
    name = base
    while name in used or name in TAKEN_WORDS:
        name, number = f"{base}-{number}", number + 1
    return name
