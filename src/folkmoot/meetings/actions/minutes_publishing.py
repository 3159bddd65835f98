"""Publishing minutes: public wordings, the check and what it found, and corrections that stay in sight."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.facts import Fact
from folkmoot.meetings.actions.minutes import hold_minutes, hold_minutes_item
from folkmoot.meetings.actions.telling import tell_group
from folkmoot.meetings.domain.published import PublicMinutes, PublicRevision, as_json, found_by, from_json
from folkmoot.meetings.facts import HitsCleared, MinutesCorrected, MinutesPublished, PublicWordingConfirmed
from folkmoot.meetings.minutes_check import Found, check, uncleared
from folkmoot.meetings.minutes_reading import minutes_items, public_item, without_wording, would_be_public
from folkmoot.meetings.minutes_rules import may_lead_minutes, may_write_minutes
from folkmoot.meetings.models import (
    LONGEST_NOTES,
    Clearing,
    Level,
    Minutes,
    MinutesCorrection,
    MinutesItem,
    MinutesState,
)
from folkmoot.meetings.notices import MinutesArePublished
from folkmoot.plan import entered
from folkmoot.plan.who import author

LONGEST_WHY = 300


@transaction.atomic
def confirm_public(item: MinutesItem, *, title: str, text: str, version: int, by: Actor) -> MinutesItem:
    """Confirm what everybody reads of an item under the Chatham House Rule. `version` is that of the notes seen.

    Refused `forbidden`, `stale`, `published`, `invalid`, `not_under_rule`.
    """
    held = hold_minutes(item.minutes)
    require(may_write_minutes(by, held.meeting))
    if held.is_published:
        raise Refused(_("These minutes are published. They are corrected in sight."), code="published")
    item = hold_minutes_item(item, held)
    if item.version != version:
        raise Refused(_("Somebody has changed these notes since you opened them."), code="stale")
    if item.level_now != Level.CHATHAM:
        raise Refused(_("This item has no public wording of its own."), code="not_under_rule")
    given = (entered.title(title), entered.words(text, LONGEST_NOTES), version)
    if (item.public_title, item.public_text, item.public_of) == given:
        return item
    item.public_title, item.public_text, item.public_of = given
    item.public_by, item.public_at = author(by), timezone.now()
    item.save(update_fields=["public_title", "public_text", "public_of", "public_by", "public_at"])
    fact = PublicWordingConfirmed(meeting_id=held.pk, minutes_item_id=item.pk, version=version)
    _record(fact, held, by)
    return item


@transaction.atomic
def clear_hits(minutes: Minutes, keys: Iterable[str], *, why: str, by: Actor) -> list[Clearing]:
    """Let hits of the check stand, with the reason: a word that means nobody, somebody who agreed to be named.

    `keys` are those of `Found`; one that is found no more is passed over, and nothing is cleared twice. Refused
    `forbidden`, `reason_needed`, `nothing_chosen`.
    """
    held = hold_minutes(minutes)
    require(may_lead_minutes(by, held.meeting))
    why = _reason(why)
    wanted = set(keys)
    chosen = [one for one in check(held) if one.key in wanted and one.clearing is None]
    if not chosen:
        raise Refused(_("Please choose what you looked at."), code="nothing_chosen")
    now = timezone.now()
    made = Clearing.objects.bulk_create(
        Clearing(minutes=held, channel=one.hit.channel, mark=one.mark, why=why, cleared_at=now, cleared_by=author(by))
        for one in chosen
    )
    channels = list(dict.fromkeys(one.hit.channel for one in chosen))
    _record(HitsCleared(meeting_id=held.pk, channels=channels), held, by)
    return made


@transaction.atomic
def publish_minutes(minutes: Minutes, *, by: Actor) -> Minutes:
    """Publish approved minutes, exactly as they were checked; the group and its lists are told, but of those that were
    brought in. Twice is told once.

    Refused `forbidden`; `not_approved`; `not_confirmed` while a public wording waits; `nothing_public` where all is
    private; `names_somebody`, with `found`, while a hit is not cleared.
    """
    held = hold_minutes(minutes)
    require(may_lead_minutes(by, held.meeting))
    if held.is_published:
        return held
    if not held.is_frozen:
        raise Refused(_("Minutes are published once they are approved."), code="not_approved")
    items = [item for item in minutes_items(held) if not item.is_private]
    if not items:
        raise Refused(_("All of these minutes is for the group alone."), code="nothing_public")
    waiting = without_wording(items)
    if waiting:
        raise Refused(
            ngettext(
                "The public wording of %(count)d item is not confirmed yet.",
                "The public wordings of %(count)d items are not confirmed yet.",
                len(waiting),
            )
            % {"count": len(waiting)},
            code="not_confirmed",
        )
    public = would_be_public(held)
    _require_nobody(uncleared(held, public))
    _keep(held, public)
    held.published_at = timezone.now()
    held.state, held.published_by = MinutesState.PUBLISHED, author(by)
    held.save(update_fields=["published", "found_by", "published_at", "state", "published_by"])
    _record(MinutesPublished(meeting_id=held.pk), held, by)
    if held.brought_in_at is None:
        tell_group(held.meeting.group, MinutesArePublished(held.meeting), by=by)
    return held


@transaction.atomic
def correct_item(
    item: MinutesItem, *, notes: str, public_text: str = "", why: str, version: int, by: Actor
) -> MinutesCorrection | None:
    """Correct an item of frozen minutes; what it said stays in sight, with the reason. None when nothing changes.

    `public_text` is what everybody reads of an item under the Chatham House Rule. Of published minutes the whole is
    checked anew before it goes out. Refused `forbidden`, `not_frozen`, `stale`, `reason_needed`, `invalid`,
    `names_somebody`.
    """
    held = hold_minutes(item.minutes)
    require(may_lead_minutes(by, held.meeting))
    if not held.is_frozen:
        raise Refused(_("These minutes are not approved yet; just change them."), code="not_frozen")
    item = hold_minutes_item(item, held)
    if item.version != version:
        raise Refused(_("Somebody has changed these notes since you opened them."), code="stale")
    notes, why = entered.words(notes, LONGEST_NOTES), _reason(why)
    under_rule = item.level_now == Level.CHATHAM
    said = entered.words(public_text, LONGEST_NOTES) if under_rule else item.public_text
    if (notes, said) == (item.notes, item.public_text):
        return None
    before = public_item(item)
    now = timezone.now()
    made = MinutesCorrection.objects.create(
        item=item,
        notes_before=item.notes,
        public_before=item.public_text,
        why=why,
        corrected_at=now,
        corrected_by=author(by),
    )
    item.notes, item.public_text, item.changed_by = notes, said, author(by)
    item.version += 1
    if under_rule:
        item.public_title = item.public_title or item.title
        item.public_of, item.public_by, item.public_at = item.version, author(by), now
    item.save()
    # A private item, or notes of which everybody reads another wording that stays, change nothing in public.
    if held.is_published and not item.is_private and public_item(item).text != before.text:
        public = from_json(held.published).corrected(
            public_item(item),
            PublicRevision(item.pk, now.date().isoformat(), before.title, why, before.text, under_rule),
        )
        _require_nobody(uncleared(held, public))
        _keep(held, public)
        held.save(update_fields=["published", "found_by"])
    _record(MinutesCorrected(meeting_id=held.pk, minutes_item_id=item.pk, correction_id=made.pk), held, by)
    return made


def _keep(held: Minutes, public: PublicMinutes) -> None:
    held.published, held.found_by = as_json(public), found_by(public)


def _require_nobody(found: list[Found]) -> None:
    if found:
        raise Refused(
            ngettext(
                "Somebody could be recognised in %(count)d place. Please look at it first.",
                "Somebody could be recognised in %(count)d places. Please look at them first.",
                len(found),
            )
            % {"count": len(found)},
            code="names_somebody",
            found=found,
        )


def _reason(text: str) -> str:
    why = entered.reason(text)
    if len(why) > LONGEST_WHY:
        raise Refused(_("Please say it in at most %(most)d characters.") % {"most": LONGEST_WHY}, code="invalid")
    return why


def _record(fact: Fact, held: Minutes, by: Actor) -> None:
    record(fact, by=by, on=held.meeting, within=held.meeting.group)
