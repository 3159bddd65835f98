"""History: all of it for stewards, and a group's own for whoever may read it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.desk.forms import HistoryForm
from folkmoot.desk.history import leaf_of
from folkmoot.desk.queries import Wanted, all_entries, entries_of_group
from folkmoot.groups.models import Group
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import ActorKind
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.rules import is_steward, may_run_the_installation
from folkmoot.ui.chrome import signed_in_person


@never_cache
@require_safe
@login_required
def history(request: HttpRequest) -> HttpResponse:
    """Everything that happened here, narrowed by where, when and who."""
    require(may_run_the_installation(request.user))
    form = HistoryForm(request.GET)
    wanted = Wanted()
    if form.is_valid():
        said = form.cleaned_data
        wanted = Wanted(
            room=said["room"],
            group=said["group"],
            actor_kind=ActorKind(said["actor_kind"]) if said["actor_kind"] else None,
            person=said["email"],
            request_id=said["request_id"],
            first_day=said["first_day"],
            last_day=said["last_day"],
            zone=request.reader.zone,  # type: ignore[attr-defined]
        )
    leaf = leaf_of(all_entries(wanted), before=request.GET.get("before", ""), with_personal=True)
    query = request.GET.copy()
    query.pop("before", None)
    return render(
        request,
        "desk/history.html",
        {"form": form, "leaf": leaf, "query": query.urlencode(), "is_narrowed": any(query.values())},
        status=200 if form.is_valid() else 400,
    )


@require_safe
@kept_for_strangers
def group_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened in a group, as far as the reader may know."""
    group = get_object_or_404(Group, slug=slug)
    reader = signed_in_person(request)
    leaf = leaf_of(
        entries_of_group(group, reader=reader),
        before=request.GET.get("before", ""),
        with_personal=is_steward(reader),
        names_actors=reader is not None,  # strangers read what was done, and not by whom
    )
    return render(request, "desk/group_history.html", {"group": group, "leaf": leaf, "reader": reader})
