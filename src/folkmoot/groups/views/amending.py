"""Pages on which a charter is amended: versions, comparisons, drafts, proposals, comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.groups.actions import (
    adopt_amendment,
    bring_up_to_date,
    change_amendment,
    decline_amendment,
    discard_amendment,
    propose_amendment,
    start_amendment,
    withdraw_amendment,
)
from folkmoot.groups.actions.following_roles import default_for, planned_roles
from folkmoot.groups.amendment_page import comparison_page, roles_that_go, seen_comments, version_url
from folkmoot.groups.amendment_reading import comparison_of, read_amendment
from folkmoot.groups.charter_words import consequences
from folkmoot.groups.domain.amending.merging import merged
from folkmoot.groups.forms.amending import CommentForm, EditForm, SettleForm, WithdrawForm, WordingForm
from folkmoot.groups.forms.charters import rule_choices
from folkmoot.groups.intake import take_in
from folkmoot.groups.models import Amendment, CharterVersion, Group
from folkmoot.groups.queries import (
    amendment_numbered,
    latest_version,
)
from folkmoot.groups.review import answers_from
from folkmoot.groups.rules import (
    may_change_amendment,
    may_comment_on,
    may_propose_amendment,
    may_see_amendment,
    may_settle_amendments,
    may_withdraw_amendment,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.reactions import delivering
from folkmoot.organisation.queries import today_here
from folkmoot.people.choices import zone_choices
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.messages import say

CONFLICTS = ("newer_version", "newer_edition", "settled", "clash", "no_free_seat")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    """Write another wording, in the page or as a file. `?like=3` begins with the text of amendment 3."""
    group = get_object_or_404(Group, slug=slug)
    require(may_propose_amendment(signed_in(request), group))
    latest = latest_version(group)
    if request.method == "POST":
        form = WordingForm(request.POST, request.FILES, like=latest.text)
        if form.is_valid():
            try:
                made = start_amendment(
                    group,
                    text=form.wording,
                    why=form.cleaned_data["why"],
                    base=form.cleaned_data["base"],
                    by=signed_in(request),
                )
            except Refused as refused:
                if refused.code != "newer_version":
                    form.add_error(None, refused.message)
                else:
                    base = group.charters.filter(number=form.cleaned_data["base"]).first()
                    form = _onto(latest, base, form, refused)
                    return _wording_page(request, form, group, latest, status=409, newer=True)
            else:
                return redirect(made)
        return _wording_page(request, form, group, latest)
    text, why = _text_to_begin_with(request, latest)
    form = WordingForm(initial={"text": text, "base": latest.number, "why": why}, like=latest.text)
    return _wording_page(request, form, group, latest)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Go on writing a draft."""
    found = seen_amendment(request, slug, number)
    require(may_change_amendment(signed_in(request), found))
    latest = latest_version(found.group)
    if request.method == "POST":
        form = EditForm(request.POST, request.FILES, like=found.base.text)
        if form.is_valid():
            try:
                changed = change_amendment(
                    found,
                    text=form.wording,
                    why=form.cleaned_data["why"],
                    edition=form.cleaned_data["edition"],
                    onto=form.cleaned_data["base"],
                    open_until=found.open_until,
                    by=signed_in(request),
                )
            except Refused as refused:
                if refused.code == "newer_edition":
                    found.refresh_from_db()
                    data = {**form.cleaned_data, "text": form.wording, "edition": found.edition}
                    form = EditForm(data, like=found.base.text)
                form.add_error(None, refused.message)
                status = 409 if refused.code in CONFLICTS else 400
                return _wording_page(request, form, found.group, latest, amendment=found, status=status)
            return redirect(changed)
        return _wording_page(request, form, found.group, latest, amendment=found)
    initial = {"text": found.text, "why": found.why, "base": latest.number, "edition": found.edition}
    return _wording_page(request, EditForm(initial=initial, like=found.base.text), found.group, latest, amendment=found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A change side by side with what it would replace; its author answers, chooses and proposes here."""
    if request.method == "POST" and person_of(request) is None:
        return redirect_to_login(request.get_full_path())
    found = seen_amendment(request, slug, number)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        require(may_change_amendment(person_of(request), found))
        try:
            done = _keep_details(request, found)
        except Refused as refused:
            problems, status = [refused.message], 409 if refused.code in CONFLICTS else 400
            found = amendment_numbered(slug, number)
        else:
            return redirect(done)
    return amendment_page(request, found, problems=problems, status=status)


@never_cache
@login_required
@require_POST
def bring_up(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Bring a draft onto the version adopted last."""
    found = seen_amendment(request, slug, number)
    try:
        bring_up_to_date(found, by=signed_in(request))
    except Refused as refused:
        if refused.code != "clash":
            raise
        say(request, refused.message, level="error")
        return redirect("edit_amendment", slug, number)
    say(request, _("The draft is on the latest version now, with your changes in it."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    found = seen_amendment(request, slug, number)
    discard_amendment(found, by=signed_in(request))
    say(request, _("The draft is gone."))
    return redirect("charter_versions", slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Adopt or decline a proposal, with the reason."""
    found = seen_amendment(request, slug, number)
    require(may_settle_amendments(person_of(request), found.group))
    today = today_here()
    form = SettleForm(request.POST if request.method == "POST" else None, initial={"in_force_from": today})
    status = 200
    if request.method == "POST" and form.is_valid():
        reason, by = form.cleaned_data["reason"], signed_in(request)
        try:
            if "decline" in request.POST:
                decline_amendment(found, by=by, reason=reason)
                say(request, _("The amendment was declined, and whoever proposed it was told why."))
                return redirect(found)
            with delivering():
                made = adopt_amendment(found, by=by, reason=reason, in_force_from=form.cleaned_data["in_force_from"])
        except Refused as refused:
            form.add_error("in_force_from" if refused.code == "past" else None, refused.message)
            status = 409 if refused.code in CONFLICTS else 403 if refused.code == "forbidden" else 400
        else:
            say(request, _("Adopted. It is version %(number)s of the charter.") % {"number": made.number})
            return redirect(found)
    shown = _shown(request, found)
    context = {
        "group": found.group, "amendment": found, "form": form, "page": shown["page"],
        "consequences": shown["consequences"], "stale": shown["stale"],
    }  # fmt: skip
    return render(request, "groups/amendment_settle.html", context, status=max(status, 400 if form.errors else 200))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a proposal back."""
    found = seen_amendment(request, slug, number)
    require(may_withdraw_amendment(person_of(request), found))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_amendment(found, by=signed_in(request), reason=form.cleaned_data["reason"])
        say(request, _("The amendment was withdrawn. What was said to it stays readable."))
        return redirect(found)
    context = {"group": found.group, "amendment": found, "form": form}
    return render(request, "groups/amendment_withdraw.html", context, status=400 if form.errors else 200)


def amendment_page(
    request: HttpRequest,
    found: Amendment,
    *,
    problems: list[str] | None = None,
    comment_form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """An amendment's own page."""
    person, today = person_of(request), today_here()
    may_settle = may_settle_amendments(person, found.group)
    context: dict[str, Any] = {
        "group": found.group,
        "amendment": found,
        "problems": problems or [],
        "only_changes": "all" not in request.GET,
        "may_settle": bool(may_settle) and found.is_open,
        "may_withdraw": found.is_open and bool(may_withdraw_amendment(person, found)),
        "may_comment": may_comment_on(person, found, on=today),
        "may_hide": bool(may_settle),
        "reader": person,
        "comment_form": comment_form or CommentForm(),
        "clause_asked": (comment_form.data.get("clause", "") if comment_form else ""),
        **_shown(request, found),
    }
    if found.is_draft:
        context |= _draft_context(found, today)
    return render(request, "groups/amendment.html", context, status=status)


def _shown(request: HttpRequest, found: Amendment) -> dict[str, Any]:
    person, today = person_of(request), today_here()
    latest = latest_version(found.group)
    comments = seen_comments(found, person, may_settle=bool(may_settle_amendments(person, found.group)))
    page = comparison_page(
        comparison_of(found, today=today),
        old_url=version_url(found.base),
        new_url=version_url(found.version) if found.version else "",
        comments=comments,
    )
    follows = []
    if found.is_draft or found.is_open:
        reading = read_amendment(found, today=today).reading()
        follows = consequences(found.group, found.base.reading, reading, on=max(today, found.base.in_force_from))
    return {
        "page": page,
        "comments": comments,
        "consequences": follows,
        "latest": latest,
        "stale": (found.is_draft or found.is_open) and latest.pk != found.base_id,
    }


def _draft_context(found: Amendment, today: date) -> dict[str, Any]:
    proposed = read_amendment(found, today=today)
    plan = planned_roles(found.base.reading, proposed.reading())
    there = [other.name for _one, other in plan.kept] + [one.name for one in plan.added]
    going = roles_that_go(found, [one.name for one in plan.gone])
    return {
        "questions": proposed.intake.questions,
        "answered": _answered(found.answers),
        "zones": zone_choices(),
        "rules": rule_choices(),
        "problem_keys": set(),
        "going": [(role, found.roles_become.get(role.name, default_for(role, plan, found.group))) for role in going],
        "there": there,
    }


def _answered(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    words = {"zone": _("Time zone"), "first_date": _("First day"), "rrule": _("Days"), "local_time": _("Time")}
    return [
        (key, f"{words[key.rpartition('.')[2]]}: {value}")
        for key, value in sorted(answers.items())
        if key.startswith("meetings.") and key.rpartition(".")[2] in words
    ]


def _keep_details(request: HttpRequest, found: Amendment) -> Amendment:
    """What a draft's own page sends: answers, what becomes of roles, the last day for comments; perhaps to propose."""
    blank = take_in(found.text.encode("utf-8", "surrogatepass"), {}, today=today_here())
    again = set(request.POST.getlist("again"))
    kept = {key: value for key, value in found.answers.items() if key not in again}
    meetings = {key: str(value) for key, value in request.POST.items() if key.startswith("meetings.")}
    plan = planned_roles(found.base.reading, read_amendment(found, today=today_here()).reading())
    become = {
        one.name: str(request.POST[f"role.{one.name}"]) for one in plan.gone if f"role.{one.name}" in request.POST
    }
    changed = change_amendment(
        found,
        answers={**kept, **answers_from(blank, meetings)},
        roles_become=become,
        open_until=_day(request.POST.get("open_until", "")),
        edition=_number(request.POST.get("edition", "")),
        by=signed_in(request),
    )
    if "propose" in request.POST:
        changed = propose_amendment(changed, by=signed_in(request))
        say(request, _("It is open for comments, and everybody who takes part was told."))
    else:
        say(request, _("The draft is kept. Nobody else sees it yet."))
    return changed


def _wording_page(
    request: HttpRequest,
    form: WordingForm,
    group: Group,
    latest: CharterVersion,
    *,
    amendment: Amendment | None = None,
    status: int = 0,
    newer: bool = False,
) -> HttpResponse:
    stale = amendment is not None and amendment.base_id != latest.pk
    context = {
        "group": group,
        "form": form,
        "latest": latest,
        "amendment": amendment,
        "newer": newer or stale,
        "since": amendment.base.number if amendment is not None and stale else max(1, latest.number - 1),
        "guard": f"amendment-{group.pk}-{amendment.number if amendment else 'new'}-{latest.number}",
    }
    status = status or (400 if form.errors else 200)
    return render(request, "groups/amendment_wording.html", context, status=status)


def _onto(latest: CharterVersion, base: CharterVersion | None, form: WordingForm, refused: Refused) -> WordingForm:
    """The form again on the latest version: with both sides' changes where they do not meet, else as it was typed."""
    both = merged(base.text, form.wording, latest.text) if base else None
    text = both.text if both and both.text is not None else form.wording
    again = WordingForm({**form.cleaned_data, "text": text, "base": latest.number}, like=latest.text)
    again.add_error(None, refused.message)
    if both and both.text is not None:
        again.add_error(None, _("The text below has your changes and those of that version. Please look it over."))
    else:
        again.add_error(None, _("Your text is below as you wrote it. That version changed some of the same lines."))
    return again


def _text_to_begin_with(request: HttpRequest, latest: CharterVersion) -> tuple[str, str]:
    like = request.GET.get("like", "")
    if not like.isdigit():
        return latest.text, request.GET.get("why", "")[:500]
    found = Amendment.objects.filter(group=latest.group, number=int(like[:9])).select_related("base").first()
    if found is None or not may_see_amendment(person_of(request), found):
        return latest.text, ""
    both = merged(found.base.text, found.text, latest.text)
    return both.text if both.text is not None else found.text, found.why


def seen_amendment(request: HttpRequest, slug: str, number: int) -> Amendment:
    """An amendment that this reader may see; 404 for any other."""
    found = amendment_numbered(slug, number)
    if not may_see_amendment(person_of(request), found):
        raise Http404
    return found


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("That is not a date; write it like 2026-12-01."), code="invalid") from None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
