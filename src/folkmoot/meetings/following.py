"""How the calls of a group stand to what its charter says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.groups.following import Followed, clause_anchored
from folkmoot.groups.models import CharterVersion, Group
from folkmoot.groups.queries import latest_version
from folkmoot.groups.terms import MeetingTerms, meeting_terms
from folkmoot.kit import zones
from folkmoot.meetings.actions.series import wanted
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.domain.segments import Wanted
from folkmoot.meetings.models import Series
from folkmoot.meetings.wording import cadence_of, duration_words


@dataclass(frozen=True)
class Setting:
    """A regular call as the charter states it, and as it is set here; `series` is the one that runs."""

    stated: Wanted[MeetingTerms]
    series: Series
    plan: Plan

    @property
    def differs(self) -> bool:
        at, zone = self.stated.plan.at, self.stated.plan.zone
        return (self.plan.at, self.plan.zone, self.series.duration) != (at, zone, self.stated.duration)


def settings_of(group: Group, charter: CharterVersion) -> list[Setting]:
    """Every regular call of a charter that runs here."""
    running = {series.position: series for series in group.series.filter(ends_on=None).prefetch_related("slots")}
    found = []
    for terms in meeting_terms(charter):
        series = running.get(terms.position)
        slot = next(iter(series.slots.all()), None) if series is not None else None
        if series is not None and slot is not None:
            slot.series = series
            found.append(Setting(wanted(terms), series, slot.plan))
    return found


def setting_of(group: Group, position: int) -> Setting | None:
    """The regular call at this place in the charter adopted last; None where there is none."""
    return next((one for one in settings_of(group, latest_version(group)) if one.series.position == position), None)


class CallsFollow:
    """The regular calls, each with its time, zone and length."""

    def followed(self, group: Group, charter: CharterVersion) -> Sequence[Followed]:
        return [followed_call(group, charter, setting) for setting in settings_of(group, charter)]


def followed_call(group: Group, charter: CharterVersion, setting: Setting) -> Followed:
    """One regular call as the page of clauses shows it."""
    number, path = clause_anchored(charter, setting.stated.terms.clause_anchor)
    stated = _words(setting.stated.plan, duration_words(setting.stated.duration))
    if not setting.stated.terms.duration_stated:
        stated = _("%(words)s (the charter is silent about the length)") % {"words": stated}
    return Followed(
        label=_("Regular calls"),
        stated=stated,
        clause_number=number,
        clause_path=path,
        set_here=_words(setting.plan, duration_words(setting.series.duration)) if setting.differs else "",
        differs=setting.differs,
        change_path=reverse("change_series", args=[group.slug, setting.series.position]),
    )


def _words(plan: Plan, duration: str) -> str:
    return _("%(cadence)s at %(time)s, %(place)s time, for %(duration)s") % {
        "cadence": cadence_of(plan),
        "time": f"{plan.at:%H:%M}",
        "place": zones.place(plan.zone),
        "duration": duration,
    }
