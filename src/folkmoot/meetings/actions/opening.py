"""Choosing and wording the texts that open calls, and noting that they were read out."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.actions.agreements import publish_group_text
from folkmoot.groups.models import Agreement, Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.meetings.actions.attendance import author, hold_call
from folkmoot.meetings.attendance_rules import may_choose_opening, may_look_after_call, takes_attendance
from folkmoot.meetings.facts import OpeningChosen, OpeningRead, OpeningReadWithdrawn
from folkmoot.meetings.models import Meeting, OpeningChoice, OpeningReading
from folkmoot.meetings.opening import CONDUCT, PREFIX, OpeningText, opening_of

LONGEST_TEXT = 5000
MOST_TEXTS = 12


@transaction.atomic
def choose_opening(group: Group, keys: Iterable[str], *, by: Actor) -> None:
    """Say which texts open the calls of a group, out of those there are; none of them is an answer too."""
    hold_group(group)
    require(may_choose_opening(by, group))
    opening, wanted = opening_of(group), set(keys)
    known = [text.key for text in opening.texts]
    if not wanted <= {*known, CONDUCT}:
        raise Refused(_("One of these texts is not there."), code="invalid")
    chosen = list(dict.fromkeys(key for key in [CONDUCT, *known] if key in wanted))
    choice, is_new = OpeningChoice.objects.get_or_create(
        group=group, defaults={"keys": chosen, "made_at": timezone.now()}
    )
    if not is_new:
        if choice.keys == chosen:
            return
        choice.keys, choice.made_at = chosen, timezone.now()
        choice.save()
    record(OpeningChosen(keys=chosen), by=by, on=group, within=group)


@transaction.atomic
def word_opening(group: Group, *, key: str = "", title: str, text: str, by: Actor) -> Agreement:
    """Word a text for the calls of a group, or a further one (without `key`); what was read before stays as it was.

    Refused `invalid` for a text without title or words, for too long a one, and for a title that is there already.
    """
    require(may_choose_opening(by, group))
    opening = opening_of(group)
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("Please stay below %(count)s characters: this is read aloud.") % {"count": LONGEST_TEXT}, code="invalid"
        )
    if key and opening.worded(key) is None:
        raise Refused(_("There is no such text."), code="not_found")
    if not key:
        key = slugify(title)[:40].replace("-", "_")
        if not key or any(one.key == key for one in opening.texts):
            raise Refused(_("Please give the text a title that no other one here has."), code="invalid")
        if len(opening.texts) >= MOST_TEXTS:
            raise Refused(_("There are very many texts already; nobody would listen to more."), code="too_many")
    return publish_group_text(group, key=PREFIX + key, title=title, text=text, by=by)


@transaction.atomic
def note_opening_read(meeting: Meeting, *, by: Actor) -> list[OpeningReading]:
    """Note that the texts of the group were read out on a call, each in its present version; once each.

    Refused `forbidden` for whoever does not look after the call, `not_now` before it opens, `invalid` without texts.
    """
    hold_group(meeting.group)
    held, now = hold_call(meeting), timezone.now()
    require(may_look_after_call(by, held))
    verdict = takes_attendance(held, now)
    if not verdict:
        raise Refused(verdict.reason, code="not_now")
    texts = opening_of(held.group).chosen
    if not texts:
        raise Refused(_("No texts open the calls of this group."), code="invalid")
    read = set(OpeningReading.objects.filter(meeting=held).values_list("document__key", flat=True))
    documents = [one for one in (_version_of(held.group, text) for text in texts) if one.key not in read]
    made = [
        OpeningReading.objects.create(meeting=held, document=document, read_at=now, read_by=author(by))
        for document in documents
    ]
    if made:
        record(
            OpeningRead(meeting_id=held.pk, document_ids=[document.pk for document in documents]),
            by=by,
            on=held,
            within=held.group,
        )
    return made


@transaction.atomic
def take_back_opening_read(meeting: Meeting, *, by: Actor) -> None:
    """Say that the texts were not read out after all; done twice, it is told once."""
    held = hold_call(meeting)
    require(may_look_after_call(by, held))
    if OpeningReading.objects.filter(meeting=held).delete()[0]:
        record(OpeningReadWithdrawn(meeting_id=held.pk), by=by, on=held, within=held.group)


def _version_of(group: Group, text: OpeningText) -> Agreement:
    """The version of a text that is kept; words of our own become the group's first version when they are read."""
    if text.document is not None:
        return text.document
    return publish_group_text(group, key=PREFIX + text.key, title=text.title, text=text.text, by=system())
