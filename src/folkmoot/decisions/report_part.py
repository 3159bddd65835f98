"""What a monthly report says of decisions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.decisions.models import Decision, Status
from folkmoot.decisions.queries import seen_by_all
from folkmoot.groups.models import Group
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.domain.report_text import bullets, plain_words
from folkmoot.plan.report_parts import REPORT_PARTS, Part


def fill() -> None:
    """Enter the part."""
    REPORT_PARTS.register("decisions", Part(gettext_lazy("Decided"), decided), order=15, by=__name__)


def decided(group: Group, month: Month) -> str:
    """What was adopted in a month, each with its number and the way in which it was reached."""
    found = Decision.objects.filter(
        seen_by_all(), group=group, status=Status.ADOPTED, decided_on__range=(month.first, month.last)
    ).select_related("supersedes")
    return bullets(_line(decision) for decision in found.order_by("decided_on", "year", "number"))


def _line(decision: Decision) -> str:
    words = f"**{decision.label}** {plain_words(decision.title)}, {decision.get_way_display()}"
    if decision.supersedes is None:
        return words
    return words + _("; takes the place of %(label)s") % {"label": decision.supersedes.label}
