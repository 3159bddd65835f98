"""Pages on which those who lead settle the regular calls: the rule, series besides the charter, breaks, holidays."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force, latest_version
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import (
    begin_series,
    change_series,
    end_own_series,
    end_pause,
    keep_holidays,
    let_holidays_go,
    pause_calls,
    return_to_charter,
)
from folkmoot.meetings.actions.changing import plans_wanted
from folkmoot.meetings.actions.left_out import leaves_out_of
from folkmoot.meetings.actions.pausing import place_code
from folkmoot.meetings.domain.left_out import LeavesOut
from folkmoot.meetings.domain.pattern import pattern_of
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.following import Setting, followed_call, own_settings, setting_of, settings_of
from folkmoot.meetings.forms.series import (
    EndSeriesForm,
    HolidaysForm,
    NewSeriesForm,
    PauseForm,
    SeriesForm,
    can_say,
    initial_of,
)
from folkmoot.meetings.models import OWN_FROM
from folkmoot.meetings.preview import Follows, what_follows
from folkmoot.meetings.rules import may_call_meeting
from folkmoot.meetings.views.answering import form_page, person_of, reader_of, signed_in
from folkmoot.organisation.queries import today_here
from folkmoot.people import places
from folkmoot.ui.messages import say

FIELD_OF = {"past": "from_day", "first_not_in_rule": "first"}


@require_safe
@never_cache
@login_required
def all_series(request: HttpRequest, slug: str) -> HttpResponse:
    """The regular calls, each with what can be settled about it."""
    group = _led(request, slug)
    charter = charter_in_force(group)
    settings = [*(settings_of(group, charter) if charter is not None else []), *own_settings(group)]
    pauses = leaves_out_of(group)
    rows = [(setting, pauses.get(setting.series.position, LeavesOut())) for setting in settings]
    return render(request, "meetings/all_series.html", {"group": group, "rows": rows, "today": today_here()})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Let all calls of a series be otherwise from a day on, or as the charter says again; first show what follows."""
    group, setting = _found(request, slug, position)
    read = pattern_of(setting.plans)
    present = read if can_say(read) else None
    initial = {
        "at": setting.plan.at,
        **initial_of(present),
        "from_day": today_here(),
        "zone": setting.plan.zone,
        "minutes": round(setting.series.duration.total_seconds() / 60),
    }
    form = SeriesForm(
        request.POST if request.method == "POST" else None,
        first_zones=(setting.plan.zone, reader_of(request).zone),
        present=present,
        initial=initial,
    )
    follows = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if "back" in request.POST:
                return_to_charter(group, position, from_day=given["from_day"], by=signed_in(request))
            elif "preview" in request.POST:
                follows = _follows(request, group, form, setting)
            else:
                change_series(
                    group,
                    position,
                    from_day=given["from_day"],
                    local_time=given["at"].replace(second=0, microsecond=0),
                    pattern=form.pattern,
                    first=given["first"],
                    zone=given["zone"],
                    duration=form.duration,
                    by=signed_in(request),
                )
        except Refused as refused:
            form.add_error(FIELD_OF.get(refused.code), refused.message)
        else:
            if follows is None:
                say(
                    request,
                    _("All calls from that day on are changed. People and calendars that follow them learn of it."),
                )
                return redirect("group_meetings", slug)
    row = followed_call(group, latest_version(group), setting) if setting.stated is not None else None
    return form_page(
        request, "meetings/change_series.html", form, group=group, row=row, setting=setting, follows=follows
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Set up a series that the charter does not have; first show what follows."""
    group = _led(request, slug)
    zone = reader_of(request).zone
    form = NewSeriesForm(
        request.POST if request.method == "POST" else None,
        first_zones=(zone,),
        initial={"kind": "weeks", "every": 1, "zone": zone, "minutes": 60, "from_day": today_here()},
    )
    follows = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        pattern = form.pattern
        assert pattern is not None
        try:
            if "preview" in request.POST:
                follows = _follows(request, group, form, None)
            else:
                begin_series(
                    group,
                    title=given["title"],
                    pattern=pattern,
                    from_day=given["from_day"],
                    first=given["first"],
                    zone=given["zone"],
                    duration=form.duration,
                    by=signed_in(request),
                )
        except Refused as refused:
            field = refused.params.get("field")
            form.add_error("title" if field == "title" else FIELD_OF.get(refused.code), refused.message)
        else:
            if follows is None:
                say(request, _("The calls are in the calendar."))
                return redirect("all_series", slug)
    return form_page(request, "meetings/new_series.html", form, group=group, follows=follows)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Let there be no more calls, after a day, of a series that the charter does not have."""
    group, setting = _found(request, slug, position)
    if position < OWN_FROM:
        raise Http404
    form = EndSeriesForm(
        request.POST if request.method == "POST" else None, initial={"last_day": today_here().isoformat()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            end_own_series(group, position, last_day=form.cleaned_data["last_day"], by=signed_in(request))
        except Refused as refused:
            form.add_error("last_day", refused.message)
        else:
            say(request, _("There are no more of these calls after that day."))
            return redirect("all_series", slug)
    return form_page(request, "meetings/end_series.html", form, group=group, setting=setting)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """When a series pauses: its breaks and the holidays that are kept; more of either."""
    group, setting = _found(request, slug, position)
    adds_place = "country" in request.POST
    pause_form = PauseForm(request.POST if request.method == "POST" and not adds_place else None)
    place_form = HolidaysForm(request.POST if adds_place else None)
    form: PauseForm | HolidaysForm = place_form if adds_place else pause_form
    if request.method == "POST" and form.is_valid():
        try:
            if adds_place:
                keep_holidays(group, position, **form.cleaned_data, by=signed_in(request))
                said = _("Public holidays there are free of calls from now on.")
            else:
                pause_calls(group, position, **form.cleaned_data, by=signed_in(request))
                said = _("There are no calls on these days, and calendars learn of it.")
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            say(request, said)
            return redirect("series_breaks", slug, position)
    left = [
        (when, why)
        for plan in setting.plans
        for when, why in leaves_out_of(group).get(position, LeavesOut()).of_plan(plan, today_here()).items()
        if when.date() >= today_here()
    ]
    return form_page(
        request,
        "meetings/breaks.html",
        form if request.method == "POST" else None,
        group=group,
        setting=setting,
        pause_form=pause_form,
        place_form=place_form,
        pauses=group.pauses.filter(position=position, last_day__gte=today_here()),
        places=[
            (rule, place_code(rule), places.countries().get(rule.country, rule.country))
            for rule in group.holiday_rules.filter(position=position, until=None)
        ],
        left=[(when.date(), why) for when, why in sorted(left)[:12]],
    )


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Take a break or the holidays of a place back."""
    group, _setting = _found(request, slug, position)
    number = request.POST.get("break", "") or request.POST.get("place", "")
    if not number.isascii() or not number.isdecimal() or len(number) > 12:
        raise Http404
    if request.POST.get("break"):
        pause = get_object_or_404(group.pauses.select_related("group"), pk=int(number), position=position)
        end_pause(pause, by=signed_in(request))
    else:
        rule = get_object_or_404(group.holiday_rules.select_related("group"), pk=int(number), position=position)
        let_holidays_go(rule, by=signed_in(request))
    say(request, _("Calls of these days take place after all."))
    return redirect("series_breaks", slug, position)


def _follows(request: HttpRequest, group: Group, form: SeriesForm, setting: Setting | None) -> Follows:
    given, pattern = form.cleaned_data, form.pattern
    if pattern is not None:
        present = setting.plans if setting is not None else ()
        plans = plans_wanted(present, pattern, given["from_day"], given["zone"], given["first"])
    else:
        assert setting is not None
        plans = tuple(Plan(plan.rule, plan.first, given["at"], given["zone"]) for plan in setting.plans)
    pauses = leaves_out_of(group).get(setting.series.position, LeavesOut()) if setting is not None else LeavesOut()
    clock = reader_of(request).clock
    return what_follows(plans, pauses, from_day=given["from_day"], now=timezone.now(), clock=clock)


def _found(request: HttpRequest, slug: str, position: int) -> tuple[Group, Setting]:
    group = _led(request, slug)
    setting = setting_of(group, position)
    if setting is None:
        raise Http404
    return group, setting


def _led(request: HttpRequest, slug: str) -> Group:
    group = get_object_or_404(Group, slug=slug)
    require(may_call_meeting(person_of(request), group))
    return group
