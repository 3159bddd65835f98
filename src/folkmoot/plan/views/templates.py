"""Pages on which managers and stewards write the templates of checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.people.rules import may_run_the_installation
from folkmoot.plan.actions.templates import (
    change_template,
    copy_template,
    make_template,
    remove_step,
    save_step,
    template_for,
)
from folkmoot.plan.forms.checklists import NewTemplateForm, StepForm, TemplateForm
from folkmoot.plan.models import ChecklistTemplate, TemplateLine
from folkmoot.plan.parts import NOBODY_NAMED, parts_in
from folkmoot.plan.queries import templates_for
from folkmoot.plan.rules import may_edit_template, may_start_checklist
from folkmoot.plan.views.reading import group_named
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_templates(request: HttpRequest) -> HttpResponse:
    """The organisation's templates, which groups without their own start from; with POST, to the one to be changed."""
    require(may_run_the_installation(signed_in(request)))
    templates = templates_for(None)
    if request.method == "POST":
        return redirect(template_for(_chosen(request, templates).key, None))
    return render(request, "plan/checklists/templates.html", {"templates": templates})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_templates(request: HttpRequest, slug: str) -> HttpResponse:
    """The templates that a group starts from; with POST, one's own copy of the organisation's."""
    group, person = group_named(slug), signed_in(request)
    require(may_start_checklist(person, group))
    templates = templates_for(group)
    if request.method == "POST":
        template = template_for(_chosen(request, templates).key, group)
        return redirect(copy_template(template, group, by=person))
    return render(request, "plan/checklists/templates.html", {"group": group, "templates": templates})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_template(request: HttpRequest, slug: str) -> HttpResponse:
    """A template of a group's own."""
    group, person = group_named(slug), signed_in(request)
    require(may_start_checklist(person, group))
    form = NewTemplateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_template(key=form.key, group=group, **form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            return redirect(made)
    return form_page(request, "plan/checklists/new_template.html", form, group=group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """One template: its steps, and how it is called."""
    found = _template(request, pk)
    names = ("name", "words", "anchor_label")
    form = TemplateForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(found, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_template(found, **form.cleaned_data, by=signed_in(request))
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            say(request, _("Saved. Lists that run already keep their words."))
            return redirect(found)
    return form_page(request, "plan/checklists/template.html", form, **_around(found), steps=_steps(found))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a step to a template."""
    found = _template(request, pk)
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, group=found.group, initial={"remind": "3, 0"})
    if request.method == "POST" and form.is_valid() and _save(form, found, None, request):
        return redirect(found)
    return form_page(request, "plan/checklists/step.html", form, **_around(found))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a step of a template."""
    step = get_object_or_404(TemplateLine.objects.select_related("template__group", "person"), pk=pk)
    require(may_edit_template(signed_in(request), step.template))
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, group=step.template.group, initial=StepForm.initial_of(step))
    if request.method == "POST" and form.is_valid() and _save(form, step.template, step, request):
        return redirect(step.template)
    return form_page(request, "plan/checklists/step.html", form, **_around(step.template), step=step)


@never_cache
@login_required
@require_POST
def drop_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step out of a template."""
    step = get_object_or_404(TemplateLine.objects.select_related("template__group"), pk=pk)
    remove_step(step, by=signed_in(request))
    say(request, _("“%(title)s” was taken out. Lists that run already keep it.") % {"title": step.title})
    return redirect(step.template)


def _chosen(request: HttpRequest, templates: Sequence[ChecklistTemplate]) -> ChecklistTemplate:
    for template in templates:
        if template.key == request.POST.get("key"):
            return template
    raise Refused(_("There is no such checklist."), code="invalid")


def _save(form: StepForm, found: ChecklistTemplate, step: TemplateLine | None, request: HttpRequest) -> bool:
    try:
        person = step.person if step is not None else None
        save_step(found, step=step, person=person, **form.values, by=signed_in(request))
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    say(request, _("The step was saved. Lists that run already keep their words."))
    return True


def _template(request: HttpRequest, pk: int) -> ChecklistTemplate:
    found = get_object_or_404(ChecklistTemplate.objects.select_related("group"), pk=pk)
    require(may_edit_template(signed_in(request), found))
    return found


def _around(found: ChecklistTemplate) -> dict[str, Any]:
    return {"template": found, "group": found.group}


def _steps(found: ChecklistTemplate) -> list[tuple[TemplateLine, int, object]]:
    """The steps in the order of their days, each with its distance in days and who does it in words."""
    steps = sorted(found.lines.select_related("person"), key=lambda step: (step.offset, step.position))
    parts = parts_in(found.group)
    return [
        (step, abs(step.offset), step.person.name if step.person else parts.get(step.who, step.who or NOBODY_NAMED))
        for step in steps
    ]
