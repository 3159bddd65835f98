"""Pages of circles: the list, one of them, starting and changing one, hosting and ending it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.calendar.rendering import web_address
from folkmoot.connections.actions.spaces import start_circle
from folkmoot.connections.domain.matching import topic
from folkmoot.connections.forms.spaces import (
    CarryOnForm,
    CircleForm,
    CloseCircleForm,
    MemberForm,
    NewCircleForm,
)
from folkmoot.connections.models.spaces import Circle, CirclePart, SummaryFor, ThemeSession
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.queries.spaces import circles_for, sessions_for
from folkmoot.connections.rules.spaces import (
    is_in_circle,
    may_host_circle,
    may_join_circle,
    may_see_circle,
    may_start_circle,
)
from folkmoot.groups.models import Group
from folkmoot.kit import ical
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.wording import cadence_of
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.reader import reader_of, signed_in
from folkmoot.people.rules import is_steward
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

ON_A_PAGE = 30
SESSIONS_SHOWN = 12
UNPUBLISHED_FIRST = (F("published_at").desc(nulls_first=True), "-made_at", "-pk")


@require_safe
@never_cache
@login_required
def circles(request: HttpRequest) -> HttpResponse:
    """The circles and sessions that the reader may see; by subject, by group, open ones or all."""
    person, now = signed_in(request), timezone.now()
    sees_all = is_steward(person)
    found, sessions = circles_for(person, sees_all=sees_all), sessions_for(person, sees_all=sees_all)
    subject, slug = request.GET.get("subject", "")[:100], request.GET.get("group", "")[:100]
    shows_all = request.GET.get("show") == "all"
    if subject:
        found = found.filter(subjects__subject=topic(subject))
    group = get_object_or_404(Group, slug=slug) if slug else None
    if group is not None:
        found = found.filter(group=group)
        sessions = sessions.filter(group=group) | sessions.filter(circle__group=group)
    if not shows_all:
        found = found.filter(closed_at=None)
    own = interests_of([person.pk])[person.pk]
    mine = {*own.cares, *own.helps, *own.learns}
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one, person, mine) for one in page.object_list],
        "sessions": list(sessions.order_by(*UNPUBLISHED_FIRST)[:SESSIONS_SHOWN]),
        "subject": subject,
        "group": group,
        "shows_open": not shows_all,
        "shows_all": shows_all,
        "open_url": _narrowed(subject, slug),
        "every_url": _narrowed(subject, slug, show="all"),
        "now": now,
        "may_start": may_start_circle(person, group),
    }
    return render(request, "connections/spaces/circles.html", context)


def _narrowed(subject: str, group: str, **more: str) -> str:
    """The same list, narrowed as it is."""
    given = {"subject": subject, "group": group, **more}
    return f"?{urlencode({name: value for name, value in given.items() if value})}"


def _row(circle: Circle, person: Person, interests: Collection[str]) -> dict[str, object]:
    members = circle.members.all()
    return {
        "circle": circle,
        "count": len(members),
        "is_mine": any(member.person_id == person.pk for member in members),
        "host": next((member.person for member in members if member.part == CirclePart.HOST), None),
        "rhythm": rhythm(circle),
        "shared": [one.words for one in circle.subjects.all() if one.subject in interests],
    }


def rhythm(circle: Circle) -> str:
    """How often a circle meets, in words."""
    plan = circle.plan
    return cadence_of(plan) if plan is not None else _("As it comes")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a circle, of a group or of everyone here."""
    person = signed_in(request)
    group = _group_asked_for(request)
    require(may_start_circle(person, group))
    today = today_here()
    initial = {
        "zone": reader_of(request).zone,
        "minutes": 60,
        "first_day": today + timedelta(days=7),
        "ends_on": today + timedelta(weeks=26),
        "open_to": "here",
    }
    form = NewCircleForm(request.POST if request.method == "POST" else None, group=group, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = start_circle(form.words(), group=group, by=person)
        except Refused as refused:
            blame(form, refused)
        else:
            say(request, _("The circle is there, and you host it. Tell people about it, or share its address."))
            return redirect(made)
    return form_page(request, "connections/spaces/circle_form.html", form, group=group)


@require_safe
@never_cache
@login_required
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """A circle: what it is, when it meets, who is in it, and what its reader may do; closed, what came of it."""
    found, person = circle_or_404(request, pk), signed_in(request)
    members = list(found.members.select_related("person__profile"))
    mine = next((member for member in members if member.person_id == person.pk), None)
    today, may_host = today_here(), bool(may_host_circle(person, found))
    context = {
        "circle": found,
        "group": found.group,
        "subjects": list(found.subjects.all()),
        "rhythm": rhythm(found),
        "times": [occurrence.utc for occurrence in found.next_times(timezone.now())],
        "members": sorted(members, key=lambda member: (member.part != CirclePart.HOST, member.part, member.pk)),
        "mine": mine,
        "has_host": any(member.part == CirclePart.HOST and member.person.is_active for member in members),
        "may_host": may_host,
        "may_join": may_join_circle(person, found),
        "is_offered": found.offered_to_id == person.pk,
        "is_asked": found.is_asked(today),
        "is_over": found.is_over(today),
        "sessions": _sessions(found, is_in_it=mine is not None or may_host),
    }
    return render(request, "connections/spaces/circle.html", context)


def _sessions(circle: Circle, *, is_in_it: bool) -> list[ThemeSession]:
    """The sessions of a circle; for others those alone whose summary is for more than the people in it."""
    found = circle.sessions.all()
    return list(
        found if is_in_it else found.exclude(readers=SummaryFor.THOSE_INVITED).filter(published_at__isnull=False)
    )


@require_safe
@never_cache
@login_required
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The times of a circle as a file for calendars, with the way in: for those who are in it."""
    found = circle_or_404(request, pk)
    require(is_in_circle(signed_in(request), found))
    plan = found.plan
    if plan is None or found.is_closed:
        raise Http404
    event = ical.Event(
        uid=f"circle-{found.pk}-{found.started_at:%Y%m%d%H%M%S}@folkmoot",
        summary=found.name,
        changed=found.started_at,
        sequence=found.version,
        start=plan.starts,
        zone=found.zone,
        duration=timedelta(minutes=found.minutes),
        description=f"{found.about}\n\n{web_address(found.get_absolute_url())}",
        location=found.place_link,
        url=web_address(found.get_absolute_url()),
        rule=plan.rule,
    )
    spans = ical.timezones([(found.zone, plan.first, found.ends_on)])
    content = ical.calendar([ical.component(event)], spans, name=found.name, method=None, refresh=None)
    response = HttpResponse(content, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="circle-{found.pk}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def circle_or_404(request: HttpRequest, pk: int) -> Circle:
    """The circle of an address; Http404 also for whoever may not see it."""
    found = get_object_or_404(Circle.objects.select_related("group", "offered_to"), pk=pk)
    if not may_see_circle(signed_in(request), found):
        raise Http404
    return found


def _group_asked_for(request: HttpRequest) -> Group | None:
    slug = request.GET.get("group", "")[:100]
    return get_object_or_404(Group, slug=slug) if slug else None


def blame(form: CircleForm | CarryOnForm | CloseCircleForm | MemberForm, refused: Refused) -> None:
    """Say a refusal at the field that it is about, or above all of them."""
    field = str(refused.params.get("field", ""))
    form.add_error(field if field in form.fields else None, refused.message)
