"""Monthly reports: drafted from the record, worked on by managers, published, corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.plan import entered
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.domain.report_text import whole_text
from folkmoot.plan.goal_facts import ReportDrafted, ReportEdited, ReportPublished
from folkmoot.plan.goal_notices import ReportIsOut
from folkmoot.plan.goal_rules import may_write_report
from folkmoot.plan.models import Report, ReportPiece, ReportRevision
from folkmoot.plan.period_words import month_words
from folkmoot.plan.report_parts import REPORT_PARTS
from folkmoot.plan.who import author, others

LONGEST_PART = 20_000


@transaction.atomic
def draft_report(group: Group, month: Month, *, by: Actor, at: datetime | None = None) -> Report:
    """Draft a month's report from the record, or bring the generated words of a draft up to date.

    What somebody has edited is never touched. Refused `not_begun` for a month to come, `already_published`.
    """
    require(may_write_report(by, group))
    if month.first > today_here():
        raise Refused(_("That month has not begun yet."), code="not_begun")
    hold_group(group)
    moment = at or timezone.now()
    report, is_new = Report.objects.get_or_create(group=group, month=month.first, defaults={"drafted_at": moment})
    if report.published_at is not None:
        raise Refused(_("The report for this month is published already."), code="already_published")
    report.drafted_at = moment
    report.save(update_fields=["drafted_at"])
    present = {piece.name: piece for piece in report.pieces.all()}
    is_changed = is_new
    for position, entry in enumerate(REPORT_PARTS.entries()):
        text = entry.item.draft(group, month)[:LONGEST_PART]
        piece = present.get(entry.name)
        if piece is None:
            ReportPiece.objects.create(report=report, name=entry.name, position=position, generated=text)
            is_changed = True
        elif (piece.generated, piece.position) != (text, position):
            piece.generated, piece.position = text, position
            piece.save(update_fields=["generated", "position"])
            is_changed = True
    if is_changed:
        record(ReportDrafted(report_id=report.pk, month=month.key), by=by, on=report, within=group, at=at)
    return report


def fingerprint(text: str) -> str:
    """By which a form tells which words it showed."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@transaction.atomic
def edit_report(
    report: Report,
    *,
    texts: Mapping[str, str],
    seen: Mapping[str, str],
    is_public: bool,
    fresh: frozenset[str] = frozenset(),
    by: Actor,
) -> Report:
    """Keep a manager's words for parts of a report, and who may read it.

    `seen` holds, by part, the fingerprint of the words that were shown. A part that was left as shown is left as it is;
    Refused `changed_meanwhile` where both the manager and somebody else changed it. Parts in `fresh` go back to what
    the record says.
    """
    report = hold_report(report)
    require(may_write_report(by, report.group))
    was_public, changed = report.is_public, False
    for piece in report.pieces.all():
        if piece.name not in texts:
            continue
        text = entered.words(texts[piece.name], LONGEST_PART)
        if piece.name in fresh:
            if piece.edited is not None:
                piece.edited, piece.edited_against, changed = None, "", True
                piece.save(update_fields=["edited", "edited_against"])
            continue
        shown = seen.get(piece.name, fingerprint(piece.text.strip()))
        if fingerprint(text) == shown or text == piece.text.strip():
            continue
        if fingerprint(piece.text.strip()) != shown:
            raise Refused(
                _("“%(part)s” has changed meanwhile. What stands there now stays; your words are kept below.")
                % {"part": REPORT_PARTS[piece.name].title if piece.name in REPORT_PARTS else piece.name},
                code="changed_meanwhile",
            )
        piece.edited = None if text == piece.generated.strip() else text
        piece.edited_against = piece.generated if piece.edited is not None else ""
        piece.save(update_fields=["edited", "edited_against"])
        changed = True
    report.is_public = is_public
    report.save(update_fields=["is_public"])
    if changed or was_public != is_public:
        record(ReportEdited(report_id=report.pk, month=report.key), by=by, on=report, within=report.group)
    return report


@transaction.atomic
def publish_report(report: Report, *, by: Actor, at: datetime | None = None) -> ReportRevision:
    """Publish a draft; its text is frozen, and those who lead the group above are told.

    Refused `already_published` for whoever comes second.
    """
    report = hold_report(report)
    require(may_write_report(by, report.group))
    if is_published(report):
        raise Refused(_("The report for this month is published already."), code="already_published")
    moment = at or timezone.now()
    report.published_at = moment
    report.save(update_fields=["published_at"])
    return _bring_out(report, number=1, why="", by=by, at=moment)


@transaction.atomic
def publish_correction(report: Report, *, why: str, by: Actor, at: datetime | None = None) -> ReportRevision:
    """Publish what was changed since as a further revision, with a word on what it corrects; the former stays readable.

    Refused `not_published`, `nothing_new`.
    """
    report = hold_report(report)
    require(may_write_report(by, report.group))
    last = report.revisions.first()
    if last is None:
        raise Refused(_("This report is not published yet."), code="not_published")
    reason = entered.reason(why)
    if report_text(report) == last.text:
        raise Refused(_("Nothing has changed since it was published."), code="nothing_new")
    return _bring_out(report, number=last.number + 1, why=reason, by=by, at=at or timezone.now())


def report_text(report: Report) -> str:
    """The report as it stands, as one Markdown text."""
    parts = [
        (str(REPORT_PARTS[piece.name].title) if piece.name in REPORT_PARTS else piece.name, piece.text)
        for piece in report.pieces.all()
    ]
    title = _("%(group)s, %(month)s") % {"group": report.group.name, "month": month_words(report.of_month)}
    return whole_text(title, parts)


def is_published(report: Report) -> bool:
    """Whether somebody has published it."""
    return report.published_at is not None


def hold_report(report: Report) -> Report:
    """The report as it is now; nobody else changes it until this transaction ends."""
    return Report.objects.select_for_update(of=("self",)).select_related("group__parent").get(pk=report.pk)


def _bring_out(report: Report, *, number: int, why: str, by: Actor, at: datetime) -> ReportRevision:
    revision = ReportRevision.objects.create(
        report=report, number=number, text=report_text(report), why=why, published_at=at, by=author(by)
    )
    record(
        ReportPublished(report_id=report.pk, month=report.key, revision=number),
        by=by,
        on=report,
        within=report.group,
        at=at,
    )
    if report.group.parent is not None:
        tell(others(managers_of(report.group.parent), by), ReportIsOut(report, number, why))
    return revision
