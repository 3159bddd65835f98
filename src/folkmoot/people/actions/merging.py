"""Making two records of one person one, and taking that back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.actions.erasing import make_nameless
from folkmoot.people.actions.standing import gone as refuse_gone
from folkmoot.people.actions.standing import hold_with_stewards, refuse_last_steward
from folkmoot.people.facts import MergeUndone, PeopleMerged
from folkmoot.people.models import MergeRecord, Person, Standing
from folkmoot.people.models.merging import UNDO_WITHIN
from folkmoot.people.person_data import PERSON_DATA, Unmoved
from folkmoot.people.rules import may_run_the_installation
from folkmoot.people.shown import refresh_public_profile

REMEMBERED = ("email", "zone", "is_active", "is_steward", "has_public_profile")


@transaction.atomic
def merge_people(kept: Person, gone: Person, *, by: Actor) -> MergeRecord:
    """Give everything that is `gone`'s to `kept`, in every room; `gone` becomes a record that nobody signs in with.

    An address of `gone` leads to `kept` from now on. What `kept` has already stays with `gone`. Nobody becomes a
    steward by it. Refused `invalid` for one and the same, `merged` or `erased` for a record that is nobody's,
    `last_steward` when `gone` alone runs the installation.
    """
    require(may_run_the_installation(by))
    if kept.pk == gone.pk:
        raise Refused(_("That is one and the same record."), code="invalid")
    kept, gone = hold_with_stewards(kept, gone)
    for person in (kept, gone):
        if person.standing not in (Standing.ACTIVE, Standing.SUSPENDED):
            raise refuse_gone(person)
    refuse_last_steward(gone)
    before = {"kept": _remembered(kept), "gone": _remembered(gone)}
    gone_email = gone.email or ""
    gone.email, gone.is_active, gone.is_steward, gone.has_public_profile = None, False, False, False
    gone.merged_into = kept
    gone.save()
    moved = {entry.name: dict(entry.item.merge(kept, gone)) for entry in PERSON_DATA.entries()}
    kept.email = kept.email or gone_email or None
    kept.zone = kept.zone or gone.zone
    kept.save(update_fields=["email", "zone"])
    refresh_public_profile(kept)
    merge = MergeRecord.objects.create(kept=kept, gone=gone, gone_email=gone_email, moved=moved, before=before)
    record(PeopleMerged(merge_id=merge.pk, gone_id=gone.pk, name=kept.name), by=by, about=kept, on=kept)
    return merge


@transaction.atomic
def undo_merge(merge: MergeRecord, *, by: Actor) -> None:
    """Make two of one again, within thirty days; what was changed or added meanwhile stays where it is now.

    Refused `too_late` afterwards, `later_merge` while the kept record is itself merged into another one. Done
    twice, it is told once.
    """
    require(may_run_the_installation(by))
    merge = MergeRecord.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        return
    if merge.settled_at or timezone.now() > merge.undo_until:
        raise Refused(_("A merge can be taken back within thirty days; that time is over."), code="too_late")
    kept, gone = hold_with_stewards(merge.kept, merge.gone)
    if kept.erased_at:
        raise refuse_gone(kept)
    if kept.merged_into_id:
        raise Refused(_("The record was merged once more since. Please take that back first."), code="later_merge")
    for entry in reversed(PERSON_DATA.entries()):
        if entry.name in merge.moved:
            entry.item.part(kept, gone, merge.moved[entry.name])
    _restore(kept, gone, merge.before)
    merge.undone_at, merge.moved, merge.before, merge.gone_email = timezone.now(), {}, {}, ""
    merge.save()
    record(MergeUndone(merge_id=merge.pk, gone_id=gone.pk, name=kept.name), by=by, about=kept, on=kept)


@transaction.atomic
def settle_merges() -> int:
    """Erase what is left at records that were merged more than thirty days ago; how many that were.

    History keeps its words, and others what they were told: these are about somebody who is here.
    """
    due = MergeRecord.objects.select_for_update().filter(
        undone_at=None, settled_at=None, made_at__lt=timezone.now() - UNDO_WITHIN
    )
    count = 0
    for merge in due:
        for entry in reversed(PERSON_DATA.entries()):
            if not isinstance(entry.item, Unmoved):
                entry.item.erase(merge.gone)
        make_nameless(merge.gone)
        merge.settled_at, merge.moved, merge.before = timezone.now(), {}, {}
        merge.save()
        count += 1
    return count


def _remembered(person: Person) -> dict[str, Any]:
    return {field: getattr(person, field) for field in REMEMBERED}


def _restore(kept: Person, gone: Person, before: dict[str, Any]) -> None:
    """Both as they stood, but for what has been changed since: an address that somebody else has by now stays there."""
    was = before["gone"]
    taken = was["email"] and Person.objects.filter(email__iexact=was["email"]).exclude(pk=kept.pk).exists()
    if was["email"] and (kept.email or "").lower() == was["email"].lower():
        kept.email = before["kept"]["email"]
    if kept.zone == was["zone"]:
        kept.zone = before["kept"]["zone"]
    kept.save(update_fields=["email", "zone"])
    gone.merged_into = None
    gone.email = None if taken else was["email"]
    gone.is_active, gone.is_steward = was["is_active"], was["is_steward"]
    gone.save()
    for person in (kept, gone):
        refresh_public_profile(person)
