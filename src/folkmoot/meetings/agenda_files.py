"""Who sees the files of agendas, and where they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from folkmoot.meetings.agenda_reading import ON_IT
from folkmoot.meetings.agenda_rules import may_see_requests
from folkmoot.meetings.models import Material, MaterialState
from folkmoot.people.models import Upload
from folkmoot.people.uploads import Reader


class MaterialFiles:
    """Files to read for agenda items: for everybody once accepted and on the agenda, before that for the group."""

    def places(self, uploads: Collection[Upload]) -> Mapping[UUID, str]:
        found = _held().filter(upload__in=[upload.pk for upload in uploads])
        return {one.upload_id: _place(one) for one in found if one.upload_id}

    def may_see(self, reader: Reader, upload: Upload) -> bool:
        found = list(_held().filter(upload=upload))
        if any(one.is_accepted and one.item.state in ON_IT for one in found):
            return True
        return any(may_see_requests(reader, one.item.meeting) for one in found)


def _held() -> QuerySet[Material]:
    materials = Material.objects.exclude(state=MaterialState.DECLINED)
    return materials.select_related("item__meeting__group").order_by("-pk")


def _place(material: Material) -> str:
    meeting = material.item.meeting
    day = date_format(meeting.starts_at.date(), "j F Y")
    return _("agenda of %(group)s, call of %(day)s") % {"group": meeting.group.name, "day": day}
