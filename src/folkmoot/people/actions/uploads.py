"""Files come in, and go."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads import Examined, size_in_words
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.actions.standing import hold_person
from folkmoot.people.facts import FileHandedIn, FileRemoved
from folkmoot.people.incoming import FULL
from folkmoot.people.kept_files import forget_file, sweep
from folkmoot.people.models import Person, Upload
from folkmoot.people.rules import may_hand_in
from folkmoot.people.uploads import places_of

DAY = timedelta(days=1)
MOST_A_DAY = 300
"""Files, however small."""
BLOCK = 1024 * 1024


@transaction.atomic
def take_in(file: Examined, *, by: Person) -> Upload:
    """Keep a file that was examined; what it is attached to is the caller's, in the same transaction.

    Examine it before the transaction begins: drawing a picture anew takes seconds. Refused `upload_quota` when
    somebody handed in as much as a day allows, `disk_full` when there is no room, and nothing is kept.
    """
    require(may_hand_in(by))
    held = hold_person(by)
    _refuse_beyond_the_day(held, file.size)
    upload = Upload(
        name=file.name,
        media_type=file.kind.media_type,
        size=file.size,
        sha256=_digest_of(file.content),
        width=file.width,
        height=file.height,
        handed_in_by=held,
    )
    upload.full_clean(exclude=["handed_in_by"])
    file.content.seek(0)
    try:
        default_storage.save(upload.path, File(file.content))
    except OSError as problem:
        if problem.errno not in FULL:
            raise
        raise Refused(
            _("The disk of this site is full, so the file was not kept. Please tell whoever runs it."), code="disk_full"
        ) from problem
    upload.save(force_insert=True)
    fact = FileHandedIn(upload=str(upload.pk), media_type=upload.media_type, size=upload.size, name=upload.name)
    record(fact, by=by, about=held)
    return upload


@transaction.atomic
def remove_upload(upload: Upload, *, by: Actor) -> None:
    """Delete a file that nothing needs any more, and its name; done twice, it is told once.

    The room that held it asks its own rule and lets go of it first. Refused `attached` while any room still does.
    """
    held = Upload.objects.select_for_update().select_related("handed_in_by").get(pk=upload.pk)
    if held.deleted_at is not None:
        return
    if place := places_of([held]).get(held.pk):
        raise Refused(_("This file is needed: %(place)s.") % {"place": place}, code="attached")
    forget_file(held.path)
    held.name, held.sha256, held.deleted_at = "", "", timezone.now()
    held.save(update_fields=["name", "sha256", "deleted_at"])
    record(FileRemoved(upload=str(held.pk)), by=by, about=held.handed_in_by)


def sweep_files() -> int:
    """Take away files older than a day that no row speaks of; returns how many."""
    return sweep(timezone.now() - DAY)


def _refuse_beyond_the_day(person: Person, size: int) -> None:
    lately = Upload.objects.filter(handed_in_by=person, handed_in_at__gt=timezone.now() - DAY)
    sums = lately.aggregate(bytes=models.Sum("size", default=0), files=models.Count("pk"))
    if sums["bytes"] + size > settings.FILES_A_DAY or sums["files"] >= MOST_A_DAY:
        raise Refused(
            _("One person may hand in %(files)d files with %(size)s in all within a day. Please go on tomorrow.")
            % {"files": MOST_A_DAY, "size": size_in_words(settings.FILES_A_DAY)},
            code="upload_quota",
        )


def _digest_of(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    content.seek(0)
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
