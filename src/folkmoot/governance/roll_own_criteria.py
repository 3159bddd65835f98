"""The criteria that elections come with: for how long, in which role, at how many calls, in which offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.governance import roll_own_counts
from folkmoot.governance.domain.roll import (
    Length,
    Stay,
    Tenure,
    Unit,
    has_role,
    held_on,
    long_enough,
    observes_only,
)
from folkmoot.governance.models.elections import Election, Stage
from folkmoot.governance.queries.rolls_facts import groups_of, stays_of
from folkmoot.governance.roll_criteria import Asking, Criterion, Finding, Given, add_criterion
from folkmoot.governance.roll_own_counts import day_words, number
from folkmoot.groups.domain.offices import Span
from folkmoot.groups.models import Power, Role

MOST_LONG: Final = 1200
MEASURED_BY: Final = {
    Stage.CALL: gettext_lazy("the call for candidates opens"),
    Stage.NOMINATIONS: gettext_lazy("nominations open"),
    Stage.FREEZE: gettext_lazy("the roll is frozen"),
    Stage.VOTING: gettext_lazy("voting begins"),
}
POWERS: Final = {
    Power.MANAGE: gettext_lazy("leading the group"),
    Power.TAKE_PART: gettext_lazy("contributing"),
    Power.OBSERVE: gettext_lazy("following"),
}


def fill() -> None:
    """Enter the criteria of this room."""
    add_criterion(
        "takes_part_since",
        Criterion(
            gettext_lazy("Taking part for some time"),
            gettext_lazy("Days or months before a step of the election, or before a day"),
            _asked_since,
            stays_of,
            _judge_since,
            _fields_since,
            wrong=lambda given: _("Please give the day.") if given["before"] == "day" and not given["by"] else "",
        ),
        order=10,
    )
    add_criterion(
        "role",
        Criterion(
            gettext_lazy("Certain roles"),
            gettext_lazy("One of these roles of the charter, or one of these ways of taking part"),
            _asked_role,
            stays_of,
            _judge_role,
            _fields_role,
            wrong=lambda given: "" if given["roles"] or given["powers"] else _("Please choose one at least."),
        ),
        order=20,
    )
    add_criterion(
        "not_observer",
        Criterion(
            gettext_lazy("More than observing"),
            gettext_lazy("Who only follows the group has no vote"),
            lambda _asking, _given: _("Does more than observe."),
            stays_of,
            _judge_not_observer,
        ),
        order=30,
    )
    roll_own_counts.fill()


# How long


def _fields_since(_election: Election) -> dict[str, forms.Field]:
    return {
        "number": number(gettext_lazy("How long"), MOST_LONG, 1),
        "unit": forms.ChoiceField(
            label=gettext_lazy("Counted in"),
            choices=[(Unit.MONTHS, gettext_lazy("months")), (Unit.DAYS, gettext_lazy("days"))],
        ),
        "more": forms.BooleanField(label=gettext_lazy("More than that; exactly so long is not enough"), required=False),
        "before": forms.ChoiceField(
            label=gettext_lazy("Counted to the day on which"),
            choices=[*MEASURED_BY.items(), ("day", gettext_lazy("… or to the day given below"))],
        ),
        "by": forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"})),
    }


def measured_by(asking: Asking, given: Given) -> date:
    """The day before which a length of time is measured; the day of judging where that step has no days."""
    if given.get("before") == "day" and given.get("by"):
        return date.fromisoformat(str(given["by"]))
    before = given.get("before")
    step = asking.steps.get(Stage(str(before))) if before in Stage.values else None
    return step.first if step else asking.on


def _step(given: Given) -> str:
    before = given.get("before")
    return str(MEASURED_BY.get(Stage(before), "")) if before in Stage.values else ""


def _asked_since(asking: Asking, given: Given) -> str:
    number, day = int(given["number"]), measured_by(asking, given)
    if given["unit"] == Unit.MONTHS:
        length = ngettext("%(n)d month", "%(n)d months", number) % {"n": number}
    else:
        length = ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
    said = {"length": length, "day": day_words(day), "step": _step(given)}
    if said["step"]:
        if given.get("more"):
            return _("Has taken part for more than %(length)s when %(step)s (%(day)s).") % said
        return _("Has taken part for at least %(length)s when %(step)s (%(day)s).") % said
    if given.get("more"):
        return _("Has taken part for more than %(length)s on %(day)s.") % said
    return _("Has taken part for at least %(length)s on %(day)s.") % said


def _judge_since(asking: Asking, given: Given, gathered: Mapping[int, list[Stay]], person: int) -> Finding:
    by = measured_by(asking, given)
    length = Length(int(given["number"]), Unit(given["unit"]), bool(given.get("more")))
    found = long_enough(gathered.get(person, []), length, by=by, today=asking.today)
    asked = _asked_since(asking, given)
    if found.since is None:
        joined = [Stay(None, Power.TAKE_PART, Span(asking.today))]
        newly = long_enough(joined, length, by=by, today=max(by, asking.today))
        return Finding(False, asked, _("Takes part in the group: no."), _if_joined(newly, asking))
    return _tenure(found, by, asked, asking)


def _tenure(found: Tenure, by: date, asked: str, asking: Asking) -> Finding:
    assert found.since is not None
    assert found.enough_on is not None
    said = {"since": day_words(found.since), "enough": day_words(found.enough_on), "by": day_words(by)}
    if found.enough_on <= asking.today and found.holds:
        return Finding(True, asked, _("Takes part since %(since)s.") % said)
    if found.holds:
        words = _("Takes part since %(since)s; that is long enough from %(enough)s on, in time for %(by)s.") % said
        return Finding(True, asked, words, holds_from=found.enough_on)
    words = _("Takes part since %(since)s; that is long enough from %(enough)s on, and %(by)s is the day that counts.")
    return Finding(False, asked, words % said, holds_from=max(found.enough_on, asking.today))


def _if_joined(newly: Tenure, asking: Asking) -> str:
    if newly.holds and newly.enough_on is not None and not asking.is_over:
        return _("Whoever joins the group today has been in it long enough from %(day)s on, which is in time.") % {
            "day": day_words(newly.enough_on)
        }
    return ""


# Roles


def _fields_role(election: Election) -> dict[str, forms.Field]:
    roles = election.group.roles.filter(retired_at=None)
    return {
        "roles": forms.TypedMultipleChoiceField(
            label=gettext_lazy("Roles"),
            coerce=int,
            required=False,
            choices=[(role.pk, role.name) for role in roles],
            widget=forms.CheckboxSelectMultiple,
        ),
        "powers": forms.MultipleChoiceField(
            label=gettext_lazy("Or whoever is there for"),
            required=False,
            choices=list(POWERS.items()),
            widget=forms.CheckboxSelectMultiple,
        ),
    }


def _names(asking: Asking) -> dict[int, str]:
    """The names of roles by their keys, with the group where several elect; one query."""
    return asking.once("roles", lambda: _read_names(asking))


def _read_names(asking: Asking) -> dict[int, str]:
    if not asking.election.reaches_below:
        return dict(asking.election.group.roles.values_list("pk", "name"))
    rows = Role.objects.filter(group__in=groups_of(asking)).values_list("pk", "name", "group__name")
    return {key: _("%(role)s (%(group)s)") % {"role": name, "group": group} for key, name, group in rows}


def _asked_role(asking: Asking, given: Given) -> str:
    names = _names(asking)
    words = [names[role] for role in given.get("roles", ()) if role in names]
    words += [str(POWERS[Power(power)]) for power in given.get("powers", ())]
    return _("Is in the group as one of these: %(roles)s.") % {"roles": ", ".join(words)}


def _judge_role(asking: Asking, given: Given, gathered: Mapping[int, list[Stay]], person: int) -> Finding:
    held = held_on(gathered.get(person, []), asking.on, asking.today)
    holds = has_role(held, given.get("roles", ()), given.get("powers", ()))
    can_do = (
        "" if holds or asking.is_over else _("Those who lead the group can give another role until the day counts.")
    )
    return Finding(holds, _asked_role(asking, given), _held(asking, held), can_do)


def _held(asking: Asking, held: list[Stay]) -> str:
    if not held:
        return _("Has no role in the group.")
    names = _names(asking)
    words = dict.fromkeys(names.get(stay.role, str(POWERS[Power(stay.power)])) for stay in held if stay.role)
    said = {"roles": ", ".join(words)}
    return (
        _("Takes part as: %(roles)s.") % said
        if asking.election.reaches_below
        else _("Is in the group as: %(roles)s.") % said
    )


def _judge_not_observer(asking: Asking, given: Given, gathered: Mapping[int, list[Stay]], person: int) -> Finding:
    held = held_on(gathered.get(person, []), asking.on, asking.today)
    holds = bool(held) and not observes_only(held)
    can_do = ""
    if not holds and not asking.is_over:
        can_do = _("Who contributes may change their role on the page of the group, or ask those who lead it.")
    return Finding(holds, _("Does more than observe."), _held(asking, held), can_do)
