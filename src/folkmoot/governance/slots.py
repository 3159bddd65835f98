"""Where this room hangs on the pages of others: a tab of each group, and a line in the footer for counting again."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.governance import person_data
from folkmoot.governance.panels import ballots, kinds, nominations, officers, opening, plan, results, rolls
from folkmoot.groups.models import Group
from folkmoot.ui.slots import FOOTER, GroupTab, MenuLine, add_group_tab


def fill() -> None:
    """Hang everything where it belongs, and answer for what is kept about people."""
    FOOTER.register("count", MenuLine(_("Count ballots again"), "count"), order=40, by=__name__)
    add_group_tab(GroupTab("elections", _("Elections"), _of_group), order=34)
    for part in (ballots, kinds, nominations, officers, opening, plan, results, rolls):
        part.fill()
    person_data.fill()


def _of_group(group: Group) -> str:
    return reverse("elections", args=[group.slug])
