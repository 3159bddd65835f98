"""What people are told about initiatives, goals, registers and reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.notices.kinds import Notice
from folkmoot.plan.models import CheckIn, Initiative, Report, Risk, Stakeholder
from folkmoot.plan.period_words import month_words


@dataclass(frozen=True)
class InitiativeWaits(Notice):
    """To managers: somebody proposed an initiative, and it waits to be accepted."""

    kind = "plan.initiative_waits"
    topic = "tasks"

    initiative: Initiative

    def subject(self) -> str:
        return _("%(title)s is proposed in %(group)s") % {
            "title": self.initiative.title,
            "group": self.initiative.group.name,
        }

    def path(self) -> str:
        return self.initiative.get_absolute_url()


@dataclass(frozen=True)
class MadeLead(Notice):
    """To a person: you lead an initiative now."""

    kind = "plan.made_lead"
    topic = "tasks"

    initiative: Initiative

    def subject(self) -> str:
        return _("You now lead %(title)s") % {"title": self.initiative.title}

    def path(self) -> str:
        return self.initiative.get_absolute_url()


@dataclass(frozen=True)
class GoalInDoubt(Notice):
    """To managers: a goal that was on track is at risk, or off track."""

    kind = "plan.goal_in_doubt"
    topic = "tasks"

    check_in: CheckIn

    def subject(self) -> str:
        return _("%(title)s is %(state)s") % {
            "title": self.check_in.goal.title,
            "state": self.check_in.get_confidence_display(),
        }

    def path(self) -> str:
        return self.check_in.goal.get_absolute_url()


@dataclass(frozen=True)
class RiskWaits(Notice):
    """To who looks after a risk: the day has come to look at it again. Told once for each day that is set."""

    kind = "plan.risk_waits"
    topic = "tasks"

    risk: Risk

    def subject(self) -> str:
        return _("Time to look again at a risk: %(title)s") % {"title": self.risk.title}

    def path(self) -> str:
        return self.risk.get_absolute_url()

    def once(self) -> str:
        return f"{self.risk.pk}:{self.risk.review_on}"


@dataclass(frozen=True)
class TouchWaits(Notice):
    """To who keeps in touch with a stakeholder: the day has come. Told once for each day that is set."""

    kind = "plan.touch_waits"
    topic = "tasks"

    stakeholder: Stakeholder

    def subject(self) -> str:
        return _("Time to get in touch with %(name)s") % {"name": self.stakeholder.name}

    def path(self) -> str:
        return reverse("plan_stakeholders", args=[self.stakeholder.group.slug])

    def once(self) -> str:
        return f"{self.stakeholder.pk}:{self.stakeholder.next_touch_on}"


@dataclass(frozen=True)
class ReportWaits(Notice):
    """To managers: the report for last month was drafted by itself and waits to be read and published."""

    kind = "plan.report_waits"
    topic = "tasks"

    report: Report

    @property
    def month(self) -> str:
        return month_words(self.report.of_month)

    def subject(self) -> str:
        return _("The report for %(month)s is drafted") % {"month": self.month}

    def path(self) -> str:
        return reverse("edit_report", args=[self.report.group.slug, self.report.key])

    def once(self) -> str:
        return str(self.report.pk)


@dataclass(frozen=True)
class ReportIsOut(Notice):
    """To those who lead the group above: a report was published, or corrected."""

    kind = "plan.report_is_out"
    topic = "tasks"

    report: Report
    revision: int
    why: str = ""

    @property
    def month(self) -> str:
        return month_words(self.report.of_month)

    def subject(self) -> str:
        words = (
            _("%(group)s: report for %(month)s")
            if self.revision == 1
            else _("%(group)s: report for %(month)s, corrected")
        )
        return words % {"group": self.report.group.name, "month": self.month}

    def path(self) -> str:
        return self.report.get_absolute_url()

    def once(self) -> str:
        return f"{self.report.pk}:{self.revision}"
