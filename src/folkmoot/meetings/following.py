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
from folkmoot.meetings.actions.series import wanted
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.domain.segments import Wanted, all_agree
from folkmoot.meetings.models import OWN_FROM, Series
from folkmoot.meetings.wording import duration_words, plans_words
from folkmoot.organisation.queries import today_here


@dataclass(frozen=True)
class Setting:
    """A regular call as the charter states it, and as it is set here; `series` is the one that runs.

    `stated` is None for a series that the group set up besides its charter. `plans` are several where times take turns.
    """

    stated: Wanted[MeetingTerms] | None
    series: Series
    plans: tuple[Plan, ...]

    @property
    def plan(self) -> Plan:
        return self.plans[0]

    @property
    def differs(self) -> bool:
        if self.stated is None:
            return False
        begins = max(plan.first for plan in self.plans)
        return self.series.duration != self.stated.duration or not all_agree(self.plans, self.stated.plans, begins)

    @property
    def words(self) -> str:
        return _words(self.plans, duration_words(self.series.duration))


def settings_of(group: Group, charter: CharterVersion) -> list[Setting]:
    """Every regular call of a charter that runs here."""
    running = _running(group)
    found = []
    for terms in meeting_terms(charter):
        setting = _setting(running.get(terms.position), wanted(terms))
        if setting is not None:
            found.append(setting)
    return found


def own_settings(group: Group) -> list[Setting]:
    """The series that run here besides the charter, without those whose last day is over."""
    found = (_setting(series, None) for position, series in sorted(_running(group).items()) if position >= OWN_FROM)
    today = today_here()
    return [one for one in found if one is not None and not all(plan.from_day(today).is_empty for plan in one.plans)]


def setting_of(group: Group, position: int) -> Setting | None:
    """The regular call at this place: in the charter adopted last, or besides it; None where there is none."""
    settings = own_settings(group) if position >= OWN_FROM else settings_of(group, latest_version(group))
    return next((one for one in settings if one.series.position == position), None)


def _running(group: Group) -> dict[int, Series]:
    found = {series.position: series for series in group.series.filter(ends_on=None).prefetch_related("slots")}
    for series in found.values():
        series.group = group
    return found


def _setting(series: Series | None, stated: Wanted[MeetingTerms] | None) -> Setting | None:
    slots = list(series.slots.all()) if series is not None else []
    if series is None or not slots:
        return None
    for slot in slots:
        slot.series = series
    return Setting(stated, series, tuple(slot.plan for slot in slots))


class CallsFollow:
    """The regular calls, each with its time, zone and length."""

    def followed(self, group: Group, charter: CharterVersion) -> Sequence[Followed]:
        return [followed_call(group, charter, setting) for setting in settings_of(group, charter)]


def followed_call(group: Group, charter: CharterVersion, setting: Setting) -> Followed:
    """One regular call of the charter as the page of clauses shows it."""
    assert setting.stated is not None
    number, path = clause_anchored(charter, setting.stated.terms.clause_anchor)
    stated = _words(setting.stated.plans, duration_words(setting.stated.duration))
    if not setting.stated.terms.duration_stated:
        stated = _("%(words)s (the charter is silent about the length)") % {"words": stated}
    return Followed(
        label=_("Regular calls"),
        stated=stated,
        clause_number=number,
        clause_path=path,
        set_here=setting.words if setting.differs else "",
        differs=setting.differs,
        change_path=reverse("change_series", args=[group.slug, setting.series.position]),
    )


def _words(plans: Sequence[Plan], duration: str) -> str:
    return _("%(calls)s, for %(duration)s") % {"calls": plans_words(plans), "duration": duration}
