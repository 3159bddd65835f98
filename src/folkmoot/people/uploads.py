"""What files are good for, and who may see them: asked of the rooms that hold them.

A room that attaches an upload to something of its own offers an `UploadKeeper` in its `apps.ready()`. Where no room
answers for a file, only whoever handed it in and the stewards see it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol, TypeAlias
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from folkmoot.kit.registry import Registry
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person, Upload
from folkmoot.people.rules import is_steward

Reader: TypeAlias = "Actor | AnonymousUser | None"


class UploadKeeper(Protocol):
    """A kind of thing to which files are attached."""

    def places(self, uploads: Collection[Upload]) -> Mapping[UUID, str]:
        """For those of the uploads that are attached here: where, in a few words ("agenda of Lantern, 3 May")."""

    def may_see(self, reader: Reader, upload: Upload) -> bool:
        """Whether this shows the file to a reader; False where it is not attached here."""


UPLOAD_KEEPERS: Registry[UploadKeeper] = Registry("keeper of uploads")


def places_of(uploads: Collection[Upload]) -> dict[UUID, str]:
    """Where each of them is attached; those that are attached nowhere are left out."""
    found: dict[UUID, str] = {}
    for keeper in UPLOAD_KEEPERS:
        found.update(keeper.places(uploads))
    return found


def may_see_upload(reader: Reader, upload: Upload) -> bool:
    """Whether a reader may have the file: whoever handed it in, stewards, and whom a room shows it to."""
    if upload.deleted_at is not None:
        return False
    if isinstance(reader, Person) and reader.is_active and reader.pk == upload.handed_in_by_id:
        return True
    return is_steward(reader) or any(keeper.may_see(reader, upload) for keeper in UPLOAD_KEEPERS)
