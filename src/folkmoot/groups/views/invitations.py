"""Inviting people, and the page of an invitation."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.groups.actions.invitations import (
    accept_invitation,
    invitation_of,
    invite_by_mail,
    make_invitation_link,
    revoke_invitation,
    send_invitation_again,
    why_closed,
)
from folkmoot.groups.forms.invitations import LinkInvitationForm, MailInvitationForm
from folkmoot.groups.forms.joining import JoinForm
from folkmoot.groups.joining import entrance_of, present_of
from folkmoot.groups.models import Group, Invitation
from folkmoot.groups.rules import may_invite, may_join
from folkmoot.groups.views.joining import FIELD_OF, arrived
from folkmoot.groups.views.reading import group_called
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.messages import say

FRESH_LINK = "fresh_invitation_link"
MOST_SHOWN = 200


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite by mail or by a link, and see who was invited."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_invite(by, group))
    sent = request.POST if request.method == "POST" else None
    mail = MailInvitationForm(group, sent if sent and "mail" in sent else None)
    link = LinkInvitationForm(group, sent if sent and "link" in sent else None)
    if mail.is_bound and mail.is_valid():
        try:
            invited = invite_by_mail(
                group, mail.cleaned_data["role"], mail.cleaned_data["email"], name=mail.cleaned_data["name"], by=by
            )
        except Refused as refused:
            mail.add_error("email", refused.message)
        else:
            assert invited.person is not None
            say(request, _("The invitation to %(name)s is on its way.") % {"name": invited.person.name})
            return redirect("invite", slug)
    if link.is_bound and link.is_valid():
        given = link.cleaned_data
        _invitation, path = make_invitation_link(
            group, given["role"], days=given["days"], most_uses=given["most_uses"], by=by
        )
        request.session[FRESH_LINK] = [group.pk, path]
        return redirect(f"{reverse('invite', args=[slug])}#fresh-link")
    failed = bool(mail.errors or link.errors) or (sent is not None and not mail.is_bound and not link.is_bound)
    context = {
        "group": group,
        "mail": mail,
        "link": link,
        "fresh": _fresh_link(request, group),
        "invitations": _states(group),
        "most_shown": MOST_SHOWN,
    }
    return render(request, "groups/invite.html", context, status=400 if failed else 200)


def _fresh_link(request: HttpRequest, group: Group) -> str:
    kept = request.session.get(FRESH_LINK)
    if not kept or kept[0] != group.pk:
        return ""
    if request.method == "GET":
        del request.session[FRESH_LINK]
    return request.build_absolute_uri(kept[1])


def _states(group: Group) -> list[tuple[Invitation, str, bool]]:
    now = timezone.now()
    found = group.invitations.select_related("person", "role", "by")[:MOST_SHOWN]
    return [(invitation, state_words(invitation, now), is_open(invitation, now)) for invitation in found]


def is_open(invitation: Invitation, now: datetime) -> bool:
    return invitation.revoked_at is None and invitation.uses < invitation.most_uses and invitation.expires_at > now


def state_words(invitation: Invitation, now: datetime) -> str:
    """What became of an invitation, in a few words."""
    if invitation.uses and invitation.person_id:
        return _("accepted")
    if invitation.revoked_at:
        return _("taken back")
    if invitation.uses >= invitation.most_uses:
        return _("used up")
    if invitation.expires_at <= now:
        return _("too old")
    return _("waits for an answer") if invitation.person_id else _("open")


@never_cache
@login_required
@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _invitation(request, slug, pk)
    revoke_invitation(invitation, by=signed_in(request))
    say(request, _("The invitation was taken back; its link does not work any more."))
    return redirect("invite", slug)


@never_cache
@login_required
@require_POST
def resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a mailed invitation once more."""
    invitation = _invitation(request, slug, pk)
    send_invitation_again(invitation, by=signed_in(request))
    say(request, _("The invitation is on its way again."))
    return redirect("invite", slug)


def _invitation(request: HttpRequest, slug: str, pk: int) -> Invitation:
    group = group_called(slug)
    require(may_invite(signed_in(request), group))
    return get_object_or_404(Invitation.objects.select_related("group", "person"), pk=pk, group=group)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what. Opening it changes nothing; coming in needs signing in and the form on this page."""
    found = invitation_of(token)
    if found is None:
        raise Http404
    reader = person_of(request)
    if reader is not None and present_of(reader, found.group):
        return redirect("group_people", found.group.slug)
    closed = why_closed(found, reader)
    group = found.group
    context = {"found": found, "group": group, "closed": closed, "reader": reader, "here": request.path}
    if reader is None or closed:
        if request.method == "POST" and reader is None:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        status = 409 if request.method == "POST" else 200
        return render(request, "groups/invitation.html", context, status=status)
    require(may_join(reader, group))
    entrance = entrance_of(group)
    form = JoinForm(entrance, request.POST if request.method == "POST" else None, only=entrance.choice_of(found.role))
    if request.method == "POST" and form.is_valid():
        try:
            return arrived(request, accept_invitation(token, answers=form.answers, agreed_to=form.agreed_to, by=reader))
        except Refused as refused:
            form.add_error(FIELD_OF.get(refused.code), refused.message)
    context |= {"form": form, "entrance": entrance, "choice": entrance.choice_of(found.role)}
    return render(request, "groups/invitation.html", context, status=400 if form.errors else 200)
