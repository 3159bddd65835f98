"""What the calendar tells people."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class LayerFails(Notice):
    """To stewards: a foreign calendar could not be read for some time."""

    kind = "calendar.layer_fails"
    topic = "calls"

    name: str
    problem: str

    def subject(self) -> str:
        return _("The calendar “%(name)s” cannot be read") % {"name": self.name}

    def path(self) -> str:
        return reverse("layers")
