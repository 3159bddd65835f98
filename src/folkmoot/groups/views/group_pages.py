"""Pages of groups: the home page, a group, its charter, and bringing a charter in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.charter_page import lines_of, noted_lines, shown_clauses
from folkmoot.groups.domain.charter import to_json
from folkmoot.groups.drafts import drop_draft, keep_draft
from folkmoot.groups.forms.charters import CharterFileForm, rule_choices
from folkmoot.groups.group_shelf import QuietPage, shelf_of, working_page
from folkmoot.groups.intake import apply, same_charter
from folkmoot.groups.models import CharterDraft
from folkmoot.groups.queries import all_groups, charter_version
from folkmoot.groups.review import Review, review_of
from folkmoot.groups.rules import may_found_group, may_propose_group, may_read_notes_to_managers
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.reactions import delivering
from folkmoot.organisation.queries import the_organisation, today_here
from folkmoot.people.choices import zone_choices
from folkmoot.people.kept_pages import kept_for_strangers, kept_part
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.slots import group_masthead, group_panels


@require_safe
@kept_for_strangers
def home(request: HttpRequest) -> HttpResponse:
    """The organisation's front page: its groups, and when each meets next."""
    if the_organisation() is None:
        return redirect("set_up_waiting")
    return render(request, "groups/home.html", _list_context(request))


@require_safe
@kept_for_strangers
def group_list(request: HttpRequest) -> HttpResponse:
    """All groups."""
    return render(request, "groups/list.html", _list_context(request))


def _list_context(request: HttpRequest) -> dict[str, Any]:
    person = person_of(request)
    shelf = shelf_of(request, list(all_groups().select_related("parent")))
    return {
        "shelf": shelf,
        "may_found": bool(may_found_group(person)),
        "may_propose": bool(may_propose_group(person)),
    }


@require_safe
@kept_for_strangers
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's home page. Its content is the same for everybody with the same preferences, and kept."""

    def make() -> tuple[str, str, str]:
        page = working_page(slug)
        if isinstance(page, QuietPage):
            text = render_to_string("groups/archive.html", {"page": page, "group": page.group}, request)
            return page.group.name, page.purpose or page.group.state_why, text
        context = {
            "page": page,
            "group": page.group,
            "masthead": group_masthead(request, page.group),
            "panels": group_panels(request, page.group),
        }
        return page.group.name, page.lead, render_to_string("groups/group_content.html", context, request)

    name, lead, content = kept_part(request, "group", make)
    return render(request, "groups/group.html", {"name": name, "lead": lead, "content": content, "slug": slug})


@require_safe
@kept_for_strangers
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter in force, clause by clause, or as its source with `?view=source`."""
    version = charter_version(slug)
    context: dict[str, Any] = {"charter": version, "group": version.group, "reading": version.reading}
    context["may_read_notes"] = bool(may_read_notes_to_managers(person_of(request), version.group))
    if request.GET.get("view") == "source":
        notes = noted_lines(version.reading) if context["may_read_notes"] else {}
        return render(
            request, "groups/charter_source.html", {**context, "lines": lines_of(version.text), "notes": notes}
        )
    return render(request, "groups/charter.html", {**context, "clauses": shown_clauses(version)})


@require_safe
def charter_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter as the Markdown file that it is."""
    version = charter_version(slug)
    response = HttpResponse(version.text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-charter.md"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Bring a charter in: upload a file, or paste its text."""
    require(may_found_group(person_of(request)))
    form = CharterFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            draft = keep_draft(form.file_name, form.charter_bytes, by=signed_in(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("charter_draft", draft.pk)
    return render(request, "groups/new_group.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The document on one side, what was understood on the other; answers, corrections, and the confirmation."""
    require(may_found_group(person_of(request)))
    draft = get_object_or_404(CharterDraft, pk=draft_id, by=signed_in(request))
    review = review_of(draft, request.POST if request.method == "POST" else None, today=today_here())
    if request.method == "POST" and not review.problems:
        draft.answers = dict(review.answers)
        draft.save(update_fields=["answers", "changed_at"])
        if "confirm" in request.POST:
            if review.intake.is_ready:
                founded = _apply(draft, review, request)
                if founded is not None:
                    return founded
            else:
                review = review.asked()
        else:
            return redirect("charter_draft", draft.pk)
    known = same_charter(review.intake)
    return render(
        request,
        "groups/charter_draft.html",
        {
            "draft": draft,
            "review": review,
            "known": known,
            "lines": lines_of(review.intake.charter.text),
            "notes": noted_lines(to_json(review.intake.charter)),
            "problem_keys": {key for key, _words in review.problems},
            "guard": f"charter-{draft.pk}",
            "zones": zone_choices(),
            "rules": rule_choices(),
            "quarters": ("Q1", "Q2", "Q3", "Q4"),
        },
        status=400 if review.problems else 200,
    )


def _apply(draft: CharterDraft, review: Review, request: HttpRequest) -> HttpResponse | None:
    try:
        with delivering(), transaction.atomic():
            # Whoever confirms the same draft a second time waits here, and then finds that it is gone.
            held = get_object_or_404(CharterDraft.objects.select_for_update(), pk=draft.pk)
            founded = apply(review.intake, by=signed_in(request))
            drop_draft(held)
    except Refused as refused:
        review.problems.append(("", refused.message))
        return None
    return redirect(founded)


@never_cache
@login_required
@require_POST
def discard_draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Throw a draft away; nothing was ever applied from it."""
    require(may_found_group(person_of(request)))
    drop_draft(get_object_or_404(CharterDraft, pk=draft_id, by=signed_in(request)))
    return redirect("new_group")
