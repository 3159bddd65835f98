"""What groups tells people about amendments of their charters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from folkmoot.groups.models import Amendment, AmendmentComment
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class AmendmentOpen(Notice):
    """To those who take part, and the group's mailing lists: a change of their charter is proposed."""

    kind = "groups.amendment_open"
    topic = "charter"
    for_lists = True

    amendment: Amendment
    differences: int

    def subject(self) -> str:
        return _("%(group)s: a change of the charter is proposed") % {"group": self.amendment.group.name}

    def path(self) -> str:
        return self.amendment.get_absolute_url()

    def action(self) -> str:
        return _("Read it and say what you think")

    def once(self) -> str:
        return f"amendment-{self.amendment.pk}-open"


@dataclass(frozen=True)
class AmendmentHeard(Notice):
    """To whoever proposed: somebody commented."""

    kind = "groups.amendment_heard"
    topic = "charter"

    comment: AmendmentComment

    def subject(self) -> str:
        return _("%(person)s commented on your amendment") % {"person": self.comment.by.name}

    def path(self) -> str:
        return f"{self.comment.amendment.get_absolute_url()}#comment-{self.comment.pk}"

    def action(self) -> str:
        return _("Read the comment")


@dataclass(frozen=True)
class AmendmentSettled(Notice):
    """To those who take part and the mailing lists, when adopted; when declined or withdrawn, to whoever proposed."""

    kind = "groups.amendment_settled"
    topic = "charter"
    for_lists = True

    amendment: Amendment
    in_force_from: date | None

    def subject(self) -> str:
        words = {
            "adopted": _("%(group)s: the charter was amended"),
            "declined": _("%(group)s: your amendment was declined"),
        }.get(self.amendment.state, _("%(group)s: your amendment was withdrawn"))
        return words % {"group": self.amendment.group.name}

    def path(self) -> str:
        return self.amendment.get_absolute_url()

    def once(self) -> str:
        return f"amendment-{self.amendment.pk}-{self.amendment.state}"
