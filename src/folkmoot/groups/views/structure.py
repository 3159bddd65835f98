"""Pages about how groups come about, stand to each other, are called, end, and begin again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.actions.proposals import decline_proposal, propose_group, take_up_proposal
from folkmoot.groups.actions.structure import (
    activate_group,
    close_group,
    rename_group,
    reopen_group,
    set_parent,
    still_open,
)
from folkmoot.groups.domain.hierarchy import in_order
from folkmoot.groups.forms.structure import (
    ArrangeForm,
    CloseForm,
    DeclineForm,
    ProposalForm,
    ReopenForm,
    TakeUpForm,
)
from folkmoot.groups.models import Group, GroupProposal, ProposalState
from folkmoot.groups.queries import all_groups, root_groups
from folkmoot.groups.rules import (
    is_open_for_work,
    may_answer_proposals,
    may_found_group,
    may_oversee,
    may_propose_group,
    may_read_proposal,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.reactions import delivering
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say
from folkmoot.ui.tables import Column, DataTable
from folkmoot.ui.times import plain_date


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a group."""
    person = signed_in(request)
    require(may_propose_group(person))
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_group(**form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("Your proposal is on its way. You will be told what becomes of it."))
            return redirect(made)
    return _form_page(request, "groups/propose.html", form)


@require_safe
@never_cache
@login_required
def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals: all of them for those who may answer, else one's own."""
    person = signed_in(request)
    found = GroupProposal.objects.select_related("by", "group")
    may_answer = bool(may_answer_proposals(person))
    if not may_answer:
        found = found.filter(by=person)
    return render(request, "groups/proposals.html", {"proposals": found, "may_answer": may_answer})


@require_safe
@never_cache
@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, and for those who may: taking it up, or declining it."""
    return _proposal_page(request, _proposal(request, pk))


@never_cache
@login_required
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a proposed group form."""
    found = _proposal(request, pk)
    require(may_answer_proposals(signed_in(request)))
    form = TakeUpForm(request.POST)
    if form.is_valid():
        try:
            group = take_up_proposal(found, **form.cleaned_data, by=signed_in(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("The group is forming. It begins its work once it has its charter and somebody leads it."))
            return redirect(group)
    return _proposal_page(request, found, take_up_form=form)


@never_cache
@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a proposed group, with words."""
    found = _proposal(request, pk)
    require(may_answer_proposals(signed_in(request)))
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            decline_proposal(found, answer=form.cleaned_data["answer"], by=signed_in(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("The proposal is declined; whoever made it was told why."))
            return redirect("proposals")
    return _proposal_page(request, found, decline_form=form)


@require_safe
@never_cache
@login_required
def administration(request: HttpRequest) -> HttpResponse:
    """All groups in the order in which they stand to each other, for those who look after them."""
    require(may_answer_proposals(signed_in(request)))
    groups = {group.pk: group for group in all_groups()}
    order = in_order(list(groups), {key: group.parent_id for key, group in groups.items()})
    rows = tuple(_administered(groups[key], depth, groups) for key, depth in order)
    columns = tuple(Column(name) for name in (_("Group"), _("Answers to"), _("State"), _("Since")))
    table = DataTable(_("Every group, each below the one that it answers to."), columns, rows)
    return render(request, "groups/administration.html", {"table": table})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_administration(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's name and the group that it answers to; and the ways to activate, close and reopen it."""
    group = _overseen(request, slug)
    person = signed_in(request)
    form = ArrangeForm(request.POST or None, initial={"name": group.name, "parent": group.parent})
    if request.method == "POST" and form.is_valid():
        try:
            moved = group
            if form.cleaned_data["parent"] != group.parent:
                moved = set_parent(group, form.cleaned_data["parent"], by=person)
            moved = rename_group(moved, name=form.cleaned_data["name"], by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("It is kept. The old address, if there was another, leads here."))
            return redirect("group_administration", moved.slug)
    return _form_page(request, "groups/group_administration.html", form, group=group, is_open=is_open_for_work(group))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """What is still open in a group, and closing it."""
    group = _overseen(request, slug)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with delivering():
                closed = close_group(group, **form.cleaned_data, by=signed_in(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("The group is closed. Its charter and its calls stay readable."))
            return redirect(closed)
    return _form_page(request, "groups/close.html", form, group=group, opened=still_open(group))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a closed group work again."""
    group = _overseen(request, slug)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with delivering():
                opened = reopen_group(group, why=form.cleaned_data["why"], by=signed_in(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("The group is forming again. Nobody takes part in it yet."))
            return redirect(opened)
    return _form_page(request, "groups/reopen.html", form, group=group)


@never_cache
@login_required
@require_POST
def activate(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a forming group begin its work."""
    group = _overseen(request, slug)
    activate_group(group, by=signed_in(request))
    say(request, _("The group has begun its work."))
    return redirect(group)


def _proposal_page(
    request: HttpRequest,
    found: GroupProposal,
    *,
    take_up_form: TakeUpForm | None = None,
    decline_form: DeclineForm | None = None,
) -> HttpResponse:
    may_answer = found.state == ProposalState.OPEN and bool(may_answer_proposals(signed_in(request)))
    failed = take_up_form is not None or decline_form is not None
    if may_answer:
        take_up_form = take_up_form or TakeUpForm(initial={"parent": root_groups().first(), "managers": [found.by]})
        decline_form = decline_form or DeclineForm()
    context = {
        "proposal": found,
        "may_answer": may_answer,
        "take_up_form": take_up_form,
        "decline_form": decline_form,
        "may_found": bool(may_found_group(signed_in(request))),
    }
    return render(request, "groups/proposal.html", context, status=400 if failed else 200)


def _administered(group: Group, depth: int, groups: dict[int, Group]) -> tuple[Any, ...]:
    name = format_html(
        '{}<a href="{}">{}</a>',
        "– " * depth,
        reverse("group_administration", args=[group.slug]),
        group.name,
    )
    above = groups[group.parent_id].name if group.parent_id else ""
    since = plain_date(group.state_since) if group.state_since else ""
    return name, above, str(group.get_state_display()), since


def _form_page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)


def _proposal(request: HttpRequest, pk: int) -> GroupProposal:
    found = get_object_or_404(GroupProposal.objects.select_related("by", "group", "answered_by"), pk=pk)
    if not may_read_proposal(signed_in(request), found):
        raise Http404
    return found


def _overseen(request: HttpRequest, slug: str) -> Group:
    group = get_object_or_404(Group.objects.select_related("parent"), slug=slug)
    require(may_oversee(signed_in(request), group))
    return group
