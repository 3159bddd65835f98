"""Pages on which those who lead hold calls together with other groups: invite, answer, end."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.groups.models import Group
from folkmoot.groups.rules import leads
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import answer_joining, ask_to_join, end_joining
from folkmoot.meetings.forms.joint import AskToJoinForm, EndJoiningForm
from folkmoot.meetings.joint_page import calls_in_words, calls_to_join, groups_to_invite, joint_page
from folkmoot.meetings.joint_reading import joint_call_numbered, joint_calls
from folkmoot.meetings.joint_rules import may_answer_joining, may_ask_to_join, may_end_joining, may_see_joining
from folkmoot.meetings.models import JointCall
from folkmoot.meetings.views.answering import form_page, meeting_or_404, reader_of, signed_in
from folkmoot.organisation.queries import today_here
from folkmoot.ui.messages import say

FIELD_OF = {
    "past": "from_day",
    "not_found": "calls",
    "meeting_over": "calls",
    "closed": "group",
    "already_joint": "group",
}


@require_safe
@never_cache
@login_required
def together(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group holds together with others, and what waits for an answer."""
    group = get_object_or_404(Group, slug=slug)
    person = signed_in(request)
    require(leads(person, group))
    zone = reader_of(request).zone
    found = list(joint_calls(group, today=today_here()))
    words = calls_in_words(found, zone)
    rows = [(one, words[one.pk]) for one in found]
    context = {
        "group": group,
        "waiting": [row for row in rows if row[0].is_asked],
        "agreed": [row for row in rows if row[0].is_agreed],
        "may_ask": may_ask_to_join(person, group),
    }
    return render(request, "meetings/together.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite another group to calls."""
    group = get_object_or_404(Group, slug=slug)
    person = signed_in(request)
    require(may_ask_to_join(person, group))
    now, wanted = timezone.now(), request.GET.get("calls", "")
    form = AskToJoinForm(
        request.POST if request.method == "POST" else None,
        groups=groups_to_invite(group),
        calls=calls_to_join(group, zone=reader_of(request).zone, now=now, wanted=wanted),
        initial={"calls": wanted},
    )
    if request.method == "POST" and form.is_valid():
        sort, number = form.chosen()
        try:
            joint = ask_to_join(
                group,
                form.cleaned_data["group"],
                position=number if sort == "series" else None,
                meeting=meeting_or_404(number) if sort == "call" else None,
                from_day=form.cleaned_data["from_day"],
                by=person,
            )
        except Refused as refused:
            form.add_error(FIELD_OF.get(refused.code), refused.message)
        else:
            say(request, _("%(group)s is invited. Whoever leads it answers.") % {"group": joint.group.name})
            return redirect("joint_calls", slug)
    return form_page(request, "meetings/together_ask.html", form, group=group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def joint_call(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation or agreement; who leads the invited group answers here by a button."""
    joint, person = _joint(request, pk), signed_in(request)
    if request.method == "POST":
        require(may_answer_joining(person, joint))
        agrees = request.POST.get("answer") == "yes"
        if not agrees and request.POST.get("answer") != "no":
            raise Refused(_("Please say yes or no."), code="invalid")
        answered = answer_joining(joint, agrees=agrees, by=person)
        words = {"host": answered.host.name, "group": answered.group.name}
        say(
            request,
            (_("%(group)s joins the calls of %(host)s.") if agrees else _("You have said no for %(group)s.")) % words,
        )
        return redirect("joint_calls", answered.group.slug)
    page = joint_page(joint, person, zone=reader_of(request).zone, now=timezone.now())
    return render(request, "meetings/joint_call.html", {"page": page, "joint": joint, "group": _side(request, joint)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let calls be joint no longer, or take an invitation back."""
    joint, person = _joint(request, pk), signed_in(request)
    require(may_end_joining(person, joint))
    has_day = joint.is_agreed and joint.position is not None
    data = request.POST if request.method == "POST" else None
    form = EndJoiningForm(data, today=today_here()) if has_day else None
    group = _side(request, joint)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            end_joining(joint, from_day=form.cleaned_data["from_day"] if form is not None else None, by=person)
        except Refused as refused:
            if form is None:
                raise
            form.add_error("from_day", refused.message)
        else:
            say(request, _("It is ended.") if joint.is_agreed else _("The invitation is taken back."))
            return redirect(reverse("joint_calls", args=[group.slug]))
    return form_page(request, "meetings/joint_end.html", form, joint=joint, group=group)


def _joint(request: HttpRequest, pk: int) -> JointCall:
    """One that this reader may see; for everybody else it does not exist."""
    joint = joint_call_numbered(pk)
    if joint is None or not may_see_joining(signed_in(request), joint):
        raise Http404
    return joint


def _side(request: HttpRequest, joint: JointCall) -> Group:
    """The group for which somebody looks at it: the one they lead; the host for who leads both."""
    return joint.host if leads(signed_in(request), joint.host) else joint.group
