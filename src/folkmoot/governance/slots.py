"""The line in the footer: anybody may count published ballots again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from folkmoot.ui.slots import FOOTER, MenuLine


def fill() -> None:
    """Hang our line where it belongs."""
    FOOTER.register("count", MenuLine(_("Count ballots again"), "count"), order=40, by=__name__)
