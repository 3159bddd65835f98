"""Files to read for an agenda item: handed in, and deleted."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import delete_material, propose_file
from folkmoot.meetings.agenda_rules import may_ask_for_item, may_delete_material
from folkmoot.meetings.forms.agenda import MaterialFileForm
from folkmoot.meetings.models import Material, MaterialState
from folkmoot.meetings.views.agenda_asking import item_for
from folkmoot.meetings.views.agenda_items import around, proposed_words
from folkmoot.meetings.views.answering import signed_in
from folkmoot.ui.messages import say
from folkmoot.ui.refusals import status_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a file to read for an item."""
    found, by = item_for(request, pk), signed_in(request)
    require(may_ask_for_item(by, found.meeting))
    form = MaterialFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_file(found, **form.cleaned_data, by=by)
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error("file" if refused.code in ("upload_quota", "disk_full") else None, refused.message)
            status = status_of(refused.code)
        else:
            say(request, proposed_words(made))
            return redirect("agenda_item", pk)
    elif form.errors:
        status = 400
    return render(
        request, "meetings/agenda_material.html", {**around(found), "form": form, "is_file": True}, status=status
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take something to read away for good."""
    material = get_object_or_404(
        Material.objects.exclude(state=MaterialState.DECLINED).select_related("item", "upload"), pk=pk
    )
    found, by = item_for(request, material.item_id), signed_in(request)
    material.item = found
    require(may_delete_material(by, material))
    if request.method == "POST":
        delete_material(material, by=by)
        say(request, _("“%(title)s” is deleted.") % {"title": material.title})
        return redirect("agenda_item", found.pk)
    return render(request, "meetings/agenda_material_delete.html", {**around(found), "material": material})
