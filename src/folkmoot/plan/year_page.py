"""A year of a group: what the charter asks for, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.plan.domain.periods import Month, quarter_of
from folkmoot.plan.models import ActivityState, YearActivity
from folkmoot.plan.period_words import quarter_words
from folkmoot.plan.words_for_states import ACTIVITY_TONES
from folkmoot.ui.tables import Column, DataTable


@dataclass(frozen=True)
class ActivityLine:
    """An activity in its year."""

    activity: YearActivity
    charter_url: str

    @property
    def state_words(self) -> str:
        return str(self.activity.get_state_display())

    @property
    def tone(self) -> str:
        return ACTIVITY_TONES[ActivityState(self.activity.state)]

    @property
    def is_done(self) -> bool:
        return self.activity.state == ActivityState.DONE

    @property
    def clause_url(self) -> str:
        anchor = self.activity.clause_anchor
        return f"{self.charter_url}#{anchor}" if anchor else ""

    @property
    def when_words(self) -> str:
        """ "3 March to 20 June", "July to September", or "all year"."""
        one = self.activity
        if one.starts_on and one.ends_on:
            return _("%(first)s to %(last)s") % {"first": _day(one.starts_on), "last": _day(one.ends_on)}
        if one.starts_on:
            return _("from %(day)s") % {"day": _day(one.starts_on)}
        if one.ends_on:
            return _("until %(day)s") % {"day": _day(one.ends_on)}
        return quarter_words(one.quarter) if one.quarter else _("all year")

    @property
    def note(self) -> str:
        """ "July to September, under way"."""
        return f"{self.when_words}, {self.state_words}"

    @property
    def is_all_year(self) -> bool:
        """Whether it is tied to no time within its year."""
        return not (self.activity.quarter or self.activity.starts_on or self.activity.ends_on)

    def falls_in(self, month: int) -> bool:
        first, last = self.activity.months
        return first <= month <= last


@dataclass(frozen=True)
class QuarterLines:
    """A quarter with the activities that fall in it."""

    name: str
    is_now: bool
    lines: Sequence[ActivityLine]


@dataclass(frozen=True)
class YearPage:
    """The page of a group's year."""

    group: Group
    year: int
    lines: Sequence[ActivityLine]
    years: Sequence[int]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """The years to choose from: address, words, and whether it is shown."""
        path = reverse("plan_year", args=[self.group.slug])
        return [(f"{path}?year={year}", str(year), year == self.year) for year in self.years]

    @property
    def running(self) -> list[ActivityLine]:
        """What the charter asks for now."""
        return [line for line in self.lines if line.activity.retired_on is None]

    @property
    def quarters(self) -> list[QuarterLines]:
        """The four quarters, with what is tied to a time in them; what is for all year is in none."""
        now = quarter_of(today_here())
        return [
            QuarterLines(
                quarter_words(number),
                now.year == self.year and now.quarter == number,
                [
                    line
                    for line in self.running
                    if not line.is_all_year and any(line.falls_in(3 * number - back) for back in (0, 1, 2))
                ],
            )
            for number in (1, 2, 3, 4)
        ]

    @property
    def all_year(self) -> list[ActivityLine]:
        return [line for line in self.running if line.is_all_year]

    @property
    def months(self) -> DataTable | None:
        """The twelve months, each with what falls in it and how far that is; None when nothing is tied to a time."""
        timed = [line for line in self.running if not line.is_all_year]
        if not timed:
            return None
        return DataTable(
            caption=_("%(year)d, month by month") % {"year": self.year},
            columns=(Column(_("Month")), Column(_("What falls in it"))),
            rows=tuple(
                (
                    str(formats.date_format(Month(self.year, month).first, "F")),
                    format_html_join(
                        mark_safe("<br>"),
                        "<bdi>{}</bdi>, {}",
                        ((line.activity.name, line.state_words) for line in timed if line.falls_in(month)),
                    )
                    or "–",
                )
                for month in range(1, 13)
            ),
        )


def _day(day: object) -> str:
    return str(formats.date_format(day, "j F"))  # type: ignore[arg-type]


def year_page(group: Group, year: int) -> YearPage:
    """A group's year with who looks after what, in two queries."""
    found = group.year_activities.filter(year=year).select_related("owner", "initiative")
    charter = reverse("charter", args=[group.slug])
    years = {*group.year_activities.order_by().values_list("year", flat=True).distinct(), today_here().year}
    return YearPage(group, year, [ActivityLine(one, charter) for one in found], sorted(years))
