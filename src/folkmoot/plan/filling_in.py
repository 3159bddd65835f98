"""What a page is about, and pages on which something is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import Verdict
from folkmoot.ui.messages import say


def group_called(slug: str) -> Group:
    """The group of this slug; 404 when there is none."""
    return get_object_or_404(Group.objects.select_related("parent"), slug=slug)


def found(rows: models.QuerySet[Any], pk: int) -> Any:
    """The row of this number; 404 when there is none."""
    return get_object_or_404(rows, pk=pk)


def known_or_404(verdict: Verdict) -> None:
    """What a reader may not know of is not there."""
    if not verdict:
        raise Http404


def fill_in(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], models.Model | None],
    *,
    group: Group,
    title: str,
    submit: str,
    back: str,
    intro: str = "",
    done: str = "",
    to: str = "",
    template: str = "plan/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, and when it is filled in let `act` do it; what is refused is said above what was typed.

    Afterwards one is sent to `to`, or to the page of what `act` gives back, or `back`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Refused as refused:
            if refused.code in ("forbidden", "not_found"):
                raise
            form.add_error(None, refused.message)
        else:
            if done:
                say(request, done)
            return redirect(to or (made.get_absolute_url() if made is not None else back))  # type: ignore[attr-defined]
    shown = {"form": form, "group": group, "title": title, "submit": submit, "back": back, "intro": intro}
    return render(request, template, {**shown, **(context or {})}, status=400 if form.errors else 200)
