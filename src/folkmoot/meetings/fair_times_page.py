"""What a page on fair times shows to one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions.left_out import leaves_out_of
from folkmoot.meetings.burden_ledger import Ledger, burden_of_year
from folkmoot.meetings.domain.fair_times import Level, Outlook, Party, Reason, Share, about_proposal, about_today
from folkmoot.meetings.domain.left_out import LeavesOut
from folkmoot.meetings.domain.pattern import plans_of
from folkmoot.meetings.fair_times_reading import (
    Member,
    Planned,
    groups_of,
    members_of,
    planned,
    regular_calls,
    without_zone,
)
from folkmoot.meetings.fair_times_words import mark_of, reason_in_words, slot_in_words, times_in_words
from folkmoot.meetings.following import Setting
from folkmoot.meetings.preview import Follows, what_follows
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import Reader
from folkmoot.ui.tables import Column, DataTable


@dataclass(frozen=True)
class OwnShare:
    """What the coming calls are to the reader, today and as proposed."""

    calls: int
    now: int
    """Early, late or at night."""
    proposed: int
    now_times: str
    proposed_times: str


@dataclass(frozen=True)
class Proposal:
    """What the coming calls are to everybody, and what would be fairer; without `slots` nothing is."""

    today_lines: tuple[str, ...]
    lines: tuple[str, ...]
    slots: tuple[str, ...]
    place: str
    table: DataTable | None
    hidden: int
    own: OwnShare | None
    follows: Follows | None
    from_day: date
    mark: str


@dataclass(frozen=True)
class FairTimesPage:
    """All of it; where nothing can be planned, `why_not` says so."""

    setting: Setting | None
    others: tuple[Setting, ...]
    why_not: str
    joined: tuple[str, ...]
    """The other groups that join these calls and whose people are planned for too."""
    unknown: int
    proposal: Proposal | None
    ledger: Ledger


def fair_times_page(
    group: Group, position: int | None, reader: Reader, reader_id: int, *, now: datetime
) -> FairTimesPage:
    """The page for the regular calls at a position, the first ones unless said."""
    settings = regular_calls(group)
    setting = next((one for one in settings if position in (None, one.series.position)), None)
    groups = groups_of(setting) if setting is not None else [group]
    members = members_of(groups)
    proposal, why_not = None, ""
    if setting is None:
        why_not = _("There are no regular calls yet whose time could be planned.")
    else:
        try:
            plan = planned(setting, members, today=today_here())
            proposal = _proposal(plan, members, reader, reader_id, now=now)
        except Refused as refused:
            why_not = refused.message
    return FairTimesPage(
        setting=setting,
        others=tuple(one for one in settings if one is not setting),
        why_not=why_not,
        joined=tuple(one.name for one in groups[1:]),
        unknown=without_zone(groups),
        proposal=proposal,
        ledger=burden_of_year(group, reader_id=reader_id, now=now),
    )


def _proposal(plan: Planned, members: list[Member], reader: Reader, reader_id: int, *, now: datetime) -> Proposal:
    differs = plan.proposed.slots != plan.now.slots
    return Proposal(
        today_lines=tuple(reason_in_words(one, reader.clock) for one in about_today_of(plan)),
        lines=tuple(
            reason_in_words(one, reader.clock) for one in about_proposal(plan.now, plan.proposed, plan.planner.scale)
        ),
        slots=tuple(slot_in_words(slot, reader.clock) for slot in plan.proposed.slots) if differs else (),
        place=zones.place(plan.planner.zone),
        table=_table(plan, reader.clock),
        hidden=sum(not member.shows_zone for member in members),
        own=_own(plan, members, reader, reader_id),
        follows=_follows(plan, reader, now=now) if differs else None,
        from_day=plan.course.from_day,
        mark=mark_of(plan) if differs else "",
    )


def about_today_of(plan: Planned) -> list[Reason]:
    """Of the zones that are shown, by the clock alone; where those have it well and others do not, without a place."""
    shown = plan.by_the_clock
    if shown is not None and (found := shown.now()).worst.cost:
        return list(about_today(found))
    return list(about_today(plan.now, nameable=()))


def _table(plan: Planned, clock: str) -> DataTable | None:
    shown = plan.by_the_clock
    if shown is None:
        return None
    proposed = {share.party: share for share in shown.outlook(plan.proposed.slots).shares}
    rows = tuple(
        (
            zones.place(share.party.zone),
            times_in_words(share.times(), clock),
            share.count(Level.UNSOCIABLE),
            times_in_words(proposed[share.party].times(), clock),
            proposed[share.party].count(Level.UNSOCIABLE),
        )
        for share in shown.now().shares
    )
    columns = (
        Column(_("Where")),
        Column(_("Times today")),
        Column(_("Early, late or at night"), is_number=True),
        Column(_("Times as proposed")),
        Column(_("Early, late or at night"), is_number=True),
    )
    return DataTable(
        _("The next %(count)d calls by the clock of each place") % {"count": plan.now.calls}, columns, rows
    )


def _own(plan: Planned, members: list[Member], reader: Reader, reader_id: int) -> OwnShare | None:
    mine = next((member for member in members if member.person_id == reader_id), None)
    if mine is None:
        return None
    party = Party(mine.zone, mine.hours)
    now, proposed = _share(plan.now, party), _share(plan.proposed, party)
    return OwnShare(
        calls=plan.now.calls,
        now=now.count(Level.UNSOCIABLE),
        proposed=proposed.count(Level.UNSOCIABLE),
        now_times=times_in_words(now.times(), reader.clock),
        proposed_times=times_in_words(proposed.times(), reader.clock),
    )


def _share(outlook: Outlook, party: Party) -> Share:
    return next(share for share in outlook.shares if (share.party.zone, share.party.hours) == (party.zone, party.hours))


def _follows(plan: Planned, reader: Reader, *, now: datetime) -> Follows:
    pattern, first = plan.course.changed_to(plan.proposed.slots)
    plans = plans_of(pattern, plan.course.from_day, plan.setting.plan.zone, first=first)
    series = plan.setting.series
    left_out = leaves_out_of(series.group).get(series.position, LeavesOut())
    return what_follows(plans, left_out, from_day=plan.course.from_day, now=now, clock=reader.clock)
