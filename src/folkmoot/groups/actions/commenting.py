"""Saying something to a proposed change of a charter."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.participation import hold_group
from folkmoot.groups.amendment_reading import comparison_of
from folkmoot.groups.facts import AmendmentCommented, CommentHidden
from folkmoot.groups.models import Amendment, AmendmentComment
from folkmoot.groups.notices import AmendmentHeard
from folkmoot.groups.rules import may_change_comment, may_comment_on, may_settle_amendments
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

LONGEST = 5_000


@transaction.atomic
def comment_on_amendment(amendment: Amendment, *, by: Person, text: str, clause: str = "") -> AmendmentComment:
    """Say something to a proposal, or to one clause of it (its id in the comparison)."""
    hold_group(amendment.group)
    held = Amendment.objects.select_related("group", "base", "by", "version").get(pk=amendment.pk)
    require(may_comment_on(by, held, on=today_here()))
    words = _worded(text)
    if clause and clause not in {one.id for one in comparison_of(held, today=today_here()).clauses}:
        raise Refused(_("There is no such clause to comment on."), code="invalid")
    comment = AmendmentComment.objects.create(amendment=held, by=by, clause=clause, text=words)
    record(
        AmendmentCommented(amendment_id=held.pk, number=held.number, comment_id=comment.pk, clause=clause),
        by=by,
        on=held,
        within=held.group,
    )
    if held.by is not None and held.by != by:
        tell([held.by], AmendmentHeard(comment))
    return comment


@transaction.atomic
def edit_comment(comment: AmendmentComment, *, by: Person, text: str) -> None:
    """Reword what one said oneself."""
    require(may_change_comment(by, comment))
    words = _worded(text)
    if words == comment.text:
        return
    comment.text, comment.edited_at = words, timezone.now()
    comment.save(update_fields=["text", "edited_at"])


@transaction.atomic
def withdraw_comment(comment: AmendmentComment, *, by: Person) -> None:
    """Take back what one said oneself; twice is once."""
    require(may_change_comment(by, comment))
    if comment.withdrawn_at is None:
        comment.withdrawn_at = timezone.now()
        comment.save(update_fields=["withdrawn_at"])


@transaction.atomic
def hide_comment(comment: AmendmentComment, *, by: Actor, reason: str) -> None:
    """Hide a comment from everybody but its author and those who lead, with a reason; twice is once."""
    require(may_settle_amendments(by, comment.amendment.group))
    if not reason.strip():
        raise Refused(_("Please say why it is hidden; its author will read it."), code="invalid")
    if AmendmentComment.objects.select_for_update().get(pk=comment.pk).hidden_at is not None:
        return
    comment.hidden_at, comment.hidden_because = timezone.now(), reason.strip()[:300]
    comment.hidden_by = by if isinstance(by, Person) else None
    comment.save(update_fields=["hidden_at", "hidden_because", "hidden_by"])
    amendment = comment.amendment
    record(
        CommentHidden(
            amendment_id=amendment.pk, number=amendment.number, comment_id=comment.pk, reason=comment.hidden_because
        ),
        by=by,
        about=comment.by,
        on=amendment,
        within=amendment.group,
    )


def _worded(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(_("Please write something."), code="invalid")
    if len(words) > LONGEST:
        raise Refused(_("A comment may have %(most)s characters at most.") % {"most": LONGEST}, code="invalid")
    return words
