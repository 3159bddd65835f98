"""Older minutes brought in by who leads a group, and all minutes taken out."""

from __future__ import annotations

import io
import zipfile

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import give_up, hand_in, keep_answers, leave_as_it_is, take_in_all
from folkmoot.meetings.bringing_in import answers_from, plan_for
from folkmoot.meetings.bringing_in_page import Shown
from folkmoot.meetings.forms.bringing_in import AnswersForm, HandInForm
from folkmoot.meetings.minutes_rules import may_bring_in
from folkmoot.meetings.models import HandedIn
from folkmoot.meetings.taking_out import all_files, public_files
from folkmoot.meetings.views.answering import signed_in
from folkmoot.plan.filling_in import group_called
from folkmoot.ui.messages import say

AT_ONCE = 40
"""So many are taken in with one button, so that nobody waits long for a page."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in files; and what was handed in, with what was understood of it and what is asked."""
    group = _led(request, slug)
    form = HandInForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        unpacked = form.cleaned_data["minutes"]
        try:
            hand_in(group, unpacked.files, by=signed_in(request))
        except Refused as refused:
            form.add_error("minutes", refused.message)
        else:
            say(request, _read_words(len(unpacked.files), len(unpacked.left_aside)))
            return redirect("bring_in_minutes", group.slug)
    return _page(request, group, hand_in_form=form, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep answers to what is asked."""
    group = _led(request, slug)
    shown = _shown(request, group)
    if shown is None:
        return redirect("bring_in_minutes", group.slug)
    form = AnswersForm(request.POST, shown=shown)
    if not form.is_valid():
        return _page(request, group, answers_form=form, status=400)
    keep_answers(group, form.answers, by=signed_in(request))
    say(request, _("Your answers are kept."))
    return redirect("bring_in_minutes", group.slug)


@never_cache
@login_required
@require_POST
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in what is clear, so many at a time; files of which nothing is left are forgotten."""
    group, by = _led(request, slug), signed_in(request)
    shown = _shown(request, group)
    if shown is None or not shown.plan.clear:
        return redirect("bring_in_minutes", group.slug)
    taken = take_in_all(group, shown.plan.clear[:AT_ONCE], by=by)
    if taken.made:
        words = ngettext("%(n)d was taken in.", "%(n)d were taken in.", len(taken.made)) % {"n": len(taken.made)}
        say(request, words)
    for file, refused in taken.refused[:5]:
        say(request, f"{file}: {refused.message}", level="warning")
    if not (shown.plan.clear[AT_ONCE:] or shown.plan.waiting or taken.refused):
        give_up(group, by=by)
    return redirect("bring_in_minutes", group.slug)


@never_cache
@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave what is here as it is, although its file has changed (`key`)."""
    group, by = _led(request, slug), signed_in(request)
    shown = _shown(request, group)
    for one in shown.plan.waiting if shown is not None else ():
        if one.key == request.POST.get("key") and one.step == "changed":
            leave_as_it_is(group, one, by=by)
            say(request, _("What is here stays as it is."))
    return redirect("bring_in_minutes", group.slug)


@never_cache
@login_required
@require_POST
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete the files that were handed in; what was taken in of them stays."""
    group = _led(request, slug)
    give_up(group, by=signed_in(request))
    say(request, _("The files are deleted. What was taken in stays."))
    return redirect("bring_in_minutes", group.slug)


@never_cache
@login_required
@require_safe
def take_out(request: HttpRequest, slug: str) -> HttpResponse:
    """All minutes and resolutions as a ZIP, with names; with `?public` only what everybody may read."""
    group = _led(request, slug)
    public = "public" in request.GET
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in (public_files(group) if public else all_files(group)).items():
            entry = zipfile.ZipInfo(f"minutes/{path}", FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    response = HttpResponse(made.getvalue(), content_type="application/zip")
    name = f"{group.slug}-minutes{'-public' if public else ''}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _led(request: HttpRequest, slug: str) -> Group:
    group = group_called(slug)
    require(may_bring_in(signed_in(request), group))
    return group


def _shown(request: HttpRequest, group: Group) -> Shown | None:
    pile = HandedIn.objects.filter(group=group).first()
    if pile is None:
        return None
    files: dict[str, bytes | str] = {path: bytes(data) for path, data in pile.files.values_list("path", "data")}
    return Shown(plan_for(group, files, answers=answers_from(pile.answers), by=signed_in(request)), files)


def _page(
    request: HttpRequest,
    group: Group,
    *,
    hand_in_form: HandInForm | None = None,
    answers_form: AnswersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = _shown(request, group)
    if shown is not None and answers_form is None:
        answers_form = AnswersForm(shown=shown)
    context = {
        "group": group,
        "hand_in_form": hand_in_form or HandInForm(),
        "shown": shown,
        "answers": answers_form,
        "ready": shown.clear[:AT_ONCE] if shown else [],
        "more_ready": max(0, len(shown.plan.clear) - AT_ONCE) if shown else 0,
        "more_waiting": len(shown.plan.waiting) - len(answers_form.asked) if shown and answers_form else 0,
    }
    return render(request, "meetings/bring_in.html", context, status=status)


def _read_words(files: int, aside: int) -> str:
    words = ngettext("%(n)d file was read.", "%(n)d files were read.", files) % {"n": files}
    if aside:
        more = ngettext(
            "%(n)d was left aside, since it is no text or was there twice.",
            "%(n)d were left aside, since they are no text or were there twice.",
            aside,
        )
        words = f"{words} {more % {'n': aside}}"
    return words
